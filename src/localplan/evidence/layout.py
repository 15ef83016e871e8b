"""Know a file by its headings, and find in them what a source says its columns are."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import TypeAlias

from localplan.evidence.cells import is_pattern, plain
from localplan.evidence.files import DataFile, DataFileError, Row, Table
from localplan.knowledge.sources import Measure, Source, Wide

Cell: TypeAlias = Callable[[Sequence[str]], str]
_HOLE = re.compile(r"\{([^{}]+)\}")
_SHOWN = 12


@dataclass(frozen=True)
class Layout:
    """A file whose source is known, with the table and the row in which its headings stand."""

    data: DataFile
    source: Source
    table: Table
    line: int
    """The line of the headings; 0 where the source goes by the cells of a row."""
    header: tuple[str, ...]

    @cached_property
    def headings(self) -> tuple[str, ...]:
        """The headings in plain letters, with the columns that a split one becomes."""
        split = self.source.split
        groups = list(re.compile(split.like).groupindex) if split else []
        return (*map(plain, self.header), *groups)

    def find(self, name: str) -> int | None:
        """Return the number of the column called `name`, in the source or in the file.

        Raises:
            DataFileError: two columns are called so.
        """
        heading = self.source.columns.get(name, name)
        found = [number for number, each in enumerate(self.headings) if _is_called(each, heading)]
        if len(found) > 1:
            raise DataFileError(
                f'{self.data.name} has {len(found)} columns called "{heading}". Give each column '
                "a heading of its own."
            )
        return found[0] if found else None

    def cell(self, name: str) -> Cell | None:
        """Return what takes the cell called `name` out of a row; None where there is none."""
        number = self.find(name) if name else None
        if number is None:
            return None
        return lambda row: row[number].strip() if number < len(row) else ""

    def filled(self, template: str) -> Cell | None:
        """Return what fills the names in braces of `template` from a row.

        None where a column is missing.
        """
        names = _HOLE.findall(template)
        if [f"{{{name}}}" for name in names] == [template]:
            return self.cell(names[0])
        cells = {name: self.cell(name) for name in names}
        if not all(cells.values()):
            return None
        taken = {name: cell for name, cell in cells.items() if cell}
        return lambda row: _HOLE.sub(lambda hole: taken[hole[1]](row), template)

    def rows(self) -> Iterator[Row]:
        """Yield the rows below the headings; a split column has become several."""
        split = self.source.split
        number = self.find(split.column) if split else None
        below = self._below()
        if not split or number is None:
            yield from below
            return
        like = re.compile(split.like)
        width = len(self.header)
        for line, row in below:
            found = like.fullmatch(row[number].strip()) if number < len(row) else None
            if found:
                cells = [*row, *[""] * (width - len(row))][:width]
                yield line, [*cells, *found.groupdict("").values()]

    def labels(self) -> tuple[str, ...]:
        """Return the second row of headings, where the source has one."""
        if not self.source.second_header:
            return ()
        return next((tuple(row) for line, row in self.table.rows() if line > self.line), ())

    def measures(self) -> tuple[Measure, ...]:
        """Return what the columns of this file measure."""
        wide = self.source.wide
        if not wide:
            return tuple(self.source.measures)
        labels = dict(zip(self.headings, self.labels(), strict=False))
        return tuple(_wide_measures(wide, self.header, labels))

    def titles_above(self) -> Iterator[str]:
        """Yield what stands in the name of the sheet, above the headings and in them."""
        yield self.table.name
        for line, row in self.table.head:
            if line <= max(self.line, 1) or not self.line:
                yield " ".join(row)
        for other in self.data.tables(self.source.rows):
            if other is not self.table and other.name:
                yield from (" ".join(row) for _, row in islice(other.head, 3))

    def _below(self) -> Iterator[Row]:
        cells = len(self.source.cells)
        skip = self.line + (0 if not self.source.second_header else 1)
        if not cells:
            yield from ((line, row) for line, row in self.table.rows() if line > skip)
            return
        for line, row in self.table.rows():
            full = [cell.strip() for cell in row if cell.strip()]
            if len(full) == cells:
                yield line, full


def recognized(data: DataFile, sources: Iterable[Source]) -> Layout:
    """Return the layout of a file by what stands in it, never by its name.

    Raises:
        DataFileError: no source looks like that, or several do.
    """
    found = [layout for source in sources if (layout := _fitting(data, source))]
    if not found:
        raise data.trouble or DataFileError(_unknown(data))
    found.sort(key=lambda layout: _weight(layout.source), reverse=True)
    best = [each for each in found if _weight(each.source) == _weight(found[0].source)]
    if len(best) > 1:
        ids = ", ".join(sorted(each.source.id for each in best))
        raise DataFileError(
            f"{data.name} may come from several sources: {ids}. Say which one, such as "
            f"--as {best[0].source.id}."
        )
    return best[0]


def as_named(data: DataFile, source: Source) -> Layout:
    """Return the layout of a file that a person says is from `source`.

    Raises:
        DataFileError: it lacks headings that the source has.
    """
    layout = _fitting(data, source)
    if layout is None:
        needed = ", ".join(source.header) or "rows like those that its file describes"
        raise DataFileError(
            f"{data.name} does not look like {source.id}, which has: {needed}. {_has(data)}"
        )
    return layout


def _weight(source: Source) -> int:
    """How much of a file a source asks for; who asks for more knows it better."""
    return len(source.header) or len(source.cells) or 1


def _fitting(data: DataFile, source: Source) -> Layout | None:
    if data.kind == "json" and source.contains:
        return None
    for table in data.tables(source.rows):
        layout = _by_words(data, source, table) or _in_table(data, source, table)
        if layout:
            return layout
    return None


def _by_words(data: DataFile, source: Source, table: Table) -> Layout | None:
    if not source.contains:
        return None
    start = "\n".join(" ".join(row) for _, row in table.head)
    fits = re.search(source.contains, start)
    return Layout(data, source, table, 0, ()) if fits else None


def _in_table(data: DataFile, source: Source, table: Table) -> Layout | None:
    if source.cells:
        layout = Layout(data, source, table, 0, tuple(source.cells))
        return layout if any(_keeps(layout, row) for row in _full(table)) else None
    for line, row in table.head:
        headings = {plain(cell) for cell in row}
        if source.header and _has_all(headings, source):
            layout = Layout(data, source, table, line, tuple(row))
            return layout if _splits(layout) else None
    return None


def _splits(layout: Layout) -> bool:
    """Whether the codes are of the source's kind; other surveys print the same headings."""
    split = layout.source.split
    if not split:
        return True
    number = layout.find(split.column)
    below = [row for line, row in layout.table.head if line > layout.line]
    cells = [row[number].strip() for row in below if number is not None and number < len(row)]
    return not cells or any(re.fullmatch(split.like, cell) for cell in cells)


