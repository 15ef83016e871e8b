"""Ask one question, whatever its kind, keep the answer, and say where to go next."""

from localplan.interview.keys import EVERY_KEY, Entry, Gap, Interrupted, Key, Pressed
from localplan.interview.prompts import choose, write_line
from localplan.interview.screens.more import Do, carry_out, wish
from localplan.interview.screens.picker import ask_pick
from localplan.interview.screens.place import Place, frame_of
from localplan.interview.screens.records import ask_records
from localplan.interview.screens.saving import keep, keep_typed
from localplan.interview.screens.suggest import ask_with_suggestions, suggestions
from localplan.interview.screens.text import ask_text
from localplan.interview.session import Session
from localplan.interview.standing import answered
from localplan.interview.typed import kept
from localplan.interview.walk import Move
from localplan.plan.progress import Item


def ask(session: Session, item: Item, place: Place) -> Move:
    """Ask for `item` until it is answered, skipped or left."""
    match item.question.kind:
        case "records":
            return ask_records(session, item, place, ask)
        case "text" | "lines":
            return ask_text(session, item, place)
        case "yes-no":
            return _ask_yes_no(session, item, place)
        case "choice" | "choices" | "pick" | "picks":
            return ask_pick(session, item, place)
        case _ if suggestions(session, item):
            return ask_with_suggestions(session, item, place, _ask_line)
        case _:
            return _ask_line(session, item, place)


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
            keep_typed(session, item, stopped.typed)
            raise
        if isinstance(typed, Pressed):
            session.drafts[path] = typed.typed or ""
            move = carry_out(session, item, wish(session, item, typed))
            if move:
                return move
            continue
        session.drafts[path] = typed
        if keep(session, answered(path, kept(question, typed) or None, session)):
            session.drafts.pop(path, None)
            return Move.NEXT


def _ask_yes_no(session: Session, item: Item, place: Place) -> Move:
    skip: Entry[object] = Entry(Do.SKIP, "Skip for now")
    answers: list[Entry[object] | Gap] = [Entry("yes", "Yes"), Entry("no", "No")]
    settled = item.required or session.text(item.path)
    entries = [*answers, Gap(), skip] if settled else [skip, Gap(), *answers]
    entries.append(Entry(Key.MORE, "More ..."))
    while True:
        chosen = choose(
            frame_of(session, item, place), entries, at=session.text(item.path).lower(),
            keys=(*EVERY_KEY, Key.MORE),
        )  # fmt: skip
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
