"""Put a piece of the last plan's text under a question; the likely pieces come first."""

from localplan.interview.forms import TakeText
from localplan.interview.frame import Frame, reflowed, shortened
from localplan.interview.keys import Entry, Key, Pressed
from localplan.interview.pages import pieces
from localplan.interview.prompts import choose, find
from localplan.interview.screen import spare
from localplan.interview.screens.saving import done
from localplan.interview.session import Session
from localplan.plan.model import Parked
from localplan.plan.progress import Item

_HEADING = 60
_SHOWN = 1200
_BACK = "back"


def take_parked(session: Session, item: Item) -> bool:
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
