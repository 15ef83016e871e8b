"""The JSON Schemas of the data files, by which editors complete and check them."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from localplan.knowledge.lists import load_lists
from localplan.knowledge.questions import ELEMENTS, SECTIONS
from localplan.knowledge.standards import load_law
from localplan.knowledge.states import ELEMENTS_ORDER, state_ids
from localplan.plan.checks.attachments import PARTS, REGIONAL
from localplan.plan.checks.datafiles import (
    CALLED,
    HELD_AGAINST,
    REQUIREMENT_KINDS,
    SHAPES,
    Kind,
)
from localplan.plan.checks.datanames import names_with, said_of_answers, seed_ids

_TARGET = "Target"
_CONDITION = "Condition"
_PICKS_RECORDS = r"^[a-z_]+(\.\*\.[a-z_]+)*\[[a-z_]+=[a-z0-9-]+\]"
_OF_A_STATE = r"^narratives\.[a-z]{2}_[a-z0-9_]+$"
_TEXT = ["string", "number", "boolean"]
"""A number, date or yes stands where text is meant: the program reads every value as text."""
_TARGET_KEYS = frozenset({"targets", "evidence", "see_also"})
_CONDITION_KEYS = frozenset({"when", "counts"})
_DOCS = "docs/data-files.md says what each key means."


def write_schemas(folder: Path) -> tuple[Path, ...]:
    """Write the schema of every kind of data file into `folder`, and return where."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, text in schemas().items():
        path = folder / name
        path.write_text(text, encoding="utf-8")
        written.append(path)
    return tuple(written)


def schemas() -> Mapping[str, str]:
    """Return the text of each schema by the name of its file."""
    return {
        f"{kind.lower()}.schema.json": json.dumps(_schema(kind), indent=1, ensure_ascii=False)
        + "\n"
        for kind in SHAPES
    }


def _schema(kind: Kind) -> dict[str, Any]:
    made = SHAPES[kind].model_json_schema(by_alias=True)
    parts = made.setdefault("$defs", {})
    for part in (made, *parts.values()):
        part.pop("title", None)
        _said_as_typed(part)
        if kind != "source":
            for key, field in part.get("properties", {}).items():
                _narrow(key, field)
    _narrow_parts(parts)
    if _used(made, _TARGET):
        parts[_TARGET] = _target()
    if _used(made, _CONDITION):
        parts[_CONDITION] = _condition()
        parts.setdefault(_TARGET, _target())
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": f"{CALLED[kind]} (localplan)".removeprefix("a ").capitalize(),
        "description": _DOCS,
        **{key: said for key, said in made.items() if key != "description"},
    }


def _said_as_typed(part: Any) -> None:
    """Let numbers and yes or no stand where text is meant, and drop what editors do not need."""
    if isinstance(part, list):
        for inner in part:
            _said_as_typed(inner)
    if not isinstance(part, dict):
        return
    part.pop("default", None)
    if isinstance(part.get("title"), str):
        part.pop("title")
    if part.get("type") == "boolean":
        part.pop("type")
        part["enum"] = [True, False, "yes", "no", "true", "false"]
    elif part.get("type") == "integer":
        part |= {"type": ["integer", "string"], "pattern": "^-?[0-9]+$"}
    elif part.get("type") == "string" and not {"enum", "const"} & part.keys():
        part["type"] = _TEXT
    for inner in part.values():
        _said_as_typed(inner)


def _narrow(key: str, field: dict[str, Any]) -> None:
    """Say of a key that names something which names there are."""
    if key in _TARGET_KEYS:
        field["items"] = {"$ref": f"#/$defs/{_TARGET}"}
    elif key in _CONDITION_KEYS:
        field.clear()
        field["$ref"] = f"#/$defs/{_CONDITION}"
    elif key == "source":
        field["type"] = [*_TEXT, "array"]
    elif key == "base":
        field["enum"] = [ELEMENTS_ORDER, *state_ids()]
    elif key == "lists":
        field["items"] = {"enum": sorted(load_lists())}


def _narrow_parts(parts: dict[str, Any]) -> None:
    known: dict[tuple[str, str], list[str]] = {
        ("StateAttachment", "part"): [*PARTS, REGIONAL],
        ("Requirement", "kind"): [*REQUIREMENT_KINDS],
        ("Requirement", "element"): [*ELEMENTS, "administration"],
        ("Criterion", "element"): [*ELEMENTS],
        ("Question", "element"): [*SECTIONS],
    }
    for (part, key), names in known.items():
        if part in parts:
            parts[part]["properties"][key] = {"enum": names}
    listed: dict[tuple[str, str], list[str]] = {
        ("Requirement", "unless_found"): [*HELD_AGAINST],
        ("Question", "seeds"): sorted(seed_ids()),
        ("Question", "watch"): [note.id for note in load_law().watch],
    }
    for (part, key), names in listed.items():
        if part in parts:
            parts[part]["properties"][key]["items"] = {"enum": names}


def _target() -> dict[str, Any]:
    """Every answer by name, with its question; what picks records by its form."""
    named = [
        {"const": name, "description": f"{said} ({element})".strip()}
        for name, element, said in said_of_answers()
    ]
    listed = {name for name, _, _ in said_of_answers()}
    groups = sorted(names_with().codes.keys() - listed)
    return {
        "anyOf": [
            *named,
            {"enum": groups, "description": "All answers whose names begin so."},
            {"pattern": _PICKS_RECORDS, "description": "Some records of a list, such as "
             "partners[programs=vr].role."},
            {"pattern": _OF_A_STATE, "description": "An answer that only this State asks for."},
        ]
    }  # fmt: skip


def _condition() -> dict[str, Any]:
    value = {"type": _TEXT}
    return {
        "type": "object",
        "description": "Answers and what they must be: a value, a list of values, * for anything, "
        "- for no answer.",
        "propertyNames": {"$ref": f"#/$defs/{_TARGET}"},
        "additionalProperties": {"anyOf": [value, {"type": "array", "items": value}]},
    }


def _used(made: Any, name: str) -> bool:
    return f"#/$defs/{name}" in set(_references(made))


def _references(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        if isinstance(part.get("$ref"), str):
            yield part["$ref"]
        for inner in part.values():
            yield from _references(inner)
    elif isinstance(part, list):
        for inner in part:
            yield from _references(inner)
