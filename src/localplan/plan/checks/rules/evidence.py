"""Rules about numbers: where they come from, and whether they agree with each other."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from localplan.knowledge.lists import load_lists
from localplan.plan.checks.findings import Case, Finding, Rule
from localplan.plan.model import Sector, SectorRule
from localplan.plan.values import SUPPRESSED

_CALLED = {"existing": "in demand", "emerging": "emerging"}
"""What a sector of each standing is said to be, where figures must show it."""


def _metrics(case: Case) -> Iterator[Finding]:
    for metric in case.plan.metrics:
        name = metric.name or metric.indicator or "A metric"
        if not metric.source:
            yield Finding(
                "metric-without-source", "warning", f"metrics.{metric.id}.source",
                f"{name} does not say where its data comes from.",
            )  # fmt: skip
        for level in metric.levels:
            falls = (
                metric.prior_actual is not None
                and level.level is not None
                and level.level < metric.prior_actual
            )
            if falls:
                yield Finding(
                    "level-below-prior-actual", "warning",
                    f"metrics.{metric.id}.levels.{level.id}",
                    f"{name}: the level {level.level} for program year {level.year} is below what "
                    f"was reached before ({metric.prior_actual}).",
                    f"metrics.{metric.id}.prior_actual",
                )  # fmt: skip


def _levels(case: Case) -> Iterator[Finding]:
    for metric in case.plan.metrics:
        for level in metric.levels:
            settled = level.status in {"negotiated", "proposed", "state-reported", "board-set"}
            if settled and level.level is None:
                yield Finding(
                    "level-missing", "error", f"metrics.{metric.id}.levels.{level.id}.level",
                    f"{metric.name or metric.indicator}: program year {level.year} is marked "
                    f"{level.status}, but no level is given.",
                )  # fmt: skip


def _indicators(case: Case) -> Iterator[Finding]:
    listed = {(metric.program, metric.indicator) for metric in case.plan.metrics}
    if not case.plan.metrics:
        return
    for program in load_lists().get("core_programs", ()):
        absent = [
            option.label
            for option in load_lists().get("indicators", ())
            if program.code in option.facts.get("negotiated", "").split(", ")
            and (program.code, option.code) not in listed
        ]
        if absent:
            yield Finding(
                "negotiated-indicator-not-listed", "warning", "metrics",
                f"{program.label}: no metric for {'; '.join(absent)}. The plan reports the levels "
                "negotiated for each (WIOA sec. 108(b)(17)).",
                f"metrics.{program.code}",
            )  # fmt: skip


def _demand(case: Case) -> Iterator[Finding]:
    known = {entry.id for entry in case.plan.evidence}
    for sector in case.plan.sectors:
        called = _CALLED.get(sector.standing or "")
        if not called:
            continue
        sourced = [measure for measure in sector.measures if measure.evidence in known]
        if not sourced:
            yield Finding(
                "demand-without-evidence", "warning", f"sectors.{sector.id}.measures",
                f"{sector.name or 'A sector'} is called {called} without one figure that has a "
                "source. Add a measure and its evidence.",
            )  # fmt: skip


def _sector_rule(case: Case) -> Iterator[Finding]:
    tests = {
        rule.measure.strip().casefold(): rule
        for rule in case.plan.plan.sector_rule
        if rule.measure and rule.minimum is not None
    }
    for sector in case.plan.sectors if tests else ():
        failed = [*_failed(sector, tests)]
        untold = [test for name, test in tests.items() if name not in _figures(sector)]
        yield from failed
        if sector.standing == "existing" and untold:
            yield _untold(sector, untold)
        elif sector.standing == "emerging" and not failed and not untold:
            yield Finding(
                "sector-passes-own-rule", "warning", f"sectors.{sector.id}.standing",
                f"{sector.name or 'A sector'} passes each of the Board's own tests for a sector "
                "in demand, and is called emerging. Call it in demand, or say what it lacks.",
                "plan.sector_rule",
            )  # fmt: skip


def _failed(sector: Sector, tests: Mapping[str, SectorRule]) -> Iterator[Finding]:
    for name, (path, value) in _figures(sector).items():
        test = tests.get(name)
        if test and test.minimum is not None and value < test.minimum:
            yield Finding(
                "sector-below-own-rule", "warning", path,
                f"{sector.name or 'A sector'}: {test.measure} is {value}, below the Board's own "
                f"minimum of {test.minimum}.",
                f"plan.sector_rule.{test.id}",
            )  # fmt: skip


def _untold(sector: Sector, tests: Sequence[SectorRule]) -> Finding:
    named = "; ".join(test.measure or "" for test in tests)
    return Finding(
        "sector-test-without-figure", "warning", f"sectors.{sector.id}.measures",
        f"{sector.name or 'A sector'} is called in demand, but no figure answers "
        f"{'a test' if len(tests) == 1 else 'these tests'} of the Board: {named}. Add the figure "
        "in the same words, or call the sector emerging.",
        "plan.sector_rule",
    )  # fmt: skip


def _figures(sector: Sector) -> dict[str, tuple[str, Decimal]]:
    """The figures of a sector by what they measure, each with its path."""
    return {
        measure.measure.strip().casefold(): (
            f"sectors.{sector.id}.measures.{measure.id}",
            measure.value,
        )
        for measure in sector.measures
        if measure.measure and measure.value is not None
    }


def _sources(case: Case) -> Iterator[Finding]:
    for entry in case.plan.evidence:
        lacks = [
            words
            for words, value in (
                ("a source", entry.source),
                ("a date", entry.retrieved or entry.period),
            )
            if not value
        ]
        if entry.value and entry.value not in SUPPRESSED and lacks:
            yield Finding(
                "figure-without-source", "warning", f"evidence.{entry.id}",
                f"{entry.measure or 'A figure'} has no {' and no '.join(lacks)}. Every number in a "
                "plan names both.",
            )  # fmt: skip
    for sector in case.plan.sectors:
        for measure in sector.measures:
            if measure.value is not None and not measure.evidence:
                yield _unsourced(f"sectors.{sector.id}.measures.{measure.id}", measure.measure)
        for job in sector.occupations:
            if (job.wage is not None or job.openings is not None) and not job.evidence:
                yield _unsourced(f"sectors.{sector.id}.occupations.{job.id}", job.title)


def _unsourced(path: str, name: str | None) -> Finding:
    return Finding(
        "figure-without-source", "warning", path,
        f"{name or 'A figure'} names no evidence. Every number in a plan has a source and a date.",
    )  # fmt: skip


EVIDENCE_RULES = (
    Rule("metrics", "A measure without data cannot be reached or missed.", _metrics),
    Rule("levels", "A negotiated level is a number.", _levels),
    Rule("indicators", "20 CFR 679.560(b)(16): the negotiated levels.", _indicators),
    Rule("demand", "A sector is in demand because figures say so.", _demand),
    Rule("sector-rule", "A board keeps its own rule, or says why not.", _sector_rule),
    Rule("sources", "Every number in a document has a source and a date.", _sources),
)
