"""Named lists that questions offer and documents print: programs, barriers, services and so on."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import cast

from localplan.errors import LocalPlanError
from localplan.knowledge.datafile import read_tree
from localplan.resources import STANDARDS

_PART = 4
"""Letters that a part of a label has at least; "in", "no" or "of" name nothing."""


class ListsError(LocalPlanError):
    """A file of lists that cannot be used."""


@dataclass(frozen=True, slots=True)
class Option:
    """One choice: the code kept in the answers, the label people read, and facts about it."""

    code: str
    label: str
    cite: str = ""
    facts: Mapping[str, str] = field(default_factory=dict, hash=False)
    """Everything else the list says, such as `required: yes` or `unit: percent`."""


@cache
def load_lists(path: Path = STANDARDS / "lists.yaml") -> Mapping[str, tuple[Option, ...]]:
    """Return every named list, plus `steps`: the guidance and action steps of the two tracks.

    Raises:
        ListsError: an item has no code or label.
    """
    tree = read_tree(path)
    named = {
        name: tuple(_option(item, name, path.name) for item in items)
        for name, items in tree.items()
        if isinstance(items, list)
    }
    return {**named, "steps": _steps(path.with_name("seeds.yaml"))}


@cache
def labels(name: str) -> Mapping[str, str]:
    """Return code to label of the list called `name`; empty when there is none."""
    return {option.code: option.label for option in load_lists().get(name, ())}


def code_of(options: Iterable[Option], written: str) -> str:
    """Return the code of the option that `written` names, by code or label in any case.

    Blank when it names none.
    """
    wanted = " ".join(written.casefold().split())
    named = (
        option.code
        for option in options
        if wanted in {option.code.casefold(), option.label.casefold()}
    )
    return next(named, "")


def code_meant(options: Iterable[Option], written: str) -> str:
    """Return the code of the option that `written` names, in full or by a part of its label.

    A part counts where it begins and ends with whole words and stands in one label only. Blank
    when it names none.
    """
    known = tuple(options)
    wanted = " ".join(written.casefold().split())
    exact = code_of(known, wanted)
    if exact or len(wanted) < _PART:
        return exact
    part = re.compile(rf"(?<!\w){re.escape(wanted)}(?!\w)")
    found = [each.code for each in known if part.search(" ".join(each.label.casefold().split()))]
    return found[0] if len(found) == 1 else ""


def required_programs() -> tuple[Option, ...]:
    """Return the one-stop programs that the law requires, WIOA sec. 121(b)(1)(B)."""
    programs = load_lists().get("one_stop_programs", ())
    return tuple(each for each in programs if each.facts.get("required") == "yes")


def partner_programs() -> tuple[Option, ...]:
    """Return the required programs that may be carried out nowhere in an area.

    Title I always is, so its absence is nothing to explain (20 CFR 678.400(b)(1)).
    """
    return tuple(each for each in required_programs() if each.facts.get("board_runs") != "yes")


def _option(item: object, name: str, file: str) -> Option:
    if not isinstance(item, dict) or not item.get("code") or not item.get("label"):
        raise ListsError(f"{file}: every item of {name} needs a code and a label")
    code, label, cite = (str(item.get(key, "")) for key in ("code", "label", "cite"))
    facts = {
        key: value if isinstance(value, str) else ", ".join(str(part) for part in value)
        for key, value in item.items()
        if key not in {"code", "label", "cite"}
    }
    return Option(code, label, cite, MappingProxyType(facts))


def _steps(path: Path) -> tuple[Option, ...]:
    steps = read_tree(path).get("steps")
    if not isinstance(steps, list):
        raise ListsError(f"{path.name}: the list of steps is missing")
    return tuple(
        Option(
            step["id"],
            step["title"],
            facts=MappingProxyType(
                {key: step.get(key, "") for key in ("track", "guidance", "action")}
                | {"element": next(iter(step.get("elements", ())), "")}
            ),
        )
        for step in cast("list[dict[str, str]]", steps)
    )
