"""Two documents as one, with every difference marked: what came in and what went out.

Words are compared in paragraphs, whole rows in tables, whole pictures and boxes elsewhere. Taking
in every change gives the new document, turning every change down gives the old one.
"""

import re
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import groupby
from typing import Any, Literal, TypeAlias, TypeVar

from localplan.document.blocks import (
    Block,
    Boundary,
    Cell,
    Contents,
    Document,
    Figure,
    Heading,
    Inline,
    ListBlock,
    PageBreak,
    Paragraph,
    Run,
    Table,
    cell_words,
    inner,
    mapped,
    text_of,
    texts,
    walk,
    without_inner_links,
    words,
)

Mark: TypeAlias = Literal["", "ins", "del"]

Item: TypeAlias = tuple[Block, ...]
Row: TypeAlias = tuple[Cell, ...]
Thing = TypeVar("Thing", bound=Hashable)
Pair: TypeAlias = tuple[Thing | None, Thing | None]
Token: TypeAlias = tuple[str, Run]
Step: TypeAlias = tuple[str, int, int, int, int]

_ALIKE = 0.4
"""Share of words that two pieces must have in common to count as one that was revised."""
_MOST = 4000
"""Comparisons beyond which pieces that differ are not looked at one by one."""
_TOKEN = re.compile(r"\s+|[^\s]+")
_SHORTEST_KEPT = 4
"""Letters that two wordings must share in one place to be worth keeping apart for a reader."""


@dataclass(frozen=True, slots=True)
class Redline:
    """The blocks of both documents in reading order; a mark says that a whole block changed."""

    blocks: tuple[Block, ...]
    marks: tuple[Mark, ...]

    @property
    def changed(self) -> bool:
        """True when the two documents differ anywhere."""
        return any(self.marks) or any(_has_change(block) for block in self.blocks)

    def behind(self, front: Sequence[Block]) -> "Redline":
        """Return the same behind some front matter that is not compared."""
        unmarked: Mark = ""
        return Redline((*front, *self.blocks), (unmarked,) * len(front) + self.marks)


def redline(old: Document, new: Document) -> Redline:
    """Return the bodies of `old` and `new`, numbered before, as one with every change marked.

    The front matter, up to the contents, is set aside.
    """
    pairs = _aligned(_flat(body_of(old)), _flat(body_of(new)))
    pieces = [piece for pair in pairs for piece in _pieces(pair)]
    return Redline(tuple(block for block, _ in pieces), tuple(mark for _, mark in pieces))


def body_of(document: Document) -> tuple[Block, ...]:
    """Return the blocks behind the front matter: behind the contents, or from the first chapter."""
    blocks = document.blocks
    for place, block in enumerate(blocks):
        if isinstance(block, Contents):
            return blocks[place + 1 :]
    first = (at for at, block in enumerate(blocks) if isinstance(block, Heading))
    return blocks[next(first, 0) :]


