"""The organizations in a plan as facts: partners, programs, providers and one-stop centers."""

from collections import Counter
from collections.abc import Sequence

from localplan.document import prose
from localplan.document.facts.names import Facts, Names, answer, beneath, called, label
from localplan.knowledge.lists import load_lists
from localplan.plan.boards import own_records
from localplan.plan.model import OneStop, Partner, Plan, Provider, Resource

_KIND_WORDS = {
    "community-college": ("community or technical college", "community or technical colleges"),
    "university": ("university", "universities"),
    "adult-school": ("adult education provider", "adult education providers"),
    "school-district": ("school district or county office", "school districts and county offices"),
    "training-provider": ("training provider", "training providers"),
    "employer": ("employer", "employers"),
    "industry-association": ("industry association", "industry associations"),
    "chamber": ("chamber of commerce", "chambers of commerce"),
    "labor": ("labor organization", "labor organizations"),
    "apprenticeship": ("apprenticeship program", "apprenticeship programs"),
    "economic-development": ("economic development agency", "economic development agencies"),
    "employment-service": ("State employment service office", "State employment service offices"),
    "vr-agency": ("vocational rehabilitation agency", "vocational rehabilitation agencies"),
    "human-services": ("human services agency", "human services agencies"),
    "housing": ("housing agency", "housing agencies"),
    "corrections": ("probation or corrections agency", "probation and corrections agencies"),
    "health": ("health agency", "health agencies"),
    "tribal": ("tribal organization", "tribal organizations"),
    "community-organization": ("community organization", "community organizations"),
    "library": ("public library", "public libraries"),
    "transit": ("transportation agency", "transportation agencies"),
    "local-government": ("local government", "local governments"),
    "state-agency": ("State agency", "State agencies"),
    "workforce-board": ("local workforce board", "local workforce boards"),
    "philanthropy": ("foundation", "foundations"),
}
_CENTERS = {
    "comprehensive": ("comprehensive center", "comprehensive centers"),
    "affiliate": ("affiliate center", "affiliate centers"),
    "specialized": ("specialized center", "specialized centers"),
    "mobile": ("mobile site", "mobile sites"),
}
_MOU = {
    "signed": "Signed",
    "in-negotiation": "In negotiation",
    "planned": "Planned",
    "none": "None",
}


def partners(plan: Plan, names: Names) -> list[Facts]:
    """Return every partner with what it does, brings and answers for; the Board is none."""
    return [_partner(partner, names) for partner in _others(plan)]


def own_programs(plan: Plan, names: Names) -> list[Facts]:
    """Return the records that are the Board itself or the programs it runs, told like partners."""
    own = own_records(plan)
    return [_partner(partner, names) for partner in plan.partners if partner.id in own]


def contributing(told: Sequence[Facts]) -> list[Facts]:
    """Return those that say what they bring, what they answer for or what they signed."""
    return [one for one in told if one["brings"] or one["answers_for"] or one["agreement"]]


def kinds(plan: Plan) -> list[str]:
    """Return what the partners are, counted: `four community colleges`, most frequent first."""
    tally = Counter(partner.kind for partner in _others(plan) if partner.kind in _KIND_WORDS)
    return [prose.counted(count, *_KIND_WORDS[kind]) for kind, count in tally.most_common() if kind]


def kinds_told(plan: Plan) -> bool:
    """Return whether the kind of every partner can be said, so that the kinds add up."""
    return all(partner.kind in _KIND_WORDS for partner in plan.partners)


def carry_pathways(plan: Plan) -> bool:
    """Return whether every partner has a part in some pathway."""
    having = {one for pathway in plan.pathways for one in (pathway.lead, *pathway.partners)}
    return bool(plan.pathways) and all(partner.id in having for partner in _others(plan))


def programs(plan: Plan) -> list[Facts]:
    """Return each one-stop program with who carries it out, as the partners say.

    `named` is false for programs that are only called others, however many they are.
    """
    carriers: dict[str, list[Partner]] = {}
    for partner in plan.partners:
        for program in partner.programs:
            carriers.setdefault(program, []).append(partner)
    listed = load_lists().get("one_stop_programs", ())
    rows: list[Facts] = []
    for option in listed:
        who = [called(partner.name, partner.id) for partner in carriers.pop(option.code, [])]
        if who:
            named = option.code != "other"
            rows.append(
                {
                    "program": option.label if named else "Other programs",
                    "who": who,
                    "required": option.facts.get("required") == "yes",
                    "named": named,
                }
            )
    rows.extend(
        {
            "program": label(code),
            "who": [called(one.name, one.id) for one in who],
            "required": False,
            "named": True,
        }
        for code, who in carriers.items()
    )
    return rows


