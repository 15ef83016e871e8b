"""Borrow the look of a board's own Word file: styles, theme, fonts, header, footer and paper."""

from __future__ import annotations

import zipfile
from contextlib import suppress
from itertools import count
from typing import TYPE_CHECKING, cast

from localplan.document.docx.guard import WordFileError, check_all, disarm_look, disarm_story
from localplan.document.docx.package import Base, shipped
from localplan.document.docx.paper import Paper
from localplan.errors import LocalPlanError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from docx.document import Document as WordDocument
    from docx.opc.part import Part, XmlPart
    from docx.parts.document import DocumentPart
    from docx.section import Section
    from docx.shared import Length
    from lxml import etree

    from localplan.document.docx.paper import Kind, Story

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SHAPE = "{urn:schemas-microsoft-com:vml}shape"
_NUMBERED = " \u00b7 Draft "
_STORIES = ("/header", "/footer")
_ID, _VAL, _DEFAULT, _TYPE = (_W + name for name in ("styleId", "val", "default", "type"))
_STYLE, _DEFAULTS = _W + "style", _W + "docDefaults"
_PICTURE = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_FIRST_PICTURE = 900_001
"""Pictures of the body are numbered from 1."""
_POINTERS = ("basedOn", "next", "link")
_USES = ("pStyle", "rStyle", "tblStyle")
_SHOWN = ("drawing", "pict", "object", "instrText", "fldSimple")
_LARGEST = 31_680
"""The longest side of paper that Word knows, in twentieths of a point."""
_NARROWEST, _LOWEST = 4320, 4320
"""Paper that leaves less room than this, in twentieths of a point, is not meant for a plan."""


class ReferenceFileError(LocalPlanError):
    """The styles file cannot be used."""


def left_out(path: Path) -> tuple[str, ...]:
    """What the look of the file at `path` would bring along, and a draft does not take over.

    Raises:
        ReferenceFileError: as `borrowed`.
    """
    return borrowed(path).left_out


def borrowed(path: Path) -> Base:
    """Our reference file in the look of the file at `path`, without anything active in it.

    Raises:
        ReferenceFileError: it is no Word document, or one that is damaged or unsafe to open.
    """
    import docx  # noqa: PLC0415 (slow to load)
    from docx.exceptions import PythonDocxError  # noqa: PLC0415
    from lxml import etree  # noqa: PLC0415

    try:
        check_all(path)
        return _dressed(shipped(), docx.Document(str(path)))
    except WordFileError as error:
        raise ReferenceFileError(
            f"{path.name} cannot be used for the look of the draft.\n{error}"
        ) from error
    except (
        PythonDocxError, etree.LxmlError, zipfile.BadZipFile, OSError, LookupError, ValueError,
        TypeError, AttributeError, AssertionError,
    ) as error:  # fmt: skip
        if _is_strict(path):
            raise ReferenceFileError(
                f"{path.name} is saved as a Strict Open XML Document, which lends no look here.\n"
                "Open it in Word, save it as a Word Document (.docx) and try again."
            ) from error
        raise ReferenceFileError(
            f"{path.name} cannot be used for the look of the draft: it is damaged.\n"
            "Open it in Word, save it as .docx and try again, or leave out --reference."
        ) from error


def _is_strict(path: Path) -> bool:
    with suppress(OSError, LookupError, zipfile.BadZipFile), zipfile.ZipFile(path) as archive:
        return b"http://purl.oclc.org/ooxml/" in archive.read("_rels/.rels")
    return False


