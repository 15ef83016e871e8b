"""Answering single questions: every kind, the keys, and what is kept."""

import sys
from pathlib import Path

import pytest
from interview_helper import (
    DONE,
    DOWN,
    ENTER,
    ESC,
    LATER,
    NOT_APPLICABLE,
    TAB,
    UP,
    answers,
    find,
    sit_through,
)

from localplan.knowledge.questions import load_questionnaire
from localplan.plan.file.answers import load

pytestmark = pytest.mark.slow
"""Each sits through a whole session; `test_acts` says the same of pages and acts in less time."""

BOARD = "board:\n  name: Golden Valley Workforce Board\n"


def test_a_line_is_saved_when_enter_is_pressed(tmp_path: Path) -> None:
    sat = sit_through(answers(tmp_path), ["Golden Valley Board", ENTER], element="board")
    assert sat["board.name"] == "Golden Valley Board"
    assert "saved" in sat.shown


def test_a_choice_from_a_long_list_is_found_by_typing(tmp_path: Path) -> None:
    sat = sit_through(answers(tmp_path, BOARD), ["Calif", ENTER], element="board")
    assert sat["board.state"] == "CA"


def test_help_comes_in_a_long_list_too(tmp_path: Path) -> None:
    sat = sit_through(answers(tmp_path, BOARD), ["?", ENTER, "Calif", ENTER], element="board")
    assert "Who usually knows" in sat.shown
    assert sat["board.state"] == "CA"


def test_a_short_choice_keeps_its_code(tmp_path: Path) -> None:
    sat = sit_through(answers(tmp_path), [DOWN, DOWN, ENTER], element="plan")
    assert sat["plan.kind"] == "modification"


def test_enter_on_an_empty_field_skips_the_question(tmp_path: Path) -> None:
    sat = sit_through(
        answers(tmp_path), [ENTER, "Calif", ENTER, "The Valley", ENTER], element="board"
    )
    assert sat["board.name"] is None
    assert sat["board.area_name"] == "The Valley"


@pytest.mark.parametrize(
    ("question", "wrong", "mended"),
    [
        ("board.public_contact.email", "plans", "plans@board.example"),
        ("plan.period_start", "July", "7/1/2025"),
        ("plan.program_years", "four", "4"),
        ("board.family_wage.amount", "lots", "24.50"),
    ],
)
def test_a_wrong_value_stays_to_be_mended(
    tmp_path: Path, question: str, wrong: str, mended: str
) -> None:
    path = answers(tmp_path, BOARD)
    erase = "\x7f" * len(wrong)
    sat = sit_through(path, [*find(question), wrong, ENTER, erase, mended, ENTER])
    assert sat[question] in {mended, "2025-07-01"}


def test_words_that_say_nothing_are_not_taken_for_an_answer(tmp_path: Path) -> None:
    sat = sit_through(answers(tmp_path), ["TBD", ENTER], element="board")
    assert sat["board.name"] is None


def test_a_date_is_kept_in_one_form(tmp_path: Path) -> None:
    sat = sit_through(answers(tmp_path), [*find("plan.period_start"), "7/1/2025", ENTER])
    assert sat["plan.period_start"] == "2025-07-01"


def test_lines_end_with_enter_on_an_empty_line(tmp_path: Path) -> None:
    keys = [*find("plan.prepared_by"), "Ana Ruiz", ENTER, "Ben Cho", ENTER, ENTER]
    sat = sit_through(answers(tmp_path), keys)
    assert sat["plan.prepared_by"] == ["Ana Ruiz", "Ben Cho"]


def test_long_text_ends_with_escape_and_enter(tmp_path: Path) -> None:
    keys = [*find("board.mission"), "We connect", ENTER, "people.", DONE]
    sat = sit_through(answers(tmp_path), keys)
    assert sat["board.mission"] == "We connect\npeople."


def test_the_persons_own_editor_changes_the_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor = tmp_path / "editor.py"
    editor.write_text(
        "import pathlib, sys\npathlib.Path(sys.argv[1]).write_text('From my editor.\\n')\n",
        encoding="utf-8",
    )
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", f"{sys.executable} {editor}")
    keys = [*find("board.mission"), "Draft", TAB, DOWN, DOWN, ENTER]
    assert sit_through(answers(tmp_path), keys)["board.mission"] == "From my editor."


