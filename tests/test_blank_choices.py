"""A choice that nobody made reads like none of its options."""

import re
from collections.abc import Mapping
from functools import cache

import pytest
from removal import complete, drafts, lines_of, sentences

from localplan.knowledge.questions import Question, load_questionnaire
from localplan.plan.tree import put, records, remove
from localplan.yamltext import Tree, Value

PRINTS_NOTHING: Mapping[str, str] = {
    "plan.element_order memo": "the order of chapters where none is chosen too",
    "plan.outline": "it chooses a document, and no document says so",
    "partners.*.kind other": "it says only that none of the kinds fits",
    "populations.*.standard other": "it says only that no group of the law fits",
    "supports.*.standard other": "it says only that no kind of the law fits",
    "metrics.*.scope provider": "what the measure is about is printed by its name",
    "metrics.*.scope pathway": "what the measure is about is printed by its name",
    "actions.*.step": "the guidance that an action carries out is printed in working drafts",
    **dict.fromkeys(
        (f"actions.*.status {option}" for option in ("not-started", "under-way", "done")),
        "how far staff are is printed in working drafts; a dropped action goes unsaid",
    ),
    "comments.*.status": "a mark of the review; the response says what became of a comment",
    **dict.fromkeys(
        (f"pathways.*.definition.{part}.standing" for part in "abcdefg"),
        "printed by the review of the legal definition, behind the plan",
    ),
}
"""Choices, or one option of them, that print nothing in a public draft, each with the reason."""

CHOICES = [
    question
    for question in load_questionnaire().questions()
    if question.options or question.kind == "yes-no"
]


@pytest.mark.parametrize("choice", CHOICES, ids=lambda choice: choice.fills)
def test_a_blank_choice_reads_like_none_of_its_options(choice: Question) -> None:
    blank = lines_with(choice, None)
    said = {option: lines_with(choice, option) for option in options_of(choice)}
    silent = {option for option, lines in said.items() if lines == blank}
    assert silent == {option for option in said if prints_nothing(choice, option)}
    heard = {option: set(lines) for option, lines in said.items()}
    for option, lines in heard.items():
        others = set[str]().union(*(more for other, more in heard.items() if other != option))
        assert option in silent or not {
            line for line in lines - others if line in blank and line.endswith(".")
        }


def test_every_choice_that_prints_nothing_is_one_that_is_asked() -> None:
    asked = {choice.fills for choice in CHOICES}
    options = {f"{choice.fills} {option}" for choice in CHOICES for option in options_of(choice)}
    assert set(PRINTS_NOTHING) <= asked | options


def prints_nothing(choice: Question, option: str) -> bool:
    return choice.fills in PRINTS_NOTHING or f"{choice.fills} {option}" in PRINTS_NOTHING


def options_of(choice: Question) -> tuple[str, ...]:
    return tuple(option.code for option in choice.options) or ("yes", "no")


def lines_with(choice: Question, option: str | None) -> list[str]:
    """Every sentence and cell of a public draft in which the choice is `option` throughout."""
    tree = small(choice.fills.partition(".")[0])
    found = places(choice.fills, tree)
    assert found, f"no record for {choice.fills}"
    for path in found:
        if option is None:
            tree = remove(tree, path)
        else:
            tree = put(tree, path, [option] if choice.kind == "choices" else option)
    return [
        re.sub(r"(Table|Figure) \d+", r"\1", sentence)
        for document in drafts(tree, "public")
        for block in document.blocks
        for line in lines_of(block)
        for sentence in sentences(line)
    ]


def places(fills: str, tree: Tree) -> list[str]:
    """The path of the choice in each record."""
    head, star, rest = fills.partition(".*.")
    if not star:
        return [fills]
    return [place for record in records(tree, head) for place in places(f"{record}.{rest}", tree)]


@cache
def small(part: str) -> Tree:
    """One part of the complete example beside its board, with one record of each shape."""
    comments: Tree = {"comments": [{"id": "c1", "comment": "Evening classes are missing."}]}
    tree = complete() | comments
    return {name: thinned(tree[name]) for name in ("localplan", "board", "plan", "areas", part)}


def thinned(value: Value) -> Value:
    if isinstance(value, dict):
        return {name: thinned(inner) for name, inner in value.items()}
    shapes: dict[frozenset[str], Value] = {}
    for item in value if isinstance(value, list) else ():
        if isinstance(item, dict):
            shapes.setdefault(frozenset(item), thinned(item))
    return list(shapes.values()) or value
