"""The menu of sections with their progress, and the ways to a single question."""

from collections.abc import Mapping, Sequence
from enum import Enum

from localplan.interview.frame import Frame, shortened
from localplan.interview.keys import Entry, Gap, Key, Pressed
from localplan.interview.prompts import choose, find
from localplan.interview.screen import spare
from localplan.interview.screens.findings import look_at_findings
from localplan.interview.screens.review import ask_one, look_over, visit
from localplan.interview.session import Session
from localplan.interview.words import NOT_YET, counted, state_of
from localplan.interview.words import called as called_record
from localplan.plan.progress import Item, Progress

_TITLE = 24
_ASKED = 52
_WHOSE = 24


class _Wish(Enum):
    FIND = "Find a question"
    MISSING = "What is missing"
    REVIEW = "Look over a section"
    FINDINGS = "Things to look at"
    LEAVE = "Leave; everything is saved"


def main_menu(session: Session) -> None:
    """Show the menu until the person leaves."""
    at: object = None
    while True:
        progress = session.plan.progress
        chosen = choose(
            _head(session, progress),
            _entries(progress),
            at=at or _start(progress),
            keys=(Key.HELP, Key.FIND, Key.LEAVE),
        )
        at = None
        match chosen:
            case Pressed(Key.HELP):
                _explain()
            case _Wish.FIND | Pressed(Key.FIND):
                _find(session, _to_search(progress), "Find a question")
            case _Wish.LEAVE:
                return
            case Pressed():
                # One Esc too many, on the way back from a question, must not end the sitting.
                at, session.note = _Wish.LEAVE, "Enter leaves; everything is saved"
            case _Wish.MISSING:
                _missing(session)
            case _Wish.REVIEW:
                _look_over_one(session, progress)
            case _Wish.FINDINGS:
                look_at_findings(session)
            case _:
                visit(session, str(chosen))
                at = _next(session.plan.progress, str(chosen))
        if isinstance(chosen, _Wish):
            at = chosen


def _head(session: Session, progress: Progress) -> Frame:
    name = session.text("board.name") or "Your local plan"
    told = f"{progress.answered:,} of {progress.required:,} answered"
    if progress.complete:
        ask = "Everything required is answered."
    elif progress.answered:
        ask = "Where would you like to go on?"
    else:
        ask = "Where would you like to start?"
    return Frame(name, told, ask=ask, note=session.said_once())


def _entries(progress: Progress) -> list[Entry[object] | Gap]:
    sections: list[Entry[object] | Gap] = [
        Entry(part.section.id, shortened(part.section.title, _TITLE).ljust(_TITLE), counted(part))
        for part in progress.sections
    ]
    wishes: list[Entry[object] | Gap] = [Entry(wish, wish.value) for wish in _Wish]
    return [*sections, Gap(), *wishes]


def _start(progress: Progress) -> str:
    """The section to go on with: the first in which something required is missing."""
    for part in progress.sections:
        if part.answered < part.required:
            return part.section.id
    return progress.sections[0].section.id


def _next(progress: Progress, left: str) -> str:
    """The section to go on with after `left`: itself while something is open that can be done."""
    names = [part.section.id for part in progress.sections]
    for part in progress.sections[names.index(left) :]:
        if any(item.required and not item.settled and not item.later for item in part.items):
            return part.section.id
    return _start(progress)


def _look_over_one(session: Session, progress: Progress) -> None:
    entries = [
        Entry(part.section.id, shortened(part.section.title, _TITLE).ljust(_TITLE), counted(part))
        for part in progress.sections
    ]
    frame = Frame("Look over a section", ask="Which one?")
    chosen = choose(frame, entries, keys=(Key.BACK,))
    if not isinstance(chosen, Pressed):
        look_over(session, chosen)


def _missing(session: Session) -> None:
    """List what is missing and for later, until nothing is or the person goes back."""
    while True:
        progress = session.plan.progress
        missing = progress.missing
        items = (
            *missing,
            *(each for each in progress.items() if each.later and each not in missing),
        )
        if not items:
            frame = Frame("What is missing", ask="Nothing required is missing.")
            choose(frame, [Entry("back", "Back to the menu")], keys=(Key.BACK,))
            return
        if not _find(session, items, f"What is missing: {len(items)}"):
            return


def _find(session: Session, items: Sequence[Item], title: str) -> bool:
    """Offer the questions, shortened by typing; ask the chosen one. False when none was."""
    titles = {part.id: part.title for part in session.questionnaire.sections}
    entries: list[Entry[object] | Gap] = [
        _listed(session, at, item, _where(titles, item)) for at, item in enumerate(items)
    ]
    entries.append(Entry("back", "Back to the menu"))
    frame = Frame(title, ask="Type a few letters of it.", note=session.said_once())
    chosen = find(frame, entries)
    if not isinstance(chosen, int):
        return False
    ask_one(session, items[chosen])
    return True


def _to_search(progress: Progress) -> tuple[Item, ...]:
    """Every item, those about single records last: there are many, and all sound alike."""
    return tuple(sorted(progress.items(), key=lambda item: "*" in item.question.fills))


def _listed(session: Session, at: int, item: Item, where: str) -> Entry[object]:
    asked = _asked(session, item)
    words = f"{asked} {item.question.heading} {item.question.help}"
    return Entry(at, shortened(asked, _ASKED + spare()), where, words)


def _asked(session: Session, item: Item) -> str:
    """The question, and for a question about a record whose it is."""
    parts = item.question.fills.split(".")
    if "*" not in parts:
        return item.question.ask
    first = parts.index("*")
    listed = session.by_fills.get(".".join(parts[:first]))
    record = ".".join(item.path.split(".")[: first + 1])
    if not listed:
        return item.question.ask
    name = shortened(called_record(listed, session.tree, record), _WHOSE + spare() // 2)
    return f"{name}: {item.question.ask}"


def _where(titles: Mapping[str, str], item: Item) -> str:
    state = state_of(item).removeprefix(NOT_YET).strip(" ()")
    title = titles[item.question.section]
    return title if not state else f"{title}, {shortened(state, 18)}"


def _explain() -> None:
    frame = Frame(
        "How this works",
        body=(
            "Choose a section. It asks one thing at a time, and first what is still open. Every "
            "answer is saved at once, so you can stop at any moment and go on another day.",
            "In a list, move with the arrow keys or type a few letters, and press Enter. ? "
            "explains a question, Esc goes back, Tab opens a menu with everything else: answer "
            "later, not applicable, a note for staff.",
            "Only some answers are required. Leave a question blank and press Enter to skip it. "
            "Text becomes an answer when you press Enter; what you leave before that is kept and "
            "offered again.",
        ),
    )
    choose(frame, [Entry("back", "Back to the menu")], keys=(Key.BACK,))
