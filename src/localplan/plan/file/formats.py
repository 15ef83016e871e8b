"""Which format an answers file is written in."""

import re

from localplan.yamltext import Tree

FORMAT = 2
"""The number behind `localplan:` that this version of the program writes and understands."""


def format_of(tree: Tree) -> int | None:
    """The number behind `localplan:`; None where there is none."""
    number = tree.get("localplan")
    text = number.strip() if isinstance(number, str) else ""
    return int(text) if re.fullmatch(r"\d{1,9}", text) else None