def _dressed(ours: WordDocument, theirs: WordDocument) -> Base:
    # A file need not describe its pages at all; python-docx then knows no section.
    theirs.element.body.get_or_add_sectPr()
    sections = _upright(list(theirs.sections))
    _drop_own_marks(theirs)
    lent = _stories(theirs, sections)
    if theirs.styles.element.tag != ours.styles.element.tag:
        raise ValueError("these are no styles")
    renamed = _adopt_styles(theirs.styles.element, ours.styles.element)
    stories = list({id(part): part for part in lent.values()}.values())
    _adapt_stories((part.element for part in stories), renamed)
    dropped = [each for part in stories for each in disarm_story(part, part.element)]
    _set_apart(stories)
    for kind in ("styles", "theme", "fontTable"):
        dropped += _take(ours.part, theirs.part, kind)
    paper = _paper(sections[-1], even=theirs.settings.odd_and_even_pages_header_footer)
    ours.settings.odd_and_even_pages_header_footer = paper.even
    _fit_contents(theirs, paper.across("portrait"))
    return Base(ours, paper, lent, tuple(dict.fromkeys(dropped)))


def _drop_own_marks(draft: WordDocument) -> None:
    """Empty the paragraphs of headers and footers that name this draft, but keep pictures.

    A board may put its logo into the header of a draft and pass that draft as its reference file.
    The logo stays; the old status, draft number and watermark go.
    """
    about = draft.core_properties
    if not about.identifier:
        return
    heads = f"{about.author} \u00b7 {about.title}"
    numbered = f"Draft {about.version}" if about.version else heads
    own = tuple(filter(None, (heads, numbered, about.content_status)))
    said: set[str] = set()
    for story in _running_texts(draft):
        for paragraph in story.iter(f"{_W}p"):
            words = "".join(text.text or "" for text in paragraph.iter(f"{_W}t"))
            if words.startswith(own) or f" \u00b7 {numbered}" in words:
                said.add(words.partition(_NUMBERED)[0])
                _empty(paragraph)
    for story in _running_texts(draft):
        for paragraph in story.iter(f"{_W}p"):
            words = "".join(text.text or "" for text in paragraph.iter(f"{_W}t"))
            if words in said:
                _empty(paragraph)
        for shape in list(story.iter(_SHAPE)):
            if str(shape.get("id")).startswith(("Watermark", "PowerPlusWaterMark")):
                _drop_run(shape)


def _running_texts(draft: WordDocument) -> Iterator[etree._Element]:
    for rel in draft.part.rels.values():
        if rel.reltype.endswith(_STORIES):
            yield rel.target_part.element


def _empty(paragraph: etree._Element) -> None:
    for run in list(paragraph.iter(f"{_W}r")):
        pictured = any(next(run.iter(_W + tag), None) is not None for tag in ("drawing", "pict"))
        if not pictured and (parent := run.getparent()) is not None:
            parent.remove(run)


def _drop_run(shape: etree._Element) -> None:
    run = next(shape.iterancestors(f"{_W}r"), None)
    if run is not None and (parent := run.getparent()) is not None:
        parent.remove(run)


def _adopt_styles(theirs: etree._Element, ours: etree._Element) -> dict[str, str]:
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


def _adapt_stories(stories: Iterable[etree._Element], renamed: dict[str, str]) -> None:
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


def _fit_contents(theirs: WordDocument, across: int) -> None:
    """Let the page numbers of the contents stand at the right margin of this paper."""
    from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER  # noqa: PLC0415 (slow to load)
    from docx.shared import Twips  # noqa: PLC0415

    for level in (1, 2, 3):
        stops = theirs.styles[f"toc {level}"].paragraph_format.tab_stops
        if [round(stop.position.twips) for stop in stops] == [across]:
            continue
        stops.clear_all()
        stops.add_tab_stop(Twips(across), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)


def _upright(sections: list[Section]) -> list[Section]:
    """The sections up to the last that stands upright, which is the look of most pages."""
    for end in range(len(sections), 0, -1):
        if sections[end - 1].orientation == 0:
            return sections[:end]
    return sections


