"""Which pages stand upright and which lie on their side."""

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
from localplan.document.docx.paper import Orientation
from localplan.document.docx.tables import AFTER_TABLE

_THIN = '<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'
"""So low that it never spills onto a page of its own after a full one."""
_INTRO = 4
"""Blocks between a heading and its wide table that travel with the table."""


def orientations(blocks: tuple[Block, ...]) -> list[Orientation]:
    """The orientation of each block; a heading and a short lead-in stay with their wide table."""
    made: list[Orientation] = ["portrait"] * len(blocks)
    for index, block in enumerate(blocks):
        if isinstance(block, Table) and block.wide:
            for place in range(_first_of(blocks, index), _last_of(blocks, index) + 1):
                made[place] = "landscape"
    return made


def end_section(out: list[str], properties: str) -> None:
    """Let the last paragraph written end its section, so that no empty paragraph has to."""
    at = next(index for index in range(len(out) - 1, -1, -1) if out[index])
    chunk = out[at]
    start = max(chunk.rfind("<w:p>"), 0)
    last = chunk[start:]
    if last == AFTER_TABLE:
        properties = _THIN + properties
    if last.startswith("<w:p><w:pPr>"):
        last = last.replace("</w:pPr>", properties + "</w:pPr>", 1)
    else:
        last = last.replace("<w:p>", f"<w:p><w:pPr>{properties}</w:pPr>", 1)
    out[at] = chunk[:start] + last


def _first_of(blocks: tuple[Block, ...], index: int) -> int:
    """Where the landscape pages begin: at the table's own heading when that is near."""
    intro, place, first = 0, index - 1, index
    while place >= 0 and intro <= _INTRO:
        match blocks[place]:
            case Heading():
                first = place
                intro = _INTRO
            case Boundary():
                first = place if first == place + 1 else first
            case Paragraph(look="runin" | "prompt"):
                first = place
            case Paragraph() | Gap() | ListBlock():
                if first != index and isinstance(blocks[first], (Heading, Boundary)):
                    return first
                intro += 1
            case Table() | Figure() | Callout() | PageBreak() | Contents():
                return first
        place -= 1
    return first


def _last_of(blocks: tuple[Block, ...], index: int) -> int:
    """Where they end: a short closing paragraph before the next heading stays with the table."""
    last = index
    for place in range(index + 1, min(index + 3, len(blocks))):
        match blocks[place]:
            case Paragraph(look="body" | "source" | "note"):
                last = place
            case Heading() | PageBreak():
                return last
            case _:
                return index
    return last if last == len(blocks) - 1 else index
