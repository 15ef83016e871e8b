"""The desk: a plan that lies open, and everything a person can do with it."""

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from localplan.desk.openplan import OpenPlan, Outcome, Saved
from localplan.knowledge.kinds import Stage
from localplan.plan.file import disk
from localplan.plan.file.answers import Change, load
from localplan.plan.file.figures import note_figures
from localplan.plan.standings import answering

if TYPE_CHECKING:
    from collections.abc import Sequence

    from localplan.desk.comparing import Comparison
    from localplan.desk.drafting import Written
    from localplan.evidence.imports import Outcome as Imported
    from localplan.evidence.offers import Offer, Offers
    from localplan.review.decide import Ruling
    from localplan.review.items import Item


class Desk(OpenPlan):
    """A plan that lies open, and the acts of the program on it; each returns what came of it."""

    def draft(
        self,
        target: Path | None,
        *,
        stage: Stage = "working",
        outline: str = "",
        reference: Path | None = None,
    ) -> "Written":
        """Make the draft, write it to `target` in the format that its name says, and record it.

        Without a target the draft is Markdown, and nothing is written.

        Raises:
            LocalPlanError: the template or outline has an error, or `target` cannot be written.
        """
        from localplan.desk.drafting import Order, write_draft  # noqa: PLC0415 (heavy)

        return write_draft(Order(self, stage, outline, reference), target)

    def count_pages(self) -> None:
        """Let LibreOffice count the pages that the State limits; later checkups go by them.

        Nothing happens where the State sets no such limit or LibreOffice is missing.
        """
        from localplan.desk.drafting import pages_of  # noqa: PLC0415 (heavy)

        self.pages = pages_of(self)
        self.forget()

    def proof(self, target: Path, *, stage: Stage = "working", outline: str = "") -> None:
        """Write where each requirement is answered to `target`.

        Raises:
            LocalPlanError: `target` cannot be written.
        """
        from localplan.desk.drafting import Order, write_proof  # noqa: PLC0415 (heavy)

        write_proof(Order(self, stage, outline), target)

    def obstacles(self) -> tuple[str, ...]:
        """What keeps the plan from being submitted, one line each; empty when nothing does."""
        from localplan.desk.drafting import Order  # noqa: PLC0415 (heavy)
        from localplan.desk.submission import refused  # noqa: PLC0415 (heavy)

        return refused(Order(self, "submission"))

    def packet(
        self, folder: Path, *, outline: str = "", reference: Path | None = None
    ) -> tuple[Path, ...]:
        """Write the packet for the State into `folder`, new or empty, and return its files.

        Raises:
            LocalPlanError: the folder holds something, or cannot be written.
        """
        from localplan.desk.drafting import Order  # noqa: PLC0415 (heavy)
        from localplan.desk.submission import write_packet  # noqa: PLC0415 (heavy)

        return write_packet(Order(self, "submission", outline, reference), folder)

    def decide(
        self, item: str, verb: str, ruling: "Ruling", *, text: str | None = None, path: str = ""
    ) -> "Item":
        """Carry out a decision about the review item called `item`, and return the item.

        `verb` is `accept`, `undo`, or the state that is recorded: `declined`, `answered`,
        `assigned`, `later`. With `text` the answer becomes that text; `path` names the answer where
        the item speaks of several.

        Raises:
            LocalPlanError: there is no such item, or nothing that could be accepted as it is.
        """
        from localplan.review import decide  # noqa: PLC0415 (heavy)

        match verb:
            case "accept":
                decided = decide.accept(
                    self.path, item, ruling, self.by_fills, text=text, path=path
                )
            case "undo":
                decided = decide.undo(self.path, item, ruling)
            case _:
                decided = decide.settle(self.path, item, verb, ruling)
        self.reread()
        return decided

    def compared(self, old: OpenPlan, *, stage: Stage = "public") -> "Comparison":
        """What changed from the plan `old` to this one, as the readers of `stage` may see it."""
        from localplan.desk.comparing import comparison_of  # noqa: PLC0415 (heavy)

        return comparison_of(old, self, stage)

    def offers(self, imported: "Imported") -> "Offers":
        """What the figures of an import propose for the answers of the plan; nothing is written.

        Raises:
            LocalPlanError: the ledger beside the plan cannot be read.
        """
        from localplan.evidence.offers import offers_of  # noqa: PLC0415 (imports alone need it)

        return offers_of(imported, self.tree, self.figures)

    def take(self, offers: "Sequence[Offer]", *, before: str = "") -> Outcome:
        """Let the answers say what `offers` propose, and note in the ledger where it is from.

        Where somebody changed such an answer since the offers were made, nothing is saved. `before`
        is the name of a snapshot of what was there, so that all can be taken back at once.

        Raises:
            LocalPlanError: the ledger cannot be written, or the name of the snapshot is taken; the
                answers are as they were.
        """
        from localplan.evidence.offers import taking  # noqa: PLC0415 (imports alone need it)
        from localplan.plan.file.history import take_snapshot  # noqa: PLC0415 (as above)

        taken = taking(offers, self.tree, self.figures)
        signed = {"by": self.person, "on": self.today.isoformat()}
        changes: list[Change] = []
        for path, text in taken.answers.items():
            changes += answering(self.tree, path, text, signed)
        with disk.changing(self.path):
            kept = take_snapshot(self.path, before, self.today) if before else None
            # A figure in the ledger that no answer says is harmless; the other way round it is not.
            note_figures(self.path, taken.figures, now=datetime.now().astimezone(), by=self.person)
            outcome = self.change(changes) if changes else Saved(())
            if kept and not isinstance(outcome, Saved):
                kept.unlink()
        self.forget()
        return outcome


def open_plan(
    path: Path | str, *, today: date | None = None, outline: str = "", person: str = ""
) -> Desk:
    """The plan in the answers file at `path`, laid open.

    `today` is the day on which it is looked at, without it the computer's. `outline` names a State
    or a file; without it the plan's own `plan.outline` counts, and where that one cannot be used
    the plan goes without, and its checkup says so. `person` is recorded with what is decided.

    Raises:
        LocalPlanError: the file, one it shares answers with, or the named outline cannot be read.
    """
    day = today or datetime.now().astimezone().date()
    desk = Desk(load(Path(path)), today=day, outline=outline, person=person)
    # What cannot be read is said now, not at the first question that happens to need it.
    desk.outline  # noqa: B018
    return desk
