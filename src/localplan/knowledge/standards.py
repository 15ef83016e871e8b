"""What law and frameworks ask of a plan, read from `standards/` and checked."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, TypeAlias, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from localplan.errors import LocalPlanError
from localplan.knowledge.datafile import read_tree
from localplan.knowledge.questions import Question, explain, read_questions
from localplan.knowledge.targets import Condition, Target
from localplan.resources import STANDARDS

Needs: TypeAlias = Literal["all", "any"]


class StandardsError(LocalPlanError):
    """A file of `standards/` that cannot be used, with the file, the entry and the mend."""


@dataclass(frozen=True, slots=True)
class Requirement:
    """One thing the law asks of a local plan, and the answers that speak to it."""

    id: str
    heading: str
    kind: str
    element: str
    asks: str
    cites: Mapping[str, str]
    targets: tuple[Target, ...]
    needs: Needs
    when: Condition
    unless: str
    """Why it does not apply, in a sentence, when `when` does not hold."""
    regional_ok: bool
    source: str

    @property
    def citation(self) -> str:
        """The Act, the U.S. Code and the regulation, as far as each is known."""
        known = (self.cites.get(key, "") for key in ("act", "usc", "cfr"))
        return "; ".join(cite for cite in known if cite)


@dataclass(frozen=True, slots=True)
class Watch:
    """A dated change in law or guidance that a planner should look at."""

    id: str
    date: str
    topic: str
    note: str
    do: str
    source: str
    elements: tuple[str, ...]
    targets: tuple[Target, ...] = ()
    """The answers that it may touch."""


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the field, and what it means."""

    id: str
    term: str
    means: str
    cite: str
    also: tuple[str, ...]
    """Other words and abbreviations that mean the same."""


@dataclass(frozen=True, slots=True)
class Law:
    """`standards/wioa.yaml`."""

    title: str
    as_of: str
    requirements: tuple[Requirement, ...]
    watch: tuple[Watch, ...]
    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class DefinitionPart:
    """One of the seven parts of the legal definition of a career pathway, WIOA sec. 3(7)."""

    id: str
    asks: str
    cite: str
    targets: tuple[Target, ...]
    """Evidence in the answers of a pathway; each begins with `pathways.*.` or names a narrative."""
    next_step: str


@dataclass(frozen=True, slots=True)
class Criterion:
    """One checkable statement of a framework."""

    id: str
    element: str
    says: str
    actor: str
    """board, partner, state or shared."""
    asks: str
    """For a State's act: how the local plan connects."""
    row: str
    targets: tuple[Target, ...]
    needs: Needs


@dataclass(frozen=True, slots=True)
class Framework:
    """A career pathways framework, criterion by criterion."""

    id: str
    name: str
    short: str
    sponsor: str
    document: str
    edition: str
    superseded_by: str
    state: str
    note: str
    criteria: tuple[Criterion, ...]
    questions: tuple[Question, ...]


class _Loose(BaseModel):
    """Entries may say more than the program uses, such as notes for whoever keeps the file."""

    model_config = ConfigDict(extra="ignore", defer_build=True)


class _RequirementFile(_Loose):
    id: str
    heading: str
    kind: str
    element: str
    asks: str
    cites: dict[str, str] = {}
    targets: list[str] = []
    needs: Needs = "all"
    when: dict[str, str | list[str]] = {}
    unless: str = ""
    regional_ok: bool = False
    source: str | list[str] = ""


class _WatchFile(_Loose):
    id: str
    date: str = ""
    topic: str
    note: str
    do: str = ""
    source: str | list[str] = ""
    elements: list[str] = []
    targets: list[str] = []


class _TermFile(_Loose):
    id: str
    term: str
    means: str
    cite: str = ""
    also: list[str] = []


class _LawFile(_Loose):
    title: str
    as_of: str
    requirements: list[_RequirementFile]
    watch: list[_WatchFile] = []
    terms: list[_TermFile] = []


class _PartFile(_Loose):
    id: str
    asks: str
    cite: str = ""
    evidence: list[str] = []
    next_step: str = ""


class _DefinitionFile(_Loose):
    parts: list[_PartFile]


