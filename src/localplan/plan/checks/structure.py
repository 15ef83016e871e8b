"""Findings about the file itself: missing answers, wrong types, unknown keys, loose references."""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from localplan.knowledge.asking import asked_anywhere
from localplan.knowledge.lists import Option
from localplan.knowledge.questions import Question
from localplan.knowledge.standards import Framework, Requirement
from localplan.knowledge.states import state_ids
from localplan.plan.checks.coverage import mark_path
from localplan.plan.checks.findings import Finding
from localplan.plan.checks.meant import meant
from localplan.plan.keys import RECORD_LISTS
from localplan.plan.model import Plan
from localplan.plan.names import name_of
from localplan.plan.progress import Progress, is_answered
from localplan.plan.public import hiding_nothing, named_though_private
from localplan.plan.reading import Problem
from localplan.plan.tree import get, is_records
from localplan.plan.values import Reference, is_blank
from localplan.yamltext import Tree

BOARD = "board"
"""The reference that means the board itself."""

MANY = 12
"""How many of the choices a message names."""

_HOMES = {
    "areas": "local area", "evidence": "piece of evidence", "metrics": "metric",
    "partners": "partner", "pathways": "pathway", "populations": "population",
    "providers": "provider", "sectors": "sector", "supports": "support",
}  # fmt: skip


_Known: TypeAlias = Mapping[str, Mapping[str, str]]
"""For each list, its ids and what people call each record."""


def missing_answers(progress: Progress) -> Iterator[Finding]:
    """Yield an error for each required answer that is not there."""
    for item in progress.missing:
        put_off = item.standing
        later = ""
        if put_off.get("state") == "later":
            who, due = put_off.get("owner", ""), put_off.get("due", "")
            later = (
                " Put off" + (f" to {due}" if due else "") + (f" with {who}" if who else "") + "."
            )
        yield Finding(
            "missing-answer", "error", item.path, f"Not answered: {item.question.ask}{later}"
        )


def unasked_answers(plan: Plan, progress: Progress) -> Iterator[Finding]:
    """Yield a warning for each narrative and added field that no question of this plan asks for."""
    yield from _unasked_fields(plan, progress)
    asked = {question.fills for part in progress.sections for question in part.section.questions}
    for name, text in plan.narratives.items():
        if text and f"narratives.{name}" not in asked:
            yield Finding(
                "answer-not-asked", "warning", f"narratives.{name}",
                _NO_LONGER_ASKED.format(name)
                if f"narratives.{name}" in asked_anywhere()
                else _NEVER_ASKED.format(name),
            )  # fmt: skip


_NO_LONGER_ASKED = (
    'Nothing in this plan asks for "{}". The framework or outline that did is no longer chosen. It '
    "is printed among the other answers; choose that one again, or remove the answer."
)
_NEVER_ASKED = (
    'Nothing asks for "{}". It is kept, and printed in working drafts only; check its spelling or '
    "remove it."
)


def _unasked_fields(plan: Plan, progress: Progress) -> Iterator[Finding]:
    asked = progress.questionnaire.by_fills()
    for home in RECORD_LISTS:
        records = getattr(plan, home[0]) if len(home) == 1 else ()
        for record in records:
            for key in record.more:
                fills = f"{home[0]}.*.more.{key}"
                if fills not in asked and fills not in asked_anywhere():
                    path = f"{home[0]}.{record.id}.more.{key}"
                    yield Finding("unknown-key", "warning", path, _NEVER_ASKED.format(key))


def wrong_choices(progress: Progress, tree: Tree) -> Iterator[Finding]:
    """Yield an error for each choice that is none of those offered, and each impossible percent."""
    for item in progress.items():
        if item.question.options or item.question.kind == "percent":
            message = misfit_of(item.question, get(tree, item.path))
            if message:
                yield Finding("wrong-choice", "error", item.path, message)


def misfit_of(question: Question, value: object) -> str:
    """Return what is wrong with `value` as an answer to `question`; blank when nothing is."""
    codes = {option.code for option in question.options}
    if question.kind in {"choice", "choices"} and codes and not question.other:
        chosen = value if isinstance(value, list) else [value]
        for one in chosen:
            if isinstance(one, str) and not is_blank(one) and one.strip() not in codes:
                return _none_of(question.options, one)
    if question.kind == "percent" and isinstance(value, str):
        digits = value.strip().removesuffix("%").replace(",", "")
        if digits.replace(".", "", 1).lstrip("-").isdigit() and not 0 <= float(digits) <= 100:  # noqa: PLR2004
            return "A percent between 0 and 100, such as 71.5"
    return ""


