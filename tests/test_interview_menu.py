"""The menu, looking over a section, things to look at, and two people at one file."""

from datetime import datetime
from pathlib import Path

import pytest
from interview_helper import DOWN, ENTER, ESC, HOME, TAB, UP, answers, find, sit_through

from localplan.desk.desk import open_plan
from localplan.interview.acts import act
from localplan.interview.contents import record_of, row_of
from localplan.interview.forms import Remove
from localplan.interview.screens.record import entry_of
from localplan.plan.checks.checkup import Checkup
from localplan.plan.file.answers import Change, load
from localplan.plan.file.saving import save

BOARD = "board:\n  name: Golden Valley Workforce Board\n"
NOW = datetime.fromisoformat("2025-11-21T09:00:00+00:00")


def test_the_menu_tells_how_far_each_section_is(tmp_path: Path) -> None:
    sat = sit_through(answers(tmp_path, BOARD), [])
    assert "Golden Valley Workforce Board" in sat.shown
    assert "1 of 7 answered" in sat.shown
    assert "Measurement" in sat.shown


def test_leaving_by_the_menu_is_no_interruption(tmp_path: Path) -> None:
    assert not sit_through(answers(tmp_path), [UP, ENTER]).ending.interrupted
    assert sit_through(answers(tmp_path), []).ending.interrupted


def test_leaving_from_a_question_ends_the_sitting(tmp_path: Path) -> None:
    sat = sit_through(answers(tmp_path), [TAB, UP, ENTER], element="board")
    assert not sat.ending.interrupted


def test_what_was_typed_before_leaving_is_kept_but_is_no_answer(tmp_path: Path) -> None:
    sat = sit_through(answers(tmp_path), ["Our Board", TAB, UP, ENTER], element="board")
    assert sat["board.name"] is None
    assert sat.session.begun("board.name") == "Our Board"


def test_the_menu_starts_where_something_is_missing(tmp_path: Path) -> None:
    text = "plan:\n  kind: four-year\n"
    sat = sit_through(answers(tmp_path, text), [ENTER, "Our Board", ENTER])
    assert sat["board.name"] == "Our Board"


def test_the_menu_explains_how_to_go_about(tmp_path: Path) -> None:
    assert "saved at once" in sit_through(answers(tmp_path), ["?"]).shown


def test_what_is_missing_leads_to_the_question(tmp_path: Path) -> None:
    sat = sit_through(answers(tmp_path), [UP, UP, UP, UP, ENTER, ENTER, "Our Board", ENTER])
    assert sat["board.name"] == "Our Board"


def test_a_search_that_finds_nothing_chooses_nothing(tmp_path: Path) -> None:
    sat = sit_through(answers(tmp_path), ["/", "zzzz", ENTER, "Our Board", ENTER])
    assert sat["board.name"] is None


def test_a_section_is_looked_over_before_it_is_left(tmp_path: Path) -> None:
    keys = [*([UP] * 3), ENTER, ENTER]
    sat = sit_through(answers(tmp_path, BOARD), keys)
    assert "Look it over" in sat.shown


def test_an_answer_is_changed_from_the_look_over(tmp_path: Path) -> None:
    keys = [*([UP] * 3), ENTER, ENTER, DOWN, ENTER, " II", ENTER]
    sat = sit_through(answers(tmp_path, BOARD), keys)
    assert sat["board.name"] == "Golden Valley Workforce Board II"


def test_escape_at_the_first_question_shows_the_whole_section(tmp_path: Path) -> None:
    sat = sit_through(answers(tmp_path), [ESC, "\x00"], element="board")
    assert "Look it over" in sat.shown


def test_a_framework_adds_its_questions_at_once(tmp_path: Path) -> None:
    keys = [*find("plan.frameworks"), " ", ENTER]
    sat = sit_through(answers(tmp_path), keys)
    assert sat.session.questionnaire == open_plan(sat.path).questions


def test_a_change_in_the_law_is_marked_as_looked_at(tmp_path: Path) -> None:
    path = answers(tmp_path, BOARD)
    before = sit_through(path, []).session.plan.checkup()
    lines = len(_open(before))
    keys = [UP, UP, ENTER, *([DOWN] * (lines + 1)), ENTER, DOWN, ENTER]
    sat = sit_through(path, keys)
    assert len(sat.session.plan.checkup().watch) == len(before.watch) - 1


def test_a_finding_is_accepted_with_a_reason(tmp_path: Path) -> None:
    path = answers(tmp_path, "sectors:\n  - {id: health, name: Health care}\n")
    before = sit_through(path, []).session.plan.checkup()
    findings = _open(before)
    at = next(at for at, severity in enumerate(findings) if severity == "warning")
    keys = [UP, UP, ENTER, *([DOWN] * (at + 1)), ENTER, *_to_accept(), "We begin in 2026", ENTER]
    sat = sit_through(path, keys)
    accepted = [each.accepted for each in sat.session.plan.checkup().findings if each.accepted]
    assert accepted == ["We begin in 2026"]


