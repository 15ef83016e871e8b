"""Headers and footers that a board's own file lends: what they say, and what a draft adds."""

from lxml import etree

from localplan.document.docx import furniture, xmltext

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def with_watermark(header: bytes, mark: str) -> bytes:
    """The header with the run `mark` at the end of its last paragraph."""
    story = etree.fromstring(header)
    made = etree.fromstring(f"<w:p {furniture.NAMESPACES}{furniture.VML}>{mark}</w:p>")
    last = story.findall(f"{_W}p")
    if last:
        last[-1].append(made[0])
    else:
        story.append(made)
    return written(story)


def with_line(footer: bytes, line: str) -> bytes:
    """The footer with the paragraph `line` beneath."""
    story = etree.fromstring(footer)
    story.append(etree.fromstring(line))
    return written(story)


def counts_pages(part: bytes) -> bool:
    """True where a header or footer shows the number of the page."""
    story = etree.fromstring(part)
    told = [code.text or "" for code in story.iter(f"{_W}instrText")]
    told += [str(field.get(f"{_W}instr", "")) for field in story.iter(f"{_W}fldSimple")]
    return any(code.split()[:1] == ["PAGE"] for code in told)


def written(root: etree._Element) -> bytes:
    """A part of the package as the bytes of its file."""
    return xmltext.part(etree.tostring(root, encoding="unicode"))
