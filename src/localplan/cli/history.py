"""`localplan history`: the kept states of a plan, and what an answer said."""

from pathlib import Path

import click

from localplan.cli.common import answers_argument, examples, quoted
from localplan.cli.output import echo
from localplan.plan.cycle.changes import words
from localplan.plan.file.answers import load
from localplan.plan.file.history import kept_states, noted_since, sayings
from localplan.plan.file.uses import with_shared
from localplan.plan.tree import get
from localplan.yamltext import Tree, Value

_WIDTH = 70


@click.command(
    "history",
    epilog=examples(
        "localplan history answers.yaml",
        "localplan history answers.yaml narratives.sector_need",
    ),
)
@answers_argument
@click.argument("path", default="")
def command(file: Path, *, path: str) -> int:
    """List the kept states of FILE, newest first; with PATH, all that this answer ever said.

    Each save is noted, however soon it follows another. `localplan restore FILE NAME PATH` takes
    the name or the moment that stands in front of a text.
    """
    if path:
        _tell(file, load(file).tree, path)
        return 0
    states = kept_states(file)
    if not states:
        load(file)
    for kept in states:
        echo(f"{kept.when:16}  {kept.kind:8}  {kept.name}"[:_WIDTH])
    if not states:
        echo(f"Nothing is kept yet. Keep a state with: localplan snapshot {file} NAME")
    if since := noted_since(file):
        echo(f"Every answer saved since {since} is known: localplan history {quoted(file)} PATH")
    return 0


def _tell(file: Path, tree: Tree, path: str) -> None:
    """Print which file the answer comes from, and what it said over time."""
    whole = with_shared(tree, file.parent)
    origin = whole.origins.get(path, "")
    if origin:
        echo(f"This answer comes from {origin}.")
        _say("now", origin, get(whole.tree, path))
    for said in sayings(file, path):
        if said.value is not None or not origin:
            _say(said.since, said.name, said.value)


def _say(since: str, name: str, value: Value | None) -> None:
    text = words(value) if value is not None else "(not there)"
    echo(f"{since}  {name}".rstrip())
    echo("\n".join(f"  {line}" for line in text.splitlines() or [""]))
