"""What came back from reviewers: one item for each comment, edit, contribution and sign-off.

Items live in `review.yaml` beside the answers. Their ids are made from what was said and by whom,
so that the same file collected twice adds nothing.
"""

import json
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from hashlib import blake2b
from pathlib import Path
from typing import Any, Literal, TypeAlias, cast

from localplan.errors import LocalPlanError, shown
from localplan.plan.file import disk, emit
from localplan.plan.file.answers import load
from localplan.plan.file.cleaning import legible
from localplan.plan.tree import get
from localplan.yamltext import Tree, Value, YamlError, parse

FILE = "review.yaml"
FORMAT = "1"
KINDS = ("comment", "edit", "contribution", "sign-off")
Kind: TypeAlias = Literal["comment", "edit", "contribution", "sign-off"]
_NOTE = "deciding.json"
_PREFIX = {"comment": "c", "edit": "e", "contribution": "k", "sign-off": "s"}
_HEAD = (
    "# What reviewers sent back, item by item. Written by `localplan collect`; decide with\n"
    "# `localplan resolve`. Keep this file beside the answers.\n"
)


class ReviewError(LocalPlanError):
    """The review file cannot be read, or an item in it cannot be found."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided about an item, and what undoing it needs."""

    state: str
    """accepted, declined, answered, assigned, later."""
    by: str = ""
    on: str = ""
    reason: str = ""
    path: str = ""
    before: str = ""
    after: str = ""
    existed: bool = True
    """False where there was no answer before."""
    standing: str = ""
    """What was said about the answer before."""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing a reviewer said, and where in the plan it belongs."""

    kind: Kind
    who: str
    text: str
    path: str = ""
    number: int = 0
    """Permanent number in the review; numbers are never used again."""
    placement: str = "sure"
    organization: str = ""
    date: str = ""
    draft: str = ""
    section: str = ""
    quote: str = ""
    base: str = ""
    """What the draft said, for an edit."""
    what: str = ""
    """heading, cell, row or table for an edit to generated text; blank for an answer."""
    behind: tuple[str, ...] = ()
    """The answers that a generated text was made from."""
    changes: tuple[str, ...] = ()
    replies: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    values: Mapping[str, str] = field(default_factory=dict)
    """Field by field, for a contribution of a whole record or a sign-off."""
    resolved: bool = False
    disagrees: str = ""
    id: str = ""
    decision: Decision | None = None

    @property
    def is_open(self) -> bool:
        """True while nobody has settled it."""
        return self.decision is None or self.decision.state in {"later", "assigned"}

    @property
    def generated(self) -> bool:
        """True where the words were made by the program from other answers."""
        return bool(self.what)


@dataclass(frozen=True, slots=True)
class SeenFile:
    """A returned file that was collected."""

    name: str
    digest: str
    draft: str
    who: str
    recipient: str
    on: str


@dataclass(frozen=True, slots=True)
class Review:
    """All items and the files they came from."""

    items: tuple[Item, ...] = ()
    files: tuple[SeenFile, ...] = ()

    def item(self, name: str) -> Item:
        """Return the item with this id, or with this number.

        Raises:
            ReviewError: there is none.
        """
        for item in self.items:
            if name in {item.id, str(item.number)}:
                return item
        raise ReviewError(f'There is no item "{name}" in {FILE}. See the list: localplan resolve')


def named(item: Item) -> Item:
    """Return the item, legible, with its permanent id, made from who said what and where."""
    item = _legible(item)
    words = [item.kind, item.who or item.organization, item.text]
    words += [item.date] if item.kind == "comment" else [item.path, "" if item.text else item.base]
    digest = blake2b("\x1f".join(words).encode("utf-8", "replace"), digest_size=4).hexdigest()
    return replace(item, id=f"{_PREFIX[item.kind]}-{digest}")


def _legible(item: Item) -> Item:
    """The item without the control characters that other programs leave in a text."""
    texts = {key: legible(getattr(item, key)) for key in _TEXTS}
    lists = {key: tuple(map(legible, getattr(item, key))) for key in _LISTS}
    values = {legible(key): legible(text) for key, text in item.values.items()}
    made: dict[str, Any] = {**texts, **lists, "values": values}
    return replace(item, **made)


def joined(review: Review, new: Iterable[Item]) -> Review:
    """Return the review with new items added; what was there already keeps its decision."""
    items = {item.id: item for item in review.items}
    number = max((item.number for item in review.items), default=0)
    for item in new:
        named_item = item if item.id else named(item)
        known = items.get(named_item.id)
        if known is None:
            number += 1
            items[named_item.id] = replace(named_item, number=number)
        else:
            items[named_item.id] = _same(known, named_item)
    return replace(review, items=tuple(items.values()))


def _same(known: Item, again: Item) -> Item:
    return replace(
        known,
        files=tuple(dict.fromkeys((*known.files, *again.files))),
        replies=again.replies if len(again.replies) > len(known.replies) else known.replies,
        resolved=known.resolved or again.resolved,
        placement="sure" if "sure" in {known.placement, again.placement} else known.placement,
    )


def with_item(review: Review, item: Item) -> Review:
    """Return the review with this item in place of the one that has its id."""
    items = tuple(item if each.id == item.id else each for each in review.items)
    return replace(review, items=items)


def with_decision(review: Review, decided: Item) -> Review:
    """Return the review with the decision of `decided`; who said the same words is settled too."""
    decision = decided.decision
    review = with_item(review, decided)
    if decision is None or decision.state != "accepted" or not decision.path:
        return review
    for other in review.items:
        same = (other.path, other.text) == (decided.path, decided.text)
        if same and other.kind == decided.kind and other.is_open and other.id != decided.id:
            note = Decision("accepted", decision.by, decision.on, f"Same words as {decided.id}")
            review = with_item(review, replace(other, decision=note))
    return review


def together(now: Review, before: Review, after: Review) -> Review:
    """Return `now` with what `after` holds more than `before`; decisions made meanwhile stay."""
    known = {item.id: item for item in before.items}
    seen = {file.digest for file in now.files}
    more = tuple(file for file in after.files if file.digest not in seen)
    new = [item for item in after.items if known.get(item.id) != item]
    return replace(joined(now, new), files=(*now.files, *more))


def review_file(answers: Path) -> Path:
    """Return where the review of the plan at `answers` is kept.

    Two plans in one folder keep two reviews: the second has the name of its plan in front.
    """
    folder = answers.resolve().parent
    path = folder / FILE
    if path.is_file() and _plan_of(path) not in {"", shown(answers.name)}:
        return folder / f"{answers.stem}.{FILE}"
    return path


def open_review(answers: Path) -> Review:
    """Return the review beside the answers file; an empty one when nothing was collected.

    Raises:
        ReviewError: the file is there but is not a review, or a newer one.
        YamlError: it cannot be read; the message names the line.
    """
    path = review_file(answers)
    return _resumed(_read(path), answers) if path.is_file() else Review()


def _read(path: Path) -> Review:
    tree = parse(disk.read(path).decode("utf-8", "replace"), path.name, ours=True)
    if tree.get("format") != FORMAT:
        raise ReviewError(
            f"{path.name} is not a review that this version can read. "
            "Update localplan, or move the file away to begin a new one."
        )
    return Review(
        tuple(_item(entry) for entry in _groups(tree.get("items"))),
        tuple(_seen(entry) for entry in _groups(tree.get("files"))),
    )


def save_review(answers: Path, review: Review) -> Path:
    """Write the review beside the answers file, and return where.

    Open the review and save it within one `disk.changing`, so that no one's decision is lost.

    Raises:
        LocalPlanError: it cannot be written; what was there is untouched.
    """
    path = review_file(answers)
    tree: Tree = {
        "format": FORMAT,
        "plan": shown(answers.name),
        "files": [_flat(entry, {}) for entry in review.files],
        "items": [_entry(item) for item in review.items],
    }
    content = (_HEAD + emit.document(tree)).encode()
    if not path.is_file() or path.read_bytes() != content:
        disk.replace(path, content, like=answers)
    with suppress(OSError):
        (disk.hidden(answers) / _NOTE).unlink(missing_ok=True)
    return path


def intend(answers: Path, decided: Item, path: str, value: Value | None) -> None:
    """Note the decision of `decided` before the answer at `path` becomes `value`.

    Answer and decision stand in two files. Should the program end between the two, this note tells
    whoever opens the review next what was decided, and what the answer was before.
    """
    decision = asdict(decided.decision) if decided.decision else None
    made = {"item": decided.id, "decision": decision, "disagrees": decided.disagrees}
    note = {**made, "path": path, "value": value}
    with suppress(OSError):
        target = disk.side_folder(answers) / _NOTE
        disk.replace(target, json.dumps(note, ensure_ascii=False).encode(), like=answers)


def _resumed(review: Review, answers: Path) -> Review:
    """The review with a decision whose answer was saved just before the program ended."""
    path = disk.hidden(answers) / _NOTE
    if not path.is_file():
        return review
    try:
        note = json.loads(path.read_bytes())
        item = review.item(note["item"])
        said = get(load(answers).tree, note["path"])
        decision = Decision(**note["decision"]) if note["decision"] else None
    except (OSError, ValueError, KeyError, TypeError, LocalPlanError):
        return review
    if said != note["value"]:
        return review
    return with_decision(review, replace(item, decision=decision, disagrees=note["disagrees"]))


def _plan_of(path: Path) -> str:
    with path.open(encoding="utf-8", errors="replace") as file:
        for line in file:
            if line.startswith("plan:"):
                return _text(_line(line), "plan")
    return ""


def _line(line: str) -> Tree:
    try:
        return parse(line, FILE, ours=True)
    except YamlError:
        return {}


_ORDER = (
    "id", "number", "kind", "path", "placement", "who", "organization", "date", "draft", "section",
    "quote", "what", "base", "text", "values", "behind", "changes", "replies", "files", "resolved",
    "disagrees",
)  # fmt: skip


def _entry(item: Item) -> Tree:
    made: Tree = {}
    for key in _ORDER:
        value = _value(getattr(item, key))
        if value:
            made[key] = value
    if item.decision is not None:
        made["decision"] = _flat(item.decision, {"existed": True})
    return made


def _flat(record: object, usual: Mapping[str, object]) -> Tree:
    names = getattr(record, "__slots__", ())
    made: Tree = {}
    for key in names:
        held = getattr(record, key)
        value = "no" if held is False else _value(held)
        if value and held != usual.get(key, ""):
            made[key] = value
    return made


def _value(value: object) -> Value:
    if isinstance(value, bool):
        return "yes" if value else ""
    if isinstance(value, Mapping):
        return {legible(str(key)): legible(str(each)) for key, each in value.items()}
    if isinstance(value, tuple):
        return [legible(str(each)) for each in value]
    return legible(str(value)) if value else ""


def _groups(value: Value | None) -> list[Tree]:
    return [entry for entry in value if isinstance(entry, dict)] if isinstance(value, list) else []


def _text(entry: Tree, key: str) -> str:
    value = entry.get(key)
    return legible(value).rstrip("\n") if isinstance(value, str) else ""


def _texts(entry: Tree, key: str) -> tuple[str, ...]:
    value = entry.get(key)
    if isinstance(value, str):
        return (legible(value),) if value else ()
    return tuple(legible(str(each)) for each in value) if isinstance(value, list) else ()


def _item(entry: Tree) -> Item:
    kind = _text(entry, "kind")
    values = entry.get("values")
    decided = entry.get("decision")
    number = _text(entry, "number")
    return Item(
        kind=cast(Kind, kind) if kind in KINDS else "comment",
        number=int(number) if number.isdecimal() else 0,
        values=_fields_of(values) if isinstance(values, dict) else {},
        resolved=_text(entry, "resolved") == "yes",
        decision=_decision(decided) if isinstance(decided, dict) else None,
        **_fields(entry),
    )


def _fields_of(values: Tree) -> dict[str, str]:
    return {legible(key): legible(str(value)) for key, value in values.items()}


_TEXTS = (
    "id", "path", "placement", "who", "organization", "date", "draft", "section", "quote", "what",
    "base", "text", "disagrees",
)  # fmt: skip
_LISTS = ("behind", "changes", "replies", "files")


def _fields(entry: Tree) -> dict[str, Any]:
    texts = {key: _text(entry, key) for key in _TEXTS}
    return {**texts, **{key: _texts(entry, key) for key in _LISTS}}


def _decision(entry: Tree) -> Decision:
    keys = ("state", "by", "on", "reason", "path", "before", "after", "standing")
    return Decision(
        **{key: _text(entry, key) for key in keys}, existed=_text(entry, "existed") != "no"
    )


def _seen(entry: Tree) -> SeenFile:
    return SeenFile(*(_text(entry, key) for key in SeenFile.__slots__))