class _CriterionFile(_Loose):
    id: str
    element: str
    says: str
    actor: Literal["board", "partner", "state", "shared"]
    asks: str = ""
    row: str = ""
    needs: Needs = "any"
    targets: list[str] = []


class _FrameworkFile(_Loose):
    id: str
    name: str
    short: str = ""
    sponsor: str = ""
    document: str = ""
    edition: str = ""
    superseded_by: str = ""
    state: str = ""
    note: str = ""
    criteria: list[_CriterionFile]
    questions: list[object] = []


_File = TypeVar("_File", bound=BaseModel)


@cache
def load_law(path: Path = STANDARDS / "wioa.yaml") -> Law:
    """Return the requirements, watch notes and terms of the law.

    Raises:
        StandardsError: the file does not have the shape that `docs/data-files.md` describes.
    """
    written = read_file(path, _LawFile)
    return Law(
        title=written.title,
        as_of=written.as_of,
        requirements=tuple(_requirement(entry) for entry in written.requirements),
        watch=tuple(
            Watch(
                entry.id, entry.date, entry.topic, entry.note, entry.do,
                _joined(entry.source), tuple(entry.elements),
                tuple(Target.parse(text) for text in entry.targets),
            )
            for entry in written.watch
        ),
        terms=tuple(
            Term(entry.id, entry.term, entry.means, entry.cite, tuple(entry.also))
            for entry in written.terms
        ),
    )  # fmt: skip


@cache
def load_definition(
    path: Path = STANDARDS / "pathway-definition.yaml",
) -> tuple[DefinitionPart, ...]:
    """Return the seven parts (A) to (G) of WIOA sec. 3(7).

    Raises:
        StandardsError: the file does not have the shape that `docs/data-files.md` describes.
    """
    return tuple(
        DefinitionPart(part.id, part.asks, part.cite, _targets(part.evidence), part.next_step)
        for part in read_file(path, _DefinitionFile).parts
    )


@cache
def load_framework(name: str, folder: Path = STANDARDS / "frameworks") -> Framework:
    """Return the framework called `name`.

    Raises:
        StandardsError: there is no such framework, or its file cannot be used.
    """
    path = folder / f"{name}.yaml"
    if not path.is_file():
        known = ", ".join(sorted(file.stem for file in folder.glob("*.yaml")))
        raise StandardsError(f'There is no framework "{name}". Known frameworks: {known}')
    written = read_file(path, _FrameworkFile)
    return Framework(
        id=written.id,
        name=written.name,
        short=written.short or written.name,
        sponsor=written.sponsor,
        document=written.document,
        edition=written.edition,
        superseded_by=written.superseded_by,
        state=written.state,
        note=written.note,
        criteria=tuple(_criterion(entry) for entry in written.criteria),
        questions=read_questions(written.questions, section="design", origin=path.name),
    )


def framework_ids(folder: Path = STANDARDS / "frameworks") -> tuple[str, ...]:
    """Return the ids of all frameworks that ship, in order of name."""
    return tuple(sorted(path.stem for path in folder.glob("*.yaml")))


def read_file(path: Path, shape: type[_File]) -> _File:
    """Return the YAML file at `path` as `shape`.

    Raises:
        StandardsError: the file does not have that shape.
    """
    tree = read_tree(path)
    try:
        return shape.model_validate(tree)
    except ValidationError as error:
        raise StandardsError(f"{path.name}: {explain(error)}") from error


def _requirement(written: _RequirementFile) -> Requirement:
    return Requirement(
        id=written.id,
        heading=written.heading,
        kind=written.kind,
        element=written.element,
        asks=written.asks,
        cites=written.cites,
        targets=_targets(written.targets),
        needs=written.needs,
        when=Condition.parse(written.when),
        unless=written.unless,
        regional_ok=written.regional_ok,
        source=_joined(written.source),
    )


def _criterion(written: _CriterionFile) -> Criterion:
    return Criterion(
        id=written.id,
        element=written.element,
        says=written.says,
        actor=written.actor,
        asks=written.asks,
        row=written.row,
        targets=_targets(written.targets),
        needs=written.needs,
    )


def _targets(written: list[str]) -> tuple[Target, ...]:
    return tuple(Target.parse(text) for text in written)


def _joined(source: str | list[str]) -> str:
    return source if isinstance(source, str) else ", ".join(source)
