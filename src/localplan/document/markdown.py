"""Write a document, or a part of one, as Markdown.

Whole documents are for version control, for other programs and for golden files; everything that
another program might take for structure is escaped. An answer goes back among the answers as a
person would have typed it: only what our own reader would take for structure is escaped.
"""

import re
from collections.abc import Iterator
from typing import Literal, TypeAlias

from localplan.document import markup
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

Escape: TypeAlias = Literal["minimal", "full"]

_SPECIAL = re.compile(r"([\\`*_\[\]<|]|&(?=[#a-zA-Z][a-zA-Z0-9]*;))")
_LINE_START = re.compile(
    r"^(\s*)(#{1,6}(?=\s|$)|>|[-+=~](?=\s|$|[-=~])|\d{1,9}(?=[.)](?:\s|$)))", re.MULTILINE
)
_OWN_SPECIAL = re.compile(r"([\\*_\[\]!|])")
_OWN_LINE_START = re.compile(r"^(\s*)([-+](?=\s|$)|\d{1,9}(?=[.)](?:\s|$)))", re.MULTILINE)
"""The same for our own reader, to which headings, quotes, code and HTML are only letters."""
_REFUSED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff\ud800-\udfff]")
_ENDING = re.compile(r"(?:\\\n\s*)+$")
_RULES = {"left": "---", "right": "---:", "center": ":---:"}


def to_markdown(document: Document) -> str:
    """Return the document as CommonMark with pipe tables; nothing typed becomes structure."""
    writer = _Writer("full")
    named = any(isinstance(b, Paragraph) and b.look == "title" for b in document.blocks)
    pieces = [] if named or not document.title else [f"# {writer.words(document.title)}"]
    listed = [b for b in document.blocks if isinstance(b, Heading) and b.listed]
    for block in document.blocks:
        if isinstance(block, Contents):
            made = writer.contents(listed, block.depth)
        else:
            made = writer.block(block)
        if made:
            pieces.append(made)
    if document.footer:
        pieces.append(f"*{writer.words(document.footer)}*")
    return "\n\n".join(pieces) + "\n"


def written(block: Block, *, escape: Escape) -> str:
    """Return one block as Markdown.

    With `minimal` a paragraph, list or table reads back by `markup.parse` as the same block.
    """
    return _Writer(escape).block(block)


