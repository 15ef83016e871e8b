"""The comment matrix holds every comment once, with what became of it."""

import csv
import io
from pathlib import Path

import pytest
from review_helper import (
    AS_OF,
    drafted,
    small_plan,
    tree_of,
)
from test_review_reading import commented
from validators import problems_of

from localplan.cli.app import run
from localplan.desk.desk import open_plan
from localplan.plan.tree import get
from localplan.review.items import Item, open_review
from localplan.review.matrix import Row, as_csv


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    return small_plan(tmp_path)


def matrix(answers: Path, *options: str) -> list[dict[str, str]]:
    out = answers.with_name("matrix.csv")
    assert run(["comments", str(answers), "-o", str(out), *options, *AS_OF]) == 0
    return list(csv.DictReader(io.StringIO(out.read_text(encoding="utf-8-sig"))))


def imported(answers: Path, text: str | bytes) -> int:
    path = answers.with_name("letters.csv")
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return run(["comments", str(answers), "--import", str(path), *AS_OF])


LETTERS = (
    "Date,Organization,Name,Section,Comment,Disagrees\n"
    '2027-01-14,Tenants Union,R. Moss,2.1,"More evening classes, please",yes\n'
    "2027-01-15,,J. Cruz,,=1+1 is not a comment,no\n"
)


def test_imported_comments_get_permanent_numbers(answers: Path) -> None:
    assert imported(answers, LETTERS) == 0
    rows = matrix(answers)
    assert [row["No."] for row in rows] == ["1", "2"]
    assert rows[0]["Person"] == "R. Moss"
    assert rows[0]["Disagrees with the plan"] == "yes"


def test_importing_twice_adds_nothing(answers: Path) -> None:
    imported(answers, LETTERS)
    before = answers.read_bytes()
    imported(answers, LETTERS)
    assert answers.read_bytes() == before


@pytest.mark.parametrize("mark", [";", "\t"])
def test_other_separators_and_windows_letters_are_read(answers: Path, mark: str) -> None:
    text = f"Name{mark}Comment\nJosé{mark}Más clases\n"
    assert imported(answers, text.encode("cp1252")) == 0
    assert matrix(answers)[0]["Comment"] == "Más clases"


