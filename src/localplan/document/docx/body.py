"""The body of a Word file: one string, block by block."""

import struct
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import repeat
from typing import TypeGuard

from localplan.document.blocks import (
    Block,
    Boundary,
    Callout,
    Contents,
    Figure,
    Gap,
    Heading,
    ListBlock,
    PageBreak,
    Paragraph,
    Table,
    text_of,
)
from localplan.document.docx import xmltext
from localplan.document.docx.package import BULLETS
from localplan.document.docx.paragraphs import (
    Media,
    Writing,
    direction,
    heading_paragraph,
    mark_label,
    open_region,
    paragraph,
    runs,
)
from localplan.document.docx.tables import after_table, caption, table_xml
from localplan.document.maps.drawing import png_of

_DEEPEST = 8
_ENDS = '<w:spacing w:after="120"/>'
"""Parts the end of a list from what follows as one paragraph is parted from another."""
_STYLES = {
    "body": "Normal",
    "lead": "Lead",
    "runin": "RunIn",
    "source": "Source",
    "note": "Note",
    "status": "Status",
    "title": "Title",
    "subtitle": "Subtitle",
    "cover": "Cover",
    "prompt": "Prompt",
    "caption": "Caption",
}
_HEADS = frozenset({"runin", "prompt"})
_BOXES = {"orientation": "OrientationBox", "notice": "NoticeBox", "caution": "CautionBox"}
_EMU = 914_400
_TALLEST = 8.0
"""Inches; a caption still fits beneath on the page."""
_TYPES = {"png": "image/png", "jpeg": "image/jpeg", "svg": "image/svg+xml"}
_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8"
_FRAMES = frozenset({0xC0, 0xC1, 0xC2, 0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF})
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_PIC = "http://schemas.openxmlformats.org/drawingml/2006/picture"
_SVG = (
    '<a:extLst><a:ext uri="{{96DAC541-7B7A-43D3-8B79-37D633B846F1}}"><asvg:svgBlip '
    'xmlns:asvg="http://schemas.microsoft.com/office/drawing/2016/SVG/main" r:embed="{}"/>'
    "</a:ext></a:extLst>"
)
_CLOSING = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'


@dataclass(frozen=True, slots=True)
class Entry:
    """A heading as the contents list it."""

    level: int
    words: str
    bookmark: str
    page: bool = False
    """True where the page number is shown, for a program that works it out while it prints."""


def entry_name(number: int) -> str:
    """The bookmark of the n-th listed heading."""
    return f"_Toc{number:09d}"


def entries_of(
    blocks: tuple[Block, ...], *, pages: bool = False, marks: Iterable[str] = ()
) -> tuple[Entry, ...]:
    """Every listed heading of the document's flow, in order; not those that `marks` take out."""
    marked = zip(blocks, marks or repeat(""), strict=False)
    listed = [(block, mark) for block, mark in marked if _is_listed(block)]
    return tuple(
        Entry(block.level, _shown(block), entry_name(number), pages)
        for number, (block, mark) in enumerate(listed, start=1)
        if mark != "del" and _shown(block).strip()
    )


def _is_listed(block: Block) -> TypeGuard[Heading]:
    return isinstance(block, Heading) and block.listed and not xmltext.is_blank(block.text)


def _shown(heading: Heading) -> str:
    kept = tuple(run for run in heading.text if run.change != "del")
    words = text_of(kept).replace("\n", " ")
    return f"{heading.number}\u2002{words}" if heading.number else words


def block_xml(  # noqa: C901, PLR0911 (one case for each kind of block)
    writing: Writing, block: Block, entries: tuple[Entry, ...] = ()
) -> str:
    """One block of the document's flow as XML; an empty text where it only marks a place."""
    match block:
        case Boundary():
            open_region(writing, block)
            return ""
        case Heading():
            return _heading(writing, block)
        case Paragraph():
            return _paragraph(writing, block)
        case ListBlock():
            return _list(writing, block, "", 0)
        case Table():
            return table_xml(writing, block, lambda blocks: _inside(writing, blocks, "Table"))
        case Figure():
            return figure_xml(writing, block)
        case Callout():
            return _callout(writing, block)
        case Gap():
            return _gap(writing, block)
        case PageBreak():
            writing.break_before = True
            return ""
        case Contents():
            return contents_xml(writing, entries, block.depth)


def _heading(writing: Writing, heading: Heading) -> str:
    if xmltext.is_blank(heading.text):
        return ""
    mark_label(writing, heading.label)
    if heading.listed:
        writing.headings += 1
        writing.marks.append(entry_name(writing.headings))
    unlisted = heading.level == 1 and not heading.listed
    style = "TOCHeading" if unlisted else f"Heading{min(heading.level, 4)}"
    number = xmltext.run(heading.number + "\u2002") if heading.number else ""
    inner = number + runs(writing, heading.text)
    layout = direction(heading.text)
    if style == "Heading1" and not (writing.break_before or writing.fresh):
        layout += '<w:spacing w:before="480"/>'
    return heading_paragraph(writing, style, inner, layout=layout)


