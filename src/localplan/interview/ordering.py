"""Move and duplicate the records of a list; find who names one."""

from collections.abc import Iterable, Sequence

from localplan.knowledge.questions import Question
from localplan.knowledge.targets import Target
from localplan.plan.file.identifiers import new_id
from localplan.plan.tree import id_of, matches, position_of
from localplan.yamltext import Tree, Value


def moved(records: Sequence[Value], name: str, by: int) -> list[Value]:
    """Return the records with the one called `name` moved by so many places."""
    listed = list(records)
    here = position_of(listed, name)
    if here is None:
        return listed
    there = min(max(here + by, 0), len(listed) - 1)
    listed.insert(there, listed.pop(here))
    return listed


def duplicated(records: Sequence[Value], name: str, label: str) -> list[Value]:
    """Return the records with a copy behind the one called `name`, under an id of its own."""
    listed = list(records)
    here = position_of(listed, name)
    original = None if here is None else listed[here]
    if here is None or not isinstance(original, dict):
        return listed
    called = original.get(label, "")
    told = f"{called} (copy)" if isinstance(called, str) and called else ""
    made = new_id(told or f"{name} copy", [id_of(each) for each in listed])
    copy: Value = {**original, "id": made}
    if told and isinstance(copy, dict) and " " in told and not _is_code(called):
        copy = {**copy, label: told}
    listed.insert(here + 1, copy)
    return listed


def used_in(tree: Tree, questions: Iterable[Question], record: str) -> tuple[str, ...]:
    """Return the paths of the answers that name the record at the path `record`."""
    home, _, name = record.rpartition(".")
    found: list[str] = []
    for question in questions:
        if home not in question.sources:
            continue
        for path, value in matches(tree, Target.parse(question.fills)):
            if value == name or (isinstance(value, list) and name in value):
                found.append(path)
    return tuple(found)


def _is_code(called: object) -> bool:
    """Whether the label is a code or a year, which a copy keeps as it is."""
    return isinstance(called, str) and called == called.lower() and " " not in called
