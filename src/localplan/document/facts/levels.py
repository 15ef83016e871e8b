"""What the plan measures as facts: levels by year with their status, and who keeps them."""

from collections.abc import Iterable, Sequence

from localplan.document import prose
from localplan.document.facts.levelnotes import (
    empty_years,
    note_of,
    notes_of,
    said_of_empty,
    stands,
)
from localplan.document.facts.names import Facts, Names, answer, beneath, label
from localplan.knowledge.lists import Option, load_lists
from localplan.plan.boards import local_boards
from localplan.plan.model import Level, Metric, Plan
from localplan.plan.names import named

_FEW = 3
_JULY = 7
"""The month in which a program year begins."""
_YEARS_UPRIGHT = 4
"""Years that fit side by side on an upright page."""


def performance(plan: Plan, names: Names) -> Facts:
    """Return the primary indicators: a group for each program and area, a column for each year.

    `rows`, `programs` and `areas` speak of the indicators whose levels bind a local board. In a
    joint plan `held_by` counts them board by board, and `together` those without an area of one
    board. `shown` counts all that stand in the tables. `of_state` says what binds the State,
    `others` whose further ones are: a provider's, a pathway's or a partner's.
    """
    metrics = _in_order(metric for metric in plan.metrics if metric.indicator)
    years = _years(metrics)
    areas = {area.id for area in plan.areas}
    local = [one for one in metrics if not _binds_state(one) and (not one.of or one.of in areas)]
    others = [one for one in metrics if not _binds_state(one) and one not in local]
    headline_year = _headline_year(plan, local)
    groups: dict[str, list[Metric]] = {}
    for metric in metrics:
        groups.setdefault(_group_of(metric, names), []).append(metric)
    return {
        "groups": [
            {
                "title": title,
                "label": f"table-performance-{place}",
                **_table(group, years),
            }
            for place, (title, group) in enumerate(groups.items(), 1)
        ],
        "wide": len(years) > _YEARS_UPRIGHT,
        "rows": len(local),
        "programs": list(dict.fromkeys(filter(None, map(_program, local)))),
        "areas": names.all_of(one.of for one in local if one.of),
        "held_by": _held_by(local, plan, names),
        "together": sum(not one.of for one in local),
        "shown": len(metrics),
        "of_state": _of_state(metrics),
        "others": names.all_of(one.of for one in others if one.of),
        "statuses": _statuses(metrics),
        "total": sum(len(metric.levels) for metric in metrics),
        "headline_year": f"Program Year {headline_year}" if headline_year else "the plan",
        "headline": _headline(local, headline_year, names),
    }


def own_metrics(plan: Plan, names: Names) -> Facts:
    """Return the board's own measures of success."""
    metrics = [metric for metric in plan.metrics if not metric.indicator]
    years = _years(metrics)
    made = _table(metrics, years, "Measure")
    for row, metric in zip(made["rows"], metrics, strict=True):
        row["measure"] = beneath(_named(metric, names), _uncounted(metric))
    return {
        **made,
        "names": list(dict.fromkeys(_plainly(one, names) for one in metrics)),
        "wide": len(years) > _YEARS_UPRIGHT,
    }


def history(plan: Plan, names: Names) -> Facts:
    """Return results of earlier years, for the measures that have them."""
    metrics = [metric for metric in plan.metrics if metric.history]
    years = sorted({level.year or 0 for metric in metrics for level in metric.history})
    rows = []
    for metric in metrics:
        by_year = {level.year or 0: level for level in metric.history}
        cells = {f"y{year}": _cell(by_year.get(year), metric) for year in years}
        rows.append({"measure": _named(metric, names), **cells})
    return {
        "rows": rows,
        "columns": {"Measure": "measure 2.4", **_columns(years)},
        "note": notes_of(level for metric in metrics for level in metric.history),
    }


def custody(plan: Plan, names: Names) -> list[Facts]:
    """Return who keeps the measures; measures kept in the same way share a row."""
    kept: dict[tuple[str, ...], list[Metric]] = {}
    for metric in plan.metrics:
        responsible = _responsible(metric, plan, names)
        facts = (metric.source or "", responsible, metric.review or "", metric.equity or "")
        if any(facts):
            kept.setdefault(facts, []).append(metric)
    return [
        {
            "measures": _gathered(group, plan.metrics, names),
            "source": facts[0],
            "responsible": facts[1],
            "review": facts[2],
            "equity": facts[3],
        }
        for facts, group in kept.items()
    ]


def _held_by(metrics: Sequence[Metric], plan: Plan, names: Names) -> list[Facts]:
    """Each board of a joint plan with how many indicators bind it, and in which areas."""
    boards = local_boards(plan)
    if len(boards) == 1:
        return []
    held = []
    for board in boards:
        areas = {area.id for area in board.areas}
        own = [one for one in metrics if one.of in areas]
        if own:
            of = names.all_of(one.of for one in own if one.of)
            held.append({"name": board.name, "rows": len(own), "areas": of})
    return held


