"""Moving about in lists: far keys, letters, and where the pointer stands afterwards."""

from pathlib import Path

from interview_helper import DONE, DOWN, END, ENTER, ESC, HOME, TAB, UP, answers, find, sit_through

from localplan.interview.listkeys import PAGE

PAGE_UP = "\x1b[5~"
PAGE_DOWN = "\x1b[6~"
BOARD = "board:\n  name: Golden Valley Workforce Board\n"
TWO_PARTNERS = """partners:
  - {id: mesa, name: Mesa Adult School, kind: adult-education}
  - {id: delta, name: Delta College, kind: community-college}
"""


def test_end_goes_to_the_last_line_of_a_list(tmp_path: Path) -> None:
    sat = sit_through(answers(tmp_path), [END, ENTER])
    assert not sat.ending.interrupted


def test_home_goes_to_the_first_line_of_a_list(tmp_path: Path) -> None:
    sat = sit_through(answers(tmp_path), [END, HOME, ENTER, "Golden Valley Board", ENTER])
    assert sat["board.name"] == "Golden Valley Board"


def test_page_down_goes_many_lines_down_a_list_that_typing_shortens(tmp_path: Path) -> None:
    sat = sit_through(answers(tmp_path, BOARD), [PAGE_DOWN, ENTER], element="board")
    assert sat["board.state"] == "FL", f"{PAGE} lines below the way past the question"


def test_page_up_goes_as_many_lines_up(tmp_path: Path) -> None:
    keys = [PAGE_DOWN, PAGE_DOWN, PAGE_UP, ENTER]
    sat = sit_through(answers(tmp_path, BOARD), keys, element="board")
    assert sat["board.state"] == "FL"


def test_far_keys_stop_at_the_ends_of_a_list(tmp_path: Path) -> None:
    keys = [PAGE_UP, PAGE_UP, DOWN, ENTER]
    sat = sit_through(answers(tmp_path, BOARD), keys, element="board")
    assert sat["board.state"] == "AL"


def test_far_keys_move_in_a_list_of_boxes_to_tick(tmp_path: Path) -> None:
    keys = [*find("plan.frameworks"), END, " ", HOME, " ", ENTER]
    sat = sit_through(answers(tmp_path), keys)
    ticked = sat["plan.frameworks"]
    assert isinstance(ticked, list)
    assert len(ticked) == 2


def test_typing_shortens_a_long_list_of_boxes_to_tick(tmp_path: Path) -> None:
    path = answers(tmp_path, TWO_PARTNERS)
    keys = [*find("partners.*.programs"), "corps", " ", ENTER]
    assert sit_through(path, keys)["partners.mesa.programs"] == ["job-corps"]


def test_letters_that_no_box_has_tick_nothing(tmp_path: Path) -> None:
    path = answers(tmp_path, TWO_PARTNERS)
    keys = [*find("partners.*.programs"), "qqq", " ", ENTER]
    assert sit_through(path, keys)["partners.mesa.programs"] is None


def test_letters_in_a_list_of_some_length_never_put_the_question_off(tmp_path: Path) -> None:
    path = answers(tmp_path, "metrics:\n  - {id: jobs, name: Jobs, levels: [{year: 2025}]}\n")
    keys = [*find("metrics.*.levels.*.status"), "not neg", ENTER]
    assert sit_through(path, keys)["metrics.jobs.levels.2025.status"] == "not-negotiated"


def test_the_last_change_to_an_answer_can_be_undone_at_its_question(tmp_path: Path) -> None:
    path = answers(tmp_path, "board: {name: Mesa}\n")
    changed = [*find("board.name"), " Board", ENTER, ESC]
    assert sit_through(path, changed)["board.name"] == "Mesa Board"
    sat = sit_through(path, [*find("board.name"), TAB, UP * 4, ENTER])
    assert sat["board.name"] == "Mesa"
    assert "taken back" in sat.shown


MEASURES = """\
plan: {first_program_year: "2025"}
metrics:
  - {id: adult, name: Adult credential, unit: percent}
  - {id: youth, name: Youth credential, unit: percent}
"""


def test_levels_are_taken_from_a_spreadsheet_and_what_does_not_fit_is_shown(
    tmp_path: Path,
) -> None:
    table = "\t2025\t2026\nAdult credential\t71.5%\t72\nYouth credential\t\thigh\n"
    pasted = f"\x1b[200~{table}\x1b[201~"
    keys = [*find("metrics"), TAB, UP * 4, ENTER, pasted, DONE, ENTER]
    sat = sit_through(answers(tmp_path, MEASURES), keys)
    assert sat["metrics.adult.levels.2025.level"] == "71.5"
    assert sat["metrics.adult.levels.2026.level"] == "72"
    assert sat["metrics.youth.levels"] is None
    assert "Youth credential, 2026: high (A number, such as" in sat.shown
