"""Findings about the file itself: gaps, wrong values, unknown keys, loose references."""

from datetime import date

import pytest

from localplan.knowledge.questions import load_questionnaire
from localplan.plan.checks.checkup import Checkup, check_up
from localplan.plan.checks.findings import Finding
from localplan.yamltext import Tree

TODAY = date(2026, 11, 21)


def checked(tree: Tree) -> Checkup:
    return check_up(tree, load_questionnaire(), today=TODAY)


def of_rule(tree: Tree, rule: str) -> dict[str, Finding]:
    return {item.path: item for item in checked(tree).findings if item.rule == rule}


def test_each_missing_required_answer_is_an_error_at_its_path() -> None:
    found = of_rule({}, "missing-answer")
    assert found["board.name"].severity == "error"
    assert found["board.name"].message.startswith("Not answered: ")


def test_an_answer_put_off_names_who_has_it_and_until_when() -> None:
    tree: Tree = {"status": {"board.name": {"state": "later", "owner": "Ana", "due": "2026-12-01"}}}
    message = of_rule(tree, "missing-answer")["board.name"].message
    assert message.endswith("Put off to 2026-12-01 with Ana.")


def test_a_value_of_the_wrong_kind_is_an_error_and_the_rest_is_read() -> None:
    result = checked({"board": {"name": "Delta Board"}, "plan": {"program_years": "four"}})
    wrong = [item.path for item in result.findings if item.rule == "wrong-type"]
    assert wrong == ["plan.program_years"]
    assert result.plan.board.name == "Delta Board"


def test_a_key_that_nobody_knows_is_a_warning() -> None:
    found = of_rule({"board": {"nmae": "Delta"}}, "unknown-key")
    assert [item.severity for item in found.values()] == ["warning"]


def test_a_reference_to_a_record_that_is_not_there_is_an_error() -> None:
    tree: Tree = {"pathways": [{"id": "a", "sector": "health"}]}
    found = of_rule(tree, "dangling-reference")
    assert found["pathways.a.sector"].severity == "error"
    tree["sectors"] = [{"id": "health"}]
    assert of_rule(tree, "dangling-reference") == {}


@pytest.mark.parametrize("written", ["Delta College", "delta  college", "delta-colege"])
def test_a_name_where_an_id_belongs_is_answered_with_the_id(written: str) -> None:
    tree: Tree = {
        "partners": [{"id": "delta-college", "name": "Delta College"}],
        "pathways": [{"id": "nursing", "lead": written}],
    }
    (finding,) = of_rule(tree, "dangling-reference").values()
    assert finding.message.endswith('Write its id, "delta-college".')


def test_a_name_that_two_records_have_is_left_to_be_chosen() -> None:
    tree: Tree = {
        "partners": [{"id": "one", "name": "College"}, {"id": "two", "name": "College"}],
        "pathways": [{"id": "nursing", "lead": "College"}],
    }
    (finding,) = of_rule(tree, "dangling-reference").values()
    assert "Write its id" not in finding.message


def test_a_course_where_the_id_of_a_step_belongs_is_answered_with_the_id() -> None:
    tree: Tree = {
        "pathways": [
            {
                "id": "nursing",
                "steps": [{"id": "aide", "course": "Nurse aide course"}],
                "exit_points": [{"id": "work", "step": "Nurse aide course"}],
            }
        ]
    }
    (finding,) = of_rule(tree, "dangling-reference").values()
    assert finding.message.endswith('Write its id, "aide".')


def test_the_board_itself_can_be_named_where_it_may_act() -> None:
    tree: Tree = {"supports": [{"id": "a", "provider": "board"}]}
    assert of_rule(tree, "dangling-reference") == {}


def test_a_status_about_an_answer_that_is_gone_is_kept_and_reported() -> None:
    tree: Tree = {"status": {"partners.gone.role": {"state": "carried"}}}
    found = of_rule(tree, "points-nowhere")
    assert list(found) == ["status.partners.gone.role"]
    assert "kept" in found["status.partners.gone.role"].message


def test_what_is_said_of_one_record_that_is_gone_is_reported_once() -> None:
    tree: Tree = {
        "partners": [{"id": "mesa", "name": "Mesa School"}],
        "status": {
            "partners.gone.role": {"state": "carried"},
            "partners.gone.outcomes": {"state": "confirmed"},
            "partners.mesa.role": {"state": "carried"},
        },
        "notes": {"partners.gone": "Ask them"},
    }
    found = of_rule(tree, "points-nowhere")
    assert list(found) == ["status.partners.gone.role", "status.partners.mesa.role"]
    assert '"partners.gone" is no longer in the file. 3 entries' in (
        found["status.partners.gone.role"].message
    )


def test_a_status_about_an_answer_still_to_come_points_somewhere() -> None:
    tree: Tree = {"status": {"narratives.remote_access": {"state": "later"}}}
    assert of_rule(tree, "points-nowhere") == {}


def test_a_note_about_an_answer_that_is_there_is_fine() -> None:
    tree: Tree = {"board": {"name": "Delta"}, "notes": {"board.name": "Ask the chair"}}
    assert of_rule(tree, "points-nowhere") == {}


