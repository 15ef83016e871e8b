"""The plan's own list of comments: take comments into it, and keep it true to what is decided."""

from collections.abc import Iterable, Iterator, Mapping

from localplan.document.facts.results import COLLECTED
from localplan.knowledge.lists import code_of
from localplan.knowledge.questions import Question, Questionnaire
from localplan.plan.tree import records_in
from localplan.plan.values import day_of, yes_or_no
from localplan.review.items import Item, Review
from localplan.review.matrix import CODES, FIELDS, MatrixError, decided, row_of
from localplan.review.regions import key_of
from localplan.yamltext import Tree

_DECIDED = ("response", "change", "status", "disagrees")
_QUOTED = 60
"""Letters of a comment that are enough to find it in a spreadsheet."""


def added(
    tree: Tree, new: Iterable[Mapping[str, str]], fills: Mapping[str, Question]
) -> tuple[list[Tree], int]:
    """Return the plan's list of comments with new ones at its end, and how many are new.

    A comment that is there already takes over what was decided about it since. Chapters and
    outcomes are kept as codes, days as 2025-07-01. `fills` are the questions of the plan.

    Raises:
        MatrixError: a new one says something that does not fit its question.
    """
    made = [_coded(entry, fills) for entry in _listed(tree)]
    known = {_mark_of(entry): entry for entry in made}
    numbers = [int(str(e.get("number"))) for e in made if str(e.get("number", "")).isdecimal()]
    number = max(numbers, default=0)
    count = 0
    for entry in new:
        said: Tree = {key: entry[key].strip() for key, _ in FIELDS if entry.get(key, "").strip()}
        fields = _fitting(_coded(said, fills), fills)
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


def _coded(entry: Tree, fills: Mapping[str, Question]) -> Tree:
    """The entry with its chapter and outcome as codes; what names no chapter is kept as a place."""
    made = dict(entry)
    element, status = (str(made.get(key) or "") for key in ("element", "status"))
    if element and (code := code_of(fills["comments.*.element"].options, element)):
        made["element"] = code
    elif element:
        section = str(made.get("section") or "")
        made["section"] = f"{element}: {section}" if section else element
        del made["element"]
    if status:
        by_word = {word.casefold(): code for word, code in CODES.items()}
        code = code_of(fills["comments.*.status"].options, status)
        made["status"] = code or by_word.get(status.casefold(), status)
    return made


def _fitting(entry: Tree, fills: Mapping[str, Question]) -> Tree:
    """The entry with its day as the file keeps it.

    Raises:
        MatrixError: its day, its outcome, or whether it disagrees does not fit the question.
    """
    made = {key: str(value) for key, value in entry.items()}
    outcomes = fills["comments.*.status"].options
    if made.get("status") and not code_of(outcomes, made["status"]):
        wanted = ", ".join(option.label for option in outcomes)
        raise _misfit(made, "status", f"Write one of these: {wanted}")
    try:
        if made.get("disagrees"):
            yes_or_no(made["disagrees"])
    except ValueError:
        raise _misfit(made, "disagrees", "Write yes or no, or leave it blank") from None
    try:
        if made.get("date"):
            made["date"] = day_of(made["date"]).isoformat()
    except ValueError as error:
        raise _misfit(made, "date", str(error)) from None
    return dict(made)


def _misfit(entry: Mapping[str, str], key: str, wanted: str) -> MatrixError:
    words = " ".join(entry["comment"].split())[:_QUOTED]
    return MatrixError(
        f'The comment "{words}" has "{entry[key]}" under {dict(FIELDS)[key]}. {wanted}. '
        "Nothing was added."
    )


def from_items(review: Review, questionnaire: Questionnaire) -> Iterator[dict[str, str]]:
    """Yield collected comments in the shape in which the answers keep them."""
    for item in review.items:
        if item.kind == "comment":
            row = row_of(item, questionnaire)
            yield {key: getattr(row, key) for key, _ in FIELDS} | decided(item)


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
    return [dict(entry) for _, entry in records_in(tree, "comments")]


def _mark_of(entry: Tree) -> tuple[str, str]:
    return key_of(str(entry.get("person", ""))), key_of(str(entry.get("comment", "")))


def _mark_of_item(item: Item) -> tuple[str, str]:
    return key_of(item.who), key_of("\n".join([item.text, *item.replies]))
