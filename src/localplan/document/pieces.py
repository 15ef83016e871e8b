"""Cut a document into its pieces: each heading, answer, passage, table and figure by itself.

A piece knows which answers it prints, so that the same pieces can be put in a State's order, and a
requirement can point to the place that answers it: the section a reader can turn to.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from localplan.document.blocks import (
    Block,
    Boundary,
    Contents,
    Gap,
    Heading,
    Inline,
    PageBreak,
    Run,
    Table,
    text_of,
)
from localplan.plan.keys import general_names
from localplan.plan.tree import steps

_TABLES = (
    ("areas", "areas"), ("regional", "plan.regional_plan"), ("rule", "plan.sector_rule"),
    ("actions", "actions"), ("notices", "public_comment.notices"),
    ("hearings", "public_comment.hearings"), ("comments", "comments"), ("approvals", "approvals"),
    ("dates", "plan.dates"), ("attachments", "attachments"),
    ("instruction", "pathways.*.instruction"), ("populations", "populations"),
    ("performance", "metrics"), ("own-measures", "metrics"), ("custody", "metrics"),
    ("history", "metrics"), ("partner-roles", "partners"),
    ("own-program", "partners"), ("partners", "partners"),
    ("programs", "partners.*.programs"), ("one-stops", "one_stops"), ("providers", "providers"),
    ("supports", "supports"),
    ("measures-", "sectors.*.measures"), ("occupations-", "sectors.*.occupations"),
    ("entries-", "pathways.*.entry_points"), ("steps-", "pathways.*.steps"),
    ("exits-", "pathways.*.exit_points"),
    ("evidence", "evidence"),
)  # fmt: skip
"""Which answers a table prints, by how its label begins after `table-`."""
_WIDE = {
    "plan": (
        "plan.regional_plan", "plan.frameworks", "plan.prepared_by", "plan.track", "plan.kind",
        "plan.period_start", "plan.period_end", "plan.first_program_year",
    ),
}  # fmt: skip
"""What a sentence about a whole part speaks of, where the part holds much that it does not."""
_SECTION = 2
"""The level of the headings that stand over one sector, one pathway, one subject."""
FRONT = frozenset(
    {
        "contents",
        "glance",
        "summary",
        "missing",
        "glossary",
        "sources",
        "other-answers",
        "set-aside",
    }
)
"""Chapters that repeat or list what others say; an answer is never looked up there first."""
_DEEPEST = 3
"""The deepest level of heading that carries a number."""


@dataclass(frozen=True, slots=True)
class Piece:
    """What stands between two boundaries, and the answers it prints."""

    paths: tuple[str, ...]
    """Paths or general paths (`pathways.*.steps`); empty for what prints no answer of its own."""
    blocks: tuple[Block, ...]
    chapter: str
    """Label of the chapter it stands in."""
    under: Inline = ()
    """The heading it stands under, when that is not its own or an answer's."""

    @property
    def is_front(self) -> bool:
        """True before the first chapter and in chapters that only repeat what others say."""
        return not self.chapter or self.chapter in FRONT


def pieces_of(blocks: Iterable[Block]) -> tuple[Piece, ...]:
    """Return the pieces of a document in their order; page breaks and the contents are left out."""
    made: list[Piece] = []
    chapter = record = ""
    spoken: tuple[str, ...] = ()
    under: Heading | None = None
    for group in _groups(blocks):
        head = next((block for block in group if isinstance(block, Heading)), None)
        if head and head.level == 1:
            chapter, spoken = head.label, ()
        if head and head.level <= _SECTION:
            record = ""
        if head and (under is None or head.level <= under.level):
            under = head if head.level > 1 and not _narrative(group) else None
        record = record or _record_of(group)
        first = group[0]
        paths = _paths(group, record)
        if isinstance(first, Boundary) and first.kind == "passage":
            spoken = paths or spoken
        elif isinstance(first, Boundary) and first.kind in {"table", "figure"}:
            # A table that nobody told us about prints what the sentences before it speak of.
            paths = paths or spoken
        shown = () if head or under is None else under.text
        made.extend(_split(group, paths, chapter, shown))
    return tuple(made)


def answers_in(piece: Piece) -> Iterator[str]:
    """Yield every path that the piece prints, the ones in the cells of its tables too."""
    yield from piece.paths
    for block in piece.blocks:
        if isinstance(block, Table):
            yield from (cell.path for row in block.rows for cell in row if cell.path)


def _groups(blocks: Iterable[Block]) -> Iterator[list[Block]]:
    group: list[Block] = []
    for block in blocks:
        if isinstance(block, (PageBreak, Contents)):
            continue
        if isinstance(block, Boundary) and group:
            yield group
            group = []
        group.append(block)
    if group:
        yield group


def _split(
    group: Sequence[Block], paths: tuple[str, ...], chapter: str, under: Inline
) -> Iterator[Piece]:
    """The piece of one region, and each gap in it as a piece of its own."""
    rest = tuple(block for block in group if not isinstance(block, Gap))
    gaps = [block for block in group if isinstance(block, Gap)]
    if any(not isinstance(block, Boundary) for block in rest) and not (gaps and _is_bare(rest)):
        yield Piece(paths, rest, chapter, under)
    for gap in gaps:
        yield Piece((gap.path,), (gap,), chapter, under)


