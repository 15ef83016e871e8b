"""Open a data file from outside within bounds, and give its tables row by row as text."""

import codecs
import csv
import hashlib
import io
import json
import re
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any, TypeAlias

from localplan.errors import LocalPlanError, shown

HEAD = 60
"""Rows in which a heading is looked for; titles above a heading took 8 at most."""
LARGEST_JSON = 40_000_000
LARGEST_WORKBOOK = 150_000_000
LARGEST_SHEET = 400_000_000
"""Bytes a part of a workbook may unpack to; all areas of the national wage survey need 350 MB."""
STEEPEST = 200
"""How many times smaller than its content a packed part may be, once it is large."""
MOST_COLUMNS = 4_000
"""The widest table of the census seen has 1,100."""
MOST_CELLS = 16_000_000
"""A sheet is laid out whole, from its first cell to its last."""
LONGEST_TEXT = 33_000
"""Letters of one cell; Excel allows 32,767."""
MOST_TEXT = 3_000_000_000
"""Letters of all cells of a sheet, were each as long as the longest one of the workbook."""
LONGEST_LINE = 4_000_000
MOST_PARTS = 2_000
_SMALL = 1_000_000
_CHUNK = 1_048_576
_OVERLAP = 64
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WIDE_TEXT = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_ROW = re.compile(rb"\br\s*=\s*[\"']\s*[A-Za-z]*(\d{1,9})")
_COLUMN = re.compile(rb"\br\s*=\s*[\"']\s*([A-Za-z]{1,9})\d")
_SHARED = re.compile(rb"\bt\s*=\s*[\"']s[\"']")
_GAP = re.compile(r"\t+|  +")
_DELIMITERS = ",\t;|"

Row: TypeAlias = tuple[int, list[str]]
"""The number of a line or row, from 1, and its cells."""


class DataFileError(LocalPlanError):
    """A data file that is not read, and what to do about it."""


@dataclass(frozen=True, slots=True)
class Table:
    """One way to see a file as rows: a sheet, or its text parted at one sign."""

    name: str
    rows: Callable[[], Iterator[Row]]
    head: tuple[Row, ...]


@dataclass(slots=True)
class DataFile:
    """A file from outside; its tables are laid out when they are asked for."""

    path: Path
    kind: str
    digest: str
    trouble: DataFileError | None = None
    """What is wrong with the text when it is parted at one of the signs, if anything."""
    _known: dict[str, tuple[Table, ...]] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The name of the file, safe to print."""
        return shown(self.path.name)

    def tables(self, rows: str = "") -> tuple[Table, ...]:
        """Return every table in the file; `rows` leads to them in JSON.

        Raises:
            DataFileError: it is damaged, or larger than it may be.
        """
        key = rows if self.kind == "json" else ""
        if key not in self._known:
            self._known[key] = tuple(self._laid_out(rows))
        return self._known[key]

    def _laid_out(self, rows: str) -> Iterator[Table]:
        if self.kind == "workbook":
            yield from _sheets(self)
        elif self.kind == "json":
            yield from _json_tables(self, rows)
        else:
            for sign in _DELIMITERS:
                try:
                    yield _table("", partial(_delimited, self, sign))
                except DataFileError as error:
                    self.trouble = self.trouble or error
            yield _table("", partial(_parted_by_blanks, self))


def opened(path: Path) -> DataFile:
    """Return the data file at `path`, once it is known to be one that may be opened.

    Raises:
        DataFileError: it is no such file, or of a kind that is not read.
    """
    name = shown(path.name)
    try:
        about = path.stat()
        if stat.S_ISDIR(about.st_mode):
            raise DataFileError(f"{shown(str(path))} is a folder. Name the files in it.")
        if not stat.S_ISREG(about.st_mode):
            raise DataFileError(f"{name} is a device or a pipe, not a file. Name a data file.")
        if not about.st_size:
            raise DataFileError(f"{name} is empty. Download it again.")
        with path.open("rb") as file:
            kind = _kind(name, file.read(4096), about.st_size)
            file.seek(0)
            digest = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        why = (error.strerror or "unknown reason").lower()
        raise DataFileError(f"{shown(str(path))} cannot be opened ({why}).") from error
    if kind == "workbook":
        _refuse_odd_workbook(path, name)
    return DataFile(path, kind, digest)


def _kind(name: str, start: bytes, size: int) -> str:
    plain = start.removeprefix(codecs.BOM_UTF8).lstrip()
    if start.startswith(b"PK"):
        if size > LARGEST_WORKBOOK:
            raise _too_much(name)
        return "workbook"
    if start.startswith(_OLE):
        raise DataFileError(
            f"{name} is an old Excel file (.xls), or protected by a password. Open it in Excel "
            "and save it as an Excel workbook (.xlsx) without a password."
        )
    if start.startswith(b"%PDF"):
        raise DataFileError(f"{name} is a PDF file. Get the table as CSV or as a workbook.")
    if plain[:1] == b"<":
        raise DataFileError(
            f"{name} is a web page, not a table. Download the file again; the site may have "
            "answered with a message."
        )
    if b"\0" in start and not start.startswith(_WIDE_TEXT):
        raise DataFileError(f"{name} is neither a text file nor a workbook (.xlsx).")
    if plain[:1] in {b"{", b"["}:
        if size > LARGEST_JSON:
            raise DataFileError(
                f"{name} is larger than {LARGEST_JSON // 1_000_000} MB. Ask for fewer areas."
            )
        return "json"
    return "text"


def _table(name: str, rows: Callable[[], Iterator[Row]]) -> Table:
    return Table(name, rows, tuple(islice(rows(), HEAD)))


def _as_windows(error: UnicodeError) -> tuple[str, int]:
    """What old programs on Windows meant by bytes that are no UTF-8."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error("localplan-windows", _as_windows)


