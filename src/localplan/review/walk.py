"""Walk the text of a Word file, element by element, so that nothing in it is passed over.

Tracked insertions, deletions and moves keep their author and date; bookmarks, content controls and
comment ranges keep their place between the letters.
"""

import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple, TypeAlias

from lxml import etree

from localplan.plan.file.cleaning import legible

_NS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_W = f"{{{_NS}}}"
_R_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_ALTERNATE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
_SYMBOL_NAMES = "{http://schemas.microsoft.com/office/word/2015/wordml/symex}"
_SYMBOL_CHARACTER = _SYMBOL_NAMES + "symEx"

State: TypeAlias = Literal["", "ins", "del", "gone"]
"""Inserted, deleted, or inserted by one reviewer and deleted by another."""
Place: TypeAlias = tuple[tuple[int, int, int], ...]
"""Table, row and column of each cell that encloses a paragraph, outermost first."""


class Tracked(NamedTuple):
    """What Word recorded about a stretch of text: inserted or deleted, by whom and when."""

    state: State = ""
    who: str = ""
    when: str = ""
    moved: bool = False


_CURRENT = Tracked()
GONE: Mapping[str, frozenset[State]] = {
    "del": frozenset({"del", "gone"}),
    "ins": frozenset({"ins", "gone"}),
}
"""What is left out: of the text with every change accepted, and of the text as it was before."""


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
    outline: int = 0
    """The level in the outline that the paragraph itself is given, counted from 1; 0 for none."""

    @property
    def text(self) -> str:
        """What a reader sees once all changes are accepted."""
        return "".join(
            token.text
            for token in self.tokens
            if isinstance(token, Piece) and token.tracked.state not in GONE["del"]
        )


UNREAD = {
    "{http://schemas.openxmlformats.org/drawingml/2006/picture}pic": "picture",
    "{urn:schemas-microsoft-com:vml}imagedata": "picture",
    "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart": "chart",
    "{http://schemas.microsoft.com/office/drawing/2014/chartex}chart": "chart",
    "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds": "diagram",
    "{urn:schemas-microsoft-com:office:office}OLEObject": "embedded file",
    _W + "altChunk": "embedded file",
}
"""What may hold words that are not read, and the name that stands in its place."""
_SKIPPED = frozenset(
    _W + tag
    for tag in (
        "sdtPr", "sdtEndPr", "rPr", "tblPr", "trPr", "tcPr", "tblGrid", "instrText", "delInstrText",
        "sectPr", "proofErr", "tblPrEx", "fldData", "pPr",
    )
)  # fmt: skip
_BREAKS = {_W + "tab": "\t", _W + "cr": "\n", _W + "noBreakHyphen": "\u2011"}
_NOTES = {_W + "footnoteReference": "footnote", _W + "endnoteReference": "endnote"}
_CELL_CHANGES: Mapping[Any, State] = {_W + "cellIns": "ins", _W + "cellDel": "del"}
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
    _W + "ruby": "_ruby",
    _ALTERNATE: "_alternate",
    _M + "t": "_math",
    _M + "f": "_fraction",
    _M + "rad": "_root",
    _M + "sSup": "_scripts",
    _M + "sSub": "_scripts",
    _M + "sSubSup": "_scripts",
    _M + "nary": "_nary",
    _M + "d": "_fenced",
    **dict.fromkeys(UNREAD, "_unread"),
}
"""The method that reads each element; by name, so that no walk keeps itself alive."""
_OFF = frozenset({"0", "false", "off", "none"})
_DIGITS = 9
"""Word's own numbers are no longer."""
_DEEPEST = 8
"""The deepest level of a list that Word knows, counted from 0."""
_WIDEST = 63
"""Columns that a table of Word may have."""
_BODY_TEXT = 10
"""The level of a paragraph that is no heading, counted from 1."""
_TELLING = frozenset({_W + "t", _W + "delText", _W + "sym", _M + "t", _SYMBOL_CHARACTER, *UNREAD})
_PRIVATE_USE = 0xF000
"""Where Word keeps the signs of the old picture fonts."""
_GREEK = dict(
    zip(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
        "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖαβχδεφγηιϕκλμνοπθρστυϖωξψζ",
        strict=True,
    )
)
_TICKS = {"\xa8": "☐", "\xfb": "✗", "\xfc": "✓", "\xfd": "☒", "\xfe": "☑", "o": "☐", "x": "☒"}
_SIGNS = {
    font: {ord(sign) + at: shown for sign, shown in signs.items() for at in (0, _PRIVATE_USE)}
    for font, signs in (("symbol", _GREEK), ("wingdings", _TICKS))
}
"""The letters and ticks of Symbol and Wingdings, by the numbers that stand in files."""


