"""Take what fetches, runs or points elsewhere out of what a board's file lends to a draft."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from docx.opc.part import Part
    from docx.opc.rel import _Relationship
    from lxml import etree

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_O = "{urn:schemas-microsoft-com:office:office}"
_HARMLESS = frozenset(
    {
        "AUTHOR", "CREATEDATE", "DATE", "DOCPROPERTY", "KEYWORDS", "NUMPAGES", "PAGE", "PAGEREF",
        "PRINTDATE", "REF", "REVNUM", "SAVEDATE", "SECTION", "SECTIONPAGES", "SEQ", "STYLEREF",
        "SUBJECT", "TIME", "TITLE",
    }
)  # fmt: skip
"""Fields that say something of the document itself; no other is taken over."""
_SAFE = ("http://", "https://", "mailto:")
_HOLDERS = tuple(_W + tag for tag in ("drawing", "pict", "object"))
_NEVER = tuple(_W + tag for tag in ("object", "control", "altChunk", "subDoc", "ffData"))
_CLICKED = ("hlinkClick", "hlinkHover", "hlinkMouseOver")
_EMBEDDED = "embed"
"""How the names of the elements begin that name the file of a font."""

OBJECTS = "embedded objects and controls"
PICTURES = "pictures and objects that lie outside the file"
LINKS = "links that are no web or mail address"
FONTS = "fonts that lie outside the file"


def disarm_story(part: Part, story: etree._Element) -> tuple[str, ...]:
    """Leave words, pictures and page numbers in a header or footer; say what else was there."""
    said = [*_without_fields(story), *_without_objects(story)]
    lost = _cut_off(part, _is_for_stories)
    hooked = [each for each in story.iter() if not lost.isdisjoint(_pointed_to(each))]
    said += [_unhooked(element) for element in hooked]
    for holder in list(story.iter(*_HOLDERS)):
        if any(rel not in part.rels for each in holder.iter() for rel in _pointed_to(each)):
            _drop(holder)
            said.append(PICTURES)
    said += _without_addresses(story)
    return tuple(dict.fromkeys(said))


def disarm_look(part: Part, look: etree._Element) -> tuple[str, ...]:
    """Cut what styles, theme or table of fonts fetch from elsewhere; say what it was."""
    lost = _cut_off(part, lambda rel: not rel.is_external)
    said: list[str] = []
    for element in list(look.iter()):
        for name in [name for name, value in element.items() if value in lost and _R in name]:
            font = _name(element).startswith(_EMBEDDED)
            said.append(FONTS if font else PICTURES)
            if font:
                _drop(element)
            else:
                del element.attrib[name]
    return tuple(dict.fromkeys(said))


def _is_for_stories(rel: _Relationship) -> bool:
    if rel.reltype.endswith("/hyperlink"):
        return rel.is_external and _is_safe(rel.target_ref)
    return rel.reltype.endswith("/image") and not rel.is_external


def _is_safe(address: str) -> bool:
    return address.strip().lower().startswith(_SAFE)


def _cut_off(part: Part, stays: Callable[[_Relationship], bool]) -> frozenset[str]:
    """Forget the relations of a part, and of its pictures, that do not stay."""
    lost = [name for name, rel in part.rels.items() if not stays(rel)]
    for name in lost:
        del part.rels[name]
    for rel in part.rels.values():
        if not rel.is_external and rel.reltype.endswith("/image"):
            rel.target_part.rels.clear()
    return frozenset(lost)


def _pointed_to(element: etree._Element) -> Iterator[str]:
    """The relations that an element names."""
    for name, value in element.items():
        if str(name).startswith(_R) and value:
            yield str(value)


def _unhooked(element: etree._Element) -> str:
    """Take out what pointed elsewhere, and return what it was; words that were a link stay."""
    if element.tag == f"{_W}hyperlink":
        _unwrap(element)
        return LINKS
    if _name(element) in _CLICKED:
        _drop(element)
        return LINKS
    holder = next(element.iterancestors(*_HOLDERS), element)
    _drop(holder)
    return PICTURES


def _without_objects(story: etree._Element) -> Iterator[str]:
    for element in list(story.iter(*_NEVER, f"{_O}OLEObject")):
        holder = next(element.iterancestors(f"{_W}pict"), element)
        _drop(holder)
        yield OBJECTS


def _without_addresses(story: etree._Element) -> Iterator[str]:
    """Drop the addresses that shapes carry in themselves, where they are no web or mail address."""
    for element in story.iter():
        for name in ("href", f"{_O}href", "src"):
            address = element.get(name)
            if address and not (name != "src" and _is_safe(address)):
                del element.attrib[name]
                yield LINKS


@dataclass(slots=True)
class _Field:
    """A field while its runs are read."""

    code: list[str] = field(default_factory=list)
    before: list[etree._Element] = field(default_factory=list)
    """The runs of its code."""
    shown: list[etree._Element] = field(default_factory=list)
    """The runs of what it showed last."""
    is_shown: bool = False

    @property
    def words(self) -> list[str]:
        return "".join(self.code).split()

    def keep(self, run: etree._Element) -> None:
        (self.shown if self.is_shown else self.before).append(run)


def _without_fields(story: etree._Element) -> Iterator[str]:
    """Drop each field that is not harmless, and yield what they were."""
    for simple in list(story.iter(f"{_W}fldSimple")):
        words = str(simple.get(f"{_W}instr", "")).split()
        if not _is_harmless(words):
            yield _told(words)
            (_unwrap if _is_link(words) else _drop)(simple)
    for each in list(_fields(story)):
        if not _is_harmless(each.words):
            yield _told(each.words)
            for run in (*each.before, *(() if _is_link(each.words) else each.shown)):
                _drop(run)


def _fields(story: etree._Element) -> Iterator[_Field]:
    """The fields of a story with their runs, the inner ones first; an open one ends with it."""
    opened: list[_Field] = []
    for run in list(story.iter(f"{_W}r")):
        marks = [str(mark.get(f"{_W}fldCharType")) for mark in run.iter(f"{_W}fldChar")]
        opened += [_Field() for mark in marks if mark == "begin"]
        for each in opened:
            each.keep(run)
        if opened and not opened[-1].is_shown:
            opened[-1].code += [code.text or "" for code in run.iter(f"{_W}instrText")]
        for mark in marks:
            if mark == "separate" and opened:
                opened[-1].is_shown = True
            elif mark == "end" and opened:
                ended = opened.pop()
                ended.before.append(run)
                yield ended
    yield from reversed(opened)


def _is_harmless(words: list[str]) -> bool:
    if _is_link(words):
        target = next((word.strip('"') for word in words[1:] if not word.startswith("\\")), "")
        return _is_safe(target) or "\\l" in words
    return bool(words) and words[0].upper() in _HARMLESS


def _is_link(words: list[str]) -> bool:
    return bool(words) and words[0].upper() == "HYPERLINK"


def _told(words: list[str]) -> str:
    if _is_link(words):
        return LINKS
    return f"the field {words[0].upper()[:20]}" if words else "a field without a code"


def _name(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _unwrap(element: etree._Element) -> None:
    """Put what stands in an element in its place."""
    parent = element.getparent()
    if parent is None:
        return
    place = parent.index(element)
    for inner in reversed(list(element)):
        parent.insert(place, inner)
    parent.remove(element)


def _drop(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)
