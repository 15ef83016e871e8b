"""What a partner fills in: its contribution sheet, its sign-off, and forms of open questions."""

from collections.abc import Iterator, Sequence

from localplan.document.blocks import (
    Block,
    Boundary,
    Callout,
    Cell,
    Column,
    Heading,
    Paragraph,
    Run,
    Table,
)
from localplan.document.markup import parse
from localplan.knowledge.lists import labels
from localplan.plan.names import record_names
from localplan.plan.progress import Item
from localplan.plan.tree import get, id_of
from localplan.review.forms import ASK, HINT, SHEET, SIGN_OFF
from localplan.review.grids import NEW
from localplan.yamltext import Tree, Value

_NEW_ROWS = 3
_FIELDS = (
    ("role", "What you do in the shared work"),
    ("responsibilities", "What you are responsible for"),
    ("outcomes", "Results you answer for, one on each line"),
)
_PERSON = (
    ("contact.name", "Person the Board can reach"),
    ("contact.title", "Title"),
    ("contact.email", "E-mail"),
    ("contact.phone", "Telephone"),
)
_SIGNED = (
    ("agrees", "We agree with our part in this plan (yes, yes with changes, or no)"),
    ("changes", "Changes we need, if any"),
    ("name", "Name"),
    ("title", "Title"),
    ("date", "Date"),
)
_RESOURCES = ("kind", "what", "amount", "source")


def contribution_sheet(tree: Tree, partner: str) -> tuple[Block, ...]:
    """Return the table in which a partner says what it does, brings and answers for.

    `tree` must hold nothing private: what stands in it is printed.
    """
    record = get(tree, f"partners.{partner}")
    own: Tree = record if isinstance(record, dict) else {}
    here = f"{SHEET}partners.{partner}"
    rows = [(label, _cell(own.get(field), f"{here}.{field}")) for field, label in _FIELDS]
    rows += [(label, Cell((), f"{here}.{field}")) for field, label in _PERSON]
    return (
        Boundary(f"forms.sheet-{partner}", "form"),
        Heading(1, (Run("Your contribution sheet"),), numbered=False),
        Paragraph(
            (Run((
                "Write in the right-hand column; correct what is there. The contact stays "
                "with the Board's staff and is not printed in the plan."
            )),)
        ),
        _form(rows, "What you do and answer for"),
        Boundary(f"forms.resources-{partner}", "form"),
        Paragraph((Run((
            "Write what you bring to the work: staff, space, money, services or "
            "equipment. The last rows are for what is new."
        )),)),
        _resources(own.get("resources"), here),
    )  # fmt: skip


def sign_off(partner: str, name: str) -> tuple[Block, ...]:
    """Return the block with which a partner agrees, or does not."""
    rows = [(label, Cell((), f"{SIGN_OFF}{partner}.{field}")) for field, label in _SIGNED]
    return (
        Boundary(f"forms.signoff-{partner}", "form"),
        Heading(1, (Run("Sign-off"),), numbered=False),
        Paragraph((Run(f"For {name}. A typed name is enough for this draft."),)),
        _form(rows, "Sign-off"),
    )


def question_form(tree: Tree, items: Sequence[Item], titles: dict[str, str]) -> Iterator[Block]:
    """Yield open questions, each with a place to write; `titles` names the sections."""
    section = ""
    for number, item in enumerate(items, 1):
        if item.question.section != section:
            section = item.question.section
            yield Boundary(f"forms.section-{section}", "form")
            yield Heading(1, (Run(titles.get(section, section)),), numbered=False)
        yield Boundary(f"forms.question-{number}", "form")
        yield Paragraph((Run(f"{number}. {asked(tree, item)}"),), "prompt")
        for text in (item.question.help, _example(item), _choices(item)):
            if text.strip():
                yield Paragraph((Run(" ".join(text.split())),), "note")
        yield Boundary(f"{ASK}{item.path}", "answer")
        yield Paragraph((Run("Your answer"),), "runin")
        yield Paragraph((Run(HINT),))
    yield Boundary("forms.end", "form")
    yield Paragraph((Run("End of the questions. Thank you."),), "note")


def asked(tree: Tree, item: Item) -> str:
    """Return the question, with the name of the record that it is about."""
    ask = item.question.ask.strip()
    if not item.question.per_record:
        return ask
    names = record_names(tree, item.path)
    return f"{names[-1]}: {ask}" if names else ask


def notice(title: str, lines: Sequence[str]) -> Callout:
    """Return a box with a few short paragraphs."""
    return Callout(title, tuple(Paragraph((Run(line),)) for line in lines if line), "notice")


def _form(rows: Sequence[tuple[str, Cell]], description: str) -> Table:
    return Table(
        columns=(Column((), share=1.0), Column((), share=2.2)),
        rows=tuple((Cell((Run(label),)), cell) for label, cell in rows),
        description=description,
        head=False,
    )


def _resources(value: Value | None, here: str) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for record in value if isinstance(value, list) else ():
        if isinstance(record, dict):
            place = f"{here}.resources.{id_of(record)}"
            rows.append(tuple(_cell(_worded(record, key), f"{place}.{key}") for key in _RESOURCES))
    for number in range(1, _NEW_ROWS + 1):
        place = f"{here}.resources.{NEW}{number}"
        rows.append(tuple(Cell((), f"{place}.{key}") for key in _RESOURCES))
    heads = (("Kind", 1.0), ("What", 2.4), ("Dollars a year", 1.0), ("Paid from", 1.6))
    return Table(
        columns=tuple(Column((Run(head),), share=share) for head, share in heads),
        rows=tuple(rows),
        caption="What you bring",
        description="One row for each resource; empty rows are for new ones.",
    )


def _worded(record: Tree, key: str) -> Value:
    value = record.get(key, "")
    if key == "kind" and isinstance(value, str):
        return labels("resource_kinds").get(value, value)
    return value


def _cell(value: Value | None, path: str) -> Cell:
    if isinstance(value, list):
        lines = [str(entry) for entry in value]
        blocks = tuple(Paragraph((Run(line),)) for line in lines)
        return Cell((), path, blocks) if len(blocks) > 1 else Cell((Run("\n".join(lines)),), path)
    text = value if isinstance(value, str) else ""
    made = parse(text)
    match made:
        case ():
            return Cell((), path)
        case (Paragraph(text=words),):
            return Cell(words, path)
        case _:
            return Cell((), path, made)


def _example(item: Item) -> str:
    lines = [" ".join(line.split()) for line in item.question.example.splitlines()]
    each = item.question.kind == "lines"
    example = ("; " if each else " ").join(line for line in lines if line)
    return f"For example: {example}" if example else ""


def _choices(item: Item) -> str:
    if item.question.kind not in {"choice", "choices"}:
        return ""
    several = item.question.kind == "choices"
    labels = ", ".join(option.label for option in item.question.options)
    return f"Choose {'any of these, each on its own line' if several else 'one'}: {labels}."
