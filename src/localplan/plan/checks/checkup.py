"""The whole look at a plan that `check`, the document and the gate share."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from localplan.knowledge.kinds import Stage
from localplan.knowledge.lists import labels
from localplan.knowledge.questions import Questionnaire
from localplan.knowledge.standards import (
    Framework,
    Watch,
    load_definition,
    load_framework,
    load_law,
)
from localplan.knowledge.states import State
from localplan.plan.checks.coverage import (
    CriterionCoverage,
    DefinitionReview,
    RequirementCoverage,
    definition_reviews,
    framework_coverage,
    requirement_coverage,
)
from localplan.plan.checks.figures import (
    altered_figures,
    stale_figures,
    uncarried_numbers,
)
from localplan.plan.checks.findings import Case, Finding, findings_of
from localplan.plan.checks.limits import Length, lengths_of, limit_findings, short_findings
from localplan.plan.checks.passages import outdated_passages
from localplan.plan.checks.rules import RULES
from localplan.plan.checks.rules.definition import definition_findings
from localplan.plan.checks.structure import (
    dangling_references,
    hides_nothing,
    loose_marks,
    misfits,
    missing_answers,
    named_in_public,
    points_nowhere,
    set_aside_though_answered,
    unasked_answers,
    unknown_regional_places,
    wrong_choices,
)
from localplan.plan.file.figures import TakenFigure
from localplan.plan.model import Plan
from localplan.plan.progress import Progress, assess
from localplan.plan.reading import Reading, read_plan
from localplan.yamltext import Tree


@dataclass(frozen=True, slots=True)
class Checkup:
    """Everything there is to say about a plan on one day."""

    plan: Plan
    tree: Tree
    progress: Progress
    requirements: tuple[RequirementCoverage, ...]
    frameworks: tuple[CriterionCoverage, ...]
    definition: tuple[DefinitionReview, ...]
    findings: tuple[Finding, ...]
    watch: tuple[Watch, ...]
    """Changes in the law that nobody marked as looked at."""
    lengths: tuple[Length, ...] = ()
    """How long the parts are that the State limits."""

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings that keep a plan from being complete."""
        return tuple(finding for finding in self.findings if finding.severity == "error")

    @property
    def unspoken(self) -> tuple[RequirementCoverage, ...]:
        """What the law wants in every plan, where no answer speaks to it and none is missing."""
        named = {finding.path for finding in self.errors if finding.rule == "missing-answer"}
        return tuple(
            row
            for row in self.requirements
            if row.requirement.kind == "content"
            and row.coverage.status == "missing"
            and named.isdisjoint(row.coverage.open)
        )

    @property
    def complete(self) -> bool:
        """True when every required answer is there, speaks to the law, and nothing is wrong.

        What a framework asks keeps no plan from being complete: a board takes part by choice.
        """
        passed = self.plan.accepted
        open_items = [row for row in self.unspoken if unspoken_key(row) not in passed]
        return self.progress.complete and not self.errors and not open_items


def check_up(  # noqa: PLR0913 (each says what else is known)
    tree: Tree,
    questionnaire: Questionnaire,
    *,
    today: date,
    stage: Stage = "working",
    comment_days: int = 0,
    state: State | None = None,
    measured: Mapping[str, float] | None = None,
    figures: Sequence[TakenFigure] = (),
) -> Checkup:
    """Return the checkup of the answers in `tree` as they stand on `today`.

    `comment_days` is the comment period of the chosen State outline, 0 when it says none. With
    `state`, the limits of its outline are looked at too; `measured` gives pages counted on a
    finished document, where somebody counted them. `figures` is the ledger of figures.
    """
    reading = read_plan(tree)
    progress = assess(questionnaire, tree, stage=stage)
    law = load_law()
    lengths = lengths_of(state, tree, measured) if state else ()
    reviews = definition_reviews(load_definition(), tree)
    own = (
        *_of_the_file(reading, progress, tree, state),
        *definition_findings(reviews, _pathways(reading.plan)),
        *(limit_findings(state, lengths) if state else ()),
        *short_findings(tree),
        *stale_figures(figures, tree, today),
        *altered_figures(figures, tree),
        *uncarried_numbers(progress, tree, figures),
    )
    findings = findings_of(Case(reading.plan, today, comment_days), RULES, own)
    return Checkup(
        plan=reading.plan,
        tree=tree,
        progress=progress,
        requirements=requirement_coverage(law.requirements, tree, findings),
        frameworks=framework_coverage(chosen_frameworks(reading.plan), tree),
        definition=reviews,
        findings=findings,
        watch=tuple(note for note in law.watch if watch_key(note) not in reading.plan.accepted),
        lengths=lengths,
    )


def _of_the_file(
    reading: Reading, progress: Progress, tree: Tree, state: State | None
) -> Iterator[Finding]:
    """What is wrong with the file itself, and what does not point anywhere."""
    plan = reading.plan
    prompts = {prompt.id for prompt in state.prompts()} if state else set()
    yield from missing_answers(progress)
    yield from misfits(reading.problems)
    yield from wrong_choices(progress, tree)
    yield from unasked_answers(plan, progress)
    yield from dangling_references(plan)
    yield from points_nowhere(plan, tree)
    yield from set_aside_though_answered(plan, tree)
    yield from hides_nothing(tree)
    yield from named_in_public(tree, progress)
    yield from unknown_regional_places(plan, load_law().requirements, prompts)
    yield from loose_marks(plan, chosen_frameworks(plan))
    yield from outdated_passages(plan, tree)


def _pathways(plan: Plan) -> Mapping[str, str]:
    """The name of each pathway by its path."""
    return {f"pathways.{item.id}": item.name or "" for item in plan.pathways}


def chosen_frameworks(plan: Plan) -> tuple[Framework, ...]:
    """Return the frameworks that the board takes part in; outside California, California's last."""
    return frameworks_named(plan.plan.frameworks, plan.board.state or "")


def frameworks_named(names: Iterable[str], state: str) -> tuple[Framework, ...]:
    """Return the frameworks called `names` as a board in `state` reads them."""
    known = labels("frameworks")
    frameworks = [load_framework(name) for name in dict.fromkeys(names) if name in known]
    if state != "CA":
        frameworks.sort(key=lambda framework: framework.state == "CA")
    return tuple(frameworks)


def unspoken_key(row: RequirementCoverage) -> str:
    """Return the key under `accepted` that lets a plan pass without an item of the law."""
    return f"requirement/{row.requirement.id}"


def watch_key(note: Watch) -> str:
    """Return the key under `accepted` that says a watch note was looked at."""
    return f"watch/{note.id}"