def paragraphs(
    body: etree._Element, links: Mapping[str, str], notes: Mapping[str, list[Token]] | None = None
) -> list[Para]:
    """Return every paragraph of `body` in reading order, those in tables and boxes too.

    `links` gives the address behind each relation, `notes` what each note says. Where a picture or
    something else that is not read stands, its name stands in brackets.
    """
    walk = _Walk(links, notes or {})
    for child in body:
        walk.visit(child, _CURRENT, "")
    return walk.found


class _Walk:
    def __init__(self, links: Mapping[str, str], notes: Mapping[str, list[Token]]) -> None:
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
        if _is_drop_cap(props) and self.found[-1] is para:
            # The large first letter is a paragraph of its own, and the text goes on in the next.
            self._held = self.found.pop().tokens

    def _put(self, token: Token) -> None:
        if self._para is None:
            self._held.append(token)
        else:
            self._para.tokens.append(token)

    def _run(self, element: etree._Element, tracked: Tracked, link: str) -> None:
        look = _Look.of(element.find(_W + "rPr"))
        for child in element:
            self._part(child, look, tracked, link)

    def _part(self, child: etree._Element, look: "_Look", tracked: Tracked, link: str) -> None:
        """One part of a run."""
        shown = _shown(child, look.font)
        if shown:
            self._text(shown, bold=look.bold, italic=look.italic, link=link, tracked=tracked)
        elif child.tag in _NOTES:
            self._note(child, tracked)
        elif child.tag == _W + "commentReference":
            self._put(Mark("reference", str(child.get(_W + "id"))))
        elif child.tag in {_W + "fldChar", _W + "instrText"}:
            self._field(child, tracked)
        elif child.tag == _ALTERNATE:
            for inner in _alternative(child):
                self._part(inner, look, tracked, link)
        else:
            self.visit(child, tracked, link)

    def _note(self, reference: etree._Element, tracked: Tracked) -> None:
        """What a note says, where it is referred to; its own changes keep their authors."""
        note = self._notes.get(f"{_NOTES[str(reference.tag)]} {reference.get(_W + 'id')}")
        if not note:
            return
        self._put(Piece(" (Note: ", tracked=tracked))
        for token in note:
            if isinstance(token, Piece) and tracked.state:
                self._put(token._replace(tracked=tracked))
            else:
                self._put(token)
        self._put(Piece(")", tracked=tracked))

    def _text(self, text: str, *, bold: bool, italic: bool, link: str, tracked: Tracked) -> None:
        text = legible(text)
        if text:
            address = link or (self._fields[-1][1] if self._fields else "")
            self._put(Piece(text, bold, italic, address, tracked))

    def _field(self, element: etree._Element, tracked: Tracked) -> None:
        """Keep the address of a link that Word wrote as a field, and what a form's list says."""
        if element.tag == _W + "instrText":
            if self._fields:
                self._fields[-1][0] += element.text or ""
            return
        kind = element.get(_W + "fldCharType")
        if kind == "begin":
            self._fields.append(["", ""])
            self._put_plain(_picked(element), tracked)
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
                props = cell.find(_W + "tcPr")
                span, continued = _span(props)
                self._place = (*outer, (number, row_number, column))
                before = len(self.found)
                self._inside(cell, _cell_state(props) or state, link)
                if continued and not any(para.text for para in self.found[before:]):
                    del self.found[before:]
                if len(self.found) == before:
                    self.found.append(Para(place=self._place))
                self.found[before].span = span
                column += span
        self._place, self._para = outer, para

    def _bookmark(self, element: etree._Element, _: Tracked, __: str) -> None:
        name = str(element.get(_W + "name"))
        if name.startswith("_lp"):
            self._names[str(element.get(_W + "id"))] = name
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
        elif tracked.state == "ins" and change.state == "del":
            # Put in by one reviewer and taken out by another: it is in neither text.
            change = change._replace(state="gone")
        self._inside(element, change, link)

    def _ruby(self, element: etree._Element, tracked: Tracked, link: str) -> None:
        """A word with its reading in parentheses."""
        base, reading = element.find(_W + "rubyBase"), element.find(_W + "rt")
        if base is not None:
            self._inside(base, tracked, link)
        if reading is not None:
            self._put_plain(" (", tracked)
            self._inside(reading, tracked, link)
            self._put_plain(")", tracked)

    def _alternate(self, element: etree._Element, tracked: Tracked, link: str) -> None:
        self._inside(_alternative(element), tracked, link)

    def _unread(self, element: etree._Element, tracked: Tracked, _: str) -> None:
        named = Piece(f"[{UNREAD[str(element.tag)]}]", tracked=tracked)
        if self._para is None:
            self.found.append(Para(tokens=[named], place=self._place))
        else:
            self._put(named)

    def _put_plain(self, text: str, tracked: Tracked) -> None:
        self._text(text, bold=False, italic=False, link="", tracked=tracked)

    def _math(self, element: etree._Element, tracked: Tracked, _: str) -> None:
        self._put_plain(element.text or "", tracked)

    def _fraction(self, element: etree._Element, tracked: Tracked, link: str) -> None:
        self._operand(element.find(_M + "num"), tracked, link)
        self._put_plain("/", tracked)
        self._operand(element.find(_M + "den"), tracked, link)

    def _root(self, element: etree._Element, tracked: Tracked, link: str) -> None:
        degree = element.find(_M + "deg")
        self._operand(degree, tracked, link)
        self._put_plain("√", tracked)
        self._operand(element.find(_M + "e"), tracked, link)

    def _scripts(self, element: etree._Element, tracked: Tracked, link: str) -> None:
        self._operand(element.find(_M + "e"), tracked, link)
        for tag, sign in (("sub", "_"), ("sup", "^")):
            script = element.find(_M + tag)
            if script is not None:
                self._put_plain(sign, tracked)
                self._operand(script, tracked, link)

    def _nary(self, element: etree._Element, tracked: Tracked, link: str) -> None:
        sign = element.find(f"{_M}naryPr/{_M}chr")
        self._put_plain("∫" if sign is None else str(sign.get(_M + "val") or ""), tracked)
        for tag, mark in (("sub", "_"), ("sup", "^")):
            script = element.find(_M + tag)
            if script is not None and len(script):
                self._put_plain(mark, tracked)
                self._operand(script, tracked, link)
        self._put_plain(" ", tracked)
        self._operand(element.find(_M + "e"), tracked, link)

    def _fenced(self, element: etree._Element, tracked: Tracked, link: str) -> None:
        props = element.find(_M + "dPr")
        self._put_plain(_fence(props, "begChr", "("), tracked)
        for number, inner in enumerate(element.findall(_M + "e")):
            self._put_plain(_fence(props, "sepChr", "|") if number else "", tracked)
            self._inside(inner, tracked, link)
        self._put_plain(_fence(props, "endChr", ")"), tracked)

    def _operand(self, element: etree._Element | None, tracked: Tracked, link: str) -> None:
        """A part of a formula, in parentheses where it is more than one name or number."""
        if element is None or not len(element):
            return
        words = "".join(str(text) for text in element.itertext()).strip()
        simple = words.isalnum() or element.find(_M + "d") is not None
        self._put_plain("" if simple else "(", tracked)
        self._inside(element, tracked, link)
        self._put_plain("" if simple else ")", tracked)


