"""Make `templates/reference.docx`: every style of the plan, and nothing else.

Run it after a change of look: `python scripts/make_reference.py`. Staff can open the file in Word,
change the styles and pass their copy with `--reference`.
"""

import zipfile
from pathlib import Path

OUT = Path(__file__).parents[1] / "templates" / "reference.docx"

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
INK, NAVY, QUIET, LINK = "1A1A1A", "1F3864", "4A4F57", "1F4E8C"
HEAD_FILL, BAND, EDGE = "E9EEF5", "F6F8FB", "8A93A3"
AMBER, AMBER_EDGE = "FFF4D6", "8A5A00"
TABLE_SIZE = '<w:sz w:val="20"/><w:szCs w:val="20"/>'
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def main() -> None:
    """Write the reference file with fixed dates, so that the same styles give the same bytes."""
    with zipfile.ZipFile(OUT, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as package:
        for name, text in PARTS.items():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            package.writestr(entry, XML + text, zipfile.ZIP_DEFLATED)


def paragraph(  # noqa: PLR0913 (a style has this many parts)
    style: str,
    name: str,
    look: str = "",
    *,
    run: str = "",
    based: str = "Normal",
    follows: str = "",
    more: str = "<w:qFormat/>",
) -> str:
    """A paragraph style."""
    based_on = f'<w:basedOn w:val="{based}"/>' if based else ""
    after = f'<w:next w:val="{follows}"/>' if follows else ""
    default = ' w:default="1"' if style == "Normal" else ""
    return (
        f'<w:style w:type="paragraph"{default} w:styleId="{style}"><w:name w:val="{name}"/>'
        f"{based_on}{after}{more}"
        + (f"<w:pPr>{look}</w:pPr>" if look else "")
        + (f"<w:rPr>{run}</w:rPr>" if run else "")
        + "</w:style>"
    )


def character(style: str, name: str, run: str, more: str = "") -> str:
    """A character style."""
    return (
        f'<w:style w:type="character" w:styleId="{style}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="DefaultParagraphFont"/>{more}<w:rPr>{run}</w:rPr></w:style>'
    )


def spacing(before: int, after: int, line: int = 276) -> str:
    """Space around a paragraph in twentieths of a point, and its line height."""
    return f'<w:spacing w:before="{before}" w:after="{after}" w:line="{line}" w:lineRule="auto"/>'


def type_of(size: float, color: str = INK, *, bold: bool = False, italic: bool = False) -> str:
    """Character look: points, color, weight."""
    half = round(size * 2)
    weight = "<w:b/><w:bCs/>" if bold else ""
    slant = "<w:i/><w:iCs/>" if italic else ""
    return (
        f'{weight}{slant}<w:color w:val="{color}"/><w:sz w:val="{half}"/><w:szCs w:val="{half}"/>'
    )


def border(side: str, size: int, color: str, space: int = 0) -> str:
    """One border line; size in eighths of a point."""
    return f'<w:{side} w:val="single" w:sz="{size}" w:space="{space}" w:color="{color}"/>'


def fill(color: str) -> str:
    """A background."""
    return f'<w:shd w:val="clear" w:color="auto" w:fill="{color}"/>'


def table(style: str, name: str, borders: str, extra: str = "", look: str = "") -> str:
    """A table style with comfortable cells."""
    return (
        f'<w:style w:type="table" w:customStyle="1" w:styleId="{style}"><w:name w:val="{name}"/>'
        '<w:basedOn w:val="TableNormal"/><w:qFormat/>'
        f"<w:pPr>{spacing(0, 0, 252)}</w:pPr>"
        f'<w:tblPr><w:tblStyleRowBandSize w:val="1"/><w:tblBorders>{borders}</w:tblBorders>'
        '<w:tblCellMar><w:top w:w="50" w:type="dxa"/><w:left w:w="100" w:type="dxa"/>'
        '<w:bottom w:w="50" w:type="dxa"/><w:right w:w="100" w:type="dxa"/></w:tblCellMar>'
        f"</w:tblPr>{look}{extra}</w:style>"
    )


def box(style: str, name: str, edge: str, color: str) -> str:
    """A one-cell box with a strong left edge."""
    sides = border("left", 24, edge)
    cell = f"<w:tcPr>{fill(color)}</w:tcPr>"
    return table(style, name, sides, look=cell)


def headings() -> str:
    """Heading 1 to 4 and the contents' own heading."""
    sizes = [(1, 20, 0, 160), (2, 15, 320, 100), (3, 12.5, 240, 80), (4, 11, 200, 60)]
    made = [
        paragraph(
            f"Heading{level}",
            f"heading {level}",
            f"<w:keepNext/><w:keepLines/>{_rule(level)}{spacing(before, after, 252)}"
            f'<w:outlineLvl w:val="{level - 1}"/>',
            run=type_of(size, NAVY, bold=True),
            follows="Normal",
        )
        for level, size, before, after in sizes
    ]
    contents = paragraph(
        "TOCHeading",
        "TOC Heading",
        f"<w:keepNext/>{spacing(0, 160, 252)}",
        run=type_of(20, NAVY, bold=True),
        follows="Normal",
    )
    return "".join(made) + contents


def _rule(level: int) -> str:
    return f"<w:pBdr>{border('bottom', 8, NAVY, 4)}</w:pBdr>" if level == 1 else ""


def cover() -> str:
    """The styles of the title page."""
    rule = f"<w:pBdr>{border('bottom', 18, NAVY, 10)}</w:pBdr>"
    return (
        paragraph(
            "Title",
            "Title",
            f"<w:keepNext/>{rule}{spacing(120, 240, 240)}",
            run=type_of(34, NAVY, bold=True),
        )
        + paragraph("Subtitle", "Subtitle", spacing(0, 120, 252), run=type_of(16, NAVY))
        + paragraph("Cover", "Cover", spacing(0, 80), run=type_of(12))
        + paragraph(
            "Status",
            "Status",
            f"<w:pBdr>{border('top', 4, HEAD_FILL, 5)}{border('left', 36, NAVY, 8)}"
            f"{border('bottom', 4, HEAD_FILL, 5)}</w:pBdr>{fill(HEAD_FILL)}{spacing(360, 360)}"
            '<w:ind w:left="180"/>',
            run=type_of(12, NAVY, bold=True),
        )
    )


def prose() -> str:
    """Body text and what stands around it."""
    gap_sides = (
        border("top", 8, AMBER_EDGE, 5)
        + border("left", 36, AMBER_EDGE, 8)
        + border("bottom", 8, AMBER_EDGE, 5)
        + border("right", 8, AMBER_EDGE, 8)
        + border("between", 8, AMBER_EDGE, 5)
    )
    return (
        paragraph("Normal", "Normal", based="")
        + paragraph("BodyText", "Body Text")
        + paragraph("Lead", "Lead", spacing(0, 160, 288), run=type_of(13, NAVY))
        + paragraph(
            "RunIn",
            "Run In",
            f"<w:keepNext/>{spacing(160, 40)}",
            run=type_of(11, NAVY, bold=True),
            follows="Normal",
        )
        + paragraph(
            "Prompt",
            "Prompt",
            f"<w:keepNext/><w:keepLines/>{spacing(240, 60)}",
            run=type_of(12, NAVY, bold=True),
            follows="Normal",
        )
        + paragraph("Source", "Source", spacing(80, 240, 245), run=type_of(10, QUIET))
        + paragraph("Note", "Note", spacing(0, 120, 252), run=type_of(11, QUIET, italic=True))
        + paragraph(
            "Gap",
            "Gap",
            f"<w:keepLines/><w:pBdr>{gap_sides}</w:pBdr>{fill(AMBER)}{spacing(140, 200, 264)}"
            '<w:ind w:left="200" w:right="180"/>',
        )
        + paragraph("Figure", "Figure", f"<w:keepNext/>{spacing(120, 60, 240)}")
        + paragraph(
            "Caption",
            "caption",
            f"<w:keepNext/><w:keepLines/>{spacing(200, 80, 252)}",
            run=type_of(11, NAVY, bold=True),
            follows="Normal",
        )
        + paragraph(
            "FigureCaption", "Figure Caption", spacing(0, 80, 252), based="Caption"
        ).replace("<w:pPr>", '<w:pPr><w:keepNext w:val="0"/>')
    )


def lists_and_tables() -> str:
    """Paragraph styles inside lists, tables and boxes."""
    return (
        paragraph("ListBullet", "List Bullet", spacing(0, 60))
        + paragraph("ListNumber", "List Number", spacing(0, 60))
        + paragraph("ListContinue", "List Continue", spacing(0, 80))
        + paragraph("TableText", "Table Text", spacing(0, 0, 245), run=TABLE_SIZE)
        + paragraph(
            "TableHead",
            "Table Head",
            f"<w:keepNext/>{spacing(0, 0, 245)}",
            run=type_of(10, NAVY, bold=True),
            based="TableText",
        )
        + paragraph(
            "TableList",
            "Table List",
            f'{spacing(0, 20, 245)}<w:ind w:left="170" w:hanging="170"/><w:contextualSpacing/>',
            based="TableText",
        )
        + paragraph(
            "AfterTable",
            "After Table",
            '<w:spacing w:before="0" w:after="0" w:line="200" w:lineRule="exact"/>',
            run='<w:sz w:val="4"/><w:szCs w:val="4"/>',
        )
        + paragraph(
            "BoxTitle",
            "Box Title",
            f"<w:keepNext/>{spacing(0, 40, 252)}",
            run=type_of(11, NAVY, bold=True),
        )
        + paragraph("BoxText", "Box Text", spacing(0, 60, 264))
    )


def furniture() -> str:
    """Contents entries, header, footer and comments."""
    entries = "".join(
        paragraph(
            f"TOC{level}",
            f"toc {level}",
            '<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="9360"/></w:tabs>'
            f'{spacing(before, 0, 240)}<w:ind w:left="{240 * (level - 1)}"/>',
            run=run,
            more='<w:uiPriority w:val="39"/>',
        )
        for level, before, run in [
            (1, 70, type_of(10.5, NAVY, bold=True)),
            (2, 0, type_of(10)),
            (3, 0, type_of(10)),
        ]
    )
    tab = '<w:tabs><w:tab w:val="right" w:pos="9360"/></w:tabs>'
    small = type_of(10, QUIET)
    header_rule = f"<w:pBdr>{border('bottom', 4, EDGE, 4)}</w:pBdr>"
    return (
        entries
        + paragraph(
            "Header", "header", header_rule + tab + spacing(0, 160, 240), run=small, more=""
        )
        + paragraph("Footer", "footer", tab + spacing(0, 0, 240), run=small, more="")
        + paragraph("CommentText", "annotation text", spacing(0, 0, 240), more="")
        + paragraph(
            "CommentSubject",
            "annotation subject",
            run="<w:b/><w:bCs/>",
            based="CommentText",
            more="",
        )
        + paragraph("BalloonText", "Balloon Text", spacing(0, 0, 240), more="")
    )


def tables() -> str:
    """Table styles: the plan's tables, plain forms, and the three kinds of box."""
    grid = border("top", 8, NAVY) + border("bottom", 8, NAVY) + border("insideH", 4, EDGE)
    head = (
        '<w:tblStylePr w:type="firstRow"><w:rPr><w:b/><w:bCs/>'
        f'<w:color w:val="{NAVY}"/></w:rPr><w:tcPr><w:tcBorders>{border("bottom", 8, NAVY)}'
        f'</w:tcBorders>{fill(HEAD_FILL)}<w:vAlign w:val="bottom"/></w:tcPr></w:tblStylePr>'
    )
    first = (
        '<w:tblStylePr w:type="firstCol"><w:rPr><w:b/><w:bCs/>'
        f'<w:color w:val="{NAVY}"/></w:rPr></w:tblStylePr>'
    )
    band = f'<w:tblStylePr w:type="band2Horz"><w:tcPr>{fill(BAND)}</w:tcPr></w:tblStylePr>'
    form = border("top", 4, EDGE) + border("left", 4, EDGE) + border("bottom", 4, EDGE)
    form += border("right", 4, EDGE) + border("insideH", 4, EDGE) + border("insideV", 4, EDGE)
    return (
        table("PlanTable", "Plan Table", grid, head + band)
        + table("PlanForm", "Plan Form", form, first)
        + box("OrientationBox", "Orientation Box", NAVY, BAND)
        + box("NoticeBox", "Notice Box", NAVY, HEAD_FILL)
        + box("CautionBox", "Caution Box", AMBER_EDGE, AMBER)
    )


def styles() -> str:
    """The whole styles part."""
    fonts = '<w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" w:eastAsia="Calibri" w:cs="Calibri"/>'
    defaults = (
        f'<w:docDefaults><w:rPrDefault><w:rPr>{fonts}<w:color w:val="{INK}"/>'
        '<w:sz w:val="22"/><w:szCs w:val="22"/>'
        '<w:lang w:val="en-US" w:eastAsia="en-US" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        f"<w:pPrDefault><w:pPr>{spacing(0, 120)}</w:pPr></w:pPrDefault></w:docDefaults>"
    )
    basics = (
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal">'
        '<w:name w:val="Normal Table"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/>'
        '<w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/>'
        '<w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar>'
        "</w:tblPr></w:style>"
        '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/></w:style>'
    )
    marks = (
        character("Hyperlink", "Hyperlink", f'<w:color w:val="{LINK}"/><w:u w:val="single"/>')
        + character("Strong", "Strong", "<w:b/><w:bCs/>", "<w:qFormat/>")
        + character("Emphasis", "Emphasis", "<w:i/><w:iCs/>", "<w:qFormat/>")
        + character("GapLabel", "Gap Label", f'<w:b/><w:bCs/><w:color w:val="{AMBER_EDGE}"/>')
        + character(
            "CommentReference", "annotation reference", '<w:sz w:val="16"/><w:szCs w:val="16"/>'
        )
    )
    body = headings() + cover() + prose() + lists_and_tables() + furniture() + marks + tables()
    return f'<w:styles xmlns:w="{W}">{defaults}{basics}{body}</w:styles>'


def outline(number: int, kind: str, levels: list[tuple[str, str]]) -> str:
    """The nine levels of a list: how each counts and what it shows."""
    made = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{shown}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:ind w:left="{360 * (level + 1)}" w:hanging="300"/></w:pPr></w:lvl>'
        for level, (form, shown) in enumerate(levels)
    )
    return (
        f'<w:abstractNum w:abstractNumId="{number}"><w:multiLevelType w:val="{kind}"/>{made}'
        "</w:abstractNum>"
    )


