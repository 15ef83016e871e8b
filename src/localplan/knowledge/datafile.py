"""Read a file of `prompts/` or `standards/`; the same text is taken apart and checked only once."""

import json
from functools import cache
from pathlib import Path
from typing import Any, Literal, TypeAlias, cast

from localplan import cache as kept
from localplan.errors import LocalPlanError
from localplan.yamltext import Tree, parse

Shape: TypeAlias = Literal[
    "SectionFile", "LawFile", "DefinitionFile", "FrameworkFile", "StateFile", "RenewalsFile"
]
"""The name of a shape in `shapes.py`."""


_ZIP = b"PK\x03\x04"


def read_tree(path: Path) -> Tree:
    """Return what the data file at `path` holds.

    Raises:
        YamlError: it is not YAML of the kind that people type here.
    """
    text = path.read_text(encoding="utf-8")
    known = kept.read("data", text.encode())
    if known is not None:
        return cast(Tree, json.loads(known))
    tree = parse(text, path.name)
    kept.keep("data", text.encode(), json.dumps(tree).encode())
    return tree


def read_shaped(path: Path, shape: Shape, error: type[LocalPlanError]) -> dict[str, Any]:
    """Return what the data file at `path` holds, with every key of the shape of `shapes.py`.

    Raises:
        YamlError: it is not YAML of the kind that people type here.
        LocalPlanError: it does not have that shape; of the class `error`.
    """
    text = text_of(path, error)
    key = b"\0".join((_shapes(), shape.encode(), text.encode()))
    known = kept.read("shaped", key)
    if known is not None:
        return cast("dict[str, Any]", json.loads(known))
    from localplan.knowledge import shapes  # noqa: PLC0415 (building the shapes is slow)

    try:
        tree = shapes.checked(tree_of(text, path, error), getattr(shapes, shape))
    except ValueError as misfit:
        raise error(f"{path.name}: {misfit}") from misfit
    kept.keep("shaped", key, json.dumps(tree).encode())
    return tree


def text_of(path: Path, error: type[LocalPlanError]) -> str:
    """Return the text of the data file at `path`.

    Raises:
        LocalPlanError: there is no such file, or it is not text; of the class `error`.
    """
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError as missing:
        raise error(f"There is no file {path}.") from missing
    except UnicodeDecodeError as misfit:
        if path.read_bytes().startswith(_ZIP):
            raise error(
                f"{path.name} is a Word, Excel or zip file. A data file is plain text whose name "
                "ends in .yaml; docs/data-files.md shows each kind."
            ) from misfit
        raise error(
            f"{path.name} is not a text file in UTF-8. Open it in your editor and save it with the "
            "encoding UTF-8."
        ) from misfit


def tree_of(text: str, path: Path, error: type[LocalPlanError]) -> Tree:
    """Return what the `text` of the data file at `path` holds.

    Raises:
        YamlError: it is not YAML of the kind that people type here.
        LocalPlanError: it holds nothing; of the class `error`.
    """
    if all(line.lstrip().startswith("#") for line in text.splitlines() if line.strip()):
        raise error(
            f"{path.name} is empty: it holds no key yet. docs/data-files.md shows the keys of each "
            "kind of data file."
        )
    return parse(text, path.name)


@cache
def _shapes() -> bytes:
    """What the shapes were when something was kept, so that a changed shape reads anew."""
    return Path(__file__).with_name("shapes.py").read_bytes()
