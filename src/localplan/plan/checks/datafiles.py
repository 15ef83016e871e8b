"""Check a data file that a person wrote, and say on which line each thing must be mended."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal, TypeAlias

from pydantic import BaseModel, ValidationError

from localplan.knowledge import shapes
from localplan.knowledge.datafile import read_tree, text_of, tree_of
from localplan.knowledge.questions import ELEMENTS, SECTIONS
from localplan.knowledge.shapes import did_you_mean, misfits, placed
from localplan.knowledge.sources import Source
from localplan.knowledge.standards import StandardsError
from localplan.plan.checks.datanames import Names, names_with, question_problems
from localplan.plan.model import Plan
from localplan.plan.model.parts import parts_in
from localplan.resources import STANDARDS

Kind: TypeAlias = Literal[
    "State", "framework", "questions", "law", "definition", "lists", "seeds", "changes", "source"
]
Told: TypeAlias = Iterator[tuple[str, str]]
"""Places in a file, each with what must be mended there."""

SHAPES: Mapping[Kind, type[BaseModel]] = {
    "State": shapes.StateFile,
    "framework": shapes.FrameworkFile,
    "questions": shapes.SectionFile,
    "law": shapes.LawFile,
    "definition": shapes.DefinitionFile,
    "lists": shapes.ListsFile,
    "seeds": shapes.SeedsFile,
    "changes": shapes.RenewalsFile,
    "source": Source,
}
"""The shape of each kind of data file."""
CALLED: Mapping[Kind, str] = {
    "State": "a State file",
    "framework": "a framework",
    "questions": "a file of questions",
    "law": "a file of law",
    "definition": "the definition of a career pathway",
    "lists": "the file of lists",
    "seeds": "the list of what the two source documents ask",
    "changes": "the file of changes",
    "source": "a source's file",
}
REQUIREMENT_KINDS = ("content", "conditional", "option", "duty", "attachment", "process")
HELD_AGAINST = (
    "comment-period", "comments-not-counted", "comments-still-open", "comments-unmarked",
    "effective-date", "period-end",
    "period-order", "period-start", "program-years", "vote-before-comments-close",
)  # fmt: skip
"""The findings of `rules/dates.py` that may speak against a requirement."""
_SIGNS: Mapping[Kind, frozenset[str]] = {
    "framework": frozenset({"criteria"}),
    "questions": frozenset({"section", "opens", "labels"}),
    "law": frozenset({"requirements"}),
    "definition": frozenset({"parts"}),
    "lists": frozenset({"one_stop_programs", "barriers", "plan_kinds"}),
    "seeds": frozenset({"components", "ideas"}),
    "changes": frozenset({"formats"}),
    "source": frozenset({"agency", "license", "shelf_life", "header"}),
}
"""Keys by which a file says which kind it is; a file without any of them is a State file."""
_ANSWERS = frozenset({"localplan", "narratives", "board", "partners", "pathways", "status"})


@dataclass(frozen=True, slots=True)
class Looked:
    """A data file that was looked at: its kind, its text as data, and what must be mended."""

    kind: Kind
    written: BaseModel | None
    """The file in its shape; None where it does not have it."""
    problems: tuple[str, ...]


def look_at(path: Path, kind: Kind | None = None) -> Looked:
    """Return what kind of data file stands at `path`, or that it is no `kind`, and its problems.

    What only a State file can get wrong is looked at in `statefile`.

    Raises:
        LocalPlanError: there is no such file, it is not text, or it holds the answers of a plan.
        YamlError: it is not YAML of the kind that people type here.
    """
    text = text_of(path, StandardsError)
    tree = tree_of(text, path, StandardsError)
    found = kind or kind_of(tree, path)
    shape = SHAPES[found]
    try:
        written = shape.model_validate(tree)
    except ValidationError as error:
        told = misfits(text, path.name, error, CALLED[found], shape)
        return Looked(found, None, told)
    return Looked(found, written, placed(text, path.name, _problems(written)))


def kind_of(tree: Mapping[str, Any], path: Path) -> Kind:
    """Return which kind of data file `tree` is.

    Raises:
        StandardsError: it holds the answers of a plan.
    """
    keys = frozenset(tree)
    if "sections" not in keys and keys & _ANSWERS:
        raise StandardsError(
            f"{path.name} holds the answers of a plan. Check them with: localplan check {path}"
        )
    if "sections" in keys:
        return "State"
    return next((kind for kind, signs in _SIGNS.items() if keys & signs), "State")


def is_day(said: str) -> bool:
    """Return True for a date as it is kept: 2026-11-21."""
    try:
        date.fromisoformat(said)
    except ValueError:
        return False
    return True


def _problems(written: BaseModel) -> Told:
    """What has the right shape but names something that does not exist: place and message."""
    match written:
        case shapes.FrameworkFile():
            yield from _framework(written)
        case shapes.SectionFile():
            yield from _section(written)
        case shapes.LawFile():
            yield from _law(written)
        case shapes.DefinitionFile():
            yield from _definition(written)
        case shapes.SeedsFile():
            yield from _seeds(written)
        case shapes.ListsFile():
            yield from _lists(written)
        case _:
            return


def _framework(written: shapes.FrameworkFile) -> Told:
    names = names_with(written.questions)
    yield from _questions(written.questions, names)
    yield from _twice("criteria", [criterion.id for criterion in written.criteria])
    for element in ELEMENTS:
        if not any(criterion.element == element for criterion in written.criteria):
            yield "criteria", f"no criterion has the element {element}; all six need one"
    for criterion in written.criteria:
        place = f"criteria.{criterion.id}"
        yield from _element(place, criterion.element, ELEMENTS)
        yield from _targets(place, criterion.targets, names)
        if criterion.actor == "state" and not criterion.asks:
            yield place, 'a State\'s act needs "asks": how the local plan connects to it'


def _section(written: shapes.SectionFile) -> Told:
    yield from _element("section", written.section, SECTIONS)
    names = names_with(written.questions)
    yield from _questions(written.questions, names)
    filled = frozenset(_fields(Plan, ""))
    for place, question in _each(written.questions, "questions"):
        free = question.fills.startswith("narratives.") or ".more." in question.fills
        if not free and question.fills not in filled:
            hint = did_you_mean(question.fills, filled)
            yield f"{place}.fills", f'a plan holds no answer "{question.fills}".{hint}'


def _law(written: shapes.LawFile) -> Told:
    names = names_with(of_states=True)
    yield from _twice("requirements", [row.id for row in written.requirements])
    for row in written.requirements:
        place = f"requirements.{row.id}"
        yield from _element(place, row.element, (*ELEMENTS, "administration"))
        yield from _one_of(f"{place}.kind", "kind", row.kind, REQUIREMENT_KINDS)
        yield from _targets(place, row.targets, names)
        yield from names.condition_problems(f"{place}.when", row.when)
        yield from names.condition_problems(f"{place}.counts", row.counts)
        yield from _sources(place, row.source, written.sources)
        for name in row.unless_found:
            yield from _one_of(f"{place}.unless_found", "check", name, HELD_AGAINST)
    for rule in written.rules:
        yield from _sources(f"rules.{rule.id}", rule.source, written.sources)
    for note in written.watch:
        place = f"watch.{note.id}"
        yield from _targets(place, note.targets, names)
        yield from _sources(place, note.source, written.sources)
        for element in note.elements:
            yield from _element(place, element, (*ELEMENTS, "administration"))


def _definition(written: shapes.DefinitionFile) -> Told:
    names = names_with(of_states=True)
    for part in written.parts:
        place = f"parts.{part.id}"
        yield from _targets(place, part.targets, names, "evidence")
        yield from _targets(place, part.see_also, names, "see_also")
        yield from _element(place, part.element, ELEMENTS)
    yield from _sources("source", written.source, _law_sources())


def _seeds(written: shapes.SeedsFile) -> Told:
    documents = [document.id for document in written.documents]
    for key in ("components", "guiding_questions", "steps", "ideas"):
        entries: list[shapes.Seed] = getattr(written, key)
        yield from _twice(key, [entry.id for entry in entries])
        for entry in entries:
            place = f"{key}.{entry.id}"
            yield from _one_of(f"{place}.document", "document", entry.document, documents)
            for element in [*entry.elements, *([entry.element] if entry.element else [])]:
                yield from _element(place, element, ELEMENTS)


def _lists(written: shapes.ListsFile) -> Told:
    for name, items in written.root.items():
        yield from _twice(name, [item.code for item in items])


def _questions(questions: Iterable[shapes.Question], names: Names) -> Told:
    for question in questions:
        yield from question_problems(f"questions.{question.id}", question, names)


def _each(
    questions: Iterable[shapes.Question], place: str
) -> Iterator[tuple[str, shapes.Question]]:
    for question in questions:
        here = f"{place}.{question.id}"
        yield here, question
        yield from _each(question.fields, f"{here}.fields")


def _targets(place: str, targets: Iterable[str], names: Names, key: str = "targets") -> Told:
    for target in targets:
        if problem := names.target_problem(target):
            yield f"{place}.{key}", problem


def _element(place: str, element: str, known: tuple[str, ...]) -> Told:
    if element and element not in known:
        hint = did_you_mean(element, known) or f" Choose from {', '.join(known)}."
        yield f"{place}.element", f'there is no element "{element}".{hint}'


def _one_of(place: str, what: str, said: str, known: Iterable[str]) -> Told:
    listed = sorted(known)
    if said not in listed:
        hint = did_you_mean(said, listed) or f" Choose from {', '.join(listed)}."
        yield place, f'there is no {what} "{said}".{hint}'


def _sources(place: str, said: str, known: Mapping[str, object]) -> Told:
    for name in said.split(", "):
        if name and name not in known:
            hint = did_you_mean(name, known) or " Add it under sources."
            yield f"{place}.source", f'there is no source "{name}".{hint}'


def _twice(place: str, names: Iterable[str]) -> Told:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            yield f"{place}.{name}", f'"{name}" is used twice'
        seen.add(name)


def _law_sources() -> Mapping[str, object]:
    sources = read_tree(STANDARDS / "wioa.yaml").get("sources")
    return sources if isinstance(sources, dict) else {}


def _fields(part: type[BaseModel], path: str) -> Iterator[str]:
    """Every answer that a plan can hold, `*` for a record."""
    for name, field in part.model_fields.items():
        here = f"{path}{name}"
        yield here
        star = "" if "tuple" not in str(field.annotation) else "*."
        for inner in parts_in(field.annotation):
            yield from _fields(inner, f"{here}.{star}")
