"""Walk through a section, and look over its answers before leaving it."""

from enum import Enum

from localplan.interview.frame import Frame
from localplan.interview.keys import Entry, Gap, Key, Pressed
from localplan.interview.prompts import choose
from localplan.interview.screens.place import Place
from localplan.interview.screens.question import ask
from localplan.interview.screens.record import field_entry
from localplan.interview.session import Only, Session
from localplan.interview.walk import Move, before, first, further, onward, position, wanted_for
from localplan.interview.words import called, counted
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
    wanted = wanted_for(session.only if only is None else only, session.open_within)
    items = session.steps_of(name)
    here = position(items, start)
    item = items[here] if here >= 0 else first(items, wanted)
    turned = ""
    while item:
        move = ask(session, item, _place(session, name))
        items = session.steps_of(name)
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
        items = session.steps_of(name)
        chosen = choose(
            _head(session, name, items), _entries(session, items), at=at, keys=(Key.BACK,)
        )
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
    record, title = record_of(session, item)
    ask(session, item, Place(title, place.right) if record else place)


def record_of(session: Session, item: Item) -> tuple[str, str]:
    """Return the record that the item asks about, and what it is called; blank for none."""
    parts = item.question.fills.split(".")
    if "*" not in parts:
        return "", ""
    last = len(parts) - 1 - parts[::-1].index("*")
    record = ".".join(item.path.split(".")[: last + 1])
    listed = session.by_fills.get(".".join(parts[:last]))
    return record, called(listed, session.tree, record) if listed else record


def _place(session: Session, name: str) -> Place:
    progress = session.section_progress(name)
    return Place(
        progress.section.title,
        counted(progress),
        lambda: counted(session.section_progress(name)),
    )


def _head(session: Session, name: str, items: tuple[Item, ...]) -> Frame:
    progress = session.section_progress(name)
    open_here = progress.required - progress.answered
    told = (
        "Everything required is answered."
        if not open_here
        else "Choose a question to answer or change it."
    )
    if not items:
        told = "There is nothing to ask here yet. Answer the earlier sections first."
    return Frame(
        progress.section.title, counted(progress), ask="Look it over", help=told,
        note=session.said_once(),
    )  # fmt: skip


def _entries(session: Session, items: tuple[Item, ...]) -> list[Entry[object] | Gap]:
    entries: list[Entry[object] | Gap] = []
    missing = [item for item in items if session.open_within(item)]
    wanted = wanted_for("", session.open_within)
    offered = {
        _Wish.MISSING: bool(missing),
        _Wish.GO_ON: any(wanted(item) for item in items if item not in missing),
        _Wish.ALL: bool(items),
        _Wish.DONE: True,
    }
    entries += [Entry(wish, wish.value) for wish, possible in offered.items() if possible]
    entries.append(Gap())
    return entries + [field_entry(session, item, record_of(session, item)[1]) for item in items]
