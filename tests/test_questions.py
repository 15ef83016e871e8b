"""The questionnaire is data: files in, questions out, and a message where a file is wrong."""

from dataclasses import replace
from pathlib import Path

import pytest

from localplan.knowledge.asking import questionnaire_for
from localplan.knowledge.lists import labels
from localplan.knowledge.questions import (
    SECTIONS,
    QuestionsError,
    load_questionnaire,
)
from localplan.knowledge.standards import load_framework
from localplan.knowledge.states import load_state


def written(folder: Path, **sections: str) -> Path:
    for name in SECTIONS:
        body = sections.get(name, f"section: {name}\ntitle: {name}\nquestions: []\n")
        (folder / f"{name}.yaml").write_text(body, encoding="utf-8")
    return folder


def design(question: str) -> str:
    return f"section: design\ntitle: Design\nquestions:\n  - {{{question}}}\n"


def test_the_sections_come_in_the_order_they_are_asked() -> None:
    assert tuple(section.id for section in load_questionnaire().sections) == SECTIONS


def test_a_question_added_to_a_file_is_asked_without_any_code(tmp_path: Path) -> None:
    line = "id: bees, fills: narratives.bees, kind: text, ask: Which bees work here?"
    made = load_questionnaire(written(tmp_path, design=design(line)))
    question = made.by_fills()["narratives.bees"]
    assert question.ask == "Which bees work here?"
    assert question.is_narrative


OWN_FRAMEWORK = """
id: own
name: A framework of our own
criteria: []
questions:
  - {id: own, fills: narratives.own, kind: text, ask: What?, element: design}
"""


def test_fields_of_records_are_found_by_what_they_fill() -> None:
    question = load_questionnaire().by_fills()["partners.*.role"]
    assert question.per_record


def test_a_list_named_as_options_offers_its_items() -> None:
    question = load_questionnaire().by_fills()["plan.frameworks"]
    assert len(question.options) == 9


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("id: Bees, fills: narratives.bees, kind: text, ask: What?", "questions.0.id"),
        ("id: bees, fills: narratives.bees, kind: poem, ask: What?", "questions.0.kind"),
        ("id: bees, fills: narratives.bees, kind: text", "questions.0.ask"),
        ("id: bees, fills: n.bees, kind: text, ask: What?, hlep: x", "questions.0.hlep"),
        ("id: bees, fills: n.bees, kind: choice, ask: What?, options: bees", "no list bees"),
        ('id: bees, fills: n.bees, kind: text, ask: What?, when: {"A": x}', "question bees"),
    ],
)
def test_a_mistake_in_a_file_names_the_file_and_the_place(
    tmp_path: Path, line: str, says: str
) -> None:
    with pytest.raises(QuestionsError) as error:
        load_questionnaire(written(tmp_path, design=design(line)))
    assert "design.yaml" in str(error.value)
    assert says in str(error.value)


def test_the_questions_of_a_state_join_their_section() -> None:
    state = load_state("ca")
    plain, joined = questionnaire_for([], None), questionnaire_for([], state)
    assert {question.fills for question in state.questions} <= set(joined.by_fills())
    assert not {question.fills for question in state.questions} & set(plain.by_fills())


def test_a_question_that_a_framework_adds_joins_the_element_it_names(tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text(OWN_FRAMEWORK, encoding="utf-8")
    added = load_framework("own", tmp_path).questions
    assert [question.origin for question in added] == ["own.yaml"]
    whole = load_questionnaire().joined_by(added)
    assert [one.id for one in whole.section("design").questions].count("own") == 1


def test_an_answer_that_a_framework_and_a_state_ask_for_is_asked_once() -> None:
    state = load_state("ca")
    shared = questionnaire_for(labels("frameworks"), replace(state, questions=state.questions * 2))
    fills = [question.fills for question in shared.questions()]
    assert len(fills) == len(set(fills))


def test_a_section_that_does_not_exist_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        load_questionnaire().section("weather")
