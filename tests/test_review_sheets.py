"""What a partner fills into its sheet arrives as a contribution, also without the hidden anchors.

Programs that write a cell anew (python-docx among them) drop the bookmark that named it.
"""

from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from docx.table import Table
from review_helper import AS_OF, collected, moved_to, small_plan, tree_of

from localplan.cli.app import run
from localplan.plan.tree import get
from localplan.review.items import Item

RESOURCE = {"kind": "Staff", "what": "Two tutors", "amount": "50000", "source": "Grant"}


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    answers = small_plan(tmp_path_factory.mktemp("plan"))
    assert run(["share", str(answers), "--all", *AS_OF]) == 0
    return answers


@pytest.fixture
def answers(plan: Path, tmp_path: Path) -> Path:
    return moved_to(tmp_path, plan)


def filled(answers: Path, change: Callable[[list[Table]], None]) -> Path:
    """Return Mesa's copy with its forms (sheet, resources, sign-off) written by another program."""
    name = "Mesa Adult School"
    sent = answers.parent / "answers packets" / "draft 1" / name / f"Draft 1 for {name}.docx"
    document = docx.Document(str(sent))
    change(document.tables[-3:])
    target = answers.with_name("filled.docx")
    document.save(str(target))
    return target


def items_of(answers: Path, change: Callable[[list[Table]], None]) -> tuple[Item, ...]:
    return collected(answers, filled(answers, change)).review.items


def write(table: Table, row: int, *texts: str) -> None:
    """Write cells anew, from the last one of the row backwards."""
    cells = table.rows[row].cells
    for cell, text in zip(reversed(cells), reversed(texts), strict=False):
        cell.text = text


def test_every_row_of_the_sheet_is_known_by_its_label(answers: Path) -> None:
    def change(forms: list[Table]) -> None:
        for row in range(len(forms[0].rows)):
            write(forms[0], row, f"Answer {row}")

    fields = (
        "role",
        "responsibilities",
        "outcomes",
        *(f"contact.{n}" for n in ("name", "title", "email", "phone")),
    )
    assert {
        (item.kind, item.placement, item.path, item.text) for item in items_of(answers, change)
    } == {
        ("contribution", "uncertain", f"partners.mesa.{field}", f"Answer {row}")
        for row, field in enumerate(fields)
    }


@pytest.mark.parametrize("row", [-3, -2, -1])
def test_a_row_for_something_new_is_one_contribution_wherever_it_stands(
    answers: Path, row: int
) -> None:
    (item,) = items_of(answers, lambda forms: write(forms[1], row, *RESOURCE.values()))
    assert (item.kind, item.placement, item.values) == ("contribution", "uncertain", RESOURCE)
    assert item.path == f"partners.mesa.resources.new-{row + 4}"


def test_a_row_added_below_the_empty_ones_is_a_contribution_too(answers: Path) -> None:
    def change(forms: list[Table]) -> None:
        forms[1].add_row()  # type: ignore[no-untyped-call]
        write(forms[1], -1, *RESOURCE.values())

    (item,) = items_of(answers, change)
    assert (item.kind, item.values) == ("contribution", RESOURCE)
    assert item.path == "partners.mesa.resources.new-4"


def test_what_was_filled_in_without_anchors_can_be_accepted(answers: Path) -> None:
    copy = filled(answers, lambda forms: write(forms[1], -3, *RESOURCE.values()))
    assert run(["collect", str(answers), str(copy), *AS_OF]) == 0
    assert run(["resolve", str(answers), "1", "--accept"]) == 0
    resources = get(tree_of(answers), "partners.mesa.resources")
    assert isinstance(resources, list)
    assert resources[-1] == {"id": "shared-1", **RESOURCE, "kind": "staff"}


def test_a_changed_row_stays_the_record_it_was(answers: Path) -> None:
    changed = ("Space", "Six classrooms", "38000", "School district")
    (item,) = items_of(answers, lambda forms: write(forms[1], 1, *changed))
    assert (item.path, item.base, item.text) == (
        "partners.mesa.resources.rooms.what", "Four classrooms", "Six classrooms",
    )  # fmt: skip


def test_a_sign_off_written_by_another_program_is_a_sign_off(answers: Path) -> None:
    def change(forms: list[Table]) -> None:
        write(forms[2], 0, "yes")
        write(forms[2], 2, "Ana")

    (item,) = items_of(answers, change)
    assert (item.kind, item.placement) == ("sign-off", "uncertain")
    assert item.values == {"agrees": "yes", "name": "Ana"}


def test_an_empty_row_that_someone_took_out_is_nothing_to_decide(answers: Path) -> None:
    def change(forms: list[Table]) -> None:
        table = forms[0]._tbl  # noqa: SLF001 (python-docx removes no rows)
        table.remove(table.tr_lst[-1])
        write(forms[0], 0, "Another role")

    (item,) = items_of(answers, change)
    assert item.path == "partners.mesa.role"


def test_a_sheet_with_its_anchors_is_sure(answers: Path) -> None:
    def change(forms: list[Table]) -> None:
        for column, text in enumerate(RESOURCE.values()):
            forms[1].rows[-1].cells[column].paragraphs[0].add_run(text)

    (item,) = items_of(answers, change)
    assert (item.placement, item.values) == ("sure", RESOURCE)
