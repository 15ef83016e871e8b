"""The comment matrix: every comment with its response, as boards submit it."""

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

from localplan.document import prose
from localplan.document.blocks import (
    Block,
    Boundary,
    Cell,
    Column,
    Document,
    Heading,
    Paragraph,
    Run,
    Table,
)
from localplan.document.facts.boards import name_of
from localplan.document.facts.results import comment_number
from localplan.errors import LocalPlanError
from localplan.knowledge.questions import Questionnaire
from localplan.plan.checks.rules.dates import is_out_of_time
from localplan.plan.model.process import PublicComment
from localplan.plan.public import shareable
from localplan.plan.reading import read_plan
from localplan.plan.tree import id_of, records_in
from localplan.plan.values import day_of
from localplan.review.items import Item, Review
from localplan.review.regions import key_of
from localplan.yamltext import Tree

Order: TypeAlias = Literal["number", "element", "organization"]
ORDERS: tuple[Order, ...] = ("number", "element", "organization")
FIELDS: tuple[tuple[str, str], ...] = (
    ("number", "No."), ("element", "Element"), ("section", "Section"),
    ("organization", "Organization"), ("person", "Person"), ("date", "Date"), ("draft", "Draft"),
    ("quote", "Text commented on"), ("comment", "Comment"),
    ("disagrees", "Disagrees with the plan"),
    ("response", "Response"), ("change", "Change made"), ("status", "Status"),
)  # fmt: skip
_ALSO = {
    "name": "person", "from": "person", "who": "person", "commenter": "person", "text": "comment",
    "comments": "comment", "no": "number", "id": "number", "agency": "organization",
    "disagree": "disagrees", "quoted text": "quote", "change": "change", "received": "date",
}  # fmt: skip
_NONE = "\N{EN DASH}"
_SAID_BY_CHANGE = frozenset({"Plan changed", "No change"})
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula, also in its wide form."""
_DONE = {"accepted": "Plan changed", "declined": "No change", "answered": "Answered"}
CODES = {
    "Open": "open", "Put off": "open", "Plan changed": "changed", "No change": "unchanged",
    "Answered": "unchanged", "Noted": "noted",
}  # fmt: skip
"""What became of a comment: as the matrix prints it, and as the plan's own list keeps it."""
_WORDS = {"open": "Open", "changed": "Plan changed", "unchanged": "Answered", "noted": "Noted"}


class MatrixError(LocalPlanError):
    """A list of comments that cannot be read."""


@dataclass(frozen=True, slots=True)
class Row:
    """One comment as the matrix prints it."""

    number: str
    comment: str
    element: str = ""
    section: str = ""
    organization: str = ""
    person: str = ""
    date: str = ""
    draft: str = ""
    quote: str = ""
    disagrees: str = ""
    response: str = ""
    change: str = ""
    status: str = ""


def rows(tree: Tree, review: Review, questionnaire: Questionnaire) -> tuple[Row, ...]:
    """Return every comment: those in the answers, and those collected and not yet among them.

    A comment that the board marked private is in neither.
    """
    listed = list(_listed(shareable(tree), questionnaire))
    known = {_mark(row) for row in _listed(tree, questionnaire)}
    collected = [
        row
        for item in review.items
        if item.kind == "comment"
        and (key_of((row := row_of(item, questionnaire)).person), key_of(row.comment)) not in known
    ]
    return (*listed, *collected)


def ordered(found: Iterable[Row], by: Order) -> tuple[Row, ...]:
    """Return the rows by number, by element or by organization."""

    def place(row: Row) -> tuple[str, int, str]:
        number = re.sub(r"\D", "", row.number)
        first = {"number": "", "element": row.element, "organization": row.organization}[by]
        return first, int(number) if number else 0, row.number

    return tuple(sorted(found, key=place))


