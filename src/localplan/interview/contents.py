"""Pages that lead to others: the menu, a section, and the lists of what is to be done."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from localplan.desk.openplan import OpenPlan
from localplan.errors import LocalPlanError
from localplan.interview.forms import Accept, Confirm, Contents, LookedAt, Page, Row, Undo
from localplan.interview.words import NOT_YET, counted, said, state_of
from localplan.knowledge.standards import Watch
from localplan.plan.checks.checkup import watch_key
from localplan.plan.checks.findings import Finding
from localplan.plan.cycle.doubts import most_doubtful_first
from localplan.plan.file import journal
from localplan.plan.file.parking import begun_at
from localplan.plan.names import about, called
from localplan.plan.progress import Item
from localplan.plan.standings import standings

CHANGED = "findings/watch/"
"""How the place of a change in the law begins."""
OTHERS = "others"
"""Behind `carried/`: what was carried and no question asks any more."""


class PlaceError(LocalPlanError):
    """A place that the plan does not have, or at which nothing is asked now."""


def record_of(plan: OpenPlan, item: Item) -> tuple[str, str]:
    """The record that the item asks about, and what it is called; blank for none."""
    parts = item.question.fills.split(".")
    if "*" not in parts:
        return "", ""
    last = len(parts) - 1 - parts[::-1].index("*")
    record = ".".join(item.path.split(".")[: last + 1])
    return record, called(plan.tree, record)


def row_of(plan: OpenPlan, item: Item, whose: str = "") -> Row:
    """A question with its answer, or with what is missing.

    `whose` is the record that the question is about, where others are asked the same.
    """
    question = item.question
    words = said(question, plan.value(item.path), plan.tree)
    missing = plan.open_within(item)
    if question.kind == "records" and words and missing:
        words += " · more to answer"
    begun = "begun, not finished" if begun_at(plan.tree, item.path) else ""
    origin = plan.origin(item.path)
    return Row(
        item.path,
        f"{whose}: {question.ask}" if whose else question.ask,
        words or ("" if begun else state_of(item)),
        given=bool(words),
        mark=" · ".join(part for part in (begun, f"(from {origin})" if origin else "") if part),
        open=bool(missing),
    )


def carried(plan: OpenPlan) -> tuple[Item, ...]:
    """The answers that wait for a person to confirm them, the most doubtful first."""
    return most_doubtful_first(plan.progress.items())


def unasked(plan: OpenPlan) -> tuple[str, ...]:
    """The carried answers that no question asks any more, such as why a part is met."""
    asked = {item.path for item in plan.progress.items()}
    return tuple(
        path
        for path, told in standings(plan.tree).items()
        if told.get("state") == "carried" and path not in asked and plan.value(path) is not None
    )


def open_findings(plan: OpenPlan) -> tuple[Finding, ...]:
    """What should be looked at in the answers: not what is missing, was accepted, or is a note."""
    return tuple(
        finding
        for finding in plan.checkup().findings
        if not finding.accepted and finding.severity != "note" and finding.rule != "missing-answer"
    )


def _menu(plan: OpenPlan, _: str) -> Page:
    progress = plan.progress
    rows = [
        Row(
            f"section/{part.section.id}",
            part.section.title,
            counted(part),
            open=part.answered < part.required,
        )
        for part in progress.sections
    ]
    if progress.complete:
        ask = "Everything required is answered."
    elif progress.answered:
        ask = "Where would you like to go on?"
    else:
        ask = "Where would you like to start?"
    return Page(
        path="",
        title=plan.text("board.name") or "Your local plan",
        stands=f"{progress.answered:,} of {progress.required:,} answered",
        ask=ask,
        field=Contents(tuple(rows)),
        acts=(Undo,) if journal.touches(plan.path, "") else (),
    )


def _section(plan: OpenPlan, name: str) -> Page:
    """The page of a section: each question with its answer, or what is missing."""
    if not any(section.id == name for section in plan.questions.sections):
        raise PlaceError(f'There is no section "{name}".')
    progress = plan.section_progress(name)
    items = plan.steps_of(name)
    told = "Choose a question to answer or change it."
    if progress.required == progress.answered:
        told = "Everything required is answered."
    if not items:
        told = "There is nothing to ask here yet. Answer the earlier sections first."
    return Page(
        path=f"section/{name}",
        title=progress.section.title,
        stands=counted(progress),
        ask="Look it over",
        field=Contents(tuple(row_of(plan, item, record_of(plan, item)[1]) for item in items)),
        acts=(),
        help=told,
        why=progress.section.opens.strip(),
    )


def _find(plan: OpenPlan, _: str) -> Page:
    # Those about single records come last: there are many, and all sound alike.
    items = sorted(plan.progress.items(), key=lambda item: "*" in item.question.fills)
    return _found(plan, items, "Find a question", "find")


def _missing(plan: OpenPlan, _: str) -> Page:
    progress = plan.progress
    missing = progress.missing
    items = (*missing, *(item for item in progress.items() if item.later and item not in missing))
    page = _found(plan, items, "What is missing", "missing")
    if not items:
        return replace(page, ask="Nothing required is missing.")
    return replace(page, title=f"What is missing: {len(items)}")


def _found(plan: OpenPlan, items: Sequence[Item], title: str, place: str) -> Page:
    titles = {section.id: section.title for section in plan.questions.sections}
    rows = tuple(_found_row(plan, item, titles) for item in items)
    return Page(place, title, "", "Type a few letters of it.", Contents(rows), ())


def _found_row(plan: OpenPlan, item: Item, titles: Mapping[str, str]) -> Row:
    """A question in a list of questions from everywhere: whose it is, and in which section."""
    question = item.question
    parts = question.fills.split(".")
    whose = ""
    if "*" in parts:
        first = parts.index("*")
        whose = called(plan.tree, ".".join(item.path.split(".")[: first + 1]))
    state = state_of(item).removeprefix(NOT_YET).strip(" ()")
    words = f"{whose} {question.ask} {question.heading} {question.help}"
    return Row(
        item.path, question.ask, titles[question.section], mark=state, whose=whose, words=words
    )


def _findings(plan: OpenPlan, name: str) -> Page:
    found, watch = open_findings(plan), plan.checkup().watch
    if name:
        return _one_finding(plan, name, found, watch)
    rows = [
        Row(f"findings/{each.id}", each.message, open=each.severity == "error") for each in found
    ]
    rows += [Row(f"findings/{watch_key(note)}", note.topic) for note in watch]
    told = f"{len(found)} in the answers, {len(watch)} in the law" if rows else ""
    ask = "Choose one to look at it." if rows else "There is nothing to look at."
    return Page("findings", "Things to look at", told, ask, Contents(tuple(rows)), ())


def _one_finding(
    plan: OpenPlan, name: str, found: Sequence[Finding], watch: Sequence[Watch]
) -> Page:
    for note in watch:
        if watch_key(note) == name:
            return _change_in_law(note)
    for finding in found:
        if finding.id == name:
            return _finding(plan, finding)
    raise PlaceError("There is nothing to look at here any more.")


def _finding(plan: OpenPlan, finding: Finding) -> Page:
    warning = finding.severity == "warning"
    leads = nearest(plan, finding.path)
    return Page(
        path=f"findings/{finding.id}",
        title="Something to look at" if warning else "Something to put right",
        stands="",
        ask=finding.message,
        field=Contents(()),
        acts=(Accept,) if warning else (),
        help="" if leads else f"In the file: {finding.path}",
        leads=leads,
    )


def _change_in_law(note: Watch) -> Page:
    told = (note.note, note.do and f"What to do: {note.do}")
    return Page(
        path=f"findings/{watch_key(note)}",
        title="A change in the law",
        stands=note.date,
        ask=note.topic,
        field=Contents(()),
        acts=(LookedAt,),
        notes=tuple(part for part in told if part),
    )


def nearest(plan: OpenPlan, path: str) -> str:
    """The question to change for a finding: at its path, or the nearest above; blank for none."""
    asked = {item.path for item in plan.progress.items()}
    while path and path not in asked:
        path = path.rpartition(".")[0]
    return path


def _carried(plan: OpenPlan, name: str) -> Page:
    items, others = carried(plan), unasked(plan)
    if name:
        return _carried_in(plan, name)
    doubtful = [item for item in items if item.standing.get("reason")]
    rows = [replace(row_of(plan, item), says=item.standing["reason"]) for item in doubtful]
    for section in plan.questions.sections:
        count = sum(item.question.section == section.id for item in items)
        if count:
            rows.append(Row(f"carried/{section.id}", section.title, _many(count)))
    if others:
        rows.append(Row(f"carried/{OTHERS}", "Others", _many(len(others))))
    return Page(
        path="carried",
        title="Carried from the last plan",
        stands=f"{len(items) + len(others):,} to confirm",
        ask="Which section have you read, so that its carried answers can be confirmed?",
        field=Contents(tuple(rows)),
        acts=(),
        help="Nothing speaks against them. To change one, find it from the menu.",
    )


def carried_in(plan: OpenPlan, name: str) -> tuple[str, ...]:
    """The carried answers of the section `name`, or of `others`."""
    if name == OTHERS:
        return unasked(plan)
    return tuple(item.path for item in carried(plan) if item.question.section == name)


def _carried_in(plan: OpenPlan, name: str) -> Page:
    """The page on which a person who has read a section confirms what is left in it."""
    paths = carried_in(plan, name)
    if not paths:
        raise PlaceError("Nothing is left to confirm here.")
    found = [(path, plan.item_at(path)) for path in paths]
    rows = (
        row_of(plan, item) if item else Row(path, about(plan.tree, path)) for path, item in found
    )
    title = "Others" if name == OTHERS else plan.questions.section(name).title
    return Page(
        path=f"carried/{name}",
        title=title,
        stands=_many(len(paths)),
        ask="Have you read them?",
        field=Contents(tuple(rows)),
        acts=(Confirm,),
    )


def _many(count: int) -> str:
    return "1 answer" if count == 1 else f"{count:,} answers"


LISTS: Mapping[str, Callable[[OpenPlan, str], Page]] = {
    "": _menu,
    "section": _section,
    "find": _find,
    "missing": _missing,
    "findings": _findings,
    "carried": _carried,
}
"""What makes the page of each list, by its name."""
