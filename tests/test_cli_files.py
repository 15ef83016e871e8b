"""The command line and the disk: what cannot be written, and what was there before."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from localplan.cli.app import VERBS, run
from localplan.desk.drafting import set_aside
from localplan.desk.files import WriteError
from localplan.resources import EXAMPLES
from localplan.review.ledger import open_ledger

AS_OF = ["--as-of", "2026-11-21"]


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    """A copy of the quick start that a test may change."""
    copy = tmp_path / "answers.yaml"
    shutil.copy(EXAMPLES / "quick-start.yaml", copy)
    return copy


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_takes_a_day(verb: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([verb, "--help"]) == 0
    assert "--as-of DATE" in capsys.readouterr().out


def test_a_plan_in_a_folder_that_cannot_be_made_is_refused_with_the_folder(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "plans").write_text("a file", encoding="utf-8")
    assert run(["new", str(tmp_path / "plans" / "answers.yaml")]) == 1
    assert f"The folder {tmp_path / 'plans'} cannot be made" in capsys.readouterr().err


def test_a_draft_that_cannot_be_recorded_is_not_written(
    answers: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answers.with_name("drafts").write_text("a file", encoding="utf-8")
    target = answers.with_name("plan.md")
    assert run(["draft", str(answers), "-o", str(target), *AS_OF]) == 1
    assert "drafts" in capsys.readouterr().err
    assert not target.exists()


def test_a_draft_that_somebody_changed_is_kept_and_the_person_is_told(
    answers: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = answers.with_name("plan.md")
    target.write_text("my own words", encoding="utf-8")
    assert run(["draft", str(answers), "-o", str(target), *AS_OF]) == 0
    kept = target.with_name("plan (kept 2026-11-21).md")
    assert kept.read_text(encoding="utf-8") == "my own words"
    assert str(kept) in capsys.readouterr().out


def test_a_draft_for_other_readers_points_to_the_check_for_them(
    answers: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["draft", str(answers), "--stage", "board", *AS_OF]) == 0
    assert f"localplan check {answers} --stage board" in capsys.readouterr().out


def test_a_template_that_is_not_there_is_named_as_it_was_typed(
    answers: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["draft", str(answers), "--outline", "gone.j2", *AS_OF]) == 1
    assert "There is no template gone.j2." in capsys.readouterr().err


def test_an_outline_in_the_file_that_is_not_there_is_a_finding_that_can_be_mended(
    answers: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = answers.read_text(encoding="utf-8")
    answers.write_text(text.replace("outline: ca\n", "outline: nowhere\n"), encoding="utf-8")
    assert run(["check", str(answers), *AS_OF]) == 3
    told = " ".join(capsys.readouterr().out.split())
    assert 'There is no outline "nowhere"' in told
    assert "[plan.outline]" in told
    assert run(["draft", str(answers), *AS_OF]) == 0
    assert run(["set", str(answers), "plan.outline", "ca"]) == 0


def test_own_words_for_a_passage_that_is_not_there_are_told_and_kept(
    answers: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own = (
        "\npassages:\n  partnership-overview: {text: We are one.}\n  partnerships: {text: Lost.}\n"
    )
    answers.write_text(answers.read_text(encoding="utf-8") + own, encoding="utf-8")
    target = answers.with_name("plan.md")
    assert run(["draft", str(answers), "-o", str(target), *AS_OF]) == 0
    told = capsys.readouterr().out
    assert "passages.partnerships." in told
    assert "passages.partnership-overview" not in told
    assert "We are one." in target.read_text(encoding="utf-8")


@pytest.mark.skipif(not Path("/sys/kernel").is_dir(), reason="needs a folder that nobody can write")
def test_a_draft_that_cannot_be_written_says_to_close_it_or_choose_another_name(
    answers: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["draft", str(answers), "-o", "/sys/kernel/plan.md", *AS_OF]) == 1
    said = capsys.readouterr().err
    assert "/sys/kernel/plan.md is open in another program, or may not be written to." in said
    assert "choose another name with -o" in said


@pytest.mark.skipif(not Path("/proc/version").is_file(), reason="needs a file nobody can move")
def test_a_changed_draft_that_is_held_open_is_not_moved_away(tmp_path: Path) -> None:
    ledger = open_ledger(tmp_path / "answers.yaml")
    with pytest.raises(WriteError, match="Close it there, or choose another name with -o"):
        set_aside(Path("/proc/version"), b"", ledger, date(2027, 1, 12))
