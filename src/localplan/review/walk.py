"""Walk the text of a Word file, element by element, so that nothing in it is passed over.

Tracked insertions, deletions and moves keep their author and date; bookmarks, content controls and
comment ranges keep their place between the letters.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple, TypeAlias

from lxml import etree

from localplan.plan.file.cleaning import legible

_NS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_W = f"{{{_NS}}}"
_R_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"

State: TypeAlias = Literal["", "ins", "del"]
Place: TypeAlias = tuple[tuple[int, int, int], ...]
"""Table, row and column of each cell that encloses a paragraph, outermost first."""


class Tracked(NamedTuple):
    """What Word recorded about a stretch of text: inserted or deleted, by whom and when."""

    state: State = ""
    who: str = ""
    when: str = ""
    moved: bool = False


_CURRENT = Tracked()


class Piece(NamedTuple):
    """A stretch of text in one look."""

    text: str
    bold: bool = False
    italic: bool = False
    link: str = ""
    tracked: Tracked = _CURRENT


class Mark(NamedTuple):
    """A bookmark, control or comment range that begins or ends here."""

    kind: Literal["bookmark", "/bookmark", "control", "comment", "/comment", "reference"]
    name: str


Token: TypeAlias = Piece | Mark


@dataclass(slots=True)
class Para:
    """One paragraph: its tokens in order, and what its end mark went through."""

    style: str = ""
    listed: tuple[str, int] | None = None
    """Number of the list and level in it."""
    tokens: list[Token] = field(default_factory=list)
    end: Tracked = _CURRENT
    place: Place = ()
    span: int = 1

    @property
    def text(self) -> str:
        """What a reader sees once all changes are accepted."""
        return "".join(
            token.text
            for token in self.tokens
            if isinstance(token, Piece) and token.tracked.state != "del"
        )


_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SKIPPED = frozenset(
    _W + tag
    for tag in (
        "sdtPr", "sdtEndPr", "rPr", "tblPr", "trPr", "tcPr", "tblGrid", "instrText", "delInstrText",
        "sectPr", "proofErr", "tblPrEx", "fldData", "pPr",
    )
) | {_FALLBACK}  # fmt: skip
_BREAKS = {_W + "tab": "\t", _W + "cr": "\n", _W + "noBreakHyphen": "\u2011"}
_NOTES = {_W + "footnoteReference": "footnote", _W + "endnoteReference": "endnote"}
_CHANGES = frozenset(_W + tag for tag in ("ins", "del", "moveTo", "moveFrom"))
_VISITS = {
    _W + "p": "_paragraph",
    _W + "r": "_run",
    _W + "tbl": "_table",
    _W + "bookmarkStart": "_bookmark",
    _W + "bookmarkEnd": "_bookmark_end",
    _W + "commentRangeStart": "_comment",
    _W + "commentRangeEnd": "_comment",
    _W + "sdt": "_control",
    _W + "hyperlink": "_hyperlink",
    _W + "ins": "_changed",
    _W + "del": "_changed",
    _W + "moveTo": "_changed",
    _W + "moveFrom": "_changed",
    _MATH_TEXT: "_math",
}
"""The method that reads each element; by name, so that no walk keeps itself alive."""
_OFF = frozenset({"0", "false", "off", "none"})
_DIGITS = 9
"""Word's own numbers are no longer."""
_DEEPEST = 8
"""The deepest level of a list that Word knows, counted from 0."""
_WIDEST = 63
"""Columns that a table of Word may have."""


def paragraphs(
    body: etree._Element, links: Mapping[str, str], notes: Mapping[str, str] | None = None
) -> list[Para]:
    """Return every paragraph of `body` in reading order, those in tables and boxes too.

    `links` gives the address behind each relation, `notes` the text of each note.
    """
    walk = _Walk(links, notes or {})
    for child in body:
        walk.visit(child, _CURRENT, "")
    return walk.found


