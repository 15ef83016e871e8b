"""Take values of many records at once from a spreadsheet: paste, look at them, keep them."""

from localplan.interview.forms import Cell, Choice, Grid, Records, SetCells
from localplan.interview.frame import Frame
from localplan.interview.grids import pasted
from localplan.interview.keys import Entry, Key, Pressed
from localplan.interview.pages import page_at
from localplan.interview.prompts import choose, write_text
from localplan.interview.screens.saving import done
from localplan.interview.session import Session

_HELP = (
    "Copy the cells in your spreadsheet, names and headings too, and paste them here. Blank cells "
    "change nothing."
)


def paste_table(session: Session, path: str) -> bool:
    """Ask for a table for the list at `path` and keep its values; False when none were kept."""
    listed = page_at(session.plan, path).field
    assert isinstance(listed, Records)  # noqa: S101 (only lists have one)
    page = page_at(session.plan, listed.grid)
    grid = page.field
    assert isinstance(grid, Grid)  # noqa: S101 (what such a place shows)
    told = f"Rows: {_named(grid.rows)}\nColumns: {_named(grid.columns)}"
    frame = Frame(page.title, page.stands, "Which values does your table hold?", _HELP, (told,))
    typed = write_text(frame, "", lambda _: "")
    if isinstance(typed, Pressed) or not typed.strip():
        return False
    proposed = pasted(session.plan, grid, typed)
    values = {cell.path: cell.typed for line in proposed.cells for cell in line if _good(cell)}
    return _agreed(proposed, len(values)) and bool(
        done(session, page.path, SetCells(values, page.seen))
    )


def _named(choices: tuple[Choice, ...]) -> str:
    return "; ".join(choice.label for choice in choices)


def _good(cell: Cell) -> bool:
    return bool(cell.typed) and not cell.trouble


def _agreed(proposed: Grid, count: int) -> bool:
    """Show each value with where it goes, and those that cannot be kept, and ask."""
    good: list[str] = []
    bad: list[str] = []
    for row, line in zip(proposed.rows, proposed.cells, strict=True):
        for column, cell in zip(proposed.columns, line, strict=True):
            said = f"{row.label}, {column.label}: {cell.typed}"
            if cell.trouble:
                bad.append(f"{said} ({cell.trouble})")
            elif cell.typed:
                good.append(said)
    left = "\n".join(["These cannot be kept:", *bad]) if bad else ""
    body = tuple(part for part in (left, "\n".join(good)) if part)
    many = "this value" if count == 1 else f"these {count} values"
    ask = f"Keep {many}?" if count else "Nothing in it can be kept."
    entries = [Entry("no", "No, back to the list")]
    if count:
        entries.insert(0, Entry("yes", f"Yes, keep {many}"))
    frame = Frame("A table from a spreadsheet", ask=ask, body=body)
    return choose(frame, entries, keys=(Key.BACK,)) == "yes"
