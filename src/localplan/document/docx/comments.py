"""Comments in the margin: the part that holds them, and where they end in the text."""

from localplan.document.anchors import regions_of
from localplan.document.blocks import Document
from localplan.document.docx.xmltext import attribute, run

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def waiting(document: Document) -> dict[str, list[int]]:
    """Return the numbers of the document's comments by the bookmark they stand beside."""
    if not document.remarks:
        return {}
    names: dict[str, str] = {}
    for anchor in regions_of(document):
        names.setdefault(anchor.path, anchor.name)
    found: dict[str, list[int]] = {}
    for number, remark in enumerate(document.remarks):
        if remark.path in names:
            found.setdefault(names[remark.path], []).append(number)
    return found


def comment_end(number: int) -> str:
    """Return what closes the range of a comment and refers to it."""
    return (
        f'<w:commentRangeEnd w:id="{number}"/><w:r><w:rPr><w:rStyle w:val="CommentReference"/>'
        f'</w:rPr><w:commentReference w:id="{number}"/></w:r>'
    )


def comments_part(document: Document) -> str:
    """Return the part with the words of every comment that has a place."""
    placed = {number for numbers in waiting(document).values() for number in numbers}
    moment = f"{document.date or '2000-01-01'}T00:00:00Z"
    made = "".join(
        f'<w:comment w:id="{number}" w:author="{attribute(remark.author)}" w:date="{moment}" '
        f'w:initials="{attribute(_initials(remark.author))}">{_lines(remark.text)}</w:comment>'
        for number, remark in enumerate(document.remarks)
        if number in placed
    )
    return f'<w:comments xmlns:w="{_W}">{made}</w:comments>'


def _lines(text: str) -> str:
    lines = text.strip().split("\n")
    return "".join(
        f'<w:p><w:pPr><w:pStyle w:val="CommentText"/></w:pPr>{run(line)}</w:p>' for line in lines
    )


def _initials(name: str) -> str:
    return "".join(word[0] for word in name.split() if word[0].isalpha())[:4].upper()
