"""What a Word file says of itself: title, language, draft and dates."""

from datetime import date

from localplan.document.blocks import Document
from localplan.document.docx import xmltext
from localplan.document.docx.package import ROOT, Package, Part, Relation

DRAFT_PROPERTY, FINGERPRINT_PROPERTY = "LocalPlanDraft", "LocalPlanFingerprint"
RECIPIENT_PROPERTY, FORMAT_PROPERTY = "LocalPlanRecipient", "LocalPlanFormat"
FORMAT = "1"
"""How drafts carry their anchors; a program that reads them back refuses newer numbers."""
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPES = "application/vnd.openxmlformats-"
_LONGEST = 255
"""Letters that a property may have."""
_UNDATED = "2000-01-01"


def describe(package: Package, document: Document) -> None:
    """Add the three property parts; the same document always gets the same dates."""
    office = f"{_OFFICE}/relationships"
    for name, kind, related, written in (
        ("core", f"{_TYPES}package.core-properties", f"{_PACKAGE}/relationships/metadata/core",
         _core(document)),
        ("app", f"{_TYPES}officedocument.extended-properties", f"{office}/extended", _APP),
        ("custom", f"{_TYPES}officedocument.custom-properties", f"{office}/custom",
         _custom(document)),
    ):  # fmt: skip
        part = f"/docProps/{name}.xml"
        package.parts[part] = Part(f"{kind}+xml", xmltext.part(written))
        package.relate(ROOT, f"rId{name.title()}", Relation(f"{related}-properties", part))


def _core(document: Document) -> str:
    said = {
        "dc:title": document.title or document.board or "Local plan",
        "dc:creator": document.board,
        "dc:identifier": document.draft_id,
        "dc:language": document.language,
        "cp:version": document.fingerprint,
    }
    made = "".join(f"<{name}>{xmltext.text(_short(said[name]))}</{name}>" for name in said)
    moment = f"{date.fromisoformat(document.date or _UNDATED).isoformat()}T00:00:00Z"
    for name in ("created", "modified"):
        made += f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{moment}</dcterms:{name}>'
    return (
        f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        f'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">{made}</cp:coreProperties>'
    )


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


_APP = (
    f'<Properties xmlns="{_OFFICE}/extended-properties">'
    "<Application>localplan</Application></Properties>"
)
