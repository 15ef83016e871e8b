"""Changed answers as the public reads them: labels for codes, names for ids, days in words."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from localplan.document import prose
from localplan.knowledge.questions import Question
from localplan.plan.cycle.changes import AnswerChange, Changes, label_of, words
from localplan.plan.tree import get
from localplan.yamltext import Tree, Value


def in_words(found: Changes, old: Tree, new: Tree, asked: Mapping[str, Question]) -> Changes:
    """Return the changes with each answer in words; `asked` gives the question by path.

    An answer that names the same things by other ids says the same.
    """
    told = [_told(each, old, new, asked) for each in found.answers]
    return replace(found, answers=tuple(each for each in told if each.old != each.new))


def _told(
    change: AnswerChange, old: Tree, new: Tree, asked: Mapping[str, Question]
) -> AnswerChange:
    question = asked.get(change.path)
    if question is None:
        return change
    return replace(
        change, old=_words(question, change.old, old), new=_words(question, change.new, new)
    )


def _words(question: Question, value: Value | None, tree: Tree) -> str:
    if not isinstance(value, list):
        return _one(question, words(value), tree)
    told = [_one(question, words(each), tree) for each in value]
    return ("; " if any("," in each for each in told) else ", ").join(told)


def _one(question: Question, text: str, tree: Tree) -> str:
    if question.kind == "date":
        return _day(text)
    if "board" in question.sources and text == "board":
        return "the Board"
    for home in question.sources:
        if get(tree, f"{home}.{text}") is not None:
            return label_of(f"{home}.{text}", tree)
    labels = {option.code: option.label for option in question.options}
    return labels.get(text, text)


def _day(text: str) -> str:
    try:
        return prose.day(date.fromisoformat(text.strip()))
    except ValueError:
        return text
