"""Where a finding is, in the words of the questions and the names of the records."""

from localplan.desk.openplan import OpenPlan
from localplan.plan.checks.checkup import Checkup
from localplan.plan.names import about, record_names


def place_of(checkup: Checkup, path: str) -> str:
    """Return the section and the record that `path` is in, such as "Partnership, Mesa School".

    Blank when no section asks for it.
    """
    section = _section(checkup, path)
    names = [section] if section else []
    return ", ".join([*names, *record_names(checkup.tree, path)])


def answer_at(plan: OpenPlan, path: str) -> str:
    """Return what the answer at `path` is called, such as "Mesa School: responsibilities"."""
    question = plan.by_fills.get(path)
    if question is not None:
        return question.heading or question.ask.strip().rstrip("?.")
    return about(plan.tree, path)


def subject_of(plan: OpenPlan, path: str) -> str:
    """Return what the answer at `path` is about: its record and the one around that, or itself."""
    names = record_names(plan.tree, path)
    return ", ".join(names[-2:]) if names else answer_at(plan, path)


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


def accepting(name: str, reason: str) -> str:
    """Return the lines of an answers file that let the finding called `name` stand."""
    return f"    accepted:\n      {name}:\n        reason: {reason}"
