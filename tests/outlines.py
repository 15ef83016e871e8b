"""Documents of an example in one order or another, for tests."""

from datetime import date
from functools import cache
from pathlib import Path

from localplan.desk.desk import Desk, open_plan
from localplan.document.assemble import Drafting, assemble
from localplan.document.blocks import Document
from localplan.document.outline import outline_document
from localplan.knowledge.kinds import Stage
from localplan.resources import EXAMPLES

TODAY = date(2026, 11, 21)


@cache
def opened(outline: str, example: str = "complete") -> Desk:
    """An example with the outline it goes by."""
    return open_plan(EXAMPLES / f"{example}.yaml", today=TODAY, outline=outline)


@cache
def elements(stage: Stage = "working", example: str = "complete") -> Document:
    """The six-element plan of an example."""
    plan = opened("elements", example)
    return assemble(plan.tree, plan.questions, Drafting(TODAY, stage))


@cache
def in_order_of(code: str, stage: Stage = "working", example: str = "complete") -> Document:
    """The plan of an example in a State's order."""
    plan = opened(code, example)
    assert plan.state is not None
    drafted = assemble(plan.tree, plan.questions, Drafting(TODAY, stage))
    return outline_document(drafted, plan.state, plan.tree)


def outlined(folder: Path, text: str) -> Path:
    """A State file of one's own."""
    path = folder / "xx.yaml"
    path.write_text(text, encoding="utf-8")
    return path
