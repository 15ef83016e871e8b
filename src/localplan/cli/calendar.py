"""`localplan calendar`: plan back from the day the State wants the plan."""

import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from localplan.cli.common import answers_argument, as_of_option, examples, quoted
from localplan.cli.output import echo
from localplan.desk.desk import open_plan
from localplan.desk.drafting import FORMATS
from localplan.desk.files import write_whole
from localplan.document.numbering import numbered
from localplan.document.schedule import calendar_document, said_of_past
from localplan.plan.calendar import DueUnknownError, Step, calendar_of, usual_due
from localplan.plan.icalendar import icalendar_of
from localplan.plan.reading import read_plan

STANDARD_OUTPUT = "-"


@click.command(
    "calendar",
    epilog=examples(
        "localplan calendar answers.yaml",
        "localplan calendar answers.yaml -o calendar.md",
        "localplan calendar answers.yaml -o calendar.ics",
    ),
)
@answers_argument
@click.option(
    "-o", "--output", "out", metavar="OUT", help="OUT.md, .docx, .html, .pdf, .ics, or - for text."
)
@click.option("--outline", default="", metavar="XX", help="Go by a State outline, such as ca.")
@as_of_option
def command(file: Path, *, out: str | None, outline: str, today: date) -> int:
    """Show what must happen by when, back from the day FILE says the plan is due.

    Each date names the rule behind it: federal law, the State, the Board's own date, or our
    suggestion. Set dates of your own under plan.dates, and the others move with them.
    """
    opened = open_plan(file, today=today, outline=outline)
    plan = read_plan(opened.tree).plan
    try:
        steps = calendar_of(plan, opened.state, today=today)
    except DueUnknownError as error:
        day = usual_due(plan, today).isoformat()
        answer = f"localplan set {quoted(file)} plan.dates.submission_due {day}"
        raise DueUnknownError(f"{error} Answer it with a day such as this: {answer}") from error
    if past := said_of_past(steps, today):
        echo(past, err=True)
    if out is None:
        _show(steps)
        return 0
    kind = ".md" if out == STANDARD_OUTPUT else Path(out).suffix.lower()
    if kind == ".ics":
        name = f"{plan.board.name or 'Local board'}: local plan"
        content = icalendar_of(steps, name=name, today=today).encode()
    elif kind in FORMATS:
        made = calendar_document(steps, plan, opened.state, today=today)
        content = FORMATS[kind](numbered(made), None)
    else:
        kinds = ", ".join((*FORMATS, ".ics"))
        raise click.UsageError(f'"{Path(out).name}" should end in one of {kinds}.')
    if out == STANDARD_OUTPUT:
        sys.stdout.write(content.decode())
        return 0
    write_whole(Path(out), content)
    echo(f"Written: {out}")
    return 0


def _show(steps: Sequence[Step]) -> None:
    table = Table(box=None, pad_edge=False)
    table.add_column("Date", no_wrap=True)
    table.add_column("What happens", ratio=2)
    table.add_column("Rule", ratio=3)
    for step in steps:
        caution = f" [bold]{escape(step.caution)}[/bold]" if step.caution else ""
        rule = escape(f"{step.behind}. {step.rule}")
        table.add_row(f"{step.day:%a %Y-%m-%d}", escape(step.what), f"{rule}{caution}")
    console = Console(highlight=False)
    console.print(table)
    console.print("\nSave it with -o calendar.md, or open it in your own calendar: -o calendar.ics")
