"""The parts of the interview that need no screen: values, tables, order, words."""

import pytest

from localplan.interview.frame import Frame, drawn_above, drawn_below, reflowed, shortened
from localplan.interview.ordering import duplicated, moved, used_in
from localplan.interview.session import Only
from localplan.interview.tables import pasted_table, with_tables
from localplan.interview.typed import expected, kept, problem_with
from localplan.interview.walk import after, before, first, wanted_for
from localplan.interview.words import counted, said, summary, with_article
from localplan.knowledge.kinds import Kind
from localplan.knowledge.questions import Question, load_questionnaire
from localplan.plan.progress import Item, State, assess
from localplan.yamltext import Tree, Value

PARTNERS: list[Value] = [
    {"id": "mesa", "name": "Mesa School"},
    {"id": "delta", "name": "Delta College"},
    {"id": "hill", "name": "Hill Hospital"},
]


def question(kind: Kind) -> Question:
    return Question("test", "board", "board.test", kind, "What?")


@pytest.mark.parametrize(
    ("kind", "typed", "told"),
    [
        ("percent", "171", "A percent between 0 and 100, such as 71.5"),
        ("percent", "-1", "suppressed"),
        ("percent", "most", "A percent between 0 and 100, such as 71.5"),
        ("count", "four", "A whole number, such as 4"),
        ("count", "1.5", "A whole number, such as 4"),
        ("dollars", "lots", "An amount in dollars, such as 24.50"),
        ("date", "2025-02-30", "A date that exists"),
        ("date", "Quintember 1, 2025", "such as 2025-07-01 or July 1, 2025"),
        ("date", "soon", "such as 2025-07-01 or July 1, 2025"),
        ("program-year", "25", "A program year, such as 2025"),
        ("naics", "health", "A NAICS code"),
        ("soc", "nurse", "A SOC code, such as 29-1141"),
        ("email", "ana", "An e-mail address, such as"),
        ("web", "our page", "https://"),
        ("line", "to be determined", "That is not an answer yet"),
        ("text", "See attached.", "That is not an answer yet"),
    ],
)
def test_a_wrong_value_is_told_what_is_expected(kind: Kind, typed: str, told: str) -> None:
    assert told in problem_with(question(kind), typed)


@pytest.mark.parametrize(
    ("kind", "typed", "written"),
    [
        ("percent", "71.5%", "71.5"),
        ("percent", "0", "0"),
        ("dollars", "$52,000", "$52,000"),
        ("date", "7/1/2025", "2025-07-01"),
        ("date", "7-1-25", "2025-07-01"),
        ("date", "July 1, 2025", "2025-07-01"),
        ("date", "JULY 1st 2025", "2025-07-01"),
        ("date", "Jul. 1, 2025", "2025-07-01"),
        ("date", "Sept 1, 2025", "2025-09-01"),
        ("date", "1 July 2025", "2025-07-01"),
        ("program-year", "PY2025", "2025"),
        ("lines", "- Ana\n\n  Ben \n", ["Ana", "Ben"]),
        ("text", "First.\n\nSecond.\n", "First.\n\nSecond."),
        ("line", "  Mesa ", "Mesa"),
        ("date", "", ""),
        ("web", "www.board.example/plan", "https://www.board.example/plan"),
    ],
)
def test_a_right_value_is_kept_tidily(kind: Kind, typed: str, written: object) -> None:
    assert problem_with(question(kind), typed) == ""
    assert kept(question(kind), typed) == written


def test_plain_words_need_no_form() -> None:
    assert expected("line") == ""
    assert expected("percent") == "A percent between 0 and 100, such as 71.5"


def test_a_spreadsheet_becomes_a_table_and_the_words_around_it_stay() -> None:
    text = "Before.\nYear\tPeople\n2024\t120\nAfter."
    assert pasted_table(text)
    assert with_tables(text) == (
        "Before.\n\n| Year | People |\n| --- | --- |\n| 2024 | 120 |\n\nAfter."
    )


def test_short_rows_are_filled_and_bars_cannot_break_a_table() -> None:
    assert with_tables("a\tb|c\tc\nx\ty") == "| a | b\\|c | c |\n| --- | --- | --- |\n| x | y |  |"


def test_one_line_with_a_tab_is_no_table() -> None:
    assert not pasted_table("Name:\tAna\nNo more.")


def test_a_record_moves_no_further_than_the_end() -> None:
    assert moved(PARTNERS, "mesa", -1) == PARTNERS
    assert moved(PARTNERS, "mesa", 1) == [PARTNERS[1], PARTNERS[0], PARTNERS[2]]
    assert moved(PARTNERS, "nobody", 1) == PARTNERS


