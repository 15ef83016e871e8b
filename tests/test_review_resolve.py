"""Nothing reaches the answers without a decision, and every decision can be taken back."""

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from review_helper import (
    AS_OF,
    copied,
    drafted,
    moved_to,
    replaced,
    sharing_plan,
    small_plan,
    tree_of,
)

from localplan.cli.app import run
from localplan.document import markup
from localplan.document.markdown import written
from localplan.plan.tree import get, records
from localplan.review.items import Item, open_review
from localplan.review.weave import differing, woven

GOVERNANCE = "narratives.partnership_governance"
VISION = "narratives.partnership_vision"


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    answers = small_plan(tmp_path_factory.mktemp("plan"))
    drafted(answers)
    return answers


@pytest.fixture
def answers(plan: Path, tmp_path: Path) -> Path:
    return moved_to(tmp_path, plan)


def proposed(answers: Path, *edits: tuple[str, str]) -> list[Item]:
    """The items of copies in which one piece of text was replaced each."""
    draft = answers.with_name("draft.docx")
    files = [
        copied(draft, replaced(old, new), f"copy{number}.docx")
        for number, (old, new) in enumerate(edits)
    ]
    assert run(["collect", str(answers), *map(str, files), *AS_OF]) == 0
    return list(open_review(answers).items)


def resolve(answers: Path, item: Item, *options: str) -> int:
    return run(["resolve", str(answers), item.id, *options])


def said(answers: Path, path: str) -> str:
    value = get(tree_of(answers), path)
    assert isinstance(value, str)
    return value


def test_accepting_changes_the_answer_and_says_who_when_and_from_which_draft(answers: Path) -> None:
    (item,) = proposed(answers, ("decides by consensus", "decides by lot"))
    assert resolve(answers, item, "--accept", "--by", "Priya") == 0
    assert said(answers, GOVERNANCE).startswith("A joint committee decides by lot")
    status = tree_of(answers)["status"]
    assert isinstance(status, dict)
    entry = status[GOVERNANCE]
    assert isinstance(entry, dict)
    assert entry["state"] == "changed"
    assert item.draft in str(entry["reason"])
    decision = open_review(answers).item(item.id).decision
    assert decision is not None
    assert (decision.state, decision.by) == ("accepted", "Priya")


def test_undoing_puts_the_answer_back_to_the_byte(answers: Path) -> None:
    (item,) = proposed(answers, ("decides by consensus", "decides by lot"))
    before = tree_of(answers)
    resolve(answers, item, "--accept")
    assert resolve(answers, item, "--undo") == 0
    after = tree_of(answers)
    assert get(after, GOVERNANCE) == get(before, GOVERNANCE)
    assert not after.get("status")
    assert open_review(answers).item(item.id).is_open


