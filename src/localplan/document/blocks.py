"""The short typed list of blocks that every document is made of, and the one walk over them.

A template renders to blocks; each writer is one `match` over them, with no wildcard, so that a new
kind of block is a type error wherever it is not written yet. Whatever else looks into blocks or
changes them does so through `inner`, `texts`, `words` and `mapped`.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from operator import is_
from typing import Literal, TypeAlias, TypeVar

Align: TypeAlias = Literal["left", "right", "center"]


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one look. A line break is a newline in `text`."""

    text: str
    bold: bool = False
    italic: bool = False
    link: str = ""
    """A web or mail address, or `#label` for a place in this document."""
    change: Literal["", "ins", "del"] = ""
    """Set in a comparison of two documents: words that came in or went out."""


Inline: TypeAlias = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Boundary:
    """Starts a region: what follows, up to the next boundary, comes from `path`.

    `answer` regions hold one answer that can be edited and read back. Every other kind holds text
    made by the program from the answers listed in `built_from`.
    """

    path: str
    kind: Literal["answer", "passage", "table", "figure", "heading", "form"]
    built_from: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 (chapter) to 4; `number` is filled in by the document, such as 3.2."""

    level: int
    text: Inline
    number: str = ""
    label: str = ""
    """Name other blocks link to with `#label`."""
    listed: bool = True
    """Shown in the contents."""
    numbered: bool = True
    """False for a heading that carries no number, such as an executive summary."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Text in one of the document's paragraph looks."""

    text: Inline
    look: Literal[
        "body",
        "lead",
        "runin",
        "source",
        "note",
        "status",
        "title",
        "subtitle",
        "cover",
        "prompt",
        "caption",
    ] = "body"
    """`runin` is a quiet lead-in before an answer; `source` stands beneath a table or figure;
    `caption` stands by itself only in a comparison, where its words may have changed."""


@dataclass(frozen=True, slots=True)
class ListBlock:
    """A bulleted or numbered list; an item is a tuple of blocks (paragraphs, lists)."""

    items: tuple[tuple["Block", ...], ...]
    ordered: bool = False
    start: int = 1


@dataclass(frozen=True, slots=True)
class Column:
    """A table column: its head, how cells align, and its share of the width."""

    head: Inline
    align: Align = "left"
    share: float = 1.0


@dataclass(frozen=True, slots=True)
class Cell:
    """One table cell. `path` is the answer it prints, when it prints exactly one."""

    text: Inline
    path: str = ""
    blocks: tuple["Block", ...] = ()
    """Used in place of `text` where a cell holds paragraphs or a list."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a caption above, a head row that repeats, and its source beneath."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    caption: str = ""
    number: str = ""
    source: str = ""
    label: str = ""
    description: str = ""
    wide: bool = False
    """Set on a landscape page."""
    dense: bool = False
    """Rows stand closer, for a long table in which one looks something up."""
    head: bool = True
    """False for a plain two-column form without a head row."""
    records: tuple[str, ...] = ()
    """The path of the one record that each row tells of, blank for a row that tells of several;
    empty where that is not known."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture: an SVG drawn by `document.figures`, or the board's own PNG or JPEG."""

    caption: str
    alt: str
    svg: str = ""
    png: bytes = b""
    width: float = 6.5
    """Inches on the page."""
    number: str = ""
    source: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class Callout:
    """A quiet box: guiding questions, a notice, a caution."""

    title: str
    blocks: tuple["Block", ...]
    kind: Literal["orientation", "notice", "caution"] = "orientation"


@dataclass(frozen=True, slots=True)
class Gap:
    """Something still to be written: an amber box in a working draft, never in another stage."""

    what: str
    why: str = ""
    owner: str = ""
    due: str = ""
    path: str = ""


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins a new page."""


@dataclass(frozen=True, slots=True)
class Contents:
    """The table of contents: entries are links to the headings of levels 1 to `depth`."""

    depth: int = 2


Block: TypeAlias = (
    Boundary
    | Heading
    | Paragraph
    | ListBlock
    | Table
    | Figure
    | Callout
    | Gap
    | PageBreak
    | Contents
)


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment in the margin, beside the region that starts at `path`."""

    path: str
    text: str
    author: str


@dataclass(frozen=True, slots=True)
class Document:
    """Everything a writer needs: the blocks and what is known about the document."""

    title: str
    board: str
    blocks: tuple[Block, ...]
    language: str = "en-US"
    stage: str = "working"
    status: str = ""
    """The line of the cover and header, such as "Working draft 7, November 21, 2026"."""
    footer: str = ""
    """Printed small on every page, such as where the text was compiled from."""
    watermark: str = ""
    draft_id: str = ""
    fingerprint: str = ""
    remarks: tuple[Remark, ...] = ()
    """Questions to the reader; only Word files carry them."""
    recipient: str = ""
    """Id of the partner that this copy is for."""
    date: str = ""
    """ISO date; used for every date in the file, so that the same answers give the same bytes."""

    @property
    def code(self) -> str:
        """What staff tell two working drafts apart by; other readers see no code."""
        shown = self.fingerprint and self.stage == "working"
        return f"Draft {self.fingerprint}" if shown else ""


_Part = TypeVar("_Part")
_DEEPER_THAN_ANY = 99
"""The level at which text stands beneath headings."""


def inner(block: Block) -> tuple[Block, ...]:
    """Return the blocks directly inside a block, in reading order."""
    match block:
        case Boundary() | Heading() | Paragraph() | Figure() | Gap() | PageBreak() | Contents():
            return ()
        case ListBlock():
            return tuple(chain.from_iterable(block.items))
        case Table():
            cells = chain.from_iterable(block.rows)
            return tuple(chain.from_iterable([cell.blocks for cell in cells]))
        case Callout():
            return block.blocks


