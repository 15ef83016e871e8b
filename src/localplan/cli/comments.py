"""`localplan comments`: the comment matrix, and comments that came by letter or in a meeting."""

import sys
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import click

from localplan.cli.common import answers_argument, as_of_option, examples, quoted
from localplan.cli.output import echo
from localplan.desk.desk import open_plan
from localplan.desk.files import write_whole
from localplan.desk.openplan import OpenPlan
from localplan.document import prose
from localplan.document.blocks import Document
from localplan.document.facts.results import comment_number
from localplan.document.numbering import numbered
from localplan.plan.checks.rules.dates import comments_outside
from localplan.plan.file import disk
from localplan.plan.file.answers import Change, load
from localplan.plan.file.saving import save
from localplan.plan.model import Comment
from localplan.plan.reading import read_plan
from localplan.plan.standings import standings
from localplan.plan.tree import get, put
from localplan.review import matrix
from localplan.review.adopted import added, from_items, not_adopted
from localplan.review.items import open_review
from localplan.yamltext import Tree

STANDARD_OUTPUT = "-"


@click.command(
    "comments",
    epilog=examples(
        "localplan comments answers.yaml -o matrix.docx",
        "localplan comments answers.yaml --by organization -o matrix.csv",
        "localplan comments answers.yaml --import letters.csv",
        'localplan comments answers.yaml --add "Evening classes are missing." --person "J. Cruz"',
        "localplan comments answers.yaml --adopt",
    ),
)
@answers_argument
@click.option("-o", "--output", "out", metavar="OUT", help="OUT.docx, .csv, .md, or - for text.")
@click.option("--by", type=click.Choice(matrix.ORDERS), default="number", help="Order of the rows.")
@click.option(
    "--import", "imported", type=click.Path(path_type=Path, dir_okay=False), default=None,
    metavar="CSV", help="Add the comments of a spreadsheet to the plan.",
)  # fmt: skip
@click.option("--add", "text", default="", metavar="TEXT", help="Add one comment to the plan.")
@click.option("--person", default="", help="Who made it.")
@click.option("--organization", default="", help="For whom they speak.")
@click.option("--section", default="", help="The section it is about.")
@click.option("--disagrees", type=click.Choice(["yes", "no"]), default=None, help="With the plan.")
@click.option("--adopt", is_flag=True, help="Take collected comments into the plan's own list.")
@as_of_option
def command(
    file: Path,
    *,
    out: str | None,
    by: matrix.Order,
    imported: Path | None,
    text: str,
    person: str,
    organization: str,
    section: str,
    disagrees: str | None,
    adopt: bool,
    today: date,
) -> int:
    """Write the comment matrix of the plan in FILE, or add comments to it.

    The matrix holds the comments of the plan and those collected from returned files, each with
    its response. Without -o it is printed as text.
    """
    plan = open_plan(file, today=today)
    if imported is not None:
        return _add(plan, matrix.read_csv(disk.read(imported), imported.name))
    if text.lower().endswith(".csv") and Path(text).is_file():
        raise click.UsageError(f"{text} is a file. Add its comments with: --import {text}")
    if text:
        entry = {
            "comment": text, "person": person, "organization": organization, "section": section,
            "disagrees": disagrees or "", "date": today.isoformat(),
        }  # fmt: skip
        return _add(plan, [entry])
    review = open_review(file)
    if adopt:
        return _add(plan, list(from_items(review, plan.questions)))
    found = matrix.ordered(matrix.rows(plan.tree, review, plan.questions), by)
    document = numbered(matrix.as_document(plan.tree, found, by, today))
    if out is None or out == STANDARD_OUTPUT:
        sys.stdout.write(_markdown(document))
    else:
        write_whole(Path(out), _as_file(Path(out), document, found))
        echo(f"Written: {out} ({len(found)} {prose.verb(len(found), 'comment', 'comments')})")
    if waiting := not_adopted(plan.tree, review):
        _invite(file, waiting)
    return 0


def _as_file(target: Path, document: Document, found: Sequence[matrix.Row]) -> bytes:
    """The matrix in the format that the name of `target` says."""
    match target.suffix.lower():
        case ".csv":
            return matrix.as_csv(found)
        case ".md":
            return _markdown(document).encode()
        case ".docx":
            from localplan.document.docx import write_docx  # noqa: PLC0415 (heavy)

            return write_docx(document)
        case _:
            raise click.UsageError(f'"{target.name}" should end in .docx, .csv or .md.')


def _markdown(document: Document) -> str:
    from localplan.document.markdown import to_markdown  # noqa: PLC0415 (heavy)

    return to_markdown(document)


def _invite(file: Path, waiting: int) -> None:
    """Say on the side that the plan itself does not print some of the comments yet."""
    are = "comment is" if waiting == 1 else "comments are"
    echo(
        f"{waiting} collected {are} not in the plan's own list, which its public comment section "
        f"prints.\nTake them in with: localplan comments {quoted(file)} --adopt",
        err=True,
    )


def _add(desk: OpenPlan, new: list[dict[str, str]]) -> int:
    file = desk.path
    told: list[str] = []
    with disk.changing(file):
        answers = load(file)
        comments, count = added(answers.tree, new, desk.by_fills)
        if comments != answers.tree.get("comments", []):
            changes = [Change("comments", comments)]
            received, told = _received(put(answers.tree, "comments", comments), desk.today)
            save(answers, changes + received, now=datetime.now(UTC))
    known = len(new) - count
    more = f"; {known} {'was' if known == 1 else 'were'} there already" if known else ""
    echo(f"{count or 'No'} comment{'' if count == 1 else 's'} added to {file.name}{more}.")
    for line in told:
        echo(line)
    return 0


def _received(tree: Tree, today: date) -> tuple[list[Change], list[str]]:
    """What makes the plan say how many comments came in its comment period, and what to tell.

    A higher number typed by hand stays; a blank one stays blank until the period is over.
    """
    path, plan = "public_comment.received", read_plan(tree).plan
    outside, closes = comments_outside(plan), plan.public_comment.closes
    told = [_out_of_time([_called(each) for each in outside])] if outside else []
    count, said = len(plan.comments) - len(outside), str(get(tree, path) or "")
    if not count or (said.isdecimal() and int(said) >= count):
        return [], told
    if not said and closes is not None and today <= closes:
        until = prose.day(closes)
        return [], [*told, f"{path} stays blank: comments are open until {until}."]
    changes = [Change(path, str(count))]
    if standings(tree).get(path, {}).get("state") == "later":
        changes.append(Change(f"status.{path}", None))
    return changes, [*told, f"{path} is {count} now{f' (it was {said})' if said else ''}."]


def _called(comment: Comment) -> str:
    number = str(comment.number or "")
    return comment_number(number, comment.id) or comment.id


def _out_of_time(names: Sequence[str]) -> str:
    is_one = len(names) == 1
    return (
        f"Outside the comment period, and not counted as received in it: {', '.join(names)}. "
        f"{'It stands' if is_one else 'They stand'} in the plan's list of comments."
    )