def _responsible(metric: Metric, plan: Plan, names: Names) -> str:
    """Who answers for a result: the Board is the State for what is measured for the whole State."""
    if metric.responsible != "board":
        return prose.sentence_start(names.of(metric.responsible))
    if _binds_state(metric):
        return "The State"
    boards = local_boards(plan)
    joint = len(boards) > 1 and any(area.id == metric.of for area in plan.areas)
    return "Each board for its own area" if joint else "The Board"


def _binds_state(metric: Metric) -> bool:
    """Whether the level of a primary indicator binds the State and no local board.

    One figure for the whole State, or a program without negotiated local levels (WIOA sec. 116(c)).
    """
    options = load_lists().get("metric_programs", ())
    program = next((one for one in options if one.code == metric.program), None)
    without_level = program is not None and program.facts.get("local_level") == "no"
    return _is_statewide(metric) or (bool(metric.indicator) and without_level)


def _is_statewide(metric: Metric) -> bool:
    indicator = _option(metric)
    return indicator is not None and indicator.facts.get("statewide") == "yes"


def _of_state(metrics: Iterable[Metric]) -> list[str]:
    """What the State answers for: an indicator by its name, else all levels of a program."""
    said = (
        prose.in_sentence(_name(one)) if _is_statewide(one) else f"the levels of {_program(one)}"
        for one in metrics
        if _binds_state(one)
    )
    return list(dict.fromkeys(said))


def explained(plan: Plan, names: Names) -> list[Facts]:
    """Return the measures that the board explains in words."""
    return [
        {
            "whole": _at_once(metric, names),
            "description": answer(f"metrics.{metric.id}.description", metric.description),
        }
        for metric in plan.metrics
        if metric.description
    ]


def _table(metrics: Sequence[Metric], years: Sequence[int], first: str = "Indicator") -> Facts:
    """The rows, columns and note of a table; what most cells share is said once."""
    usual = _usual(metrics)
    before = {metric.prior_year for metric in metrics if metric.prior_actual is not None}
    shared = before.pop() if len(before) == 1 else None
    head = f"{prose.program_year(shared)} result" if shared else "Before"
    empty = empty_years(metrics, years)
    shown = [year for year in years if year not in empty] or years
    note = note_of({_name(metric): metric for metric in metrics}, usual)
    if len(shown) < len(years):
        note = " ".join((note, *said_of_empty(empty)))
    rows = [_row(metric, shown, usual, shared) for metric in metrics]
    leveled = any(any(row[f"y{year}"] for year in shown) for row in rows)
    return {
        "rows": rows,
        "holds": "levels of performance" if leveled else "indicators of performance",
        "columns": {first: "measure 2.4", head: "prior 1.1", **_columns(shown)},
        "note": note.strip(),
    }


def _plainly(metric: Metric, names: Names) -> str:
    """What is measured, without the part of its name that says for whom."""
    name, _, whose = _name(metric).rpartition(", ")
    return name if name and whose.lower() in _of(metric, names).lower() else _name(metric)


def _usual(metrics: Iterable[Metric]) -> str:
    """The status that most levels with a figure have; blank where few share one."""
    statuses = [
        level.status for metric in metrics for level in metric.levels if level.level is not None
    ]
    found = max(set(statuses), key=lambda one: (statuses.count(one), one or ""), default=None)
    return (found or "") if statuses.count(found) > max(_FEW, len(statuses) / 2) else ""


def _named(metric: Metric, names: Names) -> str:
    """A measure and whose it is, as far as its own name does not say so."""
    name = _name(metric)
    whose = (_program(metric), names.of(metric.of))
    unsaid = [part for part in whose if part.lower() not in name.lower()]
    return beneath(name, prose.sentence_start(", ".join(unsaid)))


def _years(metrics: Iterable[Metric]) -> list[int]:
    return sorted({level.year or 0 for metric in metrics for level in metric.levels})


def _columns(years: Sequence[int]) -> dict[str, str]:
    return {prose.program_year(year) or "Level": f"y{year} 1.1" for year in years}


def _row(metric: Metric, years: Sequence[int], usual: str, shared: int | None) -> Facts:
    by_year = {level.year or 0: level for level in metric.levels}
    prior = prose.in_unit(metric.prior_actual, _unit(metric))
    when = "" if shared else prose.program_year(metric.prior_year)
    return {
        "path": f"metrics.{metric.id}",
        "measure": beneath(_name(metric), _uncounted(metric)),
        "prior": beneath(prior, when) if prior else "",
        **{f"y{year}": _cell(by_year.get(year), metric, usual) for year in years},
    }


