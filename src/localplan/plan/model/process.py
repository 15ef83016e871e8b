"""Approvals, the public comment period, comments and attachments."""

from localplan.plan.model.base import Part, Record
from localplan.plan.values import Choice, Count, Day, Markdown, Text, YesNo


class Approval(Record):
    """One body's vote or signature."""

    body: Text = None
    planned: Day = None
    date: Day = None
    signer: Text = None
    signer_title: Text = None
    delegated: Text = None


class Notice(Record):
    """Where the draft was announced."""

    where: Text = None
    date: Day = None


class Hearing(Record):
    """A meeting at which the public could speak."""

    where: Text = None
    date: Day = None
    time: Text = None


class PublicComment(Part):
    """The public comment period (WIOA sec. 108(d), 20 CFR 679.550(b))."""

    opens: Day = None
    closes: Day = None
    how: Markdown = None
    notices: tuple[Notice, ...] = ()
    hearings: tuple[Hearing, ...] = ()
    received: Text = None
    """A number, `none` or `unknown`."""


class Comment(Record):
    """One public or partner comment, and what became of it."""

    number: Count = None
    element: Text = None
    section: Text = None
    organization: Text = None
    person: Text = None
    date: Day = None
    draft: Text = None
    quote: Text = None
    comment: Markdown = None
    disagrees: YesNo = None
    response: Markdown = None
    change: Text = None
    status: Text = None


class Attachment(Record):
    """A file that goes with the plan."""

    item: Text = None
    file: Text = None
    standing: Choice = None
    """present, missing or not-applicable."""
    reason: Text = None
