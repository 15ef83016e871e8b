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
    problems: list[Problem] = []
    fitting: Any = tree
    while True:
        try:
            plan = Plan.model_validate(fitting)
        except ValidationError as error:
            misfits = {
                _steps_in(fitting, entry["loc"]): _words(entry)
                for entry in error.errors(include_url=False, include_context=False)
            }
            for steps, words in misfits.items():
                problems.append(Problem("type", _path_of(tree, steps), words))
                fitting = _without(fitting, steps)
        else:
            unknown = (Problem("unknown", path, _UNKNOWN) for path in _unknown(plan, ""))
            return Reading(plan, (*problems, *unknown))


_UNKNOWN = "Nothing asks for this key. It is kept; check its spelling or remove it"


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


def _without(tree: Any, steps: tuple[_Step, ...]) -> Any:
    """A copy of `tree` in which the value at `steps` is blank; what is not on the way is shared."""
    if not steps:
        return None
    head, rest = steps[0], steps[1:]
    if isinstance(tree, dict):
        copied = dict(tree)
        if rest:
            copied[head] = _without(tree[head], rest)
        else:
            del copied[head]
        return copied
    items = list(tree)
    if rest:
        items[int(head)] = _without(tree[int(head)], rest)
    else:
        items[int(head)] = "" if isinstance(tree[int(head)], str) else {}
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
