"""Give every kind of page its header and footer: a board's own, or ours."""

from collections.abc import Mapping, Sequence

from localplan.document.blocks import Document
from localplan.document.docx import furniture, xmltext
from localplan.document.docx.base import Base
from localplan.document.docx.paper import Kind, Story, carried_by

_STORIES: tuple[Story, ...] = ("header", "footer")
_NUMBERS: dict[Kind, int] = {"portrait": 1, "landscape": 2, "cover": 3, "even": 4}


def furnish(base: Base, document: Document) -> None:
    """Relate the body to its headers and footers.

    What a board's file holds there stays; the watermark goes into its header, and the status and
    number of the draft go into a line beneath its footer.
    """
    status = ("header", "portrait") in base.lent
    pages = _add_marks(base, document, status=status) if base.lent else True
    stops = {story: base.tab_stops(story.title()) for story in _STORIES}
    for kind, number in _NUMBERS.items():
        if kind == "even" and not base.paper.even:
            continue
        across = base.paper.across("landscape" if kind == "landscape" else "portrait")
        if ("header", kind) not in base.lent:
            tabs = _tabs(stops["header"], across)
            made = furniture.header(document, kind, tabs, number)
            _relate(base, "header", kind, made)
        if ("footer", kind) not in base.lent:
            tabs = _tabs(stops["footer"], across)
            made = furniture.footer(document, kind, tabs, status=status, pages=pages)
            _relate(base, "footer", kind, made)


def _relate(base: Base, story: Story, kind: Kind, made: str) -> None:
    part = base.add(f"/word/{story}-{kind}.xml", f"{story}+xml", xmltext.part(made))
    base.relate(story, part, carried_by(story, kind))


def _add_marks(base: Base, document: Document, *, status: bool) -> bool:
    """Mark what the board lends; True where the draft has to count the pages itself."""
    from localplan.document.docx import lent  # noqa: PLC0415 (slow to load)

    held = {name: base.package.parts[name].content for name in base.lent.values()}
    pages = not any(lent.counts_pages(content) for content in held.values())
    for kind, name in _distinct(base.lent, "header").items():
        if document.watermark:
            mark = furniture.watermark(document.watermark, _NUMBERS[kind])
            base.put(name, lent.with_watermark(held[name], mark))
    for kind, name in _distinct(base.lent, "footer").items():
        line = furniture.footer_line(document, kind, status=status, pages=pages)
        if line:
            base.put(name, lent.with_line(held[name], line))
    return pages


def _distinct(lent: Mapping[tuple[Story, Kind], str], story: Story) -> dict[Kind, str]:
    """Each part once, under the first kind of page that it serves."""
    found: dict[Kind, str] = {}
    for (of, kind), name in lent.items():
        if of == story and name not in found.values():
            found[kind] = name
    return found


def _tabs(stops: Sequence[tuple[str, int]], across: int) -> str:
    """One tab stop at the right margin, whatever stops the style has."""
    if stops == [("right", across)]:
        return ""
    clear = "".join(
        f'<w:tab w:val="clear" w:pos="{place}"/>' for _, place in stops if place != across
    )
    return f'<w:tabs>{clear}<w:tab w:val="right" w:pos="{across}"/></w:tabs>'
