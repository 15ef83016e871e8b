"""One record: answer its fields one by one, change a field, move, duplicate or remove it."""

from dataclasses import dataclass
from enum import Enum

from localplan.interview import forms
from localplan.interview.forms import Contents, Duplicate, Page, Remove, Row
from localplan.interview.frame import Frame, shortened
from localplan.interview.keys import Entry, Gap, Key, Pressed
from localplan.interview.pages import page_at, standing_in
from localplan.interview.prompts import choose
from localplan.interview.screen import spare
from localplan.interview.screens.place import Ask, Place
from localplan.interview.screens.saving import done
from localplan.interview.session import Session
from localplan.interview.walk import Move, before, first, further, moot, onward, position
from localplan.knowledge.questions import Question
from localplan.plan.file.identifiers import new_id
from localplan.plan.names import called
from localplan.plan.progress import Item

_ASKED = 40
_SAID = 32


@dataclass(frozen=True, slots=True)
class New:
    """A record that was just added; `leaving` when the person wants back to the menu."""

    record: str
    leaving: bool = False


class _Wish(Enum):
    FILL = "Answer what is missing"
    UP = "Move up"
    DOWN = "Move down"
    TWIN = "Duplicate"
    REMOVE = "Remove"
    ARRANGE = "Move, duplicate or remove it"
    DONE = "Done"


def add_record(
    session: Session, question: Question, path: str, ask: Ask, name: str = ""
) -> New | None:
    """Ask what the new record is called and then its fields; None when the person went back.

    `name` is what was typed of its name before.
    """
    named = session.by_fills[f"{question.fills}.*.{question.label}"]
    place = Place(f"New {question.one}")
    before_it = session.records(path)
    # The record gets the id of its name as soon as it has one, and keeps it for good.
    trial = f"{path}.{new_id('new', [each.rpartition('.')[2] for each in before_it])}"
    asked = Item(named, f"{trial}.{question.label}", required=True, state="missing", standing={})
    if name:
        session.drafts[asked.path] = name
    move = ask(session, asked, place)
    record = next((each for each in session.records(path) if each not in before_it), "")
    if not record:
        return New("", leaving=True) if move is Move.MENU else None
    if move is Move.MENU:
        return New(record, leaving=True)
    left = fill(session, question, record, ask, everything=True)
    return New(record, leaving=left is Move.MENU)


def open_record(session: Session, question: Question, record: str, ask: Ask) -> Move | None:
    """Show the record's fields; return MENU when the person wants back to the menu."""
    at: object = None
    while record in session.records(record.rpartition(".")[0]):
        items = session.plan.fields_of(question, record)
        page = page_at(session.plan, record)
        chosen = choose(_head(session, page), _entries(page), at=at, keys=(Key.BACK,))
        if isinstance(chosen, Pressed) or chosen is _Wish.DONE:
            return None
        move: Move | None = None
        if isinstance(chosen, str):
            move = _one_field(session, question, record, chosen, ask)
            # An answer can bring up questions that were not there before.
            at = _next(session.plan.fields_of(question, record) or items, chosen)
        elif chosen is _Wish.FILL:
            move = fill(session, question, record, ask, everything=False)
        elif _rearrange(session, question, record):
            return None
        else:
            at = chosen
        if move is Move.MENU:
            return move
    return None


def fill(session: Session, question: Question, record: str, ask: Ask, *, everything: bool) -> Move:
    """Ask the fields of a record that are not settled, one after the other.

    What was put off is asked only when nothing else is missing.
    """
    items = session.plan.fields_of(question, record)
    missing = [item for item in items if item.required and not item.settled]
    put_off_too = not everything and all(item.later for item in missing)

    def wanted(item: Item) -> bool:
        inside = item.question.kind == "records" and session.plan.open_within(item) > 0
        open_here = not item.settled and (put_off_too or not item.later)
        open_here = open_here and not moot(session.plan, item)
        return (open_here and (everything or item.required)) or inside

    item = first(items, wanted)
    turned = ""
    while item:
        move = ask(session, item, _place(session, question, record))
        items = session.plan.fields_of(question, record)
        if move in {Move.MENU, Move.ENOUGH}:
            return move
        asked = [each for each in items if not moot(session.plan, each)]
        if move is Move.BACK:
            turned = further(asked, item.path, turned)
            item = before(asked, item.path)
        else:
            item = onward(asked, item.path, turned, wanted)
    return Move.NEXT


