"""The glossary of a document: only the terms that its text uses."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from localplan.document.blocks import Block, Table, text_of, words
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
    text = " ".join(words(block) for block in whole if not _is_glossary(block)).lower()
    used = {
        _shown(term.term, term.also)
        for term in load_law().terms
        if any(_occurs(name, text) for name in (term.term, *term.also))
    }
    for block in whole:
        if isinstance(block, Table) and _is_glossary(block):
            rows = tuple(row for row in block.rows if text_of(row[0].text) in used)
            if rows:
                yield replace(block, rows=rows)
        else:
            yield block


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
