"""Ask one question, whatever its kind, keep the answer, and say where to go next.

One rule for what is typed: Enter makes it the answer. Text that stands in a field when its question
is left in any other way is kept beside the answers and offered when the question is opened again.
"""

from dataclasses import replace

from localplan.interview.frame import beginning
from localplan.interview.keys import EVERY_KEY, Entry, Gap, Interrupted, Key, Pressed
from localplan.interview.prompts import choose, find, write_line
from localplan.interview.screens.help import show_help
from localplan.interview.screens.more import Do, carry_out, wish
from localplan.interview.screens.picker import ask_pick, with_skip
from localplan.interview.screens.place import Place, frame_of
from localplan.interview.screens.records import ask_records
from localplan.interview.screens.saving import done_with_begun, keep, keep_begun
from localplan.interview.screens.suggest import ask_with_suggestions, suggestions
from localplan.interview.screens.text import ask_text
from localplan.interview.session import Session
from localplan.interview.standing import answered
from localplan.interview.typed import kept
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
        case _ if suggestions(session, item) and item.path not in session.drafts:
            return ask_with_suggestions(session, item, place, _ask_line)
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
                session.keep_state()
                if keep(session, done_with_begun(session, path)):
                    return None
            case Pressed(Key.HELP):
                show_help(session, item.question)
            case Pressed():
                return Move.BACK
            case _:
                return Move.NEXT


def _ask_line(session: Session, item: Item, place: Place) -> Move:
    question, path = item.question, item.path
    while True:
        before = session.drafts.get(path, session.text(path))
        try:
            typed = write_line(
                frame_of(session, item, place),
                before,
                lambda text: session.problem_with(question, text),
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
        changes = answered(path, kept(question, typed) or None, session)
        if keep(session, [*changes, *done_with_begun(session, path)]):
            session.drafts.pop(path, None)
            return Move.NEXT


def _ask_yes_no(session: Session, item: Item, place: Place) -> Move:
    answers: list[Entry[object] | Gap] = [Entry("yes", "Yes"), Entry("no", "No")]
    while True:
        said = session.text(item.path).lower()
        entries = with_skip(answers, said)
        entries.append(Entry(Key.MORE, "More ..."))
        chosen = find(frame_of(session, item, place), entries, at=said, keys=EVERY_KEY)
        if isinstance(chosen, str):
            if keep(session, answered(item.path, chosen, session)):
                return Move.NEXT
            continue
        wanted = Do.SKIP if chosen is Do.SKIP else wish(session, item, _pressed(chosen))
        move = carry_out(session, item, wanted)
        if move:
            return move


def _pressed(chosen: object) -> Pressed:
    return chosen if isinstance(chosen, Pressed) else Pressed(Key.MORE)
