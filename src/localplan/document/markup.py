"""Read the Markdown that people type into blocks.

Paragraphs, lists, bold, italic, links, tables and pictures mean what they look like. Everything
else (headings, HTML, entities, code, rules) stays the text that was typed.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import accumulate
from typing import TYPE_CHECKING, Any, TypeAlias

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

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

Pictures: TypeAlias = Callable[[str], bytes | None]
"""Gives the bytes of a picture by the address that was typed, or None where there is none."""

_CONTROL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff\ud800-\udfff\ue000-\uf8ff]"
)
_BREAKS = re.compile("\r\n?|[\x85\u2028\u2029\x0b\x0c]")
_BLANK = re.compile(r"\n(?:[ \t]*\n)+")
_MARKER = re.compile(r"[ \t]*(?:[-+*]|\d{1,9}[.)])(?:[ \t]|$)")
_SPECIAL = ("*", "_", "[", "\\", "  \n")
_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
_WHITESPACE = re.compile(r"\s+")
_LINK = re.compile(r"(?:https?://|mailto:)\S", re.IGNORECASE)
_DEEPEST_LIST = 9
"""List levels that Word knows; deeper items join the ninth."""
_WEB = ("http://", "https://", "mailto:", "#")
_DEEPEST_NESTING = 380
"""Levels that markdown-it may nest before a text is taken line by line instead."""
_MOST_OPEN = 50
"""Brackets open at once; markdown-it calls itself thrice for each, and 300 were too many."""


def parse(text: str, *, pictures: Pictures | None = None) -> tuple[Block, ...]:
    """The blocks of a long answer; most paragraphs never need the full parser."""
    blocks: list[Block] = []
    for stretch, plain in _stretches(clean(text)):
        if plain:
            blocks.extend(_paragraph(stretch, pictures))
        else:
            blocks.extend(_structured(stretch, pictures))
    return tuple(blocks)


def parse_fully(text: str, *, pictures: Pictures | None = None) -> tuple[Block, ...]:
    """The same blocks by the full parser alone; tests hold `parse` against it."""
    blocks: list[Block] = []
    for stretch, pasted in _pasted_apart(clean(text)):
        blocks.extend([_spreadsheet(stretch)] if pasted else _fully(stretch, pictures))
    return tuple(blocks)


def parse_template(text: str, *, pictures: Pictures | None = None) -> tuple[Block, ...]:
    """The blocks of a rendered template, where headings and links to labels are structure."""
    return _blocks_of(_parser(template=True).parse(text), pictures)


def parse_inline(text: str) -> Inline:
    """One paragraph's worth of text as runs: bold, italic and links."""
    text = clean(text).strip()
    if not _is_marked(text):
        return (Run(_folded(text)),) if text else ()
    token = _parser(template=False).parseInline(text)[0]
    return _inline_of(token.children or [])


def escape(text: str) -> str:
    """Text on one line that a template can print without any of it becoming structure."""
    return _PUNCTUATION.sub(r"\\\1", _WHITESPACE.sub(" ", clean(text)).strip())


def clean(text: str) -> str:
    """Text with every kind of line end a newline, and without characters no document can hold."""
    if text.replace("\n", "").isprintable():
        return text
    return _CONTROL.sub("", _BREAKS.sub("\n", text))


def _stretches(text: str) -> Iterator[tuple[str, bool]]:
    """The text in stretches: a plain paragraph (True), or what the full parser must see whole."""
    held: list[str] = []
    for part in _BLANK.split(text):
        if not part.strip(" \t\n"):
            continue
        if _is_pasted(part) or not _is_plain(part, after_list=bool(held)):
            held.append(part)
            continue
        if held:
            yield "\n\n".join(held), False
            held = []
        yield part, True
    if held:
        yield "\n\n".join(held), False


def _is_plain(part: str, *, after_list: bool) -> bool:
    if "|" in part or any(map(_MARKER.match, part.split("\n"))):
        return False
    return not (after_list and part.lstrip("\n")[0] in " \t")


def _structured(text: str, pictures: Pictures | None) -> Iterator[Block]:
    for stretch, pasted in _pasted_apart(text):
        if pasted:
            yield _spreadsheet(stretch)
        else:
            yield from _tokens(stretch, pictures)


def _paragraph(text: str, pictures: Pictures | None) -> tuple[Block, ...]:
    if _is_marked(text):
        return _blocks_of(_parser(template=False).parseInline(text.strip()), pictures)
    text = text.strip()
    return (Paragraph((Run(_folded(text)),)),) if text else ()


def _tokens(text: str, pictures: Pictures | None) -> tuple[Block, ...]:
    try:
        tokens = _block_parser().parse(text)
    except RecursionError:
        return _line_by_line(text)
    if any(token.level >= _DEEPEST_NESTING for token in tokens):
        return _line_by_line(text)
    for token in tokens:
        if token.type == "inline":
            token.children = _inline_tokens(token)
    return _blocks_of(tokens, pictures)


def _inline_tokens(token: "Token") -> "list[Token] | None":
    """The inline parser is asked only where a special character is."""
    if _is_marked(token.content):
        return _parser(template=False).parseInline(token.content)[0].children
    return [type(token)("text", "", 0, content=_folded(token.content), level=token.level)]


