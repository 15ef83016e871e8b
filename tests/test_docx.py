"""The Word file says what the document says, and holds what readers and reviewers need."""

import struct
from dataclasses import replace
from pathlib import Path

import pytest
from helpers_docx import W, body_of, document_of, paragraphs_of, part_of, words_of, written
from lxml import etree
from sample_document import SVG, png, sample_document, wide_table
from validators import audit_problems, sdk_problems
from word_invariants import outline

from localplan.document.anchors import anchor_name, anchors_of, regions_of
from localplan.document.blocks import (
    Boundary,
    Callout,
    Cell,
    Column,
    Contents,
    Document,
    Figure,
    Gap,
    Heading,
    ListBlock,
    PageBreak,
    Paragraph,
    Run,
    Table,
)
from localplan.document.docx import write_docx, write_docx_for_pdf
from localplan.document.docx.body import picture_size
from localplan.document.docx.tables import column_widths

HEADING = Heading(2, (Run("A shared vision"),))
ANSWER = Paragraph((Run("We share one."),))


def _text(words: str) -> Paragraph:
    return Paragraph((Run(words),))


def test_every_kind_of_block_passes_the_public_validators(tmp_path: Path) -> None:
    made = written(sample_document())
    assert audit_problems(made, tmp_path) == []
    assert sdk_problems(made, tmp_path) == []


def test_the_same_document_gives_the_same_bytes() -> None:
    assert write_docx(sample_document()) == write_docx(sample_document())


def test_an_answer_is_headed_by_a_locked_bookmarked_heading() -> None:
    made = written(document_of(Heading(1, (Run("C"),)), Boundary("a.b", "answer"), HEADING, ANSWER))
    name = anchor_name("a.b")
    lines = outline(made).splitlines()
    assert lines[1:] == [
        f"Heading2 | {name} | 1.1\u2002A shared vision",
        f"Normal | {name.replace('q', 'a', 1)} | We share one.",
    ]
    control = body_of(made).find(f".//{W}sdt")
    assert control is not None
    assert words_of(control) == "1.1\u2002A shared vision"
    lock = control.find(f"{W}sdtPr/{W}lock")
    assert lock is not None
    assert lock.get(W + "val") == "sdtContentLocked"


def test_a_quiet_lead_in_can_carry_the_anchor_too() -> None:
    head = Paragraph((Run("Staff"),), "runin")
    made = written(document_of(Boundary("a.b", "answer"), head, ANSWER))
    assert outline(made).startswith(f"RunIn | {anchor_name('a.b')} | Staff\nNormal | _lpa_")


def test_an_answer_without_a_head_carries_both_bookmarks_itself() -> None:
    made = written(document_of(Boundary("a.b", "answer"), ANSWER))
    name = anchor_name("a.b")
    assert outline(made) == f"Normal | {name} {name.replace('q', 'a', 1)} | We share one.\n"


def test_an_empty_answer_lends_its_bookmark_to_nobody() -> None:
    made = written(
        document_of(
            Boundary("a.b", "answer"),
            Paragraph((Run("Staff"),), "runin"),
            Boundary("x", "passage", ("a.b",)),
            ANSWER,
        )
    )
    assert "_lpa_" not in outline(made)
    assert "Normal | _lpg_" in outline(made)


def test_the_map_of_anchors_names_every_bookmark_in_the_file() -> None:
    document = sample_document()
    shown = outline(written(document))
    regions = regions_of(document)
    assert all(region.name in shown for region in regions)
    assert len({region.name for region in regions}) == len(regions)
    assert anchors_of(document)["partners.mesa.name"].startswith("_lpc_")


def test_a_path_printed_twice_gets_two_names_and_the_map_gives_the_first() -> None:
    document = document_of(*(Boundary("a.b", "answer"), ANSWER) * 2)
    assert [region.name for region in regions_of(document)] == [
        anchor_name("a.b"),
        anchor_name("a.b") + "_2",
    ]
    assert anchors_of(document) == {"a.b": anchor_name("a.b")}
    written(document)


