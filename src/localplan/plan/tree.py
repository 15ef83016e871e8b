"""Find, put and list answers in a tree: plain dictionaries, lists and texts.

A *path* is keys and record ids joined by dots: `partners.sierra-college.role`. A record without
an id (or with one that is already taken) is reached by its position, from 1: `partners.#2.role`.
A key that holds a dot stands in double quotation marks: `plan."v1.2"`. In the groups whose keys
are themselves paths (`status`, `notes`, `accepted`, `passages`) everything behind the first dot
is one key: `status.partners.sierra-college.role` is the entry about that answer.

One leaf is one answer: a text, or a list that holds no records.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import TypeAlias

from localplan.knowledge.targets import (
    ANYTHING,
    NOTHING,
    Clause,
    Condition,
    Each,
    Key,
    Segment,
    Target,
    Where,
)
from localplan.plan.keys import ORDER, is_record_list
from localplan.yamltext import Tree, Value

KEYED_BY_PATH = frozenset({"status", "notes", "accepted", "passages"})

_STEP = re.compile(r'"((?:[^"]|"")*)"(?:\.|$)|([^.]*)(?:\.|$)')
_YES = frozenset({"yes", "y", "true"})
_NO = frozenset({"no", "n", "false"})


@lru_cache(maxsize=8192)
def steps(path: str) -> tuple[str, ...]:
    """The keys and ids that lead to the answer, outermost first."""
    root, _, rest = path.partition(".")
    if root in KEYED_BY_PATH and rest and not rest.startswith('"'):
        return (root, rest)
    if path and '"' not in path and path[-1] != ".":
        return tuple(path.split("."))
    found: list[str] = []
    position = 0
    while position < len(path):
        match = _STEP.match(path, position)
        if not match:
            return (*found, path[position:])
        quoted, plain = match.groups()
        found.append(plain if quoted is None else quoted.replace('""', '"'))
        position = match.end()
    return tuple(found)


def join(names: Sequence[str]) -> str:
    """The path that `steps` takes apart into `names`."""
    if _is_entry(names) and not names[1].startswith('"'):
        return f"{names[0]}.{names[1]}"
    joined = ".".join(names)
    if '"' not in joined and "" not in names and joined.count(".") == len(names) - 1:
        return joined
    return ".".join(_quoted(name) for name in names)


def get(tree: Value, path: str) -> Value | None:
    """The value at `path`; None when there is nothing."""
    return value_at(tree, steps(path))


def value_at(tree: Value, names: Sequence[str]) -> Value | None:
    """The value that the steps `names` lead to; None when there is nothing."""
    found: Value | None = tree
    for name in names:
        found = _inner(found, name)
    return found


def put(tree: Tree, path: str, value: object) -> Tree:
    """A tree with `value` at `path`; what did not change is shared with the old tree.

    Groups on the way are made where they are missing, and a record id that is not there yet adds
    a record. Numbers, dates and yes or no become text as a person would type them.
    """
    return _put_in_group(tree, steps(path), plain(value))


def remove(tree: Tree, path: str) -> Tree:
    """A tree without what is at `path`; the same tree when there is nothing."""
    names = steps(path)
    if value_at(tree, names) is None:
        return tree
    holder = value_at(tree, names[:-1])
    if isinstance(holder, dict):
        left: Value = {key: value for key, value in holder.items() if key != names[-1]}
    elif isinstance(holder, list):
        gone = position_of(holder, names[-1])
        left = [item for position, item in enumerate(holder) if position != gone]
    else:
        return tree
    return _put_in_group(tree, names[:-1], left)


def plain(value: object) -> Value:
    """The value as a tree holds it: dictionaries, lists and texts only."""
    if value is None or isinstance(value, str):
        return value or ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):
        return {str(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, Sequence):
        return [plain(inner) for inner in value]
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def is_blank(value: Value | None) -> bool:
    """True for nothing, empty text, `~`, and lists or groups that hold nothing else."""
    if value is None:
        return True
    if isinstance(value, str):
        return value.strip() in {"", "~"}
    inner = value.values() if isinstance(value, dict) else value
    return all(is_blank(each) for each in inner)


def is_records(value: Value | None) -> bool:
    """True for a list that holds records (dictionaries); a list of plain texts is one answer."""
    return isinstance(value, list) and any(isinstance(item, dict) for item in value)


def leaves(tree: Tree) -> dict[str, Value]:
    """Every answer by its path, in the order of the file; a record's `id` is no answer."""
    return {join(names): value for names, value in _leaves(tree, ())}


def names_of(records: Sequence[Value]) -> tuple[str, ...]:
    """How each item of a list is reached: its id, or `#` and its position."""
    names: dict[str, None] = {}
    for position, item in enumerate(records, 1):
        given = id_of(item)
        names[given if given and given not in names else f"#{position}"] = None
    return tuple(names)


def records(tree: Tree, path: str) -> tuple[str, ...]:
    """The path of each record of the list at `path`; empty when there is no list of records."""
    return tuple(record for record, _ in records_in(tree, path))


def records_in(tree: Tree, path: str) -> Iterator[tuple[str, Tree]]:
    """Each record of the list at `path`, with its own path; nothing when there is no such list."""
    found = get(tree, path)
    if isinstance(found, list):
        for name, item in zip(names_of(found), found, strict=True):
            if isinstance(item, dict):
                yield f"{path}.{name}", item


def id_of(item: Value) -> str:
    """The record's id; empty when it has none."""
    given = item.get("id") if isinstance(item, dict) else None
    if not isinstance(given, str) or not given or given[0] == "#" or given.strip() in {"", "~"}:
        return ""
    return given


