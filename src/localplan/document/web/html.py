"""Write a document as one accessible web page that needs nothing beside itself."""

import base64
from collections.abc import Iterator

from localplan.document.anchors import Namer, label_name
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
from localplan.document.web.htmlstyle import STYLE
from localplan.document.web.svginline import inline_svg
from localplan.document.web.webtext import escape

_TITLES = frozenset({"title"})


def to_html(document: Document) -> str:
    """The whole page: skip link, banner, contents, plan, footer, all in one file."""
    writer = _Page(document)
    main = "".join(writer.block(block) for block in document.blocks)
    title = escape(document.title or "Local plan")
    named = any(isinstance(b, Paragraph) and b.look in _TITLES for b in document.blocks)
    heading = "" if named else f"<h1>{title}</h1>"
    mark = document.watermark
    banner = f'<p class="mark" role="note">{escape(mark)}</p>' if mark else ""
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(document.language)}">\n<head>\n'
        '<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title} - {escape(document.board)}</title>\n"
        f'<meta name="generator" content="localplan">\n{_identity(document)}'
        f"<style>\n{STYLE}</style>\n</head>\n<body>\n"
        '<a class="skip" href="#plan">Skip to the plan</a>\n'
        f"<header>\n{banner}<p>{_banner(document)}</p>\n</header>\n"
        f'<main id="plan" tabindex="-1">\n{heading}{main}</main>\n{_footer(document)}'
        "</body>\n</html>\n"
    )


def _identity(document: Document) -> str:
    if not document.draft_id:
        return ""
    return f'<meta name="localplan-draft" content="{escape(document.draft_id)}">\n'


def _banner(document: Document) -> str:
    return escape(" · ".join(part for part in (document.board, document.status) if part))


def _footer(document: Document) -> str:
    said = [document.footer, document.code]
    words = " · ".join(part for part in said if part)
    return f"<footer>\n<p>{escape(words)}</p>\n</footer>\n" if words else ""


