"""Headings, tables and figures are numbered, and links find them."""

from localplan.document.blocks import (
    Callout,
    Cell,
    Column,
    Document,
    Figure,
    Heading,
    Paragraph,
    Run,
    Table,
)
from localplan.document.numbering import numbered


def _numbers(*headings: Heading) -> list[str]:
    made = numbered(Document("Plan", "Board", headings)).blocks
    return [block.number for block in made if isinstance(block, Heading)]


def _heading(level: int, **known: object) -> Heading:
    return Heading(level, (Run("x"),), **known)  # type: ignore[arg-type]


def test_headings_count_within_the_heading_above() -> None:
    levels = (1, 2, 2, 3, 1, 2, 4)
    assert _numbers(*map(_heading, levels)) == ["1", "1.1", "1.2", "1.2.1", "2", "2.1", ""]


def test_an_unnumbered_chapter_leaves_the_count_alone_and_its_sections_bare() -> None:
    made = _numbers(_heading(1), _heading(1, numbered=False), _heading(2), _heading(1))
    assert made == ["1", "", "", "2"]


def test_a_number_given_beforehand_is_kept_and_heads_its_sections() -> None:
    assert _numbers(_heading(1), _heading(1, number="A"), _heading(2)) == ["1", "A", "A.1"]


def test_tables_and_figures_with_a_caption_are_counted_apart() -> None:
    table = Table((Column(()),), (), caption="One")
    inside = Callout("", (Table((Column(()),), (), caption="Two"),))
    figure = Figure("Map", "A map")
    made = numbered(Document("Plan", "Board", (table, figure, inside))).blocks
    assert isinstance(made[0], Table)
    assert isinstance(made[1], Figure)
    assert isinstance(made[2], Callout)
    inner = made[2].blocks[0]
    assert isinstance(inner, Table)
    assert (made[0].number, made[1].number, inner.number) == ("Table 1", "Figure 1", "Table 2")


def test_a_link_without_words_prints_what_it_points_at() -> None:
    link = Run("", link="#levels")
    cell = Table((Column((link,)),), ((Cell((link,)),),))
    target = Table((Column(()),), (), caption="Levels", label="levels")
    made = numbered(Document("Plan", "Board", (Paragraph((link,)), cell, target))).blocks
    shown = Run("Table 1", link="#levels")
    assert made[0] == Paragraph((shown,))
    assert isinstance(made[1], Table)
    assert made[1].columns[0].head == made[1].rows[0][0].text == (shown,)


def test_a_link_to_nowhere_becomes_plain_text() -> None:
    made = numbered(Document("Plan", "Board", (Paragraph((Run("there", link="#gone"),)),)))
    assert made.blocks == (Paragraph((Run("there"),)),)