def _lines(data: DataFile) -> Iterator[str]:
    """The lines of a text file, none so long that it fills the memory."""
    with data.path.open("rb") as binary:
        wide = binary.read(2) in _WIDE_TEXT
        binary.seek(0)
        text = io.TextIOWrapper(
            binary, "utf-16" if wide else "utf-8-sig", "localplan-windows", newline=""
        )
        while line := text.readline(LONGEST_LINE):
            if len(line) == LONGEST_LINE:
                raise DataFileError(
                    f"{data.name} has a line of millions of letters, which no table has. "
                    "Download it again."
                )
            yield line


def _delimited(data: DataFile, sign: str) -> Iterator[Row]:
    reader = csv.reader(_lines(data), delimiter=sign)
    try:
        for row in reader:
            if len(row) > MOST_COLUMNS:
                raise _too_wide(data.name)
            if row:
                yield reader.line_num, row
    except (csv.Error, UnicodeError) as error:
        raise DataFileError(
            f"{data.name}, line {reader.line_num}: the line cannot be taken apart; a quotation "
            "mark may be open. Download the file again."
        ) from error


def _parted_by_blanks(data: DataFile) -> Iterator[Row]:
    for number, line in enumerate(_lines(data), 1):
        if line.strip():
            yield number, _GAP.split(line.strip())


def _json_tables(data: DataFile, rows: str) -> Iterator[Table]:
    try:
        content = json.loads(
            data.path.read_text(encoding="utf-8-sig"), parse_float=str, parse_int=str
        )
    except (ValueError, RecursionError) as error:
        raise DataFileError(
            f"{data.name} is damaged or cut off: it begins as JSON and cannot be read to its end. "
            "Download it again."
        ) from error
    found = list(_walked(content, rows.split(".") if rows else [], {}))
    if found and all(isinstance(each, list) for each in found):
        listed = [(number, [_text(cell) for cell in each]) for number, each in enumerate(found, 1)]
        yield _table("", lambda: iter(listed))
    elif found and all(isinstance(each, dict) for each in found):
        keys = list(dict.fromkeys(key for each in found for key in each))
        cells = [[_text(each.get(key)) for key in keys] for each in found]
        named = list(enumerate([keys, *cells]))
        yield _table("", lambda: iter(named))


def _walked(content: Any, steps: list[str], above: dict[str, Any]) -> Iterator[Any]:
    """The rows at the end of `steps`, each with the single values of the groups around it."""
    if isinstance(content, list) and not steps:
        yield from ({**above, **each} if isinstance(each, dict) else each for each in content)
    elif isinstance(content, list):
        for each in content:
            yield from _walked(each, steps, above)
    elif isinstance(content, dict) and steps and steps[0] in content:
        own = {key: each for key, each in content.items() if not isinstance(each, (list, dict))}
        yield from _walked(content[steps[0]], steps[1:], {**above, **own})


def _text(value: Any) -> str:
    """A cell as text; footnotes in a list are told by their codes."""
    if value is None:
        return ""
    if isinstance(value, list):
        codes = (each.get("code") if isinstance(each, dict) else each for each in value)
        return ",".join(str(each) for each in codes if each)
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    return str(value)


