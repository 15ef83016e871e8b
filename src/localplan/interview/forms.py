"""What a page is made of: the kinds of field it can hold, and the acts a person can do on it.

Plain data. Whoever shows pages tells fields apart with one `match`, and hands an act back.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from localplan.interview.asks import NOBODY, Asked
from localplan.interview.offers import Offering
from localplan.knowledge.kinds import Kind
from localplan.plan.file import merge
from localplan.yamltext import Value


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing that can be chosen: what is kept, how it is called, and a quiet word on it."""

    code: str
    label: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Adding:
    """A list in which a new record can be begun while choosing from it."""

    home: str
    one: str
    ask: str
    """How the name of the new record is asked for."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line that leads somewhere: the place, how it is called, and what stands there."""

    place: str
    label: str
    says: str = ""
    given: bool = False
    """Whether that is an answer, and not what is missing."""
    mark: str = ""
    """Text that was begun and not finished, or the shared file that says it."""
    open: bool = False
    """Whether something that is needed now is missing there."""
    whose: str = ""
    """The record that a question is about."""
    words: str = ""
    """What a search finds it by, when that is more than what is shown."""


@dataclass(frozen=True, slots=True)
class Line:
    """A short value of one kind; `expected` says what it looks like."""

    value: str
    kind: Kind
    expected: str = ""
    choices: tuple[Choice, ...] = ()
    """What it may name; anything else can be said in words unless `only` holds."""
    only: bool = False


@dataclass(frozen=True, slots=True)
class Lines:
    """A list with one short entry a line."""

    value: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Text:
    """Text of any length in the Markdown subset, each paragraph on one line."""

    value: str


@dataclass(frozen=True, slots=True)
class YesNo:
    """Yes, no, or blank while nobody said."""

    value: str


@dataclass(frozen=True, slots=True)
class Choose:
    """One of a list; with `other`, or in one's own words."""

    choices: tuple[Choice, ...]
    value: str
    other: bool = False


@dataclass(frozen=True, slots=True)
class Tick:
    """Any number of a list; with `other`, and what is not in it."""

    choices: tuple[Choice, ...]
    value: tuple[str, ...]
    other: bool = False


@dataclass(frozen=True, slots=True)
class Pick:
    """One or several of the records entered elsewhere, which can be added to on the way."""

    choices: tuple[Choice, ...]
    value: tuple[str, ...]
    several: bool
    adding: tuple[Adding, ...] = ()
    other: bool = False


@dataclass(frozen=True, slots=True)
class Records:
    """A list with one line for each record."""

    rows: tuple[Row, ...]
    one: str
    many: str
    named: str
    """How the name of a new record is asked for."""
    offering: Offering | None = None
    """What the list usually holds and could be taken over."""
    grid: str = ""
    """The place where short values of all records stand side by side; blank for none."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One value of a grid, and whether what was typed there cannot be kept."""

    path: str
    value: str
    typed: str = ""
    """What was proposed for it; blank where nothing was."""
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """Short values in rows and columns."""

    rows: tuple[Choice, ...]
    """The path of each record, and what it is called."""
    columns: tuple[Choice, ...]
    cells: tuple[tuple[Cell, ...], ...]
    """One for each row and column."""


@dataclass(frozen=True, slots=True)
class Compare:
    """Two versions of one answer, in words."""

    mine: str
    theirs: str


@dataclass(frozen=True, slots=True)
class Contents:
    """Places to go to."""

    rows: tuple[Row, ...]


Field: TypeAlias = (
    Line | Lines | Text | YesNo | Choose | Tick | Pick | Records | Grid | Compare | Contents
)


@dataclass(frozen=True, slots=True)
class Answer:
    """Give the answer, as it was typed or chosen; `seen` is the digest of the page."""

    value: str | tuple[str, ...]
    seen: str = ""
    exact: bool = False
    """The text is kept with its lines as they are, such as from an editor."""


@dataclass(frozen=True, slots=True)
class Confirm:
    """Say that a carried answer is still right."""

    seen: str = ""


@dataclass(frozen=True, slots=True)
class Later:
    """Put the answer off: who gives it, and by when. Without an owner, who usually knows."""

    owner: str = ""
    due: str = ""


@dataclass(frozen=True, slots=True)
class NotApplicable:
    """Say why the question does not apply."""

    reason: str


