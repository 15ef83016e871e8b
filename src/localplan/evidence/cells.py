"""What one cell says: a figure, a mark in its place, or a code that a spreadsheet has spoiled."""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

from localplan.knowledge.sources import AS_WRITTEN, Codes, Mark
from localplan.plan.series import Figure

_NUMBER = re.compile(r"[-+]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d*)?|[-+]?\.\d+")
_FORMULA = re.compile(r"[=@].")
_SPOILED = re.compile(r"#(?:REF|VALUE|NAME|DIV/0|NULL|NUM)[!?]|#N/A|#{3,}", re.IGNORECASE)
_SIGNS = {"$": "dollars", "%": "percent"}
_DAY = re.compile(r"(\d{4})-(\d\d)-01(?: 00:00:00)?")
_MONTH = re.compile(r"(?:[A-Z][a-z]{2}-\d{2,4}|\d{1,2}-[A-Z][a-z]{2}|\d{1,2}/\d{1,2}/\d{2,4})")
_SOC = re.compile(r"(\d{2})-?(\d{4})(?:\.\d{2})?")
_CIP = re.compile(r"(\d{1,2})(?:\.(\d{1,4}))?")


class CellError(ValueError):
    """A cell that cannot be read: why, and what to do; the caller says where it stands."""


def plain(heading: str) -> str:
    """Return a heading without capitals, line breaks, doubled blanks and numbers of footnotes."""
    return " ".join(re.sub(r"\[\d+\]", " ", heading).casefold().split())


def is_pattern(name: str) -> bool:
    """Whether a heading or mark of a source's file is a pattern: it stands between slashes."""
    return len(name) > 1 and name.startswith("/") and name.endswith("/")


def unquoted(cell: str) -> str:
    """Return the cell without the blanks around it and the formula that keeps zeros: `="06059"`."""
    cell = cell.strip()
    if cell.startswith('="') and cell.endswith('"'):
        return cell[2:-1].strip()
    return cell


def number(text: str, unit: str) -> tuple[Decimal, str] | None:
    """Return the number that `text` is, with its unit; None when it is none.

    Raises:
        CellError: it carries a sign of another unit.
    """
    bare = text.strip().replace("\u2212", "-")
    sign = ""
    for mark, meant in _SIGNS.items():
        if mark in bare:
            bare, sign = bare.replace(mark, "", 1).strip(), meant
    if not _NUMBER.fullmatch(bare):
        return None
    if sign and unit not in {sign, AS_WRITTEN}:
        raise CellError(
            f'"{text.strip()}" is in {sign}, but the column is in {unit}. '
            "Part the units into columns of their own."
        )
    return Decimal(bare.replace(",", "")), sign or ("number" if unit == AS_WRITTEN else unit)


def figure(
    text: str, unit: str, marks: Sequence[Mark], column: str, footnote: str = ""
) -> tuple[Figure, str]:
    """Return the figure in a cell and its unit; a mark or a blank cell has no value.

    `column` and `footnote` decide between marks that mean several things.

    Raises:
        CellError: it is neither a number nor a mark of the source.
    """
    cell = unquoted(text)
    if not cell:
        return Figure(None, note="the cell is blank"), unit
    value = number(cell, unit)
    for mark in marks:
        if _is_mark(cell, value, mark, column, footnote):
            return Figure(None, mark=cell, note=mark.means), unit
    if value is None:
        raise CellError(_trouble(cell))
    return Figure(value[0]), value[1]


def _is_mark(
    cell: str, value: tuple[Decimal, str] | None, mark: Mark, column: str, footnote: str
) -> bool:
    """Whether the cell is `mark`; one that is a number is the same in every way of writing it."""
    if mark.footnote and mark.footnote not in footnote.replace(",", " ").split():
        return False
    if mark.columns and not re.fullmatch(mark.columns, column):
        return False
    if cell == mark.mark:
        return True
    if is_pattern(mark.mark):
        return re.fullmatch(mark.mark[1:-1], cell) is not None
    meant = _NUMBER.fullmatch(mark.mark)
    return bool(meant and value is not None and value[0] == Decimal(mark.mark))


def _trouble(cell: str) -> str:
    if _FORMULA.match(cell):
        return (
            f'"{cell[:40]}" is a formula, not its result. Open the file in Excel and paste the '
            "values in its place."
        )
    if _SPOILED.fullmatch(cell):
        return f'"{cell}" is an error of the spreadsheet. Get the file from the agency again.'
    return (
        f'"{cell[:40]}" is neither a number nor a mark that the source explains. If it stands for '
        "a figure that is kept back, add it to the marks in a source file of your own."
    )


def code(text: str, codes: Codes, words: Mapping[str, str] | None = None) -> str:
    """Return a code as the agency writes it, mended where a spreadsheet has spoiled it.

    Raises:
        CellError: a spreadsheet made a date of it, and it cannot be told which code it was.
    """
    cell = unquoted(text)
    if codes == "soc":
        return _occupation(cell)
    if codes == "cip" and (found := _CIP.fullmatch(cell)):
        family, rest = found.groups()
        return f"{int(family):02}" + (f".{rest:0<4}" if rest else "")
    if words and cell not in words and cell.lstrip("0") in words:
        return cell.lstrip("0")
    return cell


def _occupation(cell: str) -> str:
    if found := _SOC.fullmatch(cell):
        return f"{found[1]}-{found[2]}"
    if day := _DAY.fullmatch(cell):
        return f"{day[2]}-{day[1]}"
    if _MONTH.fullmatch(cell):
        raise CellError(
            f'"{cell}" was an occupation code before a spreadsheet made a date of it. Download '
            "the file again and import it without opening it in Excel."
        )
    return cell
