"""The shapes of the data files as a person writes them, checked by pydantic.

Only a text that was not read before comes here; `datafile` keeps what these shapes let through.
Keys have the names that the loaders use, every default is filled in, and nothing is looked up.
"""

from collections.abc import Iterable
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from localplan.knowledge.kinds import Actor, How, Kind, Level, Needs, Stage
from localplan.yamltext import lines, parse

_PLAIN = {
    "int_parsing": "must be a whole number, such as 30",
    "int_from_float": "must be a whole number, such as 30",
    "bool_parsing": "must be true or false",
    "string_type": "must be one text",
    "string_too_short": "must not be blank",
    "string_pattern_mismatch": "may hold small letters, digits and hyphens only",
    "list_type": "must be a list, each entry behind a hyphen",
    "dict_type": "must hold keys and values, such as {words: 500}",
    "model_type": "must hold keys and values, such as {words: 500}",
    "model_attributes_type": "must hold keys and values, such as {words: 500}",
}
"""What a person reads in place of the words of the library that looks at shapes."""

Condition = dict[str, str | list[str]]


def _in_one_line(written: object) -> object:
    """Several sources may be written as a list."""
    return ", ".join(map(str, written)) if isinstance(written, list) else written


Source = Annotated[str, BeforeValidator(_in_one_line)]


class Strict(BaseModel):
    """A misspelled key must not pass in silence."""

    model_config = ConfigDict(extra="forbid", defer_build=True)


class Loose(BaseModel):
    """Entries may say more than the program uses, such as notes for whoever keeps the file."""

    model_config = ConfigDict(extra="ignore", defer_build=True)


class OfferWords(Strict):
    """What leads to records that can be taken over into a list."""

    wish: str
    ask: str
    help: str = ""


class Question(Strict):
    """A question of `prompts/`, or one that a State or framework adds."""

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
    when: Condition = {}
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
    offers: OfferWords | None = None
    element: str = ""
    fields: list["Question"] = []


class GuidingQuestion(Strict):
    """A question that orients the reader of a chapter."""

    id: str
    text: str


class SectionFile(Strict):
    """A file of `prompts/`."""

    section: str
    title: str
    opens: str = ""
    labels: dict[str, str] = {}
    guiding_questions: list[GuidingQuestion] = []
    questions: list[Question]


class Requirement(Loose):
    """One thing the law asks."""

    id: str
    heading: str
    kind: str
    element: str
    asks: str
    cites: dict[str, str] = {}
    targets: list[str] = []
    needs: Needs = "all"
    counts: Condition = {}
    unless_found: list[str] = []
    when: Condition = {}
    unless: str = ""
    only_if: str = ""
    note: str = ""
    regional_ok: bool = False
    source: Source = ""


class LawRule(Loose):
    """A rule that no answer can show."""

    id: str
    heading: str
    cite: str
    says: str


class Watch(Loose):
    """A dated change in law or guidance."""

    id: str
    date: str = ""
    topic: str
    note: str
    do: str = ""
    source: Source = ""
    elements: list[str] = []
    targets: list[str] = []


class Term(Loose):
    """A word of the field."""

    id: str
    term: str
    means: str
    cite: str = ""
    also: list[str] = []


class LawFile(Loose):
    """`standards/wioa.yaml`."""

    title: str
    as_of: str
    requirements: list[Requirement]
    rules: list[LawRule] = []
    watch: list[Watch] = []
    terms: list[Term] = []


class DefinitionPart(Loose):
    """One part of the definition of a career pathway."""

    id: str
    asks: str
    cite: str = ""
    targets: list[str] = Field(default=[], alias="evidence")
    next_step: str = ""


class DefinitionFile(Loose):
    """`standards/pathway-definition.yaml`."""

    parts: list[DefinitionPart]


class Criterion(Loose):
    """One checkable statement of a framework."""

    id: str
    element: str
    says: str
    actor: Actor
    asks: str = ""
    row: str = ""
    needs: Needs = "any"
    targets: list[str] = []
    look_for: str = ""
    reading: bool = False


class FrameworkFile(Loose):
    """A file of `standards/frameworks/`."""

    id: str
    name: str
    short: str = ""
    sponsor: str = ""
    document: str = ""
    edition: str = ""
    superseded_by: str = ""
    state: str = ""
    note: str = ""
    criteria: list[Criterion]
    questions: list[Question] = []