def theme() -> str:
    """A plain theme in the document's colors; Word expects one."""
    slots = {
        "dk1": INK, "lt1": "FFFFFF", "dk2": NAVY, "lt2": HEAD_FILL, "accent1": NAVY,
        "accent2": "2E7D6B", "accent3": AMBER_EDGE, "accent4": "6B4C9A", "accent5": "9A3B3B",
        "accent6": EDGE, "hlink": LINK, "folHlink": "6B4C9A",
    }  # fmt: skip
    colors = "".join(f'<a:{slot}><a:srgbClr val="{c}"/></a:{slot}>' for slot, c in slots.items())
    font = '<a:latin typeface="Calibri"/><a:ea typeface=""/><a:cs typeface=""/>'
    solid = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>' * 3
    line = '<a:ln w="9525"><a:solidFill><a:schemeClr val="phClr"/></a:solidFill></a:ln>' * 3
    effect = "<a:effectStyle><a:effectLst/></a:effectStyle>" * 3
    return (
        '<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="Plan">'
        f'<a:themeElements><a:clrScheme name="Plan">{colors}</a:clrScheme>'
        '<a:fontScheme name="Plan">'
        f"<a:majorFont>{font}</a:majorFont><a:minorFont>{font}</a:minorFont></a:fontScheme>"
        f'<a:fmtScheme name="Plan"><a:fillStyleLst>{solid}</a:fillStyleLst><a:lnStyleLst>{line}'
        f"</a:lnStyleLst><a:effectStyleLst>{effect}</a:effectStyleLst><a:bgFillStyleLst>{solid}"
        "</a:bgFillStyleLst></a:fmtScheme></a:themeElements></a:theme>"
    )


