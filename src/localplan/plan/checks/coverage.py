"""Where the answers speak to what law, frameworks and the definition of a pathway ask.

"Addressed" means that an answer speaks to what is asked, never that it is adequate. A criterion of
a framework that only a long text answers is "answered": somebody must read whether it says so.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Literal, TypeAlias

from localplan.knowledge.kinds import Needs
from localplan.knowledge.standards import Criterion, DefinitionPart, Framework, Requirement
from localplan.knowledge.targets import ALWAYS, Condition, Each, Target, Where
from localplan.plan.checks.findings import Finding
from localplan.plan.checks.limits import is_long_text, is_very_short
from localplan.plan.progress import is_answered
from localplan.plan.standings import Standings, standing_of, standings, texts
from localplan.plan.tree import get, holds, matches, records
from localplan.yamltext import Tree

Status: TypeAlias = Literal[
    "addressed", "answered", "partial", "missing", "not-applicable", "regional", "state-role"
]


@dataclass(frozen=True, slots=True)
class Coverage:
    """How far the answers speak to one thing that is asked."""

    status: Status
    where: tuple[str, ...]
    """Paths of the answers that speak to it."""
    open: tuple[str, ...] = ()
    """Paths or targets still without an answer."""
    reason: str = ""
    """Why it does not apply or comes later, or the place in the regional plan that answers it."""


_Look: TypeAlias = Callable[[Target], Coverage]
_OPTION = "Optional, and the plan does not take it up."
_SHORT = "The answer is very short."


@dataclass(frozen=True, slots=True)
class RequirementCoverage:
    """One requirement of the law and where it is answered."""

    requirement: Requirement
    coverage: Coverage


@dataclass(frozen=True, slots=True)
class CriterionCoverage:
    """One criterion of a framework and where it is answered."""

    framework: Framework
    criterion: Criterion
    coverage: Coverage
    mark: Mapping[str, str] = field(default_factory=dict)
    """Who marked it as addressed (`by`), and when (`on`); empty without a mark. Stays inside."""


@dataclass(frozen=True, slots=True)
class DefinitionReview:
    """One pathway against one part of WIOA sec. 3(7): evidence, judgment and next step."""

    pathway: str
    """Path of the pathway."""
    part: DefinitionPart
    found: Coverage
    judgment: Mapping[str, str]

    @property
    def standing(self) -> str:
        """What staff judge: met, partly, not-yet, not-applicable, or blank when not judged."""
        return self.judgment.get("standing", "")

    @property
    def next_step(self) -> str:
        """The staff's next step, or the one offered where something is open."""
        own = self.judgment.get("next_step", "")
        settled = self.standing in {"met", "not-applicable"}
        return own or ("" if settled else self.part.next_step)


def requirement_coverage(
    requirements: Iterable[Requirement], tree: Tree, findings: Collection[Finding] = ()
) -> tuple[RequirementCoverage, ...]:
    """Return each requirement with where `tree` answers it.

    What one of the `findings` speaks against, and nobody has accepted, is addressed in part only.
    """
    look = _looker(tree)
    return tuple(
        RequirementCoverage(
            requirement,
            _held_against(findings, requirement, _of_requirement(requirement, tree, look)),
        )
        for requirement in requirements
    )


def framework_coverage(
    frameworks: Iterable[Framework], tree: Tree
) -> tuple[CriterionCoverage, ...]:
    """Return each criterion of the chosen `frameworks` with where `tree` answers it."""
    look = _looker(tree)
    return tuple(
        _of_criterion(framework, criterion, look, mark_of(criterion.id, tree))
        for framework in frameworks
        for criterion in framework.criteria
    )


def mark_path(criterion: str) -> str:
    """Return the path at which a person marks the criterion with that id as addressed."""
    return f"accepted.criterion/{criterion}"


def mark_of(criterion: str, tree: Tree) -> Mapping[str, str]:
    """Return who marked the criterion as addressed, and when; empty where either is missing."""
    said = texts(get(tree, mark_path(criterion)))
    signed = {key: said.get(key, "") for key in ("by", "on")}
    return signed if all(map(is_answered, signed.values())) else {}


def definition_reviews(parts: Iterable[DefinitionPart], tree: Tree) -> tuple[DefinitionReview, ...]:
    """Return every pathway of `tree` against every part of the legal definition."""
    found = tuple(parts)
    look = _looker(tree)
    return tuple(
        DefinitionReview(
            pathway,
            part,
            _covered([_within(target, pathway) for target in part.targets], "any", look),
            _judgment(tree, pathway, part.id),
        )
        for pathway in records(tree, "pathways")
        for part in found
    )


def covered(targets: Iterable[Target], needs: Needs, tree: Tree) -> Coverage:
    """Return how far the answers of `tree` speak to `targets`, all or any of which are needed."""
    return _covered(targets, needs, _looker(tree))


def _looker(tree: Tree, counts: Condition = ALWAYS) -> _Look:
    """What finds the answers that a target names; many things are asked of the same ones."""
    said = standings(tree)
    return cache(lambda target: _look(target, tree, said, counts))


