"""Read a file of `prompts/` or `standards/`; the same text is taken apart only once."""

import json
from pathlib import Path
from typing import cast

from localplan import cache
from localplan.yamltext import Tree, parse


def read_tree(path: Path) -> Tree:
    """Return what the data file at `path` holds.

    Raises:
        YamlError: it is not YAML of the kind that people type here.
    """
    text = path.read_text(encoding="utf-8")
    known = cache.read("data", text.encode())
    if known is not None:
        return cast(Tree, json.loads(known))
    tree = parse(text, path.name)
    cache.keep("data", text.encode(), json.dumps(tree).encode())
    return tree
