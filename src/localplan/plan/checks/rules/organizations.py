"""Rules about partners, providers, programs and who does what."""

import re
from collections.abc import Iterator, Sequence
from itertools import combinations, product

from localplan.knowledge.lists import labels, required_programs
from localplan.plan.boards import LocalBoard, is_apart, local_boards
from localplan.plan.checks.findings import Case, Finding, Rule
from localplan.plan.model import Partner, Plan
from localplan.plan.names import named

_SUFFIX = re.compile(r"\b(the|inc|incorporated|llc|corp|corporation|of)\b|[^a-z0-9 ]")
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n\s*\n|\n\s*[-*] ")
_SERVES = re.compile(
    r"\b(?:serves?|covers?|governs?|local (?:workforce )?(?:development )?board (?:for|of))\b",
    re.IGNORECASE,
)
"""Words that give a board its area; a board may well meet or teach in the area of another."""
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
                f"{_name(partner)} brings no resource, and no pathway, support, one-stop center or "
                "measure names it. Name it where it takes part.",
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
        for option in required_programs()
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
                    f"{name} is the one-stop operator, which generally may not prepare or submit "
                    "the local plan (20 CFR 678.620(b)(1)). If it acts in another role, say which "
                    "firewalls stand between (20 CFR 678.620(b)(2)).",
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


def _shared_places(case: Case) -> Iterator[Finding]:
    """Places that two boards have."""
    for one, two in combinations(local_boards(case.plan), 2):
        for area, other in product(one.areas, two.areas):
            for place in area.jurisdictions:
                if place.casefold() in map(str.casefold, other.jurisdictions):
                    yield Finding(
                        "place-of-two-boards", "warning", f"areas.{other.id}.jurisdictions",
                        f"{place} stands under {one.name} and under {two.name}. Leave it with the "
                        "board that serves it, or say which part each one has.",
                        f"areas.{area.id}.jurisdictions",
                    )  # fmt: skip


def _anothers_places(case: Case) -> Iterator[Finding]:
    """Sentences that give one board a place that only another board of the plan has."""
    boards = local_boards(case.plan)
    if len(boards) == 1:
        return
    for path, text in _told(case.plan):
        for sentence in _SENTENCE.split(text):
            for board, other, place in _misplaced(sentence, boards):
                yield Finding(
                    "board-with-anothers-place", "warning", path,
                    f"{board.name} is said to serve {place}, which belongs to {other.name}. Name "
                    "the board whose place it is.",
                    f"areas.{other.areas[0].id}",
                )  # fmt: skip


def _apart(case: Case) -> Iterator[Finding]:
    """A board of the plan that is the board of no area."""
    plan = case.plan
    if not is_apart(plan):
        return
    named = list(dict.fromkeys(area.board for area in plan.areas if area.board))
    first = next(area for area in plan.areas if area.board)
    yield Finding(
        "board-without-area", "warning", "board.name",
        f'"{plan.board.name}" is the board of no area; the areas name {"; ".join(named)}. Its '
        "director, chair and office are not printed as those of another board. If it is one of "
        "these boards, spell it the same way in both places. If it is another, say which area is "
        "its own. If the name stands for all of them, accept this with the reason.",
        f"areas.{first.id}.board",
    )  # fmt: skip


def _misplaced(
    sentence: str, boards: Sequence[LocalBoard]
) -> Iterator[tuple[LocalBoard, LocalBoard, str]]:
    """The board that a sentence speaks of, and each place in it that another board has."""
    named = [board for board in boards if _says(sentence, board.name)]
    if len(named) != 1 or not _SERVES.search(sentence):
        return
    own = named[0]
    rest = re.sub(re.escape(own.name), "", sentence, flags=re.IGNORECASE)
    for other in boards:
        for place in other.places:
            if other is not own and place not in own.places and _says(rest, place):
                yield own, other, place


def _says(text: str, name: str) -> bool:
    return bool(name) and bool(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.IGNORECASE))


def _told(plan: Plan) -> Iterator[tuple[str, str]]:
    """The texts in which a plan says who its boards are and whom they serve."""
    if plan.board.mission:
        yield "board.mission", plan.board.mission
    yield from ((f"narratives.{key}", text) for key, text in plan.narratives.items() if text)
    for key, passage in plan.passages.items():
        if passage.text:
            yield f"passages.{key}", passage.text


def _name(partner: Partner) -> str:
    return named("partners", partner)


ORGANIZATION_RULES = (
    Rule("partner-role", "A partner without a role gives a reviewer nothing to read.", _role),
    Rule("partner-idle", "A name on a list is not a partnership.", _idle),
    Rule("required-programs", "WIOA sec. 121(b)(1)(B) lists the required partners.", _programs),
    Rule(
        "operator",
        "20 CFR 678.620(b)(1) generally keeps the operator from preparing the plan.",
        _operator_writes,
    ),
    Rule("places", "A place has one local board (WIOA sec. 107(a)).", _shared_places),
    Rule("own-board", "Officers belong to the board that they direct or chair.", _apart),
    Rule("boards", "Nobody may be sent to the board of another area.", _anothers_places),
    Rule("spelling", "Two spellings make two organizations of one.", _spelling),
)
