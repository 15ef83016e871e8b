"""Pages are counted on the finished PDF, by its bookmarks."""

from pathlib import Path

import pytest
from outlines import TODAY, in_order_of, outlined

from localplan.desk.desk import open_plan
from localplan.document.blocks import Document, Heading, PageBreak, Paragraph, Run
from localplan.document.numbering import numbered
from localplan.document.outline import outline_document
from localplan.document.pages import has_page_limits, measured_pages, pages_in
from localplan.document.pdf import libreoffice
from localplan.knowledge.states import State, load_state, read_state
from localplan.resources import EXAMPLES

YY = """
id: yy
name: Yonder
title: Local plan of Yonder
as_of: "2026-11-21"
source: Yonder policy 1
sections:
  - number: "1"
    heading: Skills
    limit: {pages: 1}
    prompts:
      - {id: yy-a, number: "1.a", heading: Which skills, source: p, limit: {pages: 1},
         targets: [narratives.skills_needed]}
      - {id: yy-b, number: "1.b", heading: Which jobs, source: p,
         targets: [narratives.employer_needs]}
  - number: "2"
    heading: Water
    prompts:
      - {id: yy-c, number: "2.a", heading: Which water, source: p, targets: [one_stops]}
"""


@pytest.fixture
def yonder(tmp_path: Path) -> State:
    return read_state(outlined(tmp_path, YY))


def pdf_with(*marks: tuple[str, int, float]) -> bytes:
    """What the bookmarks of a PDF of three pages look like in the file."""
    lines = [b"<</Type/Pages /Kids[ 4 0 R 9 0 R 12 0 R ]>>"]
    for title, page, height in marks:
        name = title.encode("utf-16-be").hex().upper().encode()
        lines.append(b"/Title<FEFF%s>\n/Dest[%d 0 R/XYZ 72 %.1f 0]" % (name, page, height))
    return b"\n".join(lines)


def laid_out(state: State) -> Document:
    return outline_document(Document("Plan", "Board", ()), state, {})


def test_a_section_fills_the_pages_up_to_the_next_one(yonder: State) -> None:
    pdf = pdf_with(("1 Skills", 4, 720), ("1.a Which skills", 4, 720), ("2 Water", 12, 720))
    assert pages_in(pdf, numbered(laid_out(yonder)), yonder)["1"] == 2


def test_a_prompt_fills_a_part_of_a_page(yonder: State) -> None:
    pdf = pdf_with(
        ("1 Skills", 4, 720), ("1.a Which skills", 4, 720), ("1.b Which jobs", 9, 396),
        ("2 Water", 12, 720),
    )  # fmt: skip
    assert pages_in(pdf, numbered(laid_out(yonder)), yonder)["yy-a"] == 1.5


def test_the_last_section_ends_with_the_document(yonder: State) -> None:
    pdf = pdf_with(("1 Skills", 4, 720))
    assert pages_in(pdf, numbered(laid_out(yonder)), yonder)["1"] == 3


def test_what_the_pdf_does_not_name_is_not_measured(yonder: State) -> None:
    assert pages_in(b"%PDF", numbered(laid_out(yonder)), yonder) == {}


def test_only_a_state_with_page_limits_needs_measuring() -> None:
    assert has_page_limits(load_state("or"))
    assert not has_page_limits(load_state("ca"))


def test_a_measured_section_that_is_too_long_is_a_finding() -> None:
    plan = open_plan(EXAMPLES / "complete.yaml", today=TODAY, outline="or")
    plan.pages = {"1": 12.5}
    checkup = plan.checkup()
    found = next(item for item in checkup.findings if item.rule == "over-limit")
    assert "Limit: 10 pages. The answer fills 12.5 pages." in found.message


@pytest.mark.skipif(not libreoffice(), reason="LibreOffice is not installed")
def test_libreoffice_counts_the_pages_of_a_section(yonder: State) -> None:
    page = (Paragraph((Run("Words."),)), PageBreak())
    blocks = (
        Heading(1, (Run("Skills"),), number="1", label="outline-1"), *page, *page,
        Heading(1, (Run("Water"),), number="2", label="outline-2"),
    )  # fmt: skip
    assert measured_pages(Document("Plan", "Board", blocks), yonder)["1"] == 2


def test_the_limited_section_of_a_state_is_found_among_the_headings() -> None:
    headings = {block.label for block in in_order_of("or").blocks if isinstance(block, Heading)}
    assert "outline-1" in headings
