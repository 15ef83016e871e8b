"""Which pieces of two texts belong together, in the order of both."""

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import Any, TypeAlias, TypeVar

from localplan.document.blocks import (
    Block,
    Cell,
    Heading,
    ListBlock,
    Paragraph,
    Table,
    cell_words,
    inner,
    text_of,
    walk,
    words,
)

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
    return _look(piece)


def _look(piece: object) -> Hashable:
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
