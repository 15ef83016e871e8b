"""What changed between two plans, or two states of one: answer by answer, and in plain words."""

import difflib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Literal, TypeAlias

from localplan.knowledge.lists import labels
from localplan.plan.cycle.sameness import with_ids_of
from localplan.plan.keys import BOARD_ONLY, NOT_ANSWERS
from localplan.plan.names import about, called, name_at
from localplan.plan.public import private_entries, shareable
from localplan.plan.tree import get, is_blank, join, leaves, records
from localplan.yamltext import Tree, Value

How: TypeAlias = Literal["added", "removed", "changed"]

THINGS = {
    "partners": "Partner",
    "providers": "Provider",
    "one_stops": "One-stop center",
    "areas": "Local area",
    "populations": "Population",
    "sectors": "Sector",
    "pathways": "Career pathway",
    "entry_points": "Entry point",
    "exit_points": "Exit point",
    "supports": "Support",
    "metrics": "Measure",
    "actions": "Action",
}
"""The lists whose records a reader wants to see come and go, and what one is called."""

NO_HEADINGS: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class AnswerChange:
    """One answer that is not the same; None where there is or was none."""

    path: str
    how: How
    label: str
    """What the answer is about, such as "Delta College: role"."""
    old: Value | None
    new: Value | None


@dataclass(frozen=True, slots=True)
class RecordChange:
    """A partner, sector, entry point or the like that came, went or has another name."""

    path: str
    how: How
    what: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class LevelChange:
    """A level of performance that is not the same for a year."""

    path: str
    measure: str
    year: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class TextChange:
    """A narrative that was written, removed or revised, and by how many words."""

    path: str
    how: How
    label: str
    words_in: int
    words_out: int


@dataclass(frozen=True, slots=True)
class Changes:
    """Everything that changed from the old answers to the new."""

    answers: tuple[AnswerChange, ...]
    records: tuple[RecordChange, ...]
    levels: tuple[LevelChange, ...]
    narratives: tuple[TextChange, ...]


def changes(old: Tree, new: Tree, headings: Mapping[str, str] = NO_HEADINGS) -> Changes:
    """Return what changed from `old` to `new`.

    Marks such as `status`, notes, and what never leaves the board are set aside. `headings` says by
    path what the plan prints above an answer.
    """
    old, new = side_by_side(old, new)
    old, new = shareable(old), shareable(new)
    before, after = _answers(old), _answers(new)
    answers = tuple(
        replace(each, label=headings.get(each.path) or each.label)
        for each in _answer_changes(before, after, old, new)
    )
    return Changes(
        answers,
        tuple(_record_changes(old, new)),
        tuple(_level_changes(old, new)),
        tuple(_text_changes(answers)),
    )


def side_by_side(old: Tree, new: Tree) -> tuple[Tree, Tree]:
    """Return both with the ids of the new one, and private in each what is private in either."""
    old = with_ids_of(old, new, THINGS)
    private: list[Value] = [*dict.fromkeys((*private_entries(old), *private_entries(new)))]
    if not private:
        return old, new
    return {**old, "private": private}, {**new, "private": private}


def words(value: Value | None) -> str:
    """The value as a reader sees it in a table."""
    if value is None or isinstance(value, str):
        return value or ""
    inner = value.values() if isinstance(value, dict) else value
    return ", ".join(words(each) for each in inner)


