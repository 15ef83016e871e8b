"""`localplan collect`: take the comments and edits out of returned Word files."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import click

from localplan.cli.common import answers_argument, as_of_option, examples, quoted
from localplan.cli.output import echo
from localplan.desk.desk import open_plan
from localplan.errors import shown
from localplan.plan.file import disk
from localplan.review.collect import Report, collect
from localplan.review.items import Item, Review, open_review, save_review, together
from localplan.review.ledger import open_ledger

_FAILED = 1
_SINGULAR = 1
_NAMED = 3
_WIDE = 60


@click.command(
    "collect",
    epilog=examples(
        "localplan collect answers.yaml returned/*.docx",
        'localplan collect answers.yaml "Draft 3 (college comments).docx"',
    ),
)
@answers_argument
@click.argument("returned", nargs=-1, required=True, type=click.Path(path_type=Path))
@as_of_option
def command(file: Path, *, returned: tuple[Path, ...], today: date) -> int:
    """Read RETURNED Word files and list what is in them in review.yaml beside FILE.

    Any number of files, in any order, also twice the same. Comments, edits, filled forms and
    sign-offs become items; the answers stay as they are until you decide with `localplan resolve`.
    """
    answers = open_plan(file, today=today)
    before = open_review(file)
    done = collect(before, open_ledger(file), answers.tree, _files(returned), today=today)
    for report in done.reports:
        _say(report)
    if done.review != before:
        with disk.changing(file):
            review = together(open_review(file), before, done.review)
            target = save_review(file, review)
        echo(_summary(review, target, file))
    return _FAILED if any(report.problem for report in done.reports) else 0


def _files(named: tuple[Path, ...]) -> list[Path]:
    """The files named, and those in the folders named, without the locks that Word leaves."""
    found: list[Path] = []
    for path in named:
        inside = sorted(path.glob("*.docx")) if path.is_dir() else [path]
        found += [each for each in inside if not each.name.startswith("~$")]
    return found


def _say(report: Report) -> None:
    name = shown(report.file.name)
    if report.problem:
        echo("\n".join(map(shown, report.problem.split("\n"))), err=True)
        return
    if report.seen:
        echo(f"{name}: collected before, nothing new.")
        return
    sender = f" from {report.recipient}" if report.recipient else ""
    found = f"{report.found} item{'' if report.found == _SINGULAR else 's'}"
    echo(f"{name}: draft {report.draft}{sender}, {found}, {report.new} new.")
    if report.guessed:
        echo("  It does not say which draft it is a copy of; this one is most like it.")
    for line in _lost(report):
        echo(f"  {line}", err=True)


def _lost(report: Report) -> Iterator[str]:
    """What could not be read, and where to look for it."""
    if report.damaged:
        what = " and ".join(report.damaged)
        yield f"Damaged, and read only in pieces: {what}. Some of it may be missing or stand twice."
    if report.unread:
        count = len(report.unread)
        comments = "1 comment" if count == _SINGULAR else f"{count} comments"
        beside = "; ".join(f'"{shown(words)[:_WIDE]}"' for words in report.unread[:_NAMED])
        more = f", and {count - _NAMED} more" if count > _NAMED else ""
        yield f"{comments} could not be read. Look in the file, beside: {beside}{more}."


def _summary(review: Review, target: Path, file: Path) -> str:
    waiting = [item for item in review.items if item.is_open]
    if not waiting:
        return "No item waits for a decision."
    unplaced = [item for item in waiting if item.placement == "unplaced"]
    more = f", {len(unplaced)} of them without a place in the plan" if unplaced else ""
    kinds = ", ".join(_counts(waiting))
    count = "1 item waits" if len(waiting) == _SINGULAR else f"{len(waiting)} items wait"
    return (
        f"{count} for a decision{more} ({kinds}).\n"
        f"They are listed in {target.name}. Decide with: localplan resolve {quoted(file)}"
    )


def _counts(items: list[Item]) -> list[str]:
    counts: dict[str, int] = {}
    for item in items:
        counts[item.kind] = counts.get(item.kind, 0) + 1
    return [
        f"{number} {kind}{'' if number == _SINGULAR else 's'}" for kind, number in counts.items()
    ]
