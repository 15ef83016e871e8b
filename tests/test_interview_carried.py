"""What was carried from the last plan is looked at, doubtful first; parked text finds its place."""

from pathlib import Path

from interview_helper import CTRL_C, DONE, DOWN, ENTER, ESC, TAB, answers, find, sit_through

from localplan.knowledge.questions import load_questionnaire
from localplan.plan.file.parking import likely_pieces
from localplan.plan.model import Parked

CARRIED = """\
board:
  name: Delta Board
  mission: To serve all who look for work in the delta and the hills around it.
narratives:
  instruction: In 2021 the college opens a second room for teaching.
status:
  board.name: {state: carried}
  board.mission: {state: carried}
  narratives.instruction: {state: carried, reason: It speaks of 2021.}
"""
PARKED = """\
parked:
  - {id: vision, heading: Vision, text: We lead.}
  - id: rapid-response
    heading: Rapid response
    place: Services
    text: The team visits within 48 hours of a notice.
"""


def state(sat: object, path: str) -> object:
    entry = sat[f"status.{path}"]  # type: ignore[index]
    return entry.get("state") if isinstance(entry, dict) else None


def test_the_doubtful_answer_is_asked_first_with_its_reason(tmp_path: Path) -> None:
    sat = sit_through(answers(tmp_path, CARRIED), ENTER, only="carried")
    assert "It speaks of 2021." in sat.shown
    assert state(sat, "narratives.instruction") == "confirmed"
    assert state(sat, "board.mission") == "carried"


def test_a_carried_answer_that_is_changed_says_so_and_by_whom(tmp_path: Path) -> None:
    sat = sit_through(
        answers(tmp_path, CARRIED), [DOWN, ENTER, "Now three rooms. ", DONE], only="carried"
    )
    assert state(sat, "narratives.instruction") == "changed"
    entry = sat["status.narratives.instruction"]
    assert isinstance(entry, dict)
    assert entry["by"] == "ana"


def test_what_nothing_speaks_against_is_confirmed_by_section(tmp_path: Path) -> None:
    sat = sit_through(answers(tmp_path, CARRIED), [ENTER, DOWN, ENTER], only="carried")
    assert "I have read them: confirm 2 answers" in sat.shown
    assert state(sat, "board.name") == "confirmed"
    assert state(sat, "board.mission") == "confirmed"


def test_the_likely_piece_of_the_last_plan_is_offered_first(tmp_path: Path) -> None:
    at = find("narratives.rapid_response")
    keys = [*at, TAB, DOWN * 3, ENTER, ENTER, ENTER]
    sat = sit_through(answers(tmp_path, PARKED), keys)
    assert "Text of the last plan waits to be placed." in sat.shown
    assert "Take text from the last plan" in sat.shown
    assert sat["narratives.rapid_response"] == "The team visits within 48 hours of a notice."
    assert state(sat, "narratives.rapid_response") == "carried"
    assert sat["parked.rapid-response"] is None
    assert sat["parked.vision"] is not None


def test_going_back_from_a_piece_places_nothing(tmp_path: Path) -> None:
    at = find("narratives.rapid_response")
    keys = [*at, TAB, DOWN * 3, ENTER, ENTER, ESC, CTRL_C]
    sat = sit_through(answers(tmp_path, PARKED), keys)
    assert sat["narratives.rapid_response"] is None
    assert sat["parked.rapid-response"] is not None


def test_the_record_that_a_doubtful_answer_belongs_to_is_named(tmp_path: Path) -> None:
    text = (
        "areas: [{id: delta, name: Delta Area, chief_elected_officials: [Mayor, Chair]}]\n"
        "status: {areas.delta.chief_elected_officials: {state: carried, reason: Still so?}}\n"
    )
    sat = sit_through(answers(tmp_path, text), [], only="carried")
    assert "Delta Area" in sat.shown
    assert "- Mayor" in sat.shown


def test_carried_answers_that_no_question_asks_any_more_can_be_confirmed(tmp_path: Path) -> None:
    text = "board: {old_motto: Work}\nstatus: {board.old_motto: {state: carried}}\n"
    sat = sit_through(answers(tmp_path, text), [DOWN, ENTER], only="carried")
    assert "Others" in sat.shown
    assert state(sat, "board.old_motto") == "confirmed"


def test_own_words_in_place_of_a_passage_are_shown_before_they_are_confirmed(
    tmp_path: Path,
) -> None:
    text = (
        "passages: {about-plan: {text: We plan for 2025.}, glance: {text: At a glance.}}\n"
        "status:\n"
        "  passages.about-plan: {state: carried, reason: Do they still hold?}\n"
        "  passages.glance: {state: carried, reason: Do they still hold?}\n"
    )
    sat = sit_through(answers(tmp_path, text), [ENTER, DOWN, ENTER, ESC], only="carried")
    assert "Own words: about plan" in sat.shown
    assert "We plan for 2025." in sat.shown
    assert state(sat, "passages.about-plan") == "confirmed"
    assert state(sat, "passages.glance") == "carried"


def test_pressing_enter_once_too_often_confirms_nothing(tmp_path: Path) -> None:
    sat = sit_through(answers(tmp_path, CARRIED), [ENTER, ENTER], only="carried")
    assert state(sat, "board.name") == "carried"


def test_a_heading_of_the_question_itself_comes_before_one_below_it() -> None:
    question = load_questionnaire().by_fills()["narratives.rapid_response"]
    pieces = [
        Parked(id="a", heading="Layoff aversion", place="Rapid response", text="Firms share work."),
        Parked(id="b", heading="Rapid response", text="The team visits within 48 hours."),
        Parked(id="c", heading="Vision", text="We lead."),
    ]
    assert [piece.id for piece in likely_pieces(question, pieces)][:2] == ["b", "a"]
