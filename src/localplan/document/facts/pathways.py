"""Pathways and supports as facts: who enters where, what they take, where they come out."""

import re

from localplan.document import prose
from localplan.document.facts.names import Facts, Names, answer, beneath, called, label
from localplan.document.maps.figures import MapBox, PathwayMap
from localplan.plan.boards import own_records
from localplan.plan.model import EntryPoint, ExitPoint, Pathway, Plan, Step, Support
from localplan.plan.names import named


def pathways(plan: Plan, names: Names) -> list[Facts]:
    """Return every pathway, with its steps and exits in words."""
    return [_pathway(pathway, plan, names) for pathway in plan.pathways]


def instruction(plan: Plan) -> list[Facts]:
    """Return every way of teaching, pathway by pathway, with how it is done."""
    return [
        {
            "pathway": called(pathway.name, pathway.id),
            "strategy": label(item.strategy, "delivery_strategies"),
            "how": answer(f"pathways.{pathway.id}.instruction.{item.id}.how", item.how),
        }
        for pathway in plan.pathways
        for item in pathway.instruction
        if item.strategy or item.how
    ]


def strategies(plan: Plan) -> list[str]:
    """Return the ways of teaching that occur, each once, in the order of the plan."""
    found = (
        label(item.strategy, "delivery_strategies")
        for one in plan.pathways
        for item in one.instruction
    )
    return list(dict.fromkeys(prose.in_sentence(strategy) for strategy in found if strategy))


def supports(plan: Plan, names: Names) -> list[Facts]:
    """Return every support, for whom, by whom and how people get it."""
    return [_support(item, plan, names) for item in plan.supports]


def support_kinds(plan: Plan) -> list[str]:
    """Return the kinds of support that occur, as the federal list names them, each once."""
    kinds = (
        label(item.standard, "supportive_services")
        for item in plan.supports
        if item.standard and item.standard != "other"
    )
    plain = (re.sub(r", [^,]* included$", "", kind) for kind in kinds)
    return list(dict.fromkeys(prose.in_sentence(kind) for kind in plain))


def pathway_map(pathway: Facts) -> PathwayMap:
    """Return what the map of a pathway shows, from its facts."""
    places = {step["id"]: place for place, step in enumerate(pathway["steps"]) if step["id"]}
    return PathwayMap(
        name=pathway["name"],
        entries=tuple(
            MapBox(entry["name"], _lines(entry["starting_level"]))
            for entry in pathway["entry_points"]
        ),
        steps=tuple(
            MapBox(f"{place}. {step['course']}".strip(), _lines(step["credential"], step["length"]))
            for place, step in enumerate(pathway["steps"], 1)
        ),
        exits=tuple(
            MapBox(way["shown"], _lines(way["hourly"]), places.get(way["step_id"], -1))
            for way in pathway["exit_points"]
        ),
    )


def _without(measure: str, pathway: str) -> str:
    """The name of a measure without a last part that only repeats the pathway."""
    name, _, last = measure.rpartition(", ")
    return name if name and last.lower() in pathway.lower() else measure


def _lines(*texts: str) -> tuple[str, ...]:
    return tuple(text for text in texts if text)


def _pathway(pathway: Pathway, plan: Plan, names: Names) -> Facts:
    at = f"pathways.{pathway.id}"
    own = {*own_records(plan), "board"}
    others = [one for one in pathway.partners if one != pathway.lead]
    boards = [one for one in others if one in own]
    together = {"the Board", plan.board.name}
    steps = _steps(pathway, names)
    return {
        "id": pathway.id,
        "slug": pathway.id.replace("#", "n"),
        "name": called(pathway.name, pathway.id),
        "called": prose.with_noun(called(pathway.name, pathway.id), "pathway"),
        "sector": names.of(pathway.sector),
        "standing": pathway.standing or "",
        "track": pathway.track or "",
        "collaborative": pathway.collaborative or "",
        "lead": names.of(pathway.lead),
        "board_role": answer(f"{at}.board_role", pathway.board_role),
        "partners": [
            prose.place(name) for name in names.all_of(one for one in others if one not in own)
        ],
        "board_joins": bool(boards),
        "own_programs": [name for name in names.all_of(boards) if name not in together],
        "governance": answer(f"{at}.governance", pathway.governance),
        "funding": answer(f"{at}.funding", pathway.funding),
        "areas": names.all_of(pathway.areas),
        "populations": names.all_of(pathway.populations),
        "entry_points": [_entry(item, names) for item in pathway.entry_points],
        "steps": steps,
        **_ways_out(pathway, plan, names),
        "first": steps[0]["course"] if steps else "",
        "last": steps[-1]["course"] if steps else "",
        "ways_in": len(pathway.entry_points),
        "earned": sum(bool(item.credential) for item in pathway.steps),
        "credentials": [item.credential for item in pathway.steps if item.credential],
        "stackable": sum(bool(item.stackable and item.credential) for item in pathway.steps),
        "supports": names.all_of(pathway.supports),
        "metrics": [_without(one, pathway.name or "") for one in names.all_of(pathway.metrics)],
        "alternative_placement": answer(
            f"{at}.alternative_placement", pathway.alternative_placement
        ),
    }


