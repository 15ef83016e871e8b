"""Proof of coverage: appendices that show where a document answers what is asked of it."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from localplan.document import prose
from localplan.document.blocks import Block, Contents, Document, Heading, PageBreak, Paragraph, Run
from localplan.document.facts.names import called, names_of
from localplan.document.keyed import keyed
from localplan.document.numbering import numbered
from localplan.document.pieces import labelled
from localplan.document.places import Places, places
from localplan.document.proof.crosswalks import (
    definition_blocks,
    framework_blocks,
    requirement_blocks,
)
from localplan.document.proof.matrices import matrix_blocks
from localplan.knowledge.kinds import Stage
from localplan.knowledge.questions import CROSSWALK_ELEMENTS, ELEMENTS
from localplan.knowledge.standards import load_definition
from localplan.plan.checks.checkup import Checkup
from localplan.plan.checks.coverage import definition_reviews
from localplan.plan.public import published
from localplan.plan.reading import read_plan

_TITLES = (
    ("requirements", "Requirement crosswalk"),
    ("frameworks", "Framework crosswalk"),
    ("definition", "Pathway definition review"),
    ("matrices", "Coverage matrices"),
)


def with_proof(document: Document, checkup: Checkup) -> Document:
    """Return `document` with the proof as appendices, each row linked to the section it names.

    The document must not be numbered yet; the appendices show what its stage may see.
    """
    blocks = labelled(document.blocks)
    stage: Stage = _stage(document)
    appendices = proof_blocks(checkup, places(blocks), stage)
    return replace(document, blocks=(*blocks, *appendices))


def proof_document(document: Document, checkup: Checkup, *, today: date) -> Document:
    """Return the proof of `document` as a file of its own, ready to number and write.

    It shows what the stage of `document` may see: of a working draft everything, with what is open
    and what staff judge. Sections are named, not linked.
    """
    body = labelled(document.blocks)
    stage = _stage(document)
    proof = proof_blocks(checkup, places(body), stage)
    # Numbered together once, so that each row names its section; alone, links become plain words.
    settled = numbered(replace(document, blocks=(*body, *proof))).blocks[len(body) :]
    when = prose.day(today)
    status = f"Working paper, {when}" if stage == "working" else document.status
    front: tuple[Block, ...] = (
        Paragraph((Run(document.board),), "cover"),
        Paragraph((Run("Proof of coverage"),), "title"),
        Paragraph((Run(document.title),), "subtitle"),
        Paragraph((Run(status),), "status"),
        PageBreak(),
        Contents(),
    )
    return replace(
        document,
        title=f"Proof of coverage: {document.title}",
        blocks=(*front, *settled),
        status=status,
        date=today.isoformat(),
    )


def proof_blocks(checkup: Checkup, found: Places, stage: Stage) -> tuple[Block, ...]:
    """Return the appendices: requirements, frameworks, pathway definition and matrices.

    What is incomplete, what staff judge and what is private is shown in a working draft only.
    """
    answers = checkup.tree
    if stage != "working":
        answers = published(answers, checkup.progress.questionnaire).tree
    plan, reviews = checkup.plan, checkup.definition
    if answers is not checkup.tree:
        plan = read_plan(answers).plan
        reviews = definition_reviews(load_definition(), answers)
    plan = keyed(plan)
    crosswalk = plan.plan.element_order == "crosswalk"
    order = CROSSWALK_ELEMENTS if crosswalk else ELEMENTS
    pathways = {f"pathways.{item.id}": called(item.name, item.id) for item in plan.pathways}
    bodies = (
        tuple(requirement_blocks(checkup.requirements, found, stage)),
        tuple(framework_blocks(checkup.frameworks, found, stage, order)),
        tuple(definition_blocks(reviews, pathways, found, stage)),
        tuple(matrix_blocks(plan, names_of(plan), stage, order)),
    )
    parts = [(*title, body) for title, body in zip(_TITLES, bodies, strict=True) if body]
    return tuple(_appendices(parts))


def _appendices(parts: Iterable[tuple[str, str, tuple[Block, ...]]]) -> Iterator[Block]:
    for position, (name, title, body) in enumerate(parts):
        yield PageBreak()
        yield Heading(
            1, (Run(title),), number=f"Appendix {chr(ord('A') + position)}.",
            label=f"appendix-{name}",
        )  # fmt: skip
        yield from body


def _stage(document: Document) -> Stage:
    match document.stage:
        case "public" | "board" | "submission" as stage:
            return stage
        case _:
            return "working"
