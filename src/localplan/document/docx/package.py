"""The package that a draft is written into: opened from the reference file, filled, and saved.

python-docx opens our reference file and holds its parts; lists, properties, headers and pictures
are added to them. The same parts always give the same bytes.
"""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING, cast

from localplan.document.docx import xmltext
from localplan.document.docx.paper import Paper
from localplan.resources import TEMPLATES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

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
BULLETS = 1
"""The numbering that every bulleted list shares, from the reference file."""
_NUMBERS = 2
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
_LONGEST = 255
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


def start_lists(main: DocumentPart, starts: Iterable[tuple[int, int]]) -> None:
    """Add one numbering for each numbered list, given its level and its first number."""
    from docx.oxml.parser import parse_xml  # noqa: PLC0415 (slow to load)

    made = "".join(
        f'<w:num w:numId="{number}"><w:abstractNumId w:val="{_NUMBERS}"/>'
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
    return xmltext.visible(value)[:_LONGEST]


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
