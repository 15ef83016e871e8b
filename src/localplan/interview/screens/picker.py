"""Ask to choose from a list, or from what was entered elsewhere, adding to it there and then."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from localplan.interview.acts import problem_at
from localplan.interview.forms import Add, Adding, Answer, Choose, Page, Pick, Tick
from localplan.interview.frame import Frame, shortened
from localplan.interview.keys import EVERY_KEY, Entry, Gap, Interrupted, Key, Pressed, Typed
from localplan.interview.pages import page_at
from localplan.interview.prompts import find, tick, write_line
from localplan.interview.screen import spare
from localplan.interview.screens.more import Do, carry_out, wish
from localplan.interview.screens.place import Place, framed
from localplan.interview.screens.saving import done
from localplan.interview.session import Session
from localplan.interview.typed import problem_with
from localplan.interview.walk import Move
from localplan.plan.progress import Item

_SHORT_LIST = 6
"""A list of so many lines leaves room for a line that leads to the menu."""


_LABEL = 70
"""A longer label ends in an ellipsis instead of at the edge of the screen."""


@dataclass(frozen=True, slots=True)
class _Own:
    """The wish to say it in one's own words."""


def ask_pick(session: Session, item: Item, place: Place) -> Move:
    """Ask to choose one or several, and keep it."""
    several = item.question.kind in {"choices", "picks"}
    ticked: list[str] | None = None
    while True:
        page = page_at(session.plan, item.path)
        frame = framed(session, item, page, place)
        chosen = _several(page, frame, ticked) if several else _one(page, frame)
        move: Move | None
        if isinstance(chosen, (Pressed, Do)):
            wanted = wish(session, item, chosen) if isinstance(chosen, Pressed) else chosen
            move = carry_out(session, item, wanted)
        elif isinstance(chosen, list):
            ticked = [each for each in chosen if isinstance(each, str)]
            fresh = [_fresh(session, item, each) for each in chosen if not isinstance(each, str)]
            ticked += [name for name in fresh if name]
            move = None if fresh else _keep(session, page, tuple(ticked))
        elif isinstance(chosen, Typed):
            name = _fresh(session, item, chosen.value, chosen.typed)
            move = _keep(session, page, name) if name else None
        else:
            name = chosen if isinstance(chosen, str) else _fresh(session, item, chosen)
            move = _keep(session, page, name) if name else None
        if move:
            return move


def _offered(page: Page) -> tuple[list[Entry[object] | Gap], list[Entry[object]]]:
    """The entries of what can be chosen, and of what adds something new to it."""
    match page.field:
        case Choose(choices, other=other) | Tick(choices, other=other):
            adding: tuple[Adding, ...] = ()
        case Pick(choices, adding=adding, other=other):
            pass
        case _:
            return [], []
    offered: list[Entry[object] | Gap] = [
        Entry(each.code, shortened(each.label, _LABEL + spare()), each.note, words=each.label)
        for each in choices
    ]
    fresh: list[Entry[object]] = [Entry(each, f"Add a new {each.one} ...") for each in adding]
    if other:
        fresh.append(Entry(_Own(), "Something else ..."))
    return offered, fresh


def _one(page: Page, frame: Frame) -> object:
    offered, fresh = _offered(page)
    chosen = _chosen(page)
    current = chosen[0] if chosen else ""
    gap = [Gap()] if offered else []
    adding = [replace(entry, takes_typing=True) for entry in fresh]
    entries = with_skip([*offered, *gap, *adding], current)
    if len(offered) <= _SHORT_LIST:
        entries.append(Entry(Key.MORE, "More ..."))
    found = find(frame, entries, at=current, keys=EVERY_KEY)
    return Pressed(Key.MORE) if found is Key.MORE else found


def _chosen(page: Page) -> tuple[str, ...]:
    match page.field:
        case Tick(value=value) | Pick(value=value):
            return value
        case Choose(value=value):
            return (value,)
        case _:
            return ()


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


def _several(page: Page, frame: Frame, ticked: list[str] | None) -> object:
    offered, adding = _offered(page)
    known = [entry.value for entry in offered if isinstance(entry, Entry)]
    if ticked is None:
        ticked = list(_chosen(page))
    offered += [Entry(each, each, "not in the list") for each in ticked if each not in known]
    if not offered and not adding:
        return Do.SKIP
    entries = [*offered, *([Gap()] if offered and adding else []), *adding]
    return tick(frame, entries, ticked)


def _fresh(session: Session, item: Item, wanted: object, typed: str = "") -> str:
    """Ask for what is not in the list; its id or words, nothing when the person went back.

    `typed` is what stood in the list's search.
    """
    match wanted:
        case Adding():
            return _added(session, wanted, typed)
        case _:
            return _own_words(session, item, typed)


def _own_words(session: Session, item: Item, typed: str) -> str:
    frame = Frame("Something else", ask=item.question.ask, help="In your own words.")
    before = typed or session.begun(item.path) or session.text(item.path)
    try:
        written = write_line(
            frame, before, lambda text: problem_at(session.plan, item.question, text), (Key.BACK,)
        )
    except Interrupted as stopped:
        session.drafts[item.path] = stopped.typed
        raise
    if isinstance(written, Pressed):
        session.drafts[item.path] = written.typed or ""
        return ""
    session.drafts.pop(item.path, None)
    return written.strip()


def _added(session: Session, adding: Adding, begun: str) -> str:
    """Ask what the new record is called, keep it, and return its id."""
    listed = session.by_fills[adding.home]
    named = session.by_fills[f"{adding.home}.*.{listed.label}"]
    frame = Frame(f"A new {adding.one}", ask=adding.ask, help="The rest can follow later.")
    typed = write_line(frame, begun, lambda text: problem_with(named, text), (Key.BACK,))
    if isinstance(typed, Pressed) or not typed.strip():
        return ""
    added = done(session, adding.home, Add(typed))
    return added.place.rpartition(".")[2] if added else ""


def _keep(session: Session, page: Page, value: str | tuple[str, ...]) -> Move | None:
    return Move.NEXT if done(session, page.path, Answer(value, page.seen)) else None
