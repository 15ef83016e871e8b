"""The calendar counts back from the day the State wants the plan, and says why each date is set."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from localplan.cli.app import run
from localplan.document.markdown import to_markdown
from localplan.document.numbering import numbered
from localplan.document.schedule import calendar_document
from localplan.knowledge.states import load_state
from localplan.plan.calendar import CalendarError, Step, calendar_of
from localplan.plan.icalendar import icalendar_of
from localplan.plan.model import Plan
from localplan.resources import EXAMPLES

TODAY = date(2026, 11, 21)


def plan_with(**dates: str) -> Plan:
    return Plan.model_validate(
        {"board": {"name": "Delta Board"}, "plan": {"period_start": "2027-07-01", "dates": dates}}
    )


def by_key(plan: Plan, today: date = TODAY) -> dict[str, Step]:
    return {step.key: step for step in calendar_of(plan, None, today=today)}


def test_the_comment_period_lasts_thirty_days_with_the_first_day_counted() -> None:
    steps = by_key(plan_with(submission_due="2027-06-30"))
    assert steps["comment-closes"].day - steps["comment-opens"].day == timedelta(days=29)
    assert steps["comment-closes"].caution == ""


def test_the_comment_period_begins_and_ends_on_working_days() -> None:
    for offset in range(14):
        due = date(2027, 6, 16) + timedelta(days=offset)
        steps = by_key(plan_with(submission_due=due.isoformat()))
        assert steps["comment-opens"].day.weekday() < 5
        assert steps["comment-closes"].day.weekday() < 5


def test_steps_follow_in_the_order_a_board_can_take_them() -> None:
    steps = calendar_of(plan_with(submission_due="2027-06-30"), None, today=TODAY)
    keys = [step.key for step in steps]
    wanted = [
        "round-one-sent", "round-one-back", "round-two-sent", "round-two-back", "release",
        "notice-placed", "comment-opens", "comment-closes", "answered", "agenda", "board-vote",
        "officials-vote", "packet", "submission", "period", "approval", "review",
    ]  # fmt: skip
    assert keys == wanted


def test_no_suggested_date_falls_on_a_weekend() -> None:
    steps = calendar_of(plan_with(submission_due="2027-06-30"), None, today=TODAY)
    assert all(step.day.weekday() < 5 for step in steps if step.source == "suggestion")


def test_every_date_names_the_rule_behind_it() -> None:
    for step in calendar_of(plan_with(submission_due="2027-06-30"), None, today=TODAY):
        assert step.behind
        assert step.rule


def test_a_date_that_the_board_has_set_stands() -> None:
    steps = by_key(plan_with(submission_due="2027-06-30", board_vote="2027-05-20"))
    assert steps["board-vote"].day == date(2027, 5, 20)
    assert steps["board-vote"].source == "board"


def test_a_longer_comment_period_than_the_rule_gives_is_marked() -> None:
    dates = {"comment_opens": "2027-03-01", "comment_closes": "2027-04-05"}
    steps = by_key(plan_with(submission_due="2027-06-30", **dates))
    assert "no more than 30" in steps["comment-closes"].caution


def test_a_vote_before_comments_close_is_marked() -> None:
    dates = {
        "comment_opens": "2027-05-01",
        "comment_closes": "2027-05-30",
        "board_vote": "2027-05-20",
    }
    steps = by_key(plan_with(submission_due="2027-06-30", **dates))
    assert "still open" in steps["board-vote"].caution


def test_a_date_that_has_passed_is_marked_until_the_plan_is_due() -> None:
    plan = plan_with(submission_due="2027-06-30")
    assert "has passed" in by_key(plan, date(2027, 6, 1))["round-one-sent"].caution
    assert by_key(plan, date(2027, 9, 1))["round-one-sent"].caution == ""


def test_the_state_gives_the_date_when_the_board_has_none() -> None:
    state = load_state("ca")
    steps = {step.key: step for step in calendar_of(Plan(), state, today=TODAY)}
    assert steps["submission"].day.isoformat() == state.calendar["submission"]
    assert steps["submission"].source == "state"


def test_without_a_submission_date_the_message_names_the_answer_to_give() -> None:
    with pytest.raises(CalendarError, match=r"plan\.dates\.submission_due"):
        calendar_of(Plan(), None, today=TODAY)


def test_an_ics_file_holds_one_whole_day_event_for_each_step() -> None:
    steps = calendar_of(plan_with(submission_due="2027-06-30"), None, today=TODAY)
    text = icalendar_of(steps, name="Delta, Board; plan", today=TODAY)
    lines = text.removesuffix("\r\n").split("\r\n")
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-1] == "END:VCALENDAR"
    assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT") == len(steps)
    assert "X-WR-CALNAME:Delta\\, Board\\; plan" in lines
    assert "DTSTART;VALUE=DATE:20270630" in lines
    assert "DTEND;VALUE=DATE:20270701" in lines
    uids = [line for line in lines if line.startswith("UID:")]
    assert len(set(uids)) == len(steps)


def test_ics_lines_stay_within_75_octets_and_unfold_to_the_same_text() -> None:
    plan = plan_with(submission_due="2027-06-30")
    steps = calendar_of(plan, None, today=TODAY)
    text = icalendar_of(steps, name="TüolumneñSierra " * 12, today=TODAY)
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    unfolded = text.replace("\r\n ", "")
    assert f"X-WR-CALNAME:{'TüolumneñSierra ' * 12}" in unfolded


def test_the_same_calendar_gives_the_same_ics_file() -> None:
    steps = calendar_of(plan_with(submission_due="2027-06-30"), None, today=TODAY)
    first = icalendar_of(steps, name="Delta", today=TODAY)
    assert first == icalendar_of(steps, name="Delta", today=TODAY)


def test_the_calendar_document_prints_every_date_with_its_rule() -> None:
    plan = plan_with(submission_due="2027-06-30")
    steps = calendar_of(plan, load_state("federal"), today=TODAY)
    text = to_markdown(numbered(calendar_document(steps, plan, load_state("federal"), today=TODAY)))
    assert text.count("2027 (") >= len(steps) - 3
    assert "June 30, 2027" in text
    assert "Federal law" in text


def test_the_command_prints_each_date_with_its_rule(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["calendar", str(EXAMPLES / "complete.yaml"), "--as-of", "2026-11-21"]) == 0
    printed = capsys.readouterr().out
    assert "Wed 2027-03-31" in printed
    assert "Our suggestion" in printed


@pytest.mark.parametrize(
    ("name", "start"), [("c.ics", "BEGIN:VCALENDAR"), ("c.md", "Sierra"), ("c.html", "<!DOCTYPE")]
)
def test_the_command_writes_the_calendar_in_the_format_its_name_says(
    tmp_path: Path, name: str, start: str
) -> None:
    out = tmp_path / name
    command = ["calendar", str(EXAMPLES / "complete.yaml"), "-o", str(out)]
    assert run([*command, "--as-of", "2026-11-21"]) == 0
    assert out.read_text(encoding="utf-8").lower().startswith(start.lower())


def test_an_unknown_ending_is_wrong_usage(tmp_path: Path) -> None:
    out = str(tmp_path / "calendar.xls")
    assert run(["calendar", str(EXAMPLES / "complete.yaml"), "-o", out]) == 2


def test_a_plan_without_a_date_gets_one_message(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "answers.yaml"
    file.write_text("localplan: 2\nboard:\n  name: Delta Board\n", encoding="utf-8")
    assert run(["calendar", str(file)]) == 1
    assert "plan.dates.submission_due" in capsys.readouterr().err
