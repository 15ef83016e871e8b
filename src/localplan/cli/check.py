"""`localplan check`: what is answered, what is missing and what does not agree."""

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import click

from localplan.cli.checkdata import SCHEMA, as_data
from localplan.cli.common import (
    INCOMPLETE,
    answers_argument,
    as_of_option,
    examples,
    mention_copies,
)
from localplan.cli.output import echo
from localplan.cli.plans import OpenPlan, open_plan
from localplan.cli.report import report
from localplan.knowledge.kinds import STAGES, Stage
from localplan.plan.checks.checkup import Checkup


def _print_schema(context: click.Context, _: click.Parameter, wanted: bool) -> None:  # noqa: FBT001 (click calls it)
    if wanted:
        echo(SCHEMA.read_text(encoding="utf-8").rstrip())
        context.exit()


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
@click.option(
    "--schema", is_flag=True, is_eager=True, expose_value=False, callback=_print_schema,
    help="Print the JSON Schema of --json, and stop.",
)  # fmt: skip
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
    plan = open_plan(file, outline)
    mention_copies(file)
    checkup = plan.check_up(today, stage, pages_of(plan, today) if measure else None)
    if proof:
        _write_proof(plan, checkup, outline, proof, today)
    if as_json:
        echo(json.dumps(as_data(checkup), indent=2, ensure_ascii=False))
    else:
        report(checkup, file, everything=everything)
    return 0 if checkup.complete else INCOMPLETE


def _write_proof(plan: OpenPlan, checkup: Checkup, outline: str, target: Path, today: date) -> None:
    from localplan.cli.drafting import FORMATS, Order, write_proof  # noqa: PLC0415 (heavy)

    if target.suffix.lower() not in FORMATS:
        raise click.UsageError(f'"{target.name}" should end in one of {", ".join(FORMATS)}.')
    write_proof(Order(plan, checkup, outline, None, checkup.progress.stage, today), target)
    echo(f"Written: {target}", err=True)


def pages_of(plan: OpenPlan, today: date) -> Mapping[str, float]:
    """Return the pages that the limited parts of the State's outline fill in the final plan.

    Empty where the State sets no such limit or LibreOffice is missing.
    """
    from localplan.document.assemble import Drafting, assemble  # noqa: PLC0415 (heavy)
    from localplan.document.numbering import numbered  # noqa: PLC0415
    from localplan.document.outline import outline_document  # noqa: PLC0415
    from localplan.document.pages import has_page_limits, measured_pages  # noqa: PLC0415

    if plan.state is None or not has_page_limits(plan.state):
        return {}
    tree = plan.file.tree
    drafted = assemble(tree, plan.questionnaire, Drafting(today, "submission"))
    return measured_pages(numbered(outline_document(drafted, plan.state, tree)), plan.state)
