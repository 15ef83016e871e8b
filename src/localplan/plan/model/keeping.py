"""What the program keeps about the answers themselves."""

from localplan.plan.model.base import Part, Record
from localplan.plan.values import Choice, Day, Markdown, Text


class Passage(Part):
    """The board's own words in place of a generated passage."""

    text: Markdown = None
    built_from: Text = None
    """Fingerprint of the facts when the words were written; a change of facts flags the passage."""


class Standing(Part):
    """Where one answer stands."""

    state: Choice = None
    """carried, confirmed, changed, later, not-applicable or regional."""
    by: Text = None
    on: Day = None
    reason: Text = None
    owner: Text = None
    due: Day = None


class Acceptance(Part):
    """A finding that a person looked at and lets stand."""

    reason: Text = None
    by: Text = None
    on: Day = None


class Parked(Record):
    """Text that waits for a person to put it under a question: of an older plan, or begun."""

    heading: Text = None
    place: Text = None
    """Where it stood: the chapter of the old document, or the path of the answer it was for."""
    text: Markdown = None


class Past(Record):
    """What the plan before said, where it could not be carried into this one."""

    path: Text = None
    text: Markdown = None
    why: Text = None
    on: Day = None


class Use(Record):
    """A file of answers that several plans share; it is only read."""

    file: Text = None
    parts: tuple[str, ...] = ()
    """Top-level keys taken from it; blank means board, areas, one_stops and partners."""
