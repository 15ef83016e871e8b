"""What people type becomes blocks, and only what they meant becomes structure."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from review_helper import AS_OF, small_plan

from localplan.cli.app import run
from localplan.document.blocks import Figure, Heading, ListBlock, Paragraph, Run, Table
from localplan.document.markup import (
    clean,
    escape,
    parse,
    parse_fully,
    parse_inline,
    parse_template,
)

_MARKS = st.text(alphabet="a1*_[]()!\\ \n\t-+.|:#>`&<;x\xa0", max_size=60)


def _said(text: str) -> str:
    return "".join(run.text for run in parse_inline(text))


def test_blank_lines_part_paragraphs_and_single_line_ends_join() -> None:
    assert parse("One\ntwo.\n\n\nThree.") == (
        Paragraph((Run("One two."),)),
        Paragraph((Run("Three."),)),
    )


def test_bold_italic_and_links_are_runs() -> None:
    assert parse_inline("**Who** is _it_? [Here](https://a.example)") == (
        Run("Who", bold=True),
        Run(" is "),
        Run("it", italic=True),
        Run("? "),
        Run("Here", link="https://a.example"),
    )


def test_two_spaces_or_a_backslash_at_a_line_end_break_the_line() -> None:
    assert parse("a  \nb\\\nc") == (Paragraph((Run("a\nb\nc"),)),)


def test_a_link_that_is_not_for_the_web_or_mail_stays_text() -> None:
    typed = "[x](javascript:alert(1)) [y](file:///etc/passwd) [z](#partners)"
    assert parse(typed) == (Paragraph((Run(typed),)),)


def test_headings_html_entities_code_and_rules_stay_what_was_typed() -> None:
    for typed in (
        "# of participants",
        "<b>x</b> &amp; &#35;",
        "`code`",
        "---",
        "> quoted",
        "    x",
    ):
        assert parse(typed) == (Paragraph((Run(typed.strip()),)),)


def test_lists_nest_and_keep_their_first_number() -> None:
    (block,) = parse("3. a\n4. b\n   - c\n\n     d")
    assert isinstance(block, ListBlock)
    assert (block.ordered, block.start, len(block.items)) == (True, 3, 2)
    inner = block.items[1][1]
    assert isinstance(inner, ListBlock)
    assert inner.items[0] == (Paragraph((Run("c"),)), Paragraph((Run("d"),)))


def test_nothing_is_lost_however_deep_a_list_nests() -> None:
    for deep in (12, 150, 700):
        typed = "".join(f"{'  ' * level}- item{level};\n" for level in range(deep))
        shown = str(parse(typed))
        assert all(f"item{level};" in shown for level in range(deep))


def test_a_pipe_table_keeps_alignment_and_a_cell_may_hold_a_pipe() -> None:
    (table,) = parse("| A | B |\n|---|--:|\n| x \\| y | **2** |")
    assert isinstance(table, Table)
    assert [column.align for column in table.columns] == ["left", "right"]
    assert [cell.text for cell in table.rows[0]] == [(Run("x | y"),), (Run("2", bold=True),)]


def test_a_table_pasted_from_a_spreadsheet_is_a_table_of_literal_text() -> None:
    (table,) = parse("Name\tFTE\nDelta *College*\t2\n")
    assert isinstance(table, Table)
    assert [cell.text for cell in table.rows[0]] == [(Run("Delta *College*"),), (Run("2"),)]


def test_a_picture_becomes_a_figure_with_its_alt_text_where_it_can_be_read() -> None:
    typed = 'Before ![Map of the area](map.png "The area")'
    paragraph, figure = parse(typed, pictures=lambda name: name.encode())
    assert paragraph == Paragraph((Run("Before"),))
    assert figure == Figure("The area", "Map of the area", png=b"map.png")
    assert parse(typed) == (Paragraph((Run("Before Map of the area"),)),)


def test_a_picture_outside_the_folder_is_never_asked_for() -> None:
    asked: list[str] = []

    def remember(name: str) -> None:
        asked.append(name)

    for address in ("../x.png", "/etc/x.png", "https://a.example/x.png", "file:x.png"):
        parse(f"![x]({address})", pictures=remember)
    assert asked in ([], ["https://a.example/x.png"])


def test_templates_may_hold_headings_and_links_to_labels() -> None:
    heading, paragraph = parse_template("## Shared *data*\n\nSee [](#table-3).")
    assert heading == Heading(2, (Run("Shared "), Run("data", italic=True)))
    assert paragraph == Paragraph((Run("See "), Run("", link="#table-3"), Run(".")))


@given(_MARKS)
def test_the_fast_way_reads_what_the_full_parser_reads(text: str) -> None:
    assert parse(text) == parse_fully(text)


@given(st.text(max_size=200))
def test_any_text_can_be_parsed(text: str) -> None:
    assert parse(text) == parse_fully(text)


@given(st.one_of(_MARKS, st.text(max_size=80)))
def test_an_escaped_value_never_becomes_structure(text: str) -> None:
    escaped = escape(text)
    blocks = parse_template(f"{escaped}\n\n| A |\n|---|\n| {escaped} |\n")
    expected = " ".join(clean(text).split())
    if not expected:
        return
    assert blocks[0] == Paragraph((Run(expected),))
    assert isinstance(blocks[1], Table)
    assert blocks[1].rows[0][0].text == (Run(expected),)


@pytest.mark.parametrize(
    "text", ["[" * 500, "![" * 500, "[a] " + "[ " * 9_999 + "**b**", "[" * 99 + "]" * 99]
)
def test_brackets_that_nobody_closes_stay_the_letters_that_were_typed(text: str) -> None:
    typed = text.strip()
    assert parse(text) == (Paragraph((Run(typed),)),)
    assert parse_inline(text) == (Run(typed),)
    (items,) = parse(f"- {text}")
    assert isinstance(items, ListBlock)
    assert items.items == ((Paragraph((Run(typed),)),),)


@pytest.mark.parametrize("ending", [".docx", ".html", ".md"])
def test_an_answer_full_of_brackets_is_printed_in_every_document(
    tmp_path: Path, ending: str
) -> None:
    answers = small_plan(tmp_path)
    for path in ("narratives.sector_need", "board.name", "partners.mesa.role"):
        assert run(["set", str(answers), path, "[" * 500]) == 0
    assert run(["draft", str(answers), "-o", str(tmp_path / f"draft{ending}"), *AS_OF]) == 0
    assert run(["check", str(answers), *AS_OF]) in {0, 3}