def _covered(targets: Iterable[Target], needs: Needs, find: _Look) -> Coverage:
    looks = [find(target) for target in targets]
    where = tuple(dict.fromkeys(path for look in looks for path in look.where))
    if needs == "any" and any(look.status == "addressed" for look in looks):
        return Coverage("addressed", where)
    still = tuple(dict.fromkeys(path for look in looks for path in look.open))
    counted = [look for look in looks if look.status != "not-applicable"]
    if looks and not counted:
        return Coverage("not-applicable", (), (), looks[0].reason)
    if counted and all(look.status == "regional" for look in counted):
        return Coverage("regional", where, (), counted[0].reason)
    if counted and all(look.status in {"addressed", "regional"} for look in counted):
        return Coverage("addressed", where)
    later = next((look.reason for look in looks if look.open and look.reason), "")
    return Coverage("partial" if where else "missing", where, still, later)


def _of_requirement(requirement: Requirement, tree: Tree, look: _Look) -> Coverage:
    if not holds(requirement.when, tree, ""):
        return Coverage("not-applicable", (), (), requirement.unless)
    if requirement.counts.clauses:
        look = _looker(tree, requirement.counts)
    found = _covered(requirement.targets, requirement.needs, look)
    place = get(tree, "plan.regional_plan.sections")
    if (
        requirement.regional_ok
        and isinstance(place, dict)
        and is_answered(place.get(requirement.id))
    ):
        return Coverage("regional", found.where, (), str(place[requirement.id]))
    if found.status == "missing" and requirement.kind == "option":
        return Coverage("not-applicable", (), found.open, found.reason or _OPTION)
    return found


def _held_against(
    findings: Iterable[Finding], requirement: Requirement, coverage: Coverage
) -> Coverage:
    """The coverage, or the part that is left when a check of the answers speaks against it."""
    if coverage.status != "addressed":
        return coverage
    for finding in findings:
        if finding.rule in requirement.unless_found and not finding.accepted:
            return Coverage("partial", coverage.where, (finding.path,), finding.message)
    return coverage


def _of_criterion(
    framework: Framework, criterion: Criterion, look: _Look, mark: Mapping[str, str]
) -> CriterionCoverage:
    coverage = _covered(criterion.targets, criterion.needs, look)
    if criterion.actor == "state" and coverage.status in {"missing", "not-applicable"}:
        coverage = Coverage("state-role", (), coverage.open, criterion.asks)
    if coverage.status != "addressed" or _is_shown(criterion, look):
        return CriterionCoverage(framework, criterion, coverage)
    if not mark:
        coverage = replace(coverage, status="answered")
    return CriterionCoverage(framework, criterion, coverage, mark)


def _is_shown(criterion: Criterion, look: _Look) -> bool:
    """Whether records, codes, numbers or dates show it, so that nobody needs to read a text."""
    if criterion.reading:
        return False
    return any(
        look(target).status == "addressed"
        for target in criterion.targets
        if not is_long_text(target)
    )


def _look(target: Target, tree: Tree, said: Standings, counts: Condition) -> Coverage:
    """One target: every place it names, answered or not."""
    where: list[str] = []
    still: list[str] = []
    set_aside: list[tuple[str, str]] = []
    later = ""
    for path, value in matches(tree, target):
        standing = standing_of(path, said)
        short = is_very_short(path, value, tree)
        if is_answered(value) and not short and _counts(target, path, tree, counts):
            # What is said about an answer stands where the answer does.
            where.append(path.removeprefix("status."))
        elif _is_set_aside(standing):
            set_aside.append((standing["state"], standing.get("reason", "")))
        else:
            still.append(path)
            later = later or (_SHORT if short else _why_open(standing))
    if not where and not still:
        if set_aside:
            state, reason = set_aside[0]
            return Coverage("regional" if state == "regional" else "not-applicable", (), (), reason)
        return Coverage("missing", (), (target.text,))
    if still:
        return Coverage("partial" if where else "missing", tuple(where), tuple(still), later)
    return Coverage("addressed", tuple(where))


def _counts(target: Target, path: str, tree: Tree, counts: Condition) -> bool:
    """Whether the value at `path` is one of those that speak to what is asked."""
    own = [clause for clause in counts.clauses if clause.target.general == target.general]
    return holds(Condition(tuple(own)), tree, path)


def _is_set_aside(standing: Mapping[str, str]) -> bool:
    """Whether staff left it to the regional plan, or said why it does not apply."""
    if standing.get("state") == "regional":
        return True
    return standing.get("state") == "not-applicable" and is_answered(standing.get("reason"))


def _why_open(standing: Mapping[str, str]) -> str:
    if standing.get("state") == "not-applicable":
        return "Marked as not applicable, and no reason is given."
    return standing.get("reason", "") if standing.get("state") == "later" else ""


def _within(target: Target, pathway: str) -> Target:
    """The target as it reads inside one pathway: `pathways.*.x` becomes `pathways.<id>.x`."""
    if target.root != "pathways" or not isinstance(target.segments[1], (Each, Where)):
        return target
    return Target.parse(pathway + target.text[len("pathways.*") :])


def _judgment(tree: Tree, pathway: str, part: str) -> Mapping[str, str]:
    return texts(get(tree, f"{pathway}.definition.{part}"))
