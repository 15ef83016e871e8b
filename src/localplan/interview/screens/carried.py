"""Go through what was carried from the last plan, the most doubtful answers first."""

from localplan.interview.contents import carried, record_of, unasked
from localplan.interview.forms import Confirm, Contents, Text
from localplan.interview.frame import Frame, reflowed
from localplan.interview.keys import Entry, Key, Pressed
from localplan.interview.pages import page_at
from localplan.interview.prompts import choose
from localplan.interview.screens.place import Place
from localplan.interview.screens.question import ask
from localplan.interview.screens.saving import done
from localplan.interview.session import Session
from localplan.interview.walk import Move
from localplan.plan.progress import Item
from localplan.plan.standings import standings

_MENU = "menu"
_YES = "yes"
_LEAVE = "leave"
_TITLE = 24


def look_through(session: Session) -> None:
    """Ask about every carried answer that something speaks against, then offer the others."""
    if _ask_doubtful(session) is not Move.MENU and _show_doubtful(session) is not Move.MENU:
        _offer_the_rest(session)


def _ask_doubtful(session: Session) -> Move:
    seen: list[Item] = []
    while True:
        known = {item.path for item in seen}
        waiting = [
            item
            for item in carried(session.plan)
            if item.standing.get("reason") and item.path not in known
        ]
        if not waiting:
            return Move.NEXT
        seen.append(waiting[0])
        move = _ask(session, waiting[0], len(waiting))
        while move is Move.BACK and len(seen) > 1:
            seen.pop()
            move = _ask(session, seen[-1], len(waiting) + 1)
        if move in {Move.MENU, Move.BACK}:
            return Move.MENU


def _ask(session: Session, item: Item, left: int) -> Move:
    title = session.plan.section_progress(item.question.section).section.title
    record, name = record_of(session.plan, item)
    return ask(session, item, Place(name if record else title, f"{left:,} to look at"))


def _show_doubtful(session: Session) -> Move:
    """Show what no question asks for and something speaks against, such as words of one's own."""
    said = standings(session.tree)
    waiting = [path for path in unasked(session.plan) if said[path].get("reason")]
    for left, path in zip(range(len(waiting), 0, -1), waiting, strict=True):
        page = page_at(session.plan, path)
        assert isinstance(page.field, Text)  # noqa: S101 (what such a page shows)
        frame = Frame(
            page.title,
            f"{left:,} to look at",
            ask=page.ask,
            help=" ".join(page.notes),
            body=(reflowed(page.field.value),),
            note=session.said_once(),
        )
        entries = [
            Entry(_YES, "It is right as it is"),
            Entry(_LEAVE, "Leave it for now; it can be changed in the answers file"),
        ]
        chosen = choose(frame, entries, keys=(Key.BACK,))
        if isinstance(chosen, Pressed):
            return Move.MENU
        if chosen == _YES:
            done(session, path, Confirm(page.seen))
    return Move.NEXT


def _offer_the_rest(session: Session) -> None:
    """Let a person who has read a section confirm what is left in it."""
    while True:
        page = page_at(session.plan, "carried")
        rows = page.field.rows if isinstance(page.field, Contents) else ()
        sections = [row for row in rows if row.place.startswith(f"{page.path}/")]
        if not sections:
            return
        frame = Frame(
            page.title, page.stands, ask=page.ask, help=page.help, note=session.said_once()
        )
        # Whoever presses Enter once too often must not confirm what was not read.
        back = Entry(_MENU, "Back to the menu")
        entries = [
            Entry(row.place, row.label.ljust(_TITLE), f"I have read them: confirm {row.says}")
            for row in sections
        ]
        chosen = choose(frame, [back, *entries], keys=(Key.BACK,))
        if isinstance(chosen, Pressed) or chosen == _MENU:
            return
        done(session, chosen, Confirm())
