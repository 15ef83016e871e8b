"""Copies of a plan that sync programs leave beside it when two people save at the same time."""

import os
import re
from pathlib import Path

from localplan.errors import LocalPlanError
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
)
"""What sync programs put behind the name of a file, as their help pages and users say.

None of these programs was at hand to try; so the answers in the copy must say that it is one.
"""
_OF_A_PLAN = ("board.name", "plan.kind", "plan.first_program_year")


def conflict_copies(path: Path) -> tuple[Path, ...]:
    """Return the files beside the plan at `path` that are copies of it with other answers.

    They have the name that a sync program gives to one of two versions, and name the same board
    and period.
    """
    folder = path.parent
    try:
        names = [entry.name for entry in os.scandir(folder) if entry.is_file()]
    except OSError:
        return ()
    mark = f"(?:{'|'.join(_MARKS)})"
    pattern = re.compile(re.escape(path.stem) + mark + re.escape(path.suffix))
    found = sorted(name for name in names if pattern.fullmatch(name))
    return tuple(folder / name for name in found if _differs(path, folder / name))


def _differs(plan: Path, copy: Path) -> bool:
    """True where both are answers of one plan, and not the same."""
    try:
        mine, theirs = load(plan), load(copy)
    except LocalPlanError:
        return False
    return mine.digest != theirs.digest and _same_plan(mine.tree, theirs.tree)


def _same_plan(mine: Tree, theirs: Tree) -> bool:
    """True where board and period are the same; what one copy does not say yet tells nothing."""
    if not mine.keys() & theirs.keys():
        return False
    pairs = [(get(mine, path), get(theirs, path)) for path in _OF_A_PLAN]
    return all(one == other or is_blank(one) or is_blank(other) for one, other in pairs)
