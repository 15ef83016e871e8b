"""The short typed list of blocks that every document is made of.

A template renders to blocks; each writer is one `match` over them, with no wildcard, so that a new
kind of block is a type error wherever it is not written yet.
"""

from dataclasses import dataclass
from typing import Literal, TypeAlias

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
