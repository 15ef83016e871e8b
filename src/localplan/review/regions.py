"""Divide a returned text into the regions of its draft: each answer, each generated piece.

Anchors are looked for in tiers: hidden bookmarks, content controls, then the wording itself.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from typing import Literal, TypeAlias

from localplan.document.anchors import ANSWER, CELL, GENERATED, HEAD, Anchor
from localplan.review.returned import Returned
from localplan.review.walk import Mark, Para, Piece, Place

Tier: TypeAlias = Literal["bookmark", "control", "heading", "text"]
FRONT = Anchor("", "cover", "passage")
"""What stands before the first anchor: title page and contents."""
_ALIKE = 0.6
_STARTS = (HEAD, GENERATED, CELL)


@dataclass(slots=True)
class Region:
    """One stretch of the text: the heading that leads in, and the paragraphs it holds."""

    anchor: Anchor
    tier: Tier = "bookmark"
    head: list[Para] = field(default_factory=list)
    paras: list[Para] = field(default_factory=list)

    @property
    def first(self) -> str:
        """The words that open the region, as compared: its heading, or its first paragraph."""
        for para in (*self.head, *self.paras):
            if words := key_of(para.text):
                return words
        return ""


@dataclass(frozen=True, slots=True)
class Division:
    """A text in its regions, in the order in which they stand."""

    copy: Returned
    regions: tuple[Region, ...]

    def by_name(self) -> dict[str, Region]:
        """Return each region by the name of its anchor."""
        return {region.anchor.name: region for region in self.regions}


def key_of(text: str) -> str:
    """Return `text` as it is compared: small letters, single blanks, plain marks."""
    plain = text.replace("\u00a0", " ").replace("\u2002", " ").replace("\u00ad", "")
    plain = plain.translate(_PLAIN)
    return " ".join(plain.split()).casefold()


_PLAIN = str.maketrans("\u2018\u2019\u201c\u201d\u2013\u2014\u2011", "''\"\"---")


def divide(
    copy: Returned,
    anchors: Mapping[str, Anchor],
    base: Division | None = None,
    found: Mapping[int, tuple[str, Tier]] | None = None,
) -> Division:
    """Return the regions of `copy`; `base` is the draft as it was sent, divided in the same way.

    `found` adds boundaries that only the wording shows: the position of a paragraph, the anchor it
    opens, and how it was recognized.
    """
    return _Divider(copy, anchors, base, found or {}).run()


def present(copy: Returned) -> set[str]:
    """Return the names of all anchors that `copy` still carries."""
    return {
        token.name.replace(ANSWER, HEAD)
        for para in copy.paras
        for token in para.tokens
        if isinstance(token, Mark) and token.kind in {"bookmark", "control"}
    }


class _Divider:
    def __init__(
        self,
        copy: Returned,
        anchors: Mapping[str, Anchor],
        base: Division | None,
        found: Mapping[int, tuple[str, Tier]],
    ) -> None:
        self._copy = copy
        self._anchors = anchors
        self._base = base.by_name() if base else {}
        self._is_base = base is None
        self._found = found
        self._marks = _bookmarks(copy.paras)
        self._cells = self._cell_regions()
        self._current = Region(FRONT)
        self._regions = [self._current]
        self._begun: set[str] = set()
        self._opened: set[int] = set()
        """The cells that are among the regions."""

    def run(self) -> Division:
        for position, para in enumerate(self._copy.paras):
            self._take(position, para)
        return Division(self._copy, tuple(self._regions))

    def _cell_regions(self) -> dict[Place, Region]:
        """Each table cell that prints one answer."""
        found: dict[Place, Region] = {}
        for para in self._copy.paras:
            for token in para.tokens:
                anchor = self._anchors.get(token.name) if isinstance(token, Mark) else None
                if anchor and anchor.name.startswith(CELL) and para.place not in found:
                    found[para.place] = Region(anchor)
        for position, (name, tier) in self._found.items():
            place = self._copy.paras[position].place
            if name.startswith(CELL) and place and place not in found:
                found[place] = Region(self._anchors[name], tier)
        return found

    def _take(self, position: int, para: Para) -> None:
        cell = next((self._cells[p] for p in _prefixes(para.place) if p in self._cells), None)
        if cell is not None:
            if id(cell) not in self._opened:
                self._opened.add(id(cell))
                self._regions.append(cell)
            cell.paras.append(para)
            return
        if position in self._found:
            name, tier = self._found[position]
            if name not in self._begun and not name.startswith(CELL):
                self._begin(self._anchors[name], tier)
                self._head_or_text(para)
                return
        self._split(para)

    def _split(self, para: Para) -> None:
        """Give the parts of a paragraph to the regions that begin in it."""
        starts = list(self._starts(para))
        if not starts:
            self._current.paras.append(para)
            return
        first = starts[0][0]
        before = _part(para, 0, first)
        if before.text.strip() and self._belongs_before(before.text):
            self._current.paras.append(replace(before, end=para.end))
        else:
            starts[0] = (0, *starts[0][1:])
        for (start, anchor, tier), end in zip(
            starts, [*(start for start, _, _ in starts[1:]), len(para.tokens)], strict=True
        ):
            self._begin(anchor, tier)
            self._head_or_text(_part(para, start, end))

    def _starts(self, para: Para) -> Iterator[tuple[int, Anchor, Tier]]:
        for index, token in enumerate(para.tokens):
            if not isinstance(token, Mark) or token.kind not in {"bookmark", "control"}:
                continue
            name = token.name
            if name.startswith(ANSWER) and name.replace(ANSWER, HEAD) not in self._marks:
                name = name.replace(ANSWER, HEAD)
            anchor = self._anchors.get(name)
            if anchor is None or name in self._begun or not name.startswith(_STARTS):
                continue
            if token.kind == "bookmark":
                yield index, anchor, "bookmark"
            elif name not in self._marks:
                yield index, anchor, "control"

    def _begin(self, anchor: Anchor, tier: Tier) -> None:
        self._begun.add(anchor.name)
        self._current = Region(anchor, tier)
        self._regions.append(self._current)

    def _head_or_text(self, para: Para) -> None:
        name = self._current.anchor.name
        if not self._has_head(name, para):
            self._current.paras.append(para)
            return
        cut = self._end_of_head(name, para)
        if cut is None:
            self._current.head.append(para)
            return
        self._current.head.append(_part(para, 0, cut))
        self._current.paras.append(_part(para, cut, len(para.tokens)))

    def _has_head(self, name: str, para: Para) -> bool:
        if not name.startswith(HEAD):
            return False
        if self._is_base:
            return _index(para, "bookmark", name.replace(HEAD, ANSWER)) is None
        known = self._base.get(name)
        if known is None or not known.head:
            return False
        if _index(para, "bookmark", name) is None and _index(para, "control", name) is None:
            # Found by the mark on its first paragraph: the heading is gone.
            return key_of(para.text) == known.first
        return True

    def _end_of_head(self, name: str, para: Para) -> int | None:
        """Where the answer begins in a paragraph that was joined to its heading."""
        opens = name.replace(HEAD, ANSWER)
        inside = _index(para, "bookmark", opens)
        if inside is not None:
            return inside
        ends = _index(para, "/bookmark", name)
        if ends is None or opens in self._marks or name not in self._base:
            return None
        head, rest = _part(para, 0, ends).text, _part(para, ends, len(para.tokens)).text
        joined = rest.strip() and key_of(head) == self._base[name].first
        return ends if joined else None

    def _belongs_before(self, text: str) -> bool:
        """Whether text before a boundary ends the region above, rather than opens the new one."""
        known = self._base.get(self._current.anchor.name)
        if known is None:
            return self._is_base
        words = key_of(text)
        return any(is_alike(words, key_of(para.text)) for para in (*known.head, *known.paras))


def is_alike(mine: str, theirs: str, least: float = _ALIKE) -> bool:
    """Return whether two texts, as compared, share most of their letters."""
    if not mine or not theirs:
        return False
    if mine in theirs or theirs in mine:
        return min(len(mine), len(theirs)) * 4 >= max(len(mine), len(theirs))
    matcher = SequenceMatcher(None, mine, theirs, autojunk=False)
    return (
        matcher.real_quick_ratio() >= least
        and matcher.quick_ratio() >= least
        and matcher.ratio() >= least
    )


def _bookmarks(paras: Iterable[Para]) -> set[str]:
    return {
        token.name
        for para in paras
        for token in para.tokens
        if isinstance(token, Mark) and token.kind == "bookmark"
    }


def _prefixes(place: Place) -> Iterator[Place]:
    for length in range(len(place), 0, -1):
        yield place[:length]


def _index(para: Para, kind: str, name: str) -> int | None:
    for index, token in enumerate(para.tokens):
        if isinstance(token, Mark) and token.kind == kind and token.name == name:
            return index
    return None


def _part(para: Para, start: int, end: int) -> Para:
    if start == 0 and end == len(para.tokens):
        return para
    return replace(para, tokens=para.tokens[start:end])


def text_of(paras: Iterable[Para]) -> str:
    """Return the visible words of `paras`, a line each."""
    return "\n".join(para.text for para in paras)


def is_blank(para: Para) -> bool:
    """Return whether a reader sees nothing in `para`."""
    return not any(isinstance(token, Piece) and token.text.strip() for token in para.tokens)
