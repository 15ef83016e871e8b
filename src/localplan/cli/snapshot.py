"""`localplan snapshot`: keep the plan as it is now, under a name."""

from datetime import date
from pathlib import Path

import click

from localplan.cli.common import answers_argument, as_of_option, examples
from localplan.cli.output import echo
from localplan.plan.file.history import take_snapshot


@click.command(
    "snapshot", epilog=examples('localplan snapshot answers.yaml "before the board vote"')
)
@answers_argument
@click.argument("name")
@as_of_option
def command(file: Path, *, name: str, today: date) -> int:
    """Keep FILE as it is now under NAME: a plain copy in the folder `snapshots` beside it."""
    echo(f"Kept: {take_snapshot(file, name, today)}")
    return 0
