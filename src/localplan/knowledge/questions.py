"""The questionnaire: every question of `prompts/`, read, checked and ready to ask."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, Literal, TypeAlias, get_args

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from localplan.errors import LocalPlanError
from localplan.knowledge.datafile import read_tree
from localplan.knowledge.lists import Option, load_lists
from localplan.knowledge.targets import ALWAYS, Condition, TargetError
from localplan.resources import PROMPTS

Kind: TypeAlias = Literal[
    "text", "line", "lines", "yes-no", "number", "percent", "dollars", "count", "date",
    "program-year", "naics", "soc", "email", "web", "choice", "choices", "pick", "picks", "records",
]  # fmt: skip
Stage: TypeAlias = Literal["working", "public", "board", "submission"]
STAGES: tuple[Stage, ...] = get_args(Stage)

ELEMENTS = ("partnership", "sector", "design", "delivery", "supports", "measurement")
"""The six elements in the order of CLASP, Career Pathways: Local Planning."""
CROSSWALK_ELEMENTS = ("sector", "design", "partnership", "delivery", "supports", "measurement")
"""The six elements in the order of CLASP, California Career Pathways: Connecting the Work."""
SECTIONS = ("board", "plan", *ELEMENTS, "administration")


class QuestionsError(LocalPlanError):
    """A file of questions that cannot be used, with the file, the question and the mend."""


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


class _QuestionFile(BaseModel):
    """A question as it is written in a file."""

    model_config = ConfigDict(extra="forbid", defer_build=True)

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    fills: str
    kind: Kind
    ask: str = Field(min_length=1)
    heading: str = ""
    help: str = ""
    why: str = ""
    reviewer: str = ""
    example: str = ""
    knows: str = ""
    required: bool = False
    stage: Stage = "working"
    when: dict[str, str | list[str]] = {}
    seeds: list[str] = []
    watch: list[str] = []
    lists: list[str] = []
    options: str | dict[str, str] = {}
    other: bool = False
    sources: list[str] = Field(default=[], alias="from")
    one: str = ""
    many: str = ""
    label: str = "name"
    least: int = 1
    element: str = ""
    fields: list["_QuestionFile"] = []


class _GuidingFile(BaseModel):
    model_config = ConfigDict(extra="forbid", defer_build=True)

    id: str
    text: str


class _SectionFile(BaseModel):
    model_config = ConfigDict(extra="forbid", defer_build=True)

    section: str
    title: str
    opens: str = ""
    labels: dict[str, str] = {}
    guiding_questions: list[_GuidingFile] = []
    questions: list[_QuestionFile]


@cache
def load_questionnaire(folder: Path = PROMPTS) -> Questionnaire:
    """Return the questions of `folder`, one YAML file for each section.

    Raises:
        QuestionsError: a file does not have the shape that `docs/data-files.md` describes.
    """
    return Questionnaire(tuple(_read_section(folder / f"{name}.yaml") for name in SECTIONS))


def read_questions(entries: object, *, section: str, origin: str) -> tuple[Question, ...]:
    """Return the extra questions that a State or framework file lists under `questions`.

    Raises:
        QuestionsError: an entry does not have the shape of a question.
    """
    if not isinstance(entries, list):
        return ()
    try:
        written = [_QuestionFile.model_validate(entry) for entry in entries]
    except ValidationError as error:
        raise QuestionsError(f"{origin}: {explain(error)}") from error
    return tuple(
        replace(_question(entry, entry.element or section, origin), origin=origin)
        for entry in written
    )


def explain(error: ValidationError) -> str:
    """Return the first thing a data file has wrong, in one line: where, and what is expected."""
    first = error.errors(include_url=False)[0]
    where = ".".join(str(step) for step in first["loc"])
    return f"{where}: {first['msg']}"


def _read_section(path: Path) -> Section:
    tree = read_tree(path)
    try:
        written = _SectionFile.model_validate(tree)
    except ValidationError as error:
        raise QuestionsError(f"{path.name}: {explain(error)}") from error
    return Section(
        id=written.section,
        title=written.title,
        opens=written.opens,
        labels=written.labels,
        guiding_questions=tuple(
            GuidingQuestion(entry.id, entry.text) for entry in written.guiding_questions
        ),
        questions=tuple(
            _question(entry, written.section, path.name) for entry in written.questions
        ),
    )


def _question(written: _QuestionFile, section: str, place: str) -> Question:
    try:
        when = Condition.parse(written.when)
    except TargetError as error:
        raise QuestionsError(f"{place}, question {written.id}: {error}") from error
    plain: dict[str, Any] = written.model_dump(
        exclude={"when", "options", "sources", "fields", "element", "seeds", "watch", "lists"}
    )
    return Question(
        **plain,
        section=section,
        when=when,
        seeds=tuple(written.seeds),
        watch=tuple(written.watch),
        lists=_known(written, place),
        options=_options(written, place),
        sources=tuple(written.sources),
        fields=tuple(_question(field, section, place) for field in written.fields),
    )


def _known(written: _QuestionFile, place: str) -> tuple[str, ...]:
    for name in written.lists:
        if name not in load_lists():
            raise QuestionsError(
                f"{place}, question {written.id}: there is no list {name} in lists.yaml"
            )
    return tuple(written.lists)


def _options(written: _QuestionFile, place: str) -> tuple[Option, ...]:
    if isinstance(written.options, dict):
        return tuple(Option(code, label) for code, label in written.options.items())
    lists = load_lists()
    if written.options not in lists:
        raise QuestionsError(
            f"{place}, question {written.id}: there is no list {written.options} in lists.yaml"
        )
    return lists[written.options]
