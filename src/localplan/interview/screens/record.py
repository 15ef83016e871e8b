"""One record: answer its fields one by one, change a field, move, duplicate or remove it."""

from dataclasses import dataclass
from enum import Enum

from localplan.interview import standing
from localplan.interview.frame import Frame, shortened
from localplan.interview.keys import Entry, Gap, Key, Pressed
from localplan.interview.ordering import duplicated, moved, used_in
from localplan.interview.prompts import choose
from localplan.interview.screen import spare
from localplan.interview.screens.place import Ask, Place
from localplan.interview.screens.saving import keep
from localplan.interview.session import Session
from localplan.interview.walk import Move, before, first, further, onward, position
from localplan.interview.words import called, said, state_of
from localplan.knowledge.questions import Question
from localplan.plan.file.answers import Change
from localplan.plan.file.identifiers import new_id
from localplan.plan.progress import Item
from localplan.plan.standings import removing
from localplan.plan.tree import get, id_of
from localplan.yamltext import Value

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
    named = next(
        each for each in question.fields if each.fills == f"{path_of(question)}.{question.label}"
    )
    place = Place(f"New {question.one}")
    taken = [record.rpartition(".")[2] for record in session.records(path)]
    # The record gets the id of its name as soon as it has one, and keeps it for good.
    trial = f"{path}.{_unused(taken)}"
    asked = Item(named, f"{trial}.{question.label}", required=True, state="missing", standing={})
    if name:
        session.drafts[asked.path] = name
    move = ask(session, asked, place)
    if trial not in session.records(path):
        if session.plan.standing(asked.path):
            keep(session, [Change(f"status.{asked.path}", None)])
        return New("", leaving=True) if move is Move.MENU else None
    record = _renamed(session, question, path, trial, taken)
    if move is Move.MENU:
        return New(record, leaving=True)
    left = fill(session, question, record, ask, everything=True)
    return New(record, leaving=left is Move.MENU)


def open_record(session: Session, question: Question, record: str, ask: Ask) -> Move | None:
    """Show the record's fields; return MENU when the person wants back to the menu."""
    at: object = None
    while record in session.records(record.rpartition(".")[0]):
        items = session.fields_of(question, record)
        chosen = choose(
            _head(session, question, record, items),
            _entries(session, items),
            at=at,
            keys=(Key.BACK,),
        )
        if isinstance(chosen, Pressed) or chosen is _Wish.DONE:
            return None
        move: Move | None = None
        if isinstance(chosen, str):
            move = _one_field(session, question, record, chosen, ask)
            # An answer can bring up questions that were not there before.
            at = _next(session.fields_of(question, record) or items, chosen)
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
    items = session.fields_of(question, record)
    missing = [item for item in items if item.required and not item.settled]
    put_off_too = not everything and all(item.later for item in missing)

    def wanted(item: Item) -> bool:
        inside = item.question.kind == "records" and session.open_within(item) > 0
        open_here = not item.settled and (put_off_too or not item.later)
        open_here = open_here and not _moot(session, item)
        return (open_here and (everything or item.required)) or inside

    item = first(items, wanted)
    turned = ""
    while item:
        move = ask(session, item, _place(session, question, record))
        items = session.fields_of(question, record)
        if move in {Move.MENU, Move.ENOUGH}:
            return move
        asked = [each for each in items if not _moot(session, each)]
        if move is Move.BACK:
            turned = further(asked, item.path, turned)
            item = before(asked, item.path)
        else:
            item = onward(asked, item.path, turned, wanted)
    return Move.NEXT


def _moot(session: Session, item: Item) -> bool:
    """Whether it goes without saying in which local area, because the plan has only one."""
    of_areas = item.question.sources == ("areas",)
    return of_areas and not item.required and len(session.records("areas")) <= 1


def path_of(question: Question) -> str:
    """Return the beginning of what the fields of a `records` question fill."""
    return f"{question.fills}.*"


def _unused(taken: list[str]) -> str:
    return new_id("new", taken)


def _renamed(session: Session, question: Question, path: str, trial: str, taken: list[str]) -> str:
    """Give the new record the id that its name proposes."""
    name = new_id(called(question, session.tree, trial), [*taken, "board"])
    found = get(session.tree, path)
    if not isinstance(found, list):
        return trial
    old = trial.rpartition(".")[2]
    listed = [
        {**each, "id": name} if isinstance(each, dict) and each.get("id") == old else each
        for each in found
    ]
    changes = [Change(path, listed), *standing.filled(path, session)]
    return f"{path}.{name}" if keep(session, changes) else trial


