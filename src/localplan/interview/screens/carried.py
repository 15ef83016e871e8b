"""Go through what was carried from the last plan, the most doubtful answers first."""

from collections.abc import Sequence

from localplan.interview.frame import Frame, reflowed
from localplan.interview.keys import Entry, Key, Pressed
from localplan.interview.prompts import choose
from localplan.interview.screens.place import Place
from localplan.interview.screens.question import ask
from localplan.interview.screens.review import record_of
from localplan.interview.screens.saving import keep
from localplan.interview.session import Session
from localplan.interview.standing import confirmed
from localplan.interview.walk import Move
from localplan.plan.cycle.changes import label_of, words
from localplan.plan.cycle.doubts import most_doubtful_first
from localplan.plan.progress import Item
from localplan.plan.standings import standings

_MENU = "menu"
_YES = "yes"
_LEAVE = "leave"
_OTHERS = "others"
_TITLE = 24


def look_through(session: Session) -> None:
    """Ask about every carried answer that something speaks against, then offer the others."""
    if _ask_doubtful(session) is not Move.MENU and _show_doubtful(session) is not Move.MENU:
        _offer_the_rest(session)


def carried_items(session: Session) -> tuple[Item, ...]:
    """Return the answers that wait for a person to confirm them, the most doubtful first."""
    return most_doubtful_first(session.plan.progress.items())


def _ask_doubtful(session: Session) -> Move:
    seen: list[Item] = []
    while True:
        known = {item.path for item in seen}
        waiting = [
            item
            for item in carried_items(session)
            if item.standing.get("reason") and item.path not in known
        ]
        if not waiting:
            return Move.NEXT
        seen.append(waiting[0])
        move = _ask(session, waiting[0], len(waiting))
        while move is Move.BACK and len(seen) > 1:
            seen.pop()
            move = _ask(session, seen[-1], len(waiting) + 1)
        if move in {Move.MENU, Move.BACK}:
            return Move.MENU


def _ask(session: Session, item: Item, left: int) -> Move:
    title = session.section_progress(item.question.section).section.title
    record, name = record_of(session, item)
    return ask(session, item, Place(name if record else title, f"{left:,} to look at"))


def _show_doubtful(session: Session) -> Move:
    """Show what no question asks for and something speaks against, such as words of one's own."""
    said = standings(session.tree)
    waiting = [path for path in _unasked(session) if said[path].get("reason")]
    for left, path in zip(range(len(waiting), 0, -1), waiting, strict=True):
        value = session.value(path)
        told = value.get("text", "") if isinstance(value, dict) else value
        frame = Frame(
            label_of(path, session.tree),
            f"{left:,} to look at",
            ask="Is this still right?",
            help=f"Carried over from the last plan. {said[path]['reason']}",
            body=(reflowed(words(told)),),
            note=session.said_once(),
        )
        entries = [
            Entry(_YES, "It is right as it is"),
            Entry(_LEAVE, "Leave it for now; it can be changed in the answers file"),
        ]
        chosen = choose(frame, entries, keys=(Key.BACK,))
        if isinstance(chosen, Pressed):
            return Move.MENU
        if chosen == _YES:
            keep(session, [confirmed(path, session)])
    return Move.NEXT


def _offer_the_rest(session: Session) -> None:
    """Let a person who has read a section confirm what is left in it."""
    while True:
        items, unasked = carried_items(session), _unasked(session)
        if not items and not unasked:
            return
        entries = [_entry(session, name, items) for name in _sections(session, items)]
        if unasked:
            entries.append(Entry(_OTHERS, "Others".ljust(_TITLE), _read(len(unasked))))
        frame = Frame(
            "Carried from the last plan",
            f"{len(items) + len(unasked):,} to confirm",
            ask="Which section have you read, so that its carried answers can be confirmed?",
            help="Nothing speaks against them. To change one, find it from the menu.",
            note=session.said_once(),
        )
        # Whoever presses Enter once too often must not confirm what was not read.
        back = Entry(_MENU, "Back to the menu")
        chosen = choose(frame, [back, *entries], keys=(Key.BACK,))
        if isinstance(chosen, Pressed) or chosen == _MENU:
            return
        paths = [item.path for item in items if item.question.section == chosen]
        paths = unasked if chosen == _OTHERS else paths
        keep(session, [confirmed(path, session) for path in paths])


def _unasked(session: Session) -> list[str]:
    """Carried answers that no question asks any more, such as why a part is met."""
    asked = {item.path for item in session.plan.progress.items()}
    return [
        path
        for path, said in standings(session.tree).items()
        if said.get("state") == "carried" and path not in asked and session.value(path) is not None
    ]


def _sections(session: Session, items: Sequence[Item]) -> list[str]:
    held = {item.question.section for item in items}
    return [section.id for section in session.questionnaire.sections if section.id in held]


def _entry(session: Session, name: str, items: Sequence[Item]) -> Entry[str]:
    title = session.questionnaire.section(name).title
    count = sum(item.question.section == name for item in items)
    return Entry(name, title.ljust(_TITLE), _read(count))


def _read(count: int) -> str:
    many = "1 answer" if count == 1 else f"{count:,} answers"
    return f"I have read them: confirm {many}"
