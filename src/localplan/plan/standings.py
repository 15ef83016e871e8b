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
    return {path: texts(entry) for path, entry in status.items()}


def texts(value: object) -> Mapping[str, str]:
    """Return the texts of a group; empty when `value` is no group."""
    if not isinstance(value, dict):
        return {}
    return {key: text for key, text in value.items() if isinstance(text, str)}


def standing_of(path: str, said: Standings) -> Mapping[str, str]:
    """Return what was said about the answer at `path`, or else about the part that holds it."""
    here = path if said else ""
    while here:
        if here in said:
            return said[here]
        here = here.rpartition(".")[0]
    return {}