def test_an_editor_that_does_not_start_loses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", "no-such-editor-here")
    keys = [*find("board.mission"), "Draft", TAB, DOWN, DOWN, ENTER, " kept", DONE]
    assert sit_through(answers(tmp_path), keys)["board.mission"] == "Draft kept"


def test_a_long_answer_is_kept_as_it_is_or_changed(tmp_path: Path) -> None:
    path = answers(tmp_path, "board:\n  mission: We connect.\n")
    assert sit_through(path, [*find("board.mission"), ENTER])["board.mission"] == "We connect."
    changed = sit_through(path, [*find("board.mission"), DOWN, ENTER, " All.", DONE])
    assert changed["board.mission"] == "We connect. All."


def test_a_pasted_table_becomes_a_table_when_asked(tmp_path: Path) -> None:
    paste = "\x1b[200~Year\tPeople\n2024\t120\x1b[201~"
    keys = [*find("board.mission"), paste, DONE, ENTER]
    sat = sit_through(answers(tmp_path), keys)
    assert sat["board.mission"] == "| Year | People |\n| --- | --- |\n| 2024 | 120 |"


def test_the_answer_can_be_cleared_from_the_menu(tmp_path: Path) -> None:
    path = answers(tmp_path, BOARD)
    keys = [*find("board.name"), TAB, *([DOWN] * 6), ENTER]
    assert sit_through(path, keys)["board.name"] is None


def test_help_shows_the_reason_the_example_and_who_asks(tmp_path: Path) -> None:
    path = answers(tmp_path, "plan:\n  frameworks: [aqcp]\n")
    keys = [*find("narratives.partnership_vision"), "?", DOWN, DOWN, ENTER]
    sat = sit_through(path, keys)
    assert "A reviewer looks for" in sat.shown
    assert "WIOA sec. 108(b)(1)(E)" in sat.shown
    assert "Alliance framework:" in sat.shown


def test_help_never_puts_the_example_into_the_answer(tmp_path: Path) -> None:
    keys = ["?", ENTER, "Our Board", ENTER]
    assert sit_through(answers(tmp_path), keys, element="board")["board.name"] == "Our Board"


def test_what_was_typed_is_still_there_after_help(tmp_path: Path) -> None:
    keys = ["Golden", TAB, ENTER, ENTER, " Valley", ENTER]
    assert sit_through(answers(tmp_path), keys, element="board")["board.name"] == "Golden Valley"


def test_going_back_keeps_later_answers(tmp_path: Path) -> None:
    path = answers(tmp_path)
    keys = ["First Name", ENTER, "Calif", ENTER, ESC, ESC, " Two", ENTER]
    sat = sit_through(path, keys, element="board")
    assert sat["board.name"] == "First Name Two"
    assert sat["board.state"] == "CA"


def test_an_answer_is_put_off_with_owner_and_date(tmp_path: Path) -> None:
    keys = [LATER, "\x15Luis", ENTER, "2026-02-15", ENTER]
    sat = sit_through(answers(tmp_path), keys, element="plan")
    assert sat["status.plan.kind"] == {
        "state": "later", "owner": "Luis", "due": "2026-02-15", "by": "ana", "on": "2025-11-21",
    }  # fmt: skip


def test_an_answer_given_after_all_is_no_longer_put_off(tmp_path: Path) -> None:
    path = answers(tmp_path, "status:\n  plan.kind: {state: later, owner: Luis}\n")
    sat = sit_through(path, [*find("plan.kind"), DOWN, ENTER])
    assert sat["plan.kind"] == "four-year"
    assert sat["status.plan.kind"] is None


def test_not_applicable_needs_a_reason(tmp_path: Path) -> None:
    keys = [NOT_APPLICABLE, ENTER, "We are a single-area State", ENTER]
    sat = sit_through(answers(tmp_path), keys, element="plan")
    found = sat["status.plan.kind"]
    assert isinstance(found, dict)
    assert found["reason"] == "We are a single-area State"


def test_an_answer_can_stand_in_the_regional_plan(tmp_path: Path) -> None:
    keys = [*find("narratives.partnership_vision"), TAB, *([DOWN] * 6), ENTER]
    sat = sit_through(answers(tmp_path), [*keys, "Chapter 2", ENTER])
    found = sat["status.narratives.partnership_vision"]
    assert isinstance(found, dict)
    assert (found["state"], found["reason"]) == ("regional", "Chapter 2")


