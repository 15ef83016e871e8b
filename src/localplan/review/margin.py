"""Comments in the margin of a returned file: which words they are about, and in which region."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from localplan.review.regions import Division, Region, key_of
from localplan.review.returned import Remark
from localplan.review.walk import Mark, Para, Piece

_CONTEXT = 200


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
    quotes = _quotes(copy.copy.paras)
    places = _places(copy)
    order = {name: position for position, name in enumerate(places)}
    heads = [remark for remark in remarks.values() if not _root(remark, remarks)]
    for remark in sorted(heads, key=lambda each: order.get(each.id, len(order))):
        replies = tuple(each for each in remarks.values() if _root(each, remarks) == remark.id)
        quote = quotes.get(remark.id, "")
        yield Placed(remark, replies, quote, places.get(remark.id))


def asked_before(base: Division) -> set[str]:
    """Return the comments that we ourselves put into the draft, as compared."""
    return {key_of(remark.text) for remark in base.copy.remarks}


def _root(remark: Remark, remarks: Mapping[str, Remark]) -> str:
    """The id of the comment at the head of the thread; blank for that comment itself."""
    seen = {remark.id}
    parent = remark.parent
    root = ""
    while parent and parent not in seen and parent in remarks:
        root = parent
        seen.add(parent)
        parent = remarks[parent].parent
    return root


def _quotes(paras: tuple[Para, ...]) -> dict[str, str]:
    found: dict[str, list[str]] = {}
    bare: dict[str, str] = {}
    going: list[str] = []
    for para in paras:
        for token in para.tokens:
            if isinstance(token, Piece):
                for name in going:
                    found[name].append(token.text)
            elif token.kind == "comment":
                going.append(token.name)
                found.setdefault(token.name, [])
            elif token.kind == "/comment" and token.name in going:
                going.remove(token.name)
            elif token.kind == "reference":
                bare.setdefault(token.name, para.text[:_CONTEXT])
        for name in going:
            found[name].append(" ")
    quotes = {name: " ".join("".join(words).split()) for name, words in found.items()}
    return {name: quotes.get(name) or bare.get(name, "") for name in {**bare, **quotes}}


def _places(copy: Division) -> dict[str, Region]:
    places: dict[str, Region] = {}
    for region in copy.regions:
        for para in (*region.head, *region.paras):
            for token in para.tokens:
                if isinstance(token, Mark) and token.kind in {"comment", "reference"}:
                    places.setdefault(token.name, region)
    return places