def as_csv(found: Iterable[Row]) -> bytes:
    """Return the matrix for a spreadsheet; nothing in it can act as a formula."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([label for _, label in FIELDS])
    for row in found:
        writer.writerow([_harmless(getattr(row, key)) for key, _ in FIELDS])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def as_document(tree: Tree, found: Sequence[Row], by: Order, today: date) -> Document:
    """Return the matrix as a document, with the comment period and the counts above it."""
    tree = shareable(tree)
    board = name_of(read_plan(tree).plan)
    return Document(
        title="Comments on the local workforce plan",
        board=board,
        blocks=tuple(_blocks(tree, found, by, today)),
        status=f"As of {prose.day(today)}",
        date=today.isoformat(),
    )


def read_csv(content: bytes, name: str) -> list[dict[str, str]]:
    """Return the comments in a CSV file, field by field.

    Raises:
        MatrixError: it has no column with the comments.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", "replace")
    if "\x00" in text:
        raise MatrixError(f"{name} is not a CSV file. In Excel, save it as CSV UTF-8.")
    first = text.split("\n", 1)[0]
    mark = max((",", ";", "\t"), key=first.count)
    try:
        table = list(csv.reader(io.StringIO(text, newline=""), delimiter=mark))
    except csv.Error as error:
        raise MatrixError(f"{name} cannot be read: {error}. Save it again as CSV UTF-8.") from error
    heads = [_field(head) for head in table[0]] if table else []
    if "comment" not in heads:
        raise MatrixError(
            f"{name} has no column called Comment. Its first line should name the columns, "
            "such as Date, Organization, Person, Section, Comment, Disagrees."
        )
    found = [dict(zip(heads, line, strict=False)) for line in table[1:]]
    return [entry for entry in found if entry.get("comment", "").strip()]


def element_of(path: str, questionnaire: Questionnaire) -> str:
    """Return the title of the section that asks for the answer at `path`; blank when none does."""
    fills = questionnaire.by_fills()
    question = fills.get(path) or fills.get(path.partition(".")[0])
    if question is None:
        return ""
    return questionnaire.section(question.section).title


def row_of(item: Item, questionnaire: Questionnaire) -> Row:
    """Return a collected comment as the matrix prints it."""
    path = item.path if not item.behind else item.behind[0]
    return Row(
        number=f"R{item.number}",
        element=element_of(path, questionnaire),
        section=item.section,
        organization=item.organization,
        person=item.who,
        date=item.date,
        draft=item.draft.partition(" ")[0],
        quote=item.quote,
        comment="\n".join([item.text, *item.replies]),
        **decided(item) | {"status": _status(item)},
    )


def decided(item: Item) -> dict[str, str]:
    """Return the fields of a collected comment that say what became of it, as answers keep them."""
    decision = item.decision
    state = decision.state if decision else ""
    return {
        "disagrees": item.disagrees,
        "response": decision.reason if decision and state in _DONE else "",
        "change": "Yes" if decision and decision.path else "No" if state in _DONE else "",
        "status": CODES[_status(item)],
    }


def _mark(row: Row) -> tuple[str, str]:
    return key_of(row.person), key_of(row.comment)


def _listed(tree: Tree, questionnaire: Questionnaire) -> Iterator[Row]:
    titles = {section.id: section.title for section in questionnaire.sections}
    for _, entry in records_in(tree, "comments"):
        fields = {key: str(entry.get(key) or "").rstrip("\n") for key, _ in FIELDS}
        fields["element"] = titles.get(fields["element"], fields["element"])
        fields["number"] = comment_number(fields["number"], id_of(entry)) or id_of(entry)
        said = fields["status"] or ("unchanged" if fields["response"] else "open")
        fields["status"] = _WORDS.get(said, said)
        yield Row(**fields)


def _status(item: Item) -> str:
    decision = item.decision
    if decision is None or decision.state == "assigned":
        return "Open"  # who of the staff has it stays inside
    if decision.state == "accepted" and not decision.path:
        return "Noted"
    return _DONE.get(decision.state, "Put off")


def _blocks(tree: Tree, found: Sequence[Row], by: Order, today: date) -> Iterator[Block]:
    yield Heading(1, (Run("Comments on the local workforce plan"),), numbered=False)
    yield Paragraph((Run(summary(tree, found, today)),))
    if not found:
        return
    if by == "number":
        yield _table(found, "Comments and what became of them")
        return
    groups: dict[str, list[Row]] = {}
    for row in found:
        groups.setdefault(getattr(row, by) or "Not said", []).append(row)
    for name, group in groups.items():
        yield Boundary(f"headings.matrix-{key_of(name)}", "heading")
        yield Heading(2, (Run(name),), numbered=False)
        yield _table(group, f"Comments: {name}")


