"""Read the figures of data files for the places that a person asks for, each as it was printed."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import TypeAlias

from localplan.evidence.areas import Wanted, placed
from localplan.evidence.cells import CellError, code, figure
from localplan.evidence.files import DataFile, DataFileError
from localplan.evidence.layout import Cell, Layout
from localplan.knowledge.sources import About, Measure, Period, Source
from localplan.plan.series import Area, Figure, Series, Subject

_NULL = {"", "null"}
WHOLE = -1
"""The number of the part that all places asked for are together."""
_LISTED = 8
_MOST_AREAS = 120_000
"""The nation has 85,000 census tracts."""
_MOST_FIGURES = 250_000
"""Of one file for the areas asked for; 500,000 took 530 MB."""

Codes: TypeAlias = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Key:
    """What a figure says: the same of two areas may be added."""

    measure: str
    unit: str
    period: str
    about: Codes
    sums: bool


@dataclass(slots=True)
class Names:
    """Names of codes out of the lists that came with a file."""

    titles: dict[str, dict[str, str]] = field(default_factory=dict)
    homes: dict[str, str] = field(default_factory=dict)
    """The county of each institution."""
    links: list[tuple[Subject, Subject]] = field(default_factory=list)


@dataclass(slots=True)
class Found:
    """What one file holds, and its figures for the places asked for."""

    layout: Layout
    rows: int = 0
    passed_over: int = 0
    """Rows that are no figures of a known area, such as totals that are left out."""
    periods: list[str] = field(default_factory=list)
    period_from: str = ""
    """"name" where the name of the file alone says the time, "person" where a person does."""
    areas: dict[Area, int] = field(default_factory=dict)
    """How many rows each area has."""
    figures: dict[Key, dict[int, dict[Area, Figure]]] = field(default_factory=dict)
    """By the number of the part asked for."""
    names: Names = field(default_factory=Names)

    @property
    def source(self) -> Source:
        """The source of the file."""
        return self.layout.source

    @property
    def data(self) -> DataFile:
        """The file itself."""
        return self.layout.data


def read_names(layout: Layout) -> Found:
    """Return the names, or the pairs of codes, that a list of an agency holds.

    Raises:
        DataFileError: a row cannot be read.
    """
    found = Found(layout)
    pairs = layout.source.links
    ends = [_Subjects(layout, each, {}) for each in ((pairs.first, pairs.second) if pairs else ())]
    for line, row in layout.rows():
        found.rows += 1
        for list_ in layout.source.titles:
            key, title = (layout.cell(name) for name in (list_.code, list_.title))
            if key and title and key(row):
                known = code(key(row), list_.codes)
                found.names.titles.setdefault(list_.of, {})[known] = title(row)
                home = layout.cell(list_.area)
                if home and home(row):
                    found.names.homes[known] = home(row).zfill(5)
        if ends and _is_kept(layout, row):
            found.names.links.append((ends[0].of(row, line), ends[1].of(row, line)))
    if not found.rows:
        raise _no_rows(layout)
    return found


def read_figures(
    layout: Layout, wanted: Wanted | None, names: Names | None = None, period: str = ""
) -> Found:
    """Return the figures that a file holds for the places `wanted`.

    Without them, a file about one place is read for that place, and any other is only counted.
    `names` come from the lists of the same agency; `period` is the time where no file says it.

    Raises:
        DataFileError: a cell cannot be read, or the file has no rows, or lacks what is asked for.
    """
    reader = _Reader(layout, names or Names(), period)
    found = reader.read(wanted)
    known = [area for area in found.areas if area.kind != "unknown"]
    if not known:
        raise _nothing_of_a_place(found)
    if wanted is None and len(known) == 1:
        return reader.read(Wanted((known[0],)))
    return found


def missing_parts(found: Sequence[Found], wanted: Wanted) -> tuple[Area, ...]:
    """Return the places asked for that none of the files of one source is about."""
    there = {part for each in found for parts in each.figures.values() for part in parts}
    if WHOLE in there:
        return ()
    return tuple(area for number, area in enumerate(wanted.parts) if number not in there)


def said_areas(found: Found) -> str:
    """Return the places of a file as a short list for people."""
    names = [area.name for area in found.areas if area.kind != "unknown"]
    if len(names) > _LISTED:
        return f"{len(names):,} areas, such as {'; '.join(names[:3])}"
    return "; ".join(names)


def in_series(found: Sequence[Found], wanted: Wanted | None, today: date) -> tuple[Series, ...]:
    """Return the figures of the files of one source as series, with sums where areas are added.

    Raises:
        DataFileError: two files give different figures for the same thing.
    """
    merged: dict[Key, dict[int, dict[Area, Figure]]] = {}
    for each in found:
        for key, parts in each.figures.items():
            for part, areas in parts.items():
                for area, read in areas.items():
                    _keep(merged.setdefault(key, {}).setdefault(part, {}), area, read, each, key)
    grouped: dict[tuple[str, Area, str, str], list[Figure]] = {}
    for key, parts in merged.items():
        for area, read in _whole(key, parts, wanted, found[0].source):
            grouped.setdefault((key.measure, area, key.period, key.unit), []).append(read)
    source = found[0].source
    digests = tuple(each.data.digest for each in found)
    return tuple(
        Series(measure, area, period, unit, tuple(figures), source.id, source.address, today,
               source.shelf_life, source.license, digests)
        for (measure, area, period, unit), figures in grouped.items()
    )  # fmt: skip


def _whole(
    key: Key, parts: Mapping[int, Mapping[Area, Figure]], wanted: Wanted | None, source: Source
) -> Iterator[tuple[Area, Figure]]:
    """The figures of the place asked for: its own, a sum, or those of its parts one by one."""
    if WHOLE in parts:
        yield from parts[WHOLE].items()
        return
    asked = wanted.parts if wanted else ()
    own = [pair for number, areas in parts.items() for pair in _fitting(number, areas, asked)]
    if not wanted or not key.sums or (len(asked) == 1 and own[0][0].kind != "institution"):
        yield from own
        return
    unknown = not (source.area and source.area.absent_is_zero)
    absent = [area for number, area in enumerate(asked) if number not in parts]
    yield wanted.whole, added(own, absent if unknown else [])


def _fitting(
    number: int, areas: Mapping[Area, Figure], asked: Sequence[Area]
) -> Sequence[tuple[Area, Figure]]:
    """The area of a part: of several that are the same place, the one of the kind asked for.

    Raises:
        DataFileError: it cannot be told which one is meant.
    """
    each = list(areas.items())
    if not asked or len(each) == 1 or each[0][0].kind == "institution":
        return each
    same = [pair for pair in each if pair[0].kind == asked[number].kind]
    if len(same) != 1:
        names = "; ".join(area.name for area, _ in each)
        raise DataFileError(
            f"{asked[number].name} may be several areas of the file: {names}. Name one of them "
            "with --area, as the file does."
        )
    return same


def added(parts: Sequence[tuple[Area, Figure]], absent: Sequence[Area] = ()) -> Figure:
    """Return the sum of the figures; without a value where a part is kept back or `absent`.

    The margin of a sum is the root of the sum of the squares of the margins (Census Bureau,
    Understanding and Using American Community Survey Data, chapter 8).
    """
    about = parts[0][1].about
    for area, read in parts:
        if read.value is None:
            why = f"not added: {read.mark or 'blank'} in {area.name} ({read.note})"
            return Figure(None, about, read.mark, why)
    if absent:
        names = "; ".join(area.name for area in absent)
        return Figure(None, about, note=f"not added: no line for {names}")
    total = sum((read.value for _, read in parts if read.value is not None), Decimal(0))
    return Figure(total, about, margin=_margin_of_sum([read.margin for _, read in parts]))


def _margin_of_sum(margins: Sequence[Figure | None]) -> Figure | None:
    if not any(margins):
        return None
    values = [margin.value for margin in margins if margin and margin.value is not None]
    if len(values) < len(margins):
        return Figure(None, note="not worked out: a part has no margin of error")
    return Figure(sum((value * value for value in values), Decimal(0)).sqrt().quantize(Decimal(1)))


def _keep(areas: dict[Area, Figure], area: Area, read: Figure, found: Found, key: Key) -> None:
    before = areas.setdefault(area, read)
    if (before.value, before.mark) != (read.value, read.mark):
        about = ", ".join(value for _, value in key.about)
        raise DataFileError(
            f"{found.data.name} gives two figures for the same thing: {key.measure}, {area.name}, "
            f"{key.period}, {about}. Import one of them."
        )


class _Reader:
    """Goes through the rows of one file; everything that is the same for all rows is ready."""

    def __init__(self, layout: Layout, names: Names, period: str) -> None:
        source = layout.source
        if source.area is None or source.period is None:
            raise DataFileError(f"{layout.data.name} is a list and holds no figures.")
        self.layout = layout
        self.names = names
        self.rule = source.area
        self.keep = [
            (cell, re.compile(like))
            for name, like in source.keep.items()
            if (cell := layout.cell(name))
        ]
        self.code = self._needed(source.area.code) if source.area.code else None
        self.name = layout.cell(source.area.name)
        self.time, self.period_from = _time(layout, source.period, period)
        self.measures = tuple(self._ready(each) for each in layout.measures())
        self.about = tuple(_Subjects(layout, each, names.titles) for each in source.about)
        self.footnote = layout.cell(source.footnotes.column) if source.footnotes else None
        self.which = layout.cell(source.value.code) if source.value else None
        self.by_code = {each[0].code: each for each in self.measures if each[0].code}
        self.places: dict[tuple[str, str], tuple[Area, frozenset[str]] | None] = {}

    def read(self, wanted: Wanted | None) -> Found:
        """Return what the file holds."""
        found = Found(self.layout, period_from=self.period_from)
        parts: dict[tuple[str, str], int | None] = {}
        counts: dict[tuple[str, str], int] = {}
        periods: dict[str, None] = {}
        whole = frozenset(part.code for part in wanted.parts) if wanted else frozenset()
        for line, row in self.layout.rows():
            found.rows += 1
            if not all(like.fullmatch(cell(row)) for cell, like in self.keep):
                found.passed_over += 1
                continue
            raw = (self.code(row) if self.code else "", self.name(row) if self.name else "")
            if raw not in parts:
                parts[raw] = self._part(raw, wanted, whole)
                self._refuse_too_much(len(parts), len(found.figures))
            place = self.places[raw]
            if place is None:
                found.passed_over += 1
                continue
            counts[raw] = counts.get(raw, 0) + 1
            period = self.time(row)
            periods[period] = None
            part = parts[raw]
            if part is not None:
                self._take(found, part, place[0], period, line, row)
                self._refuse_too_much(len(parts), len(found.figures))
        for raw, rows in counts.items():
            area = (self.places[raw] or (Area("unknown", "", ""),))[0]
            found.areas[area] = found.areas.get(area, 0) + rows
        found.periods = list(periods)
        if not found.rows:
            raise _no_rows(self.layout)
        return found

    def _part(
        self, raw: tuple[str, str], wanted: Wanted | None, whole: frozenset[str]
    ) -> int | None:
        """Which of the places asked for the area of a row belongs to."""
        if self.code is None:
            return self._as_asked(raw, wanted)
        title = raw[1] or self.names.titles.get("area", {}).get(raw[0], "")
        title = title or self.names.titles.get("institution", {}).get(raw[0], "")
        place = placed(self.rule, raw[0], title)
        self.places[raw] = place
        if place is None or wanted is None or place[0].kind == "unknown":
            return None
        area, counties = place
        home = self.names.homes.get(raw[0]) if area.kind == "institution" else None
        if counties and counties == whole:
            return WHOLE if len(whole) > 1 else 0
        part = wanted.part_of(area)
        if part is None and (home or len(counties) == 1):
            part = wanted.part_of(Area("county", home or next(iter(counties)), ""))
        return part

    def _refuse_too_much(self, areas: int, figures: int) -> None:
        if areas > _MOST_AREAS or figures > _MOST_FIGURES:
            raise DataFileError(
                f"{self.layout.data.name} holds more than is read at once: over "
                f"{_MOST_AREAS:,} areas, or {_MOST_FIGURES:,} figures of the area asked for. "
                "Get the file of one area or one year."
            )

    def _as_asked(self, raw: tuple[str, str], wanted: Wanted | None) -> int:
        """The one place asked for is what a file is about that does not say it itself."""
        if wanted is None or len(wanted.parts) != 1:
            raise DataFileError(
                f"{self.layout.data.name} does not say which area it is about. Say it with one "
                "--area."
            )
        self.places[raw] = (wanted.parts[0], frozenset())
        return 0

    def _take(
        self, found: Found, part: int, area: Area, period: str, line: int, row: Sequence[str]
    ) -> None:
        about = subjects = tuple(each.of(row, line) for each in self.about)
        wide = found.source.wide
        chosen = self.measures
        if self.which:
            one = self.by_code.get(self.which(row))
            chosen = (one,) if one else ()
        for measure, cells in chosen:
            if cells[0] is None:
                continue
            read, unit = self._figure(measure, cells, line, row)
            if wide:
                about = (*subjects, Subject(wide.of, measure.code))
            read = replace(read, about=about)
            codes = tuple((subject.of, subject.code) for subject in about)
            key = Key(measure.measure, unit, period, codes, measure.sums)
            _keep(found.figures.setdefault(key, {}).setdefault(part, {}), area, read, found, key)

    def _figure(
        self, measure: Measure, cells: tuple[Cell | None, ...], line: int, row: Sequence[str]
    ) -> tuple[Figure, str]:
        value, flag, margin = cells
        footnote = self.footnote(row) if self.footnote else ""
        column = measure.column or measure.code
        try:
            if flag and flag(row) not in _NULL:
                read, unit = self._kept_back(flag(row)), measure.unit
            else:
                text = value(row) if value else ""
                marks = self.layout.source.marks
                read, unit = figure(text, measure.unit, marks, column, footnote)
            beside = None
            if margin:
                beside, _ = figure(margin(row), unit, self.layout.source.marks, column)
        except CellError as error:
            raise _at(self.layout, line, column, error) from error
        return self._finished(replace(read, margin=beside), measure, footnote), unit

    def _finished(self, read: Figure, measure: Measure, footnote: str) -> Figure:
        if read.value is None:
            return read
        notes = self.layout.source.footnotes
        if footnote and notes:
            means = "; ".join(notes.means.get(each, each) for each in footnote.split(","))
            read = replace(read, mark=footnote, note=means)
        return replace(read, value=(read.value or Decimal(0)) * measure.times)

    def _kept_back(self, mark: str) -> Figure:
        for known in self.layout.source.marks:
            if known.mark == mark:
                return Figure(None, mark=mark, note=known.means)
        raise CellError(
            f'"{mark}" stands where figures are marked as kept back, and the source does not '
            "explain it. Add it to the marks in a source file of your own."
        )

    def _ready(self, measure: Measure) -> tuple[Measure, tuple[Cell | None, ...]]:
        long = self.layout.source.value
        column = long.column if long else measure.column
        names = (column, measure.flag, measure.margin)
        return measure, tuple(self.layout.cell(name) for name in names)

    def _needed(self, template: str) -> Cell:
        cell = self.layout.filled(template)
        if cell is None:
            raise DataFileError(
                f"{self.layout.data.name} lacks a column of {template}, which says what area a "
                "row is about."
            )
        return cell


def _time(layout: Layout, rule: Period, given: str) -> tuple[Cell, str]:
    """What says the time of a row, and where it is from when no cell says it."""
    if "{1}" not in rule.write:
        cell = layout.filled(rule.write)
        if cell is None:
            raise DataFileError(f"{layout.data.name} lacks a column of {rule.write}.")
        words = rule.words
        if not words:
            return cell, ""
        known = re.compile("|".join(rf"\b{re.escape(each)}\b" for each in words))
        return lambda row: known.sub(lambda found: words[found[0]], cell(row)), ""
    inside = [rule.find] if rule.find else []
    for texts, patterns, origin in (
        (list(layout.titles_above()), inside, ""),
        ([layout.data.path.name], rule.names, "name"),
    ):
        for pattern in patterns:
            for text in texts:
                if found := re.search(pattern, text):
                    said = _numbered(rule.write, found)
                    return lambda _, said=said: said, origin
    if given:
        return lambda _: given, "person"
    raise DataFileError(
        f"{layout.data.name} does not say what time its figures are about. Say it with --period, "
        f"such as --period 2023."
    )


def _numbered(template: str, found: re.Match[str]) -> str:
    return re.sub(r"\{(\d)\}", lambda hole: found[int(hole[1])] or "", template)


def _is_kept(layout: Layout, row: Sequence[str]) -> bool:
    return all(
        re.fullmatch(like, cell(row))
        for name, like in layout.source.keep.items()
        if (cell := layout.cell(name))
    )


class _Subjects:
    """Says of each row what else it is about, in one respect."""

    def __init__(
        self, layout: Layout, about: About, titles: Mapping[str, Mapping[str, str]]
    ) -> None:
        self.layout = layout
        self.about = about
        self.cell = layout.cell(about.column)
        self.title = layout.cell(about.title)
        self.listed = {**about.words, **titles.get(about.of, {})}

    def of(self, row: Sequence[str], line: int) -> Subject:
        """Return what the row is about.

        Raises:
            DataFileError: a spreadsheet has spoiled the code.
        """
        about = self.about
        try:
            known = code(self.cell(row) if self.cell else "", about.codes, about.words)
        except CellError as error:
            raise _at(self.layout, line, about.column, error) from error
        title = self.title(row) if self.title else ""
        return Subject(about.of, known, title or self.listed.get(known, ""))


def _at(layout: Layout, line: int, column: str, error: CellError) -> DataFileError:
    sheet = f'sheet "{layout.table.name}", ' if layout.table.name else ""
    return DataFileError(f'{layout.data.name}, {sheet}row {line}, "{column}": {error}')


def _no_rows(layout: Layout) -> DataFileError:
    return DataFileError(
        f"{layout.data.name} has the headings of {layout.source.id} and no rows below them. The "
        "agency may not have published that period yet."
    )


def _nothing_of_a_place(found: Found) -> DataFileError:
    if found.areas:
        return DataFileError(
            f"{found.data.name} is about no county: it counts jobs whose county is not known. "
            "Get the file of a county."
        )
    return DataFileError(
        f"{found.data.name} has the headings of {found.source.id}, but none of its {found.rows:,} "
        "rows is a figure of a known area."
    )