def _shown(child: etree._Element, font: str) -> str:
    """The letters that one part of a run stands for."""
    tag = child.tag
    if tag in {_W + "t", _W + "delText"}:
        return _readable(child.text or "", font)
    if tag in _BREAKS:
        return _BREAKS[str(tag)]
    if tag == _W + "br":
        return "\n" if child.get(_W + "type") in {None, "textWrapping"} else _gap(child)
    if tag == _W + "sym":
        code = str(child.get(_W + "char") or "")
        return _readable(_letter(code), str(child.get(_W + "font") or ""))
    if tag == _SYMBOL_CHARACTER:
        return _letter(str(child.get(_SYMBOL_NAMES + "char") or ""))
    return ""


def _letter(code: str) -> str:
    return chr(int(code, 16)) if _is_hex(code) and int(code, 16) <= sys.maxunicode else ""


def _gap(page_break: etree._Element) -> str:
    """A blank for a page or column break between two words, which would run together."""
    before, after = page_break.getprevious(), page_break.getnext()
    if before is None and (run := page_break.getparent()) is not None:
        before = run.getprevious()
        before = before[-1] if before is not None and len(before) else None
    if after is None and (run := page_break.getparent()) is not None:
        after = run.getnext()
        after = after.find(_W + "t") if after is not None else None
    left = "" if before is None else (before.text or "")
    right = "" if after is None else (after.text or "")
    return " " if left[-1:].strip() and right[:1].strip() else ""


