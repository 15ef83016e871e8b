"""What success is, what will be done, and the figures behind both."""

from typing import Annotated

from localplan.plan.model.base import Record
from localplan.plan.values import (
    Choice,
    Count,
    Day,
    Markdown,
    Number,
    ProgramYear,
    Text,
    WebAddress,
)
from localplan.plan.values import Reference as Ref


class Level(Record):
    """One year's level of a measure, with its status (WIOA sec. 116(c))."""

    year: ProgramYear = None
    level: Number = None
    status: Choice = None
    """negotiated, proposed, baseline (not yet scored), not-negotiated, state-reported, board-set or
    not-applicable."""
    date: Day = None
    reason: Text = None


class Metric(Record):
    """A measure of success: a primary indicator of performance, or one of the board's own."""

    name: Text = None
    indicator: Text = None
    """Code in `standards/wioa.yaml`, primary indicators; blank for the board's own measure."""
    program: Text = None
    scope: Choice = None
    """area, provider or pathway."""
    of: Annotated[Text, Ref("areas", "providers", "pathways", "partners")] = None
    unit: Text = None
    levels: tuple[Level, ...] = ()
    prior_actual: Number = None
    prior_year: ProgramYear = None
    history: tuple[Level, ...] = ()
    source: Text = None
    responsible: Annotated[Text, Ref("partners", "providers", "board")] = None
    review: Text = None
    equity: Text = None
    description: Markdown = None


class Action(Record):
    """Something the board will do, by when, and who does it."""

    step: Text = None
    """Id of a guidance step of the board's track, when the action carries one out."""
    element: Text = None
    action: Text = None
    owner: Text = None
    due: Day = None
    status: Choice = None
    """not-started, under-way, done or dropped."""


class Evidence(Record):
    """A figure with its source; any number in the plan may name one."""

    measure: Text = None
    value: Text = None
    """As published; a suppressed figure (`N`, `*`, `**`, `#`, `-1`) stays suppressed."""
    unit: Text = None
    area: Text = None
    period: Text = None
    source: Text = None
    address: WebAddress = None
    retrieved: Day = None
    shelf_life: Count = None
    """Months after `retrieved` until it should be looked at again."""