def test_a_copy_stands_behind_its_original() -> None:
    copied = duplicated(PARTNERS, "mesa", "name")
    assert copied[1] == {"id": "mesa-school-copy", "name": "Mesa School (copy)"}
    assert duplicated(PARTNERS, "nobody", "name") == PARTNERS


def test_the_copy_of_a_year_keeps_its_year() -> None:
    copied = duplicated([{"id": "2025", "year": "2025"}], "2025", "year")
    assert copied[1] == {"id": "2025-copy", "year": "2025"}


def test_every_answer_that_names_a_record_is_found() -> None:
    tree: Tree = {
        "partners": PARTNERS,
        "pathways": [{"id": "nursing", "lead": "mesa", "partners": ["mesa", "delta"]}],
    }
    questions = load_questionnaire().by_fills().values()
    assert used_in(tree, questions, "partners.mesa") == (
        "pathways.nursing.lead",
        "pathways.nursing.partners",
    )


def test_a_walk_goes_on_behind_and_back_before() -> None:
    items = [_item("a"), _item("b", settled=True), _item("c")]
    wanted = wanted_for("", lambda _: 0)
    assert first(items, wanted) is items[0]
    assert after(items, "a", wanted) is items[2]
    assert after(items, "c", wanted) is None
    assert before(items, "c") is items[1]
    assert before(items, "a") is None


@pytest.mark.parametrize(("only", "stops"), [("missing", 1), ("all", 3), ("carried", 0), ("", 2)])
def test_a_walk_stops_at_what_was_asked_for(only: Only, stops: int) -> None:
    items = [_item("a"), _item("b", settled=True), _item("c")]
    wanted = wanted_for(only, lambda item: int(item.path == "c"))
    assert sum(wanted(item) for item in items) == stops


def test_references_and_choices_read_as_words() -> None:
    questions = load_questionnaire().by_fills()
    tree: Tree = {"partners": PARTNERS, "board": {"name": "Golden Valley"}}
    assert said(questions["pathways.*.lead"], "delta", tree) == "Delta College"
    assert said(questions["pathways.*.lead"], "board", tree) == "the Board"
    assert said(questions["plan.kind"], "four-year", tree) == "Four-year plan"
    assert said(questions["partners"], PARTNERS, tree) == (
        "Mesa School, Delta College, Hill Hospital"
    )


def test_progress_counts_what_is_required() -> None:
    progress = assess(load_questionnaire(), {"plan": {"kind": "four-year"}})
    assert counted(progress.section("plan")).startswith("1 of ")


def test_the_head_is_never_wider_or_longer_than_the_screen() -> None:
    frame = Frame("T" * 100, "right", "ask " * 40, "help", ("body " * 500,), "saved")
    drawn = drawn_above(frame, 80, 15)
    assert len(drawn) == 15
    assert all(sum(len(text) for _, text in line) <= 80 for line in drawn)


def test_the_line_of_keys_breaks_between_keys() -> None:
    lines = drawn_below(["a" * 30, "b" * 30, "c" * 30], 80)
    assert len(lines) == 3


def test_soft_line_breaks_flow_and_lists_stay() -> None:
    assert reflowed("one\ntwo\n\n- a\n- b") == "one two\n\n- a\n- b"
    assert shortened("one two three", 8) == "one two…"


def _item(path: str, *, settled: bool = False) -> Item:
    state: State = "answered" if settled else "missing"
    return Item(question("line"), path, required=True, state=state, standing={})


@pytest.mark.parametrize(
    "words", ["an area", "an exit point", "a one-stop center", "a partner", "a unit"]
)
def test_the_article_fits_the_sound(words: str) -> None:
    assert with_article(words.partition(" ")[2]) == words


def test_yes_alone_is_not_said_beside_the_name_of_a_record() -> None:
    questions = load_questionnaire().by_fills()
    step: Tree = {"id": "aide", "course": "Nurse aide", "stackable": "yes", "length": "6 weeks"}
    tree: Tree = {"pathways": [{"id": "nursing", "name": "Nursing", "steps": [step]}]}
    fields = [
        Item(questions[f"pathways.*.steps.*.{key}"], f"pathways.nursing.steps.aide.{key}",
             required=False, state="answered", standing={})
        for key in ("course", "stackable", "length")
    ]  # fmt: skip
    assert summary(fields, questions["pathways.*.steps"], tree) == "6 weeks"
