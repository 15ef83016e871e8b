"""Number the headings, tables and figures of a document, and settle what its links point at."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from operator import is_
from typing import TypeVar

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
_Part = TypeVar("_Part")


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
    """The blocks with `change` done to each and to those inside; the same ones where nothing is."""
    return _kept(blocks, [_inside(change(block), change) for block in blocks])


def _inside(block: Block, change: Callable[[Block], Block]) -> Block:
    match block:
        case Callout():
            blocks = _mapped(block.blocks, change)
            return block if blocks is block.blocks else replace(block, blocks=blocks)
        case ListBlock():
            items = _kept(block.items, [_mapped(item, change) for item in block.items])
            return block if items is block.items else replace(block, items=items)
        case Table():
            if not any(cell.blocks for row in block.rows for cell in row):
                return block
            return _with_cells(block, lambda cell: _filled(cell, change))
        case Boundary() | Heading() | Paragraph() | Figure() | Gap() | PageBreak() | Contents():
            return block


def _filled(cell: Cell, change: Callable[[Block], Block]) -> Cell:
    blocks = _mapped(cell.blocks, change)
    return cell if blocks is cell.blocks else replace(cell, blocks=blocks)


def _linked(block: Block, labels: Mapping[str, str]) -> Block:
    match block:
        case Heading() | Paragraph():
            text = _settled(block.text, labels)
            return block if text is block.text else replace(block, text=text)
        case Table() if _points(_texts_in(block)):
            heads = _kept(block.columns, [_column(column, labels) for column in block.columns])
            return _with_cells(replace(block, columns=heads), lambda cell: _cell(cell, labels))
        case (
            Boundary() | ListBlock() | Table() | Figure() | Callout() | Gap() | PageBreak()
            | Contents()
        ):  # fmt: skip
            return block


def _texts_in(table: Table) -> Iterator[Inline]:
    yield from (column.head for column in table.columns)
    for row in table.rows:
        yield from (cell.text for cell in row)


def _with_cells(table: Table, change: Callable[[Cell], Cell]) -> Table:
    rows = _kept(table.rows, [_kept(row, [change(cell) for cell in row]) for row in table.rows])
    return table if rows is table.rows else replace(table, rows=rows)


def _column(column: Column, labels: Mapping[str, str]) -> Column:
    text = _settled(column.head, labels)
    return column if text is column.head else replace(column, head=text)


def _cell(cell: Cell, labels: Mapping[str, str]) -> Cell:
    text = _settled(cell.text, labels)
    return cell if text is cell.text else replace(cell, text=text)


def _settled(text: Inline, labels: Mapping[str, str]) -> Inline:
    return tuple(_settled_run(run, labels) for run in text) if _points([text]) else text


def _points(texts: Iterable[Inline]) -> bool:
    """True where some run links to a label; most texts do not, and stay as they are."""
    return any(run.link[:1] == "#" for text in texts for run in text)


def _settled_run(run: Run, labels: Mapping[str, str]) -> Run:
    if run.link[:1] != "#":
        return run
    label = run.link[1:]
    if label not in labels:
        return replace(run, link="")
    return run if run.text else replace(run, text=labels[label])


def _kept(old: tuple[_Part, ...], new: Sequence[_Part]) -> tuple[_Part, ...]:
    """The old parts where each new one is the old one: copying what did not change takes long."""
    return old if all(map(is_, old, new)) else tuple(new)
