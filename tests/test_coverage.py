"""Coverage says where answers speak to what is asked, and turns when an answer goes."""

from datetime import date
from functools import cache
from typing import Any

import pytest

from localplan.knowledge.standards import (
    Criterion,
    Requirement,
    framework_ids,
    load_definition,
    load_framework,
    load_law,
)
from localplan.knowledge.targets import Condition, Target, Where
from localplan.plan.checks.checkup import chosen_frameworks
from localplan.plan.checks.coverage import (
    Coverage,
    covered,
    definition_reviews,
    framework_coverage,
    requirement_coverage,
)
from localplan.plan.file.answers import load
from localplan.plan.model import Plan
from localplan.plan.progress import is_answered
from localplan.plan.tree import get, matches, remove
from localplan.resources import EXAMPLES
from localplan.yamltext import Tree, Value

TODAY = date(2026, 11, 21)
SKILLS = "Reading, arithmetic, safety and clear speech with customers come first in each trade."


@cache
def complete() -> Tree:
    return load(EXAMPLES / "complete.yaml").tree


def look(tree: Tree, *targets: str, needs: Any = "all") -> Coverage:
    return covered([Target.parse(text) for text in targets], needs, tree)


def requirement(**changes: Any) -> Requirement:
    facts: dict[str, Any] = {
        "id": "R-1", "heading": "Skills", "kind": "content", "element": "sector",
        "asks": "Which skills?", "cites": {"cfr": "20 CFR 679.560(a)(2)"},
        "targets": (Target.parse("narratives.skills_needed"),), "needs": "all",
        "when": Condition(), "unless": "", "regional_ok": True, "source": "CFR",
    }  # fmt: skip
    return Requirement(**{**facts, **changes})


def status_of(tree: Tree, **changes: Any) -> Coverage:
    return requirement_coverage([requirement(**changes)], tree)[0].coverage


def test_an_answer_that_is_there_addresses_what_is_asked() -> None:
    said = look({"narratives": {"skills_needed": SKILLS}}, "narratives.skills_needed")
    assert said == Coverage("addressed", ("narratives.skills_needed",))


def test_a_placeholder_addresses_nothing() -> None:
    said = look({"narratives": {"skills_needed": "TBD"}}, "narratives.skills_needed")
    assert said.status == "missing"


def test_some_of_all_is_partial_and_names_what_is_open() -> None:
    tree: Tree = {"narratives": {"skills_needed": SKILLS}}
    said = look(tree, "narratives.skills_needed", "narratives.employer_needs")
    assert said.status == "partial"
    assert said.open == ("narratives.employer_needs",)


def test_any_of_the_answers_is_enough_where_any_is_asked() -> None:
    tree: Tree = {"narratives": {"skills_needed": SKILLS}}
    targets = ("narratives.skills_needed", "narratives.employer_needs")
    assert look(tree, *targets, needs="any").status == "addressed"


def test_one_record_without_the_field_makes_it_partial() -> None:
    tree: Tree = {"partners": [{"id": "a", "role": "Teaches."}, {"id": "b", "name": "Library"}]}
    said = look(tree, "partners.*.role")
    assert said == Coverage("partial", ("partners.a.role",), ("partners.b.role",))


def test_a_selection_looks_only_at_the_records_it_names() -> None:
    tree: Tree = {
        "partners": [
            {"id": "a", "programs": ["vr"], "role": "Counsels."},
            {"id": "b", "programs": ["perkins"]},
        ]
    }
    assert look(tree, "partners[programs=vr].role").status == "addressed"


def test_an_answer_set_aside_with_a_reason_does_not_apply() -> None:
    tree: Tree = {
        "status": {"narratives.remote_access": {"state": "not-applicable", "reason": "One city"}}
    }
    said = look(tree, "narratives.remote_access")
    assert (said.status, said.reason) == ("not-applicable", "One city")


def test_an_answer_set_aside_without_a_reason_is_still_missing() -> None:
    for said in ({"state": "not-applicable"}, {"state": "not-applicable", "reason": "TBD"}):
        tree: Tree = {"status": {"narratives.skills_needed": dict(said)}}
        assert look(tree, "narratives.skills_needed").status == "missing"


