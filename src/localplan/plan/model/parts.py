"""What the model's fields are made of, for whoever derives something from the model."""

from collections.abc import Iterator
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel

from localplan.plan.model.base import Record


def parts_in(annotation: Any) -> Iterator[type[BaseModel]]:
    """The models that a field's type speaks of."""
    if get_origin(annotation) in {Annotated, Union, UnionType, tuple, dict}:
        for inner in get_args(annotation):
            yield from parts_in(inner)
    elif isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation


def record_lists_of(
    part: type[BaseModel], place: tuple[str, ...] = ()
) -> Iterator[tuple[str, ...]]:
    """The keys that lead to each list of records, `*` for a record: (pathways, *, steps)."""
    for name, field in part.model_fields.items():
        for inner in parts_in(field.annotation):
            here = (*place, name)
            if issubclass(inner, Record):
                yield here
                yield from record_lists_of(inner, (*here, "*"))
            elif get_origin(field.annotation) is not dict:
                yield from record_lists_of(inner, here)
