"""Sit through an interview without a terminal: keys in, answers and screens out."""

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from prompt_toolkit.application import create_app_session
from prompt_toolkit.data_structures import Size
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output.vt100 import Vt100_Output

from localplan.desk.desk import Desk
from localplan.interview.session import Only, Session
from localplan.interview.sitting import Ending, sit
from localplan.knowledge.questions import load_questionnaire
from localplan.plan.file.answers import AnswersFile, load
from localplan.plan.tree import get
from localplan.yamltext import Value

ENTER = "\r"
ESC = "\x1b"
TAB = "\t"
UP = "\x1b[A"
DOWN = "\x1b[B"
HOME = "\x1b[H"
END = "\x1b[F"
DONE = ESC + ENTER
LATER = TAB + DOWN * 2 + ENTER
NOT_APPLICABLE = TAB + DOWN * 3 + ENTER
"""From a question that asks for no long text, through its menu."""
CTRL_C = "\x03"
TODAY = date(2025, 11, 21)

_ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b[=>()][0-9A-B]?")


@dataclass(frozen=True)
class Sat:
    """What came of a sitting."""

    path: Path
    shown: str
    ending: Ending
    session: Session

    def __getitem__(self, path: str) -> Value | None:
        return get(load(self.path).tree, path)


def answers(folder: Path, text: str = "") -> Path:
    """An answers file that holds `text` behind its format number."""
    path = folder / "answers.yaml"
    path.write_text(f"localplan: 2\n{text}", encoding="utf-8")
    return path


def find(path: str) -> list[str]:
    """The keys that lead from the menu to the question that fills `path`."""
    return ["/", load_questionnaire().by_fills()[path].ask, ENTER]


def sit_through(
    path: Path,
    keys: str | Sequence[str],
    *,
    element: str = "",
    only: Only = "",
    file: AnswersFile | None = None,
    columns: int = 80,
) -> Sat:
    """Press `keys` one after the other; Ctrl-C ends the sitting when they run out.

    `file` is what was read of `path` some time ago.
    """
    pressed = "".join(keys) + CTRL_C
    screen = io.StringIO()
    output = Vt100_Output(screen, lambda: Size(rows=24, columns=columns), term="xterm")
    session = Session(Desk(file or load(path), today=TODAY, person="ana"), only)
    with create_pipe_input() as pipe, create_app_session(input=pipe, output=output):
        pipe.send_text(pressed)
        ending = sit(session, element)
    return Sat(path, _ESCAPES.sub("", screen.getvalue()), ending, session)
