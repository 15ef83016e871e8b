"""What a file for other readers leaves out, in words for the person who sends it."""

from collections.abc import Iterator

from localplan.desk.openplan import OpenPlan
from localplan.desk.places import answer_at

_LISTED = 3
"""So many answers are named; more are only counted."""
_WIDE = 40
_LEFT_OUT = {
    "not-asked": "Left out, because nothing asks for it",
    "no-record": "Left out, because it points to a record that is not there",
    "no-option": "Left out, because it is none of the choices",
    "person": "Names of persons are left out, and partners, contractors and boards stay, in",
}


def kept_inside(plan: OpenPlan) -> Iterator[str]:
    """Yield a line for each thing that a file for other readers leaves out, and should be known of.

    First what stands under `private` and hides nothing.
    """
    from localplan.plan.public import hiding_nothing, published  # noqa: PLC0415 (few verbs need it)

    tree = plan.tree
    for entry in hiding_nothing(tree):
        yield f'"{entry}" under private hides nothing: nothing in {plan.path.name} goes by it.'
    held = published(tree, plan.questions).held
    private = sum(each.why == "private" for each in held)
    if private:
        yield (
            "1 private answer is left out."
            if private == 1
            else (f"{private} private answers are left out.")
        )
    for why, words in _LEFT_OUT.items():
        paths = list(dict.fromkeys(each.path for each in held if each.why == why))
        if paths:
            more = len(paths) - _LISTED
            tail = f"; and {more} more" if more > 0 else ""
            yield f"{words}: {'; '.join(_called(plan, path) for path in paths[:_LISTED])}{tail}."


def _called(plan: OpenPlan, path: str) -> str:
    """What the answer is called, short enough for a line, and its path to find it by."""
    record, colon, field = answer_at(plan, path).rpartition(": ")
    short = f"{record[:_WIDE].rstrip()}…" if len(record) > _WIDE else record
    return f"{short}{colon}{field} ({path})"
