"""Rules about partners, providers, programs and who does what."""

import re
from collections.abc import Iterator, Sequence
from itertools import combinations

from localplan.knowledge.lists import labels, partner_programs
from localplan.plan.checks.findings import Case, Finding, Rule
from localplan.plan.model import Partner, Plan

_SUFFIX = re.compile(r"\b(the|inc|incorporated|llc|corp|corporation|of)\b|[^a-z0-9 ]")
ALIKE = 0.8
"""Two words this similar are probably one, misspelled; judged on real partner lists."""
_TELLING = frozenset({
    "eastside", "westside", "eastern", "western", "northeast", "northwest", "southeast",
    "southwest", "mens", "womens", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii",
})  # fmt: skip
"""Words that tell two places or programs apart, however alike they look."""


def _role(case: Case) -> Iterator[Finding]:
    for partner in case.plan.partners:
        if not partner.role:
            yield Finding(
                "partner-without-role", "warning", f"partners.{partner.id}",
                f"{_name(partner)} has no role yet. Say what it does in the pathways.",
            )  # fmt: skip


def _idle(case: Case) -> Iterator[Finding]:
    busy = _busy(case.plan)
    for partner in case.plan.partners:
        if partner.id not in busy and not partner.resources:
            yield Finding(
                "partner-delivers-nothing", "warning", f"partners.{partner.id}",
                f"{_name(partner)} brings no resource and appears in no pathway, support, one-stop "
                "or metric.",
            )  # fmt: skip


def _busy(plan: Plan) -> set[str]:
    """Ids of everyone to whom some part of the plan points."""
    named: set[str | None] = {support.provider for support in plan.supports}
    named |= {metric.responsible for metric in plan.metrics}
    for center in plan.one_stops:
        named |= {center.operator, *center.partners}
    for pathway in plan.pathways:
        named |= {pathway.lead, *pathway.partners}
        named |= {step.provider for step in pathway.steps}
        for entry in pathway.entry_points:
            named |= {entry.owner, entry.referral_partner}
    return {name for name in named if name}


def _programs(case: Case) -> Iterator[Finding]:
    plan = case.plan
    if not plan.partners:
        return
    present = {code for partner in plan.partners for code in partner.programs}
    present |= {entry.program for entry in plan.absent_programs if entry.program and entry.reason}
    lacking = [
        Finding(
            "required-program-not-listed", "warning", "partners",
            f"No partner carries out {option.label}, a required one-stop partner program. Add "
            "it to a partner, or say why it is not carried out here.",
            f"absent_programs.{option.code}",
        )
        for option in partner_programs()
        if option.code not in present
    ]  # fmt: skip
    yield from (each for each in lacking if each.id in plan.accepted)
    yield from _as_one([each for each in lacking if each.id not in plan.accepted])


def _as_one(lacking: list[Finding]) -> Iterator[Finding]:
    """The programs that nobody carries out as one finding: they are mended in one place."""
    if len(lacking) < 2:  # noqa: PLR2004 (one stands by itself)
        yield from lacking
        return
    called = labels("one_stop_programs")
    names = [called[each.other.removeprefix("absent_programs.")] for each in lacking]
    yield Finding(
        "required-program-not-listed", "warning", "partners",
        f"No partner carries out {len(names)} required one-stop partner programs: "
        f"{'; '.join(names)}. Add each to a partner, or say why it is not carried out here.",
        "absent_programs",
    )  # fmt: skip


def _operator_writes(case: Case) -> Iterator[Finding]:
    operators = _operators(case.plan)
    for author in case.plan.plan.prepared_by:
        for name, place in operators.items():
            if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", author, re.IGNORECASE):
                yield Finding(
                    "operator-prepares-plan", "warning", "plan.prepared_by",
                    f"{name} is the one-stop operator, which may not help to prepare the local "
                    "plan (20 CFR 678.620(b)).",
                    place,
                )  # fmt: skip


def _operators(plan: Plan) -> dict[str, str]:
    """The names of the one-stop operators, each with the record that is theirs."""
    named = {center.operator for center in plan.one_stops}
    found = {
        provider.name.strip(): f"providers.{provider.id}"
        for provider in plan.providers
        if provider.name and (provider.role == "one-stop-operator" or provider.id in named)
    }
    for partner in plan.partners:
        if partner.name and partner.id in named:
            found.setdefault(partner.name.strip(), f"partners.{partner.id}")
    return found


def _spelling(case: Case) -> Iterator[Finding]:
    written = [(name, place, _bare(name)) for name, place in _names(case.plan).items()]
    for (first, here, one), (second, there, two) in combinations(written, 2):
        if _looks_alike(one, two):
            yield Finding(
                "one-name-two-spellings", "warning", here,
                f'"{first}" and "{second}" look like one organization. Use one spelling.',
                there,
            )  # fmt: skip


def _names(plan: Plan) -> dict[str, str]:
    """Every way an organization is written, with the first place that writes it so."""
    written: list[tuple[str | None, str]] = [
        *((part.name, f"partners.{part.id}.name") for part in plan.partners),
        *((part.name, f"providers.{part.id}.name") for part in plan.providers),
        *((part.collaborative, f"pathways.{part.id}.collaborative") for part in plan.pathways),
        *((area.fiscal_agent, f"areas.{area.id}.fiscal_agent") for area in plan.areas),
        *((area.board, f"areas.{area.id}.board") for area in plan.areas),
        *((author, "plan.prepared_by") for author in plan.plan.prepared_by),
    ]
    names: dict[str, str] = {}
    for name, place in written:
        if name:
            names.setdefault(name.strip(), place)
    return names


def _looks_alike(one: Sequence[str], two: Sequence[str]) -> bool:
    """Whether two names, as words, are the same but for a spelling."""
    # Names that differ by a whole word are usually two places, not two spellings.
    if not one or len(one) != len(two):
        return False
    changed = [pair for pair in zip(one, two, strict=True) if pair[0] != pair[1]]
    if len(changed) != 1:
        return not changed
    if _TELLING.issuperset(changed[0]) or _digits(changed[0][0]) != _digits(changed[0][1]):
        return False
    from difflib import SequenceMatcher  # noqa: PLC0415 (few names come so close)

    return SequenceMatcher(None, *changed[0]).ratio() >= ALIKE


def _bare(name: str) -> tuple[str, ...]:
    """The words of a name without its form of company, signs and articles."""
    return tuple(_SUFFIX.sub(" ", name.casefold().replace("&", "and")).split())


def _digits(word: str) -> str:
    return "".join(letter for letter in word if letter.isdigit())


def _name(partner: Partner) -> str:
    return partner.name or f"Partner {partner.id}"


ORGANIZATION_RULES = (
    Rule("partner-role", "A partner without a role gives a reviewer nothing to read.", _role),
    Rule("partner-idle", "A name on a list is not a partnership.", _idle),
    Rule("required-programs", "WIOA sec. 121(b)(1)(B) lists the required partners.", _programs),
    Rule("operator", "20 CFR 678.620(b) keeps the operator out of planning.", _operator_writes),
    Rule("spelling", "Two spellings make two organizations of one.", _spelling),
)
