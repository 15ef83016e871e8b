"""Open a Word file that came from outside: nothing in it is trusted before it was looked at.

Sizes are bounded before anything is unpacked, only named parts are read, and XML with a document
type or entities is refused.
"""

import posixpath
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from lxml import etree

from localplan.errors import LocalPlanError

LARGEST_FILE = 100_000_000
LARGEST_PART = 48_000_000
"""Bytes that one part may unpack to."""
MOST_ELEMENTS = 1_500_000
"""Angle brackets that open a tag in one part; about a thousand pages need fewer."""
STEEPEST = 200
"""How many times smaller than its content a packed part may be, once it is large."""
_MOST_ENTRIES = 2_000
_SMALL = 1_000_000
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_REL = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_DOCUMENT = "/officeDocument"
_STRICT = b"http://purl.oclc.org/ooxml/"
_USUAL = (
    (
        _STRICT + b"wordprocessingml/main",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
    (
        _STRICT + b"officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
)
"""Names in files saved as Strict Open XML, and the names that every other file uses."""


class ReturnedFileError(LocalPlanError):
    """A file that cannot be read as a Word document, and what to do about it."""


@dataclass(slots=True)
class Package:
    """A Word file that passed the guard: parts are read by name, and only when asked for."""

    name: str
    main: str
    """The part that holds the text, usually `word/document.xml`."""
    damaged: bool = False
    """True once a part could only be read in pieces."""
    _content: dict[str, bytes] = field(default_factory=dict)

    def part(self, name: str) -> bytes:
        """Return the bytes of a part that was loaded; nothing when the file has no such part."""
        return self._content.get(name, b"")

    def xml(self, name: str) -> etree._Element | None:
        """Return the root of a part; None when the file has no such part.

        Raises:
            ReturnedFileError: the part holds a document type, or far too much.
        """
        data = self._content.get(name)
        if not data:
            return None
        try:
            return etree.fromstring(data, _parser(recover=False))
        except etree.XMLSyntaxError:
            self.damaged = True
        root = etree.fromstring(data, _parser(recover=True))
        if root is None:
            raise _unreadable(self.name, "its text is damaged")
        return root

    def related(self, kind: str) -> str:
        """Return the name of the part that the text is related to as `kind`, such as comments."""
        for relation in self.relations():
            if str(relation.get("Type")).endswith(kind) and not relation.get("TargetMode"):
                return _resolved(self.main, str(relation.get("Target")))
        return ""

    def relations(self) -> list[etree._Element]:
        """Return what the text is related to."""
        root = self.xml(_relations_of(self.main))
        return [] if root is None else list(root.iter(_REL))


def open_package(path: Path) -> Package:
    """Return the Word file at `path`, its readable parts loaded and bounded.

    Raises:
        ReturnedFileError: it is no Word file, or one that no honest person sends.
    """
    _refuse_other_kinds(path)
    try:
        with zipfile.ZipFile(path) as archive:
            return _loaded(path.name, archive)
    except ReturnedFileError:
        raise
    except (zipfile.BadZipFile, EOFError, OSError, ValueError, KeyError) as error:
        raise _unreadable(path.name, "it is damaged or cut off") from error
    except (RuntimeError, NotImplementedError) as error:
        raise _unreadable(path.name, "it is protected by a password") from error


def _refuse_other_kinds(path: Path) -> None:
    if path.is_dir():
        raise ReturnedFileError(f"{path} is a folder. Name the Word files in it.")
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            start = file.read(8)
            rest = _some_of(file) if start == _OLE else b""
    except OSError as error:
        why = (error.strerror or "unknown reason").lower()
        raise ReturnedFileError(f"{path} cannot be opened ({why}).") from error
    if size == 0:
        raise _unreadable(path.name, "it is empty")
    if size > LARGEST_FILE:
        raise _unreadable(path.name, f"it is larger than {LARGEST_FILE // 1_000_000} MB")
    if start == _OLE and "EncryptedPackage".encode("utf-16-le") in rest:
        raise ReturnedFileError(
            f"{path.name} is protected by a password. Open it in Word, remove the password "
            "(File, Info, Protect Document) and save it again."
        )
    if start == _OLE:
        raise _other(path.name, "an old Word file (.doc)")
    if start.startswith(b"%PDF"):
        raise _other(path.name, "a PDF file")
    if not start.startswith(b"PK"):
        raise _other(path.name, "not a Word file")


def _some_of(file: IO[bytes]) -> bytes:
    return file.read(4_000_000)


def _loaded(name: str, archive: zipfile.ZipFile) -> Package:
    entries = archive.infolist()
    if len(entries) > _MOST_ENTRIES:
        raise _unsafe(name, "it holds thousands of parts")
    if any(_leaves(entry.filename) for entry in entries):
        raise _unsafe(name, "a part of it points outside the file")
    if len({entry.filename for entry in entries}) != len(entries):
        raise _unsafe(name, "it holds the same part twice")
    known = {entry.filename: entry for entry in entries}
    main = _main_part(name, archive, known)
    package = Package(name, main)
    wanted = {main, _relations_of(main), "docProps/core.xml", "docProps/custom.xml"}
    folder = posixpath.dirname(main)
    wanted |= {
        f"{folder}/{part}.xml"
        for part in (
            "styles", "numbering", "comments", "commentsExtended", "footnotes", "endnotes", "people"
        )
    }  # fmt: skip
    for part in sorted(wanted & known.keys()):
        package._content[part] = _bounded(name, archive, known[part])  # noqa: SLF001 (filled here)
    for kind in ("/comments", "/commentsExtended", "/numbering", "/styles", "/footnotes"):
        part = package.related(kind)
        if part in known and not package.part(part):
            package._content[part] = _bounded(name, archive, known[part])  # noqa: SLF001
    return package


def _main_part(name: str, archive: zipfile.ZipFile, known: dict[str, zipfile.ZipInfo]) -> str:
    if "_rels/.rels" not in known:
        raise _other(name, "not a Word file")
    root = etree.fromstring(_bounded(name, archive, known["_rels/.rels"]), _parser(recover=True))
    targets = [
        str(relation.get("Target")).lstrip("/")
        for relation in (root.iter(_REL) if root is not None else ())
        if str(relation.get("Type")).endswith(_DOCUMENT)
    ]
    if not targets or targets[0] not in known or not targets[0].startswith("word/"):
        raise _other(name, "not a Word file")
    return targets[0]


def _bounded(name: str, archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    if entry.flag_bits & 1:
        raise _unreadable(name, "it is protected by a password")
    if entry.file_size > LARGEST_PART:
        raise _unsafe(name, "it unpacks to far more than a plan holds")
    if entry.file_size > _SMALL and entry.file_size > STEEPEST * max(entry.compress_size, 1):
        raise _unsafe(name, "it unpacks to far more than a plan holds")
    with archive.open(entry) as part:
        data = part.read(LARGEST_PART + 1)
    if _STRICT in data:
        for strict, usual in _USUAL:
            data = data.replace(strict, usual)
    if len(data) > LARGEST_PART or data.count(b"<") > MOST_ELEMENTS:
        raise _unsafe(name, "it unpacks to far more than a plan holds")
    for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
        if any(mark.encode(encoding) in data for mark in ("<!DOCTYPE", "<!ENTITY")):
            raise _unsafe(name, "it defines entities, which no Word file does")
    return data


def _parser(*, recover: bool) -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=recover
    )


def _relations_of(part: str) -> str:
    folder, file = posixpath.split(part)
    return f"{folder}/_rels/{file}.rels"


def _resolved(part: str, target: str) -> str:
    if target.startswith("/"):
        return target.lstrip("/")
    return posixpath.normpath(posixpath.join(posixpath.dirname(part), target))


def _leaves(name: str) -> bool:
    return name.startswith(("/", "\\")) or ":" in name or ".." in name.replace("\\", "/").split("/")


def _other(name: str, what: str) -> ReturnedFileError:
    return ReturnedFileError(
        f"{name} is {what}. Open it in Word and save it as a Word document (.docx), then try again."
    )


def _unreadable(name: str, why: str) -> ReturnedFileError:
    return ReturnedFileError(
        f"{name} cannot be read: {why}. Ask for it again, or open it in Word and save a new copy."
    )


def _unsafe(name: str, why: str) -> ReturnedFileError:
    return ReturnedFileError(
        f"{name} was not opened, because {why}. Ask the sender for a copy saved by Word."
    )