def _flat(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with captions, sources and numbers as words, so that these compare as words do."""
    told = [block for block in blocks if not isinstance(block, (Boundary, Contents))]
    return [flat for block in told for flat in _flattened(block)]


def _flattened(block: Block) -> Iterator[Block]:
    match block:
        case Heading() if not text_of(block.text).strip():
            return
        case Heading():
            number = (Run(f"{block.number}\u2002"),) if block.number else ()
            yield replace(block, number="", text=(*number, *block.text))
        case Table():
            yield from _caption(block.number, block.caption)
            yield replace(block, number="", caption="", source="", rows=_unnamed(block.rows))
            yield from _source(block.source)
        case Figure():
            yield replace(block, number="", caption="", source="")
            yield from _caption(block.number, block.caption)
            yield from _source(block.source)
        case _:
            yield block


def _unnamed(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    return tuple(tuple(replace(cell, path="") for cell in row) for row in rows)


def _caption(number: str, words: str) -> Iterator[Block]:
    if words:
        yield Paragraph((Run(f"{number}. {words}" if number else words),), "caption")


def _source(words: str) -> Iterator[Block]:
    if words:
        yield Paragraph((Run(words),), "source")


def _pieces(pair: Pair[Block]) -> Iterator[tuple[Block, Mark]]:
    old, new = pair
    if old is not None and new is not None:
        yield _merged(old, new), ""
    elif new is not None:
        yield new, "" if isinstance(new, PageBreak) else "ins"
    elif old is not None and not isinstance(old, PageBreak):
        yield _unlinked(old), "del"


def _unlinked(block: Block) -> Block:
    """The block without labels and the links to them: only the new document is linked."""
    if isinstance(block, (Heading, Table, Figure)):
        block = replace(block, label="")
    return mapped(block, _unlinked, without_inner_links)


def _merged(old: Block, new: Block) -> Block:
    """Two blocks that belong together as one, with the differences marked inside."""
    if isinstance(old, ListBlock) and isinstance(new, ListBlock):
        return replace(new, items=tuple(_items(old.items, new.items)))
    if isinstance(old, Table) and isinstance(new, Table):
        return replace(new, rows=tuple(_rows(old.rows, new.rows)))
    before = next(iter(texts(old)), ())
    return mapped(new, lambda inside: inside, lambda text: _changed_words(before, text))


def _items(old: tuple[Item, ...], new: tuple[Item, ...]) -> Iterator[Item]:
    for before, after in _aligned(old, new):
        if before is None:
            yield _marked_blocks(after or (), "ins")
        elif after is None:
            yield _marked_blocks(before, "del")
        else:
            yield tuple(
                block if not mark else _marked(block, mark)
                for pair in _aligned(before, after)
                for block, mark in _pieces(pair)
            )


def _rows(old: tuple[Row, ...], new: tuple[Row, ...]) -> Iterator[Row]:
    for before, after in _aligned(old, new):
        if before is not None and before == after:
            yield after
            continue
        if before is not None:
            yield _marked_row(before, "del")
        if after is not None:
            yield _marked_row(after, "ins")


def _marked_row(row: Row, mark: Literal["ins", "del"]) -> Row:
    return tuple(
        Cell(
            _marked_words(cell.text or (() if cell.blocks else (Run(""),)), mark),
            "",
            _marked_blocks(cell.blocks, mark),
        )
        for cell in row
    )


def _marked_blocks(blocks: Item, mark: Literal["ins", "del"]) -> Item:
    return tuple(_marked(block, mark) for block in blocks)


def _marked(block: Block, mark: Literal["ins", "del"]) -> Block:
    """The block with all of its words marked, for blocks inside lists and cells."""
    return mapped(block, lambda each: _marked(each, mark), lambda text: _marked_words(text, mark))


def _has_change(block: Block) -> bool:
    runs = (run for each in walk([block]) for text in texts(each) for run in text)
    return any(run.change for run in runs)


def _aligned(old: Sequence[Thing], new: Sequence[Thing]) -> Iterator[Pair[Thing]]:
    """Yield the pieces of both, in order: equal or revised ones as pairs, the others alone."""
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for tag, start, stop, first, last in matcher.get_opcodes():
        if tag == "equal":
            yield from zip(old[start:stop], new[first:last], strict=True)
        else:
            yield from _paired(old[start:stop], new[first:last])


def _paired(old: Sequence[Thing], new: Sequence[Thing]) -> Iterator[Pair[Thing]]:
    """Pairs of pieces that share most of their words, found so that they share most in all."""
    if len(old) * len(new) > _MOST:
        yield from ((piece, None) for piece in old)
        yield from ((None, piece) for piece in new)
        return
    likeness = [[_likeness(before, after) for after in new] for before in old]
    best = _best(likeness, len(old), len(new))
    at, on = 0, 0
    while at < len(old) or on < len(new):
        both = at < len(old) and on < len(new)
        if both and likeness[at][on] and best[at][on] == likeness[at][on] + best[at + 1][on + 1]:
            yield old[at], new[on]
            at, on = at + 1, on + 1
        elif at < len(old) and (on == len(new) or best[at][on] == best[at + 1][on]):
            yield old[at], None
            at += 1
        else:
            yield None, new[on]
            on += 1


def _best(likeness: list[list[float]], rows: int, columns: int) -> list[list[float]]:
    """The most that the pieces from each place on can share."""
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    for at in reversed(range(rows)):
        for on in reversed(range(columns)):
            paired = likeness[at][on] + best[at + 1][on + 1] if likeness[at][on] else 0.0
            best[at][on] = max(paired, best[at + 1][on], best[at][on + 1])
    return best


def _likeness(old: object, new: object) -> float:
    """From 0 to 1; 0 for pieces that cannot be one that was revised."""
    if _kind(old) != _kind(new):
        return 0.0
    before, after = _words(old), _words(new)
    if not before or not after:
        return 0.0
    shared = sum((Counter(before) & Counter(after)).values())
    share = shared / max(len(before), len(after))
    return share if share >= _ALIKE or _is_heading_like(old, shared) else 0.0


def _is_heading_like(piece: object, shared: int) -> bool:
    """Short lines are one that was revised as soon as they share a word."""
    return shared > 0 and isinstance(piece, Paragraph) and piece.look in {"runin", "caption"}


def _kind(piece: object) -> Hashable:
    """What two pieces must have in common before their words are compared.

    A piece whose words cannot be marked one by one, such as a picture or a row, is only itself.
    """
    if isinstance(piece, Table) and _is_text(inner(piece)):
        return ("table", piece.head, *(text_of(column.head) for column in piece.columns))
    if isinstance(piece, ListBlock) and _is_text(inner(piece)):
        return ("list", piece.ordered, piece.start)
    if isinstance(piece, tuple) and not (piece and isinstance(piece[0], Cell)):
        return "item"
    return _line_kind(piece)


def _line_kind(piece: object) -> Hashable:
    """The look of a line, which words in both must share; anything else is only itself."""
    if isinstance(piece, Heading):
        return ("heading", piece.level, piece.listed, piece.numbered)
    if isinstance(piece, Paragraph):
        return ("paragraph", piece.look)
    return id(piece)


def _is_text(blocks: Iterable[Block]) -> bool:
    """True where every word inside can be marked by itself."""
    return all(isinstance(block, (Paragraph, ListBlock)) for block in walk(blocks))


def _words(piece: Any) -> list[str]:
    """The words of a block or of an item; of a table those of its rows, for its heads are alike."""
    if isinstance(piece, tuple):
        return [word for block in piece for word in _words(block)]
    if isinstance(piece, Table):
        return [word for row in piece.rows for cell in row for word in cell_words(cell).split()]
    return words(piece).split()


def _marked_words(text: Inline, mark: Literal["ins", "del"]) -> Inline:
    """Return the words, all of them marked as having come in or gone out."""
    words = without_inner_links(text) if mark == "del" else text
    return tuple(replace(run, change=mark) for run in words)


def _changed_words(old: Inline, new: Inline) -> Inline:
    """Return both wordings as one: what stays, what went out and what came in."""
    before, after = list(_tokens(old)), list(_tokens(new))
    if before == after:
        return new
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    merged: list[Run] = []
    for tag, start, stop, first, last in _joined(matcher.get_opcodes(), before):
        if tag == "equal":
            merged += _runs(after[first:last])
            continue
        merged += _marked_words(tuple(_runs(before[start:stop])), "del")
        merged += _marked_words(tuple(_runs(after[first:last])), "ins")
    return tuple(merged)


def _joined(steps: Sequence[Step], before: list[Token]) -> Iterator[Step]:
    """The steps with a stray space or short word between two changes taken into them."""
    held: Step | None = None
    for at, step in enumerate(steps):
        tag, start, stop, _, last = step
        inner = 0 < at < len(steps) - 1
        short = len("".join(word for word, _ in before[start:stop]).strip()) < _SHORTEST_KEPT
        if tag != "equal" or (inner and short):
            kind = "replace"
            held = (kind, held[1], stop, held[3], last) if held else (kind, *step[1:])
            continue
        if held:
            yield held
            held = None
        yield step
    if held:
        yield held


def _tokens(text: Inline) -> Iterator[Token]:
    for run in text:
        look = _look(run)
        for word in _TOKEN.findall(run.text):
            yield word, look


def _look(run: Run) -> Run:
    """The run without its words; links inside the document count as plain words."""
    return replace(run, text="", change="")


def _runs(tokens: list[Token]) -> Iterator[Run]:
    for look, group in groupby(tokens, key=lambda token: token[1]):
        yield replace(look, text="".join(word for word, _ in group))
