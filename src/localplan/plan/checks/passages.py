"""The board's own words in place of generated ones: were they written for the facts of today?"""

import json
import re
from collections.abc import Iterator, Sequence
from hashlib import blake2b

from localplan.plan.checks.findings import Finding
from localplan.plan.model import Plan
from localplan.plan.tree import leaves
from localplan.yamltext import Tree

_SEPARATOR = " = "


def basis(targets: Sequence[str], tree: Tree) -> str:
    """Return what a passage keeps of the answers at `targets`: where they stand, and a digest."""
    return f"{' '.join(targets)}{_SEPARATOR}{_digest(targets, tree)}"


def outdated_passages(plan: Plan, tree: Tree) -> Iterator[Finding]:
    """Yield a warning for each passage whose answers changed since its words were written."""
    for name, passage in plan.passages.items():
        targets, _, known = (passage.built_from or "").rpartition(_SEPARATOR)
        if targets and known != _digest(targets.split(), tree):
            yield Finding(
                "passage-outdated", "warning", f"passages.{name}",
                "The answers behind these words of your own have changed since. Read the words "
                "again; then remove built_from beneath them, or the whole entry.",
            )  # fmt: skip


def _digest(targets: Sequence[str], tree: Tree) -> str:
    patterns = [re.escape(target).replace(r"\*", r"[^.]+") for target in targets]
    wanted = re.compile(rf"({'|'.join(patterns)})(\.|$)")
    facts = [(path, value) for path, value in leaves(tree).items() if wanted.match(path)]
    return blake2b(json.dumps(facts).encode(), digest_size=8).hexdigest()
