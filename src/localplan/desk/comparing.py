"""Two plans side by side: what changed, as data, as tables and as tracked changes."""

from dataclasses import dataclass, replace

from localplan.desk.openplan import OpenPlan
from localplan.document import prose
from localplan.document.blocks import Block, Document
from localplan.knowledge.kinds import Stage
from localplan.knowledge.questions import Question
from localplan.knowledge.standards import load_law
from localplan.plan.cycle.changes import Changes, changes, side_by_side
from localplan.plan.cycle.revised import Row, by_requirement, by_section
from localplan.plan.progress import assess
from localplan.plan.public import published
from localplan.plan.standings import texts
from localplan.yamltext import Tree

AUTHOR = "Revised plan"


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two plans and what differs."""

    old: OpenPlan
    new: OpenPlan
    stage: Stage
    before: Tree
    """The old answers as the readers of this comparison may see them."""
    after: Tree
    found: Changes
    requirements: tuple[Row, ...]
    sections: tuple[Row, ...]

    @property
    def title(self) -> str:
        """The title of every report about it."""
        old, new = _named(self.old), _named(self.new)
        if old == new:
            old, new = self.old.path.stem, self.new.path.stem
        return f"Changes from {old} to {new}"


def _named(plan: OpenPlan) -> str:
    """The plan as readers know it: a modification by its number, another by its program years."""
    facts = texts(plan.tree.get("plan"))
    if facts.get("kind") == "modification" and facts.get("number"):
        return prose.modification_called(facts["number"])
    first, count = facts.get("first_program_year", ""), facts.get("program_years", "")
    if not (first.isdigit() and count.isdigit()):
        return plan.path.stem
    return f"the PY {first} to {int(first) + int(count) - 1} plan"


def comparison_of(old: OpenPlan, new: OpenPlan, stage: Stage) -> Comparison:
    """Return what differs between two plans, as the readers of `stage` may see it."""
    before, after = side_by_side(old.tree, new.tree)
    if stage != "working":
        before = published(before, old.questions).tree
        after = published(after, new.questions).tree
    found = changes(before, after, _headings(old) | _headings(new))
    return Comparison(
        old, new, stage, before, after, found,
        by_requirement(load_law().requirements, found, before, after),
        by_section(new.questions, found, before, after),
    )  # fmt: skip


def _headings(plan: OpenPlan) -> dict[str, str]:
    """The heading under which the plan prints each text."""
    fills = plan.questions.by_fills()
    return {path: each.heading for path, each in fills.items() if path.startswith("narratives.")}


def as_markdown(compared: Comparison) -> str:
    """Return the tables of changes as Markdown."""
    from localplan.document.markdown import to_markdown  # noqa: PLC0415 (heavy)

    return to_markdown(_report(compared))


def _report(compared: Comparison) -> Document:
    from localplan.document.compared.changereport import (  # noqa: PLC0415 (heavy)
        change_report,
        in_words,
    )
    from localplan.document.numbering import numbered  # noqa: PLC0415 (heavy)

    board = compared.new.tree.get("board")
    name = board.get("name", "") if isinstance(board, dict) else ""
    found = in_words(compared.found, compared.before, compared.after, _asked(compared))
    blocks = change_report(compared.title, found, compared.requirements, compared.sections)
    return numbered(
        Document(compared.title, str(name), blocks, date=compared.new.today.isoformat())
    )


def _asked(compared: Comparison) -> dict[str, Question]:
    """The question behind each answer of both plans."""
    return {
        item.path: item.question
        for plan, tree in ((compared.old, compared.before), (compared.new, compared.after))
        for item in assess(plan.questions, tree).items()
    }


def _with_contents(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """The report with a list of its chapters and the plan's at the end of its first page."""
    from localplan.document.blocks import Contents, Heading, PageBreak, Run  # noqa: PLC0415

    head = Heading(1, (Run("Contents"),), label="contents", listed=False, numbered=False)
    first = next((at for at, each in enumerate(blocks) if isinstance(each, PageBreak)), 0)
    return (*blocks[:first], head, Contents(depth=1), *blocks[first:])


def as_word(compared: Comparison) -> bytes:
    """Return the tables of changes and the whole plan with tracked changes, as a Word file."""
    from localplan.document.assemble import Drafting, assemble  # noqa: PLC0415 (heavy)
    from localplan.document.blocks import PageBreak  # noqa: PLC0415
    from localplan.document.compared.redline import redline  # noqa: PLC0415 (heavy)
    from localplan.document.docx import write_compared  # noqa: PLC0415 (heavy)
    from localplan.document.numbering import numbered  # noqa: PLC0415 (heavy)

    drafting = Drafting(today=compared.new.today, stage=compared.stage)
    old, new = (
        numbered(assemble(tree, plan.questions, drafting))
        for plan, tree in ((compared.old, compared.before), (compared.new, compared.after))
    )
    report = _report(compared)
    whole = redline(old, new).behind((*_with_contents(report.blocks), PageBreak()))
    document = replace(
        new, title=report.title, blocks=whole.blocks, status="Comparison", watermark=""
    )
    return write_compared(document, whole.marks, AUTHOR)
