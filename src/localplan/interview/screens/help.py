"""The help of a question: why, what a reviewer looks for, an example, who asks, what changed."""

from localplan.interview.forms import Line, Lines, LookedAt, Page
from localplan.interview.frame import Frame, reflowed
from localplan.interview.keys import Entry, Key
from localplan.interview.pages import page_at
from localplan.interview.prompts import choose
from localplan.interview.screens.saving import done
from localplan.interview.session import Session
from localplan.plan.progress import Item

_MOST = 3
_LONG = 160


def show_help(session: Session, item: Item) -> None:
    """Show what there is to know about a question, on one page or, for the long lists, a second."""
    page = page_at(session.plan, item.path)
    pages = {"help": first_page(page)}
    if _is_long(page.example):
        pages["example"] = Frame("An example", ask=page.ask, body=(_example(page),))
    if page.lists:
        pages["lists"] = Frame("What the law lists", ask=page.ask, body=page.lists)
    asked = page.asked
    if asked.law or asked.frameworks or asked.state:
        pages["asks"] = _who(page)
    if asked.watch:
        pages["watch"] = _changes(page)
    titles = {
        "help": "Why this is asked",
        "example": "An example answer",
        "lists": "What the law lists",
        "asks": "Who asks for this",
        "watch": "What changed",
    }
    at = "help"
    while True:
        entries = [Entry("back", "Back to the question")]
        entries += [Entry(name, titles[name]) for name in pages if name != at]
        if at == "watch":
            entries.append(Entry("done", "Looked at; nothing more to do"))
        chosen = choose(pages[at], entries, keys=(Key.BACK,))
        if chosen == "done":
            done(session, item.path, LookedAt())
            return
        if not isinstance(chosen, str) or chosen == "back":
            return
        at = chosen


def first_page(page: Page) -> Frame:
    """Return the first page of help: why it is asked, what is looked for, an example, who knows."""
    body = []
    if page.why:
        body.append(page.why)
    if page.reviewer:
        body.append(f"A reviewer looks for: {page.reviewer}")
    if page.example and not _is_long(page.example):
        body.append("For example:\n" + _example(page))
    elif not page.example and isinstance(page.field, Line) and page.field.expected:
        body.append(f"Expected: {page.field.expected}.")
    if page.knows:
        body.append(f"Who usually knows: {page.knows}")
    right = f"asked by {page.origin}" if page.origin else ""
    return Frame("Help", right, ask=page.ask, body=tuple(body or [page.form]))


def _example(page: Page) -> str:
    """The example as it would be typed: a list with one entry a line."""
    if not isinstance(page.field, Lines):
        return reflowed(page.example)
    return "\n".join(f"- {line.strip()}" for line in page.example.splitlines() if line.strip())


def _is_long(example: str) -> bool:
    return len(example) > _LONG


def _who(page: Page) -> Frame:
    asked = page.asked
    groups = (
        ("The law:", asked.law),
        ("Frameworks you chose:", asked.frameworks),
        ("Your State:", asked.state),
    )
    body = tuple(
        "\n".join([head, *(f"- {line}" for line in lines[:_MOST]), *_rest(lines)])
        for head, lines in groups
        if lines
    )
    return Frame("Who asks for this", ask=page.ask, body=body)


def _rest(lines: tuple[str, ...]) -> list[str]:
    more = len(lines) - _MOST
    return [f"- and {more} more"] if more > 0 else []


def _changes(page: Page) -> Frame:
    body = tuple(f"{note.topic}\n{note.note} {note.do}".strip() for note in page.asked.watch)
    return Frame("What changed in the law", ask=page.ask, body=body)
