"""Rules about sectors, pathways, people and supports, and what the board itself does."""

import re
from collections.abc import Iterable, Iterator

from localplan.knowledge.questions import ELEMENTS, load_questionnaire
from localplan.plan.checks.findings import Case, Finding, Rule
from localplan.plan.checks.meant import meant
from localplan.plan.model import Pathway, Plan

_BOARD_ACTS = re.compile(r"\b(board|we|our)\b", re.IGNORECASE)
_INITIALS = 3
"""Fewer letters are not known as the name of a board."""


def _sectors(case: Case) -> Iterator[Finding]:
    served = {pathway.sector for pathway in case.plan.pathways}
    for sector in case.plan.sectors:
        if sector.id not in served and sector.standing != "planning":
            yield Finding(
                "sector-without-pathway", "warning", f"sectors.{sector.id}",
                f"No pathway serves {sector.name or 'this sector'}. Add one, or say that the "
                "sector is still being planned.",
            )  # fmt: skip


def _ends(case: Case) -> Iterator[Finding]:
    for pathway in case.plan.pathways:
        name = pathway.name or "This pathway"
        if not pathway.entry_points:
            yield Finding(
                "pathway-without-entry-point", "warning", f"pathways.{pathway.id}.entry_points",
                f"{name} has no entry point. Say where people can join it.",
            )  # fmt: skip
        if not pathway.exit_points:
            yield Finding(
                "pathway-without-exit-point", "warning", f"pathways.{pathway.id}.exit_points",
                f"{name} has no exit point. Say which job people can leave it for.",
            )  # fmt: skip


def _populations(case: Case) -> Iterator[Finding]:
    supported = {name for support in case.plan.supports for name in support.populations}
    for population in case.plan.populations:
        if population.id not in supported:
            yield Finding(
                "population-without-support", "warning", f"populations.{population.id}",
                f"No support names {population.name or 'this population'}. Add it to a support.",
            )  # fmt: skip


def _supports(case: Case) -> Iterator[Finding]:
    for support in case.plan.supports:
        if not support.provider:
            yield Finding(
                "support-without-provider", "warning", f"supports.{support.id}.provider",
                f"Nobody is named to provide {support.service or 'this support'}.",
            )  # fmt: skip


def _steps(case: Case) -> Iterator[Finding]:
    for pathway in case.plan.pathways:
        for step in pathway.steps:
            if step.credential and not step.provider:
                yield Finding(
                    "step-without-provider", "warning", f"pathways.{pathway.id}.steps.{step.id}",
                    f"{step.course or step.credential} leads to a credential, but nobody is named "
                    "to teach it.",
                )  # fmt: skip
        for entry in pathway.entry_points:
            if not entry.owner:
                yield Finding(
                    "entry-point-without-owner", "warning",
                    f"pathways.{pathway.id}.entry_points.{entry.id}",
                    f"{entry.name or 'An entry point'} of {pathway.name or 'a pathway'} has no "
                    "owner. Say who makes sure that people get in.",
                )  # fmt: skip


def _steps_of_exits(case: Case) -> Iterator[Finding]:
    for pathway in case.plan.pathways:
        known = {step.id: step.course or "" for step in pathway.steps}
        for leave in pathway.exit_points:
            if leave.step and leave.step not in known:
                yield Finding(
                    "dangling-reference", "error",
                    f"pathways.{pathway.id}.exit_points.{leave.id}.step",
                    f'No step of {pathway.name or "this pathway"} has the id "{leave.step}". '
                    f"{meant(leave.step, known) or 'Choose one of its steps.'}",
                )  # fmt: skip


