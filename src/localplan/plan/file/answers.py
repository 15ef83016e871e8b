"""The answers file: read it, and save answers so that nothing typed is ever lost."""

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import MappingProxyType

from localplan.errors import LocalPlanError
from localplan.plan.file import disk
from localplan.plan.file.backups import back_up
from localplan.plan.file.cleaning import cleaned
from localplan.plan.file.disk import AnswersError
from localplan.plan.file.identifiers import with_ids
from localplan.plan.file.merge import Conflict, Side, decide, merge
from localplan.plan.file.rewrite import rewritten
from localplan.plan.tree import plain, put, remove
from localplan.yamltext import Tree, normalized, parse

__all__ = [
    "ASK",
    "FORMAT",
    "AnswersError",
    "AnswersFile",
    "Change",
    "SaveConflict",
    "changed",
    "create",
    "digest_of",
    "load",
    "save",
    "save_tree",
]

FORMAT = 2
"""The number behind `localplan:` that this version of the program writes and understands."""

ASK: Mapping[str, Side] = MappingProxyType({})
"""Nothing was decided yet: every conflict is raised."""

_MARK = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class AnswersFile:
    """What was read. `tree` has an id in every record; `as_written` is what the text holds."""

    path: Path
    text: str
    tree: Tree
    digest: str
    as_written: Tree


@dataclass(frozen=True, slots=True)
class Change:
    """One answer to save: text, a list, a mapping, or None to remove what is at `path`."""

    path: str
    value: object


class SaveConflict(LocalPlanError):  # noqa: N818 (it is a question to a person, not a failure)
    """Someone else saved other answers to the same questions meanwhile; nothing was written."""

    def __init__(self, file: Path, conflicts: tuple[Conflict, ...]) -> None:
        named = ", ".join(conflict.path for conflict in conflicts)
        super().__init__(
            f"{file.name} was changed by someone else meanwhile, also here: {named}. "
            "Nothing was overwritten. Decide which answer stays, and save again."
        )
        self.conflicts = conflicts


def load(path: Path) -> AnswersFile:
    """The answers in the file at `path`.

    Raises:
        AnswersError: there is no such file, or it is a folder, not text, or of a newer format.
        YamlError: the text cannot be read; the message names the line.
    """
    return _read(path, disk.read(path))


def save(
    file: AnswersFile,
    changes: Iterable[Change],
    *,
    now: datetime,
    keep: Mapping[str, Side] = ASK,
) -> AnswersFile:
    """The file with the changes made, once they are safely on disk.

    What someone else saved since `file` was read is kept too. Where both changed the same answer,
    `keep` says by path which one stays ("mine", "theirs" or "base").

    Raises:
        SaveConflict: both changed the same answer and `keep` does not say which stays.
        AnswersError: the file cannot be written, or what is there now cannot be read.
    """
    tree = file.tree
    for change in changes:
        tree = changed(tree, change)
    return save_tree(file, tree, now=now, keep=keep)


def save_tree(
    file: AnswersFile, tree: Tree, *, now: datetime, keep: Mapping[str, Side] = ASK
) -> AnswersFile:
    """As `save`, for edits already made to `file.tree`; every text in `tree` must be clean."""
    with disk.locked(file.path):
        content = disk.read(file.path) if file.path.exists() else None
        current = file
        if content is not None and digest_of(content) != file.digest:
            current = _read(file.path, content)
            tree = _merged(file, tree, current, keep)
        tree = with_ids(tree)
        if content is not None and tree == current.as_written:
            return current
        text = rewritten(current.text, current.as_written, tree)
        new = _as_bytes(text, content or b"")
        if content is not None:
            back_up(file.path, content, now)
        disk.replace(file.path, new)
    return AnswersFile(file.path, text, tree, digest_of(new), tree)


def create(path: Path, text: str) -> AnswersFile:
    """A new answers file that holds `text`.

    Raises:
        AnswersError: there is a file already, or the folder cannot be written.
    """
    if path.exists():
        raise AnswersError(f"{path} exists already and was not touched. Choose another name.")
    parse(text, path.name)
    disk.replace(path, text.encode())
    return load(path)


def changed(tree: Tree, change: Change) -> Tree:
    """The tree with the change made and its text cleaned."""
    if change.value is None:
        return remove(tree, change.path)
    return put(tree, change.path, cleaned(plain(change.value)))


def digest_of(content: bytes) -> str:
    """A short name for exactly these bytes, to see whether a file was changed."""
    return hashlib.sha256(content).hexdigest()


def _read(path: Path, content: bytes) -> AnswersFile:
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise AnswersError(_not_text(path, content, error)) from error
    if not text.strip("\ufeff \t\r\n"):
        raise AnswersError(
            f"{path.name} is empty. Remove it, and begin one with: localplan new {path.name}"
        )
    written = parse(text, path.name)
    _refuse_newer(written, path)
    text, tree = normalized(text), with_ids(written)
    if _is_older(written):
        from localplan.plan.file.upgrade import modernized  # noqa: PLC0415 (older files only)

        text, tree = modernized(text, tree, FORMAT)
        written = parse(text, path.name)
    return AnswersFile(path, text, tree, digest_of(content), written)


def _not_text(path: Path, content: bytes, error: UnicodeDecodeError) -> str:
    if content[:2] in {b"\xff\xfe", b"\xfe\xff"} or b"\x00" not in content[:2000]:
        line = content[: error.start].count(b"\n") + 1
        return (
            f"{path.name}, line {line}: the file is not in UTF-8. "
            "Open it in your editor and save it with the encoding UTF-8."
        )
    return f"{path.name} is not a text file. Open the answers file itself (.yaml)."


def _is_older(tree: Tree) -> bool:
    number = format_of(tree)
    return number is not None and number < FORMAT


def format_of(tree: Tree) -> int | None:
    """The number behind `localplan:`; None where there is none."""
    number = tree.get("localplan")
    text = number.strip() if isinstance(number, str) else ""
    return int(text) if re.fullmatch(r"\d{1,9}", text) else None


def _refuse_newer(tree: Tree, path: Path) -> None:
    number = format_of(tree)
    if number is not None and number > FORMAT:
        raise AnswersError(
            f"{path.name} was written by a newer version of localplan (format {number}; "
            f"this version reads up to {FORMAT}). Update with: pipx upgrade localplan"
        )


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
