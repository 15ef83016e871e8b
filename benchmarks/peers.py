"""The same document for pandoc and for docxtpl, as far as they can make it.

Both get less to do: pandoc starts from finished Markdown, docxtpl from data already in memory and
prints plain text. Neither writes anchors, checks answers or draws the pictures it embeds.
"""

import io
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.shared import Inches
from docxtpl import DocxTemplate, InlineImage

from localplan.document.blocks import (
    Block,
    Callout,
    Document,
    Figure,
    Heading,
    ListBlock,
    Paragraph,
    Table,
    cell_words,
    text_of,
    words,
)
from localplan.document.maps.drawing import png_of
from localplan.document.markdown import to_markdown


def counts(document: Document) -> tuple[int, int, int]:
    """Return how many words, tables and pictures a document holds."""
    said = sum(len(words(block).split()) for block in document.blocks)
    tables = sum(isinstance(block, Table) for block in document.blocks)
    return said, tables, len(_figures(document))


def for_pandoc(document: Document, folder: Path) -> Path:
    """Write the Markdown of `document`, and its pictures beside it, for pandoc to read."""
    text = to_markdown(document)
    for number, figure in enumerate(_figures(document), 1):
        name = f"picture{number}.png"
        (folder / name).write_bytes(png_of(figure.svg))
        text = text.replace("*Picture: ", f"![]({name})\n\n*The picture shows: ", 1)
    path = folder / "plan.md"
    path.write_text(text, encoding="utf-8")
    return path


class WithDocxtpl:
    """docxtpl with a template for `document` and its content as a dictionary."""

    def __init__(self, document: Document, reference: Path) -> None:
        self._template = _template(reference)
        self._pictures = {
            f"p{at}": png_of(figure.svg) for at, figure in enumerate(_figures(document))
        }
        self._parts = list(_parts(document.blocks))

    def render(self) -> bytes:
        """Return the document as docxtpl makes it."""
        made = DocxTemplate(io.BytesIO(self._template))
        for part in self._parts:
            if part["kind"] == "picture":
                content = io.BytesIO(self._pictures[part["name"]])
                part["picture"] = InlineImage(made, content, width=Inches(6))
        made.render({"parts": self._parts}, autoescape=True)
        target = io.BytesIO()
        made.save(target)
        return target.getvalue()


def _figures(document: Document) -> list[Figure]:
    return [block for block in document.blocks if isinstance(block, Figure)]


def _parts(blocks: Sequence[Block]) -> Iterator[dict[str, Any]]:
    pictures = 0
    for block in blocks:
        match block:
            case Heading():
                yield {
                    "kind": f"h{min(block.level, 3)}",
                    "text": f"{block.number} {words(block)}",
                }
            case Table():
                yield {"kind": "text", "text": f"{block.number} {block.caption}"}
                yield {
                    "kind": "table",
                    "heads": [text_of(column.head) for column in block.columns],
                    "rows": [[cell_words(cell).strip() for cell in row] for row in block.rows],
                }
            case Figure():
                yield {"kind": "picture", "name": f"p{pictures}"}
                yield {"kind": "text", "text": f"{block.number} {block.caption}"}
                pictures += 1
            case ListBlock():
                for item in block.items:
                    yield {"kind": "item", "text": " ".join(words(inner) for inner in item)}
            case Paragraph() | Callout():
                yield {"kind": "text", "text": words(block)}
            case _:
                pass


def _template(reference: Path) -> bytes:
    """A Word file whose Jinja goes through the parts; styles are those of the reference."""
    made = docx.Document(str(reference))
    known = {style.name for style in made.styles if style.type == WD_STYLE_TYPE.PARAGRAPH}

    def line(text: str, style: str = "Normal") -> None:
        made.add_paragraph(text, style=style if style in known else None)

    line("{%p for part in parts %}")
    for kind, style in (
        ("h1", "Heading 1"), ("h2", "Heading 2"), ("h3", "Heading 3"), ("text", "Normal"),
        ("item", "List Bullet"),
    ):  # fmt: skip
        line(f"{{%p if part.kind == '{kind}' %}}")
        line("{{ part.text }}", style)
        line("{%p endif %}")
    line("{%p if part.kind == 'picture' %}")
    line("{{ part.picture }}")
    line("{%p endif %}")
    line("{%p if part.kind == 'table' %}")
    _add_table(made)
    line("{%p endif %}")
    line("{%p endfor %}")
    target = io.BytesIO()
    made.save(target)
    return target.getvalue()


def _add_table(made: Any) -> None:
    rows = (
        ("{%tc for head in part.heads %}", "{{ head }}", "{%tc endfor %}"),
        ("{%tr for row in part.rows %}", "", ""),
        ("{%tc for cell in row %}", "{{ cell }}", "{%tc endfor %}"),
        ("{%tr endfor %}", "", ""),
    )
    table = made.add_table(rows=len(rows), cols=3)
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
