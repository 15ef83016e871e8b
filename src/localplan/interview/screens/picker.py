"""Ask to choose from a list, or from what was entered elsewhere, adding to it there and then."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from localplan.interview.frame import Frame, shortened
from localplan.interview.keys import EVERY_KEY, Entry, Gap, Interrupted, Key, Pressed, Typed
from localplan.interview.prompts import find, tick, write_line
from localplan.interview.screen import spare
from localplan.interview.screens.more import Do, carry_out, wish
from localplan.interview.screens.place import Place, frame_of
from localplan.interview.screens.saving import done_with_begun, keep
from localplan.interview.session import Session
from localplan.interview.standing import answered, filled
from localplan.interview.typed import problem_with
from localplan.interview.walk import Move
from localplan.interview.words import home_label, label_of
from localplan.knowledge.lists import Option
from localplan.knowledge.questions import Question
from localplan.plan.file.answers import Change
from localplan.plan.file.identifiers import new_id
from localplan.plan.progress import Item

_SHORT_LIST = 6
"""A list of so many lines leaves room for a line that leads to the menu."""


_LABEL = 70
"""A longer label ends in an ellipsis instead of at the edge of the screen."""


@dataclass(frozen=True, slots=True)
class _AddTo:
    """The wish for a new record in a list."""

    home: str


@dataclass(frozen=True, slots=True)
class _Own:
    """The wish to say it in one's own words."""


def ask_pick(session: Session, item: Item, place: Place) -> Move:
    """Ask to choose one or several, and keep it."""
    several = item.question.kind in {"choices", "picks"}
    ticked: list[str] | None = None
    while True:
        chosen = _several(session, item, place, ticked) if several else _one(session, item, place)
        move: Move | None
        if isinstance(chosen, (Pressed, Do)):
            wanted = wish(session, item, chosen) if isinstance(chosen, Pressed) else chosen
            move = carry_out(session, item, wanted)
        elif isinstance(chosen, list):
            ticked = [each for each in chosen if isinstance(each, str)]
            fresh = [_fresh(session, item, each) for each in chosen if not isinstance(each, str)]
            ticked += [name for name in fresh if name]
            move = None if fresh else _keep(session, item, ticked)
        elif isinstance(chosen, Typed):
            name = _fresh(session, item, chosen.value, chosen.typed)
            move = _keep(session, item, name) if name else None
        else:
            name = chosen if isinstance(chosen, str) else _fresh(session, item, chosen)
            move = _keep(session, item, name) if name else None
        if move:
            return move


def options(session: Session, question: Question) -> Iterator[Entry[object]]:
    """Yield what `question` offers: its own list, or the records entered elsewhere."""
    for option in _own_first(session, question):
        yield Entry(option.code, shortened(option.label, _LABEL + spare()), words=option.label)
    for home in question.sources:
        if home == "board":
            yield Entry("board", session.text("board.name") or "The Board", "the Board itself")
            continue
        label = home_label(session.by_fills, home)
        for record in session.records(home):
            yield Entry(record.rpartition(".")[2], label_of(session.tree, record, label))


def _own_first(session: Session, question: Question) -> Sequence[Option]:
    """The options of a list; of the outlines, the one of the board's own State comes first."""
    if question.fills != "plan.outline":
        return question.options
    own = session.text("board.state").lower()
    return sorted(question.options, key=lambda option: option.code != own)


def _one(session: Session, item: Item, place: Place) -> object:
    question = item.question
    offered: list[Entry[object] | Gap] = [*options(session, question)]
    current = session.text(item.path)
    known = [entry.value for entry in offered if isinstance(entry, Entry)]
    if current and current not in known:
        offered.append(
            Entry(current, current, "in your own words" if question.other else "not in the list")
        )
    gap = [Gap()] if offered else []
    adding = [replace(entry, takes_typing=True) for entry in _adding(session, question)]
    entries = with_skip([*offered, *gap, *adding], current)
    if len(offered) <= _SHORT_LIST:
        entries.append(Entry(Key.MORE, "More ..."))
    chosen = find(frame_of(session, item, place), entries, at=current, keys=EVERY_KEY)
    return Pressed(Key.MORE) if chosen is Key.MORE else chosen


