"""`localplan carry`: begin the next plan from the last."""

import json
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path

import click

from localplan.cli.common import as_of_option, examples, refuse_existing, write_whole
from localplan.cli.plans import questionnaire_of
from localplan.plan.cycle.carriedtext import carried_text
from localplan.plan.cycle.carry import Carried, CarryReport, Kind, carry
from localplan.plan.cycle.period import PROGRAM_YEARS, first_year_of
from localplan.plan.file.answers import load
from localplan.plan.tree import get, is_blank

_SHOWN = 12


@click.command(
    "carry",
    epilog=examples(
        "localplan carry plan-2025.yaml plan-2029.yaml --first-year 2029",
        "localplan carry plan-2025.yaml plan-2027.yaml --kind modification",
        "localplan carry plan-2021.docx plan-2025.yaml --first-year 2025",
    ),
)
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
@click.option(
    "--first-year", type=click.IntRange(2000, 2099), metavar="YEAR",
    help="The first program year of the new cycle; without it the year after the old one ends.",
)  # fmt: skip
@click.option(
    "--kind", type=click.Choice(["four-year", "modification"]), default="four-year",
    show_default=True, help="A new cycle, or a modification within the period of the old plan.",
)  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print the report as one JSON object.")
@as_of_option
def command(
    old: Path, new: Path, *, first_year: int | None, kind: Kind, as_json: bool, today: date
) -> int:
    """Begin the plan NEW from OLD: the answers file of the last plan, or that plan as Word.

    Every answer arrives as carried until a person confirms or changes it. OLD is only read.
    """
    refuse_existing(new)
    if old.suffix.lower() == ".docx":
        from localplan.cli.carryword import carry_word  # noqa: PLC0415 (lxml, for Word only)

        carry_word(old, new, first_year or today.year, as_json=as_json)
        return 0
    file = load(old)
    before = first_year_of(file.tree)
    year = first_year or (before + PROGRAM_YEARS if before else today.year)
    carried = carry(file.tree, questionnaire_of(file), first_year=year, kind=kind, today=today)
    if carried.tree.get("uses"):
        carried = _sharing(carried, old.parent, new.parent)
    remark = f"Carried from {old.name} on {today.isoformat()}."
    text = carried_text(file.text, file.as_written, carried.tree, remark)
    write_whole(new, text.encode())
    if as_json:
        report = {"file": str(new), **asdict(carried.report)}
        click.echo(json.dumps(report, indent=1, ensure_ascii=False))
    else:
        _show(carried, new)
    return 0


def _sharing(carried: Carried, old: Path, new: Path) -> Carried:
    """What was carried, with the shared files found from the new folder and not asked for again."""
    from localplan.plan.file.uses import relocated, with_shared  # noqa: PLC0415 (few plans share answers)

    whole = with_shared(carried.tree, old).tree
    missing = tuple(ask for ask in carried.report.to_answer if is_blank(get(whole, ask.path)))
    report = replace(carried.report, to_answer=missing)
    return replace(carried, tree=relocated(carried.tree, old, new), report=report)


def _show(carried: Carried, new: Path) -> None:
    report = carried.report
    click.echo(f"Written: {new}\n")
    click.echo(f"{len(report.carried)} answers carried; each waits for a person to confirm it.")
    _list("Moved with the years", [_moved(report, at) for at in range(len(report.moved))])
    _list(
        "Look at these first",
        [f"{path}: {reason}" for path, reason in report.doubts if not reason.startswith("Moved")],
    )
    _list("Cleared and kept under history", [f"{c.path}: {c.why}" for c in report.cleared])
    _list("Actions finished, not carried", list(report.dropped))
    _list("To answer", [f"{ask.path}: {ask.ask}" for ask in report.to_answer])
    click.echo(f"\nNext: localplan interview {new} --only carried")


def _moved(report: CarryReport, position: int) -> str:
    move = report.moved[position]
    return f"{move.path}: {move.old} → {move.new}" if move.old else f"{move.path}: {move.new}"


def _list(title: str, lines: list[str]) -> None:
    if not lines:
        return
    click.echo(f"\n{title} ({len(lines)})")
    for line in lines[:_SHOWN]:
        click.echo(f"  {line}")
    if len(lines) > _SHOWN:
        click.echo(f"  … and {len(lines) - _SHOWN} more; all of them with --json")
