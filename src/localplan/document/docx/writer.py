"""From a document to the bytes of a Word file."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import repeat
from pathlib import Path

from localplan.document.anchors import draft_name
from localplan.document.blocks import (
    Block,
    Boundary,
    Callout,
    Contents,
    Document,
    Figure,
    Gap,
    Heading,
    ListBlock,
    PageBreak,
    Paragraph,
    Table,
    text_of,
    texts,
    walk,
)
from localplan.document.docx import comments, xmltext
from localplan.document.docx.body import block_xml, entries_of
from localplan.document.docx.package import (
    NAMESPACES,
    SHIPPED,
    Base,
    describe,
    furnish,
    saved,
    shipped,
    start_lists,
)
from localplan.document.docx.paper import Orientation
from localplan.document.docx.paragraphs import Writing
from localplan.document.docx.tables import AFTER_TABLE, after_table
from localplan.document.docx.tracked import Mark, marked_block, signed

_COVER = frozenset({"title", "subtitle", "cover", "status"})
_ROOT = (
    f"<w:document {NAMESPACES} "
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"><w:body>'
)
_THIN = '<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'
"""So low that it never spills onto a page of its own after a full one."""
_INTRO = 4
"""Blocks between a heading and its wide table that travel with the table."""


def write_docx(document: Document, *, reference: Path | None = None) -> bytes:
    """The document as a Word file, in our styles or those of the board's own reference file."""
    return _write(document, reference, pages=False)


def write_docx_for_pdf(document: Document, *, reference: Path | None = None) -> bytes:
    """The same with a page number at each entry of the contents, which LibreOffice works out."""
    return _write(document, reference, pages=True)


def write_compared(
    document: Document, marks: Sequence[Mark], author: str, *, reference: Path | None = None
) -> bytes:
    """A document whose blocks are marked, one by one, as the same, inserted or deleted."""
    return _write(document, reference, pages=False, tracking=_Tracking(tuple(marks), author))


@dataclass(frozen=True, slots=True)
class _Tracking:
    """The change of each block, and under whose name it is tracked."""

    marks: tuple[Mark, ...] = ()
    author: str = ""


_UNTRACKED = _Tracking()


def _write(
    document: Document, reference: Path | None, *, pages: bool, tracking: _Tracking = _UNTRACKED
) -> bytes:
    remarks = comments.waiting(document)
    remarked = bool(remarks)
    base = _opened(reference)
    writing = Writing(linked=set(_labels(document.blocks)), remarks=remarks, paper=base.paper)
    body = _body(writing, document, pages=pages, marks=tracking.marks)
    if tracking.marks:
        body = signed(body, tracking.author, document.date)
    furnish(base, document)
    start_lists(base.main, writing.starts)
    _attach(base, writing, document, remarked=remarked)
    describe(base.package, document)
    return saved(base.package, xmltext.part(f"{_ROOT}{body}</w:body></w:document>"))


def _opened(reference: Path | None) -> Base:
    """An own copy of our reference file, in the look of the board's file where there is one."""
    if reference is None or reference == SHIPPED:
        return Base(shipped())
    from localplan.document.docx.reference import borrowed  # noqa: PLC0415 (rarely used)

    return borrowed(reference)


def _attach(base: Base, writing: Writing, document: Document, *, remarked: bool) -> None:
    """Relate the body to its comments, its pictures and the addresses that it links to."""
    if remarked:
        written = xmltext.part(comments.comments_part(document))
        part = base.new_part("/word/comments.xml", "comments+xml", written)
        base.relate("comments", part, "rId-comments")
    for media in writing.media:
        part = base.new_part(f"/word/media/{media.name}", media.kind, media.content)
        base.relate("image", part, media.rid)
    for address, rid in writing.links.items():
        base.relate("hyperlink", address, rid)


def _body(
    writing: Writing, document: Document, *, pages: bool, marks: tuple[Mark, ...] = ()
) -> str:
    blocks = document.blocks
    entries = entries_of(blocks, pages=pages, marks=marks)
    cover = bool(blocks) and isinstance(blocks[0], Paragraph) and blocks[0].look in _COVER
    writing.lowered = cover
    if name := draft_name(document.draft_id):
        writing.marks.append(name)
    out: list[str] = []
    now: Orientation = "portrait"
    marked: Iterable[Mark] = marks or repeat("", len(blocks))
    turned = _orientations(blocks)
    for index, (block, orientation, mark) in enumerate(zip(blocks, turned, marked, strict=True)):
        if orientation != now:
            if any(out):
                _end_section(out, writing.paper.section(now, cover=cover))
                cover = writing.break_before = False
                writing.fresh = True
            now = orientation
        if writing.break_before and out and isinstance(block, (Heading, Paragraph)):
            _drop_space(out)
        writing.width = writing.paper.across(now)
        writing.leads = _leads_on(blocks, index)
        made = block_xml(writing, block, entries)
        out.append(marked_block(made, mark) if marks else made)
    if not any(out):
        out.append(after_table(writing))
    return "".join(out) + writing.paper.section(now, cover=cover)


