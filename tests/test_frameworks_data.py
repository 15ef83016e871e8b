"""The frameworks: every row of them speaks to something that we ask."""

import pytest

from localplan.knowledge.lists import labels
from localplan.knowledge.questions import load_questionnaire
from localplan.knowledge.standards import Framework, framework_ids, load_framework
from localplan.knowledge.targets import Target
from localplan.plan.model import Plan

ELEMENTS = ("partnership", "sector", "design", "delivery", "supports", "measurement")
every_framework = pytest.mark.parametrize(
    "framework", [load_framework(name) for name in framework_ids()], ids=framework_ids()
)


def targets_of(framework: Framework) -> list[Target]:
    return [target for criterion in framework.criteria for target in criterion.targets]


@every_framework
def test_a_framework_has_criteria_for_all_six_elements(framework: Framework) -> None:
    assert {criterion.element for criterion in framework.criteria} == set(ELEMENTS)


@every_framework
def test_a_framework_says_whose_it_is_and_what_became_of_it(framework: Framework) -> None:
    said = (framework.name, framework.short, framework.sponsor, framework.document)
    assert all(said)
    assert framework.edition
    assert framework.state in {"", *labels("states")}


def test_no_two_criteria_share_an_id() -> None:
    ids = [criterion.id for name in framework_ids() for criterion in load_framework(name).criteria]
    assert sorted(set(ids)) == sorted(ids)


@every_framework
def test_a_criterion_is_named_after_its_framework_and_element(framework: Framework) -> None:
    for criterion in framework.criteria:
        assert criterion.id.startswith(f"{framework.id}-{criterion.element}-")


@every_framework
def test_no_statement_is_made_twice_in_one_element(framework: Framework) -> None:
    said = [(criterion.element, criterion.says) for criterion in framework.criteria]
    assert sorted(set(said)) == sorted(said)


@every_framework
def test_a_criterion_says_who_acts_and_where_it_comes_from(framework: Framework) -> None:
    for criterion in framework.criteria:
        assert criterion.actor in {"board", "partner", "state", "shared"}, criterion.id
        assert criterion.needs in {"all", "any"}, criterion.id
        assert criterion.row, criterion.id


@every_framework
def test_only_a_state_act_asks_how_the_local_plan_connects(framework: Framework) -> None:
    for criterion in framework.criteria:
        assert bool(criterion.asks) == (criterion.actor == "state"), criterion.id


@every_framework
def test_every_criterion_is_tied_to_answers(framework: Framework) -> None:
    assert [criterion.id for criterion in framework.criteria if not criterion.targets] == []


@every_framework
def test_every_target_names_a_part_of_the_plan(framework: Framework) -> None:
    assert {target.root for target in targets_of(framework)} <= set(Plan.model_fields)


@every_framework
def test_every_target_is_filled_by_a_question(framework: Framework) -> None:
    asked = load_questionnaire().joined_by(framework.questions).by_fills()
    assert {target.general for target in targets_of(framework)} - set(asked) == set()


@every_framework
def test_a_framework_adds_at_most_one_question_to_an_element(framework: Framework) -> None:
    sections = [question.section for question in framework.questions]
    assert len(set(sections)) == len(sections)
    assert set(sections) <= set(ELEMENTS)


@every_framework
def test_a_framework_asks_only_what_one_of_its_criteria_needs(framework: Framework) -> None:
    needed = {target.text for target in targets_of(framework)}
    assert {question.fills for question in framework.questions} <= needed


def test_a_question_of_a_framework_has_an_id_of_its_own() -> None:
    ours = {question.id for question in load_questionnaire().questions()}
    theirs = [
        question.id for name in framework_ids() for question in load_framework(name).questions
    ]
    assert sorted(set(theirs)) == sorted(theirs)
    assert ours.isdisjoint(theirs)


def test_every_action_of_the_strategic_plan_names_its_term_and_owner() -> None:
    rows = {criterion.row for criterion in load_framework("cwdb-strategic").criteria}
    actions = {row for row in rows if "action" in row.split("(")[0]}
    assert len(actions) == 14
    assert {row for row in actions if not row.endswith(")")} == set()


@pytest.mark.parametrize(
    ("framework", "criterion"),
    [("aqcp", "aqcp-sector-5"), ("strong-workforce", "strong-workforce-partnership-3")],
)
def test_a_list_of_employers_does_not_speak_for_labor(framework: str, criterion: str) -> None:
    asked = {each.id: each for each in load_framework(framework).criteria}[criterion]
    assert {target.root for target in asked.targets} == {"partners"}