def test_a_carried_answer_is_confirmed_by_enter(tmp_path: Path) -> None:
    text = BOARD + "status:\n  board.name: {state: carried}\n"
    sat = sit_through(answers(tmp_path, text), [ENTER], element="board", only="carried")
    found = sat["status.board.name"]
    assert isinstance(found, dict)
    assert found["state"] == "confirmed"


def test_a_carried_answer_that_changes_is_marked_changed(tmp_path: Path) -> None:
    text = BOARD + "status:\n  board.name: {state: carried}\n"
    sat = sit_through(answers(tmp_path, text), [" II", ENTER], element="board", only="carried")
    found = sat["status.board.name"]
    assert isinstance(found, dict)
    assert found["state"] == "changed"


def test_only_missing_asks_required_questions_alone(tmp_path: Path) -> None:
    keys = ["Calif", ENTER]
    sat = sit_through(answers(tmp_path, BOARD), keys, element="board", only="missing")
    asked = load_questionnaire().by_fills()
    assert asked["board.area_name"].ask not in sat.shown
    assert asked["areas"].ask in sat.shown


def test_a_missing_state_outline_is_said_at_the_question(tmp_path: Path) -> None:
    path = answers(tmp_path)
    offered = len(load_questionnaire().by_fills()["plan.outline"].options)
    keys = [*find("plan.outline"), *([DOWN] * (offered + 1)), ENTER, "nowhere", ENTER]
    sat = sit_through(path, keys)
    assert sat["plan.outline"] is None


def test_yes_or_no_is_chosen(tmp_path: Path) -> None:
    path = answers(tmp_path, "comments:\n  - {id: one, comment: More trains}\n")
    sat = sit_through(path, [*find("comments.*.disagrees"), DOWN, DOWN, ENTER])
    assert sat["comments.one.disagrees"] == "no"


def test_yes_or_no_can_be_skipped_or_put_off(tmp_path: Path) -> None:
    path = answers(tmp_path, "comments:\n  - {id: one, comment: More trains}\n")
    asked = find("comments.*.disagrees")
    assert sit_through(path, [*asked, ENTER])["comments.one.disagrees"] is None
    sat = sit_through(path, [*asked, LATER, ENTER, ENTER])
    assert sat["status.comments.one.disagrees"] is not None


def test_help_shows_what_changed_in_the_law(tmp_path: Path) -> None:
    questions = load_questionnaire().by_fills().values()
    watched = next(
        each for each in questions if each.watch and each.is_narrative and not each.when.clauses
    )
    sat = sit_through(answers(tmp_path), [*find(watched.fills), "?", UP, ENTER])
    assert "What changed in the law" in sat.shown


def test_a_change_in_the_law_is_told_at_its_question_until_it_is_looked_at(tmp_path: Path) -> None:
    path = answers(tmp_path)
    asked = find("narratives.accessibility")
    sat = sit_through(path, [*asked, "?", UP, ENTER, DOWN, DOWN, DOWN, DOWN, ENTER])
    assert "New in the law: " in sat.shown
    assert sat["accepted"] is not None
    assert "New in the law: " not in sit_through(path, asked).shown


def test_help_shows_where_the_state_asks(tmp_path: Path) -> None:
    path = answers(tmp_path, "plan:\n  outline: ca\n")
    keys = [*find("narratives.partnership_vision"), "?", DOWN, DOWN, ENTER]
    assert "California: " in sit_through(path, keys).shown


def test_a_note_for_staff_is_kept_apart(tmp_path: Path) -> None:
    keys = [*find("board.name"), TAB, *([DOWN] * 5), ENTER, "Ask the clerk", ENTER]
    sat = sit_through(answers(tmp_path), keys)
    assert sat["notes.board.name"] == "Ask the clerk"
    assert sat["board.name"] is None


def test_a_file_that_cannot_be_saved_is_told_and_the_typing_stays(tmp_path: Path) -> None:
    path = answers(tmp_path, BOARD)
    opened_before = load(path)
    path.write_text("localplan: 99\n", encoding="utf-8")
    keys = [*find("board.director"), "Ana", ENTER, ESC, "\x00"]
    sat = sit_through(path, keys, file=opened_before)
    assert "Your answer could not be saved." in sat.shown
    assert sat.session.drafts["board.director"] == "Ana"
    assert path.read_text(encoding="utf-8") == "localplan: 99\n"


