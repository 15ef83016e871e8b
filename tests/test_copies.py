"""Copies that sync programs leave beside a plan are noticed, and merging them is offered."""

from pathlib import Path

import pytest
from interview_helper import sit_through
from review_helper import AS_OF, SMALL, small_plan

from localplan.cli.app import run
from localplan.plan.file.copies import conflict_copies, original_of

OTHER = SMALL.replace("People find good work here.", "Good work for all.")
NAMES = (
    "answers (1).yaml",
    "answers(2).yaml",
    "answers-PC01.yaml",
    "answers-DESKTOP-AB12CD3.yaml",
    "answers (Ana's conflicted copy 2026-11-30).yaml",
    "answers (conflicted copy 2026-11-30 101500).yaml",
    "answers.sync-conflict-20261130-101500-ABCDEFG.yaml",
    "answers_conflict-20261130-101500.yaml",
    "answers(Conflict_Ana_2026-11-30-10-15-00).yaml",
    "answers 2.yaml",
    "answers - Copy.yaml",
    "answers - Copy (2).yaml",
    "Copy of answers.yaml",
)


def beside(plan: Path, name: str, text: str = OTHER) -> Path:
    copy = plan.with_name(name)
    copy.write_text(text, encoding="utf-8")
    return copy


@pytest.mark.parametrize("name", NAMES)
def test_a_copy_with_other_answers_of_the_same_plan_is_found(tmp_path: Path, name: str) -> None:
    plan = small_plan(tmp_path)
    copy = beside(plan, name)
    assert conflict_copies(plan) == (copy,)


@pytest.mark.parametrize(
    "name",
    [
        "answers-2029.yaml", "answers-final.yaml", "answers.docx", "answers (old).yaml",
        "plan (1).yaml", "answers 2029.yaml", "answers-PC01.yml",
    ],
)  # fmt: skip
def test_a_name_that_a_person_gave_is_no_copy(tmp_path: Path, name: str) -> None:
    plan = small_plan(tmp_path)
    beside(plan, name)
    assert conflict_copies(plan) == ()


@pytest.mark.parametrize(
    "text",
    [
        SMALL,
        SMALL.replace("Test Valley Workforce Board", "Sierra Workforce Board"),
        SMALL.replace("first_program_year: 2025", "first_program_year: 2029"),
        "groceries: [milk]\n",
        "board:\n\tname: [\n",
        "",
    ],
)
def test_the_same_answers_and_those_of_another_plan_are_no_copy(tmp_path: Path, text: str) -> None:
    plan = small_plan(tmp_path)
    beside(plan, "answers (1).yaml", text)
    assert conflict_copies(plan) == ()


@pytest.mark.parametrize(
    "verb", [["set", "board.name", "Test Valley"], ["check"], ["check", "--json"], ["draft"]]
)
def test_each_verb_says_once_how_to_bring_the_copies_together(
    tmp_path: Path, verb: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    plan = small_plan(tmp_path)
    copy = beside(plan, "answers (1).yaml")
    run([verb[0], str(plan), *verb[1:], *AS_OF])
    told = capsys.readouterr()
    merge = f'localplan merge {plan} "{copy}" -o {plan.with_name("answers-merged.yaml")}'
    assert told.err.count(merge) == 1
    assert "localplan merge" not in told.out


@pytest.mark.parametrize("text", [SMALL, OTHER])
@pytest.mark.parametrize("name", ["answers - Copy.yaml", "Copy of answers.yaml"])
def test_who_works_in_the_copy_is_told_so(
    tmp_path: Path, name: str, text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    plan = small_plan(tmp_path)
    copy = beside(plan, name, text)
    assert original_of(copy) == plan
    run(["set", str(copy), "board.director", "Ana Ruiz", *AS_OF])
    told = capsys.readouterr().err
    assert f"{name} looks like a copy of answers.yaml" in told
    assert f'localplan merge {plan} "{copy}" -o {plan.with_name("answers-merged.yaml")}' in told


def test_the_command_that_is_offered_brings_both_together(tmp_path: Path) -> None:
    plan = small_plan(tmp_path)
    copy, out = beside(plan, "answers (1).yaml"), plan.with_name("answers-merged.yaml")
    assert run(["merge", str(plan), str(copy), "--keep", "theirs", "-o", str(out)]) == 0
    assert "Good work for all." in out.read_text(encoding="utf-8")


def test_no_copy_no_word(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plan = small_plan(tmp_path)
    run(["set", str(plan), "board.name", "Test Valley"])
    assert capsys.readouterr().err == ""


def test_the_interview_names_the_copy_on_its_first_screen(tmp_path: Path) -> None:
    plan = small_plan(tmp_path)
    beside(plan, "answers (1).yaml")
    assert "answers (1).yaml" in sit_through(plan, []).shown
