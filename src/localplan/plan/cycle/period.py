"""The years of a plan: move them to a new cycle, or number a modification of the same one."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from localplan.plan.cycle.clearing import Cleared, take
from localplan.plan.tree import id_of, is_blank, records_in
from localplan.yamltext import Tree, Value

PROGRAM_YEARS = 4
REVIEWED_AFTER = 2
"""Years after which a board reviews and modifies its plan (WIOA sec. 108(a))."""

_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
_NUMBER = re.compile(r"(.*?)(\d{1,2})(\D*)", re.DOTALL)
_LETTERS = re.compile("[A-Za-z]{3}")
"""A name, as in `2027 Modification`; less is a year or nothing."""
_OPEN = frozenset({"not-negotiated", "not-applicable"})


@dataclass(frozen=True, slots=True)
class Moved:
    """An answer that goes with the years or the number of the plan."""

    path: str
    old: str
    new: str


def first_year_of(tree: Tree) -> int | None:
    """The program year in which the plan begins; None when it does not say."""
    facts = _facts(tree)
    for key in ("first_program_year", "period_start"):
        found = _YEAR.search(str(facts.get(key, "")))
        if found:
            return int(found.group())
    return None


def year_after(tree: Tree) -> int | None:
    """The program year that follows the plan's last; None when it does not say."""
    first = first_year_of(tree)
    return None if first is None else first + _years_of(_facts(tree))


def years_have_passed(title: str, begins: int) -> bool:
    """Whether the years that a title names are over when a plan begins in the year `begins`.

    The last year of a span may be the one in which the next plan begins: 2025-2029, then 2029.
    """
    years = sorted(set(map(int, _YEAR.findall(title))))
    last = years[-1] if years else begins
    return last < begins or (last == begins and len(years) > 1)


def as_new_cycle(
    tree: Tree, first_year: int, before: int | None, *, cleared: list[Cleared]
) -> tuple[Moved, ...]:
    """Move the plan's years to begin with `first_year`; levels of older years become history.

    What belongs to a modification only is added to `cleared`.
    """
    facts = _facts(tree)
    why = "It belongs to the plan before."
    for key in ("number", "effective_date"):
        cleared += take(facts, key, "plan", why)
    years = _years_of(facts)
    changed = facts.get("kind") == "modification"
    wanted = {
        "kind": "four-year",
        "period_start": f"{first_year}-07-01",
        "period_end": f"{first_year + years}-06-30",
        "first_program_year": str(first_year),
        "program_years": str(years),
    }
    moved = [*_set(facts, wanted)]
    since = None if before is None else before + REVIEWED_AFTER * changed
    moved += _calendar(facts, first_year, since, cleared)
    tree["plan"] = facts
    for _, metric in records_in(tree, "metrics"):
        _renew_levels(metric, range(first_year, first_year + years))
    return tuple(moved)


def as_modification(tree: Tree, *, worked_on: bool, cleared: list[Cleared]) -> tuple[Moved, ...]:
    """Number the plan as the next modification of the same period.

    A modification that nobody has worked on yet (`worked_on` is false) stays the one it is.
    """
    facts = _facts(tree)
    again = facts.get("kind") == "modification"
    if again and not worked_on:
        return ()
    number = facts.get("number")
    wanted = {"kind": "modification", "number": _next("" if is_blank(number) else str(number))}
    first = first_year_of(tree)
    if again or first is None:
        cleared += take(facts, "effective_date", "plan", "It is the date of the one before.")
    else:
        wanted["effective_date"] = f"{first + REVIEWED_AFTER}-07-01"
    moved = tuple(_set(facts, wanted))
    tree["plan"] = facts
    return moved


def _set(facts: Tree, wanted: dict[str, str]) -> Iterator[Moved]:
    for key, new in wanted.items():
        old = str(facts.get(key, ""))
        facts[key] = new
        if old != new:
            yield Moved(f"plan.{key}", old, new)


def _calendar(
    facts: Tree, first_year: int, before: int | None, cleared: list[Cleared]
) -> Iterator[Moved]:
    """Move the calendar on from the year `before`, for which it was made."""
    dates = facts.get("dates")
    if not isinstance(dates, dict) or before == first_year:
        return
    if before is None:
        cleared += take(facts, "dates", "plan", "The plan before does not say when it began.")
        return
    for key, old in dates.items():
        if isinstance(old, str) and _YEAR.search(old):
            dates[key] = _shifted(old, first_year - before)
            yield Moved(f"plan.dates.{key}", old, str(dates[key]))


def _shifted(text: str, years: int) -> str:
    moved = _YEAR.sub(lambda found: str(int(found.group()) + years), text)
    if years % 4:
        moved = re.sub(r"-0?2-29\b", "-02-28", moved)
    return moved


def _renew_levels(metric: Tree, years: range) -> None:
    """Levels of the plan before become history; each new year waits for its negotiation."""
    found = metric.get("levels")
    levels = (
        [level for level in found if isinstance(level, dict)] if isinstance(found, list) else []
    )
    if not levels:
        return
    new = {_year(level): level for level in levels if _is_open(level) and _year(level) in years}
    old = [level for level in levels if level not in new.values()]
    past = metric.get("history")
    history: list[Value] = list(past) if isinstance(past, list) else []
    history += [level for level in old if level not in history and _says(level)]
    applies = any(level.get("status") != "not-applicable" for level in levels)
    status = "not-negotiated" if applies else "not-applicable"
    metric["levels"] = [
        new.get(year, {"id": f"py{year}", "year": str(year), "status": status}) for year in years
    ]
    if history:
        metric["history"] = _named(history)


def _is_open(level: Tree) -> bool:
    return not level.get("level") and level.get("status") in _OPEN


def _says(level: Tree) -> bool:
    bare = level.keys() <= {"id", "year", "status"} and level.get("status") in _OPEN
    # A sentence that somebody typed where the year belongs says more than the year in it.
    return not bare or str(level.get("year", "")).strip() != str(_year(level))


def _named(levels: list[Value]) -> list[Value]:
    """The levels with each id used once."""
    taken: set[str] = set()
    for level in levels:
        name, number = id_of(level), 1
        while name and name in taken and isinstance(level, dict):
            number += 1
            name = f"{id_of(level)}-{number}"
        if isinstance(level, dict) and name != id_of(level):
            level["id"] = name
        taken.add(name)
    return levels


def _year(level: Tree) -> int:
    found = _YEAR.search(str(level.get("year", "")))
    return int(found.group()) if found else 0


def _next(number: str) -> str:
    """The number of the modification that follows: `Modification 1` becomes `Modification 2`."""
    found = _NUMBER.fullmatch(number)
    if not found or found.group(1)[-1:].isdigit():
        return f"{number} {2 if _LETTERS.search(number) else 'Modification 1'}".strip()
    head, digits, tail = found.groups()
    return f"{head}{int(digits) + 1:0{len(digits)}}{tail}"


def _years_of(facts: Tree) -> int:
    said = str(facts.get("program_years", "")).strip()
    return int(said) if re.fullmatch(r"[1-9]", said) else PROGRAM_YEARS


def _facts(tree: Tree) -> Tree:
    found = tree.get("plan")
    return found if isinstance(found, dict) else {}
