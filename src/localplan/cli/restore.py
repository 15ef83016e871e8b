"""`localplan restore`: go back to a kept state, or take one answer from it."""

from datetime import UTC, date, datetime
from pathlib import Path

import click

from localplan.cli.common import answers_argument, as_of_option, examples, quoted
from localplan.cli.output import echo
from localplan.plan.file.answers import Change, load
from localplan.plan.file.history import (
    HistoryError,
    Saying,
    free_name,
    restore,
    saying_of,
    state_named,
    take_snapshot,
)
from localplan.plan.file.saving import save
from localplan.plan.tree import get


@click.command(
    "restore",
    epilog=examples(
        "localplan restore answers.yaml before-the-board-vote",
        'localplan restore answers.yaml "2026-11-21 14:05:07" narratives.sector_need',
        'localplan restore answers.yaml "before 2026-11-21 14:05:07" narratives.sector_need',
    ),
)
@answers_argument
@click.argument("name")
@click.argument("path", default="")
@as_of_option
def command(file: Path, *, name: str, path: str, today: date) -> int:
    """Put the kept state NAME in the place of FILE; with PATH, only that answer.

    NAME is a snapshot or backup that `localplan history FILE` lists. With PATH it may also be a
    moment of a save that `localplan history FILE PATH` prints, written as it stands there, or
    "before" and that moment for what the answer said until then. What FILE held before is kept,
    so this can be undone.
    """
    now = datetime.now(UTC)
    said = saying_of(file, path, name) if path else None
    if said is not None:
        return _say_again(file, path, said, now)
    kept = state_named(file, name)
    if not path:
        before = restore(file, kept, today, now=now)
        told = f"Before it: {before}" if before else "There was no such file any more."
        echo(f"Restored: {file} as of {kept.when}. {told}")
        return 0
    value = get(load(kept.path).tree, path)
    if value is None:
        raise HistoryError(f"{kept.name} has no answer at {path}. Nothing was changed.")
    answers = load(file)
    if get(answers.tree, path) == value:
        echo(f"{path} says what it said on {kept.when}. Nothing to do.")
        return 0
    before = take_snapshot(file, free_name(file, f"before-{kept.name}"), today)
    save(answers, [Change(path, value)], now=now)
    echo(f"Restored: {path} as of {kept.when}. Before it: {before}")
    return 0


def _say_again(file: Path, path: str, said: Saying, now: datetime) -> int:
    """Let the answer say what the journal knows that it said."""
    answers = load(file)
    if get(answers.tree, path) == said.value:
        echo(f"{path} says that already. Nothing to do.")
        return 0
    save(answers, [Change(path, said.value)], now=now)
    gone = "" if said.value is not None else " There was no answer, so it was removed."
    echo(
        f"Restored: {path} as of {said.since}.{gone}\n"
        f"What it said until now is kept too: localplan history {quoted(file)} {path}"
    )
    return 0
