"""The shapes of the data files as a person writes them, checked by pydantic.

Only a text that was not read before comes here; `datafile` keeps what these shapes let through.
Keys have the names that the loaders use, every default is filled in, and nothing is looked up.
"""

from collections.abc import Iterable, Iterator
from typing import Annotated, Any, get_args

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, RootModel, ValidationError

from localplan.knowledge.kinds import Actor, Certainty, How, Kind, Level, Needs, Stage
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
_ALIKE = 0.75
"""How alike two names must be to be taken for one; 0.6 took "rivers" for "barriers"."""

Condition = dict[str, str | list[str]]


def _in_one_line(written: object) -> object:
    """Several sources may be written as a list."""
    return ", ".join(map(str, written)) if isinstance(written, list) else written


Source = Annotated[str, BeforeValidator(_in_one_line)]


class Strict(BaseModel):
    """A misspelled key must not pass in silence."""

    model_config = ConfigDict(extra="forbid", defer_build=True)


Kept: Any = Field(default="", exclude=True)
"""For whoever keeps the file; the program reads it elsewhere or not at all."""


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


class Requirement(Strict):
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


class LawRule(Strict):
    """A rule that no answer can show."""

    id: str
    heading: str
    cite: str
    says: str
    source: Source = Kept


class Watch(Strict):
    """A dated change in law or guidance."""

    id: str
    date: str = ""
    topic: str
    note: str
    do: str = ""
    source: Source = ""
    certainty: str = Kept
    elements: list[str] = []
    targets: list[str] = []


class Term(Strict):
    """A word of the field."""

    id: str
    term: str
    means: str
    cite: str = ""
    also: list[str] = []


class LawSource(Strict):
    """A text that was read."""

    title: str
    address: str = ""
    snapshot: str = ""
    kind: str = ""


class LawFile(Strict):
    """`standards/wioa.yaml`."""

    id: str = Kept
    title: str
    as_of: str
    basis: str = Kept
    requirements: list[Requirement]
    rules: list[LawRule] = []
    watch: list[Watch] = []
    terms: list[Term] = []
    sources: dict[str, LawSource] = Field(default={}, exclude=True)


class DefinitionPart(Strict):
    """One part of the definition of a career pathway."""

    id: str
    letter: str = Kept
    element: str = Kept
    heading: str = Kept
    asks: str
    cite: str = ""
    needs: Needs = Field(default="any", exclude=True)
    targets: list[str] = Field(default=[], alias="evidence")
    see_also: list[str] = Field(default=[], exclude=True)
    look_for: str = Kept
    next_step: str = ""


class DefinitionFile(Strict):
    """`standards/pathway-definition.yaml`."""

    id: str = Kept
    title: str = Kept
    as_of: str = Kept
    cite: str = Kept
    lead: str = Kept
    source: Source = Kept
    note: str = Kept
    parts: list[DefinitionPart]


class Criterion(Strict):
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
    term: str = Kept
    owner: str = Kept


class FrameworkFile(Strict):
    """A file of `standards/frameworks/`."""

    id: str
    name: str
    short: str = ""
    sponsor: str = ""
    document: str = ""
    edition: str = ""
    superseded_by: str = ""
    state: str = ""
    source: Source = Kept
    as_of: str = Kept
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
    ours: bool = False
    """The State was not seen to ask this: this project places answers there."""
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
    ours: bool = False
    """The State was not seen to have this section."""
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


class Submission(Strict):
    """In which files a State takes the plan."""

    files: str | list[str] = []
    searchable: str = ""
    rule: str = ""
    source: str = ""


class StateFile(Strict):
    """A file of `standards/states/`, or one that a person wrote."""

    id: str
    name: str
    title: str
    base: str = ""
    """The outline by which answers that this file does not name find their place."""
    edition: str = ""
    """The years of the plans or form in which the outline was seen, such as 2020-2024."""
    as_of: str
    source: str
    certainty: Certainty = ""
    checked: str = ""
    vocabulary: dict[str, str] = {}
    comment_days: int = 0
    submission: Submission = Submission()
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


