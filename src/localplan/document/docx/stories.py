"""Give every kind of page its header, footer and watermark: a board's own, or ours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from localplan.document.docx import xmltext
from localplan.document.docx.paper import Kind, Story, carried_by

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from docx.opc.part import XmlPart

    from localplan.document.blocks import Document
    from localplan.document.docx.package import Base

_STORIES: tuple[Story, ...] = ("header", "footer")
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_NUMBERS: dict[Kind, int] = {"portrait": 1, "landscape": 2, "cover": 3, "even": 4}
NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_VML = (
    ' xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:w10="urn:schemas-microsoft-com:office:word"'
)
_LONGEST = 95
"""Letters that fit on one line."""


def furnish(base: Base, document: Document) -> None:
    """Relate the body to its headers and footers.

    What a board's file holds there stays; the watermark goes into its header, and the status and
    number of the draft go into a line beneath its footer.
    """
    status = ("header", "portrait") in base.lent
    pages = not any(_counts_pages(part) for part in base.lent.values())
    _mark_headers(_distinct(base.lent, "header"), document.watermark)
    for kind, part in _distinct(base.lent, "footer").items():
        _add_line(part, _footer_line(document, kind, status=status, pages=pages))
    stops = {story: base.tab_stops(story.title()) for story in _STORIES}
    for kind, number in _NUMBERS.items():
        if kind == "even" and not base.paper.even:
            continue
        across = base.paper.across("landscape" if kind == "landscape" else "portrait")
        if ("header", kind) not in base.lent:
            tabs = _tabs(stops["header"], across)
            made = _header(document, kind, tabs, number)
            _relate(base, "header", kind, made)
        if ("footer", kind) not in base.lent:
            tabs = _tabs(stops["footer"], across)
            made = _footer(document, kind, tabs, status=status, pages=pages)
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
            mark = _watermark(words, _NUMBERS[kind])
            made = parse_xml(f"<w:p {NAMESPACES}{_VML}>{mark}</w:p>")
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


def _header(document: Document, kind: Kind, tabs: str, number: int) -> str:
    """Our header for one kind of page; a cover carries the watermark only."""
    left = " · ".join(part for part in (document.board, document.title) if part)
    right = document.status
    if len(left) > _LONGEST and document.board and document.title:
        fits = len(document.title) + len(right) < _LONGEST
        below = (" · " if fits else "\n").join(filter(None, (document.title, right)))
        left, right = document.board, below
    mark = _watermark(document.watermark, number) if document.watermark else ""
    if kind == "cover":
        inner, props = "", '<w:pBdr><w:bottom w:val="nil"/></w:pBdr>'
    elif right and len(left) + len(right) > _LONGEST:
        inner, props = xmltext.run(f"{left}\n{right}"), ""
    else:
        inner, props = xmltext.run(left + ("\t" + right if right else "")), tabs
    made = f'<w:p><w:pPr><w:pStyle w:val="Header"/>{props}</w:pPr>{inner}{mark}</w:p>'
    return f"<w:hdr {NAMESPACES}{_VML}>{made}</w:hdr>"


def _footer(document: Document, kind: Kind, tabs: str, *, status: bool, pages: bool) -> str:
    """Our footer for one kind of page: what the document says of itself, and the page number."""
    said = _small_print(document, kind, status=status)
    inner = xmltext.run(said)
    if pages and kind != "cover":
        apart = "\n" if status and len(said) > _LONGEST else "\t"
        inner += xmltext.run(f"{apart}Page ") + _count()
    made = f'<w:p><w:pPr><w:pStyle w:val="Footer"/>{tabs}</w:pPr>{inner}</w:p>'
    return f"<w:ftr {NAMESPACES}>{made}</w:ftr>"


def _footer_line(document: Document, kind: Kind, *, status: bool, pages: bool) -> str:
    """A line of small print beneath a board's own footer; nothing where there is nothing to say."""
    said = _small_print(document, kind, status=status)
    inner = xmltext.run(said) if said else ""
    if pages and kind != "cover":
        inner += xmltext.run(" · Page " if said else "Page ") + _count()
    if not inner:
        return ""
    return f'<w:p {NAMESPACES}><w:pPr><w:pStyle w:val="Footer"/></w:pPr>{inner}</w:p>'


def _small_print(document: Document, kind: Kind, *, status: bool) -> str:
    """What the document says of itself; off the cover its status and a working draft's code."""
    said = [document.footer]
    if kind != "cover":
        said.insert(0, document.status if status else "")
        said.append(document.code)
    return " · ".join(part for part in said if part)


def _count() -> str:
    return xmltext.field("PAGE", "1") + xmltext.run(" of ") + xmltext.field("NUMPAGES", "1")


def _watermark(words: str, number: int) -> str:
    """The words across a page, as a run of its header; each header needs its own number."""
    said = xmltext.attribute(words)
    width = min(max(len(words) * 55, 220), 460)
    height = min(round(width / max(len(words), 4) * 1.9), 130)
    return (
        '<w:r><w:rPr><w:noProof/></w:rPr><w:pict><v:shapetype id="_x0000_t136" '
        'coordsize="21600,21600" o:spt="136" adj="10800" path="m@7,l@8,m@5,21600l@6,21600e">'
        '<v:formulas><v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/>'
        '<v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/><v:f eqn="sum 21600 0 @3"/>'
        '<v:f eqn="if @0 @3 0"/><v:f eqn="if @0 21600 @1"/><v:f eqn="if @0 0 @2"/>'
        '<v:f eqn="if @0 @4 21600"/><v:f eqn="mid @5 @6"/><v:f eqn="mid @8 @5"/>'
        '<v:f eqn="mid @7 @8"/><v:f eqn="mid @6 @7"/><v:f eqn="sum @6 0 @5"/></v:formulas>'
        '<v:path textpathok="t" o:connecttype="custom" '
        'o:connectlocs="@9,0;@10,10800;@11,21600;@12,10800" o:connectangles="270,180,90,0"/>'
        '<v:textpath on="t" fitshape="t"/></v:shapetype>'
        f'<v:shape id="Watermark{number}" o:spid="_x0000_s{2048 + number}" type="#_x0000_t136" '
        f'alt="Watermark: {said}" style="position:absolute;margin-left:0;margin-top:0;'
        f"width:{width}pt;height:{height}pt;rotation:315;z-index:-251658752;"
        "mso-position-horizontal:center;mso-position-horizontal-relative:margin;"
        'mso-position-vertical:center;mso-position-vertical-relative:margin" o:allowincell="f" '
        'fillcolor="#e4e4e4" stroked="f"><v:fill opacity=".5"/>'
        f'<v:textpath style="font-family:&quot;Calibri&quot;;font-size:1pt" string="{said}"/>'
        "</v:shape></w:pict></w:r>"
    )
