"""Take out of a finished document the sections, answers and rows that concern one partner."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from localplan.document.blocks import (
    Block,
    Boundary,
    Callout,
    Cell,
    Contents,
    Figure,
    Gap,
    Heading,
    Inline,
    ListBlock,
    PageBreak,
    Paragraph,
    Table,
)
from localplan.review.concerns import Concern
from localplan.review.regions import key_of


def excerpt(blocks: Sequence[Block], concern: Concern) -> tuple[Block, ...]:
    """Return the parts of a numbered document that concern a partner, under their headings."""
    kept: list[Block] = []
    whole = 0
    """Level of a heading whose whole section is kept; 0 for none."""
    for boundary, region in _regions(blocks):
        head = region[0] if region and isinstance(region[0], Heading) else None
        if head is not None and whole and head.level <= whole:
            whole = 0
        if head is not None and key_of(_words(head.text)) in concern.names:
            whole = head.level
        chosen = region if whole else _chosen(boundary, region, concern)
        kept += [boundary] if boundary and chosen else []
        kept += chosen
    return _unlinked(_without_empty_headings(kept))


def text_of(block: Block) -> str:
    """Return all words of a block."""
    match block:
        case Heading() | Paragraph():
            return _words(block.text)
        case ListBlock():
            return "\n".join(text_of(inner) for item in block.items for inner in item)
        case Table():
            return "\n".join(_row_words(row) for row in block.rows)
        case Callout():
            return "\n".join([block.title, *(text_of(inner) for inner in block.blocks)])
        case Figure():
            return f"{block.caption}\n{block.alt}"
        case Boundary() | Gap() | PageBreak() | Contents():
            return ""


def _regions(blocks: Sequence[Block]) -> Iterator[tuple[Boundary | None, list[Block]]]:
    """Each boundary with the blocks up to the next one."""
    boundary: Boundary | None = None
    region: list[Block] = []
    for block in blocks:
        if isinstance(block, Boundary):
            yield boundary, region
            boundary, region = block, []
        else:
            region.append(block)
    yield boundary, region


def _chosen(boundary: Boundary | None, region: list[Block], concern: Concern) -> list[Block]:
    if boundary is None:
        return []
    if boundary.kind == "answer":
        if concern.touches(boundary.path):
            return region
        own = not boundary.path.startswith("partners.")
        said = "\n".join(text_of(block) for block in region)
        return region if own and concern.mentions(said) else []
    chosen: list[Block] = []
    for block in region:
        if isinstance(block, Heading):
            chosen.append(block)
        elif isinstance(block, Table):
            rows = tuple(row for row in block.rows if _concerns(row, concern))
            chosen += [replace(block, rows=rows)] if rows else []
        elif isinstance(block, Paragraph | ListBlock) and concern.mentions(text_of(block)):
            chosen.append(block)
        elif isinstance(block, Figure) and _of_a_record(boundary.path, concern):
            chosen.append(block)
    return chosen


def _concerns(row: tuple[Cell, ...], concern: Concern) -> bool:
    if any(cell.path and concern.touches(cell.path) for cell in row):
        return True
    words = _row_words(row)
    first = key_of(_words(row[0].text)) if row else ""
    return concern.mentions(words) or first in concern.names


def _of_a_record(path: str, concern: Concern) -> bool:
    return any(
        record.partition(".")[2] and path.endswith(record.partition(".")[2])
        for record in concern.paths
    )


def _without_empty_headings(blocks: list[Block]) -> list[Block]:
    """Drop headings that nothing stands under, with the boundary before them."""
    kept: list[Block] = []
    deeper = 0
    """Level of the last heading kept below; text counts as deeper than any."""
    for block in reversed(blocks):
        if isinstance(block, Heading):
            if block.level < deeper:
                kept.append(block)
                deeper = block.level
            elif kept and isinstance(kept[-1], Heading):
                pass
        elif isinstance(block, Boundary):
            if kept and not isinstance(kept[-1], Boundary):
                kept.append(block)
        elif not isinstance(block, PageBreak):
            kept.append(block)
            deeper = 99
    kept.reverse()
    return kept


def _words(text: Inline) -> str:
    return "".join(run.text for run in text)


def _row_words(row: tuple[Cell, ...]) -> str:
    said = [_words(cell.text) + "\n".join(text_of(inner) for inner in cell.blocks) for cell in row]
    return " | ".join(said)


def _unlinked(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Blocks whose links inside the document are plain text, because their targets may be gone."""
    return tuple(_plain(block) for block in blocks)


def _plain(block: Block) -> Block:
    match block:
        case Heading() | Paragraph():
            return replace(block, text=_plain_text(block.text))
        case ListBlock():
            return replace(block, items=tuple(_unlinked(item) for item in block.items))
        case Callout():
            return replace(block, blocks=_unlinked(block.blocks))
        case Table():
            columns = tuple(replace(c, head=_plain_text(c.head)) for c in block.columns)
            rows = tuple(tuple(_plain_cell(cell) for cell in row) for row in block.rows)
            return replace(block, columns=columns, rows=rows, number=_kept(block.number))
        case Figure():
            return replace(block, number=_kept(block.number))
        case Boundary() | Gap() | PageBreak() | Contents():
            return block


def _kept(number: str) -> str:
    """The number of the whole plan, which no program counts anew in an excerpt."""
    return number.replace(" ", "\u00a0")


def _plain_cell(cell: Cell) -> Cell:
    return replace(cell, text=_plain_text(cell.text), blocks=_unlinked(cell.blocks))


def _plain_text(text: Inline) -> Inline:
    return tuple(replace(run, link="") if run.link.startswith("#") else run for run in text)