class _Page:
    """Counts what needs a name of its own while blocks are written in order."""

    def __init__(self, document: Document) -> None:
        self._namer = Namer()
        self._figures = 0
        self._headings = 0
        self._listed = [b for b in document.blocks if isinstance(b, Heading) and b.listed]
        self._marks: list[str] = []
        self._labels: set[str] = set()

    def block(self, block: Block) -> str:  # noqa: C901, PLR0911 (one case for each kind of block)
        match block:
            case Boundary():
                self._marks.append(self._namer.of_boundary(block))
                return ""
            case Heading():
                return self._heading(block)
            case Paragraph():
                return self._paragraph(block)
            case ListBlock():
                return self._list(block)
            case Table():
                return self._table(block)
            case Figure():
                return self._figure(block)
            case Callout():
                return self._callout(block)
            case Gap():
                return self._gap(block)
            case PageBreak():
                return '<div class="page"></div>\n'
            case Contents():
                return self._contents(block.depth)

    def _places(self, label: str = "") -> str:
        """Empty elements that links and returned remarks can point at."""
        names, self._marks = self._marks, []
        if label and label not in self._labels:
            self._labels.add(label)
            names.append(label_name(label))
        return "".join(f'<a id="{name}"></a>' for name in names)

    def _heading(self, heading: Heading) -> str:
        place = self._places(heading.label)
        named = ""
        if heading.listed:
            self._headings += 1
            named = f' id="section-{self._headings}"'
        level = min(heading.level + 1, 6)
        number = f'<span class="number">{escape(heading.number)}</span> ' if heading.number else ""
        return f"<h{level}{named}>{place}{number}{_inline(heading.text)}</h{level}>\n"

    def _paragraph(self, block: Paragraph) -> str:
        text = self._places() + _inline(block.text)
        if block.look == "title":
            return f"<h1{_direction(block.text)}>{text}</h1>\n"
        look = "" if block.look == "body" else f' class="{block.look}"'
        return f"<p{look}{_direction(block.text)}>{text}</p>\n"

    def _list(self, block: ListBlock) -> str:
        tag = "ol" if block.ordered else "ul"
        start = f' start="{block.start}"' if block.ordered and block.start != 1 else ""
        items = "".join(f"<li>{self._item(item)}</li>\n" for item in block.items)
        return f"<{tag}{start}>\n{items}</{tag}>\n"

    def _item(self, item: tuple[Block, ...]) -> str:
        if len(item) == 1 and isinstance(item[0], Paragraph):
            return self._places() + _inline(item[0].text)
        return "".join(self.block(block) for block in item)

    def _table(self, table: Table) -> str:
        place = self._places(table.label)
        numbered = f"<b>{escape(table.number)}.</b> " if table.number else ""
        said = f"<span>{numbered}{escape(table.caption)}</span>"
        caption = f"<caption>{said}</caption>" if table.caption else ""
        name = table.caption or table.description or "Table"
        head = _head(table.columns) if table.head else ""
        rows = "".join(self._row(table, row) for row in table.rows)
        about = f' aria-description="{escape(table.description)}"' if table.description else ""
        kind = ' class="dense"' if table.dense else "" if table.head else ' class="form"'
        return (
            f'{place}<div class="wide" role="region" aria-label="{escape(name)}" tabindex="0">\n'
            f"<table{kind}{about}>{caption}{head}<tbody>{rows}</tbody></table>\n</div>\n"
            f"{_source(table.source)}"
        )

    def _row(self, table: Table, row: tuple[Cell, ...]) -> str:
        cells = ""
        for index, column in enumerate(table.columns):
            cell = row[index] if index < len(row) else Cell(())
            place = f'<a id="{self._namer.of_cell(cell.path)}"></a>' if cell.path else ""
            inner = _inline(cell.text)
            if cell.blocks:
                inner = "".join(self.block(block) for block in cell.blocks)
            tag = 'th scope="row"' if index == 0 and inner else "td"
            cells += f"<{tag}{_align(column)}>{place}{inner}</{tag[:2]}>"
        return f"<tr>{cells}</tr>\n"

    def _figure(self, figure: Figure) -> str:
        self._figures += 1
        place = self._places(figure.label)
        numbered = f"<b>{escape(figure.number)}.</b> " if figure.number else ""
        caption = f"<figcaption>{numbered}{escape(figure.caption)}</figcaption>\n"
        return (
            f"<figure>{place}\n{self._picture(figure)}\n{caption if figure.caption else ''}"
            f"{_source(figure.source)}</figure>\n"
        )

    def _picture(self, figure: Figure) -> str:
        alt = figure.alt or figure.caption or "Picture"
        if figure.svg:
            drawn = inline_svg(
                figure.svg, name=f"figure-{self._figures}", title=figure.caption, description=alt
            )
            if drawn:
                return drawn
        if not figure.png:
            return f'<p class="note">{escape(alt)}</p>'
        kind = "jpeg" if figure.png.startswith(b"\xff\xd8") else "png"
        content = base64.b64encode(figure.png).decode()
        return f'<img src="data:image/{kind};base64,{content}" alt="{escape(alt)}">'

    def _callout(self, block: Callout) -> str:
        inner = "".join(self.block(inner) for inner in block.blocks)
        title = f'<p class="boxtitle">{escape(block.title)}</p>\n' if block.title else ""
        label = f' aria-label="{escape(block.title)}"' if block.title else ""
        return f'<aside class="box {block.kind}"{label}>\n{title}{inner}</aside>\n'

    def _gap(self, block: Gap) -> str:
        lines = [f"<b>To do:</b> <b>{escape(block.what)}</b>", escape(block.why)]
        lines += [f"Owner: {escape(block.owner)}" if block.owner else ""]
        lines += [f"Due: {escape(block.due)}" if block.due else ""]
        inner = "<br>".join(line for line in lines if line)
        return f'<p class="gap">{self._places()}{inner}</p>\n'

    def _contents(self, depth: int) -> str:
        return f'<nav aria-label="Contents">\n{"".join(self._entries(depth))}</nav>\n'

    def _entries(self, depth: int) -> Iterator[str]:
        """Nested lists, one level of list for each level of heading that is there."""
        level = 0
        for number, heading in enumerate(self._listed, start=1):
            if heading.level > depth:
                continue
            wanted = min(heading.level, level + 1)
            if wanted > level:
                yield "<ul>\n"
            else:
                yield "</li>\n" + "</ul>\n</li>\n" * (level - wanted)
            level = wanted
            shown = f"{escape(heading.number)} {_bare(heading.text)}".strip()
            yield f'<li><a href="#section-{number}">{shown}</a>'
        yield "</li>\n</ul>\n" * level


def _head(columns: tuple[Column, ...]) -> str:
    cells = "".join(f'<th scope="col"{_align(c)}>{_inline(c.head)}</th>' for c in columns)
    return f"<thead><tr>{cells}</tr></thead>"


def _align(column: Column) -> str:
    return "" if column.align == "left" else f' class="{column.align}"'


def _source(source: str) -> str:
    return f'<p class="source">{escape(source)}</p>\n' if source else ""


def _direction(text: Inline) -> str:
    return "" if all(run.text.isascii() for run in text) else ' dir="auto"'


def _bare(text: Inline) -> str:
    return "".join(escape(run.text) for run in text)


def _inline(text: Inline) -> str:
    return "".join(_run(run) for run in text)


def _run(run: Run) -> str:
    inner = escape(run.text).replace("\n", "<br>")
    if run.italic:
        inner = f"<em>{inner}</em>"
    if run.bold:
        inner = f"<strong>{inner}</strong>"
    if run.link.startswith("#"):
        return f'<a href="#{label_name(run.link[1:])}">{inner}</a>'
    if run.link.lower().startswith(("http://", "https://", "mailto:")):
        return f'<a href="{escape(run.link)}">{inner}</a>'
    return inner
