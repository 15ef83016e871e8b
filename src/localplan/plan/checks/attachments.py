"""The checklist of attachments: what the State wants with the plan, and what the board has."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from localplan.knowledge.states import State, StateAttachment
from localplan.plan.model import Attachment, Plan
from localplan.plan.tree import holds
from localplan.yamltext import Tree

Standing: TypeAlias = Literal["present", "in-packet", "missing", "not-applicable"]

_OURS = (
    ("signature", "04-signatures-and-assurances"),
    ("attestation", "04-signatures-and-assurances"),
    ("performance", "05-performance-levels"),
    ("comment", "06-public-comment"),
    ("cover letter", "01-cover-letter"),
    ("checklist", "03-attachment-checklist"),
)
"""Words in the State's name of a piece, and the file of the packet that is this piece."""


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


def _applying(state: State, tree: Tree) -> Iterator[StateAttachment]:
    return (piece for piece in state.attachments if holds(piece.when, tree, ""))


def _names(item: Attachment) -> Iterable[str]:
    return tuple(name for name in (item.id, (item.item or "").strip().casefold()) if name)


def _asked(piece: StateAttachment, own: dict[str, Attachment], tree: Tree) -> Enclosure:
    entry = own.get(piece.id) or own.get(piece.item.casefold())
    if entry is not None:
        made = _own(entry)
        return Enclosure(piece.id, piece.item, made.standing, made.file, made.reason, piece.source)
    ours = _ours(piece.item)
    if ours:
        return Enclosure(piece.id, piece.item, "in-packet", ours, "", piece.source)
    regional = tree.get("plan", {})
    address = _regional_address(regional) if "regional plan" in piece.item.casefold() else ""
    if address:
        return Enclosure(piece.id, piece.item, "present", address, "", piece.source)
    return Enclosure(piece.id, piece.item, "missing", "", "", piece.source)


def _regional_address(facts: object) -> str:
    """Where the regional plan is, as a file or an address."""
    regional = facts.get("regional_plan") if isinstance(facts, dict) else None
    if not isinstance(regional, dict):
        return ""
    return str(regional.get("file") or regional.get("address") or "")


def _own(item: Attachment) -> Enclosure:
    name = item.item or item.file or item.id
    reason = item.reason or ""
    if item.standing == "not-applicable" and reason:
        return Enclosure(item.id, name, "not-applicable", "", reason)
    if item.standing == "present" and item.file:
        return Enclosure(item.id, name, "present", item.file, reason)
    ours = _ours(name)
    if ours:
        return Enclosure(item.id, name, "in-packet", ours)
    return Enclosure(item.id, name, "missing", "", reason)


def _ours(name: str) -> str:
    """The file of the packet that is the piece called `name`; blank when none is."""
    return next((file for word, file in _OURS if word in name.casefold()), "")