def _orientations(blocks: tuple[Block, ...]) -> list[Orientation]:
    """The orientation of each block; a heading and a short lead-in stay with their wide table."""
    made: list[Orientation] = ["portrait"] * len(blocks)
    for index, block in enumerate(blocks):
        if isinstance(block, Table) and block.wide:
            for place in range(_first_of(blocks, index), _last_of(blocks, index) + 1):
                made[place] = "landscape"
    return made


def _first_of(blocks: tuple[Block, ...], index: int) -> int:
    """Where the landscape pages begin: at the table's own heading when that is near."""
    intro, place, first = 0, index - 1, index
    while place >= 0 and intro <= _INTRO:
        match blocks[place]:
            case Heading():
                first = place
                intro = _INTRO
            case Boundary():
                first = place if first == place + 1 else first
            case Paragraph(look="runin" | "prompt"):
                first = place
            case Paragraph() | Gap() | ListBlock():
                if first != index and isinstance(blocks[first], (Heading, Boundary)):
                    return first
                intro += 1
            case Table() | Figure() | Callout() | PageBreak() | Contents():
                return first
        place -= 1
    return first


def _last_of(blocks: tuple[Block, ...], index: int) -> int:
    """Where they end: a short closing paragraph before the next heading stays with the table."""
    last = index
    for place in range(index + 1, min(index + 3, len(blocks))):
        match blocks[place]:
            case Paragraph(look="body" | "source" | "note"):
                last = place
            case Heading() | PageBreak():
                return last
            case _:
                return index
    return last if last == len(blocks) - 1 else index


def _end_section(out: list[str], properties: str) -> None:
    """Let the last paragraph written end its section, so that no empty paragraph has to."""
    at = next(index for index in range(len(out) - 1, -1, -1) if out[index])
    chunk = out[at]
    start = max(chunk.rfind("<w:p>"), 0)
    last = chunk[start:]
    if last == AFTER_TABLE:
        properties = _THIN + properties
    if last.startswith("<w:p><w:pPr>"):
        last = last.replace("</w:pPr>", properties + "</w:pPr>", 1)
    else:
        last = last.replace("<w:p>", f"<w:p><w:pPr>{properties}</w:pPr>", 1)
    out[at] = chunk[:start] + last


def _leads_on(blocks: tuple[Block, ...], index: int) -> bool:
    """True for a paragraph that leads to a list, a table or an answer, and stays with it."""
    block = blocks[index]
    if not isinstance(block, Paragraph):
        return False
    if block.look == "note":
        return _leads_to_answer(blocks[index + 1 : index + 6])
    if isinstance(blocks[min(index + 1, len(blocks) - 1)], ListBlock):
        return text_of(block.text).rstrip().endswith(":")
    around = [
        block for block in blocks[max(index - 2, 0) : index] if not isinstance(block, Boundary)
    ]
    after = [block for block in blocks[index + 1 : index + 3] if not isinstance(block, Boundary)]
    return bool(
        around and after and isinstance(around[-1], Heading) and isinstance(after[0], Table)
    )


def _leads_to_answer(following: Iterable[Block]) -> bool:
    """True where notes lead to a quiet lead-in, such as the place for an answer in a form."""
    for block in following:
        if isinstance(block, Paragraph) and block.look != "note":
            return block.look == "runin"
        if not isinstance(block, (Boundary, Paragraph)):
            return False
    return False


def _drop_space(out: list[str]) -> None:
    """Take away the space after a table that ends a page; on a full page it would begin another."""
    at = next((index for index in range(len(out) - 1, -1, -1) if out[index]), -1)
    if at >= 0:
        out[at] = out[at].removesuffix(AFTER_TABLE)


def _labels(blocks: Iterable[Block]) -> Iterator[str]:
    """Every label that some run in the blocks links to."""
    for block in walk(blocks):
        for text in texts(block):
            yield from (run.link[1:] for run in text if run.link[:1] == "#")