def position_of(records: Sequence[Value], name: str) -> int | None:
    """The position (from 0) of the record with this id, or at `#n`."""
    if name.startswith("#") and name[1:].isdecimal():
        position = int(name[1:]) - 1
        return position if 0 <= position < len(records) else None
    for at, item in enumerate(records):
        if isinstance(item, dict) and item.get("id") == name and id_of(item):
            return at
    return None


def matches(tree: Tree, target: Target, here: str = "") -> tuple[tuple[str, Value | None], ...]:
    """Each answer that `target` names, with its value: None where a record lacks it.

    `here` is the path of a record: a target with the same beginning then speaks of that record
    only (`pathways.*.standing` with `pathways.nursing` means the standing of nursing).
    """
    found = _matches(tree, target.segments, steps(here) if here else ())
    return tuple((join(names), value) for names, value in found)


def holds(condition: Condition, tree: Tree, here: str = "") -> bool:
    """True when every line of the condition holds; `here` as in `matches`."""
    if not condition.clauses:
        return True
    near = steps(here) if here else ()
    return all(_clause_holds(clause, tree, near) for clause in condition.clauses)


def _is_entry(names: Sequence[str]) -> bool:
    return len(names[1:]) == 1 and names[0] in KEYED_BY_PATH


def _quoted(name: str) -> str:
    if name and "." not in name and not name.startswith('"'):
        return name
    return '"' + name.replace('"', '""') + '"'


def _put_in_group(
    group: Tree, names: Sequence[str], value: Value, place: tuple[str, ...] = ()
) -> Tree:
    if not names:
        return value if isinstance(value, dict) else group
    key = names[0]
    changed = _put_into(group.get(key), names[1:], value, (*place, key))
    if place or key in group or key not in ORDER:
        return {**group, key: changed}
    later = ORDER[ORDER.index(key) :]
    first = [name for name in group if name not in later]
    after = group.keys() - set(first)
    return {
        **{name: group[name] for name in first},
        key: changed,
        **{name: value for name, value in group.items() if name in after},
    }


def _put_into(
    old: Value | None, names: Sequence[str], value: Value, place: tuple[str, ...]
) -> Value:
    if not names:
        return value
    if isinstance(old, list) and (is_records(old) or not old):
        return _put_in_list(old, names, value, place)
    if is_blank(old) and is_record_list(place):
        return _put_in_list([], names, value, place)
    return _put_in_group(old if isinstance(old, dict) else {}, names, value, place)


def _put_in_list(
    records: list[Value], names: Sequence[str], value: Value, place: tuple[str, ...]
) -> list[Value]:
    changed = list(records)
    position = position_of(records, names[0])
    if position is not None:
        made = _put_into(records[position], names[1:], value, (*place, names[0]))
        changed[position] = _with_id(made, names[0])
        return changed
    made = _put_into({}, names[1:], value, (*place, names[0]))
    return [*changed, _with_id(made, names[0])]


def _with_id(record: Value, name: str) -> Value:
    """The record with the id by which it was named, unless it brings one."""
    if not isinstance(record, dict) or name.startswith("#") or "id" in record:
        return record
    return {"id": name, **record}


def _leaves(value: Value, names: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Value]]:
    if isinstance(value, dict) and value and not _is_entry(names):
        for key, inner in value.items():
            yield from _leaves(inner, (*names, key))
    elif isinstance(value, list) and is_records(value):
        for name, item in zip(names_of(value), value, strict=True):
            answers = (
                {k: v for k, v in item.items() if k != "id"} if isinstance(item, dict) else item
            )
            if answers or not isinstance(item, dict):
                yield from _leaves(answers, (*names, name))
    elif names:
        yield names, value


_Found: TypeAlias = tuple[tuple[str, ...], Value | None]


def _matches(tree: Tree, segments: Sequence[Segment], near: Sequence[str]) -> list[_Found]:
    found: list[_Found] = [((), tree)]
    for segment in segments:
        match segment:
            case Key(name):
                found = [((*names, name), _inner(value, name)) for names, value in found]
            case Each():
                found = [member for held in found for member in _members(held, near)]
            case Where(key, wanted):
                members = [member for held in found for member in _members(held, near)]
                found = [
                    (names, value) for names, value in members if _is(_inner(value, key), wanted)
                ]
    return found


def _members(held: _Found, near: Sequence[str]) -> list[_Found]:
    """What `held` holds; only the record that `near` leads through, where it does."""
    names, value = held
    depth = len(names)
    if len(near) > depth and tuple(near[:depth]) == names:
        inner = _inner(value, near[depth])
        return [] if inner is None else [((*names, near[depth]), inner)]
    if isinstance(value, dict):
        return [((*names, name), inner) for name, inner in value.items()]
    if isinstance(value, list) and is_records(value):
        keyed = zip(names_of(value), value, strict=True)
        return [((*names, name), inner) for name, inner in keyed]
    return []


def _inner(value: Value | None, name: str) -> Value | None:
    if isinstance(value, dict):
        return value.get(name)
    if isinstance(value, list):
        position = position_of(value, name)
        return None if position is None else value[position]
    return None


def _clause_holds(clause: Clause, tree: Tree, near: Sequence[str]) -> bool:
    found = [value for _, value in _matches(tree, clause.target.segments, near)]
    if NOTHING in clause.values and all(is_blank(value) for value in found):
        return True
    if ANYTHING in clause.values and not all(is_blank(value) for value in found):
        return True
    return any(_is(value, wanted) for value in found for wanted in clause.values)


def _is(value: Value | None, wanted: str) -> bool:
    if isinstance(value, list):
        return any(_is(item, wanted) for item in value)
    if not isinstance(value, str):
        return False
    text = value.strip()
    if wanted.lower() in _YES | _NO:
        return text.lower() in (_YES if wanted.lower() in _YES else _NO)
    return text == wanted