FONTS = (
    f'<w:fonts xmlns:w="{W}"><w:font w:name="Calibri"><w:panose1 w:val="020F0502020204030204"/>'
    '<w:charset w:val="00"/><w:family w:val="swiss"/><w:pitch w:val="variable"/></w:font>'
    '<w:font w:name="Symbol"><w:charset w:val="02"/><w:family w:val="roman"/>'
    '<w:pitch w:val="variable"/></w:font></w:fonts>'
)
SETTINGS = (
    f'<w:settings xmlns:w="{W}"><w:zoom w:percent="100"/><w:defaultTabStop w:val="720"/>'
    '<w:characterSpacingControl w:val="doNotCompress"/><w:compat><w:compatSetting '
    'w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
    '</w:compat><w:themeFontLang w:val="en-US"/><w:decimalSymbol w:val="."/>'
    '<w:listSeparator w:val=","/></w:settings>'
)
NUMBERING = (
    f'<w:numbering xmlns:w="{W}">'
    + outline(1, "hybridMultilevel", [("bullet", sign) for sign in "\u2022\u2013\u2022" * 3])
    + outline(
        2,
        "multilevel",
        [
            (("decimal", "lowerLetter", "lowerRoman")[level % 3], f"%{level + 1}.")
            for level in range(9)
        ],
    )
    + '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num></w:numbering>'
)
CT = "application/vnd.openxmlformats-officedocument.wordprocessingml"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
    '<Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{CT}.document.main+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{CT}.styles+xml"/>'
    f'<Override PartName="/word/settings.xml" ContentType="{CT}.settings+xml"/>'
    f'<Override PartName="/word/numbering.xml" ContentType="{CT}.numbering+xml"/>'
    f'<Override PartName="/word/fontTable.xml" ContentType="{CT}.fontTable+xml"/>'
    '<Override PartName="/word/theme/theme1.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.theme+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
    f'Type="{REL}/officeDocument" Target="word/document.xml"/></Relationships>',
    "word/_rels/document.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{REL}/styles" Target="styles.xml"/>'
    f'<Relationship Id="rId2" Type="{REL}/settings" Target="settings.xml"/>'
    f'<Relationship Id="rId3" Type="{REL}/fontTable" Target="fontTable.xml"/>'
    f'<Relationship Id="rId4" Type="{REL}/theme" Target="theme/theme1.xml"/>'
    f'<Relationship Id="rId5" Type="{REL}/numbering" Target="numbering.xml"/></Relationships>',
    "word/document.xml": f'<w:document xmlns:w="{W}"><w:body><w:p><w:r><w:t>Change the styles of '
    "this file to change the look of every plan drafted with it.</w:t></w:r></w:p><w:sectPr>"
    '<w:pgSz w:w="12240" w:h="15840"/><w:pgMar w:top="1440" w:right="1440" w:bottom="1440" '
    'w:left="1440" w:header="720" w:footer="720" w:gutter="0"/></w:sectPr></w:body></w:document>',
    "word/styles.xml": styles(),
    "word/settings.xml": SETTINGS,
    "word/numbering.xml": NUMBERING,
    "word/fontTable.xml": FONTS,
    "word/theme/theme1.xml": theme(),
}

if __name__ == "__main__":
    main()
