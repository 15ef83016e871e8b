"""What the plan measures, does and decides as facts: levels, actions, votes, public comment."""

from collections.abc import Iterable, Sequence

from localplan.document import prose
from localplan.document.facts.names import Facts, Names, answer, beneath, label
from localplan.knowledge.lists import Option, load_lists
from localplan.plan.model import Action, Approval, Comment, Level, Metric, Plan


def performance(plan: Plan, names: Names) -> Facts:
    """Return the primary indicators: one row for a program and indicator, one column for a year."""
    metrics = [metric for metric in plan.metrics if metric.indicator]
    years = sorted({level.year for metric in metrics for level in metric.levels if level.year})
    rows = [_levels_row(metric, years, names) for metric in _in_order(metrics)]
    return {
        "years": [prose.program_year(year) for year in years],
        "columns": {
            "Program": "program 1.2",
            "Indicator": "indicator 2.4",
            "Before": "prior 1.1",
            **{prose.program_year(year): f"y{year} 1.6" for year in years},
        },
        "rows": rows,
        "headline_year": prose.program_year(years[0]).replace("PY", "Program Year")
        if years
        else "",
        "headline": _headline(_in_order(metrics), years, names),
        "total": sum(len(metric.levels) for metric in metrics),
        "programs": list(dict.fromkeys(row["program"] for row in rows if row["program"])),
        "statuses": _statuses(metrics),
    }


def own_metrics(plan: Plan, names: Names) -> list[Facts]:
    """Return the board's own measures of success."""
    return [
        {
            **_metric(metric, names),
            "of": prose.sentence_start(names.of(metric.of))
            or label(metric.program, "metric_programs"),
            "level": [
                f"{prose.program_year(level.year)}: {_level(level, metric)}".removeprefix(": ")
                for level in metric.levels
            ],
        }
        for metric in plan.metrics
        if not metric.indicator
    ]


def custody(plan: Plan, names: Names) -> list[Facts]:
    """Return who keeps the measures; measures kept in the same way share a row."""
    rows: dict[tuple[str, ...], Facts] = {}
    for metric in plan.metrics:
        fact = _metric(metric, names)
        kept = tuple(fact[key] for key in ("source", "responsible", "review", "equity"))
        kept += tuple(fact["history"])
        if any(kept):
            rows.setdefault(kept, {**fact, "measures": []})["measures"].append(fact["whole"])
    return list(rows.values())


def explained(plan: Plan, names: Names) -> list[Facts]:
    """Return the measures that the board explains in words."""
    return [_metric(metric, names) for metric in plan.metrics if metric.description]


def actions(plan: Plan, names: Names) -> list[Facts]:
    """Return the action plan in order of due date."""
    dated = sorted(plan.actions, key=lambda item: (item.due is None, str(item.due or "")))
    return [_action(item, names) for item in dated if item.status != "dropped"]


def approvals(plan: Plan) -> list[Facts]:
    """Return the bodies that vote or sign."""
    return [_approval(item) for item in plan.approvals]


def comments(plan: Plan) -> list[Facts]:
    """Return the comments received, with what became of each."""
    return [_comment(item) for item in plan.comments]


def evidence(plan: Plan) -> list[Facts]:
    """Return the figures the plan relies on, as published."""
    return [
        {
            "measure": item.measure or item.id,
            "value": " ".join(part for part in (_published(item.value), item.unit) if part),
            "of": beneath(item.area or "", item.period or ""),
            "source": beneath(item.source or "", item.address or ""),
            "retrieved": prose.day(item.retrieved),
        }
        for item in plan.evidence
    ]


def _published(value: str | None) -> str:
    return "suppressed" if (value or "").strip() in {"N", "*", "**", "#", "-1"} else value or ""


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


def _levels_row(metric: Metric, years: Sequence[int], names: Names) -> Facts:
    by_year = {level.year: level for level in metric.levels}
    program = label(metric.program, "metric_programs", "one_stop_programs")
    of = names.of(metric.of)
    row: Facts = {
        "program": f"{program}, {of}" if program and of else program or prose.sentence_start(of),
        "indicator": _indicator(metric),
        "prior": _prior(metric),
    }
    for year in years:
        level = by_year.get(year)
        row[f"y{year}"] = _level(level, metric) if level else ""
    return row


