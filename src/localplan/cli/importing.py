"""`localplan import`: what a public data file is, and what it says about a place."""

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click

from localplan.cli.common import as_of_option, examples, quoted, schema_option
from localplan.cli.output import echo
from localplan.desk.desk import Desk, open_plan
from localplan.desk.openplan import Conflicts, Refused
from localplan.errors import LocalPlanError, shown
from localplan.evidence.areas import AreaError, Wanted, counties_in, wanted
from localplan.evidence.importdata import SCHEMA, as_data
from localplan.evidence.imports import Outcome, read_files
from localplan.evidence.offers import Offer, Offers, in_digits, source_of
from localplan.evidence.reading import Found, said_areas
from localplan.plan.file.history import free_name
from localplan.plan.series import Figure, Series

FAILED = 1
_MOST_SERIES = 12
_MOST_FIGURES = 6
_MOST_PERIODS = 4
MOVED = 10
"""Percent by which a figure must have changed to be named again at the end."""


class NotTakenError(LocalPlanError):
    """Figures that cannot be put into the plan, and why."""


@click.command(
    "import",
    epilog=examples(
        "localplan import 06059.csv",
        "localplan import laucnty23.xlsx --area 06059",
        'localplan import 2023.annual.singlefile.csv --area "Orange County, CA" --area 06003',
        "localplan import 06059.csv --plan answers.yaml",
        "localplan import 06059.csv --plan answers.yaml --take 1,3",
        "localplan import oesm25ma.xlsx --plan answers.yaml --area 31080 --take all",
        "localplan import wages.csv --as our-wages.yaml --json > wages.json",
    ),
)
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE..."
)
@click.option(
    "--plan", type=click.Path(path_type=Path), metavar="ANSWERS",
    help="Read the figures of the counties of this plan, and show what they would change in it.",
)  # fmt: skip
@click.option(
    "--take", default="", metavar="all|N[,N]",
    help="Put these of the proposals into the plan; without it the plan stays as it is.",
)  # fmt: skip
@click.option(
    "--moved", type=click.IntRange(min=0), default=MOVED, show_default=True, metavar="PERCENT",
    help="Name answers again at the end that would change by more than this.",
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
@schema_option(SCHEMA)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object for other programs.")
@as_of_option
def command(
    files: tuple[Path, ...],
    *,
    plan: Path | None,
    take: str,
    moved: int,
    areas: tuple[str, ...],
    source: str,
    period: str,
    as_json: bool,
    today: date,
) -> int:
    """Say what each FILE is (source, period, areas) and which figures it has for an area.

    With --plan it shows what the figures would change in the plan, old beside new; --take changes
    it. What was taken can be taken back like any other change (history, restore).

    Files are known by their headings, never by their names. Figures that an agency keeps back
    stay kept back, with their mark. Ends with 1 when a file is refused; the others are read anyway.
    """
    if take and plan is None:
        raise click.UsageError("--take needs --plan, the answers file to put the figures into.")
    desk = open_plan(plan, today=today) if plan else None
    asked, said = _places(areas, desk)
    outcome = read_files(files, today=today, asked=asked, source=source, period=period)
    offers = desk.offers(outcome) if desk else Offers(())
    troubles = [*(file.trouble for file in outcome.files if file.trouble), *offers.troubles]
    if take and troubles:
        raise NotTakenError("\n".join([*troubles, "Nothing was taken."]))
    if as_json:
        echo(json.dumps(as_data(outcome, offers.offers), indent=2, ensure_ascii=False))
    else:
        _report(outcome, asked, said, with_series=desk is None)
        _propose(offers, moved)
    if take and desk:
        _take(desk, offers, take, aside=as_json)
    elif offers.offers and not as_json:
        echo("\nNothing was written. Take them with --take all, or some, such as --take 1,2.")
    for trouble in troubles:
        echo(trouble, err=True)
    return FAILED if troubles else 0


def _places(areas: Sequence[str], desk: Desk | None) -> tuple[Wanted | None, str]:
    """The places asked for, and a line on how the plan's counties were found."""
    state = (desk.plan.board.state if desk else "") or ""
    if areas:
        return wanted(areas, state), ""
    if desk is None:
        return None, ""
    places = [place for area in desk.plan.areas for place in area.jurisdictions]
    counties, left = counties_in(places, state)
    if not counties:
        raise AreaError(
            f"{shown(desk.path.name)} names no county under areas that is known in its State "
            f"({state or 'none is given'}). Name one with --area, such as --area 06059."
        )
    said = f"Counties of the plan: {'; '.join(area.name for area in counties)}."
    if left:
        said += f" No county is named by: {'; '.join(left)}."
    return Wanted(counties), said


def _propose(offers: Offers, moved: int) -> None:
    """Show each proposal: what the answer says now, what it would say, and whose figure it is."""
    if not offers.offers:
        if offers.held:
            echo(f"\nThe plan has these {offers.held:,} figures already.")
        return
    echo(f"\nProposed for the plan ({len(offers.offers)})")
    for number, offer in enumerate(offers.offers, 1):
        proposal, origin = offer.proposal, offer.figure.origin
        echo(f"{number:3}. {offer.title}, {origin.area.name}, {origin.period}")
        echo(f"     {proposal.path}: {proposal.now or 'blank'} -> {proposal.wanted}{_by(offer)}")
        echo(f"     {source_of(origin)}")
        if offer.before is None and proposal.now:
            echo("     What stands there was typed, not imported.")
        if offer.beside:
            echo(f"     The sector says already: {offer.beside}")
    far = [
        str(number)
        for number, offer in enumerate(offers.offers, 1)
        if offer.moved is not None and abs(offer.moved) > moved
    ]
    if far:
        echo(f"\nMore than {moved} percent up or down: {', '.join(far)}.")
    if offers.held:
        echo(f"{offers.held:,} more are in the plan already.")


def _by(offer: Offer) -> str:
    """How far the answer would move."""
    if offer.moved is None:
        return ""
    return f" ({'+' if offer.moved > 0 else ''}{in_digits(offer.moved, 1)} percent)"


def _take(desk: Desk, offers: Offers, take: str, *, aside: bool) -> None:
    """Put the chosen proposals into the plan.

    Raises:
        NotTakenError: there is nothing to take, or somebody changed the answers meanwhile.
    """
    if not offers.offers:
        why = "The plan has these figures already." if offers.held else "No answer fits them."
        raise NotTakenError(f"{why} Nothing was taken.")
    chosen = _chosen(offers.offers, take)
    before = free_name(desk.path, "before-import")
    outcome = desk.take(chosen, before=before)
    if isinstance(outcome, Conflicts):
        paths = ", ".join(each.path for each in outcome.conflicts)
        raise NotTakenError(f"Somebody changed {paths} meanwhile. Nothing was taken; try again.")
    if isinstance(outcome, Refused):
        raise NotTakenError(outcome.why)
    figures = "1 figure" if len(chosen) == 1 else f"{len(chosen)} figures"
    changed = f"{len(outcome.paths)} answers changed in {shown(desk.path.name)}."
    echo(f"\nTaken: {figures}. {changed}", err=aside)
    echo(f"Take all of it back with: localplan restore {quoted(desk.path)} {before}", err=aside)


def _chosen(offers: Sequence[Offer], take: str) -> list[Offer]:
    if take.strip().casefold() == "all":
        return [*offers]
    numbers = [each.strip() for each in take.split(",") if each.strip()]
    wrong = [each for each in numbers if not each.isdecimal() or not 0 < int(each) <= len(offers)]
    if wrong or not numbers:
        raise click.UsageError(
            f"--take needs all, or numbers from 1 to {len(offers)} with commas between."
        )
    return [offers[int(each) - 1] for each in dict.fromkeys(numbers)]


def _report(outcome: Outcome, asked: Wanted | None, said: str, *, with_series: bool) -> None:
    if said:
        echo(f"{said}\n")
    for file in outcome.files:
        if file.found:
            _report_file(file.found)
    shown_series = outcome.series[:_MOST_SERIES] if with_series else ()
    for series in shown_series:
        _report_series(series)
    figures = sum(len(series.values) for series in outcome.series)
    kept_back = sum(len(series.suppressed) for series in outcome.series)
    if figures:
        more = len(outcome.series) - _MOST_SERIES if with_series else 0
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
    said = in_digits(figure.value)
    if figure.margin:
        margin = figure.margin
        said += (
            f" ± {in_digits(margin.value)}"
            if margin.value is not None
            else f" ± none ({margin.note})"
        )
    return f"{said} ({figure.mark}: {figure.note})" if figure.mark else said
