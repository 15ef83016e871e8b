"""What a Word file with tracked changes says with every change taken in, and with none."""

from collections.abc import Iterable, Iterator
from typing import Literal, TypeAlias

from localplan.review.walk import GONE, Para, Piece

Way: TypeAlias = Literal["accepted", "rejected"]

_GONE = {"accepted": "del", "rejected": "ins"}


def texts_of(paragraphs: Iterable[Para], way: Way) -> Iterator[str]:
    """Yield the text of each paragraph that is not empty once every change is settled this way.

    A paragraph whose end mark goes joins the one that follows it in the same place.
    """
    held, place = "", None
    for para in paragraphs:
        if held and para.place != place:
            yield from _said(held)
            held = ""
        held += _text(para, way)
        place = para.place
        if para.end.state != _GONE[way]:
            yield from _said(held)
            held = ""
    yield from _said(held)


def _text(para: Para, way: Way) -> str:
    return "".join(
        token.text
        for token in para.tokens
        if isinstance(token, Piece) and token.tracked.state not in GONE[_GONE[way]]
    )


def _said(text: str) -> Iterator[str]:
    if text.strip():
        yield text.strip()