def _full(table: Table) -> Iterator[list[str]]:
    return ([cell.strip() for cell in row if cell.strip()] for _, row in table.head)


def _keeps(layout: Layout, row: list[str]) -> bool:
    if len(row) != len(layout.source.cells):
        return False
    cells = dict(zip(layout.source.cells, row, strict=True))
    return all(re.fullmatch(like, cells.get(name, "")) for name, like in layout.source.keep.items())


def _has_all(headings: set[str], source: Source) -> bool:
    """Whether the headings are those of a source; a pattern among them may fit any."""
    wanted = [source.columns.get(name, name) for name in source.header]
    unwanted = [source.columns.get(name, name) for name in source.absent]
    return all(_has_one(headings, name) for name in wanted) and not any(
        _has_one(headings, name) for name in unwanted
    )


def _has_one(headings: set[str], name: str) -> bool:
    if not is_pattern(name):
        return plain(name) in headings
    return any(_is_called(each, name) for each in headings)


def _is_called(heading: str, name: str) -> bool:
    if is_pattern(name):
        return re.fullmatch(name[1:-1], heading) is not None
    return heading == plain(name)


def _wide_measures(wide: Wide, header: Sequence[str], labels: dict[str, str]) -> Iterator[Measure]:
    for heading in header:
        found = re.fullmatch(wide.columns, heading.strip())
        if not found:
            continue
        label = labels.get(plain(heading), "")
        unit = next((each for each in wide.units if re.search(each.label, label)), None)
        yield Measure(
            measure=label.removeprefix("Estimate!!").replace("!!", ": ") or found[1],
            unit=unit.unit if unit else "as the table says",
            column=heading.strip(),
            code=found[1],
            flag=wide.flag.replace("{1}", found[1]),
            margin=wide.margin.replace("{1}", found[1]),
            sums=bool(unit and unit.sums),
        )


def _unknown(data: DataFile) -> str:
    return (
        f"{data.name} has the layout of no source that is known. {_has(data)} Say which it is with "
        "--as, or describe it in a file of your own: see docs/evidence.md."
    )


def _has(data: DataFile) -> str:
    """The headings that the file seems to have: its row with the most cells near the top."""
    rows = [row for table in data.tables() for _, row in table.head]
    widest = max(rows, key=lambda row: sum(1 for cell in row if cell.strip()), default=[])
    cells = [" ".join(cell.split())[:40] for cell in widest if cell.strip()]
    if not cells:
        return "It has no rows."
    more = f" and {len(cells) - _SHOWN} more" if len(cells) > _SHOWN else ""
    return f"Its widest row near the top: {', '.join(cells[:_SHOWN])}{more}."
