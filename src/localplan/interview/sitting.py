"""One sitting of the interview, from the first screen to the last."""

from dataclasses import dataclass

from localplan.errors import shown
from localplan.interview.screen import own_screen
from localplan.interview.screens.carried import look_through
from localplan.interview.screens.menu import main_menu
from localplan.interview.screens.review import visit
from localplan.interview.session import Leave, Session
from localplan.plan.file.copies import conflict_copies
from localplan.plan.progress import Progress


@dataclass(frozen=True, slots=True)
class Ending:
    """How a sitting ended: where the plan stands, and whether it was interrupted."""

    progress: Progress
    interrupted: bool
    begun: int = 0
    """How many questions keep text that was begun and not finished."""


def sit(session: Session, element: str = "") -> Ending:
    """Ask until the person leaves; with `element`, begin in that section."""
    interrupted = False
    copies = ", ".join(shown(copy.name) for copy in conflict_copies(session.plan.path))
    if copies:
        session.note = f"another copy lies beside it: {copies}"
    with own_screen():
        try:
            if element:
                visit(session, element)
            elif session.only == "carried":
                look_through(session)
            main_menu(session)
        except Leave:
            pass
        except KeyboardInterrupt:
            interrupted = True
    progress = session.plan.progress
    return Ending(progress, interrupted, _begun(session, progress))


def _begun(session: Session, progress: Progress) -> int:
    parked = {session.text(f"{each}.place") for each in session.records("parked")}
    return sum(item.path in parked for item in progress.items())
