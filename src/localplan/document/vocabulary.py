"""A State's own words in the sentences that the program writes, never in what the board wrote."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from localplan.document.blocks import Block, Cell, Inline, Run, Table, mapped, text_of
from localplan.plan.tree import leaves
from localplan.yamltext import Tree

_SHORT = re.compile(r"\(([A-Z][A-Za-z&-]*)\)$")
_OUTLINE_WORDS = {"this chapter": "this part"}
"""What a sentence of the six-element plan says of its place, as it reads in a State's order."""
_LONGEST = 200
"""Longer answers are printed as regions of their own, which are left alone as a whole."""


class Vocabulary:
    """Replaces words in generated text; the first use is written out, later ones are short."""

    def __init__(self, words: Mapping[str, str], tree: Tree) -> None:
        self._own = words
        self._words = {**_OUTLINE_WORDS, **words}
        self._seen: set[str] = set()
        self._pattern = _any_of(self._words)
        self._kept = _any_of(_answers_with(self._pattern, tree))

    def spoken(self, block: Block) -> Block:
        """Return a generated block in the State's words; names that the board typed stay."""
        if self._pattern is None:
            return block
        if isinstance(block, Table):
            heads = tuple(replace(head, head=self._inline(head.head)) for head in block.columns)
            return replace(block, columns=heads, caption=self._text(block.caption))
        return mapped(block, self.spoken, self._inline)

    def glossed(self, table: Table, state: str) -> Table:
        """Return the glossary with the State's own words that were used, each with what it means.

        A word that only shortens another one needs no line of its own.
        """
        whole = [word for word in self._own.values() if word in self._seen]
        shorts = {found.group(1) for word in whole if (found := _SHORT.search(word))}
        rows = [
            (Cell((Run(word),)), Cell((Run(f"What {state} says for {key}."),)))
            for key, word in self._own.items()
            if word in whole and word not in shorts
        ]
        return replace(table, rows=tuple(sorted((*table.rows, *rows), key=_first_word)))

    def _inline(self, text: Inline) -> Inline:
        return tuple(replace(run, text=self._text(run.text)) for run in text)

    def _text(self, text: str) -> str:
        if self._kept is None:
            return self._replaced(text)
        return _between(self._kept, text, self._replaced)

    def _replaced(self, text: str) -> str:
        return self._pattern.sub(self._word, text) if self._pattern else text

    def _word(self, found: re.Match[str]) -> str:
        said = found.group(1)
        key = next(key for key in self._words if key.casefold() == said.casefold())
        whole, plural = self._words[key], found.group(2)
        short = _SHORT.search(whole)
        first = whole not in self._seen and not plural
        self._seen.add(whole)
        chosen = whole if first or not short else short.group(1)
        start = chosen[0].upper() if said[0].isupper() else chosen[0]
        return start + chosen[1:] + (plural or "")


def _first_word(row: tuple[Cell, ...]) -> str:
    return text_of(row[0].text).casefold()


def _any_of(words: Iterable[str]) -> re.Pattern[str] | None:
    listed = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    return re.compile(rf"\b({listed})(s?)\b", re.IGNORECASE) if listed else None


def _answers_with(pattern: re.Pattern[str] | None, tree: Tree) -> set[str]:
    """Short answers that hold one of the words, such as the name of a center."""
    if pattern is None:
        return set()
    found: set[str] = set()
    for value in leaves(tree).values():
        for text in [value] if isinstance(value, str) else value:
            if isinstance(text, str) and len(text) < _LONGEST and pattern.search(text):
                found.add(text.strip())
    return found


def _between(kept: re.Pattern[str], text: str, change: Callable[[str], str]) -> str:
    parts: list[str] = []
    at = 0
    for found in kept.finditer(text):
        parts += [change(text[at : found.start()]), found.group(0)]
        at = found.end()
    return "".join([*parts, change(text[at:])])