class _Writer:
    """Writes one block after another, escaping as much as the reader of the text needs."""

    def __init__(self, escape: Escape) -> None:
        self._minimal = escape == "minimal"
        self._special = _OWN_SPECIAL if self._minimal else _SPECIAL
        self._line_start = _OWN_LINE_START if self._minimal else _LINE_START
        self._break = " " if self._minimal else "<br>"
        """What stands for a line break in a heading or a cell; HTML means nothing to our reader."""

    def block(self, block: Block) -> str:  # noqa: PLR0911 (one case for each kind of block)
        match block:
            case Boundary() | PageBreak() | Contents():
                return ""
            case Heading():
                number = f"{self.words(block.number)} " if block.number else ""
                return f"{'#' * min(block.level + 1, 6)} {number}{self._line(block.text)}"
            case Paragraph():
                return self._paragraph(block)
            case ListBlock():
                return "\n".join(self._items(block))
            case Table():
                return self._table(block)
            case Figure():
                return self._figure(block)
            case Callout():
                title = [f"**{self.words(block.title)}**"] if block.title else []
                return _quoted([*title, *self._blocks(block.blocks)])
            case Gap():
                return self._gap(block)

    def contents(self, listed: list[Heading], depth: int) -> str:
        lines: list[str] = []
        for heading in listed:
            if heading.level <= depth:
                number = f"{self.words(heading.number)} " if heading.number else ""
                lines.append(f"{'  ' * (heading.level - 1)}- {number}{self._line(heading.text)}")
        return "\n".join(lines)

    def words(self, value: str) -> str:
        """A text without looks, escaped."""
        return self._special.sub(r"\\\1", self._clean(value))

    def _clean(self, value: str) -> str:
        if self._minimal:
            return value.replace("\t", " ")
        return _REFUSED.sub("", value).replace("\r", " ")

    def _blocks(self, blocks: tuple[Block, ...]) -> list[str]:
        return [made for block in blocks if (made := self.block(block))]

    def _paragraph(self, block: Paragraph) -> str:
        if self._minimal:
            plain = self._runs(block.text, escaped=False)
            if markup.parse(plain) == (Paragraph(block.text),):
                return plain
        text = _ENDING.sub("", self._runs(block.text)).strip()
        match block.look:
            case "title":
                return f"# {self._line(block.text)}"
            case "runin" | "prompt" | "status" | "caption":
                return _wrapped(text, "**")
            case "source" | "note":
                return _wrapped(text, "*")
            case "body" | "lead" | "subtitle" | "cover":
                return text

    def _items(self, block: ListBlock) -> Iterator[str]:
        for number, item in enumerate(block.items, start=block.start):
            marker = f"{number}. " if block.ordered else "- "
            text = ""
            for inner in item:
                made = self.block(inner)
                if text and made:
                    text += "\n" if _may_follow_at_once(inner) else "\n\n"
                text += made
            yield marker + re.sub(r"\n(?=[^\n])", "\n" + " " * len(marker), text)

    def _table(self, table: Table) -> str:
        above = [self._numbered(table.number, table.caption)] if table.caption else []
        heads = _row([self._cell_line(column.head) for column in table.columns])
        rules = _row([_RULES[column.align] for column in table.columns])
        rows = [
            _row([self._cell(cell) for cell in _filled(row, table.columns)]) for row in table.rows
        ]
        beneath = [f"*{self.words(table.source)}*"] if table.source else []
        return "\n\n".join([*above, "\n".join([heads, rules, *rows]), *beneath])

    def _cell(self, cell: Cell) -> str:
        if not cell.blocks:
            return self._cell_line(cell.text)
        return re.sub(r"\s*\n\s*", self._break, "\n".join(self._blocks(cell.blocks)))

    def _cell_line(self, text: Inline) -> str:
        if self._minimal:
            plain = self._runs(text, escaped=False)
            if "|" not in plain and markup.parse_inline(plain) == text:
                return self._on_one_line(plain)
        return self._line(text)

    def _figure(self, figure: Figure) -> str:
        picture = f"*Picture: {self.words(figure.alt or figure.caption)}*"
        beneath = [self._numbered(figure.number, figure.caption)] if figure.caption else []
        beneath += [f"*{self.words(figure.source)}*"] if figure.source else []
        return "\n\n".join([picture, *beneath])

    def _numbered(self, number: str, caption: str) -> str:
        counted = f"{self.words(number)}. " if number else ""
        return f"**{counted}{self.words(caption)}**"

    def _gap(self, gap: Gap) -> str:
        lines = [f"**To do:** {self.words(gap.what)}", self.words(gap.why)]
        lines += [f"Owner: {self.words(gap.owner)}" if gap.owner else ""]
        lines += [f"Due: {self.words(gap.due)}" if gap.due else ""]
        return _quoted(["  \n".join(line for line in lines if line)])

    def _line(self, text: Inline) -> str:
        """Runs on one line, as headings and table cells need them."""
        return self._on_one_line(self._runs(text))

    def _on_one_line(self, lines: str) -> str:
        return lines.replace("\\\n", self._break).replace("\n", " ")

    def _runs(self, text: Inline, *, escaped: bool = True) -> str:
        """Runs with their looks; no line begins like a heading, a list or a rule."""
        lines = "".join([self._run(run, escaped=escaped) for run in text])
        return self._line_start.sub(_escape_start, lines) if escaped else lines

    def _run(self, run: Run, *, escaped: bool) -> str:
        text = self.words(run.text) if escaped else self._clean(run.text)
        bare = text.strip()
        mark = ("**" if run.bold else "") + ("*" if run.italic else "")
        if mark and bare:
            # Markdown wants the marks close to the words.
            text = text.replace(bare, f"{mark}{bare}{mark}", 1)
        text = re.sub(r"\n *", r"\\\n", text)
        if not run.link or run.link.startswith("#"):
            return text
        return f"[{text}]({self._address(run.link)})"

    def _address(self, link: str) -> str:
        if self._minimal:
            return f"<{link}>" if re.search(r"[\s()]", link) else link
        return f"<{_REFUSED.sub('', link).replace('<', '%3C').replace('>', '%3E')}>"


def _may_follow_at_once(block: Block) -> bool:
    """True for a list that needs no blank line before it: with bullets, or counted from 1."""
    return isinstance(block, ListBlock) and (not block.ordered or block.start == 1)


def _wrapped(text: str, mark: str) -> str:
    return f"{mark}{text}{mark}" if text.strip() and mark not in text else text


def _filled(row: tuple[Cell, ...], columns: tuple[Column, ...]) -> tuple[Cell, ...]:
    return row[: len(columns)] + (Cell(()),) * (len(columns) - len(row))


def _row(cells: list[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _quoted(pieces: list[str]) -> str:
    text = "\n\n".join(pieces)
    return "\n".join(f"> {line}" if line.strip() else ">" for line in text.split("\n"))


def _escape_start(found: re.Match[str]) -> str:
    space, marker = found.groups()
    return f"{space}{marker}\\" if marker.isdigit() else f"{space}\\{marker}"
