"""The help of a question: why, what a reviewer looks for, an example, who asks, what changed."""

from localplan.interview.asks import Asked
from localplan.interview.forms import LookedAt
from localplan.interview.frame import Frame, reflowed
from localplan.interview.keys import Entry, Key
from localplan.interview.pages import page_at
from localplan.interview.prompts import choose
from localplan.interview.screens.saving import done
from localplan.interview.session import Session
from localplan.interview.typed import expected
from localplan.knowledge.lists import labels
from localplan.knowledge.questions import Question
from localplan.plan.progress import Item

_MOST = 3
_LONG = 160


def show_help(session: Session, item: Item) -> None:
    """Show what there is to know about a question, on one page or, for the long lists, a second."""
    question, page = item.question, page_at(session.plan, item.path)
    asked = page.asked or Asked((), (), (), ())
    pages = {"help": first_page(question, asked)}
    if _is_long(question.example):
        example = _example(question)
        pages["example"] = Frame("An example", ask=question.ask, body=(example,))
    if question.lists:
        pages["lists"] = _lists(question)
    if asked.law or asked.frameworks or asked.state:
        pages["asks"] = _who(question, asked)
    if asked.watch:
        pages["watch"] = _changes(question, asked)
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
        entries += [Entry(page, titles[page]) for page in pages if page != at]
        if at == "watch":
            entries.append(Entry("done", "Looked at; nothing more to do"))
        chosen = choose(pages[at], entries, keys=(Key.BACK,))
        if chosen == "done":
            done(session, item.path, LookedAt())
            return
        if not isinstance(chosen, str) or chosen == "back":
            return
        at = chosen


def first_page(question: Question, asked: Asked) -> Frame:
    """Return the first page of help: why it is asked, what is looked for, an example, who knows."""
    body = []
    if question.why:
        body.append(question.why.strip())
    if question.reviewer:
        body.append(f"A reviewer looks for: {question.reviewer.strip()}")
    if question.example and not _is_long(question.example):
        body.append("For example:\n" + _example(question))
    elif not question.example and expected(question.kind):
        body.append(f"Expected: {expected(question.kind)}.")
    if question.knows:
        body.append(f"Who usually knows: {question.knows.strip()}")
    if not body:
        body.append(_form_of(question))
    return Frame("Help", _origin(question, asked), ask=question.ask, body=tuple(body))


def _example(question: Question) -> str:
    """The example as it would be typed: a list with one entry a line."""
    if question.kind != "lines":
        return reflowed(question.example)
    return "\n".join(f"- {line.strip()}" for line in question.example.splitlines() if line.strip())


def _form_of(question: Question) -> str:
    """What kind of answer is meant, where nothing else is known of a question."""
    match question.kind:
        case "choice" | "choices" if question.options:
            many = "Choose one of:" if question.kind == "choice" else "Tick each that fits:"
            return "\n".join([many, *(f"- {option.label}" for option in question.options)])
        case "choice" | "choices" | "pick" | "picks":
            return "Choose from what was entered before; what is missing there can be added here."
        case "records":
            return f"A list of {question.many or question.one}: add each, then answer about it."
        case "yes-no":
            return "Yes or no."
        case "lines":
            return "A list, one entry on a line. Leave it blank when there is nothing to say."
        case _:
            return "In your own words. Leave it blank when there is nothing to say."


def _is_long(example: str) -> bool:
    return len(example) > _LONG


def _origin(question: Question, asked: Asked) -> str:
    if not question.origin:
        return ""
    named = (*asked.frameworks, *asked.state)
    return f"asked by {named[0].partition(':')[0]}" if named else ""


def _who(question: Question, asked: Asked) -> Frame:
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
    return Frame("Who asks for this", ask=question.ask, body=body)


def _lists(question: Question) -> Frame:
    """The lists of the law that help to answer, each in a paragraph."""
    body = tuple(
        f"{name.replace('_', ' ').capitalize()}: {'; '.join(labels(name).values())}."
        for name in question.lists
    )
    return Frame("What the law lists", ask=question.ask, body=body)


def _rest(lines: tuple[str, ...]) -> list[str]:
    more = len(lines) - _MOST
    return [f"- and {more} more"] if more > 0 else []


def _changes(question: Question, asked: Asked) -> Frame:
    body = tuple(f"{note.topic}\n{note.note} {note.do}".strip() for note in asked.watch)
    return Frame("What changed in the law", ask=question.ask, body=body)
