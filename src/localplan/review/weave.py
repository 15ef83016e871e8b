"""Word by word: show what differs between two texts, and join two people's edits of a third."""

import re
from collections import Counter
from collections.abc import Hashable, Sequence
from difflib import SequenceMatcher
from typing import Literal, NamedTuple, TypeAlias

_WORDS = re.compile(r"\s+|[^\s\w]|\w+")


_MOST_PAIRS = 4_000_000
"""Half a second of work: two texts of 2,000 words each, whose blanks alone make that many."""

Step: TypeAlias = tuple[str, int, int, int, int]
"""What happens (equal, replace, delete, insert), from where to where in each of the two."""


class Stretch(NamedTuple):
    """Some words and whether they stay, go or come."""

    kind: Literal["same", "gone", "new"]
    text: str


def alignment(before: Sequence[Hashable], after: Sequence[Hashable]) -> list[Step]:
    """Return what stays, goes and comes between two rows of things, as `difflib` says it.

    Where the two are too long and too repetitive for that, all that stands between their common
    beginning and their common end counts as replaced.
    """
    if _pairs(before, after) <= _MOST_PAIRS:
        return [*SequenceMatcher(None, before, after, autojunk=False).get_opcodes()]
    shorter = min(len(before), len(after))
    start = _common(before, after, shorter)
    end = _common(before[::-1], after[::-1], shorter - start)
    last, stop = len(before) - end, len(after) - end
    steps: list[Step] = [
        ("equal", 0, start, 0, start),
        ("replace", start, last, start, stop),
        ("equal", last, len(before), stop, len(after)),
    ]
    return [step for step in steps if step[1] < step[2] or step[3] < step[4]]


def _pairs(before: Sequence[Hashable], after: Sequence[Hashable]) -> int:
    """How many pairs of the same thing there are: what a comparison has to look at each time."""
    there = Counter(after)
    return sum(count * there[thing] for thing, count in Counter(before).items())


def _common(before: Sequence[Hashable], after: Sequence[Hashable], most: int) -> int:
    return next((at for at in range(most) if before[at] != after[at]), most)


def _alignment_of_words(before: Sequence[str], after: Sequence[str]) -> list[Step]:
    """Long texts are compared sentence by sentence first, and by words only where those differ."""
    if _pairs(before, after) <= _MOST_PAIRS:
        return alignment(before, after)
    mine, theirs = _sentences(before), _sentences(after)
    found: list[Step] = []
    for tag, i1, i2, j1, j2 in alignment([text for _, text in mine], [text for _, text in theirs]):
        a1, a2 = _reach(mine, i1, i2, len(before))
        b1, b2 = _reach(theirs, j1, j2, len(after))
        if tag != "replace":
            found.append((tag, a1, a2, b1, b2))
            continue
        inner = alignment(before[a1:a2], after[b1:b2])
        found += [(kind, a1 + x1, a1 + x2, b1 + y1, b1 + y2) for kind, x1, x2, y1, y2 in inner]
    return found


def _sentences(words: Sequence[str]) -> list[tuple[int, str]]:
    """Each sentence with the place of its first word."""
    ends = [at + 1 for at, word in enumerate(words) if word == "." or "\n" in word]
    starts = [0, *ends]
    return [
        (start, "".join(words[start:end]))
        for start, end in zip(starts, [*ends, len(words)], strict=True)
        if start < end
    ]


def _reach(
    sentences: Sequence[tuple[int, str]], first: int, end: int, last: int
) -> tuple[int, int]:
    """The words from one sentence up to another."""
    places = [place for place, _ in sentences[first : end + 1]]
    begin = places[0] if places else last
    return begin, places[end - first] if end - first < len(places) else last


def differing(old: str, new: str) -> tuple[Stretch, ...]:
    """Return `old` and `new` as one text in which the words that differ are marked."""
    before, after = _WORDS.findall(old), _WORDS.findall(new)
    found: list[Stretch] = []
    for tag, i1, i2, j1, j2 in _alignment_of_words(before, after):
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
    return [
        (i1, i2, "".join(other[j1:j2]))
        for tag, i1, i2, j1, j2 in _alignment_of_words(base, other)
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
