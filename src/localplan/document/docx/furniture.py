"""Running headers, footers and the watermark."""

from localplan.document.blocks import Document
from localplan.document.docx import xmltext
from localplan.document.docx.paragraphs import LANDSCAPE_WIDTH, PORTRAIT_WIDTH

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_VML = (
    ' xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:w10="urn:schemas-microsoft-com:office:word"'
)
_WIDTHS = {"portrait": PORTRAIT_WIDTH, "landscape": LANDSCAPE_WIDTH, "cover": PORTRAIT_WIDTH}
_LONGEST = 95
"""Letters that fit on one header line."""


def header(document: Document, kind: str) -> str:
    """The header of one kind of page; a cover carries the watermark only."""
    left = " · ".join(part for part in (document.board, document.title) if part)
    right = document.status
    mark = _watermark(document.watermark, kind) if document.watermark else ""
    if kind == "cover":
        inner, props = "", '<w:pBdr><w:bottom w:val="nil"/></w:pBdr>'
    elif right and len(left) + len(right) > _LONGEST:
        inner, props = xmltext.run(f"{left}\n{right}"), ""
    else:
        inner, props = xmltext.run(left + ("\t" + right if right else "")), _tab(kind)
    made = f'<w:p><w:pPr><w:pStyle w:val="Header"/>{props}</w:pPr>{inner}{mark}</w:p>'
    return f"<w:hdr {NAMESPACES}{_VML}>{made}</w:hdr>"


def footer(document: Document, kind: str) -> str:
    """The footer of one kind of page: what the document says of itself, and the page number."""
    said = [document.footer]
    if document.fingerprint and kind != "cover":
        said.append(f"Draft {document.fingerprint}")
    left = xmltext.run(" · ".join(part for part in said if part))
    pages = ""
    if kind != "cover":
        pages = xmltext.run("\tPage ") + xmltext.field("PAGE", "1") + xmltext.run(" of ")
        pages += xmltext.field("NUMPAGES", "1")
    made = f'<w:p><w:pPr><w:pStyle w:val="Footer"/>{_tab(kind)}</w:pPr>{left}{pages}</w:p>'
    return f"<w:ftr {NAMESPACES}>{made}</w:ftr>"


def _tab(kind: str) -> str:
    if kind != "landscape":
        return ""
    return (
        f'<w:tabs><w:tab w:val="clear" w:pos="{PORTRAIT_WIDTH}"/>'
        f'<w:tab w:val="right" w:pos="{_WIDTHS[kind]}"/></w:tabs>'
    )


def _watermark(words: str, kind: str) -> str:
    said = xmltext.attribute(words)
    number = {"portrait": 1, "landscape": 2, "cover": 3}[kind]
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
