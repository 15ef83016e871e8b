"""Plan back from the day the State wants the plan: what happens by when, and which rule says so."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal, TypeAlias

from localplan.errors import LocalPlanError
from localplan.knowledge.states import State
from localplan.plan.checks.rules.dates import FEDERAL_COMMENT_DAYS, comment_dates
from localplan.plan.cycle.period import REVIEWED_AFTER
from localplan.plan.model import Plan, PlanDates
from localplan.plan.workdays import rest_on, workday_from, workday_until

Source: TypeAlias = Literal["law", "state", "board", "suggestion"]

_WORDS = {
    "law": "Federal law",
    "state": "The State",
    "board": "The Board's own date",
    "suggestion": "Our suggestion",
}
_USUAL = (3, 31)
"""March 31: a quarter before a program year begins."""
_DAY = timedelta(days=1)
_HALF_A_YEAR = timedelta(days=183)
_TO_SIGN = timedelta(days=10)
"""Between the officials' vote and the day the plan is due."""
_TWO_WEEKS = timedelta(days=14)
_SHORT = timedelta(days=7)
"""Less than this between the last comment and the vote leaves hardly any room for changes."""


class CalendarError(LocalPlanError):
    """A calendar that cannot be made, and which answer it waits for."""


class DueUnknownError(CalendarError):
    """Neither the plan nor the State's outline says on which day the plan is due."""


@dataclass(frozen=True, slots=True)
class Step:
    """One date of the calendar: what happens, and the rule behind it."""

    key: str
    day: date
    what: str
    source: Source
    rule: str
    """Why then, in a sentence, with the citation where there is one."""
    caution: str = ""
    """What does not fit, such as a date that has passed."""

    @property
    def behind(self) -> str:
        """The kind of rule in words: federal law, the State, the Board's own date, a suggestion."""
        return _WORDS[self.source]


def calendar_of(plan: Plan, state: State | None, *, today: date) -> tuple[Step, ...]:
    """Return the steps from the first partner round to the approval, earliest first.

    A date that the Board has set stands; every other one is worked out back from the submission.

    Raises:
        DueUnknownError: neither the plan nor the State's outline says when the plan is due.
        CalendarError: it is due in a year that no calendar reaches.
    """
    due = _due(plan, state)
    try:
        days = _Days(plan, state, due)
        steps = sorted(days.steps(), key=lambda step: step.day)
    except (OverflowError, ValueError) as error:
        raise CalendarError(
            f"No calendar can be worked out around {due.isoformat()}. Look at "
            "plan.dates.submission_due and plan.period_start, and mend the year."
        ) from error
    return tuple(_checked(step, days, today) for step in steps)


def _due(plan: Plan, state: State | None) -> date:
    own = plan.plan.dates.submission_due if plan.plan.dates else None
    if own:
        return own
    said = state.calendar.get("submission", "") if state else ""
    try:
        stated = date.fromisoformat(said)
    except ValueError:
        stated = None
    if stated is None or not _of_this_cycle(plan, stated):
        raise DueUnknownError(
            "The calendar is worked out from the day the State wants the plan, and that day "
            "(plan.dates.submission_due) is not known yet."
        )
    return stated


def _of_this_cycle(plan: Plan, due: date) -> bool:
    """Whether the date that the State published is for a plan that begins when this one does."""
    begins = plan.plan.period_start
    if begins is None:
        return True
    if plan.plan.kind == "modification":
        return due > begins
    return abs(due - begins) < _HALF_A_YEAR


def usual_due(plan: Plan, today: date) -> date:
    """A day on which a plan like this is often due, to show how a date is written.

    It is in March: before the plan begins, before the third year for a modification, and the next
    one where the plan does not say when it begins.
    """
    begins = plan.plan.first_program_year
    if begins is None and plan.plan.period_start:
        begins = plan.plan.period_start.year
    if begins is None:
        begins = today.year + (today >= date(today.year, *_USUAL))
    elif plan.plan.kind == "modification":
        begins += REVIEWED_AFTER
    return date(begins, *_USUAL)


