"""What in a State file of one's own has the right shape and still cannot be meant."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from localplan.knowledge.questions import Question, load_questionnaire
from localplan.knowledge.states import State
from localplan.plan.checks.attachments import PARTS, REGIONAL
from localplan.plan.checks.datafiles import is_day

_ID = re.compile(r"[a-z0-9][a-z0-9-]*")
_PROMPT_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]*")
_EDITION = re.compile(r"\d{4}(-\d{4})?")
_DAYS = ("submission", "period_start", "period_end")


def doubts(state: State) -> Iterator[tuple[str, str]]:
    """Yield the place in the file of each thing that cannot be meant, and what to mend there."""
    if not _ID.fullmatch(state.id):
        yield "id", f'"{state.id}" is no id; use small letters, digits and hyphens, such as "wa"'
    else:
        yield from _questions(state)
    yield from _dates(state)
    yield from _prompts(state)
    yield from _attachments(state)


def _dates(state: State) -> Iterator[tuple[str, str]]:
    if not is_day(state.as_of):
        yield "as_of", f'"{state.as_of}" is no date; write it as 2026-11-21'
    if state.edition and not _EDITION.fullmatch(state.edition):
        yield "edition", f'"{state.edition}" is no edition; write its years, such as 2020-2024'
    if state.comment_days < 0:
        yield "comment_days", "a comment period has 1 day or more; leave it out where none is known"
    for key, said in state.calendar.items():
        if key in _DAYS and said and not is_day(said):
            yield f"calendar.{key}", f'"{said}" is no date; write it as 2029-03-31'
        elif key not in {*_DAYS, "source"}:
            known = ", ".join((*_DAYS, "source"))
            yield f"calendar.{key}", f'"{key}" is not known here; the keys are {known}'


def _questions(state: State) -> Iterator[tuple[str, str]]:
    ours = load_questionnaire()
    taken = {question.id: question.fills for question in ours.by_fills().values()}
    asked = [question.id for question in state.questions]
    for question in state.questions:
        place = f"questions.{question.id}"
        if question.id in taken or asked.count(question.id) > 1:
            yield f"{place}.id", f'the id "{question.id}" belongs to another question already'
        yield from _fills(place, question, taken.values(), state)


def _fills(
    place: str, question: Question, taken: Iterable[str], state: State
) -> Iterator[tuple[str, str]]:
    own = f"narratives.{state.id.replace('-', '_')}_"
    if question.fills in taken:
        yield (
            f"{place}.fills",
            (
                f'another question fills "{question.fills}" already; put that under a prompt, or '
                f'begin with "{own}"'
            ),
        )
    elif not question.fills.startswith(own):
        yield f"{place}.fills", f'"{question.fills}" should begin with "{own}"'
    elif not any(
        target.text == question.fills for prompt in state.prompts() for target in prompt.targets
    ):
        yield (
            f"{place}.fills",
            (
                f'no prompt has "{question.fills}" under targets, so its answer would stand in the '
                "last chapter"
            ),
        )


def _prompts(state: State) -> Iterator[tuple[str, str]]:
    for row, section in enumerate(state.sections, 1):
        place = f"sections.#{row}"
        if section.pages < 0 or section.words < 0:
            yield f"{place}.limit", "a limit is 1 or more"
        for prompt in section.prompts:
            if not _PROMPT_ID.fullmatch(prompt.id):
                yield (
                    f"{place}.prompts.{prompt.id}.id",
                    (
                        f'"{prompt.id}" is no id; use letters, digits and hyphens, such as '
                        f'"{state.id}-1-1"'
                    ),
                )
            if prompt.pages < 0 or prompt.words < 0:
                yield f"{place}.prompts.{prompt.id}.limit", "a limit is 1 or more"


def _attachments(state: State) -> Iterator[tuple[str, str]]:
    parts = {*PARTS, REGIONAL, ""}
    for name, count in Counter(piece.id for piece in state.attachments).items():
        if count > 1:
            yield f"attachments.{name}", f'the id "{name}" is used twice'
    for piece in state.attachments:
        if piece.part not in parts:
            known = ", ".join((*PARTS, REGIONAL))
            yield f"attachments.{piece.id}.part", f'"{piece.part}" is no part; choose from {known}'
