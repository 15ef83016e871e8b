"""What the writers of one Word file share while it grows, and how a paragraph is put down."""

from dataclasses import dataclass, field

from localplan.document.anchors import ANSWER, HEAD, Namer, label_name
from localplan.document.blocks import Boundary, Inline, Run, text_of
from localplan.document.docx import xmltext
from localplan.document.docx.comments import comment_end
from localplan.document.docx.paper import Paper
from localplan.document.docx.tracked import marked_runs


@dataclass(frozen=True, slots=True)
class Media:
    """A picture file in the package."""

    rid: str
    name: str
    kind: str
    """Its content type."""
    content: bytes


@dataclass(slots=True)
class Writing:
    """One Word file being written: what is pending, and what the package needs beside the body."""

    namer: Namer = field(default_factory=Namer)
    linked: set[str] = field(default_factory=set)
    """Labels that some link points at and that have no bookmark yet."""
    paper: Paper = field(default_factory=Paper)
    width: int = 0
    """Twentieths of a point that the text may run across."""
    links: dict[str, str] = field(default_factory=dict)
    media: list[Media] = field(default_factory=list)
    starts: list[tuple[int, int]] = field(default_factory=list)
    """Level and first number of each numbered list."""
    bookmarks: int = 0
    controls: int = 0
    drawings: int = 0
    headings: int = 0
    head: str = ""
    """Bookmark of an answer whose heading has not been written yet."""
    marks: list[str] = field(default_factory=list)
    """Bookmarks that the next paragraph carries."""
    remarks: dict[str, list[int]] = field(default_factory=dict)
    """Numbers of the comments that wait for the bookmark they stand beside."""
    break_before: bool = False
    fresh: bool = True
    """True where the next paragraph begins a page anyway."""
    leads: bool = False
    """True while a sentence is written that only leads from a heading to its table."""
    lowered: bool = False
    """True until the first line of a title page, which stands well below the top, is written."""


def open_region(writing: Writing, boundary: Boundary) -> None:
    """Let the next paragraph carry the region's bookmark; regions never overlap."""
    writing.marks = [mark for mark in writing.marks if not mark.startswith(ANSWER)]
    name = writing.namer.of_boundary(boundary)
    if boundary.kind == "answer":
        if writing.head:
            writing.marks.append(writing.head)
        writing.head = name
    else:
        writing.marks.append(name)


def mark_label(writing: Writing, label: str) -> None:
    """Let the next paragraph carry the label's bookmark, where a link leads to it."""
    if label and label in writing.linked:
        writing.linked.remove(label)
        writing.marks.append(label_name(label))


def paragraph(
    writing: Writing,
    style: str,
    inner: str,
    *,
    keep: bool = False,
    number: str = "",
    layout: str = "",
) -> str:
    """A paragraph that carries every pending bookmark; `layout` holds bidi, ind and jc in order."""
    if writing.head:
        writing.marks += [writing.head, _answer_mark(writing.head)]
        writing.head = ""
    return _paragraph(writing, style, inner, keep=keep, number=number, layout=layout)


def heading_paragraph(writing: Writing, style: str, inner: str, *, layout: str = "") -> str:
    """A paragraph that heads what follows; above an answer its text is locked and bookmarked."""
    head, writing.head = writing.head, ""
    if not head:
        return _paragraph(writing, style, inner, keep=True, layout=layout)
    writing.marks.append(head)
    writing.controls += 1
    locked = (
        f'<w:sdt><w:sdtPr><w:tag w:val="{head}"/><w:id w:val="{100000 + writing.controls}"/>'
        f'<w:lock w:val="sdtContentLocked"/></w:sdtPr><w:sdtContent>{inner}</w:sdtContent></w:sdt>'
    )
    made = _paragraph(writing, style, locked, keep=True, layout=layout)
    writing.marks.append(_answer_mark(head))
    return made


def runs(writing: Writing, inline: Inline, look: str = "") -> str:
    """Runs of text as XML; web and mail addresses and links to labels work."""
    return "".join([marked_runs(_run(writing, run, look), run.change) for run in inline])


def direction(inline: Inline) -> str:
    """The paragraph property that right-to-left text needs."""
    return "<w:bidi/>" if xmltext.reads_right_to_left(text_of(inline)) else ""


def _answer_mark(head: str) -> str:
    return ANSWER + head.removeprefix(HEAD)


def _paragraph(
    writing: Writing, style: str, inner: str, *, keep: bool, number: str = "", layout: str = ""
) -> str:
    lead = "<w:keepNext/>" if keep else ""
    if writing.break_before:
        lead += "<w:pageBreakBefore/>"
        writing.break_before = False
    writing.fresh = False
    if writing.marks:
        inner = _bookmarked(writing, inner)
    named = "" if style == "Normal" else f'<w:pStyle w:val="{style}"/>'
    props = named + lead + number + layout
    if not props:
        return f"<w:p>{inner}</w:p>"
    return f"<w:p><w:pPr>{props}</w:pPr>{inner}</w:p>"


def _bookmarked(writing: Writing, inner: str) -> str:
    starts = ends = ""
    for name in writing.marks:
        writing.bookmarks += 1
        starts += f'<w:bookmarkStart w:id="{writing.bookmarks}" w:name="{name}"/>'
        ends = f'<w:bookmarkEnd w:id="{writing.bookmarks}"/>' + ends
        for number in writing.remarks.pop(name, ()):
            starts += f'<w:commentRangeStart w:id="{number}"/>'
            ends = comment_end(number) + ends
    writing.marks = []
    return starts + inner + ends


def _run(writing: Writing, run: Run, look: str) -> str:
    if run.bold:
        look += "<w:b/><w:bCs/>"
    if run.italic:
        look += "<w:i/><w:iCs/>"
    if not run.link:
        return xmltext.run(run.text, look)
    shown = xmltext.run(run.text, '<w:rStyle w:val="Hyperlink"/>' + look)
    if run.link.startswith("#"):
        target = label_name(run.link[1:])
        return f'<w:hyperlink w:anchor="{target}" w:history="1">{shown}</w:hyperlink>'
    rid = writing.links.setdefault(run.link, f"rIdL{len(writing.links) + 1}")
    return f'<w:hyperlink r:id="{rid}" w:history="1">{shown}</w:hyperlink>'
