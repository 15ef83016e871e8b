"""Findings about the file itself: missing answers, wrong types, unknown keys, loose references."""

from collections.abc import Iterable, Iterator

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from localplan.plan.findings import Finding
from localplan.plan.model import Plan
from localplan.plan.progress import Progress
from localplan.plan.reading import Problem
from localplan.plan.values import Reference

BOARD = "board"
"""The reference that means the board itself."""

_HOMES = {
    "areas": "local area", "evidence": "piece of evidence", "metrics": "metric",
    "partners": "partner", "pathways": "pathway", "populations": "population",
    "providers": "provider", "sectors": "sector", "supports": "support",
}  # fmt: skip


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


def misfits(problems: Iterable[Problem]) -> Iterator[Finding]:
    """Yield an error for each value of a wrong kind and a warning for each unknown key."""
    for problem in problems:
        if problem.kind == "type":
            yield Finding("wrong-type", "error", problem.path, f"{problem.message}.")
        else:
            yield Finding("unknown-key", "warning", problem.path, f"{problem.message}.")


def dangling_references(plan: Plan) -> Iterator[Finding]:
    """Yield an error for each id that points to a record which does not exist."""
    known = {home: {record.id for record in getattr(plan, home)} for home in _HOMES}
    yield from _dangling(plan, "", known)


def points_nowhere(plan: Plan, paths: Iterable[str]) -> Iterator[Finding]:
    """Yield a warning for each key of `status`, `notes` or `private` whose path is nowhere."""
    existing = set(paths)
    parents = {path[:index] for path in existing for index, sign in enumerate(path) if sign == "."}
    for part, keys in (("status", plan.status), ("notes", plan.notes), ("private", plan.private)):
        for key in keys:
            unanswered = part == "status" and plan.status[key].state in {
                "later",
                "not-applicable",
                "regional",
            }
            if not unanswered and key not in existing and key not in parents:
                yield Finding(
                    "points-nowhere", "warning", f"{part}.{key}",
                    f'"{key}" is no longer in the file. The entry is kept; move or remove it.',
                )  # fmt: skip


def _dangling(part: BaseModel, path: str, known: dict[str, set[str]]) -> Iterator[Finding]:
    for name, field in type(part).model_fields.items():
        value = getattr(part, name)
        reference = _reference(field)
        if reference:
            ids = (value,) if isinstance(value, str) else value or ()
            for one in ids:
                if one and not _exists(one, reference, known):
                    yield _finding(f"{path}{name}", one, reference)
        elif isinstance(value, BaseModel):
            yield from _dangling(value, f"{path}{name}.", known)
        elif isinstance(value, tuple):
            for index, record in enumerate(value):
                if isinstance(record, BaseModel):
                    place = getattr(record, "id", "") or f"#{index + 1}"
                    yield from _dangling(record, f"{path}{name}.{place}.", known)


def _reference(field: FieldInfo) -> Reference | None:
    for mark in field.metadata:
        if isinstance(mark, Reference):
            return mark
    return None


def _exists(name: str, reference: Reference, known: dict[str, set[str]]) -> bool:
    if BOARD in reference.homes and name == BOARD:
        return True
    return any(name in known.get(home, ()) for home in reference.homes)


def _finding(path: str, name: str, reference: Reference) -> Finding:
    homes = " or ".join(_HOMES[home] for home in reference.homes if home in _HOMES)
    return Finding(
        "dangling-reference", "error", path,
        f'There is no {homes} with the id "{name}". Add it, or choose one that is in the file.',
    )  # fmt: skip
