"""The names that a data file may use: answers, their choices, lists, notes and steps."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from localplan.knowledge.asking import asked_anywhere, questionnaire_for
from localplan.knowledge.datafile import read_tree
from localplan.knowledge.lists import load_lists
from localplan.knowledge.questions import SECTIONS, Question
from localplan.knowledge.shapes import Question as WrittenQuestion
from localplan.knowledge.shapes import did_you_mean
from localplan.knowledge.standards import framework_ids, load_law
from localplan.knowledge.targets import ANYTHING, NOTHING, Key, Target, TargetError, Where
from localplan.plan.keys import RECORD_LISTS
from localplan.resources import STANDARDS

Told = Iterator[tuple[str, str]]
"""Places in a file, each with what must be mended there."""
Conditions = Mapping[str, str | list[str]]

_WITHOUT_A_QUESTION = ("plan.regional_plan.sections", "status.*")
"""Answers that no question fills: the interview and the program keep them item by item."""
_HOLDS_OPTIONS = {"choice", "choices"}
_HOLDS_PICKS = {"pick", "picks"}
_MANY = 12
"""As many codes as a line can name; a longer list is looked up in the docs."""


@dataclass(frozen=True, slots=True)
class Names:
    """What can be named: each answer, with the codes it may have where they are known."""

    codes: Mapping[str, frozenset[str]]

    def target_problem(self, text: str) -> str:
        """Return why `text` names no answer, with the name that was meant; blank when it does."""
        try:
            target = Target.parse(text)
        except TargetError as error:
            return str(error)
        if target.root == "status":
            return ""
        if not self._is_asked(target.general):
            hint = did_you_mean(target.general, self._all())
            rest = hint or " Check the key, or add it under questions."
            return f'no question fills "{text}".{rest}'
        return next(self._filter_problems(target), "")

    def condition_problems(self, place: str, when: Conditions) -> Told:
        """Yield what is wrong with a condition: one that cannot hold makes its entry vanish."""
        for text, said in when.items():
            if problem := self.target_problem(text):
                yield f"{place}.{text}", problem
                continue
            values = [said] if isinstance(said, str) else said
            for value in values:
                if value not in {ANYTHING, NOTHING}:
                    yield from self._value_problem(f"{place}.{text}", text, value)

    def _value_problem(self, place: str, text: str, value: str) -> Told:
        codes = self.codes.get(Target.parse(text).general)
        if codes and value not in codes:
            yield place, f'"{value}" is none of the values of {text}.{_choose(value, codes)}'

    def _filter_problems(self, target: Target) -> Iterator[str]:
        before: list[str] = []
        for segment in target.segments:
            if isinstance(segment, Where):
                yield from self._where_problem(".".join(before), segment)
            before.append(segment.name if isinstance(segment, Key) else ANYTHING)

    def _where_problem(self, records: str, where: Where) -> Iterator[str]:
        field = f"{records}.{ANYTHING}.{where.key}"
        if not self._is_asked(field):
            start = f"{records}.{ANYTHING}."
            known = [
                name.removeprefix(start)
                for name in self._all()
                if name.startswith(start) and "." not in name.removeprefix(start)
            ]
            yield f'"{where.key}" is no field of {records}.{_choose(where.key, known)}'
        elif (codes := self.codes.get(field)) and where.value not in codes:
            yield f'"{where.value}" is none of the values of {field}.{_choose(where.value, codes)}'

    def _is_asked(self, general: str) -> bool:
        return general in self._all()

    def _all(self) -> Iterable[str]:
        return self.codes.keys()


def names_with(own: Iterable[WrittenQuestion] = (), *, of_states: bool = False) -> Names:
    """Return everything that we and the frameworks ask, and what the file itself asks besides.

    With `of_states` what only some State asks can be named too.
    """
    codes = dict(_asked(of_states=of_states))
    for question in _with_fields(own):
        codes.setdefault(question.fills, _codes_of(question))
    return Names(codes)


def said_of_answers(word: str = "") -> Iterator[tuple[str, str, str]]:
    """Yield the name, the element and the question of each answer.

    With `word`, only of those that it stands in.
    """
    wanted = word.casefold()
    for fills, question in questionnaire_for(framework_ids(), None).by_fills().items():
        said = (fills, question.section, question.ask)
        if wanted in " ".join((*said, question.heading)).casefold():
            yield said


def question_problems(place: str, question: WrittenQuestion, names: Names) -> Told:
    """Yield what a question names that does not exist, or lacks for its kind."""
    yield from _home_problem(place, question)
    yield from _kind_problems(place, question)
    yield from names.condition_problems(f"{place}.when", question.when)
    for key, said, known in (
        ("lists", question.lists, load_lists().keys()),
        ("watch", question.watch, {note.id for note in load_law().watch}),
        ("seeds", question.seeds, seed_ids()),
    ):
        for name in said:
            if name not in known:
                yield (
                    f"{place}.{key}",
                    f"there is no {_CALLED[key].format(name)}."
                    + (did_you_mean(name, known) or " Check its spelling."),
                )
    for field in question.fields:
        yield from question_problems(f"{place}.fields.{field.id}", field, names)


_CALLED = {
    "lists": 'list "{}" in lists.yaml',
    "watch": 'watch note "{}" in wioa.yaml',
    "seeds": 'entry "{}" in seeds.yaml',
}


def _choose(written: str, known: Iterable[str]) -> str:
    listed = sorted(known)
    if hint := did_you_mean(written, listed):
        return hint
    if not listed or len(listed) > _MANY:
        return ""
    return f" Choose from {', '.join(listed)}."


def _home_problem(place: str, question: WrittenQuestion) -> Told:
    if question.element and question.element not in SECTIONS:
        known = ", ".join(SECTIONS)
        yield f"{place}.element", f'there is no element "{question.element}"; choose from {known}'


def _kind_problems(place: str, question: WrittenQuestion) -> Told:
    if isinstance(question.options, str) and question.options not in load_lists():
        hint = did_you_mean(question.options, load_lists())
        yield f"{place}.options", f'there is no list "{question.options}" in lists.yaml.{hint}'
    if question.kind in _HOLDS_OPTIONS and not question.options:
        yield f"{place}.kind", f'a question of kind "{question.kind}" needs options to choose from'
    if question.kind == "records" and not question.fields:
        yield f"{place}.kind", 'a question of kind "records" needs fields'
    if question.kind in _HOLDS_PICKS and not question.sources:
        yield f"{place}.kind", f'a question of kind "{question.kind}" needs a list to pick from'
    homes = {home[0] for home in RECORD_LISTS if len(home) == 1} | {"board"}
    for name in question.sources:
        if name not in homes:
            hint = _choose(name, homes)
            yield f"{place}.from", f'there is no list of records "{name}".{hint}'


def _with_fields(questions: Iterable[WrittenQuestion]) -> Iterator[WrittenQuestion]:
    for question in questions:
        yield question
        yield from _with_fields(question.fields)


@cache
def _asked(*, of_states: bool) -> Mapping[str, frozenset[str]]:
    """Each answer and each group of answers, with the codes that it may have."""
    ours = questionnaire_for(framework_ids(), None).by_fills()
    questions = asked_anywhere() if of_states else ours
    codes = {fills: _codes(question) for fills, question in questions.items()}
    codes |= dict.fromkeys(_WITHOUT_A_QUESTION, frozenset())
    for fills in questions:
        steps = fills.split(".")
        for count in range(1, len(steps)):
            codes.setdefault(".".join(steps[:count]), frozenset())
    return codes


def _codes(question: Question) -> frozenset[str]:
    if question.kind == "yes-no":
        return frozenset({"yes", "no"})
    chosen = question.kind in _HOLDS_OPTIONS and not question.other
    return frozenset(option.code for option in question.options) if chosen else frozenset()


def _codes_of(question: WrittenQuestion) -> frozenset[str]:
    if question.kind == "yes-no":
        return frozenset({"yes", "no"})
    if question.kind not in _HOLDS_OPTIONS or question.other:
        return frozenset()
    if isinstance(question.options, dict):
        return frozenset(question.options)
    return frozenset(option.code for option in load_lists().get(question.options, ()))


@cache
def seed_ids() -> frozenset[str]:
    """Return the ids of everything that the two source documents ask."""
    parts: Any = read_tree(STANDARDS / "seeds.yaml").values()
    return frozenset(entry["id"] for part in parts if isinstance(part, list) for entry in part)
