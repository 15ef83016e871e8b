"""Lists of partners, sectors, pathways and the rest: add, open, order, duplicate, remove."""

from enum import Enum

from localplan.interview.frame import shortened
from localplan.interview.keys import EVERY_KEY, Entry, Gap, Key, Pressed, Typed
from localplan.interview.offers import offering
from localplan.interview.prompts import find
from localplan.interview.screen import spare
from localplan.interview.screens.more import Do, carry_out, wish
from localplan.interview.screens.place import Ask, Place, frame_of
from localplan.interview.screens.record import add_record, open_record
from localplan.interview.screens.taking import take_over
from localplan.interview.session import Session
from localplan.interview.walk import Move
from localplan.interview.words import called, summary, with_article
from localplan.knowledge.questions import Question
from localplan.plan.progress import Item

_NAME = 34
_LINE = 72


class _Choice(Enum):
    ADD = "add"
    TAKE = "take"
    DONE = "done"


def ask_records(session: Session, item: Item, place: Place, ask: Ask) -> Move:
    """Show the list of records and whatever a person wants done with them."""
    at: object = None
    while True:
        found = session.records(item.path)
        item = session.as_it_stands(item)
        frame = frame_of(session, item, place.now())
        start = at if at is not None else _start(session, item, found)
        chosen = find(frame, _entries(session, item, found), at=start, keys=EVERY_KEY)
        if chosen is _Choice.DONE:
            return Move.NEXT
        move: Move | None
        if chosen is _Choice.ADD or isinstance(chosen, Typed):
            name = chosen.typed if isinstance(chosen, Typed) else ""
            added = add_record(session, item.question, item.path, ask, name)
            at = _Choice.ADD if added and added.record else _Choice.DONE
            move = Move.MENU if added and added.leaving else None
        elif chosen is _Choice.TAKE:
            at = None if take_over(session, item.path) else _Choice.TAKE
            move = None
        elif isinstance(chosen, str):
            move = open_record(session, item.question, chosen, ask)
            at = _next(session, item, chosen)
        else:
            pressed = chosen if isinstance(chosen, Pressed) else Pressed(Key.MORE)
            wanted = wish(session, item, pressed)
            move = Move.NEXT if wanted is Do.SKIP else carry_out(session, item, wanted)
        if move:
            return move


def _start(session: Session, item: Item, found: tuple[str, ...]) -> object:
    """Where the pointer begins: the first record with gaps, or how to add one, or the way on."""
    for record in found:
        if _has_gaps(session, item, record):
            return record
    return _Choice.DONE if found else _Choice.ADD


def _next(session: Session, item: Item, record: str) -> object:
    """Where the pointer goes when `record` was left: it stays while the record has gaps."""
    found = session.records(item.path)
    if record not in found:
        return _start(session, item, found)
    if _has_gaps(session, item, record):
        return record
    behind = found[found.index(record) + 1 :]
    return behind[0] if behind else _Choice.DONE


def _has_gaps(session: Session, item: Item, record: str) -> bool:
    within = session.items_within(item.question, record)
    return any(each.required and not each.settled and not each.later for each in within)


def _entries(session: Session, item: Item, found: tuple[str, ...]) -> list[Entry[object] | Gap]:
    question = item.question
    room, line = _NAME + spare() // 2, _LINE + spare()
    names = {record: shortened(called(question, session.tree, record), room) for record in found}
    width = max((len(name) for name in names.values()), default=0)
    entries: list[Entry[object] | Gap] = [
        Entry(
            record,
            names[record].ljust(width),
            shortened(_summary(session, question, record), line - width),
        )
        for record in found
    ]
    if found:
        entries.append(Gap())
    adding = f"Add {with_article(question.one)}"
    entries.append(Entry(_Choice.ADD, adding, takes_typing=True))
    offered = offering(session, item.path)
    if offered:
        entries.append(Entry(_Choice.TAKE, offered.words.wish))
    entries.append(Entry(_Choice.DONE, _ending(question.one, found)))
    entries.append(Entry(Key.MORE, "More ..."))
    return entries


def _summary(session: Session, question: Question, record: str) -> str:
    fields = session.fields_of(question, record)
    told = summary(fields, question, session.tree, session.by_fills)
    origin = session.plan.origin(record)
    return " · ".join(part for part in (f"from {origin}" if origin else "", told) if part)


def _ending(one: str, found: tuple[str, ...]) -> str:
    if not found:
        return "Go on; none for now"
    return "That is everyone" if one in {"partner", "provider"} else "That is all"
