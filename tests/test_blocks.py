"""One walk over blocks: what they say, what is inside them, and how they are changed."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

from sample_document import sample_document

import localplan
from localplan.document.blocks import (
    Block,
    Boundary,
    Callout,
    Cell,
    Column,
    Figure,
    Gap,
    Heading,
    Inline,
    ListBlock,
    PageBreak,
    Paragraph,
    Run,
    Table,
    empty_headings,
    inner,
    mapped,
    merged,
    texts,
    trimmed,
    walk,
    words,
)

PACKAGE = Path(localplan.__file__).parent
KINDS = {kind.__name__ for kind in get_args(Block)}
MOST_KINDS = 3
"""Kinds of block that one function may tell apart, unless it writes every kind."""
WRITERS = ("document/blocks.py", "document/docx/", "document/html.py", "document/markdown.py")


def line(text: str) -> Paragraph:
    return Paragraph((Run(text),))


def nested() -> Callout:
    """A box that holds a list that holds a table that holds a line."""
    table = Table((Column((Run("head"),)),), ((Cell((), blocks=(line("deep"),)),),), "caption")
    return Callout("title", (ListBlock(((line("item"), table),)), line("last")))


def test_a_walk_meets_every_block_in_reading_order_however_deep() -> None:
    met = [type(block).__name__ for block in walk([nested()])]
    assert met == ["Callout", "ListBlock", "Paragraph", "Table", "Paragraph", "Paragraph"]


def test_the_words_of_a_block_are_those_of_all_that_is_inside_it() -> None:
    assert words(nested()).split() == ["title", "item", "caption", "head", "deep", "last"]
    assert words(Gap("What", "why", "Ana", "May")) == "What why Ana May"
    assert words(Figure("Map", "The area")) == "Map The area"


def test_a_change_that_maps_what_is_inside_reaches_every_depth() -> None:
    def louder(text: Inline) -> Inline:
        return tuple(Run(run.text.upper()) for run in text)

    def changed(block: Block) -> Block:
        return mapped(block, changed, louder)

    assert words(changed(nested())) == words(nested()).upper().replace("TITLE", "title").replace(
        "CAPTION", "caption"
    )


def test_where_nothing_changes_the_very_same_block_comes_back() -> None:
    def unchanged(block: Block) -> Block:
        return mapped(block, unchanged)

    for block in (*sample_document().blocks, nested()):
        assert unchanged(block) is block


def test_every_text_in_runs_is_met_by_a_walk_and_by_a_change_alike() -> None:
    for block in sample_document().blocks:
        met = [text for each in walk([block]) for text in texts(each)]
        seen: list[Inline] = []

        def noted(text: Inline, seen: list[Inline] = seen) -> Inline:
            seen.append(text)
            return text

        def changed(each: Block) -> Block:
            return mapped(each, changed, noted)

        changed(block)
        assert sorted(map(str, seen)) == sorted(map(str, met))


def test_neighbors_of_one_look_become_one_run() -> None:
    runs = (Run("a"), Run("b"), Run("c", bold=True), Run("d", bold=True), Run("e", link="#x"))
    assert merged(runs) == (Run("ab"), Run("cd", bold=True), Run("e", link="#x"))


def test_a_trimmed_text_keeps_the_links_that_print_what_they_point_at() -> None:
    text = (Run("  see "), Run("", link="#table"), Run("", bold=True), Run(" \n"))
    assert trimmed(text) == (Run("see "), Run("", link="#table"))


def test_a_heading_is_empty_until_text_or_a_deeper_heading_with_text_follows() -> None:
    levels: list[Block] = [
        Heading(1, (Run("kept"),)),
        Heading(2, (Run("empty"),)),
        Boundary("a", "heading"),
        Heading(2, (Run("kept"),)),
        line("text"),
        Heading(1, (Run("empty"),)),
        Heading(2, (Run("empty"),)),
        PageBreak(),
    ]
    assert empty_headings(levels) == {1, 5, 6}


def test_what_is_inside_a_block_is_what_its_walk_goes_on_with() -> None:
    assert [type(block) for block in inner(nested())] == [ListBlock, Paragraph]
    assert inner(line("a")) == ()


def test_only_the_walk_and_the_writers_tell_many_kinds_of_block_apart() -> None:
    found: list[str] = []
    for path in sorted(PACKAGE.rglob("*.py")):
        place = path.relative_to(PACKAGE).as_posix()
        tree = ast.parse(path.read_text(encoding="utf-8"))
        functions = (each for each in ast.walk(tree) if isinstance(each, ast.FunctionDef))
        for function in () if place.startswith(WRITERS) else functions:
            told = set(_kinds_told_apart(function))
            if len(told) > MOST_KINDS:
                found.append(f"{place}: {function.name} tells {sorted(told)} apart")
    assert found == []


def _kinds_told_apart(function: ast.FunctionDef) -> Iterator[str]:
    for node in ast.walk(function):
        if isinstance(node, ast.MatchClass):
            named: list[ast.expr] = [node.cls]
        elif isinstance(node, ast.Call) and ast.unparse(node.func) == "isinstance":
            named = node.args[1:]
        else:
            continue
        for expression in named:
            found = {each.id for each in ast.walk(expression) if isinstance(each, ast.Name)}
            yield from found & KINDS