def absent(plan: Plan) -> list[Facts]:
    """Return the required programs that are not carried out in the area, with the reason."""
    return [
        {
            "program": label(item.program, "one_stop_programs") or "A required program",
            "reason": prose.stopped(item.reason or ""),
        }
        for item in plan.absent_programs
        if item.program or item.reason
    ]


def providers(plan: Plan, names: Names) -> list[Facts]:
    """Return the contractors."""
    return [_provider(provider, names) for provider in plan.providers]


def center_kinds(plan: Plan) -> list[str]:
    """Return how many centers of each kind there are: `two comprehensive centers`."""
    tally = Counter(center.kind for center in plan.one_stops if center.kind)
    return [
        prose.counted(count, *_CENTERS.get(kind, (kind, kind))) for kind, count in tally.items()
    ]


def one_stops(plan: Plan, names: Names) -> list[Facts]:
    """Return the one-stop centers."""
    return [_one_stop(center, names) for center in plan.one_stops]


def _others(plan: Plan) -> list[Partner]:
    own = own_records(plan)
    return [partner for partner in plan.partners if partner.id not in own]


def _partner(partner: Partner, names: Names) -> Facts:
    at = f"partners.{partner.id}"
    return {
        "id": partner.id,
        "path": at,
        "name": called(partner.name, partner.id),
        "said": prose.place(called(partner.name, partner.id)),
        "kind": label(partner.kind, "partner_kinds") if partner.kind != "other" else "",
        "where": _in_area(names.of(partner.area)),
        "what": _what(partner.kind),
        "area": names.of(partner.area),
        "named": beneath(called(partner.name, partner.id), _kind_and_place(partner, names)),
        "located": beneath(
            called(partner.name, partner.id), prose.sentence_start(_in_area(names.of(partner.area)))
        ),
        "programs": [label(code, "one_stop_programs") for code in partner.programs],
        "role": answer(f"{at}.role", partner.role),
        "responsibilities": answer(f"{at}.responsibilities", partner.responsibilities),
        "brings": [said for item in partner.resources if (said := _resource(item))],
        "answers_for": list(partner.outcomes),
        "agreement": _agreement(partner),
    }


def _kind_and_place(partner: Partner, names: Names) -> str:
    said = " ".join(filter(None, (_what(partner.kind), _in_area(names.of(partner.area)))))
    return prose.sentence_start(said)


def _what(kind: str | None) -> str:
    if not kind or kind == "other":
        return ""
    known = _KIND_WORDS.get(kind)
    return known[0] if known else prose.in_sentence(label(kind, "partner_kinds"))


def _in_area(area: str) -> str:
    return f"in {area}" if area else ""


def _resource(item: Resource) -> str:
    what = item.what or label(item.kind, "resource_kinds")
    notes = [prose.dollars(item.amount), f"from {item.source}" if item.source else ""]
    if item.kind and item.what and item.kind not in item.what.lower():
        notes.insert(0, prose.in_sentence(label(item.kind, "resource_kinds")))
    note = ", ".join(filter(None, notes))
    return f"{what} ({note})" if what and note else what or note


def _agreement(partner: Partner) -> str:
    if not partner.mou:
        return prose.day(partner.mou_date)
    standing = _MOU.get(partner.mou, label(partner.mou))
    return f"{standing} {prose.day(partner.mou_date)}".strip()


def _provider(provider: Provider, names: Names) -> Facts:
    return {
        "id": provider.id,
        "path": f"providers.{provider.id}",
        "name": called(provider.name, provider.id),
        "role": label(provider.role, "provider_roles"),
        "code": provider.role or "",
        "area": names.of(provider.area),
        "named": beneath(
            called(provider.name, provider.id),
            ", ".join(
                filter(None, (label(provider.role, "provider_roles"), names.of(provider.area)))
            ),
        ),
        "contract": beneath(
            prose.span(provider.contract_start, provider.contract_end),
            prose.dollars(provider.amount),
        ),
        "selected_by": provider.selected_by or "",
        "period": prose.span(provider.contract_start, provider.contract_end),
        "amount": prose.dollars(provider.amount),
        "benchmarks": answer(f"providers.{provider.id}.benchmarks", provider.benchmarks),
    }


def _one_stop(center: OneStop, names: Names) -> Facts:
    return {
        "path": f"one_stops.{center.id}",
        "name": called(center.name, center.id),
        "kind": label(center.kind, "one_stop_kinds"),
        "code": center.kind or "",
        "area": names.of(center.area),
        "address": center.address or "",
        "place": beneath(called(center.name, center.id), center.address or ""),
        "about": beneath(
            label(center.kind, "one_stop_kinds"),
            names.of(center.area),
            f"Certified {prose.day(center.certified_on)}" if center.certified_on else "",
        ),
        "operator": prose.sentence_start(names.of(center.operator)),
        "partners": names.all_of(center.partners),
        "certified": prose.day(center.certified_on),
    }
