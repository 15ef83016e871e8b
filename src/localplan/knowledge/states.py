"""A State's own outline: its prompts in its order, what it wants attached, who signs, and when."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

from localplan.errors import LocalPlanError
from localplan.knowledge.datafile import read_shaped
from localplan.knowledge.kinds import Certainty, Level
from localplan.knowledge.questions import Question, load_questionnaire, read_questions
from localplan.knowledge.standards import StandardsError
from localplan.knowledge.targets import Condition, Target
from localplan.resources import STANDARDS

ELEMENTS_ORDER = "elements"
"""The base in which each answer stands beside its neighbors among the questions."""
OLD_BEFORE = "2020"
"""Editions that began before it are a whole four-year cycle behind those in force."""
_SURE: Mapping[Certainty, str] = {
    "verified": "Read in the State's own documents.",
    "secondary": "Read in copies and plans of boards, not in the State's own document.",
    "mixed": "Read in part in the State's own documents, in part in copies and plans of boards.",
    "memory": "Written from memory.",
}
Order: TypeAlias = Sequence[Sequence[str]]
"""Which answers stand together, and in which order: the answers of each prompt of a base."""


@dataclass(frozen=True, slots=True)
class Prompt:
    """One thing the State asks, and which answers are printed beneath it."""

    id: str
    number: str
    heading: str
    prompt: str
    """The State's own words; blank where only its heading was seen."""
    ours: bool
    """True where the State was not seen to ask this: we place answers there."""
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
    ours: bool
    """True where the State was not seen to have this section."""
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
    base: str
    """The outline by which answers that the file does not name found their place; or blank."""
    edition: str
    """The years of the plans or form in which it was seen, such as 2020-2024; or blank."""
    as_of: str
    source: str
    certainty: Certainty
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

    @property
    def is_old(self) -> bool:
        """True for an edition that States have replaced since, as far as its years tell."""
        return bool(self.edition) and self.edition[:4] < OLD_BEFORE

    @property
    def seen(self) -> str:
        """Which edition was seen, how much of it, and how sure that is, in sentences."""
        prompts = [*self.prompts()]
        ours = sum(prompt.ours for prompt in prompts)
        words = sum(bool(prompt.prompt) for prompt in prompts)
        age = "Old edition" if self.is_old else "Edition"
        edition = f"{age}: {self.edition}. " if self.edition else ""
        sure = f" {_SURE[self.certainty]}" if self.certainty else ""
        return (
            f"{edition}Places with the State's words: {words}; with its heading alone: "
            f"{len(prompts) - ours - words}; of ours: {ours}.{sure}"
        )

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
    sections = tuple(_section(entry, written["source"]) for entry in written["sections"])
    return State(
        **plain
        | {
            "sections": _completed(sections, written["base"]) if written["base"] else sections,
            "questions": read_questions(
                written["questions"], section="administration", origin=path.name
            ),
            "attachments": tuple(
                _attachment(entry | {"source": entry["source"] or written["source"]})
                for entry in written["attachments"]
            ),
            "signers": tuple(
                Signer(entry["role"], entry["body"], entry["source"] or written["source"])
                for entry in written["signers"]
            ),
        }
    )


def base_problem(base: str) -> str:
    """Return why no outline can rest on `base`; blank when one can."""
    known = (ELEMENTS_ORDER, *state_ids())
    if not base or base in known:
        return ""
    return f'there is no outline "{base}" to rest on; choose from {", ".join(known)}'


def nearest_prompts(state: State, answers: Iterable[str]) -> Mapping[str, Prompt]:
    """Return for each of `answers` the prompt of `state` that stands nearest to it.

    By the order of the federal rule for a State that rests on nothing; an answer that no prompt is
    near to is left out.
    """
    homes = _homes(state.sections, _order_of(state.base or "federal"), answers)
    return {home.answer: home.prompt for home in homes}