def _is_bare(rest: Sequence[Block]) -> bool:
    """True for a narrative's heading over nothing but the box that says it is missing."""
    heads = [block for block in rest if isinstance(block, Heading)]
    return all(isinstance(block, (Boundary, Heading)) for block in rest) and any(
        head.label.startswith("narrative-") for head in heads
    )


def _paths(group: Sequence[Block], record: str) -> tuple[str, ...]:
    first = group[0] if group else None
    if not isinstance(first, Boundary):
        return ()
    match first.kind:
        case "answer":
            return (first.path,)
        case "table":
            return _table_paths(first, record)
        case "figure":
            return (record,) if record else ()
        case "passage" | "form":
            return tuple(path for name in first.built_from for path in _WIDE.get(name, (name,)))
        case "heading":
            return _narrative(group)


def _table_paths(boundary: Boundary, record: str) -> tuple[str, ...]:
    label = boundary.path.removeprefix("tables.").removeprefix("table-")
    for name, path in _TABLES:
        if label.startswith(name):
            inside = path.replace("sectors.*", record).replace("pathways.*", record)
            return (inside if record and name.endswith("-") else path,)
    return boundary.built_from


def _narrative(group: Sequence[Block]) -> tuple[str, ...]:
    """The narrative that a heading stands for while nothing is written under it."""
    for block in group:
        if isinstance(block, Heading) and block.label.startswith("narrative-"):
            return (f"narratives.{block.label.removeprefix('narrative-').replace('-', '_')}",)
    return ()


def _record_of(group: Sequence[Block]) -> str:
    first = group[0]
    if not isinstance(first, Boundary) or first.kind != "passage" or not first.built_from:
        return ""
    found = re.match(r"(sectors|pathways)\.[^.*]+", first.built_from[0])
    return found.group(0) if found else ""


def labelled(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """Return `blocks` with a label on every heading, so that each can be linked to."""
    made: list[Block] = []
    for place, block in enumerate(blocks):
        if isinstance(block, Heading) and not block.label:
            made.append(replace(block, label=f"heading-{place}"))
        else:
            made.append(block)
    return tuple(made)


@dataclass(frozen=True, slots=True)
class Place:
    """A section of the document: what to link to, and whether it is known by a number."""

    label: str
    title: str
    numbered: bool
    order: int = 0
    """How far down the document it stands."""


@dataclass(frozen=True, slots=True)
class Places:
    """Every answer that a document prints, with the section it stands in."""

    known: Mapping[str, Place]

    @property
    def named(self) -> bool:
        """Whether many sections have no number, as in a State's order, and are known by name."""
        sections = {place.label: place.numbered for place in self.known.values()}
        return sum(not numbered for numbered in sections.values()) > len(sections) / 4

    def of(self, path: str) -> Place | None:
        """Return the section that prints the answer at `path`; None when there is none."""
        for key in _nearest(path):
            if key in self.known:
                return self.known[key]
        inside = f"{path}."
        return next((place for key, place in self.known.items() if key.startswith(inside)), None)

    def all_of(self, paths: Iterable[str]) -> tuple[Place, ...]:
        """Return the sections that print `paths`, each once, as they are named."""
        found = (self.of(path) for path in paths)
        return tuple({place.label: place for place in found if place}.values())


def places(blocks: Iterable[Block]) -> Places:
    """Return where each answer is printed; headings need labels, see `pieces.labelled`."""
    numbered: dict[str, Place] = {}
    named: dict[str, Place] = {}
    front: dict[str, Place] = {}
    for piece, place in _placed(pieces_of(blocks)):
        known = front if piece.is_front else numbered if place.numbered else named
        for path in answers_in(piece):
            known.setdefault(path, place)
    return Places({**front, **named, **numbered})


def links(found: Iterable[Place]) -> Inline:
    """Return links to all of `found`, numbers before names: `2.1, 2.3; Public comment`."""
    shown = sorted(found, key=lambda place: (not place.numbered, place.order))
    runs: list[Run] = []
    for place in shown:
        if runs:
            runs.append(Run(", " if place.numbered else "; "))
        # A link without text prints the number of what it points at.
        runs.append(Run("" if place.numbered else place.title, link=f"#{place.label}"))
    return tuple(runs)


def _placed(pieces: Iterable[Piece]) -> Iterator[tuple[Piece, Place]]:
    """Each piece with the nearest heading of the contents above it, its own included."""
    above: list[Heading] = []
    order = 0
    for piece in pieces:
        for block in piece.blocks:
            if isinstance(block, Heading) and block.listed:
                order += 1
                above = [*(head for head in above if head.level < block.level), block]
        if above:
            yield piece, _place(above, order)


def _place(above: list[Heading], order: int) -> Place:
    here = above[-1]
    counts = here.level <= _DEEPEST and all(head.numbered or head.number for head in above)
    title = text_of(here.text)
    return Place(here.label, title, bool(here.number) or counts, order)


@lru_cache(maxsize=8192)
def _nearest(path: str) -> tuple[str, ...]:
    """The path, then what holds it, each as it is and with every record as `*`."""
    names = steps(path)
    general = general_names(names)
    found: list[str] = []
    for length in range(len(names), 0, -1):
        found += (".".join(names[:length]), ".".join(general[:length]))
        if length > 2:  # noqa: PLR2004
            found.append(".".join((names[0], names[1], *general[2:length])))
    return tuple(dict.fromkeys(found))