def walk(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield each block and then those inside it, however deep, in reading order."""
    for block in blocks:
        yield block
        below = inner(block)
        if below:
            yield from walk(below)


def texts(block: Block) -> list[Inline]:
    """Return a block's own texts: the line that it is, or the heads and cells of a table."""
    match block:
        case Heading() | Paragraph():
            return [block.text]
        case Table():
            heads = [column.head for column in block.columns]
            return heads + [cell.text for row in block.rows for cell in row]
        case (
            Boundary() | ListBlock() | Figure() | Callout() | Gap() | PageBreak() | Contents()
        ):  # fmt: skip
            return []


def text_of(text: Inline) -> str:
    """Return the words of some runs, without their looks."""
    return text[0].text if len(text) == 1 else "".join([run.text for run in text])


def words(block: Block) -> str:
    """Return all that a block says, with what is inside it, parted by blanks."""
    return " ".join(_said(block))


def cell_words(cell: Cell) -> str:
    """Return all that a cell says."""
    return " ".join((text_of(cell.text), *map(words, cell.blocks)))


def _said(block: Block) -> Iterator[str]:
    match block:
        case Heading() | Paragraph():
            yield text_of(block.text)
        case ListBlock():
            yield from map(words, inner(block))
        case Callout():
            yield block.title
            yield from map(words, block.blocks)
        case Table():
            yield block.caption
            for column in block.columns:
                yield text_of(column.head)
            for row in block.rows:
                yield from map(cell_words, row)
            yield block.source
        case Figure():
            yield from (block.caption, block.alt)
        case Gap():
            yield from (block.what, block.why, block.owner, block.due)
        case Boundary() | PageBreak() | Contents():
            return


def mapped(
    block: Block,
    change: Callable[[Block], Block],
    text: Callable[[Inline], Inline] = lambda runs: runs,
) -> Block:
    """Return the block with `change` done to each block directly inside, and `text` to its texts.

    A change that calls `mapped` again reaches every depth. Where nothing changes, the block is
    returned itself: copying thousands of cells takes long.
    """
    match block:
        case Heading() | Paragraph():
            line = text(block.text)
            return block if line is block.text else replace(block, text=line)
        case ListBlock():
            items = kept(block.items, [all_mapped(item, change) for item in block.items])
            return block if items is block.items else replace(block, items=items)
        case Table():
            return _table_mapped(block, change, text)
        case Callout():
            blocks = all_mapped(block.blocks, change)
            return block if blocks is block.blocks else replace(block, blocks=blocks)
        case Boundary() | Figure() | Gap() | PageBreak() | Contents():
            return block


def all_mapped(blocks: tuple[Block, ...], change: Callable[[Block], Block]) -> tuple[Block, ...]:
    """Return the blocks with `change` done to each; the same ones where nothing changes."""
    return kept(blocks, [change(block) for block in blocks])


def kept(old: tuple[_Part, ...], new: Sequence[_Part]) -> tuple[_Part, ...]:
    """Return the old parts where each new one is the old one, else the new ones."""
    return old if all(map(is_, old, new)) else tuple(new)


def _table_mapped(
    table: Table, change: Callable[[Block], Block], text: Callable[[Inline], Inline]
) -> Table:
    columns = kept(table.columns, [_column_mapped(column, text) for column in table.columns])
    rows = kept(
        table.rows,
        [kept(row, [_cell_mapped(cell, change, text) for cell in row]) for row in table.rows],
    )
    if columns is table.columns and rows is table.rows:
        return table
    return replace(table, columns=columns, rows=rows)


def _column_mapped(column: Column, text: Callable[[Inline], Inline]) -> Column:
    head = text(column.head)
    return column if head is column.head else replace(column, head=head)


def _cell_mapped(
    cell: Cell, change: Callable[[Block], Block], text: Callable[[Inline], Inline]
) -> Cell:
    line = text(cell.text)
    blocks = all_mapped(cell.blocks, change) if cell.blocks else cell.blocks
    if line is cell.text and blocks is cell.blocks:
        return cell
    return replace(cell, text=line, blocks=blocks)


def merged(runs: Iterable[Run]) -> Inline:
    """Return the runs with neighbors of one look as one."""
    found: list[Run] = []
    for run in runs:
        if found and _look(found[-1]) == _look(run):
            found[-1] = replace(run, text=found[-1].text + run.text)
        else:
            found.append(run)
    return tuple(found)


def _look(run: Run) -> tuple[bool, bool, str, str]:
    return (run.bold, run.italic, run.link, run.change)


def trimmed(text: Inline) -> Inline:
    """Return a text without blanks at either end and without empty runs.

    A link to a label stays, because without words it prints what it points at.
    """
    if not text:
        return text
    if text[0].text[:1].isspace():
        text = (replace(text[0], text=text[0].text.lstrip()), *text[1:])
    if text[-1].text[-1:].isspace():
        text = (*text[:-1], replace(text[-1], text=text[-1].text.rstrip()))
    return tuple(run for run in text if run.text or run.link.startswith("#"))


def without_inner_links(text: Inline) -> Inline:
    """Return the words without links to other places of the same document."""
    return tuple(replace(run, link="") if run.link.startswith("#") else run for run in text)


def empty_headings(blocks: Sequence[Block]) -> set[int]:
    """Return where headings stand that have nothing under them, not even a heading that has."""
    empty: set[int] = set()
    level_below = 0
    for place in reversed(range(len(blocks))):
        block = blocks[place]
        if isinstance(block, Heading):
            if block.level < level_below:
                level_below = block.level
            else:
                empty.add(place)
        elif not isinstance(block, (Boundary, PageBreak)):
            level_below = _DEEPER_THAN_ANY
    return empty
