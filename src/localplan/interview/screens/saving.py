"""Keep changes, and ask when someone else changed the same answer or the file cannot be written."""

from collections.abc import Sequence

from localplan.desk.openplan import Conflicts, Refused, Saved
from localplan.interview.frame import Frame
from localplan.interview.keys import Entry, Key, Pressed
from localplan.interview.paragraphs import unwrapped
from localplan.interview.prompts import choose
from localplan.interview.session import Leave, Session
from localplan.interview.words import said
from localplan.plan.cycle.changes import both_shown
from localplan.plan.file.answers import Change
from localplan.plan.file.merge import Conflict, Side
from localplan.plan.file.parking import begun, begun_at, begun_places
from localplan.plan.progress import Item
from localplan.plan.tree import steps
from localplan.yamltext import Value

_LONGEST = 700


def keep(session: Session, changes: Sequence[Change]) -> bool:
    """Save `changes`; False when the person would rather go back to what was typed."""
    decided: dict[str, Side] = {}
    if not changes:
        return True
    while True:
        match session.record(changes, decided):
            case Conflicts(conflicts):
                for each in conflicts:
                    side = _side(session, each)
                    if side is None:
                        return False
                    decided[each.path] = side
            case Refused(why):
                if not _again(why):
                    return False
            case _:
                return True


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
    if isinstance(session.record([Change(place, piece)]), Saved):
        session.drafts.pop(item.path, None)


def done_with_begun(session: Session, path: str) -> list[Change]:
    """Return the change that forgets what was begun, once the answer is given or it is dropped."""
    return [Change(place, None) for place in begun_places(session.tree, path)]


def _side(session: Session, conflict: Conflict) -> Side | None:
    """Show both versions and return the one to keep."""
    asked = session.by_fills.get(general(conflict.path, session))
    mine, theirs = both_shown(
        _words(session, conflict.path, conflict.mine),
        _words(session, conflict.path, conflict.theirs),
        _LONGEST,
    )
    frame = Frame(
        title="Two answers to the same question",
        ask=asked.ask if asked else conflict.path,
        help="Someone else changed this answer while you were at it.",
        body=(
            f"Yours:\n{mine}",
            f"Theirs:\n{theirs}",
        ),
    )
    entries: list[Entry[Side]] = [Entry("mine", "Keep mine"), Entry("theirs", "Take theirs")]
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


def _words(session: Session, path: str, value: Value | None) -> str:
    if value is None:
        return "(removed)"
    asked = session.by_fills.get(general(path, session))
    if isinstance(value, str) and asked and asked.kind == "text":
        return value
    words = said(asked, value, session.tree, session.by_fills) if asked else str(value)
    return words or str(value)


def general(path: str, session: Session) -> str:
    """Return the path with record ids widened to `*`, as questions name it."""
    names = steps(path)
    found = ""
    for name in names:
        parent = session.by_fills.get(found)
        step = "*" if parent and parent.kind == "records" else name
        found = f"{found}.{step}" if found else step
    return found