def test_an_answer_put_off_is_missing_and_says_why() -> None:
    tree: Tree = {
        "status": {
            "public_comment.received": {"state": "later", "reason": "Comments still come in"}
        }
    }
    said = look(tree, "public_comment.received")
    assert (said.status, said.reason) == ("missing", "Comments still come in")


def test_an_answer_left_to_the_regional_plan_is_regional() -> None:
    tree: Tree = {"status": {"narratives.skills_needed": {"state": "regional", "reason": "Part 2"}}}
    said = look(tree, "narratives.skills_needed")
    assert (said.status, said.reason) == ("regional", "Part 2")


def test_a_requirement_whose_condition_fails_says_why_it_does_not_apply() -> None:
    said = status_of(
        {"plan": {"kind": "four-year"}},
        when=Condition.parse({"plan.kind": "modification"}),
        unless="This is a four-year plan.",
    )
    assert (said.status, said.reason) == ("not-applicable", "This is a four-year plan.")


def test_a_place_in_the_regional_plan_answers_a_requirement() -> None:
    said = status_of({"plan": {"regional_plan": {"sections": {"R-1": "Part 2"}}}})
    assert (said.status, said.reason) == ("regional", "Part 2")


def test_what_the_rule_does_not_let_the_regional_plan_answer_stays_open() -> None:
    tree: Tree = {"plan": {"regional_plan": {"sections": {"R-1": "Part 3"}}}}
    assert status_of(tree, regional_ok=False).status == "missing"


def test_an_option_that_nobody_uses_does_not_apply() -> None:
    said = status_of({}, kind="option")
    assert said.status == "not-applicable"
    assert "Optional" in said.reason
    assert status_of({"narratives": {"skills_needed": SKILLS}}, kind="option").status == (
        "addressed"
    )


def test_a_framework_named_twice_is_held_against_the_plan_once() -> None:
    plan = Plan.model_validate({"plan": {"frameworks": ["aqcp", "aqcp"]}})
    assert [framework.id for framework in chosen_frameworks(plan)] == ["aqcp"]


def test_what_a_state_agency_does_is_a_valid_status_of_its_own() -> None:
    framework = load_framework("aqcp")
    act = Criterion(
        id="x", element="sector", says="The State aligns policy.", actor="state",
        asks="How does the plan connect?", row="", needs="any",
        targets=(Target.parse("narratives.resource_alignment"),),
    )  # fmt: skip
    changed = type(framework)(
        **{**{name: getattr(framework, name) for name in framework.__slots__}, "criteria": (act,)}
    )
    row = framework_coverage([changed], {})[0]
    assert row.coverage.status == "state-role"


def test_each_pathway_is_held_against_the_seven_parts_by_its_own_answers() -> None:
    tree: Tree = {
        "pathways": [
            {"id": "nursing", "sector": "health", "exit_points": [{"id": "x", "occupation": "rn"}]},
            {"id": "trades"},
        ]
    }
    reviews = definition_reviews(load_definition(), tree)
    assert len(reviews) == 14
    by_key = {(review.pathway, review.part.id): review for review in reviews}
    assert by_key["pathways.nursing", "a"].found.status == "addressed"
    assert by_key["pathways.trades", "a"].found.status == "missing"


def test_a_gap_in_the_definition_offers_a_next_step_until_staff_judge_it_met() -> None:
    tree: Tree = {"pathways": [{"id": "nursing"}]}
    offered = {item.part.id: item.next_step for item in definition_reviews(load_definition(), tree)}
    assert all(offered.values())
    judged: Tree = {"pathways": [{"id": "nursing", "definition": {"a": {"standing": "met"}}}]}
    after = {item.part.id: item.next_step for item in definition_reviews(load_definition(), judged)}
    assert after["a"] == ""


@pytest.mark.parametrize("name", framework_ids())
def test_the_complete_example_speaks_to_every_criterion_of_a_framework(name: str) -> None:
    rows = framework_coverage([load_framework(name)], complete())
    still = [row.criterion.id for row in rows if row.coverage.status in {"missing", "partial"}]
    assert still == []