def _ways_out(pathway: Pathway, plan: Plan, names: Names) -> Facts:
    titles = {
        item.id: named("sectors.*.occupations", item)
        for sector in plan.sectors
        for item in sector.occupations
        if item.id
    }
    courses = {step.id: named("pathways.*.steps", step) for step in pathway.steps if step.id}
    exits = [_exit(item, courses, titles) for item in pathway.exit_points]
    wages = [way.wage for way in pathway.exit_points if way.wage is not None]
    return {
        "exit_points": exits,
        "ways_out": len(exits),
        "jobs": list(dict.fromkeys(_job(way["occupation"]) for way in exits if way["is_job"])),
        "wages": prose.wage_range(wages),
        "wage_span": prose.wage_range(wages).removesuffix(" an hour"),
        "wage_values": sorted(float(wage) for wage in wages),
        "source": names.source(*(item.evidence for item in pathway.exit_points)),
    }


def _job(occupation: str) -> str:
    return prose.as_worker(prose.in_sentence(occupation))


def _entry(item: EntryPoint, names: Names) -> Facts:
    return {
        "name": item.name or names.people(item.who),
        "who": names.people(item.who),
        "starting_level": item.starting_level or "",
        "on_ramp": item.on_ramp or "",
        "ready": beneath(
            f"From: {item.starting_level}" if item.starting_level else "",
            f"On-ramp: {item.on_ramp}" if item.on_ramp else "",
        ),
        "referral_partner": prose.sentence_start(names.of(item.referral_partner)),
        "owner": prose.sentence_start(names.of(item.owner)),
    }


def _support(item: Support, plan: Plan, names: Names) -> Facts:
    service = named("supports", item)
    people = prose.in_sentence(names.people(item.populations), names.common)
    provider = prose.sentence_start(names.of(item.provider))
    return {
        "id": item.id,
        "path": f"supports.{item.id}",
        "service": service,
        "named": beneath(service, f"For {people}" if people else ""),
        "people": people,
        "provider": provider,
        "funding": item.funding or "",
        "given": beneath(provider, f"Paid for by: {item.funding}" if item.funding else ""),
        "reached": beneath(
            f"Need: {item.needs_assessment}" if item.needs_assessment else "",
            f"Referral: {item.referral}" if item.referral else "",
        ),
        "description": answer(f"supports.{item.id}.description", item.description),
        "pathways": [called(one.name, one.id) for one in plan.pathways if item.id in one.supports],
    }


def _steps(pathway: Pathway, names: Names) -> list[Facts]:
    earned = [item for item in pathway.steps if item.credential]
    mixed = not all(item.stackable for item in earned)
    return [_step(item, names, mixed=mixed) for item in pathway.steps]


def _step(item: Step, names: Names, *, mixed: bool) -> Facts:
    """A step; which credentials count toward the next is said of each only where they differ."""
    stacks = item.stackable and item.credential and mixed
    return {
        "id": item.id,
        "course": item.course or item.credential or "",
        "credential": item.credential or "",
        "earned": beneath(
            item.credential or "",
            "(counts toward the next)" if stacks else "",
            "(stands alone)" if item.stackable is False and item.credential else "",
        ),
        "provider": names.of(item.provider),
        "length": item.length or "",
        "articulation": item.articulation or "",
    }


def _exit(item: ExitPoint, courses: dict[str, str], titles: dict[str, str]) -> Facts:
    occupation = titles.get(item.occupation or "", item.occupation or "")
    wage = item.wage
    return {
        "name": item.name or "",
        "step": courses.get(item.step or "", item.step or ""),
        "step_id": item.step or "",
        "occupation": occupation,
        "is_job": any(letter.isalpha() for letter in occupation),
        "shown": occupation or item.name or "",
        "wage": f"{wage:,.2f}" if wage is not None else "",
        "hourly": f"{prose.dollars(wage)} an hour" if wage is not None else "",
        "leads_to": item.leads_to or "",
    }
