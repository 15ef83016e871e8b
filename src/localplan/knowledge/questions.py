"""The questionnaire: every question of `prompts/`, read, checked and ready to ask."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from localplan.errors import LocalPlanError
from localplan.knowledge.datafile import read_shaped
from localplan.knowledge.kinds import Kind, Stage
from localplan.knowledge.lists import Option, load_lists
from localplan.knowledge.targets import ALWAYS, Condition, TargetError
from localplan.resources import PROMPTS

ELEMENTS = ("partnership", "sector", "design", "delivery", "supports", "measurement")
"""The six elements in the order of CLASP, Career Pathways: Local Planning."""
CROSSWALK_ELEMENTS = ("sector", "design", "partnership", "delivery", "supports", "measurement")
"""The six elements in the order of CLASP, California Career Pathways: Connecting the Work."""
SECTIONS = ("board", "plan", *ELEMENTS, "administration")


class QuestionsError(LocalPlanError):
    """A file of questions that cannot be used, with the file, the question and the mend."""


@dataclass(frozen=True, slots=True)
class OfferWords:
    """What leads to records that can be taken over into a list."""

    wish: str
    """The line in the list's menu."""
    ask: str
    help: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """One question: how it is asked, which answer it fills, and when it applies."""

    id: str
    section: str
    fills: str
    kind: Kind
    ask: str
    heading: str = ""
    """A short noun phrase that heads the answer in documents."""
    help: str = ""
    why: str = ""
    reviewer: str = ""
    example: str = ""
    knows: str = ""
    required: bool = False
    stage: Stage = "working"
    when: Condition = ALWAYS
    seeds: tuple[str, ...] = ()
    watch: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()
    """Lists of the law that help to answer, such as the fourteen youth elements."""
    options: tuple[Option, ...] = ()
    other: bool = False
    sources: tuple[str, ...] = ()
    """Lists that a `pick` chooses from; `board` is the board itself."""
    one: str = ""
    many: str = ""
    label: str = "name"
    least: int = 1
    offers: OfferWords | None = None
    """How the usual entries of a list are offered; None where it has none."""
    fields: tuple["Question", ...] = ()
    origin: str = ""
    """The State or framework that asks it, when it is not one of ours."""

    @property
    def is_narrative(self) -> bool:
        """True for a long text kept under `narratives`."""
        return self.fills.startswith("narratives.")

    @property
    def per_record(self) -> bool:
        """True when the question is asked once for each record of a list."""
        return ".*." in self.fills


@dataclass(frozen=True, slots=True)
class GuidingQuestion:
    """A question that orients the reader of a chapter."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the questionnaire: an element, or board, plan, administration."""

    id: str
    title: str
    opens: str
    labels: Mapping[str, str]
    guiding_questions: tuple[GuidingQuestion, ...]
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """All sections, in the order they are asked."""

    sections: tuple[Section, ...]

    def section(self, name: str) -> Section:
        """Return the section called `name`; KeyError when there is none."""
        for section in self.sections:
            if section.id == name:
                return section
        raise KeyError(name)

    def questions(self) -> Iterator[Question]:
        """Yield every question, each followed by the fields of its records."""
        for section in self.sections:
            for question in section.questions:
                yield from _with_fields(question)

    def by_fills(self) -> dict[str, Question]:
        """Return every question by the path it fills, such as `partners.*.role`."""
        return {question.fills: question for question in self.questions()}

    def joined_by(self, extra: Sequence[Question]) -> "Questionnaire":
        """Return the questionnaire with `extra` questions at the end of their sections."""
        if not extra:
            return self
        return Questionnaire(
            tuple(
                replace(
                    section,
                    questions=section.questions
                    + tuple(question for question in extra if question.section == section.id),
                )
                for section in self.sections
            )
        )


def _with_fields(question: Question) -> Iterator[Question]:
    yield question
    for field in question.fields:
        yield from _with_fields(field)


@cache
def load_questionnaire(folder: Path = PROMPTS) -> Questionnaire:
    """Return the questions of `folder`, one YAML file for each section.

    Raises:
        QuestionsError: a file does not have the shape that `docs/data-files.md` describes.
    """
    return Questionnaire(tuple(_read_section(folder / f"{name}.yaml") for name in SECTIONS))


def read_questions(
    entries: Iterable[Mapping[str, Any]], *, section: str, origin: str
) -> tuple[Question, ...]:
    """Return the extra questions of a State or framework file, each in its section.

    Raises:
        QuestionsError: an entry names a list or an element that there is not, or its condition
            cannot be read.
    """
    return tuple(
        replace(_question(entry, _element(entry, section, origin), origin), origin=origin)
        for entry in entries
    )


def _element(entry: Mapping[str, Any], section: str, origin: str) -> str:
    """Where an extra question is asked; one in no section would be asked of nobody."""
    element = str(entry["element"] or section)
    if element not in SECTIONS:
        raise QuestionsError(
            f'{origin}, question {entry["id"]}: there is no element "{element}". '
            f"Choose from {', '.join(SECTIONS)}."
        )
    return element


def _read_section(path: Path) -> Section:
    written = read_shaped(path, "SectionFile", QuestionsError)
    return Section(
        id=written["section"],
        title=written["title"],
        opens=written["opens"],
        labels=written["labels"],
        guiding_questions=tuple(GuidingQuestion(**entry) for entry in written["guiding_questions"]),
        questions=tuple(
            _question(entry, written["section"], path.name) for entry in written["questions"]
        ),
    )


def _question(written: Mapping[str, Any], section: str, place: str) -> Question:
    where = f"{place}, question {written['id']}"
    try:
        when = Condition.parse(written["when"])
    except TargetError as error:
        raise QuestionsError(f"{where}: {error}") from error
    plain = {key: value for key, value in written.items() if key != "element"}
    return Question(
        **plain
        | {
            "section": section,
            "when": when,
            "seeds": tuple(written["seeds"]),
            "watch": tuple(written["watch"]),
            "sources": tuple(written["sources"]),
            "lists": tuple(name for name in written["lists"] if _listed(name, where)),
            "options": _options(written["options"], where),
            "offers": OfferWords(**written["offers"]) if written["offers"] else None,
            "fields": tuple(_question(field, section, place) for field in written["fields"]),
        }
    )


def _options(written: str | Mapping[str, str], where: str) -> tuple[Option, ...]:
    if isinstance(written, str):
        return _listed(written, where)
    return tuple(Option(code, label) for code, label in written.items())


def _listed(name: str, where: str) -> tuple[Option, ...]:
    """The list of `lists.yaml` called `name`."""
    lists = load_lists()
    if name not in lists:
        raise QuestionsError(f"{where}: there is no list {name} in lists.yaml")
    return lists[name]
