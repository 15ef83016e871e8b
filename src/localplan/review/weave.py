"""Word by word: show what differs between two texts, and join two people's edits of a third."""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

_WORDS = re.compile(r"\s+|[^\s\w]|\w+")


class Stretch(NamedTuple):
    """Some words and whether they stay, go or come."""

    kind: Literal["same", "gone", "new"]
    text: str


def differing(old: str, new: str) -> tuple[Stretch, ...]:
    """Return `old` and `new` as one text in which the words that differ are marked."""
    before, after = _WORDS.findall(old), _WORDS.findall(new)
    found: list[Stretch] = []
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            found.append(Stretch("same", "".join(before[i1:i2])))
            continue
        if i1 < i2:
            found.append(Stretch("gone", "".join(before[i1:i2])))
        if j1 < j2:
            found.append(Stretch("new", "".join(after[j1:j2])))
    return _smoothed(found)


def woven(base: str, mine: str, theirs: str) -> str | None:
    """Return both edits of `base` in one text; None where they change the same words."""
    if theirs in {mine, base}:
        return mine
    if mine == base:
        return theirs
    words = _WORDS.findall(base)
    left = _changes(words, _WORDS.findall(mine))
    right = _changes(words, _WORDS.findall(theirs))
    if any(_touch(one, other) for one in left for other in right if one != other):
        return None
    changes = sorted({*left, *right})
    out: list[str] = []
    place = 0
    for start, end, put in changes:
        out += words[place:start]
        out.append(put)
        place = end
    out += words[place:]
    return "".join(out)


def _changes(base: Sequence[str], other: Sequence[str]) -> list[tuple[int, int, str]]:
    matcher = SequenceMatcher(None, base, other, autojunk=False)
    return [
        (i1, i2, "".join(other[j1:j2]))
        for tag, i1, i2, j1, j2 in matcher.get_opcodes()
        if tag != "equal"
    ]


def _touch(one: tuple[int, int, str], other: tuple[int, int, str]) -> bool:
    """Whether two changes overlap, or meet at the same place."""
    return one[0] <= other[1] and other[0] <= one[1]


def _smoothed(found: list[Stretch]) -> tuple[Stretch, ...]:
    """Join changes that only a blank or a mark keeps apart, so that they read as one."""
    smooth: list[Stretch] = []
    for place, stretch in enumerate(found):
        between = stretch.kind == "same" and not stretch.text.strip(" ,;")
        if between and 0 < place < len(found) - 1:
            smooth += [Stretch("gone", stretch.text), Stretch("new", stretch.text)]
        else:
            smooth.append(stretch)
    return tuple(_gathered(smooth))


def _gathered(stretches: Sequence[Stretch]) -> list[Stretch]:
    done: list[Stretch] = []
    gone = new = ""
    for stretch in (*stretches, Stretch("same", "")):
        if stretch.kind == "gone":
            gone += stretch.text
        elif stretch.kind == "new":
            new += stretch.text
        else:
            done += [Stretch("gone", gone)] if gone else []
            done += [Stretch("new", new)] if new else []
            gone = new = ""
            done += [stretch] if stretch.text else []
    return done
