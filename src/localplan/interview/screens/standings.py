"""Answer later, not applicable, in the regional plan: the few words that each of them needs."""

from localplan.interview import standing
from localplan.interview.frame import Frame
from localplan.interview.keys import Entry, Key, Pressed
from localplan.interview.prompts import choose, write_line
from localplan.interview.screens.saving import keep
from localplan.interview.session import Session
from localplan.interview.typed import kept, problem_with
from localplan.knowledge.questions import Question
from localplan.plan.file.answers import Change
from localplan.plan.keys import BOARD_ONLY
from localplan.plan.progress import Item, is_answered
from localplan.plan.standings import marked_at

_KEYS = (Key.BACK,)


def put_off(session: Session, item: Item) -> bool:
    """Ask who will answer and by when, and keep it; False when the person went back."""
    said = session.plan.standing(item.path)
    usual = _first_of(item.question.knows)
    about = f"About: {item.question.ask}" + (f" Left blank: {usual}." if usual else "")
    frame = Frame("Answer later", ask="Who will answer this?", help=about)
    typed = write_line(frame, said.get("owner", ""), lambda _: "", _KEYS)
    if isinstance(typed, Pressed):
        return False
    owner = typed.strip() or usual
    frame = Frame(
        "Answer later", ask="By when?", help="A date, such as February 15, 2026. Blank is fine."
    )
    due = write_line(frame, said.get("due", ""), lambda text: problem_with(_DAY, text), _KEYS)
    if isinstance(due, Pressed):
        return False
    return keep(session, [standing.put_off(item.path, owner, str(kept(_DAY, due)), session)])


def set_aside(session: Session, item: Item) -> bool:
    """Ask why the question does not apply, and keep it; False when the person went back.

    Where something is answered it does apply, so that has to be taken away first.
    """
    if is_answered(session.value(item.path), item.question):
        _refuse(session, item)
        return False
    reason = _told(
        Frame(
            "Not applicable",
            ask="Why does this not apply to your board?",
            help=f"{_who_sees(item.path)} the reason. About: {item.question.ask}",
        ),
        _before(session, item, "not-applicable"),
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
        _before(session, item, "regional"),
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


def taken_back(session: Session, item: Item) -> bool:
    """Take back what was said instead of an answer, here or of the part that holds it."""
    marked = marked_at(session.tree, item.path)
    return bool(marked) and keep(session, [Change(f"status.{marked}", None)])


def _refuse(session: Session, item: Item) -> None:
    """Say why what is answered cannot be not applicable, and what to do about it."""
    count = len(session.records(item.path))
    said = "One entry stands" if count == 1 else f"{count} entries stand"
    frame = Frame(
        "Not applicable",
        ask=f"{said} in this list." if count else "This question is answered.",
        help="Remove what does not apply first, then say why." if count
        else "Clear the answer first (Tab, Clear the answer), then say why.",
        body=(f"About: {item.question.ask}",),
    )  # fmt: skip
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


def _first_of(knows: str) -> str:
    return knows.partition(";")[0].strip()


_DAY = Question("day", "plan", "day", "date", "By when?")
