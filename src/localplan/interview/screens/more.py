"""The menu behind Tab: everything that can be done with a question besides answering it."""

from enum import Enum

from localplan.interview.acts import CHAPTER, DAY, REASON, usual_owner
from localplan.interview.forms import (
    Clear,
    Later,
    NotApplicable,
    Note,
    Records,
    Regional,
    TakeBack,
    TakeText,
    Undo,
)
from localplan.interview.frame import Frame, reflowed, shortened
from localplan.interview.keys import Entry, Gap, Key, Pressed
from localplan.interview.pages import page_at, pieces, set_aside_first
from localplan.interview.prompts import choose, find, write_line
from localplan.interview.screen import spare
from localplan.interview.screens.help import show_help
from localplan.interview.screens.saving import done
from localplan.interview.screens.table import paste_table
from localplan.interview.session import Leave, Session
from localplan.interview.typed import problem_with
from localplan.interview.walk import Move
from localplan.plan.keys import BOARD_ONLY
from localplan.plan.model import Parked
from localplan.plan.progress import Item
from localplan.plan.standings import marked_at

_HEADING = 60
_SHOWN = 1200
_BACK = "back"


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
    TABLE = "Paste a table from a spreadsheet"
    UNDO = "Undo the last change here"
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


_SETTLING = frozenset({Do.LATER, Do.NOT_APPLICABLE, Do.REGIONAL, Do.CLEAR, Do.PARKED})
"""What leads on to the next question once it is done."""


