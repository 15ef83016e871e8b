"""The journal of a plan: what each save changed, so that every change can be undone.

It is one line of JSON for each path that changed, added before the answers are replaced, in the
hidden folder beside the backups. Backups are ten minutes apart; between two of them the journal
alone knows what an answer said.
"""

import json
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import Any, Literal, TypeGuard

from localplan.errors import LocalPlanError
from localplan.plan.file import disk
from localplan.plan.tree import (
    KEYED_BY_PATH,
    get,
    join,
    names_of,
    put,
    remove,
    steps,
    value_at,
)
from localplan.yamltext import Tree, Value

FILE = "journal.jsonl"
LIMIT = 4_000_000
"""Bytes of a journal before its older half goes.

The complete example, typed answer by answer, makes 0.6 million, and a text of 300 words rewritten
a hundred times 0.4 million; `history` tells four million in a quarter of a second.
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """One path that a save changed; None where there was, or is, nothing."""

    save: str
    """The save that it belongs to; its entries came about together."""
    time: datetime
    """In local time, as people read it."""
    by: str
    path: str
    old: Value | None
    new: Value | None
    is_order: bool = False
    """True where a list of records was put in another order: old and new are their ids."""


@dataclass(frozen=True, slots=True)
class Version:
    """What an answer said just before or after a save; None when it was not there."""

    time: datetime
    by: str
    value: Value | None
    before: bool
    """True for what a save found in the file, before it changed it."""


@contextmanager
def noted(path: Path, old: Tree, new: Tree, *, now: datetime, by: str) -> Iterator[None]:
    """Note that the plan at `path` changes from `old` to `new` while the block saves it.

    The note is taken back when the save fails. A journal that cannot be written never stands in
    the way of the save itself.
    """
    target = disk.hidden(path) / FILE
    size: int | None = None
    with suppress(OSError, disk.AnswersError):
        if lines := _lines(old, new, now, by):
            disk.side_folder(path)
            _thin(target, path)
            size = disk.append(target, lines, like=path)
    try:
        yield
    except LocalPlanError:
        if size is not None:
            with suppress(OSError):
                os.truncate(target, size)
        raise


def entries(path: Path) -> tuple[Entry, ...]:
    """What was changed in the plan at `path`, oldest first; a torn line is passed over."""
    try:
        content = (disk.hidden(path) / FILE).read_bytes()
    except OSError:
        return ()
    return tuple(entry for line in content.split(b"\n") if (entry := _entry(line)))


def versions(noted: Sequence[Entry], answer: str, tree: Tree) -> Iterator[Version]:
    """What `answer` said after and before each save that touched it, newest first.

    `tree` holds the answers as they stand. Where the file was changed outside between two saves,
    what the later one found differs from what the earlier one left.
    """
    touching = [each for entry in noted if (each := _about(answer, entry))]
    saves = [list(made) for _, made in groupby(touching, lambda entry: entry.save)]
    for made in reversed(saves):
        first = made[0]
        tree = _with(tree, made, "new")
        yield Version(first.time, first.by, get(tree, answer), before=False)
        tree = _with(tree, made, "old")
        yield Version(first.time, first.by, get(tree, answer), before=True)


def touches(path: Path, *answers: str) -> bool:
    """Whether some save changed one of `answers`, what is in it or what holds it.

    A blank answer means anything.
    """
    try:
        content = (disk.hidden(path) / FILE).read_bytes()
    except OSError:
        return False
    # The text is looked through, not read: a page asks this each time it is shown.
    return any(mark.encode() in content for answer in answers for mark in _marks(answer))


def last_save(noted: Sequence[Entry], *answers: str) -> tuple[Entry, ...]:
    """Everything that the last save changed that touched one of `answers`, as `touches` says."""
    touching = [
        entry.save
        for entry in noted
        if any(not answer or _about(answer, entry) for answer in answers)
    ]
    return tuple(entry for entry in noted if touching and entry.save == touching[-1])


def before(tree: Tree, made: Sequence[Entry]) -> Tree | None:
    """`tree` as it was before the entries of one save; None where it was changed since."""
    for entry in made:
        stands = get(tree, entry.path)
        if not entry.is_order and stands != entry.new:
            return None
    return _with(tree, made, "old")


def person() -> str:
    """The name under which this person is known to the computer; blank for none."""
    import getpass  # noqa: PLC0415 (only who changes something needs a name)

    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""


def _lines(old: Tree, new: Tree, now: datetime, by: str) -> bytes:
    local = now if now.tzinfo is None else now.astimezone()
    about = {"save": os.urandom(4).hex(), "time": local.isoformat(), "by": by or person()}
    lines = [
        json.dumps({**about, **difference}, ensure_ascii=False) + "\n"
        for difference in _differences(old, new, ())
    ]
    return "".join(lines).encode("utf-8", "replace")


def _differences(
    old: Value | None, new: Value | None, names: tuple[str, ...]
) -> Iterator[dict[str, Any]]:
    """Each path at which the two differ, as a line of the journal says it."""
    if old == new:
        return
    about_a_path = len(names[1:]) == 1 and names[0] in KEYED_BY_PATH
    if _is_group(old) and _is_group(new) and not about_a_path:
        before, after = old or {}, new or {}
        for key in {**before, **after}:
            yield from _differences(before.get(key), after.get(key), (*names, key))
    elif _is_named(old) and _is_named(new):
        yield from _differences_of_records(old or [], new or [], names)
    else:
        yield {"path": join(names), "old": old, "new": new}


def _differences_of_records(
    old: list[Value], new: list[Value], names: tuple[str, ...]
) -> Iterator[dict[str, Any]]:
    before = dict(zip(names_of(old), old, strict=True))
    after = dict(zip(names_of(new), new, strict=True))
    for name in {**before, **after}:
        here = (*names, name)
        if name in before and name in after:
            yield from _differences(before[name], after[name], here)
        else:
            yield {"path": join(here), "old": before.get(name), "new": after.get(name)}
    stayed = [name for name in before if name in after]
    # Where only the end of the list changed, adding and removing there finds the order again.
    if not list(before)[: len(stayed)] == stayed == list(after)[: len(stayed)]:
        yield {"path": join(names), "old": list(before), "new": list(after), "order": True}


def _is_group(value: Value | None) -> TypeGuard[Tree | None]:
    return value is None or isinstance(value, dict)


def _is_named(value: Value | None) -> TypeGuard[list[Value] | None]:
    """True for a list of records in which each can be found by its id."""
    if value is None:
        return True
    return isinstance(value, list) and not any(name[0] == "#" for name in names_of(value))


def _marks(answer: str) -> Iterator[str]:
    """What a line of the journal holds that touches `answer`."""
    if not answer:
        yield '"path": '
        return
    names = steps(answer)
    for depth in range(1, len(names) + 1):
        yield f'"path": {_quoted(join(names[:depth]))},'
    yield f'"path": {_quoted(f"{answer}.")[:-1]}'


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _entry(line: bytes) -> Entry | None:
    try:
        said = json.loads(line)
        time = datetime.fromisoformat(said["time"])
        local = time if time.tzinfo is None else time.astimezone().replace(tzinfo=None)
        is_order = said.get("order", False)
        return Entry(
            said["save"], local, said["by"], said["path"], said["old"], said["new"], is_order
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def _about(answer: str, entry: Entry) -> Entry | None:
    """What the entry says about `answer` and what is in it; None when it says nothing."""
    wanted, changed = steps(answer), steps(entry.path)
    if changed[: len(wanted)] == wanted:
        return entry
    if wanted[: len(changed)] != changed or entry.is_order:
        return None
    inner = wanted[len(changed) :]
    return replace(entry, path=answer, old=_within(entry.old, inner), new=_within(entry.new, inner))


def _within(value: Value | None, names: Sequence[str]) -> Value | None:
    return None if value is None else value_at(value, names)


def _with(tree: Tree, made: Sequence[Entry], side: Literal["old", "new"]) -> Tree:
    """The tree as it was before (`old`) or after (`new`) the entries of one save."""
    for entry in made:
        value = getattr(entry, side)
        if entry.is_order:
            continue
        tree = remove(tree, entry.path) if value is None else put(tree, entry.path, value)
    for entry in made:
        if entry.is_order:
            tree = _in_order(tree, entry.path, getattr(entry, side))
    return tree


def _in_order(tree: Tree, path: str, names: Sequence[str]) -> Tree:
    found = get(tree, path)
    if not isinstance(found, list):
        return tree
    records = dict(zip(names_of(found), found, strict=True))
    first = [records.pop(name) for name in names if name in records]
    return put(tree, path, [*first, *records.values()])


def _thin(target: Path, plan: Path) -> None:
    """Leave the newer half of a journal that has grown too long."""
    if not target.is_file() or target.stat().st_size < LIMIT:
        return
    content = target.read_bytes()
    half, last = len(content) // 2, len(content) - 1
    begin = content.find(b"\n", half, last) + 1 or content.rfind(b"\n", 0, half) + 1
    disk.replace(target, content[begin:], like=plan)