def test_one_can_leave_when_the_file_cannot_be_saved(tmp_path: Path) -> None:
    path = answers(tmp_path, BOARD)
    opened_before = load(path)
    path.write_text("localplan: 99\n", encoding="utf-8")
    keys = [*find("board.director"), "Ana", ENTER, ENTER, DOWN, DOWN, ENTER]
    assert not sit_through(path, keys, file=opened_before).ending.interrupted


def test_a_long_answer_can_be_put_off_from_its_page(tmp_path: Path) -> None:
    path = answers(tmp_path, "board:\n  mission: We connect.\n")
    sat = sit_through(path, [*find("board.mission"), TAB, *[DOWN] * 4, ENTER, "Ana", ENTER, ENTER])
    assert sat["board.mission"] == "We connect."
    assert sat["status.board.mission"] is not None


def test_skipping_a_blank_answer_saves_nothing(tmp_path: Path) -> None:
    path = answers(tmp_path, "board:\n  name:\n")
    before = path.read_bytes()
    sat = sit_through(path, [ENTER], element="board")
    assert "saved" not in sat.shown.replace("everything is saved", "")
    assert path.read_bytes() == before


def test_the_usual_owner_is_taken_when_none_is_typed(tmp_path: Path) -> None:
    usual = load_questionnaire().by_fills()["plan.kind"].knows.partition(";")[0]
    found = [
        sit_through(answers(tmp_path), [LATER, *typed, ENTER, ENTER], element="plan")[
            "status.plan.kind"
        ]
        for typed in (["Luis"], [])
    ]
    assert [each["owner"] for each in found if isinstance(each, dict)] == ["Luis", usual]


def test_an_editor_for_experts_is_never_opened_unasked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("EDITOR", raising=False)
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    keys = [*find("narratives.partnership_vision"), TAB, DOWN, DOWN, ENTER]
    assert "No editor is named; set EDITOR" in sit_through(answers(tmp_path), keys).shown


def test_a_question_that_may_be_left_alone_says_so(tmp_path: Path) -> None:
    assert "optional" in sit_through(answers(tmp_path), find("plan.title")).shown
    required = sit_through(answers(tmp_path), find("plan.kind")).shown
    assert "optional" not in required


def test_the_outline_of_the_own_state_is_offered_first(tmp_path: Path) -> None:
    path = answers(tmp_path, "board:\n  state: OR\n")
    assert sit_through(path, [*find("plan.outline"), DOWN, ENTER])["plan.outline"] == "or"


def test_help_offers_the_lists_of_the_law(tmp_path: Path) -> None:
    path = answers(tmp_path)
    sat = sit_through(path, [*find("narratives.youth_services"), "?", DOWN, DOWN, ENTER])
    assert "What the law lists" in sat.shown
    assert "Youth elements: " in sat.shown


def test_what_only_a_later_stage_needs_is_not_called_optional(tmp_path: Path) -> None:
    sat = sit_through(answers(tmp_path, BOARD), find("board.equal_opportunity_tagline"))
    assert "needed to publish" in sat.shown


def test_a_slash_alone_is_no_answer(tmp_path: Path) -> None:
    sat = sit_through(answers(tmp_path), [*find("board.name"), "/", ENTER])
    assert sat["board.name"] is None


def test_a_blank_long_answer_says_that_it_may_be_long(tmp_path: Path) -> None:
    assert "room for many lines" in sit_through(answers(tmp_path), find("board.mission")).shown


def test_an_editor_that_is_not_there_is_told_in_a_few_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EDITOR", "no-such-editor")
    keys = [*find("board.mission"), TAB, DOWN, DOWN, ENTER]
    sat = sit_through(answers(tmp_path, BOARD), keys)
    assert "no-such-editor did not start" in sat.shown
    assert "Errno" not in sat.shown


def test_a_text_that_stays_as_it_is_is_no_longer_for_later(tmp_path: Path) -> None:
    text = (
        "narratives: {success_definition: We count credentials.}\n"
        "status:\n  narratives.success_definition: {state: later, owner: Ana}\n"
    )
    sat = sit_through(answers(tmp_path, text), [*find("narratives.success_definition"), ENTER])
    assert sat["narratives.success_definition"] == "We count credentials."
    assert not sat["status"]
