"""Give every kind of page its header and footer: a board's own, or ours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from localplan.document.docx import furniture, xmltext
from localplan.document.docx.paper import Kind, Story, carried_by

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from docx.opc.part import XmlPart

    from localplan.document.blocks import Document
    from localplan.document.docx.base import Base

_STORIES: tuple[Story, ...] = ("header", "footer")
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_NUMBERS: dict[Kind, int] = {"portrait": 1, "landscape": 2, "cover": 3, "even": 4}


def furnish(base: Base, document: Document) -> None:
    """Relate the body to its headers and footers.

    What a board's file holds there stays; the watermark goes into its header, and the status and
    number of the draft go into a line beneath its footer.
    """
    status = ("header", "portrait") in base.lent
    pages = not any(_counts_pages(part) for part in base.lent.values())
    _mark_headers(_distinct(base.lent, "header"), document.watermark)
    for kind, part in _distinct(base.lent, "footer").items():
        _add_line(part, furniture.footer_line(document, kind, status=status, pages=pages))
    stops = {story: base.tab_stops(story.title()) for story in _STORIES}
    for kind, number in _NUMBERS.items():
        if kind == "even" and not base.paper.even:
            continue
        across = base.paper.across("landscape" if kind == "landscape" else "portrait")
        if ("header", kind) not in base.lent:
            tabs = _tabs(stops["header"], across)
            made = furniture.header(document, kind, tabs, number)
            _relate(base, "header", kind, made)
        if ("footer", kind) not in base.lent:
            tabs = _tabs(stops["footer"], across)
            made = furniture.footer(document, kind, tabs, status=status, pages=pages)
            _relate(base, "footer", kind, made)
    for (story, kind), part in base.lent.items():
        base.relate(story, part, carried_by(story, kind))


def _relate(base: Base, story: Story, kind: Kind, made: str) -> None:
    part = base.new_part(f"/word/{story}-{kind}.xml", f"{story}+xml", xmltext.part(made))
    base.relate(story, part, carried_by(story, kind))


def _distinct(lent: Mapping[tuple[Story, Kind], XmlPart], story: Story) -> dict[Kind, XmlPart]:
    """Each part once, under the first kind of page that it serves."""
    found: dict[Kind, XmlPart] = {}
    for (of, kind), part in lent.items():
        if of == story and not any(part is other for other in found.values()):
            found[kind] = part
    return found


def _mark_headers(lent: Mapping[Kind, XmlPart], words: str) -> None:
    from docx.oxml.parser import parse_xml  # noqa: PLC0415 (slow to load)

    for kind, part in lent.items():
        if words:
            mark = furniture.watermark(words, _NUMBERS[kind])
            made = parse_xml(f"<w:p {furniture.NAMESPACES}{furniture.VML}>{mark}</w:p>")
            last = part.element.findall(f"{_W}p")
            if last:
                last[-1].append(made[0])
            else:
                part.element.append(made)


def _add_line(part: XmlPart, line: str) -> None:
    from docx.oxml.parser import parse_xml  # noqa: PLC0415 (slow to load)

    if line:
        part.element.append(parse_xml(line))


def _counts_pages(part: XmlPart) -> bool:
    told = [code.text or "" for code in part.element.iter(f"{_W}instrText")]
    told += [field.get(f"{_W}instr", "") for field in part.element.iter(f"{_W}fldSimple")]
    return any(code.split()[:1] == ["PAGE"] for code in told)


def _tabs(stops: Sequence[tuple[str, int]], across: int) -> str:
    """One tab stop at the right margin, whatever stops the style has."""
    if stops == [("right", across)]:
        return ""
    clear = "".join(
        f'<w:tab w:val="clear" w:pos="{place}"/>' for _, place in stops if place != across
    )
    return f'<w:tabs>{clear}<w:tab w:val="right" w:pos="{across}"/></w:tabs>'
