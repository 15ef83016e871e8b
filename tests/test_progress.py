"""One function decides what applies, what is required and what is answered."""

from pathlib import Path
from typing import Any

import pytest

from localplan.knowledge.kinds import Stage
from localplan.knowledge.questions import Questionnaire, load_questionnaire
from localplan.plan.progress import Progress, assess, is_answered

SECTIONS = (
    "board", "plan", "partnership", "sector", "design", "delivery", "supports", "measurement",
    "administration",
)  # fmt: skip
DESIGN = """
  - {id: review, fills: narratives.review, kind: text, ask: What did the review find?,
     when: {plan.track: existing}, required: true, example: The review found two gaps.}
  - id: pathways
    fills: pathways
    kind: records
    one: pathway
    many: pathways
    ask: Which pathways?
    required: true
    least: 2
    fields:
      - {id: pathway-name, fills: pathways.*.name, kind: line, ask: Its name?, required: true}
      - {id: pathway-start, fills: pathways.*.more.start, kind: line, ask: When does it start?,
         when: {pathways.*.standing: planned}, required: true}
      - id: entry-points
        fills: pathways.*.entry_points
        kind: records
        ask: Where do people join?
        fields:
          - {id: entry-owner, fills: pathways.*.entry_points.*.owner, kind: line, ask: Who owns it?,
             required: true}
"""
BOARD = """
  - {id: name, fills: board.name, kind: line, ask: What is the board called?, required: true,
     example: Delta Board}
  - {id: signer, fills: board.signer, kind: line, ask: Who signs?, required: true, stage: board}
  - {id: nickname, fills: board.nickname, kind: line, ask: A short name?}
"""


@pytest.fixture
def questions(tmp_path: Path) -> Questionnaire:
    asked = {"board": BOARD, "design": DESIGN}
    for name in SECTIONS:
        body = asked.get(name, " []")
        text = f"section: {name}\ntitle: {name.title()}\nquestions:{body}\n"
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    return load_questionnaire(tmp_path)


def missing(progress: Progress) -> list[str]:
    return [item.path for item in progress.missing]


def test_a_required_question_without_an_answer_is_missing(questions: Questionnaire) -> None:
    assert "board.name" in missing(assess(questions, {}))


def test_an_optional_question_is_never_missing(questions: Questionnaire) -> None:
    assert "board.nickname" not in missing(assess(questions, {}))


def test_an_answered_question_is_counted_in_its_section(questions: Questionnaire) -> None:
    section = assess(questions, {"board": {"name": "Alder Board"}}).section("board")
    assert (section.applies, section.required, section.answered) == (3, 1, 1)


@pytest.mark.parametrize(("stage", "due"), [("working", False), ("public", False), ("board", True)])
def test_an_answer_is_required_from_its_own_stage_on(
    questions: Questionnaire, stage: Stage, *, due: bool
) -> None:
    assert ("board.signer" in missing(assess(questions, {}, stage=stage))) is due


def test_a_question_whose_condition_fails_is_not_asked(questions: Questionnaire) -> None:
    fresh: dict[str, Any] = {"plan": {"track": "new"}}
    older: dict[str, Any] = {"plan": {"track": "existing"}}
    assert "narratives.review" not in missing(assess(questions, fresh))
    assert "narratives.review" in missing(assess(questions, older))


def test_a_question_about_records_is_asked_of_each_record(questions: Questionnaire) -> None:
    tree: dict[str, Any] = {
        "pathways": [{"id": "a", "name": "Nursing"}, {"id": "b", "standing": "existing"}]
    }
    assert missing(assess(questions, tree)) == ["board.name", "pathways.b.name"]


def test_a_condition_inside_a_record_speaks_of_that_record(questions: Questionnaire) -> None:
    tree: dict[str, Any] = {
        "pathways": [
            {"id": "a", "name": "Nursing", "standing": "planned"},
            {"id": "b", "name": "Trades", "standing": "existing"},
        ]
    }
    assert "pathways.a.more.start" in missing(assess(questions, tree))
    assert "pathways.b.more.start" not in missing(assess(questions, tree))


def test_a_record_inside_a_record_is_asked_about_too(questions: Questionnaire) -> None:
    tree: dict[str, Any] = {
        "pathways": [{"id": "a", "name": "Nursing", "entry_points": [{"id": "e", "x": "1"}]}]
    }
    assert "pathways.a.entry_points.e.owner" in missing(assess(questions, tree))


