"""Rules about the period of the plan, the comment period and the votes."""

from collections.abc import Iterator
from datetime import date, timedelta

from localplan.plan.checks.findings import Case, Finding, Rule
from localplan.plan.cycle.period import years_have_passed
from localplan.plan.model import Comment, Plan, PublicComment

FEDERAL_COMMENT_DAYS = 30
"""WIOA sec. 108(d)(2); 20 CFR 679.550(b)(3): comments within not more than a 30-day period."""

PROGRAM_YEARS = {"four-year": 4}
"""A local plan covers four years (WIOA sec. 108(a)); a modification keeps the period it changes."""

_A_YEAR = timedelta(days=366)
"""Between the first day of a plan and the day it is due. Half a year was tried: States were seen to
ask for plans up to eight months after they began, none a year before or after."""


def _period(case: Case) -> Iterator[Finding]:
    facts = case.plan.plan
    start, end, first = facts.period_start, facts.period_end, facts.first_program_year
    if start and end and end <= start:
        yield Finding(
            "period-order", "error", "plan.period_end",
            f"The period ends on {_words(end)}, before it begins. Mend one of the two dates.",
            "plan.period_start",
        )  # fmt: skip
        return
    if first and start and start != date(first, 7, 1):
        yield Finding(
            "period-start", "warning", "plan.period_start",
            f"Program year {first} begins on July 1, {first}, but the period printed on the cover "
            f"begins on {_words(start)}.",
            "plan.first_program_year",
        )  # fmt: skip
    if first and facts.program_years and end:
        last = first + facts.program_years - 1
        expected = date(last + 1, 6, 30)
        if end != expected:
            yield Finding(
                "period-end", "error", "plan.period_end",
                f"Program years {first} to {last} run to {_words(expected)}, but the period "
                f"printed on the cover ends on {_words(end)}. Check which one the State means.",
                "plan.program_years",
            )  # fmt: skip


def _kind(case: Case) -> Iterator[Finding]:
    facts = case.plan.plan
    expected = PROGRAM_YEARS.get(facts.kind or "")
    if expected and facts.program_years and facts.program_years != expected:
        yield Finding(
            "program-years", "warning", "plan.program_years",
            f"A four-year plan covers four program years; this one says {facts.program_years}.",
            "plan.kind",
        )  # fmt: skip
    late = facts.effective_date and facts.period_end and facts.effective_date > facts.period_end
    if facts.kind == "modification" and late:
        yield Finding(
            "effective-date", "error", "plan.effective_date",
            "The modification takes effect after the plan's period has ended.",
            "plan.period_end",
        )  # fmt: skip


def _due(case: Case) -> Iterator[Finding]:
    facts = case.plan.plan
    due = facts.dates.submission_due if facts.dates else None
    begins, ends = facts.period_start, facts.period_end
    if not due or not begins:
        return
    if facts.kind == "four-year" and due - begins >= _A_YEAR:
        yield _due_doubted(
            f"A four-year plan that began on {_words(begins)} is due on {_words(due)}, a year or "
            "more after it began. If it is a change to the plan in force, call it a modification; "
            "if not, mend one of the dates.",
            "plan.kind",
        )
    elif facts.kind == "four-year" and begins - due >= _A_YEAR:
        yield _due_doubted(
            f"The plan begins on {_words(begins)} and is due on {_words(due)}, a year or more "
            "before. Mend one of the two dates.",
            "plan.period_start",
        )
    elif facts.kind == "modification" and due <= begins:
        yield _due_doubted(
            f"The modification is due on {_words(due)}, before the plan that it changes begins on "
            f"{_words(begins)}. Mend one of the dates, or call it a four-year plan.",
            "plan.kind",
        )
    elif facts.kind == "modification" and ends and due > ends:
        yield _due_doubted(
            f"The modification is due on {_words(due)}, after the plan that it changes has ended "
            f"on {_words(ends)}. Mend one of the two dates.",
            "plan.period_end",
        )


