"""The questionnaire is data: files in, questions out, and a message where a file is wrong."""

from pathlib import Path
from typing import Any

import pytest

from localplan.knowledge.asking import questionnaire_for
from localplan.knowledge.questions import (
    SECTIONS,
    QuestionsError,
    load_questionnaire,
    read_questions,
)
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


def test_an_answer_that_two_of_them_ask_for_is_asked_once() -> None:
    entry: dict[str, Any] = {
        "id": "own", "fills": "narratives.own", "kind": "text", "ask": "What?", "element": "design",
    }  # fmt: skip
    questions = read_questions([entry], section="administration", origin="xx.yaml")
    assert [question.section for question in questions] == ["design"]
    assert questions[0].origin == "xx.yaml"
    whole = load_questionnaire().joined_by(questions)
    assert sum(one.id == "own" for one in whole.questions()) == 1


def test_a_section_that_does_not_exist_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        load_questionnaire().section("weather")
