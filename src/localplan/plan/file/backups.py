"""Earlier states of the answers file, kept in a hidden folder beside it.

While work goes on, one state in ten minutes is kept; of days past, the last state of the day.
"""

from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from localplan.plan.file import disk

KEPT = 20
"""How many recent states are kept, and of how many past days the last one."""

_APART = timedelta(minutes=10)
_STAMP = "%Y-%m-%d %H.%M.%S"


def back_up(path: Path, content: bytes, now: datetime, *, always: bool = False) -> None:
    """Keep `content`, the state before a save, unless one of the last ten minutes is kept.

    `always` keeps it all the same: the save takes away what a person wrote.
    A folder that cannot be written never stands in the way of the save itself.
    """
    with suppress(OSError, disk.AnswersError):
        folder = disk.side_folder(path)
        newest = max((_time_of(kept) for kept in backups(path)), default=None)
        moment = _as_the_wall_clock_says(now)
        recent = newest is not None and timedelta(0) <= moment - newest < _APART
        if recent and not always:
            return
        backup = folder / f"{moment:{_STAMP}}{path.suffix or '.yaml'}"
        disk.replace(backup, content, like=path)
        _thin(path)


def backups(path: Path) -> tuple[Path, ...]:
    """The kept states of the answers file at `path`, newest first; an ordinary file each."""
    found = [file for file in disk.hidden(path).glob("????-??-?? ??.??.??.*") if file.is_file()]
    return tuple(sorted(found, key=lambda file: file.name, reverse=True))


def _as_the_wall_clock_says(now: datetime) -> datetime:
    """The moment in local time, so that a person knows the names of the backups again."""
    local = now if now.tzinfo is None else now.astimezone()
    return local.replace(tzinfo=None, microsecond=0)


def _time_of(backup: Path) -> datetime:
    try:
        return datetime.strptime(backup.name[:19], _STAMP)  # noqa: DTZ007 (local time, as named)
    except ValueError:
        return datetime.min  # noqa: DTZ901 (as above)


def _thin(path: Path) -> None:
    days: set[str] = set()
    for number, kept in enumerate(backups(path)):
        day = kept.name[:10]
        if number >= KEPT and (day in days or len(days) >= KEPT):
            kept.unlink(missing_ok=True)
        days.add(day)
