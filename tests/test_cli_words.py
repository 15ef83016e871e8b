"""What the commands say to someone who knows workforce programs, not software."""

import textwrap
from datetime import UTC, datetime
from pathlib import Path

import pytest

from localplan.cli.app import run
from localplan.plan.file.answers import Change, load
from localplan.plan.file.history import sayings
from localplan.plan.file.saving import save
from localplan.plan.tree import get
from localplan.resources import EXAMPLES

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
AS_OF = ["--as-of", "2026-11-21"]
PARTNER = """localplan: 2
board: {name: Three Rivers}
partners:
  - id: mesa
    name: Mesa Adult School
    role: Teaches reading.
status:
  partners.mesa.kind: {state: later, owner: Ana, due: 2026-12-15}
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "answers.yaml"
    path.write_text(PARTNER, encoding="utf-8")
    return path


@pytest.fixture(autouse=True)
def wide(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "200")


def test_check_lists_missing_answers_by_section_and_name_with_their_owner(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(["check", str(file), "--all", *AS_OF])
    said = capsys.readouterr().out
    assert "Missing answers (" in said
    assert "Partnership, Mesa Adult School: What kind of organization is it? (later: Ana" in said


def test_check_names_the_place_in_words_before_the_message_and_as_a_path_behind_it(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(["check", str(file), "--all", *AS_OF])
    said = capsys.readouterr().out
    assert "Partnership: Mesa Adult School brings no resource" in said
    assert "[partners.mesa]" in said


def test_a_refused_final_plan_counts_many_missing_answers(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["draft", str(file), "--final", *AS_OF]) == 3
    said = capsys.readouterr().err
    assert "required answers are missing." in said
    assert said.count("accepted") == 1
    assert len(said.splitlines()) < 15


def test_set_makes_no_record_from_a_misspelled_id(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = file.read_bytes()
    assert run(["set", str(file), "partners.messa.role", "Teaches."]) == 1
    assert "There is no partner messa. Did you mean mesa?" in capsys.readouterr().err
    assert file.read_bytes() == before


def test_set_begins_a_new_record_with_its_name(file: Path) -> None:
    assert run(["set", str(file), "partners.delta.name", "Delta College"]) == 0
    assert run(["set", str(file), "partners.delta.role", "Teaches nursing."]) == 0


@pytest.mark.parametrize("state", ["CA", "ca", "California"])
def test_a_new_plan_knows_its_state_by_letters_or_name(tmp_path: Path, state: str) -> None:
    path = tmp_path / "answers.yaml"
    assert run(["new", str(path), "--state", state]) == 0
    assert "state: CA" in path.read_text(encoding="utf-8")


def test_a_new_plan_refuses_a_state_that_is_none(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["new", str(tmp_path / "answers.yaml"), "--state", "Texass"]) == 2
    assert "Did you mean Texas?" in capsys.readouterr().err
    assert not any(tmp_path.iterdir())


def test_a_new_plan_says_that_no_outline_of_its_state_ships_and_what_that_means(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "answers.yaml"
    assert run(["new", str(path), "--state", "WY"]) == 0
    said = capsys.readouterr().out
    assert "No outline of Wyoming ships with the program" in said
    assert "Nothing of what Wyoming asks beyond federal law is checked" in said
    assert f"localplan set {path} plan.outline federal" in said


def test_a_new_plan_in_a_state_with_an_outline_says_nothing_of_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["new", str(tmp_path / "answers.yaml"), "--state", "CA"]) == 0
    assert "outline" not in capsys.readouterr().out


def test_a_new_plan_takes_an_outline_by_name(tmp_path: Path) -> None:
    path = tmp_path / "answers.yaml"
    assert run(["new", str(path), "--state", "KY", "--outline", "federal"]) == 0
    assert "outline: federal" in path.read_text(encoding="utf-8")


def test_a_new_plan_refuses_an_outline_that_is_not_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "answers.yaml"
    assert run(["new", str(path), "--outline", "kentucky.yaml"]) == 2
    assert "There is no outline file" in capsys.readouterr().err
    assert not path.exists()


def test_a_forgotten_file_is_answered_with_a_whole_command(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["interview"]) == 2
    assert "such as: localplan interview answers.yaml" in capsys.readouterr().err


def test_the_date_of_another_cycle_is_not_taken_for_this_plan(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "answers.yaml"
    run(["new", str(path), "--state", "CA", "--first-year", "2029"])
    assert run(["calendar", str(path), *AS_OF]) == 1
    assert "submission_due" in capsys.readouterr().err


MANY = """localplan: 2
board: {name: Three Rivers}
partners:
  - {id: mesa, name: "Rehabilitation, Mesa office", role: Teaches.}
  - {id: alder, name: Alder, role: Teaches.}
  - {id: cedar, name: Cedar, role: Teaches.}
  - {id: delta, name: Delta, role: Teaches.}
  - {id: elm, name: Elm, role: Teaches.}
