"""`localplan carry`: begin the next plan from the last."""

import json
from dataclasses import asdict, replace
from datetime import UTC, date, datetime
from pathlib import Path

import click

from localplan.cli.common import ProgramYear, as_of_option, examples, schema_option
from localplan.cli.output import echo
from localplan.desk.cycledata import CARRY_SCHEMA, carried_data
from localplan.desk.desk import open_plan
from localplan.desk.files import refuse_existing, write_whole
from localplan.plan.cycle.carriedtext import carried_text
from localplan.plan.cycle.carry import Carried, CarryReport, Kind, carry
from localplan.plan.cycle.period import Moved, year_after
from localplan.plan.file.answers import AnswersFile, load
from localplan.plan.file.figures import bring_along, read_ledger
from localplan.plan.file.formats import FORMAT, format_of
from localplan.plan.file.identifiers import with_ids
from localplan.plan.tree import get, is_blank
from localplan.yamltext import parse

WORDS = frozenset(
    {".docx", ".docm", ".dotx", ".dotm", ".doc", ".dot", ".odt", ".rtf", ".pdf", ".pages"}
)
"""Endings of documents that people write; only the first can be read, the others are explained."""

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
    "--first-year", type=ProgramYear(), metavar="YEAR",
    help="The first program year of the new cycle; without it the year after the old one ends.",
)  # fmt: skip
@click.option(
    "--kind", type=click.Choice(["four-year", "modification"]), default="four-year",
    show_default=True, help="A new cycle, or a modification within the period of the old plan.",
)  # fmt: skip
@schema_option(CARRY_SCHEMA)
@click.option("--json", "as_json", is_flag=True, help="Print the report as one JSON object.")
@as_of_option
def command(
    old: Path, new: Path, *, first_year: int | None, kind: Kind, as_json: bool, today: date
) -> int:
    """Begin the plan NEW from OLD: the answers file of the last plan, or that plan as Word.

    Every answer arrives as carried until a person confirms or changes it. OLD is only read.
    """
    refuse_existing(new)
    if new.suffix.lower() in WORDS:
        named = new.with_suffix(".yaml").name
        raise click.UsageError(f'"{new.name}" becomes an answers file. Call it {named}.')
    if old.suffix.lower() in WORDS:
        from localplan.cli.carryword import Order, carry_word  # noqa: PLC0415 (lxml, for Word only)

        carry_word(old, new, Order(kind, first_year, today), as_json=as_json)
        return 0
    file = load(old)
    if kind == "modification" and first_year:
        echo("A modification keeps the years of its plan; --first-year is not used.", err=True)
    year = first_year or year_after(file.tree) or today.year
    asked = open_plan(old, today=today).questions
    carried = carry(file.tree, asked, first_year=year, kind=kind, today=today)
    if carried.tree.get("uses"):
        carried = _sharing(carried, old.parent, new.parent)
    remark = f"Carried from {old.name} on {today.isoformat()}."
    text = carried_text(file.text, file.as_written, carried.tree, remark)
    read_ledger(old)  # what cannot be read is said before anything is written
    write_whole(new, text.encode(), like=old)
    bring_along([old], new, now=datetime.now(UTC))
    renewed = _renewed(file)
    if as_json:
        report = carried_data(new, carried.report, renewed)
        echo(json.dumps(report, indent=1, ensure_ascii=False))
    else:
        _show(carried.report, renewed, new)
    return 0


def _renewed(file: AnswersFile) -> list[dict[str, str]]:
    """What became of answers whose questions changed since the old file was written."""
    if format_of(file.as_written) == format_of(file.tree):
        return []
    from localplan.plan.file.upgrade import upgraded  # noqa: PLC0415 (older files only)

    as_it_is = parse(file.path.read_text(encoding="utf-8-sig"), file.path.name)
    return [asdict(each) for each in upgraded(with_ids(as_it_is), FORMAT).outcomes]


def _sharing(carried: Carried, old: Path, new: Path) -> Carried:
    """What was carried, with the shared files found from the new folder and not asked for again."""
    from localplan.plan.file.uses import relocated, with_shared  # noqa: PLC0415 (few plans share answers)

    whole = with_shared(carried.tree, old).tree
    missing = tuple(ask for ask in carried.report.to_answer if is_blank(get(whole, ask.path)))
    report = replace(carried.report, to_answer=missing)
    return replace(carried, tree=relocated(carried.tree, old, new), report=report)


def _show(report: CarryReport, renewed: list[dict[str, str]], new: Path) -> None:
    moved = {move.path for move in report.moved}
    echo(f"Written: {new}\n")
    echo(f"{len(report.carried)} answers carried; each waits for a person to confirm it.")
    _list("Moved with the years", [_moved(move) for move in report.moved])
    _list(
        "Look at these first",
        [f"{path}: {reason}" for path, reason in report.doubts if path not in moved],
    )
    _list(
        "Set aside in the old plan; see that it still holds",
        [f"{p}: {r}" for p, r in report.settled],
    )
    _list("Cleared and kept under history", [f"{c.path}: {c.why}" for c in report.cleared])
    _list("Actions finished, not carried", list(report.dropped))
    _list(
        "Because the questions changed",
        [f"{each['path']} → {each['to']}: {each['why']}" for each in renewed],
    )
    asked = [(ask.again, f"{ask.path}: {ask.ask}") for ask in report.to_answer]
    _list("To answer again", [line for again, line in asked if again])
    _list("To answer, not in the old plan", [line for again, line in asked if not again])
    echo(f"\nNext: localplan interview {new} --only carried")


def _moved(move: Moved) -> str:
    return f"{move.path}: {move.old} → {move.new}" if move.old else f"{move.path}: {move.new}"


def _list(title: str, lines: list[str]) -> None:
    if not lines:
        return
    echo(f"\n{title} ({len(lines)})")
    for line in lines[:_SHOWN]:
        echo(f"  {line}")
    if len(lines) > _SHOWN:
        echo(f"  … and {len(lines) - _SHOWN} more; all of them with --json")
