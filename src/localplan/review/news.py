"""What changed since the draft that a recipient saw last."""

from collections.abc import Mapping
from dataclasses import dataclass

from localplan.document.blocks import Block, Boundary, Document, Heading, Table
from localplan.review.excerpts import said_in
from localplan.review.regions import key_of
from localplan.review.sheets import notice

_MOST = 40


@dataclass(frozen=True, slots=True)
class News:
    """The sections that changed since an earlier draft."""

    number: int
    sent: str
    changed: tuple[str, ...]


def said_of(news: News | None) -> tuple[Block, ...]:
    """Return the box that says what changed; nothing for someone who saw no draft yet."""
    if news is None:
        return ()
    if not news.changed:
        return (notice("What changed", [f"Nothing here changed since draft {news.number}."]),)
    lines = [f"Since draft {news.number}, which you have, these parts changed:", *news.changed]
    return (notice("What changed", lines),)


def news_between(before: Mapping[str, str], now: Document, *, number: int, sent: str) -> News:
    """Return what differs between the texts of an earlier draft, by path, and a document."""
    after, headings = texts_of(now)
    changed = [
        f"{headings[path]}{'' if path in before else ' (new)'}"
        for path, text in after.items()
        if key_of(before.get(path, "")) != key_of(text)
    ]
    gone = len(before.keys() - after.keys())
    lines = list(dict.fromkeys(line for line in changed if line))
    if len(lines) > _MOST:
        lines = [*lines[:_MOST], f"and {len(lines) - _MOST} more"]
    if gone:
        lines.append(f"{gone} {'part was' if gone == 1 else 'parts were'} taken out")
    return News(number, sent, tuple(lines))


def texts_of(document: Document) -> tuple[dict[str, str], dict[str, str]]:
    """Return the words of each region of a document by path, and the heading it stands under."""
    texts: dict[str, str] = {}
    headings: dict[str, str] = {}
    path = heading = ""
    for block in document.blocks:
        if isinstance(block, Boundary):
            path = block.path
        elif path and not path.startswith("forms."):
            if isinstance(block, Heading):
                heading = " ".join((block.number, said_in(block))).strip()
            words = block.caption + said_in(block) if isinstance(block, Table) else said_in(block)
            texts[path] = f"{texts.get(path, '')}\n{words}".strip()
            headings.setdefault(path, heading)
    return texts, headings