@pytest.mark.parametrize(
    "typed",
    [
        "& < > \" '",
        "{{ x }} {% y %}",
        "]]>",
        "a\x00b\x0b\x1fc",
        "\U0001f600\u05e9\u202e",
        "\ud800x",
    ],
)
def test_typed_text_stays_text_wherever_it_is_printed(typed: str) -> None:
    said = "".join(letter for letter in typed if letter not in "\x00\x0b\x1f\ud800")
    document = document_of(
        Heading(1, (Run(typed),)),
        Callout(typed, (_text(typed),)),
        Gap(typed, typed, typed, typed),
        ListBlock(((_text(typed),),)),
        Table(
            (Column((Run(typed),)),),
            ((Cell((Run(typed, link="https://x.example/?a=1&b=<2>"),), path=typed),),),
            caption=typed,
            source=typed,
            description=typed,
        ),
        Figure(typed, typed, SVG, png(), source=typed),
        Boundary(typed, "answer"),
        Paragraph((Run(typed),), "runin"),
        title=typed,
        board=typed,
        status=typed,
        footer=typed,
        watermark=typed,
        draft_id=typed,
    )
    made = written(document)
    assert words_of(body_of(made)).count(said) == 15
    assert said in words_of(etree.fromstring(part_of(made, "word/header-portrait.xml")))


def test_line_breaks_and_tabs_are_kept() -> None:
    made = written(document_of(_text("a\nb\tc")))
    assert paragraphs_of(made) == [("Normal", "a\nb\tc")]


def test_a_gap_is_easy_to_search_for() -> None:
    made = written(document_of(Gap("Name the partners.", "Reviewers ask.", "Ana", "December 5")))
    said = "To do: Name the partners.\nReviewers ask.\nOwner: Ana · Due: December 5"
    assert paragraphs_of(made) == [("Gap", said)]


def test_each_numbered_list_starts_afresh() -> None:
    one = ListBlock(((_text("a"),), (_text("b"),)), ordered=True)
    made = written(document_of(one, _text("x"), one, ListBlock(((_text("c"),),), True, 4)))
    numbers = [str(e.get(W + "val")) for e in body_of(made).iter(W + "numId")]
    assert numbers == ["2", "2", "3", "3", "4"]
    assert b'w:startOverride w:val="4"' in part_of(made, "word/numbering.xml")


def test_a_wide_table_lies_on_its_side_together_with_its_heading() -> None:
    heading = Heading(1, (Run("Performance"),))
    made = written(document_of(_text("Before."), PageBreak(), heading, wide_table(), _text("On.")))
    body = body_of(made)
    sizes = [size.get(W + "orient") for size in body.iter(W + "pgSz")]
    assert sizes == [None, "landscape"]
    first = body.find(f"{W}p")
    assert first is not None
    assert words_of(first) == "Before."
    assert first.find(f"{W}pPr/{W}sectPr") is not None
    assert body.find(f".//{W}pageBreakBefore") is None


def test_the_page_turns_back_after_a_wide_table() -> None:
    after = (Heading(1, (Run("Next"),)), _text("More."))
    made = written(document_of(Heading(1, (Run("P"),)), wide_table(), *after))
    sizes = [size.get(W + "orient") for size in body_of(made).iter(W + "pgSz")]
    assert sizes == ["landscape", None]


def test_a_page_break_is_a_property_of_what_follows() -> None:
    made = written(document_of(_text("a"), PageBreak(), PageBreak(), _text("b")))
    assert len(list(body_of(made).iter(W + "pageBreakBefore"))) == 1


def test_no_space_stands_between_a_table_and_the_page_break_after_it() -> None:
    table = Table((Column((Run("A"),)),), ((Cell((Run("1"),)),),))
    after = (PageBreak(), Boundary("a.b", "answer"), Heading(1, (Run("Next"),)))
    styles = [style for style, _ in paragraphs_of(written(document_of(table, *after)))]
    assert styles == ["TableHead", "TableText", "Heading1"]


