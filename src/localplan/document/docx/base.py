"""The package that a draft is written into: python-docx opens the reference file and holds it."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, cast

from localplan.document.docx.paper import Paper
from localplan.resources import TEMPLATES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from docx.document import Document as WordDocument
    from docx.opc.part import Part, XmlPart
    from docx.package import Package
    from docx.parts.document import DocumentPart
    from lxml import etree

    from localplan.document.docx.paper import Kind, Story

SHIPPED = TEMPLATES / "reference.docx"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_KINDS = "application/vnd.openxmlformats-officedocument.wordprocessingml."


@dataclass(frozen=True, slots=True)
class Base:
    """A Word file without a body yet: our reference file, in the look of the board's own."""

    word: WordDocument
    paper: Paper = field(default_factory=Paper)
    lent: Mapping[tuple[Story, Kind], XmlPart] = field(default_factory=dict)
    """Headers and footers of the board's reference file, by the pages that they serve."""
    left_out: tuple[str, ...] = ()
    """What the board's reference file holds that fetches, runs or points elsewhere."""

    @property
    def main(self) -> DocumentPart:
        """The part that the body goes into."""
        return self.word.part

    @property
    def package(self) -> Package:
        """What holds every part."""
        return cast("Package", self.main.package)

    def relate(self, kind: str, target: Part | str, name: str) -> None:
        """Let the body point at a part, or at a web address, under `name`."""
        self.main.rels.add_relationship(_RELATED + kind, target, name, isinstance(target, str))

    def new_part(self, name: str, kind: str, content: bytes) -> Part:
        """A part of this package; `kind` is the end of its content type."""
        from docx.opc.packuri import PackURI  # noqa: PLC0415 (slow to load)
        from docx.opc.part import Part  # noqa: PLC0415

        whole = kind if "/" in kind else _KINDS + kind
        return Part(PackURI(name), whole, content, self.package)

    def tab_stops(self, style: str) -> list[tuple[str, int]]:
        """The alignment and place of each tab stop of a paragraph style."""
        found = self.word.styles.element.get_by_id(style)
        stops = found.xpath("w:pPr/w:tabs/w:tab") if found is not None else []
        return [(_of(stop, "val"), int(_of(stop, "pos"))) for stop in stops]


def shipped() -> WordDocument:
    """Our reference file, opened anew."""
    import docx  # noqa: PLC0415 (slow to load)

    return docx.Document(io.BytesIO(_bytes()))


@cache
def _bytes() -> bytes:
    return SHIPPED.read_bytes()


def _of(element: etree._Element, name: str) -> str:
    return str(element.get(f"{_W}{name}", ""))
