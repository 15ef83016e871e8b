"""What a Word file from outside may hold, and what of it may go on into a draft.

Nothing is unpacked or parsed before it was looked at: sizes are bounded first, and XML with a
document type or entities is refused. What lends its look to a draft loses all that fetches, runs
or points elsewhere.
"""

from __future__ import annotations

import re
import stat
import zipfile
import zlib
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING

from lxml import etree

from localplan.errors import LocalPlanError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from docx.opc.part import Part
    from docx.opc.rel import _Relationship

LARGEST_FILE = 100_000_000
LARGEST_PART = 48_000_000
"""Bytes that one part may unpack to."""
MOST_ELEMENTS = 550_000
"""Angle brackets in one part; several hundred pages need fewer, and more take too much memory."""
MOST_NAMES = 900_000
"""Elements and attributes together; 250,000 bookmarks (1,250,000) took 335 MB, 190,000 took 302."""
STEEPEST = 200
"""How many times smaller than its content a packed part may be, once it is large."""
_MOST_ENTRIES = 2_000
_SMALL = 1_000_000
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MARKUP = (".xml", ".rels")
_KINDS = "[Content_Types].xml"
_OPENING = 400
_BYTE_ORDER = b"\xef\xbb\xbf\xff\xfe"
_OTHER_STARTS = (b"\xff\xfe\0\0", b"\0\0\xfe\xff", b"<\0\0\0", b"\0\0\0<", b"Lo\xa7\x94")
"""How UTF-32 and EBCDIC begin."""
_DECLARED = re.compile(rb"\s*<\?xml[^>]*?encoding\s*=\s*[\"']([^\"']*)")
_USUAL = re.compile(rb"utf-?8|utf-?16(?:le|be)?|us-ascii|iso-8859-\d+|windows-125\d", re.IGNORECASE)
"""Word writes the first; the others show a document type to whoever looks at the bytes."""
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


class WordFileError(LocalPlanError):
    """A file that cannot be read as a Word document, and what to do about it."""


@contextmanager
def open_archive(path: Path) -> Iterator[zipfile.ZipFile]:
    """Yield the zip file that a Word document is; what goes wrong inside is said in plain words.

    Raises:
        WordFileError: it is no Word file, or one that no honest person sends.
    """
    _refuse_other_kinds(path)
    try:
        with zipfile.ZipFile(path) as archive:
            _refuse_odd_entries(path.name, archive.infolist())
            _refuse_macros_and_templates(path.name, archive)
            yield archive
    except WordFileError:
        raise
    except (RuntimeError, NotImplementedError) as error:
        raise unreadable(path.name, "it is protected by a password") from error
    except (
        zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, KeyError
    ) as error:  # fmt: skip
        raise unreadable(path.name, "it is damaged or cut off") from error


def check_all(path: Path) -> None:
    """Look at every part of a Word file, so that a library may open the whole of it.

    Raises:
        WordFileError: it is no Word document, holds macros, or is unsafe to open.
    """
    with open_archive(path) as archive:
        entries = archive.infolist()
        if sum(entry.file_size for entry in entries) > LARGEST_FILE:
            raise _too_much(path.name)
        for entry in entries:
            if entry.filename.endswith(_MARKUP):
                markup(path.name, archive, entry)
            else:
                _unpacked(path.name, archive, entry)


def markup(name: str, archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """Return one XML part of the file `name`, once its size and its declarations are harmless."""
    data = _unpacked(name, archive, entry)
    elements = data.count(b"<")
    if elements > MOST_ELEMENTS or elements + data.count(b"=") > MOST_NAMES:
        raise _too_much(name)
    if not _is_read_as_seen(data):
        raise _unsafe(name, "its letters are encoded in a way that no Word file uses")
    for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
        if any(mark.encode(encoding) in data for mark in ("<!DOCTYPE", "<!ENTITY")):
            raise _unsafe(name, "it defines entities, which no Word file does")
    return data


def _is_read_as_seen(data: bytes) -> bool:
    """Whether the letters are in an encoding in which a look at the bytes finds what they say."""
    if data.startswith(_OTHER_STARTS):
        return False
    declared = _DECLARED.match(data[:_OPENING].replace(b"\0", b"").lstrip(_BYTE_ORDER))
    return declared is None or bool(_USUAL.fullmatch(declared[1]))


def parser(*, recover: bool) -> etree.XMLParser:
    """An XML parser that fetches, expands and believes nothing."""
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        recover=recover,
    )


