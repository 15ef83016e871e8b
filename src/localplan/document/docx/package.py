"""The package that a draft is written into: opened from the reference file, filled, and saved.

python-docx opens our reference file and holds its parts. Lists, properties, headers and footers
are added to them: a board's own headers and footers where its reference file lends some, or ours.
The same parts always give the same bytes.
"""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING, cast

from localplan.document.docx import xmltext
from localplan.document.docx.paper import Kind, Paper, Story, carried_by
from localplan.resources import TEMPLATES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from docx.document import Document as WordDocument
    from docx.opc.part import Part, XmlPart
    from docx.package import Package
    from docx.parts.document import DocumentPart
    from lxml import etree

    from localplan.document.blocks import Document
    from localplan.document.docx.paper import Kind, Story

SHIPPED = TEMPLATES / "reference.docx"
_WORDS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_W = f"{{{_WORDS}}}"
_RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_KINDS = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_STORIES: tuple[Story, ...] = ("header", "footer")
_STORY_NUMBERS: dict[Kind, int] = {"portrait": 1, "landscape": 2, "cover": 3, "even": 4}
NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_VML = (
    ' xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:w10="urn:schemas-microsoft-com:office:word"'
)
_LONGEST_LINE = 95
"""Letters that fit on one line."""
BULLETS = 1
"""The numbering that every bulleted list shares, from the reference file."""
_NUMBERED = 2
"""The look of numbered lists in the reference file."""
_EPOCH = (1980, 1, 1, 0, 0, 0)
_LEVEL = 3
"""Deflate: a draft is 3 % larger than at 5, and its body is packed nearly twice as fast."""
_PACKED = frozenset({"png", "jpeg", "jpg"})
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
DRAFT_PROPERTY, FINGERPRINT_PROPERTY = "LocalPlanDraft", "LocalPlanFingerprint"
RECIPIENT_PROPERTY, FORMAT_PROPERTY = "LocalPlanRecipient", "LocalPlanFormat"
FORMAT = "1"
"""How drafts carry their anchors; a program that reads them back refuses newer numbers."""
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_LONGEST_PROPERTY = 255
"""Letters that a property may have."""
_UNDATED = "2000-01-01"
_APP = (
    f'<Properties xmlns="{_OFFICE}/extended-properties">'
    "<Application>localplan</Application></Properties>"
)


@dataclass(frozen=True, slots=True)
class Base:
    """A Word file without a body yet: our reference file, in the look of the board's own."""

    word: WordDocument
    paper: Paper = field(default_factory=Paper)
    lent: Mapping[tuple[Story, Kind], XmlPart] = field(default_factory=dict)
    """Headers and footers of the board's reference file, by the pages that they serve."""
    left_out: tuple[str, ...] = ()
    """What the board's reference file holds that fetches, runs or points elsewhere."""

    @property
    def main(self) -> DocumentPart:
        """The part that the body goes into."""
        return self.word.part

    @property
    def package(self) -> Package:
        """What holds every part."""
        return cast("Package", self.main.package)

    def relate(self, kind: str, target: Part | str, name: str) -> None:
        """Let the body point at a part, or at a web address, under `name`."""
        self.main.rels.add_relationship(_RELATED + kind, target, name, isinstance(target, str))

    def new_part(self, name: str, kind: str, content: bytes) -> Part:
        """A part of this package; `kind` is the end of its content type."""
        from docx.opc.packuri import PackURI  # noqa: PLC0415 (slow to load)
        from docx.opc.part import Part  # noqa: PLC0415

        whole = kind if "/" in kind else _KINDS + kind
        return Part(PackURI(name), whole, content, self.package)

    def tab_stops(self, style: str) -> list[tuple[str, int]]:
        """The alignment and place of each tab stop of a paragraph style."""
        found = self.word.styles.element.get_by_id(style)
        stops = found.xpath("w:pPr/w:tabs/w:tab") if found is not None else []
        return [(_of(stop, "val"), int(_of(stop, "pos"))) for stop in stops]


def shipped() -> WordDocument:
    """Our reference file, opened anew."""
    import docx  # noqa: PLC0415 (slow to load)

    return docx.Document(io.BytesIO(_bytes()))


@cache
def _bytes() -> bytes:
    return SHIPPED.read_bytes()


def _of(element: etree._Element, name: str) -> str:
    return str(element.get(f"{_W}{name}", ""))


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
    for kind, number in _STORY_NUMBERS.items():
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
            mark = _watermark(words, _STORY_NUMBERS[kind])
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
    if len(left) > _LONGEST_LINE and document.board and document.title:
        fits = len(document.title) + len(right) < _LONGEST_LINE
        below = (" · " if fits else "\n").join(filter(None, (document.title, right)))
        left, right = document.board, below
    mark = _watermark(document.watermark, number) if document.watermark else ""
    if kind == "cover":
        inner, props = "", '<w:pBdr><w:bottom w:val="nil"/></w:pBdr>'
    elif right and len(left) + len(right) > _LONGEST_LINE:
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
        apart = "\n" if status and len(said) > _LONGEST_LINE else "\t"
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


