"""`localplan carry OLD.docx NEW`: the last plan is a Word file; its text waits to be placed."""

import json
from pathlib import Path

import click

from localplan.knowledge.questions import load_questionnaire
from localplan.plan.cycle.period import PROGRAM_YEARS
from localplan.plan.file import emit
from localplan.plan.file.blank import blank_answers
from localplan.plan.file.cleaning import cleaned
from localplan.plan.file.parking import parked_records
from localplan.plan.file.saving import create
from localplan.review.wordplan import PlanPiece, read_word_plan

_SHOWN = 20


def carry_word(old: Path, new: Path, first_year: int, *, as_json: bool) -> None:
    """Write the answers file `new` with the text of the Word file `old` parked in it.

    Raises:
        LocalPlanError: `old` is no Word file, or `new` cannot be written.
    """
    pieces = read_word_plan(old)
    parked = parked_records((piece.heading, piece.place, piece.text) for piece in pieces)
    given = {
        "plan.kind": "four-year",
        "plan.first_program_year": str(first_year),
        "plan.program_years": str(PROGRAM_YEARS),
        "plan.period_start": f"{first_year}-07-01",
        "plan.period_end": f"{first_year + PROGRAM_YEARS}-06-30",
    }
    text = blank_answers(load_questionnaire(), given)
    note = f"\n# Text of {old.name} that waits to be put under a question.\n"
    waiting = emit.document({"parked": cleaned(parked)}) if parked else ""
    create(new, text + note + waiting)
    if as_json:
        click.echo(json.dumps({"file": str(new), "parked": parked}, indent=1, ensure_ascii=False))
    else:
        _show(pieces, new)


def _show(pieces: tuple[PlanPiece, ...], new: Path) -> None:
    words = sum(len(piece.text.split()) for piece in pieces)
    click.echo(f"Written: {new}\n")
    click.echo(f"{len(pieces)} pieces of text are parked, {words:,} words in all:")
    for piece in pieces[:_SHOWN]:
        place = f"{piece.place} > " if piece.place else ""
        click.echo(f"  {place}{piece.heading} ({len(piece.text.split()):,} words)")
    if len(pieces) > _SHOWN:
        click.echo(f"  … and {len(pieces) - _SHOWN} more, under `parked` at the end of the file")
    click.echo("\nNothing is placed by itself. Put each piece under its question with:")
    click.echo(f"  localplan interview {new}")
