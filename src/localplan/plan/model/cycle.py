"""Which plan this is: its kind, period, order and regional plan."""

from localplan.plan.model.base import Part, Record
from localplan.plan.values import Choice, Count, Day, Number, ProgramYear, Text, WebAddress


class SectorRule(Record):
    """One of the board's own tests for calling a sector in demand."""

    measure: Text = None
    minimum: Number = None
    unit: Text = None


class RegionalPlan(Part):
    """The regional plan that this local plan points to (20 CFR 679.560(d))."""

    title: Text = None
    address: WebAddress = None
    file: Text = None
    sections: dict[str, str] = {}
    """Requirement id to the place in the regional plan that answers it."""


class PlanDates(Part):
    """The dates of this plan's own calendar."""

    submission_due: Day = None
    comment_opens: Day = None
    comment_closes: Day = None
    board_vote: Day = None
    officials_vote: Day = None


class PlanFacts(Part):
    """Which plan this is: kind, period, track, order, frameworks."""

    title: Text = None
    kind: Choice = None
    number: Text = None
    effective_date: Day = None
    track: Choice = None
    period_start: Day = None
    period_end: Day = None
    first_program_year: ProgramYear = None
    program_years: Count = None
    element_order: Choice = None
    frameworks: tuple[str, ...] = ()
    outline: Text = None
    sector_rule: tuple[SectorRule, ...] = ()
    regional_plan: RegionalPlan | None = None
    dates: PlanDates | None = None
    prepared_by: tuple[str, ...] = ()
    compiled_from: Text = None
    """Printed on each page when the answers were compiled from public sources, not by the board."""