def start_lists(main: DocumentPart, starts: Iterable[tuple[int, int]]) -> None:
    """Add one numbering for each numbered list, given its level and its first number."""
    from docx.oxml.parser import parse_xml  # noqa: PLC0415 (slow to load)

    made = "".join(
        f'<w:num w:numId="{number}"><w:abstractNumId w:val="{_NUMBERED}"/>'
        f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="{start}"/></w:lvlOverride>'
        "</w:num>"
        for number, (level, start) in enumerate(starts, start=BULLETS + 1)
    )
    if made:
        added = parse_xml(f'<w:numbering xmlns:w="{_WORDS}">{made}</w:numbering>')
        main.numbering_part.element.extend(added)


def describe(package: Package, document: Document) -> None:
    """Add the three property parts; the same document always gets the same dates."""
    from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE  # noqa: PLC0415 (slow to load)
    from docx.opc.packuri import PackURI  # noqa: PLC0415
    from docx.opc.part import Part  # noqa: PLC0415
    from docx.opc.parts.coreprops import CorePropertiesPart  # noqa: PLC0415
    from docx.oxml.coreprops import CT_CoreProperties  # noqa: PLC0415

    core = CorePropertiesPart(
        PackURI("/docProps/core.xml"),
        CONTENT_TYPE.OPC_CORE_PROPERTIES,
        CT_CoreProperties.new(),
        package,
    )
    package.rels.add_relationship(RELATIONSHIP_TYPE.CORE_PROPERTIES, core, "rIdCore")
    _fill(package, document)
    for name, kind, written in (
        ("app", "extended", _APP),
        ("custom", "custom", _custom(document)),
    ):
        content_type = f"application/vnd.openxmlformats-officedocument.{kind}-properties+xml"
        part = Part(PackURI(f"/docProps/{name}.xml"), content_type, xmltext.part(written), package)
        package.rels.add_relationship(
            f"{_OFFICE}/relationships/{kind}-properties", part, f"rId{name.title()}"
        )


def _fill(package: Package, document: Document) -> None:
    core = package.core_properties
    core.title = _short(document.title or document.board or "Local plan")
    core.author = _short(document.board)
    core.identifier = _short(document.draft_id)
    core.language = _short(document.language)
    core.version = _short(document.fingerprint)
    core.content_status = _short(document.status)
    moment = datetime.fromisoformat(document.date or _UNDATED).replace(tzinfo=UTC)
    core.created = core.modified = moment


def _short(value: str) -> str:
    return xmltext.visible(value)[:_LONGEST_PROPERTY]


def _custom(document: Document) -> str:
    """The draft's id and fingerprint, where Word and LibreOffice keep them."""
    kept = {
        DRAFT_PROPERTY: document.draft_id,
        FINGERPRINT_PROPERTY: document.fingerprint,
        FORMAT_PROPERTY: FORMAT,
        **({RECIPIENT_PROPERTY: document.recipient} if document.recipient else {}),
    }
    made = "".join(
        f'<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="{pid}" name="{name}">'
        f"<vt:lpwstr>{xmltext.text(value)}</vt:lpwstr></property>"
        for pid, (name, value) in enumerate(kept.items(), start=2)
    )
    return (
        f'<Properties xmlns="{_OFFICE}/custom-properties" '
        f'xmlns:vt="{_OFFICE}/docPropsVTypes">{made}</Properties>'
    )


def saved(package: Package, body: bytes) -> bytes:
    """The package with `body` as its main part, under fixed dates."""
    parts = list(package.iter_parts())
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        _add(file, "[Content_Types].xml", xmltext.part(_content_types(parts)))
        _add(file, "_rels/.rels", package.rels.xml)
        for part in parts:
            content = body if part is package.main_document_part else part.blob
            _add(file, part.partname.membername, content, packed=part.partname.ext in _PACKED)
            if part.rels:
                _add(file, part.partname.rels_uri.membername, part.rels.xml)
    return out.getvalue()


def _add(file: zipfile.ZipFile, name: str, content: str | bytes, *, packed: bool = False) -> None:
    method = zipfile.ZIP_STORED if packed else zipfile.ZIP_DEFLATED
    file.writestr(zipfile.ZipInfo(name, _EPOCH), content, method, None if packed else _LEVEL)


def _content_types(parts: list[Part]) -> str:
    defaults = {
        "rels": "application/vnd.openxmlformats-package.relationships+xml",
        "xml": "application/xml",
    }
    special: list[Part] = [
        part
        for part in parts
        if defaults.setdefault(part.partname.ext, part.content_type) != part.content_type
    ]
    known = "".join(
        f'<Default Extension="{ending}" ContentType="{kind}"/>' for ending, kind in defaults.items()
    ) + "".join(
        f'<Override PartName="{xmltext.attribute(part.partname)}" '
        f'ContentType="{part.content_type}"/>'
        for part in special
    )
    return f'<Types xmlns="{_TYPES}">{known}</Types>'
