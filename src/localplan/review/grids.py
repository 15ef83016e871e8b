"""Compare the generated tables of a draft, cell by cell and row by row."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from localplan.document.anchors import CELL, Anchor
from localplan.review.regions import Division, Region, key_of
from localplan.review.walk import Para
from localplan.review.weave import alignment


@dataclass(frozen=True, slots=True)
class CellChange:
    """A cell that changed, a row that came or went, or a table that came or went."""

    what: Literal["cell", "row", "table"]
    old: str
    new: str
    row: tuple[str, ...] = ()
    paras: tuple[Para, ...] = ()
    anchor: Anchor | None = None
    """The answer that the cell printed, where the copy lost the cell's own anchor."""


@dataclass(slots=True)
class Grid:
    """A table as rows of cells; cells that print one answer are compared elsewhere."""

    rows: dict[int, dict[int, list[Para]]] = field(default_factory=dict)
    owned: dict[tuple[int, int], Anchor] = field(default_factory=dict)

    def cells(self, row: int) -> Mapping[int, list[Para]]:
        """Return the paragraphs of each cell of a row."""
        return self.rows[row]

    def texts(self, row: int) -> tuple[str, ...]:
        """Return the words of each cell of a row."""
        cells = self.rows[row]
        return tuple(_words(cells[column]) for column in sorted(cells))


def grids_of(division: Division) -> dict[int, Grid]:
    """Return every table of a text by its number, with every cell, whoever owns it."""
    owned = {
        para.place[0]: region.anchor
        for region in division.regions
        if region.anchor.name.startswith(CELL)
        for para in region.paras
        if para.place
    }
    grids: dict[int, Grid] = {}
    for para in division.copy.paras:
        if not para.place:
            continue
        number, row, column = para.place[0]
        grid = grids.get(number)
        if grid is None:
            grid = grids[number] = Grid()
        grid.rows.setdefault(row, {}).setdefault(column, []).append(para)
        if para.place[0] in owned:
            grid.owned[row, column] = owned[para.place[0]]
    return grids


def of_region(grids: Mapping[int, Grid], region: Region) -> list[Grid]:
    """Return the tables of one region."""
    numbers = dict.fromkeys(para.place[0][0] for para in region.paras if para.place)
    return [grids[number] for number in numbers]


def table_changes(old: Sequence[Grid], new: Sequence[Grid]) -> Iterator[CellChange]:
    """Yield what differs between the tables of a region and those of its returned copy."""
    for index in range(max(len(old), len(new))):
        if index >= len(new):
            yield CellChange("table", _whole(old[index]), "")
        elif index >= len(old):
            yield CellChange("table", "", _whole(new[index]), (), _all(new[index]))
        else:
            yield from _rows(old[index], new[index])


def _rows(old: Grid, new: Grid) -> Iterator[CellChange]:
    if old.rows == new.rows:
        return
    before, after = sorted(old.rows), sorted(new.rows)
    mine = [tuple(key_of(text) for text in old.texts(row)) for row in before]
    theirs = [tuple(key_of(text) for text in new.texts(row)) for row in after]
    for tag, i1, i2, j1, j2 in alignment(mine, theirs):
        if tag == "equal":
            continue
        pairs = min(i2 - i1, j2 - j1)
        for offset in range(pairs):
            yield from _cells(old, before[i1 + offset], new, after[j1 + offset])
        for index in range(i1 + pairs, i2):
            row = old.texts(before[index])
            if _is_owned(old, before[index]):
                continue
            yield CellChange("row", _line(row), "", row)
        for index in range(j1 + pairs, j2):
            row = new.texts(after[index])
            if any(text.strip() for text in row) and not _is_owned(new, after[index]):
                paras = tuple(p for cell in new.cells(after[index]).values() for p in cell)
                yield CellChange("row", "", _line(row), row, paras)


def _is_owned(grid: Grid, row: int) -> bool:
    """Whether every cell of the row prints an answer of its own."""
    return all((row, column) in grid.owned for column in grid.rows[row])


def _cells(old: Grid, row: int, new: Grid, other: int) -> Iterator[CellChange]:
    mine, theirs = old.cells(row), new.cells(other)
    said = old.texts(row)
    for column in sorted(mine.keys() | theirs.keys()):
        if (other, column) in new.owned:
            continue
        was, now = _words(mine.get(column, [])), _words(theirs.get(column, []))
        if key_of(was) != key_of(now):
            paras = tuple(theirs.get(column, ()))
            yield CellChange("cell", was, now, said, paras, old.owned.get((row, column)))


def _words(paras: Sequence[Para]) -> str:
    return "\n".join(para.text.strip() for para in paras if para.text.strip())


def _line(row: Sequence[str]) -> str:
    return " | ".join(" ".join(text.split()) or "\u2013" for text in row)


def _whole(grid: Grid) -> str:
    return "\n".join(_line(grid.texts(row)) for row in sorted(grid.rows))


def _all(grid: Grid) -> tuple[Para, ...]:
    return tuple(para for row in grid.rows.values() for cell in row.values() for para in cell)
