"""`localplan compare`: what changed between two plans, or two drafts of one."""

import json
import sys
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import click

from localplan.cli.common import as_of_option, examples
from localplan.cli.output import echo
from localplan.desk.desk import Desk, open_plan
from localplan.desk.files import write_whole
from localplan.document import prose
from localplan.document.blocks import Block, Document
from localplan.knowledge.kinds import STAGES, Stage
from localplan.knowledge.questions import Question
from localplan.knowledge.standards import load_law
from localplan.plan.cycle.changes import Changes, changes, side_by_side
from localplan.plan.cycle.revised import Row, by_requirement, by_section
from localplan.plan.progress import assess
from localplan.plan.public import hiding_nothing, published
from localplan.plan.standings import texts
from localplan.yamltext import Tree

AUTHOR = "Revised plan"
STANDARD_OUTPUT = "-"


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two plans and what differs."""

    old: Desk
    new: Desk
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


@click.command(
    "compare",
    epilog=examples(
        "localplan compare plan-2025.yaml plan-2029.yaml",
        "localplan compare plan-2025.yaml plan-2027.yaml -o changes.docx",
        "localplan compare draft-1.yaml draft-2.yaml --json",
    ),
)
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
@click.option(
    "-o", "--output", "out", metavar="OUT",
    help="OUT.docx (with tracked changes) or OUT.md; - for text.",
)  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option(
    "--stage", type=click.Choice(STAGES), default="public", show_default=True,
    help="Which readers it is for: working shows what stays with the board.",
)  # fmt: skip
@as_of_option
def command(
    old: Path, new: Path, *, out: str | None, as_json: bool, stage: Stage, today: date
) -> int:
    """See what changed from OLD to NEW, two answers files. Both are only read.

    The Word document holds the tables of changes and the whole plan with tracked changes: accepting
    all of them gives the new plan, and rejecting all gives the old one.
    """
    plans = open_plan(old, today=today), open_plan(new, today=today)
    for plan in plans:
        for entry in hiding_nothing(plan.tree):
            echo(f'"{entry}" under private of {plan.path.name} hides nothing.', err=True)
    compared = _compare(*plans, stage)
    if as_json:
        echo(json.dumps(as_data(compared), indent=1, ensure_ascii=False))
        if not out:
            return 0
    if out is None or out == STANDARD_OUTPUT:
        sys.stdout.write(_markdown(compared, today))
        return 0
    target = Path(out)
    match target.suffix.lower():
        case ".docx":
            content = _word(compared, stage, today)
        case ".md":
            content = _markdown(compared, today).encode()
        case _:
            raise click.UsageError(f'"{target.name}" should end in .docx or .md.')
    write_whole(target, content)
    echo(f"Written: {target}", err=as_json)
    return 0


def as_data(compared: Comparison) -> dict[str, Any]:
    """Return the comparison as plain data, the contract of `compare --json`."""
    found = asdict(compared.found)
    return {
        "old": str(compared.old.path),
        "new": str(compared.new.path),
        "changed": bool(compared.found.answers),
        **found,
        "requirements": [asdict(row) for row in compared.requirements],
        "sections": [asdict(row) for row in compared.sections],
    }


def _named(plan: Desk) -> str:
    """The plan as readers know it: a modification by its number, another by its program years."""
    facts = texts(plan.tree.get("plan"))
    if facts.get("kind") == "modification" and facts.get("number"):
        return prose.modification_called(facts["number"])
    first, count = facts.get("first_program_year", ""), facts.get("program_years", "")
    if not (first.isdigit() and count.isdigit()):
        return plan.path.stem
    return f"the PY {first} to {int(first) + int(count) - 1} plan"


def _compare(old: Desk, new: Desk, stage: Stage) -> Comparison:
    before, after = side_by_side(old.tree, new.tree)
    if stage != "working":
        before = published(before, old.questions).tree
        after = published(after, new.questions).tree
    found = changes(before, after, _headings(old) | _headings(new))
    return Comparison(
        old, new, before, after, found,
        by_requirement(load_law().requirements, found, before, after),
        by_section(new.questions, found, before, after),
    )  # fmt: skip


def _headings(plan: Desk) -> dict[str, str]:
    """The heading under which the plan prints each text."""
    fills = plan.questions.by_fills()
    return {path: each.heading for path, each in fills.items() if path.startswith("narratives.")}


def _markdown(compared: Comparison, today: date) -> str:
    from localplan.document.markdown import to_markdown  # noqa: PLC0415 (heavy)

    return to_markdown(_report(compared, today))


def _report(compared: Comparison, today: date) -> Document:
    from localplan.document.compared.changereport import (  # noqa: PLC0415 (heavy)
        change_report,
        in_words,
    )
    from localplan.document.numbering import numbered  # noqa: PLC0415 (heavy)

    board = compared.new.tree.get("board")
    name = board.get("name", "") if isinstance(board, dict) else ""
    found = in_words(compared.found, compared.before, compared.after, _asked(compared))
    blocks = change_report(compared.title, found, compared.requirements, compared.sections)
    return numbered(Document(compared.title, str(name), blocks, date=today.isoformat()))


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


def _word(compared: Comparison, stage: Stage, today: date) -> bytes:
    from localplan.document.assemble import Drafting, assemble  # noqa: PLC0415 (heavy)
    from localplan.document.blocks import PageBreak  # noqa: PLC0415
    from localplan.document.compared.redline import redline  # noqa: PLC0415 (heavy)
    from localplan.document.docx import write_compared  # noqa: PLC0415 (heavy)
    from localplan.document.numbering import numbered  # noqa: PLC0415 (heavy)

    drafting = Drafting(today=today, stage=stage)
    old, new = (
        numbered(assemble(tree, plan.questions, drafting))
        for plan, tree in ((compared.old, compared.before), (compared.new, compared.after))
    )
    report = _report(compared, today)
    whole = redline(old, new).behind((*_with_contents(report.blocks), PageBreak()))
    document = replace(
        new, title=report.title, blocks=whole.blocks, status="Comparison", watermark=""
    )
    return write_compared(document, whole.marks, AUTHOR)
