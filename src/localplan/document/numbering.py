"""Number the headings, tables and figures of a document, and settle what its links point at."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from localplan.document.blocks import (
    Block,
    Boundary,
    Callout,
    Cell,
    Column,
    Contents,
    Document,
    Figure,
    Gap,
    Heading,
    Inline,
    ListBlock,
    PageBreak,
    Paragraph,
    Run,
    Table,
)

_NUMBERED = 3
"""The deepest level of heading that carries a number."""


def numbered(document: Document) -> Document:
    """The document with every number filled in and every `#label` link leading somewhere.

    A run without text that links to a label prints what it points at, such as "Table 3"; a link
    to a label that is not in the document becomes plain text.
    """
    counters = _Counters()
    blocks = _mapped(document.blocks, counters.number)
    labels = counters.labels
    return replace(document, blocks=_mapped(blocks, lambda block: _linked(block, labels)))


@dataclass(slots=True)
class _Counters:
    headings: list[str | int] = field(default_factory=list)
    tables: int = 0
    figures: int = 0
    labels: dict[str, str] = field(default_factory=dict)

    def number(self, block: Block) -> Block:
        match block:
            case Heading():
                block = self._heading(block)
                self._label(block.label, block.number, _words(block.text))
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


def _words(text: Inline) -> str:
    return "".join(run.text for run in text)


def _mapped(blocks: tuple[Block, ...], change: Callable[[Block], Block]) -> tuple[Block, ...]:
    return tuple(_inside(change(block), change) for block in blocks)


def _inside(block: Block, change: Callable[[Block], Block]) -> Block:
    match block:
        case Callout():
            return replace(block, blocks=_mapped(block.blocks, change))
        case ListBlock():
            return replace(block, items=tuple(_mapped(item, change) for item in block.items))
        case Table():
            if not any(cell.blocks for row in block.rows for cell in row):
                return block
            rows = tuple(tuple(_filled(cell, change) for cell in row) for row in block.rows)
            return replace(block, rows=rows)
        case Boundary() | Heading() | Paragraph() | Figure() | Gap() | PageBreak() | Contents():
            return block


def _filled(cell: Cell, change: Callable[[Block], Block]) -> Cell:
    return replace(cell, blocks=_mapped(cell.blocks, change)) if cell.blocks else cell


def _linked(block: Block, labels: Mapping[str, str]) -> Block:
    match block:
        case Heading() | Paragraph():
            text = _settled(block.text, labels)
            return block if text is block.text else replace(block, text=text)
        case Table():
            columns = tuple(_column(column, labels) for column in block.columns)
            rows = tuple(tuple(_cell(cell, labels) for cell in row) for row in block.rows)
            return replace(block, columns=columns, rows=rows)
        case Boundary() | ListBlock() | Figure() | Callout() | Gap() | PageBreak() | Contents():
            return block


def _column(column: Column, labels: Mapping[str, str]) -> Column:
    text = _settled(column.head, labels)
    return column if text is column.head else replace(column, head=text)


def _cell(cell: Cell, labels: Mapping[str, str]) -> Cell:
    text = _settled(cell.text, labels)
    return cell if text is cell.text else replace(cell, text=text)


def _settled(text: Inline, labels: Mapping[str, str]) -> Inline:
    if not any(run.link[:1] == "#" for run in text):
        return text
    return tuple(_settled_run(run, labels) for run in text)


def _settled_run(run: Run, labels: Mapping[str, str]) -> Run:
    if run.link[:1] != "#":
        return run
    label = run.link[1:]
    if label not in labels:
        return replace(run, link="")
    return run if run.text else replace(run, text=labels[label])
