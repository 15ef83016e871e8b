"""Marks in a working draft: which texts came from the last plan and nobody has confirmed yet."""

from collections.abc import Iterable, Iterator

from localplan.document.blocks import Block, Boundary, Paragraph, Run
from localplan.plan.standings import Standings


def with_carried_marks(blocks: Iterable[Block], said: Standings) -> tuple[Block, ...]:
    """Return the blocks with a line beneath each carried answer, in a region of its own."""
    return tuple(_marked(blocks, said))


def _marked(blocks: Iterable[Block], said: Standings) -> Iterator[Block]:
    waiting: tuple[Block, ...] = ()
    for block in blocks:
        if isinstance(block, Boundary):
            yield from waiting
            waiting = _mark(block, said)
        yield block
    yield from waiting


def _mark(boundary: Boundary, said: Standings) -> tuple[Block, ...]:
    entry = said.get(boundary.path, {}) if boundary.kind in {"answer", "passage"} else {}
    if entry.get("state") != "carried":
        return ()
    words = f"Carried from the last plan, not confirmed yet. {entry.get('reason', '')}".strip()
    place = Boundary(f"carried.{boundary.path}", "passage", (boundary.path,))
    return (place, Paragraph((Run(words),), "status"))
