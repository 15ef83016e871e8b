"""Write a document as Markdown: for version control, for other programs, and for golden files."""

import re

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

_SPECIAL = re.compile(r"([\\`*_\[\]<|]|&(?=[#a-zA-Z][a-zA-Z0-9]*;))")
_LINE_START = re.compile(r"^(\s*)(#{1,6}(?=\s|$)|>|[-+=~](?=\s|$|[-=~])|\d{1,9}(?=[.)](?:\s|$)))")
_REFUSED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff\ud800-\udfff]")
_ENDING = re.compile(r"(?:\\\n\s*)+$")
_RULES = {"left": "---", "right": "---:", "center": ":---:"}


def to_markdown(document: Document) -> str:
    """The document as CommonMark with pipe tables; nothing typed becomes structure."""
    named = any(isinstance(b, Paragraph) and b.look == "title" for b in document.blocks)
    pieces = [] if named or not document.title else [f"# {_text(document.title)}"]
    listed = [b for b in document.blocks if isinstance(b, Heading) and b.listed]
    for block in document.blocks:
        written = _contents(listed, block.depth) if isinstance(block, Contents) else _block(block)
        if written:
            pieces.append(written)
    if document.footer:
        pieces.append(f"*{_text(document.footer)}*")
    return "\n\n".join(pieces) + "\n"


def _block(block: Block) -> str:  # noqa: PLR0911 (one case for each kind of block)
    match block:
        case Boundary() | PageBreak() | Contents():
            return ""
        case Heading():
            number = f"{_text(block.number)} " if block.number else ""
            return f"{'#' * min(block.level + 1, 6)} {number}{_line(block.text)}"
        case Paragraph():
            return _paragraph(block)
        case ListBlock():
            return _list(block)
        case Table():
            return _table(block)
        case Figure():
            return _figure(block)
        case Callout():
            title = [f"**{_text(block.title)}**"] if block.title else []
            return _quoted([*title, *_blocks(block.blocks)])
        case Gap():
            return _gap(block)


def _blocks(blocks: tuple[Block, ...]) -> list[str]:
    return [written for block in blocks if (written := _block(block))]


def _paragraph(block: Paragraph) -> str:
    text = _safe_start(_ENDING.sub("", _inline(block.text)).strip())
    match block.look:
        case "title":
            return f"# {_line(block.text)}"
        case "runin" | "prompt" | "status" | "caption":
            return _wrapped(text, "**")
        case "source" | "note":
            return _wrapped(text, "*")
        case "body" | "lead" | "subtitle" | "cover":
            return text


def _wrapped(text: str, mark: str) -> str:
    return f"{mark}{text}{mark}" if text.strip() and mark not in text else text


def _list(block: ListBlock) -> str:
    lines: list[str] = []
    for number, item in enumerate(block.items, start=block.start):
        marker = f"{number}. " if block.ordered else "- "
        inner = "\n\n".join(_blocks(item))
        if len(item) == 2 and isinstance(item[1], ListBlock):  # noqa: PLR2004 (text and a list under it)
            inner = "\n".join(_blocks(item))
        indented = inner.replace("\n", "\n" + " " * len(marker))
        lines.append(marker + re.sub(r"^ +$", "", indented, flags=re.MULTILINE))
    return "\n".join(lines)


def _table(table: Table) -> str:
    above = [_numbered(table.number, table.caption)] if table.caption else []
    rules = "| " + " | ".join(_RULES[column.align] for column in table.columns) + " |"
    lines = [_row([_line(column.head) for column in table.columns]), rules]
    lines += [_row([_cell(cell) for cell in _filled(row, table.columns)]) for row in table.rows]
    beneath = [f"*{_text(table.source)}*"] if table.source else []
    return "\n\n".join([*above, "\n".join(lines), *beneath])


def _filled(row: tuple[Cell, ...], columns: tuple[Column, ...]) -> tuple[Cell, ...]:
    return row[: len(columns)] + (Cell(()),) * (len(columns) - len(row))


def _row(cells: list[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _cell(cell: Cell) -> str:
    if not cell.blocks:
        return _line(cell.text)
    written = "\n".join(_blocks(cell.blocks))
    return re.sub(r"\s*\n\s*", "<br>", written)


def _figure(figure: Figure) -> str:
    picture = f"*Picture: {_text(figure.alt or figure.caption)}*"
    beneath = [_numbered(figure.number, figure.caption)] if figure.caption else []
    beneath += [f"*{_text(figure.source)}*"] if figure.source else []
    return "\n\n".join([picture, *beneath])


def _numbered(number: str, caption: str) -> str:
    return f"**{_text(number)}. {_text(caption)}**" if number else f"**{_text(caption)}**"


def _gap(gap: Gap) -> str:
    lines = [f"**To do:** {_text(gap.what)}", _text(gap.why)]
    lines += [f"Owner: {_text(gap.owner)}" if gap.owner else ""]
    lines += [f"Due: {_text(gap.due)}" if gap.due else ""]
    return _quoted(["  \n".join(line for line in lines if line)])


def _quoted(pieces: list[str]) -> str:
    text = "\n\n".join(pieces)
    return "\n".join(f"> {line}" if line.strip() else ">" for line in text.split("\n"))


def _contents(listed: list[Heading], depth: int) -> str:
    lines = [
        f"{'  ' * (heading.level - 1)}- {_text(heading.number)} {_line(heading.text)}"
        if heading.number
        else f"{'  ' * (heading.level - 1)}- {_line(heading.text)}"
        for heading in listed
        if heading.level <= depth
    ]
    return "\n".join(lines)


def _line(text: Inline) -> str:
    """Runs on one line, as headings and table cells need them."""
    return _inline(text).replace("\\\n", "<br>").replace("\n", " ")


def _inline(text: Inline) -> str:
    return "".join(_run(run) for run in text)


def _run(run: Run) -> str:
    mark = ("**" if run.bold else "") + ("*" if run.italic else "")
    inner = "\\\n".join(_marked(line, mark) for line in run.text.split("\n"))
    if run.link and not run.link.startswith("#"):
        address = _REFUSED.sub("", run.link).replace("<", "%3C").replace(">", "%3E")
        return f"[{inner}](<{address}>)"
    return inner


def _marked(line: str, mark: str) -> str:
    """One line of a run, its marks close to the words as Markdown wants them."""
    text = _safe_start(_text(line))
    bare = text.strip()
    return text.replace(bare, f"{mark}{bare}{mark}", 1) if mark and bare else text


def _safe_start(text: str) -> str:
    """The text, where a line would otherwise begin a heading, a list or a rule."""
    return _LINE_START.sub(_escape_start, text)


def _escape_start(found: re.Match[str]) -> str:
    space, marker = found.groups()
    return f"{space}{marker}\\" if marker.isdigit() else f"{space}\\{marker}"


def _text(value: str) -> str:
    return _SPECIAL.sub(r"\\\1", _REFUSED.sub("", value)).replace("\r", " ")
