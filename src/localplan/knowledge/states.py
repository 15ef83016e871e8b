"""A State's own outline: its prompts in its order, what it wants attached, who signs, and when."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from localplan.errors import LocalPlanError
from localplan.knowledge.datafile import read_shaped
from localplan.knowledge.kinds import Level
from localplan.knowledge.questions import Question, read_questions
from localplan.knowledge.standards import StandardsError
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
    level: Level
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
    words: int
    pages: int
    prompts: tuple[Prompt, ...]


@dataclass(frozen=True, slots=True)
class StateAttachment:
    """A piece that the State wants with the plan."""

    id: str
    item: str
    part: str
    """Which part of the packet is this piece, where the packet makes it; blank for most."""
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


def load_state(name: str, beside: Path | None = None) -> State:
    """Return the outline `name`: a State code, or a YAML file in or below the folder `beside`.

    Raises:
        StandardsError: there is no such outline, or its file cannot be used.
    """
    if name.endswith((".yaml", ".yml")):
        path = (beside or Path()) / name
        if not path.is_file():
            raise StandardsError(f"There is no outline file {path}.")
        try:
            return read_state(path)
        except LocalPlanError as error:
            raise StandardsError(
                f"{str(error).rstrip('.')}. See what to mend: localplan standards --check {path}"
            ) from error
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
    written = read_shaped(path, "StateFile", StandardsError)
    plain = {key: value for key, value in written.items() if key != "note"}
    return State(
        **plain
        | {
            "sections": tuple(_section(entry) for entry in written["sections"]),
            "questions": read_questions(
                written["questions"], section="administration", origin=path.name
            ),
            "attachments": tuple(_attachment(entry) for entry in written["attachments"]),
            "signers": tuple(
                Signer(entry["role"], entry["body"], entry["source"])
                for entry in written["signers"]
            ),
        }
    )


def _section(written: Mapping[str, Any]) -> OutlineSection:
    return OutlineSection(
        number=written["number"],
        heading=written["heading"],
        heading_only=written["heading_only"],
        words=written["limit"]["words"],
        pages=written["limit"]["pages"],
        prompts=tuple(_prompt(entry) for entry in written["prompts"]),
    )


def _prompt(written: Mapping[str, Any]) -> Prompt:
    plain = {key: value for key, value in written.items() if key not in {"limit", "note"}}
    return Prompt(
        **plain
        | {
            "words": written["limit"]["words"],
            "pages": written["limit"]["pages"],
            "targets": tuple(Target.parse(text) for text in written["targets"]),
            "when": Condition.parse(written["when"]),
        }
    )


def _attachment(written: Mapping[str, Any]) -> StateAttachment:
    return StateAttachment(
        written["id"], written["item"], written["part"], Condition.parse(written["when"]),
        written["source"],
    )  # fmt: skip
