"""What does not belong in the next plan: it leaves its place, and its words stay in `history`."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from localplan.plan.file.identifiers import new_id, waiting_in
from localplan.plan.tree import id_of, is_blank, leaves, records_in
from localplan.yamltext import Tree, Value

PERSON = "People change. Asked again."
_OLD_VOTE = "It belongs to the vote on the plan before."
_OLD_COMMENTS = "It belongs to the comment period of the plan before."
_OLD_FILE = "The packet of the new plan needs its own file."
_STILL_TO_COME = "To be prepared for the new plan"
_OLD_REMARK = "It was about the plan before."
_OLD_CHANGE = "It explains the modification before."

_PEOPLE = ("director", "chair", "public_contact", "contact", "reply_to")
_VOTE = {"planned": _OLD_VOTE, "date": _OLD_VOTE, "signer": PERSON, "delegated": _OLD_VOTE}
_PERIOD = ("opens", "closes", "notices", "hearings", "received")
_FINISHED = frozenset({"done", "dropped"})


@dataclass(frozen=True, slots=True)
class Cleared:
    """An answer that left its place, and why."""

    path: str
    text: str
    why: str


def clear(tree: Tree, *, modification: bool) -> list[Cleared]:
    """Take out of `tree` what must be asked again or belongs to the past; return it."""
    cleared: list[Cleared] = []
    cleared += _taken(_group(tree, "board"), "board", dict.fromkeys(_PEOPLE, PERSON))
    facts = _group(tree, "plan")
    cleared += _taken(facts, "plan", {"prepared_by": PERSON})
    for key in ("partners", "providers"):
        for path, record in records_in(tree, key):
            cleared += _taken(record, path, {"contact": PERSON})
    for path, record in records_in(tree, "approvals"):
        cleared += _taken(record, path, _VOTE)
    comment = _group(tree, "public_comment")
    cleared += _taken(comment, "public_comment", dict.fromkeys(_PERIOD, _OLD_COMMENTS))
    cleared += _taken(tree, "", {"comments": _OLD_COMMENTS, "accepted": _OLD_REMARK})
    cleared += _attachments(tree)
    cleared += _judgments(tree)
    cleared += _put_off(tree)
    cleared += _explanations(tree)
    if modification:
        reason = "The modification has a calendar of its own."
        cleared += _taken(facts, "plan", {"dates": reason})
    return cleared


def drop_finished_actions(tree: Tree) -> tuple[str, ...]:
    """Take the actions that were done or given up out of `tree`; return what they were."""
    actions = tree.get("actions")
    if not isinstance(actions, list):
        return ()
    dropped: list[str] = []
    kept: list[Value] = []
    for action in actions:
        if isinstance(action, dict) and action.get("status") in _FINISHED:
            words = action.get("action", "") or id_of(action)
            dropped.append(words if isinstance(words, str) else id_of(action))
        else:
            kept.append(action)
    if dropped:
        tree["actions"] = kept
    return tuple(dropped)


def keep_past(tree: Tree, cleared: Iterable[Cleared], today: date) -> None:
    """Write what was cleared under `history`, so that nobody has to look for the old file."""
    past = waiting_in(tree, "history")
    taken = [id_of(entry) for entry in past]
    for entry in cleared:
        name = new_id(entry.path.replace(".", " ").replace("_", " "), taken)
        taken.append(name)
        past.append(
            {
                "id": name, "path": entry.path, "text": entry.text, "why": entry.why,
                "on": today.isoformat(),
            }
        )  # fmt: skip
    if past:
        tree["history"] = past


def take(group: Tree, key: str, path: str, why: str) -> list[Cleared]:
    """Take `key` out of `group`; return its answers, each with its path and `why`."""
    if key not in group:
        return []
    value = group.pop(key)
    if is_blank(value):
        return []
    where = f"{path}.{key}" if path else key
    inner = leaves({key: value})
    return [
        Cleared(where + name[len(key) :], _words(each), why)
        for name, each in inner.items()
        if not is_blank(each)
    ]


def _taken(group: Tree, path: str, reasons: dict[str, str]) -> list[Cleared]:
    return [each for key, why in reasons.items() for each in take(group, key, path, why)]


def _words(value: Value) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, dict):
        return "\n".join(f"{key}: {_words(inner)}" for key, inner in value.items())
    return "\n".join(_words(inner) for inner in value)


def _attachments(tree: Tree) -> Iterator[Cleared]:
    for path, record in records_in(tree, "attachments"):
        if record.get("standing") == "present":
            record["standing"] = "missing"
            yield from _taken(record, path, {"file": _OLD_FILE, "reason": _OLD_FILE})
            record["reason"] = _STILL_TO_COME
        elif record.get("standing") == "missing" and record.get("reason") != _STILL_TO_COME:
            yield from take(record, "reason", path, _OLD_FILE)
            record["reason"] = _STILL_TO_COME


def _judgments(tree: Tree) -> Iterator[Cleared]:
    """Who judged a pathway against the legal definition, and when: it has to be judged again."""
    for path, pathway in records_in(tree, "pathways"):
        for letter, judgment in _group(pathway, "definition").items():
            if isinstance(judgment, dict):
                where = f"{path}.definition.{letter}"
                yield from _taken(judgment, where, {"by": PERSON, "on": _OLD_REMARK})


def _put_off(tree: Tree) -> Iterator[Cleared]:
    status = _group(tree, "status")
    for path in [path for path, entry in status.items() if _is_put_off(entry)]:
        yield Cleared(f"status.{path}", _words(status.pop(path)), "It was put off, then.")


def _is_put_off(entry: Value) -> bool:
    return isinstance(entry, dict) and entry.get("state") == "later"


def _explanations(tree: Tree) -> Iterator[Cleared]:
    narratives = _group(tree, "narratives")
    for key in [key for key in narratives if key.startswith("modification_")]:
        yield from take(narratives, key, "narratives", _OLD_CHANGE)


def _group(tree: Tree, key: str) -> Tree:
    found = tree.get(key)
    return found if isinstance(found, dict) else {}
