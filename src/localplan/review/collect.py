"""Take in returned Word files: every comment, edit, contribution and sign-off becomes an item."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from localplan.errors import LocalPlanError, shown
from localplan.review.bases import Base, Bases
from localplan.review.edits import Edit, edits, sections_of
from localplan.review.forms import ASK, SHEET, SIGN_OFF, contributions, is_form
from localplan.review.items import Item, Review, SeenFile, joined, named
from localplan.review.ledger import Ledger, digest
from localplan.review.margin import Placed, asked_before, comments, unread
from localplan.review.people import People
from localplan.review.placing import divided
from localplan.review.regions import Division, key_of
from localplan.review.returned import Returned, read_returned
from localplan.yamltext import Tree

_DAY = re.compile(r"[12]\d{3}-[01]\d-[0-3]\d")


@dataclass(frozen=True, slots=True)
class Report:
    """What became of one returned file."""

    file: Path
    draft: int = 0
    found: int = 0
    new: int = 0
    seen: bool = False
    """True where the very same file was collected before."""
    recipient: str = ""
    damaged: tuple[str, ...] = ()
    """What could be read only in pieces: text, comments, styles."""
    unread: tuple[str, ...] = ()
    """The words beside each comment that the text marks and whose own words could not be read."""
    guessed: bool = False
    """True where the file names no draft and the one most like it was taken."""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Collected:
    """The review with everything added, and a report for each file."""

    review: Review
    reports: tuple[Report, ...]


def collect(
    review: Review, ledger: Ledger, tree: Tree, files: Iterable[Path], *, today: date
) -> Collected:
    """Return the review with what `files` hold added; a file that cannot be read adds nothing."""
    people, bases = People(tree), Bases(ledger)
    reports: list[Report] = []
    for file in files:
        try:
            review, report = _taken(review, file, bases, people, today)
        except LocalPlanError as error:
            report = Report(file, problem=str(error))
        except Exception as error:  # noqa: BLE001 (one odd file must not take the others with it)
            report = Report(file, problem=_odd(file, error))
        reports.append(report)
    return Collected(review, tuple(reports))


def _odd(file: Path, error: Exception) -> str:
    """What to say of a file that holds something no reader was prepared for."""
    return (
        f"{file.name} cannot be read: something in it is not as Word writes it "
        f"({type(error).__name__}). Nothing was taken from it.\n"
        "Open it in Word and save a new copy, or copy what you need by hand."
    )


def _taken(
    review: Review, file: Path, bases: Bases, people: People, today: date
) -> tuple[Review, Report]:
    copy = read_returned(file)
    name = digest(file.read_bytes())
    if any(seen.digest == name for seen in review.files):
        return review, Report(file, seen=True)
    base = bases.for_copy(copy)
    copy = replace(copy, recipient=copy.recipient or base.division.copy.recipient)
    division = divided(copy, base.anchors, base.division)
    found = [
        named(replace(item, files=(shown(file.name),))) for item in _items(base, division, people)
    ]
    after = joined(review, found)
    entry = SeenFile(
        shown(file.name), name, base.draft.id, _sender(found, copy, people), copy.recipient,
        today.isoformat(),
    )  # fmt: skip
    report = Report(
        file,
        draft=base.draft.number,
        found=len({item.id for item in found}),
        new=len(after.items) - len(review.items),
        recipient=people.organization("", copy.recipient),
        damaged=copy.damaged,
        unread=tuple(unread(division)),
        guessed=not copy.drafts,
    )
    return replace(after, files=(*review.files, entry)), report


def _sender(found: list[Item], copy: Returned, people: People) -> str:
    return next((item.who for item in found if item.who), people.person(copy.saved_by))


def _items(base: Base, division: Division, people: People) -> Iterator[Item]:
    copy = division.copy
    changed = list(edits(base.division, division))
    typed = [edit for edit in changed if is_form(edit.anchor.path)]
    for edit in changed:
        if not is_form(edit.anchor.path):
            yield _of_edit(edit, base, copy, people)
    who = people.person(copy.saved_by, copy.recipient)
    for item in contributions(typed, who):
        person = people.person(item.who, copy.recipient)
        organization = people.organization(person, copy.recipient)
        yield replace(item, who=person, organization=organization, draft=base.called)
    ours = asked_before(base.division)
    sections = sections_of(base.division)
    for placed in comments(division):
        section = sections.get(placed.region.anchor.name, "") if placed.region else ""
        if key_of(placed.remark.text) in ours:
            yield from _answers(placed, base, copy, people, section)
        elif placed.remark.text:
            yield _of_comment(placed, base, copy, people, section)


def _of_edit(edit: Edit, base: Base, copy: Returned, people: People) -> Item:
    anchor = edit.anchor
    who = " and ".join(edit.who) or copy.saved_by
    generated = anchor.kind not in {"answer", "cell"} or edit.what != "text"
    path = anchor.path
    behind: tuple[str, ...] = ()
    what = ""
    if generated:
        what = edit.what if edit.what != "text" else "passage"
        behind = base.behind.of(edit.old, edit.row, anchor.built_from)
        sole = base.behind.sole(edit.old, edit.row) if edit.what == "cell" else ""
        path = sole or path
    if edit.what == "heading":
        behind = (anchor.path,) if anchor.kind == "answer" else behind
    return Item(
        kind="edit",
        who=people.person(who, copy.recipient),
        organization=people.organization(who, copy.recipient),
        path=path,
        placement=edit.placement,
        date=_day(edit.when),
        draft=base.called,
        section=edit.section,
        text=edit.new,
        base=edit.old,
        what=what,
        behind=behind,
        changes=(*edit.tracked, *(("changed without tracking",) if edit.untracked else ())),
    )


def _of_comment(placed: Placed, base: Base, copy: Returned, people: People, section: str) -> Item:
    remark, region = placed.remark, placed.region
    anchor = region.anchor if region else None
    generated = anchor is not None and anchor.kind not in {"answer", "cell"}
    placement = "unplaced" if region is None else "uncertain" if region.tier == "text" else "sure"
    path = plain_path(anchor.path) if anchor else ""
    return Item(
        kind="comment",
        who=people.person(remark.who, copy.recipient),
        organization=people.organization(remark.who, copy.recipient),
        path=path,
        placement=placement,
        date=_day(remark.when),
        draft=base.called,
        section=section,
        quote=placed.quote,
        text=remark.text,
        behind=base.behind.of(placed.quote, (), anchor.built_from) if anchor and generated else (),
        replies=tuple(f"{reply.who}: {reply.text}" for reply in placed.replies),
        resolved=remark.done,
    )


def _answers(
    placed: Placed, base: Base, copy: Returned, people: People, section: str
) -> Iterator[Item]:
    """Replies to a question that we asked in the margin."""
    path = base.asked.get(key_of(placed.remark.text), "")
    for reply in placed.replies:
        yield Item(
            kind="contribution",
            who=people.person(reply.who, copy.recipient),
            organization=people.organization(reply.who, copy.recipient),
            path=path,
            date=_day(reply.when),
            draft=base.called,
            section=section,
            quote=placed.remark.text,
            text=reply.text,
        )


def _day(moment: str) -> str:
    """The day of a moment; nothing where the program that wrote it had no clock."""
    return moment[:10] if _DAY.match(moment) else ""


def plain_path(path: str) -> str:
    """Return the answer's own path, without the mark that it stands in a form."""
    for mark in (SHEET, ASK, SIGN_OFF):
        if path.startswith(mark):
            return path.removeprefix(mark)
    return path
