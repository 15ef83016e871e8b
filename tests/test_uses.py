"""Answers that several plans share: one file, read by each, written by none."""

import json
import os
from pathlib import Path

import pytest

from localplan.cli.app import run
from localplan.desk.desk import open_plan
from localplan.errors import LocalPlanError
from localplan.plan.file.answers import load
from localplan.plan.file.uses import LARGEST, with_shared
from localplan.plan.tree import get

PROFILE = """\
board: {name: Delta Board, state: CA, mission: To serve.}
partners:
  - {id: college, name: Delta College, programs: [perkins], pain_points: Slow}
  - {id: edd, name: Job Service}
notes: {board.name: Ask Ana}
private: [partners.college.pain_points]
narratives: {workforce_analysis: The region grows.}
"""
PLAN = """\
board: {mission: Work for all.}
partners:
  - {id: college, role: Teaches}
  - {id: union, name: Trades Council}
uses:
  - {id: profile, file: profile.yaml}
"""


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    (tmp_path / "profile.yaml").write_text(PROFILE, encoding="utf-8")
    path = tmp_path / "plan.yaml"
    path.write_text(PLAN, encoding="utf-8")
    return path


def test_what_the_plan_says_itself_counts_first(plan: Path) -> None:
    tree = open_plan(plan).tree
    assert get(tree, "board.name") == "Delta Board"
    assert get(tree, "board.mission") == "Work for all."
    assert get(tree, "partners.college.role") == "Teaches"
    assert get(tree, "partners.college.programs") == ["perkins"]
    assert get(tree, "partners.union.name") == "Trades Council"


def test_every_answer_knows_its_file(plan: Path) -> None:
    origins = with_shared(load(plan).tree, plan.parent).origins
    assert origins["board.name"] == "profile.yaml"
    assert origins["partners.college.name"] == "profile.yaml"
    assert "board.mission" not in origins
    assert "partners.college.role" not in origins


def test_notes_and_private_answers_never_travel(plan: Path) -> None:
    tree = open_plan(plan).tree
    assert get(tree, "notes.board.name") is None
    assert get(tree, "partners.college.pain_points") is None
    assert get(tree, "narratives.workforce_analysis") is None


def test_a_pattern_keeps_the_answers_of_every_record_in_the_shared_file(plan: Path) -> None:
    shared = plan.parent / "profile.yaml"
    text = shared.read_text(encoding="utf-8")
    shared.write_text(text.replace("private: [", "private: [partners.*.name, "), encoding="utf-8")
    assert get(open_plan(plan).file.tree, "partners.edd") is None


@pytest.mark.parametrize("name", ["/dev/zero", "pipe.yaml", "folder"])
def test_a_shared_file_that_is_no_file_is_refused_at_once(
    plan: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    os.mkfifo(plan.parent / "pipe.yaml")
    (plan.parent / "folder").mkdir()
    text = plan.read_text(encoding="utf-8")
    plan.write_text(text.replace("profile.yaml", name), encoding="utf-8")
    assert run(["check", str(plan)]) == 1
    assert "is no file of answers" in capsys.readouterr().err


def test_a_shared_file_beyond_all_measure_is_refused(
    plan: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with (plan.parent / "profile.yaml").open("ab") as file:
        file.truncate(LARGEST + 1)
    assert run(["check", str(plan)]) == 1
    assert "larger than 20 MB" in capsys.readouterr().err


def test_an_edit_becomes_an_override_and_the_shared_file_stays(plan: Path) -> None:
    before = (plan.parent / "profile.yaml").read_bytes()
    assert run(["set", str(plan), "partners.edd.role", "Refers people"]) == 0
    assert (plan.parent / "profile.yaml").read_bytes() == before
    assert get(load(plan).tree, "partners.edd") == {"id": "edd", "role": "Refers people"}
    assert get(open_plan(plan).tree, "partners.edd.name") == "Job Service"


def test_single_answers_can_come_from_another_plan(plan: Path) -> None:
    plan.write_text(
        PLAN.replace(
            "file: profile.yaml", "file: profile.yaml, parts: [narratives.workforce_analysis]"
        ),
        encoding="utf-8",
    )
    tree = open_plan(plan).tree
    assert get(tree, "narratives.workforce_analysis") == "The region grows."
    assert get(tree, "board.name") is None


def test_check_counts_shared_answers(plan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(["check", str(plan), "--json"])
    missing = {
        finding["path"]
        for finding in json.loads(capsys.readouterr().out)["findings"]
        if finding["rule"] == "missing-answer"
    }
    assert "board.name" not in missing
    assert "board.director" in missing


def test_history_says_which_file_an_answer_came_from(
    plan: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["history", str(plan), "board.name"]) == 0
    assert "comes from profile.yaml" in capsys.readouterr().out


def test_a_shared_file_that_is_missing_or_shares_itself_is_named(plan: Path) -> None:
    shared = plan.parent / "profile.yaml"
    shared.write_text(PROFILE + "uses: [{id: a, file: b.yaml}]\n", encoding="utf-8")
    with pytest.raises(LocalPlanError, match="uses other files itself"):
        open_plan(plan)
    shared.unlink()
    with pytest.raises(LocalPlanError, match="there is no file"):
        open_plan(plan)


def test_the_next_plan_shares_the_same_files_from_wherever_it_stands(
    plan: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    new = plan.parent / "2029" / "plan.yaml"
    assert run(["carry", str(plan), str(new), "--first-year", "2029", "--json"]) == 0
    asked = {each["path"] for each in json.loads(capsys.readouterr().out)["to_answer"]}
    assert "board.name" not in asked
    assert get(open_plan(new).tree, "board.name") == "Delta Board"
    assert get(load(new).tree, "uses.profile.file") == "../profile.yaml"


def test_one_part_may_be_named_without_brackets(plan: Path) -> None:
    one = "  - {id: profile, file: profile.yaml, parts: narratives.workforce_analysis}\n"
    plan.write_text(f"uses:\n{one}", encoding="utf-8")
    tree = open_plan(plan).tree
    assert get(tree, "narratives.workforce_analysis") == "The region grows."
    assert get(tree, "board.name") is None


def test_a_snapshot_finds_the_shared_files_of_its_plan(plan: Path, tmp_path: Path) -> None:
    assert run(["snapshot", str(plan), "vote", "--as-of", "2026-11-21"]) == 0
    kept = tmp_path / "snapshots" / "plan" / "2026-11-21 vote.yaml"
    assert get(open_plan(kept).tree, "board.name") == "Delta Board"
    (tmp_path / "next").mkdir()
    new = tmp_path / "next" / "plan.yaml"
    assert run(["carry", str(kept), str(new), "--first-year", "2029"]) == 0
    assert get(open_plan(new).tree, "board.name") == "Delta Board"


def test_copies_merged_into_another_folder_still_find_the_shared_file(
    plan: Path, tmp_path: Path
) -> None:
    theirs = tmp_path / "theirs.yaml"
    theirs.write_text(PLAN.replace("Teaches", "Leads"), encoding="utf-8")
    (tmp_path / "sub").mkdir()
    out = tmp_path / "sub" / "out.yaml"
    assert run(["merge", str(plan), str(theirs), "--base", str(plan), "-o", str(out)]) == 0
    tree = open_plan(out).tree
    assert get(tree, "board.name") == "Delta Board"
    assert get(tree, "partners.college.role") == "Leads"


def test_history_shows_what_the_shared_file_says(
    plan: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["history", str(plan), "board.name"]) == 0
    said = capsys.readouterr().out
    assert "comes from profile.yaml" in said
    assert "Delta Board" in said
    assert "(not there)" not in said
