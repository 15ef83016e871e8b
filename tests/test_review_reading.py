"""What reviewers do to a draft in Word is read back under the right answer."""

from collections.abc import Callable
from pathlib import Path

import pytest
from review_helper import (
    DELETED,
    INSERTED,
    after_paragraph,
    chained,
    collected,
    copied,
    drafted,
    moved_to,
    paragraph_with,
    replaced,
    run_of,
    small_plan,
    split_at,
    with_parts,
    without_anchors,
    without_paragraph,
)

from localplan.review.items import Item
from localplan.review.returned import read_returned

VISION = "narratives.partnership_vision"
GOVERNANCE = "narratives.partnership_governance"


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    answers = small_plan(tmp_path_factory.mktemp("plan"))
    drafted(answers)
    return answers


@pytest.fixture
def items(plan: Path, tmp_path: Path) -> Callable[..., tuple[Item, ...]]:
    """Return what a change of the draft's text part comes back as."""

    def found(*changes: Callable[[str], str]) -> tuple[Item, ...]:
        answers = moved_to(tmp_path, plan)
        copy = copied(answers.with_name("draft.docx"), chained(*changes))
        done = collected(answers, copy)
        assert not done.reports[0].problem, done.reports[0].problem
        return done.review.items

    return found


def test_a_copy_without_any_change_brings_nothing(items: Callable[..., tuple[Item, ...]]) -> None:
    assert items(lambda text: text) == ()


def test_a_copy_without_anchors_and_changes_brings_nothing(
    items: Callable[..., tuple[Item, ...]],
) -> None:
    assert items(without_anchors) == ()


def test_an_untracked_edit_is_seen_by_comparison(items: Callable[..., tuple[Item, ...]]) -> None:
    (item,) = items(replaced("decides by consensus", "decides by simple majority"))
    assert (item.kind, item.path, item.placement) == ("edit", GOVERNANCE, "sure")
    assert item.text == (
        "A joint committee decides by simple majority and votes when consensus fails twice."
    )
    assert item.changes == ("changed without tracking",)


def test_tracked_changes_keep_their_author_and_date(
    items: Callable[..., tuple[Item, ...]],
) -> None:
    middle = DELETED.format(run_of("consensus", deleted=True)) + INSERTED.format(run_of("lot"))
    (item,) = items(split_at("consensus", middle))
    assert item.who == "Ana Ruiz"
    assert item.date == "2027-01-15"
    assert item.changes == (
        'deleted by Ana Ruiz on 2027-01-15: "consensus"',
        'inserted by Ana Ruiz on 2027-01-15: "lot"',
    )
    assert "decides by lot and votes when consensus fails twice." in item.text


def test_a_tracked_and_an_untracked_edit_of_one_answer_are_both_told(
    items: Callable[..., tuple[Item, ...]],
) -> None:
    middle = INSERTED.format(run_of("broad "))
    (item,) = items(
        split_at("by consensus", "".join((run_of("by "), middle, run_of("consensus")))),
        replaced("A joint committee", "One committee"),
    )
    assert item.text.startswith("One committee decides by broad consensus")
    assert item.changes[-1] == "changed without tracking"


def test_a_moved_sentence_is_an_edit_of_both_answers(
    items: Callable[..., tuple[Item, ...]],
) -> None:
    sentence = " Tools are bought at once."
    moved = INSERTED.replace("w:ins", "w:moveTo").format(run_of(sentence))
    gone = DELETED.replace("w:del ", "w:moveFrom ").replace("/w:del>", "/w:moveFrom>")
    found = items(
        split_at("fails twice.", run_of("fails twice.") + moved),
        split_at(" from one shared fund", gone.format(run_of(" from one shared fund"))),
    )
    assert [item.path for item in found] == [GOVERNANCE, "narratives.supportive_services"]
    assert any("moved here by Ana Ruiz" in change for change in found[0].changes)
    assert any("moved away by Ana Ruiz" in change for change in found[1].changes)


