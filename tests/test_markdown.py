"""The Markdown reads like the plan and other programs read it the same way."""

from helpers_docx import document_of
from markdown_it import MarkdownIt
from sample_document import sample_document

from localplan.document.blocks import (
    Callout,
    Cell,
    Column,
    Contents,
    Figure,
    Gap,
    Heading,
    ListBlock,
    Paragraph,
    Run,
    Table,
)
from localplan.document.markdown import to_markdown


def _text(words: str) -> Paragraph:
    return Paragraph((Run(words),))


def _written(*blocks: object) -> str:
    return to_markdown(document_of(*blocks, title=""))  # type: ignore[arg-type]


def test_headings_carry_their_numbers_below_the_title() -> None:
    made = to_markdown(document_of(Heading(1, (Run("A"),)), Heading(2, (Run("B"),))))
    assert made == "# Local Plan\n\n## 1 A\n\n### 1.1 B\n"


def test_bold_italic_links_and_line_breaks_are_marked() -> None:
    runs = (Run("Who ", bold=True), Run("is", italic=True), Run(" x", link="https://a.example"))
    made = _written(Paragraph((*runs, Run("\nnext"))))
    assert made == "**Who** *is*[ x](<https://a.example>)\\\nnext\n"


def test_typed_marks_are_escaped() -> None:
    assert _written(_text("# a *b* <c> &amp; d_e")) == "\\# a \\*b\\* \\<c> \\&amp; d\\_e\n"
    assert _written(_text("1. x")) == "1\\. x\n"
    assert _written(_text("Smith & Sons")) == "Smith & Sons\n"


def test_lists_nest_and_keep_their_numbers() -> None:
    inner = ListBlock(((_text("b"),),))
    made = _written(ListBlock(((_text("a"), inner), (_text("c"),)), True, 4))
    assert made == "4. a\n   - b\n5. c\n"


def test_a_table_holds_pipes_and_paragraphs_in_its_cells() -> None:
    blocks = (_text("one"), _text("two"))
    rows = ((Cell((Run("a|b"),)), Cell((), blocks=blocks)), (Cell((Run("short"),)),))
    columns = (Column((Run("A"),)), Column((Run("B"),), "right"))
    made = _written(Table(columns, rows, caption="Levels", source="State"))
    assert made == (
        "**Table 1. Levels**\n\n| A | B |\n| --- | ---: |\n| a\\|b | one<br>two |\n"
        "| short |  |\n\n*State*\n"
    )


def test_boxes_and_gaps_are_quotes() -> None:
    assert _written(Callout("Note", (_text("a"),))) == "> **Note**\n>\n> a\n"
    assert _written(Gap("Name them.", "", "Ana")) == "> **To do:** Name them.  \n> Owner: Ana\n"


def test_a_figure_gives_its_description_and_caption() -> None:
    assert _written(Figure("Map", "The area")) == "*Picture: The area*\n\n**Figure 1. Map**\n"


def test_contents_list_the_headings() -> None:
    made = _written(Contents(), Heading(1, (Run("A"),)), Heading(2, (Run("B"),), listed=False))
    assert made.startswith("- 1 A\n\n## 1 A")


def test_other_programs_read_every_table_of_a_plan_as_a_table() -> None:
    tokens = MarkdownIt("commonmark").enable("table").parse(to_markdown(sample_document()))
    assert sum(token.type == "table_open" for token in tokens) == 3
