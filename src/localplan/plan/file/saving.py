"""Save answers so that nothing typed is ever lost."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from types import MappingProxyType

from localplan.errors import LocalPlanError
from localplan.plan.file import disk
from localplan.plan.file.answers import (
    AnswersError,
    AnswersFile,
    Change,
    digest_of,
    from_bytes,
    load,
)
from localplan.plan.file.backups import back_up
from localplan.plan.file.cleaning import cleaned
from localplan.plan.file.identifiers import with_ids
from localplan.plan.file.journal import noted
from localplan.plan.file.merge import Conflict, Side, decide, merge
from localplan.plan.file.rewrite import rewritten
from localplan.plan.tree import is_blank, is_records, join, plain, put, remove, steps, value_at
from localplan.yamltext import Tree, parse

ASK: Mapping[str, Side] = MappingProxyType({})
"""Nothing was decided yet: every conflict is raised."""

_MISPLACED = "Text that stood where single answers belong"
_MARK = b"\xef\xbb\xbf"


class SaveConflict(LocalPlanError):  # noqa: N818 (it is a question to a person, not a failure)
    """Someone else saved other answers to the same questions meanwhile; nothing was written."""

    def __init__(self, file: Path, conflicts: tuple[Conflict, ...]) -> None:
        named = ", ".join(conflict.path for conflict in conflicts)
        super().__init__(
            f"{file.name} was changed by someone else meanwhile, also here: {named}. "
            "Nothing was overwritten. Decide which answer stays, and save again."
        )
        self.conflicts = conflicts


def save(
    file: AnswersFile,
    changes: Iterable[Change],
    *,
    now: datetime,
    keep: Mapping[str, Side] = ASK,
    by: str = "",
) -> AnswersFile:
    """The file with the changes made, once they are safely on disk and noted in the journal.

    The journal says that `by` made them; without a name, who uses this computer.

    What someone else saved since `file` was read is kept too. Where both changed the same answer,
    `keep` says by path which one stays ("mine", "theirs" or "base").

    Raises:
        SaveConflict: both changed the same answer and `keep` does not say which stays.
        AnswersError: the file cannot be written, or what is there now cannot be read.
    """
    tree = file.tree
    for change in changes:
        tree = changed(tree, change)
    return save_tree(file, tree, now=now, keep=keep, by=by)


def save_tree(
    file: AnswersFile,
    tree: Tree,
    *,
    now: datetime,
    keep: Mapping[str, Side] = ASK,
    by: str = "",
) -> AnswersFile:
    """As `save`, for edits already made to `file.tree`; every text in `tree` must be clean."""
    with disk.changing(file.path):
        content = disk.read(file.path) if file.path.exists() else None
        current = file
        if content is not None and digest_of(content) != file.digest:
            current = from_bytes(file.path, content)
            tree = _merged(file, tree, current, keep)
        tree = with_ids(tree)
        if content is not None and tree == current.as_written:
            return current
        text = rewritten(current.text, current.as_written, tree)
        new = _as_bytes(text, content or b"")
        if content is not None:
            back_up(file.path, content, now)
        with noted(file.path, current.tree, tree, now=now, by=by):
            disk.replace(file.path, new)
    return AnswersFile(file.path, text, tree, digest_of(new), tree)


def create(path: Path, text: str, *, like: Path | None = None) -> AnswersFile:
    """A new answers file that holds `text`, as open to others as the plan `like`.

    Raises:
        AnswersError: there is a file already, or the folder cannot be written.
    """
    if path.exists():
        raise AnswersError(f"{path} exists already and was not touched. Choose another name.")
    parse(text, path.name)
    disk.replace(path, text.encode(), like=like)
    return load(path)


def changed(tree: Tree, change: Change) -> Tree:
    """The tree with the change made and its text cleaned.

    Text that stands where a group or a list of records belongs is parked, not overwritten.
    """
    if change.value is None:
        return remove(tree, change.path)
    return put(_cleared(tree, change.path), change.path, cleaned(plain(change.value)))


def _cleared(tree: Tree, path: str) -> Tree:
    names = steps(path)
    for depth in range(1, len(names)):
        value = value_at(tree, names[:depth])
        if isinstance(value, str | list) and not is_records(value) and not is_blank(value):
            from localplan.plan.file.parking import park  # noqa: PLC0415 (misplaced text only)

            return park(tree, join(names[:depth]), _MISPLACED)
    return tree


def _merged(file: AnswersFile, mine: Tree, theirs: AnswersFile, keep: Mapping[str, Side]) -> Tree:
    merged = merge(file.tree, mine, theirs.tree)
    for conflict in merged.conflicts:
        if conflict.path in keep:
            merged = decide(merged, conflict.path, conflict.version(keep[conflict.path]))
    if merged.conflicts:
        raise SaveConflict(file.path, merged.conflicts)
    return merged.tree


def _as_bytes(text: str, before: bytes) -> bytes:
    """The bytes to write, with the line breaks and the byte-order mark that the file had."""
    if b"\r\n" in before and before.count(b"\r\n") == before.count(b"\n"):
        text = text.replace("\n", "\r\n")
    return (_MARK if before.startswith(_MARK) else b"") + text.encode()
