"""Where lists of records stand in the answers, and the order of the file's parts."""

from collections.abc import Iterator, Sequence
from functools import cache
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel

from localplan.plan.model import Plan, Record

ORDER = tuple(Plan.model_fields)
"""The top-level keys in the order in which a file holds them."""

NOT_ANSWERS = frozenset(
    {"localplan", "status", "notes", "private", "accepted", "passages", "parked", "history", "uses"}
)
"""Top-level keys that say something about answers and hold none themselves."""


@cache
def record_lists() -> frozenset[tuple[str, ...]]:
    """The keys that lead to each list of records, `*` for a record: (pathways, *, steps)."""
    return frozenset(_lists(Plan, ()))


def is_record_list(names: Sequence[str]) -> bool:
    """True when a list of records belongs at this place; `names` are keys and record ids."""
    place: tuple[str, ...] = ()
    for name in names:
        place = (*place, "*" if place in record_lists() else name)
    return place in record_lists()


def parts_in(annotation: Any) -> Iterator[type[BaseModel]]:
    """The models that a field's type speaks of."""
    if get_origin(annotation) in {Annotated, Union, UnionType, tuple, dict}:
        for inner in get_args(annotation):
            yield from parts_in(inner)
    elif isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation


def _lists(part: type[BaseModel], place: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    for name, field in part.model_fields.items():
        for inner in parts_in(field.annotation):
            here = (*place, name)
            if issubclass(inner, Record):
                yield here
                yield from _lists(inner, (*here, "*"))
            elif get_origin(field.annotation) is not dict:
                yield from _lists(inner, here)
