"""Where a finding is, in the words of the questions and the names of the records."""

from localplan.desk.openplan import OpenPlan
from localplan.plan.checks.checkup import Checkup
from localplan.plan.tree import get
from localplan.yamltext import Tree

_NAMES = ("name", "title", "service", "course", "measure", "item", "action", "body")


def place_of(checkup: Checkup, path: str) -> str:
    """Return the section and the record that `path` is in, such as "Partnership, Mesa School".

    Blank when no section asks for it.
    """
    section = _section(checkup, path)
    names = [section] if section else []
    return ", ".join([*names, *_records(checkup.tree, path)])


def answer_at(plan: OpenPlan, path: str) -> str:
    """Return what the answer at `path` is called, such as "Mesa School, responsibilities"."""
    question = plan.by_fills.get(path)
    if question is not None:
        return question.heading or question.ask.strip().rstrip("?.")
    tree = plan.tree
    field = path.rpartition(".")[2]
    above = path
    while above and not _is_record(get(tree, above)):
        above, _, last = above.rpartition(".")
        field = f"{last} {field}" if above and last != field else field
    names = _records(tree, above)
    if not names:
        return path.rpartition(".")[2].replace("_", " ").replace("-", " ")
    return names[-1] if above == path else f"{names[-1]}, {field.replace('_', ' ')}"


def subject_of(plan: OpenPlan, path: str) -> str:
    """Return what the answer at `path` is about: the record it belongs to, or the answer itself."""
    names = _records(plan.tree, path)
    return names[-1] if names else answer_at(plan, path)


def _is_record(value: object) -> bool:
    return isinstance(value, dict) and "id" in value


def _section(checkup: Checkup, path: str) -> str:
    """The title of the section that asks for the answer, or for others of its kind."""
    inside = f"{path}."
    root, near = path.partition(".")[0], ""
    for part in checkup.progress.sections:
        for item in part.items:
            if item.path == path or item.path.startswith(inside):
                return part.section.title
            if item.path.partition(".")[0] == root and root != "narratives":
                near = near or part.section.title
    return near


def _records(tree: Tree, path: str) -> list[str]:
    """What the records on the way to `path` are called."""
    parts = path.split(".")
    found = []
    for end in range(2, len(parts) + 1):
        record = get(tree, ".".join(parts[:end]))
        if isinstance(record, dict) and _is_record(record):
            name = next((record[key] for key in _NAMES if record.get(key)), "")
            found += [" ".join(name.split())] if isinstance(name, str) and name else []
    return found


def accepting(name: str, reason: str) -> str:
    """Return the lines of an answers file that let the finding called `name` stand."""
    return f"    accepted:\n      {name}:\n        reason: {reason}"
