"""`localplan import`: what a public data file is, and what it says about a place."""

import json
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

import click

from localplan.cli.common import as_of_option, examples
from localplan.cli.output import echo
from localplan.desk.desk import open_plan
from localplan.errors import shown
from localplan.evidence.areas import AreaError, Wanted, counties_in, wanted
from localplan.evidence.importdata import SCHEMA, as_data
from localplan.evidence.imports import Outcome, read_files
from localplan.evidence.reading import Found, said_areas
from localplan.plan.series import Figure, Series

FAILED = 1
_MOST_SERIES = 12
_MOST_FIGURES = 6
_MOST_PERIODS = 4
_DECIMALS = 4


def _print_schema(context: click.Context, _: click.Parameter, asked: bool) -> None:  # noqa: FBT001 (click calls it)
    if asked:
        echo(SCHEMA.read_text(encoding="utf-8").rstrip())
        context.exit()


@click.command(
    "import",
    epilog=examples(
        "localplan import 06059.csv",
        "localplan import laucnty23.xlsx --area 06059",
        'localplan import 2023.annual.singlefile.csv --area "Orange County, CA" --area 06003',
        "localplan import c2024_a.csv hd2024.csv --plan answers.yaml",
        "localplan import wages.csv --as our-wages.yaml --json > wages.json",
    ),
)
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE..."
)
@click.option(
    "--plan", type=click.Path(path_type=Path), metavar="ANSWERS",
    help="Read the figures of the counties of this plan. The plan stays as it is.",
)  # fmt: skip
@click.option(
    "--area", "areas", multiple=True, metavar="AREA",
    help="A county by its code or name, a State, a metropolitan area; several are added up.",
)  # fmt: skip
@click.option(
    "--as", "source", default="", metavar="NAME|FILE",
    help="Say which source the files are from, or name a source file of your own.",
)  # fmt: skip
@click.option(
    "--period", default="", metavar="WHEN",
    help="Say what time the figures are about, where the file does not, such as 2023.",
)  # fmt: skip
@click.option(
    "--schema", is_flag=True, is_eager=True, expose_value=False, callback=_print_schema,
    help="Print the JSON Schema of --json, and stop.",
)  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object for other programs.")
@as_of_option
def command(
    files: tuple[Path, ...],
    *,
    plan: Path | None,
    areas: tuple[str, ...],
    source: str,
    period: str,
    as_json: bool,
    today: date,
) -> int:
    """Say what each FILE is (source, period, areas) and which figures it has for an area.

    Files are known by their headings, never by their names. Figures that an agency keeps back
    stay kept back, with their mark. Ends with 1 when a file is refused; the others are read anyway.
    """
    asked, said = _places(areas, plan, today)
    outcome = read_files(files, today=today, asked=asked, source=source, period=period)
    if as_json:
        echo(json.dumps(as_data(outcome), indent=2, ensure_ascii=False))
    else:
        _report(outcome, asked, said)
    for file in outcome.files:
        if file.trouble:
            echo(file.trouble, err=True)
    return FAILED if any(file.trouble for file in outcome.files) else 0


def _places(areas: Sequence[str], plan: Path | None, today: date) -> tuple[Wanted | None, str]:
    """The places asked for, and a line on how the plan's counties were found."""
    opened = open_plan(plan, today=today).plan if plan else None
    state = (opened.board.state if opened else "") or ""
    if areas:
        return wanted(areas, state), ""
    if opened is None or plan is None:
        return None, ""
    places = [place for area in opened.areas for place in area.jurisdictions]
    counties, left = counties_in(places, state)
    if not counties:
        raise AreaError(
            f"{shown(plan.name)} names no county under areas that is known in its State "
            f"({state or 'none is given'}). Name one with --area, such as --area 06059."
        )
    said = f"Counties of the plan: {'; '.join(area.name for area in counties)}."
    if left:
        said += f" No county is named by: {'; '.join(left)}."
    return Wanted(counties), said


def _report(outcome: Outcome, asked: Wanted | None, said: str) -> None:
    if said:
        echo(f"{said}\n")
    for file in outcome.files:
        if file.found:
            _report_file(file.found)
    for series in outcome.series[:_MOST_SERIES]:
        _report_series(series)
    figures = sum(len(series.values) for series in outcome.series)
    kept_back = sum(len(series.suppressed) for series in outcome.series)
    if figures:
        more = len(outcome.series) - _MOST_SERIES
        rest = f" {more:,} series more are not shown; --json prints all." if more > 0 else ""
        noun = "figure" if figures == 1 else "figures"
        echo(f"\n{figures:,} {noun}, {kept_back:,} of them kept back or blank.{rest}")
    elif asked is None and any(file.found and file.found.areas for file in outcome.files):
        echo("\nName a place to see its figures, such as --area 06059.")


def _report_file(found: Found) -> None:
    source = found.source
    echo(f"{found.data.name}: {source.name} ({source.id})")
    echo(f"  {source.agency}. {source.license}.")
    if source.titles or source.links:
        what = "pairs of codes" if source.links else "names for codes"
        count = len(found.names.links) or sum(map(len, found.names.titles.values()))
        echo(f"  A list of {count:,} {what}; it holds no figures.")
        return
    periods = found.periods
    when = "; ".join(periods)
    if len(periods) > _MOST_PERIODS:
        when = f"{len(periods)} periods, such as {periods[0]}"
    origin = {"name": " (from the name of the file; check it)", "person": " (as you say)"}
    echo(f"  Period: {when}{origin.get(found.period_from, '')}")
    echo(f"  Areas: {said_areas(found)}")
    left = f", {found.passed_over:,} of them no figures or totals" if found.passed_over else ""
    echo(f"  {found.rows:,} rows{left}")
    if source.note:
        echo(f"  {source.note}")


def _report_series(series: Series) -> None:
    head = f"{series.measure} ({series.unit}), {series.area.name}, {series.period}"
    if len(series.values) == 1:
        (figure,) = series.values
        about = f", {_about(figure)}" if figure.about else ""
        echo(f"\n{head}{about}: {_said(figure)}")
        return
    echo(f"\n{head}")
    for figure in series.values[:_MOST_FIGURES]:
        echo(f"  {_about(figure)}: {_said(figure)}")
    more = len(series.values) - _MOST_FIGURES
    if more > 0:
        echo(f"  and {more:,} more")


def _about(figure: Figure) -> str:
    return ", ".join(each.title or each.code for each in figure.about)


def _said(figure: Figure) -> str:
    if figure.value is None:
        return f"{figure.mark or 'none'} ({figure.note})"
    said = _in_digits(figure.value)
    if figure.margin:
        margin = figure.margin
        said += (
            f" ± {_in_digits(margin.value)}"
            if margin.value is not None
            else f" ± none ({margin.note})"
        )
    return f"{said} ({figure.mark}: {figure.note})" if figure.mark else said


def _in_digits(value: Decimal) -> str:
    """The number with separators, without zeros that say nothing."""
    said = f"{round(value, _DECIMALS):,f}"
    return said.rstrip("0").rstrip(".") if "." in said else said
