"""Short values of many records side by side: read, pasted from a spreadsheet, and checked.

A grid has a place like an answer, with `*` for every record of a list: `metrics.*.levels.*.level`
holds one row a measure and one column a year, `partners.*` one row a partner and one column for
each short answer about it.
"""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from localplan.desk.openplan import OpenPlan
from localplan.interview.forms import Cell, Choice, Grid
from localplan.interview.offers import first_years
from localplan.interview.typed import kept, problem_with
from localplan.knowledge.questions import Question
from localplan.plan.names import called
from localplan.plan.progress import is_answered

_SHORT = frozenset(
    {"line", "number", "percent", "dollars", "count", "date", "program-year", "naics", "soc",
     "email", "web"}
)  # fmt: skip
_FIGURES = frozenset({"number", "percent", "dollars", "count"})
_SIGNS = {"%": "percent", "$": "dollars"}
"""The unit that a sign names."""


@dataclass(frozen=True, slots=True)
class _Nested:
    """A list within each record, such as the years of a measure, and the value it gives."""

    inner: Question
    leaf: Question

    @property
    def list_key(self) -> str:
        return self.inner.fills.rpartition(".")[2]

    @property
    def leaf_key(self) -> str:
        return self.leaf.fills.rpartition(".")[2]


def grid_of(question: Question, path: str) -> str:
    """The place of the grid of the list at `path`; blank where its records have nothing short."""
    for field in question.fields:
        figures = [each for each in field.fields if each.kind in _FIGURES]
        if field.kind == "records" and field.label == "year" and figures:
            return f"{path}.*.{field.fills.rpartition('.')[2]}.*.{_key(figures[0])}"
    return f"{path}.*" if any(_columns_of(question)) else ""


def grid_at(plan: OpenPlan, place: str) -> Grid | None:
    """The values at `place` as they stand; None where there is no such grid."""
    home, _, rest = place.partition(".*")
    listed = plan.question_at(home)
    if not listed or listed.kind != "records":
        return None
    rows = tuple(Choice(record, called(plan.tree, record)) for record in plan.records(home))
    if not rest:
        columns = tuple(Choice(_key(field), _heading(field)) for field in _columns_of(listed))
        cells = [[f"{row.code}.{column.code}" for column in columns] for row in rows]
    else:
        nested = _nested(plan, listed, rest)
        if nested is None:
            return None
        columns = tuple(Choice(year, year) for year in _years(plan, rows, nested))
        cells = [[_path(plan, row.code, column.code, nested) for column in columns] for row in rows]
    return Grid(
        rows, columns, tuple(tuple(Cell(path, plan.text(path)) for path in row) for row in cells)
    )


def pasted(plan: OpenPlan, grid: Grid, text: str, at: tuple[int, int] = (0, 0)) -> Grid:
    """`grid` with what a spreadsheet put on the clipboard proposed for its cells.

    A row of headings and a column of names say where the values belong; without them they go in
    order from the row and column `at`. Blank cells, and those that say nothing, propose nothing;
    a value that cannot be kept stays as it was typed, with what is wrong with it.
    """
    table = _table(text)
    if not table:
        return grid
    columns = _matched(table[0], grid.columns)
    if columns:
        table = table[1:]
    names = [line[0] if line else "" for line in table]
    rows = _matched(names, grid.rows)
    skip = 1 if rows and not columns else 0
    made = [list(line) for line in grid.cells]
    down_to, across_to = range(len(grid.rows)), range(len(grid.columns))
    for down, line in enumerate(table):
        row = rows.get(down, -1) if rows else at[0] + down
        for across, typed in enumerate(line[skip:]):
            column = columns.get(across, -1) if columns else at[1] + across
            if row in down_to and column in across_to and is_answered(typed):
                made[row][column] = proposed(plan, made[row][column], typed)
    return replace(grid, cells=tuple(tuple(line) for line in made))


