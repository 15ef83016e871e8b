"""Write Word files in tests: each one must pass our invariants and the accessibility lint."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Any

from lxml import etree
from validators import problems_of

from localplan.document.blocks import Block, Document
from localplan.document.docx import write_docx
from localplan.document.numbering import numbered

if TYPE_CHECKING:
    from pathlib import Path

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def document_of(*blocks: Block, **known: Any) -> Document:
    """A small numbered document of these blocks."""
    facts: dict[str, Any] = {
        "title": "Local Plan",
        "board": "Mesa Verde Board",
        "date": "2026-11-21",
        **known,
    }
    return numbered(Document(blocks=blocks, **facts))


def written(document: Document, *, reference: Path | None = None) -> bytes:
    """The Word file, once nothing is found wrong with it."""
    made = write_docx(document, reference=reference)
    problems = problems_of(made)
    assert problems == []
    return made


def body_of(docx: bytes) -> etree._Element:
    """The parsed body of the main part."""
    body = etree.fromstring(part_of(docx, "word/document.xml")).find(W + "body")
    assert body is not None
    return body


def part_of(docx: bytes, name: str) -> bytes:
    """One part's bytes."""
    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        return package.read(name)


def words_of(element: etree._Element) -> str:
    """What an element says, line breaks as newlines."""
    pieces: list[str] = []
    for inner in element.iter(W + "t", W + "br", W + "tab"):
        if inner.tag == W + "t":
            pieces.append(inner.text or "")
        elif inner.tag == W + "br":
            pieces.append("\n")
        elif inner.getparent().tag == W + "r":  # type: ignore[union-attr]
            pieces.append("\t")
    return "".join(pieces)


def paragraphs_of(docx: bytes) -> list[tuple[str, str]]:
    """Style and words of each paragraph of the body."""
    found: list[tuple[str, str]] = []
    for paragraph in body_of(docx).iter(W + "p"):
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        name = str(style.get(W + "val")) if style is not None else "Normal"
        found.append((name, words_of(paragraph)))
    return found