@pytest.mark.parametrize(("keys", "stays"), [([ENTER], "Mine"), ([DOWN, ENTER], "Theirs")])
def test_two_answers_to_one_question_are_shown_and_one_is_chosen(
    tmp_path: Path, keys: list[str], stays: str
) -> None:
    path = answers(tmp_path, BOARD)
    sat = _with_a_rival(path, keys)
    assert sat == stays


def test_someone_elses_other_answers_are_kept_too(tmp_path: Path) -> None:
    path = answers(tmp_path, BOARD)
    mine = load(path)
    save(load(path), [Change("board.director", "Ana Ruiz")], now=NOW)
    merged = save(mine, [Change("board.chair", "Ben Cho")], now=NOW)
    assert merged.tree["board"] == {
        "name": "Golden Valley Workforce Board",
        "director": "Ana Ruiz",
        "chair": "Ben Cho",
    }


def test_removing_a_record_removes_what_was_said_about_it(tmp_path: Path) -> None:
    text = (
        "partners:\n  - {id: mesa, name: Mesa}\n"
        "status:\n  partners.mesa.role: {state: later}\n  board.name: {state: later}\n"
    )
    path = answers(tmp_path, text)
    act(open_plan(path), "partners.mesa", Remove())
    assert load(path).tree["status"] == {"board.name": {"state": "later"}}


def _with_a_rival(path: Path, keys: list[str]) -> object:
    """Answer while someone else answers the same question; return what stays."""
    mine = load(path)
    save(load(path), [Change("board.director", "Theirs")], now=NOW)
    return sit_through(path, [*find("board.director"), "Mine", ENTER, *keys], file=mine)[
        "board.director"
    ]


def _open(checkup: Checkup) -> list[str]:
    """The severities of what the screen lists under the answers."""
    return [
        finding.severity
        for finding in checkup.findings
        if not finding.accepted and finding.rule != "missing-answer"
    ]


def _to_accept() -> list[str]:
    return [DOWN, ENTER]


def test_a_finding_leads_to_its_answer(tmp_path: Path) -> None:
    path = answers(tmp_path, "plan:\n  program_years: many\n")
    keys = [UP, UP, ENTER, DOWN, ENTER, ENTER, "\x15", "4", ENTER]
    assert sit_through(path, keys)["plan.program_years"] == "4"


def test_nothing_missing_is_told(tmp_path: Path) -> None:
    example = Path(__file__).parents[1] / "examples" / "complete.yaml"
    path = tmp_path / "answers.yaml"
    path.write_text(example.read_text(encoding="utf-8"), encoding="utf-8")
    sat = sit_through(path, [UP, ENTER])
    assert "Everything required is answered." in sat.shown


def test_the_menu_stays_at_a_section_while_something_can_be_answered_there(tmp_path: Path) -> None:
    path = answers(tmp_path)
    sat = sit_through(path, [DOWN, ENTER, TAB, UP, UP, ENTER, ENTER, DOWN, ENTER])
    assert sat["plan.kind"] == "four-year"


def test_looking_over_goes_on_to_the_next_answer(tmp_path: Path) -> None:
    path = answers(tmp_path, "board:\n  name: Three Rivers\n  mission: To help.\n")
    keys = [ESC, ESC, DOWN, ENTER, " Board", ENTER, ENTER, "Calif", ENTER]
    sat = sit_through(path, keys, element="board")
    assert sat["board.state"] == "CA"


GAPS = """board:
  name: Three Rivers
  state: CA
  chair: Luis Ortega
"""


def test_the_look_over_leads_to_what_is_missing_past_what_is_optional(tmp_path: Path) -> None:
    path = answers(
        tmp_path,
        GAPS + "areas:\n  - {id: delta, name: Delta, jurisdictions: [Delta],\n"
        "     chief_elected_officials: [Maria Lopez], fiscal_agent: The County}\n",
    )
    keys = [ESC, ESC, ESC, "\x00", HOME, ENTER, "Dana Whitfield", ENTER]
    sat = sit_through(path, keys, element="board")
    assert sat["board.director"] == "Dana Whitfield"


def test_the_look_over_tells_the_same_question_of_two_pathways_apart(tmp_path: Path) -> None:
    text = "pathways:\n  - {id: nursing, name: Nursing}\n  - {id: trades, name: Trades}\n"
    session = sit_through(answers(tmp_path, text), []).session
    items = session.plan.steps_of("delivery")
    listed = [
        entry_of(row_of(session.plan, item, record_of(session.plan, item)[1])).label
        for item in items
    ]
    assert any(line.startswith("Nursing: How is this pathway taught") for line in listed)
    assert any(line.startswith("Trades: How is this pathway taught") for line in listed)


def test_a_question_is_found_by_the_heading_it_has_in_the_plan(tmp_path: Path) -> None:
    path = answers(tmp_path, "evidence:\n  - {id: a, measure: People on supervision, source: X}\n")
    sat = sit_through(path, ["/", "vision", ENTER, "Good work for all.", ESC + ENTER])
    assert sat["narratives.partnership_vision"] == "Good work for all."
