"""What law and frameworks ask of a plan, read from `standards/` and checked."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from localplan.errors import LocalPlanError
from localplan.knowledge.datafile import read_shaped
from localplan.knowledge.kinds import Actor, Needs
from localplan.knowledge.questions import Question, read_questions
from localplan.knowledge.targets import ALWAYS, Condition, Target
from localplan.resources import STANDARDS


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
    only_if: str = ""
    """The case in which it applies, where no answer can tell; blank when it always does."""
    note: str = ""
    """Where the Act and the rule differ, and what to read with it."""
    counts: Condition = ALWAYS
    """Which values of a target speak to it; every value of targets that are not named here."""
    unless_found: tuple[str, ...] = ()
    """The rules of `plan.checks` that must see nothing, such as `comment-period`."""

    @property
    def citation(self) -> str:
        """The Act, the U.S. Code and the regulation, as far as each is known."""
        known = (self.cites.get(key, "") for key in ("act", "usc", "cfr"))
        return "; ".join(cite for cite in known if cite)


@dataclass(frozen=True, slots=True)
class LawRule:
    """A rule that no answer of a plan can show, such as approval after 90 days."""

    id: str
    heading: str
    cite: str
    says: str


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
    rules: tuple[LawRule, ...]
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
    actor: Actor
    asks: str
    """For a State's act: how the local plan connects."""
    row: str
    targets: tuple[Target, ...]
    needs: Needs
    look_for: str = ""
    """What a reader looks for in a long text that answers it, in a few words."""
    reading: bool = False
    """True when no record shows it: somebody must read the answers."""

    @property
    def sought(self) -> str:
        """The words to look for; without any, what the statement names, such as tutoring."""
        named = self.says.partition(": ")[2] or self.says[:1].lower() + self.says[1:]
        return self.look_for or named.removesuffix(".")


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


@cache
def load_law(path: Path = STANDARDS / "wioa.yaml") -> Law:
    """Return the requirements, rules, watch notes and terms of the law.

    Raises:
        StandardsError: the file does not have the shape that `docs/data-files.md` describes.
    """
    written = read_shaped(path, "LawFile", StandardsError)
    return Law(
        title=written["title"],
        as_of=written["as_of"],
        requirements=tuple(_requirement(entry) for entry in written["requirements"]),
        rules=tuple(LawRule(**entry) for entry in written["rules"]),
        watch=tuple(
            Watch(**entry | _parsed(entry) | {"elements": tuple(entry["elements"])})
            for entry in written["watch"]
        ),
        terms=tuple(Term(**entry | {"also": tuple(entry["also"])}) for entry in written["terms"]),
    )


@cache
def load_definition(
    path: Path = STANDARDS / "pathway-definition.yaml",
) -> tuple[DefinitionPart, ...]:
    """Return the seven parts (A) to (G) of WIOA sec. 3(7).

    Raises:
        StandardsError: the file does not have the shape that `docs/data-files.md` describes.
    """
    written = read_shaped(path, "DefinitionFile", StandardsError)
    return tuple(DefinitionPart(**part | _parsed(part)) for part in written["parts"])


@cache
def load_framework(name: str, folder: Path = STANDARDS / "frameworks") -> Framework:
    """Return the framework called `name`.

    Raises:
        StandardsError: there is no such framework, or its file cannot be used.
    """
    path = folder / f"{name}.yaml"
    if not path.is_file():
        known = ", ".join(framework_ids(folder))
        raise StandardsError(f'There is no framework "{name}". Known frameworks: {known}')
    written = read_shaped(path, "FrameworkFile", StandardsError)
    return Framework(
        **written
        | {
            "short": written["short"] or written["name"],
            "criteria": tuple(Criterion(**each | _parsed(each)) for each in written["criteria"]),
            "questions": read_questions(written["questions"], section="design", origin=path.name),
        }
    )


def framework_ids(folder: Path = STANDARDS / "frameworks") -> tuple[str, ...]:
    """Return the ids of all frameworks that ship, in order of name."""
    return tuple(sorted(path.stem for path in folder.glob("*.yaml")))


def _requirement(entry: Mapping[str, Any]) -> Requirement:
    read = {
        "when": Condition.parse(entry["when"]),
        "counts": Condition.parse(entry["counts"]),
        "unless_found": tuple(entry["unless_found"]),
    }
    return Requirement(**{**entry, **_parsed(entry), **read})


def _parsed(entry: Mapping[str, Any]) -> dict[str, tuple[Target, ...]]:
    return {"targets": tuple(Target.parse(text) for text in entry["targets"])}
