"""The numbering part: bullets that all lists share, and a fresh start for each numbered list."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from docx.parts.document import DocumentPart

BULLETS = 1
"""The numbering that every bulleted list shares, from the reference file."""
_NUMBERS = 2
"""The look of numbered lists in the reference file."""
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def start_lists(main: DocumentPart, starts: Iterable[tuple[int, int]]) -> None:
    """Add one numbering for each numbered list, given its level and its first number."""
    from docx.oxml.parser import parse_xml  # noqa: PLC0415 (slow to load)

    made = "".join(
        f'<w:num w:numId="{number}"><w:abstractNumId w:val="{_NUMBERS}"/>'
        f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="{start}"/></w:lvlOverride>'
        "</w:num>"
        for number, (level, start) in enumerate(starts, start=BULLETS + 1)
    )
    if made:
        added = parse_xml(f'<w:numbering xmlns:w="{_W}">{made}</w:numbering>')
        main.numbering_part.element.extend(added)
