"""The numbering part: bullets that all lists share, and a fresh start for each numbered list."""

from collections.abc import Iterable

from localplan.document.docx.base import Base

BULLETS = 1
"""The numbering that every bulleted list shares, from the reference file."""
_NUMBERS = 2
"""The look of numbered lists in the reference file."""
_END = b"</w:numbering>"


def start_lists(base: Base, starts: Iterable[tuple[int, int]]) -> None:
    """Add one numbering for each numbered list, given its level and its first number."""
    made = "".join(
        f'<w:num w:numId="{number}"><w:abstractNumId w:val="{_NUMBERS}"/>'
        f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="{start}"/></w:lvlOverride>'
        "</w:num>"
        for number, (level, start) in enumerate(starts, start=BULLETS + 1)
    )
    name = base.package.related(base.main, "numbering")
    head, end, _ = base.package.parts[name].content.rpartition(_END)
    base.put(name, head + made.encode() + end)
