"""Tables in Word: widths from share and content, heads that repeat, rows that stay whole."""

from collections.abc import Callable
from typing import TypeAlias

from localplan.document.blocks import Block, Cell, Column, Inline, ListBlock, Table, text_of
from localplan.document.docx import xmltext
from localplan.document.docx.paragraphs import (
    Writing,
    direction,
    mark_label,
    paragraph,
    runs,
)

AFTER_TABLE = '<w:p><w:pPr><w:pStyle w:val="AfterTable"/></w:pPr></w:p>'
"""Parts a table from what follows on the same page."""

CellWriter: TypeAlias = Callable[[tuple[Block, ...]], str]

_LETTER = 104
"""About the width of a letter at 10 points."""
_PADDING = 220
_WIDEST_WORD = 18
_LONGEST_LINE = 60
_SMALL_ROWS, _SMALL_TEXT = 5, 400
"""A table no larger than this stays on one page."""
_TALL_ROW = 22
"""Lines beyond which a row may split across pages."""
_WHOLE = "<w:trPr><w:cantSplit/></w:trPr>"
_DENSE = (
    '<w:tblCellMar><w:top w:w="20" w:type="dxa"/><w:left w:w="80" w:type="dxa"/>'
    '<w:bottom w:w="20" w:type="dxa"/><w:right w:w="80" w:type="dxa"/></w:tblCellMar>'
)


def table_xml(writing: Writing, table: Table, inside: CellWriter) -> str:
    """The table with its caption above and its source beneath."""
    if table.wide:
        writing.width = writing.paper.across("landscape")
    above = caption(writing, table.number, table.caption, table.label)
    widths = column_widths(table, writing.width)
    keep = _is_small(table)
    rows: list[str] = [_head_row(writing, table.columns, widths)] if table.head else []
    last = len(table.rows) - 1
    for index, row in enumerate(table.rows):
        # No first and no last row stands on a page by itself.
        stays = keep or index in {0, last - 1} or _heads_others(row)
        stays = bool(table.source) if index == last else stays
        whole = not _is_tall(row, widths)
        made = _cells(writing, table, row, widths, inside=inside, keep=stays and whole)
        rows.append(f"<w:tr>{_WHOLE if whole else ''}{made}</w:tr>")
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    head = f"<w:tbl>{_properties(table, sum(widths))}<w:tblGrid>{grid}</w:tblGrid>"
    return above + head + "".join(rows) + "</w:tbl>" + after_table(writing, table.source)


def caption(writing: Writing, number: str, words: str, label: str, style: str = "Caption") -> str:
    """The caption paragraph, with a number that Word can keep counting; nothing without words."""
    mark_label(writing, label)
    if not xmltext.visible(words):
        return ""
    kind, _, count = number.partition(" ")
    numbered = ""
    if count.isdigit():
        numbered = xmltext.run(kind + " ") + xmltext.field(f"SEQ {kind} \\* ARABIC", count)
    elif number:
        numbered = xmltext.run(number)
    gap = xmltext.run(". ") if number else ""
    above = style == "Caption"
    return paragraph(writing, style, numbered + gap + xmltext.run(words), keep=above)


def after_table(writing: Writing, source: str = "") -> str:
    """What parts a table from what follows: its source, or a thin line of space."""
    if xmltext.visible(source):
        return paragraph(writing, "Source", xmltext.run(source))
    return AFTER_TABLE


def column_widths(table: Table, total: int) -> list[int]:
    """Whole widths that add up to `total`: by share where shares differ, else by content."""
    floors, naturals = _needs(table)
    shares = [column.share for column in table.columns]
    if len(set(shares)) > 1:
        parts = [total * share / sum(shares) for share in shares]
        naturals = [max(part, floor) for part, floor in zip(parts, floors, strict=True)]
    if sum(floors) >= total:
        wanted = [float(floor) for floor in floors]
    elif sum(naturals) <= total:
        wanted = naturals
    else:
        slack = [max(natural - floor, 0.0) for natural, floor in zip(naturals, floors, strict=True)]
        spare, need = total - sum(floors), sum(slack) or 1.0
        wanted = [floor + spare * part / need for floor, part in zip(floors, slack, strict=True)]
    scale = total / sum(wanted)
    widths = [max(int(width * scale), 1) for width in wanted]
    widths[-1] += total - sum(widths)
    return widths


