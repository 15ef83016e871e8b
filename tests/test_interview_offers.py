"""What a list usually holds is offered: steps, indicators, absent programs, attachments."""

from pathlib import Path

from interview_helper import DOWN, ENTER, ESC, answers, find, sit_through

from localplan.interview.offers import offering
from localplan.knowledge.questions import load_questionnaire
from localplan.plan.tree import records

NEW_TRACK = "plan:\n  track: new\n"


def test_the_suggested_steps_of_the_track_become_actions(tmp_path: Path) -> None:
    keys = [*find("actions"), DOWN, ENTER, DOWN, " ", DOWN, " ", ENTER]
    sat = sit_through(answers(tmp_path, NEW_TRACK), keys)
    assert [sat[f"{each}.step"] for each in records(sat.session.tree, "actions")] == [
        "step.new.1",
        "step.new.2",
    ]
    first = records(sat.session.tree, "actions")[0]
    assert sat[f"{first}.element"] == "partnership"
    assert sat[f"{first}.status"] == "not-started"
    assert sat[f"{first}.action"]


def test_steps_of_the_other_track_are_not_offered(tmp_path: Path) -> None:
    session = sit_through(answers(tmp_path, NEW_TRACK), []).session
    offered = offering(session.plan, "actions")
    assert offered
    assert {str(offer.record["step"]).split(".")[1] for offer in offered.offers} == {"new"}


def test_a_step_that_an_action_carries_out_is_not_offered_again(tmp_path: Path) -> None:
    text = NEW_TRACK + "actions:\n  - {action: Meet, step: step.new.1}\n"
    offered = offering(sit_through(answers(tmp_path, text), []).session.plan, "actions")
    assert offered
    assert "step.new.1" not in {offer.record["step"] for offer in offered.offers}


def test_the_indicators_of_title_i_become_measures_with_their_unit(tmp_path: Path) -> None:
    keys = [*find("metrics"), DOWN, ENTER, *[DOWN, " "] * 3, ENTER]
    sat = sit_through(answers(tmp_path), keys)
    measures = records(sat.session.tree, "metrics")
    assert [sat[f"{each}.unit"] for each in measures] == ["percent", "percent", "dollars"]
    assert {sat[f"{each}.program"] for each in measures} == {"title-i-adult"}
    assert "3 added" in sat.shown


def test_a_measure_taken_over_waits_for_the_levels_of_two_years(tmp_path: Path) -> None:
    path = answers(tmp_path, "plan:\n  first_program_year: 2025\n")
    sat = sit_through(path, [*find("metrics"), DOWN, ENTER, DOWN, " ", ENTER])
    (measure,) = records(sat.session.tree, "metrics")
    assert [sat[f"{year}.year"] for year in records(sat.session.tree, f"{measure}.levels")] == [
        "2025",
        "2026",
    ]


def test_all_that_is_offered_can_be_taken_over_at_once(tmp_path: Path) -> None:
    sat = sit_through(answers(tmp_path), [*find("metrics"), DOWN, ENTER, " ", ENTER])
    assert len(records(sat.session.tree, "metrics")) == 15
    assert "15 added" in sat.shown


def test_fifteen_measures_are_offered_and_fewer_once_some_are_there(tmp_path: Path) -> None:
    path = answers(tmp_path)
    offered = offering(sit_through(path, []).session.plan, "metrics")
    assert offered
    assert len(offered.offers) == 15
    text = "metrics:\n  - {name: Q2, indicator: employment-q2, program: title-i-youth}\n"
    offered = offering(sit_through(answers(tmp_path, text), []).session.plan, "metrics")
    assert offered
    assert len(offered.offers) == 14


def test_only_programs_that_no_partner_carries_out_are_offered_as_absent(tmp_path: Path) -> None:
    text = "partners:\n  - {id: cc, name: Camp, programs: [job-corps]}\n"
    offered = offering(sit_through(answers(tmp_path, text), []).session.plan, "absent_programs")
    assert offered
    programs = {offer.record["program"] for offer in offered.offers}
    assert "youthbuild" in programs
    assert not programs & {"job-corps", "title-i-adult"}


def test_what_the_state_wants_with_the_plan_is_offered_as_attachments(tmp_path: Path) -> None:
    path = answers(tmp_path, "plan:\n  outline: ca\n")
    sat = sit_through(path, [*find("attachments"), DOWN, ENTER, DOWN, " ", ENTER])
    (first,) = records(sat.session.tree, "attachments")
    assert first == "attachments.ca-att-partners"
    assert sat[f"{first}.standing"] == "missing"


def test_nothing_is_offered_where_nothing_is_usual(tmp_path: Path) -> None:
    session = sit_through(answers(tmp_path), []).session
    assert offering(session.plan, "sectors") is None
    assert offering(session.plan, "attachments") is None


def test_going_back_from_what_is_offered_adds_nothing(tmp_path: Path) -> None:
    sat = sit_through(answers(tmp_path), [*find("metrics"), DOWN, ENTER, " ", ESC])
    assert sat["metrics"] is None


def test_the_board_and_the_officials_are_offered_as_approvals_with_their_days(
    tmp_path: Path,
) -> None:
    text = (
        "board:\n  name: Delta Board\n  chair: Luis Ortega, Ortega Machining\n"
        "plan:\n  dates: {board_vote: 2027-04-07, officials_vote: 2027-04-20}\n"
        "areas:\n  - id: delta\n    chief_elected_officials:\n"
        "      - Maria Lopez, Chair, Delta County Board of Supervisors\n"
    )
    sat = sit_through(answers(tmp_path, text), [*find("approvals"), DOWN, ENTER, " ", ENTER])
    board, officials = records(sat.session.tree, "approvals")
    assert sat[f"{board}.signer"] == "Luis Ortega"
    assert sat[f"{board}.planned"] == "2027-04-07"
    assert sat[f"{officials}.body"] == "Delta County Board of Supervisors"
    assert sat[f"{officials}.signer"] == "Maria Lopez"
    assert sat[f"{officials}.signer_title"] == "Chair"
    assert sat[f"{officials}.planned"] == "2027-04-20"
    assert offering(sat.session.plan, "approvals") is None


def test_every_list_with_usual_entries_is_worded_in_the_prompts() -> None:
    worded = {each.fills for each in load_questionnaire().questions() if each.offers}
    assert worded == {"actions", "metrics", "absent_programs", "approvals", "attachments"}
