"""A plan as plain data for a template: texts, numbers, lists and groups, every reference a name."""

from collections.abc import Sequence
from datetime import date
from pathlib import PurePath
from typing import TypeVar

from localplan.document import prose
from localplan.document.facts import boards, levels, partners, pathways, results, sectors
from localplan.document.facts.names import Facts, Names, called, label
from localplan.knowledge.kinds import Stage
from localplan.knowledge.questions import Questionnaire
from localplan.knowledge.standards import load_law
from localplan.plan.checks.rules.dates import comments_received
from localplan.plan.model import Contact, Part, Plan, Record


def view_of(plan: Plan, names: Names, questionnaire: Questionnaire, order: Sequence[str]) -> Facts:
    """Return everything that a template may print about `plan`."""
    return {
        **_whole(plan, names),
        "sections": [_section(questionnaire, name) for name in order],
        **_organizations(plan, names),
        **_demand(plan, names),
        **_ways(plan, names),
        **_results(plan, names),
        **_procedure(plan),
    }


def status_line(plan: Plan, stage: Stage, today: date, draft_number: int) -> str:
    """Return the line of the cover that says what kind of draft this is, and of when."""
    when = prose.day(today)
    dates = plan.plan.dates
    closes = plan.public_comment.closes or (dates.comment_closes if dates else None)
    number = f" {draft_number}" if draft_number else ""
    match stage:
        case "working":
            return f"Working draft{number}, {when}"
        case "public":
            until = f", open until {prose.day(closes)}" if closes else ""
            return f"Draft for public comment{until} (draft{number or ' of'}, {when})".replace(
                " of,", " of"
            )
        case "board":
            return f"Draft for the Board's vote, {when}"
        case "submission":
            return f"For submission to the State, version of {when}"


def chapter_order(plan: Plan, memo: Sequence[str], crosswalk: Sequence[str]) -> tuple[str, ...]:
    """Return the six elements in the order the plan chose; the memo's when it chose none."""
    return tuple(crosswalk if plan.plan.element_order == "crosswalk" else memo)


def _whole(plan: Plan, names: Names) -> Facts:
    return {
        "board": _board(plan, names),
        "boards": boards.boards(plan),
        "plan": _plan(plan),
        "served": boards.served(plan),
        "areas": boards.areas(plan),
        "regional_sections": _regional_sections(plan),
    }


def _organizations(plan: Plan, names: Names) -> Facts:
    others, own = partners.partners(plan, names), partners.own_programs(plan, names)
    return {
        "partners": others,
        "contributing": partners.contributing(others),
        "brings": any(one["brings"] or one["answers_for"] for one in others),
        "own_programs": own,
        "own_contributing": partners.contributing(own),
        "partner_kinds": partners.kinds(plan),
        "kinds_told": partners.kinds_told(plan),
        "carry_pathways": partners.carry_pathways(plan),
        "programs": partners.programs(plan),
        "absent_programs": partners.absent(plan),
        "providers": partners.providers(plan, names),
        "one_stops": partners.one_stops(plan, names),
        "center_kinds": partners.center_kinds(plan),
    }


def _demand(plan: Plan, names: Names) -> Facts:
    return {
        "sectors": sectors.sectors(plan, names),
        "sector_rule": sectors.rule(plan),
        "populations": sectors.populations(plan, names),
        "population_sources": names.source(*(item.evidence for item in plan.populations)),
    }


def _ways(plan: Plan, names: Names) -> Facts:
    paths = pathways.pathways(plan, names)
    return {
        "pathways": paths,
        "total": {
            "ways_in": sum(one["ways_in"] for one in paths),
            "ways_out": sum(one["ways_out"] for one in paths),
            "credentials": sum(one["earned"] for one in paths),
            "paid": any(one["wages"] for one in paths),
        },
        "instruction": pathways.instruction(plan),
        "strategies": pathways.strategies(plan),
        "supports": pathways.supports(plan, names),
        "support_kinds": pathways.support_kinds(plan),
    }


def _results(plan: Plan, names: Names) -> Facts:
    return {
        "performance": levels.performance(plan, names),
        "metrics": levels.own_metrics(plan, names),
        "custody": levels.custody(plan, names),
        "explained": levels.explained(plan, names),
        "history": levels.history(plan, names),
        "actions": results.actions(plan, names),
        "evidence": results.evidence(plan),
    }


def _procedure(plan: Plan) -> Facts:
    return {
        "approvals": results.approvals(plan),
        "public_comment": _public_comment(plan),
        "comments": results.comments(plan),
        "attachments": [
            {
                "item": item.item or item.file or item.id,
                "standing": label(item.standing, "attachment_standings"),
                "filed": _filed(item.standing, item.file),
                "reason": item.reason or "",
            }
            for item in plan.attachments
        ],
    }


