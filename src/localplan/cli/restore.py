"""`localplan restore`: go back to a kept state, or take one answer from it."""

from datetime import UTC, date, datetime
from pathlib import Path

import click

from localplan.cli.common import answers_argument, as_of_option, examples
from localplan.plan.file.answers import Change, load
from localplan.plan.file.history import (
    HistoryError,
    free_name,
    restore,
    state_named,
    take_snapshot,
)
from localplan.plan.file.saving import save
from localplan.plan.tree import get


@click.command(
    "restore",
    epilog=examples(
        "localplan restore answers.yaml before-the-board-vote",
        'localplan restore answers.yaml "2026-11-21 14.05.00" narratives.sector_need',
    ),
)
@answers_argument
@click.argument("name")
@click.argument("path", default="")
@as_of_option
def command(file: Path, *, name: str, path: str, today: date) -> int:
    """Put the kept state NAME in the place of FILE; with PATH, only that answer.

    What FILE held before is kept as a snapshot, so this can be undone.
    """
    kept = state_named(file, name)
    if not path:
        before = restore(file, kept, today)
        told = f"Before it: {before}" if before else "There was no such file any more."
        click.echo(f"Restored: {file} as of {kept.when}. {told}")
        return 0
    value = get(load(kept.path).tree, path)
    if value is None:
        raise HistoryError(f"{kept.name} has no answer at {path}. Nothing was changed.")
    answers = load(file)
    if get(answers.tree, path) == value:
        click.echo(f"{path} says what it said on {kept.when}. Nothing to do.")
        return 0
    before = take_snapshot(file, free_name(file, f"before-{kept.name}"), today)
    save(answers, [Change(path, value)], now=datetime.now(UTC))
    click.echo(f"Restored: {path} as of {kept.when}. Before it: {before}")
    return 0
