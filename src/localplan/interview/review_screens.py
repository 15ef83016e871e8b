"""The screens on which a person decides about what a reviewer sent back, one item at a time."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal, TypeAlias

from localplan.desk.desk import Desk
from localplan.desk.openplan import OpenPlan
from localplan.desk.reviewing import about, body_of, changed_lines, title_of
from localplan.errors import LocalPlanError
from localplan.interview.frame import Frame
from localplan.interview.keys import Entry, Key, Pressed
from localplan.interview.prompts import choose, write_line, write_text
from localplan.plan.proposals import Proposal
from localplan.plan.tree import get
from localplan.review.decide import Ruling, mark
from localplan.review.items import Item, Review, open_review
from localplan.review.proposals import plain_text, proposal_of, target_of

Verb: TypeAlias = Literal[
    "accept",
    "join",
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
    "back",
    "stop",
]

_LABELS: dict[Verb, tuple[str, str]] = {
    "accept": ("Accept", "the answer becomes what the reviewer wrote"),
    "join": ("Accept", "the answer becomes the text that joins both, as shown above"),
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
    "back": ("Back to the item before", ""),
    "stop": ("Stop here", "what was decided is saved"),
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
            return Ruled("back")
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
        if decision.verb == "stop" or (decision.verb == "back" and place == 0):
            return
        if decision.verb == "back":
            place, note = place - 1, ""
            continue
        note = "" if decision.verb == "skip" else ruled(place, decision)
        if decision.verb != "disagrees":
            place += 1


def _something(text: str) -> str:
    return "" if text.strip() else "Write a few words, or press Esc to go back."


_DECIDES = {
    "accept": "accept", "join": "accept", "replace": "accept", "change": "accept", "note": "accept",
    "decline": "declined", "answer": "answered", "assign": "assigned", "undo": "undo",
}  # fmt: skip
"""What each choice on the screen decides."""


def go_through_items(desk: Desk, names: Sequence[str]) -> None:
    """Show the items one after the other, and carry out what is decided about each."""

    def card(place: int) -> Card | None:
        if place >= len(names):
            return None
        desk.reread()
        review = open_review(desk.path)
        return card_of(desk, review, review.item(names[place]), place, len(names))

    def ruled(place: int, ruled: Ruled) -> str:
        ruling = Ruling(
            desk.person, datetime.now(UTC), "" if ruled.verb == "change" else ruled.text
        )
        name = names[place]
        try:
            if ruled.verb == "disagrees":
                held = open_review(desk.path).item(name).disagrees
                mark(desk.path, name, "no" if held == "yes" else "yes", ruling)
                return ""
            text = ruled.text if ruled.verb == "change" else None
            item = desk.decide(name, _DECIDES.get(ruled.verb, "later"), ruling, text=text)
        except LocalPlanError as error:
            return str(error).split("\n", maxsplit=1)[0]
        return f"Item {item.number}: {item.decision.state if item.decision else 'open again'}"

    go_through(card, ruled)


def card_of(plan: OpenPlan, review: Review, item: Item, place: int, count: int) -> Card:
    """Return the item as a card, with what may be decided about it."""
    proposal = proposal_of(item, plan.tree)
    proposed = (proposal.joined or proposal.wanted) if proposal else item.text
    if item.kind == "comment":
        proposed = plain_text(get(plan.tree, target_of(item)))
    return Card(
        title=title_of(item),
        right=f"{place + 1} of {count}",
        ask=about(item, plan),
        help="",
        body=tuple(body_of(plan, review, item, changed_lines)),
        verbs=_verbs(item, proposal),
        proposed=proposed,
    )


def _verbs(item: Item, proposal: Proposal | None) -> tuple[Verb, ...]:
    if not item.is_open:
        return ("undo", "skip", "stop")
    if item.kind == "comment":
        mend: tuple[Verb, ...] = ("change",) if target_of(item) else ()
        return ("answer", *mend, "note", "decline", "disagrees", "assign", "later", "stop")
    if item.kind == "sign-off":
        return ("note", "answer", "decline", "assign", "later", "stop")
    if item.values:
        return ("accept", "decline", "assign", "later", "stop")
    if proposal is None:
        return ("answer", "decline", "assign", "later", "stop")
    if proposal.joined is None:
        return ("change", "decline", "answer", "assign", "later", "stop")
    accept: Verb = "join" if proposal.changed_since else "accept"
    if item.path.startswith("passages."):
        accept = "replace"
    return (accept, "change", "decline", "answer", "assign", "later", "stop")
