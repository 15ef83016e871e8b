"""From the tree of an answers file to the model, with every value that does not fit set aside."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from pydantic import BaseModel, ValidationError

from localplan.plan.model import Plan
from localplan.plan.tree import join, names_of
from localplan.yamltext import Tree

_SHAPES = {
    "list_type": "A list is expected here",
    "tuple_type": "A list is expected here",
    "dict_type": "A group of keys is expected here",
    "model_type": "A group of keys is expected here",
    "model_attributes_type": "A group of keys is expected here",
    "string_type": "A text is expected here",
}
_BLANKS: Mapping[str, object] = {"dict_type": {}, "model_type": {}, "model_attributes_type": {}}
"""What stands in a list for an item that does not fit; a blank text where nothing is said."""


@dataclass(frozen=True, slots=True)
class Problem:
    """A value or key of the file that the model has no place for; it stays in the file."""

    kind: Literal["type", "unknown"]
    path: str
    message: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A plan as far as it could be read, and what could not."""

    plan: Plan
    problems: tuple[Problem, ...]


_Step: TypeAlias = str | int


def read_plan(tree: Tree) -> Reading:
    """Return the plan that `tree` holds. Never fails: what does not fit becomes a problem."""
    problems: dict[tuple[_Step, ...], Problem] = {}
    fitting: Any = tree
    while True:
        try:
            plan = Plan.model_validate(fitting)
        except ValidationError as error:
            misfits = {
                _steps_in(fitting, entry["loc"]): entry
                for entry in error.errors(include_url=False, include_context=False)
            }
            for steps, entry in misfits.items():
                # What still does not fit when it is blank takes its whole list along.
                leaving = steps[:-1] if steps in problems else steps
                problems[leaving] = Problem("type", _path_of(tree, leaving), _words(entry))
                fitting = _without(fitting, leaving, _BLANKS.get(entry["type"], ""))
        else:
            unknown = (Problem("unknown", path, _UNKNOWN) for path in _unknown(plan, ""))
            return Reading(plan, (*problems.values(), *unknown))


_UNKNOWN = (
    "Nothing asks for this key. It is kept, and printed in working drafts only; "
    "check its spelling or remove it"
)


def _words(entry: Mapping[str, Any]) -> str:
    if entry["type"] in _SHAPES:
        return _SHAPES[entry["type"]]
    return str(entry["msg"]).removeprefix("Value error, ")


def _steps_in(tree: Any, location: tuple[_Step, ...]) -> tuple[_Step, ...]:
    """The part of pydantic's location that exists in the tree."""
    steps: list[_Step] = []
    here = tree
    for step in location:
        if isinstance(here, dict) and step in here:
            here = here[step]
        elif isinstance(here, list) and isinstance(step, int) and step < len(here):
            here = here[step]
        else:
            break
        steps.append(step)
    return tuple(steps)


def _without(tree: Any, steps: tuple[_Step, ...], blank: object) -> Any:
    """A copy of `tree` without the value at `steps`; what is not on the way is shared.

    An item of a list becomes `blank`, so that the others keep their places.
    """
    if not steps:
        return {}
    head, rest = steps[0], steps[1:]
    if isinstance(tree, dict):
        copied = dict(tree)
        if rest:
            copied[head] = _without(tree[head], rest, blank)
        else:
            del copied[head]
        return copied
    items = list(tree)
    if rest:
        items[int(head)] = _without(tree[int(head)], rest, blank)
    else:
        items[int(head)] = blank
    return items


def _path_of(tree: Any, steps: tuple[_Step, ...]) -> str:
    names: list[str] = []
    here: Any = tree
    for step in steps:
        names.append(names_of(here)[int(step)] if isinstance(here, list) else str(step))
        here = here[step]
    return join(names)


def _unknown(part: BaseModel, path: str) -> Iterator[str]:
    for key in part.model_extra or ():
        yield f"{path}{key}"
    for key in part.model_fields_set & type(part).model_fields.keys():
        yield from _unknown_within(getattr(part, key), f"{path}{key}")


def _unknown_within(value: object, path: str) -> Iterator[str]:
    if isinstance(value, BaseModel):
        yield from _unknown(value, f"{path}.")
    elif isinstance(value, tuple):
        for index, record in enumerate(value):
            if isinstance(record, BaseModel):
                name = getattr(record, "id", "") or f"#{index + 1}"
                yield from _unknown(record, f"{path}.{name}.")
    elif isinstance(value, dict):
        for key, entry in value.items():
            if isinstance(entry, BaseModel):
                yield from _unknown(entry, f"{path}.{key}.")
