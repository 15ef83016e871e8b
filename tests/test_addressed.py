"""Addressed stands only where an answer speaks to the item; a text to be read is answered."""

from datetime import date
from functools import cache
from typing import Any

import pytest

from localplan.knowledge.asking import questionnaire_for
from localplan.knowledge.standards import Criterion, framework_ids, load_framework, load_law
from localplan.plan.checks.checkup import Checkup, check_up
from localplan.plan.checks.coverage import Coverage, CriterionCoverage
from localplan.plan.checks.limits import is_long_text
from localplan.plan.file.answers import load
from localplan.resources import EXAMPLES

TODAY = date(2026, 12, 1)
LONG = "Teachers build every lesson on work that learners know, and each learner sets a goal."
SHORT = "Teachers teach."
MARK = {"by": "Ana Ruiz", "on": "2026-12-01"}
WAY_OF_LEARNING = "aqcp-delivery-6"
RULES_BROKEN: dict[str, dict[str, Any]] = {
    "comment-period": {"public_comment": {"opens": "2027-01-04", "closes": "2027-02-04"}},
    "comments-unmarked": {"public_comment": {"received": "1"},
                          "comments": [{"id": "one", "comment": "Add evening classes."}]},
    "period-order": {"plan": {"period_start": "2025-07-01", "period_end": "2024-06-30"}},
    "period-end": {"plan": {"period_start": "2025-07-01", "period_end": "2028-06-30",
                            "first_program_year": "2025", "program_years": "4"}},
    "program-years": {"plan": {"period_start": "2025-07-01", "period_end": "2028-06-30",
                               "kind": "four-year", "program_years": "3"}},
}  # fmt: skip


def checked(tree: dict[str, Any]) -> Checkup:
    plan = tree.get("plan", {})
    questions = questionnaire_for(plan.get("frameworks", ()), None)
    return check_up(tree, questions, today=TODAY)


def of_the_law(name: str, tree: dict[str, Any]) -> Coverage:
    rows = checked(tree).requirements
    return next(row.coverage for row in rows if row.requirement.id == name)


def taught(**more: Any) -> dict[str, Any]:
    """A plan in the Alliance framework that says in a long text how people are taught."""
    return {"plan": {"frameworks": ["aqcp"]}, "narratives": {"instruction": LONG}, **more}


def criterion(name: str, tree: dict[str, Any]) -> CriterionCoverage:
    return next(row for row in checked(tree).frameworks if row.criterion.id == name)


@cache
def complete() -> Checkup:
    tree = load(EXAMPLES / "complete.yaml").tree
    return check_up(tree, questionnaire_for(framework_ids(), None), today=TODAY)


def test_a_text_of_two_words_addresses_and_answers_nothing() -> None:
    said = checked({"plan": {"frameworks": ["aqcp"]}, "narratives": {"instruction": SHORT}})
    statuses = {row.coverage.status for row in said.frameworks}
    assert statuses.isdisjoint({"addressed", "answered", "partial"})


def test_a_very_short_text_is_a_finding_and_its_item_of_the_law_is_missing() -> None:
    tree = {"narratives": {"service_assessment": "Our services are good and there are enough."}}
    found = [each for each in checked(tree).findings if each.rule == "very-short"]
    assert [each.path for each in found] == ["narratives.service_assessment"]
    assert "8 words" in found[0].message
    assert of_the_law("LP-1-D", tree) == Coverage(
        "missing", (), ("narratives.service_assessment",), "The answer is very short."
    )


def test_twelve_words_are_long_enough() -> None:
    text = "The Board trains nobody itself and holds no waiver to do so."
    assert of_the_law("AX-12", {"narratives": {"board_as_trainer": text}}).status == "addressed"


def test_a_short_text_that_a_person_accepts_is_an_answer() -> None:
    tree = {
        "narratives": {"board_as_trainer": "The Board trains nobody."},
        "accepted": {"very-short/narratives/board_as_trainer": {"reason": "That is all."}},
    }
    assert of_the_law("AX-12", tree).status == "addressed"
    assert [each.accepted for each in checked(tree).findings if each.rule == "very-short"] == [
        "That is all."
    ]


