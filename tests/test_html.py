"""The web page stands alone, says what the document says, and can be read by anyone."""

import re
from itertools import pairwise

from helpers_docx import document_of
from lxml import html
from sample_document import SVG, png, sample_document

from localplan.document.anchors import anchor_name, label_name
from localplan.document.blocks import (
    Boundary,
    Callout,
    Cell,
    Column,
    Contents,
    Figure,
    Gap,
    Heading,
    Paragraph,
    Run,
    Table,
)
from localplan.document.html import to_html


def _page(*blocks: object, **known: str) -> html.HtmlElement:
    return html.fromstring(to_html(document_of(*blocks, **known)))  # type: ignore[arg-type]


def test_the_page_needs_nothing_beside_itself() -> None:
    page = to_html(sample_document())
    assert not re.search(r"<script|<link|@import|\ssrc=\"(?!data:)", page)


def test_the_page_has_a_language_a_title_landmarks_and_a_way_past_them() -> None:
    page = html.fromstring(to_html(sample_document()))
    assert page.get("lang") == "en-US"
    assert page.findtext(".//title") == (
        "Local Workforce Plan - Mesa Verde Workforce Development Board"
    )
    landmarks = ("header", "main", "footer", "nav")
    assert [len(page.findall(f".//{tag}")) for tag in landmarks] == [1] * 4
    assert '<a class="skip" href="#plan">' in to_html(sample_document())


def test_there_is_one_main_heading_and_no_level_is_skipped() -> None:
    page = html.fromstring(to_html(sample_document()))
    levels = [int(e.tag[1]) for e in page.iter("h1", "h2", "h3", "h4", "h5", "h6")]
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_a_document_without_a_title_page_still_has_a_main_heading() -> None:
    assert _page(Paragraph((Run("x"),))).findtext(".//h1") == "Local Plan"


def test_every_link_within_the_page_leads_somewhere() -> None:
    page = html.fromstring(to_html(sample_document()))
    places = {element.get("id") for element in page.iter() if element.get("id")}
    links = {str(a.get("href")) for a in page.iter("a") if a.get("href")}
    inner = {link[1:] for link in links if link.startswith("#")}
    assert inner
    assert inner <= places


def test_a_table_has_a_caption_and_scopes() -> None:
    cells = (Cell((Run("Adult"),), path="metrics.a.level"), Cell((Run("64.0"),)))
    columns = (Column((Run("Program"),)), Column((Run("Level"),), "right"))
    page = _page(Table(columns, (cells,), caption="Levels", label="levels", source="State"))
    assert page.find(".//caption").text_content() == "Table 1. Levels"
    assert [th.get("scope") for th in page.iter("th")] == ["col", "col", "row"]
    assert page.find(".//td").get("class") == "right"
    assert page.find(f".//a[@id='{label_name('levels')}']") is not None


def test_a_figure_wider_than_a_phone_scrolls_by_keyboard_and_has_a_name() -> None:
    page = to_html(document_of(Figure("The pathway", "Entry, then exits", SVG, png())))
    assert '<div class="wide" role="group" aria-label="The pathway" tabindex="0">' in page


def test_boxes_of_the_same_title_are_no_landmarks() -> None:
    box = Callout("Guiding questions", (Paragraph((Run("Who?"),)),))
    page = to_html(document_of(box, box))
    assert page.count('role="note" aria-label="Guiding questions"') == 2
    assert "<aside" not in page


def test_a_figure_is_drawn_in_the_page_with_its_title_and_description() -> None:
    figure = Figure("The pathway", "Entry, steps <and> exits", SVG, png())
    twice = to_html(document_of(figure, figure))
    page = html.fromstring(twice)
    drawn = page.findall(".//svg")
    assert [svg.get("role") for svg in drawn] == ["img", "img"]
    assert drawn[0].findtext("title") == "The pathway"
    assert drawn[0].findtext("desc") == "Entry, steps <and> exits"
    assert 'id="figure-1-arrow"' in twice
    assert 'id="figure-2-arrow"' in twice


def test_a_picture_of_the_boards_carries_its_alt_text() -> None:
    picture = _page(Figure("", "The area", png=png())).find(".//img")
    assert picture.get("alt") == "The area"
    assert picture.get("src").startswith("data:image/png;base64,")


def test_a_picture_that_is_missing_is_described() -> None:
    assert "The area" in _page(Figure("", "The area")).text_content()


def test_contents_nest_by_level() -> None:
    one, two, three = (Heading(n, (Run(words),)) for n, words in ((1, "A"), (2, "B"), (1, "C")))
    page = _page(Contents(), one, two, three)
    nav = page.find(".//nav")
    assert [a.text_content() for a in nav.iter("a")] == ["1 A", "1.1 B", "2 C"]
    assert len(nav.findall("ul/li")) == 2
    assert nav.find("ul/li/ul/li/a").text == "1.1 B"


def test_an_answer_can_be_found_by_its_anchor() -> None:
    page = _page(Boundary("a.b", "answer"), Heading(1, (Run("A"),)))
    assert page.find(f".//h2/a[@id='{anchor_name('a.b')}']") is not None


def test_a_gap_can_be_searched_for_and_a_draft_says_so() -> None:
    page = _page(Gap("Name them.", "Why.", "Ana", "May 1"), watermark="DRAFT")
    assert page.find(".//p[@class='gap']").text_content().startswith("To do: Name them.")
    assert page.find(".//p[@class='mark']").text == "DRAFT"


def test_typed_text_and_addresses_cannot_leave_their_place() -> None:
    odd = "</p><script>alert(1)</script>\"'&amp;"
    link = Run(odd, link='https://a.example/"onmouseover="x')
    page = _page(Paragraph((Run(odd), link, Run("x", link="javascript:alert(1)"))), title=odd)
    assert page.find(".//script") is None
    assert [a.get("onmouseover") for a in page.iter("a")] == [None, None]
    assert page.find(".//main").text_content().count(odd) == 3
