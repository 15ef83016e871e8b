"""What a planner should look at: problems in the file, gaps, answers that do not agree."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, TypeAlias

from localplan.plan.model import Plan

Severity: TypeAlias = Literal["error", "warning", "note"]
"""Errors must be put right, warnings looked at; notes are for who has time."""
_ORDER: tuple[Severity, ...] = ("error", "warning", "note")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to look at: the rule that saw it, where, and what to do, in plain words."""

    rule: str
    severity: Severity
    path: str
    message: str
    other: str = ""
    """The second place, when two answers do not agree."""
    accepted: str = ""
    """Why a person lets it stand; blank when nobody said so."""
    what: str = ""
    """Which part of the answer it is about, where one answer has several."""

    @property
    def id(self) -> str:
        """A name that stays the same while the finding does; the key under `accepted`."""
        places = "/".join(place for place in (self.path, self.other, self.what) if place)
        return f"{self.rule}/{places}".replace(".", "/")


@dataclass(frozen=True, slots=True)
class Case:
    """What a rule looks at: the plan as read, and the day on which it is looked at."""

    plan: Plan
    today: date
    comment_days: int = 0
    """The State's comment period in days; 0 when the outline does not say."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A named look across the answers, and why it matters."""

    name: str
    reason: str
    find: Callable[[Case], Iterable[Finding]]


def findings_of(
    case: Case, rules: Iterable[Rule], others: Iterable[Finding]
) -> tuple[Finding, ...]:
    """Return `others` and what `rules` find in `case`, errors first, each with its acceptance."""
    found = [*others, *_found(case, rules)]
    marked = [with_acceptance(finding, case.plan) for finding in dict.fromkeys(found)]
    return tuple(sorted(marked, key=lambda finding: _ORDER.index(finding.severity)))


def with_acceptance(finding: Finding, plan: Plan) -> Finding:
    """Return the finding with why a person of `plan` lets it stand, where one has said so."""
    acceptance = plan.accepted.get(finding.id)
    if acceptance is None or finding.severity == "error":
        return finding
    return replace(finding, accepted=acceptance.reason or "accepted without a reason")


def _found(case: Case, rules: Iterable[Rule]) -> Iterator[Finding]:
    for rule in rules:
        yield from rule.find(case)
