"""Make the styles of another Word file usable: our ids, and our style where one is missing."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml import etree

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ID, _VAL, _DEFAULT, _TYPE = _W + "styleId", _W + "val", _W + "default", _W + "type"
_STYLE, _DEFAULTS = _W + "style", _W + "docDefaults"
_PICTURE = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_FIRST_PICTURE = 900_001
"""Pictures of the body are numbered from 1."""
_POINTERS = ("basedOn", "next", "link")
_USES = ("pStyle", "rStyle", "tblStyle")


def adopt_styles(theirs: etree._Element, ours: etree._Element) -> dict[str, str]:
    """Complete their styles with ours; returns the new id of each style that got another."""
    renamed = _take_over_ids(theirs, ours)
    for pointer in _POINTERS:
        _rename(theirs, pointer, renamed)
    _drop_numbering(theirs)
    if theirs.find(_DEFAULTS) is None:
        theirs.insert(0, ours[0])
    present = {style.get(_ID) for style in theirs.iter(_STYLE)}
    defaults = {style.get(_TYPE) for style in theirs.iter(_STYLE) if style.get(_DEFAULT)}
    for style in ours.findall(_STYLE):
        if style.get(_ID) in present:
            continue
        if style.get(_TYPE) in defaults:
            style.attrib.pop(_DEFAULT, "")
        theirs.append(style)
    _drop_loose_pointers(theirs)
    return renamed


def adapt_stories(stories: Iterable[etree._Element], renamed: dict[str, str]) -> None:
    """Let headers and footers use the styles under their new ids, no lists, and own picture ids."""
    pictures = count(_FIRST_PICTURE)
    for story in stories:
        for use in _USES:
            _rename(story, use, renamed)
        _drop_numbering(story)
        for picture in story.iter(_PICTURE):
            picture.set("id", str(next(pictures)))


def _drop_numbering(root: etree._Element) -> None:
    """Take out the numbers of lists and headings: a draft brings its own."""
    for numbered in list(root.iter(_W + "numPr")):
        if (parent := numbered.getparent()) is not None:
            parent.remove(numbered)


def _take_over_ids(theirs: etree._Element, ours: etree._Element) -> dict[str, str]:
    """Give each of their styles that has the name and the kind of one of ours its id."""
    wanted = {_known_as(style): str(style.get(_ID)) for style in ours.findall(_STYLE)}
    kinds = {str(style.get(_ID)): style.get(_TYPE) for style in ours.findall(_STYLE)}
    renamed: dict[str, str] = {}
    used: set[str] = set()
    for style in theirs.findall(_STYLE):
        old = str(style.get(_ID))
        new = wanted.get(_known_as(style), "")
        if not new or new in used:
            new = f"{old}-board" if old in kinds else old
        used.add(new)
        if new != old:
            renamed[old] = new
            style.set(_ID, new)
    return renamed


def _rename(root: etree._Element, tag: str, renamed: dict[str, str]) -> None:
    for element in root.iter(_W + tag):
        value = str(element.get(_VAL))
        element.set(_VAL, renamed.get(value, value))


def _known_as(style: etree._Element) -> tuple[str, str]:
    name = style.find(_W + "name")
    named = str(name.get(_VAL, "")).lower() if name is not None else ""
    return str(style.get(_TYPE, "")), named


def _drop_loose_pointers(root: etree._Element) -> None:
    present = {style.get(_ID) for style in root.iter(_STYLE)}
    for pointer in _POINTERS:
        for element in list(root.iter(_W + pointer)):
            if element.get(_VAL) not in present and (parent := element.getparent()) is not None:
                parent.remove(element)
