"""What was carried and what changed as plain data: what `carry` and `compare` print with `--json`.

The shapes below are those contracts; `standards/schemas/` says the same for other programs, and a
test holds the two together. Keys may be added, and none is taken away.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from localplan.plan.cycle.carry import CarryReport, ToAnswer
from localplan.plan.cycle.changes import How, LevelChange, RecordChange, TextChange
from localplan.plan.cycle.clearing import Cleared
from localplan.plan.cycle.period import Moved
from localplan.plan.cycle.revised import Row
from localplan.resources import STANDARDS

if TYPE_CHECKING:
    from localplan.desk.comparing import Comparison

CARRY_SCHEMA = STANDARDS / "schemas" / "carry.schema.json"
COMPARE_SCHEMA = STANDARDS / "schemas" / "compare.schema.json"


@dataclass(frozen=True, slots=True)
class AnswerData:
    """One answer that is not the same; null where there is or was none."""

    path: str
    how: How
    label: str
    old: str | list[str] | None
    new: str | list[str] | None


@dataclass(frozen=True, slots=True)
class CompareData:
    """What `localplan compare --json` prints."""

    old: str
    new: str
    changed: bool
    answers: list[AnswerData]
    records: list[RecordChange]
    levels: list[LevelChange]
    narratives: list[TextChange]
    requirements: list[Row]
    sections: list[Row]


@dataclass(frozen=True, slots=True)
class RenewedData:
    """What became of one answer whose question changed since the old file was written."""

    fate: str
    path: str
    to: str
    why: str


@dataclass(frozen=True, slots=True)
class CarryData:
    """What `localplan carry --json` prints of an answers file; pairs are a path and a reason."""

    file: str
    carried: list[str]
    doubts: list[tuple[str, str]]
    moved: list[Moved]
    cleared: list[Cleared]
    dropped: list[str]
    to_answer: list[ToAnswer]
    settled: list[tuple[str, str]]
    renewed: list[RenewedData]


@dataclass(frozen=True, slots=True)
class ParkedData:
    """A piece of a Word plan that waits for its question; `place` is the heading above it."""

    id: str
    heading: str
    text: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class CarryWordData:
    """What `localplan carry --json` prints of a Word file: `unread` counts what was left out."""

    file: str
    parked: list[ParkedData]
    unread: Mapping[str, int]


def compared_data(compared: "Comparison") -> dict[str, Any]:
    """Return the comparison as plain data with the keys of `CompareData`."""
    return {
        "old": str(compared.old.path),
        "new": str(compared.new.path),
        "changed": bool(compared.found.answers),
        **asdict(compared.found),
        "requirements": [asdict(row) for row in compared.requirements],
        "sections": [asdict(row) for row in compared.sections],
    }


def carried_data(
    file: Path, report: CarryReport, renewed: Sequence[Mapping[str, str]]
) -> dict[str, Any]:
    """Return the report as plain data with the keys of `CarryData`."""
    return {"file": str(file), **asdict(report), "renewed": [dict(each) for each in renewed]}
