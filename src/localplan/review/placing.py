"""Find regions by their wording, where a file came back without its anchors."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from localplan.document.anchors import Anchor
from localplan.review.regions import Division, Region, Tier, divide, is_alike, key_of, present
from localplan.review.returned import Returned
from localplan.review.weave import alignment

_CONTENTS = ("toc", "contents")
_SHORT = 4


def divided(copy: Returned, anchors: Mapping[str, Anchor], base: Division) -> Division:
    """Return the regions of `copy`, by its anchors and, where those are gone, by its wording."""
    lost = base.by_name().keys() - present(copy) - {""}
    if not lost:
        return divide(copy, anchors, base)
    return divide(copy, anchors, base, _found(copy, base, lost))


@dataclass(frozen=True, slots=True)
class Wording:
    """The paragraphs of a text as marks that compare quickly, to tell which draft a copy is of."""

    every: frozenset[int]
    told: frozenset[int]
    """Those that say something: short lines stand in many texts."""

    @classmethod
    def of(cls, copy: Returned) -> "Wording":
        """Return the wording of a text."""
        words = {key for para in copy.paras if (key := key_of(para.text))}
        told = {key for key in words if len(key.split()) > _SHORT}
        return cls(frozenset(map(hash, words)), frozenset(map(hash, told)))

    def kept_in(self, other: "Wording") -> float:
        """Return the part of what this text tells that stands unchanged in the other."""
        return len(self.told & other.told) / len(self.told) if self.told else 0.0

    def likeness(self, other: "Wording") -> float:
        """Return how much the two have in common: 1 for the same words, 0 for none.

        Short lines count here, because the packets of two readers may differ in nothing else.
        """
        size = len(self.every) + len(other.every)
        return 2 * len(self.every & other.every) / size if size else 0.0


def _found(copy: Returned, base: Division, lost: set[str]) -> dict[int, tuple[str, Tier]]:
    """Where each lost region begins, as far as the wording tells."""
    here = [_key(copy, position) for position in range(len(copy.paras))]
    there, starts = _flat(base)
    counts, before = Counter(here), Counter(there)
    where = {words: position for position, words in enumerate(here)}
    aligned = _aligned(there, here)
    found: dict[int, tuple[str, Tier]] = {}
    for region, start in starts:
        name = region.anchor.name
        if name not in lost or not there[start]:
            continue
        words = there[start]
        place: int | None = None
        tier: Tier = "text"
        if counts[words] == 1 and before[words] == 1:
            place, tier = where[words], "heading"
        elif start in aligned:
            place, tier = aligned[start], "heading" if words == here[aligned[start]] else "text"
        else:
            place = _beside(start, aligned, there, here)
        if place is not None and place not in found:
            found[place] = (name, tier)
    return found


def _key(copy: Returned, position: int) -> str:
    para = copy.paras[position]
    if copy.style_of(para).startswith(_CONTENTS):
        return ""
    return key_of(para.text)


def _flat(base: Division) -> tuple[list[str], list[tuple[Region, int]]]:
    """The draft's paragraphs as compared, and where each region starts among them."""
    lines: list[str] = []
    starts: list[tuple[Region, int]] = []
    for region in base.regions:
        paras = [*region.head, *region.paras]
        said = [key_of(para.text) for para in paras]
        if region.anchor.name == "":
            said = [
                "" if base.copy.style_of(para).startswith(_CONTENTS) else words
                for para, words in zip(paras, said, strict=True)
            ]
        first = next((place for place, words in enumerate(said) if words), None)
        if first is not None:
            starts.append((region, len(lines) + first))
        lines += said
    return lines, starts


def _aligned(there: Sequence[str], here: Sequence[str]) -> dict[int, int]:
    """Which paragraph of the returned text is which paragraph of the draft."""
    found: dict[int, int] = {}
    for tag, start, end, place, _ in alignment(there, here):
        for offset in range(end - start if tag == "equal" else 0):
            if there[start + offset]:
                found[start + offset] = place + offset
    return found


def _beside(
    start: int, aligned: Mapping[int, int], there: Sequence[str], here: Sequence[str]
) -> int | None:
    """The place of a reworded paragraph: between its neighbors, and alike enough."""
    above = next(
        (aligned[at] for at in range(start - 1, max(start - 6, -1), -1) if at in aligned), None
    )
    if above is None:
        return None
    for place in range(above + 1, min(above + 7, len(here))):
        if here[place] and is_alike(there[start], here[place]):
            return place
    return None
