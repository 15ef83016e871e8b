"""Where a question is asked: the title and progress at the head of its screen."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeAlias

from localplan.interview.asks import changes_at
from localplan.interview.frame import Frame
from localplan.interview.screens.parked import has_parked
from localplan.interview.session import Session
from localplan.interview.typed import expected
from localplan.interview.walk import Move
from localplan.interview.words import called, leave_of, state_of
from localplan.knowledge.lists import labels
from localplan.knowledge.questions import Question
from localplan.plan.progress import Item


@dataclass(frozen=True, slots=True)
class Place:
    """The head of the screens of one section or record."""

    title: str
    right: str = ""
    again: Callable[[], str] | None = None
    """Gives the progress anew, for a screen that stays while answers change."""

    def now(self) -> "Place":
        """Return the place with its progress as it stands by now."""
        return replace(self, right=self.again()) if self.again else self


Ask: TypeAlias = Callable[[Session, Item, Place], Move]
"""Asks one question and says where to go next."""


def frame_of(session: Session, item: Item, place: Place) -> Frame:
    """Return the head of the screen that asks for `item`."""
    item = session.as_it_stands(item)
    question = item.question
    return Frame(
        title=_title(session, item, place),
        right=_right(item, place),
        ask=question.ask,
        help=_help(question),
        body=tuple(
            line
            for line in (
                _origin(session, item),
                _shared(session, item),
                _standing(item),
                _changed(session, item),
                _parked(session, item),
            )
            if line
        ),
        note=session.said_once(),
    )


def _right(item: Item, place: Place) -> str:
    """The progress, and how long the question may be left alone."""
    told = [place.right] if item.required else [leave_of(item), place.right]
    return " · ".join(part for part in told if part)


def _help(question: Question) -> str:
    """The line of help, with the form of the answer where it has one."""
    form = expected(question.kind)
    if not form or any(letter.isdigit() for letter in question.help):
        return question.help
    return f"{question.help} {form}.".strip()


def _title(session: Session, item: Item, place: Place) -> str:
    """The place, and for a question about each pathway the pathway's name."""
    question = item.question
    head, star, _ = question.fills.partition(".*.")
    listed = session.by_fills.get(head)
    if not star or not listed or question in listed.fields:
        return place.title
    record = ".".join(item.path.split(".")[: head.count(".") + 2])
    name = called(listed, session.tree, record)
    if name in place.title:
        return place.title
    nested = question.fills.count("*") > 1
    return f"{name}: {place.title}" if nested else f"{place.title}: {name}"


def _origin(session: Session, item: Item) -> str:
    origin = item.question.origin.removesuffix(".yaml")
    if not origin:
        return ""
    if session.plan.state and session.plan.state.id == origin:
        return f"Asked by {session.plan.state.name}."
    return f"Asked by a framework you chose: {labels('frameworks').get(origin, origin)}."


def _shared(session: Session, item: Item) -> str:
    """Which other file the answer comes from, and what an edit here means."""
    origin = session.plan.origin(item.path)
    told = f"This comes from {origin}. What you change here counts for this plan only."
    return told if origin else ""


def _changed(session: Session, item: Item) -> str:
    """What changed in the law about this question, until someone marks it as looked at."""
    topics = [note.topic for note in changes_at(item.question, session.tree)]
    return (
        f"New in the law: {'; '.join(topics)}. Press ? and choose What changed." if topics else ""
    )


def _parked(session: Session, item: Item) -> str:
    """That text of a Word plan waits, where a long text is asked for and nothing is said yet."""
    if item.question.kind != "text" or item.state == "answered" or not has_parked(session):
        return ""
    return "Text of the last plan waits to be placed. Press Tab and choose Take text."


def _standing(item: Item) -> str:
    if item.carried:
        doubt = item.standing.get("reason", "")
        told = f"Carried over from the last plan. {doubt}".rstrip()
        return f"{told} Enter confirms it; change what is no longer so."
    if item.state in {"not-applicable", "regional"} or item.later:
        words = state_of(item)
        return f"{words[0].upper()}{words[1:]}."
    return ""