def _none_of(options: Sequence[Option], written: str) -> str:
    """That `written` is none of the choices, and the one that was meant, or else some of them."""
    known = {option.code: option.label for option in options}
    hint = meant(written, known)
    close = [each for each in options if written.strip().casefold() in each.label.casefold()]
    codes = [
        each.code if each.code == each.label else f"{each.label} ({each.code})"
        for each in close or options
    ]
    offered = ", ".join(codes[:MANY]) + (" ..." if len(codes) > MANY else "")
    return f'"{written}" is none of the choices. {hint or f"Choose from: {offered}"}'


def misfits(problems: Iterable[Problem]) -> Iterator[Finding]:
    """Yield an error for each value of a wrong kind and a warning for each unknown key."""
    for problem in problems:
        if problem.kind == "type":
            yield Finding("wrong-type", "error", problem.path, f"{problem.message}.")
        else:
            yield Finding("unknown-key", "warning", problem.path, f"{problem.message}.")


def dangling_references(plan: Plan) -> Iterator[Finding]:
    """Yield an error for each id that points to a record which does not exist."""
    known = {
        home: {record.id: name_of(home, vars(record)) for record in getattr(plan, home)}
        for home in _HOMES
    }
    yield from _dangling(plan, "", known)


def points_nowhere(plan: Plan, tree: Tree) -> Iterator[Finding]:
    """Yield a warning for what `status` or `notes` say of paths that are nowhere.

    Whatever is said of one record that is gone is one warning.
    """
    lost: dict[str, list[str]] = {}
    for part, keys in (("status", plan.status), ("notes", plan.notes)):
        for key in keys:
            unanswered = part == "status" and plan.status[key].state in {
                "later",
                "not-applicable",
                "regional",
            }
            if not unanswered and get(tree, key) is None:
                lost.setdefault(_gone(tree, key), []).append(f"{part}.{key}")
    for gone, entries in lost.items():
        first, *more = entries
        told = f"{len(entries)} entries speak of it and are kept; move or remove them."
        told = told if more else "The entry is kept; move or remove it."
        path = first.partition(".")[2]
        yield Finding(
            "points-nowhere", "warning", first,
            f'"{gone if more else path}" is no longer in the file. {told}',
        )  # fmt: skip


def hides_nothing(tree: Tree) -> Iterator[Finding]:
    """Yield a warning for each entry of `private` that nothing in the file goes by."""
    for entry in hiding_nothing(tree):
        yield Finding(
            "points-nowhere", "warning", f"private.{entry}",
            f'"{entry}" under private hides nothing: nothing in the file goes by it. Mend it, or '
            "remove it. A pattern is written like partners.*.role.",
        )  # fmt: skip


def named_in_public(tree: Tree, progress: Progress) -> Iterator[Finding]:
    """Yield a warning for each answer of the plan that names a private record in its own words."""
    for path, name in named_though_private(tree, progress.questionnaire):
        yield Finding(
            "private-name", "warning", path,
            f'"{name}" is private, and this answer names it. Whoever reads the plan reads the name '
            "here; say it otherwise, or make this answer private too.",
        )  # fmt: skip


def _gone(tree: Tree, path: str) -> str:
    """The beginning of `path` that is no longer there, such as the record of a list."""
    names = path.split(".")
    starts = (".".join(names[:count]) for count in range(1, len(names) + 1))
    return next((start for start in starts if get(tree, start) is None), path)


def loose_marks(plan: Plan, frameworks: Iterable[Framework]) -> Iterator[Finding]:
    """Yield a warning for each mark of a criterion that counts for nothing.

    A mark needs the name of who read the answers and the day; marks of frameworks that the plan no
    longer takes part in are let be.
    """
    chosen = tuple(frameworks)
    known = {criterion.id: criterion.says for each in chosen for criterion in each.criteria}
    prefix = mark_path("").removeprefix("accepted.")
    for key, said in plan.accepted.items():
        name = key.removeprefix(prefix)
        misspelled = any(name.startswith(f"{each.id}-") for each in chosen) and name not in known
        if not key.startswith(prefix) or not (name in known or misspelled):
            continue
        if misspelled:
            message = f'No framework of this plan has a criterion "{name}". {meant(name, known)}'
        elif said.by and said.on:
            continue
        else:
            message = (
                f'The mark of the criterion "{name}" counts for nothing: it needs the name of who '
                "read the answers (by) and the day (on)."
            )
        yield Finding("loose-mark", "warning", f"accepted.{key}", message.strip())


