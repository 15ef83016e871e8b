"""The screens on which a person decides about what a reviewer sent back, one item at a time."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, TypeAlias

from localplan.interview.frame import Frame
from localplan.interview.keys import Entry, Key, Pressed
from localplan.interview.prompts import choose, write_line, write_text

Verb: TypeAlias = Literal[
    "accept",
    "replace",
    "change",
    "note",
    "decline",
    "disagrees",
    "answer",
    "assign",
    "later",
    "skip",
    "undo",
    "stop",
]

_LABELS: dict[Verb, tuple[str, str]] = {
    "accept": ("Accept", "the answer becomes what the reviewer wrote"),
    "replace": ("Accept", "these words stand in place of the text that the program makes"),
    "change": ("Accept with changes", "you mend the words first"),
    "note": ("Take note of it", "the plan stays as it is"),
    "disagrees": ("Say whether it disagrees with the plan", "yes, or no again"),
    "answer": ("Answer it", "the plan stays; your response goes into the matrix"),
    "decline": ("Decline", "with a reason that goes into the matrix"),
    "assign": ("Give it to someone", "it stays open under that name"),
    "later": ("Later", ""),
    "skip": ("Next item", "nothing is decided"),
    "undo": ("Undo what was decided", ""),
    "stop": ("Stop here", ""),
}
_ASKS = {
    "decline": "Why is it declined? The reviewer reads this in the matrix.",
    "answer": "What do you answer? The reviewer reads this in the matrix.",
    "assign": "Who takes care of it?",
}


@dataclass(frozen=True, slots=True)
class Card:
    """One item as the screen shows it, and what may be decided about it."""

    title: str
    right: str
    ask: str
    help: str
    body: tuple[str, ...]
    verbs: tuple[Verb, ...]
    proposed: str = ""
    """What "accept with changes" starts from."""


@dataclass(frozen=True, slots=True)
class Ruled:
    """What the person decided, with the words that go with it."""

    verb: Verb
    text: str = ""


def decide(card: Card, note: str = "") -> Ruled:
    """Show `card` until the person decides, and return what was decided."""
    frame = Frame(card.title, card.right, card.ask, card.help, card.body, note)
    while True:
        entries: list[Entry[Verb]] = [Entry(verb, *_LABELS[verb]) for verb in card.verbs]
        chosen = choose(frame, entries, keys=(Key.BACK,))
        if isinstance(chosen, Pressed):
            return Ruled("stop")
        if chosen == "change":
            text = write_text(frame, card.proposed, _something)
            if isinstance(text, Pressed) or not text.strip():
                continue
            return Ruled("change", text)
        if chosen in _ASKS:
            said = write_line(
                Frame(card.title, card.right, _ASKS[chosen]), "", _something, keys=(Key.BACK,)
            )
            if isinstance(said, Pressed) or not said.strip():
                continue
            return Ruled(chosen, said.strip())
        return Ruled(chosen)


def go_through(cards: Callable[[int], Card | None], ruled: Callable[[int, Ruled], str]) -> None:
    """Show one card after another; `ruled` carries out a decision and says what happened."""
    place, note = 0, ""
    while (card := cards(place)) is not None:
        decision = decide(card, note)
        if decision.verb == "stop":
            return
        note = "" if decision.verb == "skip" else ruled(place, decision)
        if decision.verb != "disagrees":
            place += 1


def _something(text: str) -> str:
    return "" if text.strip() else "Write a few words, or press Esc to go back."
