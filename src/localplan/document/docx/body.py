"""The body of a Word file: one string, block by block."""

from localplan.document.blocks import (
    Block,
    Boundary,
    Callout,
    Contents,
    Figure,
    Gap,
    Heading,
    ListBlock,
    PageBreak,
    Paragraph,
    Table,
)
from localplan.document.docx import xmltext
from localplan.document.docx.contents import Entry, contents_xml, entry_name
from localplan.document.docx.lists import BULLETS
from localplan.document.docx.paragraphs import (
    Writing,
    direction,
    heading_paragraph,
    mark_label,
    open_region,
    paragraph,
    runs,
)
from localplan.document.docx.pictures import figure_xml
from localplan.document.docx.tables import after_table, table_xml

_DEEPEST = 8
_ENDS = '<w:spacing w:after="120"/>'
"""Parts the end of a list from what follows as one paragraph is parted from another."""
_STYLES = {
    "body": "Normal",
    "lead": "Lead",
    "runin": "RunIn",
    "source": "Source",
    "note": "Note",
    "status": "Status",
    "title": "Title",
    "subtitle": "Subtitle",
    "cover": "Cover",
    "prompt": "Prompt",
    "caption": "Caption",
}
_HEADS = frozenset({"runin", "prompt"})
_BOXES = {"orientation": "OrientationBox", "notice": "NoticeBox", "caution": "CautionBox"}


def block_xml(  # noqa: C901, PLR0911 (one case for each kind of block)
    writing: Writing, block: Block, entries: tuple[Entry, ...] = ()
) -> str:
    """One block of the document's flow as XML; an empty text where it only marks a place."""
    match block:
        case Boundary():
            open_region(writing, block)
            return ""
        case Heading():
            return _heading(writing, block)
        case Paragraph():
            return _paragraph(writing, block)
        case ListBlock():
            return _list(writing, block, "", 0)
        case Table():
            return table_xml(writing, block, lambda blocks: _inside(writing, blocks, "Table"))
        case Figure():
            return figure_xml(writing, block)
        case Callout():
            return _callout(writing, block)
        case Gap():
            return _gap(writing, block)
        case PageBreak():
            writing.break_before = True
            return ""
        case Contents():
            return contents_xml(writing, entries, block.depth)


def _heading(writing: Writing, heading: Heading) -> str:
    if xmltext.is_blank(heading.text):
        return ""
    mark_label(writing, heading.label)
    if heading.listed:
        writing.headings += 1
        writing.marks.append(entry_name(writing.headings))
    unlisted = heading.level == 1 and not heading.listed
    style = "TOCHeading" if unlisted else f"Heading{min(heading.level, 4)}"
    number = xmltext.run(heading.number + "\u2002") if heading.number else ""
    inner = number + runs(writing, heading.text)
    layout = direction(heading.text)
    if style == "Heading1" and not (writing.break_before or writing.fresh):
        layout += '<w:spacing w:before="480"/>'
    return heading_paragraph(writing, style, inner, layout=layout)


def _paragraph(writing: Writing, block: Paragraph) -> str:
    if xmltext.is_blank(block.text):
        return ""
    style, inner = _STYLES[block.look], runs(writing, block.text)
    if block.look in _HEADS:
        return heading_paragraph(writing, style, inner, layout=direction(block.text))
    layout = direction(block.text)
    if writing.lowered:
        layout += '<w:spacing w:before="2600"/>'
        writing.lowered = False
    return paragraph(writing, style, inner, keep=writing.leads, layout=layout)


def _list(writing: Writing, block: ListBlock, within: str, level: int) -> str:
    depth = min(level, _DEEPEST)
    number = _numbering(writing, block, depth)
    style = "TableList" if within else ("ListNumber" if block.ordered else "ListBullet")
    out: list[str] = []
    ends = (
        block.items[-1][-1] if block.items and block.items[-1] and not (within or level) else None
    )
    for item in block.items:
        first = True
        for inner in item:
            if isinstance(inner, ListBlock):
                out.append(_list(writing, inner, within, level + 1))
            elif isinstance(inner, Paragraph):
                numbered = (
                    f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>'
                )
                layout = direction(inner.text) + (_ENDS if inner is ends else "")
                layout += _indent(depth, first=first, within=within)
                out.append(
                    paragraph(
                        writing,
                        style if first or within else "ListContinue",
                        runs(writing, inner.text),
                        number=numbered if first else "",
                        layout=layout,
                    )
                )
                first = False
            else:
                out.append(block_xml(writing, inner))
    return "".join(out)


def _indent(depth: int, *, first: bool, within: str) -> str:
    """Cells are narrow, so bullets in them hang close; elsewhere the list's own indent holds."""
    if within == "Table":
        left = 180 * (depth + 1)
        return f'<w:ind w:left="{left}" w:hanging="180"/>' if first else f'<w:ind w:left="{left}"/>'
    return "" if first else f'<w:ind w:left="{360 * (depth + 1)}"/>'


def _numbering(writing: Writing, block: ListBlock, depth: int) -> int:
    if not block.ordered:
        return BULLETS
    writing.starts.append((depth, max(block.start, 0)))
    return BULLETS + len(writing.starts)


def _inside(writing: Writing, blocks: tuple[Block, ...], within: str) -> str:
    """Blocks inside a cell or box, which must end with a paragraph."""
    out: list[str] = []
    for block in blocks:
        match block:
            case Paragraph(look="body"):
                layout = direction(block.text)
                inner = runs(writing, block.text)
                out.append(paragraph(writing, f"{within}Text", inner, layout=layout))
            case ListBlock():
                out.append(_list(writing, block, within, 0))
            case _:
                out.append(block_xml(writing, block))
    made = "".join(out)
    return made if made.endswith("</w:p>") else made + paragraph(writing, f"{within}Text", "")


def _callout(writing: Writing, block: Callout) -> str:
    outer, writing.width = writing.width, writing.width - 400
    title = ""
    if block.title:
        title = paragraph(writing, "BoxTitle", xmltext.run(block.title), keep=True)
    inner = title + (_inside(writing, block.blocks, "Box") if block.blocks or not title else "")
    writing.width = outer
    about = f'<w:tblDescription w:val="{xmltext.attribute(block.title)}"/>' if block.title else ""
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{_BOXES[block.kind]}"/>'
        f'<w:tblW w:w="{outer}" w:type="dxa"/><w:tblLayout w:type="fixed"/><w:tblLook w:val="0600" '
        'w:firstRow="0" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1" '
        f'w:noVBand="1"/>{about}</w:tblPr><w:tblGrid><w:gridCol w:w="{outer}"/></w:tblGrid>'
        f'<w:tr><w:tc><w:tcPr><w:tcW w:w="{outer}" w:type="dxa"/></w:tcPr>{inner}</w:tc></w:tr>'
        f"</w:tbl>{after_table(writing)}"
    )


def _gap(writing: Writing, block: Gap) -> str:
    label = xmltext.run("To do: ", '<w:rStyle w:val="GapLabel"/>')
    inner = label + xmltext.run(block.what, "<w:b/><w:bCs/>")
    if block.why:
        inner += xmltext.run("\n" + block.why)
    if who := gap_owner(block):
        inner += xmltext.run("\n" + who)
    return paragraph(writing, "Gap", inner)


def gap_owner(block: Gap) -> str:
    """Who sees to it and by when, in one line."""
    parts = [f"Owner: {block.owner}"] if block.owner else []
    parts += [f"Due: {block.due}"] if block.due else []
    return " · ".join(parts)
