"""Figures about a place: what a public data file says, with what keeps each of them honest."""

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
    """Months after which the figures are called old; 0 for never."""
    license: str
    digests: tuple[str, ...]
    """SHA-256 of each file that the figures are from."""

    @property
    def suppressed(self) -> tuple[Figure, ...]:
        """The figures without a value."""
        return tuple(figure for figure in self.values if figure.suppressed)
