"""A State's own outline: its prompts in its order, what it wants attached, who signs, and when."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from localplan.knowledge.questions import Question, read_questions
from localplan.knowledge.standards import StandardsError, read_file
from localplan.knowledge.targets import Condition, Target
from localplan.resources import STANDARDS


@dataclass(frozen=True, slots=True)
class Prompt:
    """One thing the State asks, and which answers are printed beneath it."""

    id: str
    number: str
    heading: str
    prompt: str
    """The State's own words; blank where only its heading was seen."""
    cite: str
    level: str
    """local or regional."""
    source: str
    words: int
    """The State's limit in words; 0 for none."""
    pages: int
    """The State's limit in pages; 0 for none."""
    targets: tuple[Target, ...]
    when: Condition


@dataclass(frozen=True, slots=True)
class OutlineSection:
    """A chapter of the State's outline."""

    number: str
    heading: str
    heading_only: bool
    pages: int
    prompts: tuple[Prompt, ...]


@dataclass(frozen=True, slots=True)
class StateAttachment:
    """A piece that the State wants with the plan."""

    id: str
    item: str
    when: Condition
    source: str


@dataclass(frozen=True, slots=True)
class Signer:
    """Someone whose signature the State wants."""

    role: str
    body: str
    source: str


@dataclass(frozen=True, slots=True)
class State:
    """`standards/states/<code>.yaml`, or a file of the same shape beside the answers."""

    id: str
    name: str
    title: str
    as_of: str
    source: str
    checked: str
    """What must be checked against the State's current directive."""
    vocabulary: Mapping[str, str]
    comment_days: int
    submission: Mapping[str, Any]
    sections: tuple[OutlineSection, ...]
    questions: tuple[Question, ...]
    attachments: tuple[StateAttachment, ...]
    signers: tuple[Signer, ...]
    calendar: Mapping[str, str]

    def prompts(self) -> Iterator[Prompt]:
        """Yield every prompt in the State's order."""
        for section in self.sections:
            yield from section.prompts


class _Strict(BaseModel):
    """A person writes these files, so a misspelled key must not pass in silence."""

    model_config = ConfigDict(extra="forbid", defer_build=True)


class _LimitFile(_Strict):
    words: int = 0
    pages: int = 0


class _PromptFile(_Strict):
    id: str
    number: str = ""
    heading: str = ""
    prompt: str = ""
    cite: str = ""
    level: Literal["local", "regional"] = "local"
    source: str = ""
    limit: _LimitFile = _LimitFile()
    targets: list[str] = []
    when: dict[str, str | list[str]] = {}
    note: str = ""


class _SectionFile(_Strict):
    number: str = ""
    heading: str
    heading_only: bool = False
    limit: _LimitFile = _LimitFile()
    source: str = ""
    note: str = ""
    prompts: list[_PromptFile] = []


class _AttachmentFile(_Strict):
    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    item: str
    when: dict[str, str | list[str]] = {}
    source: str = ""
    note: str = ""


class _SignerFile(_Strict):
    role: str
    body: str = ""
    source: str = ""
    note: str = ""


class StateFile(_Strict):
    """The shape of a State file as it is written."""

    id: str
    name: str
    title: str
    as_of: str
    source: str
    checked: str = ""
    vocabulary: dict[str, str] = {}
    comment_days: int = 0
    submission: dict[str, Any] = {}
    sections: list[_SectionFile]
    questions: list[object] = []
    attachments: list[_AttachmentFile] = []
    signers: list[_SignerFile] = []
    calendar: dict[str, str] = {}
    note: str = ""


def load_state(name: str, beside: Path | None = None) -> State:
    """Return the outline `name`: a State code, or a YAML file in or below the folder `beside`.

    Raises:
        StandardsError: there is no such outline, or its file cannot be used.
    """
    if name.endswith((".yaml", ".yml")):
        path = (beside or Path()) / name
        if not path.is_file():
            raise StandardsError(f"There is no outline file {path}.")
        return read_state(path)
    path = STANDARDS / "states" / f"{name.lower()}.yaml"
    if not path.is_file():
        raise StandardsError(
            f'There is no outline "{name}". Known outlines: elements, {", ".join(state_ids())}, or '
            "a file of your own (see: localplan standards --help)."
        )
    return read_state(path)


def state_ids(folder: Path = STANDARDS / "states") -> tuple[str, ...]:
    """Return the codes of all outlines that ship, in order of name."""
    return tuple(sorted(path.stem for path in folder.glob("*.yaml")))


@cache
def read_state(path: Path) -> State:
    """Return the State outline in the file at `path`.

    Raises:
        StandardsError: the file does not have the shape that `docs/data-files.md` describes.
    """
    written = read_file(path, StateFile)
    return State(
        id=written.id,
        name=written.name,
        title=written.title,
        as_of=written.as_of,
        source=written.source,
        checked=written.checked,
        vocabulary=written.vocabulary,
        comment_days=written.comment_days,
        submission=written.submission,
        sections=tuple(_section(entry) for entry in written.sections),
        questions=read_questions(written.questions, section="administration", origin=path.name),
        attachments=tuple(
            StateAttachment(entry.id, entry.item, Condition.parse(entry.when), entry.source)
            for entry in written.attachments
        ),
        signers=tuple(Signer(entry.role, entry.body, entry.source) for entry in written.signers),
        calendar=written.calendar,
    )


def _section(written: _SectionFile) -> OutlineSection:
    return OutlineSection(
        number=written.number,
        heading=written.heading,
        heading_only=written.heading_only,
        pages=written.limit.pages,
        prompts=tuple(_prompt(entry) for entry in written.prompts),
    )


def _prompt(written: _PromptFile) -> Prompt:
    return Prompt(
        id=written.id,
        number=written.number,
        heading=written.heading,
        prompt=written.prompt,
        cite=written.cite,
        level=written.level,
        source=written.source,
        words=written.limit.words,
        pages=written.limit.pages,
        targets=tuple(Target.parse(text) for text in written.targets),
        when=Condition.parse(written.when),
    )
