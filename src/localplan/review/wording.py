"""Turn text from a Word file back into the Markdown that the answers are written in."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from localplan.document import markup
from localplan.document.blocks import Block, Cell, Column, Inline, ListBlock, Paragraph, Run, Table
from localplan.review.returned import Returned
from localplan.review.walk import GONE, Para, Piece

_SPECIAL = re.compile(r"([\\*_\[\]!|])")
_START = re.compile(r"^(\s*)([-+*]|\d{1,9}[.)])(?=\s|$)", re.MULTILINE)
_LINK = re.compile(r"(?:https?://|mailto:)\S", re.IGNORECASE)
_CONTINUES = "listcontinue"


def markdown_of(copy: Returned, paras: Sequence[Para], *, original: bool = False) -> list[str]:
    """Return the Markdown of each block of `paras`: a paragraph, a whole list, a whole table.

    With `original` the text is what stood there before the tracked changes.
    """
    return [written(block) for block in blocks_of(copy, paras, original=original)]


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


def written(block: Block) -> str:
    """Return a paragraph, list or table as Markdown that reads back as the same block."""
    match block:
        case Paragraph():
            return _paragraph(block.text)
        case ListBlock():
            return _list(block)
        case Table():
            return _pipes(block)
        case _:
            raise TypeError(f"no Markdown for {type(block).__name__}")


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
    return _trimmed(_joined(runs))


def _joined(runs: list[Run]) -> list[Run]:
    """Runs in which blank stretches take the look of what stands before them."""
    found: list[Run] = []
    for run in runs:
        if found and (found[-1].bold, found[-1].italic, found[-1].link) == (
            run.bold, run.italic, run.link,
        ):  # fmt: skip
            last = found.pop()
            found.append(Run(last.text + run.text, last.bold, last.italic, last.link))
        elif not run.text.strip() and run.text and (run.bold or run.italic):
            found.append(Run(run.text))
        else:
            found.append(run)
    if len(found) < len(runs):
        return _joined(found)
    return found


def _trimmed(runs: list[Run]) -> Inline:
    """Runs without blanks at either end of the paragraph or just inside a bold stretch."""
    found: list[Run] = []
    for run in runs:
        if not (run.bold or run.italic or run.link):
            found.append(run)
            continue
        bare = run.text.strip()
        before = run.text[: len(run.text) - len(run.text.lstrip())]
        after = run.text[len(run.text.rstrip()) :]
        found += [Run(before)] if before else []
        found += [Run(bare, run.bold, run.italic, run.link)] if bare else []
        found += [Run(after)] if after else []
    found = _merged(found)
    if found:
        found[0] = _with(found[0], found[0].text.lstrip())
        found[-1] = _with(found[-1], found[-1].text.rstrip())
    return tuple(run for run in found if run.text)


def _merged(runs: list[Run]) -> list[Run]:
    merged: list[Run] = []
    for (bold, italic, link), group in groupby(runs, key=lambda r: (r.bold, r.italic, r.link)):
        merged.append(Run("".join(run.text for run in group), bold, italic, link))
    return merged


def _with(run: Run, text: str) -> Run:
    return Run(text, run.bold, run.italic, run.link)


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
        joined += [_with(run, run.text.replace("\n", " ")) for run in text]
    return tuple(_merged(joined))


def _paragraph(text: Inline) -> str:
    plain = _inline_markdown(text, escape=False)
    if markup.parse(plain) == (Paragraph(text),):
        return plain
    return _inline_markdown(text, escape=True)


def _inline_markdown(text: Inline, *, escape: bool) -> str:
    shown = "".join(_run(run, escape=escape) for run in text)
    return _START.sub(_as_text, shown) if escape else shown


def _run(run: Run, *, escape: bool) -> str:
    text = _SPECIAL.sub(r"\\\1", run.text) if escape else run.text
    text = re.sub(r"\n *", r"\\\n", text)
    text = text.replace("\t", " ")
    mark = ("**" if run.bold else "") + ("*" if run.italic else "")
    text = f"{mark}{text}{mark}" if text.strip() else text
    return f"[{text}]({_address(run.link)})" if run.link else text


def _address(link: str) -> str:
    return f"<{link}>" if re.search(r"[\s()]", link) else link


def _as_text(found: re.Match[str]) -> str:
    space, marker = found.groups()
    return f"{space}{marker[:-1]}\\{marker[-1]}"


def _list(block: ListBlock) -> str:
    return "\n".join(_items(block))


def _items(block: ListBlock) -> Iterator[str]:
    for number, item in enumerate(block.items, block.start):
        marker = f"{number}. " if block.ordered else "- "
        pieces: list[str] = []
        for index, inner in enumerate(item):
            gap = "\n" if isinstance(inner, ListBlock) else "\n\n"
            pieces += [gap] if index else []
            pieces.append(written(inner))
        text = "".join(pieces)
        yield marker + re.sub(r"\n(?=[^\n])", "\n" + " " * len(marker), text)


def _pipes(table: Table) -> str:
    head = _row(column.head for column in table.columns)
    rule = "| " + " | ".join("---" for _ in table.columns) + " |"
    rows = [_row(cell.text for cell in row) for row in table.rows]
    return "\n".join([head, rule, *rows])


def _row(texts: Iterable[Inline]) -> str:
    return "| " + " | ".join(_cell(text) for text in texts) + " |"


def _cell(text: Inline) -> str:
    plain = _inline_markdown(text, escape=False)
    if "|" in plain or markup.parse_inline(plain) != text:
        plain = _inline_markdown(text, escape=True)
    return plain.replace("\\\n", " ").replace("\n", " ")
