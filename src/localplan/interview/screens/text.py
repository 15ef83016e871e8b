"""Ask for long text: here, or in the person's own editor; tables pasted from a spreadsheet."""

import os
import shutil
import sys
from enum import Enum, auto

import click

from localplan.interview.forms import Answer, Confirm, TakeBack, Text
from localplan.interview.frame import Frame, beginning
from localplan.interview.keys import EVERY_KEY, Entry, Gap, Interrupted, Key, Pressed
from localplan.interview.pages import page_at
from localplan.interview.prompts import choose, write_text
from localplan.interview.screen import old_screen
from localplan.interview.screens.more import Do, carry_out, wish
from localplan.interview.screens.place import Place, frame_of, framed
from localplan.interview.screens.saving import done
from localplan.interview.session import Session
from localplan.interview.tables import pasted_table, with_tables
from localplan.interview.typed import problem_with
from localplan.interview.walk import Move
from localplan.plan.progress import Item
from localplan.plan.standings import MARKS


class _Way(Enum):
    KEEP = auto()
    HERE = auto()
    EDITOR = auto()


def ask_text(session: Session, item: Item, place: Place) -> Move:
    """Ask for text of any length, and keep it."""
    way = _Way.HERE
    if session.text(item.path) and item.path not in session.drafts:
        looked = _look(session, item, place)
        if isinstance(looked, Move):
            return looked
        way = looked
    while True:
        outcome = _from_editor(session, item) if way is _Way.EDITOR else _here(session, item, place)
        if isinstance(outcome, Move):
            return outcome
        way = outcome


def _look(session: Session, item: Item, place: Place) -> Move | _Way:
    """Show the answer that is there, and ask what to do with it."""
    entries: list[Entry[object] | Gap] = [
        Entry(_Way.KEEP, "It is right as it is" if item.carried else "Keep it and go on"),
        Entry(_Way.HERE, "Change it here"),
        Entry(_Way.EDITOR, "Change it in my own editor"),
        Entry(Key.MORE, "More ..."),
    ]
    while True:
        frame = frame_of(session, item, place)
        shown = Frame(
            frame.title, frame.right, frame.ask, frame.help,
            (*frame.body, _shown(session, item)), frame.note,
        )  # fmt: skip
        chosen = choose(shown, entries, keys=EVERY_KEY)
        if chosen is _Way.KEEP:
            if _stays(session, item):
                return Move.NEXT
        elif isinstance(chosen, _Way):
            return chosen
        else:
            pressed = chosen if isinstance(chosen, Pressed) else Pressed(Key.MORE)
            wanted = wish(session, item, pressed)
            if wanted is Do.EDITOR:
                return _Way.EDITOR
            if wanted is Do.DONE:
                return Move.NEXT
            move = carry_out(session, item, wanted)
            if move:
                return move


def _stays(session: Session, item: Item) -> bool:
    """Keep the answer as it is: it is confirmed then, and no longer put off."""
    if item.carried:
        return bool(done(session, item.path, Confirm()))
    marked = session.plan.standing(item.path).get("state", "") in MARKS
    return not marked or bool(done(session, item.path, TakeBack()))


def _here(session: Session, item: Item, place: Place) -> Move | _Way:
    question, path = item.question, item.path
    page = page_at(session.plan, path)
    shown = page.field.value if isinstance(page.field, Text) else session.text(path)
    before = session.drafts.get(path, shown)
    try:
        typed = write_text(
            framed(session, item, page, place),
            before,
            lambda text: problem_with(question, text),
            one_a_line=question.kind == "lines",
        )
    except Interrupted as stopped:
        session.drafts[path] = stopped.typed
        raise
    if not isinstance(typed, Pressed):
        session.drafts[path] = typed
        return _kept(session, item, typed) or _Way.HERE
    session.drafts[path] = typed.typed or ""
    wanted = wish(session, item, typed)
    if wanted is Do.EDITOR:
        return _Way.EDITOR
    if wanted is Do.DONE:
        return _kept(session, item, session.drafts.get(path, "")) or _Way.HERE
    return carry_out(session, item, wanted) or _Way.HERE


def _from_editor(session: Session, item: Item) -> Move | _Way:
    """Let the person's own editor change the text; what it gives is kept."""
    before = session.drafts.get(item.path, session.text(item.path))
    try:
        with old_screen():
            edited = click.edit(before, editor=_editor(), extension=".md")
    except click.ClickException:
        named = _named()
        told = f"{named} did not start; write here" if named else "No editor is named; set EDITOR"
        session.note = told
        return _Way.HERE
    if edited is None:
        session.note = "nothing was changed in the editor"
        return _Way.HERE
    return _kept(session, item, edited, exact=True) or _Way.HERE


def _named() -> str:
    """The editor that is named for this computer; blank for none."""
    return os.environ.get("VISUAL") or os.environ.get("EDITOR") or ""


def _editor() -> str | None:
    """The editor that was named for this computer, or a simple one; None leaves it to click.

    Raises:
        ClickException: none was named and only editors for experts are there.
    """
    if _named() or sys.platform == "win32":
        return None
    if shutil.which("nano"):
        return "nano"
    raise click.ClickException("No editor is named.")


def _kept(session: Session, item: Item, typed: str, *, exact: bool = False) -> Move | None:
    question, path = item.question, item.path
    if pasted_table(typed) and question.kind == "text":
        typed = _as_table(session, item, typed)
    session.drafts[path] = typed
    seen = session.plan.seen(path)
    return Move.NEXT if done(session, path, Answer(typed, seen, exact)) else None


def _as_table(session: Session, item: Item, typed: str) -> str:
    """Offer to turn what came from a spreadsheet into a table."""
    made = with_tables(typed)
    frame = Frame(
        "A table from a spreadsheet",
        session.said_once(),
        ask="Should this become a table in the plan?",
        help=f"About: {item.question.ask}",
        body=(beginning(made),),
    )
    entries = [Entry(made, "Yes, make it a table"), Entry(typed, "No, keep it as text")]
    chosen = choose(frame, entries, keys=())
    return typed if isinstance(chosen, Pressed) else chosen


def _shown(session: Session, item: Item) -> str:
    """The beginning of the answer; of a list, each part on its line."""
    text = session.text(item.path)
    if item.question.kind == "lines":
        text = "\n".join(f"- {line}" for line in text.split("\n"))
    return beginning(text)
