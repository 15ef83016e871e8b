"""The answers file: read it, and refuse what is not one in plain words."""

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from localplan.errors import LocalPlanError
from localplan.yamltext import Tree, normalized, parse

FORMAT = 1
"""The number behind `localplan:` that this version of the program writes and understands."""


class AnswersError(LocalPlanError):
    """The answers file cannot be read or written."""


@dataclass(frozen=True, slots=True)
class AnswersFile:
    """What was read: the text with plain line breaks, its tree, the digest of the file's bytes."""

    path: Path
    text: str
    tree: Tree
    digest: str


def load(path: Path) -> AnswersFile:
    """The answers in the file at `path`.

    Raises:
        AnswersError: there is no such file, or it is a folder, not text, or of a newer format.
        YamlError: the text cannot be read; the message names the line.
    """
    content = _bytes_of(path)
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise AnswersError(_not_text(path, content, error)) from error
    if not text.strip("\ufeff \t\r\n"):
        raise AnswersError(
            f"{path.name} is empty. Remove it, and begin one with: localplan new {path.name}"
        )
    tree = parse(text, path.name)
    _refuse_newer(tree, path)
    return AnswersFile(path, normalized(text), tree, digest_of(content))


def digest_of(content: bytes) -> str:
    """A short name for exactly these bytes, to see whether a file was changed."""
    return hashlib.sha256(content).hexdigest()


def _bytes_of(path: Path) -> bytes:
    if path.is_dir():
        raise AnswersError(
            f"{path} is a folder. Name the answers file in it, such as answers.yaml."
        )
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise AnswersError(
            f"There is no file {path}. Begin one with: localplan new {path.name}"
        ) from error
    except OSError as error:
        raise AnswersError(
            f"{path} cannot be opened ({error.strerror}). Close other programs that use it, "
            "or check that you may read it."
        ) from error


def _not_text(path: Path, content: bytes, error: UnicodeDecodeError) -> str:
    if content[:2] in {b"\xff\xfe", b"\xfe\xff"} or b"\x00" not in content[:2000]:
        line = content[: error.start].count(b"\n") + 1
        return (
            f"{path.name}, line {line}: the file is not in UTF-8. "
            "Open it in your editor and save it with the encoding UTF-8."
        )
    return f"{path.name} is not a text file. Open the answers file itself (.yaml)."


def _refuse_newer(tree: Tree, path: Path) -> None:
    number = tree.get("localplan", "")
    if (
        isinstance(number, str)
        and re.fullmatch(r"\d{1,9}", number.strip())
        and int(number) > FORMAT
    ):
        raise AnswersError(
            f"{path.name} was written by a newer version of localplan (format {number.strip()}; "
            f"this version reads up to {FORMAT}). Update with: pipx upgrade localplan"
        )
