"""The JSON Schema of an answers file, by which editors complete and check it."""

from collections.abc import Iterator
from typing import Any, get_args, get_origin

from pydantic import BaseModel

from localplan.knowledge.questions import Question, Questionnaire
from localplan.plan.model import Plan, Record
from localplan.plan.model.parts import parts_in

_SCALARS = ["string", "number", "boolean", "null"]
"""A number, date or yes stands where text is meant: the program reads every value as text."""


def json_schema(questionnaire: Questionnaire) -> dict[str, Any]:
    """The schema of the whole file, with each question as the description of its answer."""
    asked = questionnaire.by_fills()
    schema = _part(Plan, (), asked)
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "Answers of a local plan (localplan)",
        **schema,
        "required": ["localplan"],
        "type": "object",
    }


def _part(
    part: type[BaseModel], place: tuple[str, ...], asked: dict[str, Question]
) -> dict[str, Any]:
    properties = {
        name: _field(field.annotation, (*place, name), asked)
        for name, field in part.model_fields.items()
    }
    for name in _asked_beyond(part, place, asked):
        properties[name] = _described(_scalar(None), asked, (*place, name))
    if issubclass(part, Record):
        properties["id"] = {
            "type": "string",
            "pattern": "^[a-z0-9][a-z0-9-]{0,40}$",
            "description": "A short name that never changes: small letters, digits and hyphens.",
        }
    return {"type": ["object", "null"], "properties": properties, "additionalProperties": False}


def _asked_beyond(
    part: type[BaseModel], place: tuple[str, ...], asked: dict[str, Question]
) -> Iterator[str]:
    """The fields that questions fill and the model does not name."""
    start = ".".join((*place, "")) if place else ""
    for path in asked:
        name = path.removeprefix(start)
        if path.startswith(start) and name.isidentifier() and name not in part.model_fields:
            yield name


def _field(annotation: Any, place: tuple[str, ...], asked: dict[str, Question]) -> dict[str, Any]:
    question = asked.get(".".join(place))
    parts = list(parts_in(annotation))
    origin = get_origin(annotation)
    if origin is dict:
        value = _part(parts[0], (*place, "*"), asked) if parts else _scalar(None)
        named = {
            path.rpartition(".")[2]: _described(_scalar(found), asked, tuple(path.split(".")))
            for path, found in asked.items()
            if path.rpartition(".")[0] == ".".join(place) and not parts
        }
        schema = {
            "type": ["object", "null"],
            "properties": named,
            "additionalProperties": value,
        }
    elif origin is tuple:
        inner = _part(parts[0], (*place, "*"), asked) if parts else _scalar(question)
        schema = {"type": ["array", "null"], "items": inner}
    elif parts:
        schema = _part(parts[0], place, asked)
    else:
        schema = _listed(annotation, question)
    return _described(schema, asked, place)


def _listed(annotation: Any, question: Question | None) -> dict[str, Any]:
    """One value, or a list where the type within `Annotated` is one."""
    if any(get_origin(inner) is tuple for inner in get_args(annotation)):
        return {"type": ["array", "null"], "items": _scalar(question)}
    return _scalar(question)


def _scalar(question: Question | None) -> dict[str, Any]:
    if question is not None and question.options:
        codes = [option.code for option in question.options]
        if question.other:
            return {"type": _SCALARS, "examples": codes}
        return {"enum": [*codes, "", None]}
    return {"type": _SCALARS}


def _described(
    schema: dict[str, Any], asked: dict[str, Question], place: tuple[str, ...]
) -> dict[str, Any]:
    question = asked.get(".".join(place))
    if question is None:
        return schema
    return {**schema, "description": f"{question.ask} {question.help}".strip()}
