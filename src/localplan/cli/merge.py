"""`localplan merge`: two copies of a plan that were mailed around become one again."""

import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import click

from localplan.cli.common import examples
from localplan.cli.output import echo
from localplan.desk.files import refuse_existing
from localplan.errors import LocalPlanError
from localplan.plan.cycle.changes import both_shown, words
from localplan.plan.file.answers import AnswersFile, load
from localplan.plan.file.figures import bring_along, read_ledger
from localplan.plan.file.merge import Conflict, Copy, Merged, Side, decide, merge
from localplan.plan.file.rewrite import rewritten
from localplan.plan.file.saving import create
from localplan.plan.names import about
from localplan.yamltext import Tree

_SHOWN = 90


class UndecidedError(LocalPlanError):
    """Both copies changed the same answers, and nobody said which stays."""


@click.command(
    "merge",
    epilog=examples(
        "localplan merge mine.yaml theirs.yaml --base sent.yaml -o plan.yaml",
        "localplan merge mine.yaml theirs.yaml -o plan.yaml",
        "localplan merge mine.yaml theirs.yaml --keep theirs -o plan.yaml",
    ),
)
@click.argument("mine", type=click.Path(path_type=Path))
@click.argument("theirs", type=click.Path(path_type=Path))
@click.option(
    "--base", type=click.Path(path_type=Path), metavar="BASE",
    help="The file that both copies began from; without it every difference is asked.",
)  # fmt: skip
@click.option(
    "-o", "--output", "out", type=click.Path(path_type=Path), required=True, metavar="OUT",
    help="The file to write; it must not be there yet.",
)  # fmt: skip
@click.option(
    "--keep", type=click.Choice(["mine", "theirs"]), default=None,
    help="Which answer stays where both differ, instead of asking. An answer that only one copy "
    "has stays, unless BASE shows that the other removed it.",
)  # fmt: skip
def command(
    mine: Path,
    theirs: Path,
    *,
    base: Path | None,
    out: Path,
    keep: Copy | None,
) -> int:
    """Bring MINE and THEIRS together in OUT, answer by answer. Both are only read.

    What one copy changed is taken. Where both changed the same answer you are asked, with both
    shown; without a terminal the answers are listed and nothing is written.
    """
    refuse_existing(out)
    first, second = load(mine), load(theirs)
    for copy in (mine, theirs):
        read_ledger(copy)  # what cannot be read is said before anything is written
    merged = merge(load(base).tree if base else None, first.tree, second.tree)
    asked = len(merged.conflicts)
    decided = _decided(merged, keep, mine, theirs)
    if decided is None:
        echo("Nothing was written.")
        return 0
    create(out, _text(first, _settled(merged, decided).tree, out), like=mine)
    bring_along([mine, theirs], out, now=datetime.now(UTC))
    echo(f"Written: {out}")
    if asked:
        said = "1 answer was" if asked == 1 else f"{asked} answers were"
        echo(f"{said} not the same in both copies and {said.rsplit(maxsplit=1)[-1]} decided.")
    return 0


def _decided(
    merged: Merged, keep: Copy | None, mine: Path, theirs: Path
) -> Mapping[str, Side] | None:
    """Which side stays for each answer; None when the person leaves without deciding.

    Raises:
        UndecidedError: there are conflicts, no rule, and nobody to ask.
    """
    conflicts = merged.conflicts
    if not conflicts:
        return {}
    if keep:
        return {conflict.path: conflict.side_kept(keep) for conflict in conflicts}
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UndecidedError(_listed(conflicts))
    from localplan.interview.screens.versions import ask_versions  # noqa: PLC0415 (heavy)

    return ask_versions(conflicts, (mine.name, theirs.name), lambda path: about(merged.tree, path))


def _listed(conflicts: tuple[Conflict, ...]) -> str:
    count = len(conflicts)
    where = "1 place" if count == 1 else f"{count} places"
    lines = [f"Both copies have their own answer in {where}:"]
    for conflict in conflicts:
        mine, theirs = (words(each) for each in (conflict.mine, conflict.theirs))
        first, second = both_shown(mine, theirs, _SHOWN)
        lines += [f"  {conflict.path}", f"    mine:   {first}", f"    theirs: {second}"]
    lines.append("Nothing was written. Say which stays with --keep mine or --keep theirs.")
    return "\n".join(lines)


def _settled(merged: Merged, decided: Mapping[str, Side]) -> Merged:
    for conflict in merged.conflicts:
        merged = decide(merged, conflict.path, conflict.version(decided[conflict.path]))
    return merged


def _text(file: AnswersFile, tree: Tree, out: Path) -> str:
    """The merged answers in the order and with the comments of `file`, to stand at `out`."""
    if tree.get("uses"):
        from localplan.plan.file.uses import relocated  # noqa: PLC0415 (few plans share answers)

        tree = relocated(tree, file.path.parent, out.parent)
    return rewritten(file.text, file.as_written, tree)