def both_shown(first: str, second: str, longest: int) -> tuple[str, str]:
    """Two versions of an answer on one line each, cut so that where they part can be seen."""
    one, two = (" ".join(text.split()) or "(not there)" for text in (first, second))
    pairs = enumerate(zip(one, two, strict=False))
    same = next((at for at, (mine, theirs) in pairs if mine != theirs), min(len(one), len(two)))
    begin = 0
    if max(len(one), len(two)) > longest and same > longest // 2:
        begin = one.rfind(" ", 0, same - longest // 4) + 1
    return _cut(one, begin, longest), _cut(two, begin, longest)


def _cut(text: str, begin: int, longest: int) -> str:
    shown = text[begin : begin + longest]
    return ("… " if begin else "") + shown + (" …" if text[begin + longest :] else "")


def _answers(tree: Tree) -> dict[str, Value]:
    told = {key: value for key, value in tree.items() if key not in NOT_ANSWERS}
    answers = {
        path: value
        for path, value in leaves(told).items()
        if not is_blank(value) and not _is_past(path) and not _is_board_only(path)
    }
    return answers | dict(_own_words(tree))


def _own_words(tree: Tree) -> Iterator[tuple[str, Value]]:
    """The board's own words in place of passages, without what they were built from."""
    found = tree.get("passages")
    for name, passage in found.items() if isinstance(found, dict) else ():
        text = passage.get("text") if isinstance(passage, dict) else None
        if text is not None and not is_blank(text):
            yield join(("passages", name)), text


def _is_past(path: str) -> bool:
    return path.startswith("metrics.") and ".history." in path


def _is_board_only(path: str) -> bool:
    return not BOARD_ONLY.isdisjoint(path.split("."))


def _answer_changes(
    before: dict[str, Value], after: dict[str, Value], old: Tree, new: Tree
) -> Iterator[AnswerChange]:
    for path, value in after.items():
        if path not in before:
            yield AnswerChange(path, "added", about(new, path), None, value)
        elif before[path] != value:
            yield AnswerChange(path, "changed", about(new, path), before[path], value)
    for path, value in before.items():
        if path not in after:
            yield AnswerChange(path, "removed", about(old, path), value, None)


def _record_changes(old: Tree, new: Tree) -> Iterator[RecordChange]:
    for places, what in _places(old, new):
        before = _named(places, old)
        after = _named(places, new)
        for path, name in after.items():
            if path not in before:
                yield RecordChange(path, "added", what, "", name)
            elif before[path] != name:
                yield RecordChange(path, "changed", what, before[path], name)
        for path, name in before.items():
            if path not in after:
                yield RecordChange(path, "removed", what, name, "")


def _places(old: Tree, new: Tree) -> Iterator[tuple[tuple[str, ...], str]]:
    pathways = dict.fromkeys([*records(old, "pathways"), *records(new, "pathways")])
    for key, what in THINGS.items():
        inside = key in {"entry_points", "exit_points"}
        yield (tuple(f"{path}.{key}" for path in pathways) if inside else (key,)), what


def _named(places: Iterable[str], tree: Tree) -> dict[str, str]:
    return {path: called(tree, path) for place in places for path in records(tree, place)}


def _level_changes(old: Tree, new: Tree) -> Iterator[LevelChange]:
    before, after = dict(_levels(old)), dict(_levels(new))
    keys = {*after, *before}
    order = list(dict.fromkeys(path for path, _ in [*after, *before]))
    for key in sorted(keys, key=lambda key: (order.index(key[0]), key[1])):
        path, year = key
        was, now = before.get(key, ("", "")), after.get(key, ("", ""))
        if was[1] != now[1]:
            yield LevelChange(path, now[0] or was[0], year, was[1], now[1])


def _levels(tree: Tree) -> Iterator[tuple[tuple[str, str], tuple[str, str]]]:
    """Each level by metric and year: the measure's name, and level with its status."""
    for path in records(tree, "metrics"):
        measure = _measure(tree, path)
        for place in records(tree, f"{path}.levels"):
            year = words(get(tree, f"{place}.year"))
            status = words(get(tree, f"{place}.status")).replace("-", " ")
            level = words(get(tree, f"{place}.level"))
            shown = f"{level} ({status})" if level and status else level or status
            yield (path, year), (measure, shown)


def _measure(tree: Tree, path: str) -> str:
    """The measure's name, and whose it is: programs and areas have measures of the same name."""
    name = called(tree, path)
    program = words(get(tree, f"{path}.program"))
    of = words(get(tree, f"{path}.of"))
    owner = next(
        (
            found
            for root in ("areas", "providers", "pathways", "partners")
            if (found := name_at(tree, f"{root}.{of}"))
        ),
        "",
    )
    whose = [labels("one_stop_programs").get(program, program), owner]
    return f"{name} ({', '.join(filter(None, whose))})" if any(whose) else name


def _text_changes(answers: Iterable[AnswerChange]) -> Iterator[TextChange]:
    for change in answers:
        if change.path.startswith("narratives."):
            more, less = _word_counts(words(change.old).split(), words(change.new).split())
            yield TextChange(change.path, change.how, change.label, more, less)


def _word_counts(old: list[str], new: list[str]) -> tuple[int, int]:
    if not old or not new:
        return len(new), len(old)
    kept = sum(
        block.size
        for block in difflib.SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
    )
    return len(new) - kept, len(old) - kept
