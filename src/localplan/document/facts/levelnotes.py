"""What stands beneath a table of levels: when they were set, and why some are missing."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from localplan.document import prose
from localplan.document.facts.names import label
from localplan.plan.model import Level, Metric

_DONE = {
    "negotiated": "negotiated",
    "proposed": "proposed",
    "state-reported": "reported by the State for the whole State",
    "board-set": "set by the Board",
}
"""What was done to a level of each status, as the rest of `were ... on June 24, 2025`."""


def note_of(metrics: Mapping[str, Metric], usual: str) -> str:
    """What the levels without a remark are, and why others stand as they do.

    `metrics` are known by the name under which the table shows them; `usual` is the status that
    the table leaves out.
    """
    dates = _dates(level for metric in metrics.values() for level in metric.levels)
    lead = ""
    if usual:
        when = dates.pop(usual, "")
        said = stands(usual, many=True)
        if when:
            said = f"were {_DONE[usual]} on {when}" if usual in _DONE else f"{said} as of {when}"
        lead = f"Levels without a remark {said}."
    return " ".join(filter(None, (lead, *_dated(dates), *_reasons(metrics))))


def notes_of(levels: Iterable[Level]) -> str:
    """When the levels of earlier years got their status, and why some do not have one."""
    known = list(levels)
    reasons = dict.fromkeys(prose.stopped(one.reason) for one in known if one.reason)
    return " ".join((*_dated(_dates(known)), *reasons))


def stands(status: str, *, many: bool) -> str:
    """How a level stands, as the rest of a sentence: `are not yet negotiated`."""
    if status == "not-applicable":
        return prose.verb(1 + many, "does not apply", "do not apply")
    said = prose.in_sentence(label(status, "level_statuses"))
    said = "not yet negotiated" if status == "not-negotiated" else said
    return f"{prose.is_are(1 + many)} {said}"


def empty_years(metrics: Sequence[Metric], years: Sequence[int]) -> dict[int, str]:
    """The years in which no measure has a level, with the code of the status that all give."""
    found: dict[int, str] = {}
    for year in years:
        levels = [level for one in metrics for level in one.levels if (level.year or 0) == year]
        statuses = {level.status for level in levels}
        if levels and len(statuses) == 1 and all(level.level is None for level in levels):
            found[year] = statuses.pop() or ""
    return {year: status for year, status in found.items() if status}


def said_of_empty(empty: Mapping[int, str]) -> Iterator[str]:
    """Say of the years that a table leaves out how their levels stand."""
    for status in dict.fromkeys(empty.values()):
        alike = [year for year in empty if empty[year] == status]
        years = prose.listing(prose.program_year(year) or "no stated year" for year in alike)
        yield f"Levels for {years} {stands(status, many=True)}."


def _dates(levels: Iterable[Level]) -> dict[str, str]:
    """When the levels of each status got it: `June 24, 2025 and June 23, 2026`."""
    found: dict[str, set[date]] = {}
    for level in levels:
        if level.date:
            found.setdefault(level.status or "", set()).add(level.date)
    return {status: _listed(sorted(days)) for status, days in found.items()}


def _listed(days: Sequence[date]) -> str:
    *most, last = map(prose.day, days)
    return f"{', '.join(most)} and {last}" if most else last


def _dated(dates: Mapping[str, str]) -> Iterator[str]:
    for status, when in dates.items():
        said = label(status, "level_statuses") or "Level set"
        yield f"{said} {'on' if status in _DONE or not status else 'as of'} {when}."


def _reasons(metrics: Mapping[str, Metric]) -> Iterator[str]:
    """Why levels are missing, each with the measure it is about unless it is about all."""
    about: dict[tuple[str, ...], list[str]] = {}
    for name, metric in metrics.items():
        said = dict.fromkeys(prose.stopped(one.reason) for one in metric.levels if one.reason)
        if said:
            about.setdefault(tuple(said), []).append(name)
    for reasons, group in about.items():
        alone = len(group) == 1 < len(metrics)
        yield f"{group[0]}: {' '.join(reasons)}" if alone else " ".join(reasons)
