"""`localplan upgrade`: bring an older answers file to this version, and back."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import groupby
from pathlib import Path

import click

from localplan.cli.common import answers_argument, as_of_option, examples
from localplan.cli.output import echo
from localplan.plan.file.answers import AnswersFile, load
from localplan.plan.file.formats import FORMAT, format_of
from localplan.plan.file.history import HistoryError, free_name, restore, snapshots, take_snapshot
from localplan.plan.file.identifiers import with_ids
from localplan.plan.file.rewrite import rewritten
from localplan.plan.file.saving import save_tree
from localplan.plan.file.upgrade import OLDEST, Outcome, modernized, upgraded
from localplan.yamltext import Tree, parse

_BEFORE = "before-upgrade-from-format"
_SAID = {"moved": "Moved", "needs-you": "Needs you", "retired": "No longer asked, parked"}


@click.command(
    "upgrade",
    epilog=examples(
        "localplan upgrade answers.yaml --dry-run",
        "localplan upgrade answers.yaml",
        "localplan upgrade answers.yaml --undo",
    ),
)
@answers_argument
@click.option("--dry-run", is_flag=True, help="Say what would change, and change nothing.")
@click.option("--undo", is_flag=True, help="Go back to the file as it was before the upgrade.")
@as_of_option
def command(file: Path, *, dry_run: bool, undo: bool, today: date) -> int:
    """Bring FILE to the format of this version; the file as it was is kept first.

    Every answer is kept, moved, or parked where it can be found again.
    """
    if undo:
        _undo(file, today)
        return 0
    answers, tree = load(file), with_ids(_as_it_is(file))
    if format_of(tree) is None:
        answers, tree = _counted_as_oldest(answers), {**tree, "localplan": str(OLDEST)}
        echo(f"{file} does not say its format, so it counts as format {OLDEST}.")
    result = upgraded(tree, FORMAT)
    if result.old == result.new:
        echo(f"{file} is of format {result.new} already. Nothing to do.")
        return 0
    if dry_run:
        echo(f"{file}: from format {result.old} to {result.new}. Nothing was changed yet.")
    else:
        before = take_snapshot(file, free_name(file, f"{_BEFORE}-{result.old}"), today)
        save_tree(answers, answers.tree, now=datetime.now(UTC))
        echo(f"{file}: from format {result.old} to {result.new}. Before it: {before}")
    _list(result.outcomes)
    return 0


def _counted_as_oldest(answers: AnswersFile) -> AnswersFile:
    """The answers as they would have been read had the file said that it is of the first format."""
    numbered: Tree = {"localplan": "", **answers.as_written}
    numbered["localplan"] = str(OLDEST)
    text = rewritten(answers.text, answers.as_written, numbered)
    text, tree = modernized(text, with_ids(numbered), FORMAT)
    return replace(answers, text=text, tree=tree, as_written=parse(text, answers.path.name))


def _as_it_is(file: Path) -> Tree:
    """What the file on disk says, in its own format."""
    return parse(file.read_text(encoding="utf-8-sig"), file.name)


def _list(outcomes: Iterable[Outcome]) -> None:
    for fate, title in _SAID.items():
        found = [each for each in outcomes if each.fate == fate]
        if found:
            echo(f"\n{title} ({len(found)})")
        for why, alike in groupby(found, key=lambda each: each.why):
            for each in alike:
                echo(f"  {each.path} → {each.to}")
            echo(f"    {why}")
    echo("\nEvery other answer is kept as it is.")


def _undo(file: Path, today: date) -> None:
    """Put the state before the last upgrade back.

    Raises:
        HistoryError: the file was never upgraded.
    """
    kept = next((each for each in snapshots(file) if each.name.startswith(_BEFORE)), None)
    if kept is None:
        raise HistoryError(f"{file} was not upgraded, so there is nothing to undo.")
    if file.exists() and file.read_bytes() == kept.path.read_bytes():
        raise HistoryError(f"{file} is as it was before the upgrade already. Nothing was changed.")
    before = restore(file, kept, today, now=datetime.now(UTC), before="after-upgrade")
    told = f" What it held until now: {before}" if before else ""
    echo(f"{file} is as it was before the upgrade.{told}")