def _completed(sections: tuple[OutlineSection, ...], base: str) -> tuple[OutlineSection, ...]:
    """The sections with every answer that `base` places and they do not, each beside its neighbor.

    What the base has before the neighbor stands before it, and what it has behind it behind.
    """
    order = _order_of(base)
    named = _placed(sections)
    listed = dict.fromkeys(answer for answers in order for answer in answers)
    missing = [answer for answer in listed if answer not in named]
    around: dict[tuple[str, str, bool], list[Target]] = {}
    for home in _homes(sections, order, missing):
        beside = around.setdefault((home.prompt.id, home.neighbor, home.before), [])
        beside.append(Target.parse(home.answer))
    return tuple(
        replace(
            section,
            prompts=tuple(
                replace(prompt, targets=tuple(_with_neighbors(prompt, around)))
                for prompt in section.prompts
            ),
        )
        for section in sections
    )


def _with_neighbors(
    prompt: Prompt, around: Mapping[tuple[str, str, bool], Sequence[Target]]
) -> Iterator[Target]:
    for target in prompt.targets:
        yield from around.get((prompt.id, target.text, True), ())
        yield target
        yield from around.get((prompt.id, target.text, False), ())


@cache
def _order_of(base: str) -> Order:
    """The answers that stand together in `base`.

    Raises:
        StandardsError: there is no such outline.
    """
    if problem := base_problem(base):
        raise StandardsError(f"base: {problem}")
    if base == ELEMENTS_ORDER:
        return [
            [question.fills for question in section.questions if question.is_narrative]
            for section in load_questionnaire().sections
        ]
    return [[target.text for target in prompt.targets] for prompt in load_state(base).prompts()]


class _Home(NamedTuple):
    """Where an answer stands that no prompt names: beneath `prompt`, beside its neighbor."""

    answer: str
    prompt: Prompt
    neighbor: str
    before: bool


def _homes(
    sections: tuple[OutlineSection, ...], order: Order, answers: Iterable[str]
) -> Iterator[_Home]:
    """Where each of `answers` stands: beside the nearest answer with a place.

    Nearest is, first, what the same item of the base asks; else the next answer of the same
    element in the order of the base. What neither finds has no home.
    """
    placed = _placed(sections)
    elements = _elements()
    listed = [(group, answer) for group, together in enumerate(order) for answer in together]
    anchors = [(at, *row) for at, row in enumerate(listed) if placed.get(row[1])]
    places: dict[str, list[tuple[int, int]]] = {}
    for at, (group, answer) in enumerate(listed):
        places.setdefault(answer, []).append((at, group))
    for wanted in answers:
        element = elements.get(wanted)
        near = [
            (group != own, abs(at - here), at > here, answer)
            for here, own in places.get(wanted, ())
            for at, group, answer in anchors
            if group == own or elements.get(answer, "") == element
        ]
        if near:
            _, _, before, neighbor = min(near)
            prompt = placed[neighbor]
            if prompt:
                yield _Home(wanted, prompt, neighbor, before)


def _placed(sections: tuple[OutlineSection, ...]) -> dict[str, Prompt | None]:
    """Each answer that is named, with the prompt beneath which others may fall.

    None for one that is asked for only in some plans, or in the regional plan.
    """
    placed: dict[str, Prompt | None] = {}
    for section in sections:
        for prompt in section.prompts:
            stands = not prompt.when.clauses and prompt.level == "local"
            for target in prompt.targets:
                placed[target.text] = placed.get(target.text) or (prompt if stands else None)
    return placed


@cache
def _elements() -> Mapping[str, str]:
    """The element, or part of the questions, to which each answer belongs."""
    return {fills: each.section for fills, each in load_questionnaire().by_fills().items()}


def _section(written: Mapping[str, Any], of_state: str) -> OutlineSection:
    source = written["source"] or of_state
    return OutlineSection(
        number=written["number"],
        heading=written["heading"],
        ours=written["ours"],
        heading_only=written["heading_only"],
        words=written["limit"]["words"],
        pages=written["limit"]["pages"],
        prompts=tuple(
            _prompt(entry if entry["ours"] else entry | {"source": entry["source"] or source})
            for entry in written["prompts"]
        ),
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
