"""Figures in Word: the picture, its SVG beside it for sharp printing, alt text and caption."""

import struct

from localplan.document.blocks import Figure
from localplan.document.docx import xmltext
from localplan.document.docx.paragraphs import Media, Writing, paragraph
from localplan.document.docx.tables import caption
from localplan.document.maps.drawing import png_of

_EMU = 914_400
_TALLEST = 8.0
"""Inches; a caption still fits beneath on the page."""
_TYPES = {"png": "image/png", "jpeg": "image/jpeg", "svg": "image/svg+xml"}
_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8"
_FRAMES = frozenset({0xC0, 0xC1, 0xC2, 0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF})


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


_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_PIC = "http://schemas.openxmlformats.org/drawingml/2006/picture"
_SVG = (
    '<a:extLst><a:ext uri="{{96DAC541-7B7A-43D3-8B79-37D633B846F1}}"><asvg:svgBlip '
    'xmlns:asvg="http://schemas.microsoft.com/office/drawing/2016/SVG/main" r:embed="{}"/>'
    "</a:ext></a:extLst>"
)


def _add(writing: Writing, extension: str, content: bytes) -> str:
    number = len(writing.media) + 1
    rid = f"rIdM{number}"
    kind = _TYPES[extension]
    writing.media.append(Media(rid, f"image{number}.{extension}", kind, content))
    return rid