def _fully(text: str, pictures: Pictures | None) -> tuple[Block, ...]:
    try:
        tokens = _parser(template=False).parse(text)
    except RecursionError:
        return _line_by_line(text)
    too_deep = any(token.level >= _DEEPEST_NESTING for token in tokens)
    return _line_by_line(text) if too_deep else _blocks_of(tokens, pictures)


def _is_marked(text: str) -> bool:
    """True where something in the text may mean more than itself."""
    return any(mark in text for mark in _SPECIAL) and not _opens_too_often(text)


def _opens_too_often(text: str) -> bool:
    """True where more brackets stand open at once than anyone nests: they are only letters."""
    if text.count("[") <= _MOST_OPEN:
        return False
    depths = accumulate((mark == "[") - (mark == "]") for mark in text)
    return max(depths) > _MOST_OPEN


def _folded(text: str) -> str:
    """Stripped text on one line, as a paragraph that was wrapped by hand is read."""
    return " ".join([line.lstrip(" \t").rstrip(" ") for line in text.split("\n")])


def _line_by_line(text: str) -> tuple[Block, ...]:
    lines = (line.strip() for line in text.split("\n"))
    return tuple(Paragraph((Run(line),)) for line in lines if line)


def _pasted_apart(text: str) -> Iterator[tuple[str, bool]]:
    """The text with every table pasted from a spreadsheet (True) set apart."""
    held: list[str] = []
    for part in _BLANK.split(text):
        if not _is_pasted(part):
            held.append(part)
            continue
        if held:
            yield "\n\n".join(held), False
            held = []
        yield part.strip("\n"), True
    if held:
        yield "\n\n".join(held), False


def _is_pasted(part: str) -> bool:
    """True where two lines or more are cut by the same number of inner tabs."""
    if "\t" not in part:
        return False
    lines = part.strip("\n").split("\n")
    tabs = lines[0].count("\t")
    same = len(lines) > 1 and tabs > 0 and all(line.count("\t") == tabs for line in lines)
    return same and bool(lines[0].strip()) and not any(_is_indented(line) for line in lines)


def _is_indented(line: str) -> bool:
    return not line.lstrip("\t").count("\t") and line.startswith("\t")


def _spreadsheet(text: str) -> Table:
    rows = [line.split("\t") for line in text.split("\n")]
    columns = tuple(Column(_plain(head)) for head in rows[0])
    cells = tuple(tuple(Cell(_plain(value)) for value in row) for row in rows[1:])
    return Table(columns, cells)


def _plain(text: str) -> Inline:
    return (Run(text.strip()),) if text.strip() else ()


@cache
def _block_parser() -> "MarkdownIt":
    parser = _new_parser(template=False)
    parser.core.ruler.disable(["inline", "text_join"])
    return parser


@cache
def _parser(*, template: bool) -> "MarkdownIt":
    return _new_parser(template=template)


def _new_parser(*, template: bool) -> "MarkdownIt":
    from markdown_it import MarkdownIt  # noqa: PLC0415 (slow to import; plain answers never need it)

    parser = MarkdownIt("zero", {"maxNesting": 400})
    parser.enable(["list", "table", "newline", "escape", "emphasis", "link", "image"])
    if template:
        parser.enable(["heading"])
    parser.inline.terminator_re = re.compile(r"[\n\\*_\[\]!]")
    allowed = re.compile(_LINK.pattern + "|#", re.IGNORECASE) if template else _LINK
    parser.validateLink = lambda url: bool(allowed.match(url)) or _is_picture(url)  # type: ignore[method-assign]
    return parser


def _is_picture(url: str) -> bool:
    """True for the relative address of a picture file, never for a scheme or a parent folder."""
    named = re.fullmatch(r"[^:?#]+\.(?:png|jpe?g)", url, re.IGNORECASE)
    return bool(named) and ".." not in url and not url.startswith(("/", "\\", "%"))


def _blocks_of(
    tokens: Iterable[Any], pictures: Callable[[str], bytes | None] | None
) -> tuple[Block, ...]:
    """The blocks that a stream of block tokens stands for."""
    reader = _Reader(pictures)
    for token in tokens:
        reader.take(token)
    return tuple(reader.blocks)


def _inline_of(tokens: Sequence[Any]) -> Inline:
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


@dataclass(slots=True)
class _List:
    ordered: bool
    start: int
    items: list[list[Block]] = field(default_factory=list)


@dataclass(slots=True)
class _Rows:
    aligns: list[Align] = field(default_factory=list)
    rows: list[list[Cell]] = field(default_factory=list)


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
        if len(self._lists) >= _DEEPEST_LIST:
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
            self._table.rows[-1].append(Cell(trimmed(_inline_of(children))))
            return
        if self._heading:
            self._add(Heading(self._heading, _inline_of(children)))
            self._heading = 0
            return
        figures = [figure for child in children if (figure := self._figure(child)) is not None]
        words = (
            [child for child in children if self._figure(child) is None] if figures else children
        )
        text = trimmed(_inline_of(words))
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