def test_a_plan_with_an_error_is_never_complete() -> None:
    assert not checked({"plan": {"program_years": "four"}}).complete


def test_a_change_in_the_law_is_listed_until_someone_has_looked_at_it() -> None:
    first = checked({}).watch[0]
    tree: Tree = {"accepted": {f"watch/{first.id}": {"reason": "Looked at", "by": "Ana"}}}
    assert first not in checked(tree).watch


def regional(name: str) -> Tree:
    return {"plan": {"regional_plan": {"sections": {name: "Part 2"}}}}


def test_a_place_in_the_regional_plan_for_nothing_that_is_asked_is_a_warning() -> None:
    place = "plan.regional_plan.sections.LP-1-Ai"
    assert "standards wioa" in of_rule(regional("LP-1-Ai"), "regional-place")[place].message
    assert not of_rule(regional("LP-1-A-i"), "regional-place")
    assert not of_rule(regional("ca-III-A"), "regional-place")


def test_an_item_that_no_regional_plan_answers_is_a_warning() -> None:
    (found,) = of_rule(regional("AX-13"), "regional-place").values()
    assert "answer it in this plan" in found.message.lower()


def test_an_answer_that_no_chosen_framework_or_state_asks_for_is_a_warning() -> None:
    tree: Tree = {"narratives": {"fw_linked_learning_high_school": "Four schools."}}
    found = of_rule(tree, "answer-not-asked")
    assert list(found) == ["narratives.fw_linked_learning_high_school"]
    assert not of_rule({"narratives": {"sector_need": "Nurses."}}, "answer-not-asked")
    assert not of_rule({"narratives": {"fw_linked_learning_high_school": ""}}, "answer-not-asked")


@pytest.mark.parametrize(
    ("tree", "path", "said"),
    [
        (
            {"partners": [{"id": "a", "name": "A"}, {"id": "b", "name": "B"}]},
            "partners",
            "2 entries",
        ),
        ({"board": {"name": "Delta Board"}}, "board.name", "it is answered"),
    ],
)
def test_not_applicable_beside_an_answer_is_reported_with_its_reason(
    tree: Tree, path: str, said: str
) -> None:
    marked: Tree = {**tree, "status": {path: {"state": "not-applicable", "reason": "None here"}}}
    message = of_rule(marked, "not-applicable-answered")[path].message
    assert said in message
    assert '"None here"' in message


def test_an_answer_beside_the_word_that_it_is_put_off_is_reported() -> None:
    said: Tree = {"board.name": {"state": "later", "owner": "Ana Ruiz"}}
    message = of_rule({"board": {"name": "Delta Board"}, "status": said}, "later-answered")[
        "board.name"
    ].message
    assert "Put off for later with Ana Ruiz, yet an answer stands there" in message
    assert of_rule({"status": said}, "later-answered") == {}


def test_not_applicable_where_nothing_stands_is_fine() -> None:
    tree: Tree = {"status": {"one_stops": {"state": "not-applicable", "reason": "None here"}}}
    assert of_rule(tree, "not-applicable-answered") == {}


@pytest.mark.parametrize("written", ["Kentucky", "kentuky", "ky"])
def test_a_choice_that_is_written_by_its_name_is_answered_with_its_code(written: str) -> None:
    found = of_rule({"board": {"state": written}}, "wrong-choice")
    assert '"KY"' in found["board.state"].message


def test_an_entry_under_private_that_hides_nothing_is_reported() -> None:
    tree: Tree = {
        "partners": [{"id": "mesa", "role": "Teaches."}],
        "private": ["partners.*.role", "partners.*.rule", "partners.mesa", "partners.delta"],
    }
    found = of_rule(tree, "points-nowhere")
    assert list(found) == ["private.partners.*.rule", "private.partners.delta"]
    assert "hides nothing" in found["private.partners.delta"].message


def test_an_added_field_that_nothing_asks_for_is_an_unknown_key() -> None:
    more: Tree = {"builds_on": "A class.", "gossip": "Hm."}
    tree: Tree = {"pathways": [{"id": "care", "more": more}]}
    assert list(of_rule(tree, "unknown-key")) == ["pathways.care.more.gossip"]


def test_a_narrative_that_nothing_asks_for_is_said_to_stay_in_working_drafts() -> None:
    tree: Tree = {"narratives": {"ours": "More.", "fw_linked_learning_high_school": "Four."}}
    found = of_rule(tree, "answer-not-asked")
    assert "working drafts only" in found["narratives.ours"].message
    assert "among the other answers" in found["narratives.fw_linked_learning_high_school"].message


def test_an_answer_that_names_a_private_record_in_its_own_words_is_reported() -> None:
    tree: Tree = {
        "partners": [
            {"id": "county", "name": "County  Services", "role": "County Services helps."}
        ],
        "narratives": {"partnership_vision": "We work with county services.", "ours": "No county."},
        "private": ["partners.county"],
    }
    found = of_rule(tree, "private-name")
    assert list(found) == ["narratives.partnership_vision"]
    assert of_rule({**tree, "private": []}, "private-name") == {}
