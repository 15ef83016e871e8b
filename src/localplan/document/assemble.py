"""Make a document from a plan: view, render, and what only the finished text can tell."""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache, partial
from hashlib import blake2b
from pathlib import Path

from localplan.document import prose
from localplan.document.blocks import Block, Boundary, Document, Paragraph, Run
from localplan.document.facts.names import Facts, Names, names_of
from localplan.document.gaps import Gaps
from localplan.document.glossary import terms, with_used_terms
from localplan.document.inserts import Inserts
from localplan.document.leftovers import leftovers, set_aside, unoffered, withheld, without
from localplan.document.render import is_ours, render, tidy
from localplan.document.view import chapter_order, keyed, status_line, view_of
from localplan.knowledge.kinds import Stage
from localplan.knowledge.lists import load_lists
from localplan.knowledge.questions import CROSSWALK_ELEMENTS, ELEMENTS, Questionnaire
from localplan.plan.checks.checkup import Checkup
from localplan.plan.model import Plan
from localplan.plan.progress import Progress, assess
from localplan.plan.public import published, shareable
from localplan.plan.reading import read_plan
from localplan.plan.standings import Standings, standings
from localplan.plan.tree import is_records
from localplan.resources import TEMPLATES
from localplan.yamltext import Tree, Value

PLAN_TEMPLATE = TEMPLATES / "plan.docx.j2"
LEFTOVERS = TEMPLATES / "leftovers.docx.j2"
COMMON_WORDS = TEMPLATES / "common-words.txt"


@dataclass(frozen=True, slots=True)
class Drafting:
    """What a draft is for: its stage, the day it is made, and its number."""

    today: date
    stage: Stage = "working"
    number: int = 0
    draft_id: str = ""
    template: Path = PLAN_TEMPLATE

    @property
    def is_inside(self) -> bool:
        """True for a working draft in our own words: what only the board may read is shown."""
        return self.stage == "working" and is_ours(self.template)


def assemble(
    tree: Tree, questionnaire: Questionnaire, drafting: Drafting, seen: Checkup | None = None
) -> Document:
    """Return the plan that `tree` holds as a document, ready to number and write.

    `seen` is a checkup of the same tree at the same stage, where there is one, so that nothing is
    looked at twice.

    Raises:
        TemplateProblem: the template has an error; the message names file and line.
    """
    shared = shareable(tree) if drafting.is_inside else published(tree, questionnaire).tree
    strange = unoffered(shared, questionnaire)
    meant = without(shared, strange)
    plan, progress = _read(tree, meant, questionnaire, drafting.stage, seen)
    common = common_words_of(shared)
    names = names_of(plan, common)
    gaps = Gaps(plan, shared, progress, names, drafting.stage)
    inserts = Inserts(plan, shared, questionnaire, gaps, common)
    functions = {**words_with(common), **inserts.functions()}
    view = _view(plan, names, questionnaire, drafting)
    view["missing"] = gaps.listed() if drafting.stage == "working" else []
    blocks = render(drafting.template, view, functions, inserts.slots)
    rest = leftovers(shared, questionnaire, inserts.printed, strange)
    unprinted = withheld(tree) if drafting.stage == "working" else 0
    aside = set_aside(gaps.unsaid(), shared)
    if rest or unprinted or aside:
        shown = {"other_answers": rest, "withheld": unprinted, "set_aside": aside}
        more = render(LEFTOVERS, shown, functions, inserts.slots)
        blocks = (*blocks, *more)
    if drafting.stage == "working":
        blocks = _with_carried_marks(blocks, standings(shared))
    return Document(
        title=_title(view),
        board=str(view["board"]["name"]),
        blocks=tidy(_one_boundary(with_used_terms(blocks))),
        stage=drafting.stage,
        status=str(view["status"]),
        footer=str(view["plan"]["compiled_from"]),
        watermark="" if drafting.stage == "submission" else "DRAFT",
        draft_id=drafting.draft_id,
        fingerprint=fingerprint(tree),
        date=drafting.today.isoformat(),
    )


def common_words_of(tree: Tree) -> frozenset[str]:
    """Return the words that the answers in `tree` and our lists write with a small letter."""
    return prose.common_words(_typed(tree)) | _listed_words()


def words_for(tree: Tree) -> dict[str, Callable[..., str]]:
    """Return the functions that turn facts into words, knowing which words of `tree` are common."""
    return words_with(common_words_of(tree))