class _Days:
    """The dates that hang on each other, worked out backward once."""

    def __init__(self, plan: Plan, state: State | None, due: date) -> None:
        dates = plan.plan.dates or PlanDates()
        self.due = due
        self.state = state
        self.length = (state.comment_days if state else 0) or FEDERAL_COMMENT_DAYS
        self.period_start = plan.plan.period_start
        self.own_officials, self.own_vote = dates.officials_vote, dates.board_vote
        self.own_opens, self.own_closes = comment_dates(plan)
        self.officials = self.own_officials or workday_until(due - _TO_SIGN)
        self.vote = self.own_vote or workday_until(min(self.officials, due - _TO_SIGN) - _TWO_WEEKS)
        self.opens, self.closes = self._comment_period()
        if self.vote <= self.closes and not self.own_vote:
            self._vote_behind_comments()

    def steps(self) -> Iterator[Step]:
        """Every step, in no particular order."""
        yield from self._partners()
        yield from self._comments()
        yield from self._votes()
        yield from self._after()

    def _comment_period(self) -> tuple[date, date]:
        span = timedelta(days=self.length - 1)
        if self.own_opens:
            return self.own_opens, self.own_closes or self.own_opens + span
        if self.own_closes:
            return self.own_closes - span, self.own_closes
        opens = workday_until(self.vote - _TWO_WEEKS - span)
        while rest_on(opens) or rest_on(opens + span):
            opens -= _DAY
        return opens, opens + span

    def _vote_behind_comments(self) -> None:
        """Move the votes that are ours to suggest behind the comment period that the Board set."""
        room = self.due - self.closes
        if room > _DAY:
            self.vote = min(workday_from(self.closes + min(_TWO_WEEKS, room / 2)), self.due)
            if not self.own_officials:
                self.officials = max(self.officials, self.vote)

    def _partners(self) -> Iterator[Step]:
        opens = self.opens
        for key, before, what, why in (
            ("round-one-sent", 70, "Send each partner its questions and the parts that name it",
             "Three weeks let a partner ask its own leadership."),
            ("round-one-back", 49, "First partner round comes back",
             "Two weeks remain to settle what partners changed."),
            ("round-two-sent", 35, "Send the whole draft to all partners",
             "Partners should see the plan before the public does."),
            ("round-two-back", 21, "Second partner round comes back",
             "Leaves time to mend the draft before it is released."),
            ("release", 7, "The Board or its committee releases the draft for comment",
             "An open meeting shows the draft before comments begin (WIOA sec. 107(e))."),
        ):  # fmt: skip
            yield Step(key, workday_until(opens - timedelta(days=before)), what, "suggestion", why)

    def _comments(self) -> Iterator[Step]:
        yield Step(
            "notice-placed", workday_until(self.opens - timedelta(days=5)),
            "Send the notice to newspapers, partners, employers and labor organizations",
            "suggestion", "Newspapers need a few days, so that the notice runs on the first day.",
        )  # fmt: skip
        yield Step(
            "comment-opens", self.opens,
            "The draft is posted and announced; the comment period opens",
            "board" if self.own_opens else "law",
            "The clock starts on the day the draft is made available, online and by other means "
            "(WIOA sec. 108(d)(1)-(2); 20 CFR 679.550(b)).",
        )  # fmt: skip
        yield Step(
            "comment-closes", self.closes, "The comment period closes",
            "board" if self.own_closes else self._length_source(),
            self._length_rule(), self._length_caution(),
        )  # fmt: skip
        yield Step(
            "answered", workday_until(self.closes + timedelta(days=7)),
            "Every comment has an answer, and those that disagree are marked", "suggestion",
            "Comments that disagree go to the Governor with the plan "
            "(WIOA sec. 108(d)(3); 20 CFR 679.550(b)(4)).",
        )  # fmt: skip

    def _length_source(self) -> Source:
        return "state" if self._asked_by_state() else "law"

    def _asked_by_state(self) -> int:
        """The comment period that a State sets for itself, in days; 0 where none is known."""
        return self.state.comment_days if self.state and self.state.id != "federal" else 0

    def _length_rule(self) -> str:
        days = self._asked_by_state()
        asked = f" {self.state.name} asks for {days} days." if self.state and days else ""
        return (
            "Comments are due by the end of a 30-day period: 20 CFR 679.550(b)(3) gives no more "
            "than 30 days, 679.560(b)(19) speaks of a 30-day period. Thirty days, the first day "
            f"counted, satisfy both.{asked}"
        )

    def _length_caution(self) -> str:
        days = (self.closes - self.opens).days + 1
        if days < 1:
            return "It closes before it opens."
        if self.closes > self.due:
            return "This is after the plan is due."
        if days < self.length:
            return f"It lasts {days} days, fewer than {self.length}."
        if days > FEDERAL_COMMENT_DAYS:
            return f"It lasts {days} days; federal rules give no more than 30. Ask the State."
        return ""

    def _votes(self) -> Iterator[Step]:
        yield Step(
            "agenda", workday_until(self.vote - _SHORT),
            "Post the agenda and the plan for the Board's meeting", "suggestion",
            "Meetings are open to the public (WIOA sec. 107(e)). Your State's open meetings law "
            "sets the exact notice.",
        )  # fmt: skip
        room = self.vote - self.closes
        roomy = "; two weeks after comments close leave room for changes" * (room >= _TWO_WEEKS)
        yield Step(
            "board-vote", self.vote, "The Board votes on the plan",
            "board" if self.own_vote else "suggestion",
            "The Board and the chief elected officials submit the plan together "
            f"(WIOA sec. 108(a); 20 CFR 679.550(a)){roomy}.", self._vote_caution(room),
        )  # fmt: skip
        signing = "; ten days remain for signatures" * (self.due - self.officials >= _TO_SIGN)
        yield Step(
            "officials-vote", self.officials, "The chief elected officials vote and sign",
            "board" if self.own_officials else "suggestion",
            f"Councils and county boards set their agendas weeks ahead{signing}.",
            self._officials_caution(),
        )  # fmt: skip

    def _vote_caution(self, room: timedelta) -> str:
        if room <= timedelta():
            return "Comments are still open then."
        if self.vote > self.due:
            return "This is after the plan is due."
        if room < _SHORT:
            before = "the day" if room == _DAY else f"only {room.days} days"
            return f"Comments close {before} before."
        return ""

    def _officials_caution(self) -> str:
        if self.officials < self.vote:
            return "This is before the Board votes."
        return "This is after the plan is due." if self.officials > self.due else ""

    def _after(self) -> Iterator[Step]:
        yield Step(
            "packet", workday_until(self.due - timedelta(days=3)),
            "Put the packet together and check every attachment", "suggestion",
            "A missing signature or attachment is easier to find before the last day.",
        )  # fmt: skip
        yield Step(
            "submission", self.due, "The plan is due at the State", "state",
            "The Governor sets the date; federal law gives none (20 CFR 679.500(c))."
            + self._outline_date(),
        )  # fmt: skip
        yield Step(
            "approval", self.due + timedelta(days=90),
            "The plan counts as approved, unless the Governor has found otherwise in writing",
            "law", "Ninety days after the Governor received it (WIOA sec. 108(e); 20 CFR 679.570).",
        )  # fmt: skip
        if self.period_start:
            yield Step(
                "period", self.period_start, "The period of the plan begins", "law",
                "A program year begins on July 1 (WIOA sec. 189(g)(1)(A)).",
            )  # fmt: skip
            yield Step(
                "review", _years_on(self.period_start, REVIEWED_AFTER),
                "The two-year review is complete and a modification is submitted", "law",
                "At the end of the first two years (WIOA sec. 108(a); 20 CFR 679.580(b)); the "
                "State sets the exact day.",
            )  # fmt: skip

    def _outline_date(self) -> str:
        said = self.state.calendar.get("submission", "") if self.state else ""
        if not self.state or not said or said == self.due.isoformat():
            return ""
        return f" The outline of {self.state.name} gives {said}; check which one holds for you."


def _checked(step: Step, days: _Days, today: date) -> Step:
    """The step with a caution where its day has passed, or is one on which offices rest."""
    if step.key in {"period", "review", "approval"}:
        return step
    passed = step.day < today <= days.due and not step.caution
    rest = rest_on(step.day)
    said = (
        step.caution,
        "This day has passed. Is it done?" if passed else "",
        f"This is {_named(rest)}." if rest and not passed else "",
    )
    return replace(step, caution=" ".join(part for part in said if part))


def _named(rest: str) -> str:
    return f"a {rest}" if rest in {"Saturday", "Sunday"} else rest


def _years_on(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)
