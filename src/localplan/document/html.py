"""Write a document as one accessible web page that needs nothing beside itself."""

import base64
import html
import re
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

_TITLES = frozenset({"title"})
_REFUSED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]")
_SVG_ROOT = re.compile(r"<svg\b([^>]*)>", re.DOTALL)
_SVG_OWN = re.compile(r'\s(?:role|aria-[a-z]+|width|height|id)="[^"]*"')
_SVG_TITLED = re.compile(r"<(title|desc)\b[^>]*>.*?</\1>", re.DOTALL)
_SVG_ID = re.compile(r'\bid="([^"]+)"')
_SVG_REFERENCE = re.compile(r'(url\(#|href="#)([^")]+)')


def to_html(document: Document) -> str:
    """The whole page: skip link, banner, contents, plan, footer, all in one file."""
    writer = _Page(document)
    main = "".join(writer.block(block) for block in document.blocks)
    title = _escape(document.title or "Local plan")
    named = any(isinstance(b, Paragraph) and b.look in _TITLES for b in document.blocks)
    heading = "" if named else f"<h1>{title}</h1>"
    mark = document.watermark
    banner = f'<p class="mark" role="note">{_escape(mark)}</p>' if mark else ""
    return (
        f'<!DOCTYPE html>\n<html lang="{_escape(document.language)}">\n<head>\n'
        '<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title} - {_escape(document.board)}</title>\n"
        f'<meta name="generator" content="localplan">\n{_identity(document)}'
        f"<style>\n{_STYLE}</style>\n</head>\n<body>\n"
        '<a class="skip" href="#plan">Skip to the plan</a>\n'
        f"<header>\n{banner}<p>{_banner(document)}</p>\n</header>\n"
        f'<main id="plan" tabindex="-1">\n{heading}{main}</main>\n{_footer(document)}'
        "</body>\n</html>\n"
    )


def _identity(document: Document) -> str:
    if not document.draft_id:
        return ""
    return f'<meta name="localplan-draft" content="{_escape(document.draft_id)}">\n'


def _banner(document: Document) -> str:
    return _escape(" · ".join(part for part in (document.board, document.status) if part))