def test_bold_italic_links_and_lists_come_back_as_markdown(
    items: Callable[..., tuple[Item, ...]],
) -> None:
    (item,) = items(replaced("Three in four belong", "Four in five belong"))
    assert item.path == VISION
    assert "- **People.** Four in five belong to a priority group." in item.text
    assert "- **Wages.** More completers earn the family wage." in item.text
    assert "each *September*; see [the charter](https://board.example/charter)." in item.text


def test_an_edited_table_comes_back_as_a_table(items: Callable[..., tuple[Item, ...]]) -> None:
    (item,) = items(replaced(">250<", ">260<"))
    assert item.path == "narratives.sector_need"
    assert "| Construction | 260 |" in item.text


def test_a_table_pasted_into_an_answer_is_part_of_it(
    items: Callable[..., tuple[Item, ...]],
) -> None:
    cell = "<w:tc><w:p>{}</w:p></w:tc>"
    rows = [("Year", "Seats"), ("2026", "40")]
    made = "".join(
        "<w:tr>" + "".join(cell.format(run_of(text)) for text in row) + "</w:tr>" for row in rows
    )
    (item,) = items(after_paragraph("fails twice.", f"<w:tbl>{made}</w:tbl>"))
    assert item.path == GOVERNANCE
    assert item.text.endswith("| Year | Seats |\n| --- | --- |\n| 2026 | 40 |")


def test_the_deleted_heading_of_an_answer_does_not_lose_the_answer(
    items: Callable[..., tuple[Item, ...]],
) -> None:
    found = items(
        without_paragraph("Leadership, decisions and funding"),
        replaced("decides by consensus", "decides alone"),
    )
    assert any(item.path == GOVERNANCE and "decides alone" in item.text for item in found)
    assert not any("decides alone" in item.text for item in found if item.path == VISION)


def test_an_answer_joined_to_the_next_heading_stays_apart(
    items: Callable[..., tuple[Item, ...]],
) -> None:
    def joined(text: str) -> str:
        first = paragraph_with(text, "September")
        at = text.index(first) + len(first)
        second = text[at : text.index("</w:p>", at) + len("</w:p>")]
        body = second[second.index("</w:pPr>") + len("</w:pPr>") :]
        return text.replace(first + second, first.removesuffix("</w:p>") + body)

    assert all(item.path != VISION or "1.3" not in item.text for item in items(joined))


def test_two_answers_merged_into_one_paragraph_are_told_apart(
    items: Callable[..., tuple[Item, ...]],
) -> None:
    def merged(text: str) -> str:
        first = paragraph_with(text, "mathematics in the evening")
        second = paragraph_with(text, "Reports skill gains")
        body = second[second.index(">", second.index("<w:p")) + 1 :]
        return text.replace(first + second, first.removesuffix("</w:p>") + body)

    assert items(merged) == ()


def test_answers_in_another_order_are_still_the_same_answers(
    items: Callable[..., tuple[Item, ...]],
) -> None:
    def swapped(text: str) -> str:
        first = paragraph_with(text, "mathematics in the evening")
        second = paragraph_with(text, "Reports skill gains")
        return text.replace(first + second, second + first)

    assert items(swapped) == ()


def test_changed_styles_change_nothing(items: Callable[..., tuple[Item, ...]]) -> None:
    assert items(lambda text: text.replace('w:val="Heading2"', 'w:val="Heading4"')) == ()


def test_controls_inside_controls_are_read_through(
    items: Callable[..., tuple[Item, ...]],
) -> None:
    nested = (
        "<w:sdt><w:sdtPr/><w:sdtContent><w:sdt><w:sdtPr/><w:sdtContent>"
        + run_of("fails three times")
        + "</w:sdtContent></w:sdt></w:sdtContent></w:sdt>"
    )
    (item,) = items(split_at("fails twice", nested))
    assert item.text.endswith("when consensus fails three times.")


