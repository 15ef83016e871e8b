"""Begin the next plan from the last: a new cycle, or a modification of the plan in force.

Nothing is guessed and nothing is lost. What can be carried arrives marked `carried` until a person
confirms or changes it; what cannot be is cleared into `history`, with the reason.
"""

import copy
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

from localplan.knowledge.questions import Questionnaire
from localplan.plan.cycle.clearing import Cleared, clear, drop_finished_actions, keep_past
from localplan.plan.cycle.doubts import doubts_of
from localplan.plan.cycle.period import Moved, as_modification, as_new_cycle, first_year_of
from localplan.plan.file.identifiers import with_ids
from localplan.plan.keys import NOT_ANSWERS
from localplan.plan.progress import assess
from localplan.plan.tree import is_blank, join, leaves
from localplan.yamltext import Tree, Value

Kind: TypeAlias = Literal["four-year", "modification"]

_EXPLAINS = "narratives.modification_"
_SETTLED = frozenset({"not-applicable", "regional"})
_OUTSIDE = re.compile(r"metrics\.[^.]+\.history\.|.*\.definition\.[a-g]\.(by|on)$")


@dataclass(frozen=True, slots=True)
class ToAnswer:
    """A required question that the old plan does not answer for the new one."""

    path: str
    ask: str
    again: bool
    """True when the old plan answered it and the answer was cleared; else nobody ever did."""


@dataclass(frozen=True, slots=True)
class CarryReport:
    """What happened to each answer of the old plan."""

    carried: tuple[str, ...]
    """Paths of the answers that a person now confirms or changes."""
    doubts: tuple[tuple[str, str], ...]
    """Path and reason of each carried answer that deserves the first look."""
    moved: tuple[Moved, ...]
    cleared: tuple[Cleared, ...]
    dropped: tuple[str, ...]
    """Actions that were done or given up."""
    to_answer: tuple[ToAnswer, ...]
    settled: tuple[tuple[str, str], ...]
    """Path and reason of what the old plan said does not apply or stands in the regional plan."""


@dataclass(frozen=True, slots=True)
class Carried:
    """The answers of the new plan, and the report."""

    tree: Tree
    report: CarryReport


def carry(
    old: Tree,
    questionnaire: Questionnaire,
    *,
    first_year: int,
    kind: Kind = "four-year",
    today: date,
) -> Carried:
    """Return the answers of the next plan, begun from those of the `old` one.

    A new cycle begins with program year `first_year`. A modification keeps the old period, whatever
    `first_year` says, and gets the next number.
    """
    tree: Tree = copy.deepcopy(with_ids(old))
    before = first_year_of(old)
    cleared = clear(tree, modification=kind == "modification")
    dropped = drop_finished_actions(tree)
    if kind == "modification":
        moved = as_modification(tree, worked_on=_worked_on(old), cleared=cleared)
    else:
        moved = as_new_cycle(tree, first_year, before, cleared=cleared)
    keep_past(tree, cleared, today)
    doubts = doubts_of(tree, kind=kind, today=today)
    doubts.update({change.path: _of_move(change) for change in moved})
    paths = tuple(_answers(tree))
    _mark(tree, paths, doubts)
    return Carried(
        tree,
        CarryReport(
            carried=paths,
            doubts=tuple((path, doubts[path]) for path in paths if path in doubts),
            moved=moved,
            cleared=tuple(cleared),
            dropped=dropped,
            to_answer=_to_answer(tree, questionnaire, {each.path for each in cleared}),
            settled=tuple(_settled(tree)),
        ),
    )


def confirmed(tree: Tree, paths: Iterable[str], *, by: str, on: date) -> Tree:
    """Return the tree with the carried answers at `paths` confirmed by a person."""
    status = tree.get("status")
    said: Tree = dict(status) if isinstance(status, dict) else {}
    for path in paths:
        if _state(said.get(path)) == "carried":
            said[path] = {"state": "confirmed", "by": by, "on": on.isoformat()}
    return {**tree, "status": said}


def _of_move(change: Moved) -> str:
    return f"Moved from {change.old}." if change.old else "Filled in when the plan was carried."


def _answers(tree: Tree) -> Iterator[str]:
    """Paths of what a person answered; marks and records of the past are not among them."""
    answers = {key: value for key, value in tree.items() if key not in NOT_ANSWERS}
    for path, value in leaves(answers).items():
        if not is_blank(value) and not _OUTSIDE.match(path) and ".#" not in path:
            yield path
    words = tree.get("passages")
    for name, passage in words.items() if isinstance(words, dict) else ():
        if isinstance(passage, dict) and not is_blank(passage.get("text")):
            yield join(("passages", name))


def _mark(tree: Tree, paths: tuple[str, ...], doubts: dict[str, str]) -> None:
    """Give each answer one entry under `status`; what does not apply keeps saying so."""
    old = tree.get("status")
    said: Tree = old if isinstance(old, dict) else {}
    status: Tree = {}
    for path in paths:
        status[path] = _entry(said.get(path), doubts.get(path, ""))
    for path, entry in said.items():
        if path not in status and _state(entry) in _SETTLED:
            status[path] = entry
    tree["status"] = status


def _settled(tree: Tree) -> Iterator[tuple[str, str]]:
    status = tree.get("status")
    for path, entry in status.items() if isinstance(status, dict) else ():
        if _state(entry) in _SETTLED:
            reason = _text(entry, "reason")
            yield path, f"{_state(entry).replace('-', ' ')}{f', {reason}' if reason else ''}"


def _entry(old: Value | None, doubt: str) -> Value:
    if _state(old) in _SETTLED:
        return old or {}
    reason = doubt or (_text(old, "reason") if _state(old) == "carried" else "")
    return {"state": "carried", "reason": reason} if reason else {"state": "carried"}


def _state(entry: Value | None) -> str:
    return _text(entry, "state")


def _text(entry: Value | None, key: str) -> str:
    found = entry.get(key) if isinstance(entry, dict) else None
    return found if isinstance(found, str) else ""


def _worked_on(old: Tree) -> bool:
    """False for a plan that was carried and in which nobody has confirmed or written anything."""
    status = old.get("status")
    states = {_state(entry) for entry in status.values()} if isinstance(status, dict) else set()
    narratives = old.get("narratives")
    keys = narratives if isinstance(narratives, dict) else {}
    explained = any(f"narratives.{key}".startswith(_EXPLAINS) for key in keys)
    return explained or "carried" not in states or bool(states & {"confirmed", "changed"})


def _to_answer(tree: Tree, questionnaire: Questionnaire, cleared: set[str]) -> tuple[ToAnswer, ...]:
    return tuple(
        ToAnswer(item.path, item.question.ask, item.path in cleared)
        for item in assess(questionnaire, tree).items()
        if not item.settled and (item.required or item.path.startswith(_EXPLAINS))
    )
