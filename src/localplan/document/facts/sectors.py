"""The demand side as facts: sectors with their figures and occupations, and the people served."""

from collections.abc import Iterable

from localplan.document import prose
from localplan.document.facts.names import Facts, Names, answer, beneath, called, label
from localplan.plan.model import Measure, Occupation, Plan, Population, Sector
from localplan.plan.names import named


def sectors(plan: Plan, names: Names) -> list[Facts]:
    """Return every sector with its figures, occupations and the pathways that serve it."""
    return [_sector(sector, plan, names) for sector in plan.sectors]


def rule(plan: Plan) -> list[Facts]:
    """Return the board's own tests for a sector in demand."""
    return [
        {"measure": item.measure or "", "least": prose.in_unit(item.minimum, item.unit or "")}
        for item in plan.plan.sector_rule
        if item.measure or item.minimum is not None
    ]


def populations(plan: Plan, names: Names) -> list[Facts]:
    """Return the people the plan serves, with the pathways and supports that reach them."""
    return [_population(item, plan, names) for item in plan.populations]


def _sector(sector: Sector, plan: Plan, names: Names) -> Facts:
    at = f"sectors.{sector.id}"
    occupations = [_occupation(item) for item in sector.occupations]
    wages = [item.wage for item in sector.occupations if item.wage is not None]
    openings = [item.openings for item in sector.occupations if item.openings is not None]
    return {
        "id": sector.id,
        "slug": sector.id.replace("#", "n"),
        "name": called(sector.name, sector.id),
        "naics": sector.naics or "",
        "standing": sector.standing or "",
        "stands": label(sector.standing, "sector_standings"),
        "area": names.of(sector.area),
        "need": answer(f"{at}.need", sector.need),
        "measures": [
            {
                "measure": beneath(item.measure or "", _uncounted(item)),
                "value": prose.in_unit(item.value, item.unit or ""),
                "source": names.source(item.evidence),
            }
            for item in sector.measures
        ],
        "measures_source": _one_source(names.source(item.evidence) for item in sector.measures),
        "employers": list(sector.employers),
        "employer_engagement": answer(f"{at}.employer_engagement", sector.employer_engagement),
        "occupations": occupations,
        "titles": [item["title"] for item in occupations if item["title"]],
        "openings": prose.number(sum(openings)) if openings else "",
        "wages": prose.wage_range(wages),
        "source": names.source(*(item.evidence for item in sector.occupations)),
        "portability": answer(f"{at}.portability", sector.portability),
        "pathways": [called(one.name, one.id) for one in plan.pathways if one.sector == sector.id],
    }


def _uncounted(item: Measure) -> str:
    """What a figure that is still missing will be counted in."""
    return f"In {item.unit}" if item.unit and item.value is None else ""


def _one_source(sources: Iterable[str]) -> str:
    """The source that all figures share; blank where they differ."""
    found = set(sources)
    return found.pop() if len(found) == 1 else ""


def _occupation(item: Occupation) -> Facts:
    return {
        "title": item.title or item.soc or "",
        "soc": item.soc or "",
        "named": beneath(item.title or "", f"SOC {item.soc}" if item.soc else ""),
        "openings": prose.number(item.openings),
        "wage": f"{item.wage:,.2f}" if item.wage is not None else "",
        "skills": item.skills or "",
        "shortage": item.shortage or "",
    }


def _population(item: Population, plan: Plan, names: Names) -> Facts:
    name, group = named("populations", item), _group(item.standard)
    return {
        "id": item.id,
        "path": f"populations.{item.id}",
        "name": name,
        "size": prose.number(item.size),
        "group": group,
        "named": beneath(name, _without(name, group)),
        "description": answer(f"populations.{item.id}.description", item.description),
        "source": names.source(item.evidence),
        "pathways": _naming(
            item.id,
            (
                (called(one.name, one.id), one.populations, one.entry_points)
                for one in plan.pathways
            ),
        ),
        "supports": [
            prose.in_sentence(named("supports", one), names.common)
            for one in plan.supports
            if item.id in one.populations
        ],
    }


def _group(standard: str | None) -> str:
    return (
        ""
        if standard == "other"
        else label(standard, "population_standards", "barriers", "priority_groups")
    )


def _without(name: str, group: str) -> str:
    """A group of the law without the words that only repeat the name: `Barrier (J)`."""
    kind, _, words = group.rpartition(": ")
    return kind if words.lower() == name.lower() else group


def _naming(
    population: str, pathways: Iterable[tuple[str, tuple[str, ...], Iterable[object]]]
) -> list[str]:
    return [
        name
        for name, people, entries in pathways
        if population in people or any(population in getattr(entry, "who", ()) for entry in entries)
    ]
