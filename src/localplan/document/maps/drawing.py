"""SVG by hand: boxes, lines and measured text, and the picture made of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from localplan import cache
from localplan.document.maps import fonts

INK = "#1A1A1A"
BLUE = "#1F3864"
PALE_BLUE = "#E9EEF5"
PALE_GREEN = "#EAF3E6"
GREEN = "#2F5D1E"
OCHRE = "#7F6000"
GREY = "#595959"

PIXELS_PER_POINT = 2.1
MOST_LINES = 4
LONGEST = 140
"""Characters of a label that are drawn; the table beneath holds the whole text."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text in a picture."""

    text: str
    size: float
    heavy: bool = False
    color: str = INK

    @property
    def height(self) -> float:
        """The room the line takes, with its leading."""
        return self.size * 1.3


def lines_of(
    text: str, size: float, width: float, *, heavy: bool = False, most: int = MOST_LINES
) -> list[Line]:
    """Return `text` broken into lines that fit `width`, no more of them than `most`."""
    font = fonts.bold() if heavy else fonts.regular()
    short = " ".join(text.split())
    cut = len(short) > LONGEST
    wrapped = fonts.wrap(short[:LONGEST].rstrip() + "…" if cut else short, font, size, width)
    if len(wrapped) > most:
        wrapped = [*wrapped[: most - 1], wrapped[most - 1].rstrip("…,; ") + "…"]
    return [Line(part, size, heavy) for part in wrapped]


def height_of(lines: Iterable[Line]) -> float:
    """Return how high the lines are together."""
    return sum(line.height for line in lines)


def text(line: Line, x: float, y: float, anchor: str = "start", *, halo: bool = False) -> str:
    """Return one line of text whose baseline is at `y`; a halo keeps it clear of lines behind."""
    clear = ' stroke="#FFFFFF" stroke-width="3" paint-order="stroke"' if halo else ""
    weight = ' font-weight="bold"' if line.heavy else ""
    place = f' text-anchor="{anchor}"' if anchor != "start" else ""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{line.size:g}" fill="{line.color}"'
        f"{weight}{place}{clear}>{escape(line.text, quote=False)}</text>"
    )


def box(place: tuple[float, float, float, float], paint: str, lines: Sequence[Line]) -> str:
    """Return a box (x, y, width, height) with `lines` centered in its height."""
    x, y, width, height = place
    parts = [f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" {paint}/>']
    at = y + (height - height_of(lines)) / 2
    for line in lines:
        parts.append(text(line, x + 8, at + line.size * 1.02))
        at += line.height
    return "".join(parts)


def path(points: str, color: str = GREY, more: str = "") -> str:
    """Return a line through `points`, written as an SVG path."""
    return f'<path d="{points}" stroke="{color}" stroke-width="1.3" fill="none"{more}/>'


def arrow(points: str) -> str:
    """Return a line that ends in an arrow head."""
    return path(points, more=' marker-end="url(#tip)"')


def picture(size: tuple[float, float], title: str, parts: Iterable[str]) -> str:
    """Return the whole SVG: `size` in points, `title` for those who cannot see it."""
    width, height = size
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}"'
        f' width="{width:g}" height="{height:g}"'
        f' font-family="{fonts.FAMILY}, Arial, Helvetica, sans-serif" role="img">'
        f"<title>{escape(title, quote=False)}</title>"
        '<defs><marker id="tip" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="6"'
        ' markerHeight="6" orient="auto"><path d="M0 0L10 5L0 10z" fill="#595959"/></marker></defs>'
        f'<rect width="{width:g}" height="{height:g}" fill="#FFFFFF"/>{"".join(parts)}</svg>'
    )


def png_of(svg: str) -> bytes:
    """Return the SVG as PNG bytes, drawn with the shipped font only: the same picture anywhere."""
    known = cache.read("picture", svg.encode())
    if known is None:
        known = _drawn(svg)
        cache.keep("picture", svg.encode(), known)
    return known


def _drawn(svg: str) -> bytes:
    import resvg_py  # noqa: PLC0415 (loaded only when a picture is drawn)

    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=svg,
            zoom=PIXELS_PER_POINT,
            skip_system_fonts=True,
            font_files=[str(file) for file in fonts.FILES],
            font_family=fonts.FAMILY,
            sans_serif_family=fonts.FAMILY,
        )
    )
