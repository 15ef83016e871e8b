"""Read the last plan from any Word file: its headings, and the text beneath each with its place."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from localplan.document.docx.guard import unreadable
from localplan.review.returned import Returned, read_returned
from localplan.review.walk import UNREAD, Para, Piece, whole
from localplan.review.wording import markdown_of

BEFORE = "Before the first heading"
_FEWEST = 3
"""Headings in Word's own styles below which lines in bold or capitals count as headings too."""
_LONGEST = 14
"""Words in a line that may be a heading."""
_DEEPEST = 9
_UNREAD = re.compile(rf"\\?\[({'|'.join(sorted(set(UNREAD.values())))})\\?\]")
_LEVELS = frozenset("0123456789")
_BOLD_LINE = 7
_PIECE = 300
"""Words after which text without any heading is cut before the next paragraph."""
_PROSE = 25
"""Words of a cell above which a table without headings holds prompts with their answers, whose text
is to be placed, and no figures."""
_OPENING = 8
"""Words of such a piece that stand for its heading."""


@dataclass(frozen=True, slots=True)
class PlanPiece:
    """A heading of the old plan, the headings above it, and the text beneath as Markdown."""

    heading: str
    place: str
    text: str


def read_word_plan(path: Path) -> tuple[PlanPiece, ...]:
    """Return the pieces of the Word file at `path` in its order; every word is in one of them.

    Left out are the contents list, whose words are the headings, headers and footers, which repeat
    on each page, comments, and what a tracked change deleted. Text without any heading is cut
    between paragraphs.

    Raises:
        ReturnedFileError: it is no Word file, is unsafe to open, or could only be read in part.
    """
    copy = _with_lists(read_returned(path))
    if copy.damaged:
        raise unreadable(path.name, "its text is damaged, and part of it would be lost")
    levels = _levels(copy)
    return tuple(_pieces(copy, levels) if any(levels) else _cut(copy))


def unread_in(texts: Iterable[str]) -> dict[str, int]:
    """Return how many pictures, charts and the like stand in the texts only by their name."""
    return dict(Counter(kind for text in texts for kind in _UNREAD.findall(text)))


def _with_lists(copy: Returned) -> Returned:
    """The file with the paragraphs that are list items by their style, as old files have them."""
    for para in copy.paras:
        style = copy.style_of(para)
        if para.listed is None and style.startswith(("listbullet", "listnumber")):
            level = whole(style[-1:], 1) - 1
            para.listed = (style[:10], max(level, 0))
    numbered = {("listnumber", level) for level in range(_DEEPEST)}
    return replace(copy, ordered=copy.ordered | numbered)


def _levels(copy: Returned) -> list[int]:
    """The heading level of each paragraph, 0 for text."""
    styled = [_styled(copy, para) for para in copy.paras]
    if sum(level > 0 for level in styled) >= _FEWEST:
        return styled
    return [
        level or (_BOLD_LINE if _is_heading_line(copy, para) else 0)
        for level, para in zip(styled, copy.paras, strict=True)
    ]


def _styled(copy: Returned, para: Para) -> int:
    style = copy.style_of(para)
    if para.place or not para.text.strip():
        return 0
    if para.outline:
        return min(para.outline, _DEEPEST)
    if para.style in copy.levels:
        return min(copy.levels[para.style], _DEEPEST)
    if style.startswith("heading") and style[7:8] in _LEVELS:
        return whole(style[7:8]) or 1
    return 1 if style == "title" else 0


def _is_heading_line(copy: Returned, para: Para) -> bool:
    """True for a short line by itself in bold, or of several words in capitals."""
    words = para.text.split()
    if para.place or para.listed or not 0 < len(words) <= _LONGEST or words[-1].endswith("."):
        return False
    if _is_address(para.text):
        return False
    pieces = [piece for piece in para.tokens if isinstance(piece, Piece) and piece.text.strip()]
    capitals = len(words) > 1 and para.text.isupper()
    return (capitals or all(piece.bold for piece in pieces)) and not _is_contents(copy, para)


def _is_address(text: str) -> bool:
    """True for a telephone number or a mail address, which old plans like to set in bold."""
    signs = [sign for sign in text if not sign.isspace()]
    letters = sum(sign.isalpha() for sign in signs)
    return "@" in text or letters * 2 < len(signs)


def _is_contents(copy: Returned, para: Para) -> bool:
    return copy.style_of(para).startswith(("toc", "contents"))


def _pieces(copy: Returned, levels: list[int]) -> Iterator[PlanPiece]:
    above: list[tuple[int, str]] = []
    heading, held = BEFORE, list[Para]()
    for para, level in zip(copy.paras, levels, strict=True):
        if _is_contents(copy, para):
            continue
        if not level:
            held.append(para)
            continue
        yield from _piece(copy, heading, above, held, next_level=level)
        while above and above[-1][0] >= level:
            above.pop()
        heading, held = " ".join(para.text.split()), []
        above.append((level, heading))
    yield from _piece(copy, heading, above, held, next_level=0)


def _cut(copy: Returned) -> Iterator[PlanPiece]:
    """Pieces of text that has no headings, each under the words that it begins with."""
    held: list[Para] = []
    words = 0
    row: tuple[int, int] | None = None
    for para in copy.paras:
        inside, row = row, para.place[0][:2] if para.place else None
        apart = row is None or row != inside
        if words >= _PIECE and apart and not para.listed and para.text.strip():
            yield _headless(copy, held)
            held, words = [], 0
        held.append(para)
        words += len(para.text.split())
    if words:
        yield _headless(copy, held)


def _headless(copy: Returned, held: list[Para]) -> PlanPiece:
    words = " ".join(para.text for para in held).split()
    heading = " ".join(words[:_OPENING]) + (" …" if words[_OPENING:] else "")
    if all(para.place for para in held) and any(len(p.text.split()) > _PROSE for p in held):
        held = [replace(para, place=para.place[1:]) for para in held]
    return PlanPiece(heading, "", "\n\n".join(markdown_of(copy, held)))


def _piece(
    copy: Returned,
    heading: str,
    above: list[tuple[int, str]],
    held: list[Para],
    *,
    next_level: int,
) -> Iterator[PlanPiece]:
    """The piece, unless it has no words of its own and its heading is the place of what follows."""
    text = "\n\n".join(markdown_of(copy, held)) if held else ""
    is_place = bool(above) and next_level > above[-1][0]
    if text.strip() or (above and not is_place):
        place = " > ".join(words for _, words in above[:-1])
        yield PlanPiece(heading, place, text)
