"""Things to look at: answers that do not agree, and changes in the law; accept or go there."""

from localplan.interview.acts import INTENDED
from localplan.interview.contents import CHANGED
from localplan.interview.forms import Accept, Contents, LookedAt, Page, Row
from localplan.interview.frame import Frame, shortened
from localplan.interview.keys import Entry, Gap, Key, Pressed
from localplan.interview.pages import page_at
from localplan.interview.prompts import choose, write_line
from localplan.interview.screen import spare
from localplan.interview.screens.review import ask_one
from localplan.interview.screens.saving import done
from localplan.interview.session import Session

_LINE = 76


def look_at_findings(session: Session) -> None:
    """List what should be looked at, until the person goes back."""
    at: object = None
    while True:
        page = page_at(session.plan, "findings")
        frame = Frame(page.title, page.stands, ask=page.ask, note=session.said_once())
        chosen = choose(frame, _entries(page), at=at, keys=(Key.BACK,))
        if isinstance(chosen, Pressed) or not chosen:
            return
        _look_at(session, page_at(session.plan, chosen))
        at = chosen


def _entries(page: Page) -> list[Entry[str] | Gap]:
    rows = page.field.rows if isinstance(page.field, Contents) else ()
    entries: list[Entry[str] | Gap] = [Entry("", "Back to the menu")]
    in_law = [row for row in rows if row.place.startswith(CHANGED)]
    for heading, group in (
        ("In the answers", [row for row in rows if row not in in_law]),
        ("Changes in the law", in_law),
    ):
        if group:
            entries += [Gap(), Gap(heading), *(_entry(row) for row in group)]
    return entries


def _entry(row: Row) -> Entry[str]:
    return Entry(row.place, shortened(row.label, _LINE + spare()))


def _look_at(session: Session, page: Page) -> None:
    frame = Frame(page.title, page.stands, ask=page.ask, help=page.help, body=page.notes)
    leave = Entry("back", "Leave it for now")
    entries = [Entry("go", "Go to the answer")] if page.leads else []
    if Accept in page.acts:
        entries.append(Entry("accept", "This is intended because ..."))
    entries.append(leave)
    if LookedAt in page.acts:
        # Enter alone must not mark it as looked at.
        entries = [leave, Entry("done", "Looked at; nothing more to do")]
    match choose(frame, entries, keys=(Key.BACK,)):
        case "go":
            item = session.plan.item_at(page.leads)
            if item:
                ask_one(session, item)
        case "accept":
            _accept(session, page)
        case "done":
            done(session, page.path, LookedAt())
        case _:
            pass


def _accept(session: Session, page: Page) -> None:
    frame = Frame("This is intended", ask="Why is this as it should be?", help=page.ask)
    reason = write_line(frame, "", lambda text: "" if text.strip() else INTENDED, (Key.BACK,))
    if not isinstance(reason, Pressed):
        done(session, page.path, Accept(reason))