def words_with(common: frozenset[str]) -> dict[str, Callable[..., str]]:
    """Return the functions that turn facts into words, knowing which words are `common`."""
    return {
        "listing": prose.listing, "counted": prose.counted, "number_word": prose.number_word,
        "sentence_start": prose.sentence_start, "is_are": prose.is_are, "verb": prose.verb,
        "wages_of": prose.wages_of, "stopped": prose.stopped, "plain_end": prose.plain_end,
        "place": prose.place,
        "with_noun": prose.with_noun, "in_sentence": partial(prose.in_sentence, common=common),
    }  # fmt: skip


def _typed(tree: Tree) -> Iterator[str]:
    """Every answer that is one text."""
    groups: list[Value] = [tree]
    while groups:
        group = groups.pop()
        for inner in group.values() if isinstance(group, dict) else group:
            if isinstance(inner, str):
                yield inner
            elif isinstance(inner, dict) or is_records(inner):
                groups.append(inner)


def fingerprint(tree: Tree) -> str:
    """Return eight letters and figures that change with any answer."""
    text = json.dumps(tree, sort_keys=True, ensure_ascii=False)
    return blake2b(text.encode("utf-8", "replace"), digest_size=4).hexdigest()


def _read(
    tree: Tree, shared: Tree, questionnaire: Questionnaire, stage: Stage, seen: Checkup | None
) -> tuple[Plan, Progress]:
    """The plan as readers may see it, and how far the board is: a private answer is an answer."""
    known = seen if seen is not None and seen.tree is tree else None
    plan = known.plan if known and shared is tree else read_plan(shared).plan
    if known and known.progress.stage == stage:
        return keyed(plan), known.progress
    return keyed(plan), assess(questionnaire, tree, stage=stage)


def _view(plan: Plan, names: Names, questionnaire: Questionnaire, drafting: Drafting) -> Facts:
    order = chapter_order(plan, ELEMENTS, CROSSWALK_ELEMENTS)
    view = view_of(plan, names, questionnaire, order)
    return {
        **view,
        "administration": {
            "opens": questionnaire.section("administration").opens.strip(),
            "title": questionnaire.section("administration").title,
        },
        "status": status_line(plan, drafting.stage, drafting.today, drafting.number),
        "stage": drafting.stage,
        "working": drafting.stage == "working",
        "terms": terms(),
        "section_paths": _section_paths(questionnaire),
    }


def _title(view: Facts) -> str:
    title, years = str(view["plan"]["title"]), str(view["plan"]["years"])
    return title if not years or years in title else f"{title}, {years}"


def _one_boundary(blocks: Iterator[Block]) -> Iterator[Block]:
    """Drop a boundary that another follows at once: its region is empty."""
    held: Boundary | None = None
    for block in blocks:
        if isinstance(block, Boundary):
            held = block
            continue
        if held is not None:
            yield held
            held = None
        yield block


def _section_paths(questionnaire: Questionnaire) -> dict[str, str]:
    """Return the path that holds the answers to each section's own questions, beside records."""
    return {section.id: f"sections.{section.id}" for section in questionnaire.sections}


@cache
def _listed_words() -> frozenset[str]:
    """The common words that the program itself knows: from a file of them, and from its lists."""
    lines = COMMON_WORDS.read_text(encoding="utf-8").splitlines()
    labels = (option.label for options in load_lists().values() for option in options)
    return prose.common_words(labels).union(
        line for line in lines if line and not line.startswith("#")
    )


def _with_carried_marks(blocks: Iterable[Block], said: Standings) -> tuple[Block, ...]:
    """The blocks with a line beneath each answer that nobody confirmed, in a region of its own."""
    return tuple(_marked(blocks, said))


def _marked(blocks: Iterable[Block], said: Standings) -> Iterator[Block]:
    waiting: tuple[Block, ...] = ()
    for block in blocks:
        if isinstance(block, Boundary):
            yield from waiting
            waiting = _mark(block, said)
        yield block
    yield from waiting


def _mark(boundary: Boundary, said: Standings) -> tuple[Block, ...]:
    entry = said.get(boundary.path, {}) if boundary.kind in {"answer", "passage"} else {}
    if entry.get("state") != "carried":
        return ()
    words = f"Carried from the last plan, not confirmed yet. {entry.get('reason', '')}".strip()
    place = Boundary(f"carried.{boundary.path}", "passage", (boundary.path,))
    return (place, Paragraph((Run(words),), "status"))