populations:
  - {id: veterans, name: Veterans}
approvals:
  - {id: county, body: Alder County Board of Supervisors, planned: 2027-01-05}
"""


@pytest.fixture
def many(tmp_path: Path) -> Path:
    path = tmp_path / "many.yaml"
    path.write_text(MANY, encoding="utf-8")
    return path


def test_check_shows_a_few_of_each_kind_so_that_no_kind_hides_another(
    many: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(["check", str(many), *AS_OF])
    said = capsys.readouterr().out
    assert said.count("brings no resource") == 2
    assert said.count("No partner carries out") == 1
    assert "No support names Veterans" in said
    assert "more (see all with --all)" in said
    run(["check", str(many), "--all", *AS_OF])
    said = capsys.readouterr().out
    assert said.count("brings no resource") == 5


def test_a_name_with_a_comma_is_said_once(many: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(["check", str(many), *AS_OF])
    assert "Partnership: Rehabilitation, Mesa office brings no resource" in capsys.readouterr().out


def test_check_says_how_to_let_a_warning_stand(
    many: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(["check", str(many), *AS_OF])
    said = capsys.readouterr().out
    assert "In the interview, choose Things to look at" in said
    assert "accepted:\n      partner-delivers-nothing/partners/mesa:\n        reason: " in said


def test_a_vote_that_is_missing_names_the_body(
    many: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(["check", str(many), "--stage", "submission", "--all", *AS_OF])
    assert "Alder County Board of Supervisors: When did it vote or sign?" in capsys.readouterr().out


def test_what_is_needed_only_in_some_cases_says_in_which(
    many: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(["check", str(many), "--all", *AS_OF])
    said = capsys.readouterr().out
    assert "Needed only in this case. The board limits training accounts." in said


def test_every_change_in_law_is_listed_where_everything_is_asked_for(
    many: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(["check", str(many), "--all", *AS_OF])
    said = capsys.readouterr().out
    assert "Age of the statute text behind this list" in said
    assert "see all with --all" not in said


def test_check_says_how_to_mark_a_change_in_law_as_looked_at(
    many: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(["check", str(many), *AS_OF])
    said = capsys.readouterr().out
    assert "accepted:\n      watch/wioa-authorization:\n        reason: Looked at" in said
    text = many.read_text(encoding="utf-8")
    marked = "accepted:\n  watch/wioa-authorization: {reason: Looked at}\n"
    many.write_text(text + marked, encoding="utf-8")
    run(["check", str(many), "--all", *AS_OF])
    assert "WIOA runs on yearly appropriations" not in capsys.readouterr().out


def test_a_plan_without_an_item_of_the_law_is_sent_to_the_question_before_the_draft(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "answers.yaml"
    path.write_bytes((EXAMPLES / "complete.yaml").read_bytes())
    save(load(path), [Change("narratives.youth_framework", None)], now=NOON)
    run(["check", str(path), *AS_OF])
    last = capsys.readouterr().out.splitlines()[-1]
    assert '"Youth design framework and the 14 elements"' in last
    assert last.endswith(f"localplan interview {path} --element delivery")


def _set(file: Path, path: str, *values: str) -> object:
    assert run(["set", str(file), path, *values]) == 0
    return get(load(file).tree, path)


@pytest.mark.parametrize("written", ["Kentucky", "kentucky", "ky", "KY"])
def test_set_takes_a_state_by_its_name_or_letters_and_keeps_the_letters(
    file: Path, written: str
) -> None:
    assert _set(file, "board.state", written) == "KY"


def test_set_takes_choices_and_records_by_their_names(file: Path) -> None:
    assert _set(file, "partners.mesa.programs", "Job Corps") == ["job-corps"]
    _set(file, "one_stops.main.name", "Main Street Center")
    assert _set(file, "one_stops.main.operator", "mesa adult school") == "mesa"


@pytest.mark.parametrize("written", ["the counties' development district", "messa"])
def test_set_refuses_a_record_that_is_not_there_and_names_those_that_are(
    file: Path, capsys: pytest.CaptureFixture[str], written: str
) -> None:
    _set(file, "one_stops.main.name", "Main Street Center")
    before = file.read_bytes()
    assert run(["set", str(file), "one_stops.main.operator", written]) == 1
    assert "mesa" in capsys.readouterr().err
    assert file.read_bytes() == before


@pytest.mark.parametrize("written", ["7/1/2025", "July 1, 2025", "2025-07-01"])
def test_options_take_days_as_answers_do(
    file: Path, capsys: pytest.CaptureFixture[str], written: str
) -> None:
    run(["check", str(file), "--json", "--as-of", written])
    usual = capsys.readouterr().out
    run(["check", str(file), "--json", "--as-of", "2025-07-01"])
    assert capsys.readouterr().out == usual != ""


def test_share_takes_a_due_day_as_answers_do(file: Path, tmp_path: Path) -> None:
    asked = ["share", str(file), "--partner", "mesa", "--due", "12/15/2026", *AS_OF]
    assert run(asked) == 0
    (note,) = tmp_path.rglob("*.txt")
    assert "December 15, 2026" in note.read_text(encoding="utf-8")


@pytest.mark.parametrize("written", ["2025-26", "PY2025", "PY 2025-2026", "2025", "2025/26"])
def test_a_program_year_is_taken_as_people_write_it(tmp_path: Path, written: str) -> None:
    made = tmp_path / "new.yaml"
    assert run(["new", str(made), "--first-year", written]) == 0
    assert get(load(made).tree, "plan.first_program_year") == "2025"
    assert _set(made, "plan.first_program_year", written) == "2025"


@pytest.mark.parametrize("written", ["25", "2025-28", "next year"])
def test_what_is_no_program_year_is_refused_with_an_example(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], written: str
) -> None:
    assert run(["new", str(tmp_path / "new.yaml"), "--first-year", written]) == 2
    told = capsys.readouterr().err
    assert f'"{written}" does not fit here' in told
    assert "such as 2025 (July 1, 2025 to June 30, 2026)" in " ".join(told.split())


@pytest.mark.parametrize("written", ["March 24, 2025", "Mar. 24 2025", "3/24/2025", "3-24-25"])
def test_set_keeps_a_day_in_the_form_that_the_interview_keeps(file: Path, written: str) -> None:
    assert _set(file, "public_comment.opens", written) == "2025-03-24"


def test_set_takes_back_what_was_said_instead_of_an_answer(file: Path) -> None:
    assert run(["set", str(file), "status.partners.mesa.kind", ""]) == 0
    assert get(load(file).tree, "status.partners.mesa.kind") is None


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        ("status.partners.mesa.knd", "", "Did you mean status.partners.mesa.kind?"),
        ("status.partners.mesa.kind", "later", "can only be taken back"),
    ],
)
def test_set_says_what_can_be_taken_back(
    file: Path, capsys: pytest.CaptureFixture[str], path: str, value: str, said: str
) -> None:
    before = file.read_bytes()
    assert run(["set", str(file), path, value]) == 1
    assert said in capsys.readouterr().err
    assert file.read_bytes() == before


def test_set_does_not_take_back_that_an_answer_was_carried(file: Path) -> None:
    text = PARTNER + "  partners.mesa.role: {state: carried}\n"
    file.write_text(text, encoding="utf-8")
    assert run(["set", str(file), "status.partners.mesa.role", ""]) == 1
    assert file.read_text(encoding="utf-8") == text


def test_the_lines_that_check_shows_let_the_finding_stand(
    many: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(["check", str(many), *AS_OF])
    said = capsys.readouterr().out
    shown = said[said.index("    accepted:\n") :].split("\n\n")[0]
    many.write_text(MANY + textwrap.dedent(shown) + "\n", encoding="utf-8")
    run(["check", str(many), *AS_OF])
    assert "Accepted: why it is as it should be" in capsys.readouterr().out


def test_a_full_check_names_every_finding_that_can_be_accepted(
    many: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(["check", str(many), "--all", *AS_OF])
    assert "(its name: partner-delivers-nothing/partners/elm)" in capsys.readouterr().out


TESTS = """plan:
  sector_rule:
    - {id: manufacturing, measure: Share of jobs, minimum: 5}
    - {id: growth, measure: Projected growth, minimum: 8}
