"""Ask which of two versions of an answer stays, where two copies of a plan come together."""

from collections.abc import Callable, Iterable

from localplan.interview.frame import Frame
from localplan.interview.keys import Entry, Key, Pressed
from localplan.interview.prompts import choose
from localplan.plan.cycle.changes import both_shown, words
from localplan.plan.file.merge import Conflict, Side
from localplan.plan.tree import is_blank

_LONGEST = 700


def ask_versions(
    conflicts: Iterable[Conflict], names: tuple[str, str], label: Callable[[str], str]
) -> dict[str, Side] | None:
    """Return the side that stays for each answer, or None when the person leaves.

    `names` are what the two copies are called; `label` says what the answer at a path is about.
    """
    waiting = tuple(conflicts)
    decided: dict[str, Side] = {}
    at = 0
    while at < len(waiting):
        place = f"{at + 1} of {len(waiting)}"
        chosen = _ask(waiting[at], names, place, label(waiting[at].path))
        if chosen is not None:
            decided[waiting[at].path] = chosen
            at += 1
        elif at == 0:
            return None
        else:
            at -= 1
    return decided


def _ask(conflict: Conflict, names: tuple[str, str], place: str, about: str) -> Side | None:
    mine, theirs = both_shown(words(conflict.mine), words(conflict.theirs), _LONGEST)
    frame = Frame(
        title=f"Two answers to the same question ({place})",
        ask=about,
        help=f"The copies do not say the same. In the file: {conflict.path}",
        body=(f"{names[0]}:\n{mine}", f"{names[1]}:\n{theirs}"),
    )
    entries: list[Entry[Side]] = [
        Entry("mine", f"Keep the answer of {names[0]}"),
        Entry("theirs", f"Take the answer of {names[1]}"),
    ]
    # Enter alone must not drop an answer that only the other copy has.
    start: Side = "theirs" if is_blank(conflict.mine) else "mine"
    chosen = choose(frame, entries, at=start, keys=(Key.BACK,))
    return None if isinstance(chosen, Pressed) else chosen
