"""Which carried answers deserve the first look, and why."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from localplan.plan.cycle.clearing import PERSON
from localplan.plan.cycle.period import first_year_of, years_have_passed
from localplan.plan.keys import KEYS
from localplan.plan.progress import Item
from localplan.plan.tree import get, id_of, is_blank, join, names_of, records_in
from localplan.yamltext import Tree, Value

USUAL_SHELF_LIFE = 24
"""Months after which a figure without a shelf life of its own should be looked at again."""

_YEARS_OF_AGREEMENT = 3
_DAY = re.compile(r"(20\d\d)-(\d{1,2})(?:-(\d{1,2}))?|(\d{1,2})/(\d{1,2})/(20\d\d)")
_SPOKEN_YEAR = re.compile(r"(?<![\d$.,-])20\d\d(?![\d,])")
_FIGURE = re.compile(r"\$?\d[\d,.]*%?")
_LONG = 60
_THEN = {
    "planned": "It was planned, then. Has it begun?",
    "planning": "It was being planned, then. Has it begun?",
    "emerging": "It was emerging, then. Is it still?",
    "in-negotiation": "It was being negotiated, then. Is it signed?",
    "proposed": "It was proposed, then. Was it negotiated?",
}
_AGREED = {
    ("partners", "mou_date"): "Agreements are reviewed every 3 years (WIOA sec. 121(c)(2)(A)(v)).",
    ("one_stops", "certified_on"): "Centers are certified every 3 years (20 CFR 678.800(d)).",
}


def doubts_of(tree: Tree, *, kind: str, today: date) -> dict[str, str]:
    """The path of each answer that may no longer be true, with the reason in a sentence."""
    stale = _stale(tree, today)
    first = first_year_of(tree)
    past = today.year if kind == "modification" or first is None else first
    known = _Known(stale, past, _people(tree))
    doubts: dict[str, str] = {}
    for root, value in tree.items():
        if root in KEYS and KEYS[root].ages:
            doubts.update(_in(value, (root,), known))
    begin = today if kind == "modification" or first is None else date(first, 7, 1)
    doubts.update(_facts(tree, today))
    doubts.update(_titles(tree, first))
    doubts.update(_overdue(tree, begin))
    doubts.update(_own_words(tree))
    return doubts


def most_doubtful_first(items: Iterable[Item]) -> tuple[Item, ...]:
    """The carried items: those with a reason for doubt, then figures and names, then long texts."""
    carried = (item for item in items if item.carried)
    return tuple(sorted(carried, key=_rank))


_NO_PERSONS = frozenset({"public_contact", "reply_to"})
"""Printed contacts, which are often an office."""
_PERSONS = frozenset({"director", "chair", "name", "signer", "prepared_by", "by"})
_MOST_NAMES = 5
_FIGURES = frozenset({"number", "percent", "dollars", "count", "date", "program-year"})


def _rank(item: Item) -> int:
    if item.standing.get("reason"):
        return 0
    if item.question.kind in _FIGURES:
        return 1
    return 2 if item.question.kind == "text" else 3


class _Known(NamedTuple):
    """What speaks against a text: stale evidence by id, the year it may not name, who has left."""

    stale: dict[str, str]
    past: int
    people: tuple[str, ...]


def _in(value: Value, names: tuple[str, ...], known: _Known) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        source = value.get("evidence")
        old = known.stale.get(source, "") if isinstance(source, str) else ""
        for key, inner in value.items():
            if old and isinstance(inner, str) and key not in {"id", "evidence"}:
                if _FIGURE.fullmatch(inner.strip()):
                    yield join((*names, key)), f"Its source {source}: {old[:1].lower()}{old[1:]}"
            else:
                yield from _in(inner, (*names, key), known)
    elif isinstance(value, list):
        for name, item in zip(names_of(value), value, strict=True):
            if isinstance(item, dict):
                yield from _in(item, (*names, name), known)
    elif reason := _of_text(value, names, known):
        yield join(names), reason


def _of_text(text: str, names: tuple[str, ...], known: _Known) -> str:
    if names[0] == "evidence":
        return known.stale.get(names[1], "") if names[-1] == "value" else ""
    if names[-1] in {"standing", "mou", "status"}:
        return _THEN.get(text.strip(), "")
    if names[-1] == "prior_actual":
        return "A newer result may be out."
    if names[0] == "plan":
        return ""
    said: list[str] = []
    if len(text) >= _LONG:
        years = sorted({year for year in _SPOKEN_YEAR.findall(text) if int(year) < known.past})
        said += [f"It speaks of {_listed(years)}."] if years else []
    people = [person for person in known.people if person in text]
    said += [f"It names {_listed(people)}. People change."] if people else []
    return " ".join(said)


def _listed(words: list[str]) -> str:
    return " and ".join([", ".join(words[:-1]), words[-1]]) if words[1:] else words[0]


def _people(tree: Tree) -> tuple[str, ...]:
    """Names of persons that were cleared, now or in a cycle before."""
    people: dict[str, None] = {}
    for _, entry in records_in(tree, "history"):
        if entry.get("why") == PERSON:
            place = str(entry.get("path", "")).split(".")
            if place[-1] in _PERSONS and not _NO_PERSONS.intersection(place):
                people.update(dict.fromkeys(_names_in(str(entry.get("text", "")))))
    return tuple(people)


def _names_in(text: str) -> Iterator[str]:
    """The name of a person at the head of each line, before the office that follows it."""
    for line in text.splitlines():
        name = line.partition(",")[0].strip()
        words = name.split()
        if 1 < len(words) < _MOST_NAMES and all(word[0].isupper() for word in words):
            yield name


def _stale(tree: Tree, today: date) -> dict[str, str]:
    """Id of each piece of evidence that is past its shelf life, with the reason."""
    reasons: dict[str, str] = {}
    for _, entry in records_in(tree, "evidence"):
        if not is_blank(entry.get("value")):
            reason = _past_shelf_life(entry, today)
            if reason:
                reasons[id_of(entry)] = reason
    return reasons


def _past_shelf_life(entry: Tree, today: date) -> str:
    retrieved = _day(entry.get("retrieved"))
    if retrieved is None:
        return "Nobody noted when it was looked up."
    months = _months(entry.get("shelf_life"))
    age = (today.year - retrieved.year) * 12 + today.month - retrieved.month
    if age < months or (age == months and today.day <= retrieved.day):
        return ""
    return f"Looked up {retrieved.isoformat()}, good for {months} months."


def _months(value: Value | None) -> int:
    given = value.strip() if isinstance(value, str) else ""
    return int(given) if re.fullmatch(r"\d{1,3}", given) else USUAL_SHELF_LIFE


def _facts(tree: Tree, today: date) -> Iterator[tuple[str, str]]:
    if get(tree, "plan.track") == "new":
        yield "plan.track", "Career pathways were new, then. Are they under way now?"
    for (root, key), rule in _AGREED.items():
        for path, record in records_in(tree, root):
            day = _day(record.get(key))
            if day and today.year - day.year >= _YEARS_OF_AGREEMENT:
                yield f"{path}.{key}", rule
    for path, record in records_in(tree, "providers"):
        end = _day(record.get("contract_end"))
        if end and end <= today:
            yield f"{path}.contract_end", "The contract has ended."
    for path, record in records_in(tree, "areas"):
        if not is_blank(record.get("chief_elected_officials")):
            yield f"{path}.chief_elected_officials", "Do they still hold office?"


def _titles(tree: Tree, first: int | None) -> Iterator[tuple[str, str]]:
    for path in ("plan.title", "plan.regional_plan.title"):
        title = get(tree, path)
        if first is not None and isinstance(title, str) and years_have_passed(title, first):
            yield path, "It names the years of the plan before."


def _overdue(tree: Tree, begin: date) -> Iterator[tuple[str, str]]:
    for path, record in records_in(tree, "actions"):
        due = _day(record.get("due"))
        if due and due < begin:
            yield f"{path}.due", "It was due by then. By when now?"


def _own_words(tree: Tree) -> Iterator[tuple[str, str]]:
    found = tree.get("passages")
    for name in found if isinstance(found, dict) else ():
        reason = "Your own words stand here for what the program writes. Do they still hold?"
        yield join(("passages", name)), reason


def _day(value: Value | None) -> date | None:
    found = _DAY.search(value) if isinstance(value, str) else None
    if not found:
        return None
    year, month, day, us_month, us_day, us_year = found.groups()
    try:
        if us_year:
            return date(int(us_year), int(us_month), int(us_day))
        return date(int(year), int(month), int(day or 1))
    except ValueError:
        return None
