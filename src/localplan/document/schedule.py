"""The calendar of a plan as a document: one table, each date with the rule behind it."""

from collections.abc import Sequence
from datetime import date

from localplan.document import prose
from localplan.document.blocks import Block, Cell, Column, Document, Heading, Paragraph, Run, Table
from localplan.document.facts.boards import name_of
from localplan.knowledge.states import State
from localplan.plan.calendar import Step
from localplan.plan.model import Plan


def calendar_document(
    steps: Sequence[Step], plan: Plan, state: State | None, *, today: date
) -> Document:
    """Return `steps` as a document of its own, ready to number and write."""
    board = name_of(plan)
    when = prose.day(today)
    opening = f"{_opening(steps, state)} {said_of_past(steps, today)}".rstrip()
    blocks: tuple[Block, ...] = (
        Paragraph((Run(board),), "cover"),
        Paragraph((Run("Planning calendar"),), "title"),
        Paragraph((Run(f"Worked out on {when}"),), "status"),
        Heading(1, (Run("From the first partner round to approval"),), numbered=False),
        Paragraph((Run(opening),), "lead"),
        _table(steps),
    )
    return Document(
        title="Planning calendar", board=board, blocks=blocks, status=f"As of {when}",
        date=today.isoformat(),
    )  # fmt: skip


def said_of_past(steps: Sequence[Step], today: date) -> str:
    """Return the sentence that every day of the calendar is past; blank where one is to come."""
    last = max((step.day for step in steps), default=today)
    if last >= today:
        return ""
    return f"Every day of this calendar is past; the last was {prose.day(last)}."


def _opening(steps: Sequence[Step], state: State | None) -> str:
    due = next(step.day for step in steps if step.key == "submission")
    outline = f" It follows the outline of {state.name} as of {state.as_of}." if state else ""
    return (
        f"The plan is due at the State on {prose.day(due)}; every other date is worked out back "
        f"from that day, unless the Board has set it.{outline} Each date names the rule behind it: "
        "federal law, the State, the Board's own date, or a suggestion that the Board may change."
    )


def _table(steps: Sequence[Step]) -> Table:
    heads = (("Date", 0.9), ("What happens", 1.9), ("Rule", 0.8), ("Why then", 2.4))
    return Table(
        columns=tuple(Column((Run(head),), share=share) for head, share in heads),
        rows=tuple(_row(step) for step in steps),
        caption="What happens by when",
        label="table-calendar",
        wide=True,
    )


def _row(step: Step) -> tuple[Cell, ...]:
    day = f"{prose.day(step.day)} ({step.day:%a})"
    caution = (Run(f" {step.caution}", bold=True),) if step.caution else ()
    return (
        Cell((Run(day),)),
        Cell((Run(step.what),)),
        Cell((Run(step.behind),)),
        Cell((Run(step.rule), *caution)),
    )