def _paragraph(writing: Writing, block: Paragraph) -> str:
    if xmltext.is_blank(block.text):
        return ""
    style, inner = _STYLES[block.look], runs(writing, block.text)
    if block.look in _HEADS:
        return heading_paragraph(writing, style, inner, layout=direction(block.text))
    layout = direction(block.text)
    if writing.lowered:
        layout += '<w:spacing w:before="2600"/>'
        writing.lowered = False
    return paragraph(writing, style, inner, keep=writing.leads, layout=layout)


def _list(writing: Writing, block: ListBlock, within: str, level: int) -> str:
    depth = min(level, _DEEPEST)
    number = _numbering(writing, block, depth)
    style = "TableList" if within else ("ListNumber" if block.ordered else "ListBullet")
    out: list[str] = []
    ends = (
        block.items[-1][-1] if block.items and block.items[-1] and not (within or level) else None
    )
    for item in block.items:
        first = True
        for inner in item:
            if isinstance(inner, ListBlock):
                out.append(_list(writing, inner, within, level + 1))
            elif isinstance(inner, Paragraph):
                numbered = (
                    f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>'
                )
                layout = direction(inner.text) + (_ENDS if inner is ends else "")
                layout += _indent(depth, first=first, within=within)
                out.append(
                    paragraph(
                        writing,
                        style if first or within else "ListContinue",
                        runs(writing, inner.text),
                        number=numbered if first else "",
                        layout=layout,
                    )
                )
                first = False
            else:
                out.append(block_xml(writing, inner))
    return "".join(out)


def _indent(depth: int, *, first: bool, within: str) -> str:
    """Cells are narrow, so bullets in them hang close; elsewhere the list's own indent holds."""
    if within == "Table":
        left = 180 * (depth + 1)
        return f'<w:ind w:left="{left}" w:hanging="180"/>' if first else f'<w:ind w:left="{left}"/>'
    return "" if first else f'<w:ind w:left="{360 * (depth + 1)}"/>'


def _numbering(writing: Writing, block: ListBlock, depth: int) -> int:
    if not block.ordered:
        return BULLETS
    writing.starts.append((depth, max(block.start, 0)))
    return BULLETS + len(writing.starts)


def _inside(writing: Writing, blocks: tuple[Block, ...], within: str) -> str:
    """Blocks inside a cell or box, which must end with a paragraph."""
    out: list[str] = []
    for block in blocks:
        match block:
            case Paragraph(look="body"):
                layout = direction(block.text)
                inner = runs(writing, block.text)
                out.append(paragraph(writing, f"{within}Text", inner, layout=layout))
            case ListBlock():
                out.append(_list(writing, block, within, 0))
            case _:
                out.append(block_xml(writing, block))
    made = "".join(out)
    return made if made.endswith("</w:p>") else made + paragraph(writing, f"{within}Text", "")


def _callout(writing: Writing, block: Callout) -> str:
    outer, writing.width = writing.width, writing.width - 400
    title = ""
    if block.title:
        title = paragraph(writing, "BoxTitle", xmltext.run(block.title), keep=True)
    inner = title + (_inside(writing, block.blocks, "Box") if block.blocks or not title else "")
    writing.width = outer
    about = f'<w:tblDescription w:val="{xmltext.attribute(block.title)}"/>' if block.title else ""
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{_BOXES[block.kind]}"/>'
        f'<w:tblW w:w="{outer}" w:type="dxa"/><w:tblLayout w:type="fixed"/><w:tblLook w:val="0600" '
        'w:firstRow="0" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1" '
        f'w:noVBand="1"/>{about}</w:tblPr><w:tblGrid><w:gridCol w:w="{outer}"/></w:tblGrid>'
        f'<w:tr><w:tc><w:tcPr><w:tcW w:w="{outer}" w:type="dxa"/></w:tcPr>{inner}</w:tc></w:tr>'
        f"</w:tbl>{after_table(writing)}"
    )


def _gap(writing: Writing, block: Gap) -> str:
    label = xmltext.run("To do: ", '<w:rStyle w:val="GapLabel"/>')
    inner = label + xmltext.run(block.what, "<w:b/><w:bCs/>")
    if block.why:
        inner += xmltext.run("\n" + block.why)
    if who := gap_owner(block):
        inner += xmltext.run("\n" + who)
    return paragraph(writing, "Gap", inner)


def gap_owner(block: Gap) -> str:
    """Who sees to it and by when, in one line."""
    parts = [f"Owner: {block.owner}"] if block.owner else []
    parts += [f"Due: {block.due}"] if block.due else []
    return " · ".join(parts)


