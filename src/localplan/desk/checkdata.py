"""The checkup as plain data: the contract of `check --json`.

The shapes below are that contract; `standards/schemas/check.schema.json` says the same for other
programs, and a test holds the two together. Keys may be added, and none is taken away.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from localplan.knowledge.kinds import Stage
from localplan.knowledge.standards import Watch
from localplan.plan.checks.checkup import Checkup
from localplan.plan.checks.coverage import (
    CriterionCoverage,
    DefinitionReview,
    RequirementCoverage,
    Status,
)
from localplan.plan.checks.findings import Finding, Severity
from localplan.plan.checks.limits import Length
from localplan.plan.progress import SectionProgress
from localplan.resources import STANDARDS

SCHEMA = STANDARDS / "schemas" / "check.schema.json"
"""The JSON Schema of `check --json`, as other programs read it."""


@dataclass(frozen=True, slots=True)
class SectionData:
    """How many answers of one section apply, are required, are settled and are put off."""

    applies: int
    required: int
    answered: int
    later: int


@dataclass(frozen=True, slots=True)
class RequirementData:
    """One item of the law: paths of the answers that speak to it, and those still open."""

    id: str
    heading: str
    citation: str
    status: Status
    where: list[str]
    open: list[str]
    reason: str


@dataclass(frozen=True, slots=True)
class CriterionData:
    """One criterion of the framework `id`: "answered" is one whose texts must be read for it."""

    id: str
    element: str
    criterion: str
    says: str
    status: Status
    where: list[str]
    look_for: str
    marked: bool


@dataclass(frozen=True, slots=True)
class PartData:
    """One pathway against one part of the legal definition: what was found, what staff judge."""

    pathway: str
    part: str
    found: Status
    where: list[str]
    standing: str
    next_step: str


@dataclass(frozen=True, slots=True)
class FindingData:
    """One thing to put right (error), to look at (warning), or for who has time (note).

    `accepted` says why it stands.
    """

    id: str
    rule: str
    severity: Severity
    path: str
    other: str
    message: str
    accepted: str


@dataclass(frozen=True, slots=True)
class LengthData:
    """How long an answer is that the State limits; 0 is no limit."""

    place: str
    title: str
    words: int
    pages: float
    measured: bool
    most_words: int
    most_pages: int
    exceeds: bool


@dataclass(frozen=True, slots=True)
class WatchData:
    """A change in law that nobody has marked as looked at."""

    id: str
    date: str
    topic: str
    do: str


@dataclass(frozen=True, slots=True)
class CheckData:
    """What `localplan check --json` prints."""

    complete: bool
    stage: Stage
    elements: Mapping[str, SectionData]
    requirements: list[RequirementData]
    frameworks: list[CriterionData]
    definition: list[PartData]
    findings: list[FindingData]
    limits: list[LengthData]
    watch: list[WatchData]
    counts: Mapping[str, int]


def as_data(checkup: Checkup) -> dict[str, Any]:
    """Return the checkup as plain data with the keys of `CheckData`."""
    return asdict(
        CheckData(
            complete=checkup.complete,
            stage=checkup.progress.stage,
            elements={part.section.id: _section(part) for part in checkup.progress.sections},
            requirements=[_requirement(row) for row in checkup.requirements],
            frameworks=[_criterion(row) for row in checkup.frameworks],
            definition=[_part(row) for row in checkup.definition],
            findings=[_finding(finding) for finding in checkup.findings],
            limits=[_length(length) for length in checkup.lengths],
            watch=[_note(note) for note in checkup.watch],
            counts=dict(Counter(finding.severity for finding in checkup.findings)),
        )
    )


def _section(part: SectionProgress) -> SectionData:
    return SectionData(
        applies=part.applies, required=part.required, answered=part.answered, later=part.later
    )


def _requirement(row: RequirementCoverage) -> RequirementData:
    return RequirementData(
        id=row.requirement.id,
        heading=row.requirement.heading,
        citation=row.requirement.citation,
        status=row.coverage.status,
        where=list(row.coverage.where),
        open=list(row.coverage.open),
        reason=row.coverage.reason,
    )


def _criterion(row: CriterionCoverage) -> CriterionData:
    return CriterionData(
        id=row.framework.id,
        element=row.criterion.element,
        criterion=row.criterion.id,
        says=row.criterion.says,
        status=row.coverage.status,
        where=list(row.coverage.where),
        look_for=row.criterion.sought,
        marked=bool(row.mark),
    )


def _part(row: DefinitionReview) -> PartData:
    return PartData(
        pathway=row.pathway,
        part=row.part.id,
        found=row.found.status,
        where=list(row.found.where),
        standing=row.standing,
        next_step=row.next_step,
    )


def _finding(finding: Finding) -> FindingData:
    return FindingData(
        id=finding.id,
        rule=finding.rule,
        severity=finding.severity,
        path=finding.path,
        other=finding.other,
        message=finding.message,
        accepted=finding.accepted,
    )


def _length(length: Length) -> LengthData:
    return LengthData(
        place=length.place,
        title=length.title,
        words=length.words,
        pages=length.pages,
        measured=length.measured,
        most_words=length.most_words,
        most_pages=length.most_pages,
        exceeds=length.exceeds,
    )


def _note(note: Watch) -> WatchData:
    return WatchData(id=note.id, date=note.date, topic=note.topic, do=note.do)
