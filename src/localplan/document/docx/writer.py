"""From a document to the bytes of a Word file."""

import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import repeat
from pathlib import Path

from localplan.document.blocks import (
    Block,
    Callout,
    Document,
    Heading,
    Inline,
    ListBlock,
    Paragraph,
    Table,
)
from localplan.document.docx import comments, furniture, parts
from localplan.document.docx.body import block_xml
from localplan.document.docx.contents import entries_of
from localplan.document.docx.paragraphs import LANDSCAPE_WIDTH, PORTRAIT_WIDTH, Writing
from localplan.document.docx.reference import reference_parts
from localplan.document.docx.sections import (
    Orientation,
    end_section,
    orientations,
    section_properties,
)
from localplan.document.docx.tables import AFTER_TABLE, after_table
from localplan.document.docx.tracked import Mark, marked_block, signed

_EPOCH = (1980, 1, 1, 0, 0, 0)
_LEVEL = 5
"""Deflate: nearly as small as 6 and clearly faster."""
_COVER = frozenset({"title", "subtitle", "cover", "status"})
_ROOT = (
    f"<w:document {furniture.NAMESPACES} "
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"><w:body>'
)


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
    writing = Writing(linked=set(_labels(document.blocks)), remarks=remarks)
    body = _body(writing, document, pages=pages, marks=tracking.marks)
    if tracking.marks:
        body = signed(body, tracking.author, document.date)
    contents: dict[str, str | bytes] = {
        "[Content_Types].xml": "",
        "_rels/.rels": parts.package_relations(),
        "word/document.xml": parts.XML + _ROOT + body + "</w:body></w:document>",
        "word/_rels/document.xml.rels": parts.document_relations(writing, remarked=remarked),
        "word/numbering.xml": parts.numbering(writing),
        **reference_parts(reference),
        "docProps/core.xml": parts.core_properties(document),
        "docProps/app.xml": parts.app_properties(),
        "docProps/custom.xml": parts.custom_properties(document),
    }
    if remarked:
        contents["word/comments.xml"] = parts.XML + comments.comments_part(document)
    for kind in parts.KINDS:
        contents[f"word/header-{kind}.xml"] = parts.XML + furniture.header(document, kind)
        contents[f"word/footer-{kind}.xml"] = parts.XML + furniture.footer(document, kind)
    for media in writing.media:
        contents[f"word/media/{media.name}"] = media.content
    contents["[Content_Types].xml"] = parts.content_types(list(contents))
    return _zipped(contents)


def _body(
    writing: Writing, document: Document, *, pages: bool, marks: tuple[Mark, ...] = ()
) -> str:
    blocks = document.blocks
    entries = entries_of(blocks, pages=pages)
    cover = bool(blocks) and isinstance(blocks[0], Paragraph) and blocks[0].look in _COVER
    writing.lowered = cover
    out: list[str] = []
    now: Orientation = "portrait"
    marked: Iterable[Mark] = marks or repeat("", len(blocks))
    for block, orientation, mark in zip(blocks, orientations(blocks), marked, strict=True):
        if orientation != now:
            if any(out):
                end_section(out, section_properties(now, cover=cover))
                cover = writing.break_before = False
            now = orientation
        if writing.break_before and out and isinstance(block, (Heading, Paragraph)):
            _drop_space(out)
        writing.width = PORTRAIT_WIDTH if now == "portrait" else LANDSCAPE_WIDTH
        made = block_xml(writing, block, entries)
        out.append(marked_block(made, mark) if marks else made)
    if not any(out):
        out.append(after_table(writing))
    return "".join(out) + section_properties(now, cover=cover)


def _drop_space(out: list[str]) -> None:
    """Take away the space after a table that ends a page; on a full page it would begin another."""
    at = next((index for index in range(len(out) - 1, -1, -1) if out[index]), -1)
    if at >= 0:
        out[at] = out[at].removesuffix(AFTER_TABLE)


def _labels(blocks: tuple[Block, ...]) -> Iterator[str]:
    """Every label that some run in the blocks links to."""
    for block in blocks:
        if isinstance(block, Callout):
            yield from _labels(block.blocks)
        elif isinstance(block, ListBlock):
            for item in block.items:
                yield from _labels(item)
        elif isinstance(block, Table):
            for column in block.columns:
                yield from _linked(column.head)
            for row in block.rows:
                for cell in row:
                    yield from _linked(cell.text)
                    yield from _labels(cell.blocks)
        elif isinstance(block, (Paragraph, Heading)):
            yield from _linked(block.text)


def _linked(text: Inline) -> Iterator[str]:
    for run in text:
        if run.link[:1] == "#":
            yield run.link[1:]


def _zipped(contents: Mapping[str, str | bytes]) -> bytes:
    """The package, with fixed dates, so that the same parts give the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, content in contents.items():
            entry = zipfile.ZipInfo(name, _EPOCH)
            stored = name.endswith((".png", ".jpeg"))
            method = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            package.writestr(entry, content, method, None if stored else _LEVEL)
    return out.getvalue()