class _Walk:
    def __init__(self, links: Mapping[str, str], notes: Mapping[str, str]) -> None:
        self.found: list[Para] = []
        self._links = links
        self._notes = notes
        self._names: dict[str, str] = {}
        self._place: Place = ()
        self._tables = 0
        self._para: Para | None = None
        self._held: list[Token] = []
        self._fields: list[list[str]] = []

    def visit(self, element: etree._Element, tracked: Tracked, link: str) -> None:
        if element.tag in _SKIPPED:
            return
        method = _VISITS.get(element.tag)
        if method is not None:
            getattr(self, method)(element, tracked, link)
        else:
            self._inside(element, tracked, link)

    def _inside(self, element: etree._Element, tracked: Tracked, link: str) -> None:
        for child in element:
            self.visit(child, tracked, link)

    def _paragraph(self, element: etree._Element, tracked: Tracked, link: str) -> None:
        outer, fields = self._para, self._fields
        para = Para(place=self._place)
        props = element.find(_W + "pPr")
        if props is not None:
            _describe(para, props)
        if not para.end.state and tracked.state:
            para.end = tracked
        self._para, self._fields = para, []
        para.tokens += self._held
        self._held = []
        self.found.append(para)
        self._inside(element, tracked, link)
        self._para, self._fields = outer, fields

    def _put(self, token: Token) -> None:
        if self._para is None:
            self._held.append(token)
        else:
            self._para.tokens.append(token)

    def _run(self, element: etree._Element, tracked: Tracked, link: str) -> None:
        bold, italic = _look(element.find(_W + "rPr"))
        for child in element:
            shown = self._shown(child)
            if shown:
                self._text(shown, bold=bold, italic=italic, link=link, tracked=tracked)
            elif child.tag == _W + "commentReference":
                self._put(Mark("reference", str(child.get(_W + "id"))))
            elif child.tag in {_W + "fldChar", _W + "instrText"}:
                self._field(child)
            else:
                self.visit(child, tracked, link)

    def _shown(self, child: etree._Element) -> str:
        """The letters that one part of a run stands for."""
        tag = child.tag
        if tag in {_W + "t", _W + "delText"}:
            return child.text or ""
        if tag in _BREAKS:
            return _BREAKS[str(tag)]
        if tag == _W + "br":
            return "\n" if child.get(_W + "type") in {None, "textWrapping"} else ""
        if tag == _W + "sym":
            code = str(child.get(_W + "char") or "")
            return chr(int(code, 16)) if _is_hex(code) else ""
        if tag in _NOTES:
            note = self._notes.get(f"{_NOTES[str(tag)]} {child.get(_W + 'id')}", "")
            return f" (Note: {note})" if note else ""
        return ""

    def _text(self, text: str, *, bold: bool, italic: bool, link: str, tracked: Tracked) -> None:
        text = legible(text)
        if text:
            address = link or (self._fields[-1][1] if self._fields else "")
            self._put(Piece(text, bold, italic, address, tracked))

    def _field(self, element: etree._Element) -> None:
        """Keep the address of a link that Word wrote as a field."""
        if element.tag == _W + "instrText":
            if self._fields:
                self._fields[-1][0] += element.text or ""
            return
        kind = element.get(_W + "fldCharType")
        if kind == "begin":
            self._fields.append(["", ""])
        elif kind == "separate" and self._fields:
            words = self._fields[-1][0].split('"')
            if words[0].strip() == "HYPERLINK" and len(words) > 1:
                self._fields[-1][1] = words[1]
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _table(self, element: etree._Element, tracked: Tracked, link: str) -> None:
        outer, para, self._para = self._place, self._para, None
        self._tables += 1
        number = self._tables
        for row_number, row in enumerate(_children(element, "tr")):
            change = _row_state(row)
            state = tracked if change is None else change
            column = 0
            for cell in _children(row, "tc"):
                span, continued = _span(cell)
                self._place = (*outer, (number, row_number, column))
                before = len(self.found)
                self._inside(cell, state, link)
                if continued:
                    del self.found[before:]
                if len(self.found) == before:
                    self.found.append(Para(place=self._place))
                self.found[before].span = span
                column += span
        self._place, self._para = outer, para

    def _bookmark(self, element: etree._Element, _: Tracked, __: str) -> None:
        name = str(element.get(_W + "name"))
        self._names[str(element.get(_W + "id"))] = name
        if name.startswith("_lp"):
            self._put(Mark("bookmark", name))

    def _bookmark_end(self, element: etree._Element, _: Tracked, __: str) -> None:
        name = self._names.get(str(element.get(_W + "id")), "")
        if name.startswith("_lp"):
            self._put(Mark("/bookmark", name))

    def _comment(self, element: etree._Element, _: Tracked, __: str) -> None:
        ends = element.tag == _W + "commentRangeEnd"
        self._put(Mark("/comment" if ends else "comment", str(element.get(_W + "id"))))

    def _control(self, element: etree._Element, tracked: Tracked, link: str) -> None:
        tag = element.find(f"{_W}sdtPr/{_W}tag")
        name = str(tag.get(_W + "val")) if tag is not None else ""
        if name.startswith("_lp"):
            self._put(Mark("control", name))
        self._inside(element, tracked, link)

    def _hyperlink(self, element: etree._Element, tracked: Tracked, _: str) -> None:
        self._inside(element, tracked, self._links.get(str(element.get(_R_ID)), ""))

    def _changed(self, element: etree._Element, tracked: Tracked, link: str) -> None:
        change = _tracked(element)
        if tracked.state == "del":
            change = tracked
        self._inside(element, change, link)

    def _math(self, element: etree._Element, tracked: Tracked, link: str) -> None:
        self._text(element.text or "", bold=False, italic=False, link=link, tracked=tracked)


