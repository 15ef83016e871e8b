"""Figures about a place: what a public data file says, with what keeps each of them honest."""

import calendar
import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from localplan.knowledge.kinds import AreaKind


@dataclass(frozen=True, slots=True)
class Area:
    """A place that figures are about.

    `code` is the FIPS code of a State (two digits) or county (five), the code of a metropolitan
    area (five), or the agency's own; blank where the file gives a name alone.
    """

    kind: AreaKind
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Subject:
    """What else a figure is about, such as the industry 62 or the occupation 29-1141."""

    of: str
    code: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure as the agency gives it; one that it keeps back has no value, and never 0."""

    value: Decimal | None
    about: tuple[Subject, ...] = ()
    mark: str = ""
    """What stands in place of the value, or the letter of a footnote beside it."""
    note: str = ""
    """What the mark means, in the words of the source's file."""
    margin: "Figure | None" = None
    """The margin of error, itself a value or a mark; None where the source gives none."""

    @property
    def suppressed(self) -> bool:
        """Whether there is no value."""
        return self.value is None


@dataclass(frozen=True, slots=True)
class Series:
    """One measure of one area and period: a figure for each industry, occupation and so on."""

    measure: str
    area: Area
    period: str
    unit: str
    values: tuple[Figure, ...]
    source: str
    """The id of the source, such as `qcew-annual`."""
    address: str
    retrieved: date
    shelf_life: int
    """Months after the end of the period until newer figures should be there; 0 for never."""
    license: str
    digests: tuple[str, ...]
    """SHA-256 of each file that the figures are from."""

    @property
    def suppressed(self) -> tuple[Figure, ...]:
        """The figures without a value."""
        return tuple(figure for figure in self.values if figure.suppressed)


_YEAR = re.compile(r"\b(?:19|20)\d{2}\b")
_QUARTER = re.compile(r"\bQ([1-4])\b")
_MONTH = re.compile(rf"\b({'|'.join(calendar.month_name[1:])})\b")
_LAST_MONTH = 12


def end_of(period: str) -> date | None:
    """Return the last day that the figures of `period` are about; None where it names no year.

    Of a projection that is the end of its first year: what is known of it ends there.
    """
    year = _YEAR.search(period)
    if not year:
        return None
    month = _LAST_MONTH
    if quarter := _QUARTER.search(period):
        month = 3 * int(quarter[1])
    elif named := _MONTH.search(period):
        month = [*calendar.month_name].index(named[1])
    last = calendar.monthrange(int(year[0]), month)[1]
    return date(int(year[0]), month, last)


def months_after(day: date, months: int) -> date:
    """Return the last day of the month that is so many months after `day`."""
    number = day.year * 12 + day.month - 1 + months
    year, month = divmod(number, 12)
    return date(year, month + 1, calendar.monthrange(year, month + 1)[1])
