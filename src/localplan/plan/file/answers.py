"""The answers file as it is read: its text, its answers, and the format it was written in."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from localplan.plan.file import disk
from localplan.plan.file.disk import AnswersError
from localplan.plan.file.formats import FORMAT, format_of
from localplan.plan.file.identifiers import with_ids
from localplan.yamltext import Tree, normalized, parse

__all__ = [
    "AnswersError",
    "AnswersFile",
    "Change",
    "digest_of",
    "from_bytes",
    "load",
]


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


def load(path: Path) -> AnswersFile:
    """The answers in the file at `path`.

    Raises:
        AnswersError: there is no such file, or it is a folder, not text, or of a newer format.
        YamlError: the text cannot be read; the message names the line.
    """
    return from_bytes(path, disk.read(path))


def from_bytes(path: Path, content: bytes) -> AnswersFile:
    """The answers that `content`, the bytes of the file at `path`, holds.

    Raises:
        AnswersError: the content is empty, not text, or of a newer format.
        YamlError: the text cannot be read; the message names the line.
    """
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


def digest_of(content: bytes) -> str:
    """A short name for exactly these bytes, to see whether a file was changed."""
    return hashlib.sha256(content).hexdigest()


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


def _refuse_newer(tree: Tree, path: Path) -> None:
    number = format_of(tree)
    if number is not None and number > FORMAT:
        raise AnswersError(
            f"{path.name} was written by a newer version of localplan (format {number}; "
            f"this version reads up to {FORMAT}). Install the newer version to read it."
        )