def with_skip(entries: Sequence[Entry[object] | Gap], current: str) -> list[Entry[object] | Gap]:
    """Return the entries with a way past them, and the one that is the answer marked as such.

    While there is no answer the way past comes first: Enter alone must never choose one.
    """
    skip: Entry[object] = Entry(Do.SKIP, "Skip for now")
    if not current:
        return [skip, Gap(), *entries]
    marked = [
        replace(each, note=" · ".join(part for part in (each.note, "your answer") if part))
        if isinstance(each, Entry) and each.value == current
        else each
        for each in entries
    ]
    return [*marked, skip]


def _several(session: Session, item: Item, place: Place, ticked: list[str] | None) -> object:
    question = item.question
    value = session.value(item.path)
    if ticked is None:
        ticked = (
            [each for each in value if isinstance(each, str)] if isinstance(value, list) else []
        )
    offered: list[Entry[object] | Gap] = [*options(session, question)]
    known = [entry.value for entry in offered if isinstance(entry, Entry)]
    offered += [Entry(each, each, "not in the list") for each in ticked if each not in known]
    adding = _adding(session, question)
    if not offered and not adding:
        return Do.SKIP
    entries = [*offered, *([Gap()] if offered and adding else []), *adding]
    frame = frame_of(session, item, place)
    return tick(frame, entries, ticked)


def _adding(session: Session, question: Question) -> list[Entry[object]]:
    """The entries that add something new to what can be picked."""
    found: list[Entry[object]] = []
    for home in question.sources:
        listed = session.by_fills.get(home)
        if listed and listed.kind == "records":
            found.append(Entry(_AddTo(home), f"Add a new {listed.one} ..."))
    if question.other:
        found.append(Entry(_Own(), "Something else ..."))
    return found


def _fresh(session: Session, item: Item, wanted: object, typed: str = "") -> str:
    """Ask for what is not in the list; its id or words, nothing when the person went back.

    `typed` is what stood in the list's search.
    """
    match wanted:
        case _AddTo(home):
            return _added(session, home, typed)
        case _:
            return _own_words(session, item, typed)


def _own_words(session: Session, item: Item, typed: str) -> str:
    frame = Frame("Something else", ask=item.question.ask, help="In your own words.")
    before = typed or session.begun(item.path) or session.text(item.path)
    try:
        written = write_line(
            frame, before, lambda text: session.problem_with(item.question, text), (Key.BACK,)
        )
    except Interrupted as stopped:
        session.drafts[item.path] = stopped.typed
        raise
    if isinstance(written, Pressed):
        session.drafts[item.path] = written.typed or ""
        return ""
    session.drafts.pop(item.path, None)
    return written.strip()


def _added(session: Session, home: str, begun: str) -> str:
    """Ask what the new record is called, keep it, and return its id."""
    listed = session.by_fills[home]
    named = session.by_fills[f"{home}.*.{listed.label}"]
    frame = Frame(f"A new {listed.one}", ask=named.ask, help="The rest can follow later.")
    typed = write_line(frame, begun, lambda text: problem_with(named, text), (Key.BACK,))
    if isinstance(typed, Pressed) or not typed.strip():
        return ""
    taken = [record.rpartition(".")[2] for record in session.records(home)]
    name = new_id(typed, [*taken, "board"])
    change = Change(f"{home}.{name}.{listed.label}", typed.strip())
    kept = keep(session, [change, *filled(home, session)])
    return name if kept else ""


def _keep(session: Session, item: Item, value: str | list[str]) -> Move | None:
    changes = answered(item.path, value or None, session)
    kept = keep(session, [*changes, *done_with_begun(session, item.path)])
    return Move.NEXT if kept else None
