"""How many pages the parts of a State's outline fill, counted on the finished PDF."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from localplan.document.blocks import Document, Heading, text_of
from localplan.document.outline import prompt_label, section_label
from localplan.document.pdf import libreoffice, to_pdf
from localplan.knowledge.states import State

_BOOKMARK = re.compile(rb"/Title<FEFF([0-9A-F]*)>\s*/Dest\[(\d+) 0 R/XYZ [\d.]+ ([\d.]+)")
_PAGES = re.compile(rb"/Kids\[([\d R\s]*)\]")
_PAGE = re.compile(rb"(\d+) 0 R")
_TOP, _DEPTH = 720.0, 648.0
"""Where the text of a Letter page with one-inch margins begins, and how far down it goes."""


@dataclass(frozen=True, slots=True)
class _Bookmark:
    title: str
    at: float
    """Pages that lie before it, the part of its own page included."""


def has_page_limits(state: State) -> bool:
    """Return whether `state` limits the pages of any part of its outline."""
    return any(True for _ in _limited(state))


def measured_pages(document: Document, state: State) -> Mapping[str, float]:
    """Return the pages that each limited part of `state` fills, by prompt id or section number.

    `document` is numbered and in the order of `state`. Empty without LibreOffice.

    Raises:
        PdfError: LibreOffice is there and could not make the PDF.
    """
    return pages_in(to_pdf(document), document, state) if libreoffice() else {}


def pages_in(pdf: bytes, document: Document, state: State) -> Mapping[str, float]:
    """Return the same for a PDF that LibreOffice made of `document`."""
    last, bookmarks = _bookmarks(pdf)
    headings = [block for block in document.blocks if isinstance(block, Heading)]
    found = list(_placed(headings, bookmarks))
    limited = dict(_limited(state))
    measured: dict[str, float] = {}
    for index, (heading, start) in enumerate(found):
        if heading.label in limited:
            after = (at for one, at in found[index + 1 :] if one.level <= heading.level)
            measured[limited[heading.label]] = round(next(after, last) - start, 1)
    return measured


def _limited(state: State) -> Iterator[tuple[str, str]]:
    """The label of each part that has a limit in pages, and its place."""
    for section in state.sections:
        for prompt in section.prompts:
            if prompt.pages:
                yield prompt_label(prompt, section), prompt.id
        if section.pages:
            yield section_label(section), section.number or section.heading


def _bookmarks(pdf: bytes) -> tuple[float, list[_Bookmark]]:
    """The number of pages, and the bookmarks in the order of the document."""
    listed = max(_PAGES.findall(pdf), key=len, default=b"")
    order = {int(page): place for place, page in enumerate(_PAGE.findall(listed))}
    marks = []
    for title, page, height in _BOOKMARK.findall(pdf):
        down = min(max((_TOP - float(height)) / _DEPTH, 0.0), 1.0)
        words = bytes.fromhex(title.decode()).decode("utf-16-be", "replace")
        marks.append(_Bookmark(_plain(words), order.get(int(page), 0) + down))
    return float(len(order)), sorted(marks, key=lambda mark: mark.at)


def _placed(headings: list[Heading], bookmarks: list[_Bookmark]) -> Iterator[tuple[Heading, float]]:
    """Each heading with where it stands; both lists run through the document once."""
    at = 0
    for heading in headings:
        title = _plain(f"{heading.number} {text_of(heading.text)}")
        for index in range(at, len(bookmarks)):
            if bookmarks[index].title == title:
                yield heading, bookmarks[index].at
                at = index + 1
                break


def _plain(words: str) -> str:
    return " ".join(words.split())
