"""Who asks for an answer: requirements of the law, chosen frameworks, the State; what changed."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from localplan.knowledge.questions import Question
from localplan.knowledge.standards import Criterion, Framework, Requirement, Watch, load_law
from localplan.knowledge.states import State
from localplan.knowledge.targets import Target
from localplan.plan.checks.checkup import watch_key
from localplan.yamltext import Tree


@dataclass(frozen=True, slots=True)
class Asked:
    """Everyone who asks for one answer, each in a line, and what to watch."""

    law: tuple[str, ...]
    frameworks: tuple[str, ...]
    state: tuple[str, ...]
    watch: tuple[Watch, ...]


NOBODY = Asked((), (), (), ())


def who_asks(
    question: Question, frameworks: Iterable[Framework], state: State | None, tree: Tree
) -> Asked:
    """Return who asks for the answer to `question`, and what changed that nobody looked at yet."""
    law = load_law()
    return Asked(
        tuple(_requirement(each) for each in law.requirements if _aims(each.targets, question)),
        tuple(_criteria(frameworks, question)),
        tuple(_prompts(state, question)) if state else (),
        changes_at(question, tree),
    )


def changes_at(question: Question, tree: Tree) -> tuple[Watch, ...]:
    """Return the changes in the law that touch `question`, until they are marked as looked at."""
    looked_at = tree.get("accepted")
    return tuple(
        note
        for note in load_law().watch
        if (note.id in question.watch or _aims(note.targets, question))
        and not (isinstance(looked_at, dict) and watch_key(note) in looked_at)
    )


def _aims(targets: Iterable[Target], question: Question) -> bool:
    """Whether a target names this answer, or for records the list or something in it."""
    aims = {target.general for target in targets}
    return question.fills in aims


def _requirement(requirement: Requirement) -> str:
    cite = requirement.cites.get("act", "") or requirement.citation
    return f"{requirement.heading} ({cite})" if cite else requirement.heading


def _criteria(frameworks: Iterable[Framework], question: Question) -> Iterator[str]:
    for framework in frameworks:
        for criterion in framework.criteria:
            if _aims(criterion.targets, question):
                yield f"{framework.short}: {_short(criterion)}"


def _short(criterion: Criterion) -> str:
    return criterion.says


def _prompts(state: State, question: Question) -> Iterator[str]:
    for section in state.sections:
        for prompt in section.prompts:
            if _aims(prompt.targets, question):
                yield " ".join(f"{state.name}: {prompt.number} {prompt.heading}".split())
