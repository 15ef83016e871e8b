"""Comments in the margin of a returned file: which words they are about, and in which region."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from localplan.review.regions import Division, Region, key_of
from localplan.review.returned import Remark
from localplan.review.walk import Mark, Para, Piece

_CONTEXT = 200
_LONGEST = 2_000
"""Letters kept of what a comment spans: some pages of comments on everything stay readable."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A comment with its replies, the words it is about and its region (None when lost)."""

    remark: Remark
    replies: tuple[Remark, ...]
    quote: str
    region: Region | None


def comments(copy: Division) -> Iterator[Placed]:
    """Yield every comment that replies to no other, in the order of the text."""
    remarks = {remark.id: remark for remark in copy.copy.remarks}
    heads = _heads(remarks)
    threads: dict[str, list[Remark]] = {name: [] for name in remarks if heads[name] == name}
    for remark in remarks.values():
        if heads[remark.id] != remark.id:
            threads[heads[remark.id]].append(remark)
    quotes = _quotes(copy.copy.paras)
    places = _places(copy)
    order = {name: position for position, name in enumerate(places)}
    for name in sorted(threads, key=lambda each: order.get(each, len(order))):
        yield Placed(remarks[name], tuple(threads[name]), quotes.get(name, ""), places.get(name))


def unread(copy: Division) -> Iterator[str]:
    """Yield the words beside each comment that the text marks and the file does not hold."""
    known = {remark.id for remark in copy.copy.remarks}
    for name, quote in _quotes(copy.copy.paras).items():
        if name not in known:
            yield quote


def asked_before(base: Division) -> set[str]:
    """Return the comments that we ourselves put into the draft, as compared."""
    return {key_of(remark.text) for remark in base.copy.remarks}


def _heads(remarks: Mapping[str, Remark]) -> dict[str, str]:
    """The comment at the head of each one's thread; where they reply in a ring, one of the ring."""
    found: dict[str, str] = {}
    for name in remarks:
        passed: dict[str, None] = {}
        at = name
        while at not in found and at not in passed:
            passed[at] = None
            parent = remarks[at].parent
            at = parent if parent in remarks else at
        head = found.get(at, at)
        found |= dict.fromkeys(passed, head)
    return found


def _quotes(paras: tuple[Para, ...]) -> dict[str, str]:
    """The words that each comment spans; for one that spans none, how its paragraph begins."""
    said: list[str] = []
    begun: dict[str, int] = {}
    ended: dict[str, int] = {}
    bare: dict[str, str] = {}
    here = 0
    for para in paras:
        opening: str | None = None
        for token in para.tokens:
            if isinstance(token, Piece):
                said.append(token.text)
                here += len(token.text)
            elif token.kind == "comment":
                begun.setdefault(token.name, here)
            elif token.kind == "/comment" and token.name in begun:
                ended.setdefault(token.name, here)
            elif token.kind == "reference" and token.name not in bare:
                opening = para.text[:_CONTEXT] if opening is None else opening
                bare[token.name] = opening
        said.append(" ")
        here += 1
    text = "".join(said)
    spans = {
        name: text[start : min(ended.get(name, here), start + _LONGEST + 1)]
        for name, start in begun.items()
    }
    return {name: _quote(spans.get(name, "")) or bare.get(name, "") for name in {**bare, **spans}}


def _quote(words: str) -> str:
    quote = " ".join(words[:_LONGEST].split())
    return f"{quote} …" if len(words) > _LONGEST else quote


def _places(copy: Division) -> dict[str, Region]:
    places: dict[str, Region] = {}
    for region in copy.regions:
        for para in (*region.head, *region.paras):
            for token in para.tokens:
                if isinstance(token, Mark) and token.kind in {"comment", "reference"}:
                    places.setdefault(token.name, region)
    return places
