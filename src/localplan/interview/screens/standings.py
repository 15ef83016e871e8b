"""Answer later, not applicable, in the regional plan: the few words that each of them needs."""

from localplan.interview.acts import CHAPTER, DAY, REASON, usual_owner
from localplan.interview.forms import Later, NotApplicable, Note, Regional, TakeBack
from localplan.interview.frame import Frame
from localplan.interview.keys import Entry, Key, Pressed
from localplan.interview.pages import set_aside_first
from localplan.interview.prompts import choose, write_line
from localplan.interview.screens.saving import done
from localplan.interview.session import Session
from localplan.interview.typed import problem_with
from localplan.plan.keys import BOARD_ONLY
from localplan.plan.progress import Item

_KEYS = (Key.BACK,)


def put_off(session: Session, item: Item) -> bool:
    """Ask who will answer and by when, and keep it; False when the person went back."""
    said = session.plan.standing(item.path)
    usual = usual_owner(item.question.knows)
    about = f"About: {item.question.ask}" + (f" Left blank: {usual}." if usual else "")
    frame = Frame("Answer later", ask="Who will answer this?", help=about)
    typed = write_line(frame, said.get("owner", ""), lambda _: "", _KEYS)
    if isinstance(typed, Pressed):
        return False
    frame = Frame(
        "Answer later", ask="By when?", help="A date, such as February 15, 2026. Blank is fine."
    )
    due = write_line(frame, said.get("due", ""), lambda text: problem_with(DAY, text), _KEYS)
    if isinstance(due, Pressed):
        return False
    return bool(done(session, item.path, Later(typed, due)))


def set_aside(session: Session, item: Item) -> bool:
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


def point_to_region(session: Session, item: Item) -> bool:
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


def note_down(session: Session, item: Item) -> bool:
    """Write a note for staff about the answer; it is never printed."""
    frame = Frame("A note for staff", ask="What should colleagues know?", help="Never printed.")
    before = session.text(f"notes.{item.path}")
    typed = write_line(frame, before, lambda _: "", _KEYS)
    if isinstance(typed, Pressed):
        return False
    return bool(done(session, item.path, Note(typed)))


def taken_back(session: Session, item: Item) -> bool:
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
    typed = write_line(frame, before, lambda text: "" if text.strip() else wanted, _KEYS)
    return "" if isinstance(typed, Pressed) else typed.strip()
