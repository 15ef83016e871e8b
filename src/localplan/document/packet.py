"""The submission packet: every document that goes to the State, put together from the answers."""

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import count
from pathlib import PurePath

from localplan.document import prose
from localplan.document.assemble import fingerprint, words_for
from localplan.document.blocks import Cell, Document, Run, Table
from localplan.document.facts.names import Facts, label, names_of
from localplan.document.gaps import Gaps
from localplan.document.inserts import Inserts
from localplan.document.render import render
from localplan.document.view import keyed, view_of
from localplan.knowledge.questions import ELEMENTS, Question, Questionnaire
from localplan.knowledge.states import State
from localplan.plan.boards import is_named, local_boards
from localplan.plan.checks.attachments import Enclosure, checklist, is_address
from localplan.plan.checks.checkup import Checkup
from localplan.plan.checks.gate import Obstacle
from localplan.plan.checks.rules.dates import comments_received
from localplan.plan.model import Plan
from localplan.plan.public import private_paths, published, shareable, stands_under, without_folders
from localplan.plan.reading import read_plan
from localplan.resources import TEMPLATES
from localplan.yamltext import Tree

PLAN_FILE = "02-local-plan"
MANIFEST_FILE = "00-manifest"
ENCLOSED = "attachments"
"""The folder of the packet that holds the board's own files."""
_PARTS = {
    "01-cover-letter": "Cover letter",
    PLAN_FILE: "Local plan",
    "03-attachment-checklist": "Checklist of attachments",
    "04-signatures-and-assurances": "Signatures and assurances",
    "05-performance-levels": "Levels of performance",
    "06-public-comment": "Public comment",
}
_LISTED = "table-attachments"
"""The label of the plan's own list of attachments."""
_NONE = "\N{EN DASH}"
_ATTACHMENT = "attachment/"
"""The keys under `accepted` that let an attachment be missing."""
_STANDINGS = {
    "present": "Present",
    "in-packet": "In this packet",
    "missing": "Missing",
    "not-applicable": "Does not apply",
}


@dataclass(frozen=True, slots=True)
class Submission:
    """What a packet is made from: a checkup of the submission stage and what was accepted."""

    checkup: Checkup
    state: State | None
    accepted: tuple[Obstacle, ...]
    today: date


def packet(plan: Document, submission: Submission) -> Mapping[str, Document]:
    """Return the documents of the packet by file name without ending, each ready to number.

    `plan` is the plan itself at the submission stage, in the chosen order. The manifest comes last,
    once the files are written: see `manifest`.
    """
    common = _common(submission)
    return {
        name: plan if name == PLAN_FILE else _part(name[3:], title, plan, common)
        for name, title in _PARTS.items()
    }


def settled(plan: Document, submission: Submission) -> Document:
    """Return `plan` with its list of attachments as the checklist of the packet has it.

    While the plan was written the board kept what was still missing; the packet holds it now.
    """
    facts = _enclosures(submission)
    rows = tuple(
        tuple(Cell((Run(words),)) for words in (fact["item"], _told(fact), fact["reason"] or _NONE))
        for fact in facts
    )
    blocks = tuple(
        replace(block, rows=rows) if isinstance(block, Table) and block.label == _LISTED else block
        for block in plan.blocks
    )
    return replace(plan, blocks=blocks)


def manifest(plan: Document, submission: Submission, files: Mapping[str, str]) -> Document:
    """Return the manifest: `files` by name with the SHA-256 of each, and the accepted gaps."""
    listed = [{"name": name, "digest": digest} for name, digest in sorted(files.items())]
    common = _common(submission)
    return _part(
        "manifest", "Manifest", plan, replace(common, view={**common.view, "files": listed})
    )


def enclosed_files(submission: Submission) -> Mapping[str, str]:
    """Return the board's own files as the answers name them, each with its place in the packet.

    Two files of one name in different folders both have a place.
    """
    placed: dict[str, str] = {}
    taken: set[str] = set()
    for row in _checklist(submission):
        if row.standing == "present" and row.file not in placed and not is_address(row.file):
            placed[row.file] = _place(PurePath(row.file), taken)
            taken.add(placed[row.file].casefold())
    return placed


def _place(file: PurePath, taken: Container[str]) -> str:
    numbers = (f"-{number}" if number > 1 else "" for number in count(1))
    places = (f"{ENCLOSED}/{file.stem}{number}{file.suffix}" for number in numbers)
    return next(place for place in places if place.casefold() not in taken)


@dataclass(frozen=True, slots=True)
class _Common:
    """What every part of one packet is rendered from."""

    submission: Submission
    tree: Tree
    answers: Plan
    questionnaire: Questionnaire
    view: Facts
    words: Mapping[str, Callable[..., str]]


def _common(submission: Submission) -> _Common:
    questionnaire = submission.checkup.progress.questionnaire
    tree = _public(submission)
    answers = keyed(read_plan(tree).plan)
    view = view_of(answers, names_of(answers), questionnaire, ELEMENTS)
    facts = {**view, **_facts(answers, submission)}
    return _Common(submission, tree, answers, questionnaire, facts, words_for(tree))


def _public(submission: Submission) -> Tree:
    """The answers as the State may read them."""
    checkup = submission.checkup
    return published(checkup.tree, checkup.progress.questionnaire).tree