def asked(tree: Tree) -> dict[tuple[str, ...], tuple[Coverage, tuple[Target, ...]]]:
    """Every row of law, frameworks and definition: how it stands, and what it looks at."""
    rows: dict[tuple[str, ...], tuple[Coverage, tuple[Target, ...]]] = {}
    for item in requirement_coverage(load_law().requirements, tree):
        rows["law", item.requirement.id] = (item.coverage, item.requirement.targets)
    for row in framework_coverage([load_framework(name) for name in framework_ids()], tree):
        rows[row.framework.id, row.criterion.id] = (row.coverage, row.criterion.targets)
    for review in definition_reviews(load_definition(), tree):
        within = tuple(
            Target.parse(target.text.replace("pathways.*", review.pathway, 1))
            for target in review.part.targets
        )
        rows[review.pathway, review.part.id] = (review.found, within)
    return rows


def names_it(target: Target, path: str) -> bool:
    """Whether the target names the answer, something in it, or chooses records by it."""
    if any(found == path or found.startswith(f"{path}.") for found, _ in matched(target)):
        return True
    record, _, field = path.rpartition(".")
    chosen = [segment.key for segment in target.segments if isinstance(segment, Where)]
    return field in chosen and any(
        found == record or found.startswith(f"{record}.") for found, _ in matched(target)
    )


@cache
def matched(target: Target) -> tuple[tuple[str, object], ...]:
    return tuple(matches(complete(), target))


def one_of_each_kind() -> list[str]:
    """An answered path of the complete example for every answer that anything looks at."""
    targets = {target.text: target for _, looked in asked(complete()).values() for target in looked}
    found = {
        target.general: path
        for target in targets.values()
        for path, value in matched(target)
        if is_answered(value)
    }
    return sorted(set(found.values()))


@pytest.mark.slow
def test_without_any_one_answer_exactly_the_rows_that_name_it_turn() -> None:
    before = asked(complete())
    paths = one_of_each_kind()
    assert len(paths) > 100
    for path in paths:
        after = asked(remove(complete(), path))
        turned = {
            row
            for row, (coverage, _) in before.items()
            if row not in after or coverage != after[row][0]
        }
        naming = {
            row
            for row, (_, targets) in before.items()
            if any(names_it(target, path) for target in targets)
        }
        assert turned - conditional_on(path) == naming - conditional_on(path), path
        assert naming <= turned, path


@cache
def conditional_on(path: str) -> set[tuple[str, ...]]:
    """The requirements that apply, or are answered in this plan, only where the answer says so."""
    regional = get(complete(), path) if path == "plan.regional_plan.sections" else {}
    return {
        ("law", item.id)
        for item in load_law().requirements
        if any(names_it(clause.target, path) for clause in item.when.clauses)
        or item.id in (regional or {})
    }


def test_every_requirement_of_the_law_has_a_status_on_the_complete_example() -> None:
    rows = requirement_coverage(load_law().requirements, complete())
    assert len(rows) == len(load_law().requirements)
    assert sum(row.coverage.status == "addressed" for row in rows) > 55


def of_the_law(name: str, tree: Tree) -> Coverage:
    rows = requirement_coverage(load_law().requirements, tree)
    return next(row.coverage for row in rows if row.requirement.id == name)


def test_a_measure_of_the_boards_own_does_not_stand_for_negotiated_levels() -> None:
    own: Tree = {"id": "own", "program": "", "levels": [{"id": "l", "year": "2025", "level": "70"}]}
    tree: Tree = {"metrics": [own], "narratives": {"performance_use": SKILLS}}
    assert of_the_law("LP-17", tree).status == "partial"
    programs = ("title-i-adult", "title-i-dislocated", "title-i-youth")
    tree["metrics"] = [{**own, "id": name, "program": name} for name in programs]
    assert of_the_law("LP-17", tree).status == "addressed"


def test_a_step_without_a_credential_and_a_partner_without_a_program_are_no_gaps() -> None:
    steps: Value = [
        {"id": "bridge", "course": "Bridge"},
        {"id": "aide", "credential": "Certificate"},
    ]
    tree: Tree = {
        "narratives": {"credentials": SKILLS, "local_system": SKILLS},
        "pathways": [{"id": "nursing", "steps": steps}],
        "partners": [
            {"id": "edd", "programs": ["wagner-peyser"]},
            {"id": "school", "programs": ["adult-education"]},
            {"id": "dor", "programs": ["vr"]},
            {"id": "chamber", "name": "Chamber"},
        ],
    }
    assert of_the_law("LP-3-iii", tree).status == "addressed"
    assert of_the_law("LP-2-i", tree).status == "addressed"
