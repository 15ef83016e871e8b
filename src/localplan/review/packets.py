"""Packets for reviewers: a Word draft that comes back, and a short note that goes with it."""

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace
from difflib import get_close_matches
from hashlib import blake2b

from localplan.document import prose
from localplan.document.anchors import regions_of
from localplan.document.assemble import Drafting, assemble, fingerprint
from localplan.document.blocks import (
    Block,
    Document,
    Heading,
    PageBreak,
    Paragraph,
    Remark,
    Run,
)
from localplan.document.numbering import numbered
from localplan.errors import LocalPlanError
from localplan.plan.progress import Item, assess
from localplan.plan.public import outward, private_paths, stands_under
from localplan.plan.standings import standings
from localplan.plan.tree import get, id_of, records_in
from localplan.review.concerns import Concern, concern_of
from localplan.review.excerpts import excerpt
from localplan.review.forms import ASK, SHEET
from localplan.review.news import News, said_of
from localplan.review.notices import Occasion, note, notice_lines, partner_note, reply, request
from localplan.review.regions import key_of
from localplan.review.sheets import (
    asked,
    contribution_sheet,
    notice,
    question_form,
    sign_off,
)
from localplan.yamltext import Tree

PUBLIC, QUESTIONS = "public", "questions"


class ShareError(LocalPlanError):
    """A packet that cannot be made."""


@dataclass(frozen=True, slots=True)
class Packet:
    """A packet ready to be written: its document, and the questions it asks in the margin."""

    recipient: str
    name: str
    document: Document
    asked: dict[str, str]
    """The path behind each question, by its words as compared."""
    note: str
    full: bool = False

    @property
    def stem(self) -> str:
        """A file name without its ending, safe on every system."""
        return re.sub(r"[^\w ,()-]+", "", self.name).strip()[:80] or self.recipient


def partner_of(tree: Tree, said: str) -> str:
    """Return the id of the partner that goes by the id or the name `said`.

    Raises:
        ShareError: there is no such partner; names one that comes close.
    """
    ids = {id_of(entry): str(entry.get("name") or "") for entry in _partners(tree)}
    named = {key_of(name): one for one, name in ids.items() if name}
    if said in ids:
        return said
    if key_of(said) in named:
        return named[key_of(said)]
    close = get_close_matches(said.lower(), ids, 1)
    hint = f' Did you mean "{close[0]}"?' if close else ""
    listed = ", ".join(ids) or "none yet"
    raise ShareError(f'There is no partner "{said}".{hint}\nPartners are: {listed}.')


def partner_packet(
    occasion: Occasion, partner: str, *, full: bool = False, news: News | None = None
) -> Packet:
    """Return the packet for one partner: its parts of the plan, or with `full` all of it.

    Raises:
        ShareError: there is no such partner.
    """
    tree = outward(occasion.tree, occasion.questionnaire)
    if get(tree, f"partners.{partner}") is None:
        if get(occasion.tree, f"partners.{partner}") is not None:
            raise ShareError(f'The partner "{partner}" is private, so that no packet speaks of it.')
        raise ShareError(f'There is no partner "{partner}".')
    concern = concern_of(tree, partner)
    given = _given(occasion, partner, concern.name)
    concern = replace(concern, narratives=concern.narratives | {item.path for item in given})
    whole = numbered(_assembled(tree, occasion, partner, "full" if full else "part"))
    front = (request(tree, occasion, concern.name, full=full), *_next_page(said_of(news)))
    forms: tuple[Block, ...] = (
        PageBreak(), *contribution_sheet(tree, partner), *sign_off(partner, concern.name)
    )  # fmt: skip
    blocks = _on_cover(whole.blocks, front) if full else _excerpted(whole, front, concern)
    document = replace(whole, blocks=(*blocks, *forms), recipient=partner)
    places = {anchor.path for anchor in regions_of(document)}
    if unplaced := [item for item in given if item.path not in places]:
        titles = {section.id: section.title for section in occasion.questionnaire.sections}
        asks = (PageBreak(), *question_form(tree, unplaced, titles))
        document = replace(document, blocks=(*blocks, *asks, *forms))
        places = {anchor.path for anchor in regions_of(document)}
    remarks, questions = _questions(occasion, tree, partner, given, places)
    document = replace(
        document, remarks=tuple(Remark(place, text, whole.board) for place, text in remarks)
    )
    message = note(
        tree,
        occasion,
        f"{concern.name}: draft {occasion.number} of our local workforce plan",
        partner_note(tree, occasion, concern.name, news, full=full),
    )
    return Packet(partner, concern.name, document, questions, message, full)


def _excerpted(whole: Document, front: Sequence[Block], concern: Concern) -> tuple[Block, ...]:
    """The parts of the plan that concern a partner, behind its cover and what we ask."""
    title = Heading(1, (Run(f"The parts of the plan that concern {concern.name}"),), numbered=False)
    cover = _cover(whole, concern.name)
    return (*cover, *front, PageBreak(), title, *excerpt(whole.blocks, concern))


def public_packet(occasion: Occasion) -> Packet:
    """Return the draft for public comment with its notice."""
    tree = outward(occasion.tree, occasion.questionnaire)
    whole = numbered(_assembled(tree, occasion, PUBLIC, "full"))
    lines = notice_lines(tree, occasion)
    title = "Public notice: how to comment on this draft"
    document = replace(whole, blocks=_on_cover(whole.blocks, (notice(title, lines),)))
    return Packet(PUBLIC, "public comment", document, {}, note(tree, occasion, title, lines))


