"""What the plan does, decides and rests on as facts: actions, votes, comments, evidence."""

import re

from localplan.document import prose
from localplan.document.facts.names import Facts, Names, answer, beneath, called, label
from localplan.plan.model import Action, Approval, Comment, Evidence, Plan

COLLECTED = re.compile(r"[Rr]\d+")
"""The number of a comment out of a returned file, such as R12."""
_SUPPRESSED = frozenset({"N", "*", "**", "#", "-1"})


def actions(plan: Plan, names: Names) -> list[Facts]:
    """Return the action plan in order of due date."""
    dated = sorted(plan.actions, key=lambda item: (item.due is None, str(item.due or "")))
    return [_action(item, names) for item in dated]


def approvals(plan: Plan) -> list[Facts]:
    """Return the bodies that vote or sign."""
    return [_approval(item) for item in plan.approvals]


def comments(plan: Plan) -> list[Facts]:
    """Return the comments received, with what became of each."""
    return [_comment(item) for item in plan.comments]


def comment_number(number: str, name: str) -> str:
    """Return what a comment goes by; one that was collected keeps that number as its id."""
    return number or (name.upper() if COLLECTED.fullmatch(name) else "")


def evidence(plan: Plan) -> list[Facts]:
    """Return the figures the plan relies on, as published; figures read together share a row."""
    together: dict[tuple[str, str], list[str]] = {}
    for item in plan.evidence:
        read = f"Retrieved {prose.day(item.retrieved)}" if item.retrieved else ""
        source = beneath(item.source or "", item.address or "", read)
        of = beneath(item.area or "", item.period or "")
        together.setdefault((source, of), []).append(_figure(item))
    return [
        {"source": source, "of": of, "figures": figures}
        for (source, of), figures in together.items()
    ]


def _figure(item: Evidence) -> str:
    value = _published((item.value or "").strip(), (item.unit or "").strip())
    return ": ".join(part for part in (called(item.measure, item.id), value) if part)


def _published(value: str, unit: str) -> str:
    """A figure with its unit as it was published: `41,200 people`, `$29.80 an hour`."""
    if value in _SUPPRESSED:
        return "suppressed"
    if unit.startswith("dollars") and value[:1].isdigit():
        return f"${value}{unit.removeprefix('dollars')}"
    return " ".join(filter(None, (value, unit)))


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
    return label(code, "steps")


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
    return {
        "number": comment_number(str(item.number or ""), item.id),
        "who": ", ".join(part for part in (item.person, item.organization) if part),
        "date": prose.day(item.date),
        "about": ", ".join(
            part for part in (label(item.element, "elements"), item.section) if part
        ),
        "comment": answer(f"comments.{item.id}.comment", item.comment),
        "response": answer(f"comments.{item.id}.response", item.response),
        "change": item.change or "",
        "disagrees": prose.yes_no(item.disagrees),
    }