def test_a_second_accept_is_refused_so_that_undo_still_brings_the_first_text_back(
    answers: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (item,) = proposed(answers, ("decides by consensus", "decides by lot"))
    before = tree_of(answers)
    resolve(answers, item, "--accept")
    assert resolve(answers, item, "--accept") == 1
    assert "is in the answers already. Take it out first" in capsys.readouterr().err
    assert resolve(answers, item, "--undo") == 0
    assert get(tree_of(answers), GOVERNANCE) == get(before, GOVERNANCE)


def test_what_was_not_edited_stays_as_it_was_typed(answers: Path) -> None:
    (item,) = proposed(answers, ("Partners meet each ", "All partners meet each "))
    resolve(answers, item, "--accept")
    text = said(answers, VISION)
    assert "- **People.** Three in four belong to a priority group.\n- **Wages.**" in text
    assert "All partners meet each *September*; see [the charter]" in text


def test_edits_of_two_partners_in_different_places_are_joined(answers: Path) -> None:
    first, second = proposed(
        answers,
        ("A joint committee", "One joint committee"),
        ("fails twice", "fails three times"),
    )
    assert resolve(answers, first, "--accept") == 0
    assert resolve(answers, second, "--accept") == 0
    assert said(answers, GOVERNANCE).strip() == (
        "One joint committee decides by consensus and votes when consensus fails three times."
    )


def test_edits_of_the_same_words_need_a_person(
    answers: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first, second = proposed(
        answers,
        ("decides by consensus", "decides by lot"),
        ("decides by consensus", "rules by age"),
    )
    resolve(answers, first, "--accept")
    capsys.readouterr()
    assert resolve(answers, second) == 0
    shown = capsys.readouterr().out
    assert "As shared:" in shown
    assert "What the reviewer wrote:" in shown
    assert "What stands now:" in shown
    assert resolve(answers, second, "--accept") == 1
    better = answers.with_name("better.md")
    better.write_text("A joint committee decides by lot and age.\n", encoding="utf-8")
    assert resolve(answers, second, "--text-file", str(better)) == 0
    assert said(answers, GOVERNANCE).strip() == "A joint committee decides by lot and age."


def test_two_who_disagree_are_shown_together(
    answers: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first, second = proposed(
        answers,
        ("decides by consensus", "decides by lot"),
        ("decides by consensus", "rules by age"),
    )
    capsys.readouterr()
    resolve(answers, first)
    assert f"wants something else (item {second.number})" in capsys.readouterr().out


def test_declining_needs_a_reason_and_keeps_the_answer(answers: Path) -> None:
    (item,) = proposed(answers, ("decides by consensus", "decides by lot"))
    before = answers.read_bytes()
    assert resolve(answers, item, "--decline") == 2
    assert resolve(answers, item, "--decline", "--reason", "The charter says consensus.") == 0
    assert answers.read_bytes() == before
    decision = open_review(answers).item(item.id).decision
    assert decision is not None
    assert decision.reason == "The charter says consensus."


@pytest.mark.parametrize(("option", "state"), [("--later", "later"), ("--assign=Ana", "assigned")])
def test_an_item_put_off_or_given_away_stays_open(answers: Path, option: str, state: str) -> None:
    (item,) = proposed(answers, ("decides by consensus", "decides by lot"))
    assert resolve(answers, item, option) == 0
    found = open_review(answers).item(item.id)
    assert found.is_open
    assert found.decision is not None
    assert found.decision.state == state


def test_collecting_again_keeps_decisions(answers: Path) -> None:
    (item,) = proposed(answers, ("decides by consensus", "decides by lot"))
    resolve(answers, item, "--decline", "--reason", "No.")
    (again,) = proposed(answers, ("decides by consensus", "decides by lot"))
    assert again.decision is not None
    assert again.decision.state == "declined"


def generated(answers: Path, old: str, new: str) -> Item:
    return next(item for item in proposed(answers, (old, new)) if item.generated)


def test_an_edited_passage_becomes_the_boards_own_words_only_when_accepted(answers: Path) -> None:
    before = answers.read_bytes()
    item = generated(answers, "the work in this plan", "the tasks in this plan")
    assert answers.read_bytes() == before
    assert item.path.startswith("passages.")
    assert resolve(answers, item, "--accept") == 0
    assert "the tasks in this plan" in str(get(tree_of(answers), item.path))
    out = answers.with_name("next.md")
    run(["draft", str(answers), "-o", str(out), *AS_OF])
    assert "the tasks in this plan" in out.read_text(encoding="utf-8")
    assert resolve(answers, item, "--undo") == 0
    assert get(tree_of(answers), item.path) is None


def test_words_in_place_of_a_passage_are_looked_at_again_when_its_facts_change(
    answers: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    item = generated(answers, "the work in this plan", "the tasks in this plan")
    assert resolve(answers, item, "--accept") == 0
    capsys.readouterr()
    run(["check", str(answers), *AS_OF])
    assert "have changed since" not in " ".join(capsys.readouterr().out.split())
    partner = next(iter(records(tree_of(answers), "partners")))
    assert run(["set", str(answers), f"{partner}.name", "A New Name"]) == 0
    run(["check", str(answers), "--all", *AS_OF])
    told = " ".join(capsys.readouterr().out.split())
    assert "have changed since" in told
    assert f"[{item.path}]" in told


def test_an_edited_heading_asks_which_answer_should_change(
    answers: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    item = generated(answers, "Leadership, decisions and funding", "Who decides")
    capsys.readouterr()
    assert resolve(answers, item, "--accept") == 1
    assert "--path PATH --text-file FILE" in capsys.readouterr().err
    better = answers.with_name("better.md")
    better.write_text("The committee decides.", encoding="utf-8")
    assert resolve(answers, item, "--path", GOVERNANCE, "--text-file", str(better)) == 0
    assert said(answers, GOVERNANCE).strip() == "The committee decides."


def test_undo_refuses_when_the_answer_changed_again(
    answers: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (item,) = proposed(answers, ("decides by consensus", "decides by lot"))
    resolve(answers, item, "--accept")
    run(["set", str(answers), GOVERNANCE, "Someone wrote this since."])
    capsys.readouterr()
    assert resolve(answers, item, "--undo") == 1
    assert said(answers, GOVERNANCE) == "Someone wrote this since."


def test_the_next_draft_carries_the_accepted_words(answers: Path) -> None:
    (item,) = proposed(answers, ("decides by consensus", "decides by lot"))
    resolve(answers, item, "--accept")
    out = answers.with_name("next.md")
    run(["draft", str(answers), "-o", str(out), *AS_OF])
    assert "decides by lot and votes when consensus fails twice" in out.read_text(encoding="utf-8")


def test_without_a_terminal_the_open_items_are_listed(
    answers: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (item,) = proposed(answers, ("decides by consensus", "decides by lot"))
    capsys.readouterr()
    assert run(["resolve", str(answers)]) == 0
    assert item.id in capsys.readouterr().out


def test_two_choices_at_once_are_wrong_usage(answers: Path) -> None:
    assert run(["resolve", str(answers), "1", "--accept", "--undo"]) == 2


WORDS = st.lists(
    st.sampled_from(["the", "board", "meets", "each", "year", "and", "partners", "agree"]),
    max_size=12,
)


@given(WORDS, WORDS)
def test_marked_differences_hold_both_texts(old: list[str], new: list[str]) -> None:
    before, after = " ".join(old), " ".join(new)
    parts = differing(before, after)
    assert "".join(part.text for part in parts if part.kind != "new") == before
    assert "".join(part.text for part in parts if part.kind != "gone") == after


@given(WORDS, WORDS)
def test_joining_with_someone_who_changed_nothing_gives_the_other_text(
    base: list[str], mine: list[str]
) -> None:
    before, after = " ".join(base), " ".join(mine)
    assert woven(before, after, before) == after
    assert woven(before, before, after) == after


TEXTS = st.text(alphabet=st.sampled_from("abc *_[]()|\\-+1.!#<>&`\n"), min_size=1, max_size=40)


@example(["1 \\\n1"])
@example(["- a\n\n  11. b"])
@given(st.lists(TEXTS, min_size=1, max_size=4))
def test_markdown_written_from_blocks_reads_back_as_the_same_blocks(pieces: list[str]) -> None:
    for block in markup.parse("\n\n".join(pieces)):
        assert markup.parse(written(block, escape="minimal")) == (block,)


def test_the_list_of_edits_shows_what_differs(
    answers: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    proposed(answers, ("fails twice", "fails three times"))
    capsys.readouterr()
    run(["resolve", str(answers)])
    assert "[-twice-]{+three times+}" in capsys.readouterr().out


def test_what_was_accepted_is_named_in_words_and_by_its_path(
    answers: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (item,) = proposed(answers, ("decides by consensus", "decides by lot"))
    assert f"Decide with: localplan resolve {answers}" in capsys.readouterr().out
    resolve(answers, item, "--accept")
    assert f"Saved: Leadership, decisions and funding ({GOVERNANCE})." in capsys.readouterr().out


def test_an_edit_of_generated_text_says_what_that_text_is_made_from(
    answers: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (item,) = proposed(answers, ("Four classrooms", "Five classrooms"))
    capsys.readouterr()
    resolve(answers, item)
    assert (
        "from what is answered about: Mesa Adult School, Four classrooms."
        in capsys.readouterr().out
    )


def test_an_edit_in_an_appendix_names_the_appendix(answers: Path) -> None:
    (item,) = proposed(answers, ("Four classrooms", "Five classrooms"))
    assert item.section.endswith("Coverage matrices")


def test_an_answer_from_a_shared_file_is_shown_and_overridden_in_the_plan(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plan = sharing_plan(tmp_path)
    drafted(plan)
    (item,) = proposed(plan, ("each quarter", "each month"))
    capsys.readouterr()
    resolve(plan, item)
    assert "The answer was changed since" not in capsys.readouterr().out
    assert resolve(plan, item, "--accept") == 0
    assert said(plan, "partners.mesa.responsibilities").strip() == "Reports skill gains each month."
    assert get(tree_of(plan), "partners.mesa.name") is None
    assert "each quarter" in (tmp_path / "profile.yaml").read_text(encoding="utf-8")
    assert resolve(plan, item, "--undo") == 0
    assert get(tree_of(plan), "partners.mesa.responsibilities") is None


def test_an_edit_of_text_made_from_shared_answers_names_them(tmp_path: Path) -> None:
    plan = sharing_plan(tmp_path)
    drafted(plan)
    (item,) = proposed(plan, ("Four classrooms", "Five classrooms"))
    assert item.path == "partners.mesa.resources.rooms.what"
