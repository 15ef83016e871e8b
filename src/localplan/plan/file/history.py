"""What a plan said before: snapshots that people name, backups, and the journal of every save.

Snapshots are plain copies in a folder beside the answers file, with its ledger of figures, so that
any program can open them and version control can keep them. Between two kept states the journal
knows each answer.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Literal

from localplan.errors import LocalPlanError
from localplan.plan.file import disk
from localplan.plan.file.answers import load
from localplan.plan.file.backups import backups
from localplan.plan.file.figures import ENDING, bring_along, ledger_of
from localplan.plan.file.identifiers import new_id
from localplan.plan.file.journal import entries, noted, versions
from localplan.plan.tree import get, is_blank
from localplan.yamltext import Tree, Value

FOLDER = "snapshots"

_FOUND = "as found in the file"
_OUTSIDE = f"{_FOUND}, changed outside this program"
_NOW = "~"
"""Sorts behind every date."""
_MINUTES, _SECONDS, _THOUSANDTHS = 16, 19, 23
"""How much of a moment is shown."""

_NAMED = re.compile(r"(\d{4}-\d{2}-\d{2}) (.+)")


class HistoryError(LocalPlanError):
    """A kept state that is not there, or a name that is taken."""


@dataclass(frozen=True, slots=True)
class Kept:
    """One kept state: a snapshot with a name, or a backup whose name is its time."""

    name: str
    kind: Literal["snapshot", "backup"]
    when: str
    """Day, and for a backup also the time, as people write them."""
    path: Path


@dataclass(frozen=True, slots=True)
class Saying:
    """What an answer said from some moment on; None when it was not there."""

    since: str
    """A moment of the journal, as `restore` takes it; or the day of a kept state."""
    name: str
    """The kept state, or who saved it."""
    value: Value | None
    noted: bool = False
    """True where the journal knows it."""


def take_snapshot(path: Path, name: str, today: date) -> Path:
    """Return the snapshot of the answers file at `path`, kept under `name`.

    Raises:
        LocalPlanError: the file cannot be read, or the name is taken already.
    """
    short = new_id(name, [])
    with disk.changing(path):
        load(path)
        if any(kept.name == short for kept in snapshots(path)):
            raise HistoryError(f"There is a snapshot named {short} already. Choose another name.")
        return _kept(path, short, today)


def _kept(path: Path, short: str, today: date) -> Path:
    """The copy of the file as it is now, even one that cannot be read as answers."""
    try:
        folder = disk.folder_for(path, FOLDER, path.stem)
    except OSError as error:
        raise HistoryError(f"{_folder(path)} cannot be made. Work on a copy elsewhere.") from error
    target = folder / f"{today.isoformat()} {short}{path.suffix or '.yaml'}"
    disk.replace(target, disk.read(path), like=path)
    if ledger_of(path).exists():
        disk.replace(ledger_of(target), disk.read(ledger_of(path)), like=path)
    return target


def snapshots(path: Path) -> tuple[Kept, ...]:
    """Return the snapshots of the answers file at `path`, newest first."""
    found = [
        file
        for file in _folder(path).glob("*")
        if file.is_file() and not file.name.endswith(ENDING)
    ]
    kept = []
    for file in sorted(found, key=lambda file: file.name, reverse=True):
        named = _NAMED.fullmatch(file.stem)
        if named:
            kept.append(Kept(named.group(2), "snapshot", named.group(1), file))
    return tuple(kept)


def kept_states(path: Path) -> tuple[Kept, ...]:
    """Return snapshots and backups of the answers file at `path`, newest first."""
    saved = [
        Kept(file.stem, "backup", file.stem.replace(".", ":")[:16], file) for file in backups(path)
    ]
    return tuple(sorted([*snapshots(path), *saved], key=_moment, reverse=True))


def state_named(path: Path, name: str) -> Kept:
    """Return the kept state called `name`.

    Raises:
        HistoryError: there is none.
    """
    wanted = {name, new_id(name, []), name.replace(":", ".")}
    for kept in kept_states(path):
        if kept.name in wanted:
            return kept
    raise HistoryError(f'No kept state is called "{name}". See: localplan history {path}')


def sayings(path: Path, answer: str) -> tuple[Saying, ...]:
    """Return what the answer at the path `answer` said over time, the newest first.

    What the journal found in the file although no save had put it there has the name of an edit
    outside this program.
    """
    tree = load(path).tree
    now = Saying("now", path.name, get(tree, answer))
    known = [(_NOW, now), *_noted(path, answer, tree), *_kept_sayings(path, answer)]
    said: list[Saying] = []
    # A stable sort: what is known from the same moment stays newest first.
    for _, saying in sorted(known, key=lambda each: each[0], reverse=True):
        if not said or not _same(said[-1].value, saying.value):
            said.append(saying)
        elif saying.noted or not (said[-1].noted and saying.value is None):
            # A kept state without the answer does not tell when the journal saw it go.
            said[-1] = saying
    return tuple(said)


def saying_of(path: Path, answer: str, moment: str) -> Saying | None:
    """Return what the answer said at a `moment` of the journal, as `sayings` tells it.

    "before" and a moment is what it said until then.
    """
    said = sayings(path, answer)
    for each in said:
        if each.noted and each.since == moment:
            return each
    for newer, older in pairwise(said):
        if newer.noted and f"before {newer.since}" == moment:
            return older
    return None


def noted_since(path: Path) -> str:
    """Return the moment from which on the journal knows every change; blank for none."""
    known = entries(path)
    return _stamp(known[0].time)[:_MINUTES] if known else ""


def free_name(path: Path, name: str) -> str:
    """Return `name`, with a number where a snapshot has it already."""
    return new_id(name, [kept.name for kept in snapshots(path)])


def restore(path: Path, kept: Kept, today: date, *, now: datetime, before: str = "") -> Path | None:
    """Put the kept state in the place of the answers file; return the snapshot of what was there.

    `before` is the name of that snapshot. There is none where the file was gone; a file that can no
    longer be read as answers is kept as it is.

    Raises:
        LocalPlanError: the kept state cannot be read, or the file cannot be written.
    """
    wanted = load(kept.path).tree
    with disk.changing(path):
        name = free_name(path, before or f"before-{kept.name}")
        snapshot = _kept(path, name, today) if path.exists() else None
        with noted(path, _tree_of(path) or wanted, wanted, now=now, by=""):
            disk.replace(path, disk.read(kept.path), like=kept.path)
        bring_along([kept.path], path, now=now)
    return snapshot


def _tree_of(path: Path) -> Tree | None:
    """The answers in the file; None where it is gone or cannot be read."""
    try:
        return load(path).tree
    except LocalPlanError:
        return None


def _moment(kept: Kept) -> str:
    """When the state was kept; a snapshot that was copied later is only known by its day."""
    if kept.kind == "backup":
        return kept.name
    written = datetime.fromtimestamp(kept.path.stat().st_mtime).astimezone()
    stamp = f"{written:%Y-%m-%d %H.%M.%S}"
    return stamp if stamp.startswith(kept.when) else kept.when


def _kept_sayings(path: Path, answer: str) -> Iterator[tuple[str, Saying]]:
    for kept in kept_states(path):
        try:
            value = get(load(kept.path).tree, answer)
        except LocalPlanError:
            # A kept state that can no longer be read must not hide the others.
            continue
        yield _moment(kept), Saying(kept.when, kept.name, value)


def _noted(path: Path, answer: str, tree: Tree) -> list[tuple[str, Saying]]:
    """What the journal knows, each with the moment that puts it in order, newest first."""
    known = list(versions(entries(path), answer, tree))
    stamps = [_stamp(each.time) for each in known]
    # A clock that was put back must not put a later save before an earlier one.
    moments = [*accumulate(reversed(stamps), max)][::-1]
    made = []
    for version, stamp, moment in zip(known, stamps, moments, strict=True):
        since = _shortest(stamp, stamps)
        saying = Saying(since, f"by {version.by}" if version.by else "", version.value, noted=True)
        if version.before:
            # Before the first note of it nobody knows who wrote it.
            name = _FOUND if version is known[-1] else _OUTSIDE
            saying = replace(saying, since=f"before {since}", name=name)
        made.append((moment.replace(":", "."), saying))
    return made


def _stamp(time: datetime) -> str:
    return f"{time:%Y-%m-%d %H:%M:%S.%f}"


def _shortest(stamp: str, others: Iterable[str]) -> str:
    """The stamp to the second; finer where another save came in the same second."""
    different = {each for each in others if each != stamp}
    for length in (_SECONDS, _THOUSANDTHS):
        if not any(each.startswith(stamp[:length]) for each in different):
            return stamp[:length]
    return stamp


def _same(one: Value | None, other: Value | None) -> bool:
    return one == other or (is_blank(one) and is_blank(other))


def _folder(path: Path) -> Path:
    return path.resolve().parent / FOLDER / path.stem
