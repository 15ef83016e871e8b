"""Copies that come together, and states of a plan that can be found again."""

import io
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from localplan.cli.app import run
from localplan.errors import LocalPlanError
from localplan.interview.screens.versions import ask_versions
from localplan.plan.file.answers import Change, load
from localplan.plan.file.backups import backups
from localplan.plan.file.history import kept_states, sayings, snapshots, state_named
from localplan.plan.file.merge import Conflict
from localplan.plan.file.saving import save
from localplan.plan.tree import get

TEXT = """\
# Our plan
board:
  name: Delta        # as on the letterhead
  mission: To serve.
narratives:
  sector_need: Nurses.
"""
DAY = ("--as-of", "2026-11-21")


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "plan.yaml"
    path.write_text(TEXT, encoding="utf-8")
    return path


def written(path: Path, old: str, new: str) -> Path:
    path.write_text(TEXT.replace(old, new), encoding="utf-8")
    return path


def test_edits_of_two_copies_come_together_with_the_comments(tmp_path: Path, plan: Path) -> None:
    mine = written(tmp_path / "mine.yaml", "Delta ", "Sierra ")
    theirs = written(tmp_path / "theirs.yaml", "Nurses.", "Welders.")
    out = tmp_path / "out.yaml"
    assert run(["merge", str(mine), str(theirs), "--base", str(plan), "-o", str(out)]) == 0
    assert out.read_text(encoding="utf-8") == TEXT.replace("Delta ", "Sierra ").replace(
        "Nurses.", "Welders."
    )


