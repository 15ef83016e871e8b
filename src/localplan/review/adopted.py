"""The plan's own list of comments: take comments into it, and keep it true to what is decided."""

from collections.abc import Iterable, Iterator, Mapping

from localplan.document.facts.results import COLLECTED
from localplan.knowledge.questions import Questionnaire
from localplan.plan.tree import get
from localplan.review.items import Item, Review
from localplan.review.matrix import FIELDS, decided, row_of
from localplan.review.regions import key_of
from localplan.yamltext import Tree

_DECIDED = ("response", "change", "status", "disagrees")


def added(tree: Tree, new: Iterable[Mapping[str, str]]) -> tuple[list[Tree], int]:
    """Return the plan's list of comments with new ones at its end, and how many are new.

    A comment that is there already takes over what was decided about it since.
    """
    made = _listed(tree)
    known = {_mark_of(entry): entry for entry in made}
    numbers = [int(str(e.get("number"))) for e in made if str(e.get("number", "")).isdecimal()]
    number = max(numbers, default=0)
    count = 0
    for entry in new:
        fields: Tree = {key: entry[key].strip() for key, _ in FIELDS if entry.get(key, "").strip()}
        old = known.get(_mark_of(fields))
        if old is not None:
            old.update({key: fields[key] for key in _DECIDED if key in fields})
            continue
        count += 1
        if collected := COLLECTED.fullmatch(str(fields.pop("number", ""))):
            record: Tree = {**fields, "id": collected[0].lower()}
        else:
            number += 1
            record = {**fields, "id": f"comment-{number}", "number": str(number)}
        known[_mark_of(fields)] = record
        made.append(record)
    return made, count


def from_items(review: Review, questionnaire: Questionnaire) -> Iterator[dict[str, str]]:
    """Yield collected comments in the shape in which the answers keep them."""
    for item in review.items:
        if item.kind == "comment":
            row = row_of(item, questionnaire)
            yield {key: getattr(row, key) for key, _ in FIELDS}


def not_adopted(tree: Tree, review: Review) -> int:
    """Return how many collected comments the plan's own list does not hold."""
    known = {_mark_of(entry) for entry in _listed(tree)}
    return sum(item.kind == "comment" and _mark_of_item(item) not in known for item in review.items)


def following(tree: Tree, before: Item, after: Item) -> list[Tree] | None:
    """Return the plan's list with what was decided about a comment in it; None if it is not there.

    What a person wrote there in other words stays.
    """
    made = _listed(tree)
    entry = next((one for one in made if _mark_of(one) == _mark_of_item(after)), None)
    if after.kind != "comment" or entry is None:
        return None
    was, now = decided(before), decided(after)
    for key in _DECIDED:
        if str(entry.get(key) or "").strip() in {"", was[key].strip()}:
            entry[key] = now[key]
            if not now[key]:
                del entry[key]
    return made


def _listed(tree: Tree) -> list[Tree]:
    value = get(tree, "comments")
    listed = value if isinstance(value, list) else []
    return [dict(entry) for entry in listed if isinstance(entry, dict)]


def _mark_of(entry: Tree) -> tuple[str, str]:
    return key_of(str(entry.get("person", ""))), key_of(str(entry.get("comment", "")))


def _mark_of_item(item: Item) -> tuple[str, str]:
    return key_of(item.who), key_of("\n".join([item.text, *item.replies]))