def proposed(plan: OpenPlan, cell: Cell, typed: str) -> Cell:
    """The cell with what was typed for it, in the form in which it is kept, or with its trouble."""
    value, trouble = read_cell(plan, cell.path, typed)
    return replace(cell, typed=typed if trouble else value, trouble=trouble)


def read_cell(plan: OpenPlan, path: str, typed: str) -> tuple[str, str]:
    """The value to keep at `path` for what was typed, and what is wrong with it; one is blank."""
    question = plan.question_at(path)
    if question is None:
        return "", "Nothing is asked here"
    text = typed.strip()
    if question.kind in _FIGURES:
        unit = plan.text(f"{path.rsplit('.', 3)[0]}.unit")
        sign = next((sign for sign in _SIGNS if sign in text), "")
        if sign and unit and _SIGNS[sign] != unit:
            return "", f"This row is in {unit}"
        text = text.strip("%$ ")
        # What the spreadsheet groups for the eye is no part of the figure.
        text = text.replace(",", "") if re.fullmatch(r"-?[\d,]+(\.\d+)?", text) else text
    trouble = problem_with(question, text)
    return ("", trouble) if trouble else (str(kept(question, text)), "")


def missing_record(plan: OpenPlan, path: str) -> tuple[str, str]:
    """The label of the inner record that `path` needs and that is not there yet, and its value."""
    record, _, _ = path.rpartition(".")
    home, _, name = record.rpartition(".")
    listed = plan.question_at(home)
    if not listed or listed.kind != "records" or record in plan.records(home):
        return "", ""
    return f"{record}.{listed.label}", name


def _nested(plan: OpenPlan, listed: Question, rest: str) -> _Nested | None:
    inner = plan.by_fills.get(f"{listed.fills}.*{rest.partition('.*')[0]}")
    leaf = plan.by_fills.get(f"{listed.fills}.*{rest}")
    if inner is None or leaf is None or inner.kind != "records" or leaf.kind not in _SHORT:
        return None
    return _Nested(inner, leaf)


def _years(plan: OpenPlan, rows: Sequence[Choice], nested: _Nested) -> list[str]:
    """What the columns are called: every year that some record has, and those of the plan."""
    found = {
        plan.text(f"{each}.{nested.inner.label}")
        for row in rows
        for each in plan.records(f"{row.code}.{nested.list_key}")
    }
    return sorted({year for year in (*found, *first_years(plan)) if year})


def _path(plan: OpenPlan, record: str, year: str, nested: _Nested) -> str:
    home = f"{record}.{nested.list_key}"
    for each in plan.records(home):
        if plan.text(f"{each}.{nested.inner.label}") == year:
            return f"{each}.{nested.leaf_key}"
    return f"{home}.{year}.{nested.leaf_key}"


def _columns_of(listed: Question) -> Iterator[Question]:
    """The short answers about each record that are always asked, its name first."""
    for field in listed.fields:
        if field.kind in _SHORT and not field.when.clauses and field.fills.count(".*.") == 1:
            yield field


def _key(question: Question) -> str:
    """What the answer is called within its record."""
    return question.fills.rpartition("*.")[2]


def _heading(question: Question) -> str:
    return question.heading or question.ask


def _table(text: str) -> list[list[str]]:
    """The cells of what was copied: tabs between them, quotation marks around a line break."""
    lines = csv.reader(io.StringIO(text.rstrip()), delimiter="\t")
    return [[" ".join(cell.split()) for cell in line] for line in lines]


def _matched(names: Sequence[str], known: Sequence[Choice]) -> dict[int, int]:
    """Which of `known` each name is, by position; empty where none is one."""
    places = {_plain(choice.label): at for at, choice in enumerate(known)}
    found = ((at, places.get(_plain(name))) for at, name in enumerate(names))
    return {at: place for at, place in found if place is not None}


def _plain(name: str) -> str:
    """A name as it is compared: "PY 2025" is the year 2025."""
    words = " ".join(name.casefold().split())
    year = re.fullmatch(r"(?:py|program year) ?(20\d\d)", words)
    return year.group(1) if year else words