def test_the_same_answer_changed_by_both_is_shown_and_nothing_is_written(
    tmp_path: Path, plan: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mine = written(tmp_path / "mine.yaml", "Nurses.", "Welders.")
    theirs = written(tmp_path / "theirs.yaml", "Nurses.", "Drivers.")
    out = tmp_path / "out.yaml"
    assert run(["merge", str(mine), str(theirs), "--base", str(plan), "-o", str(out)]) == 1
    said = capsys.readouterr().err
    assert "narratives.sector_need" in said
    assert "Welders." in said
    assert "Drivers." in said
    assert not out.exists()


@pytest.mark.parametrize(("side", "kept"), [("mine", "Welders."), ("theirs", "Drivers.")])
def test_without_a_base_every_difference_is_decided_by_the_rule_given(
    tmp_path: Path, side: str, kept: str
) -> None:
    mine = written(tmp_path / "mine.yaml", "Nurses.", "Welders.")
    theirs = written(tmp_path / "theirs.yaml", "Nurses.", "Drivers.")
    out = tmp_path / "out.yaml"
    assert run(["merge", str(mine), str(theirs), "--keep", side, "-o", str(out)]) == 0
    assert get(load(out).tree, "narratives.sector_need") == kept


@pytest.mark.parametrize("side", ["mine", "theirs"])
def test_an_answer_that_only_one_copy_has_is_never_replaced_by_nothing(
    tmp_path: Path, side: str
) -> None:
    mine = written(tmp_path / "mine.yaml", "  mission: To serve.\n", "")
    theirs = written(tmp_path / "theirs.yaml", "  sector_need: Nurses.", "  workforce: Young.")
    out = tmp_path / "out.yaml"
    assert run(["merge", str(mine), str(theirs), "--keep", side, "-o", str(out)]) == 0
    tree = load(out).tree
    assert get(tree, "board.mission") == "To serve."
    assert get(tree, "narratives.sector_need") == "Nurses."
    assert get(tree, "narratives.workforce") == "Young."


@pytest.mark.parametrize(
    ("mine", "theirs", "kept"),
    [(None, "To serve.", "theirs"), ("", "To serve.", "theirs"), ("To serve.", None, "mine")],
)
def test_enter_alone_keeps_the_answer_that_is_there(
    mine: str | None, theirs: str | None, kept: str
) -> None:
    conflict = Conflict("board.mission", None, mine, theirs)
    with create_pipe_input() as pipe, create_app_session(input=pipe, output=DummyOutput()):
        pipe.send_text("\r")
        decided = ask_versions([conflict], ("mine.yaml", "theirs.yaml"), str)
    assert decided == {"board.mission": kept}


def test_an_answer_that_one_copy_removed_and_the_other_changed_is_decided_by_the_rule(
    tmp_path: Path, plan: Path
) -> None:
    mine = written(tmp_path / "mine.yaml", "  mission: To serve.\n", "")
    theirs = written(tmp_path / "theirs.yaml", "To serve.", "To serve well.")
    out = tmp_path / "out.yaml"
    asked = ["merge", str(mine), str(theirs), "--base", str(plan), "--keep", "mine", "-o", str(out)]
    assert run(asked) == 0
    assert get(load(out).tree, "board.mission") is None


def test_set_shows_both_when_someone_else_changed_the_same_answer(
    plan: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    class SlowTyping(io.StringIO):
        def read(self, size: int | None = -1, /) -> str:
            written(plan, "Nurses.", "Drivers.")
            return super().read(size)

    monkeypatch.setattr(sys, "stdin", SlowTyping("Welders."))
    assert run(["set", str(plan), "narratives.sector_need", "-"]) == 1
    said = capsys.readouterr().err
    assert "Welders." in said
    assert "Drivers." in said
    assert get(load(plan).tree, "narratives.sector_need") == "Drivers."


def test_a_snapshot_is_a_plain_copy_beside_the_plan(plan: Path) -> None:
    assert run(["snapshot", str(plan), "Before the board vote", *DAY]) == 0
    (kept,) = snapshots(plan)
    assert kept.name == "before-the-board-vote"
    assert kept.path == plan.parent / "snapshots" / "plan" / "2026-11-21 before-the-board-vote.yaml"
    assert kept.path.read_bytes() == plan.read_bytes()


def test_a_name_is_given_once(plan: Path) -> None:
    assert run(["snapshot", str(plan), "vote", *DAY]) == 0
    assert run(["snapshot", str(plan), "vote", "--as-of", "2026-12-01"]) == 1


def test_history_tells_what_an_answer_said(plan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["snapshot", str(plan), "first", *DAY]) == 0
    assert run(["set", str(plan), "narratives.sector_need", "Welders."]) == 0
    assert [said.value for said in sayings(plan, "narratives.sector_need")] == [
        "Welders.",
        "Nurses.",
    ]
    capsys.readouterr()
    assert run(["history", str(plan), "narratives.sector_need"]) == 0
    assert "Nurses." in capsys.readouterr().out


def test_history_does_not_blame_an_edit_outside_for_an_answer_that_was_removed_here(
    plan: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for value in ("Ana Ruiz", "", "Lee Park"):
        assert run(["set", str(plan), "board.director", value]) == 0
    said = sayings(plan, "board.director")
    assert [each.value for each in said] == ["Lee Park", None, "Ana Ruiz", None]
    assert all(each.name.startswith("by ") for each in said[:3])
    capsys.readouterr()
    run(["history", str(plan), "board.director"])
    assert "changed outside" not in capsys.readouterr().out


def test_history_lists_snapshots_and_backups(plan: Path) -> None:
    assert run(["snapshot", str(plan), "first", *DAY]) == 0
    assert run(["set", str(plan), "board.mission", "Work."]) == 0
    assert {kept.kind for kept in kept_states(plan)} == {"snapshot", "backup"}


def test_a_whole_state_is_restored_to_the_letter_and_this_can_be_undone(plan: Path) -> None:
    before = plan.read_bytes()
    assert run(["snapshot", str(plan), "first", *DAY]) == 0
    assert run(["set", str(plan), "narratives.sector_need", "Welders."]) == 0
    changed = plan.read_bytes()
    assert run(["restore", str(plan), "first", *DAY]) == 0
    assert plan.read_bytes() == before
    assert run(["restore", str(plan), "before-first", *DAY]) == 0
    assert plan.read_bytes() == changed


def test_one_answer_is_restored_and_the_others_stay(plan: Path) -> None:
    assert run(["snapshot", str(plan), "first", *DAY]) == 0
    assert run(["set", str(plan), "narratives.sector_need", "Welders."]) == 0
    assert run(["set", str(plan), "board.mission", "Work."]) == 0
    assert run(["restore", str(plan), "first", "narratives.sector_need", *DAY]) == 0
    tree = load(plan).tree
    assert get(tree, "narratives.sector_need") == "Nurses."
    assert get(tree, "board.mission") == "Work."


def test_the_answer_that_a_restored_one_replaces_is_kept(plan: Path) -> None:
    assert run(["snapshot", str(plan), "first", *DAY]) == 0
    assert run(["set", str(plan), "narratives.sector_need", "Welders."]) == 0
    assert run(["set", str(plan), "narratives.sector_need", "Welders and drivers."]) == 0
    assert run(["restore", str(plan), "first", "narratives.sector_need", *DAY]) == 0
    kept = state_named(plan, "before-first")
    assert get(load(kept.path).tree, "narratives.sector_need") == "Welders and drivers."


def test_states_of_one_day_are_told_in_the_order_they_were_kept(plan: Path) -> None:
    day = datetime.now().astimezone().date().isoformat()
    folder = plan.parent / ".localplan" / "plan.yaml"
    folder.mkdir(parents=True)
    (folder / f"{day} 00.00.00.yaml").write_text(TEXT.replace("Nurses.", "Aides."))
    assert run(["snapshot", str(plan), "later", "--as-of", day]) == 0
    written(plan, "Nurses.", "Welders.")
    said = [each.value for each in sayings(plan, "narratives.sector_need")]
    assert said == ["Welders.", "Nurses.", "Aides."]


def test_a_backup_has_the_time_of_the_place_where_it_was_made(plan: Path) -> None:
    moment = datetime(2026, 11, 22, 1, 30, tzinfo=UTC)
    save(load(plan), [Change("board.mission", "Work.")], now=moment)
    (kept,) = backups(plan)
    assert kept.stem == f"{moment.astimezone():%Y-%m-%d %H.%M.%S}"


@pytest.mark.skipif(sys.platform == "win32", reason="limits the size of a file")
def test_a_backup_that_does_not_fit_on_the_disk_leaves_no_part_behind(plan: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", ON_A_FULL_DISK, str(plan)], capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode()
    assert backups(plan) == ()
    assert list((plan.parent / ".localplan" / plan.name).iterdir()) == []


ON_A_FULL_DISK = """
import resource, signal, sys
from datetime import datetime
from pathlib import Path
from localplan.plan.file.backups import back_up
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (50, 50))
back_up(Path(sys.argv[1]), b"answer: yes\\n" * 500, datetime(2026, 11, 22))
"""


def test_a_file_that_can_no_longer_be_read_is_restored_and_kept_as_it_was(
    plan: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["snapshot", str(plan), "first", *DAY]) == 0
    plan.write_text("board:\n\tname: [\n", encoding="utf-8")
    capsys.readouterr()
    assert run(["history", str(plan)]) == 0
    assert "first" in capsys.readouterr().out
    assert run(["restore", str(plan), "first", *DAY]) == 0
    assert plan.read_text(encoding="utf-8") == TEXT
    kept = state_named(plan, "before-first")
    assert kept.path.read_text(encoding="utf-8") == "board:\n\tname: [\n"


def test_a_file_that_was_deleted_is_restored(plan: Path) -> None:
    assert run(["snapshot", str(plan), "first", *DAY]) == 0
    plan.unlink()
    assert run(["history", str(plan)]) == 0
    assert run(["restore", str(plan), "first", *DAY]) == 0
    assert plan.read_text(encoding="utf-8") == TEXT
    assert [kept.name for kept in snapshots(plan)] == ["first"]


def test_the_history_of_a_file_that_never_was_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["history", str(tmp_path / "nothing.yaml")]) == 1
    assert "There is no file" in capsys.readouterr().err


def test_a_state_that_is_not_kept_is_named(plan: Path) -> None:
    with pytest.raises(LocalPlanError, match='No kept state is called "easter"'):
        state_named(plan, "easter")
