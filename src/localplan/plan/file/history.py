"""States of a plan that were kept: snapshots that people name, and the backups of each save.

Snapshots are plain copies in a folder beside the answers file, so that any program can open them
and version control can keep them.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Literal

from localplan.errors import LocalPlanError
from localplan.plan.file import disk
from localplan.plan.file.answers import load
from localplan.plan.file.backups import backups
from localplan.plan.file.identifiers import new_id
from localplan.plan.tree import get
from localplan.yamltext import Value

FOLDER = "snapshots"

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
    """What an answer said from some kept state on; None when it was not there."""

    since: str
    name: str
    value: Value | None


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
    return target


def snapshots(path: Path) -> tuple[Kept, ...]:
    """Return the snapshots of the answers file at `path`, newest first."""
    found = [file for file in _folder(path).glob("*") if file.is_file()]
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
    """Return what the answer at the path `answer` said over time, the newest first."""
    said: list[Saying] = []
    for since, name, value in _versions(path, answer):
        if said and said[-1].value == value:
            said[-1] = Saying(since, name, value)
        else:
            said.append(Saying(since, name, value))
    return tuple(said)


def free_name(path: Path, name: str) -> str:
    """Return `name`, with a number where a snapshot has it already."""
    return new_id(name, [kept.name for kept in snapshots(path)])


def restore(path: Path, kept: Kept, today: date, *, before: str = "") -> Path | None:
    """Put the kept state in the place of the answers file; return the snapshot of what was there.

    `before` is the name of that snapshot. There is none where the file was gone; a file that can no
    longer be read as answers is kept as it is.

    Raises:
        LocalPlanError: the kept state cannot be read, or the file cannot be written.
    """
    load(kept.path)
    with disk.changing(path):
        name = free_name(path, before or f"before-{kept.name}")
        snapshot = _kept(path, name, today) if path.exists() else None
        disk.replace(path, disk.read(kept.path), like=kept.path)
    return snapshot


def _moment(kept: Kept) -> str:
    """When the state was kept; a snapshot that was copied later is only known by its day."""
    if kept.kind == "backup":
        return kept.name
    written = datetime.fromtimestamp(kept.path.stat().st_mtime).astimezone()
    stamp = f"{written:%Y-%m-%d %H.%M.%S}"
    return stamp if stamp.startswith(kept.when) else kept.when


def _versions(path: Path, answer: str) -> Iterator[tuple[str, str, Value | None]]:
    yield "now", path.name, get(load(path).tree, answer)
    for kept in kept_states(path):
        try:
            yield kept.when, kept.name, get(load(kept.path).tree, answer)
        except LocalPlanError:
            # A kept state that can no longer be read must not hide the others.
            continue


def _folder(path: Path) -> Path:
    return path.resolve().parent / FOLDER / path.stem
