"""One sitting of the interview, from the first screen to the last."""

from dataclasses import dataclass

from prompt_toolkit.application import get_app_session

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
    output = get_app_session().output
    # We always begin at the top of a screen of our own, so there is no cursor to ask about;
    # terminals that do not answer would make each question wait.
    output.enable_cpr = False  # type: ignore[attr-defined]
    output.enter_alternate_screen()
    output.cursor_goto(0, 0)
    output.erase_screen()
    output.flush()
    interrupted = False
    try:
        if element:
            visit(session, element)
        main_menu(session)
    except Leave:
        pass
    except KeyboardInterrupt:
        interrupted = True
    finally:
        output.quit_alternate_screen()
        output.flush()
    _keep_drafts(session)
    return Ending(session.progress(), interrupted)


def _keep_drafts(session: Session) -> None:
    """Keep what was typed into fields that hold no answer yet, so that no typing is lost."""
    for item in session.progress().items():
        typed = session.drafts.get(item.path, "")
        if typed and not item.settled:
            keep_typed(session, item, typed)
