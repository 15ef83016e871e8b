"""Coverage matrices: who is reached where, who carries what, and where nothing stands yet."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeAlias

from localplan.document import prose
from localplan.document.blocks import (
    Block,
    Boundary,
    Cell,
    Column,
    Inline,
    ListBlock,
    Paragraph,
    Run,
    Table,
)
from localplan.document.facts.names import Names, called, label
from localplan.document.markup import parse
from localplan.knowledge.kinds import Stage
from localplan.knowledge.lists import Option, required_programs
from localplan.plan.boards import own_records
from localplan.plan.model import Metric, Partner, Plan
from localplan.plan.names import named

_CELLS = 3
"""Cells of a program beside its name."""
_NONE = "\N{EN DASH}"
_PORTRAIT = 4
"""Columns of text that still read well on an upright page."""

_SHARES = {"partnership": 1.5, "design": 1.5, "delivery": 0.9, "supports": 1.6, "measurement": 1.5}
"""Widths of the elements beside the partners; those not named here hold short words."""

_Item: TypeAlias = str | Inline
_Row: TypeAlias = tuple[str, Sequence[Sequence[_Item]]]
"""The head of a row, and the items of each of its cells."""


def matrix_blocks(plan: Plan, names: Names, stage: Stage, order: Sequence[str]) -> Iterator[Block]:
    """Yield the matrices that `plan` has something to say in; empty rows in working drafts only."""
    yield from _populations(plan, names, stage)
    yield from _programs(plan, stage)
    yield from _partners(plan, names, stage, order)


def _populations(plan: Plan, names: Names, stage: Stage) -> Iterator[Block]:
    rows: list[_Row] = [
        (
            named("populations", person),
            [
                _entries_for(plan, person.id),
                [
                    named("supports", item)
                    for item in plan.supports
                    if person.id in item.populations
                ],
                _measures_for(plan, person.id, person.name or "", names),
            ],
        )
        for person in plan.populations
    ]
    shown = [row for row in rows if stage == "working" or any(row[1])]
    if shown:
        yield Paragraph((Run(
            "A measure stands beside a group when a pathway built for the group follows it, or "
            "when the measure is broken down by the group."
        ),))  # fmt: skip
        yield from _matrix(
            "populations",
            "The people the plan puts first: entry points, supports and measures",
            (("People", 1.0), ("Entry points", 1.8), ("Supports", 1.6), ("Measures", 2.1)),
            shown,
        )


def _entries_for(plan: Plan, population: str) -> list[str]:
    return [
        f"{called(entry.name, entry.id)} ({called(pathway.name, pathway.id)})"
        for pathway in plan.pathways
        for entry in pathway.entry_points
        if population in entry.who
    ]


def _measures_for(plan: Plan, population: str, name: str, names: Names) -> list[str]:
    followed = {
        metric
        for pathway in plan.pathways
        if population in pathway.populations
        for metric in pathway.metrics
    }
    broken_down = {
        metric.id
        for metric in plan.metrics
        if name and metric.equity and name.casefold() in metric.equity.casefold()
    }
    return [
        _measure(metric, names) for metric in plan.metrics if metric.id in followed | broken_down
    ]


def _measure(metric: Metric, names: Names) -> str:
    name = named("metrics", metric)
    of = names.of(metric.of) if metric.of else label(metric.program, "metric_programs")
    last = name.rpartition(", ")[2].casefold()
    told = of.casefold() in name.casefold() or (last != name.casefold() and last in of.casefold())
    return f"{name} ({of})" if of and not told else name


def _programs(plan: Plan, stage: Stage) -> Iterator[Block]:
    rows = [_program(option, plan) for option in required_programs()]
    shown = _together([row for row in rows if stage == "working" or row[1][0]])
    if plan.partners and shown:
        yield from _matrix(
            "required-programs",
            "Required one-stop partner programs: who carries them out, and with what",
            (("Program", 1.6), ("Carried out by", 1.4), ("Role", 2.2), ("Resources", 1.6)),
            shown,
        )


def _together(rows: Sequence[_Row]) -> list[_Row]:
    """The rows, where several programs that the same partners carry out share one."""
    same: dict[tuple[tuple[_Item, ...], ...], list[str]] = {}
    for name, cells in rows:
        key = tuple(tuple(items) for items in cells)
        same.setdefault(key if any(key) else (*key, (name,)), []).append(name)
    return [("; ".join(found), key[:_CELLS]) for key, found in same.items()]


def _program(option: Option, plan: Plan) -> _Row:
    carriers = [partner for partner in plan.partners if option.code in partner.programs]
    if carriers:
        return option.label, [
            [called(partner.name, partner.id) for partner in carriers],
            [said for partner in carriers if (said := _first_sentence(partner.role))],
            [item for partner in carriers for item in _brings(partner)],
        ]
    for absent in plan.absent_programs:
        if absent.program == option.code and absent.reason:
            return option.label, [["Not carried out here"], [absent.reason], []]
    return option.label, [[], [], []]


def _first_sentence(text: str | None) -> Inline:
    """How a text begins, with its links, up to the first full stop."""
    first = next((one for one in parse(text or "") if isinstance(one, Paragraph)), None)
    said: list[Run] = []
    for run in first.text if first else ():
        head, stop, _ = run.text.partition(". ")
        said.append(replace(run, text=f"{head}." if stop else head))
        if stop:
            break
    return tuple(said)


def _brings(partner: Partner) -> list[str]:
    return [item.what or label(item.kind, "resource_kinds") for item in partner.resources]


def _partners(plan: Plan, names: Names, stage: Stage, order: Sequence[str]) -> Iterator[Block]:
    own = own_records(plan)
    made = [
        (called(partner.name, partner.id), _part_in(partner.id, plan, names))
        for partner in plan.partners
        if partner.id not in own
    ]
    rows: list[_Row] = [
        (name, [said[element] for element in order])
        for name, said in made
        if stage == "working" or any(said.values())
    ]
    if rows:
        columns = ((label(element, "elements"), _SHARES.get(element, 1.0)) for element in order)
        heads = (("Partner", 1.6), *columns)
        yield from _matrix("elements", "The six elements: what each partner does", heads, rows)


def _part_in(partner: str, plan: Plan, names: Names) -> Mapping[str, Sequence[str]]:
    """What one partner does in each element, in a few words; empty where nothing names it."""
    record = next(item for item in plan.partners if item.id == partner)
    owned = [
        entry
        for pathway in plan.pathways
        for entry in pathway.entry_points
        if partner in (entry.owner, entry.referral_partner)
    ]
    taught = [
        step for pathway in plan.pathways for step in pathway.steps if step.provider == partner
    ]
    carried = [pathway for pathway in plan.pathways if partner in (pathway.lead, *pathway.partners)]
    helps = [named("supports", item) for item in plan.supports if item.provider == partner]
    measured = [metric for metric in plan.metrics if metric.responsible == partner]
    led = [called(pathway.name, pathway.id) for pathway in carried if pathway.lead == partner]
    return {
        "partnership": _resources(record),
        "sector": names.all_of(item.sector for item in carried if item.sector),
        "design": _design(led, len(owned)),
        "delivery": [f"Teaches {prose.counted(len(taught), 'step')}"] if taught else [],
        "supports": helps,
        "measurement": _answers_for(record, len(measured)),
    }


def _resources(partner: Partner) -> list[str]:
    brought = len(partner.resources)
    signed = ["Agreement signed"] if partner.mou == "signed" else []
    return ([f"Brings {prose.counted(brought, 'resource')}"] if brought else []) + signed


def _design(led: Sequence[str], entries: int) -> list[str]:
    owns = [f"Has a part in {prose.counted(entries, 'entry point')}"] if entries else []
    return [*(f"Leads {name}" for name in led), *owns]


def _answers_for(partner: Partner, measures: int) -> list[str]:
    results = len(partner.outcomes)
    return [
        *([f"Keeps {prose.counted(measures, 'measure')}"] if measures else []),
        *([f"Answers for {prose.counted(results, 'result')}"] if results else []),
    ]


def _matrix(
    about: str,
    caption: str,
    heads: Iterable[tuple[str, float]],
    rows: Iterable[_Row],
) -> Iterator[Block]:
    yield Boundary(f"tables.table-matrix-{about}", "table")
    columns = tuple(Column((Run(head),), share=share) for head, share in heads)
    yield Table(
        columns,
        tuple((Cell((Run(name),)), *(_cell(items) for items in cells)) for name, cells in rows),
        caption=caption,
        label=f"table-matrix-{about}",
        wide=len(columns) > _PORTRAIT,
        dense=True,
    )


def _cell(items: Sequence[_Item]) -> Cell:
    unique = list(dict.fromkeys(items))
    if not unique:
        return Cell((Run(_NONE),))
    if len(unique) == 1:
        return Cell(_runs(unique[0]))
    return Cell((), "", (ListBlock(tuple((Paragraph(_runs(item)),) for item in unique)),))


def _runs(item: _Item) -> Inline:
    return (Run(item),) if isinstance(item, str) else item
