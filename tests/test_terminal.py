"""A few real terminal sessions, from the first screen to the last."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from interview_helper import CTRL_C, DOWN, ENTER, ESC

from localplan.knowledge.questions import load_questionnaire
from localplan.plan.file.answers import load
from localplan.plan.tree import get

pexpect = pytest.importorskip("pexpect", reason="needs a pseudo-terminal")

pytestmark = pytest.mark.terminal

QUICK = 20
"""Seconds to wait for a screen; a slow machine still passes."""


class Terminal:
    """A planner at a terminal of 80 by 24."""

    def __init__(self, path: Path, *arguments: str) -> None:
        environment = {**os.environ, "TERM": "xterm-256color", "PROMPT_TOOLKIT_NO_CPR": "1"}
        self.program: Any = pexpect.spawn(
            sys.executable,
            ["-m", "localplan", "interview", str(path), *arguments],
            encoding="utf-8", dimensions=(24, 80), timeout=QUICK, env=environment,
        )  # fmt: skip

    def sees(self, words: str) -> "Terminal":
        """Wait until the words are on the screen."""
        self.program.expect_exact(words)
        return self

    def is_asked(self, path: str) -> "Terminal":
        """Wait until the question that fills `path` is on the screen."""
        return self.sees(load_questionnaire().by_fills()[path].ask[:40])

    def presses(self, *keys: str) -> "Terminal":
        """Press the keys."""
        self.program.send("".join(keys))
        return self

    def ends(self) -> int:
        """Wait for the end and return the exit code."""
        self.program.expect(pexpect.EOF)
        self.program.close()
        return int(self.program.exitstatus)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "answers.yaml"
    made.write_text("localplan: 2\n# kept\nboard:\n  state: CA\n", encoding="utf-8")
    return made


def test_a_first_run_answers_a_question_and_leaves(path: Path) -> None:
    terminal = Terminal(path)
    terminal.sees("Where would you like").sees("Administration").presses(ENTER)
    terminal.is_asked("board.name").presses("Golden Valley Board", ENTER)
    terminal.sees("saved").presses("\t").sees("Leave; everything is saved")
    terminal.presses("\x1b[A", ENTER).sees("Saved. 2 of")
    assert terminal.ends() == 0
    assert get(load(path).tree, "board.name") == "Golden Valley Board"
    assert "# kept" in path.read_text(encoding="utf-8")


def test_ctrl_c_says_how_to_go_on_and_the_next_run_does(path: Path) -> None:
    terminal = Terminal(path, "--element", "board")
    terminal.is_asked("board.name").presses("Golden Valley", ENTER)
    terminal.is_asked("board.area_name").presses(CTRL_C)
    terminal.sees("Go on any time with: localplan interview")
    assert terminal.ends() == 130
    again = Terminal(path, "--element", "board")
    again.is_asked("board.area_name").presses(CTRL_C)
    assert again.ends() == 130


def test_a_wrong_value_is_told_and_mended(path: Path) -> None:
    terminal = Terminal(path, "--element", "plan")
    terminal.is_asked("plan.kind").presses(DOWN, ENTER)
    terminal.is_asked("plan.track").presses(DOWN, ENTER)
    terminal.is_asked("plan.first_program_year").presses("25", ENTER)
    terminal.sees("A program year, such as 2025").presses("\x7f\x7f", "2025", ENTER)
    terminal.is_asked("plan.program_years").presses(CTRL_C)
    assert terminal.ends() == 130
    assert get(load(path).tree, "plan.first_program_year") == "2025"


def test_going_back_changes_an_answer_and_keeps_the_later_one(path: Path) -> None:
    terminal = Terminal(path, "--element", "plan")
    terminal.is_asked("plan.kind").presses(DOWN, ENTER)
    terminal.is_asked("plan.track").presses(DOWN, DOWN, ENTER)
    terminal.is_asked("plan.first_program_year").presses(ESC)
    terminal.is_asked("plan.track").presses(ESC)
    terminal.is_asked("plan.kind").presses(DOWN, ENTER)
    terminal.sees("saved").presses(CTRL_C)
    assert terminal.ends() == 130
    tree = load(path).tree
    assert (get(tree, "plan.kind"), get(tree, "plan.track")) == ("modification", "existing")


def test_without_a_terminal_it_says_how_to_fill_the_file(path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "localplan", "interview", str(path)],
        stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ran.returncode == 1
    assert "localplan set" in ran.stderr
    assert "Traceback" not in ran.stderr


def test_a_missing_file_is_told_before_anything_is_asked(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path / "nothing.yaml")
    terminal.sees("localplan new")
    assert terminal.ends() == 1


def test_the_end_says_that_what_was_begun_is_kept(path: Path) -> None:
    terminal = Terminal(path, "--element", "board")
    terminal.is_asked("board.name").presses("Golden", CTRL_C)
    terminal.sees("begun and not finished is kept")
    assert terminal.ends() == 130
    assert get(load(path).tree, "board.name") is None
