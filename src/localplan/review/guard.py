"""Open a returned Word file: bounded, and only the parts that a reader needs."""

import posixpath
import re
import zipfile
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

from localplan.document.docx.guard import WordFileError as ReturnedFileError
from localplan.document.docx.guard import markup, open_archive, other, parser, unreadable

__all__ = ["Package", "ReturnedFileError", "open_package"]

_REL = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_DOCUMENT = "/officeDocument"
_MOST_MARGINS = 60
"""Headers and footers that are read: six for each of ten sections."""
_STRICT = b"http://purl.oclc.org/ooxml/"
_USUAL = tuple(
    (_STRICT + strict, b"http://schemas.openxmlformats.org/" + usual)
    for strict, usual in (
        (b"wordprocessingml/main", b"wordprocessingml/2006/main"),
        (b"officeDocument/relationships", b"officeDocument/2006/relationships"),
        (b"officeDocument/math", b"officeDocument/2006/math"),
        (b"drawingml/picture", b"drawingml/2006/picture"),
        (b"drawingml/chart", b"drawingml/2006/chart"),
        (b"drawingml/diagram", b"drawingml/2006/diagram"),
    )
)
"""Names in files saved as Strict Open XML, and the names that every other file uses."""


_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_REFERENCE = re.compile(rb"&#(x[0-9a-fA-F]{1,8}|[0-9]{1,8});")
_BLANKS = (0x09, 0x0A, 0x0D)
_FIRST, _LAST = 0x20, 0x10FFFF
_UNKNOWN = frozenset({*range(0xD800, 0xE000), 0xFFFE, 0xFFFF})
"""Numbers that stand for no character."""


@dataclass(slots=True)
class Package:
    """A Word file that passed the guard: parts are read by name, and only when asked for."""

    name: str
    main: str
    """The part that holds the text, usually `word/document.xml`."""
    damaged: set[str] = field(default_factory=set)
    """The parts that could be read only in pieces."""
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
        for attempt in (data, _without_odd_marks(data)):
            root = _parsed(attempt, recover=False)
            if root is not None:
                return root
        self.damaged.add(name)
        root = _parsed(data, recover=True)
        if root is None:
            raise unreadable(self.name, "its text is damaged")
        return root

    def related(self, kind: str) -> str:
        """Return the name of the part that the text is related to as `kind`, such as comments."""
        for relation in self.relations():
            if str(relation.get("Type")).endswith(kind) and not relation.get("TargetMode"):
                return _resolved(self.main, str(relation.get("Target")))
        return ""

    def all_related(self, kind: str) -> list[str]:
        """Return the names of all parts that the text is related to as `kind`, such as headers."""
        return [
            _resolved(self.main, str(relation.get("Target")))
            for relation in self.relations()
            if str(relation.get("Type")).endswith(kind) and not relation.get("TargetMode")
        ]

    def relations(self) -> list[etree._Element]:
        """Return what the text is related to."""
        root = self.xml(_relations_of(self.main))
        return [] if root is None else list(root.iter(_REL))


def _parsed(data: bytes, *, recover: bool) -> etree._Element | None:
    try:
        return etree.fromstring(data, parser(recover=recover))
    except etree.XMLSyntaxError:
        return None


def _without_odd_marks(data: bytes) -> bytes:
    """The part without characters that XML does not know, as careless programs leave them."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data
    return _CONTROL.sub(b"", _REFERENCE.sub(_if_known, data))


def _if_known(found: re.Match[bytes]) -> bytes:
    digits = found[1]
    code = int(digits[1:], 16) if digits[:1] == b"x" else int(digits)
    known = code in _BLANKS or _FIRST <= code <= _LAST
    return found[0] if known and code not in _UNKNOWN else b""


def open_package(path: Path) -> Package:
    """Return the Word file at `path`, its readable parts loaded and bounded.

    Raises:
        ReturnedFileError: it is no Word file, or one that no honest person sends.
    """
    with open_archive(path) as archive:
        return _loaded(path.name, archive)


def _loaded(name: str, archive: zipfile.ZipFile) -> Package:
    known = {entry.filename: entry for entry in archive.infolist()}
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
    for kind in (
        "/comments",
        "/commentsExtended",
        "/numbering",
        "/styles",
        "/footnotes",
        "/endnotes",
    ):
        part = package.related(kind)
        if part in known and not package.part(part):
            package._content[part] = _bounded(name, archive, known[part])  # noqa: SLF001
    for part in [*package.all_related("/header"), *package.all_related("/footer")][:_MOST_MARGINS]:
        if part in known and not package.part(part):
            package._content[part] = _bounded(name, archive, known[part])  # noqa: SLF001
    return package


def _main_part(name: str, archive: zipfile.ZipFile, known: dict[str, zipfile.ZipInfo]) -> str:
    if "_rels/.rels" not in known:
        raise other(name, "not a Word file")
    root = etree.fromstring(_bounded(name, archive, known["_rels/.rels"]), parser(recover=True))
    targets = [
        str(relation.get("Target")).lstrip("/")
        for relation in (root.iter(_REL) if root is not None else ())
        if str(relation.get("Type")).endswith(_DOCUMENT)
    ]
    if not targets or targets[0] not in known or not targets[0].startswith("word/"):
        raise other(name, "not a Word file")
    return targets[0]


def _bounded(name: str, archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    data = markup(name, archive, entry)
    if _STRICT in data:
        for strict, usual in _USUAL:
            data = data.replace(strict, usual)
    return data


def _relations_of(part: str) -> str:
    folder, file = posixpath.split(part)
    return f"{folder}/_rels/{file}.rels"


def _resolved(part: str, target: str) -> str:
    if target.startswith("/"):
        return target.lstrip("/")
    return posixpath.normpath(posixpath.join(posixpath.dirname(part), target))
