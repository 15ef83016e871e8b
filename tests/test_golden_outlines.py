"""The crosswalks and two State outlines of the complete example, line by line as they were agreed.

After a change that is meant: pytest --update-golden
"""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeAlias

import pytest
from outlines import elements, in_order_of, opened

from localplan.document.blocks import Boundary, Document, Heading, Table, words
from localplan.document.numbering import numbered
from localplan.document.proof.appendices import with_proof

Agrees: TypeAlias = Callable[[str, str], None]


def lines(found: Iterable[str]) -> str:
    return "\n".join(found) + "\n"


def skeleton(document: Document) -> Iterator[str]:
    """Every heading, and beneath it the answers, passages and tables in their order."""
    for block in numbered(document).blocks:
        match block:
            case Heading():
                yield f"{'  ' * (block.level - 1)}{block.number} {words(block)}".rstrip()
            case Boundary() if block.kind != "heading":
                yield f"        {block.kind}: {block.path}"
            case _:
                pass


def crosswalk(document: Document, start: str) -> Iterator[str]:
    """Every row of the tables whose label begins with `start`: what, where, status."""
    for block in document.blocks:
        if isinstance(block, Table) and block.label.startswith(start):
            yield block.caption
            for row in block.rows:
                cells = ["".join(run.text for run in cell.text) for cell in row]
                what, *told = cells[:1] + cells[-2:] if len(cells) == 4 else cells
                yield f"  {' | '.join((what.split('. ')[0], *told))}"


@pytest.mark.parametrize("code", ["ca", "pa"])
def test_a_state_outline_of_the_complete_example_is_as_agreed(code: str, agrees: Agrees) -> None:
    agrees(f"outline-{code}.txt", lines(skeleton(in_order_of(code))))


@pytest.mark.parametrize("name", ["requirements", "crosswalk"])
def test_a_crosswalk_of_the_complete_example_is_as_agreed(name: str, agrees: Agrees) -> None:
    document = numbered(with_proof(elements(), opened("elements").checkup()))
    agrees(f"{name}.txt", lines(crosswalk(document, f"table-{name}-")))
