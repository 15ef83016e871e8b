"""Copies of a plan that sync programs leave beside it when two people save at the same time."""

import os
import re
from pathlib import Path

from localplan.errors import LocalPlanError
from localplan.plan.file import disk
from localplan.plan.file.answers import load
from localplan.plan.tree import get, is_blank
from localplan.yamltext import Tree

_MARKS = (
    # Dropbox "answers (Ana's conflicted copy 2026-11-30)", Nextcloud and ownCloud "answers
    # (conflicted copy 2026-11-30 101500)" and "answers_conflict-20261130-101500", Syncthing
    # "answers.sync-conflict-20261130-101500-ABCDEFG"; FileCloud, Resilio, Sync.com "conflict" too
    r"[ ._(-].*(?i:conflict).*",
    # OneDrive "answers-PC01". Names of computers have at most 15 capital letters, digits and
    # hyphens; with digits alone it is a year that a person wrote.
    r"-(?=[0-9-]*[A-Z])[A-Z0-9-]{2,15}",
    # Google Drive, OneDrive on the web, browsers "answers (1)"
    r" ?\(\d{1,2}\)",
    # iCloud "answers 2"
    r" [2-9]",
    # Windows, where a file is pasted beside itself: "answers - Copy", "answers - Copy (2)"
    r" - Copy(?: \(\d{1,2}\))?",
)
"""What sync programs and file managers put behind the name, as their help pages and users say.

None of these programs was at hand to try; so the answers in the copy must say that it is one.
"""
_OF_A_PLAN = ("board.name", "plan.kind", "plan.first_program_year")


_BEFORE = r"Copy(?: \(\d{1,2}\))? of "
"""What web drives put before the name, such as "Copy of answers"."""


def conflict_copies(path: Path) -> tuple[Path, ...]:
    """Return the files beside the plan at `path` that are copies of it with other answers.

    They have the name that a sync program gives to one of two versions, and name the same board
    and period.
    """
    found = [each for each in _beside(path) if _is_named_after(each, path)]
    return tuple(each for each in found if _differs(path, each))


def original_of(path: Path) -> Path | None:
    """Return the plan of which `path` itself is such a copy; None where it is none."""
    found = (each for each in _beside(path) if _is_named_after(path, each))
    return next((each for each in found if _are_of_one_plan(each, path)), None)


def _beside(path: Path) -> list[Path]:
    """The other files of the folder that end like `path`, in order."""
    try:
        names = sorted(entry.name for entry in os.scandir(path.parent) if entry.is_file())
    except OSError:
        return []
    return [
        path.with_name(name) for name in names if name != path.name and name.endswith(path.suffix)
    ]


def _is_named_after(copy: Path, plan: Path) -> bool:
    """Whether `copy` has the name that a program gives to a copy of `plan`."""
    stem = re.escape(plan.stem)
    pattern = f"(?:{stem}(?:{'|'.join(_MARKS)})|{_BEFORE}{stem})"
    return re.fullmatch(pattern, copy.stem) is not None


def _differs(plan: Path, copy: Path) -> bool:
    """True where both are answers of one plan, and not the same."""
    try:
        return disk.read(plan) != disk.read(copy) and _are_of_one_plan(plan, copy)
    except LocalPlanError:
        return False


def _are_of_one_plan(plan: Path, copy: Path) -> bool:
    try:
        return _same_plan(load(plan).tree, load(copy).tree)
    except LocalPlanError:
        return False


def _same_plan(mine: Tree, theirs: Tree) -> bool:
    """True where board and period are the same; what one copy does not say yet tells nothing."""
    if not mine.keys() & theirs.keys():
        return False
    pairs = [(get(mine, path), get(theirs, path)) for path in _OF_A_PLAN]
    return all(one == other or is_blank(one) or is_blank(other) for one, other in pairs)
