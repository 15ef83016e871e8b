"""What leaves the board: the answers without notes, private contacts, owners and status."""

import re
from pathlib import PurePosixPath, PureWindowsPath

from localplan.document.assemble import shareable
from localplan.plan.tree import plain
from localplan.yamltext import Tree, Value

_INTERNAL = (
    "notes", "parked", "history", "uses", "accepted", "private", "comments", "status", "actions"
)  # fmt: skip
_PRIVATE = frozenset({"contact", "pain_points"})
_JUDGMENT = frozenset({"by", "on", "next_step", "reason"})
_FOLDERS = re.compile(
    r"(?<![\w/:.])(?:"
    r"file:/{2,3}(?:[^\s/]+/)+"
    r"|[A-Za-z]:\\(?:[^\\\n:*?\"<>|;,]+\\)*"
    r"|\\\\[^\\\s]+\\(?:[^\\\n;,]+\\)*"
    r"|/(?:home|Users|root|tmp|var|mnt|media|Volumes|private|opt|srv)/(?:[^\s/]+/)*)"
)
"""The folders before the name of a file on someone's computer, wherever an answer names one."""
_SAID = frozenset({"not-applicable", "regional"})


def outward(tree: Tree) -> Tree:
    """Return the answers that may be read outside the board, and nothing else."""
    shared = shareable(tree)
    kept: Tree = {key: _open(value, key) for key, value in shared.items() if key not in _INTERNAL}
    kept["actions"] = _actions(shared.get("actions"))
    kept["status"] = _status(shared.get("status"))
    return {key: value for key, value in kept.items() if value}


def _open(value: Value, key: str) -> Value:
    if isinstance(value, dict):
        dropped = _PRIVATE | (_JUDGMENT if "standing" in value and "id" not in value else set())
        return {name: _open(each, name) for name, each in value.items() if name not in dropped}
    if isinstance(value, list):
        return [_open(each, key) for each in value]
    return _file_name(value) if key == "file" else _FOLDERS.sub("", value)


def _file_name(value: str) -> str:
    """The name of a file without the folders of someone's computer."""
    return PureWindowsPath(PurePosixPath(value).name).name


def _actions(value: Value | None) -> Value:
    """What the board will do; who does it and how far they are stays inside."""
    return [
        {key: each for key, each in action.items() if key not in {"owner", "status"}}
        for action in (value if isinstance(value, list) else ())
        if isinstance(action, dict)
    ]


def _status(value: Value | None) -> Value:
    """Why an answer does not apply or stands elsewhere: readers see that sentence."""
    found: Tree = {}
    for path, entry in value.items() if isinstance(value, dict) else ():
        if isinstance(entry, dict) and entry.get("state") in _SAID:
            said = {key: entry[key] for key in ("state", "reason") if key in entry}
            found[path] = plain(said)
    return found
