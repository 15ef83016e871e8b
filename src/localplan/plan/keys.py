"""Which keys an answers file holds, in which order, and who may read what stands under them.

The one table: what is an answer, what may leave the board, whose names stay inside. Written out and
held to the model by a test, because verbs that only move answers about start without it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Key:
    """What is true of everything under one top-level key."""

    answers: bool = True
    """False for what says something about answers and holds none itself."""
    leaves: bool = True
    """May be read outside the board, as far as the rest of this table lets it."""
    packets: bool = True
    """Goes into packets for reviewers too; what one reviewer said is not sent to another."""
    ages: bool = True
    """An answer of the last cycle may no longer be true; False for what each cycle makes anew."""


_ANSWER = Key()
_OF_EACH_CYCLE = Key(ages=False)
_INSIDE = Key(answers=False, leaves=False, packets=False, ages=False)

KEYS: Mapping[str, Key] = MappingProxyType(
    {
        "localplan": Key(answers=False, ages=False),
        "board": _ANSWER,
        "areas": _ANSWER,
        "plan": _ANSWER,
        "one_stops": _ANSWER,
        "partners": _ANSWER,
        "absent_programs": _ANSWER,
        "providers": _ANSWER,
        "populations": _ANSWER,
        "sectors": _ANSWER,
        "pathways": _ANSWER,
        "supports": _ANSWER,
        "metrics": _ANSWER,
        "actions": _ANSWER,
        "evidence": _ANSWER,
        "approvals": _OF_EACH_CYCLE,
        "public_comment": _ANSWER,
        "comments": Key(packets=False, ages=False),
        "attachments": _OF_EACH_CYCLE,
        "narratives": _ANSWER,
        "passages": Key(answers=False, ages=False),
        "status": Key(answers=False, ages=False),
        "private": _INSIDE,
        "accepted": _INSIDE,
        "notes": _INSIDE,
        "parked": _INSIDE,
        "history": _INSIDE,
        "uses": _INSIDE,
    }
)
"""Every top-level key, in the order in which a file holds them."""

ORDER = tuple(KEYS)
"""The top-level keys in the order in which a file holds them."""

NOT_ANSWERS = frozenset(name for name, key in KEYS.items() if not key.answers)
"""Top-level keys that say something about answers and hold none themselves."""

BOARD_ONLY = frozenset({"contact", "pain_points"})
"""Keys whose content no document prints, wherever they stand."""

SAID = frozenset({"not-applicable", "regional"})
"""Where an answer stands, as far as readers are told: why it does not apply, or where it is."""

RESPONSIBLE = frozenset(
    {
        "actions.*.owner",
        "pathways.*.entry_points.*.owner",
        "metrics.*.responsible",
        "plan.prepared_by",
    }
)
"""Answers that say who is responsible: the body may leave the board, a name of staff may not."""

_PARTS_OF_THE_DEFINITION = "abcdefg"
WORKING_ONLY = frozenset(
    {
        "actions.*.status",
        *(
            f"pathways.*.definition.{part}.{key}"
            for part in _PARTS_OF_THE_DEFINITION
            for key in ("reason", "next_step", "by", "on")
        ),
    }
)
"""Answers for the board's own work: how far an action is, and what staff judge about a pathway."""

NAMED_BY: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "absent_programs": ("program",),
        "actions": ("action",),
        "approvals": ("body",),
        "areas": ("name",),
        "attachments": ("item",),
        "comments": ("comment",),
        "evidence": ("measure",),
        "history": ("path",),
        "metrics": ("name", "indicator"),
        "metrics.*.history": ("year",),
        "metrics.*.levels": ("year",),
        "one_stops": ("name",),
        "parked": ("heading",),
        "partners": ("name",),
        "partners.*.resources": ("what", "kind"),
        "pathways": ("name",),
        "pathways.*.entry_points": ("name",),
        "pathways.*.exit_points": ("name",),
        "pathways.*.instruction": ("strategy",),
        "pathways.*.steps": ("course", "credential"),
        "plan.sector_rule": ("measure",),
        "populations": ("name", "standard"),
        "providers": ("name",),
        "public_comment.hearings": ("where",),
        "public_comment.notices": ("where",),
        "sectors": ("name",),
        "sectors.*.measures": ("measure",),
        "sectors.*.occupations": ("title", "soc"),
        "supports": ("service", "standard"),
        "uses": ("file",),
    }
)
"""The lists of records, `*` for a record: the key that names one, then what stands in for it."""

RECORD_LISTS = frozenset(tuple(place.split(".")) for place in NAMED_BY)
"""The keys that lead to each list of records, `*` for a record: (pathways, *, steps)."""


def general_names(names: Sequence[str]) -> tuple[str, ...]:
    """Return keys and record ids with `*` for each record of a list that the program knows."""
    place: tuple[str, ...] = ()
    for name in names:
        place = (*place, "*" if place in RECORD_LISTS else name)
    return place


def is_record_list(names: Sequence[str]) -> bool:
    """True when a list of records belongs at this place; `names` are keys and record ids."""
    return general_names(names) in RECORD_LISTS
