"""Check a State file that a person wrote: what it names, and which answers it leaves unplaced."""

from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from localplan.knowledge.datafile import text_of
from localplan.knowledge.lists import load_lists
from localplan.knowledge.questions import Question, load_questionnaire
from localplan.knowledge.shapes import Prompt, StateFile, did_you_mean, placed
from localplan.knowledge.standards import StandardsError, load_law
from localplan.knowledge.states import (
    State,
    base_problem,
    load_state,
    nearest_prompts,
    read_state,
    state_ids,
)
from localplan.plan.checks.datafiles import look_at
from localplan.plan.checks.datanames import Names, names_with, question_problems
from localplan.plan.checks.findings import Finding
from localplan.plan.checks.statedoubts import doubts
from localplan.resources import TEMPLATES

_NAMED = 5
"""How many answers without a prompt one line names."""


def check_state_file(path: Path) -> tuple[str, ...]:
    """Return what must be mended in the State file at `path`, each with its line; empty when none.

    Raises:
        StandardsError: there is no such file, or it is not text.
        YamlError: the file is not YAML of the kind that people type here.
    """
    looked = look_at(path, "State")
    if not isinstance(looked.written, StateFile):
        return looked.problems
    text = text_of(path, StandardsError)
    found = list(_problems(looked.written)) or list(doubts(read_state(path)))
    return placed(text, path.name, found)


def remarks_on(path: Path, questions: Iterable[Question]) -> tuple[str, ...]:
    """Return what a usable State file may still have wrong, each with its line.

    `questions` are those of the plan; the answers without a place are named one by one, each with
    the prompt that stands nearest.
    """
    state = read_state(path)
    text = text_of(path, StandardsError)
    found = [*_silent_prompts(state), *_unused_words(state)]
    return (*placed(text, path.name, found), *_without_a_place(state, questions))


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
    names = names_with(written.questions)
    for question in written.questions:
        yield from question_problems(f"questions.{question.id}", question, names)
    if problem := base_problem(written.base):
        yield "base", problem
    seen: set[str] = set()
    for row, section in enumerate(written.sections, 1):
        if section.ours and section.number:
            yield (
                f"sections.#{row}.ours",
                'a section of our own has no number of the State; take out "ours" or "number"',
            )
        for prompt in section.prompts:
            place = f"sections.#{row}.prompts.{prompt.id}"
            if prompt.id in seen:
                yield f"{place}.id", f'the id "{prompt.id}" is used twice'
            seen.add(prompt.id)
            yield from _prompt(place, prompt, names)
    for piece in written.attachments:
        yield from names.condition_problems(f"attachments.{piece.id}.when", piece.when)


def _prompt(place: str, prompt: Prompt, names: Names) -> Iterator[tuple[str, str]]:
    if not prompt.prompt and not prompt.heading:
        yield place, "a prompt needs the State's words (prompt) or at least a heading"
    if prompt.ours and (prompt.prompt or prompt.number):
        key = "prompt" if prompt.prompt else "number"
        yield (
            f"{place}.ours",
            f'a place of our own has no words or number of the State; take out "ours" or "{key}"',
        )
    for target in prompt.targets:
        if problem := names.target_problem(target):
            yield f"{place}.targets", problem
    yield from names.condition_problems(f"{place}.when", prompt.when)


def _silent_prompts(state: State) -> Iterator[tuple[str, str]]:
    """Prompts under which nothing can stand."""
    for row, section in enumerate(state.sections, 1):
        for prompt in section.prompts:
            if not prompt.targets:
                yield (
                    f"sections.#{row}.prompts.{prompt.id}",
                    "no answer is named under targets, so nothing will stand under this prompt. "
                    "See the names: localplan standards --targets WORD",
                )


def _unused_words(state: State) -> Iterator[tuple[str, str]]:
    """Words to replace that our documents do not say."""
    said = _said_in_documents()
    for word in state.vocabulary:
        if word.casefold() not in said:
            hint = did_you_mean(word.casefold(), _known_words())
            yield (
                f"vocabulary.{word}",
                f'our documents do not say "{word}", so nothing changes.{hint}',
            )


def _without_a_place(state: State, questions: Iterable[Question]) -> Iterator[str]:
    left = unplaced(state, questions)
    if not left:
        return
    near = nearest_prompts(state, [each.fills for each in left])
    needed = sum(each.required for each in left)
    stand = "answer stands" if needed == 1 else "answers stand"
    yield (
        f"{needed} required {stand} under no prompt and would come in a last section, with "
        f"{len(left) - needed} others. Name each under targets, or write `base: federal` at the "
        "top: then each stands under the prompt nearest to it."
    )
    for each in sorted(left, key=lambda question: not question.required):
        prompt = near.get(each.fills)
        said = f"{prompt.number} {prompt.heading or prompt.id}".strip() if prompt else "none"
        required = "required, " if each.required else ""
        yield f"  {each.fills}: {each.heading or each.many} ({required}nearest prompt: {said})"


@cache
def _said_in_documents() -> str:
    """What templates, questions and lists say, in small letters."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(TEMPLATES.rglob("*.*"))
             if path.suffix in {".md", ".j2"}]  # fmt: skip
    texts.extend(question.heading for question in load_questionnaire().questions())
    for term in load_law().terms:
        texts.extend((term.term, *term.also))
    for options in load_lists().values():
        texts.extend(option.label for option in options)
    return "\n".join(texts).casefold()


@cache
def _known_words() -> tuple[str, ...]:
    """Words that a State may call otherwise: those of the glossary, and those States replace."""
    words = [term.term for term in load_law().terms]
    words += [word for name in state_ids() for word in load_state(name).vocabulary]
    return tuple(word.casefold() for word in words if word.casefold() in _said_in_documents())
