"""The local boards of a plan: which areas each one has, and which records are the Board itself."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from localplan.knowledge.lists import load_lists
from localplan.plan.model import Area, Partner, Plan

_BODIES = ("board", "boards", "council", "commission")
"""How the name of a board ends; names of programs and abbreviations end otherwise."""
KIND = re.compile(r"\s+(?:Local )?Workforce (?:Development |Investment )?Board$")
"""What the names of most boards end in, behind the place that tells them apart."""


@dataclass(frozen=True, slots=True)
class LocalBoard:
    """One local board of a plan, with its local areas in the order of the answers."""

    name: str
    areas: tuple[Area, ...]

    @property
    def places(self) -> tuple[str, ...]:
        """The counties, cities and tribal lands of its areas, each once."""
        named = (name for area in self.areas for name in area.jurisdictions)
        return tuple(dict.fromkeys(named))


def local_boards(plan: Plan) -> tuple[LocalBoard, ...]:
    """Return each local board of `plan` once, in the order of the areas.

    An area that names no board is the plan's own board's. A plan without areas has the one board
    that it names; a plan that names neither has none. One of several that nobody named is called
    by its area, an only one not at all.
    """
    own = plan.board.name or ""
    found: dict[str, tuple[str, list[Area]]] = {}
    for area in plan.areas:
        name = area.board or own
        found.setdefault(_plain(name), (name, []))[1].append(area)
    if not found:
        return (LocalBoard(own, ()),) if own else ()
    several = len(found) > 1
    return tuple(
        LocalBoard(name or (_unnamed(areas) if several else ""), tuple(areas))
        for name, areas in found.values()
    )


def is_named(board: LocalBoard, name: str | None) -> bool:
    """Return True when `name` is what `board` is called, however it is spaced or capitalized."""
    return bool(name) and _plain(board.name) == _plain(name or "")


def names_all(name: str, boards: Sequence[LocalBoard]) -> bool:
    """Return True when `name` says each of several boards by what tells it apart."""
    heads = [KIND.sub("", board.name) for board in boards]
    said = (head and re.search(rf"\b{re.escape(head)}\b", name) for head in heads)
    return len(heads) > 1 and all(said)


def is_apart(plan: Plan) -> bool:
    """Return True when the board that `plan` names is no board of its areas, nor all of them."""
    name = plan.board.name or ""
    boards = local_boards(plan)
    if not name or any(is_named(board, name) for board in boards):
        return False
    return bool(boards) and not names_all(name, boards)


def own_records(plan: Plan) -> frozenset[str]:
    """Return the ids of the partners that are a board of `plan`, or the programs that it runs.

    A local board that carries out title I and nothing else is the one whose plan this is, unless
    it goes by the name of another board and no area of the plan is its area.
    """
    boards = local_boards(plan)
    areas = {area.id for area in plan.areas}
    return frozenset(
        partner.id
        for partner in plan.partners
        if any(is_named(board, partner.name) for board in boards)
        or is_named(LocalBoard(plan.board.name or "", ()), partner.name)
        or (_runs_title_i(partner) and (partner.area in areas or not _is_body(partner.name)))
    )


def _runs_title_i(partner: Partner) -> bool:
    run = set(_programs_of_boards())
    return (
        partner.kind == "workforce-board"
        and bool(partner.programs)
        and run.issuperset(partner.programs)
    )


def _programs_of_boards() -> Iterator[str]:
    for option in load_lists().get("one_stop_programs", ()):
        if option.facts.get("board_runs") == "yes":
            yield option.code


def _is_body(name: str | None) -> bool:
    return _plain(name or "").endswith(_BODIES)


def _plain(name: str) -> str:
    return " ".join(name.casefold().removeprefix("the ").split())


def _unnamed(areas: list[Area]) -> str:
    return f"The board of {areas[0].name or areas[0].id}"
