"""Turn markdown-it's flat tokens into blocks, without recursion, however deep people nest."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from localplan.document.blocks import (
    Align,
    Block,
    Cell,
    Column,
    Figure,
    Heading,
    Inline,
    ListBlock,
    Paragraph,
    Run,
    Table,
    merged,
    trimmed,
)

_DEEPEST = 9
"""List levels that Word knows; deeper items join the ninth."""
_WEB = ("http://", "https://", "mailto:", "#")


@dataclass(slots=True)
class _List:
    ordered: bool
    start: int
    items: list[list[Block]] = field(default_factory=list)


@dataclass(slots=True)
class _Rows:
    aligns: list[Align] = field(default_factory=list)
    rows: list[list[Cell]] = field(default_factory=list)


def blocks_of(
    tokens: Iterable[Any], pictures: Callable[[str], bytes | None] | None
) -> tuple[Block, ...]:
    """The blocks that a stream of block tokens stands for."""
    reader = _Reader(pictures)
    for token in tokens:
        reader.take(token)
    return tuple(reader.blocks)


def inline_of(tokens: Sequence[Any]) -> Inline:
    """The runs that inline tokens stand for; a picture among words is its alt text."""
    runs: list[Run] = []
    bold = italic = 0
    links: list[str] = []
    for token in tokens:
        match token.type:
            case "strong_open":
                bold += 1
            case "strong_close":
                bold -= 1
            case "em_open":
                italic += 1
            case "em_close":
                italic -= 1
            case "link_open":
                links.append(str(token.attrs.get("href", "")))
            case "link_close":
                link = links.pop()
                if link.startswith("#"):  # without words of its own it prints what it points at
                    runs.append(Run("", bold > 0, italic > 0, link))
            case _:
                link = links[-1] if links and links[-1].lower().startswith(_WEB) else ""
                runs.append(Run(_text_of(token), bold > 0, italic > 0, link))
    return merged(run for run in runs if run.text or run.link.startswith("#"))


def _text_of(token: Any) -> str:
    match token.type:
        case "softbreak":
            return " "
        case "hardbreak":
            return "\n"
        case _:
            return str(token.content)


class _Reader:
    """Holds the lists and tables that are open while tokens go by."""

    def __init__(self, pictures: Callable[[str], bytes | None] | None) -> None:
        self.blocks: list[Block] = []
        self._pictures = pictures
        self._lists: list[_List] = []
        self._table: _Rows | None = None
        self._heading = 0
        self._too_deep = 0

    def take(self, token: Any) -> None:
        match token.type:
            case "bullet_list_open" | "ordered_list_open":
                self._open_list(token)
            case "bullet_list_close" | "ordered_list_close":
                self._close_list()
            case "list_item_open":
                self._lists[-1].items.append([])
            case "heading_open":
                self._heading = int(token.tag[1:])
            case "table_open":
                self._table = _Rows()
            case "tr_open" if self._table is not None:
                self._table.rows.append([])
            case "th_open" if self._table is not None:
                self._table.aligns.append(_align_of(token))
            case "table_close":
                self._close_table()
            case "inline":
                self._inline(token)
            case _:
                pass

    def _open_list(self, token: Any) -> None:
        if len(self._lists) >= _DEEPEST:
            self._too_deep += 1
            return
        ordered = token.type.startswith("ordered")
        self._lists.append(_List(ordered, int(token.attrs.get("start", 1))))

    def _close_list(self) -> None:
        if self._too_deep:
            self._too_deep -= 1
            return
        closed = self._lists.pop()
        items = tuple(tuple(item) for item in closed.items if item)
        if items:
            self._add(ListBlock(items, closed.ordered, closed.start))

    def _close_table(self) -> None:
        table, self._table = self._table, None
        if table is None or not table.rows:
            return
        heads = table.rows[0]
        columns = tuple(
            Column(cell.text, align) for cell, align in zip(heads, table.aligns, strict=True)
        )
        self._add(Table(columns, tuple(tuple(row) for row in table.rows[1:])))

    def _inline(self, token: Any) -> None:
        children = token.children or []
        if self._table is not None:
            self._table.rows[-1].append(Cell(trimmed(inline_of(children))))
            return
        if self._heading:
            self._add(Heading(self._heading, inline_of(children)))
            self._heading = 0
            return
        figures = [figure for child in children if (figure := self._figure(child)) is not None]
        words = (
            [child for child in children if self._figure(child) is None] if figures else children
        )
        text = trimmed(inline_of(words))
        if any(run.text for run in text):
            self._add(Paragraph(text))
        for figure in figures:
            self._add(figure)

    def _figure(self, token: Any) -> Figure | None:
        if token.type != "image" or self._pictures is None:
            return None
        data = self._pictures(str(token.attrs.get("src", "")))
        if not data:
            return None
        title = str(token.attrs.get("title", ""))
        return Figure(caption=title, alt=str(token.content) or title, png=data)

    def _add(self, block: Block) -> None:
        if self._lists:
            items = self._lists[-1].items
            if not items:
                items.append([])
            items[-1].append(block)
        else:
            self.blocks.append(block)


def _align_of(token: Any) -> Align:
    style = str(token.attrs.get("style", ""))
    if style.endswith("right"):
        return "right"
    return "center" if style.endswith("center") else "left"
