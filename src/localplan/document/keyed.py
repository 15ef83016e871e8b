"""Give every record a name to be reached by, as paths do: its id, or `#` and its position."""

from typing import TypeVar

from localplan.plan.model import Part, Plan, Record

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
