"""The glossary of a document: only the terms that its text uses."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from localplan.document.blocks import (
    Block,
    Boundary,
    Callout,
    Contents,
    Figure,
    Gap,
    Heading,
    Inline,
    ListBlock,
    PageBreak,
    Paragraph,
    Table,
)
from localplan.document.facts.names import Facts
from localplan.knowledge.standards import load_law

GLOSSARY = "table-glossary"
"""The label of the glossary's table."""
_EDGE = re.compile(r"\b")
_END = re.compile(r"(?:s|es)?\b")


def terms() -> list[Facts]:
    """Return every term there is, for the template to put in a table."""
    return [
        {
            "term": _shown(term.term, term.also),
            "means": term.means + (f" ({term.cite})" if term.cite else ""),
        }
        for term in sorted(load_law().terms, key=lambda term: term.term.lower())
    ]


def with_used_terms(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield `blocks` with the glossary cut to the terms that the rest of the text uses."""
    whole = tuple(blocks)
    text = " ".join(text_of(block) for block in whole if not _is_glossary(block)).lower()
    used = {
        _shown(term.term, term.also)
        for term in load_law().terms
        if any(_occurs(name, text) for name in (term.term, *term.also))
    }
    for block in whole:
        if isinstance(block, Table) and _is_glossary(block):
            rows = tuple(row for row in block.rows if _words(row[0].text) in used)
            if rows:
                yield replace(block, rows=rows)
        else:
            yield block


def text_of(block: Block) -> str:
    """Return the words of a block."""
    match block:
        case Heading() | Paragraph():
            return _words(block.text)
        case ListBlock():
            return " ".join(text_of(inner) for item in block.items for inner in item)
        case Callout():
            return " ".join((block.title, *(text_of(inner) for inner in block.blocks)))
        case Table():
            heads = [_words(column.head) for column in block.columns]
            cells = [
                " ".join((_words(cell.text), *(text_of(inner) for inner in cell.blocks)))
                for row in block.rows
                for cell in row
            ]
            return " ".join((block.caption, *heads, *cells, block.source))
        case Figure():
            return f"{block.caption} {block.alt}"
        case Gap():
            return f"{block.what} {block.why} {block.owner} {block.due}"
        case Boundary() | PageBreak() | Contents():
            return ""


def _is_glossary(block: Block) -> bool:
    return isinstance(block, Table) and block.label == GLOSSARY


def _shown(term: str, also: Iterable[str]) -> str:
    others = [name for name in also if name.isupper()]
    return f"{term} ({', '.join(others)})" if others else term


def _occurs(name: str, text: str) -> bool:
    """True where `text`, in small letters, has the whole word `name`, in one or many."""
    wanted = name.lower()
    at = text.find(wanted)
    while at >= 0:
        if _EDGE.match(text, at) and _END.match(text, at + len(wanted)):
            return True
        at = text.find(wanted, at + 1)
    return False


def _words(text: Inline) -> str:
    return "".join(run.text for run in text)