def _place(session: Session, question: Question, record: str) -> Place:
    items = session.fields_of(question, record)
    required = [item for item in items if item.required]
    done = sum(item.settled for item in required)
    return Place(called(question, session.tree, record), f"{done} of {len(required)} answered")


def _head(session: Session, question: Question, record: str, items: tuple[Item, ...]) -> Frame:
    place = _place(session, question, record)
    missing = sum(item.required and not item.settled for item in items)
    told = "Choose an answer to change it." if not missing else "Choose one to answer or change it."
    return Frame(place.title, place.right, help=told, note=session.said_once())


def _entries(session: Session, items: tuple[Item, ...]) -> list[Entry[object] | Gap]:
    entries: list[Entry[object] | Gap] = []
    if any(item.required and not item.settled for item in items):
        entries.append(Entry(_Wish.FILL, _Wish.FILL.value))
    entries += [Entry(wish, wish.value) for wish in (_Wish.DONE, _Wish.ARRANGE)]
    return [*entries, Gap(), *(field_entry(session, item) for item in items)]


def field_entry(session: Session, item: Item, whose: str = "") -> Entry[object]:
    """Return a question with its answer, shortened, or with what is missing.

    `whose` is the record that the question is about, where others are asked the same.
    """
    words = said(item.question, session.value(item.path), session.tree, session.by_fills)
    asked = f"{whose}: {item.question.ask}" if whose else item.question.ask
    room = _ASKED + spare() // 2
    asked = shortened(asked, room).ljust(room)
    if item.question.kind == "records" and words and session.open_within(item):
        words += " · more to answer"
    told = shortened(words, _SAID + spare() // 2) if words else state_of(item)
    if session.begun(item.path):
        told = f"{told} · begun, not finished" if words else "begun, not finished"
    origin = session.plan.origin(item.path)
    told += f" (from {origin})" if origin else ""
    return Entry(item.path, asked, told)


def _one_field(session: Session, question: Question, record: str, path: str, ask: Ask) -> Move:
    items = session.fields_of(question, record)
    item = items[position(items, path)]
    return ask(session, item, _place(session, question, record))


def _next(items: tuple[Item, ...], path: str) -> str:
    here = position(items, path)
    return items[min(here + 1, len(items) - 1)].path


def _rearrange(session: Session, question: Question, record: str) -> bool:
    """Ask what to do with the record as a whole, and do it; True when its page should be left."""
    path, _, name = record.rpartition(".")
    at: object = None
    while True:
        found = get(session.tree, path)
        listed = found if isinstance(found, list) else []
        chosen = choose(
            _placed(session, question, record), _doable(session, record), at=at, keys=(Key.BACK,)
        )
        match chosen:
            case _Wish.UP | _Wish.DOWN:
                by = -1 if chosen is _Wish.UP else 1
                _move(session, path, moved(listed, name, by))
                at = chosen
            case _Wish.TWIN:
                if keep(session, [Change(path, duplicated(listed, name, question.label))]):
                    session.note = "copied"
                return True
            case _Wish.REMOVE:
                _remove(session, question, record)
                return False
            case _:
                return False


def _move(session: Session, path: str, listed: list[Value]) -> None:
    """Keep the records in their new order, or say why they cannot stand so here."""
    kept = keep(session, [Change(path, listed)])
    if kept and session.records(path) != tuple(f"{path}.{id_of(each)}" for each in listed):
        session.note = f"The order comes from {session.plan.origin(path)}; change it there"


def _placed(session: Session, question: Question, record: str) -> Frame:
    """The head that says where the record stands in its list."""
    siblings = session.records(record.rpartition(".")[0])
    place = f"{siblings.index(record) + 1} of {len(siblings)} in the list"
    name = called(question, session.tree, record)
    return Frame(name, place, ask="What should be done with it?", note=session.said_once())


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
    uses = used_in(session.tree, session.by_fills.values(), record)
    told = (
        f"{len(uses)} other answers name it; they will be listed as things to look at."
        if len(uses) > 1
        else ""
    )
    if len(uses) == 1:
        told = "One other answer names it; it will be listed as a thing to look at."
    frame = Frame(
        called(question, session.tree, record),
        ask=f"Remove this {question.one}?",
        help=f"{told} A backup keeps it: localplan history {session.plan.file.path.name}".strip(),
    )
    entries = [Entry("no", "No, keep it"), Entry("yes", "Yes, remove it")]
    if choose(frame, entries, keys=(Key.BACK,)) == "yes":
        session.keep_state()
        if keep(session, removing(session.tree, record)) and session.note == "saved":
            session.note = "removed"