def _part(template: str, title: str, plan: Document, common: _Common) -> Document:
    submission, answers = common.submission, common.answers
    progress = submission.checkup.progress
    gaps = Gaps(answers, common.tree, progress, names_of(answers), "submission")
    inserts = Inserts(answers, common.tree, common.questionnaire, gaps)
    path = TEMPLATES / "packet" / f"{template}.docx.j2"
    functions = {**common.words, **inserts.functions()}
    return Document(
        title=f"{title}: {plan.title}",
        board=plan.board,
        blocks=render(path, common.view, functions, inserts.slots),
        stage="submission",
        status=f"{title}, {prose.day(submission.today)}",
        footer=plan.footer,
        draft_id=plan.draft_id,
        fingerprint=fingerprint(submission.checkup.tree),
        date=submission.today.isoformat(),
    )


def _facts(plan: Plan, submission: Submission) -> Facts:
    state = submission.state
    voted = [item.body for item in plan.approvals if item.date and item.body]
    reasons = {gap.key: gap.reason for gap in submission.accepted}
    return {
        "today": prose.day(submission.today),
        "recipient": _recipient(plan, state),
        "outline": _outline(state) if state else "",
        "votes": voted,
        "gaps": len(submission.accepted),
        "accepted": _accepted(submission, plan),
        "enclosed": [*_PARTS.values(), "Manifest", *_own(_checklist(submission), reasons)],
        "enclosures": _enclosures(submission),
        "signers": [{"role": one.role, "body": one.body} for one in state.signers] if state else [],
        "unsigned": _unsigned(plan),
        "assurances": bool(plan.narratives.get("assurances")),
        "disagreeing": sum(bool(comment.disagrees) for comment in plan.comments),
        "undecided": sum(comment.disagrees is None for comment in plan.comments),
        "none_received": comments_received(plan) == 0,
    }


def _unsigned(plan: Plan) -> list[str]:
    """The boards of a joint plan for which no approval has a line to sign."""
    boards = local_boards(plan)
    if len(boards) == 1:
        return []
    voting = [item.body for item in plan.approvals]
    return [one.name for one in boards if not any(is_named(one, body) for body in voting)]


def _outline(state: State) -> str:
    read = f", as of {prose.day_said(state.as_of)}" if state.as_of else ""
    if state.id == "federal":
        return "the order of 20 CFR 679.560"
    return f"the State's order of sections{read}"


def _recipient(plan: Plan, state: State | None) -> str:
    name = label(plan.board.state, "states") if plan.board.state else ""
    where = name or (state.name if state and state.id != "federal" else "")
    return f"To the Governor's workforce agency, State of {where}" if where else "To the Governor"


def _accepted(submission: Submission, plan: Plan) -> list[Facts]:
    """What a person let pass; not who of the staff did, and nothing of what is private."""
    names = {**names_of(plan).records, **{item.id: item.body or "" for item in plan.approvals}}
    items = {item.path: item.question for item in submission.checkup.progress.items()}
    wanted = {row.key: row.item for row in _checklist(submission)}
    hidden = private_paths(submission.checkup.tree)
    return [
        {
            "what": _missing(gap, items.get(gap.path), names, wanted),
            "reason": without_folders(gap.reason),
        }
        for gap in submission.accepted
        if not _is_hidden(gap, hidden, wanted)
    ]


def _is_hidden(gap: Obstacle, hidden: Iterable[str], wanted: Container[str]) -> bool:
    if gap.key.startswith(_ATTACHMENT):
        return gap.key not in wanted
    return stands_under(gap.path, hidden)


def _missing(
    gap: Obstacle, question: Question | None, names: Mapping[str, str], wanted: Mapping[str, str]
) -> str:
    """What is not there, as the State reads it: without who of the staff put it off."""
    if gap.key in wanted:
        return f"Attachment not there: {wanted[gap.key]}."
    if question is None or not gap.key.startswith("missing-answer/"):
        return gap.message
    known = (names.get(step, "") for step in reversed(gap.path.split(".")))
    about = next((name for name in known if name), "")
    asked = f"Not answered: {question.ask.strip()}"
    return f"{about}. {asked}" if about else asked


def _own(rows: Sequence[Enclosure], reasons: Mapping[str, str]) -> list[str]:
    return [row.item for row in rows if row.standing == "present" and row.key not in reasons]


def _enclosures(submission: Submission) -> list[Facts]:
    reasons = {gap.key: gap.reason for gap in submission.accepted}
    placed = enclosed_files(submission)
    return [_enclosure(row, reasons, placed) for row in _checklist(submission)]


def _checklist(submission: Submission) -> tuple[Enclosure, ...]:
    """The checklist without what the board keeps to itself; files as the answers name them."""
    tree = shareable(submission.checkup.tree)
    return checklist(read_plan(tree).plan, tree, submission.state)


def _told(fact: Facts) -> str:
    file = PurePath(fact["file"]).name if fact["standing"] == _STANDINGS["present"] else ""
    return f"{fact['standing']} ({file})" if file else str(fact["standing"])


def _enclosure(row: Enclosure, reasons: Mapping[str, str], placed: Mapping[str, str]) -> Facts:
    """One line of the checklist; what a person let pass is missing, whatever was planned."""
    let_pass = row.key in reasons
    return {
        "item": row.item,
        "standing": _STANDINGS["missing" if let_pass else row.standing],
        "file": "" if let_pass else placed.get(row.file, row.file),
        "reason": without_folders(reasons.get(row.key, row.reason)),
    }
