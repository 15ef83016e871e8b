"""The boards of a plan as facts: what each is called, and the areas and places that are its own."""

from localplan.document import prose
from localplan.document.facts.names import Facts, called
from localplan.plan.boards import (
    KIND,
    LocalBoard,
    is_apart,
    is_named,
    local_boards,
    names_all,
)
from localplan.plan.model import Area, Plan

UNNAMED = "The Local Workforce Development Board"
_PLACES = 6
"""Places that one paragraph may name; more are said by the names of their areas."""


def boards(plan: Plan) -> list[Facts]:
    """Return each local board: `name`, `served` (its places, for a sentence) and `areas`."""
    found = local_boards(plan)
    named = sum(len(board.places) for board in found) <= _PLACES
    return [
        {
            "name": board.name or UNNAMED,
            "served": _served(board, plan, places=named),
            "areas": [called(area.name, area.id) for area in board.areas],
        }
        for board in found
    ]


def served(plan: Plan) -> str:
    """Return the place that the whole plan covers, in words that fit after "in"; or nothing."""
    places = [place for board in local_boards(plan) for place in board.places]
    if places and len(places) <= _PLACES:
        return prose.listing(map(prose.place, places))
    named = [area.name for area in plan.areas if area.name]
    return plan.board.area_name or prose.listing(named)


def areas(plan: Plan) -> list[Facts]:
    """Return each local area with its board, its places and who answers for it."""
    found = local_boards(plan)
    return [
        {
            "name": called(area.name, area.id),
            "board": _board_of(area, found) if len(found) > 1 else area.board or "",
            "officials": list(area.chief_elected_officials),
            "jurisdictions": list(area.jurisdictions),
            "fiscal_agent": area.fiscal_agent or "",
            "grant_recipient": area.grant_recipient or "",
        }
        for area in plan.areas
    ]


def naming(plan: Plan) -> Facts:
    """Return what the boards of a plan are called together.

    `name` stands in headers and titles and names every board; `cover` holds the lines of the
    cover. `joint` is true for several boards, `alone` where the board that is named is the only
    one. `whose` is the board that director and office belong to: by its name where it is not
    alone, else "the Board". `signs` is the board as its chair signs for it, `others` are the
    further boards of a joint plan.
    """
    found = local_boards(plan)
    typed = plan.board.name or ""
    joint = len(found) > 1
    own = any(is_named(board, typed) for board in found)
    apart = is_apart(plan)
    return {
        "name": name_of(plan),
        "cover": _cover(found, typed),
        "joint": joint,
        "alone": not joint and not apart,
        "several": not joint and typed.rstrip().lower().endswith("boards"),
        "whose": typed if apart or (joint and own) else "the Board",
        "signs": typed or name_of(plan),
        "others": [board.name for board in found if own and not is_named(board, typed)],
    }


def name_of(plan: Plan) -> str:
    """Return the name of the board that owns `plan`, or the names of all who join in it."""
    found = local_boards(plan)
    typed = plan.board.name or ""
    if len(found) < 2 or names_all(typed, found):  # noqa: PLR2004 (one board is no joint plan)
        return typed or (found[0].name if found else "") or UNNAMED
    return _joined([board.name for board in found])


def _board_of(area: Area, found: tuple[LocalBoard, ...]) -> str:
    return next(board.name for board in found if any(area is one for one in board.areas))


def _cover(found: tuple[LocalBoard, ...], typed: str) -> list[str]:
    if not found or names_all(typed, found):
        return [typed or UNNAMED]
    listed = [board.name or UNNAMED for board in found]
    together = typed and not any(is_named(board, typed) for board in found)
    return [typed, *listed] if together else listed


def _joined(names: list[str]) -> str:
    """Several boards in few words: `Alder and Juniper Workforce Development Boards`."""
    ends = {match.group(0) if (match := KIND.search(name)) else "" for name in names}
    end = ends.pop()
    heads = [KIND.sub("", name) for name in names]
    if ends or not end or any(", " in head for head in heads):
        return prose.listing(names)
    return f"{prose.listing(heads)}{end}s"


def _served(board: LocalBoard, plan: Plan, *, places: bool) -> str:
    """The places of one board in words that fit after "serves"."""
    if len(local_boards(plan)) == 1:
        return served(plan)
    if places and board.places:
        return prose.listing(map(prose.place, board.places))
    return prose.listing(area.name or "" for area in board.areas)
