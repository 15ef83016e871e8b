"""Proof of coverage: appendices that show where a document answers what is asked of it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from localplan.document import prose
from localplan.document.blocks import (
    Block,
    Boundary,
    Cell,
    Column,
    Contents,
    Document,
    Heading,
    Inline,
    PageBreak,
    Paragraph,
    Run,
    Table,
)
from localplan.document.facts.names import called, label, names_of
from localplan.document.markup import parse
from localplan.document.numbering import numbered
from localplan.document.pieces import Places, labelled, links, places
from localplan.document.proof.matrices import matrix_blocks
from localplan.document.view import keyed
from localplan.knowledge.kinds import Stage
from localplan.knowledge.questions import CROSSWALK_ELEMENTS, ELEMENTS
from localplan.knowledge.standards import Framework, Requirement, load_definition, load_law
from localplan.plan.checks.checkup import Checkup
from localplan.plan.checks.coverage import (
    Coverage,
    CriterionCoverage,
    DefinitionReview,
    RequirementCoverage,
    definition_reviews,
)
from localplan.plan.public import published
from localplan.plan.reading import read_plan

_TITLES = (
    ("requirements", "Requirement crosswalk"),
    ("frameworks", "Framework crosswalk"),
    ("definition", "Pathway definition review"),
    ("matrices", "Coverage matrices"),
)
_STATUS_WORDS = {
    "addressed": "Addressed",
    "answered": "Answered",
    "partial": "Addressed in part",
    "missing": "Not yet addressed",
    "not-applicable": "Does not apply",
    "regional": "Regional plan",
    "state-role": "State role",
}
_MEANING = (
    "Addressed means that an answer speaks to the item, not that anyone has judged it adequate. "
    "That judgment belongs to the reviewer."
)
_MEANING_OF_ANSWERED = (
    "Answered means that a text or record stands there that has to be read: look for the words "
    "named with it."
)
_NONE = "\N{EN DASH}"
_OPEN = frozenset({"missing", "partial"})
_GROUPS = (
    ("content", "What the plan must say"),
    ("process", "How the plan is made and submitted"),
    ("duty", "Duties from other provisions"),
)
_REQUIREMENT_HEADS = (
    ("What is asked", 3.4),
    ("Citation", 1.5),
    ("Section", 0.8),
    ("Status", 0.8),
)
_NAMED_HEADS = (("What is asked", 2.5), ("Citation", 1.4), ("Section", 1.7), ("Status", 0.9))
_FRAMEWORK_HEADS = (("What is asked", 3.1), ("Where it is answered", 3.4))
_TALLY = {
    "addressed": "addressed",
    "answered": "answered in texts to be read",
    "partial": "addressed in part",
    "missing": "not yet addressed",
    "not-applicable": "not applicable here",
    "regional": "answered in the regional plan",
    "state-role": "the role of a State agency",
}
_DEFINITION_HEADS = (
    ("Part of the definition", 2.5),
    ("Section", 0.5),
    ("What shows it", 1.3),
    ("What staff judge", 2.2),
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
        tuple(_requirement_blocks(checkup.requirements, found, stage)),
        tuple(_framework_blocks(checkup.frameworks, found, stage, order)),
        tuple(_definition_blocks(reviews, pathways, found, stage)),
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


def _requirement_blocks(
    rows: Iterable[RequirementCoverage], sections: Places, stage: Stage
) -> Iterator[Block]:
    """Yield the requirement crosswalk: each item of the law and where it is answered."""
    whole = tuple(rows)
    law = load_law()
    yield _text(
        f"The tables go through {prose.counted(len(whole), 'item')} that federal law asks of a "
        f"local plan, as of {prose.day_said(law.as_of)}. "
        f"{_tally([row.coverage for row in whole], stage)}"
    )
    yield _text(_MEANING)
    for name, title in _GROUPS:
        group = [row for row in whole if _group_of(row) == name]
        shown = [row for row in group if _is_shown(row.coverage, stage)]
        if shown:
            yield Boundary(f"tables.table-requirements-{name}", "table")
            yield _table(
                _NAMED_HEADS if sections.named else _REQUIREMENT_HEADS,
                [_requirement(row, sections) for row in shown],
                caption=f"Federal requirements: {title[0].lower()}{title[1:]}",
                name=f"table-requirements-{name}",
            )


def _framework_blocks(
    rows: Iterable[CriterionCoverage], sections: Places, stage: Stage, order: Sequence[str]
) -> Iterator[Block]:
    """Yield a crosswalk for each chosen framework, criterion by criterion, element by element."""
    by_framework: dict[str, list[CriterionCoverage]] = {}
    for row in rows:
        by_framework.setdefault(row.framework.id, []).append(row)
    if by_framework:
        yield _text(f"{_MEANING} {_MEANING_OF_ANSWERED}")
    for name, group in by_framework.items():
        framework = group[0].framework
        shown = [row for row in group if _is_shown(row.coverage, stage)]
        yield Heading(
            2, (Run(framework.name),), label=f"crosswalk-{name}", numbered=False, listed=False
        )  # fmt: skip
        count = prose.sentence_start(prose.counted(len(group), "criterion", "criteria"))
        tally = _tally([row.coverage for row in group], stage)
        yield _text(f"{_about(framework)} {count} follow from it. {tally}")
        if framework.note and stage == "working":
            yield Paragraph((Run(framework.note),), "note")
        if shown:
            yield Boundary(f"tables.table-crosswalk-{name}", "table")
            yield _table(
                _FRAMEWORK_HEADS,
                list(_by_element(shown, sections, stage, order)),
                caption=f"{framework.short}: where each criterion is answered",
                name=f"table-crosswalk-{name}",
            )  # fmt: skip


def _definition_blocks(
    reviews: Iterable[DefinitionReview], names: dict[str, str], sections: Places, stage: Stage
) -> Iterator[Block]:
    """Yield each pathway beside the seven parts of WIOA sec. 3(7).

    `names` gives the name of a pathway by its path. What staff judge and plan to do is for working
    drafts only.
    """
    by_pathway: dict[str, list[DefinitionReview]] = {}
    for review in reviews:
        by_pathway.setdefault(review.pathway, []).append(review)
    told = {
        pathway: [row for row in group if stage == "working" or row.found.status == "addressed"]
        for pathway, group in by_pathway.items()
    }
    if any(told.values()):
        yield _text(
            "The Act calls a career pathway a set of education, training and other services that "
            "does seven things (WIOA sec. 3(7)). The tables show which answers speak to each one. "
            + _MEANING
        )
    for pathway, group in by_pathway.items():
        shown = told[pathway]
        name = names.get(pathway, pathway)
        if not shown:
            continue
        slug = pathway.partition(".")[2].replace("#", "n")
        yield Boundary(f"tables.table-review-{slug}", "table")
        shows = stage == "working" or any(row.judgment.get("evidence") for row in shown)
        heads = _definition_heads(sections, stage)
        cells = [_review(row, sections, stage) for row in shown]
        yield _table(
            heads if shows else heads[:2],
            cells if shows else [row[:2] for row in cells],
            caption=f"{name} beside the legal definition of a career pathway",
            name=f"table-review-{slug}",
            source=_judges(shown) if stage == "working" else _still_open(group),
        )


def _definition_heads(sections: Places, stage: Stage) -> tuple[tuple[str, float], ...]:
    part, (section, share), *rest = _DEFINITION_HEADS
    heads = (part, (section, share * 2 if sections.named else share), *rest)
    return heads if stage == "working" else heads[:3]


def _group_of(row: RequirementCoverage) -> str:
    kind = row.requirement.kind
    if kind == "process":
        return "process"
    return "content" if row.requirement.id.startswith("LP-") else "duty"


def _is_shown(coverage: Coverage, stage: Stage) -> bool:
    return stage == "working" or coverage.status not in _OPEN


def _tally(coverages: Sequence[Coverage], stage: Stage) -> str:
    """How many rows stand where, and that some are not shown."""
    counts = {
        status: sum(coverage.status == status for coverage in coverages) for status in _STATUS_WORDS
    }
    shown = [
        f"{prose.number_word(count)} {prose.is_are(count)} {_TALLY[status]}"
        for status, count in counts.items()
        if count and (stage == "working" or status not in _OPEN)
    ]
    said = _said(shown, whole=len(shown) == 1 and counts["addressed"] == len(coverages))
    hidden = sum(counts[status] for status in _OPEN) if stage != "working" else 0
    if hidden:
        said += (
            f" The Board is still preparing {prose.number_word(hidden)} more, which "
            f"{prose.verb(hidden, 'is', 'are')} not listed yet."
        )
    return said.strip()


def _said(shown: Sequence[str], *, whole: bool) -> str:
    if whole:
        return "All are addressed."
    return f"Of these, {prose.listing(shown)}." if shown else ""


def _requirement(row: RequirementCoverage, sections: Places) -> tuple[Cell, ...]:
    asked = row.requirement
    why = _reason(row.coverage)
    says = [Run(f"{asked.heading}. ", bold=True), Run(asked.asks)]
    return (
        Cell((*says, *((Run(f"\n{why}", italic=True),) if why else ()))),
        Cell((Run(_cited(asked)),)),
        _where(row.coverage, sections),
        Cell((Run(_STATUS_WORDS[row.coverage.status]),)),
    )


def _cited(asked: Requirement) -> str:
    """The Act and the rule; the U.S. Code repeats the Act and stands only where they do not."""
    short = [words for name, words in asked.cites.items() if words and name != "usc"]
    return "; ".join(short) or asked.citation


def _by_element(
    rows: Sequence[CriterionCoverage], sections: Places, stage: Stage, order: Sequence[str]
) -> Iterator[tuple[Cell, ...]]:
    """The criteria under a line for each element, which says how many there are."""
    for element in order:
        group = [row for row in rows if row.criterion.element == element]
        if not group:
            continue
        yield tuple(
            Cell((Run(words, bold=True),)) for words in (label(element, "elements"), _count(group))
        )
        for row in group:
            yield _criterion(row, sections, stage)


def _count(group: Sequence[CriterionCoverage]) -> str:
    """How many criteria are addressed and how many answered, of all in the group."""
    statuses = [row.coverage.status for row in group]
    counts = [
        f"{statuses.count(status)} {status}"
        for status in ("addressed", "answered")
        if status in statuses
    ]
    whole = "1 criterion" if len(group) == 1 else f"{len(group)} criteria"
    return f"{', '.join(counts)} of {whole}" if counts else whole


def _criterion(row: CriterionCoverage, sections: Places, stage: Stage) -> tuple[Cell, ...]:
    criterion = row.criterion
    says = [Run(criterion.says)]
    if criterion.actor == "state":
        says.append(Run(" State agencies act.", italic=True))
        says.append(Run(f" {criterion.asks}" if stage == "working" else ""))
    return (
        Cell(tuple(run for run in says if run.text)),
        Cell((*_answered_in(row.coverage, sections), *_to_look_for(row, stage))),
    )


def _answered_in(coverage: Coverage, sections: Places) -> Inline:
    """The status with every section that answers: `Answered in 2.1, 2.3`."""
    status = Run(_STATUS_WORDS[coverage.status])
    found = links(sections.all_of(coverage.where))
    if coverage.status == "regional":
        return (Run(f"Regional plan: {coverage.reason or 'see there'}"),)
    if found:
        return (status, Run(" in "), *found)
    if coverage.where:
        return (status, Run(", kept by the Board, not printed"))
    return (status,)


def _to_look_for(row: CriterionCoverage, stage: Stage) -> Inline:
    """What a reader should find in a text; in working drafts, who has marked it as found."""
    if row.coverage.status == "answered":
        return (Run(f"; look for: {row.criterion.sought}"),)
    if row.mark and stage == "working":
        return (Run(f", marked by {row.mark['by']} on {prose.day_said(row.mark['on'])}"),)
    return ()


def _review(row: DefinitionReview, sections: Places, stage: Stage) -> tuple[Cell, ...]:
    asked = Cell((Run(f"({row.part.id.upper()}) ", bold=True), Run(row.part.asks)))
    found = _where(row.found, sections)
    if stage != "working":
        return asked, found, _evidence(row)
    judged = label(row.standing, "definition_standings") if row.standing else "Not judged yet"
    said = row.judgment.get("reason", "")
    reason = f": {said}" if said else ""
    step = f"\nNext: {row.next_step}" if row.next_step else ""
    return asked, found, _evidence(row), Cell((Run(judged + reason + step),))


def _evidence(row: DefinitionReview) -> Cell:
    path = f"{row.pathway}.definition.{row.part.id}.evidence"
    match parse(row.judgment.get("evidence", "")):
        case ():
            return Cell((Run(_NONE),))
        case (Paragraph(text=text),):
            return Cell(text, path)
        case blocks:
            return Cell((), path, blocks)


def _still_open(group: Iterable[DefinitionReview]) -> str:
    """Which parts the table leaves out because nothing speaks to all of them yet."""
    parts = [f"({row.part.id.upper()})" for row in group if row.found.status in _OPEN]
    if not parts:
        return ""
    listed = f"{prose.verb(len(parts), 'part', 'parts')} {prose.listing(parts)}"
    verb = prose.is_are(len(parts))
    return f"The Board is still preparing {listed}, which {verb} not listed yet."


def _judges(rows: Iterable[DefinitionReview]) -> str:
    """Who judged which parts and when, in one line."""
    by: dict[str, list[str]] = {}
    for row in rows:
        when = prose.day_said(row.judgment.get("on", ""))
        said = " on ".join(filter(None, (row.judgment.get("by", ""), when)))
        if said:
            by.setdefault(said, []).append(f"({row.part.id.upper()})")
    if len(by) == 1:
        return f"Judged by {next(iter(by))}."
    return " ".join(f"{prose.listing(parts)} judged by {said}." for said, parts in by.items())


def _where(coverage: Coverage, sections: Places) -> Cell:
    found = links(sections.all_of(coverage.where))
    if coverage.status == "regional":
        place = Run(f"Regional plan: {coverage.reason or 'see there'}")
        return Cell((*found, Run("; "), place) if found else (place,))
    if found:
        return Cell(found)
    if coverage.where:
        return Cell((Run("Kept by the Board, not printed"),))
    return Cell((Run(_NONE),))


def _reason(coverage: Coverage) -> str:
    """Why an item does not apply or is still open, where the board said so."""
    if coverage.status == "not-applicable" and coverage.reason:
        return f"Does not apply because: {coverage.reason}"
    if coverage.status in _OPEN and coverage.reason:
        return f"{_STATUS_WORDS[coverage.status]}: {coverage.reason}"
    return ""


def _about(framework: Framework) -> str:
    parts = [
        f"Sponsor: {prose.stopped(framework.sponsor)}" if framework.sponsor else "",
        f"Source: {prose.stopped(framework.document)}" if framework.document else "",
        f"Edition: {prose.stopped(framework.edition)}" if framework.edition else "",
        _newer(framework.superseded_by),
    ]
    return " ".join(part for part in parts if part)


def _newer(said: str) -> str:
    if said.strip().lower().startswith("not checked"):
        return "Whether something newer replaces it was not checked."
    return prose.stopped(said)


def _table(
    heads: Iterable[tuple[str, float]],
    rows: Iterable[tuple[Cell, ...]],
    *,
    caption: str,
    name: str,
    source: str = "",
) -> Table:
    columns = tuple(Column((Run(head),), share=share) for head, share in heads)
    return Table(columns, tuple(rows), caption=caption, label=name, source=source, dense=True)


def _text(words: str) -> Paragraph:
    return Paragraph((Run(words.strip()),))
