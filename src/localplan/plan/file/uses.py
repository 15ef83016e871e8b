"""Answers that several plans share: read from another file, never written there.

What a plan says itself always counts first, so an edit becomes an override in the plan. Notes,
marks and private answers of a shared file stay where they are.
"""

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from localplan.errors import LocalPlanError
from localplan.plan.file.answers import Change, load
from localplan.plan.keys import NOT_ANSWERS
from localplan.plan.public import shareable
from localplan.plan.tree import (
    get,
    id_of,
    is_blank,
    is_records,
    leaves,
    plain,
    put,
    records,
    records_in,
    steps,
)
from localplan.yamltext import Tree, Value

USUAL = ("board", "areas", "one_stops", "partners")
"""What a plan takes from a shared file that does not say which parts."""

LARGEST = 20_000_000
"""Bytes; the longest plan that was tried is a twentieth of it."""

_FOLDERS_OF_KEPT_STATES = frozenset({"snapshots", ".localplan"})


class SharedFileError(LocalPlanError):
    """A shared file that a plan names and that cannot be used."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file that answers are taken from, and which ones."""

    file: str
    parts: tuple[str, ...]
    tree: Tree


@dataclass(frozen=True, slots=True)
class Combined:
    """A plan's answers together with those it shares."""

    tree: Tree
    origins: Mapping[str, str]
    """Path of each answer that comes from another file, and the file's name."""
    shared: Tree = field(default_factory=dict)
    """What the other files say, whether the plan overrides it or not."""

    def override(self, change: Change, own: Tree) -> Change:
        """Return `change` without what the shared files say anyway; `own` is the plan by itself."""
        if change.value is None or steps(change.path)[0] in NOT_ANSWERS:
            return change
        value = plain(change.value)
        left = _own_part(value, get(self.shared, change.path), get(own, change.path))
        return Change(change.path, left)


def with_shared(tree: Tree, folder: Path) -> Combined:
    """Return the answers with those of the files that `uses` names, which stand in `folder`.

    Raises:
        LocalPlanError: a file cannot be read, or it uses other files itself.
    """
    sources = tuple(_sources(tree, folder))
    return combined(tree, sources) if sources else Combined(tree, {})


def as_far_as_shared(tree: Tree, folder: Path) -> Tree:
    """Return earlier answers with those that are shared today, where these can be read."""
    try:
        return with_shared(tree, folder).tree
    except LocalPlanError:
        return tree


def combined(tree: Tree, sources: Iterable[Source]) -> Combined:
    """Return `tree` with the parts of `sources` that it does not answer itself."""
    own = leaves(tree)
    origins: dict[str, str] = {}
    shared: Tree = {}
    for source in sources:
        open_to_all = shareable(source.tree)
        for part in source.parts:
            value = get(open_to_all, part)
            if value is None or steps(part)[0] in NOT_ANSWERS:
                continue
            tree = put(tree, part, _filled(get(tree, part), value))
            shared = put(shared, part, _filled(get(shared, part), value))
            for path in leaves(put({}, part, value)):
                if path not in own and not is_blank(get(open_to_all, path)):
                    origins.setdefault(path, source.file)
    return Combined(tree, origins, shared)


def relocated(tree: Tree, old: Path, new: Path) -> Tree:
    """Return the answers for a file in the folder `new`, naming the shared files that `old` did."""
    if old.resolve() == new.resolve():
        return tree
    for place in records(tree, "uses"):
        name = get(tree, f"{place}.file")
        if isinstance(name, str) and name.strip() and not Path(name).is_absolute():
            there = os.path.relpath(_place_of(name, old), new.resolve())
            tree = put(tree, f"{place}.file", Path(there).as_posix())
    return tree


def _sources(tree: Tree, folder: Path) -> Iterator[Source]:
    for _, entry in records_in(tree, "uses"):
        if is_blank(entry.get("file")):
            continue
        name, parts = str(entry["file"]), entry.get("parts")
        shared = load(_found(name, folder)).tree
        if not is_blank(shared.get("uses")):
            raise SharedFileError(
                f"{name} uses other files itself. Name those in the plan directly, under `uses`."
            )
        named = [parts] if isinstance(parts, str) else parts or ()
        chosen = tuple(part for part in named if isinstance(part, str) and part.strip())
        yield Source(name, chosen or USUAL, shared)


def _found(name: str, folder: Path) -> Path:
    place = _place_of(name, folder)
    if not place.exists():
        raise SharedFileError(
            f"The plan uses answers of {name}, and there is no file {place}. "
            "Put it there, or name it as it is called now, under `uses`."
        )
    if place.exists() and not place.is_file():
        raise SharedFileError(
            f"The plan uses answers of {name}, and {place} is no file of answers. "
            "Name the file itself, under `uses`."
        )
    if place.stat().st_size > LARGEST:
        raise SharedFileError(
            f"The plan uses answers of {name}, and {place} is larger than "
            f"{LARGEST // 1_000_000} MB, which no answers are. Name another file under `uses`."
        )
    return place


def _place_of(name: str, folder: Path) -> Path:
    """Where a shared file stands; a kept state shares what the plan it was kept of shares."""
    beside = (folder / name).resolve()
    kept = folder.resolve().parent
    if kept.name in _FOLDERS_OF_KEPT_STATES and not beside.exists():
        return (kept.parent / name).resolve()
    return beside


def _filled(own: Value | None, shared: Value) -> Value:
    """What the plan says, and beneath it what only the shared file says."""
    if own is None or is_blank(own):
        return shared
    if isinstance(own, dict) and isinstance(shared, dict):
        return {
            key: _filled(own.get(key), shared[key]) if key in shared else own[key]
            for key in (*own, *(key for key in shared if key not in own))
        }
    if is_records(own) and is_records(shared):
        return _records(own, shared)
    return own


def _records(own: Value, shared: Value) -> list[Value]:
    mine = {id_of(record): record for record in own if id_of(record)} if own else {}
    theirs = {id_of(record): record for record in shared if id_of(record)}
    filled = [_filled(mine.get(name), record) for name, record in theirs.items()]
    return [*filled, *(record for record in own if id_of(record) not in theirs)]


def _own_part(value: Value, shared: Value | None, own: Value | None) -> Value | None:
    """What of `value` the plan must say itself; None when the shared files say all of it."""
    if shared is None or (isinstance(own, str | list) and not is_records(own) and own):
        return value
    if isinstance(value, dict) and isinstance(shared, dict):
        mine = own if isinstance(own, dict) else {}
        parts = {
            key: _own_part(each, shared.get(key), mine.get(key)) for key, each in value.items()
        }
        left: Tree = {key: each for key, each in parts.items() if each is not None}
        if left and id_of(value):
            left = {"id": id_of(value), **left}
        return left or own or None
    if is_records(value) and is_records(shared):
        return _own_records(value, shared, own) or None
    return None if value == shared else value


def _own_records(value: Value, shared: Value, own: Value | None) -> list[Value]:
    theirs = {id_of(record): record for record in shared if id_of(record)}
    mine = {id_of(record): record for record in own or () if id_of(record)}
    parts = (
        _own_part(record, theirs.get(id_of(record)), mine.get(id_of(record))) for record in value
    )
    return [part for part in parts if part is not None]