@dataclass(frozen=True, slots=True)
class Regional:
    """Say where in the regional plan the answer stands."""

    where: str


@dataclass(frozen=True, slots=True)
class TakeBack:
    """Take back what was said instead of an answer."""


@dataclass(frozen=True, slots=True)
class Note:
    """Leave a note for staff, which is never printed; blank takes it away."""

    text: str


@dataclass(frozen=True, slots=True)
class Clear:
    """Take the answer away."""

    seen: str = ""


@dataclass(frozen=True, slots=True)
class Undo:
    """Take back everything that the last save at this place changed."""

    seen: str = ""


@dataclass(frozen=True, slots=True)
class Begin:
    """Keep text that was begun beside the answers, to be gone on with; it answers nothing."""

    text: str


@dataclass(frozen=True, slots=True)
class Drop:
    """Throw away the text that was begun."""


@dataclass(frozen=True, slots=True)
class TakeText:
    """Put a piece of the last plan's text under the question, to be gone over."""

    piece: str
    seen: str = ""


@dataclass(frozen=True, slots=True)
class LookedAt:
    """Say that what changed in the law was looked at."""


@dataclass(frozen=True, slots=True)
class Accept:
    """Let a finding stand, with the reason."""

    reason: str


@dataclass(frozen=True, slots=True)
class Add:
    """Add a record to the list, under the name that was typed or chosen."""

    name: str


@dataclass(frozen=True, slots=True)
class TakeOver:
    """Add those of the offered records that stand at these positions."""

    offers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Move:
    """Move the record by so many places in its list."""

    by: int


@dataclass(frozen=True, slots=True)
class Duplicate:
    """Put a copy behind the record."""


@dataclass(frozen=True, slots=True)
class Remove:
    """Take the record away."""

    seen: str = ""


@dataclass(frozen=True, slots=True)
class SetCells:
    """Give the values of some cells of a grid, by the path of each."""

    values: Mapping[str, str]
    seen: str = ""


Act: TypeAlias = (
    Answer | Confirm | Later | NotApplicable | Regional | TakeBack | Note | Clear | Undo | Begin
    | Drop | TakeText | LookedAt | Accept | Add | TakeOver | Move | Duplicate | Remove | SetCells
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Page:
    """What a person sees at one place, and may do there now."""

    path: str
    title: str
    stands: str
    """How far the section, the record or the plan is, such as "4 of 9 answered"."""
    ask: str
    field: Field
    acts: tuple[type[Act], ...]
    help: str = ""
    rest: str = ""
    """How long it may be left alone, such as "optional"; blank where it is needed now."""
    why: str = ""
    reviewer: str = ""
    example: str = ""
    knows: str = ""
    form: str = ""
    """What kind of answer is meant, in a sentence."""
    lists: tuple[str, ...] = ()
    """What the law lists and may help to answer, a paragraph each."""
    origin: str = ""
    """The framework or State that asks it, where it is not one of ours."""
    asked: Asked = NOBODY
    """Who asks for it, and what changed in the law about it."""
    notes: tuple[str, ...] = ()
    """What is to be known here: whose question it is, where the answer comes from, its mark."""
    note: str = ""
    """The note that staff left."""
    begun: str = ""
    """Text that somebody began here and left."""
    seen: str = ""
    """The digest of what is shown, to be handed back with an act that replaces it."""
    leads: str = ""
    """The answer that this page is about, where it can be changed there."""


@dataclass(frozen=True, slots=True)
class Next:
    """The act is done: what to say of it, blank where nothing changed, and where to go on."""

    place: str
    said: str = "saved"
    left: tuple["Trouble", ...] = ()
    """Values among others that could not be kept."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """Nothing was saved, and why, with an example of what is expected; what was typed is kept."""

    says: str
    typed: str = ""
    path: str = ""
    again: bool = False
    """Whether the same act may succeed when it is tried again: the file could not be written."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """Nothing was saved: another answer stands there than the one that was shown."""

    path: str
    mine: Value | None
    theirs: Value | None
    base: Value | None
    seen: str
    """The digest of theirs: the same act with it puts mine in its place."""
    others: tuple[merge.Conflict, ...] = ()
    """What else the act would have changed, and somebody else changed too."""
