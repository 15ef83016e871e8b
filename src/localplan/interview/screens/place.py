"""Where a question is asked: the title and progress at the head of its screen."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TypeAlias

from localplan.interview.forms import Confirm, Page, TakeText, Text
from localplan.interview.frame import Frame
from localplan.interview.pages import headed, page_at
from localplan.interview.session import Session
from localplan.interview.walk import Move
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
    return framed(session, item, page_at(session.plan, item.path), place)


def framed(session: Session, item: Item, page: Page, place: Place) -> Frame:
    """Return the head of the screen that shows `page`, which asks for `item`."""
    return Frame(
        title=headed(session.plan, item, place.title),
        right=" · ".join(part for part in (page.rest, place.right) if part),
        ask=page.ask,
        help=page.help,
        body=tuple(_told(page)),
        note=session.said_once(),
    )


def _told(page: Page) -> Iterator[str]:
    """What is to be known at the page, with the keys that lead on from it."""
    yield from page.notes[:-1]
    keys = " Enter confirms it; change what is no longer so." if Confirm in page.acts else ""
    if page.notes:
        yield f"{page.notes[-1]}{keys}"
    if page.asked.watch:
        topics = "; ".join(each.topic for each in page.asked.watch)
        yield f"New in the law: {topics}. Press ? and choose What changed."
    if TakeText in page.acts and isinstance(page.field, Text) and not page.field.value:
        yield "Text of the last plan waits to be placed. Press Tab and choose Take text."