def _due_doubted(message: str, other: str) -> Finding:
    return Finding("due-date", "warning", "plan.dates.submission_due", message, other)


def _title(case: Case) -> Iterator[Finding]:
    facts = case.plan.plan
    regional = facts.regional_plan.title if facts.regional_plan else None
    titles = {"plan.title": facts.title, "plan.regional_plan.title": regional}
    begins = facts.first_program_year or (facts.period_start and facts.period_start.year)
    for path, title in titles.items():
        if title and begins and years_have_passed(title, begins):
            yield Finding(
                "title-of-past-years", "warning", path,
                f'"{title}" names years that have passed before this plan begins in {begins}. '
                "Mend the title.",
                "plan.first_program_year",
            )  # fmt: skip


def _comment_period(case: Case) -> Iterator[Finding]:
    opens, closes = comment_dates(case.plan)
    if not opens or not closes:
        return
    days = (closes - opens).days + 1
    if closes < opens:
        yield Finding(
            "comment-period", "error", "public_comment.closes",
            "The comment period closes before it opens. Mend one of the two dates.",
            "public_comment.opens",
        )  # fmt: skip
    elif case.comment_days and days < case.comment_days:
        yield Finding(
            "comment-period", "warning", "public_comment.closes",
            f"The comment period lasts {days} days; the State's outline says {case.comment_days}.",
            "public_comment.opens",
        )  # fmt: skip
    elif days > FEDERAL_COMMENT_DAYS and case.comment_days <= FEDERAL_COMMENT_DAYS:
        yield Finding(
            "comment-period", "warning", "public_comment.closes",
            f"The comment period lasts {days} days. The law speaks of comments within a period "
            f"of up to {FEDERAL_COMMENT_DAYS} (WIOA sec. 108(d)(2)); ask what the State expects.",
            "public_comment.opens",
        )  # fmt: skip
    elif days < FEDERAL_COMMENT_DAYS and not case.comment_days:
        yield Finding(
            "comment-period", "warning", "public_comment.closes",
            f"The comment period lasts {days} days; the rule speaks of a "
            f"{FEDERAL_COMMENT_DAYS}-day period (20 CFR 679.560(b)(19)). Ask the State.",
            "public_comment.opens",
        )  # fmt: skip


def _comments_in_time(case: Case) -> Iterator[Finding]:
    _, closes = comment_dates(case.plan)
    due = case.plan.plan.dates.submission_due if case.plan.plan.dates else None
    if closes and due and closes >= due:
        yield Finding(
            "comments-after-due", "warning", "public_comment.closes",
            f"Comments are open until {_words(closes)}, but the plan is due on {_words(due)}. "
            "Comments that disagree go to the State with the plan.",
            "plan.dates.submission_due",
        )  # fmt: skip


def _comments_counted(case: Case) -> Iterator[Finding]:
    told = comments_received(case.plan)
    listed = len(case.plan.comments) - len(comments_outside(case.plan))
    if told is not None and told != listed:
        said = (case.plan.public_comment.received or "").strip().casefold()
        yield Finding(
            "comments-not-counted", "warning", "public_comment.received",
            f'The plan says "{said}" where it says how many comments came, and lists {listed}. '
            "List every comment, or mend the number.",
            "comments",
        )  # fmt: skip


def _comments_unmarked(case: Case) -> Iterator[Finding]:
    if comments_received(case.plan) is None:
        return
    unsaid = [each for each in case.plan.comments if each.disagrees is None]
    if unsaid:
        what = "one comment" if len(unsaid) == 1 else f"{len(unsaid)} comments"
        yield Finding(
            "comments-unmarked", "warning", f"comments.{unsaid[0].id}.disagrees",
            f"Of {what} it is not said whether the person disagrees with the plan. "
            "Comments that disagree go to the Governor with it.",
        )  # fmt: skip


def _comments_outside(case: Case) -> Iterator[Finding]:
    for comment in comments_outside(case.plan):
        if comment.date:
            yield Finding(
                "comment-outside-period", "warning", f"comments.{comment.id}.date",
                f"This comment is dated {_words(comment.date)}, outside the comment period, so it "
                "is not counted as received in it. Mend the day where it is wrong.",
                "public_comment.opens",
            )  # fmt: skip