def test_contents_link_to_headings_and_never_ask_to_be_updated() -> None:
    made = written(
        document_of(
            Heading(1, (Run("Contents"),), listed=False, numbered=False),
            Contents(depth=1),
            Heading(1, (Run("Partnership"),)),
            Heading(2, (Run("Vision"),)),
        )
    )
    assert [words for style, words in paragraphs_of(made) if style == "TOC1"] == [
        "1\u2002Partnership"
    ]
    assert b"updateFields" not in part_of(made, "word/settings.xml")


def test_a_chapter_in_the_contents_stays_with_its_first_section() -> None:
    heads = [Heading(1, (Run("One"),)), Heading(1, (Run("Two"),)), Heading(2, (Run("Three"),))]
    body = body_of(written(document_of(Contents(), *heads)))
    listed = [
        one
        for one in body.iter(W + "p")
        if one.find(f"{W}pPr/{W}pStyle[@{W}val='TOC1']") is not None
    ]
    assert [one.find(f"{W}pPr/{W}keepNext") is not None for one in listed] == [False, True]


def test_the_pdf_variant_asks_for_page_numbers() -> None:
    blocks = (Contents(), Heading(1, (Run("Partnership"),)))
    made = write_docx_for_pdf(document_of(*blocks))
    assert b"PAGEREF _Toc000000001" in part_of(made, "word/document.xml")


def test_captions_can_be_counted_by_word_and_links_to_them_work() -> None:
    table = Table((Column((Run("A"),)),), ((Cell((Run("1"),)),),), caption="Levels", label="levels")
    made = written(document_of(Paragraph((Run("", link="#levels"),)), table))
    body = part_of(made, "word/document.xml")
    assert b"SEQ Table" in body
    assert paragraphs_of(made)[:2] == [("Normal", "Table 1"), ("Caption", "Table 1. Levels")]


def test_a_short_row_is_filled_and_a_form_has_no_head_row() -> None:
    form = Table((Column(()), Column(())), ((Cell((Run("Name"),)),),), head=False)
    body = body_of(written(document_of(form)))
    assert len(list(body.iter(W + "tc"))) == 2
    assert body.find(f".//{W}tblHeader") is None


def test_a_row_stays_whole_unless_it_is_taller_than_a_third_of_a_page() -> None:
    items = tuple((Paragraph((Run(f"Figure {number}"),)),) for number in range(30))
    tall, short = Cell((), "", (ListBlock(items),)), Cell((Run("Figure"),))
    body = body_of(written(document_of(Table((Column((Run("A"),)),), ((tall,), (short,))))))
    rows = list(body.iter(W + "tr"))
    assert [row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows] == [True, False, True]
    assert rows[1].find(f".//{W}keepNext") is None


def test_a_sentence_that_leads_to_a_list_stays_with_it() -> None:
    items = ListBlock(((_text("one"),), (_text("two"),)))
    body = body_of(written(document_of(_text("In two ways:"), items, _text("Done."), items)))
    kept = [words_of(one) for one in body.iter(W + "p") if one.find(f".//{W}keepNext") is not None]
    assert kept == ["In two ways:"]


def test_a_list_ends_like_a_paragraph() -> None:
    items = ListBlock(((_text("one"),), (_text("two"),)))
    body = body_of(written(document_of(items, _text("Done."))))
    parted = [
        words_of(one) for one in body.iter(W + "p") if one.find(f"{W}pPr/{W}spacing") is not None
    ]
    assert parted == ["two"]


def test_rows_of_a_dense_table_stand_closer() -> None:
    table = Table((Column((Run("A"),)),), ((Cell((Run("1"),)),),), dense=True)
    body = body_of(written(document_of(table)))
    assert body.find(f".//{W}tblPr/{W}tblCellMar/{W}top") is not None


def test_a_chapter_stands_apart_from_what_is_above_it_on_its_page() -> None:
    chapters = [Heading(1, (Run(name),)) for name in ("One", "Two", "Three")]
    made = written(document_of(chapters[0], chapters[1], PageBreak(), chapters[2]))
    above = [
        paragraph.find(f"{W}pPr/{W}spacing") is not None
        for paragraph in body_of(made).iter(W + "p")
    ]
    assert above == [False, True, False]


