"""Read the Markdown that people type into blocks.

Paragraphs, lists, bold, italic, links, tables and pictures mean what they look like. Everything
else (headings, HTML, entities, code, rules) stays the text that was typed.
"""

import re
from collections.abc import Callable, Iterator
from functools import cache
from itertools import accumulate
from typing import TYPE_CHECKING, TypeAlias

from localplan.document.blocks import Block, Cell, Column, Inline, Paragraph, Run, Table
from localplan.document.marktokens import blocks_of, inline_of

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
_DEEPEST = 380
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
    return blocks_of(_parser(template=True).parse(text), pictures)


def parse_inline(text: str) -> Inline:
    """One paragraph's worth of text as runs: bold, italic and links."""
    text = clean(text).strip()
    if not _is_marked(text):
        return (Run(_folded(text)),) if text else ()
    token = _parser(template=False).parseInline(text)[0]
    return inline_of(token.children or [])


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
        return blocks_of(_parser(template=False).parseInline(text.strip()), pictures)
    text = text.strip()
    return (Paragraph((Run(_folded(text)),)),) if text else ()


def _tokens(text: str, pictures: Pictures | None) -> tuple[Block, ...]:
    try:
        tokens = _block_parser().parse(text)
    except RecursionError:
        return _line_by_line(text)
    if any(token.level >= _DEEPEST for token in tokens):
        return _line_by_line(text)
    for token in tokens:
        if token.type == "inline":
            token.children = _inline_tokens(token)
    return blocks_of(tokens, pictures)


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
    too_deep = any(token.level >= _DEEPEST for token in tokens)
    return _line_by_line(text) if too_deep else blocks_of(tokens, pictures)


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