def contents_xml(writing: Writing, entries: tuple[Entry, ...], depth: int) -> str:
    """The entries down to `depth` as paragraphs; nothing where there is nothing to list."""
    chosen = [entry for entry in entries if entry.level <= depth]
    out: list[str] = []
    for index, entry in enumerate(chosen):
        inner = _entry(entry)
        if not entry.page:
            before = _opening(depth) if index == 0 else ""
            after = _CLOSING if index == len(chosen) - 1 else ""
            inner = before + inner + after
        heads = index + 1 < len(chosen) and chosen[index + 1].level > entry.level
        out.append(paragraph(writing, f"TOC{min(entry.level, 3)}", inner, keep=heads))
    return "".join(out)


def _entry(entry: Entry) -> str:
    inner = xmltext.run(entry.words)
    if entry.page:
        inner += "<w:r><w:tab/></w:r>" + xmltext.field(f"PAGEREF {entry.bookmark} \\h", "0")
    return f'<w:hyperlink w:anchor="{entry.bookmark}" w:history="1">{inner}</w:hyperlink>'


def _opening(depth: int) -> str:
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> '
        f'TOC \\o "1-{depth}" \\h \\z \\u </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )


def figure_xml(writing: Writing, figure: Figure) -> str:
    """The figure with caption and source; its description where the picture cannot be read."""
    content = figure.png or (png_of(figure.svg) if figure.svg else b"")
    size = picture_size(content)
    if size is None:
        shown = paragraph(writing, "Note", xmltext.run(f"[Picture: {_alt(figure)}]"), keep=True)
    else:
        drawing = _drawing(writing, figure, content, size)
        shown = paragraph(writing, "Figure", drawing, keep=bool(figure.caption or figure.source))
    beneath = caption(writing, figure.number, figure.caption, figure.label, "FigureCaption")
    if xmltext.visible(figure.source):
        beneath += paragraph(writing, "Source", xmltext.run(figure.source))
    return shown + beneath


def picture_size(content: bytes) -> tuple[int, int] | None:
    """Width and height in pixels of a PNG or JPEG, or None for anything else."""
    if content.startswith(_PNG) and content[12:16] == b"IHDR":
        width, height = struct.unpack(">II", content[16:24])
        return (width, height) if width and height else None
    if content.startswith(_JPEG):
        return _jpeg_size(content)
    return None


def _jpeg_size(content: bytes) -> tuple[int, int] | None:
    at = 2
    while at + 9 <= len(content) and content[at] == 0xFF:  # noqa: PLR2004 (a JPEG marker)
        if content[at + 1] in _FRAMES:
            height, width = struct.unpack(">HH", content[at + 5 : at + 9])
            return (width, height) if width and height else None
        at += 2 + int.from_bytes(content[at + 2 : at + 4], "big")
    return None


def _alt(figure: Figure) -> str:
    return (
        xmltext.visible(figure.alt)
        or xmltext.visible(figure.caption)
        or "Picture without a description"
    )


def _drawing(writing: Writing, figure: Figure, content: bytes, size: tuple[int, int]) -> str:
    width = min(max(figure.width, 0.5), writing.width / 1440)
    height = width * size[1] / size[0]
    if height > _TALLEST:
        width, height = width * _TALLEST / height, _TALLEST
    cx, cy = max(int(width * _EMU), 1), max(int(height * _EMU), 1)
    writing.drawings += 1
    number = writing.drawings
    extension = "png" if content.startswith(_PNG) else "jpeg"
    blip = f'<a:blip r:embed="{_add(writing, extension, content)}"/>'
    if figure.svg:
        vector = _add(writing, "svg", figure.svg.encode("utf-8", "replace"))
        blip = blip.replace("/>", f">{_SVG.format(vector)}</a:blip>")
    alt = xmltext.attribute(_alt(figure))
    return (
        '<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{cx}" cy="{cy}"/>'
        f'<wp:docPr id="{number}" name="Picture {number}" descr="{alt}"/>'
        f'<wp:cNvGraphicFramePr><a:graphicFrameLocks xmlns:a="{_A}" noChangeAspect="1"/>'
        f'</wp:cNvGraphicFramePr><a:graphic xmlns:a="{_A}"><a:graphicData uri="{_PIC}">'
        f'<pic:pic xmlns:pic="{_PIC}"><pic:nvPicPr><pic:cNvPr id="{number}" '
        f'name="Picture {number}" descr="{alt}"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>{blip}'
        "<a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm>"
        f'<a:off x="0" y="0"/><a:ext cx="{cx}" cy="{cy}"/></a:xfrm><a:prstGeom prst="rect">'
        "<a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline>"
        "</w:drawing></w:r>"
    )


def _add(writing: Writing, extension: str, content: bytes) -> str:
    number = len(writing.media) + 1
    rid = f"rIdM{number}"
    kind = _TYPES[extension]
    writing.media.append(Media(rid, f"image{number}.{extension}", kind, content))
    return rid
