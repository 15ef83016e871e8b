"""The parts of the package beside the body: lists, properties, relations and content types."""

from localplan.document.blocks import Document
from localplan.document.docx.paragraphs import Writing
from localplan.document.docx.xmltext import attribute, text

XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
KINDS = ("portrait", "landscape", "cover")
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_CT = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_TYPES = {
    "word/document.xml": f"{_CT}.document.main+xml",
    "word/styles.xml": f"{_CT}.styles+xml",
    "word/settings.xml": f"{_CT}.settings+xml",
    "word/fontTable.xml": f"{_CT}.fontTable+xml",
    "word/numbering.xml": f"{_CT}.numbering+xml",
    "word/comments.xml": f"{_CT}.comments+xml",
    "word/theme/theme1.xml": "application/vnd.openxmlformats-officedocument.theme+xml",
    "docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
    "docProps/app.xml": "application/vnd.openxmlformats-officedocument.extended-properties+xml",
    "docProps/custom.xml": "application/vnd.openxmlformats-officedocument.custom-properties+xml",
    **{f"word/header-{kind}.xml": f"{_CT}.header+xml" for kind in KINDS},
    **{f"word/footer-{kind}.xml": f"{_CT}.footer+xml" for kind in KINDS},
}
DRAFT_PROPERTY, FINGERPRINT_PROPERTY = "LocalPlanDraft", "LocalPlanFingerprint"
RECIPIENT_PROPERTY, FORMAT_PROPERTY = "LocalPlanRecipient", "LocalPlanFormat"
FORMAT = "1"
"""How drafts carry their anchors; a program that reads them back refuses newer numbers."""
_BULLETS = ("\u2022", "\u2013", "\u2022")
_FORMATS = ("decimal", "lowerLetter", "lowerRoman")


def content_types(names: list[str]) -> str:
    """What each part of the package is."""
    known = "".join(
        f'<Override PartName="/{name}" ContentType="{_TYPES[name]}"/>'
        for name in names
        if name in _TYPES
    )
    defaults = {
        "rels": "application/vnd.openxmlformats-package.relationships+xml",
        "xml": "application/xml",
        "png": "image/png",
        "jpeg": "image/jpeg",
        "svg": "image/svg+xml",
    }
    said = "".join(
        f'<Default Extension="{ending}" ContentType="{kind}"/>' for ending, kind in defaults.items()
    )
    return f'{XML}<Types xmlns="{_PACKAGE}/content-types">{said}{known}</Types>'


def package_relations() -> str:
    """What the package holds at its top."""
    return _relations(
        _relation("rId1", f"{_OFFICE}/relationships/officeDocument", "word/document.xml")
        + _relation(
            "rId2", f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"
        )
        + _relation("rId3", f"{_OFFICE}/relationships/extended-properties", "docProps/app.xml")
        + _relation("rId4", f"{_OFFICE}/relationships/custom-properties", "docProps/custom.xml")
    )


def document_relations(writing: Writing, *, remarked: bool = False) -> str:
    """What the body points at: styles, headers, pictures and web addresses."""
    base = f"{_OFFICE}/relationships"
    fixed = {
        "styles": "styles.xml",
        "settings": "settings.xml",
        "fontTable": "fontTable.xml",
        "theme": "theme/theme1.xml",
        "numbering": "numbering.xml",
        **({"comments": "comments.xml"} if remarked else {}),
    }
    made = [_relation(f"rId-{kind}", f"{base}/{kind}", target) for kind, target in fixed.items()]
    for part in ("header", "footer"):
        made += [
            _relation(f"rId-{part}-{kind}", f"{base}/{part}", f"{part}-{kind}.xml")
            for kind in KINDS
        ]
    made += [_relation(m.rid, f"{base}/image", f"media/{m.name}") for m in writing.media]
    made += [
        f'<Relationship Id="{rid}" Type="{base}/hyperlink" Target="{attribute(address)}" '
        'TargetMode="External"/>'
        for address, rid in writing.links.items()
    ]
    return _relations("".join(made))


def numbering(writing: Writing) -> str:
    """Bullets that all lists share, and one numbering for each numbered list to start afresh."""
    bullets = "".join(
        _level(level, 1, "bullet", _BULLETS[level % len(_BULLETS)]) for level in range(9)
    )
    decimals = "".join(
        _level(level, 1, _FORMATS[level % len(_FORMATS)], f"%{level + 1}.") for level in range(9)
    )
    nums = '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>' + "".join(
        f'<w:num w:numId="{number}"><w:abstractNumId w:val="2"/><w:lvlOverride w:ilvl="{level}">'
        f'<w:startOverride w:val="{start}"/></w:lvlOverride></w:num>'
        for number, (level, start) in enumerate(writing.starts, start=2)
    )
    return (
        f'{XML}<w:numbering xmlns:w="{_W}">'
        f'<w:abstractNum w:abstractNumId="1"><w:multiLevelType w:val="hybridMultilevel"/>{bullets}'
        '</w:abstractNum><w:abstractNum w:abstractNumId="2"><w:multiLevelType w:val="multilevel"/>'
        f"{decimals}</w:abstractNum>{nums}</w:numbering>"
    )


def core_properties(document: Document) -> str:
    """Title, language, draft and dates; the same document always carries the same dates."""
    moment = f"{document.date or '2000-01-01'}T00:00:00Z"
    return (
        f'{XML}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{text(document.title or document.board or 'Local plan')}</dc:title>"
        f"<dc:creator>{text(document.board)}</dc:creator>"
        f"<dc:identifier>{text(document.draft_id)}</dc:identifier>"
        f"<dc:language>{text(document.language)}</dc:language>"
        f"<cp:version>{text(document.fingerprint)}</cp:version>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{text(moment)}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{text(moment)}</dcterms:modified>'
        "</cp:coreProperties>"
    )


def app_properties() -> str:
    """Which program made the file."""
    return (
        f'{XML}<Properties xmlns="{_OFFICE}/extended-properties">'
        "<Application>localplan</Application></Properties>"
    )


def custom_properties(document: Document) -> str:
    """The draft's id and fingerprint, where Word and LibreOffice keep them."""
    kept = {
        DRAFT_PROPERTY: document.draft_id,
        FINGERPRINT_PROPERTY: document.fingerprint,
        FORMAT_PROPERTY: FORMAT,
        **({RECIPIENT_PROPERTY: document.recipient} if document.recipient else {}),
    }
    made = "".join(
        f'<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="{pid}" name="{name}">'
        f"<vt:lpwstr>{text(value)}</vt:lpwstr></property>"
        for pid, (name, value) in enumerate(kept.items(), start=2)
    )
    return (
        f'{XML}<Properties xmlns="{_OFFICE}/custom-properties" '
        f'xmlns:vt="{_OFFICE}/docPropsVTypes">{made}</Properties>'
    )


def _level(level: int, start: int, form: str, shown: str) -> str:
    left = 360 * (level + 1)
    return (
        f'<w:lvl w:ilvl="{level}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{shown}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:ind w:left="{left}" w:hanging="300"/></w:pPr></w:lvl>'
    )


def _relation(rid: str, kind: str, target: str) -> str:
    return f'<Relationship Id="{rid}" Type="{kind}" Target="{target}"/>'


def _relations(inner: str) -> str:
    return f'{XML}<Relationships xmlns="{_PACKAGE}/relationships">{inner}</Relationships>'
