"""Ask one question, whatever its kind, keep the answer, and say where to go next.

One rule for what is typed: Enter makes it the answer. Text that stands in a field when its question
is left in any other way is kept beside the answers and offered when the question is opened again.
"""

from dataclasses import replace
from enum import Enum

from localplan.interview.acts import problem_at
from localplan.interview.forms import Answer, Drop, Line, Page, YesNo
from localplan.interview.frame import beginning
from localplan.interview.keys import EVERY_KEY, Entry, Gap, Interrupted, Key, Pressed, Typed
from localplan.interview.pages import page_at, suggested
from localplan.interview.prompts import choose, find, write_line
from localplan.interview.screens.help import show_help
from localplan.interview.screens.more import Do, carry_out, wish
from localplan.interview.screens.picker import ask_pick, with_skip
from localplan.interview.screens.place import Ask, Place, frame_of, framed
from localplan.interview.screens.records import ask_records
from localplan.interview.screens.saving import done, keep_begun
from localplan.interview.screens.text import ask_text
from localplan.interview.session import Session
from localplan.interview.walk import Move
from localplan.plan.progress import Item


def ask(session: Session, item: Item, place: Place) -> Move:
    """Ask for `item` until it is answered, skipped or left."""
    try:
        return _begun(session, item, place) or _asked(session, item, place)
    finally:
        keep_begun(session, item)


def _asked(session: Session, item: Item, place: Place) -> Move:
    match item.question.kind:
        case "records":
            return ask_records(session, item, place, ask)
        case "text" | "lines":
            return ask_text(session, item, place)
        case "yes-no":
            return _ask_yes_no(session, item, place)
        case "choice" | "choices" | "pick" | "picks":
            return ask_pick(session, item, place)
        case _ if suggested(session.plan, item) and item.path not in session.drafts:
            return _ask_with_suggestions(session, item, place, _ask_line)
        case _:
            return _ask_line(session, item, place)


_NOT_TYPED = frozenset({"records", "yes-no", "choice", "choices", "pick", "picks"})
"""Kinds of question whose field is no text; own words at a list are offered there."""


def _begun(session: Session, item: Item, place: Place) -> Move | None:
    """Offer what was begun at the question and left; None to ask the question."""
    begun, path = session.begun(item.path), item.path
    if not begun or path in session.drafts or item.question.kind in _NOT_TYPED:
        return None
    entries = [
        Entry("leave", "Leave it for now"),
        Entry("on", "Go on with this text"),
        Entry("drop", "Throw this text away"),
    ]
    while True:
        frame = frame_of(session, item, place)
        told = "You began this and left it. It is not the answer yet:\n" + beginning(begun)
        answer = session.text(path)
        stays = f"The answer is still:\n{beginning(answer)}" if answer else ""
        body = (*frame.body, told, stays)
        shown = replace(frame, body=tuple(part for part in body if part))
        match choose(shown, entries, keys=(Key.HELP, Key.BACK)):
            case "on":
                session.drafts[path] = begun
                return None
            case "drop":
                if done(session, path, Drop()):
                    return None
            case Pressed(Key.HELP):
                show_help(session, item)
            case Pressed():
                return Move.BACK
            case _:
                return Move.NEXT


def _ask_line(session: Session, item: Item, place: Place) -> Move:
    question, path = item.question, item.path
    while True:
        page = page_at(session.plan, path)
        before = session.drafts.get(path, session.text(path))
        try:
            typed = write_line(
                framed(session, item, page, place),
                before,
                lambda text: problem_at(session.plan, question, text),
            )
        except Interrupted as stopped:
            session.drafts[path] = stopped.typed
            raise
        if isinstance(typed, Pressed):
            session.drafts[path] = typed.typed or ""
            move = carry_out(session, item, wish(session, item, typed))
            if move:
                return move
            continue
        session.drafts[path] = typed
        if done(session, path, Answer(typed, page.seen)):
            return Move.NEXT


def _ask_yes_no(session: Session, item: Item, place: Place) -> Move:
    answers: list[Entry[object] | Gap] = [Entry("yes", "Yes"), Entry("no", "No")]
    while True:
        page = page_at(session.plan, item.path)
        said = page.field.value if isinstance(page.field, YesNo) else ""
        entries = with_skip(answers, said)
        entries.append(Entry(Key.MORE, "More ..."))
        chosen = find(framed(session, item, page, place), entries, at=said, keys=EVERY_KEY)
        if isinstance(chosen, str):
            if done(session, item.path, Answer(chosen, page.seen)):
                return Move.NEXT
            continue
        wanted = Do.SKIP if chosen is Do.SKIP else wish(session, item, _pressed(chosen))
        move = carry_out(session, item, wanted)
        if move:
            return move


def _pressed(chosen: object) -> Pressed:
    return chosen if isinstance(chosen, Pressed) else Pressed(Key.MORE)


class _Own(Enum):
    """The wish to answer in one's own words."""

    WORDS = "words"


def _ask_with_suggestions(session: Session, item: Item, place: Place, write: Ask) -> Move:
    """Ask with what is there as a list; `write` takes an answer in words."""
    while True:
        page = page_at(session.plan, item.path)
        frame = framed(session, item, page, place)
        chosen = find(frame, _suggested_entries(page), at=session.text(item.path), keys=EVERY_KEY)
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


def _suggested_entries(page: Page) -> list[Entry[object] | Gap]:
    """What is there, and words where they can be an answer: a step has to be one of the steps."""
    assert isinstance(page.field, Line)  # noqa: S101 (only a line has suggestions)
    found: list[Entry[object] | Gap] = [
        Entry(choice.code, choice.label) for choice in page.field.choices
    ]
    if not page.field.only:
        found += [Gap(), Entry(_Own.WORDS, "Say it in words ...", takes_typing=True)]
    return [*with_skip(found, page.field.value), Entry(Key.MORE, "More ...")]