def test_a_copy_without_anchors_is_placed_by_its_wording(
    items: Callable[..., tuple[Item, ...]],
) -> None:
    (item,) = items(without_anchors, replaced("decides by consensus", "decides by lot"))
    assert item.path == GOVERNANCE
    assert "decides by lot" in item.text


def test_an_edit_of_a_generated_cell_names_the_answer_behind_it(
    items: Callable[..., tuple[Item, ...]],
) -> None:
    (item,) = items(replaced("Measurable skill gains", "Skill gains and diplomas"))
    assert item.generated
    assert "Skill gains and diplomas" in item.text
    assert any(path.startswith("partners.mesa") for path in (item.path, *item.behind))


COMMENTS = (
    '<?xml version="1.0"?><w:comments '
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml">'
    '<w:comment w:id="1" w:author="Dana Lee" w:date="2027-01-16T10:00:00Z">'
    '<w:p w14:paraId="10000001"><w:r><w:t>Who votes?</w:t></w:r></w:p></w:comment>'
    '<w:comment w:id="2" w:author="Ana Ruiz" w:date="2027-01-17T10:00:00Z">'
    '<w:p w14:paraId="10000002"><w:r><w:t>The members.</w:t></w:r></w:p></w:comment>'
    "</w:comments>"
)
EXTENDED = (
    '<?xml version="1.0"?><w15:commentsEx '
    'xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml">'
    '<w15:commentEx w15:paraId="10000001" w15:done="1"/>'
    '<w15:commentEx w15:paraId="10000002" w15:paraIdParent="10000001" w15:done="0"/>'
    "</w15:commentsEx>"
)


def commented(source: Path, words: str) -> Path:
    middle = (
        '<w:commentRangeStart w:id="1"/>' + run_of(words) + '<w:commentRangeEnd w:id="1"/>'
        '<w:r><w:commentReference w:id="1"/></w:r><w:r><w:commentReference w:id="2"/></w:r>'
    )
    return with_parts(
        source,
        {
            "word/document.xml": split_at(words, middle),
            "word/comments.xml": lambda _: COMMENTS,
            "word/commentsExtended.xml": lambda _: EXTENDED,
        },
        "commented.docx",
    )


def test_a_comment_comes_with_its_words_its_replies_and_its_organization(
    plan: Path, tmp_path: Path
) -> None:
    answers = moved_to(tmp_path, plan)
    (item,) = collected(
        answers, commented(answers.with_name("draft.docx"), "fails twice")
    ).review.items
    assert (item.kind, item.path, item.placement) == ("comment", GOVERNANCE, "sure")
    assert (item.who, item.organization, item.date) == (
        "Dana Lee",
        "Mesa Adult School",
        "2027-01-16",
    )
    assert (item.quote, item.text) == ("fails twice", "Who votes?")
    assert item.replies == ("Ana Ruiz: The members.",)
    assert item.resolved


def test_a_comment_whose_place_is_gone_is_listed_without_one(plan: Path, tmp_path: Path) -> None:
    answers = moved_to(tmp_path, plan)
    copy = with_parts(
        answers.with_name("draft.docx"), {"word/comments.xml": lambda _: COMMENTS}, "lost.docx"
    )
    found = collected(answers, copy).review.items
    assert [item.placement for item in found] == ["unplaced", "unplaced"]
    assert [item.text for item in found] == ["Who votes?", "The members."]


