"""Turn text from a Word file back into the Markdown that the answers are written in."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby

from localplan.document.blocks import (
    Block,
    Cell,
    Column,
    Inline,
    ListBlock,
    Paragraph,
    Run,
    Table,
    merged,
    trimmed,
)
from localplan.document.markdown import written
from localplan.review.returned import Returned
from localplan.review.walk import GONE, Para, Piece

_LINK = re.compile(r"(?:https?://|mailto:)\S", re.IGNORECASE)
_CONTINUES = "listcontinue"


def markdown_of(copy: Returned, paras: Sequence[Para], *, original: bool = False) -> list[str]:
    """Return the Markdown of each block of `paras`: a paragraph, a whole list, a whole table.

    With `original` the text is what stood there before the tracked changes.
    """
    return [written(block, escape="minimal") for block in blocks_of(copy, paras, original=original)]


def blocks_of(copy: Returned, paras: Sequence[Para], *, original: bool = False) -> list[Block]:
    """Return paragraphs, lists and tables as blocks; empty paragraphs are left out."""
    depth = _around(paras)
    found: list[Block] = []
    lines: list[_Line] = []
    for table, group in groupby(paras, key=lambda para: _table_of(para, depth)):
        if table is None:
            lines += _lines(copy, list(group), original=original)
            continue
        found += _stacked(lines)
        lines = []
        made = _table(list(group), depth, original=original)
        found += [made] if made else []
    return [*found, *_stacked(lines)]


class _Line:
    """A paragraph on its way into a list or out of one."""

    __slots__ = ("continues", "level", "number", "ordered", "text")

    def __init__(self, text: Inline, number: str, level: int, *, ordered: bool, continues: bool):
        self.text, self.number, self.level = text, number, level
        self.ordered, self.continues = ordered, continues


def _table_of(para: Para, depth: int) -> int | None:
    return para.place[depth][0] if len(para.place) > depth else None


def _around(paras: Sequence[Para]) -> int:
    """How many table cells enclose all of the paragraphs: theirs is no table of the text."""
    places = [para.place for para in paras]
    depth = 0
    for cells in zip(*places, strict=False):
        if len(set(cells)) > 1:
            break
        depth += 1
    return depth


def _lines(copy: Returned, paras: list[Para], *, original: bool) -> list[_Line]:
    merging = "ins" if original else "del"
    dropped = GONE[merging]
    lines: list[_Line] = []
    held: list[Piece] = []
    for index, para in enumerate(paras):
        held += [
            token
            for token in para.tokens
            if isinstance(token, Piece) and token.tracked.state not in dropped
        ]
        if para.end.state == merging and index < len(paras) - 1:
            continue
        text = _inline(held)
        held = []
        if not any(run.text.strip() for run in text):
            continue
        number, level = para.listed or ("", 0)
        number = "" if number == "0" else number
        ordered = (number, level) in copy.ordered
        continues = not number and copy.style_of(para) == _CONTINUES
        lines.append(_Line(text, number, level, ordered=ordered, continues=continues))
    return lines


def _inline(pieces: Iterable[Piece]) -> Inline:
    """Join pieces of one look; addresses that an answer may not hold become plain text."""
    runs: list[Run] = []
    for (bold, italic, link), group in groupby(pieces, key=lambda p: (p.bold, p.italic, p.link)):
        text = "".join(piece.text for piece in group)
        address = link if _LINK.match(link) else ""
        runs.append(Run(text.replace("\u00ad", ""), bold, italic, address))
    return trimmed(_close(_with_plain_blanks(merged(runs))))


def _with_plain_blanks(runs: Iterable[Run]) -> Inline:
    """Runs in which blank stretches have no look of their own."""
    return merged(
        run if run.text.strip() or not (run.bold or run.italic) else Run(run.text) for run in runs
    )


def _close(runs: Iterable[Run]) -> Inline:
    """Runs without blanks just inside a bold stretch or a link; they stand outside."""
    found: list[Run] = []
    for run in runs:
        if not run.text.strip():
            found.append(Run(run.text))
        elif run.bold or run.italic or run.link:
            bare = run.text.strip()
            before, _, after = run.text.partition(bare)
            found += [Run(before), replace(run, text=bare), Run(after)]
        else:
            found.append(run)
    return merged(run for run in found if run.text)


def _stacked(lines: Sequence[_Line]) -> list[Block]:
    """Lines as paragraphs and lists, each list with the lists inside it."""
    found: list[Block] = []
    place = 0
    while place < len(lines):
        line = lines[place]
        if not line.number:
            found.append(Paragraph(line.text))
            place += 1
            continue
        end = place + 1
        while end < len(lines) and (lines[end].number or lines[end].continues):
            if lines[end].level <= line.level and _begins_anew(line, lines[end]):
                break
            end += 1
        found.append(_nested(lines[place:end]))
        place = end
    return found


def _begins_anew(first: _Line, line: _Line) -> bool:
    if line.continues:
        return False
    return line.ordered != first.ordered


def _nested(lines: Sequence[_Line]) -> ListBlock:
    base = min(line.level for line in lines if line.number)
    items: list[list[Block]] = []
    place = 0
    while place < len(lines):
        line = lines[place]
        if line.level > base and line.number and items:
            end = place
            while end < len(lines) and (lines[end].level > base or lines[end].continues):
                end += 1
            items[-1] += _stacked(lines[place:end])
            place = end
            continue
        if line.continues and items:
            items[-1].append(Paragraph(line.text))
        else:
            items.append([Paragraph(line.text)])
        place += 1
    return ListBlock(tuple(tuple(item) for item in items), ordered=lines[0].ordered)


def _table(paras: list[Para], depth: int, *, original: bool) -> Table | None:
    rows: dict[int, dict[int, list[Inline]]] = {}
    spans: dict[tuple[int, int], int] = {}
    dropped = GONE["ins" if original else "del"]
    for para in paras:
        _, row, column = para.place[depth]
        pieces = [
            token
            for token in para.tokens
            if isinstance(token, Piece) and token.tracked.state not in dropped
        ]
        cell = rows.setdefault(row, {}).setdefault(column, [])
        spans[row, column] = max(spans.get((row, column), 1), para.span)
        text = _inline(pieces)
        cell += [text] if text else []
    width = max(
        (column + spans[row, column] for row, cells in rows.items() for column in cells), default=0
    )
    lines = [
        tuple(_together(cells.get(column, [])) for column in range(width))
        for _, cells in sorted(rows.items())
    ]
    lines = [line for line in lines if any(line)]
    if not lines:
        return None
    columns = tuple(Column(text) for text in lines[0])
    return Table(columns, tuple(tuple(Cell(text) for text in line) for line in lines[1:]))


def _together(texts: Sequence[Inline]) -> Inline:
    """Several paragraphs of a cell on one line, because an answer's tables hold one line a cell."""
    joined: list[Run] = []
    for text in texts:
        joined += [Run("; ")] if joined else []
        joined += [replace(run, text=run.text.replace("\n", " ")) for run in text]
    return merged(joined)