def test_a_list_with_fewer_records_than_asked_is_one_missing_answer(
    questions: Questionnaire,
) -> None:
    tree: dict[str, Any] = {"pathways": [{"id": "a", "name": "Nursing"}]}
    assert "pathways" in missing(assess(questions, tree))
    both: dict[str, Any] = {
        "pathways": [{"id": "a", "name": "Nursing"}, {"id": "b", "name": "Trades"}]
    }
    assert "pathways" not in missing(assess(questions, both))


def test_what_does_not_apply_with_a_reason_is_settled(questions: Questionnaire) -> None:
    tree: dict[str, Any] = {
        "status": {"board.name": {"state": "not-applicable", "reason": "Two boards"}}
    }
    assert missing(assess(questions, tree)) == ["pathways"]


def test_what_does_not_apply_without_a_reason_stays_missing(questions: Questionnaire) -> None:
    tree: dict[str, Any] = {"status": {"board.name": {"state": "not-applicable"}}}
    assert "board.name" in missing(assess(questions, tree))


def test_an_answer_put_off_is_missing_and_counted_as_later(questions: Questionnaire) -> None:
    tree: dict[str, Any] = {"status": {"board.name": {"state": "later", "owner": "Ana"}}}
    progress = assess(questions, tree)
    assert "board.name" in missing(progress)
    assert progress.section("board").later == 1


def test_an_answer_that_was_put_off_and_stands_is_answered_and_counted_as_later(
    questions: Questionnaire,
) -> None:
    tree: dict[str, Any] = {
        "board": {"name": "Alder Board"}, "status": {"board.name": {"state": "later"}},
    }  # fmt: skip
    progress = assess(questions, tree)
    assert "board.name" not in missing(progress)
    assert progress.section("board").later == 1


def test_of_a_record_that_was_put_off_only_what_is_missing_is_for_later() -> None:
    tree: dict[str, Any] = {
        "partners": [{"id": "mesa", "name": "Mesa Adult School"}],
        "status": {"partners.mesa": {"state": "later"}},
    }
    later = {item.path for item in assess(load_questionnaire(), tree).items() if item.later}
    assert "partners.mesa.role" in later
    assert "partners.mesa.name" not in later


def test_a_carried_answer_is_answered_and_says_so(questions: Questionnaire) -> None:
    tree: dict[str, Any] = {
        "board": {"name": "Alder Board"}, "status": {"board.name": {"state": "carried"}},
    }  # fmt: skip
    item = next(item for item in assess(questions, tree).items() if item.path == "board.name")
    assert item.settled
    assert item.carried


def test_the_untouched_example_is_no_answer(questions: Questionnaire) -> None:
    tree: dict[str, Any] = {
        "plan": {"track": "existing"},
        "narratives": {"review": "The review found two gaps."},
    }
    assert "narratives.review" in missing(assess(questions, tree))
    tree["narratives"]["review"] = "Our review found three gaps."
    assert "narratives.review" not in missing(assess(questions, tree))


def test_a_plan_is_complete_when_nothing_required_is_missing(questions: Questionnaire) -> None:
    tree: dict[str, Any] = {
        "board": {"name": "Alder Board"},
        "pathways": [{"id": "a", "name": "Nursing"}, {"id": "b", "name": "Trades"}],
    }
    progress = assess(questions, tree)
    assert progress.complete
    assert progress.answered == progress.required == 4


@pytest.mark.parametrize(
    "text",
    ["", "  ", "TBD", "tbd.", "N/A", "n/a", "see attached", "To be determined", "???", "...",
     "*TBD*", "(none yet)", "Pending", "to do", "xxx", "same as above"],
)  # fmt: skip
def test_placeholders_say_nothing(text: str) -> None:
    assert not is_answered(text)


@pytest.mark.parametrize(
    "text", ["No", "0", "None of the three centers closes.", "N", "Pending a vote, classes go on."]
)
def test_short_answers_that_say_something_count(text: str) -> None:
    assert is_answered(text)


def test_a_group_in_which_only_ids_were_filled_says_nothing() -> None:
    assert not is_answered([{"id": "a"}, {"id": "b", "name": ""}])