def _cell(level: Level | None, metric: Metric, usual: str = "") -> str:
    if level is None:
        return ""
    amount = prose.in_unit(level.level, _unit(metric))
    status = label(level.status, "level_statuses")
    if amount and usual and level.status == usual:
        return amount
    return beneath(amount, prose.in_sentence(status) if amount else status)


def _gathered(group: Sequence[Metric], everything: Sequence[Metric], names: Names) -> list[str]:
    """The measures of a group in few words: all of a program's indicators are said as such."""
    by_title: dict[str, list[Metric]] = {}
    for metric in group:
        by_title.setdefault(_group_of(metric, names) if metric.indicator else "", []).append(metric)
    said: list[str] = []
    for title, metrics in by_title.items():
        alike = [one for one in everything if one.indicator and _group_of(one, names) == title]
        if title and len(metrics) > 2 and len(metrics) == len(alike):  # noqa: PLR2004
            said.append(f"{title}: all {prose.counted(len(metrics), 'primary indicator')}")
        else:
            said.extend(f"{title}: {_name(one)}" if title else _name(one) for one in metrics)
    return said


def _group_of(metric: Metric, names: Names) -> str:
    if _is_statewide(metric):
        return "Whole State"
    program = _program(metric)
    of = names.of(metric.of)
    return f"{program}, {of}" if program and of else program or prose.sentence_start(of)


def _of(metric: Metric, names: Names) -> str:
    return prose.sentence_start(names.of(metric.of)) or _program(metric)


def _program(metric: Metric) -> str:
    return label(metric.program, "metric_programs", "one_stop_programs")


def _at_once(metric: Metric, names: Names) -> str:
    """A measure and whose it is on one line, unless its own name says so."""
    name, _, whose = _named(metric, names).partition("\n")
    return f"{name} ({whose})" if whose else name


def _name(metric: Metric) -> str:
    """An indicator of the law by its name there; a measure of the board's own as it is called."""
    return named("metrics", metric if _option(metric) is None else _by_its_indicator(metric))


def _by_its_indicator(metric: Metric) -> Metric:
    return metric.model_copy(update={"name": None})


def _unit(metric: Metric) -> str:
    option = _option(metric)
    return metric.unit or (option.facts.get("unit", "") if option else "")


def _uncounted(metric: Metric) -> str:
    """What the levels will be counted in, where no figure says so yet."""
    figures = [metric.prior_actual, *(one.level for one in (*metric.levels, *metric.history))]
    return f"In {metric.unit}" if metric.unit and not any(f is not None for f in figures) else ""


def _option(metric: Metric) -> Option | None:
    known = {option.code: option for option in load_lists().get("indicators", ())}
    return known.get(metric.indicator or "")


def _headline_year(plan: Plan, metrics: Sequence[Metric]) -> int:
    """The first year of the plan, or the one from which a modification applies; 0 for none.

    Levels of that year may still be open; then it is the last year before it that has one.
    """
    years = _years(metrics)
    day = plan.plan.effective_date
    if not years or plan.plan.kind != "modification" or day is None:
        return years[0] if years else 0
    applies = day.year - (day.month < _JULY)
    told = {
        level.year or 0 for metric in metrics for level in metric.levels if level.level is not None
    }
    return max((year for year in told if year <= applies), default=years[0])


def _headline(metrics: Sequence[Metric], year: int, names: Names) -> list[Facts]:
    """A year's levels of each program's first indicator, for the plan at a glance."""
    rows: dict[str, Facts] = {}
    for metric in metrics:
        level = next((one for one in metric.levels if (one.year or 0) == year), None)
        amount = prose.in_unit(level.level, _unit(metric)) if level else ""
        fresh: Facts = {"program": _program(metric), "indicator": _name(metric), "level": []}
        row = rows.setdefault(_program(metric), fresh)
        if amount and row["indicator"] == _name(metric):
            of = names.of(metric.of)
            row["level"].append(f"{amount} in {of}" if of and metric.scope == "area" else amount)
    return [row for row in rows.values() if row["level"] and row["program"]]


def _statuses(metrics: Iterable[Metric]) -> list[str]:
    """Return the statuses that occur, counted, as phrases: `eight are negotiated`."""
    found: dict[str, int] = {}
    for metric in metrics:
        for level in metric.levels:
            if level.status:
                found[level.status] = found.get(level.status, 0) + 1
    return [_so_many(status, count) for status, count in found.items()]


def _so_many(status: str, count: int) -> str:
    return f"{prose.number_word(count)} {stands(status, many=count > 1)}"


def _in_order(metrics: Iterable[Metric]) -> list[Metric]:
    def places(options: Sequence[Option]) -> dict[str, int]:
        return {option.code: place for place, option in enumerate(options)}

    programs = places(load_lists().get("metric_programs", ()))
    indicators = places(load_lists().get("indicators", ()))
    return sorted(
        metrics,
        key=lambda item: (
            programs.get(item.program or "", 99),
            item.of or "",
            indicators.get(item.indicator or "", 99),
        ),
    )