def _needs(table: Table) -> tuple[list[int], list[float]]:
    floors: list[int] = []
    naturals: list[float] = []
    for index, column in enumerate(table.columns):
        texts = [text_of(column.head)] if table.head else []
        texts += [_cell_words(row[index]) for row in table.rows if index < len(row)]
        word = max(map(len, " ".join(texts).split()), default=1)
        line = max(map(len, texts), default=1)
        floors.append(min(word, _WIDEST_WORD) * _LETTER + _PADDING)
        naturals.append(max(min(line, _LONGEST_LINE), 3) * _LETTER + _PADDING)
    return floors, naturals


def _cell_words(cell: Cell) -> str:
    if not cell.blocks:
        return text_of(cell.text)
    return "\n".join(_block_words(block) for block in cell.blocks)


def _block_words(block: Block) -> str:
    if isinstance(block, ListBlock):
        return "\n".join(_block_words(inner) for item in block.items for inner in item)
    inner = getattr(block, "text", ())
    return text_of(inner) if inner else "x" * 30


def _is_small(table: Table) -> bool:
    if len(table.rows) > _SMALL_ROWS:
        return False
    return sum(_row_size(row) for row in table.rows) <= _SMALL_TEXT


def _heads_others(row: tuple[Cell, ...]) -> bool:
    """True for a row in bold that names the rows beneath it."""
    first = row[0].text if row else ()
    return bool(first and first[0].bold) and all(run.bold for cell in row for run in cell.text)


def _row_size(row: tuple[Cell, ...]) -> int:
    return sum([len(_cell_words(cell)) for cell in row])


def _is_tall(row: tuple[Cell, ...], widths: list[int]) -> bool:
    """True where a cell takes more lines than should jump to the next page together."""
    return any(
        _lines_of(_cell_words(cell), width) > _TALL_ROW
        for cell, width in zip(row, widths, strict=False)
    )


def _lines_of(words: str, width: int) -> int:
    if "\n" in words:
        return sum(_lines_of(line, width) for line in words.split("\n"))
    return 1 + len(words) * _LETTER // max(width - _PADDING, _LETTER)


def _properties(table: Table, width: int) -> str:
    look = (
        'w:val="0420" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" '
        'w:noHBand="0" w:noVBand="1"'
        if table.head
        else 'w:val="0680" w:firstRow="0" w:lastRow="0" w:firstColumn="1" w:lastColumn="0" '
        'w:noHBand="1" w:noVBand="1"'
    )
    title = table.caption or table.description
    described = f'<w:tblCaption w:val="{xmltext.attribute(title)}"/>' if title else ""
    if table.description:
        described += f'<w:tblDescription w:val="{xmltext.attribute(table.description)}"/>'
    return (
        f'<w:tblPr><w:tblStyle w:val="{"PlanTable" if table.head else "PlanForm"}"/>'
        f'<w:tblW w:w="{width}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        f"{_DENSE if table.dense else ''}<w:tblLook {look}/>{described}</w:tblPr>"
    )


def _head_row(writing: Writing, columns: tuple[Column, ...], widths: list[int]) -> str:
    cells = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>'
        f"{_line(writing, 'TableHead', column.head, column.align, keep=False)}</w:tc>"
        for column, width in zip(columns, widths, strict=True)
    )
    return f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{cells}</w:tr>"


def _cells(
    writing: Writing,
    table: Table,
    row: tuple[Cell, ...],
    widths: list[int],
    *,
    inside: CellWriter,
    keep: bool,
) -> str:
    cells: list[str] = []
    for index, (column, width) in enumerate(zip(table.columns, widths, strict=True)):
        cell = row[index] if index < len(row) else Cell(())
        if cell.path:
            writing.marks.append(writing.namer.of_cell(cell.path))
        if cell.blocks:
            inner = inside(cell.blocks)
        else:
            style = "TableHead" if not table.head and index == 0 else "TableText"
            inner = _line(writing, style, cell.text, column.align, keep=keep)
        cells.append(f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{inner}</w:tc>')
    return "".join(cells)


def _line(writing: Writing, style: str, text: Inline, align: str, *, keep: bool) -> str:
    layout = direction(text)
    if align != "left":
        layout += f'<w:jc w:val="{align}"/>'
    return paragraph(writing, style, runs(writing, text), keep=keep, layout=layout)
