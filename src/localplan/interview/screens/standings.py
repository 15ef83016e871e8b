"""Answer later, not applicable, in the regional plan: the few words that each of them needs."""

from localplan.interview import standing
from localplan.interview.frame import Frame
from localplan.interview.keys import Key, Pressed
from localplan.interview.prompts import write_line
from localplan.interview.screens.saving import keep
from localplan.interview.session import Session
from localplan.interview.typed import kept, problem_with
from localplan.knowledge.questions import Question
from localplan.plan.file.answers import Change
from localplan.plan.progress import Item

_KEYS = (Key.BACK,)


def put_off(session: Session, item: Item) -> bool:
    """Ask who will answer and by when, and keep it; False when the person went back."""
    said = session.standing(item.path)
    usual = _first_of(item.question.knows)
    about = f"About: {item.question.ask}" + (f" Left blank: {usual}." if usual else "")
    frame = Frame("Answer later", ask="Who will answer this?", help=about)
    typed = write_line(frame, said.get("owner", ""), lambda _: "", _KEYS)
    if isinstance(typed, Pressed):
        return False
    owner = typed.strip() or usual
    frame = Frame("Answer later", ask="By when?", help="A date, such as 2026-02-15. Blank is fine.")
    due = write_line(frame, said.get("due", ""), lambda text: problem_with(_DAY, text), _KEYS)
    if isinstance(due, Pressed):
        return False
    return keep(session, [standing.put_off(item.path, owner, str(kept(_DAY, due)), session)])


def set_aside(session: Session, item: Item) -> bool:
    """Ask why the question does not apply, and keep it; False when the person went back."""
    reason = _told(
        Frame(
            "Not applicable",
            ask="Why does this not apply to your board?",
            help=f"Readers see the reason. About: {item.question.ask}",
        ),
        session.standing(item.path).get("reason", ""),
        "A reason, such as: No Job Corps center serves our area",
    )
    change = standing.not_applicable(item.path, reason, session)
    return bool(reason) and keep(session, [change])


def point_to_region(session: Session, item: Item) -> bool:
    """Ask where in the regional plan the answer stands, and keep it."""
    place = _told(
        Frame(
            "In the regional plan",
            ask="Where in the regional plan does this stand?",
            help="A chapter or page, so that a reviewer finds it.",
        ),
        session.standing(item.path).get("reason", ""),
        "A place, such as: Chapter 3, pages 12 to 15",
    )
    return bool(place) and keep(session, [standing.regional(item.path, place, session)])


def note_down(session: Session, item: Item) -> bool:
    """Write a note for staff about the answer; it is never printed."""
    frame = Frame("A note for staff", ask="What should colleagues know?", help="Never printed.")
    before = session.text(f"notes.{item.path}")
    typed = write_line(frame, before, lambda _: "", _KEYS)
    if isinstance(typed, Pressed):
        return False
    return keep(session, [Change(f"notes.{item.path}", typed.strip() or None)])


def _told(frame: Frame, before: str, wanted: str) -> str:
    typed = write_line(frame, before, lambda text: "" if text.strip() else wanted, _KEYS)
    return "" if isinstance(typed, Pressed) else typed.strip()


def _first_of(knows: str) -> str:
    return knows.partition(";")[0].strip()


_DAY = Question("day", "plan", "day", "date", "By when?")
