"""Check a State file that a person wrote, and say on which line each thing must be mended."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from pydantic import ValidationError

from localplan.knowledge.asking import questionnaire_for
from localplan.knowledge.datafile import text_of
from localplan.knowledge.lists import load_lists
from localplan.knowledge.questions import SECTIONS, Question
from localplan.knowledge.shapes import Prompt, StateFile, misfits, placed
from localplan.knowledge.shapes import Question as WrittenQuestion
from localplan.knowledge.standards import StandardsError, framework_ids
from localplan.knowledge.states import State, read_state
from localplan.knowledge.targets import Target, TargetError
from localplan.plan.checks.findings import Finding
from localplan.plan.checks.statedoubts import doubts
from localplan.yamltext import parse

_NAMED = 5
"""How many answers without a prompt one line names."""


def check_state_file(path: Path) -> tuple[str, ...]:
    """Return what must be mended in the State file at `path`, each with its line; empty when none.

    Raises:
        StandardsError: there is no such file, or it is not text.
        YamlError: the file is not YAML of the kind that people type here.
    """
    text = text_of(path, StandardsError)
    tree = parse(text, path.name)
    try:
        written = StateFile.model_validate(tree)
    except ValidationError as error:
        return misfits(text, path.name, error, "a State file")
    return placed(text, path.name, list(_problems(written)) or list(doubts(read_state(path))))


def unplaced(state: State, questions: Iterable[Question]) -> tuple[Question, ...]:
    """Return the long texts and required lists of the plan that no prompt of `state` names.

    A draft in that order prints them in a last section of their own. Who the board is and which
    plan it is stands at the front in every order.
    """
    named = [f"{target.general}." for prompt in state.prompts() for target in prompt.targets]
    return tuple(
        each
        for each in questions
        if (each.is_narrative or _is_needed_list(each))
        and not any(target.startswith(f"{each.fills}.") for target in named)
    )


def _is_needed_list(question: Question) -> bool:
    at_the_front = question.section in {"board", "plan"}
    listed = question.kind == "records" and not question.per_record
    return listed and question.required and not at_the_front


def said_of_unplaced(state: State, questions: Iterable[Question], *, most: int = 0) -> str:
    """Return which required answers stand under no prompt of `state`; blank when none does.

    With `most`, only as many are named.
    """
    left = unplaced(state, questions)
    needed = [each.heading or each.many or each.ask for each in left if each.required]
    if not needed:
        return ""
    cut = most and len(needed) > most
    named = f"{'; '.join(needed[:most])}; and more" if cut else "; ".join(needed)
    others = len(left) - len(needed)
    besides = f" So do {others} that are not required." if others else ""
    stand = "answer stands" if len(needed) == 1 else "answers stand"
    return (
        f"{len(needed)} required {stand} under no prompt and would come in a last section: "
        f"{named}.{besides}"
    )


def file_findings(path: Path, state: State, asked: Iterable[Question]) -> Iterator[Finding]:
    """Yield what there is to say about a plan that follows the outline in the file at `path`.

    `asked` are the questions of the plan. What `check_state_file` finds is one warning, and the
    required answers that stand under no prompt are another.
    """
    problems = check_state_file(path)
    if problems:
        yield Finding(
            "outline-file", "warning", "plan.outline",
            f"{'; '.join(problems)}. What no prompt names comes in a last section.",
        )  # fmt: skip
    if left := said_of_unplaced(state, asked, most=_NAMED):
        yield Finding(
            "outline-unplaced", "warning", "plan.outline",
            f"{path.name}: {left} See all: localplan standards --check {path}",
        )  # fmt: skip


def _problems(written: StateFile) -> Iterator[tuple[str, str]]:
    """What has the right shape but names something that does not exist: place and message."""
    fills = set(questionnaire_for(framework_ids(), None).by_fills())
    fills |= {question.fills for question in written.questions}
    for question in written.questions:
        yield from _question(question, fills)
    seen: set[str] = set()
    for row, section in enumerate(written.sections, 1):
        for prompt in section.prompts:
            place = f"sections.#{row}.prompts.{prompt.id}"
            if prompt.id in seen:
                yield f"{place}.id", f'the id "{prompt.id}" is used twice'
            seen.add(prompt.id)
            yield from _prompt(place, prompt, fills)
    for piece in written.attachments:
        yield from _condition(f"attachments.{piece.id}", piece.when, fills)


def _question(question: WrittenQuestion, fills: set[str]) -> Iterator[tuple[str, str]]:
    place = f"questions.{question.id}"
    if question.element and question.element not in SECTIONS:
        known = ", ".join(SECTIONS)
        yield f"{place}.element", f'there is no element "{question.element}"; choose from {known}'
    for key, named in (("lists", question.lists), ("options", question.options)):
        for name in [named] if isinstance(named, str) else named:
            if not isinstance(named, dict) and name not in load_lists():
                yield f"{place}.{key}", f'there is no list "{name}" in lists.yaml'
    yield from _condition(place, question.when, fills)


def _prompt(place: str, prompt: Prompt, fills: set[str]) -> Iterator[tuple[str, str]]:
    if not prompt.prompt and not prompt.heading:
        yield place, "a prompt needs the State's words (prompt) or at least a heading"
    for target in prompt.targets:
        if problem := _target_problem(target, fills):
            yield f"{place}.targets", problem
    yield from _condition(place, prompt.when, fills)


def _condition(
    place: str, when: Mapping[str, str | list[str]], fills: set[str]
) -> Iterator[tuple[str, str]]:
    """What is wrong with a condition; one on an answer that nobody is asked for never holds."""
    for text in when:
        if problem := _target_problem(text, fills):
            yield f"{place}.when", problem


def _target_problem(text: str, fills: set[str]) -> str:
    try:
        target = Target.parse(text)
    except TargetError as error:
        return str(error)
    if any(one == target.general or one.startswith(f"{target.general}.") for one in fills):
        return ""
    return f'no question fills "{text}"; check the key, or add it under questions'
