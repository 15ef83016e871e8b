"""The command line, as a person or a script meets it."""

import json
import shutil
from dataclasses import asdict, fields
from pathlib import Path
from typing import get_args

import pytest
from pydantic import TypeAdapter

from localplan.cli.app import VERBS, run
from localplan.desk.checkdata import (
    CheckData,
    CriterionData,
    FindingData,
    LengthData,
    PartData,
    RequirementData,
    SectionData,
    WatchData,
)
from localplan.plan.checks.coverage import Status
from localplan.resources import EXAMPLES

AS_OF = ["--as-of", "2026-11-21"]
PARTS = (
    SectionData, RequirementData, CriterionData, PartData, FindingData, LengthData, WatchData,
)  # fmt: skip
"""The shapes inside what `check --json` prints."""


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    """A copy of the quick start that a test may change."""
    copy = tmp_path / "answers.yaml"
    shutil.copy(EXAMPLES / "quick-start.yaml", copy)
    return copy


@pytest.fixture
def complete(tmp_path: Path) -> Path:
    """A copy of the complete example that a test may change."""
    copy = tmp_path / "answers.yaml"
    shutil.copy(EXAMPLES / "complete.yaml", copy)
    return copy


def test_every_verb_has_a_page_of_help_with_examples(capsys: pytest.CaptureFixture[str]) -> None:
    for verb in VERBS:
        assert run([verb, "--help"]) == 0
        printed = capsys.readouterr().out
        assert "Examples:" in printed, verb
        assert f"localplan {verb}" in printed, verb


def test_a_misspelled_verb_is_wrong_usage_and_names_the_nearest(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["chek"]) == 2
    assert "Did you mean check?" in capsys.readouterr().err


def test_a_new_plan_knows_what_was_given_and_can_be_checked(tmp_path: Path) -> None:
    file = tmp_path / "answers.yaml"
    assert (
        run(["new", str(file), "--board", "Three Rivers", "--state", "ca", "--first-year", "2025"])
        == 0
    )
    text = file.read_text(encoding="utf-8")
    assert "name: Three Rivers" in text
    assert "state: CA" in text
    assert "period_end: 2029-06-30" in text
    assert json.loads((tmp_path / "answers.schema.json").read_text(encoding="utf-8"))["properties"]
    assert run(["check", str(file)]) == 3


