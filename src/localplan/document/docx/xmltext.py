"""The two helpers that every text passes on its way into XML, and runs of text."""

import re
import unicodedata

from localplan.document.blocks import Inline, text_of

_REFUSED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff\ud800-\udfff]")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_SPLIT = re.compile("([\n\t])")


def part(written: str) -> bytes:
    """A part of the package as the bytes of its file."""
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{written}'.encode()


def text(value: str) -> str:
    """Character data: nothing in it can be markup, and nothing in it makes the file unreadable."""
    if not value.isprintable():
        value = _REFUSED.sub("", value)
    if "&" in value:
        value = value.replace("&", "&amp;")
    if "<" in value:
        value = value.replace("<", "&lt;")
    if ">" in value:
        value = value.replace(">", "&gt;")
    return value


def attribute(value: str) -> str:
    """An attribute's value, for double quotes; line ends become spaces."""
    value = text(value).replace('"', "&quot;")
    return value.replace("\r", " ").replace("\n", " ").replace("\t", " ")


def is_blank(runs: Inline) -> bool:
    """True where a reader would see nothing."""
    return not visible(text_of(runs))


def visible(value: str) -> str:
    """The text without what no file can hold, or an empty text where only space would be seen."""
    if value.isprintable():
        return value if value.strip() else ""
    value = _REFUSED.sub("", value)
    return value if value.strip() else ""


def reads_right_to_left(value: str) -> bool:
    """True where the first letter with a direction belongs to a right-to-left script."""
    if value.isascii() or not _RIGHT_TO_LEFT.search(value):
        return False
    for letter in value:
        direction = unicodedata.bidirectional(letter)
        if direction in {"L", "R", "AL"}:
            return direction != "L"
    return False


def run(value: str, look: str = "") -> str:
    """A run of text in a look (the inside of `w:rPr`); line breaks and tabs are kept."""
    if not value.isascii() and _RIGHT_TO_LEFT.search(value):
        look += "<w:rtl/>"
    props = f"<w:rPr>{look}</w:rPr>" if look else ""
    if "\n" not in value and "\t" not in value:
        return f'<w:r>{props}<w:t xml:space="preserve">{text(value)}</w:t></w:r>'
    inner = "".join(_piece(piece) for piece in _SPLIT.split(value) if piece)
    return f"<w:r>{props}{inner}</w:r>"


def _piece(piece: str) -> str:
    if piece == "\n":
        return "<w:br/>"
    if piece == "\t":
        return "<w:tab/>"
    return f'<w:t xml:space="preserve">{text(piece)}</w:t>'


def field(instruction: str, shown: str, look: str = "") -> str:
    """A field with the text it shows until Word works it out."""
    props = f"<w:rPr>{look}</w:rPr>" if look else ""

    def mark(kind: str) -> str:
        return f'<w:r>{props}<w:fldChar w:fldCharType="{kind}"/></w:r>'

    code = (
        f'<w:r>{props}<w:instrText xml:space="preserve"> {text(instruction)} </w:instrText></w:r>'
    )
    return mark("begin") + code + mark("separate") + run(shown, look) + mark("end")