def test_widths_add_up_and_follow_shares_where_they_differ() -> None:
    even = Table((Column((Run("A"),)), Column((Run("B" * 50),))), ())
    shared = Table((Column((), share=1.0), Column((), share=3.0)), ())
    assert sum(column_widths(even, 9360)) == sum(column_widths(shared, 9360)) == 9360
    assert column_widths(shared, 9360) == [2340, 7020]
    narrow, wide = column_widths(even, 9360)
    assert wide > narrow


def test_forty_columns_still_fit_the_page() -> None:
    table = Table((Column((Run("Performance"),)),) * 40, ((Cell((Run("64.5"),)),) * 40,))
    assert sum(column_widths(table, 9360)) == 9360
    written(document_of(table))


def test_a_figure_carries_its_svg_its_png_and_its_description() -> None:
    made = written(document_of(Figure("Map", "What the map shows", SVG, png())))
    assert part_of(made, "word/media/image1.png") == png()
    assert part_of(made, "word/media/image2.svg") == SVG.encode()
    assert b'descr="What the map shows"' in part_of(made, "word/document.xml")


def test_a_tall_picture_still_fits_its_page() -> None:
    made = written(document_of(Figure("", "Tall", png=png(100, 900))))
    assert b'cy="7315200"' in part_of(made, "word/document.xml")


def test_a_picture_that_cannot_be_read_is_described() -> None:
    made = written(document_of(Figure("", "The area", png=b"GIF89a")))
    assert paragraphs_of(made) == [("Note", "[Picture: The area]")]


def test_the_size_of_a_jpeg_is_found_behind_its_other_parts() -> None:
    app = b"\xff\xe0" + struct.pack(">H", 6) + b"JFIF"
    frame = b"\xff\xc0" + struct.pack(">HBHH", 17, 8, 200, 300) + b"\x03"
    assert picture_size(b"\xff\xd8" + app + frame) == (300, 200)
    assert picture_size(b"\xff\xd8" + app) is None


def test_the_draft_is_named_in_two_places_that_survive_saving() -> None:
    made = written(document_of(ANSWER, draft_id="d-7", fingerprint="ab12"))
    assert b"<dc:identifier>d-7</dc:identifier>" in part_of(made, "docProps/core.xml")
    assert b"<vt:lpwstr>d-7</vt:lpwstr>" in part_of(made, "docProps/custom.xml")


def test_the_watermark_is_on_every_kind_of_page() -> None:
    made = written(document_of(ANSWER, watermark="DRAFT"))
    for kind in ("portrait", "landscape", "cover"):
        assert b'string="DRAFT"' in part_of(made, f"word/header-{kind}.xml")


def test_a_long_name_of_the_board_has_a_line_of_the_header_to_itself() -> None:
    board = "Anaheim, Orange County and Santa Ana Workforce Development Boards"
    title = "Unified Local Plan, Program Years 2025 to 2028"
    named = replace(document_of(_text("a")), board=board, title=title, status="Working draft 1")
    header = etree.fromstring(part_of(written(named), "word/header-portrait.xml"))
    assert words_of(header).startswith(f"{board}\n{title} \N{MIDDLE DOT} Working draft 1")


def test_a_header_breaks_between_names_and_never_inside_a_date() -> None:
    board = "Sierra Valley and North Foothill Workforce Development Boards"
    title = "Local Workforce Plan, Program Years 2025 to 2028"
    status = "Draft for public comment, open until February 9, 2027 (draft 1, December 1, 2026)"
    named = replace(document_of(_text("a")), board=board, title=title, status=status)
    header = etree.fromstring(part_of(written(named), "word/header-portrait.xml"))
    assert words_of(header).startswith(f"{board}\n{title}\n{status}")


def test_a_long_status_takes_a_line_of_its_own_in_the_header() -> None:
    made = written(document_of(ANSWER, status="Draft for public comment " * 4))
    assert b"<w:br/>" in part_of(made, "word/header-portrait.xml")


def test_an_empty_document_is_still_a_document() -> None:
    assert paragraphs_of(write_docx(Document("Plan", "Board", ()))) == [("AfterTable", "")]
