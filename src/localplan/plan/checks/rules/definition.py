"""A finding for each part of the legal definition that a pathway does not meet yet."""

from collections.abc import Iterable, Iterator, Mapping

from localplan.plan.checks.coverage import DefinitionReview
from localplan.plan.checks.findings import Finding


def definition_findings(
    reviews: Iterable[DefinitionReview], names: Mapping[str, str]
) -> Iterator[Finding]:
    """Yield a warning for each gap between a pathway and WIOA sec. 3(7), with what to do next.

    `names` gives the name of a pathway by its path. A part that staff judge met, or not applicable,
    is no gap, unless nothing in the answers shows it.
    """
    for review in reviews:
        name = names.get(review.pathway) or "This pathway"
        part = f"part ({review.part.id.upper()}) of the definition of a career pathway"
        path = f"{review.pathway}.definition.{review.part.id}.standing"
        shown = bool(review.found.where) or bool(review.judgment.get("evidence"))
        if review.standing == "met" and not shown:
            yield Finding(
                "definition-not-shown", "warning", path,
                f"{name} is judged to meet {part}, but no answer shows it: {review.part.asks} "
                "Say what shows it, or judge again.",
                next(iter(review.found.open), ""),
            )  # fmt: skip
        elif review.standing in {"partly", "not-yet"}:
            degree = (
                "meets, but only in part," if review.standing == "partly" else "does not yet meet"
            )
            yield Finding(
                "definition-gap", "warning", path,
                f"{name} {degree} {part} (WIOA sec. 3(7)): {review.part.asks} {_next(review)}",
            )  # fmt: skip
        elif not review.standing and review.found.status != "addressed":
            yield Finding(
                "definition-gap", "warning", path,
                f"{name}: no answer speaks to this yet: {review.part.asks} That is {part}. "
                f"{_next(review)}",
                next(iter(review.found.open), ""),
            )  # fmt: skip


def _next(review: DefinitionReview) -> str:
    return f"Next: {review.next_step}" if review.next_step else "Say what comes next."
