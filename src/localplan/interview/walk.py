"""Which question comes next, and which came before."""

from collections.abc import Callable, Sequence
from enum import Enum, auto

from localplan.desk.openplan import OpenPlan
from localplan.interview.session import Only
from localplan.plan.progress import Item


class Move(Enum):
    """Where to go when a question is left."""

    NEXT = auto()
    BACK = auto()
    ENOUGH = auto()
    """Leave the record as it is for now."""
    MENU = auto()


def first(items: Sequence[Item], wanted: Callable[[Item], bool]) -> Item | None:
    """Return the first item that is wanted."""
    return next((item for item in items if wanted(item)), None)


def after(items: Sequence[Item], path: str, wanted: Callable[[Item], bool]) -> Item | None:
    """Return the first wanted item behind the one at `path`; None at the end."""
    here = position(items, path)
    return first(items[here + 1 :], wanted)


def before(items: Sequence[Item], path: str) -> Item | None:
    """Return the item in front of the one at `path`, wanted or not; None at the beginning."""
    here = position(items, path)
    return items[here - 1] if here > 0 else None


def onward(
    items: Sequence[Item], path: str, turned: str, wanted: Callable[[Item], bool]
) -> Item | None:
    """Return the item to go on to from the one at `path`; None at the end.

    Whoever went back comes on one by one, over what is answered too, as far as the item at
    `turned`, where they turned round; behind it only what is wanted counts.
    """
    here = position(items, path)
    if 0 <= here < position(items, turned):
        return items[here + 1]
    return after(items, path, wanted)


def further(items: Sequence[Item], path: str, other: str) -> str:
    """Return which of two paths stands further on; `path` when they stand together."""
    return other if position(items, other) > position(items, path) else path


def position(items: Sequence[Item], path: str) -> int:
    """Return where the item at `path` stands; -1 when it does not."""
    return next((at for at, item in enumerate(items) if item.path == path), -1)


def wanted_for(only: Only, open_within: Callable[[Item], int]) -> Callable[[Item], bool]:
    """Return the test of which items a walk stops at.

    Without a choice a walk stops at everything that is not settled or has gaps inside, and asks
    optional questions too; `missing` stops at required gaps only.
    """

    def wanted(item: Item) -> bool:
        match only:
            case "all":
                return True
            case "carried":
                return item.carried
            case "missing":
                return bool(open_within(item))
            case "":
                return (not item.settled and not item.later) or bool(
                    item.question.kind == "records" and open_within(item)
                )

    return wanted


def moot(plan: OpenPlan, item: Item) -> bool:
    """Return whether it goes without saying in which local area, because the plan has only one."""
    of_areas = item.question.sources == ("areas",)
    return of_areas and not item.required and len(plan.records("areas")) <= 1