def _sheets(data: DataFile) -> Iterator[Table]:
    from python_calamine import CalamineError, CalamineWorkbook  # noqa: PLC0415 (few are workbooks)

    try:
        workbook = CalamineWorkbook.from_path(str(data.path))
        for name in workbook.sheet_names:
            sheet = workbook.get_sheet_by_name(name)
            yield _table(shown(name), partial(_sheet_rows, sheet))
    except (CalamineError, OSError, ValueError, IndexError) as error:
        raise _damaged(data.name) from error


def _sheet_rows(sheet: Any) -> Iterator[Row]:
    first = sheet.start[0] if sheet.start else 0
    for number, row in enumerate(sheet.iter_rows(), first + 1):
        cells = [_text(cell) for cell in row]
        if any(cells):
            yield number, cells


def _refuse_odd_workbook(path: Path, name: str) -> None:
    """Look at every part of a workbook before a library lays it out.

    Raises:
        DataFileError: it is another kind of file, damaged, or made to fill the memory.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            names = {entry.filename for entry in entries}
            if len(entries) > MOST_PARTS or len(names) != len(entries):
                raise _too_much(name)
            if "xl/workbook.xml" not in names:
                raise DataFileError(_other_zip(name, names))
            longest = max([1, *(_longest_text(name, archive, each) for each in entries)])
            for entry in entries:
                _refuse_odd_sheet(name, archive, entry, longest)
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, KeyError) as error:
        raise _damaged(name) from error
    except (RuntimeError, NotImplementedError) as error:
        raise DataFileError(
            f"{name} is protected by a password. Open it in Excel and save it without one."
        ) from error


def _chunks(name: str, archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """The content of a part piece by piece, each with the end of the one before.

    Raises:
        DataFileError: it is larger than it may be, or than it says.
    """
    size = entry.file_size
    if size > LARGEST_SHEET or (size > _SMALL and size > STEEPEST * max(entry.compress_size, 1)):
        raise _too_much(name)
    read, rest = 0, b""
    with archive.open(entry) as part:
        while chunk := part.read(_CHUNK):
            read += len(chunk)
            if read > LARGEST_SHEET:
                raise _too_much(name)
            yield rest + chunk
            rest = chunk[-_OVERLAP:]


def _longest_text(name: str, archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> int:
    """How long the longest text is that cells share; a sheet keeps a copy for each cell."""
    if not entry.filename.startswith("xl/sharedStrings"):
        return 0
    longest = running = 0
    for chunk in _chunks(name, archive, entry):
        first, *others = chunk.split(b"<")
        running += len(first)
        for piece in others:
            longest, running = max(longest, running), len(piece)
        if max(longest, running) > LONGEST_TEXT * 4:
            raise _too_much(name)
    return max(longest, running)


def _refuse_odd_sheet(
    name: str, archive: zipfile.ZipFile, entry: zipfile.ZipInfo, longest: int
) -> None:
    """Refuse a sheet whose cells claim places far apart, or share more text than there is."""
    rows = columns = 1
    shared = 0
    is_sheet = entry.filename.startswith("xl/worksheets/")
    for chunk in _chunks(name, archive, entry):
        if not is_sheet:
            continue
        rows = max(rows, *map(int, _ROW.findall(chunk)), 1)
        columns = max(columns, *map(_column_number, set(_COLUMN.findall(chunk))), 1)
        shared += len(_SHARED.findall(chunk))
    if columns > MOST_COLUMNS:
        raise _too_wide(name)
    if rows * columns > MOST_CELLS or shared * longest > MOST_TEXT:
        raise _too_much(name)


def _column_number(letters: bytes) -> int:
    found = 0
    for letter in letters.upper():
        found = found * 26 + letter - 64
    return found


def _other_zip(name: str, names: set[str]) -> str:
    if "content.xml" in names or "xl/workbook.bin" in names:
        return f"{name} is a workbook of another kind. Save it as an Excel workbook (.xlsx)."
    if any(each.lower().endswith((".csv", ".txt", ".xlsx", ".json")) for each in names):
        return f"{name} is a zip folder. Unpack it, and name the file that is in it."
    return f"{name} is neither a text file nor a workbook (.xlsx)."


def _too_much(name: str) -> DataFileError:
    return DataFileError(
        f"{name} was not opened, because it unpacks to more than an agency's file holds. "
        "Get it from the agency again, or save the sheet that you need as CSV."
    )


def _too_wide(name: str) -> DataFileError:
    return DataFileError(
        f"{name} was not opened, because it has more than {MOST_COLUMNS:,} columns. "
        "Save the columns that you need as a file of their own."
    )


def _damaged(name: str) -> DataFileError:
    return DataFileError(f"{name} is damaged or cut off. Get it from the agency again.")
