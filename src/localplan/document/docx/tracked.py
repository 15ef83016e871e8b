"""Tracked changes: runs, paragraphs and table rows that came in or went out.

The body of a Word file is a string here; runs are marked while they are written, and what follows
from them (a paragraph or row all of whose words came in is itself new) is worked out afterwards.
"""

import itertools
import re
from typing import Literal, TypeAlias

from localplan.document.docx import xmltext

Mark: TypeAlias = Literal["", "ins", "del"]

_RUN = re.compile(r"<w:r>.*?</w:r>", re.DOTALL)
_WRAPPED = re.compile(r"<w:(ins|del)><w:r>.*?</w:r></w:\1>", re.DOTALL)
_PARAGRAPH = re.compile(r"<w:p/>|<w:p>.*?</w:p>", re.DOTALL)
_ROW = re.compile(r"<w:tr>.*?</w:tr>", re.DOTALL)
_APART = 3
"""Minutes between the changes of two paragraphs."""
_UNSIGNED = re.compile(r"<w:(ins|del)(/?)>|<w:p>")


def marked_runs(xml: str, mark: Mark) -> str:
    """The runs in `xml`, each as a tracked insertion or deletion."""
    if not mark:
        return xml
    if mark == "ins":
        return _RUN.sub(lambda found: f"<w:ins>{found.group()}</w:ins>", xml)
    return _RUN.sub(lambda found: f"<w:del>{_deleted(found.group())}</w:del>", xml)


def marked_block(xml: str, mark: Mark) -> str:
    """A whole block as an insertion or deletion, with its paragraphs and rows."""
    if not mark:
        return _settled(xml) if "<w:ins>" in xml or "<w:del>" in xml else xml
    xml = marked_runs(xml, mark)
    xml = _PARAGRAPH.sub(lambda found: _marked_paragraph(found.group(), mark), xml)
    return _ROW.sub(lambda found: _marked_row(found.group(), mark), xml)


def signed(body: str, author: str, date: str) -> str:
    """The body with a number, an author and a time on every change.

    Paragraphs differ by minutes: LibreOffice joins two insertions of nearly the same time across
    the end of a paragraph, and turning them down would then join the paragraphs too.
    """
    numbers = itertools.count(900_001)
    minute = 0
    name, day = xmltext.attribute(author), date or "2000-01-01"

    def sign(found: re.Match[str]) -> str:
        nonlocal minute
        kind, end = found.groups()
        if not kind:
            minute = (minute + _APART) % 1440
            return found.group()
        time = f"{day}T{minute // 60:02}:{minute % 60:02}:00Z"
        return f'<w:{kind} w:id="{next(numbers)}" w:author="{name}" w:date="{time}"{end}>'

    return _UNSIGNED.sub(sign, body)


def _deleted(run: str) -> str:
    run = re.sub(r"<w:t( [^>]*)?>", r"<w:delText\1>", run).replace("</w:t>", "</w:delText>")
    run = re.sub(r"<w:instrText( [^>]*)?>", r"<w:delInstrText\1>", run)
    return run.replace("</w:instrText>", "</w:delInstrText>")


def _settled(xml: str) -> str:
    """Rows and paragraphs that hold nothing but insertions, or deletions, are so themselves."""
    xml = _ROW.sub(lambda found: _marked_row(found.group(), _whole(found.group())), xml)
    return _PARAGRAPH.sub(
        lambda found: _marked_paragraph(found.group(), _whole(found.group())), xml
    )


def _whole(xml: str) -> Mark:
    kinds = {found.group(1) for found in _WRAPPED.finditer(xml)}
    if len(kinds) != 1 or _RUN.search(_WRAPPED.sub("", xml)):
        return ""
    return "ins" if "ins" in kinds else "del"


def _marked_paragraph(xml: str, mark: Mark) -> str:
    if not mark:
        return xml
    sign = f"<w:rPr><w:{mark}/></w:rPr>"
    if xml == "<w:p/>":
        return f"<w:p><w:pPr>{sign}</w:pPr></w:p>"
    if xml.startswith("<w:p><w:pPr>"):
        return xml.replace("</w:pPr>", f"{sign}</w:pPr>", 1)
    return xml.replace("<w:p>", f"<w:p><w:pPr>{sign}</w:pPr>", 1)


def _marked_row(xml: str, mark: Mark) -> str:
    if not mark:
        return xml
    if xml.startswith("<w:tr><w:trPr>"):
        return xml.replace("</w:trPr>", f"<w:{mark}/></w:trPr>", 1)
    # Row properties may not consist of a change alone.
    alone = f'<w:trPr><w:cantSplit w:val="off"/><w:{mark}/></w:trPr>'
    return xml.replace("<w:tr>", f"<w:tr>{alone}", 1)
