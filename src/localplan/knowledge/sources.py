"""Public data files we can read: how each is known, what its columns say, which marks it prints.

One file of `standards/sources/` describes one layout, and a person may write one of their own.
"""

import re
from functools import cache
from pathlib import Path
from typing import Annotated, Literal, TypeAlias

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from localplan.errors import LocalPlanError
from localplan.knowledge.datafile import text_of
from localplan.knowledge.kinds import AreaKind
from localplan.knowledge.shapes import misfits
from localplan.resources import STANDARDS
from localplan.yamltext import parse

SOURCES = STANDARDS / "sources"

Codes: TypeAlias = Literal["", "soc", "cip"]
Fills: TypeAlias = Literal["", "evidence", "measure", "wage", "openings", "actual"]
"""Which answer a figure is proposed for: a measure of a sector, the wage or openings of an
occupation, the last actual level of a metric, or a figure among the evidence alone."""
AS_WRITTEN = "as written"
"""The unit of a column whose cells say themselves what they are, such as 64.0% and $7,000."""


class SourceError(LocalPlanError):
    """A file that describes a source and cannot be used."""


def _compiles(pattern: str) -> str:
    try:
        re.compile(pattern)
    except re.error as error:
        raise ValueError(f"is no pattern that can be read ({error})") from error
    return pattern


Pattern = Annotated[str, AfterValidator(_compiles)]