def wish(session: Session, item: Item, pressed: Pressed) -> Do | None:
    """Return what the key means; for Tab what is chosen from the menu, None when nothing is."""
    if pressed.key is not Key.MORE:
        return _OF_KEY[pressed.key]
    page = page_at(session.plan, item.path)
    acts = page.acts
    long = item.question.kind in {"text", "lines"}
    marked = session.plan.standing(marked_at(session.tree, item.path)).get("state", "")
    possible = {
        Do.DONE: long, Do.EDITOR: long, Do.PARKED: TakeText in acts, Do.LATER: Later in acts,
        # What is answered does apply; the way there says what to do first.
        Do.NOT_APPLICABLE: Later in acts, Do.REGIONAL: Regional in acts,
        Do.TAKE_BACK: TakeBack in acts, Do.NOTE: Note in acts, Do.CLEAR: Clear in acts,
        Do.TABLE: isinstance(page.field, Records) and bool(page.field.grid),
        Do.UNDO: Undo in acts, Do.ENOUGH: ".*." in item.question.fills,
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
    if wanted is Do.LEAVE:
        raise Leave
    if wanted in _MOVES:
        return _MOVES[wanted]
    if wanted in _SETTLING:
        return Move.NEXT if _settled(session, item, wanted) else None
    _beside(session, item, wanted)
    return None


def _beside(session: Session, item: Item, wanted: Do | None) -> None:
    """Do what leaves the question open."""
    match wanted:
        case Do.HELP:
            show_help(session, item)
        case Do.NOTE:
            _note_down(session, item)
        case Do.TABLE:
            paste_table(session, item.path)
        case Do.UNDO:
            session.drafts.pop(item.path, None)
            done(session, item.path, Undo(session.plan.seen(item.path)))
        case Do.TAKE_BACK:
            _taken_back(session, item)
        case _:
            pass


def _settled(session: Session, item: Item, wanted: Do) -> bool:
    match wanted:
        case Do.LATER:
            return _put_off(session, item)
        case Do.NOT_APPLICABLE:
            return _set_aside(session, item)
        case Do.REGIONAL:
            return _point_to_region(session, item)
        case Do.PARKED:
            return _take_parked(session, item)
        case _:
            return bool(done(session, item.path, Clear()))


def _take_parked(session: Session, item: Item) -> bool:
    """Let the person choose a piece and put it under the question; False when none was."""
    waiting = pieces(session.plan, item)
    entries = [
        Entry(piece.id, shortened(piece.heading or piece.id, _HEADING + spare()), piece.place or "")
        for piece in waiting
    ]
    frame = Frame(
        "Text of the last plan", ask=item.question.ask, help="The likely pieces come first."
    )
    chosen = find(frame, [*entries, Entry(_BACK, "Back to the question")])
    if isinstance(chosen, Pressed) or chosen == _BACK:
        return False
    piece = next(each for each in waiting if each.id == chosen)
    return _agreed(item, piece) and bool(done(session, item.path, TakeText(piece.id)))


def _agreed(item: Item, piece: Parked) -> bool:
    text = reflowed(piece.text or "")
    frame = Frame(
        piece.heading or "Text of the last plan",
        ask="Put this text under the question?",
        help=item.question.ask,
        body=(text if len(text) <= _SHOWN else text[:_SHOWN] + " …",),
    )
    entries = [Entry("yes", "Yes, as carried text to go over"), Entry(_BACK, "No, another piece")]
    return choose(frame, entries, keys=(Key.BACK,)) == "yes"


def _put_off(session: Session, item: Item) -> bool:
    """Ask who will answer and by when, and keep it; False when the person went back."""
    said = session.plan.standing(item.path)
    usual = usual_owner(item.question.knows)
    about = f"About: {item.question.ask}" + (f" Left blank: {usual}." if usual else "")
    frame = Frame("Answer later", ask="Who will answer this?", help=about)
    typed = write_line(frame, said.get("owner", ""), lambda _: "", (Key.BACK,))
    if isinstance(typed, Pressed):
        return False
    frame = Frame(
        "Answer later", ask="By when?", help="A date, such as February 15, 2026. Blank is fine."
    )
    due = write_line(frame, said.get("due", ""), lambda text: problem_with(DAY, text), (Key.BACK,))
    if isinstance(due, Pressed):
        return False
    return bool(done(session, item.path, Later(typed, due)))


def _set_aside(session: Session, item: Item) -> bool:
    """Ask why the question does not apply, and keep it; False when the person went back.

    Where something is answered it does apply, so that has to be taken away first.
    """
    why, first = set_aside_first(session.plan, item)
    if why:
        _refuse(item, why, first)
        return False
    reason = _told(
        Frame(
            "Not applicable",
            ask="Why does this not apply to your board?",
            help=f"{_who_sees(item.path)} the reason. About: {item.question.ask}",
        ),
        _before(session, item, "not-applicable"),
        REASON,
    )
    return bool(reason and done(session, item.path, NotApplicable(reason)))


def _point_to_region(session: Session, item: Item) -> bool:
    """Ask where in the regional plan the answer stands, and keep it."""
    place = _told(
        Frame(
            "In the regional plan",
            ask="Where in the regional plan does this stand?",
            help="A chapter or page, so that a reviewer finds it.",
        ),
        _before(session, item, "regional"),
        CHAPTER,
    )
    return bool(place and done(session, item.path, Regional(place)))


def _note_down(session: Session, item: Item) -> bool:
    """Write a note for staff about the answer; it is never printed."""
    frame = Frame("A note for staff", ask="What should colleagues know?", help="Never printed.")
    before = session.text(f"notes.{item.path}")
    typed = write_line(frame, before, lambda _: "", (Key.BACK,))
    if isinstance(typed, Pressed):
        return False
    return bool(done(session, item.path, Note(typed)))


def _taken_back(session: Session, item: Item) -> bool:
    """Take back what was said instead of an answer, here or of the part that holds it."""
    return bool(done(session, item.path, TakeBack()))


def _refuse(item: Item, why: str, first: str) -> None:
    """Say why what is answered cannot be not applicable, and what to do about it."""
    help_ = first.replace(
        "Clear the answer first", "Clear the answer first (Tab, Clear the answer)"
    )
    frame = Frame("Not applicable", ask=why, help=help_, body=(f"About: {item.question.ask}",))
    choose(frame, [Entry("back", "Back to the question")], keys=(Key.BACK,))


def _who_sees(path: str) -> str:
    return "Readers see" if BOARD_ONLY.isdisjoint(path.split(".")) else "Only staff see"


def _before(session: Session, item: Item, state: str) -> str:
    """What was said the last time, where it was said of the same state."""
    said = session.plan.standing(item.path)
    return said.get("reason", "") if said.get("state") == state else ""


def _told(frame: Frame, before: str, wanted: str) -> str:
    typed = write_line(frame, before, lambda text: "" if text.strip() else wanted, (Key.BACK,))
    return "" if isinstance(typed, Pressed) else typed.strip()