def _board(plan: Plan, names: Names) -> Facts:
    board = plan.board
    wage = board.family_wage
    return {
        **boards.naming(plan),
        "state": label(board.state, "states") if board.state else "",
        "area": board.area_name or "",
        "mission": "board.mission" if board.mission else "",
        "director": board.director or "",
        "chair": board.chair or "",
        "address": board.address or "",
        "website": board.website or "",
        "public_contact": _contact(board.public_contact),
        "reply_to": _contact(board.reply_to),
        "tagline": board.equal_opportunity_tagline or "",
        "family_wage": prose.dollars(wage.amount) if wage else "",
        "family_wage_value": float(wage.amount) if wage and wage.amount is not None else 0.0,
        "household": prose.in_sentence(wage.household) if wage and wage.household else "",
        "family_wage_source": names.source(wage.evidence) if wage else "",
    }


def _contact(contact: Contact | None) -> str:
    if contact is None:
        return ""
    parts = (contact.name, contact.title, contact.email, contact.phone, contact.address)
    return ", ".join(part for part in parts if part)


def _plan(plan: Plan) -> Facts:
    facts = plan.plan
    regional = facts.regional_plan
    return {
        "title": facts.title or "Local Plan",
        "kind": _kind(plan),
        "number": facts.number or "",
        "track": facts.track or "",
        "years": prose.program_years(facts.first_program_year, facts.program_years),
        "period": prose.span(facts.period_start, facts.period_end),
        "effective": prose.day(facts.effective_date),
        "frameworks": [label(code, "frameworks") for code in facts.frameworks],
        "regional_title": (regional.title or "the regional plan") if regional else "",
        "regional_address": (regional.address or "") if regional else "",
        "prepared_by": list(facts.prepared_by),
        "compiled_from": facts.compiled_from or "",
        "dates": _dates(plan),
    }


def _kind(plan: Plan) -> str:
    if plan.plan.kind == "modification":
        called = prose.modification_called(plan.plan.number or "")
        effective = (
            f", effective {prose.day(plan.plan.effective_date)}" if plan.plan.effective_date else ""
        )
        return f"{called}{effective}"
    kind = label(plan.plan.kind, "plan_kinds")
    return f"{kind} {plan.plan.number}".strip() if plan.plan.number else kind


def _dates(plan: Plan) -> list[Facts]:
    dates = plan.plan.dates
    if dates is None:
        return []
    steps = (
        ("Public comment opens", plan.public_comment.opens or dates.comment_opens),
        ("Public comment closes", plan.public_comment.closes or dates.comment_closes),
        ("The Board votes", dates.board_vote),
        ("The chief elected officials vote", dates.officials_vote),
        ("The plan is due at the State", dates.submission_due),
    )
    known = sorted((when, what) for what, when in steps if when)
    return [{"what": what, "when": prose.day(when)} for when, what in known]


def _regional_sections(plan: Plan) -> list[Facts]:
    regional = plan.plan.regional_plan
    if regional is None:
        return []
    headings = {item.id: item.heading for item in load_law().requirements}
    return [
        {"what": headings.get(requirement, requirement), "where": place}
        for requirement, place in regional.sections.items()
    ]


def _areas(plan: Plan) -> list[Facts]:
    return [
        {
            "name": called(area.name, area.id),
            "board": area.board or "",
            "officials": list(area.chief_elected_officials),
            "jurisdictions": list(area.jurisdictions),
            "fiscal_agent": area.fiscal_agent or "",
            "grant_recipient": area.grant_recipient or "",
        }
        for area in plan.areas
    ]


def _section(questionnaire: Questionnaire, name: str) -> Facts:
    section = questionnaire.section(name)
    return {"id": name, "title": section.title, "opens": section.opens.strip()}


def _public_comment(plan: Plan) -> Facts:
    asked = plan.public_comment
    return {
        "opens": prose.day(asked.opens),
        "closes": prose.day(asked.closes),
        "how": "public_comment.how" if asked.how else "",
        "notices": [
            {"where": item.where or "", "date": prose.day(item.date)} for item in asked.notices
        ],
        "hearings": [
            {
                "where": item.where or "",
                "date": prose.day(item.date),
                "time": item.time or "",
            }
            for item in asked.hearings
        ],
        "received": _received(comments_received(plan)),
    }


def _received(count: int | None) -> str:
    if count is None:
        return ""
    if not count:
        return "No comments were received."
    return prose.sentence_start(
        f"{prose.counted(count, 'comment')} {prose.verb(count, 'was', 'were')} received."
    )


def _filed(standing: str | None, file: str | None) -> str:
    """How an attachment stands, with the name of its file, for those who keep the file."""
    said = label(standing, "attachment_standings")
    name = PurePath(file).name if file else ""
    return f"{said} ({name})" if said and name else said or name


AnyPart = TypeVar("AnyPart", bound=Part)


def keyed(plan: Plan) -> Plan:
    """Return `plan` with the records that have no id named by their position."""
    return _keyed(plan)


def _keyed(part: AnyPart) -> AnyPart:
    changed: dict[str, object] = {}
    for name in type(part).model_fields:
        value = getattr(part, name)
        if isinstance(value, tuple) and value and isinstance(value[0], Part):
            named = tuple(_named(item, place) for place, item in enumerate(value, 1))
            if any(new is not old for new, old in zip(named, value, strict=True)):
                changed[name] = named
    return part.model_copy(update=changed) if changed else part


def _named(record: Part, place: int) -> Part:
    inside = _keyed(record)
    if isinstance(inside, Record) and not inside.id:
        return inside.model_copy(update={"id": f"#{place}"})
    return inside
