"""Where a document prints each answer: the section a reader can turn to."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from localplan.document.blocks import Block, Heading, Inline, Run, text_of
from localplan.document.pieces import Piece, answers_in, pieces_of
from localplan.plan.tree import steps

_DEEPEST = 3
"""The deepest level of heading that carries a number."""


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
    general = [name if position % 2 == 0 else "*" for position, name in enumerate(names)]
    found: list[str] = []
    for length in range(len(names), 0, -1):
        found += (".".join(names[:length]), ".".join(general[:length]))
        if length > 2:  # noqa: PLR2004
            found.append(".".join((names[0], names[1], *general[2:length])))
    return tuple(dict.fromkeys(found))
