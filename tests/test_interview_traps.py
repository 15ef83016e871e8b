"""Slips of a distracted person: what is typed, pressed or left by accident is never an answer."""

import re
from pathlib import Path

import pytest
from interview_helper import (
    CTRL_C,
    DOWN,
    ENTER,
    ESC,
    LATER,
    NOT_APPLICABLE,
    TAB,
    UP,
    Sat,
    answers,
    find,
    sit_through,
)

from localplan import open_plan
from localplan.interview.pages import page_at
from localplan.interview.screens.help import first_page
from localplan.knowledge.questions import load_questionnaire
from localplan.plan.tree import records
from localplan.resources import EXAMPLES

pytestmark = pytest.mark.slow
"""Each sits through a whole session; `test_acts` says the same of pages and acts in less time."""

LEAVE = [TAB, UP, ENTER]
CHAIR = find("board.chair")
PUT_OFF = [LATER, "\x15Ana Ruiz", ENTER, ENTER]
BOARD = "board:\n  name: Golden Valley\n"
TWO_PARTNERS = (
    "partners:\n  - {id: mesa, name: Mesa School}\n  - {id: delta, name: Delta College}\n"
)


def state(sat: Sat, path: str) -> str:
    found = sat[f"status.{path}"]
    return str(found.get("state")) if isinstance(found, dict) else ""


# What was typed and left


@pytest.mark.parametrize("leaving", [[UP, ENTER], [CTRL_C]])
def test_text_that_was_put_off_never_becomes_the_answer(tmp_path: Path, leaving: list[str]) -> None:
    sat = sit_through(answers(tmp_path), [*CHAIR, "WRONG CHAIR", *PUT_OFF, *leaving])
    assert sat["board.chair"] is None
    assert state(sat, "board.chair") == "later"
    assert sat.session.begun("board.chair") == "WRONG CHAIR"


@pytest.mark.parametrize("leaving", [[ESC], [CTRL_C], LEAVE])
def test_text_that_was_left_without_enter_is_kept_and_is_no_answer(
    tmp_path: Path, leaving: list[str]
) -> None:
    sat = sit_through(answers(tmp_path), [*find("board.director"), "HALF", *leaving])
    assert sat["board.director"] is None
    assert sat.session.begun("board.director") == "HALF"


def test_a_long_text_that_was_left_keeps_every_line(tmp_path: Path) -> None:
    sat = sit_through(answers(tmp_path), [*find("board.mission"), "We", ENTER, "wo", CTRL_C])
    assert sat["board.mission"] is None
    assert sat.session.begun("board.mission") == "We\nwo"


def test_a_text_begun_over_an_answer_leaves_the_answer_as_it_was(tmp_path: Path) -> None:
    sat = sit_through(answers(tmp_path, BOARD), [*find("board.name"), " II", ESC, "\x00"])
    assert sat["board.name"] == "Golden Valley"
    assert sat.session.begun("board.name") == "Golden Valley II"


def test_what_was_begun_is_offered_when_its_question_is_opened_again(tmp_path: Path) -> None:
    path = answers(tmp_path)
    sit_through(path, [*CHAIR, "Luis Or", CTRL_C])
    sat = sit_through(path, [*CHAIR, DOWN, ENTER, "tega", ENTER])
    assert "You began this and left it" in sat.shown
    assert sat["board.chair"] == "Luis Ortega"
    assert sat.session.begun("board.chair") == ""


def test_enter_alone_leaves_what_was_begun_as_it_is(tmp_path: Path) -> None:
    path = answers(tmp_path)
    sit_through(path, [*CHAIR, "Luis Or", CTRL_C])
    sat = sit_through(path, [*CHAIR, ENTER])
    assert sat["board.chair"] is None
    assert sat.session.begun("board.chair") == "Luis Or"


def test_what_was_begun_can_be_thrown_away(tmp_path: Path) -> None:
    path = answers(tmp_path)
    sit_through(path, [*CHAIR, "Luis Or", CTRL_C])
    sat = sit_through(path, [*CHAIR, DOWN, DOWN, ENTER, "Ana Ruiz", ENTER])
    assert sat["board.chair"] == "Ana Ruiz"
    assert sat.session.begun("board.chair") == ""


def test_an_answer_in_ones_own_words_that_was_left_is_offered_there_again(tmp_path: Path) -> None:
    path = answers(tmp_path)
    options = len(load_questionnaire().by_fills()["plan.outline"].options)
    own = [*find("plan.outline"), *[DOWN] * (options + 1), ENTER]
    sit_through(path, [*own, "a house out", ESC, "\x00"])
    sat = sit_through(path, own)
    assert "a house out" in sat.shown
    assert sat["plan.outline"] is None