def _take(ours: DocumentPart, theirs: DocumentPart, kind: str) -> tuple[str, ...]:
    """Put their part of a kind in the place of ours, where they have one.

    Returns what it would fetch from elsewhere, which it no longer does.
    """
    from docx.oxml.parser import parse_xml  # noqa: PLC0415 (slow to load)

    place = next(key for key, rel in ours.rels.items() if rel.reltype.endswith(f"/{kind}"))
    replaced = ours.rels[place].target_part
    for rel in theirs.rels.values():
        if rel.reltype == ours.rels[place].reltype:
            part = rel.target_part
            if kind == "fontTable" and not part.rels:
                return ()  # nothing is embedded, and other programs write odd tables
            look = parse_xml(part.blob)  # raises where it is damaged
            dropped = disarm_look(part, look)
            lent = _with_content(part, look) if dropped else part
            _set_apart(_needed_by(lent))
            lent.partname = replaced.partname
            ours.rels.add_relationship(rel.reltype, lent, place)
            return dropped
    return ()


def _with_content(part: Part, root: etree._Element) -> Part:
    """The part with other content and the same relations."""
    from docx.opc.oxml import serialize_part_xml  # noqa: PLC0415
    from docx.opc.part import Part as WordPart  # noqa: PLC0415 (slow to load)

    made = WordPart(part.partname, part.content_type, serialize_part_xml(root), part.package)
    for name, rel in part.rels.items():
        made.rels.add_relationship(rel.reltype, rel.target_part, name)
    return made


def _set_apart(parts: Iterable[Part]) -> None:
    """Give borrowed parts, and what they need, names that no part of ours has."""
    from docx.opc.packuri import PackURI  # noqa: PLC0415 (slow to load)

    waiting, seen = list(parts), set[int]()
    while waiting:
        part = waiting.pop()
        if id(part) in seen:
            continue
        seen.add(id(part))
        name = part.partname
        part.partname = PackURI(f"{name.baseURI.rstrip('/')}/board-{name.filename}")
        waiting += _needed_by(part)


def _needed_by(part: Part) -> list[Part]:
    return [rel.target_part for rel in part.rels.values() if not rel.is_external]


def _stories(
    theirs: WordDocument, sections: Sequence[Section]
) -> dict[tuple[Story, Kind], XmlPart]:
    """Their headers and footers that show something, by the pages that they will serve."""
    first = "first_page_" if sections[0].different_first_page_header_footer else ""
    found: dict[tuple[Story, Kind], XmlPart | None] = {}
    stories: tuple[Story, Story] = ("header", "footer")
    for story in stories:
        usual = _defined(sections, story)
        found[story, "portrait"] = found[story, "landscape"] = usual
        found[story, "cover"] = _defined(sections[:1], first + story)
        if theirs.settings.odd_and_even_pages_header_footer:
            found[story, "even"] = _defined(sections, f"even_page_{story}") or usual
    return {key: part for key, part in found.items() if part is not None and _shows(part.element)}


def _defined(sections: Sequence[Section], which: str) -> XmlPart | None:
    """The header or footer in force at the end of some sections."""
    for section in reversed(sections):
        story = getattr(section, which)
        if not story.is_linked_to_previous:
            return cast("XmlPart", story.part)
    return None


def _shows(story: etree._Element) -> bool:
    said = any((text.text or "").strip() for text in story.iter(_W + "t"))
    return said or any(next(story.iter(_W + tag), None) is not None for tag in _SHOWN)


def _paper(section: Section, *, even: bool) -> Paper:
    usual = Paper()
    paper = Paper(
        width=_twips(section.page_width, usual.width),
        height=_twips(section.page_height, usual.height),
        top=_twips(section.top_margin, usual.top),
        right=_twips(section.right_margin, usual.right),
        bottom=_twips(section.bottom_margin, usual.bottom),
        left=_twips(section.left_margin, usual.left),
        header=_twips(section.header_distance, usual.header),
        footer=_twips(section.footer_distance, usual.footer),
        gutter=_twips(section.gutter, usual.gutter),
        even=even,
    )
    high = paper.height - abs(paper.top) - abs(paper.bottom)
    odd = max(paper.width, paper.height) > _LARGEST or min(paper.left, paper.right) < 0
    if odd or paper.across("portrait") < _NARROWEST or high < _LOWEST:
        return Paper(even=even)
    return paper


def _twips(length: Length | None, usual: int) -> int:
    return usual if length is None else round(length.twips)