def test_a_short_text_in_a_record_is_no_finding() -> None:
    tree = {"partners": [{"id": "a", "name": "Library", "role": "Lends rooms."}]}
    assert not [each for each in checked(tree).findings if each.rule == "very-short"]


def test_a_criterion_that_rests_on_a_long_text_is_answered_and_says_what_to_look_for() -> None:
    row = criterion(WAY_OF_LEARNING, taught())
    assert row.coverage.status == "answered"
    assert row.coverage.where == ("narratives.instruction",)
    assert row.criterion.sought == "teaching that fits each one's way of learning"


def test_a_record_that_names_the_group_addresses_its_criterion() -> None:
    group = {"id": "ell", "name": "English learners", "standard": "english-learners"}
    row = criterion("aqcp-design-16", taught(populations=[group]))
    assert row.coverage.status == "addressed"


def test_a_record_addresses_no_criterion_that_only_reading_can_show() -> None:
    steps = [{"id": "a", "course": "Aide", "credential": "Certificate"}]
    tree = {"plan": {"frameworks": ["wioa-hea"]}, "pathways": [{"id": "p", "steps": steps}]}
    assert criterion("wioa-hea-delivery-4", tree).coverage.status == "answered"


def test_a_mark_with_name_and_day_makes_an_answered_criterion_addressed() -> None:
    tree = taught(accepted={f"criterion/{WAY_OF_LEARNING}": {"reason": "4.1", **MARK}})
    row = criterion(WAY_OF_LEARNING, tree)
    assert row.coverage.status == "addressed"
    assert row.mark == MARK
    assert not [each for each in checked(tree).findings if each.rule == "loose-mark"]


@pytest.mark.parametrize("key", ["by", "on"])
def test_a_mark_without_name_or_day_counts_for_nothing_and_is_reported(key: str) -> None:
    said = {name: value for name, value in MARK.items() if name != key}
    tree = taught(accepted={f"criterion/{WAY_OF_LEARNING}": said})
    assert criterion(WAY_OF_LEARNING, tree).coverage.status == "answered"
    assert [each.rule for each in checked(tree).findings if each.rule == "loose-mark"]


def test_a_mark_does_not_stand_in_for_an_answer() -> None:
    tree = {"plan": {"frameworks": ["aqcp"]}, "accepted": {f"criterion/{WAY_OF_LEARNING}": MARK}}
    assert criterion(WAY_OF_LEARNING, tree).coverage.status == "missing"


def test_a_mark_of_a_misspelled_criterion_is_reported_with_the_nearest() -> None:
    tree = taught(accepted={"criterion/aqcp-deliver-6": MARK})
    said = [each.message for each in checked(tree).findings if each.rule == "loose-mark"]
    assert len(said) == 1
    assert "aqcp-delivery-6" in said[0]


@pytest.mark.parametrize(
    "words",
    [
        "role models", "Information technology", "performing arts", "way of learning",
        "incentives", "ocial and emotional", "community of practice",
    ],
)  # fmt: skip
def test_the_complete_example_leaves_to_a_reader_what_it_never_says_in_so_many_words(
    words: str,
) -> None:
    rows = [row for row in complete().frameworks if words in row.criterion.says]
    assert rows
    assert {row.coverage.status for row in rows} <= {"answered", "state-role"}


def all_criteria() -> list[Criterion]:
    return [row for name in framework_ids() for row in load_framework(name).criteria]


def test_what_to_look_for_is_said_in_a_few_words() -> None:
    for row in all_criteria():
        if row.reading or any(is_long_text(target) for target in row.targets):
            assert 0 < len(row.sought.split()) <= 12, row.id
            assert not row.sought.endswith("."), row.id


def test_a_chosen_outline_is_no_answer_to_what_the_governor_asks() -> None:
    assert of_the_law("LP-22", {"plan": {"outline": "ca"}}).status == "missing"


