"""`localplan check`: what is answered, what is missing and what does not agree."""

import json
from collections import Counter
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import click

from localplan.cli.common import INCOMPLETE, answers_argument, as_of_option, examples
from localplan.cli.plans import OpenPlan, open_plan
from localplan.cli.report import report
from localplan.knowledge.kinds import STAGES, Stage
from localplan.knowledge.standards import Watch
from localplan.plan.checks.checkup import Checkup
from localplan.plan.checks.coverage import (
    CriterionCoverage,
    DefinitionReview,
    RequirementCoverage,
)
from localplan.plan.checks.findings import Finding
from localplan.plan.checks.limits import Length
from localplan.plan.progress import SectionProgress


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
    checkup = plan.check_up(today, stage, pages_of(plan, today) if measure else None)
    if proof:
        _write_proof(plan, checkup, outline, proof, today)
    if as_json:
        click.echo(json.dumps(as_data(checkup), indent=2, ensure_ascii=False))
    else:
        report(checkup, file, everything=everything)
    return 0 if checkup.complete else INCOMPLETE


def _write_proof(plan: OpenPlan, checkup: Checkup, outline: str, target: Path, today: date) -> None:
    from localplan.cli.drafting import FORMATS, Order, write_proof  # noqa: PLC0415 (heavy)

    if target.suffix.lower() not in FORMATS:
        raise click.UsageError(f'"{target.name}" should end in one of {", ".join(FORMATS)}.')
    write_proof(Order(plan, checkup, outline, None, checkup.progress.stage, today), target)
    click.echo(f"Written: {target}", err=True)


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


def as_data(checkup: Checkup) -> dict[str, Any]:
    """Return the checkup as plain data, the contract of `check --json`."""
    return {
        "complete": checkup.complete,
        "stage": checkup.progress.stage,
        "elements": {part.section.id: _section(part) for part in checkup.progress.sections},
        "requirements": [_requirement(row) for row in checkup.requirements],
        "frameworks": [_criterion(row) for row in checkup.frameworks],
        "definition": [_part(row) for row in checkup.definition],
        "findings": [_finding(finding) for finding in checkup.findings],
        "limits": [_length(length) for length in checkup.lengths],
        "watch": [_note(note) for note in checkup.watch],
        "counts": dict(Counter(finding.severity for finding in checkup.findings)),
    }


def _section(part: SectionProgress) -> dict[str, Any]:
    return {
        "applies": part.applies,
        "required": part.required,
        "answered": part.answered,
        "later": part.later,
    }


def _requirement(row: RequirementCoverage) -> dict[str, Any]:
    return {
        "id": row.requirement.id,
        "heading": row.requirement.heading,
        "citation": row.requirement.citation,
        "status": row.coverage.status,
        "where": list(row.coverage.where),
        "open": list(row.coverage.open),
        "reason": row.coverage.reason,
    }


def _criterion(row: CriterionCoverage) -> dict[str, Any]:
    return {
        "id": row.framework.id,
        "element": row.criterion.element,
        "criterion": row.criterion.id,
        "says": row.criterion.says,
        "status": row.coverage.status,
        "where": list(row.coverage.where),
        "look_for": row.criterion.sought,
        "marked": bool(row.mark),
    }


def _part(row: DefinitionReview) -> dict[str, Any]:
    return {
        "pathway": row.pathway,
        "part": row.part.id,
        "found": row.found.status,
        "where": list(row.found.where),
        "standing": row.standing,
        "next_step": row.next_step,
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "id": finding.id,
        "rule": finding.rule,
        "severity": finding.severity,
        "path": finding.path,
        "other": finding.other,
        "message": finding.message,
        "accepted": finding.accepted,
    }


def _length(length: Length) -> dict[str, Any]:
    return {
        "place": length.place,
        "title": length.title,
        "words": length.words,
        "pages": length.pages,
        "measured": length.measured,
        "most_words": length.most_words,
        "most_pages": length.most_pages,
        "exceeds": length.exceeds,
    }


def _note(note: Watch) -> dict[str, Any]:
    return {"id": note.id, "date": note.date, "topic": note.topic, "do": note.do}
