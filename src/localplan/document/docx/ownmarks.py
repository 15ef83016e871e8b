"""Take our own running texts out of a draft that a board uses for its look.

A board may put its logo into the header of a draft and pass that draft as its reference file. The
logo stays; the old status, draft number and watermark go.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docx.document import Document as WordDocument
    from lxml import etree

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SHAPE = "{urn:schemas-microsoft-com:vml}shape"
_NUMBERED = " \u00b7 Draft "
_STORIES = ("/header", "/footer")


def drop_own_marks(draft: WordDocument) -> None:
    """Empty the paragraphs of headers and footers that name this draft, but keep pictures."""
    about = draft.core_properties
    if not about.identifier:
        return
    heads = f"{about.author} \u00b7 {about.title}"
    numbered = f"Draft {about.version}" if about.version else heads
    own = tuple(filter(None, (heads, numbered, about.content_status)))
    said: set[str] = set()
    for story in _stories(draft):
        for paragraph in story.iter(f"{_W}p"):
            words = "".join(text.text or "" for text in paragraph.iter(f"{_W}t"))
            if words.startswith(own) or f" \u00b7 {numbered}" in words:
                said.add(words.partition(_NUMBERED)[0])
                _empty(paragraph)
    for story in _stories(draft):
        for paragraph in story.iter(f"{_W}p"):
            words = "".join(text.text or "" for text in paragraph.iter(f"{_W}t"))
            if words in said:
                _empty(paragraph)
        for shape in list(story.iter(_SHAPE)):
            if str(shape.get("id")).startswith(("Watermark", "PowerPlusWaterMark")):
                _drop_run(shape)


def _stories(draft: WordDocument) -> Iterator[etree._Element]:
    for rel in draft.part.rels.values():
        if rel.reltype.endswith(_STORIES):
            yield rel.target_part.element


def _empty(paragraph: etree._Element) -> None:
    for run in list(paragraph.iter(f"{_W}r")):
        pictured = any(next(run.iter(_W + tag), None) is not None for tag in ("drawing", "pict"))
        if not pictured and (parent := run.getparent()) is not None:
            parent.remove(run)


def _drop_run(shape: etree._Element) -> None:
    run = next(shape.iterancestors(f"{_W}r"), None)
    if run is not None and (parent := run.getparent()) is not None:
        parent.remove(run)
