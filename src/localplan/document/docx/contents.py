"""The table of contents: a field Word can refresh, already filled with links that work."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import repeat
from typing import TypeGuard

from localplan.document.blocks import Block, Heading, text_of
from localplan.document.docx import xmltext
from localplan.document.docx.paragraphs import Writing, paragraph


@dataclass(frozen=True, slots=True)
class Entry:
    """A heading as the contents list it."""

    level: int
    words: str
    bookmark: str
    page: bool = False
    """True where the page number is shown, for a program that works it out while it prints."""


def entry_name(number: int) -> str:
    """The bookmark of the n-th listed heading."""
    return f"_Toc{number:09d}"


def entries_of(
    blocks: tuple[Block, ...], *, pages: bool = False, marks: Iterable[str] = ()
) -> tuple[Entry, ...]:
    """Every listed heading of the document's flow, in order; not those that `marks` take out."""
    marked = zip(blocks, marks or repeat(""), strict=False)
    listed = [(block, mark) for block, mark in marked if _is_listed(block)]
    return tuple(
        Entry(block.level, _shown(block), entry_name(number), pages)
        for number, (block, mark) in enumerate(listed, start=1)
        if mark != "del" and _shown(block).strip()
    )


def contents_xml(writing: Writing, entries: tuple[Entry, ...], depth: int) -> str:
    """The entries down to `depth` as paragraphs; nothing where there is nothing to list."""
    chosen = [entry for entry in entries if entry.level <= depth]
    out: list[str] = []
    for index, entry in enumerate(chosen):
        inner = _entry(entry)
        if not entry.page:
            before = _opening(depth) if index == 0 else ""
            after = _CLOSING if index == len(chosen) - 1 else ""
            inner = before + inner + after
        heads = index + 1 < len(chosen) and chosen[index + 1].level > entry.level
        out.append(paragraph(writing, f"TOC{min(entry.level, 3)}", inner, keep=heads))
    return "".join(out)


def _is_listed(block: Block) -> TypeGuard[Heading]:
    return isinstance(block, Heading) and block.listed and not xmltext.is_blank(block.text)


def _shown(heading: Heading) -> str:
    kept = tuple(run for run in heading.text if run.change != "del")
    words = text_of(kept).replace("\n", " ")
    return f"{heading.number}\u2002{words}" if heading.number else words


def _entry(entry: Entry) -> str:
    inner = xmltext.run(entry.words)
    if entry.page:
        inner += "<w:r><w:tab/></w:r>" + xmltext.field(f"PAGEREF {entry.bookmark} \\h", "0")
    return f'<w:hyperlink w:anchor="{entry.bookmark}" w:history="1">{inner}</w:hyperlink>'


def _opening(depth: int) -> str:
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> '
        f'TOC \\o "1-{depth}" \\h \\z \\u </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )


_CLOSING = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
