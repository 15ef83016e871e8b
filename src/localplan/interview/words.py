"""Answers in a few words, for lists and reviews; progress in a line."""

from collections.abc import Sequence

from localplan.interview.frame import shortened
from localplan.knowledge.kinds import Stage
from localplan.knowledge.questions import Question
from localplan.plan.names import called, name_of
from localplan.plan.progress import Item, SectionProgress, is_answered
from localplan.plan.tree import get, id_of, records
from localplan.yamltext import Tree, Value

NOT_YET = "not yet said"
_NEEDED: dict[Stage, str] = {
    "public": "needed to publish",
    "board": "needed for the vote",
    "submission": "needed to submit",
}


def said(question: Question, value: Value | None, tree: Tree) -> str:
    """Return the answer in words; blank when there is none."""
    if question.kind == "records":
        names = _names(question, value)
        return ", ".join(names)
    if value is None or not is_answered(value, question):
        return ""
    if isinstance(value, list):
        return ", ".join(_one(question, part, tree) for part in value)
    return _one(question, value, tree)


def summary(fields: Sequence[Item], question: Question, tree: Tree) -> str:
    """Return a record in one line: what was said first, then what is not yet said."""
    label = f".{question.label}"
    told: list[str] = []
    missing: list[str] = []
    for item in fields:
        if item.path.endswith(label) and item.path.count(".") == fields[0].path.count("."):
            continue
        words = said(item.question, get(tree, item.path), tree)
        if words and item.question.kind == "yes-no":
            continue
        if words:
            told.append(shortened(words, 36))
        elif item.required and not item.settled:
            missing.append(item.question.ask)
    parts = told[:2]
    if missing:
        more = len(missing)
        parts.append(
            f"{more} still to answer" if more > 1 else f"{NOT_YET}: {shortened(missing[0], 40)}"
        )
    return " · ".join(parts)


def with_article(one: str) -> str:
    """Return "an area", "a partner", "a one-stop center"."""
    vowel = one[:1] in "aeiou" and not one.startswith(("one", "uni", "use"))
    return f"{'an' if vowel else 'a'} {one}"


def state_of(item: Item) -> str:
    """Return where an unanswered item stands, in a word or two."""
    match item.state:
        case "answered":
            if item.later:
                return _put_off(item)
            return "carried over, not yet confirmed" if item.carried else ""
        case "not-applicable":
            return "not applicable: " + shortened(item.standing.get("reason", ""), 40)
        case "regional":
            return "in the regional plan"
        case "missing":
            return _missing(item)


def counted(progress: SectionProgress) -> str:
    """Return "4 of 9 answered · 1 for later"."""
    if not progress.required:
        answered = sum(item.settled for item in progress.items)
        told = f"{answered} answered, none required" if progress.items else "nothing to ask yet"
    else:
        told = f"{progress.answered} of {progress.required} answered"
    return f"{told} · {progress.later} for later" if progress.later else told


def referred(tree: Tree, homes: Sequence[str], name: str) -> str:
    """Return what the record with the id `name` in one of `homes` is called."""
    if name == "board" and "board" in homes:
        return "the Board"
    for home in homes:
        if f"{home}.{name}" in records(tree, home):
            return called(tree, f"{home}.{name}")
    return name


def leave_of(item: Item) -> str:
    """Return how long a question that is not required yet may be left alone."""
    return _NEEDED.get(item.question.stage, "optional") if item.question.required else "optional"


def _missing(item: Item) -> str:
    if item.later:
        return _put_off(item)
    return NOT_YET if item.required else f"{NOT_YET} ({leave_of(item)})"


def _put_off(item: Item) -> str:
    owner, due = item.standing.get("owner", ""), item.standing.get("due", "")
    told = ", ".join(part for part in (owner, due) if part)
    return f"for later ({told})" if told else "for later"


def _one(question: Question, part: Value, tree: Tree) -> str:
    if not isinstance(part, str):
        return str(id_of(part))
    if question.sources:
        return referred(tree, question.sources, part)
    labels = {option.code: option.label for option in question.options}
    return labels.get(part, " ".join(part.split()))


def _names(question: Question, value: Value | None) -> list[str]:
    found = (name_of(question.fills, item) for item in (value if isinstance(value, list) else ()))
    return [name for name in found if name]
