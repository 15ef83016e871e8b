"""Answers that no chapter prints, so that nothing is ever left out in silence."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from localplan.document.facts.names import Facts, Names
from localplan.knowledge.questions import Questionnaire
from localplan.plan.model import Part, Plan
from localplan.plan.progress import is_answered
from localplan.plan.tree import get
from localplan.plan.tree import names_of as record_keys
from localplan.yamltext import Tree

_NEVER = {
    "localplan", "status", "notes", "private", "accepted", "passages", "history", "parked", "uses",
}  # fmt: skip
"""The program's own keys, and what never leaves the board."""
_ELSEWHERE = "plan.regional_plan.sections."
"""Printed as a table, whatever its keys."""
_BOARD_ONLY = ("contact", "pain_points")


@dataclass(frozen=True, slots=True)
class _Leaf:
    path: str
    general: str
    place: tuple[str, ...]
    value: object


def leftovers(
    tree: Tree, questionnaire: Questionnaire, names: Names, printed: set[str]
) -> list[Facts]:
    """Return each answer the document has not printed: where it belongs, and what it says."""
    known = _known_fields()
    asked = {question.fills: question.ask for question in questionnaire.questions()}
    rows: list[Facts] = []
    for leaf in _leaves(tree, (), (), ()):
        root = leaf.general.partition(".")[0]
        if root in _NEVER or leaf.path in printed or not is_answered(leaf.value):
            continue
        if leaf.general in known and not leaf.general.startswith("narratives."):
            continue
        if _is_board_only(leaf.general) or leaf.general.startswith(_ELSEWHERE):
            continue
        about = [names.records.get(name, "") for name in leaf.place]
        question = asked.get(leaf.general) or leaf.general.rpartition(".")[2].replace("_", " ")
        rows.append(
            {
                "about": next((name for name in reversed(about) if name), root.replace("_", " ")),
                "question": question[:1].upper() + question[1:],
                "says": {"answer": leaf.path} if isinstance(leaf.value, str) else leaf.value,
            }
        )
    return rows


def withheld(tree: Tree) -> int:
    """Return how many answers no document prints: private ones, contacts, partners' troubles."""
    listed = tree.get("private")
    paths = (
        {path for path in listed if isinstance(path, str)} if isinstance(listed, list) else set()
    )
    found = {path for path in paths if is_answered(get(tree, path))}
    for leaf in _leaves(tree, (), (), ()):
        steps = leaf.path.split(".")
        only = next((place for place, step in enumerate(steps) if step in _BOARD_ONLY), None)
        if only is not None and steps[0] not in _NEVER and is_answered(leaf.value):
            found.add(".".join(steps[: only + 1]))
    return len(found)


def _is_board_only(general: str) -> bool:
    steps = general.split(".")
    return any(step in steps for step in _BOARD_ONLY)


def _leaves(
    value: object, path: tuple[str, ...], general: tuple[str, ...], place: tuple[str, ...]
) -> Iterator[_Leaf]:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            if key != "id":
                yield from _leaves(inner, (*path, key), (*general, key), place)
    elif isinstance(value, list) and any(isinstance(item, Mapping) for item in value):
        for name, item in zip(record_keys(value), value, strict=True):
            yield from _leaves(item, (*path, name), (*general, "*"), (*place, name))
    else:
        yield _Leaf(".".join(path), ".".join(general), place, value)


def _known_fields() -> set[str]:
    """Every field of the model as a path with `*` for records; the chapters print all of them."""
    return set(_fields(Plan, ""))


def _fields(part: type[Part], at: str) -> Iterator[str]:
    for name, field in part.model_fields.items():
        path = f"{at}{name}"
        inner = _part_in(field.annotation)
        if inner is None:
            if name not in {"more", "sections"}:
                yield path
        else:
            many = "tuple" in str(field.annotation)
            yield from _fields(inner, f"{path}.*." if many else f"{path}.")


def _part_in(annotation: object) -> type[Part] | None:
    if isinstance(annotation, type) and issubclass(annotation, Part):
        return annotation
    for inner in getattr(annotation, "__args__", ()):
        found = _part_in(inner)
        if found is not None:
            return found
    return None