def test_what_was_begun_is_no_text_of_the_last_plan(tmp_path: Path) -> None:
    path = answers(tmp_path)
    sit_through(path, [*CHAIR, "Luis Or", CTRL_C])
    assert "Text of the last plan waits" not in sit_through(path, find("board.mission")).shown


# Letters in a list


def test_letters_at_a_list_begin_the_name_of_a_new_record(tmp_path: Path) -> None:
    sat = sit_through(answers(tmp_path), [*find("areas"), "Long Valley", ENTER, ENTER])
    assert sat["areas.long-valley.name"] == "Long Valley"
    assert sat["status"] is None


def test_letters_at_a_list_find_the_record_that_has_them(tmp_path: Path) -> None:
    keys = [*find("partners"), "delta", ENTER, ENTER, "Community", ENTER]
    sat = sit_through(answers(tmp_path, TWO_PARTNERS), keys)
    assert sat["partners.delta.kind"] == "community-college"


def test_a_name_that_no_record_has_begins_a_new_one(tmp_path: Path) -> None:
    keys = [*find("partners"), "No Limits Center", ENTER, ENTER]
    sat = sit_through(answers(tmp_path, TWO_PARTNERS), keys)
    assert sat["partners.no-limits-center.name"] == "No Limits Center"
    assert len(records(sat.session.tree, "partners")) == 3


def test_a_name_with_accents_or_pasted_over_a_list_arrives_whole(tmp_path: Path) -> None:
    paste = "\x1b[200~Doña Ana\nCounty\x1b[201~"
    for typed in ("Doña Ana County", paste):
        sat = sit_through(answers(tmp_path), [*find("areas"), typed, ENTER, ENTER])
        assert sat["areas.dona-ana-county.name"] == "Doña Ana County"


def test_escape_shows_the_whole_list_again_before_it_goes_back(tmp_path: Path) -> None:
    keys = [*find("partners"), "delta", ESC, "\x00", UP, ENTER, ENTER, "Adult", ENTER]
    sat = sit_through(answers(tmp_path, TWO_PARTNERS), keys)
    assert sat["partners.mesa.kind"] == "adult-school"


def test_letters_at_a_short_choice_search_it(tmp_path: Path) -> None:
    sat = sit_through(answers(tmp_path), ["modif", ENTER], element="plan")
    assert sat["plan.kind"] == "modification"


@pytest.mark.slow
@pytest.mark.parametrize("word", ["leave", "Leave", "never", "Never"])
def test_no_letter_puts_a_question_off_or_says_that_it_does_not_apply(
    tmp_path: Path, word: str
) -> None:
    for path in ("areas", "plan.kind", "plan.frameworks", "board.mission"):
        keys = [*find(path), word, ENTER, ENTER]
        assert sit_through(answers(tmp_path, "board: {mission: Work.}\n"), keys)["status"] is None


# "Not applicable" and "later"


def test_a_list_with_entries_cannot_be_not_applicable(tmp_path: Path) -> None:
    keys = [*find("partners"), NOT_APPLICABLE, ENTER, "No reason", ESC]
    sat = sit_through(answers(tmp_path, TWO_PARTNERS), keys)
    assert sat["status"] is None
    assert "2 entries stand in this list" in sat.shown


def test_a_question_that_is_answered_cannot_be_not_applicable(tmp_path: Path) -> None:
    keys = [*find("board.name"), NOT_APPLICABLE, ENTER]
    sat = sit_through(answers(tmp_path, BOARD), keys)
    assert sat["status"] is None
    assert "Clear the answer first" in sat.shown


def test_the_reason_for_not_applicable_is_not_offered_as_a_place_in_the_regional_plan(
    tmp_path: Path,
) -> None:
    said = "status:\n  board.chair: {state: not-applicable, reason: Two boards}\n"
    in_the_region = TAB + DOWN * 4 + ENTER
    sat = sit_through(answers(tmp_path, said), [*find("board.chair"), in_the_region, ENTER])
    assert state(sat, "board.chair") == "not-applicable"
    assert "Where in the regional plan does this stand?" in sat.shown


@pytest.mark.parametrize("said", ["later", "not-applicable", "regional"])
@pytest.mark.parametrize("path", ["one_stops", "plan.kind", "board.chair", "plan.frameworks"])
def test_what_was_said_instead_of_an_answer_can_be_taken_back(
    tmp_path: Path, path: str, said: str
) -> None:
    file = answers(tmp_path, f"status:\n  {path}: {{state: {said}, reason: Ours}}\n")
    sat = sit_through(file, [*find(path), TAB, *[DOWN] * 5, ENTER])
    assert sat["status"] in (None, {})


