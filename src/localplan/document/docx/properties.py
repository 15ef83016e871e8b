"""What a Word file says of itself: title, language, draft and dates."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from localplan.document.docx import xmltext

if TYPE_CHECKING:
    from docx.package import Package

    from localplan.document.blocks import Document

DRAFT_PROPERTY, FINGERPRINT_PROPERTY = "LocalPlanDraft", "LocalPlanFingerprint"
RECIPIENT_PROPERTY, FORMAT_PROPERTY = "LocalPlanRecipient", "LocalPlanFormat"
FORMAT = "1"
"""How drafts carry their anchors; a program that reads them back refuses newer numbers."""
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_LONGEST = 255
"""Letters that a property may have."""
_UNDATED = "2000-01-01"


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


_APP = (
    f'<Properties xmlns="{_OFFICE}/extended-properties">'
    "<Application>localplan</Application></Properties>"
)