def test_a_new_plan_never_replaces_a_file(
    answers: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = answers.read_bytes()
    assert run(["new", str(answers)]) == 1
    assert "is already there" in capsys.readouterr().err
    assert answers.read_bytes() == before


def test_a_complete_plan_ends_check_with_0(complete: Path) -> None:
    assert run(["check", str(complete), *AS_OF]) == 0


def test_check_prints_what_its_published_schema_says(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["check", "--schema"]) == 0
    schema = json.loads(capsys.readouterr().out)
    for name in ("complete", "quick-start", "orange-county"):
        copy = tmp_path / "answers.yaml"
        shutil.copy(EXAMPLES / f"{name}.yaml", copy)
        run(["check", str(copy), "--json", *AS_OF])
        printed = capsys.readouterr().out
        assert asdict(TypeAdapter(CheckData).validate_json(printed)) == json.loads(printed)
    assert set(schema["required"]) == {field.name for field in fields(CheckData)}
    for shape in PARTS:
        told = schema["$defs"][shape.__name__]["required"]
        assert set(told) == {field.name for field in fields(shape)}, shape
    said = schema["$defs"]["CriterionData"]["properties"]["status"]["enum"]
    assert said == list(get_args(Status))
    assert "answered" in said


def test_a_criterion_is_marked_with_set_and_the_mark_is_signed_and_taken_back(
    complete: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def status() -> str:
        run(["check", str(complete), "--json", *AS_OF])
        rows = json.loads(capsys.readouterr().out)["frameworks"]
        return next(str(row["status"]) for row in rows if row["criterion"] == "aqcp-delivery-6")

    path = "accepted.criterion/aqcp-delivery-6"
    assert status() == "answered"
    assert run(["set", str(complete), path, "4.1, second paragraph", *AS_OF]) == 0
    capsys.readouterr()
    assert status() == "addressed"
    assert "on: 2026-11-21" in complete.read_text(encoding="utf-8").partition(path[9:])[2][:120]
    assert run(["set", str(complete), path, "", *AS_OF]) == 0
    capsys.readouterr()
    assert status() == "answered"


def test_a_mark_of_a_criterion_nobody_knows_is_refused_with_the_nearest(
    complete: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = complete.read_bytes()
    assert run(["set", str(complete), "accepted.criterion/aqcp-deliver-6", "4.1"]) == 1
    assert "Did you mean aqcp-delivery-6?" in capsys.readouterr().err
    assert complete.read_bytes() == before


def test_check_says_how_many_answers_are_missing_and_where_to_start(
    answers: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["check", str(answers), *AS_OF]) == 3
    last = capsys.readouterr().out.strip().splitlines()[-1]
    assert "required answers are missing" in last
    assert f"localplan interview {answers} --element" in last


def test_check_as_json_holds_the_contract(
    complete: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(["check", str(complete), "--json", *AS_OF])
    data = json.loads(capsys.readouterr().out)
    assert data["complete"] is True
    assert (
        data["elements"]["partnership"]["answered"] == data["elements"]["partnership"]["required"]
    )
    assert {"id", "status", "where"} <= data["requirements"][0].keys()
    assert {"id", "element", "criterion", "status", "where"} <= data["frameworks"][0].keys()
    assert {"id", "rule", "severity", "path", "message"} <= data["findings"][0].keys()


def test_a_full_check_says_what_is_still_open(
    answers: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(["check", str(answers), "--all", *AS_OF])
    said = " ".join(capsys.readouterr().out.split())
    assert "Still open: narratives.employer_needs" in said


def test_the_proof_is_written_to_a_file_of_its_own(complete: Path) -> None:
    proof = complete.with_name("proof.md")
    assert run(["check", str(complete), "--proof", str(proof), *AS_OF]) == 0
    said = proof.read_text(encoding="utf-8")
    assert "Appendix A. Requirement crosswalk" in said
    assert "What staff judge" in said


def test_the_proof_for_the_public_shows_no_judgment(complete: Path) -> None:
    proof = complete.with_name("proof.md")
    run(["check", str(complete), "--stage", "public", "--proof", str(proof), *AS_OF])
    assert "What staff judge" not in proof.read_text(encoding="utf-8")


def test_a_proof_in_an_unknown_format_is_wrong_usage(complete: Path) -> None:
    assert run(["check", str(complete), "--proof", str(complete.with_name("proof.txt"))]) == 2


def test_checking_changes_nothing_on_disk(answers: Path) -> None:
    before = {path: path.read_bytes() for path in answers.parent.rglob("*") if path.is_file()}
    run(["check", str(answers), *AS_OF])
    after = {path: path.read_bytes() for path in answers.parent.rglob("*") if path.is_file()}
    assert before == after


def test_set_changes_one_answer(answers: Path) -> None:
    assert run(["set", str(answers), "board.mission", "Good jobs for all."]) == 0
    assert "mission: Good jobs for all." in answers.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        ("board.nmae", "x", "Did you mean board.name?"),
        ("plan.period_start", "soon", "A date, such as 2025-07-01"),
        ("board.state", "ZZ", "none of the choices"),
        ("partners", "x", "is a list of records"),
    ],
)
def test_set_refuses_what_does_not_fit_and_says_what_does(
    answers: Path, capsys: pytest.CaptureFixture[str], path: str, value: str, said: str
) -> None:
    before = answers.read_bytes()
    assert run(["set", str(answers), path, value]) == 1
    assert said in capsys.readouterr().err
    assert answers.read_bytes() == before


@pytest.mark.parametrize("ending", ["docx", "html", "md"])
def test_a_draft_is_written_in_the_format_its_name_says(answers: Path, ending: str) -> None:
    target = answers.parent / f"plan.{ending}"
    assert run(["draft", str(answers), "-o", str(target), *AS_OF]) == 0
    assert target.stat().st_size > 1000


def test_the_same_answers_give_the_same_bytes(answers: Path) -> None:
    first, second = answers.parent / "one.docx", answers.parent / "two.docx"
    run(["draft", str(answers), "-o", str(first), *AS_OF])
    run(["draft", str(answers), "-o", str(second), *AS_OF])
    assert first.read_bytes() == second.read_bytes()


def test_a_draft_that_someone_edited_is_kept_under_a_dated_name(answers: Path) -> None:
    target = answers.parent / "plan.docx"
    run(["draft", str(answers), "-o", str(target), *AS_OF])
    target.write_bytes(b"edited by hand")
    run(["draft", str(answers), "-o", str(target), *AS_OF])
    kept = answers.parent / "plan (kept 2026-11-21).docx"
    assert kept.read_bytes() == b"edited by hand"
    assert target.read_bytes() != b"edited by hand"


def test_drafts_are_numbered_in_the_order_of_the_answers_they_came_from(answers: Path) -> None:
    target = answers.parent / "plan.md"
    run(["draft", str(answers), "-o", str(target), *AS_OF])
    run(["set", str(answers), "board.mission", "Good jobs for all."])
    run(["draft", str(answers), "-o", str(target), *AS_OF])
    assert "Working draft 2" in target.read_text(encoding="utf-8")


def test_a_draft_in_another_order_has_the_number_of_the_same_answers(answers: Path) -> None:
    for order in ("elements", "ca", "federal"):
        target = answers.parent / f"{order}.md"
        run(["draft", str(answers), "--outline", order, "-o", str(target), *AS_OF])
        assert "Working draft 1," in target.read_text(encoding="utf-8")


def test_a_draft_for_other_readers_has_the_next_number(answers: Path) -> None:
    run(["draft", str(answers), "-o", str(answers.parent / "plan.md"), *AS_OF])
    target = answers.parent / "public.md"
    run(["draft", str(answers), "--stage", "public", "-o", str(target), *AS_OF])
    assert "(draft 2, " in target.read_text(encoding="utf-8")


def test_an_unknown_format_is_wrong_usage(
    answers: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["draft", str(answers), "-o", "plan.odt"]) == 2
    assert ".docx, .html, .md, .pdf" in capsys.readouterr().err


def test_a_final_draft_is_refused_while_answers_are_missing(
    answers: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["draft", str(answers), "--final", *AS_OF]) == 3
    assert "not ready for submission" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b"- a\n- b\n", "list"),
        (b"board:\n\tname: x\n", "tab"),
        (b"board:\n  name: a\nboard:\n  name: b\n", '"board" is used twice'),
        (b"board: !!python/object x\n", "line 1"),
        (b"a: &x 1\nb: *x\n", "line 1"),
        (b"<<<<<<< mine\nboard:\n  name: x\n=======\n>>>>>>> theirs\n", "line 1"),
        (b"\x00\x01\x02PK", "not a text file"),
        (b"localplan: 99\n", "newer version"),
    ],
)
def test_a_file_that_is_not_an_answers_file_gives_one_clear_message(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes, said: str
) -> None:
    file = tmp_path / "answers.yaml"
    file.write_bytes(content)
    for verb in (["check"], ["draft"], ["set"]):
        more = ["board.name", "x"] if verb == ["set"] else []
        assert run([*verb, str(file), *more]) == 1
        message = capsys.readouterr().err
        assert said in message
        assert len(message.strip().splitlines()) <= 2
    assert file.read_bytes() == content