class Limit(Strict):
    """How long an answer may be; 0 is no limit."""

    words: int = 0
    pages: int = 0


class Prompt(Strict):
    """One thing a State asks."""

    id: str
    number: str = ""
    heading: str = ""
    prompt: str = ""
    cite: str = ""
    level: Level = "local"
    source: str = ""
    limit: Limit = Limit()
    targets: list[str] = []
    when: Condition = {}
    note: str = ""


class OutlineSection(Strict):
    """A chapter of a State's outline."""

    number: str = ""
    heading: str
    heading_only: bool = False
    limit: Limit = Limit()
    source: str = ""
    note: str = ""
    prompts: list[Prompt] = []


class StateAttachment(Strict):
    """A piece that the State wants with the plan."""

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    item: str
    part: str = ""
    when: Condition = {}
    source: str = ""
    note: str = ""


class Signer(Strict):
    """Someone whose signature the State wants."""

    role: str
    body: str = ""
    source: str = ""
    note: str = ""


class StateFile(Strict):
    """A file of `standards/states/`, or one that a person wrote."""

    id: str
    name: str
    title: str
    as_of: str
    source: str
    checked: str = ""
    vocabulary: dict[str, str] = {}
    comment_days: int = 0
    submission: dict[str, Any] = {}
    sections: list[OutlineSection]
    questions: list[Question] = []
    attachments: list[StateAttachment] = []
    signers: list[Signer] = []
    calendar: dict[str, str] = {}
    note: str = ""


class Renewal(Strict):
    """One declared change of the questions."""

    how: How
    sources: list[str]
    to: list[str] = []
    by: str = ""
    why: str


class Format(Strict):
    """The changes that one format of the answers file brought."""

    format: int
    on: str
    changes: list[Renewal]


class RenewalsFile(Strict):
    """`standards/changes.yaml`."""

    formats: list[Format]


def checked(tree: object, shape: type[BaseModel]) -> dict[str, Any]:
    """Return `tree` as plain data with every key of `shape`.

    Raises:
        ValueError: `tree` does not have that shape; the message names the first place.
    """
    try:
        return shape.model_validate(tree).model_dump(mode="json")
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(str(step) for step in first["loc"])
        raise ValueError(f"{where}: {first['msg']}") from error


def misfits(text: str, name: str, error: ValidationError, what: str) -> tuple[str, ...]:
    """Return what must be mended in the file called `name`, each with its line.

    `what` says what kind of file it is, such as "a State file".
    """
    tree = parse(text, name)
    found = [
        (_place(tree, entry["loc"]), _words(entry["type"], str(entry["msg"]), entry["loc"], what))
        for entry in error.errors(include_url=False)
    ]
    return placed(text, name, found)


def placed(text: str, name: str, found: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """Return each message of `found` behind the name of the file and the line of its place."""
    at = lines(text)
    told = sorted((_line(at, place), message) for place, message in found)
    return tuple(f"{name}, line {line}: {message}" for line, message in told)


def _line(at: dict[str, int], place: str) -> int:
    """The line of `place`, or of the nearest part around it."""
    while place and place not in at:
        place = place.rpartition(".")[0]
    return at.get(place, 1)


def _place(tree: Any, location: tuple[str | int, ...]) -> str:
    names: list[str] = []
    here = tree
    for step in location:
        inside = isinstance(here, list) and isinstance(step, int) and step < len(here)
        here = here[step] if inside else here.get(step) if isinstance(here, dict) else None
        given = here.get("id") if isinstance(step, int) and isinstance(here, dict) else ""
        names.append(given or (f"#{step + 1}" if isinstance(step, int) else step))
    return ".".join(names)


def _words(kind: str, message: str, location: tuple[str | int, ...], what: str) -> str:
    key = location[-1] if location else "file"
    if kind == "missing":
        return f'"{key}" is missing'
    if kind == "extra_forbidden":
        return f'"{key}" is not a key of {what}; check its spelling'
    if isinstance(key, int):
        key = f"entry {key + 1} of {location[-2]}"
    return f"{key} {_PLAIN.get(kind) or message.replace('Input should be', 'must be')}"