def test_words_in_a_text_box_are_not_lost(items: Callable[..., tuple[Item, ...]]) -> None:
    box = (
        "<w:r><w:pict><v:shape xmlns:v='urn:schemas-microsoft-com:vml'><v:textbox>"
        "<w:txbxContent><w:p>{}</w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    ).format(run_of("Ask the college first."))
    (item,) = items(split_at("fails twice.", run_of("fails twice.") + box))
    assert item.path == GOVERNANCE
    assert "Ask the college first." in item.text


@pytest.mark.parametrize("kind", ["footnote", "endnote"])
def test_a_note_comes_back_in_brackets(plan: Path, tmp_path: Path, kind: str) -> None:
    answers = moved_to(tmp_path, plan)
    notes = (
        f'<w:{kind}s xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        f'<w:{kind} w:id="5"><w:p><w:r><w:t>Charter, article 3.</w:t></w:r></w:p></w:{kind}>'
        f"</w:{kind}s>"
    )
    relation = (
        '<Relationship Id="rIdNotes" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        f'relationships/{kind}s" Target="{kind}s.xml"/></Relationships>'
    )
    mark = f'<w:r><w:{kind}Reference w:id="5"/></w:r>'
    copy = with_parts(
        answers.with_name("draft.docx"),
        {
            "word/document.xml": split_at("fails twice.", run_of("fails twice.") + mark),
            f"word/{kind}s.xml": lambda _: notes,
            "word/_rels/document.xml.rels": lambda text: text.replace("</Relationships>", relation),
        },
        "notes.docx",
    )
    (item,) = collected(answers, copy).review.items
    assert item.text.endswith("fails twice. (Note: Charter, article 3.)")


def test_a_link_that_word_wrote_as_a_field_is_a_link(
    items: Callable[..., tuple[Item, ...]],
) -> None:
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    field = (
        mark.format("begin")
        + '<w:r><w:instrText> HYPERLINK "https://board.example/vote" </w:instrText></w:r>'
        + mark.format("separate") + run_of("fails twice") + mark.format("end")
    )  # fmt: skip
    (item,) = items(split_at("fails twice", field))
    assert "[fails twice](https://board.example/vote)." in item.text


def test_an_edit_of_the_cover_is_reported_too(items: Callable[..., tuple[Item, ...]]) -> None:
    (item,) = items(
        lambda text: text.replace("Program Years 2025 to 2028", "Years 2025 to 2028", 1)
    )
    assert item.generated
    assert "Years 2025 to 2028" in item.text


def test_a_table_counted_anew_by_another_program_is_no_edit(
    items: Callable[..., tuple[Item, ...]],
) -> None:
    assert items(lambda text: text.replace('preserve">1</w:t>', 'preserve">7</w:t>')) == ()


def test_a_new_row_in_a_generated_table_is_told_with_its_words(
    items: Callable[..., tuple[Item, ...]],
) -> None:
    def with_row(text: str) -> str:
        at = text.rindex("Measurable skill gains")
        end = text.index("</w:tr>", at) + len("</w:tr>")
        cells = text[text.rindex("<w:tr>", 0, at) : end].count("<w:tc>")
        cell = "<w:tc><w:p>{}</w:p></w:tc>"
        words = ["New partner", *[""] * (cells - 1)]
        row = "".join(cell.format(run_of(word)) for word in words)
        return text[:end] + f"<w:tr>{row}</w:tr>" + text[end:]

    (item,) = items(with_row)
    assert item.what == "row"
    assert "New partner" in item.text


def test_a_resolved_comment_is_no_reply_to_a_comment_without_a_paragraph_id(
    plan: Path, tmp_path: Path
) -> None:
    answers = moved_to(tmp_path, plan)
    ns = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'

    def with_two(text: str) -> str:
        return text.replace(
            "</w:comments>",
            '<w:comment w:id="8" w:author="Board"><w:p><w:r><w:t>Ours</w:t></w:r></w:p></w:comment>'
            f'<w:comment w:id="9" w:author="Ana Ruiz"><w:p {ns} w14:paraId="01000000"><w:r><w:t>'
            "Hers</w:t></w:r></w:p></w:comment></w:comments>",
        )

    extended = (
        '<w15:commentsEx xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml">'
        '<w15:commentEx w15:paraId="01000000" w15:done="1"/></w15:commentsEx>'
    )
    sent = commented(answers.with_name("draft.docx"), "fails twice")
    back = with_parts(
        sent,
        {"word/comments.xml": with_two, "word/commentsExtended.xml": lambda _: extended},
        "resolved.docx",
    )
    hers = next(remark for remark in read_returned(back).remarks if remark.text == "Hers")
    assert (hers.parent, hers.done) == ("", True)
