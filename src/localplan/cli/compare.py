"""`localplan compare`: what changed between two plans, or two drafts of one."""

import json
import sys
from datetime import date
from pathlib import Path

import click

from localplan.cli.common import as_of_option, examples, schema_option
from localplan.cli.output import echo
from localplan.desk.comparing import as_markdown, as_word
from localplan.desk.cycledata import COMPARE_SCHEMA, compared_data
from localplan.desk.desk import open_plan
from localplan.desk.files import write_whole
from localplan.knowledge.kinds import STAGES, Stage
from localplan.plan.public import hiding_nothing

STANDARD_OUTPUT = "-"


@click.command(
    "compare",
    epilog=examples(
        "localplan compare plan-2025.yaml plan-2029.yaml",
        "localplan compare plan-2025.yaml plan-2027.yaml -o changes.docx",
        "localplan compare draft-1.yaml draft-2.yaml --json",
    ),
)
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
@click.option(
    "-o", "--output", "out", metavar="OUT",
    help="OUT.docx (with tracked changes) or OUT.md; - for text.",
)  # fmt: skip
@schema_option(COMPARE_SCHEMA)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option(
    "--stage", type=click.Choice(STAGES), default="public", show_default=True,
    help="Which readers it is for: working shows what stays with the board.",
)  # fmt: skip
@as_of_option
def command(
    old: Path, new: Path, *, out: str | None, as_json: bool, stage: Stage, today: date
) -> int:
    """See what changed from OLD to NEW, two answers files. Both are only read.

    The Word document holds the tables of changes and the whole plan with tracked changes: accepting
    all of them gives the new plan, and rejecting all gives the old one.
    """
    before, after = open_plan(old, today=today), open_plan(new, today=today)
    for plan in (before, after):
        for entry in hiding_nothing(plan.tree):
            echo(f'"{entry}" under private of {plan.path.name} hides nothing.', err=True)
    compared = after.compared(before, stage=stage)
    if as_json:
        echo(json.dumps(compared_data(compared), indent=1, ensure_ascii=False))
        if not out:
            return 0
    if out is None or out == STANDARD_OUTPUT:
        sys.stdout.write(as_markdown(compared))
        return 0
    target = Path(out)
    match target.suffix.lower():
        case ".docx":
            content = as_word(compared)
        case ".md":
            content = as_markdown(compared).encode()
        case _:
            raise click.UsageError(f'"{target.name}" should end in .docx or .md.')
    write_whole(target, content)
    echo(f"Written: {target}", err=as_json)
    return 0