def test_a_title_and_a_link_do_not_say_what_stands_in_the_regional_plan() -> None:
    regional: dict[str, Any] = {"title": "Regional Plan", "address": "https://region.example"}
    assert of_the_law("LP-R-d", {"plan": {"regional_plan": regional}}).status == "missing"
    regional["sections"] = {"LP-1-C": "Part 2"}
    assert of_the_law("LP-R-d", {"plan": {"regional_plan": regional}}).status == "addressed"


def test_an_answer_left_to_the_regional_plan_says_what_stands_there() -> None:
    tree = {
        "plan": {"regional_plan": {"title": "Regional Plan"}},
        "status": {"narratives.sector_need": {"state": "regional"}},
    }
    assert of_the_law("LP-R-d", tree) == Coverage("addressed", ("narratives.sector_need",))


@pytest.mark.parametrize(("standing", "status"), [("none", "partial"), ("signed", "addressed")])
def test_no_agreement_is_no_answer_about_cooperative_agreements(standing: str, status: str) -> None:
    tree = {
        "narratives": {"vocational_rehabilitation": LONG, "local_system": LONG},
        "partners": [{"id": "dor", "programs": ["vr"], "mou": standing}],
    }
    assert of_the_law("LP-14", tree).status == status


def test_agreements_on_access_are_those_of_all_providers_not_of_rehabilitation_alone() -> None:
    tree = {
        "narratives": {"vocational_rehabilitation": LONG},
        "partners": [{"id": "dor", "programs": ["vr"], "mou": "signed"}],
    }
    found = of_the_law("LP-14", tree)
    assert (found.status, found.open) == ("partial", ("narratives.local_system",))


def with_approval(**row: str) -> dict[str, Any]:
    return {
        "plan": {"period_start": "2025-07-01", "period_end": "2029-06-30"},
        "areas": [{"id": "north", "chief_elected_officials": ["Mayor of Northtown"]}],
        "approvals": [{"id": "one", **row}],
    }


def test_a_vote_without_body_or_date_does_not_address_the_plan_made_together() -> None:
    whole = {"body": "City Council", "date": "2026-11-05"}
    assert of_the_law("PR-1", with_approval(**whole)).status == "addressed"
    assert of_the_law("PR-1", with_approval(body="City Council")).status == "partial"
    assert of_the_law("PR-1", with_approval(date="2026-11-05")).status == "partial"
    unnamed = {**with_approval(**whole), "areas": []}
    assert of_the_law("PR-1", unnamed).status == "partial"


def test_a_comment_period_that_fails_its_own_check_is_addressed_in_part_and_says_why() -> None:
    tree = RULES_BROKEN["comment-period"]
    said = of_the_law("PR-5", tree)
    assert said.status == "partial"
    assert "32 days" in said.reason
    mended = {"public_comment": {"opens": "2027-01-04", "closes": "2027-02-02"}}
    assert of_the_law("PR-5", mended).status == "addressed"


def test_a_comment_period_whose_warning_is_accepted_is_addressed() -> None:
    key = "comment-period/public_comment/closes/public_comment/opens"
    tree = {**RULES_BROKEN["comment-period"], "accepted": {key: {"reason": "The State agreed."}}}
    assert of_the_law("PR-5", tree).status == "addressed"


def test_every_check_that_the_law_names_is_one_that_can_find_something() -> None:
    named = {rule for row in load_law().requirements for rule in row.unless_found}
    assert named == set(RULES_BROKEN)
    for rule, tree in RULES_BROKEN.items():
        assert rule in {each.rule for each in checked(tree).findings}, rule


def test_a_plan_with_nothing_on_an_item_of_the_law_is_not_complete() -> None:
    whole = load(EXAMPLES / "complete.yaml").tree
    questions = questionnaire_for(framework_ids(), None)
    narratives = {**whole["narratives"], "youth_framework": SHORT}  # type: ignore[dict-item]
    lacking = check_up({**whole, "narratives": narratives}, questions, today=TODAY)
    assert complete().complete
    assert not lacking.complete
    assert [row.requirement.id for row in lacking.unspoken] == ["AX-7"]


def test_a_framework_criterion_keeps_no_plan_from_being_complete() -> None:
    statuses = {row.coverage.status for row in complete().frameworks}
    assert "answered" in statuses
    assert complete().complete
