"""The menu of sections with their progress, and the ways to a single question."""

from enum import Enum

from localplan.interview.forms import Contents, Page, Row
from localplan.interview.frame import Frame, shortened
from localplan.interview.keys import Entry, Gap, Key, Pressed
from localplan.interview.pages import page_at
from localplan.interview.prompts import choose, find
from localplan.interview.screen import spare
from localplan.interview.screens.findings import look_at_findings
from localplan.interview.screens.review import ask_one, look_over, visit
from localplan.interview.session import Session

_TITLE = 24
_ASKED = 52
_WHOSE = 24


class _Wish(Enum):
    FIND = "Find a question"
    MISSING = "What is missing"
    REVIEW = "Look over a section"
    FINDINGS = "Things to look at"
    LEAVE = "Leave; everything is saved"


def main_menu(session: Session) -> None:
    """Show the menu until the person leaves."""
    at: object = None
    while True:
        page = page_at(session.plan, "")
        frame = Frame(page.title, page.stands, ask=page.ask, note=session.said_once())
        entries: list[Entry[object] | Gap] = [*_sections(page), Gap()]
        entries += [Entry(wish, wish.value) for wish in _Wish]
        chosen = choose(frame, entries, at=at or _start(page), keys=(Key.HELP, Key.FIND, Key.LEAVE))
        at = None
        match chosen:
            case Pressed(Key.HELP):
                _explain()
            case _Wish.FIND | Pressed(Key.FIND):
                _find(session, "find")
            case _Wish.LEAVE:
                return
            case Pressed():
                # One Esc too many, on the way back from a question, must not end the sitting.
                at, session.note = _Wish.LEAVE, "Enter leaves; everything is saved"
            case _Wish.MISSING:
                _missing(session)
            case _Wish.REVIEW:
                _look_over_one(session, page)
            case _Wish.FINDINGS:
                look_at_findings(session)
            case _:
                visit(session, str(chosen))
                at = _next(session, str(chosen))
        if isinstance(chosen, _Wish):
            at = chosen


def _sections(page: Page) -> list[Entry[object]]:
    return [
        Entry(_name(row), shortened(row.label, _TITLE).ljust(_TITLE), row.says)
        for row in _rows(page)
    ]


def _name(row: Row) -> str:
    """The name of the section that a line of the menu leads to."""
    return row.place.partition("/")[2]


def _start(page: Page) -> str:
    """The section to go on with: the first in which something required is missing."""
    rows = _rows(page)
    return _name(next((row for row in rows if row.open), rows[0]))


def _next(session: Session, left: str) -> str:
    """The section to go on with after `left`: itself while something is open that can be done."""
    parts = session.plan.progress.sections
    names = [part.section.id for part in parts]
    for part in parts[names.index(left) :]:
        if any(item.required and not item.settled and not item.later for item in part.items):
            return part.section.id
    return _start(page_at(session.plan, ""))


def _look_over_one(session: Session, page: Page) -> None:
    frame = Frame("Look over a section", ask="Which one?")
    chosen = choose(frame, _sections(page), keys=(Key.BACK,))
    if isinstance(chosen, str):
        look_over(session, chosen)


def _missing(session: Session) -> None:
    """List what is missing and for later, until nothing is or the person goes back."""
    while True:
        page = page_at(session.plan, "missing")
        if not _rows(page):
            choose(
                Frame(page.title, ask=page.ask),
                [Entry("back", "Back to the menu")],
                keys=(Key.BACK,),
            )
            return
        if not _find(session, "missing"):
            return


def _find(session: Session, place: str) -> bool:
    """Offer the questions listed at `place`, shortened by typing; False when none was chosen."""
    page = page_at(session.plan, place)
    entries: list[Entry[object] | Gap] = [_listed(row) for row in _rows(page)]
    entries.append(Entry("", "Back to the menu"))
    frame = Frame(page.title, ask=page.ask, note=session.said_once())
    chosen = find(frame, entries)
    item = session.plan.item_at(chosen) if isinstance(chosen, str) and chosen else None
    if item is None:
        return False
    ask_one(session, item)
    return True


def _rows(page: Page) -> tuple[Row, ...]:
    return page.field.rows if isinstance(page.field, Contents) else ()


def _listed(row: Row) -> Entry[object]:
    """The question, and for a question about a record whose it is."""
    whose = f"{shortened(row.whose, _WHOSE + spare() // 2)}: " if row.whose else ""
    asked = shortened(f"{whose}{row.label}", _ASKED + spare())
    where = f"{row.says}, {shortened(row.mark, 18)}" if row.mark else row.says
    return Entry(row.place, asked, where, row.words)


def _explain() -> None:
    frame = Frame(
        "How this works",
        body=(
            "Choose a section. It asks one thing at a time, and first what is still open. Every "
            "answer is saved at once, so you can stop at any moment and go on another day.",
            "In a list, move with the arrow keys or type a few letters, and press Enter. ? "
            "explains a question, Esc goes back, Tab opens a menu with everything else: answer "
            "later, not applicable, a note for staff.",
            "Only some answers are required. Leave a question blank and press Enter to skip it. "
            "Text becomes an answer when you press Enter; what you leave before that is kept and "
            "offered again.",
        ),
    )
    choose(frame, [Entry("back", "Back to the menu")], keys=(Key.BACK,))