def test_what_was_taken_back_is_no_longer_shown(tmp_path: Path) -> None:
    file = answers(tmp_path, "status:\n  one_stops: {state: later, owner: Ana Ruiz}\n")
    sat = sit_through(file, [*find("one_stops"), TAB, *[DOWN] * 5, ENTER])
    assert "For later (Ana Ruiz)" in sat.shown
    assert "For later (Ana Ruiz)" not in sat.shown[sat.shown.rindex("No longer for later") :]


def test_a_mark_on_a_whole_record_is_taken_back_from_one_of_its_questions(tmp_path: Path) -> None:
    file = answers(tmp_path, TWO_PARTNERS + "status:\n  partners.mesa: {state: later}\n")
    sat = sit_through(file, [*find("partners.*.kind"), TAB, *[DOWN] * 5, ENTER])
    assert sat["status"] in (None, {})


# Enter, Enter


def test_enter_alone_chooses_nothing_where_a_choice_is_required(tmp_path: Path) -> None:
    sat = sit_through(answers(tmp_path), [ENTER] * 3, element="plan")
    assert sat["plan"] is None


def test_enter_alone_keeps_the_choice_that_is_there_and_marks_it(tmp_path: Path) -> None:
    file = answers(tmp_path, "plan:\n  kind: modification\n")
    sat = sit_through(file, [*find("plan.kind"), ENTER])
    assert sat["plan.kind"] == "modification"
    assert "your answer" in sat.shown


# There and back


def test_coming_back_goes_on_one_by_one_over_what_is_answered(tmp_path: Path) -> None:
    file = answers(tmp_path, BOARD + "  state: CA\n  area_name: The Valley\n")
    there, back = [ESC, ESC, ESC], [ENTER, ENTER]
    sat = sit_through(file, [*there, *back, "\x15Delta Valley", ENTER], element="board")
    assert sat["board.area_name"] == "Delta Valley"


def test_behind_the_question_where_one_turned_back_only_open_ones_are_asked(
    tmp_path: Path,
) -> None:
    file = answers(tmp_path, BOARD + "  area_name: The Valley\n")
    keys = [ESC, "\x00", ENTER, "Calif", ENTER, "Delta Area", ENTER, ENTER]
    sat = sit_through(file, keys, element="board")
    assert (sat["board.state"], sat["board.area_name"]) == ("CA", "The Valley")
    assert sat["areas.delta-area.name"] == "Delta Area"


def test_coming_back_within_a_record_goes_on_one_by_one(tmp_path: Path) -> None:
    keys = [*find("partners"), ENTER, "Sierra College", ENTER, "Community", ENTER]
    sat = sit_through(answers(tmp_path), [*keys, ESC, ESC, ENTER, "Adult", ENTER])
    assert sat["partners.sierra-college.kind"] == "adult-school"


def test_escape_at_the_menu_stays_and_points_at_the_way_out(tmp_path: Path) -> None:
    sat = sit_through(answers(tmp_path), [ESC, "\x00"])
    assert "Enter leaves; everything is saved" in sat.shown
    assert sat.ending.interrupted
    assert not sit_through(answers(tmp_path), [ESC, ENTER]).ending.interrupted


def test_the_keys_below_a_long_answer_name_the_way_back(tmp_path: Path) -> None:
    assert (
        "Tab back and more" in sit_through(answers(tmp_path), [*find("board.mission"), "A"]).shown
    )


# Help and wide screens


def test_the_example_of_a_list_stands_one_entry_on_a_line(tmp_path: Path) -> None:
    path = "areas.*.jurisdictions"
    example = load_questionnaire().by_fills()[path].example.splitlines()
    sat = sit_through(answers(tmp_path, "areas: [{id: a, name: A}]\n"), [*find(path), "?"])
    for line in example:
        assert f"\n - {line}" in sat.shown


def test_no_page_of_help_is_empty() -> None:
    desk = open_plan(EXAMPLES / "complete.yaml")
    asked = {item.question.fills: item.path for item in desk.progress.items()}
    pages = {path: first_page(page_at(desk, path)).body for path in asked.values()}
    assert [path for path, body in pages.items() if not all(body) or not body] == []


def test_a_wide_screen_shows_long_names_whole(tmp_path: Path) -> None:
    name = "Indian and Native American Programs of the Delta"
    path = answers(tmp_path, f"partners:\n  - {{id: a, name: {name}}}\n")
    keys = [*find("partners"), ENTER, "\x00", ESC]
    listed = re.compile(f"{name} +\\d still to answer")
    assert not listed.search(sit_through(path, keys).shown)
    assert listed.search(sit_through(path, keys, columns=120).shown)
