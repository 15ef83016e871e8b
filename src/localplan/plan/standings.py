"""What staff said about an answer: put off, not applicable, regional, carried, confirmed."""

from collections.abc import Mapping
from typing import TypeAlias

from localplan.yamltext import Tree

Standings: TypeAlias = Mapping[str, Mapping[str, str]]


def standings(tree: Tree) -> Standings:
    """Return the `status` part of the answers: path to what was said, with its reason and owner."""
    status = tree.get("status")
    if not isinstance(status, dict):
        return {}
    return {path: entry for path, entry in status.items() if isinstance(entry, dict)}


def standing_of(path: str, said: Standings) -> Mapping[str, str]:
    """Return what was said about the answer at `path`, or else about the part that holds it."""
    here = path
    while here:
        if here in said:
            return said[here]
        here = here.rpartition(".")[0]
    return {}