def test_a_list_without_comments_is_refused(
    answers: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert imported(answers, "Date,Name\n2027-01-01,Ana\n") == 1
    assert "no column called Comment" in capsys.readouterr().err


def test_no_cell_of_the_spreadsheet_can_act_as_a_formula(answers: Path) -> None:
    imported(answers, LETTERS)
    assert matrix(answers)[1]["Comment"] == "'=1+1 is not a comment"


@pytest.mark.parametrize(
    "text", ["\uff1d1+1", "\u200b=1+1", "\u200e\uff0b1", "\u2060@SUM(A1)", " =1+1", "\ufe631"]
)
def test_a_formula_in_disguise_is_text_in_the_spreadsheet(text: str) -> None:
    shown = as_csv([Row("1", text)]).decode("utf-8-sig")
    assert next(csv.DictReader(io.StringIO(shown)))["Comment"] == f"'{text}"


def test_words_of_any_language_are_as_they_were_in_the_spreadsheet() -> None:
    shown = as_csv([Row("1", "\u05e9\u05dc\u05d5\u05dd, buses")]).decode("utf-8-sig")
    assert next(csv.DictReader(io.StringIO(shown)))["Comment"].startswith("\u05e9")


def test_a_typed_comment_is_added(answers: Path) -> None:
    run(
        [
            "comments",
            str(answers),
            "--add",
            "Say more on child care.",
            "--person",
            "A. Bell",
            *AS_OF,
        ]
    )
    assert matrix(answers)[0]["Comment"] == "Say more on child care."
    assert matrix(answers)[0]["Date"] == "2027-01-12"


def test_the_name_of_a_spreadsheet_is_not_taken_for_a_comment(
    answers: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    letters = answers.with_name("letters.csv")
    letters.write_text(LETTERS, encoding="utf-8")
    assert run(["comments", str(answers), "--add", str(letters), *AS_OF]) == 2
    assert "--import" in capsys.readouterr().err
    assert "comments" not in tree_of(answers)


def test_collected_comments_come_with_their_response(answers: Path) -> None:
    copy = commented(drafted(answers), "fails twice")
    run(["collect", str(answers), str(copy), *AS_OF])
    (item,) = open_review(answers).items
    assert matrix(answers)[0]["Status"] == "Open"
    run(["resolve", str(answers), item.id, "--answer", "--reason", "All members vote."])
    (row,) = matrix(answers)
    assert row["No."] == "R1"
    assert row["Text commented on"] == "fails twice"
    assert row["Element"] == "Partnership"
    assert (row["Response"], row["Status"]) == ("All members vote.", "Answered")


def test_adopted_comments_stand_in_the_matrix_once_and_in_the_plan(answers: Path) -> None:
    run(["collect", str(answers), str(commented(drafted(answers), "fails twice")), *AS_OF])
    assert run(["comments", str(answers), "--adopt", *AS_OF]) == 0
    assert len(matrix(answers)) == 1
    comments = tree_of(answers)["comments"]
    assert isinstance(comments, list)
    out = answers.with_name("final.md")
    run(["draft", str(answers), "--stage", "submission", "-o", str(out), *AS_OF])
    assert "Who votes?" in out.read_text(encoding="utf-8")


def test_the_matrix_as_word_is_sound_and_accessible(answers: Path) -> None:
    imported(answers, LETTERS)
    out = answers.with_name("matrix.docx")
    for order in ("number", "element", "organization"):
        assert run(["comments", str(answers), "-o", str(out), "--by", order, *AS_OF]) == 0
        assert problems_of(out.read_bytes()) == []


def test_the_printed_matrix_says_what_a_comment_is_about_from_whom_and_what_became_of_it(
    answers: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(["collect", str(answers), str(commented(drafted(answers), "fails twice")), *AS_OF])
    (item,) = open_review(answers).items
    run(["resolve", str(answers), item.id, "--answer", "--reason", "All.", "--disagrees", "yes"])
    capsys.readouterr()
    run(["comments", str(answers), *AS_OF])
    (row,) = [line for line in capsys.readouterr().out.split("\n") if line.startswith("| R1")]
    cells = [cell.strip() for cell in row.strip("|").split(" | ")]
    assert cells[3].endswith(
        "On the words: \N{LEFT DOUBLE QUOTATION MARK}fails twice\N{RIGHT DOUBLE QUOTATION MARK}"
    )
    assert cells[4] == "All."
    assert cells[5] == "Answered<br>The plan stays as it is<br>Disagrees with the plan"


@pytest.mark.parametrize(
    ("day", "said"),
    [("2026-12-01", "will be open"), ("2027-01-05", "is open"), ("2027-02-15", "was open")],
)
def test_the_matrix_says_whether_the_comment_period_is_ahead_or_over(
    answers: Path, capsys: pytest.CaptureFixture[str], day: str, said: str
) -> None:
    run(["set", str(answers), "public_comment.opens", "2027-01-01"])
    run(["set", str(answers), "public_comment.closes", "2027-01-30"])
    capsys.readouterr()
    run(["comments", str(answers), "--as-of", day])
    assert f"The draft {said} for comment" in capsys.readouterr().out


def test_no_comments_is_a_sentence(answers: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(["set", str(answers), "public_comment.opens", "2027-01-01"])
    run(["set", str(answers), "public_comment.closes", "2027-01-30"])
    capsys.readouterr()
    assert run(["comments", str(answers), "--as-of", "2027-02-15"]) == 0
    assert "No comments were received." in capsys.readouterr().out


def test_an_adopted_comment_keeps_the_number_it_had(answers: Path) -> None:
    run(["collect", str(answers), str(commented(drafted(answers), "fails twice")), *AS_OF])
    imported(answers, LETTERS)
    numbers = sorted(row["No."] for row in matrix(answers))
    run(["comments", str(answers), "--adopt", *AS_OF])
    assert sorted(row["No."] for row in matrix(answers)) == numbers == ["1", "2", "R1"]


def test_the_plan_says_how_many_comments_came(answers: Path) -> None:
    run(["set", str(answers), "public_comment.received", "none"])
    imported(answers, LETTERS)
    assert get(tree_of(answers), "public_comment.received") == "2"


def test_a_higher_number_of_comments_typed_by_hand_stays(answers: Path) -> None:
    run(["set", str(answers), "public_comment.received", "30"])
    imported(answers, LETTERS)
    assert get(tree_of(answers), "public_comment.received") == "30"


def test_the_printed_matrix_names_the_element_of_a_comment(
    answers: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(["collect", str(answers), str(commented(drafted(answers), "fails twice")), *AS_OF])
    capsys.readouterr()
    run(["comments", str(answers), *AS_OF])
    assert "Partnership: 1." in capsys.readouterr().out


def test_an_imported_comment_is_open_until_it_has_a_response(answers: Path) -> None:
    imported(answers, LETTERS)
    assert [row["Status"] for row in matrix(answers)] == ["Open", "Open"]
    imported(
        answers,
        LETTERS.replace("Disagrees\n", "Disagrees,Response\n").replace("yes\n", "yes,Two more\n"),
    )
    assert [row["Status"] for row in matrix(answers)] == ["Answered", "Open"]


def adopted(answers: Path) -> Item:
    """A collected comment that stands in the plan's own list."""
    run(["collect", str(answers), str(commented(drafted(answers), "fails twice")), *AS_OF])
    assert run(["comments", str(answers), "--adopt", *AS_OF]) == 0
    return open_review(answers).items[0]


def in_the_plan(answers: Path, field: str) -> object:
    return get(tree_of(answers), f"comments.r1.{field}")


def test_an_adopted_comment_follows_what_is_decided_about_it(answers: Path) -> None:
    item = adopted(answers)
    run(
        [
            "resolve",
            str(answers),
            item.id,
            "--answer",
            "--reason",
            "All vote.",
            "--disagrees",
            "yes",
        ]
    )
    assert in_the_plan(answers, "response") == "All vote."
    assert in_the_plan(answers, "status") == "unchanged"
    assert in_the_plan(answers, "disagrees") == "yes"
    run(["resolve", str(answers), item.id, "--undo"])
    assert in_the_plan(answers, "response") is None
    assert in_the_plan(answers, "status") == "open"


def test_a_response_that_a_person_typed_in_the_plan_stays(answers: Path) -> None:
    item = adopted(answers)
    run(["set", str(answers), "comments.r1.response", "Typed by hand."])
    run(["resolve", str(answers), item.id, "--answer", "--reason", "All vote."])
    assert in_the_plan(answers, "response") == "Typed by hand."


def test_the_matrix_says_which_comments_the_plan_does_not_print_yet(
    answers: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(["collect", str(answers), str(commented(drafted(answers), "fails twice")), *AS_OF])
    capsys.readouterr()
    run(["comments", str(answers), *AS_OF])
    said = capsys.readouterr()
    assert "it is not said whether it disagrees with the plan" in said.out
    assert "1 collected comment is not in the plan's own list" in said.err
    run(["comments", str(answers), "--adopt", *AS_OF])
    run(["comments", str(answers), *AS_OF])
    assert "not in the plan's own list" not in capsys.readouterr().err


def ruled(answers: Path, *options: str) -> None:
    """A collected comment, decided and taken into the plan's own list."""
    run(["collect", str(answers), str(commented(drafted(answers), "fails twice")), *AS_OF])
    assert run(["resolve", str(answers), "1", *options]) == 0
    assert run(["comments", str(answers), "--adopt", *AS_OF]) == 0


@pytest.mark.parametrize(
    ("options", "status"),
    [
        (("--answer", "--reason", "Two terms."), "unchanged"),
        (("--decline", "--reason", "Two terms."), "unchanged"),
        (("--later",), "open"),
    ],
)
def test_an_adopted_comment_holds_only_what_the_program_itself_takes(
    answers: Path, options: tuple[str, ...], status: str
) -> None:
    ruled(answers, *options)
    assert in_the_plan(answers, "element") == "partnership"
    assert in_the_plan(answers, "status") == status
    listed = [each for each in open_plan(answers).checkup().findings if "comments" in each.path]
    assert not [each.message for each in listed if each.severity == "error"]


def test_adopting_again_mends_a_chapter_and_an_outcome_kept_as_words(answers: Path) -> None:
    ruled(answers, "--answer", "--reason", "Two terms.")
    text = answers.read_text(encoding="utf-8")
    worded = text.replace("element: partnership", "element: Partnership")
    answers.write_text(worded.replace("status: unchanged", "status: Answered"), encoding="utf-8")
    run(["comments", str(answers), "--adopt", *AS_OF])
    assert in_the_plan(answers, "element") == "partnership"
    assert in_the_plan(answers, "status") == "unchanged"


def test_an_imported_spreadsheet_may_say_chapter_and_outcome_in_words(answers: Path) -> None:
    text = "Element,Status,Date,Comment\nPartnership,No change,1/14/2027,Buses\nChapter 2,,,Vans\n"
    assert imported(answers, text) == 0
    comments = tree_of(answers)["comments"]
    assert isinstance(comments, list)
    first, second = comments
    assert first == {
        "id": "comment-1", "number": "1", "element": "partnership", "date": "2027-01-14",
        "comment": "Buses", "status": "unchanged",
    }  # fmt: skip
    assert second == {"id": "comment-2", "number": "2", "section": "Chapter 2", "comment": "Vans"}


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        ("Status", "in progress", "Noted, no answer needed"),
        ("Disagrees", "maybe", "yes or no"),
        ("Date", "last week", "such as 2025-07-01"),
    ],
)
def test_a_spreadsheet_with_a_value_that_does_not_fit_is_refused_whole(
    answers: Path, capsys: pytest.CaptureFixture[str], column: str, value: str, said: str
) -> None:
    assert imported(answers, f"{column},Comment\n,Buses\n{value},Vans\n") == 1
    told = capsys.readouterr().err
    assert '"Vans"' in told
    assert f'"{value}"' in told
    assert said in told
    assert "comments" not in tree_of(answers)


@pytest.mark.parametrize(
    ("disagree", "said"),
    [
        (("", ""), "it is not said whether they disagree with the plan"),
        (("no", ""), "for one it is not said whether it disagrees with the plan"),
        (("yes", ""), "one disagrees with the plan, for one it is not said whether it disagrees"),
        (("no", "no"), "none disagrees with the plan"),
    ],
)
def test_none_disagrees_only_where_each_was_said_not_to(
    answers: Path, capsys: pytest.CaptureFixture[str], disagree: tuple[str, str], said: str
) -> None:
    first, second = disagree
    imported(answers, f"Disagrees,Comment\n{first},Buses\n{second},Vans\n")
    capsys.readouterr()
    run(["comments", str(answers), *AS_OF])
    assert f"Two comments were received; {said}, and two wait" in capsys.readouterr().out


def open_for(answers: Path, opens: str, closes: str) -> None:
    run(["set", str(answers), "public_comment.opens", opens])
    run(["set", str(answers), "public_comment.closes", closes])


def test_a_comment_from_outside_the_period_is_not_counted_as_received_in_it(
    answers: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    open_for(answers, "2026-03-26", "2026-04-24")
    imported(answers, "Date,Comment\n2027-01-05,Buses\n2026-04-02,Vans\n")
    assert get(tree_of(answers), "public_comment.received") == "1"
    told = capsys.readouterr().out
    assert "not counted as received in it: 1. It stands" in told
    assert "public_comment.received is 1 now" in told
    run(["comments", str(answers), *AS_OF])
    said = capsys.readouterr().out
    assert "Two comments were received, one outside the comment period;" in said


def test_no_number_of_comments_is_said_where_all_came_outside_the_period(answers: Path) -> None:
    open_for(answers, "2026-03-26", "2026-04-24")
    imported(answers, "Date,Comment\n2027-01-05,Buses\n")
    assert get(tree_of(answers), "public_comment.received") is None
    found = [each.rule for each in open_plan(answers).checkup().findings]
    assert "comment-outside-period" in found


def test_the_number_of_comments_stays_blank_while_the_period_is_open(
    answers: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    open_for(answers, "2027-01-01", "2027-01-30")
    imported(answers, "Date,Comment\n2027-01-05,Buses\n")
    assert get(tree_of(answers), "public_comment.received") is None
    assert "stays blank: comments are open until January 30, 2027" in capsys.readouterr().out


def test_disagreeing_comments_are_addressed_only_when_each_is_marked(answers: Path) -> None:
    imported(answers, "Disagrees,Comment\n,Buses\n")

    def status() -> str:
        rows = open_plan(answers).checkup().requirements
        return next(row.coverage.status for row in rows if row.requirement.id == "LP-R-e")

    assert status() == "partial"
    run(["set", str(answers), "comments.comment-1.disagrees", "no"])
    assert status() == "addressed"


def test_a_letter_that_was_kept_with_a_date_as_typed_stands_in_words(
    answers: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with answers.open("a", encoding="utf-8") as file:
        file.write("comments:\n  - {id: c, date: 4/2/2025, comment: Buses}\n")
    run(["comments", str(answers), *AS_OF])
    assert "April 2, 2025" in capsys.readouterr().out


@pytest.mark.parametrize(("count", "said"), [(1, "(1 comment)"), (2, "(2 comments)")])
def test_one_comment_is_written_as_one(
    answers: Path, capsys: pytest.CaptureFixture[str], count: int, said: str
) -> None:
    imported(answers, "Comment\n" + "\n".join(f"Buses {n}" for n in range(count)))
    capsys.readouterr()
    matrix(answers)
    assert said in capsys.readouterr().out