def questions_packet(occasion: Occasion, owner: str = "") -> Packet:
    """Return the open questions as a form; with `owner` only those given to that person.

    Raises:
        ShareError: there is nothing to ask.
    """
    tree = outward(occasion.tree, occasion.questionnaire)
    items = [item for item in _asked_of(occasion) if item.required and not item.settled]
    if owner:
        said = standings(occasion.tree)
        items = [
            item
            for item in items
            if key_of(said.get(item.path, {}).get("owner", "")) == key_of(owner)
        ]
    if not items:
        whom = f" for {owner}" if owner else ""
        raise ShareError(f"No question is open{whom}, so there is no form to write.")
    titles = {section.id: section.title for section in occasion.questionnaire.sections}
    base = _assembled(tree, occasion, f"{QUESTIONS}:{owner}", "form")
    base = replace(base, title="Questions for the local plan", watermark="")
    lines = [
        "Write each answer under its question. Leave an answer empty when you do not know it.",
        reply(tree, occasion),
    ]
    blocks = (
        *_cover(base, "colleagues"), notice("How to use this form", lines),
        *question_form(tree, items, titles),
    )  # fmt: skip
    document = replace(base, blocks=blocks)
    name = f"questions for {owner}" if owner else "open questions"
    message = note(tree, occasion, "Questions for our local workforce plan", lines)
    return Packet(QUESTIONS, name, document, {}, message)


def _assembled(tree: Tree, occasion: Occasion, recipient: str, kind: str) -> Document:
    words = "\n".join(
        (
            occasion.plan,
            fingerprint(occasion.tree),
            recipient,
            kind,
            occasion.today.isoformat(),
            str(occasion.due or ""),
        )
    )
    name = blake2b(words.encode("utf-8", "replace"), digest_size=6).hexdigest()
    drafting = Drafting(occasion.today, "public", occasion.number, name)
    made = assemble(tree, occasion.questionnaire, drafting)
    status = f"Draft {occasion.number} for review, {prose.day(occasion.today)}"
    if kind == "full" and recipient == PUBLIC:
        status = made.status
    return replace(made, fingerprint=fingerprint(occasion.tree), status=status)


def _cover(whole: Document, name: str) -> tuple[Block, ...]:
    return (
        Paragraph((Run(whole.board),), "cover"),
        Paragraph((Run(whole.title),), "title"),
        Paragraph((Run(f"For {name}"),), "subtitle"),
        Paragraph((Run(whole.status),), "status"),
    )


def _on_cover(blocks: Sequence[Block], front: Sequence[Block]) -> tuple[Block, ...]:
    """The document with `front` at the end of its cover."""
    place = next((at for at, block in enumerate(blocks) if isinstance(block, PageBreak)), 0)
    return (*blocks[:place], *front, *blocks[place:])


def _next_page(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    return (PageBreak(), *blocks) if blocks else ()


def _given(occasion: Occasion, partner: str, name: str) -> tuple[Item, ...]:
    """The open questions that the board gave to this partner, beside those about its record."""
    said = standings(occasion.tree)
    names = {key_of(partner), key_of(name)}
    return tuple(
        item
        for item in _asked_of(occasion)
        if key_of(said.get(item.path, {}).get("owner", "")) in names
        and (item.carried or item.state == "missing")
        and not item.path.startswith(f"partners.{partner}.")
    )


def _questions(
    occasion: Occasion, tree: Tree, partner: str, given: Sequence[Item], places: Set[str]
) -> tuple[list[tuple[str, str]], dict[str, str]]:
    """What we ask the partner in the margin, each with its place, and the path behind each."""
    remarks: list[tuple[str, str]] = []
    questions: dict[str, str] = {}
    own = [item for item in _asked_of(occasion) if item.path.startswith(f"partners.{partner}.")]
    for item in (*given, *own):
        text = asked(tree, item)
        if item.carried:
            text = f"This comes from the last plan. Is it still right? {text}"
        elif item.state != "missing" or _asked_by_the_sheet(item, places):
            continue
        remarks.append((_place(item.path, partner, places), text))
        questions[key_of(text)] = item.path
    return remarks, questions


def _asked_by_the_sheet(item: Item, places: Set[str]) -> bool:
    """Whether an empty cell of the sheet asks for it already, in words of its own."""
    return ".contact." in item.path and f"{SHEET}{item.path}" in places


def _place(path: str, partner: str, places: Set[str]) -> str:
    """Where a question stands: in the plan, at its own form, or at the nearest cell."""
    here = f"{SHEET}partners.{partner}"
    record = path.rpartition(".")[0]
    near = (path, f"{ASK}{path}", f"{SHEET}{path}", f"{SHEET}{record}.what")
    last = f"{here}.contact.name" if ".contact." in path else f"{here}.role"
    return next((place for place in near if place in places), last)


def _asked_of(occasion: Occasion) -> Iterator[Item]:
    """What a form or a margin can ask: one answer each, and none that is private."""
    private = private_paths(occasion.tree)
    for item in assess(occasion.questionnaire, occasion.tree).items():
        inside = item.path.endswith("pain_points") or stands_under(item.path, private)
        if item.question.kind != "records" and not inside:
            yield item


def _partners(tree: Tree) -> list[Tree]:
    return [entry for _, entry in records_in(tree, "partners") if id_of(entry)]
