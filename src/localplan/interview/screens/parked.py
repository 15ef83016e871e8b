"""Put a piece of the last plan's text under a question; the likely pieces come first."""

from localplan.interview.frame import Frame, reflowed, shortened
from localplan.interview.keys import Entry, Key, Pressed
from localplan.interview.prompts import choose, find
from localplan.interview.screen import spare
from localplan.interview.screens.saving import general, keep
from localplan.interview.session import Session
from localplan.plan.file.answers import Change
from localplan.plan.file.parking import likely_pieces, placed
from localplan.plan.model import Parked
from localplan.plan.progress import Item
from localplan.plan.standings import texts
from localplan.plan.tree import get

_HEADING = 60
_SHOWN = 1200
_BACK = "back"


def has_parked(session: Session) -> bool:
    """Return whether text of an older plan waits to be placed."""
    return bool(_pieces(session))


def take_parked(session: Session, item: Item) -> bool:
    """Let the person choose a piece and put it under the question; False when none was."""
    pieces = likely_pieces(item.question, _pieces(session))
    entries = [
        Entry(piece.id, shortened(piece.heading or piece.id, _HEADING + spare()), piece.place or "")
        for piece in pieces
    ]
    frame = Frame(
        "Text of the last plan", ask=item.question.ask, help="The likely pieces come first."
    )
    chosen = find(frame, [*entries, Entry(_BACK, "Back to the question")])
    if isinstance(chosen, Pressed) or chosen == _BACK:
        return False
    piece = next(each for each in pieces if each.id == chosen)
    return _agreed(item, piece) and keep(session, _changes(session, item.path, piece.id))


def _pieces(session: Session) -> tuple[Parked, ...]:
    """What waits to be placed; text that was begun for a question is offered there alone."""
    found = session.tree.get("parked")
    pieces = [
        Parked.model_validate(texts(each)) for each in (found if isinstance(found, list) else ())
    ]
    return tuple(
        piece for piece in pieces if general(piece.place or "", session) not in session.by_fills
    )


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


def _changes(session: Session, path: str, piece: str) -> list[Change]:
    after = placed(session.tree, piece, path)
    return [
        Change(path, get(after, path)),
        Change(f"status.{path}", get(after, f"status.{path}")),
        Change(f"parked.{piece}", None),
    ]
