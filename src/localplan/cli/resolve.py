"""`localplan resolve`: decide about what reviewers sent back, one item at a time."""

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

import click

from localplan.cli.common import answers_argument, examples
from localplan.cli.reviewing import card_of, line_of, shown
from localplan.errors import LocalPlanError
from localplan.plan.file.answers import load
from localplan.review import decide
from localplan.review.decide import Ruling
from localplan.review.items import Item, open_review


@click.command(
    "resolve",
    epilog=examples(
        "localplan resolve answers.yaml",
        "localplan resolve answers.yaml e-1f3a77c2 --accept",
        'localplan resolve answers.yaml 12 --decline --reason "The level is set by the State."',
        "localplan resolve answers.yaml 12 --text-file better.md",
        "localplan resolve answers.yaml 12 --undo",
    ),
)
@answers_argument
@click.argument("item", required=False, metavar="[ID]")
@click.option("--accept", is_flag=True, help="Put what the reviewer wrote into the answers.")
@click.option(
    "--text-file", type=click.File(encoding="utf-8"), default=None, metavar="F",
    help="Accept with changes: the answer becomes the text of F (- reads standard input).",
)  # fmt: skip
@click.option("--path", default="", help="The answer to change, for text made from several.")
@click.option("--decline", is_flag=True, help="Leave the plan as it is; needs --reason.")
@click.option("--answer", is_flag=True, help="Answer a question; --reason is your response.")
@click.option("--assign", default="", metavar="WHO", help="Give it to someone; it stays open.")
@click.option("--later", is_flag=True, help="Put it off.")
@click.option("--undo", is_flag=True, help="Take the decision back, and the change with it.")
@click.option("--reason", default="", help="Your response, for the comment matrix.")
@click.option("--by", default="", metavar="NAME", help="Who decides.")
@click.option(
    "--disagrees", type=click.Choice(["yes", "no"]), default=None,
    help="Whether the comment disagrees with the plan, for the matrix.",
)  # fmt: skip
@click.option("--all", "everything", is_flag=True, help="List decided items too.")
def command(
    file: Path,
    *,
    item: str | None,
    accept: bool,
    text_file: IO[str] | None,
    path: str,
    decline: bool,
    answer: bool,
    assign: str,
    later: bool,
    undo: bool,
    reason: str,
    by: str,
    disagrees: str | None,
    everything: bool,
) -> int:
    """Decide about the items that `localplan collect` found in returned files of the plan FILE.

    Without ID each open item is shown in turn, or listed where there is no terminal. Nothing goes
    into the answers before you accept it.
    """
    chosen = [
        name
        for name, on in (
            ("accept", accept or text_file is not None), ("declined", decline),
            ("answered", answer), ("assigned", bool(assign)), ("later", later), ("undo", undo),
        )
        if on
    ]  # fmt: skip
    if len(chosen) > 1:
        raise click.UsageError(
            "Choose one of --accept, --decline, --answer, --assign, --later and --undo."
        )
    if chosen and item is None:
        raise click.UsageError("Name the item: localplan resolve FILE ID --accept")
    if item is None:
        return _all(file, by, everything=everything)
    if disagrees is not None:
        decide.mark(file, item, disagrees)
    if not chosen:
        click.echo(shown(load(file), open_review(file), open_review(file).item(item)))
        return 0
    if chosen[0] in {"declined", "answered"} and not reason:
        raise click.UsageError("Say why with --reason; it goes into the comment matrix.")
    ruling = Ruling(by, datetime.now(UTC), assign or reason)
    if chosen[0] == "accept":
        text = text_file.read() if text_file is not None else None
        done = decide.accept(file, item, ruling, text=text, path=path)
    elif chosen[0] == "undo":
        done = decide.undo(file, item, ruling)
    else:
        done = decide.settle(file, item, chosen[0], ruling)
    click.echo(_said(done))
    return 0


def _said(item: Item) -> str:
    decision = item.decision
    if decision is None:
        return f"Item {item.number} ({item.id}) is open again, and the answer is as it was."
    if decision.state == "accepted" and decision.path:
        return f"Saved: {decision.path}, from item {item.number} ({item.id})."
    return f"Item {item.number} ({item.id}): {decision.state}."


def _all(file: Path, by: str, *, everything: bool) -> int:
    review = open_review(file)
    items = [item for item in review.items if everything or item.is_open]
    if not items:
        click.echo("No item waits for a decision.")
        return 0
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        for item in items:
            click.echo(line_of(item))
        return 0
    go_through_items(file, [item.id for item in items], by)
    waiting = sum(item.is_open for item in open_review(file).items)
    click.echo(f"Saved. {waiting} items still wait. Go on with: localplan resolve {file}")
    return 0


def go_through_items(file: Path, names: list[str], by: str) -> None:
    """Show the items one after the other, and carry out what is decided about each."""
    from localplan.interview.review_screens import Card, Ruled, go_through  # noqa: PLC0415 (heavy)

    def card(place: int) -> Card | None:
        if place >= len(names):
            return None
        review = open_review(file)
        return card_of(load(file), review, review.item(names[place]), place, len(names))

    def ruled(place: int, ruled: Ruled) -> str:
        ruling = Ruling(by, datetime.now(UTC), "" if ruled.verb == "change" else ruled.text)
        name = names[place]
        try:
            if ruled.verb == "disagrees":
                held = open_review(file).item(name).disagrees
                decide.mark(file, name, "no" if held == "yes" else "yes")
                return ""
            if ruled.verb in {"accept", "change", "note"}:
                text = ruled.text if ruled.verb == "change" else None
                return _said(decide.accept(file, name, ruling, text=text))
            if ruled.verb == "undo":
                return _said(decide.undo(file, name, ruling))
            states = {"decline": "declined", "answer": "answered", "assign": "assigned"}
            return _said(decide.settle(file, name, states.get(ruled.verb, "later"), ruling))
        except LocalPlanError as error:
            return str(error).split("\n", maxsplit=1)[0]

    go_through(card, ruled)
