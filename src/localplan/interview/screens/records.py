"""Lists of partners, sectors, pathways and the rest: add, open, order, duplicate, remove."""

from enum import Enum

from localplan.interview.forms import Page, Records, Row, TakeOver
from localplan.interview.frame import Frame, shortened
from localplan.interview.keys import EVERY_KEY, Entry, Gap, Key, Pressed, Typed
from localplan.interview.pages import page_at
from localplan.interview.prompts import find, tick
from localplan.interview.screen import spare
from localplan.interview.screens.more import Do, carry_out, wish
from localplan.interview.screens.place import Ask, Place, framed
from localplan.interview.screens.record import add_record, open_record
from localplan.interview.screens.saving import done
from localplan.interview.session import Session
from localplan.interview.walk import Move
from localplan.interview.words import with_article
from localplan.plan.progress import Item

_ALL = -1
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
        page = page_at(session.plan, item.path)
        listed = page.field
        assert isinstance(listed, Records)  # noqa: S101 (what a list of records shows)
        item = session.plan.item_at(item.path) or item
        frame = framed(session, item, page, place.now())
        start = at if at is not None else _start(listed)
        chosen = find(frame, _entries(listed), at=start, keys=EVERY_KEY)
        if chosen is _Choice.DONE:
            return Move.NEXT
        move: Move | None
        if chosen is _Choice.ADD or isinstance(chosen, Typed):
            name = chosen.typed if isinstance(chosen, Typed) else ""
            added = add_record(session, item.question, item.path, ask, name)
            at = _Choice.ADD if added and added.record else _Choice.DONE
            move = Move.MENU if added and added.leaving else None
        elif chosen is _Choice.TAKE:
            at = None if _take_over(session, page) else _Choice.TAKE
            move = None
        elif isinstance(chosen, str):
            move = open_record(session, item.question, chosen, ask)
            at = _next(session, item.path, chosen)
        else:
            pressed = chosen if isinstance(chosen, Pressed) else Pressed(Key.MORE)
            wanted = wish(session, item, pressed)
            move = Move.NEXT if wanted is Do.SKIP else carry_out(session, item, wanted)
        if move:
            return move


def _start(listed: Records) -> object:
    """Where the pointer begins: the first record with gaps, or how to add one, or the way on."""
    for row in listed.rows:
        if row.open:
            return row.place
    return _Choice.DONE if listed.rows else _Choice.ADD


def _next(session: Session, path: str, record: str) -> object:
    """Where the pointer goes when `record` was left: it stays while the record has gaps."""
    listed = page_at(session.plan, path).field
    rows = listed.rows if isinstance(listed, Records) else ()
    places = [row.place for row in rows]
    if record not in places:
        return None
    here = places.index(record)
    if rows[here].open:
        return record
    return places[here + 1] if places[here + 1 :] else _Choice.DONE


def _entries(listed: Records) -> list[Entry[object] | Gap]:
    room, line = _NAME + spare() // 2, _LINE + spare()
    names = [shortened(row.label, room) for row in listed.rows]
    width = max((len(name) for name in names), default=0)
    entries: list[Entry[object] | Gap] = [
        Entry(row.place, name.ljust(width), shortened(_says(row), line - width))
        for row, name in zip(listed.rows, names, strict=True)
    ]
    if listed.rows:
        entries.append(Gap())
    adding = f"Add {with_article(listed.one)}"
    entries.append(Entry(_Choice.ADD, adding, takes_typing=True))
    if listed.offering:
        entries.append(Entry(_Choice.TAKE, listed.offering.words.wish))
    entries.append(Entry(_Choice.DONE, _ending(listed)))
    entries.append(Entry(Key.MORE, "More ..."))
    return entries


def _says(row: Row) -> str:
    return " · ".join(part for part in (row.mark, row.says) if part)


def _take_over(session: Session, page: Page) -> bool:
    """Ask which of the offered records to add to the list; True when some were."""
    offered = page.field.offering if isinstance(page.field, Records) else None
    if not offered:
        return False
    words = offered.words
    frame = Frame(words.wish, ask=words.ask, help=words.help)
    entries = [Entry(at, offer.label) for at, offer in enumerate(offered.offers)]
    if len(entries) > 1:
        entries.insert(0, Entry(_ALL, "All of them"))
    chosen = tick(frame, entries, (), (Key.BACK,))
    if isinstance(chosen, Pressed) or not chosen:
        return False
    every = tuple(range(len(offered.offers)))
    wanted = TakeOver(every if _ALL in chosen else tuple(chosen))
    return bool(done(session, page.path, wanted))


def _ending(listed: Records) -> str:
    if not listed.rows:
        return "Go on; none for now"
    return "That is everyone" if listed.one in {"partner", "provider"} else "That is all"
