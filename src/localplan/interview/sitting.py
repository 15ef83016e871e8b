"""One sitting of the interview, from the first screen to the last."""

from dataclasses import dataclass

from localplan.interview.screen import own_screen
from localplan.interview.screens.carried import look_through
from localplan.interview.screens.menu import main_menu
from localplan.interview.screens.review import visit
from localplan.interview.screens.saving import keep_typed
from localplan.interview.session import Leave, Session
from localplan.plan.progress import Progress


@dataclass(frozen=True, slots=True)
class Ending:
    """How a sitting ended: where the plan stands, and whether it was interrupted."""

    progress: Progress
    interrupted: bool


def sit(session: Session, element: str = "") -> Ending:
    """Ask until the person leaves; with `element`, begin in that section."""
    interrupted = False
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
    _keep_drafts(session)
    return Ending(session.progress(), interrupted)


def _keep_drafts(session: Session) -> None:
    """Keep what was typed into fields that hold no answer yet, so that no typing is lost."""
    for item in session.progress().items():
        typed = session.drafts.get(item.path, "")
        if typed and not item.settled:
            keep_typed(session, item, typed)
