"""Rules about what an older plan left behind."""

from collections.abc import Iterator

from localplan.plan.checks.findings import Case, Finding, Rule

_NAMED = 5


def _parked(case: Case) -> Iterator[Finding]:
    waiting = [piece.heading or piece.id for piece in case.plan.parked]
    if not waiting:
        return
    named = "; ".join(waiting[:_NAMED])
    more = f"; and {len(waiting) - _NAMED} more" if len(waiting) > _NAMED else ""
    many = "1 piece of text is" if len(waiting) == 1 else f"{len(waiting)} pieces of text are"
    yield Finding(
        "parked-text", "warning", "parked",
        f"{many} parked and not in the plan: {named}{more}. Put each under its question in the "
        "interview, or remove it.",
    )  # fmt: skip


def _carried(case: Case) -> Iterator[Finding]:
    waiting = sum(said.state == "carried" for said in case.plan.status.values())
    if waiting:
        many = "1 answer is" if waiting == 1 else f"{waiting:,} answers are"
        yield Finding(
            "carried-answers", "warning", "status",
            f"{many} carried from the last plan and not confirmed yet. In the interview, "
            "--only carried walks through them.",
        )  # fmt: skip


KEEPING_RULES = (
    Rule("carried", "What is carried forward goes stale, and nobody can see it.", _carried),
    Rule("parked", "Nothing of an older plan is dropped without a person's word.", _parked),
)
