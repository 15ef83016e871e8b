"""Walk through a section, and look over its answers before leaving it."""

from enum import Enum

from localplan.interview.contents import record_of
from localplan.interview.forms import Contents, Page
from localplan.interview.frame import Frame
from localplan.interview.keys import Entry, Gap, Key, Pressed
from localplan.interview.pages import page_at
from localplan.interview.prompts import choose
from localplan.interview.screens.place import Place
from localplan.interview.screens.question import ask
from localplan.interview.screens.record import entry_of
from localplan.interview.session import Only, Session
from localplan.interview.walk import Move, before, first, further, onward, position, wanted_for
from localplan.interview.words import counted
from localplan.plan.progress import Item


class _Wish(Enum):
    MISSING = "Answer what is missing"
    GO_ON = "Go on with what is open"
    ALL = "Go through every question"
    DONE = "Back to the menu"


_WALKS: dict[object, Only] = {_Wish.MISSING: "missing", _Wish.ALL: "all"}


def visit(session: Session, name: str) -> None:
    """Ask what is open in the section `name`, then let the person look it over."""
    if walk(session, name) is not Move.MENU:
        look_over(session, name)


def walk(session: Session, name: str, *, only: Only | None = None, start: str = "") -> Move:
    """Ask the questions of the section `name` that are wanted, one after the other.

    `only` says which, otherwise what the person asked for at the start; `start` is the path of the
    question to begin with.
    """
    wanted = wanted_for(session.only if only is None else only, session.plan.open_within)
    items = session.plan.steps_of(name)
    here = position(items, start)
    item = items[here] if here >= 0 else first(items, wanted)
    turned = ""
    while item:
        move = ask(session, item, _place(session, name))
        items = session.plan.steps_of(name)
        if move is Move.MENU:
            return move
        if move is Move.BACK:
            turned = further(items, item.path, turned)
            item = before(items, item.path)
            if item is None:
                return Move.BACK
        else:
            item = onward(items, item.path, turned, wanted)
    return Move.NEXT


def look_over(session: Session, name: str) -> None:
    """Show each question of the section with its answer, or what is missing; choose to change."""
    at: object = _Wish.DONE
    while True:
        items = session.plan.steps_of(name)
        page = page_at(session.plan, f"section/{name}")
        frame = Frame(page.title, page.stands, page.ask, page.help, note=session.said_once())
        chosen = choose(frame, _entries(session, items, page), at=at, keys=(Key.BACK,))
        if isinstance(chosen, Pressed) or chosen is _Wish.DONE:
            return
        if isinstance(chosen, str):
            here = position(items, chosen)
            move = ask(session, items[here], _place(session, name))
            on = min(here + 1, len(items) - 1)
            at = items[on].path if move is Move.NEXT else chosen
        else:
            move = walk(session, name, only=_WALKS.get(chosen))
            at = _Wish.DONE
        if move is Move.MENU:
            return


def ask_one(session: Session, item: Item) -> None:
    """Ask one question by itself."""
    place = _place(session, item.question.section)
    record, title = record_of(session.plan, item)
    ask(session, item, Place(title, place.right) if record else place)


def _place(session: Session, name: str) -> Place:
    progress = session.plan.section_progress(name)
    return Place(
        progress.section.title,
        counted(progress),
        lambda: counted(session.plan.section_progress(name)),
    )


def _entries(session: Session, items: tuple[Item, ...], page: Page) -> list[Entry[object] | Gap]:
    entries: list[Entry[object] | Gap] = []
    missing = [item for item in items if session.plan.open_within(item)]
    wanted = wanted_for("", session.plan.open_within)
    offered = {
        _Wish.MISSING: bool(missing),
        _Wish.GO_ON: any(wanted(item) for item in items if item not in missing),
        _Wish.ALL: bool(items),
        _Wish.DONE: True,
    }
    entries += [Entry(wish, wish.value) for wish, possible in offered.items() if possible]
    entries.append(Gap())
    rows = page.field.rows if isinstance(page.field, Contents) else ()
    return [*entries, *(entry_of(row) for row in rows)]