one_stops:
  - {id: main, name: Main Street Center, operator: mesa}
"""


@pytest.fixture
def tested(file: Path) -> Path:
    file.write_text(PARTNER + TESTS, encoding="utf-8")
    return file


def test_an_empty_value_at_a_record_removes_it_and_it_can_be_brought_back(
    tested: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = "plan.sector_rule.manufacturing"
    before = get(load(tested).tree, "plan.sector_rule")
    assert _set(tested, path, "") is None
    said = next(each for each in sayings(tested, path) if each.value is not None)
    since = said.since if said.noted else said.name
    capsys.readouterr()
    assert run(["restore", str(tested), since, path, *AS_OF]) == 0
    after = get(load(tested).tree, "plan.sector_rule")
    assert isinstance(before, list)
    assert isinstance(after, list)
    assert sorted(map(str, after)) == sorted(map(str, before))


def test_what_was_said_of_a_removed_record_goes_with_it(tested: Path) -> None:
    assert run(["set", str(tested), "one_stops.main.operator", ""]) == 0
    assert _set(tested, "partners.mesa", "") is None
    assert not get(load(tested).tree, "status")


def test_a_record_that_others_name_is_not_removed_and_they_are_named(
    tested: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = tested.read_bytes()
    assert run(["set", str(tested), "partners.mesa", ""]) == 1
    told = capsys.readouterr().err
    assert "one_stops.main.operator (Main Street Center: operator)" in told
    assert tested.read_bytes() == before


def test_a_record_whose_last_answer_is_removed_leaves_no_bare_id(
    tested: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _set(tested, "plan.sector_rule.growth.measure", "")
    assert get(load(tested).tree, "plan.sector_rule.growth") is not None
    capsys.readouterr()
    _set(tested, "plan.sector_rule.growth.minimum", "")
    assert get(load(tested).tree, "plan.sector_rule.growth") is None
    assert "plan.sector_rule.growth is removed" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("path", "written", "code"),
    [
        ("partners.mesa.kind", "State workforce agency", "employment-service"),
        ("partners.mesa.programs", "Wagner-Peyser Employment Service", ["wagner-peyser"]),
        ("one_stops.main.operator", "Adult School", "mesa"),
    ],
)
def test_set_takes_a_part_of_a_label_that_only_one_choice_has(
    tested: Path, path: str, written: str, code: object
) -> None:
    assert _set(tested, path, written) == code


def test_set_refuses_what_several_labels_hold_and_names_labels_with_codes(
    tested: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = tested.read_bytes()
    assert run(["set", str(tested), "partners.mesa.kind", "college"]) == 1
    assert "College or university (four-year) (university)" in capsys.readouterr().err
    assert tested.read_bytes() == before
