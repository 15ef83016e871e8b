"""`localplan carry OLD.docx NEW`: the last plan is a Word file; its text waits to be placed."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from localplan.cli.output import echo
from localplan.document import prose
from localplan.errors import LocalPlanError
from localplan.knowledge.questions import load_questionnaire
from localplan.plan.cycle.carry import Kind
from localplan.plan.cycle.period import PROGRAM_YEARS, REVIEWED_AFTER
from localplan.plan.file import emit
from localplan.plan.file.blank import blank_answers
from localplan.plan.file.cleaning import cleaned
from localplan.plan.file.parking import parked_records
from localplan.plan.file.saving import create
from localplan.review.wordplan import PlanPiece, read_word_plan, unread_in

_SHOWN = 20


class NotWordError(LocalPlanError):
    """A document of another kind than the Word files that can be read."""


@dataclass(frozen=True, slots=True)
class Order:
    """Which plan to begin: a new cycle or a modification, from which year, on which day."""

    kind: Kind
    first_year: int | None
    today: date

    @property
    def given(self) -> dict[str, str]:
        """Return the first answers; the years of a modification are those of the plan in force."""
        new = self.kind == "four-year"
        first = self.first_year or (self.today.year if new else None)
        given = {"plan.kind": self.kind} | ({} if new else {"plan.number": "Modification 1"})
        if first is None:
            return given
        if not new:
            given["plan.effective_date"] = f"{first + REVIEWED_AFTER}-07-01"
        return given | {
            "plan.first_program_year": str(first),
            "plan.program_years": str(PROGRAM_YEARS),
            "plan.period_start": f"{first}-07-01",
            "plan.period_end": f"{first + PROGRAM_YEARS}-06-30",
        }


def carry_word(old: Path, new: Path, order: Order, *, as_json: bool) -> None:
    """Write the answers file `new` with the text of the Word file `old` parked in it.

    Raises:
        LocalPlanError: `old` is no Word file, or `new` cannot be written.
    """
    if old.suffix.lower() != ".docx" and old.is_file():
        raise NotWordError(
            f"{old.name} is no Word document that can be read. "
            "Open it in Word, save it as a Word document (.docx), and carry that."
        )
    pieces = read_word_plan(old)
    parked = parked_records((piece.heading, piece.place, piece.text) for piece in pieces)
    unread = unread_in(piece.text for piece in pieces)
    text = blank_answers(load_questionnaire(), order.given)
    note = f"\n# Text of {old.name} that waits to be put under a question.\n"
    waiting = emit.document({"parked": cleaned(parked)}) if parked else ""
    create(new, text + note + waiting)
    if as_json:
        report = {"file": str(new), "parked": parked, "unread": unread}
        echo(json.dumps(report, indent=1, ensure_ascii=False))
    else:
        _show(pieces, unread, old, new)


def _show(pieces: tuple[PlanPiece, ...], unread: Mapping[str, int], old: Path, new: Path) -> None:
    words = sum(len(piece.text.split()) for piece in pieces)
    echo(f"Written: {new}\n")
    if not pieces:
        echo(f"{old.name} holds no text, so nothing is parked. Is it a scan?")
        echo(f"Answer the questions with: localplan interview {new}")
        return
    many = "1 piece of text is" if len(pieces) == 1 else f"{len(pieces)} pieces of text are"
    echo(f"{many} parked, {words:,} words in all:")
    for piece in pieces[:_SHOWN]:
        place = f"{piece.place} > " if piece.place else ""
        echo(f"  {place}{piece.heading} ({_words(piece.text)})")
    if len(pieces) > _SHOWN:
        echo(f"  … and {len(pieces) - _SHOWN} more, under `parked` at the end of the file")
    if unread:
        echo(f"\n{_unread(unread)} stood in it and could not be read. In their places")
        echo(f"their names stand, such as [{next(iter(unread))}]. Look at {old.name}.")
    echo(f"\nNothing is placed by itself. Begin with: localplan interview {new}")
    echo("At a question for text, press Tab and choose: Take text from the last plan")


def _unread(counts: Mapping[str, int]) -> str:
    named = prose.listing(prose.counted(number, kind) for kind, number in counts.items())
    return named[:1].upper() + named[1:]


def _words(text: str) -> str:
    count = len(text.split())
    return "1 word" if count == 1 else f"{count:,} words"