def other(name: str, what: str) -> WordFileError:
    """The refusal of a file of another kind."""
    return WordFileError(
        f"{name} is {what}. Open it in Word and save it as a Word document (.docx), then try again."
    )


def unreadable(name: str, why: str) -> WordFileError:
    """The refusal of a file that is damaged, empty or locked."""
    return WordFileError(
        f"{name} cannot be read: {why}. Ask for it again, or open it in Word and save a new copy."
    )


def _unsafe(name: str, why: str) -> WordFileError:
    return WordFileError(
        f"{name} was not opened, because {why}. Ask the sender for a copy saved by Word."
    )


def _too_much(name: str) -> WordFileError:
    return _unsafe(name, "it unpacks to far more than a plan holds")


def _unpacked(name: str, archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    if entry.flag_bits & 1:
        raise unreadable(name, "it is protected by a password")
    if entry.file_size > LARGEST_PART:
        raise _too_much(name)
    if entry.file_size > _SMALL and entry.file_size > STEEPEST * max(entry.compress_size, 1):
        raise _too_much(name)
    with archive.open(entry) as part:
        data = part.read(LARGEST_PART + 1)
    if len(data) > LARGEST_PART:
        raise _too_much(name)
    return data


def _refuse_other_kinds(path: Path) -> None:
    if path.is_dir():
        raise WordFileError(f"{path} is a folder. Name the Word files in it.")
    try:
        about = path.stat()
        if not stat.S_ISREG(about.st_mode):
            raise WordFileError(f"{path} is a device or a pipe, not a file. Name a Word file.")
        size = about.st_size
        with path.open("rb") as file:
            start = file.read(8)
            rest = _some_of(file) if start == _OLE else b""
    except OSError as error:
        why = (error.strerror or "unknown reason").lower()
        raise WordFileError(f"{path} cannot be opened ({why}).") from error
    if size == 0:
        raise unreadable(path.name, "it is empty")
    if size > LARGEST_FILE:
        raise unreadable(path.name, f"it is larger than {LARGEST_FILE // 1_000_000} MB")
    if start == _OLE and "EncryptedPackage".encode("utf-16-le") in rest:
        raise WordFileError(
            f"{path.name} is protected by a password. Open it in Word, remove the password "
            "(File, Info, Protect Document) and save it again."
        )
    if start == _OLE:
        raise other(path.name, "an old Word file (.doc)")
    if start.startswith(b"%PDF"):
        raise other(path.name, "a PDF file")
    if not start.startswith(b"PK"):
        raise other(path.name, "not a Word file")


def _refuse_macros_and_templates(name: str, archive: zipfile.ZipFile) -> None:
    """What the file says it is counts, not how its name ends."""
    if _KINDS not in archive.namelist():
        return
    kinds = _unpacked(name, archive, archive.getinfo(_KINDS)).replace(b"\0", b"")
    if b"macroEnabled" in kinds or b"vbaProject" in kinds:
        raise other(name, "a Word file with macros (.docm)")
    if b"template.main+xml" in kinds:
        raise other(name, "a Word template (.dotx)")


def _some_of(file: IO[bytes]) -> bytes:
    return file.read(4_000_000)


def _refuse_odd_entries(name: str, entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > _MOST_ENTRIES:
        raise _unsafe(name, "it holds thousands of parts")
    if any(_leaves(entry.filename) for entry in entries):
        raise _unsafe(name, "a part of it points outside the file")
    if len({entry.filename for entry in entries}) != len(entries):
        raise _unsafe(name, "it holds the same part twice")


def _leaves(name: str) -> bool:
    return name.startswith(("/", "\\")) or ":" in name or ".." in name.replace("\\", "/").split("/")


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