def _headline(metrics: Sequence[Metric], years: Sequence[int], names: Names) -> list[Facts]:
    """The first year's levels of each program's first indicator, for the plan at a glance."""
    rows: dict[str, Facts] = {}
    for metric in metrics:
        level = next((one for one in metric.levels if years and one.year == years[0]), None)
        amount = prose.in_unit(level.level, _unit(metric)) if level else ""
        program = label(metric.program, "metric_programs", "one_stop_programs")
        row = rows.setdefault(
            program, {"program": program, "indicator": _indicator(metric), "level": []}
        )
        if amount and row["indicator"] == _indicator(metric):
            of = names.of(metric.of)
            row["level"].append(f"{amount} in {of}" if of and metric.scope == "area" else amount)
    return [row for row in rows.values() if row["level"]]


def _indicator(metric: Metric) -> str:
    option = {item.code: item for item in load_lists().get("indicators", ())}.get(
        metric.indicator or ""
    )
    if option is None:
        return metric.name or label(metric.indicator)
    youth = option.facts.get("youth_label", "") if metric.program == "title-i-youth" else ""
    return youth or option.label


def _level(level: Level, metric: Metric) -> str:
    amount = prose.in_unit(level.level, _unit(metric))
    status = prose.in_sentence(label(level.status, "level_statuses"))
    when = prose.day(level.date)
    note = ", ".join(part for part in (status, when) if part)
    reason = f": {prose.plain_end(level.reason)}" if level.reason else ""
    if not amount:
        return prose.sentence_start(f"{note}{reason}")
    return f"{amount} ({note}{reason})" if note or reason else amount


def _unit(metric: Metric) -> str:
    if metric.unit:
        return metric.unit
    option = {item.code: item for item in load_lists().get("indicators", ())}.get(
        metric.indicator or ""
    )
    return option.facts.get("unit", "") if option else ""


def _prior(metric: Metric) -> str:
    amount = prose.in_unit(metric.prior_actual, _unit(metric))
    return (
        f"{amount} ({prose.program_year(metric.prior_year)})"
        if amount and metric.prior_year
        else amount
    )


def _statuses(metrics: Iterable[Metric]) -> list[str]:
    """Return the statuses that occur, counted, as phrases: `eight negotiated`."""
    found: dict[str, int] = {}
    for metric in metrics:
        for level in metric.levels:
            if level.status:
                found[level.status] = found.get(level.status, 0) + 1
    return [
        f"{prose.number_word(count)} {prose.in_sentence(label(status, 'level_statuses'))}"
        for status, count in found.items()
    ]


def _metric(metric: Metric, names: Names) -> Facts:
    program = label(metric.program, "metric_programs", "one_stop_programs")
    name = _indicator(metric) if metric.indicator else metric.name or metric.id
    return {
        "id": metric.id,
        "name": name,
        "program": program,
        "whole": f"{program}: {name}" if program and metric.indicator else name,
        "source": metric.source or "",
        "responsible": prose.sentence_start(names.of(metric.responsible)),
        "review": metric.review or "",
        "equity": metric.equity or "",
        "prior": _prior(metric),
        "history": [
            f"{prose.program_year(level.year)}: {_level(level, metric)}".removeprefix(": ")
            for level in metric.history
        ],
        "description": answer(f"metrics.{metric.id}.description", metric.description),
    }


def _action(item: Action, names: Names) -> Facts:
    step = _step(item.step)
    action = item.action or step
    return {
        "action": action,
        "named": beneath(action, f"Carries out: {step}" if step and step != action else ""),
        "element": label(item.element, "elements"),
        "owner": prose.sentence_start(names.of(item.owner)),
        "due": prose.day(item.due),
        "status": label(item.status, "action_statuses"),
    }


def _step(code: str | None) -> str:
    return label((code or "").replace(".", "-"), "steps")


def _approval(item: Approval) -> Facts:
    signer = ", ".join(part for part in (item.signer, item.signer_title) if part)
    return {
        "body": item.body or "",
        "when": prose.day(item.date)
        or (f"Planned for {prose.day(item.planned)}" if item.planned else ""),
        "signer": signer,
        "delegated": item.delegated or "",
    }


def _comment(item: Comment) -> Facts:
    who = item.organization or item.person or "A member of the public"
    return {
        "number": str(item.number) if item.number else "",
        "who": f"{item.person}, {item.organization}" if item.person and item.organization else who,
        "date": prose.day(item.date),
        "about": ", ".join(
            part for part in (label(item.element, "elements"), item.section) if part
        ),
        "comment": answer(f"comments.{item.id}.comment", item.comment),
        "response": answer(f"comments.{item.id}.response", item.response),
        "change": item.change or "",
        "disagrees": "Yes" if item.disagrees else "",
    }
