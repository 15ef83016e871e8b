"""Line breaks in long answers: what is typed apart stays apart, what was wrapped is joined."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from interview_helper import CTRL_C, DONE, DOWN, ENTER, answers, find, sit_through

from localplan.document.markup import parse
from localplan.interview.paragraphs import as_before, as_typed, unwrapped
from localplan.plan.file.answers import load
from localplan.resources import EXAMPLES

VISION = "narratives.partnership_vision"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Open a section.\nReview the course.", "Open a section.\n\nReview the course."),
        ("Open a section\nReview the course", "Open a section\n\nReview the course"),
        ("We meet each\nspring.", "We meet each\nspring."),
        ("- one\n- two", "- one\n- two"),
        ("Two things:\n- one\n- two", "Two things:\n- one\n- two"),
        ("1. one\n2. two", "1. one\n2. two"),
        ("| A | B |\n| --- | --- |\n| 1 | 2 |", "| A | B |\n| --- | --- |\n| 1 | 2 |"),
        ("First.\n\nSecond.", "First.\n\nSecond."),
        ("120 people came.\nMost stayed.", "120 people came.\n\nMost stayed."),
        ("40 Station Street  \nMesa", "40 Station Street  \nMesa"),
        ("```\na b\nC d\n```", "```\na b\nC d\n```"),
    ],
)
def test_lines_typed_one_below_the_other_become_paragraphs(typed: str, kept: str) -> None:
    assert as_typed(typed) == kept


def test_text_that_was_wrapped_elsewhere_is_not_torn_apart() -> None:
    pasted = (
        "The Board meets each spring with the two hospitals of the county, Harlow\n"
        "General and Saint Anne, and asks them which skills they could not find in\n"
        "the year before."
    )
    assert as_typed(pasted) == pasted
    assert unwrapped(pasted).count("\n") == 0


def test_lists_tables_and_forced_breaks_stay_when_text_is_unwrapped() -> None:
    text = "One\ntwo.\n\n- a\n- b\n\n| A |\n| --- |\n\n40 Station Street  \nMesa"
    assert unwrapped(text) == text.replace("One\ntwo.", "One two.")


def test_an_item_that_was_wrapped_is_one_line_and_its_neighbors_stay() -> None:
    assert (
        unwrapped("- one\n  and more\n- two\n  - inner\n    on")
        == "- one and more\n- two\n  - inner on"
    )


@given(st.text(alphabet="ab .-|1\n", max_size=60))
def test_no_word_is_lost_and_doing_it_twice_changes_nothing(text: str) -> None:
    assert as_typed(text).split() == text.split()
    assert unwrapped(text).split() == text.split()
    assert as_typed(as_typed(text)) == as_typed(text)


def test_two_lines_typed_into_an_answer_stand_apart(tmp_path: Path) -> None:
    keys = [*find(VISION), "Open a section.", ENTER, "Review the course.", DONE]
    assert sit_through(answers(tmp_path), keys)[VISION] == "Open a section.\n\nReview the course."


def test_changing_one_word_of_a_wrapped_answer_tears_nothing_apart(tmp_path: Path) -> None:
    path = answers(
        tmp_path, "narratives:\n  partnership_vision: |\n    One two.\n    Three four.\n"
    )
    keys = [*find(VISION), DOWN, ENTER, " Five.", DONE]
    assert sit_through(path, keys)[VISION] == "One two. Three four. Five."


def test_paragraphs_that_nobody_changed_stay_wrapped_as_they_were(tmp_path: Path) -> None:
    path = answers(
        tmp_path, "narratives:\n  partnership_vision: |\n    One\n    two.\n\n    Four.\n"
    )
    keys = [*find(VISION), DOWN, ENTER, " Five.", DONE]
    assert sit_through(path, keys)[VISION] == "One\ntwo.\n\nFour. Five."


def test_looking_at_a_wrapped_answer_leaves_it_as_it_is(tmp_path: Path) -> None:
    path = answers(
        tmp_path, "narratives:\n  partnership_vision: |\n    One two.\n    Three four.\n"
    )
    before = path.read_bytes()
    sit_through(path, [*find(VISION), DOWN, ENTER, DONE])
    assert path.read_bytes() == before
    sit_through(path, [*find(VISION), DOWN, ENTER, CTRL_C])
    assert path.read_bytes() == before


def test_no_answer_of_the_complete_example_reads_otherwise_when_it_is_unwrapped() -> None:
    narratives = load(EXAMPLES / "complete.yaml").tree["narratives"]
    assert isinstance(narratives, dict)
    for text in narratives.values():
        assert parse(str(text)) == parse(unwrapped(str(text)))
        assert as_before(as_typed(unwrapped(str(text))), str(text)) == str(text).strip("\n")
