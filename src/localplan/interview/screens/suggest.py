"""A short answer that may name a thing of the same pathway: offer what is there, or take words."""

from enum import Enum

from localplan.interview.forms import Answer, Line, Page
from localplan.interview.keys import EVERY_KEY, Entry, Gap, Key, Pressed, Typed
from localplan.interview.pages import page_at
from localplan.interview.prompts import find
from localplan.interview.screens.more import Do, carry_out, wish
from localplan.interview.screens.picker import with_skip
from localplan.interview.screens.place import Ask, Place, framed
from localplan.interview.screens.saving import done
from localplan.interview.session import Session
from localplan.interview.walk import Move
from localplan.plan.progress import Item


class _Own(Enum):
    """The wish to answer in one's own words."""

    WORDS = "words"


def ask_with_suggestions(session: Session, item: Item, place: Place, write: Ask) -> Move:
    """Ask with what is there as a list; `write` takes an answer in words."""
    while True:
        page = page_at(session.plan, item.path)
        frame = framed(session, item, page, place)
        chosen = find(frame, _entries(page), at=session.text(item.path), keys=EVERY_KEY)
        if chosen is _Own.WORDS or isinstance(chosen, Typed):
            if isinstance(chosen, Typed):
                session.drafts[item.path] = chosen.typed
            move: Move | None = write(session, item, place)
            move = None if move is Move.BACK else move
        elif isinstance(chosen, str):
            move = Move.NEXT if done(session, item.path, Answer(chosen, page.seen)) else None
        else:
            pressed = chosen if isinstance(chosen, Pressed) else Pressed(Key.MORE)
            wanted = Do.SKIP if chosen is Do.SKIP else wish(session, item, pressed)
            move = carry_out(session, item, wanted)
        if move:
            return move


def _entries(page: Page) -> list[Entry[object] | Gap]:
    """What is there, and words where they can be an answer: a step has to be one of the steps."""
    assert isinstance(page.field, Line)  # noqa: S101 (only a line has suggestions)
    found: list[Entry[object] | Gap] = [
        Entry(choice.code, choice.label) for choice in page.field.choices
    ]
    if not page.field.only:
        found += [Gap(), Entry(_Own.WORDS, "Say it in words ...", takes_typing=True)]
    return [*with_skip(found, page.field.value), Entry(Key.MORE, "More ...")]
