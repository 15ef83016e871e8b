"""Ask which of two versions of an answer stays, where two copies of a plan come together."""

from collections.abc import Iterable

from localplan.interview.frame import Frame, shortened
from localplan.interview.keys import Entry, Key, Pressed
from localplan.interview.prompts import choose
from localplan.plan.changes import words
from localplan.plan.merge import Conflict, Side
from localplan.yamltext import Value

_LONGEST = 700


def ask_versions(conflicts: Iterable[Conflict], names: tuple[str, str]) -> dict[str, Side] | None:
    """Return the side that stays for each answer, or None when the person leaves.

    `names` are what the two copies are called.
    """
    waiting = tuple(conflicts)
    decided: dict[str, Side] = {}
    at = 0
    while at < len(waiting):
        chosen = _ask(waiting[at], names, f"{at + 1} of {len(waiting)}")
        if chosen is not None:
            decided[waiting[at].path] = chosen
            at += 1
        elif at == 0:
            return None
        else:
            at -= 1
    return decided


def _ask(conflict: Conflict, names: tuple[str, str], place: str) -> Side | None:
    frame = Frame(
        title=f"Two answers to the same question ({place})",
        ask=conflict.path,
        help="Both copies changed it.",
        body=(
            f"{names[0]}:\n{_shown(conflict.mine)}",
            f"{names[1]}:\n{_shown(conflict.theirs)}",
        ),
    )
    entries: list[Entry[Side]] = [
        Entry("mine", f"Keep the answer of {names[0]}"),
        Entry("theirs", f"Take the answer of {names[1]}"),
    ]
    chosen = choose(frame, entries, keys=(Key.BACK,))
    return None if isinstance(chosen, Pressed) else chosen


def _shown(value: Value | None) -> str:
    return "(not there)" if value is None else shortened(words(value), _LONGEST)
