"""The words that go with a packet: what we ask, the public notice, the cover note."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from localplan.document import prose
from localplan.document.blocks import Block
from localplan.document.facts.boards import name_of
from localplan.knowledge.questions import Questionnaire
from localplan.plan.boards import local_boards
from localplan.plan.reading import read_plan
from localplan.plan.tree import get, records_in
from localplan.review.news import News
from localplan.review.sheets import notice
from localplan.yamltext import Tree


@dataclass(frozen=True, slots=True)
class Occasion:
    """What packets are made from, and when they should come back."""

    tree: Tree
    questionnaire: Questionnaire
    plan: str
    """Name of the answers file."""
    number: int
    today: date
    due: date | None = None


def request(tree: Tree, when: Occasion, name: str, *, full: bool) -> Block:
    """Return the box that says what a partner is asked to do."""
    what = "the whole plan" if full else "the parts of the plan that concern you"
    lines = [
        (
            f"This is draft {when.number} of {prose.day(when.today)}: {what}, a "
            f"sheet for what {name} brings, and a sign-off."
        ),
        (
            "Correct the text with Track Changes on, and write comments in the margin. "
            "Please leave the headings as they are: they lead each change back to its "
            "place."
        ),
        "Questions to you stand as comments in the margin.",
        reply(tree, when),
    ]  # fmt: skip
    return notice("What we ask of you", lines)


def reply(tree: Tree, when: Occasion) -> str:
    """Return the sentence that says by when and to whom the file goes back."""
    by = f" by {prose.day(when.due)}" if when.due else ""
    whom = _whom(tree)
    return f"Please send the file back{by}{' to ' + whom if whom else ''}."


def _whom(tree: Tree) -> str:
    return _contact(tree, "board.reply_to") or _contact(tree, "board.public_contact")


def _contact(tree: Tree, path: str) -> str:
    record = get(tree, path)
    if not isinstance(record, dict):
        return ""
    parts = [record.get(key) for key in ("name", "email", "phone", "address")]
    return ", ".join(str(part) for part in parts if part)


def notice_lines(tree: Tree, when: Occasion) -> list[str]:
    """Return the public notice: dates, how to comment, meetings, formats and the tagline."""
    opens, closes = (_day(tree, key) for key in ("opens", "closes"))
    plan = read_plan(tree).plan
    board = name_of(plan)
    invite = "invite" if len(local_boards(plan)) > 1 else "invites"
    period = (
        f" from {opens} to {closes}" if opens and closes else f" until {closes}" if closes else ""
    )
    lines = [
        (
            f"{board} {invite} comments on this draft of the local workforce plan{period}. "
            f"It is draft {when.number} of {prose.day(when.today)}."
        ),
        (
            "Say which section you mean, what you would change, and whether you disagree "
            "with the plan. Comments that disagree go to the State with the plan."
        ),
        f"Send comments to {_whom(tree) or board}.",
    ]  # fmt: skip
    for _, hearing in records_in(tree, "public_comment.hearings"):
        if hearing.get("where"):
            on = f", {prose.day_said(str(hearing['date']))}" if hearing.get("date") else ""
            lines.append(f"You can also speak at this meeting: {hearing['where']}{on}.")
    lines.append(
        "The plan is available on request in other formats, such as large print, and "
        "in other languages, at no cost."
    )
    tagline = get(tree, "board.equal_opportunity_tagline")
    return [*lines, str(tagline)] if tagline else lines


def comment_days(tree: Tree) -> tuple[str, ...]:
    """Return the days on which the comment period opens and closes; nothing while one is open."""
    days = tuple(_day(tree, key) for key in ("opens", "closes"))
    return days if all(days) else ()


def _day(tree: Tree, key: str) -> str:
    value = get(tree, f"public_comment.{key}") or get(tree, f"plan.dates.comment_{key}")
    return prose.day_said(str(value)) if value else ""


def partner_note(
    tree: Tree, when: Occasion, name: str, news: News | None, *, full: bool
) -> list[str]:
    """Return the paragraphs of the message that goes with a partner's packet."""
    lines = [
        (
            f"Attached is draft {when.number} of our local workforce plan, "
            + ("the whole of it." if full else f"with the parts that concern {name}.")
        ),
        (
            "Please correct the text with Track Changes on, answer the questions in the "
            "margin, fill in the contribution sheet and the sign-off at the end."
        ),
        reply(tree, when),
    ]  # fmt: skip
    if news is not None:
        lines.insert(
            1,
            (
                f"It follows draft {news.number} of {prose.day_said(news.sent)}, which you have; "
                "the second page says what changed."
            ),
        )
    return lines


def note(tree: Tree, when: Occasion, subject: str, lines: Sequence[str]) -> str:
    """Return a cover note, ready to be pasted into a message."""
    board = str(get(tree, "board.name") or "")
    body = "\n\n".join(line for line in lines if line)
    return f"Subject: {subject}\n\n{body}\n\n{board}\n{prose.day(when.today)}\n"
