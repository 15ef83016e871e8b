"""A short answer that may name a thing of the same pathway: offer what is there, or take words."""

from enum import Enum

from localplan.interview.keys import EVERY_KEY, Entry, Gap, Key, Pressed, Typed
from localplan.interview.prompts import find
from localplan.interview.screens.more import Do, carry_out, wish
from localplan.interview.screens.picker import with_skip
from localplan.interview.screens.place import Ask, Place, frame_of
from localplan.interview.screens.saving import keep
from localplan.interview.session import Session
from localplan.interview.standing import answered
from localplan.interview.walk import Move
from localplan.interview.words import label_of
from localplan.plan.progress import Item


class _Own(Enum):
    """The wish to answer in one's own words."""

    WORDS = "words"


_STEP = "pathways.*.exit_points.*.step"
_OCCUPATION = "pathways.*.exit_points.*.occupation"


def suggestions(session: Session, item: Item) -> tuple[Entry[object], ...]:
    """Return the steps or occupations that an exit of a pathway may name; else nothing."""
    if item.question.fills not in {_STEP, _OCCUPATION}:
        return ()
    pathway = item.path.partition(".exit_points.")[0]
    if item.question.fills == _STEP:
        found, label = session.records(f"{pathway}.steps"), "course"
    else:
        sector = session.text(f"{pathway}.sector")
        found, label = session.records(f"sectors.{sector}.occupations") if sector else (), "title"
    return tuple(
        Entry(record.rpartition(".")[2], label_of(session.tree, record, label)) for record in found
    )


def ask_with_suggestions(session: Session, item: Item, place: Place, write: Ask) -> Move:
    """Ask with what is there as a list; `write` takes an answer in words."""
    entries = _entries(session, item)
    while True:
        chosen = find(
            frame_of(session, item, place), entries, at=session.text(item.path), keys=EVERY_KEY
        )
        if chosen is _Own.WORDS or isinstance(chosen, Typed):
            if isinstance(chosen, Typed):
                session.drafts[item.path] = chosen.typed
            move: Move | None = write(session, item, place)
            move = None if move is Move.BACK else move
        elif isinstance(chosen, str):
            move = Move.NEXT if keep(session, answered(item.path, chosen, session)) else None
        else:
            pressed = chosen if isinstance(chosen, Pressed) else Pressed(Key.MORE)
            wanted = Do.SKIP if chosen is Do.SKIP else wish(session, item, pressed)
            move = carry_out(session, item, wanted)
        if move:
            return move


def _entries(session: Session, item: Item) -> list[Entry[object] | Gap]:
    """What is there, and words where they can be an answer: a step has to be one of the steps."""
    found: list[Entry[object] | Gap] = [*suggestions(session, item)]
    if item.question.fills != _STEP:
        found += [Gap(), Entry(_Own.WORDS, "Say it in words ...", takes_typing=True)]
    return [*with_skip(found, session.text(item.path)), Entry(Key.MORE, "More ...")]
