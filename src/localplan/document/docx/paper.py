"""The paper of a draft: its size and margins, upright and on its side."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

Orientation: TypeAlias = Literal["portrait", "landscape"]
Kind: TypeAlias = Literal["portrait", "landscape", "cover", "even"]
"""A kind of page with a header and a footer of its own; `even` only where left and right differ."""
Story: TypeAlias = Literal["header", "footer"]
"""A text that each page of a kind repeats."""


@dataclass(frozen=True, slots=True)
class Paper:
    """Sizes in twentieths of a point; US Letter with one-inch margins unless a board has others."""

    width: int = 12240
    height: int = 15840
    top: int = 1440
    right: int = 1440
    bottom: int = 1440
    left: int = 1440
    header: int = 720
    footer: int = 720
    gutter: int = 0
    even: bool = False
    """True where left and right pages have headers and footers of their own."""

    def across(self, orientation: Orientation) -> int:
        """How wide the text runs."""
        return self._sides(orientation)[0] - self.left - self.right - self.gutter

    def section(self, orientation: Orientation, *, cover: bool = False) -> str:
        """The properties of a section on this paper, with its headers and footers."""
        width, height = self._sides(orientation)
        turned = ' w:orient="landscape"' if width > height else ""
        carried = _carried(orientation, "default") + (_carried("even", "even") * self.even)
        title = ""
        if cover:
            carried += _carried("cover", "first")
            title = "<w:titlePg/>"
        return (
            f'<w:sectPr>{carried}<w:type w:val="nextPage"/>'
            f'<w:pgSz w:w="{width}" w:h="{height}"{turned}/>'
            f'<w:pgMar w:top="{self.top}" w:right="{self.right}" w:bottom="{self.bottom}" '
            f'w:left="{self.left}" w:header="{self.header}" w:footer="{self.footer}" '
            f'w:gutter="{self.gutter}"/>{title}</w:sectPr>'
        )

    def _sides(self, orientation: Orientation) -> tuple[int, int]:
        if orientation == "landscape":
            return max(self.width, self.height), min(self.width, self.height)
        return self.width, self.height


def carried_by(story: str, kind: Kind) -> str:
    """The name under which the body points at the header or footer of a kind of page."""
    return f"rId-{story}-{kind}"


def _carried(kind: Kind, where: str) -> str:
    return "".join(
        f'<w:{story}Reference w:type="{where}" r:id="{carried_by(story, kind)}"/>'
        for story in ("header", "footer")
    )
