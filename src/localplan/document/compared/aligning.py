"""Which pieces of two texts belong together, in the order of both."""

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from functools import singledispatch
from typing import TypeAlias, TypeVar

from localplan.document.blocks import (
    Callout,
    Cell,
    Figure,
    Gap,
    Heading,
    ListBlock,
    Paragraph,
    Table,
)
from localplan.document.compared.wordings import plain

Thing = TypeVar("Thing", bound=Hashable)
Pair: TypeAlias = tuple[Thing | None, Thing | None]

_ALIKE = 0.4
"""Share of words that two pieces must have in common to count as one that was revised."""
_MOST = 4000
"""Comparisons beyond which pieces that differ are not looked at one by one."""


def aligned(old: Sequence[Thing], new: Sequence[Thing]) -> Iterator[Pair[Thing]]:
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


@singledispatch
def _kind(piece: object) -> Hashable:
    """What two pieces must have in common before their words are compared."""
    return type(piece).__name__


@_kind.register
def _(piece: Heading) -> Hashable:
    return ("heading", piece.level, piece.listed, piece.numbered)


@_kind.register
def _(piece: Paragraph) -> Hashable:
    return ("paragraph", piece.look)


@_kind.register
def _(piece: ListBlock) -> Hashable:
    if not all(_is_text(item) for item in piece.items):
        return id(piece)
    return ("list", piece.ordered, piece.start)


@_kind.register
def _(piece: Table) -> Hashable:
    if not all(_is_text(cell.blocks) for row in piece.rows for cell in row):
        return id(piece)
    return ("table", piece.head, *(plain(column.head) for column in piece.columns))


@_kind.register(Figure)
@_kind.register(Callout)
@_kind.register(Gap)
def _(piece: object) -> Hashable:
    return id(piece)


@_kind.register(tuple)
def _(piece: tuple[object, ...]) -> Hashable:
    """An item of a list; rows of a table are only ever equal or not."""
    return id(piece) if piece and isinstance(piece[0], Cell) else "item"


def _is_text(blocks: Iterable[object]) -> bool:
    """True where every word inside can be marked by itself."""
    return all(
        isinstance(block, Paragraph)
        or (isinstance(block, ListBlock) and all(_is_text(item) for item in block.items))
        for block in blocks
    )


@singledispatch
def _words(_: object) -> list[str]:
    return []


@_words.register(Heading)
@_words.register(Paragraph)
def _(piece: Heading | Paragraph) -> list[str]:
    return plain(piece.text).split()


@_words.register
def _(piece: ListBlock) -> list[str]:
    return [word for item in piece.items for block in item for word in _words(block)]


@_words.register
def _(piece: Table) -> list[str]:
    cells = [cell for row in piece.rows for cell in row]
    words = [word for cell in cells for word in plain(cell.text).split()]
    return words + [word for cell in cells for block in cell.blocks for word in _words(block)]


@_words.register(tuple)
def _(piece: tuple[object, ...]) -> list[str]:
    return [word for block in piece for word in _words(block)]
