"""Where lists of records stand in the answers, and the order of the file's parts.

Written out and held to the model by a test: verbs that only move answers about start without it.
"""

from collections.abc import Sequence

ORDER = (
    "localplan", "board", "areas", "plan", "one_stops", "partners", "absent_programs", "providers",
    "populations", "sectors", "pathways", "supports", "metrics", "actions", "evidence", "approvals",
    "public_comment", "comments", "attachments", "narratives", "passages", "status", "private",
    "accepted", "notes", "parked", "history", "uses",
)  # fmt: skip
"""The top-level keys in the order in which a file holds them."""

NOT_ANSWERS = frozenset(
    {"localplan", "status", "notes", "private", "accepted", "passages", "parked", "history", "uses"}
)
"""Top-level keys that say something about answers and hold none themselves."""

RECORD_LISTS = frozenset(
    tuple(place.split("."))
    for place in (
        "absent_programs", "actions", "approvals", "areas", "attachments", "comments", "evidence",
        "history", "metrics", "metrics.*.history", "metrics.*.levels", "one_stops", "parked",
        "partners", "partners.*.resources", "pathways", "pathways.*.entry_points",
        "pathways.*.exit_points", "pathways.*.instruction", "pathways.*.steps", "plan.sector_rule",
        "populations", "providers", "public_comment.hearings", "public_comment.notices", "sectors",
        "sectors.*.measures", "sectors.*.occupations", "supports", "uses",
    )
)  # fmt: skip
"""The keys that lead to each list of records, `*` for a record: (pathways, *, steps)."""


def is_record_list(names: Sequence[str]) -> bool:
    """True when a list of records belongs at this place; `names` are keys and record ids."""
    place: tuple[str, ...] = ()
    for name in names:
        place = (*place, "*" if place in RECORD_LISTS else name)
    return place in RECORD_LISTS
