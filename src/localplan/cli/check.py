"""`localplan check`: what is answered, what is missing and what does not agree."""

import json
from datetime import date
from pathlib import Path

import click

from localplan.cli.common import (
    INCOMPLETE,
    answers_argument,
    as_of_option,
    examples,
    mention_copies,
    schema_option,
)
from localplan.cli.output import echo
from localplan.cli.report import report
from localplan.desk.checkdata import SCHEMA, as_data
from localplan.desk.desk import Desk, open_plan
from localplan.knowledge.kinds import STAGES, Stage


@click.command(
    "check",
    epilog=examples(
        "localplan check answers.yaml",
        "localplan check answers.yaml --outline ca",
        "localplan check answers.yaml --outline or --measure",
        "localplan check answers.yaml --proof proof.docx",
        "localplan check answers.yaml --json > check.json",
    ),
)
@answers_argument
@schema_option(SCHEMA)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object for other programs.")
@click.option("--outline", default="", metavar="XX", help="Check for a State outline, such as ca.")
@click.option(
    "--stage", type=click.Choice(STAGES), default="working", show_default=True,
    help="Which readers the plan should be ready for.",
)  # fmt: skip
@click.option("--all", "everything", is_flag=True, help="List every requirement and criterion.")
@click.option(
    "--measure", is_flag=True,
    help="Count pages that the State limits with LibreOffice, where it is installed.",
)  # fmt: skip
@click.option(
    "--proof", type=click.Path(path_type=Path, dir_okay=False), metavar="OUT",
    help="Write where each item is answered to OUT.docx, .html, .md or .pdf.",
)  # fmt: skip
@as_of_option
def command(
    file: Path,
    *,
    as_json: bool,
    outline: str,
    stage: Stage,
    everything: bool,
    measure: bool,
    proof: Path | None,
    today: date,
) -> int:
    """See what is answered in FILE, what is missing and what does not agree.

    Ends with 0 when the plan is complete, 3 when it is not, 1 when the file cannot be read.
    """
    plan = open_plan(file, today=today, outline=outline)
    mention_copies(file)
    if measure:
        plan.count_pages()
    checkup = plan.checkup(stage)
    if proof:
        _write_proof(plan, stage, outline, proof)
    if as_json:
        echo(json.dumps(as_data(checkup), indent=2, ensure_ascii=False))
    else:
        report(checkup, file, everything=everything)
    return 0 if checkup.complete else INCOMPLETE


def _write_proof(plan: Desk, stage: Stage, outline: str, target: Path) -> None:
    from localplan.desk.drafting import FORMATS  # noqa: PLC0415 (heavy)

    if target.suffix.lower() not in FORMATS:
        raise click.UsageError(f'"{target.name}" should end in one of {", ".join(FORMATS)}.')
    plan.proof(target, stage=stage, outline=outline)
    echo(f"Written: {target}", err=True)