def _place(session: Session, question: Question, record: str) -> Place:
    return Place(called(session.tree, record), standing_in(session.plan, question, record))


def _head(session: Session, page: Page) -> Frame:
    told = "Choose one to answer or change it." if _open(page) else "Choose an answer to change it."
    return Frame(page.title, page.stands, help=told, note=session.said_once())


def _rows(page: Page) -> tuple[Row, ...]:
    return page.field.rows if isinstance(page.field, Contents) else ()


def _open(page: Page) -> bool:
    return any(row.open for row in _rows(page))


def _entries(page: Page) -> list[Entry[object] | Gap]:
    entries: list[Entry[object] | Gap] = []
    if _open(page):
        entries.append(Entry(_Wish.FILL, _Wish.FILL.value))
    entries += [Entry(wish, wish.value) for wish in (_Wish.DONE, _Wish.ARRANGE)]
    return [*entries, Gap(), *(entry_of(row) for row in _rows(page))]


def entry_of(row: Row) -> Entry[object]:
    """Return the line of a question with its answer, shortened, or with what is missing."""
    room = _ASKED + spare() // 2
    told = shortened(row.says, _SAID + spare() // 2) if row.given else row.says
    marks = " · ".join(part for part in (told, row.mark) if part)
    return Entry(row.place, shortened(row.label, room).ljust(room), marks)


def _one_field(session: Session, question: Question, record: str, path: str, ask: Ask) -> Move:
    items = session.plan.fields_of(question, record)
    item = items[position(items, path)]
    return ask(session, item, _place(session, question, record))


def _next(items: tuple[Item, ...], path: str) -> str:
    here = position(items, path)
    return items[min(here + 1, len(items) - 1)].path


def _rearrange(session: Session, question: Question, record: str) -> bool:
    """Ask what to do with the record as a whole, and do it; True when its page should be left."""
    at: object = None
    while True:
        chosen = choose(_placed(session, record), _doable(session, record), at=at, keys=(Key.BACK,))
        match chosen:
            case _Wish.UP | _Wish.DOWN:
                done(session, record, forms.Move(-1 if chosen is _Wish.UP else 1))
                at = chosen
            case _Wish.TWIN:
                done(session, record, Duplicate())
                return True
            case _Wish.REMOVE:
                _remove(session, question, record)
                return False
            case _:
                return False


def _placed(session: Session, record: str) -> Frame:
    """The head that says where the record stands in its list."""
    page = page_at(session.plan, record)
    told = "What should be done with it?"
    return Frame(page.title, page.notes[0], ask=told, note=session.said_once())


def _doable(session: Session, record: str) -> list[Entry[_Wish]]:
    siblings = session.records(record.rpartition(".")[0])
    offered = {
        _Wish.UP: siblings[0] != record,
        _Wish.DOWN: siblings[-1] != record,
        _Wish.TWIN: True,
        _Wish.REMOVE: True,
    }
    return [Entry(wish, wish.value) for wish, possible in offered.items() if possible]


def _remove(session: Session, question: Question, record: str) -> None:
    page = page_at(session.plan, record)
    told = " ".join(page.notes[1:])
    frame = Frame(
        page.title,
        ask=f"Remove this {question.one}?",
        help=f"{told} A backup keeps it: localplan history {session.plan.file.path.name}".strip(),
    )
    entries = [Entry("no", "No, keep it"), Entry("yes", "Yes, remove it")]
    if choose(frame, entries, keys=(Key.BACK,)) == "yes":
        done(session, record, Remove(page.seen))
