"""Compare the generated tables of a draft, cell by cell and row by row."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from localplan.document.anchors import CELL, Anchor
from localplan.review.regions import Division, Region, key_of
from localplan.review.walk import Para
from localplan.review.weave import alignment

NEW = "new-"
"""Begins the id of a row that waits to be filled."""
_WAITING = re.compile(rf"\.{NEW}(\d+)\.")


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


def table_changes(
    old: Sequence[Grid], new: Sequence[Grid], *, form: bool = False
) -> Iterator[CellChange]:
    """Yield what differs between the tables of a region and those of its returned copy.

    In a form each row is known by what stands before it, and every cell that was filled in is an
    answer.
    """
    for index in range(max(len(old), len(new))):
        if index >= len(new):
            yield CellChange("table", _whole(old[index]), "")
        elif index >= len(old):
            yield CellChange("table", "", _whole(new[index]), (), _all(new[index]))
        elif form:
            yield from _filled(old[index], new[index])
        else:
            yield from _rows(old[index], new[index])


def _filled(old: Grid, new: Grid) -> Iterator[CellChange]:
    """What was written into cells of a form that lost their anchors."""
    pairs = _paired(old, new)
    added = 0
    for row in sorted(new.rows):
        if row in pairs:
            yield from _cells(old, pairs[row], new, row)
        elif any(text.strip() for text in new.texts(row)):
            added += 1
            yield from _added(old, new, row, added)


def _paired(old: Grid, new: Grid) -> dict[int, int]:
    """The row of the form that each returned row is: by an anchor, its label, or its place."""
    anchored = {anchor.name: row for (row, _), anchor in old.owned.items()}
    pairs: dict[int, int] = {}
    for (row, _), anchor in new.owned.items():
        if anchor.name in anchored:
            pairs.setdefault(row, anchored[anchor.name])
    labeled = {_label(old, row): row for row in sorted(old.rows, reverse=True)}
    labeled.pop("", None)
    for row in sorted(new.rows):
        known = labeled.get(_label(new, row))
        if known is not None and row not in pairs and known not in pairs.values():
            pairs[row] = known
    free = [row for row in sorted(old.rows) if row not in pairs.values()]
    for row in sorted(new.rows):
        if row in pairs or not free:
            continue
        above = max((pairs[one] for one in pairs if one < row), default=-1)
        below = min((pairs[one] for one in pairs if one > row), default=max(old.rows) + 1)
        place = next((one for one in free if above < one < below), None)
        if place is not None:
            pairs[row] = place
            free.remove(place)
    return pairs


def _label(grid: Grid, row: int) -> str:
    """The words before the first cell that is there to be filled in."""
    columns = sorted(grid.rows[row])
    first = columns[0] if columns else 0
    return "" if (row, first) in grid.owned else key_of(_words(grid.rows[row].get(first, [])))


def _added(old: Grid, new: Grid, row: int, count: int) -> Iterator[CellChange]:
    """A row that someone put below those that waited: one more of them, or a row of its own."""
    cells, texts = new.cells(row), new.texts(row)
    waiting = [place for place, anchor in old.owned.items() if _number(anchor)]
    if not waiting:
        whole = tuple(para for cell in cells.values() for para in cell)
        yield CellChange("row", "", _line(texts), texts, whole)
        return
    model, _ = max(waiting)
    for column, paras in cells.items():
        anchor, words = old.owned.get((model, column)), _words(paras)
        if anchor is not None and words:
            path = _WAITING.sub(f".{NEW}{_number(anchor) + count}.", anchor.path)
            yield CellChange("cell", "", words, texts, tuple(paras), replace(anchor, path=path))


def _number(anchor: Anchor) -> int:
    found = _WAITING.search(anchor.path)
    return int(found[1]) if found else 0


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
