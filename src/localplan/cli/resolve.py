"""`localplan resolve`: decide about what reviewers sent back, one item at a time."""

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

import click

from localplan.cli.common import answers_argument, examples, quoted
from localplan.cli.output import echo
from localplan.desk.desk import Desk, open_plan
from localplan.desk.places import answer_at
from localplan.desk.reviewing import line_of, shown
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
    verb = _verb(
        item, accept=accept or text_file is not None, declined=decline, answered=answer,
        assigned=bool(assign), later=later, undo=undo,
    )  # fmt: skip
    if item is None:
        return _all(file, by, everything=everything)
    if verb in {"declined", "answered"} and not reason:
        raise click.UsageError("Say why with --reason; it goes into the comment matrix.")
    ruling = Ruling(by, datetime.now(UTC), assign or reason)
    if disagrees is not None:
        decide.mark(file, item, disagrees, ruling)
    if not verb:
        review = open_review(file)
        echo(shown(open_plan(file), review, review.item(item)))
        return 0
    text = text_file.read() if text_file is not None else None
    desk = open_plan(file, person=by)
    echo(_said(desk.decide(item, verb, ruling, text=text, path=path), desk))
    return 0


def _verb(item: str | None, **asked: bool) -> str:
    """The one decision that was asked for; blank for none."""
    chosen = [name for name, on in asked.items() if on]
    if len(chosen) > 1:
        raise click.UsageError(
            "Choose one of --accept, --decline, --answer, --assign, --later and --undo."
        )
    if chosen and item is None:
        raise click.UsageError("Name the item: localplan resolve FILE ID --accept")
    return chosen[0] if chosen else ""


def _said(item: Item, desk: Desk) -> str:
    decision = item.decision
    if decision is None:
        return f"Item {item.number} ({item.id}) is open again, and the answer is as it was."
    said = f"Item {item.number} ({item.id}): {decision.state}."
    if decision.state == "accepted" and decision.path:
        return f"{said} Saved: {answer_at(desk, decision.path)} ({decision.path})."
    return said


def _all(file: Path, by: str, *, everything: bool) -> int:
    review = open_review(file)
    items = [item for item in review.items if everything or item.is_open]
    if not items:
        echo("No item waits for a decision.")
        return 0
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        plan = open_plan(file)
        for item in items:
            echo(line_of(item, plan))
        echo(f"Read one with: localplan resolve {quoted(file)} {items[0].number}")
        return 0
    _go_through(open_plan(file, person=by), [item.id for item in items])
    waiting = sum(item.is_open for item in open_review(file).items)
    wait = "1 item still waits" if waiting == 1 else f"{waiting or 'No'} items still wait"
    more = f" Go on with: localplan resolve {quoted(file)}" if waiting else ""
    echo(f"Saved. {wait}.{more}")
    return 0


def _go_through(desk: Desk, names: list[str]) -> None:
    from localplan.interview.review_screens import go_through_items  # noqa: PLC0415 (heavy)

    go_through_items(desk, names)
