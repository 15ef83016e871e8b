"""What stands around a prompt: the head of the screen above it, the line of keys below it."""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

Line: TypeAlias = Sequence[tuple[str, str]]
"""One line on the screen, in parts: how it looks, and its text."""


_BEGINNING = 420
"""So many characters of a long answer are shown beside its question."""
_TITLE = 24
"""So much of a title shows however much there is to say on its right."""


@dataclass(frozen=True, slots=True)
class Frame:
    """The head of a screen: where we are, how far, what is asked, what was just done."""

    title: str
    right: str = ""
    ask: str = ""
    help: str = ""
    body: tuple[str, ...] = ()
    """Paragraphs below the question; a line break inside one stays."""
    note: str = ""
    """What just happened, such as "saved"; it stands on the right, above the rule."""

    def spaced(self) -> "Frame":
        """Return the frame with a blank line at its end."""
        return replace(self, body=(*self.body, ""))


def drawn_above(frame: Frame, width: int, most: int = 200) -> tuple[Line, ...]:
    """Return the lines above the prompt on a screen that is `width` wide: at most so many."""
    inner = width - 2
    right = " · ".join(part for part in (frame.note, frame.right) if part)
    room = inner - min(len(frame.title), _TITLE) - 2
    right = right if len(right) <= room else shortened(frame.note or right, room)
    title = shortened(frame.title, inner - len(right) - 2)
    space = " " * max(inner - len(title) - len(right), 2)
    lines: list[Line] = [
        [("class:title", f" {title}"), ("class:quiet", f"{space}{right}")],
        [("class:rule", " " + "─" * inner)],
    ]
    lines += [[("class:ask", f" {line}")] for line in wrapped(frame.ask, inner)]
    lines += [[("", f" {line}")] for line in wrapped(frame.help, inner)]
    body: list[Line] = []
    for paragraph in frame.body:
        body.append([("", "")])
        for line in paragraph.split("\n") if paragraph else ():
            body += [[("", f" {part}")] for part in wrapped(line, inner) or [""]]
    room = max(most - len(lines), 2)
    if len(body) > room:
        body = [*body[: room - 1], [("class:quiet", " …")]]
    return (*lines, *body)


def drawn_below(said: Sequence[str], width: int) -> tuple[Line, ...]:
    """Return the lines below the prompt: a rule and the keys."""
    inner = width - 2
    keys = _filled(said, inner)
    return (
        [("class:rule", " " + "─" * inner)],
        *([("class:quiet", f" {line}")] for line in keys),
    )


def _filled(said: Sequence[str], width: int) -> list[str]:
    """The keys on as few lines as they need, none of them broken."""
    lines = [said[0]]
    for key in said[1:]:
        longer = f"{lines[-1]} · {key}"
        if len(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(key)
    return lines


def wrapped(text: str, width: int) -> list[str]:
    """Return `text` in lines of at most `width`; empty for no text."""
    return textwrap.wrap(text, max(width, 20), break_on_hyphens=False)


def reflowed(text: str) -> str:
    """Return `text` with the lines of each plain paragraph joined; lists and tables stay."""
    return "\n\n".join(_joined(paragraph) for paragraph in text.strip().split("\n\n"))


def _joined(paragraph: str) -> str:
    lines = paragraph.strip("\n").split("\n")
    if any(line.lstrip()[:1] in {"-", "*", "|", "+"} or line[:1].isdigit() for line in lines):
        return paragraph.strip("\n")
    return " ".join(line.strip() for line in lines)


def beginning(text: str) -> str:
    """Return the beginning of a long answer, and how long it is."""
    shown = reflowed(text)
    if len(shown) > _BEGINNING:
        told = shown[:_BEGINNING].rpartition(" ")[0]
        return f"{told} …\n({len(text.split()):,} words in all)"
    return shown


def shortened(text: str, width: int) -> str:
    """Return the beginning of `text` on one line, with an ellipsis where something is left out."""
    one_line = " ".join(text.split())
    if len(one_line) <= width:
        return one_line
    return one_line[: max(width - 1, 1)].rstrip(" ,.;:…") + "…"
