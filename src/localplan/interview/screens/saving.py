"""Carry out acts; ask when someone else changed the answer or the file cannot be written."""

from typing import Literal

from localplan.desk.openplan import Saved
from localplan.interview.acts import act, insisting
from localplan.interview.contents import PlaceError
from localplan.interview.forms import (
    Act,
    Answer,
    Clear,
    Compare,
    Conflict,
    Next,
    TakeText,
    Trouble,
)
from localplan.interview.frame import Frame
from localplan.interview.keys import Entry, Key, Pressed
from localplan.interview.pages import compared
from localplan.interview.paragraphs import unwrapped
from localplan.interview.prompts import choose
from localplan.interview.session import Leave, Session
from localplan.plan.file.answers import Change
from localplan.plan.file.parking import begun, begun_at
from localplan.plan.progress import Item


def done(session: Session, place: str, wanted: Act) -> Next | None:
    """Carry out `wanted`; None when the person would rather go back to what was typed."""
    while True:
        outcome = _outcome(session, place, wanted)
        if isinstance(outcome, Next):
            if isinstance(wanted, Answer | Clear | TakeText):
                session.drafts.pop(place, None)
            session.note = outcome.said
            return outcome
        if isinstance(outcome, Trouble):
            if not outcome.again:
                session.note = outcome.says
                return None
            if not _again(outcome.says):
                return None
            continue
        side = _side(session, outcome)
        if side != "mine":
            if side:
                session.drafts.pop(place, None)
            return Next(place, "") if side else None
        wanted = insisting(wanted, outcome)


def _outcome(session: Session, place: str, wanted: Act) -> Next | Trouble | Conflict:
    try:
        return act(session.plan, place, wanted)
    except PlaceError as error:
        return Trouble(str(error))


def keep_begun(session: Session, item: Item) -> None:
    """Keep what stands typed when a question is left, beside the answer and never as one.

    Only Enter makes it an answer; until then what stands there, or was said instead, holds.
    """
    typed = session.drafts.get(item.path, "")
    there = session.text(item.path)
    known = {there, unwrapped(there), begun_at(session.tree, item.path)}
    if not typed.strip() or typed in known:
        session.drafts.pop(item.path, None)
        return
    place, piece = begun(session.tree, item.path, f"Begun: {item.question.ask}", typed)
    # Nobody is there to be asked any more; the file as it is on disk stays good.
    if isinstance(session.plan.change([Change(place, piece)]), Saved):
        session.drafts.pop(item.path, None)
        session.note = "saved"


def _side(session: Session, conflict: Conflict) -> Literal["mine", "theirs"] | None:
    """Show both versions and return the one to keep."""
    page = compared(session.plan, conflict)
    assert isinstance(page.field, Compare)  # noqa: S101 (what such a page shows)
    body = (f"Yours:\n{page.field.mine}", f"Theirs:\n{page.field.theirs}")
    frame = Frame(page.title, ask=page.ask, help=page.help, body=body)
    entries: list[Entry[Literal["mine", "theirs"]]] = [
        Entry("mine", "Keep mine"),
        Entry("theirs", "Take theirs"),
    ]
    chosen = choose(frame, entries, keys=(Key.BACK,))
    return None if isinstance(chosen, Pressed) else chosen


def _again(why: str) -> bool:
    frame = Frame(title="Not saved", ask="Your answer could not be saved.", help=why)
    entries = [
        Entry("again", "Try again"),
        Entry("back", "Go back to the question", "what you typed stays there"),
        Entry("leave", "Leave without this answer"),
    ]
    chosen = choose(frame, entries, keys=(Key.BACK,))
    if chosen == "leave":
        raise Leave
    return chosen == "again"
