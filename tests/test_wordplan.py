"""The last plan is a Word file that the tool did not write: its text is parked, word for word."""

import json
import re
import zipfile
from pathlib import Path

import docx
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from localplan.cli.app import run
from localplan.knowledge.questions import load_questionnaire
from localplan.plan.file.answers import load
from localplan.plan.file.parking import likely_pieces, park, parked_records, placed
from localplan.plan.model import Parked
from localplan.plan.progress import assess
from localplan.plan.reading import read_plan
from localplan.plan.tree import get
from localplan.review.guard import ReturnedFileError
from localplan.review.wordplan import BEFORE, read_word_plan

EXAMPLE = Path(__file__).parents[1] / "examples" / "complete.yaml"


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A plan as an office would have typed it: headings, a list, a table, a note before it all."""
    plan = docx.Document()
    plan.add_paragraph("Adopted by the Board in 2021.")
    plan.add_heading("Analysis", 1)
    plan.add_heading("Employer needs", 2)
    plan.add_paragraph("Hospitals need 240 nurses & aides a year.")
    plan.add_paragraph("Night shifts stay open", style="List Bullet")
    plan.add_heading("Services", 1)
    plan.add_heading("Rapid response", 2)
    plan.add_paragraph("The team visits within 48 hours of a notice of layoffs.")
    table = plan.add_table(2, 2)
    for at, words in enumerate(("Partner", "Role", "College", "Trains")):
        table.cell(at // 2, at % 2).text = words
    path = tmp_path / "plan-2021.docx"
    plan.save(str(path))
    return path


def test_each_heading_keeps_its_place_and_its_text(old: Path) -> None:
    pieces = {piece.heading: piece for piece in read_word_plan(old)}
    assert list(pieces) == [BEFORE, "Employer needs", "Rapid response"]
    assert pieces["Employer needs"].place == "Analysis"
    assert "Hospitals need 240 nurses & aides a year." in pieces["Employer needs"].text
    assert "- Night shifts stay open" in pieces["Employer needs"].text
    assert "| College | Trains |" in pieces["Rapid response"].text


def test_no_word_is_dropped(old: Path) -> None:
    plan = docx.Document(str(old))
    cells = [cell.text for table in plan.tables for row in table.rows for cell in row.cells]
    words = " ".join([*(paragraph.text for paragraph in plan.paragraphs), *cells]).split()
    kept = " ".join(f"{p.place} {p.heading} {p.text}" for p in read_word_plan(old))
    assert [word for word in words if word not in kept] == []


def test_bold_lines_are_headings_where_a_file_has_no_others(tmp_path: Path) -> None:
    plan = docx.Document()
    for heading in ("Vision", "Partners"):
        plan.add_paragraph().add_run(heading).bold = True
        plan.add_paragraph(f"What the plan says of {heading.lower()}.")
    path = tmp_path / "old.docx"
    plan.save(str(path))
    assert [piece.heading for piece in read_word_plan(path)] == ["Vision", "Partners"]


def test_carry_parks_the_text_in_a_new_answers_file(
    old: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    new = tmp_path / "plan.yaml"
    assert run(["carry", str(old), str(new), "--first-year", "2025", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    plan = read_plan(load(new).tree).plan
    assert [piece.id for piece in plan.parked] == [piece["id"] for piece in told["parked"]]
    assert get(load(new).tree, "plan.period_end") == "2029-06-30"


def test_carry_refuses_a_target_that_is_there(
    old: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["carry", str(old), str(old)]) == 1
    assert "already there" in capsys.readouterr().err


def test_the_likely_piece_is_offered_first(old: Path, tmp_path: Path) -> None:
    new = tmp_path / "plan.yaml"
    assert run(["carry", str(old), str(new), "--first-year", "2025"]) == 0
    questions = load_questionnaire().by_fills()
    parked = read_plan(load(new).tree).plan.parked
    for key, heading in (
        ("rapid_response", "Rapid response"),
        ("employer_needs", "Employer needs"),
    ):
        likely = likely_pieces(questions[f"narratives.{key}"], parked)
        assert likely[0].heading == heading
        assert len(likely) == len(parked)


@pytest.mark.slow
def test_most_texts_of_a_plan_are_among_the_first_pieces_offered(tmp_path: Path) -> None:
    plan, draft = tmp_path / "plan.yaml", tmp_path / "old.docx"
    plan.write_bytes(EXAMPLE.read_bytes())
    assert run(["draft", str(plan), "--stage", "public", "--outline", "ca", "-o", str(draft)]) == 0
    pieces = parked_records((each.heading, each.place, each.text) for each in read_word_plan(draft))
    parked = [Parked.model_validate(each) for each in pieces]
    questions = load_questionnaire().by_fills()
    narratives = load(plan).tree["narratives"]
    assert isinstance(narratives, dict)
    found = {
        path: any(begins_like(str(text), each) for each in likely_pieces(question, parked)[:3])
        for key, text in narratives.items()
        if (question := questions.get(path := f"narratives.{key}"))
    }
    assert sum(found.values()) > 0.85 * len(found)


def begins_like(text: str, piece: Parked) -> bool:
    """True when the beginning of the text stands in the piece, whatever marks stand between."""
    opening, inside = (re.sub(r"\W+", " ", each) for each in (text, piece.text or ""))
    return opening[:60] in inside


def test_a_piece_that_a_person_places_becomes_carried_text(old: Path, tmp_path: Path) -> None:
    new = tmp_path / "plan.yaml"
    assert run(["carry", str(old), str(new), "--first-year", "2025"]) == 0
    tree = placed(load(new).tree, "rapid-response", "narratives.rapid_response")
    assert "within 48 hours" in str(get(tree, "narratives.rapid_response"))
    assert get(tree, "parked.rapid-response") is None
    (item,) = [
        item
        for item in assess(load_questionnaire(), tree).items()
        if item.path == "narratives.rapid_response"
    ]
    assert item.carried


def test_an_answer_can_be_parked_again() -> None:
    tree = park({"narratives": {"old": "Kept words"}}, "narratives.old", "Old question")
    assert get(tree, "narratives.old") is None
    assert get(tree, "parked.old-question.text") == "Kept words"


def test_a_file_that_is_not_word_is_refused_in_plain_words(tmp_path: Path) -> None:
    path = tmp_path / "plan.docx"
    path.write_bytes(b"%PDF-1.7")
    with pytest.raises(ReturnedFileError, match="PDF"):
        read_word_plan(path)


def test_a_file_with_entities_is_refused(old: Path, tmp_path: Path) -> None:
    hostile = tmp_path / "hostile.docx"
    with zipfile.ZipFile(old) as source, zipfile.ZipFile(hostile, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "word/document.xml":
                content = content.replace(
                    b"<w:document", b'<!DOCTYPE w [<!ENTITY a "b">]><w:document', 1
                )
            target.writestr(name, content)
    with pytest.raises(ReturnedFileError, match="entities"):
        read_word_plan(hostile)


def test_a_damaged_file_is_refused_because_part_of_it_would_be_lost(
    old: Path, tmp_path: Path
) -> None:
    damaged = tmp_path / "damaged.docx"
    with zipfile.ZipFile(old) as source, zipfile.ZipFile(damaged, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            half = name == "word/document.xml"
            target.writestr(name, content[: len(content) // 2] if half else content)
    with pytest.raises(ReturnedFileError, match="damaged"):
        read_word_plan(damaged)


@pytest.mark.parametrize("name", ["plan.doc", "plan.odt", "plan.pdf", "plan.rtf", "plan.docm"])
def test_another_kind_of_document_is_refused_with_the_way_to_make_it_one(
    tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / name
    path.write_bytes(b"\xd0\xcf\x11\xe0 a document")
    assert run(["carry", str(path), str(tmp_path / "plan.yaml")]) == 1
    assert "save it as a Word document (.docx)" in capsys.readouterr().err


def test_a_modification_begins_from_a_word_file_too(old: Path, tmp_path: Path) -> None:
    new = tmp_path / "plan.yaml"
    options = ["--kind", "modification", "--first-year", "2021"]
    assert run(["carry", str(old), str(new), *options]) == 0
    tree = load(new).tree
    assert get(tree, "plan.kind") == "modification"
    assert get(tree, "plan.number") == "Modification 1"
    assert get(tree, "plan.period_start") == "2021-07-01"
    assert get(tree, "plan.effective_date") == "2023-07-01"


def test_a_modification_of_a_word_file_guesses_no_years(old: Path, tmp_path: Path) -> None:
    new = tmp_path / "plan.yaml"
    assert run(["carry", str(old), str(new), "--kind", "modification"]) == 0
    tree = load(new).tree
    assert get(tree, "plan.kind") == "modification"
    assert not get(tree, "plan.period_start")


def test_a_file_without_words_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "scan.docx"
    docx.Document().save(str(path))
    assert run(["carry", str(path), str(tmp_path / "plan.yaml")]) == 0
    assert "holds no text" in capsys.readouterr().out


def test_lines_in_capitals_are_headings_where_a_file_has_no_others(tmp_path: Path) -> None:
    plan = docx.Document()
    plan.add_paragraph("VISION AND GOALS")
    plan.add_paragraph("We lead.")
    plan.add_paragraph("RAPID RESPONSE:")
    plan.add_paragraph("The team visits.")
    plan.add_paragraph("WIOA")
    plan.add_paragraph("NOTE THIS WELL.")
    path = tmp_path / "old.docx"
    plan.save(str(path))
    pieces = {piece.heading: piece.text for piece in read_word_plan(path)}
    assert list(pieces) == ["VISION AND GOALS", "RAPID RESPONSE:"]
    assert "NOTE THIS WELL" in pieces["RAPID RESPONSE:"]


def test_a_style_of_the_board_s_own_that_is_based_on_a_heading_is_a_heading(tmp_path: Path) -> None:
    plan = docx.Document()
    chapter = plan.styles.add_style("Board Chapter", WD_STYLE_TYPE.PARAGRAPH)
    chapter.base_style = plan.styles["Heading 1"]
    prompt = plan.styles.add_style("State Prompt", WD_STYLE_TYPE.PARAGRAPH)
    level = OxmlElement("w:outlineLvl")
    level.set(qn("w:val"), "1")
    prompt.element.get_or_add_pPr().append(level)
    for style, words in (
        ("Board Chapter", "Vision"),
        ("State Prompt", "Describe your vision."),
        ("Normal", "We lead."),
    ):
        plan.add_paragraph(words, style=style)
    path = tmp_path / "old.docx"
    plan.save(str(path))
    (piece,) = read_word_plan(path)
    assert (piece.place, piece.heading, piece.text) == (
        "Vision", "Describe your vision.", "We lead.",
    )  # fmt: skip


def test_a_plan_that_is_one_long_table_is_cut_between_rows(tmp_path: Path) -> None:
    plan = docx.Document()
    table = plan.add_table(30, 2)
    for at, row in enumerate(table.rows):
        row.cells[0].text = f"Prompt {at}"
        row.cells[1].text = f"Answer {at} " + "of the plan says what the Board does. " * 10
    path = tmp_path / "old.docx"
    plan.save(str(path))
    pieces = read_word_plan(path)
    assert len(pieces) > 3
    for at in range(30):
        (piece,) = [piece for piece in pieces if f"Answer {at} of" in piece.text]
        assert f"Prompt {at}\n" in piece.text


def test_text_without_any_heading_is_parked_in_pieces_that_can_be_placed(tmp_path: Path) -> None:
    plan = docx.Document()
    for number in range(40):
        plan.add_paragraph(f"Paragraph {number} " + "of the plan says what the Board does. " * 20)
    path = tmp_path / "old.docx"
    plan.save(str(path))
    pieces = read_word_plan(path)
    assert len(pieces) > 10
    words = " ".join(piece.text for piece in pieces).split()
    assert words == " ".join(para.text for para in docx.Document(str(path)).paragraphs).split()
    assert pieces[0].heading.startswith("Paragraph 0")
