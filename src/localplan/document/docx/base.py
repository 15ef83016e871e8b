"""The package that a draft is written into, and what it is told while the draft grows."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache

from localplan.document.docx.opening import elements, taken_from
from localplan.document.docx.package import ROOT, Package, Part, Relation
from localplan.document.docx.paper import Kind, Paper, Story
from localplan.resources import TEMPLATES

SHIPPED = TEMPLATES / "reference.docx"
_RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_KINDS = "application/vnd.openxmlformats-officedocument.wordprocessingml."


@dataclass(frozen=True, slots=True)
class Base:
    """A Word file without a body yet: our reference file, in the look of the board's own."""

    package: Package
    paper: Paper = field(default_factory=Paper)
    lent: Mapping[tuple[Story, Kind], str] = field(default_factory=dict)
    """The parts with headers and footers of the board's file, by the pages that they serve."""

    @property
    def main(self) -> str:
        """The part that the body goes into."""
        return self.package.related(ROOT, "officeDocument")

    def relate(self, kind: str, part: str, rid: str) -> None:
        """Let the body point at a part under the id `rid`."""
        self.package.relate(self.main, rid, Relation(_RELATED + kind, part))

    def link(self, address: str, rid: str) -> None:
        """Let the body point at an address on the web under the id `rid`."""
        self.package.relate(self.main, rid, Relation(f"{_RELATED}hyperlink", address, outside=True))

    def add(self, name: str, kind: str, content: bytes) -> str:
        """Add a part and return its name; `kind` is its content type, or the end of one of Word."""
        self.package.parts[name] = Part(kind if "/" in kind else _KINDS + kind, content)
        return name

    def put(self, name: str, content: bytes) -> None:
        """Let the part of that name hold `content`."""
        self.package.parts[name] = replace(self.package.parts[name], content=content)

    def tab_stops(self, style: str) -> list[tuple[str, int]]:
        """The alignment and place of each tab stop of a paragraph style."""
        styles = self.package.parts[self.package.related(self.main, "styles")]
        stops = _tab_stops(styles.content).get(style, [])
        return [(stop.get("val", ""), int(stop["pos"])) for stop in stops]


def shipped() -> Package:
    """An own copy of our reference file."""
    return _shipped().copy()


@cache
def _shipped() -> Package:
    return taken_from(SHIPPED.read_bytes())


@lru_cache(maxsize=4)
def _tab_stops(styles: bytes) -> dict[str, list[dict[str, str]]]:
    """What is said of every tab stop, by the style that has it."""
    found: dict[str, list[dict[str, str]]] = {}
    style = ""
    for name, facts in elements(styles):
        if name == "style":
            style = facts.get("styleId", "")
        elif name == "tab":
            found.setdefault(style, []).append(facts)
    return found