class ListItem(Strict):
    """One choice of a list, with what the documents say of it."""

    code: str
    label: str
    cite: str = ""
    board_runs: str = ""
    core: str = ""
    counted: str = ""
    crosswalk: str = ""
    crosswalk_order: str = ""
    group: str = ""
    law: str = ""
    letter: str = ""
    level: str = ""
    local_level: str = ""
    means: str = ""
    memo: str = ""
    memo_order: str = ""
    negotiated: str | list[str] = ""
    note: str = ""
    number: str = ""
    per: str = ""
    programs: str | list[str] = ""
    required: str = ""
    statewide: str = ""
    title: str = ""
    unit: str = ""
    usual_partner: str = ""
    ways_out: str | list[str] = ""
    youth_label: str = ""


class ListsFile(RootModel[dict[str, list[ListItem]]]):
    """`standards/lists.yaml`."""


class SeedDocument(Strict):
    """A document that this project carries out."""

    id: str
    title: str
    order: str | list[str] = ""


class Seed(Strict):
    """A component, guiding question, step or idea of such a document, in our own few words."""

    id: str
    document: str
    name: str = ""
    title: str = ""
    gist: str = ""
    element: str = ""
    elements: list[str] = []
    track: str = ""
    guidance: str = ""
    action: str = ""


class SeedsFile(Strict):
    """`standards/seeds.yaml`."""

    documents: list[SeedDocument]
    components: list[Seed]
    guiding_questions: list[Seed]
    steps: list[Seed]
    ideas: list[Seed]


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


def misfits(
    text: str, name: str, error: ValidationError, what: str, shape: type[BaseModel]
) -> tuple[str, ...]:
    """Return what must be mended in the file called `name`, each with its line.

    `what` says what kind of file it is, such as "a State file", and `shape` what it must look like.
    A key that is missing because it is misspelled is told once.
    """
    tree = parse(text, name)
    errors = error.errors(include_url=False)
    unknown = {each["loc"] for each in errors if each["type"] == "extra_forbidden"}
    hints = {place: _alike(str(place[-1]), _keys_at(place, shape)) for place in unknown}
    meant = {(*place[:-1], hint) for place, hint in hints.items() if hint}
    return placed(
        text,
        name,
        [
            (
                _place(tree, each["loc"]),
                _unknown(each["loc"], what, hints[each["loc"]])
                if each["loc"] in unknown
                else _words(each["type"], str(each["msg"]), each["loc"]),
            )
            for each in errors
            if not (each["type"] == "missing" and each["loc"] in meant)
        ],
    )


def did_you_mean(written: str, known: Iterable[str]) -> str:
    """Return a sentence that begins with a space and names what was meant; blank for no guess."""
    close = _alike(written, known)
    return f' Did you mean "{close}"?' if close else ""


def _alike(written: str, known: Iterable[str]) -> str:
    from difflib import get_close_matches  # noqa: PLC0415 (most files name everything right)

    return next(iter(get_close_matches(written, [*known], n=1, cutoff=_ALIKE)), "")


def _unknown(location: tuple[str | int, ...], what: str, hint: str) -> str:
    rest = f'did you mean "{hint}"?' if hint else "check its spelling"
    return f'"{location[-1]}" is not a key of {what}; {rest}'


def _keys_at(location: tuple[str | int, ...], shape: type[BaseModel]) -> list[str]:
    """The keys that may stand where `location` ends."""
    for step in location[:-1]:
        field = _fields(shape).get(str(step))
        shape = next(_shapes_in(field), shape)
    return [*_fields(shape)]


def _fields(shape: type[BaseModel]) -> dict[str, Any]:
    """What a shape holds by the key that a person writes."""
    return {field.alias or name: field.annotation for name, field in shape.model_fields.items()}


def _shapes_in(annotation: Any) -> Iterator[type[BaseModel]]:
    """The shapes that a field holds, within a list or beside other things."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in get_args(annotation):
        yield from _shapes_in(inner)


def placed(text: str, name: str, found: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """Return each message of `found` behind the name of the file and the line of its place."""
    at = lines(text)
    told = sorted({(_line(at, place), message) for place, message in found})
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


def _words(kind: str, message: str, location: tuple[str | int, ...]) -> str:
    key = location[-1] if location else "file"
    if kind == "missing":
        return f'"{key}" is missing'
    if isinstance(key, int):
        key = f"entry {key + 1} of {location[-2]}"
    return f"{key} {_PLAIN.get(kind) or message.replace('Input should be', 'must be')}"
