"""Answers that no chapter prints, so that nothing is ever left out in silence."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache

from localplan.document import prose
from localplan.document.facts.names import Facts
from localplan.knowledge.asking import asked_anywhere
from localplan.knowledge.questions import Questionnaire
from localplan.knowledge.targets import Target
from localplan.plan.keys import BOARD_ONLY, NOT_ANSWERS
from localplan.plan.model import Part, Plan
from localplan.plan.names import record_names
from localplan.plan.progress import Item, is_answered
from localplan.plan.public import private_paths
from localplan.plan.tree import get, is_records, matches, put, remove
from localplan.plan.tree import names_of as record_keys
from localplan.yamltext import Tree, Value

_ELSEWHERE = "plan.regional_plan.sections."
"""Printed as a table, whatever its keys."""
_WHOLE = {"narratives": "The whole plan", "plan": "This plan", "board": "The Board"}
"""What an answer is about that belongs to no record."""


@dataclass(frozen=True, slots=True)
class _Leaf:
    path: str
    general: str
    value: object


def unoffered(tree: Tree, questionnaire: Questionnaire) -> dict[str, Value]:
    """Return what stands in the file for a choice and is none of its options, by its path."""
    found: dict[str, Value] = {}
    for question in questionnaire.questions():
        if not question.options or question.other:
            continue
        codes = {option.code for option in question.options}
        for path, value in matches(tree, Target.parse(question.fills)):
            strange = _strange(value, codes)
            if strange:
                found[path] = strange
    return found


def _strange(value: Value | None, codes: Collection[str]) -> Value | None:
    if isinstance(value, str):
        return value if value not in codes and is_answered(value) else None
    return [item for item in value or () if isinstance(item, str) and item not in codes] or None


def without(tree: Tree, strange: Mapping[str, Value]) -> Tree:
    """Return `tree` without the values that are `strange`: they count and read as nothing."""
    for path, values in strange.items():
        value = get(tree, path)
        if isinstance(value, list):
            tree = put(tree, path, [item for item in value if item not in values])
        else:
            tree = remove(tree, path)
    return tree


def leftovers(
    tree: Tree,
    questionnaire: Questionnaire,
    printed: set[str],
    strange: Mapping[str, Value],
) -> list[Facts]:
    """Return each answer the document has not printed: where it belongs, and what it says.

    `strange` values, which are none of the choices of their question, are among them as typed.
    """
    asked = {question.fills: question.ask for question in questionnaire.questions()}
    rows: list[Facts] = []
    for leaf in _unprinted(tree, strange):
        if leaf.path in printed or not is_answered(leaf.value):
            continue
        if _is_board_only(leaf.general) or leaf.general.startswith(_ELSEWHERE):
            continue
        question = asked.get(leaf.general) or _heading_elsewhere(leaf.general)
        question = question or leaf.general.rpartition(".")[2].replace("_", " ")
        rows.append(
            {
                "about": _about(tree, leaf.path),
                "question": question[:1].upper() + question[1:],
                "says": {"answer": leaf.path} if isinstance(leaf.value, str) else leaf.value,
            }
        )
    return rows


def set_aside(unsaid: Iterable[tuple[Item, str]], tree: Tree) -> list[Facts]:
    """Return each question that is not answered here and was not printed: what it is about, why."""
    return [
        {"about": _about(tree, item.path), "question": item.question.ask, "why": why}
        for item, why in unsaid
        if not _is_board_only(item.path)
    ]


def _about(tree: Tree, path: str) -> str:
    """The innermost record that holds the answer, or what part of the plan it belongs to."""
    names = record_names(tree, path)
    root = path.partition(".")[0]
    return prose.sentence_start(names[-1] if names else _WHOLE.get(root, root.replace("_", " ")))


def _heading_elsewhere(fills: str) -> str:
    question = asked_anywhere().get(fills) if fills.startswith("narratives.") else None
    return question.heading if question else ""


def withheld(tree: Tree) -> int:
    """Return how many answers no document prints: private ones, contacts, partners' troubles."""
    found = {path for path in private_paths(tree) if is_answered(get(tree, path))}
    shown = {root: value for root, value in tree.items() if root not in NOT_ANSWERS}
    found |= {path for path, value in _board_only(shown, "") if is_answered(value)}
    return len(found)


def _is_board_only(general: str) -> bool:
    return not BOARD_ONLY.isdisjoint(general.split("."))


def _unprinted(tree: Tree, strange: Mapping[str, Value]) -> Iterator[_Leaf]:
    """Every answer that no field of the model holds, or that is none of its field's choices."""
    for root, value in tree.items():
        for leaf in _leaves(value, root, root) if root not in NOT_ANSWERS else ():
            if leaf.path in strange:
                yield replace(leaf, value=strange[leaf.path])
            elif leaf.general not in _known_fields():
                yield leaf


def _leaves(value: object, path: str, general: str) -> Iterator[_Leaf]:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            if key != "id":
                yield from _leaves(inner, f"{path}.{key}", f"{general}.{key}")
    elif isinstance(value, list) and is_records(value):
        for name, item in zip(record_keys(value), value, strict=True):
            yield from _leaves(item, f"{path}.{name}", f"{general}.*")
    else:
        yield _Leaf(path, general, value)


def _board_only(value: object, before: str) -> Iterator[tuple[str, object]]:
    """Everything under the keys that no document prints, each with its path."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            if key in BOARD_ONLY:
                yield f"{before}{key}", inner
            elif not isinstance(inner, str):
                yield from _board_only(inner, f"{before}{key}.")
    elif isinstance(value, list) and is_records(value):
        for name, item in zip(record_keys(value), value, strict=True):
            yield from _board_only(item, f"{before}{name}.")


@cache
def _known_fields() -> frozenset[str]:
    """Every field of the model as a path with `*` for records; the chapters print all of them."""
    return frozenset(_fields(Plan, ""))


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