def _tracked(element: etree._Element) -> Tracked:
    tag = etree.QName(element).localname
    state: State = "ins" if tag in {"ins", "moveTo"} else "del"
    who, when = str(element.get(_W + "author") or ""), str(element.get(_W + "date") or "")
    return Tracked(state, who, when, tag.startswith("move"))


def _describe(para: Para, props: etree._Element) -> None:
    for child in props:
        tag = child.tag
        if tag == _W + "pStyle":
            para.style = str(child.get(_W + "val"))
        elif tag == _W + "numPr":
            para.listed = _list_of(child)
        elif tag == _W + "rPr":
            for change in child:
                if change.tag in _CHANGES:
                    para.end = _tracked(change)


def _list_of(props: etree._Element) -> tuple[str, int] | None:
    number, level = props.find(_W + "numId"), props.find(_W + "ilvl")
    if number is None:
        return None
    depth = whole(level.get(_W + "val")) if level is not None else 0
    return str(number.get(_W + "val")), min(depth, _DEEPEST)


def _look(props: etree._Element | None) -> tuple[bool, bool]:
    if props is None:
        return False, False
    style = props.find(_W + "rStyle")
    named = str(style.get(_W + "val")).lower() if style is not None else ""
    return (
        _is_on(props, "b", otherwise=named == "strong"),
        _is_on(props, "i", otherwise=named == "emphasis"),
    )


def _is_on(props: etree._Element, tag: str, *, otherwise: bool) -> bool:
    found = props.find(_W + tag)
    return otherwise if found is None else found.get(_W + "val") not in _OFF


def _children(element: etree._Element, tag: str) -> list[etree._Element]:
    """The rows or cells of a table, those inside content controls too."""
    found: list[etree._Element] = []
    for child in element:
        if child.tag == _W + tag:
            found.append(child)
        elif child.tag in {_W + "sdt", _W + "sdtContent", _W + "customXml"}:
            found += _children(child, tag)
    return found


def _row_state(row: etree._Element) -> Tracked | None:
    for tag in ("ins", "del"):
        change = row.find(f"{_W}trPr/{_W}{tag}")
        if change is not None:
            return _tracked(change)
    return None


def _span(cell: etree._Element) -> tuple[int, bool]:
    """How many columns the cell takes, and whether it continues the cell above."""
    props = cell.find(_W + "tcPr")
    if props is None:
        return 1, False
    span, merged = props.find(_W + "gridSpan"), props.find(_W + "vMerge")
    wide = whole(span.get(_W + "val"), 1) if span is not None else 1
    continued = merged is not None and merged.get(_W + "val") in {None, "continue"}
    return min(wide, _WIDEST), continued


def whole(said: str | None, otherwise: int = 0) -> int:
    """Return the whole number that an attribute says; `otherwise` where it says none."""
    if not said or not said.isascii() or not said.isdigit() or len(said) > _DIGITS:
        return otherwise
    return int(said)


def _is_hex(code: str) -> bool:
    return 0 < len(code) <= 4 and all(letter in "0123456789abcdefABCDEF" for letter in code)  # noqa: PLR2004
