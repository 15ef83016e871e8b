"""Take out of a finished document the sections, answers and rows that concern one partner."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from localplan.document.blocks import (
    Block,
    Boundary,
    Cell,
    Figure,
    Gap,
    Heading,
    ListBlock,
    PageBreak,
    Paragraph,
    Table,
    cell_words,
    empty_headings,
    mapped,
    text_of,
    without_inner_links,
    words,
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
        if head is not None and key_of(text_of(head.text)) in concern.names:
            whole = head.level
        chosen = region if whole else _chosen(boundary, region, concern)
        kept += [boundary] if boundary and chosen else []
        kept += chosen
    return _unlinked(_without_empty_headings(kept))


def said_in(block: Block) -> str:
    """Return what a block tells a partner: of a table its rows alone, of a gap nothing."""
    if isinstance(block, Table):
        return "\n".join(_row_words(row) for row in block.rows)
    return "" if isinstance(block, Gap) else words(block)


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
        said = "\n".join(said_in(block) for block in region)
        return region if own and concern.mentions(said) else []
    return [kept for block in region if (kept := _kept(boundary, block, concern))]


def _kept(boundary: Boundary, block: Block, concern: Concern) -> Block | None:
    """What stays of a block between answers."""
    if isinstance(block, Heading):
        return block
    if isinstance(block, Table):
        rows = tuple(row for row in block.rows if _concerns(row, concern))
        return replace(block, rows=rows) if rows else None
    if isinstance(block, Figure):
        return block if _of_a_record(boundary.path, concern) else None
    return block if _is_text(block) and concern.mentions(words(block)) else None


def _is_text(block: Block) -> bool:
    return isinstance(block, (Paragraph, ListBlock))


def _concerns(row: tuple[Cell, ...], concern: Concern) -> bool:
    if any(cell.path and concern.touches(cell.path) for cell in row):
        return True
    words = _row_words(row)
    first = key_of(text_of(row[0].text)) if row else ""
    return concern.mentions(words) or first in concern.names


def _of_a_record(path: str, concern: Concern) -> bool:
    return any(
        record.partition(".")[2] and path.endswith(record.partition(".")[2])
        for record in concern.paths
    )


def _without_empty_headings(blocks: Sequence[Block]) -> list[Block]:
    """Drop page breaks, headings that nothing stands under, and boundaries of nothing."""
    running = [block for block in blocks if not isinstance(block, PageBreak)]
    empty = empty_headings(running)
    kept: list[Block] = []
    for place in reversed(range(len(running))):
        block = running[place]
        idle = isinstance(block, Boundary) and (not kept or isinstance(kept[-1], Boundary))
        if place not in empty and not idle:
            kept.append(block)
    kept.reverse()
    return kept


def _row_words(row: tuple[Cell, ...]) -> str:
    return " | ".join(map(cell_words, row))


def _unlinked(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Blocks whose links inside the document are plain text, because their targets may be gone."""
    return tuple(map(_plain, blocks))


def _plain(block: Block) -> Block:
    if isinstance(block, (Table, Figure)):
        block = replace(block, number=_fixed(block.number))
    return mapped(block, _plain, without_inner_links)


def _fixed(number: str) -> str:
    """The number of the whole plan, which no program counts anew in an excerpt."""
    return number.replace(" ", "\u00a0")
