"""How the questions changed from one format of the answers file to the next."""

from dataclasses import dataclass
from functools import cache
from operator import itemgetter
from pathlib import Path

from localplan.knowledge.datafile import read_shaped
from localplan.knowledge.kinds import How
from localplan.knowledge.standards import StandardsError
from localplan.resources import STANDARDS


@dataclass(frozen=True, slots=True)
class Renewal:
    """One declared change of the questions: which answers go where, and why."""

    format: int
    how: How
    sources: tuple[str, ...]
    """Paths of the answers before, `*` for each record."""
    to: tuple[str, ...]
    """Paths now; the same records as in `sources`."""
    by: str
    """The rule that takes an answer apart; blank where a person must."""
    why: str


@cache
def load_renewals(path: Path = STANDARDS / "changes.yaml") -> tuple[Renewal, ...]:
    """Return every declared change, oldest format first.

    Raises:
        StandardsError: the file does not have the shape that `docs/data-files.md` describes.
    """
    formats = read_shaped(path, "RenewalsFile", StandardsError)["formats"]
    found = tuple(
        Renewal(
            **change
            | {
                "format": each["format"],
                "sources": tuple(change["sources"]),
                "to": tuple(change["to"]),
            }
        )
        for each in sorted(formats, key=itemgetter("format"))
        for change in each["changes"]
    )
    for renewal in found:
        _check(renewal, path)
    return found


def _check(renewal: Renewal, path: Path) -> None:
    wanted = {"renamed": (1, 1), "split": (1, 2), "merged": (2, 1), "retired": (1, 0)}
    sources, to = wanted[renewal.how]
    depths = {name.count("*") for name in (*renewal.sources, *renewal.to)}
    if len(renewal.sources) < sources or len(renewal.to) < to or len(depths) != 1:
        raise StandardsError(
            f"{path.name}: {', '.join(renewal.sources)} is {renewal.how}, but its paths do not fit "
            "that. A renamed answer has one source and one place to go, in the same records."
        )
