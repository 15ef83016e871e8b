"""Put a review item into words: as one line, or in full."""

import re
from collections.abc import Callable
from typing import TypeAlias

from localplan.desk.openplan import OpenPlan
from localplan.desk.places import answer_at, subject_of
from localplan.document import prose
from localplan.plan.proposals import Proposal
from localplan.review.decide import rivals
from localplan.review.items import Item, Review
from localplan.review.proposals import proposal_of
from localplan.review.weave import differing

Marking: TypeAlias = Callable[[str, str], str]
_WIDE, _NEAR, _LEAD = 72, 12, 20
_PIECES = {"same": "{}", "gone": "[-{}-]", "new": "{{+{}+}}"}
_MARKS = re.compile(r"(\[-.*?-\]|\{\+.*?\+\})")


def line_of(item: Item, plan: OpenPlan) -> str:
    """Return the item on one line: number, id, kind, who, where, and what it says or changes."""
    where = item.section or "no place"
    if item.path and (item.kind in {"contribution", "sign-off"} or not item.section):
        where = answer_at(plan, item.path)
    unsure = "" if item.placement == "sure" else f" ({item.placement})"
    start = _gist(item)
    state = f" [{item.decision.state}]" if item.decision else ""
    about = f"{item.kind}, {_person(item)}, {where}{unsure}{state}"
    return f"{item.number:>4}  {item.id}  {about}: {start}"


def _gist(item: Item) -> str:
    """How the words of the item begin; of an edit, what differs."""
    words = " ".join(item.text.split())
    if item.kind == "edit":
        words = " ".join(changed_lines(item.base, item.text).split())
        first = _MARKS.search(words)
        before = words.rfind(" ", 0, max(first.start() - _LEAD, 0)) if first else -1
        words = f"…{words[before:]}" if before > 0 else words.removeprefix("… ")
    return words if len(words) <= _WIDE else words[: _WIDE - 1].rstrip() + "…"


def shown(plan: OpenPlan, review: Review, item: Item) -> str:
    """Return everything that is known about the item, with the words that differ marked."""
    parts = [
        f"Item {item.number} ({item.id}): {title_of(item)}",
        about(item, plan),
        *body_of(plan, review, item, marked),
    ]
    if item.behind:
        parts.append("Those answers are: " + ", ".join(item.behind))
    if item.decision is not None:
        decision = item.decision
        by = f" by {decision.by}" if decision.by else ""
        why = f": {decision.reason}" if decision.reason else ""
        parts.append(f"Decided: {decision.state}{by} on {decision.on}{why}")
    return "\n\n".join(part for part in parts if part)


def title_of(item: Item) -> str:
    """Return what the item is and by whom."""
    names = {
        "comment": "Comment", "edit": "Edit", "contribution": "Contribution", "sign-off": "Sign-off"
    }  # fmt: skip
    return f"{names[item.kind]} by {_person(item)}"


def _person(item: Item) -> str:
    if item.organization and item.organization != item.who:
        return f"{item.who} ({item.organization})"
    return item.who


def about(item: Item, plan: OpenPlan) -> str:
    """Return where the item stands, when it was written and in which draft."""
    filled = "Sign-off" if item.kind == "sign-off" else "Contribution sheet" if item.values else ""
    where = item.section or filled or "no section"
    if item.kind == "contribution" and item.path and not item.values:
        where = f"{where}: {answer_at(plan, item.path)}"
    day = f", {prose.day_said(item.date)}" if item.date else ""
    unsure = "" if item.placement == "sure" else f". The place is {item.placement}."
    return f"{where}{day}, draft {item.draft.partition(' ')[0]}{unsure}"


def body_of(plan: OpenPlan, review: Review, item: Item, mark: Marking) -> list[str]:
    """Return the paragraphs that say what the item wants, with the words that differ marked."""
    if item.kind in {"comment", "sign-off"} or item.values:
        quoted = [f'About: "{item.quote}"'] if item.quote else []
        stance = [f"Disagrees with the plan: {item.disagrees}"] if item.disagrees else []
        return [*quoted, item.text, *item.replies, *stance]
    body = _proposed(item, proposal_of(item, plan.tree), mark)
    if item.quote:
        body.insert(0, f"We asked: {item.quote}")
    if item.behind:
        about = dict.fromkeys(subject_of(plan, path).rstrip(".") for path in item.behind)
        body.append(f"The program made this text from what is answered about: {'; '.join(about)}.")
    for rival in rivals(review, item):
        body.append(
            f"{_person(rival)} wants something else (item {rival.number}):\n"
            + mark(rival.base, rival.text)
        )
    return body


def _proposed(item: Item, proposal: Proposal | None, mark: Marking) -> list[str]:
    if proposal is None or not proposal.changed_since:
        return ["What differs: [-gone-] {+new+}\n" + mark(item.base, item.text)]
    said = ["The answer was changed since this draft."]
    # What decides stands first: a screen of 24 lines shows no more than the beginning.
    if proposal.joined is not None:
        said.append("Accepting would make it:\n" + mark(proposal.now, proposal.joined))
    else:
        said.append("Both changed the same words, so it takes a person to join them.")
    if mark is marked:
        said.append(f"As shared:\n{proposal.shared or '(nothing)'}")
    said += [
        "What the reviewer wrote:\n" + mark(proposal.shared, proposal.wanted),
        "What stands now:\n" + mark(proposal.shared, proposal.now),
    ]
    return said


def marked(old: str, new: str) -> str:
    """Return both texts as one: words that go in [-brackets-], words that come in {+braces+}."""
    return "".join(_PIECES[part.kind].format(part.text) for part in differing(old, new))


def changed_lines(old: str, new: str) -> str:
    """Return both texts as `marked` does, with lines that stay the same left out.

    A screen is short: what differs must be on it, however long the answer is.
    """
    lines: list[tuple[str, bool]] = [("", False)]
    for part in differing(old, new):
        for number, text in enumerate(part.text.split("\n")):
            if number:
                lines.append(("", False))
            said, differs = lines[-1]
            lines[-1] = (said + _PIECES[part.kind].format(text), differs or part.kind != "same")
    kept: list[str] = []
    for said, differs in lines:
        if differs:
            kept.append(_around(said))
        elif said.strip() and kept[-1:] != ["…"]:
            kept.append("…")
    return "\n".join(kept)


def _around(line: str) -> str:
    """A marked line without the words that are far from any mark."""
    pieces = _MARKS.split(line)
    last = len(pieces) - 1
    for place in range(0, len(pieces), 2):
        words = pieces[place].split(" ")
        before, after = (0 if place == 0 else _NEAR), (0 if place == last else _NEAR)
        if len(words) > before + after + 1:
            left, right = words[:before], words[len(words) - after :]
            pieces[place] = " ".join([*left, "…", *right])
    return "".join(pieces)