class Part(BaseModel):
    """A part of the file of a source; once read, nobody changes it."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class Seen(Part):
    """A header row that was seen, where and when."""

    header: str
    address: str
    on: str
    note: str = ""


class Next(Part):
    """Where and when the next figures come out."""

    where: str
    when: str = ""


class Split(Part):
    """A column that holds several codes in one, such as the number of a series."""

    column: str
    like: Pattern
    """A pattern whose named groups become columns of their own."""


class Period(Part):
    """What time the figures are about."""

    write: str
    """Such as `{year} Q{qtr}`, from columns, or `May {1}`, from what `find` or `names` found."""
    find: Pattern = ""
    """A pattern to look for in the name of the sheet, in titles and in headings."""
    names: list[Pattern] = []
    """Patterns to look for in the name of the file, where nothing in the file says the time."""
    words: dict[str, str] = {}
    """What codes mean, such as `M13: annual average`."""


class Likeness(Part):
    """Which codes are which kind of area, and the code that everybody knows it by."""

    like: Pattern
    kind: AreaKind
    code: str = "{0}"


class AreaRule(Part):
    """Which place a row is about."""

    code: str
    """Such as `{area_fips}`; a text without braces is the same for the whole file.

    Blank where the rows do not say it: the person does.
    """
    name: str = ""
    kinds: list[Likeness] = []
    counties: Pattern = ""
    """A pattern for the counties that a name lists, such as those in parentheses."""
    state: str = ""
    """The State of such counties, where names leave it out."""
    absent_is_zero: bool = False
    """Whether a part of a sum without a line counts as none, not as unknown."""


class About(Part):
    """What else a row is about: an industry, an occupation."""

    of: str
    column: str
    title: str = ""
    codes: Codes = ""
    words: dict[str, str] = {}
    only: str = ""
    """The code whose figures are proposed for a plan; blank for every one."""
    total: str = ""
    """The code of all together, such as all industries: its figures are facts about the area."""


class Measure(Part):
    """One figure of a row."""

    measure: str
    unit: str
    column: str = ""
    code: str = ""
    """In a file with one figure a row: the code that says which figure it is."""
    flag: str = ""
    """The column that marks this figure as kept back."""
    margin: str = ""
    times: int = 1
    """Such as 1000 for thousands."""
    sums: bool = False
    """Whether the figures of several areas may be added."""
    fills: Fills = ""
    whole_period: bool = False
    """Whether it counts several years, such as ten years of openings; the answer takes one."""


class Long(Part):
    """Where the one figure of a row stands, and what says which figure it is."""

    column: str
    code: str


class Unit(Part):
    """The unit of the columns with such a label."""

    label: Pattern
    unit: str
    sums: bool = False


class Wide(Part):
    """Measures by a pattern of headings, for tables with hundreds of columns."""

    columns: Pattern
    margin: str = ""
    flag: str = ""
    margin_flag: str = ""
    of: str = "variable"
    units: list[Unit] = []
    sizes: dict[str, str] = {}
    """By variable: the group of people whose size it is, by its code in `standards/wioa.yaml`."""


class Mark(Part):
    """What stands in place of a figure, and what it means; between slashes it is a pattern."""

    mark: str
    means: str
    footnote: str = ""
    """Only with this footnote beside it."""
    columns: Pattern = ""
    """Only in these columns."""


class Footnotes(Part):
    """The column with letters of footnotes, and what they mean."""

    column: str
    means: dict[str, str] = {}


class Titles(Part):
    """A list of names for codes, which other files of the agency need."""

    of: str
    code: str
    title: str
    codes: Codes = ""
    area: str = ""
    """The column with the county of what is named."""


class Links(Part):
    """Pairs of codes, such as programs and the occupations that they lead to."""

    first: About
    second: About


class Source(Part):
    """A file of `standards/sources/`, or one of a person's own."""

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    name: str
    agency: str
    license: str
    address: str
    shelf_life: int = 0
    """Months after the end of the period (of a projection: of its first year) until newer figures
    should be there; 0 for never."""
    next: Next | None = None
    seen: list[Seen] = Field(min_length=1)
    note: str = ""
    titles_from: list[str] = []
    """The ids of the lists of names that belong to it."""
    header: list[str] = []
    """Headings that all must be there; by these the layout is known."""
    absent: list[str] = []
    """Headings that must not be there, where a layout has more columns than another."""
    cells: list[str] = []
    """Names of the cells of a row, in a file whose headings are no table."""
    contains: Pattern = ""
    """What the beginning says, in a file that is no table at all."""
    rows: str = ""
    """In JSON: the keys on the way to the rows, with dots between."""
    second_header: bool = False
    columns: dict[str, str] = {}
    """Short names for headings; one between slashes is a pattern."""
    split: Split | None = None
    keep: dict[str, Pattern] = {}
    """What the cells of a row must be for it to count; totals are left out by this."""
    period: Period | None = None
    area: AreaRule | None = None
    about: list[About] = []
    measures: list[Measure] = []
    value: Long | None = None
    wide: Wide | None = None
    marks: list[Mark] = []
    footnotes: Footnotes | None = None
    titles: list[Titles] = []
    links: Links | None = None
    refused: str = ""
    """Why a file that we know is not read, and what to do instead."""

    @model_validator(mode="after")
    def _has_what_it_needs(self) -> "Source":
        """A layout is known by something and gives something."""
        if not (self.header or self.contains or (self.cells and self.keep)):
            raise ValueError('needs "header", or "cells" with "keep", to know the file by')
        if not (self.measures or self.wide or self.titles or self.links or self.refused):
            raise ValueError('needs "measures", or there is nothing to read')
        if self.area and self.area.code and not self.area.kinds:
            raise ValueError('needs "kinds" in "area", to know which codes are which kind of area')
        if (self.measures or self.wide) and not (self.period and self.area):
            raise ValueError('needs "period" and "area": no figure stands without them')
        return self


@cache
def load_sources() -> tuple[Source, ...]:
    """Return every source that ships, in order of id.

    Raises:
        SourceError: a file does not have the shape that `docs/data-files.md` describes.
    """
    return tuple(read_source(path) for path in sorted(SOURCES.glob("*.yaml")))


def load_source(name: str) -> Source:
    """Return the source with the id `name`, or the one that the YAML file `name` describes.

    Raises:
        SourceError: there is none, or its file cannot be used.
    """
    if name.endswith((".yaml", ".yml")):
        return read_source(Path(name))
    path = SOURCES / f"{name}.yaml"
    known = [each.stem for each in sorted(SOURCES.glob("*.yaml"))]
    if name not in known:
        raise SourceError(
            f'There is no source "{name}". Known sources: {", ".join(known)}; or name a file of '
            "your own, such as --as wages.yaml (see docs/evidence.md)."
        )
    return read_source(path)


@cache
def read_source(path: Path) -> Source:
    """Return the source that the file at `path` describes.

    Raises:
        SourceError: it does not have the shape; the message says which lines must be mended.
    """
    text = text_of(path, SourceError)
    try:
        return Source.model_validate(parse(text, path.name))
    except ValidationError as error:
        told = misfits(text, path.name, error, "a source's file", Source)
        raise SourceError("\n".join(told)) from error
