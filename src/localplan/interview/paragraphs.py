"""Line breaks as people mean them: Enter begins a paragraph, a wrapped line does not.

Markdown joins neighboring lines. Whoever types two lines one below the other wants them apart, and
whoever pastes text that was wrapped elsewhere wants it joined.
"""

import re

_OF_A_SHAPE = re.compile(r"\s|[-*+|>#]|\d{1,3}[.)]\s")
"""How a line of a list, a table, a quotation or a heading begins, or one that belongs to it."""

_ITEM = re.compile(r"\s*([-*+]|\d{1,3}[.)])\s")
_CONTINUED = re.compile(r" {2,}(?![-*+|>#\s]|\d{1,3}[.)]\s)\S")

_ENDS = (".", "!", "?", ":", ";")
_WRAPPED = 65
"""Text that was wrapped elsewhere has lines of about this length or more."""


def unwrapped(text: str) -> str:
    """Return `text` with each paragraph and each item of a list on one line.

    Tables and forced breaks stay.
    """
    if "```" in text:
        return text
    lines: list[str] = []
    for line in text.split("\n"):
        if lines and _goes_on(lines[-1], line) and not _forced(lines[-1]):
            lines[-1] = f"{lines[-1].rstrip()} {line.lstrip()}"
        else:
            lines.append(line)
    return "\n".join(lines)


def as_typed(text: str) -> str:
    """Return `text` with a blank line between lines that were typed one below the other."""
    if "```" in text:
        return text
    lines: list[str] = []
    for line in text.split("\n"):
        if lines and _apart(lines[-1], line):
            lines.append("")
        lines.append(line)
    return "\n".join(lines)


def as_before(text: str, old: str) -> str:
    """Return `text` with each paragraph that `old` has too as it was wrapped there."""
    known = {unwrapped(paragraph): paragraph for paragraph in old.strip("\n").split("\n\n")}
    return "\n\n".join(known.get(each, each) for each in text.split("\n\n"))


def _apart(above: str, below: str) -> bool:
    if not (_plain(above) and _plain(below)) or _forced(above):
        return False
    return above.rstrip().endswith(_ENDS) or not (below[:1].islower() or len(above) >= _WRAPPED)


def _goes_on(above: str, below: str) -> bool:
    of_an_item = _ITEM.match(above) and _CONTINUED.match(below) and "\t" not in below
    return bool(of_an_item) or (_plain(above) and _plain(below))


def _plain(line: str) -> bool:
    return bool(line.strip()) and "\t" not in line and not _OF_A_SHAPE.match(line)


def _forced(line: str) -> bool:
    return line.endswith(("  ", "\\"))
