"""What staff said about an answer: put off, not applicable, regional, carried, confirmed."""

from collections.abc import Mapping
from typing import TypeAlias

from localplan.plan.file.answers import Change
from localplan.plan.tree import get
from localplan.yamltext import Tree

Standings: TypeAlias = Mapping[str, Mapping[str, str]]

MARKS = frozenset({"later", "not-applicable", "regional"})
"""What can be said of a question instead of answering it."""


def standings(tree: Tree) -> Standings:
    """Return the `status` part of the answers: path to what was said, with its reason and owner."""
    status = tree.get("status")
    if not isinstance(status, dict):
        return {}
    return {path: texts(entry) for path, entry in status.items()}


def answering(
    tree: Tree, path: str, value: object, signed: Mapping[str, str]
) -> tuple[Change, ...]:
    """Return the changes that keep an answer and what it means for what was said about it.

    A carried answer is confirmed when it stays and changed when it does not, `signed` with who and
    when; an answer that was put off or set aside no longer is.
    """
    state = standings(tree).get(path, {}).get("state", "")
    changes = [] if (get(tree, path) or None) == (value or None) else [Change(path, value or None)]
    if state == "carried":
        new = "changed" if changes else "confirmed"
        changes.append(Change(f"status.{path}", {"state": new, **signed}))
    elif state in MARKS and value:
        changes.append(Change(f"status.{path}", None))
    return tuple(changes)


def removing(tree: Tree, record: str) -> tuple[Change, ...]:
    """Return the changes that remove the record at that path and what was said of its answers."""
    status = tree.get("status")
    said = status if isinstance(status, dict) else {}
    about = [key for key in said if key == record or key.startswith(f"{record}.")]
    return (Change(record, None), *(Change(f"status.{key}", None) for key in about))


def marked_at(tree: Tree, path: str) -> str:
    """Return where it is said that the answer at `path` is put off or set aside.

    That is `path` itself, or a part that holds it; blank when nothing of the kind is said.
    """
    said = standings(tree)
    here = path
    while here and here not in said:
        here = here.rpartition(".")[0]
    return here if said.get(here, {}).get("state", "") in MARKS else ""


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
