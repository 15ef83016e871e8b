"""Names for the places in a document that edits and comments are read back from.

A name carries a short digest of the answer's path, never the path, and fits a Word bookmark.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import blake2b
from typing import Literal, TypeAlias

from localplan.document.blocks import Block, Boundary, Document, Table, inner

HEAD = "_lpq_"
"""Marks the paragraph that heads an answer."""
ANSWER = "_lpa_"
"""Marks the first paragraph of the answer itself."""
GENERATED = "_lpg_"
"""Marks where a generated passage, table, figure or heading begins."""
CELL = "_lpc_"
"""Marks a table cell that prints one answer."""
LABEL = "_lpl_"
"""Marks a heading, table or figure that the document links to."""
DRAFT = "_lpd_"
"""Marks the first paragraph; what follows is the draft's id, for copies without properties."""
_DRAFT_ID = re.compile(r"[0-9a-z]{1,32}")

AnchorKind: TypeAlias = Literal["answer", "passage", "table", "figure", "heading", "form", "cell"]


@dataclass(frozen=True, slots=True)
class Anchor:
    """One place: its bookmark, and the path and kind of what stands there."""

    name: str
    path: str
    kind: AnchorKind
    built_from: tuple[str, ...] = ()


def anchor_name(path: str) -> str:
    """The bookmark that heads the answer at `path`."""
    return HEAD + digest_of(path)


def digest_of(path: str) -> str:
    """Sixteen letters and figures that stand for a path."""
    return blake2b(path.encode("utf-8", "replace"), digest_size=8).hexdigest()


def draft_name(draft_id: str) -> str:
    """The bookmark that names the draft; blank for an id that no bookmark can hold."""
    return DRAFT + draft_id if _DRAFT_ID.fullmatch(draft_id) else ""


def label_name(label: str) -> str:
    """The bookmark of a label that the document links to."""
    return LABEL + digest_of(label)


def anchors_of(document: Document) -> dict[str, str]:
    """The bookmark of every answer, by path; the first place where it is printed."""
    names: dict[str, str] = {}
    for anchor in regions_of(document):
        if anchor.kind in {"answer", "cell"}:
            names.setdefault(anchor.path, anchor.name)
    return names


def regions_of(document: Document) -> tuple[Anchor, ...]:
    """Every anchor of the document in reading order, as the writers name them."""
    return tuple(_anchors(document.blocks, Namer()))


class Namer:
    """Gives each place its bookmark; a second place for the same path gets a counted name."""

    def __init__(self) -> None:
        self._used: dict[str, int] = {}

    def of_boundary(self, boundary: Boundary) -> str:
        """The bookmark that starts a region."""
        if boundary.kind == "answer":
            return self._unique(anchor_name(boundary.path))
        return self._unique(GENERATED + digest_of(f"{boundary.kind}:{boundary.path}"))

    def of_cell(self, path: str) -> str:
        """The bookmark of a cell that prints the answer at `path`."""
        return self._unique(CELL + digest_of(path))

    def _unique(self, name: str) -> str:
        count = self._used.get(name, 0) + 1
        self._used[name] = count
        return name if count == 1 else f"{name}_{count}"


def _anchors(blocks: Iterable[Block], namer: Namer) -> Iterator[Anchor]:
    for block in blocks:
        if isinstance(block, Boundary):
            name = namer.of_boundary(block)
            yield Anchor(name, block.path, block.kind, block.built_from)
        elif isinstance(block, Table):
            yield from _in_cells(block, namer)
        else:
            yield from _anchors(inner(block), namer)


def _in_cells(table: Table, namer: Namer) -> Iterator[Anchor]:
    for row in table.rows:
        for cell in row:
            if cell.path:
                yield Anchor(namer.of_cell(cell.path), cell.path, "cell")
            yield from _anchors(cell.blocks, namer)
