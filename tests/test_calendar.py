"""The calendar counts back from the day the State wants the plan, and says why each date is set."""

from dataclasses import replace
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
from localplan.plan.workdays import holiday_on
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


def test_no_suggested_date_falls_on_a_federal_holiday() -> None:
    for offset in range(0, 730, 3):
        due = date(2026, 12, 1) + timedelta(days=offset)
        for step in by_key(plan_with(submission_due=due.isoformat())).values():
            assert step.source != "suggestion" or not holiday_on(step.day)


@pytest.mark.parametrize(
    ("day", "name"),
    [
        ("2026-11-26", "Thanksgiving Day"),
        ("2026-12-25", "Christmas Day"),
        ("2027-01-01", "New Year's Day"),
        ("2027-01-18", "Martin Luther King Jr. Day"),
        ("2027-02-15", "Washington's Birthday"),
        ("2027-05-31", "Memorial Day"),
        ("2027-06-18", "Juneteenth National Independence Day"),
        ("2027-07-05", "Independence Day"),
        ("2027-09-06", "Labor Day"),
        ("2027-10-11", "Columbus Day"),
        ("2027-11-11", "Veterans Day"),
        ("2027-12-31", "New Year's Day"),
        ("2027-03-01", ""),
    ],
)
def test_a_federal_holiday_is_known_on_the_working_day_it_is_kept(day: str, name: str) -> None:
    assert holiday_on(date.fromisoformat(day)) == name


def test_a_date_of_the_board_on_a_day_of_rest_is_marked() -> None:
    steps = by_key(
        plan_with(
            submission_due="2027-03-01", comment_opens="2026-12-05", comment_closes="2027-01-03",
            board_vote="2027-01-18",
        )
    )  # fmt: skip
    assert "Saturday" in steps["comment-opens"].caution
    assert "Sunday" in steps["comment-closes"].caution
    assert "Martin Luther King Jr. Day" in steps["board-vote"].caution


def test_a_comment_period_of_the_board_moves_the_suggested_votes_behind_it() -> None:
    steps = by_key(
        plan_with(
            submission_due="2027-02-01", comment_opens="2026-12-15", comment_closes="2027-01-13"
        )
    )
    closes, vote = steps["comment-closes"].day, steps["board-vote"].day
    assert closes < vote <= steps["officials-vote"].day <= steps["submission"].day


def test_two_weeks_are_promised_only_where_they_are_there() -> None:
    short = by_key(
        plan_with(
            submission_due="2027-02-01", comment_opens="2026-12-15", comment_closes="2027-01-13"
        )
    )
    assert "two weeks" not in short["board-vote"].rule
    assert "two weeks" in by_key(plan_with(submission_due="2027-06-30"))["board-vote"].rule


def test_a_vote_of_the_officials_after_the_due_date_moves_no_other_vote_there() -> None:
    steps = by_key(plan_with(submission_due="2027-03-01", officials_vote="2027-03-20"))
    assert steps["board-vote"].day < steps["submission"].day
    assert "after the plan is due" in steps["officials-vote"].caution
    assert "ten days" not in steps["officials-vote"].rule


def test_comments_that_close_after_the_plan_is_due_are_marked() -> None:
    steps = by_key(plan_with(submission_due="2027-03-01", comment_opens="2027-03-15"))
    assert "after the plan is due" in steps["comment-closes"].caution


@pytest.mark.parametrize("due", ["0001-01-15", "9999-12-31"])
def test_a_year_out_of_reach_is_one_message_and_no_crash(due: str) -> None:
    with pytest.raises(CalendarError, match=r"plan\.dates\.submission_due"):
        calendar_of(plan_with(submission_due=due), None, today=TODAY)


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


def test_the_length_of_the_comment_period_is_the_states_only_where_the_state_set_it() -> None:
    plan = plan_with(submission_due="2027-06-30")
    steps = {code: calendar_of(plan, load_state(code), today=TODAY) for code in ("federal", "ca")}
    for found in steps.values():
        closes = next(step for step in found if step.key == "comment-closes")
        assert closes.source == "law"
        assert "asks for" not in closes.rule
    own = replace(load_state("ca"), comment_days=14)
    closes = next(
        step for step in calendar_of(plan, own, today=TODAY) if step.key == "comment-closes"
    )
    assert closes.source == "state"
    assert "California asks for 14 days" in closes.rule


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


@pytest.mark.parametrize(
    ("today", "said"),
    [("2026-11-21", ""), ("2032-01-05", "Every day of this calendar is past; the last was ")],
)
def test_a_calendar_whose_every_day_is_past_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], today: str, said: str
) -> None:
    plan, out = str(EXAMPLES / "complete.yaml"), tmp_path / "calendar.md"
    assert run(["calendar", plan, "--as-of", today]) == 0
    told = capsys.readouterr().err
    assert told.startswith(said)
    assert bool(told) == bool(said)
    run(["calendar", plan, "--as-of", today, "-o", str(out)])
    assert ("is past; the last was" in out.read_text(encoding="utf-8")) == bool(said)


def test_an_unknown_ending_is_wrong_usage(tmp_path: Path) -> None:
    out = str(tmp_path / "calendar.xls")
    assert run(["calendar", str(EXAMPLES / "complete.yaml"), "-o", out]) == 2


@pytest.mark.parametrize(
    ("plan", "day"),
    [
        ("", "2027-03-31"),
        ("plan: {kind: four-year, first_program_year: 2025}\n", "2025-03-31"),
        ("plan: {kind: modification, first_program_year: 2025}\n", "2027-03-31"),
        ("plan: {kind: four-year, period_start: 2029-07-01}\n", "2029-03-31"),
    ],
)
def test_a_plan_without_a_date_gets_one_message_with_a_day_that_fits_it(
    plan: str, day: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "our plan.yaml"
    file.write_text(f"localplan: 2\nboard:\n  name: Delta Board\n{plan}", encoding="utf-8")
    assert run(["calendar", str(file), "--as-of", "2026-11-21"]) == 1
    said = " ".join(capsys.readouterr().err.split())
    assert f'localplan set "{file}" plan.dates.submission_due {day}' in said


def test_the_day_a_state_set_for_new_plans_is_not_that_of_a_modification() -> None:
    plan = Plan.model_validate({"plan": {"kind": "modification", "period_start": "2025-07-01"}})
    with pytest.raises(CalendarError, match=r"plan\.dates\.submission_due"):
        calendar_of(plan, load_state("ca"), today=TODAY)
