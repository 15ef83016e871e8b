"""The menu behind Tab: everything that can be done with a question besides answering it."""

from enum import Enum

from localplan.interview.forms import Clear, Later, Note, Regional, TakeBack, TakeText
from localplan.interview.frame import Frame
from localplan.interview.keys import Entry, Gap, Key, Pressed
from localplan.interview.pages import page_at
from localplan.interview.prompts import choose
from localplan.interview.screens import standings
from localplan.interview.screens.help import show_help
from localplan.interview.screens.parked import take_parked
from localplan.interview.screens.saving import done
from localplan.interview.session import Leave, Session
from localplan.interview.walk import Move
from localplan.plan.progress import Item
from localplan.plan.standings import marked_at


class Do(Enum):
    """Something to do with a question other than answering it."""

    HELP = "Help: why this is asked, an example"
    DONE = "Keep this text and go on"
    EDITOR = "Write in my own editor"
    PARKED = "Take text from the last plan"
    SKIP = "Skip for now"
    LATER = "Answer later: name who and by when"
    NOT_APPLICABLE = "Not applicable: say why"
    REGIONAL = "It stands in the regional plan"
    TAKE_BACK = "Take it back"
    NOTE = "Leave a note for staff"
    CLEAR = "Clear the answer"
    BACK = "Back one question"
    ENOUGH = "Enough of this one for now"
    MENU = "Back to the menu"
    LEAVE = "Leave; everything is saved"


_OF_KEY = {Key.HELP: Do.HELP, Key.BACK: Do.BACK}


_TAKEN_BACK = {
    "later": "No longer for later",
    "not-applicable": "It does apply after all",
    "regional": "It does not stand in the regional plan",
}
"""What taking back is called, by what was said."""


_MOVES = {
    Do.SKIP: Move.NEXT, Do.BACK: Move.BACK, Do.ENOUGH: Move.ENOUGH, Do.MENU: Move.MENU,
}  # fmt: skip


def wish(session: Session, item: Item, pressed: Pressed) -> Do | None:
    """Return what the key means; for Tab what is chosen from the menu, None when nothing is."""
    if pressed.key is not Key.MORE:
        return _OF_KEY[pressed.key]
    acts = page_at(session.plan, item.path).acts
    long = item.question.kind in {"text", "lines"}
    marked = session.plan.standing(marked_at(session.tree, item.path)).get("state", "")
    possible = {
        Do.DONE: long, Do.EDITOR: long, Do.PARKED: TakeText in acts, Do.LATER: Later in acts,
        # What is answered does apply; the way there says what to do first.
        Do.NOT_APPLICABLE: Later in acts, Do.REGIONAL: Regional in acts,
        Do.TAKE_BACK: TakeBack in acts, Do.NOTE: Note in acts, Do.CLEAR: Clear in acts,
        Do.ENOUGH: ".*." in item.question.fills,
    }  # fmt: skip
    offered = [each for each in Do if possible.get(each, True)]
    labels = {Do.TAKE_BACK: _TAKEN_BACK.get(marked, "")}
    entries: list[Entry[Do] | Gap] = [Entry(each, labels.get(each, each.value)) for each in offered]
    entries.insert(offered.index(Do.BACK), Gap())
    frame = Frame("More", session.said_once(), ask=item.question.ask)
    chosen = choose(frame, entries, keys=(Key.BACK,))
    return None if isinstance(chosen, Pressed) else chosen


def carry_out(session: Session, item: Item, wanted: Do | None) -> Move | None:
    """Do what is wanted and return where to go; None to stay with the question."""
    match wanted:
        case None | Do.DONE | Do.EDITOR:
            return None
        case Do.HELP:
            show_help(session, item)
            return None
        case Do.LATER | Do.NOT_APPLICABLE | Do.REGIONAL | Do.CLEAR | Do.PARKED:
            return Move.NEXT if _settled(session, item, wanted) else None
        case Do.NOTE:
            standings.note_down(session, item)
            return None
        case Do.TAKE_BACK:
            standings.taken_back(session, item)
            return None
        case Do.LEAVE:
            raise Leave
        case Do.SKIP | Do.BACK | Do.ENOUGH | Do.MENU:
            return _MOVES[wanted]


def _settled(session: Session, item: Item, wanted: Do) -> bool:
    match wanted:
        case Do.LATER:
            return standings.put_off(session, item)
        case Do.NOT_APPLICABLE:
            return standings.set_aside(session, item)
        case Do.REGIONAL:
            return standings.point_to_region(session, item)
        case Do.PARKED:
            return take_parked(session, item)
        case _:
            return bool(done(session, item.path, Clear()))
