"""What applies, what is required and what is answered: decided here, and nowhere else.

The menu, `check`, the document and the gate of the submission stage all use `assess`, so that no
two of them ever disagree.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from localplan.knowledge.kinds import STAGES, Stage
from localplan.knowledge.questions import Question, Questionnaire, Section
from localplan.plan.standings import Standings, standing_of, standings
from localplan.plan.tree import get, holds, names_of, records, value_at
from localplan.yamltext import Tree

State: TypeAlias = Literal["answered", "missing", "not-applicable", "regional"]

_PLACEHOLDER = re.compile(
    r"(tbd|tba|tbc|to be (determined|decided|done|added|completed|written|provided|supplied)"
    r"|n/?a|none yet|not applicable|see (the )?(attached|attachment|above|below|appendix)"
    r"|to ?do|pending|coming soon|unknown|same as (above|before|last year)"
    r"|[x?._/\-…]+|lorem ipsum.*)",
    re.IGNORECASE | re.DOTALL,
)
_WRAPPING = " \t\n.*_()[]<>\"'!;:"


@dataclass(frozen=True, slots=True)
class Item:
    """One question at one place: `path` is the answer, `standing` what staff said about it."""

    question: Question
    path: str
    required: bool
    state: State
    standing: Mapping[str, str]

    @property
    def settled(self) -> bool:
        """True when nothing is left to do: answered, regional, or not applicable with a reason."""
        return self.state != "missing"

    @property
    def later(self) -> bool:
        """True when someone put the answer off, also one that stands there meanwhile."""
        said = self.standing.get("state") == "later"
        return said and self.state in {"missing", "answered"}

    @property
    def carried(self) -> bool:
        """True when the answer came from an older plan and nobody has confirmed it."""
        return self.state == "answered" and self.standing.get("state") == "carried"


@dataclass(frozen=True, slots=True)
class SectionProgress:
    """The items of one section, in the order they are asked."""

    section: Section
    items: tuple[Item, ...]

    @property
    def applies(self) -> int:
        """How many answers the section could hold as things stand."""
        return len(self.items)

    @property
    def required(self) -> int:
        """How many of them are required at this stage."""
        return sum(item.required for item in self.items)

    @property
    def answered(self) -> int:
        """How many required ones are settled."""
        return sum(item.required and item.settled for item in self.items)

    @property
    def later(self) -> int:
        """How many are put off."""
        return sum(item.later for item in self.items)


@dataclass(frozen=True, slots=True)
class Progress:
    """Where the whole plan stands."""

    stage: Stage
    sections: tuple[SectionProgress, ...]

    @property
    def questionnaire(self) -> Questionnaire:
        """The questions that the plan is asked."""
        return Questionnaire(tuple(part.section for part in self.sections))

    def items(self) -> Iterator[Item]:
        """Yield every item of every section."""
        for section in self.sections:
            yield from section.items

    @property
    def missing(self) -> tuple[Item, ...]:
        """The required items that are not settled."""
        return tuple(item for item in self.items() if item.required and not item.settled)

    @property
    def required(self) -> int:
        """How many answers are required at this stage."""
        return sum(section.required for section in self.sections)

    @property
    def answered(self) -> int:
        """How many required answers are settled."""
        return sum(section.answered for section in self.sections)

    @property
    def complete(self) -> bool:
        """True when no required answer is missing."""
        return not self.missing

    def section(self, name: str) -> SectionProgress:
        """Return the progress of the section called `name`; KeyError when there is none."""
        for progress in self.sections:
            if progress.section.id == name:
                return progress
        raise KeyError(name)


def assess(questionnaire: Questionnaire, tree: Tree, *, stage: Stage = "working") -> Progress:
    """Return what applies, what is required at `stage` and what is answered, question by question.

    A question about records (each partner's role) yields an item for each record. A question whose
    condition does not hold yields none, whatever the file still keeps under it.
    """
    said = standings(tree)
    return Progress(
        stage,
        tuple(
            SectionProgress(
                section,
                tuple(
                    item
                    for question in section.questions
                    for item in _items(question, tree, said, stage)
                ),
            )
            for section in questionnaire.sections
        ),
    )


def is_answered(value: Any, question: Question | None = None) -> bool:
    """Return whether `value` says something.

    Blank text, "TBD", "N/A", "see attached" and the untouched example of a long answer say nothing;
    neither does a list or group in which nothing but ids was filled in.
    """
    if isinstance(value, str):
        return _says_something(value, question)
    if isinstance(value, (list, tuple)):
        return any(is_answered(part) for part in value)
    if isinstance(value, Mapping):
        return any(is_answered(part) for key, part in value.items() if key != "id")
    return value is not None


def _says_something(text: str, question: Question | None) -> bool:
    words = text.strip(_WRAPPING)
    if not words:
        return text.strip() in {"*", "**"}
    if len(words) < 60 and _PLACEHOLDER.fullmatch(words):  # noqa: PLR2004
        return question is not None and question.kind in {"choice", "choices"}
    if question is None or question.kind != "text" or not question.example:
        return True  # a real year, code or name may well be the one in the example
    return words != question.example.strip(_WRAPPING)


def _items(question: Question, tree: Tree, said: Standings, stage: Stage) -> Iterator[Item]:
    for path in _places(question.fills, tree):
        if not holds(question.when, tree, path):
            continue
        yield _item(question, path, get(tree, path), said, stage)
    if question.kind == "records":
        # A person thinks one partner at a time, so records come before fields.
        for place in _places(question.fills, tree):
            yield from _record_items(question, place, get(tree, place), tree, said, stage)


def _record_items(
    question: Question, path: str, value: object, tree: Tree, said: Standings, stage: Stage
) -> Iterator[Item]:
    """The items of every record in the list at `path`, record by record."""
    if not isinstance(value, list):
        return
    every = f"{question.fills}.*."
    for name, record in zip(names_of(value), value, strict=True):
        if not isinstance(record, dict):
            continue
        for field in question.fields:
            tail = field.fills.removeprefix(every)
            here = f"{path}.{name}.{tail}"
            if field.when.clauses and not holds(field.when, tree, here):
                continue
            inner = value_at(record, tail.split("."))
            yield _item(field, here, inner, said, stage)
            if field.kind == "records":
                yield from _record_items(field, here, inner, tree, said, stage)


def _item(question: Question, path: str, value: object, said: Standings, stage: Stage) -> Item:
    standing = standing_of(path, said)
    due = STAGES.index(question.stage) <= STAGES.index(stage)
    state = _state(question, value, standing)
    if state == "answered" and standing.get("state") == "later" and path not in said:
        # Of a list or record that was put off, what is missing waits, not what was answered.
        standing = {}
    return Item(
        question=question,
        path=path,
        required=question.required and due,
        state=state,
        standing=standing,
    )


def _state(question: Question, value: Any, standing: Mapping[str, str]) -> State:
    if standing.get("state") == "not-applicable" and is_answered(standing.get("reason")):
        return "not-applicable"
    if standing.get("state") == "regional":
        return "regional"
    if question.kind == "records":
        filled = [record for record in value or () if is_answered(record)]
        return "answered" if len(filled) >= max(question.least, 1) else "missing"
    return "answered" if is_answered(value, question) else "missing"


def _places(fills: str, tree: Tree) -> Iterator[str]:
    """The concrete paths that `fills` names: one, or one for each record it goes through."""
    head, star, rest = fills.partition(".*.")
    if not star:
        yield fills
        return
    for record in records(tree, head):
        yield from _places(f"{record}.{rest}", tree)