def set_aside_though_answered(plan: Plan, tree: Tree) -> Iterator[Finding]:
    """Yield a warning for each answer beside a word that it does not apply or is put off."""
    for path, said in plan.status.items():
        value = get(tree, path)
        if not is_answered(value):
            continue
        if said.state == "later":
            who = f" with {said.owner}" if said.owner else ""
            yield Finding(
                "later-answered", "warning", path,
                f"Put off for later{who}, yet an answer stands there and is printed. Answer it "
                f'again, or take that back with: localplan set FILE status.{path} ""',
            )  # fmt: skip
        if said.state != "not-applicable" or not said.reason:
            continue
        count = len(value) if is_records(value) and isinstance(value, list) else 0
        stands = "it is answered" if not count else "one entry stands" if count == 1 else (
            f"{count} entries stand")  # fmt: skip
        yield Finding(
            "not-applicable-answered", "warning", path,
            f'Said not to apply ("{said.reason}"), yet {stands} there. Take that back in the '
            f'interview (Tab) or with: localplan set FILE status.{path} "", or remove what stands '
            "there.",
        )  # fmt: skip


def unknown_regional_places(
    plan: Plan, requirements: Iterable[Requirement], prompts: Container[str]
) -> Iterator[Finding]:
    """Yield a warning for each place in the regional plan that answers nothing it can answer.

    `prompts` holds the ids of the prompts of the chosen outline; those of others are let be.
    """
    asked = {requirement.id: requirement for requirement in requirements}
    for name in plan.plan.regional_plan.sections if plan.plan.regional_plan else ():
        path = f"plan.regional_plan.sections.{name}"
        if name in asked and not asked[name].regional_ok:
            yield Finding(
                "regional-place", "warning", path,
                f"{asked[name].heading} is not among the items that a regional plan can answer "
                "(20 CFR 679.540(b)). Answer it in this plan.",
            )  # fmt: skip
        elif not (name in asked or name in prompts or name.partition("-")[0] in state_ids()):
            yield Finding(
                "regional-place", "warning", path,
                f'Nothing that is asked has the id "{name}". See the ids with: localplan standards '
                "wioa.",
            )  # fmt: skip


def _dangling(part: BaseModel, path: str, known: _Known) -> Iterator[Finding]:
    for name, field in type(part).model_fields.items():
        value = getattr(part, name)
        reference = reference_of(field)
        if reference:
            ids = (value,) if isinstance(value, str) else value or ()
            for one in ids:
                if one and not _exists(one, reference, known):
                    yield _finding(f"{path}{name}", one, reference, known)
        elif isinstance(value, BaseModel):
            yield from _dangling(value, f"{path}{name}.", known)
        elif isinstance(value, tuple):
            for index, record in enumerate(value):
                if isinstance(record, BaseModel):
                    place = getattr(record, "id", "") or f"#{index + 1}"
                    yield from _dangling(record, f"{path}{name}.{place}.", known)


def reference_of(field: FieldInfo) -> Reference | None:
    """Return where the ids of a field live; None for a field that holds no ids."""
    for mark in field.metadata:
        if isinstance(mark, Reference):
            return mark
    return None


def _exists(name: str, reference: Reference, known: _Known) -> bool:
    if BOARD in reference.homes and name == BOARD:
        return True
    return any(name in known.get(home, ()) for home in reference.homes)


def _finding(path: str, name: str, reference: Reference, known: _Known) -> Finding:
    homes = " or ".join(_HOMES[home] for home in reference.homes if home in _HOMES)
    there = {key: label for home in reference.homes for key, label in known.get(home, {}).items()}
    next_step = meant(name, there) or "Add it, or choose one that is in the file."
    return Finding(
        "dangling-reference", "error", path,
        f'There is no {homes} with the id "{name}". {next_step}',
    )  # fmt: skip