def _comments_still_open(case: Case) -> Iterator[Finding]:
    _, closes = comment_dates(case.plan)
    if closes and case.today <= closes and comments_received(case.plan) is not None:
        said = (case.plan.public_comment.received or "").strip().casefold()
        yield Finding(
            "comments-still-open", "warning", "public_comment.received",
            f'The plan says already how many comments came ("{said}"), but comments are open '
            f"until {_words(closes)}. Leave the number blank until then.",
            "public_comment.closes",
        )  # fmt: skip


def _votes(case: Case) -> Iterator[Finding]:
    _, closes = comment_dates(case.plan)
    if not closes:
        return
    for approval in case.plan.approvals:
        day = approval.date or approval.planned
        if day and day <= closes:
            yield Finding(
                "vote-before-comments-close", "warning", f"approvals.{approval.id}",
                f"{approval.body or 'A body'} votes on {_words(day)}, but comments are open until "
                f"{_words(closes)}.",
                "public_comment.closes",
            )  # fmt: skip


def _stale(case: Case) -> Iterator[Finding]:
    for entry in case.plan.evidence:
        if not entry.retrieved or not entry.shelf_life:
            continue
        good_until = entry.retrieved + timedelta(days=round(entry.shelf_life * 30.44))
        if good_until < case.today:
            yield Finding(
                "stale-evidence", "warning", f"evidence.{entry.id}",
                f"{entry.measure or 'A figure'} was retrieved on {_words(entry.retrieved)} and "
                f"was good for {entry.shelf_life} months. Look it up again, or say why it stands.",
            )  # fmt: skip


def comment_dates(plan: Plan) -> tuple[date | None, date | None]:
    """Return when the public comment period opens and closes, as told or as planned."""
    dates = plan.plan.dates
    return (
        plan.public_comment.opens or (dates.comment_opens if dates else None),
        plan.public_comment.closes or (dates.comment_closes if dates else None),
    )


def comments_received(plan: Plan) -> int | None:
    """Return how many comments the plan says came; None where it says nothing or no number."""
    said = (plan.public_comment.received or "").strip().casefold()
    return 0 if said in {"none", "no"} else int(said) if said.isdecimal() else None


def comments_outside(plan: Plan) -> tuple[Comment, ...]:
    """Return the comments that came before or after the public comment period."""
    asked = plan.public_comment
    return tuple(each for each in plan.comments if each.date and is_out_of_time(each.date, asked))


def is_out_of_time(day: date, asked: PublicComment) -> bool:
    """Whether `day` is before or after the comment period; not where that end is not known."""
    early = asked.opens is not None and day < asked.opens
    late = asked.closes is not None and day > asked.closes
    return early or late


def _words(day: date) -> str:
    return f"{day:%B} {day.day}, {day.year}"


DATE_RULES = (
    Rule("period", "A wrong program year has made a State reissue a whole policy.", _period),
    Rule("program-years", "A plan covers four years; a modification keeps them.", _kind),
    Rule("due-date", "A plan is due about when it begins; a modification, while it runs.", _due),
    Rule("title", "Years in a title stay behind when a plan is carried.", _title),
    Rule("comment-period", "The law and the State set the comment period.", _comment_period),
    Rule("comments-in-time", "Comments belong in the plan that is sent.", _comments_in_time),
    Rule("comments-counted", "No comment is dropped without a word.", _comments_counted),
    Rule("comments-unmarked", "Comments that disagree must be sent.", _comments_unmarked),
    Rule("comments-outside", "A letter of another year is no public comment.", _comments_outside),
    Rule("comments-still-open", "Comments are counted when they are in.", _comments_still_open),
    Rule("votes", "A vote before comments close makes the comments pointless.", _votes),
    Rule("stale-evidence", "Data goes stale from plan to plan, and nobody can see which.", _stale),
)
