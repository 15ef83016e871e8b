"""`localplan demo`: draft the complete example, to see what comes out."""

from datetime import date
from pathlib import Path

import click

from localplan.cli.common import as_of_option, examples
from localplan.cli.output import echo
from localplan.desk.desk import open_plan
from localplan.desk.files import write_whole
from localplan.resources import EXAMPLES

FORMATS = ("docx", "html", "md")


@click.command("demo", epilog=examples("localplan demo", "localplan demo my-folder"))
@click.argument("folder", type=click.Path(path_type=Path), default=Path("demo"), metavar="[DIR]")
@as_of_option
def command(folder: Path, *, today: date) -> int:
    """Copy the complete example into DIR (default: demo) and draft it there.

    The board, its figures and its people are made up. Run it again to start afresh.
    """
    answers = folder / "answers.yaml"
    write_whole(answers, (EXAMPLES / "complete.yaml").read_bytes())
    plan = open_plan(answers, today=today)
    echo(f"The answers of a made-up board: {answers}")
    for kind in FORMATS:
        target = folder / f"plan.{kind}"
        plan.draft(target)
        echo(f"The plan that comes out of them: {target}")
    echo(f"See what is still open: localplan check {answers}")
    echo(f"Change an answer:       localplan interview {answers}")
    return 0