def _last_steps(case: Case) -> Iterator[Finding]:
    for pathway in case.plan.pathways:
        after = [leave.step for leave in pathway.exit_points]
        # An exit that names no step may follow the last one.
        if not pathway.steps or not after or not all(after):
            continue
        last = pathway.steps[-1]
        if last.id not in after:
            yield Finding(
                "last-step-without-exit", "warning", f"pathways.{pathway.id}.steps.{last.id}",
                f"{pathway.name or 'A pathway'} ends with {last.course or 'a step'}, and no exit "
                "follows it. Say which job people can leave it for.",
                f"pathways.{pathway.id}.exit_points",
            )  # fmt: skip


def _targets(case: Case) -> Iterator[Finding]:
    reached = {
        leave.occupation.strip().casefold()
        for pathway in case.plan.pathways
        for leave in pathway.exit_points
        if leave.occupation
    }
    served = {pathway.sector for pathway in case.plan.pathways if pathway.exit_points}
    for sector in case.plan.sectors:
        for job in sector.occupations if sector.id in served else ():
            called = {(word or "").strip().casefold() for word in (job.id, job.title, job.soc)}
            if not reached & called:
                yield Finding(
                    "occupation-out-of-reach", "warning",
                    f"sectors.{sector.id}.occupations.{job.id}",
                    f"{job.title or 'An occupation'} is a target of {sector.name or 'a sector'}, "
                    "but no exit of a pathway leads to it. Add the exit, or take it off the list.",
                )  # fmt: skip


def _board(case: Case) -> Iterator[Finding]:
    for pathway in case.plan.pathways:
        if not _board_acts(pathway):
            yield Finding(
                "board-does-nothing", "warning", f"pathways.{pathway.id}.board_role",
                "The plan does not say what the Board itself does in "
                f"{pathway.name or 'a pathway'}. Say what it leads, pays for or owns.",
            )  # fmt: skip
    questionnaire = load_questionnaire()
    acting = {action.element for action in case.plan.actions}
    for element in ELEMENTS:
        section = questionnaire.section(element)
        keys = [
            question.fills.removeprefix("narratives.")
            for question in section.questions
            if question.is_narrative
        ]
        texts = [text for key in keys if (text := case.plan.narratives.get(key))]
        if texts and element not in acting and not _speaks_of_the_board(texts, case.plan):
            yield Finding(
                "board-does-nothing", "warning", f"narratives.{keys[0]}",
                f"Nothing under {section.title} says what the Board itself does. A local plan "
                "tells what the board does, not what others teach.",
            )  # fmt: skip


def _speaks_of_the_board(texts: Iterable[str], plan: Plan) -> bool:
    """Whether a text says "the Board" or "we", or calls a board of the plan by its name."""
    text = " ".join(texts)
    if _BOARD_ACTS.search(text):
        return True
    names = {name for name in (plan.board.name, *(area.board for area in plan.areas)) if name}
    return any(name.casefold() in text.casefold() or _short(name, text) for name in names)


def _short(name: str, text: str) -> bool:
    """Whether the text uses the initials of the name, such as AVWDB."""
    initials = "".join(word[0] for word in name.split() if word[0].isupper())
    return len(initials) >= _INITIALS and bool(re.search(rf"\b{re.escape(initials)}\b", text))


def _board_acts(pathway: Pathway) -> bool:
    owned = any(entry.owner == "board" for entry in pathway.entry_points)
    return bool(pathway.board_role) or pathway.lead == "board" or owned


PATHWAY_RULES = (
    Rule("sectors", "A sector without a pathway is a promise nobody keeps.", _sectors),
    Rule("ends", "People join and leave a pathway somewhere.", _ends),
    Rule("populations", "People with barriers need support to stay on a pathway.", _populations),
    Rule("supports", "A service nobody provides is not a service.", _supports),
    Rule("steps", "A credential somebody teaches; an entry point somebody owns.", _steps),
    Rule("exits", "An exit follows a step of the same pathway.", _steps_of_exits),
    Rule("last-steps", "A pathway that ends without a job is a dead end.", _last_steps),
    Rule("targets", "A target that no pathway reaches is only a wish.", _targets),
    Rule("board", "A local plan says what the board does (CLASP local planning memo).", _board),
)
