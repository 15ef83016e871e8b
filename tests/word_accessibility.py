"""What a reader with a screen reader, a keyboard or poor sight needs from a Word file."""

import io
import zipfile
from collections.abc import Iterator

from lxml import etree
from word_invariants import parse_strictly

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_SPACERS = frozenset({"AfterTable"})
"""Paragraphs that must stand between two tables; they hold nothing to read."""
_SMALL, _LARGE = 4.5, 3.0
"""The least contrast of text and of large text (WCAG 2.1 AA)."""
_LARGE_HALF_POINTS, _LARGE_BOLD_HALF_POINTS = 36, 28
_WHITE = "FFFFFF"
_DEEPEST = 9


def lint(docx: bytes) -> tuple[str, ...]:
    """Everything that would keep somebody from reading the file; empty when it is clean."""
    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        document = parse_strictly(package.read("word/document.xml"))
        styles = parse_strictly(package.read("word/styles.xml"))
        core = parse_strictly(package.read("docProps/core.xml"))
    return (
        *_property_problems(core, styles),
        *_picture_problems(document),
        *_table_problems(document),
        *_heading_problems(document, styles),
        *_blank_problems(document),
        *_contrast_problems(styles),
    )


def contrast(first: str, second: str) -> float:
    """The contrast ratio of two colors given as six hexadecimal digits."""
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(color: str) -> float:
    def linear(value: int) -> float:
        part = value / 255
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(int(color[at : at + 2], 16)) for at in (0, 2, 4))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _property_problems(core: etree._Element, styles: etree._Element) -> Iterator[str]:
    for name in ("title", "language"):
        if not (core.findtext(_DC + name) or "").strip():
            yield f"the document has no {name}"
    if styles.find(f"{_W}docDefaults/{_W}rPrDefault/{_W}rPr/{_W}lang") is None:
        yield "the styles name no language"


def _picture_problems(document: etree._Element) -> Iterator[str]:
    for number, picture in enumerate(document.iter(_WP + "docPr"), start=1):
        if not (picture.get("descr") or "").strip():
            yield f"picture {number} has no alternative text"


def _table_problems(document: etree._Element) -> Iterator[str]:
    for number, table in enumerate(document.iter(_W + "tbl"), start=1):
        look = table.find(f"{_W}tblPr/{_W}tblLook")
        headed = look is None or look.get(_W + "firstRow") != "0"
        row = table.find(_W + "tr")
        if headed and (row is None or row.find(f"{_W}trPr/{_W}tblHeader") is None):
            yield f"table {number} has no head row"


def _heading_problems(document: etree._Element, styles: etree._Element) -> Iterator[str]:
    levels = _outline_levels(styles)
    last = 0
    for paragraph in document.iter(_W + "p"):
        level = levels.get(_style_of(paragraph), 0)
        if not level:
            continue
        words = _words(paragraph)
        if not words.strip():
            yield "a heading is empty"
        if level > last + 1:
            yield f'heading "{words[:60]}" skips from level {last} to level {level}'
        last = level


def _outline_levels(styles: etree._Element) -> dict[str, int]:
    levels: dict[str, int] = {}
    for style in styles.iter(_W + "style"):
        level = style.find(f"{_W}pPr/{_W}outlineLvl")
        if level is not None and int(str(level.get(_W + "val"))) < _DEEPEST:
            levels[str(style.get(_W + "styleId"))] = int(str(level.get(_W + "val"))) + 1
    return levels


def _blank_problems(document: etree._Element) -> Iterator[str]:
    body = document.find(_W + "body")
    for paragraph in body.iterfind(_W + "p") if body is not None else ():
        held = paragraph.find(f".//{_W}drawing") is not None or _words(paragraph).strip()
        if not held and _style_of(paragraph) not in _SPACERS:
            yield "a blank paragraph stands for space"


def _contrast_problems(styles: etree._Element) -> Iterator[str]:
    for style in styles.iter(_W + "style"):
        color = _value(style, f"{_W}rPr/{_W}color")
        fill = style.find(f"{_W}pPr/{_W}shd")
        behind = str(fill.get(_W + "fill")) if fill is not None else _WHITE
        if not _is_color(color):
            continue
        ratio = contrast(color, behind if _is_color(behind) else _WHITE)
        if ratio < (_LARGE if _is_large(style) else _SMALL):
            yield f"style {style.get(_W + 'styleId')}: {color} on {behind} has contrast {ratio:.1f}"


def _is_large(style: etree._Element) -> bool:
    size = _value(style, f"{_W}rPr/{_W}sz")
    bold = style.find(f"{_W}rPr/{_W}b") is not None
    return size.isdigit() and int(size) >= (_LARGE_BOLD_HALF_POINTS if bold else _LARGE_HALF_POINTS)


def _is_color(value: str) -> bool:
    return len(value) == len(_WHITE) and value.lower() != "auto" and value.isalnum()


def _value(style: etree._Element, path: str) -> str:
    found = style.find(path)
    return str(found.get(_W + "val", "")) if found is not None else ""


def _style_of(paragraph: etree._Element) -> str:
    return _value(paragraph, f"{_W}pPr/{_W}pStyle")


def _words(paragraph: etree._Element) -> str:
    """Every word of the paragraph, those that a tracked change takes out too."""
    return "".join(text.text or "" for text in paragraph.iter(_W + "t", _W + "delText"))
