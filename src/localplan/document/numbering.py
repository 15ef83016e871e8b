"""Number the headings, tables and figures of a document, and settle what its links point at."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from localplan.document.blocks import (
    Block,
    Document,
    Figure,
    Heading,
    Inline,
    Run,
    Table,
    all_mapped,
    mapped,
    text_of,
)

_NUMBERED = 3
"""The deepest level of heading that carries a number."""


def numbered(document: Document) -> Document:
    """The document with every number filled in and every `#label` link leading somewhere.

    A run without text that links to a label prints what it points at, such as "Table 3"; a link
    to a label that is not in the document becomes plain text.
    """
    counters = _Counters()
    blocks = all_mapped(document.blocks, counters.number)
    return replace(document, blocks=all_mapped(blocks, _linker(counters.labels)))


@dataclass(slots=True)
class _Counters:
    headings: list[str | int] = field(default_factory=list)
    tables: int = 0
    figures: int = 0
    labels: dict[str, str] = field(default_factory=dict)

    def number(self, block: Block) -> Block:
        """The block with its number, then the blocks inside it with theirs."""
        return mapped(self._numbered(block), self.number)

    def _numbered(self, block: Block) -> Block:
        match block:
            case Heading():
                block = self._heading(block)
                self._label(block.label, block.number, text_of(block.text))
            case Table() if block.caption:
                self.tables += 1
                block = replace(block, number=f"Table {self.tables}")
                self._label(block.label, block.number, block.caption)
            case Figure() if block.caption:
                self.figures += 1
                block = replace(block, number=f"Figure {self.figures}")
                self._label(block.label, block.number, block.caption)
            case Table() | Figure():
                self._label(block.label, "", "below")
            case _:
                pass
        return block

    def _label(self, label: str, number: str, words: str) -> None:
        if label:
            self.labels[label] = number or words

    def _heading(self, heading: Heading) -> Heading:
        level = heading.level
        above = self.headings[: level - 1]
        whole = len(above) == level - 1 and "" not in above
        if heading.number:
            self.headings = [*self._padded(level), heading.number]
            return heading
        if not heading.numbered or level > _NUMBERED or not whole:
            self.headings = [*self._padded(level), ""] if level <= _NUMBERED else self.headings
            return heading
        self.headings = [*above, self._next(level)]
        return replace(heading, number=".".join(str(part) for part in self.headings))

    def _next(self, level: int) -> int:
        """One more than the last number at this level under the same heading."""
        key = (level, tuple(self.headings[: level - 1]))
        self._last[key] = self._last.get(key, 0) + 1
        return self._last[key]

    def _padded(self, level: int) -> list[str | int]:
        above = self.headings[: level - 1]
        return above + [""] * (level - 1 - len(above))

    _last: dict[tuple[int, tuple[str | int, ...]], int] = field(default_factory=dict)


def _linker(labels: Mapping[str, str]) -> Callable[[Block], Block]:
    """What settles the links of a block and of all that is inside it."""

    def settled(text: Inline) -> Inline:
        return _settled(text, labels)

    def linked(block: Block) -> Block:
        return mapped(block, linked, settled)

    return linked


def _settled(text: Inline, labels: Mapping[str, str]) -> Inline:
    """The text with every link settled; the same one where none leads to a label, as in most."""
    for run in text:
        if run.link[:1] == "#":
            return tuple(_settled_run(run, labels) for run in text)
    return text


def _settled_run(run: Run, labels: Mapping[str, str]) -> Run:
    if run.link[:1] != "#":
        return run
    label = run.link[1:]
    if label not in labels:
        return replace(run, link="")
    return run if run.text else replace(run, text=labels[label])
