"""Two documents as one, with every difference marked: what came in and what went out.

Words are compared in paragraphs, whole rows in tables, whole pictures and boxes elsewhere. Taking
in every change gives the new document, turning every change down gives the old one.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from localplan.document.blocks import (
    Block,
    Boundary,
    Cell,
    Contents,
    Document,
    Figure,
    Heading,
    ListBlock,
    PageBreak,
    Paragraph,
    Run,
    Table,
    mapped,
    text_of,
    texts,
    walk,
    without_inner_links,
)
from localplan.document.compared.aligning import Pair, aligned
from localplan.document.compared.wordings import changed_words, marked_words

Mark: TypeAlias = Literal["", "ins", "del"]

Item: TypeAlias = tuple[Block, ...]
Row: TypeAlias = tuple[Cell, ...]


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
    pairs = aligned(_flat(body_of(old)), _flat(body_of(new)))
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
    before = next(texts(old), ())
    return mapped(new, lambda inside: inside, lambda text: changed_words(before, text))


def _items(old: tuple[Item, ...], new: tuple[Item, ...]) -> Iterator[Item]:
    for before, after in aligned(old, new):
        if before is None:
            yield _marked_blocks(after or (), "ins")
        elif after is None:
            yield _marked_blocks(before, "del")
        else:
            yield tuple(
                block if not mark else _marked(block, mark)
                for pair in aligned(before, after)
                for block, mark in _pieces(pair)
            )


def _rows(old: tuple[Row, ...], new: tuple[Row, ...]) -> Iterator[Row]:
    for before, after in aligned(old, new):
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
            marked_words(cell.text or (() if cell.blocks else (Run(""),)), mark),
            "",
            _marked_blocks(cell.blocks, mark),
        )
        for cell in row
    )


def _marked_blocks(blocks: Item, mark: Literal["ins", "del"]) -> Item:
    return tuple(_marked(block, mark) for block in blocks)


def _marked(block: Block, mark: Literal["ins", "del"]) -> Block:
    """The block with all of its words marked, for blocks inside lists and cells."""
    return mapped(block, lambda each: _marked(each, mark), lambda text: marked_words(text, mark))


def _has_change(block: Block) -> bool:
    runs = (run for each in walk([block]) for text in texts(each) for run in text)
    return any(run.change for run in runs)