def summary(tree: Tree, found: Sequence[Row], today: date) -> str:
    """Return the sentence on when comments were taken, how many came and how many disagree."""
    asked = read_plan(tree).plan.public_comment
    period = _period(asked, today)
    if not found:
        over = asked.closes is not None and asked.closes < today
        return period + ("No comments were received." if over else "No comments so far.")
    count = len(found)
    outside = sum(_is_outside(row.date, asked) for row in found)
    waiting = sum(not row.response for row in found)
    said = f"{prose.counted(count, 'comment')} {prose.verb(count, 'was', 'were')} received"
    if outside:
        which = "all" if outside == count > 1 else prose.number_word(outside) if count > 1 else ""
        said += f", {which} outside the comment period".replace("  ", " ")
    said += f"; {_stance(found)}"
    if waiting:
        verb = prose.verb(waiting, "waits", "wait")
        said += f", and {prose.number_word(waiting)} {verb} for a response"
    return period + prose.sentence_start(said) + "."


def _is_outside(day: str, asked: PublicComment) -> bool:
    try:
        came = day_of(day)
    except ValueError:
        return False
    return is_out_of_time(came, asked)


def _period(asked: PublicComment, today: date) -> str:
    if asked.opens is None or asked.closes is None:
        return ""
    tense = "was" if asked.closes < today else "will be" if asked.opens > today else "is"
    days = f"from {prose.day(asked.opens)} to {prose.day(asked.closes)}"
    return f"The draft {tense} open for comment {days}. "


def _stance(found: Sequence[Row]) -> str:
    """How many disagree with the plan; "none" only where each was said not to."""
    against = sum(_is_yes(row.disagrees) for row in found)
    unsaid = sum(not row.disagrees.strip() for row in found)
    stand = f"{prose.verb(against or 1, 'disagrees', 'disagree')} with the plan"
    if not unsaid:
        return f"{prose.number_word(against) if against else 'none'} {stand}"
    whose = prose.verb(unsaid, "it disagrees", "they disagree")
    of_these = "" if unsaid == len(found) else f"for {prose.number_word(unsaid)} "
    open_still = f"{of_these}it is not said whether {whose}"
    if not against:
        return f"{open_still} with the plan"
    return f"{prose.number_word(against)} {stand}, {open_still}"


def _table(found: Sequence[Row], caption: str) -> Table:
    heads = (
        ("No.", 0.5), ("About", 1.3), ("From", 1.4), ("Comment", 3.0), ("Response", 2.2),
        ("Outcome", 1.3),
    )  # fmt: skip
    columns = tuple(Column((Run(head),), share=share) for head, share in heads)
    return Table(columns, tuple(map(_line, found)), caption=caption, wide=True)


def _line(row: Row) -> tuple[Cell, ...]:
    about = f"{row.element}: {row.section}" if row.element and row.section else row.element
    person = ", ".join(dict.fromkeys(filter(None, (row.person, row.organization))))
    when = ", ".join(
        filter(None, (prose.day_said(row.date), f"draft {row.draft}" if row.draft else ""))
    )
    quote = (
        f"\nOn the words: \N{LEFT DOUBLE QUOTATION MARK}{row.quote}\N{RIGHT DOUBLE QUOTATION MARK}"
    )
    changed = {"yes": "The plan was changed", "no": "The plan stays as it is"}
    outcome = (
        "" if row.status in _SAID_BY_CHANGE and row.change else row.status,
        changed.get(row.change.strip().lower(), row.change),
        "Disagrees with the plan" if _is_yes(row.disagrees) else "",
    )
    said = (
        row.number, about or row.section, _lines(person, when),
        row.comment + (quote if row.quote else ""), row.response, _lines(*outcome),
    )  # fmt: skip
    return tuple(Cell((Run(text or _NONE),)) for text in said)


def _lines(*texts: str) -> str:
    return "\n".join(filter(None, texts))


def _is_yes(text: str) -> bool:
    return text.strip().lower() in {"yes", "y", "true"}


def _field(head: str) -> str:
    plain = " ".join(head.replace("_", " ").split()).strip(" .").casefold()
    labels = {label.strip(".").casefold(): key for key, label in FIELDS}
    return labels.get(plain) or _ALSO.get(plain, plain)


def _harmless(text: str) -> str:
    """The text, marked as text where a spreadsheet could run it, whatever unseen signs lead it."""
    seen = (letter for letter in unicodedata.normalize("NFKC", text) if not _is_unseen(letter))
    acts = next(seen, "") in _FORMULA or text.startswith(_FORMULA)
    return f"'{text}" if acts else text


def _is_unseen(letter: str) -> bool:
    """True for what leaves no mark on the page, such as a space without width."""
    return unicodedata.category(letter)[0] in {"C", "Z"}