def test_a_folder_in_place_of_a_file_is_said_plainly(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["check", str(tmp_path)]) == 1
    assert "is a folder" in capsys.readouterr().err


def test_the_demo_writes_a_draft_in_each_format_and_says_where(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["demo", str(tmp_path / "demo"), *AS_OF]) == 0
    printed = capsys.readouterr().out
    for ending in ("docx", "html", "md"):
        assert (tmp_path / "demo" / f"plan.{ending}").is_file()
        assert f"plan.{ending}" in printed


def test_the_law_is_shown_with_its_cases_its_rules_and_what_changed(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["standards", "wioa"]) == 0
    said = capsys.readouterr().out
    assert "Needed only in this case. The board limits training accounts." in said
    assert "PR-8  Approval after 90 days" in said
    assert "Trade Adjustment Assistance is ending" in said


def test_an_outline_is_shown_with_its_limits_and_what_was_not_seen(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["standards", "or"]) == 0
    said = capsys.readouterr().out
    assert "Workforce and Economic Analysis, at most 10 pages" in said
    assert "Files: " in said
    assert "Comment period" not in said
    assert run(["standards", "ca"]) == 0
    said = capsys.readouterr().out
    assert "(only headings were seen)" in said
    assert "Regional economy, workforce and sectors (regional)" in said


def test_the_standards_are_listed_and_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["standards"]) == 0
    listed = capsys.readouterr().out
    for name in ("wioa", "aqcp", "ca", "federal"):
        assert name in listed
        assert run(["standards", name]) == 0
        assert capsys.readouterr().out
    assert run(["standards", "zz"]) == 1
