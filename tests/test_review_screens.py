"""A person goes through the items at the screen: one key or two for each decision."""

import io
from contextlib import suppress
from pathlib import Path

import pytest
from interview_helper import CTRL_C, DONE, DOWN, ENTER, ESC
from prompt_toolkit.application import create_app_session
from prompt_toolkit.data_structures import Size
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output.vt100 import Vt100_Output
from review_helper import AS_OF, copied, drafted, replaced, small_plan, tree_of
from test_review_reading import commented

from localplan.cli.app import run
from localplan.desk.desk import open_plan
from localplan.desk.reviewing import changed_lines
from localplan.interview.review_screens import go_through_items
from localplan.plan.tree import get
from localplan.review.items import Item, open_review

GOVERNANCE = "narratives.partnership_governance"


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    path = small_plan(tmp_path)
    draft = drafted(path)
    first = copied(draft, replaced("decides by consensus", "decides by lot"), "one.docx")
    second = copied(draft, replaced("one shared fund", "two shared funds"), "two.docx")
    assert run(["collect", str(path), str(first), str(second), *AS_OF]) == 0
    return path


def sat(answers: Path, *keys: str, rows: int = 40, columns: int = 90) -> tuple[list[Item], str]:
    """The items after someone pressed `keys` and then Ctrl-C, and what was shown."""
    screen = io.StringIO()
    output = Vt100_Output(screen, lambda: Size(rows=rows, columns=columns), term="xterm")
    names = [item.id for item in open_review(answers).items]
    with create_pipe_input() as pipe, create_app_session(input=pipe, output=output):
        pipe.send_text("".join(keys) + CTRL_C)
        with suppress(KeyboardInterrupt):
            go_through_items(open_plan(answers, person="Priya"), names)
    return list(open_review(answers).items), screen.getvalue()


def said(answers: Path) -> str:
    return str(get(tree_of(answers), GOVERNANCE))


def test_enter_accepts_and_the_next_item_follows(answers: Path) -> None:
    items, shown = sat(answers, ENTER, ENTER)
    assert [item.decision.state for item in items if item.decision] == ["accepted", "accepted"]
    assert "decides by lot" in said(answers)
    assert "[-consensus-]{+lot+}" in shown


def test_the_words_can_be_mended_before_they_are_accepted(answers: Path) -> None:
    sat(answers, DOWN, ENTER, " Twice.", DONE)
    assert said(answers).strip().endswith("fails twice. Twice.")


def test_declining_asks_for_the_reason(answers: Path) -> None:
    items, _ = sat(answers, DOWN, DOWN, ENTER, "The charter says so.", ENTER)
    decision = items[0].decision
    assert decision is not None
    assert (decision.state, decision.reason) == ("declined", "The charter says so.")
    assert "by consensus" in said(answers)


def test_escape_leaves_everything_undecided(answers: Path) -> None:
    before = answers.read_bytes()
    items, _ = sat(answers, ESC)
    assert all(item.decision is None for item in items)
    assert answers.read_bytes() == before


def test_escape_goes_back_one_item_and_leaves_at_the_first(answers: Path) -> None:
    items, _ = sat(answers, DOWN * 5, ENTER, ESC, ENTER)
    assert [item.decision.state for item in items if item.decision] == ["accepted"]


def test_accepting_over_an_answer_that_changed_since_says_that_both_texts_are_joined(
    answers: Path,
) -> None:
    text = answers.read_text(encoding="utf-8")
    answers.write_text(text.replace("A joint committee", "One joint committee"), encoding="utf-8")
    _, shown = sat(answers, rows=24, columns=80)
    assert "the answer becomes the text that joins both" in shown
    assert "the answer becomes what the reviewer wrote" not in shown
    assert "Accepting would make it:" in shown
    assert "decides by [-consensus-]{+lot+}" in shown
    sat(answers, ENTER)
    assert said(answers).startswith("One joint committee decides by lot")


def test_ctrl_c_keeps_what_was_decided(answers: Path) -> None:
    items, _ = sat(answers, ENTER)
    assert [item.is_open for item in items] == [False, True]
    assert "decides by lot" in said(answers)


def test_every_difference_of_a_long_answer_is_on_the_screen() -> None:
    long = "\n\n".join([f"{'Words that stay. ' * 30}", "It votes once.", "Words that stay."] * 3)
    text = changed_lines(long, long.replace("votes once", "votes twice"))
    assert text.count("{+twice+}") == text.count("[-once-]") == 3
    assert len(text) < 200


def test_words_far_from_a_difference_are_left_out_of_its_line() -> None:
    old = f"Begin {'same ' * 60}once {'same ' * 60}end."
    text = changed_lines(old, old.replace("once", "twice"))
    assert "same [-once-]{+twice+} same" in text
    assert len(text) < 250


@pytest.fixture
def remarked(tmp_path: Path) -> Path:
    """A plan on which one person commented."""
    path = small_plan(tmp_path)
    assert run(["collect", str(path), str(commented(drafted(path), "fails twice")), *AS_OF]) == 0
    return path


def test_a_comment_can_be_accepted_by_mending_the_answer(remarked: Path) -> None:
    (item,), _ = sat(remarked, DOWN, ENTER, " All members vote.", DONE)
    assert item.decision is not None
    assert item.decision.path == GOVERNANCE
    assert said(remarked).strip().endswith("fails twice. All members vote.")


def test_a_comment_that_is_only_noted_changes_no_answer_and_says_so(remarked: Path) -> None:
    before = said(remarked)
    (item,), shown = sat(remarked, DOWN, DOWN, ENTER)
    assert item.decision is not None
    assert (item.decision.state, item.decision.path) == ("accepted", "")
    assert "the plan stays as it is" in shown
    assert said(remarked) == before
    out = remarked.with_name("matrix.csv")
    run(["comments", str(remarked), "-o", str(out), *AS_OF])
    assert "Plan changed" not in out.read_text(encoding="utf-8")


def test_a_comment_can_be_marked_as_disagreeing_before_it_is_decided(remarked: Path) -> None:
    (item,), shown = sat(remarked, DOWN, DOWN, DOWN, DOWN, ENTER)
    assert (item.disagrees, item.decision) == ("yes", None)
    assert "Disagrees with the plan: yes" in shown
