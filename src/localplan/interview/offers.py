"""What a list usually holds, offered to be taken over: steps, indicators, programs, attachments."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from localplan.desk.openplan import OpenPlan
from localplan.knowledge.lists import Option, load_lists, partner_programs
from localplan.knowledge.questions import OfferWords
from localplan.plan.tree import get, holds
from localplan.yamltext import Tree, Value


@dataclass(frozen=True, slots=True)
class Offer:
    """One record that could be added: how it is called, and what it would say."""

    label: str
    record: dict[str, Value]


@dataclass(frozen=True, slots=True)
class Offering:
    """The records that could be added to one list, and the words that lead to them."""

    words: OfferWords
    offers: tuple[Offer, ...]


def offering(plan: OpenPlan, path: str) -> Offering | None:
    """Return what could be taken over into the list at `path`; None when nothing is left."""
    question, found = plan.by_fills.get(path), _FOUND.get(path)
    if question is None or question.offers is None or found is None:
        return None
    offers = tuple(found(plan))
    return Offering(question.offers, offers) if offers else None


def _steps(plan: OpenPlan) -> Iterator[Offer]:
    """The steps suggested for the board's track that no action carries out yet."""
    track = plan.text("plan.track")
    taken = _taken(plan, "actions", "step")
    for step in load_lists()["steps"]:
        if step.facts["track"] == track and step.code not in taken:
            record: dict[str, Value] = {
                "action": step.facts["action"],
                "step": step.code,
                "element": step.facts["element"],
                "status": "not-started",
            }
            yield Offer(step.label, record)


def _indicators(plan: OpenPlan) -> Iterator[Offer]:
    """The indicators with a negotiated level that no measure follows yet, by program."""
    taken = {
        (plan.text(f"{each}.program"), plan.text(f"{each}.indicator"))
        for each in plan.records("metrics")
    }
    lists = load_lists()
    for program in lists["metric_programs"]:
        for indicator in lists["indicators"]:
            negotiated = indicator.facts.get("negotiated", "").split(", ")
            if program.code in negotiated and (program.code, indicator.code) not in taken:
                years: list[Value] = [{"id": year, "year": year} for year in first_years(plan)]
                yield _indicator(program, indicator, years)


def first_years(plan: OpenPlan) -> tuple[str, ...]:
    """The two program years that levels are negotiated for, where the plan says when it begins."""
    first = plan.text("plan.first_program_year").strip()
    return tuple(str(int(first) + more) for more in (0, 1)) if first.isdecimal() else ()


def _indicator(program: Option, indicator: Option, years: list[Value]) -> Offer:
    youth = program.code == "title-i-youth"
    said = (youth and indicator.facts.get("youth_label")) or indicator.label
    name = f"{program.label}: {said[0].lower()}{said[1:]}"
    record: dict[str, Value] = {
        "name": name,
        "indicator": indicator.code,
        "program": program.code,
        "scope": "area",
        "unit": indicator.facts["unit"],
    }
    return Offer(name, {**record, "levels": years} if years else record)


def _programs(plan: OpenPlan) -> Iterator[Offer]:
    """The required programs that no partner carries out and no entry explains yet."""
    carried = {
        code for each in plan.records("partners") for code in _codes(plan.tree, f"{each}.programs")
    }
    taken = carried | _taken(plan, "absent_programs", "program")
    for program in partner_programs():
        if program.code not in taken:
            yield Offer(program.label, {"program": program.code})


def _attachments(plan: OpenPlan) -> Iterator[Offer]:
    """What the State wants with the plan and the board has not named yet."""
    names = _taken(plan, "attachments", "item")
    taken = {name.casefold() for name in names}
    for piece in plan.state.attachments if plan.state else ():
        wanted = holds(piece.when, plan.tree, "attachments")
        here = f"attachments.{piece.id}" in plan.records("attachments")
        if wanted and not here and not piece.part and piece.item.casefold() not in taken:
            yield Offer(piece.item, {"id": piece.id, "item": piece.item, "standing": "missing"})


def _approvals(plan: OpenPlan) -> Iterator[Offer]:
    """The board and the chief elected officials, with the days and names given before."""
    bodies = _taken(plan, "approvals", "body")
    board, vote = plan.text("board.name"), plan.text("plan.dates.board_vote")
    if board and board not in bodies:
        name, _, _ = plan.text("board.chair").partition(",")
        yield _approval(board, name.strip(), "Chair" if name else "", vote)
    voted = plan.text("plan.dates.officials_vote")
    for area in plan.records("areas"):
        for official in plan.text(f"{area}.chief_elected_officials").splitlines():
            name, title, body = _official(official)
            if body and body not in bodies:
                bodies.add(body)
                yield _approval(body, name, title, voted)


def _approval(body: str, signer: str, title: str, planned: str) -> Offer:
    said = {"body": body, "signer": signer, "signer_title": title, "planned": planned}
    record: dict[str, Value] = {key: text for key, text in said.items() if text}
    return Offer(f"{body}: {signer}" if signer else body, record)


def _official(written: str) -> tuple[str, str, str]:
    """The name, title and body of "Maria Lopez, Chair, Delta County Board of Supervisors"."""
    name, _, rest = written.partition(",")
    title, _, body = rest.partition(",")
    return name.strip(), title.strip(), body.strip() or title.strip()


def _taken(plan: OpenPlan, home: str, field: str) -> set[str]:
    return {plan.text(f"{each}.{field}") for each in plan.records(home)}


def _codes(tree: Tree, path: str) -> Sequence[str]:
    found = get(tree, path)
    return [code for code in found if isinstance(code, str)] if isinstance(found, list) else []


_FOUND: Mapping[str, Callable[[OpenPlan], Iterator[Offer]]] = {
    "actions": _steps,
    "metrics": _indicators,
    "absent_programs": _programs,
    "approvals": _approvals,
    "attachments": _attachments,
}