def _readable(text: str, font: str) -> str:
    """The text with the signs of the old picture fonts as the letters that they show."""
    signs = _SIGNS.get(font.casefold())
    return text.translate(signs) if signs else text


def _alternative(element: etree._Element) -> etree._Element:
    """The first form that holds something we can read; both say the same."""
    for form in element:
        if any(inner.tag in _TELLING for inner in form.iter()):
            return form
    return element[0] if len(element) else element


def _picked(begin: etree._Element) -> str:
    """What is chosen in the list of a form as older Word made it."""
    listed = begin.find(f"{_W}ffData/{_W}ddList")
    if listed is None:
        return ""
    result = listed.find(_W + "result")
    at = whole(result.get(_W + "val")) if result is not None else 0
    entries = [str(each.get(_W + "val") or "") for each in listed.findall(_W + "listEntry")]
    return entries[at] if at < len(entries) else ""


def _is_drop_cap(props: etree._Element | None) -> bool:
    frame = props.find(_W + "framePr") if props is not None else None
    return frame is not None and frame.get(_W + "dropCap") in {"drop", "margin"}


def _fence(props: etree._Element | None, which: str, usual: str) -> str:
    sign = props.find(_M + which) if props is not None else None
    return usual if sign is None else str(sign.get(_M + "val") or "")


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
        elif tag == _W + "outlineLvl":
            para.outline = (whole(child.get(_W + "val"), -1) + 1) % _BODY_TEXT
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


class _Look(NamedTuple):
    bold: bool = False
    italic: bool = False
    font: str = ""

    @classmethod
    def of(cls, props: etree._Element | None) -> "_Look":
        if props is None:
            return _PLAIN
        style, fonts = props.find(_W + "rStyle"), props.find(_W + "rFonts")
        named = str(style.get(_W + "val")).lower() if style is not None else ""
        font = "" if fonts is None else fonts.get(_W + "ascii") or fonts.get(_W + "hAnsi")
        return cls(
            _is_on(props, "b", otherwise=named == "strong"),
            _is_on(props, "i", otherwise=named == "emphasis"),
            str(font or ""),
        )


_PLAIN = _Look()


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


def _cell_state(props: etree._Element | None) -> Tracked | None:
    """What a tracked change did to the cell by itself, as where a column came or went."""
    for child in props if props is not None else ():
        state = _CELL_CHANGES.get(child.tag)
        if state is not None:
            return _tracked(child)._replace(state=state)
    return None


def _span(props: etree._Element | None) -> tuple[int, bool]:
    """How many columns the cell takes, and whether it continues the cell above."""
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
    return 0 < len(code) <= 6 and all(letter in "0123456789abcdefABCDEF" for letter in code)  # noqa: PLR2004
