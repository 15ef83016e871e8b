"""`localplan interview`: answer the questions, one at a time."""

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from localplan.cli.common import answers_argument, as_of_option, examples, mention_copies
from localplan.cli.output import echo
from localplan.desk.desk import open_plan
from localplan.errors import LocalPlanError
from localplan.knowledge.questions import SECTIONS
from localplan.plan.file.journal import person

if TYPE_CHECKING:
    from localplan.interview.session import Only

INTERRUPTED = 130


class NoTerminalError(LocalPlanError):
    """There is nobody to ask."""


@click.command(
    "interview",
    epilog=examples(
        "localplan interview answers.yaml",
        "localplan interview answers.yaml --element measurement",
        "localplan interview answers.yaml --only missing",
    ),
)
@answers_argument
@click.option(
    "--element", type=click.Choice(SECTIONS), default=None, metavar="ID",
    help=f"Begin in one section: {', '.join(SECTIONS)}.",
)  # fmt: skip
@click.option(
    "--only", type=click.Choice(["missing", "carried", "all"]), default=None,
    help="Ask only required gaps, only what was carried over, or every question.",
)  # fmt: skip
@as_of_option
def command(file: Path, *, element: str | None, only: "Only | None", today: date) -> int:
    """Answer the questions of FILE at your own pace; every answer is saved at once.

    Ends with 0, or with 130 when you stop with Ctrl-C; what you answered is kept in both cases.
    """
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise NoTerminalError(
            f"There is no terminal to ask questions in. Fill {file} in an editor instead, "
            f'or set one answer: localplan set {file} board.name "Your board"'
        )
    # Heavy, and not needed for --help.
    from localplan.interview.session import Session  # noqa: PLC0415
    from localplan.interview.sitting import sit  # noqa: PLC0415

    session = Session(open_plan(file, today=today, person=person()), only or "")
    ending = sit(session, element or "")
    progress = ending.progress
    echo(
        f"Saved. {progress.answered} of {progress.required} answered. "
        f"Go on any time with: localplan interview {_typed(file)}"
    )
    if ending.begun:
        echo(_kept(ending.begun))
    mention_copies(file)
    return INTERRUPTED if ending.interrupted else 0


def _typed(file: Path) -> str:
    """The name as it is typed in a terminal."""
    return f'"{file}"' if " " in str(file) else str(file)


def _kept(begun: int) -> str:
    """What became of text that was begun and not finished."""
    if begun == 1:
        return "A text that was begun and not finished is kept; its question offers it again."
    return f"{begun} texts that were begun and not finished are kept; their questions offer them."
