"""The checklist of attachments: what the State wants with the plan, and what the board has."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias

from localplan.knowledge.states import State, StateAttachment
from localplan.plan.model import Attachment, Plan
from localplan.plan.public import file_name
from localplan.plan.tree import get, holds
from localplan.yamltext import Tree

Standing: TypeAlias = Literal["present", "in-packet", "missing", "not-applicable"]

PARTS = {
    "cover-letter": "01-cover-letter",
    "checklist": "03-attachment-checklist",
    "signatures": "04-signatures-and-assurances",
    "performance": "05-performance-levels",
    "public-comment": "06-public-comment",
}
"""What the packet makes by itself: the part as a State file names it, and its file."""
REGIONAL = "regional-plan"
"""The part that the answers point to: a regional plan that stands elsewhere."""
_NAMES = {
    "cover letter": "cover-letter",
    "letter of transmittal": "cover-letter",
    "attachment checklist": "checklist",
    "checklist of attachments": "checklist",
    "signatures": "signatures",
    "signature page": "signatures",
    "signature pages": "signatures",
    "signatures and assurances": "signatures",
    "performance levels": "performance",
    "levels of performance": "performance",
    "negotiated performance levels": "performance",
    "public comments": "public-comment",
    "comments received": "public-comment",
    "comments that disagree with the plan": "public-comment",
    "public comments that disagree with the plan": "public-comment",
}
"""What boards call these parts. A word in a longer name proves nothing: a policy on comments from
employers is not the comment appendix."""


@dataclass(frozen=True, slots=True)
class Enclosure:
    """One line of the checklist."""

    id: str
    item: str
    standing: Standing
    file: str = ""
    """The board's own file, as it is named in the answers, or the part of the packet."""
    reason: str = ""
    source: str = ""
    """Who asks for it, where it is the State."""

    @property
    def key(self) -> str:
        """The key under `accepted` that lets it be missing with a reason."""
        return f"attachment/{self.id}"


def checklist(plan: Plan, tree: Tree, state: State | None) -> tuple[Enclosure, ...]:
    """Return what the State asks for, in its order, then what the board adds on its own.

    An entry of `attachments` stands for the State's piece when its id or its item is the same.
    """
    own = {key: item for item in plan.attachments for key in _names(item)}
    asked = tuple(_applying(state, tree) if state else ())
    rows = [_asked(piece, own, tree) for piece in asked]
    used = {key for piece in asked for key in (piece.id, piece.item.casefold())}
    rows += [_own(item) for item in plan.attachments if not used & set(_names(item))]
    return tuple(rows)


def enclosed(folder: Path, file: str) -> Path | None:
    """Return the file that an attachment names, where it lies in `folder`; None elsewhere.

    Links are followed first, so that nothing from outside the plan's folder is sent along.
    """
    try:
        place, home = (folder / file).resolve(), folder.resolve()
        found = place.is_file() and place.is_relative_to(home)
    except (OSError, ValueError, RuntimeError):
        return None
    return place if found else None


def is_address(file: str) -> bool:
    """Return whether `file` is an address on the web and no file beside the answers."""
    return file.startswith(("http://", "https://"))


def _applying(state: State, tree: Tree) -> Iterator[StateAttachment]:
    return (piece for piece in state.attachments if holds(piece.when, tree, ""))


def _names(item: Attachment) -> Iterable[str]:
    return tuple(name for name in (item.id, (item.item or "").strip().casefold()) if name)


def _asked(piece: StateAttachment, own: dict[str, Attachment], tree: Tree) -> Enclosure:
    entry = own.get(piece.id) or own.get(piece.item.casefold())
    if entry is not None:
        made = _own(entry, piece.part)
        return Enclosure(piece.id, piece.item, made.standing, made.file, made.reason, piece.source)
    ours = _ours(piece.item, piece.part)
    if ours:
        return Enclosure(piece.id, piece.item, "in-packet", ours, "", piece.source)
    address = _regional_address(tree) if piece.part == REGIONAL else ""
    standing: Standing = "present" if address else "missing"
    return Enclosure(piece.id, piece.item, standing, address, "", piece.source)


def _regional_address(tree: Tree) -> str:
    """Where the regional plan is, as a file or an address."""
    places = (get(tree, f"plan.regional_plan.{key}") for key in ("file", "address"))
    return next((str(place) for place in places if place), "")


def _own(item: Attachment, part: str = "") -> Enclosure:
    name = item.item or file_name(item.file or "") or item.id
    reason = item.reason or ""
    if item.standing == "not-applicable" and reason:
        return Enclosure(item.id, name, "not-applicable", "", reason)
    if item.standing == "present" and item.file:
        return Enclosure(item.id, name, "present", item.file, reason)
    ours = _ours(name, part)
    if ours:
        return Enclosure(item.id, name, "in-packet", ours)
    return Enclosure(item.id, name, "missing", "", reason)


def _ours(name: str, part: str) -> str:
    """The file of the packet that is the piece; blank when none is."""
    return PARTS.get(part or _NAMES.get(name.strip().casefold(), ""), "")