def _footer(document: Document) -> str:
    said = [document.footer, document.code]
    words = " · ".join(part for part in said if part)
    return f"<footer>\n<p>{_escape(words)}</p>\n</footer>\n" if words else ""


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
        number = f'<span class="number">{_escape(heading.number)}</span> ' if heading.number else ""
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
        numbered = f"<b>{_escape(table.number)}.</b> " if table.number else ""
        said = f"<span>{numbered}{_escape(table.caption)}</span>"
        caption = f"<caption>{said}</caption>" if table.caption else ""
        name = table.caption or table.description or "Table"
        head = _head(table.columns) if table.head else ""
        rows = "".join(self._row(table, row) for row in table.rows)
        about = f' aria-description="{_escape(table.description)}"' if table.description else ""
        kind = ' class="dense"' if table.dense else "" if table.head else ' class="form"'
        return (
            f"{place}{_scrolled(name)}<table{kind}{about}>{caption}{head}<tbody>{rows}</tbody></table>\n</div>\n"
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
        numbered = f"<b>{_escape(figure.number)}.</b> " if figure.number else ""
        caption = f"<figcaption>{numbered}{_escape(figure.caption)}</figcaption>\n"
        return (
            f"<figure>{place}\n{_scrolled(figure.caption or figure.alt or 'Picture')}"
            f"{self._picture(figure)}\n</div>\n{caption if figure.caption else ''}"
            f"{_source(figure.source)}</figure>\n"
        )

    def _picture(self, figure: Figure) -> str:
        alt = figure.alt or figure.caption or "Picture"
        if figure.svg:
            drawn = _inline_svg(
                figure.svg, name=f"figure-{self._figures}", title=figure.caption, description=alt
            )
            if drawn:
                return drawn
        if not figure.png:
            return f'<p class="note">{_escape(alt)}</p>'
        kind = "jpeg" if figure.png.startswith(b"\xff\xd8") else "png"
        content = base64.b64encode(figure.png).decode()
        return f'<img src="data:image/{kind};base64,{content}" alt="{_escape(alt)}">'

    def _callout(self, block: Callout) -> str:
        inner = "".join(self.block(inner) for inner in block.blocks)
        title = f'<p class="boxtitle">{_escape(block.title)}</p>\n' if block.title else ""
        label = f' aria-label="{_escape(block.title)}"' if block.title else ""
        return f'<div class="box {block.kind}" role="note"{label}>\n{title}{inner}</div>\n'

    def _gap(self, block: Gap) -> str:
        lines = [f"<b>To do:</b> <b>{_escape(block.what)}</b>", _escape(block.why)]
        lines += [f"Owner: {_escape(block.owner)}" if block.owner else ""]
        lines += [f"Due: {_escape(block.due)}" if block.due else ""]
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
            shown = f"{_escape(heading.number)} {_bare(heading.text)}".strip()
            yield f'<li><a href="#section-{number}">{shown}</a>'
        yield "</li>\n</ul>\n" * level


def _scrolled(name: str) -> str:
    """Open what may be wider than a phone: it scrolls by itself, by keyboard too.

    It is a group and no region, because a landmark for each of eighty tables helps nobody.
    """
    return f'<div class="wide" role="group" aria-label="{_escape(name)}" tabindex="0">\n'


def _head(columns: tuple[Column, ...]) -> str:
    cells = "".join(f'<th scope="col"{_align(c)}>{_inline(c.head)}</th>' for c in columns)
    return f"<thead><tr>{cells}</tr></thead>"


def _align(column: Column) -> str:
    return "" if column.align == "left" else f' class="{column.align}"'


def _source(source: str) -> str:
    return f'<p class="source">{_escape(source)}</p>\n' if source else ""


def _direction(text: Inline) -> str:
    return "" if all(run.text.isascii() for run in text) else ' dir="auto"'


def _bare(text: Inline) -> str:
    return "".join(_escape(run.text) for run in text)


def _inline(text: Inline) -> str:
    return "".join(_run(run) for run in text)


def _run(run: Run) -> str:
    inner = _escape(run.text).replace("\n", "<br>")
    if run.italic:
        inner = f"<em>{inner}</em>"
    if run.bold:
        inner = f"<strong>{inner}</strong>"
    if run.link.startswith("#"):
        return f'<a href="#{label_name(run.link[1:])}">{inner}</a>'
    if run.link.lower().startswith(("http://", "https://", "mailto:")):
        return f'<a href="{_escape(run.link)}">{inner}</a>'
    return inner


def _inline_svg(svg: str, *, name: str, title: str, description: str) -> str:
    """The drawing as part of the page, or an empty text where it is not an SVG."""
    root = _SVG_ROOT.search(svg)
    end = svg.rfind("</svg>")
    if root is None or end < root.end():
        return ""
    inner = _SVG_TITLED.sub("", svg[root.end() : end])
    inner = _SVG_ID.sub(rf'id="{name}-\1"', inner)
    inner = _SVG_REFERENCE.sub(rf"\g<1>{name}-\2", inner)
    names = f'aria-labelledby="{name}-title {name}-about"'
    said = f'<title id="{name}-title">{_escape(title or "Figure")}</title>'
    said += f'<desc id="{name}-about">{_escape(description)}</desc>'
    return f'<svg{_SVG_OWN.sub("", root.group(1))} role="img" {names}>{said}{inner}</svg>'


def _escape(value: str) -> str:
    """Text that is only text, in an element or between double quotes."""
    return html.escape(_REFUSED.sub("", value), quote=True)


_STYLE = """\
:root { --ink: #1a1a1a; --navy: #1f3864; --quiet: #4a4f57; --rule: #8a93a3; --fill: #e9eef5;
  --band: #f6f8fb; --amber: #fff4d6; --edge: #8a5a00; --link: #1f4e8c; }
* { box-sizing: border-box; }
html { color-scheme: light; -webkit-text-size-adjust: 100%; scroll-behavior: smooth; }
@media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
body { margin: 0; color: var(--ink); background: #fff;
  font: 1.0625rem/1.55 Calibri, Carlito, "Segoe UI", "Helvetica Neue", Arial, sans-serif; }
header, main, footer { max-width: 52rem; margin: 0 auto; padding: 0 1.25rem; }
header { padding-top: 1rem; color: var(--quiet); font-size: 0.95rem;
  border-bottom: 1px solid var(--rule); }
header p { margin: 0 0 0.5rem; }
footer { margin-top: 3rem; padding-top: 0.75rem; padding-bottom: 2rem; color: var(--quiet);
  border-top: 1px solid var(--rule); font-size: 0.95rem; }
main:focus { outline: none; }
main { overflow-wrap: break-word; padding-top: 1.5rem; }
.skip { position: absolute; left: -999rem; padding: 0.5rem 1rem; background: var(--navy);
  color: #fff; }
.skip:focus { left: 0; top: 0; z-index: 2; }
.mark { display: inline-block; margin: 0 0 0.5rem; padding: 0.1rem 0.6rem; font-weight: 700;
  letter-spacing: 0.08em; color: var(--edge); border: 2px solid var(--edge); }
a { color: var(--link); text-underline-offset: 0.15em; }
a:focus-visible, [tabindex]:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
h1, h2, h3, h4, h5 { color: var(--navy); line-height: 1.25; margin: 2rem 0 0.6rem;
  break-after: avoid; }
h1 { font-size: 2.3rem; padding-bottom: 0.6rem; border-bottom: 3px solid var(--navy); }
h2 { font-size: 1.65rem; margin-top: 3rem; padding-bottom: 0.3rem;
  border-bottom: 1px solid var(--navy); }
h3 { font-size: 1.3rem; }
h4 { font-size: 1.12rem; }
h5 { font-size: 1.0625rem; }
.number { margin-right: 0.35em; }
p { margin: 0 0 0.75rem; }
.subtitle { font-size: 1.25rem; color: var(--navy); }
.lead { font-size: 1.2rem; color: var(--navy); }
.status { padding: 0.5rem 0.8rem; font-weight: 700; color: var(--navy); background: var(--fill);
  border-left: 5px solid var(--navy); }
.runin, .prompt { margin: 1.25rem 0 0.25rem; font-weight: 700; color: var(--navy);
  break-after: avoid; }
.source, .note { color: var(--quiet); }
.note { font-style: italic; }
ul, ol { margin: 0 0 0.9rem; padding-left: 1.6rem; }
li { margin-bottom: 0.25rem; }
li > p { margin-bottom: 0.25rem; }
nav ul { list-style: none; padding-left: 0; }
nav ul ul { padding-left: 1.5rem; }
nav > ul > li { margin-top: 0.5rem; font-weight: 700; }
nav ul ul li { font-weight: 400; }
@media (min-width: 48rem) { nav > ul { columns: 2; column-gap: 2.5rem; }
  nav > ul > li { break-inside: avoid-column; margin-top: 0; padding-top: 0.5rem; } }
.wide { overflow-x: auto; margin: 1.25rem 0 1.5rem; }
.wide + .source { margin-top: -1.1rem; }
table { border-collapse: collapse; width: 100%; line-height: 1.4;
  border-top: 2px solid var(--navy); border-bottom: 2px solid var(--navy); }
caption { text-align: left; color: var(--navy); font-weight: 700; padding: 0 0 0.4rem; }
caption span { display: inline-block; position: sticky; left: 0; max-width: calc(100vw - 2.5rem); }
th, td { text-align: left; vertical-align: top; padding: 0.4rem 0.6rem; font-weight: 400;
  border-bottom: 1px solid var(--rule); min-width: 4.5rem; }
thead th { color: var(--navy); background: var(--fill); font-weight: 700; vertical-align: bottom;
  border-bottom: 2px solid var(--navy); }
tbody tr:nth-child(even) { background: var(--band); }
.dense th, .dense td { padding-top: 0.2rem; padding-bottom: 0.2rem; }
.right { text-align: right; font-variant-numeric: tabular-nums; }
.center { text-align: center; }
.form th, .form td { border: 1px solid var(--rule); }
.form th { font-weight: 700; color: var(--navy); }
figure { margin: 1.5rem 0; break-inside: avoid; }
figure svg, figure img { display: block; max-width: 100%; height: auto; }
figure svg { width: 100%; min-width: 34rem; }
figcaption { margin-top: 0.4rem; color: var(--navy); font-weight: 700; }
.box { margin: 1.25rem 0; padding: 0.75rem 1rem; background: var(--band);
  border-left: 5px solid var(--navy); break-inside: avoid; }
.box.notice { background: var(--fill); }
.box.caution { background: var(--amber); border-left-color: var(--edge); }
.box > :last-child { margin-bottom: 0; }
.boxtitle { margin-bottom: 0.3rem; font-weight: 700; color: var(--navy); }
.gap { padding: 0.6rem 0.9rem; background: var(--amber); border: 1px solid var(--edge);
  border-left-width: 7px; break-inside: avoid; }
@media (max-width: 40rem) { body { font-size: 1rem; } h1 { font-size: 1.8rem; }
  h2 { font-size: 1.4rem; } }
@media print { @page { size: letter; margin: 1in; } body { font-size: 11pt; }
  .skip, header { display: none; } header, main, footer { max-width: none; padding: 0; }
  .page { break-before: page; } .wide, figure { overflow: visible; }
  thead { display: table-header-group; } tr { break-inside: avoid; }
  a { color: inherit; text-decoration: none; } figure svg { min-width: 0; } }
"""
