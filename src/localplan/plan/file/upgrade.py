"""Bring answers of an older format to this one, step by step; nothing that was typed is lost."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, TypeAlias

from localplan.knowledge.renewals import Renewal, load_renewals
from localplan.knowledge.targets import Target
from localplan.plan.file.formats import format_of
from localplan.plan.file.parking import park
from localplan.plan.file.renaming import with_renamed_keys
from localplan.plan.tree import get, is_blank, matches, put, remove, steps
from localplan.yamltext import Tree, Value

Fate: TypeAlias = Literal["moved", "needs-you", "retired"]

OLDEST = 1
"""The first format; a lower number counts as this one."""

_CLOCK = re.compile(r",?\s*\b(\d{1,2}(?::\d\d)?\s*[ap]\.?m\b\.?)(,?)", re.IGNORECASE)
_ABOUT = ("status", "notes", "passages")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one answer; every answer that is not named was kept as it is."""

    fate: Fate
    path: str
    to: str
    why: str


@dataclass(frozen=True, slots=True)
class Upgraded:
    """The answers in the newest format, and what happened on the way."""

    tree: Tree
    old: int
    new: int
    outcomes: tuple[Outcome, ...]


def modernized(text: str, tree: Tree, newest: int) -> tuple[str, Tree]:
    """Return an older file's text, renamed keys under their new names, and its upgraded answers."""
    old = format_of(tree)
    late = [each for each in load_renewals() if old is not None and each.format > old]
    return with_renamed_keys(text, late), upgraded(tree, newest).tree


def upgraded(tree: Tree, newest: int) -> Upgraded:
    """Return the answers brought to the format `newest`; those without a number are left alone."""
    old = format_of(tree)
    outcomes: list[Outcome] = []
    if old is None or old >= newest:
        return Upgraded(tree, old or newest, newest, ())
    for number in range(max(old, OLDEST) + 1, newest + 1):
        tree = _STEPS[number](tree, outcomes)
        tree = put(tree, "localplan", str(number))
    return Upgraded(tree, old, newest, tuple(outcomes))


def to_format_2(tree: Tree, outcomes: list[Outcome]) -> Tree:
    """The answers with what the questions of format 2 renamed, split and retired."""
    return renewed(tree, 2, outcomes)


_STEPS: Mapping[int, Callable[[Tree, list[Outcome]], Tree]] = MappingProxyType({2: to_format_2})


def renewed(
    tree: Tree,
    number: int,
    outcomes: list[Outcome],
    declared: tuple[Renewal, ...] | None = None,
) -> Tree:
    """Return the answers after the changes that are declared for the format `number`."""
    for renewal in load_renewals() if declared is None else declared:
        if renewal.format == number:
            for places in _places(tree, renewal):
                tree = _applied(tree, renewal, places, outcomes)
    return tree


Places: TypeAlias = tuple[tuple[str, ...], tuple[str, ...]]


def _places(tree: Tree, renewal: Renewal) -> Iterator[Places]:
    """Sources and targets of the change in each record that has one of the sources."""
    seen: set[Places] = set()
    for source in renewal.sources:
        pattern = Target.parse(source)
        stars = [at for at, step in enumerate(steps(source)) if step == "*"]
        for path, value in matches(tree, pattern):
            if value is None:
                continue
            names = steps(path)
            ids = [names[at] for at in stars]
            found = (
                tuple(_filled(each, ids) for each in renewal.sources),
                tuple(_filled(each, ids) for each in renewal.to),
            )
            if found not in seen:
                seen.add(found)
                yield found


def _filled(pattern: str, ids: list[str]) -> str:
    for name in ids:
        pattern = pattern.replace("*", name, 1)
    return pattern


def _applied(tree: Tree, renewal: Renewal, places: Places, outcomes: list[Outcome]) -> Tree:
    sources, to = places
    match renewal.how:
        case "renamed" | "merged":
            for source in sources:
                tree = _moved(tree, source, to[0], renewal, outcomes)
        case "split":
            tree = _split(tree, renewal, (sources[0], to), outcomes)
        case "retired" if is_blank(get(tree, sources[0])):
            tree = remove(tree, sources[0])
        case "retired":
            tree = park(tree, sources[0], "No longer asked")
            outcomes.append(Outcome("retired", sources[0], "parked", renewal.why))
    return tree


def _moved(tree: Tree, source: str, to: str, renewal: Renewal, outcomes: list[Outcome]) -> Tree:
    value, there = get(tree, source), get(tree, to)
    if value is None:
        return tree
    if is_blank(value):
        tree = remove(tree, source)
        return tree if there is not None else put(tree, to, value)
    if not is_blank(there) and there != value:
        tree = park(tree, source, "Two answers became one")
        outcomes.append(Outcome("needs-you", source, to, renewal.why))
        return tree
    outcomes.append(Outcome("moved", source, to, renewal.why))
    return _followed(put(remove(tree, source), to, value), source, to)


def _split(
    tree: Tree, renewal: Renewal, places: tuple[str, tuple[str, ...]], outcomes: list[Outcome]
) -> Tree:
    source, to = places
    value = get(tree, source)
    rule = _RULES.get(renewal.by)
    parts = rule(value) if rule and isinstance(value, str) else None
    if source in to and (is_blank(value) or parts == (value,)):
        return tree
    if parts is None or any(not is_blank(get(tree, path)) for path in to if path != source):
        outcomes.append(Outcome("needs-you", source, ", ".join(to), renewal.why))
        return tree if source in to else _moved(tree, source, to[0], renewal, [])
    if source not in to:
        tree = _followed(remove(tree, source), source, to[0])
    for path, part in zip(to, parts, strict=True):
        tree = put(tree, path, part)
    outcomes.append(Outcome("moved", source, ", ".join(to), renewal.why))
    return tree


def _clock_time(text: str) -> tuple[str, ...] | None:
    """The text without its time of day, and the time; the text alone where it names none."""
    times = list(_CLOCK.finditer(text))
    if not times:
        return (text,)
    if len(times) > 1:
        return None
    (found,) = times
    place = text[: found.start()] + (found.group(2) if text[found.end() :] else "")
    return (place + text[found.end() :]).strip(" ,"), found.group(1)


_RULES: Mapping[str, Callable[[str], tuple[str, ...] | None]] = MappingProxyType(
    {"clock-time": _clock_time}
)


def _followed(tree: Tree, source: str, to: str) -> Tree:
    """The tree in which what was said about the answer, such as notes, goes along with it."""
    for about in _ABOUT:
        said = get(tree, f"{about}.{source}")
        if said is not None and get(tree, f"{about}.{to}") is None:
            tree = put(remove(tree, f"{about}.{source}"), f"{about}.{to}", said)
    accepted = tree.get("accepted")
    if isinstance(accepted, dict):
        tree = {**tree, "accepted": dict(_accepted(accepted, source, to))}
    private = tree.get("private")
    if isinstance(private, list) and source in private:
        tree = put(tree, "private", [to if path == source else path for path in private])
    return tree


def _accepted(accepted: Tree, source: str, to: str) -> Iterator[tuple[str, Value]]:
    """What a person let stand, under the names that the findings about the answer have now."""
    old, new = (f"/{path.replace('.', '/')}/" for path in (source, to))
    for name, said in accepted.items():
        yield f"{name}/".replace(old, new).removesuffix("/"), said
