"""The words of a paragraph, and what changed from one wording to the next."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from itertools import groupby
from typing import Literal, TypeAlias

from localplan.document.blocks import Inline, Run, without_inner_links

_TOKEN = re.compile(r"\s+|[^\s]+")
_SHORTEST_KEPT = 4
"""Letters that two wordings must share in one place to be worth keeping apart for a reader."""

Token: TypeAlias = tuple[str, Run]


def marked_words(text: Inline, mark: Literal["ins", "del"]) -> Inline:
    """Return the words, all of them marked as having come in or gone out."""
    words = without_inner_links(text) if mark == "del" else text
    return tuple(replace(run, change=mark) for run in words)


def changed_words(old: Inline, new: Inline) -> Inline:
    """Return both wordings as one: what stays, what went out and what came in."""
    before, after = list(_tokens(old)), list(_tokens(new))
    if before == after:
        return new
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    merged: list[Run] = []
    for tag, start, stop, first, last in _joined(matcher.get_opcodes(), before):
        if tag == "equal":
            merged += _runs(after[first:last])
            continue
        merged += marked_words(tuple(_runs(before[start:stop])), "del")
        merged += marked_words(tuple(_runs(after[first:last])), "ins")
    return tuple(merged)


Step: TypeAlias = tuple[str, int, int, int, int]


def _joined(steps: Sequence[Step], before: list[Token]) -> Iterator[Step]:
    """The steps with a stray space or short word between two changes taken into them."""
    held: Step | None = None
    for at, step in enumerate(steps):
        tag, start, stop, _, last = step
        inner = 0 < at < len(steps) - 1
        short = len("".join(word for word, _ in before[start:stop]).strip()) < _SHORTEST_KEPT
        if tag != "equal" or (inner and short):
            kind = "replace"
            held = (kind, held[1], stop, held[3], last) if held else (kind, *step[1:])
            continue
        if held:
            yield held
            held = None
        yield step
    if held:
        yield held


def _tokens(text: Inline) -> Iterator[Token]:
    for run in text:
        look = _look(run)
        for word in _TOKEN.findall(run.text):
            yield word, look


def _look(run: Run) -> Run:
    """The run without its words; links inside the document count as plain words."""
    return replace(run, text="", change="")


def _runs(tokens: list[Token]) -> Iterator[Run]:
    for look, group in groupby(tokens, key=lambda token: token[1]):
        yield replace(look, text="".join(word for word, _ in group))
