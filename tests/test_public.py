"""What may leave the board: private answers, unknown keys and names of staff stay inside."""

from typing import Any

import pytest

from localplan.knowledge.questions import load_questionnaire
from localplan.plan.public import (
    Held,
    hiding_nothing,
    outward,
    private_paths,
    published,
    shareable,
)
from localplan.plan.tree import get, records
from localplan.resources import EXAMPLES
from localplan.yamltext import parse

ASKED = load_questionnaire()


def partners(*names: str, **more: Any) -> dict[str, Any]:
    records = [{"id": name, "name": name.replace("-", " ").title()} for name in names]
    return {"partners": records, **more}


def public(tree: dict[str, Any], path: str) -> Any:
    return get(published(tree, ASKED).tree, path)


@pytest.mark.parametrize("name", ["complete", "quick-start", "orange-county"])
def test_of_an_example_only_names_of_staff_and_private_answers_are_held_back(name: str) -> None:
    tree = parse((EXAMPLES / f"{name}.yaml").read_text(encoding="utf-8"), name)
    held = published(tree, ASKED).held
    assert [each for each in held if each.why == "not-asked"] == []
    persons = [each.path for each in held if each.why == "person"]
    assert all(path.endswith(".owner") or path == "plan.prepared_by" for path in persons)


def test_what_points_to_no_record_is_held_back_and_named() -> None:
    tree = partners("mesa", pathways=[{
        "id": "path", "lead": "jane-doe-consulting", "partners": ["mesa", "ex-partner"],
    }])  # fmt: skip
    found = published(tree, ASKED)
    assert get(found.tree, "pathways.path.lead") is None
    assert get(found.tree, "pathways.path.partners") == ["mesa"]
    assert found.held == (
        Held("pathways.path.lead", "no-record"), Held("pathways.path.partners", "no-record"),
    )  # fmt: skip


def test_the_board_may_be_named_where_a_body_is_wanted() -> None:
    assert public({"pathways": [{"id": "path", "lead": "board"}]}, "pathways.path.lead") == "board"


def test_a_choice_that_is_none_is_held_back_and_named() -> None:
    tree = partners("mesa")
    tree["partners"][0] |= {"kind": "rehab", "programs": ["vr", "title-iv-vr"]}
    found = published(tree, ASKED)
    assert get(found.tree, "partners.mesa.kind") is None
    assert get(found.tree, "partners.mesa.programs") == ["vr"]
    assert {each.why for each in found.held} == {"no-option"}


def test_who_prepared_the_plan_leaves_as_a_body() -> None:
    tree = partners("mesa", plan={"prepared_by": ["Ana Ruiz, Mesa", "Bo Lee"]})
    assert public(tree, "plan.prepared_by") == ["Mesa"]


def test_a_pattern_hides_what_it_names_in_every_record() -> None:
    tree = partners("mesa", "delta", private=["partners.*.role"])
    for record in tree["partners"]:
        record["role"] = "Teaches."
    assert private_paths(tree) == ("partners.delta.role", "partners.mesa.role")
    assert get(shareable(tree), "partners.mesa.role") is None
    assert get(shareable(tree), "partners.delta.name") == "Delta"


def test_a_filter_hides_the_records_it_selects() -> None:
    tree = partners("mesa", "delta", private=["partners[programs=vr]"])
    tree["partners"][0]["programs"] = ["vr"]
    assert records(shareable(tree), "partners") == ("partners.delta",)


def test_one_text_under_private_counts_as_a_list_of_one() -> None:
    assert shareable(partners("mesa", private="partners.mesa"))["partners"] == []


def test_an_entry_that_nothing_goes_by_hides_nothing() -> None:
    entries = ["partners.mesa.role", "partners.msea", "sectors.*.need", "Partners.*.role"]
    tree = partners("mesa", private=entries)
    tree["partners"][0]["role"] = "Teaches."
    assert hiding_nothing(tree) == tuple(entries[1:])


def test_records_counted_by_their_place_are_the_ones_that_are_hidden() -> None:
    tree: dict[str, Any] = {
        "partners": [{"name": "One"}, {"name": "Two"}, {"name": "Three"}],
        "private": ["partners.#1", "partners.#2"],
    }
    assert shareable(tree)["partners"] == [{"name": "Three"}]


def test_both_records_of_one_private_id_are_hidden() -> None:
    assert shareable(partners("mesa", "mesa", private=["partners.mesa"]))["partners"] == []


def test_a_record_whose_name_is_private_is_private() -> None:
    tree = partners("mesa", "delta", private=["partners.mesa.name"])
    assert records(shareable(tree), "partners") == ("partners.delta",)


def test_nothing_points_to_a_private_record_any_more() -> None:
    care = {
        "id": "care", "name": "Care", "lead": "county", "partners": ["mesa", "county"],
        "entry_points": [{"id": "in", "name": "In", "referral_partner": "county"}],
    }  # fmt: skip
    tree = partners("mesa", "county", pathways=[care], private=["partners.county"])
    left = shareable(tree)
    assert "county" not in str({key: value for key, value in left.items() if key != "private"})
    assert get(left, "pathways.care.partners") == ["mesa"]


def test_a_figure_whose_source_is_private_says_that_the_board_has_it() -> None:
    tree: dict[str, Any] = {
        "populations": [{"id": "youth", "name": "Youth", "size": "40", "evidence": "memo"}],
        "evidence": [{"id": "memo", "value": "40", "source": "A memo"}],
        "private": ["evidence.memo"],
    }
    assert get(shareable(tree), "populations.youth.evidence") == "on file with the Board"


def test_a_measure_of_a_private_body_is_not_printed_as_that_of_the_area() -> None:
    metrics = [{"id": "m1", "name": "Placed", "scope": "provider", "of": "county"}]
    pathways = [{"id": "care", "metrics": ["m1"]}]
    tree = partners("county", metrics=metrics, pathways=pathways, private=["partners.county"])
    assert shareable(tree)["metrics"] == []
    assert get(shareable(tree), "pathways.care.metrics") == []


def test_a_step_that_is_private_in_its_pathway_is_pointed_to_no_more() -> None:
    exits = [{"id": "out", "step": "secret-course", "occupation": "Aide"}]
    steps = [{"id": "secret-course", "course": "A course"}]
    tree: dict[str, Any] = {
        "pathways": [{"id": "care", "steps": steps, "exit_points": exits}],
        "private": ["pathways.care.steps.secret-course"],
    }
    assert get(shareable(tree), "pathways.care.exit_points") == [
        {"id": "out", "occupation": "Aide"}
    ]


@pytest.mark.parametrize(
    ("owner", "told"),
    [
        ("mesa", "mesa"),
        ("Mesa Adult School", "Mesa Adult School"),
        ("board", "board"),
        ("the Board", "the Board"),
        ("Dana Ruiz", None),
        ("Dana Ruiz, Planner, Valley Board", "Valley Board"),
        ("Valley Board, program manager", "Valley Board"),
        ("Mesa Adult School and Valley Board", "Mesa Adult School and Valley Board"),
        ("Dana Ruiz with Mesa Adult School, Hill Works", "Mesa Adult School and Hill Works"),
        ("Dana Ruiz for the Board of Supervisors", None),
        ("Hill Board", "Hill Board"),
        ("Dana Mesa Adult Schooling", None),
    ],
)
def test_the_body_responsible_leaves_the_board_and_a_person_does_not(
    owner: str, told: str | None
) -> None:
    tree: dict[str, Any] = {
        "board": {"name": "Valley Board"},
        "areas": [{"id": "hill", "name": "Hill", "board": "Hill Board"}],
        "partners": [{"id": "mesa", "name": "Mesa Adult School"}],
        "providers": [{"id": "works", "name": "Hill Works"}],
        "actions": [{"id": "a1", "action": "Sign", "owner": owner}],
    }
    assert public(tree, "actions.a1.owner") == told
    persons = [each for each in published(tree, ASKED).held if each.why == "person"]
    assert bool(persons) == (told != owner)


def test_the_name_of_a_private_body_is_that_of_nobody_readers_know() -> None:
    tree = partners("county", private=["partners.county"])
    tree["actions"] = [
        {"id": "a1", "action": "Sign", "owner": "County"},
        {"id": "a2", "action": "Meet", "owner": "county"},
    ]
    assert public(tree, "actions.a1.owner") is None
    assert public(tree, "actions.a2.owner") is None


def test_an_action_that_was_dropped_and_how_far_others_are_stay_inside() -> None:
    tree: dict[str, Any] = {
        "actions": [
            {"id": "a1", "action": "Sign", "status": "under-way"},
            {"id": "a2", "action": "Meet", "status": "dropped"},
        ]
    }
    assert published(tree, ASKED).tree["actions"] == [{"id": "a1", "action": "Sign"}]


@pytest.mark.parametrize(
    "tree",
    [
        {"memo": "SECRET"},
        {"board": {"private_note": "SECRET"}},
        {"partners": [{"id": "mesa", "private_note": "SECRET"}]},
        {"partners": [{"id": "mesa", "more": {"gossip": "SECRET"}}]},
        {"partners": [{"id": "mesa", "resources": [{"id": "r", "remark": "SECRET"}]}]},
        {"partners": [{"id": "mesa", "role": {"remark": "SECRET"}}]},
        {"partners": [{"id": "mesa", "role": [{"remark": "SECRET"}]}]},
        {"partners": "SECRET"},
        {"narratives": {"gossip": "SECRET"}},
        {"plan": {"regional_plan": {"sections": {"gossip": "SECRET"}}}},
    ],
)  # fmt: skip
def test_what_nothing_asks_for_is_held_back_and_named(tree: dict[str, Any]) -> None:
    found = published(tree, ASKED)
    assert "SECRET" not in str(found.tree)
    assert [each.why for each in found.held] == ["not-asked"]
    assert "SECRET" in str(get(tree, found.held[0].path))


def test_a_field_that_data_alone_added_leaves_the_board() -> None:
    tree = {"pathways": [{"id": "care", "more": {"builds_on": "A class of 2024."}}]}
    assert public(tree, "pathways.care.more.builds_on") == "A class of 2024."


@pytest.mark.parametrize("name", ["LP-1-B", "ca-9"])
def test_a_place_in_the_regional_plan_leaves_the_board(name: str) -> None:
    tree: dict[str, Any] = {"plan": {"regional_plan": {"sections": {name: "Part 2"}}}}
    assert "Part 2" in str(published(tree, ASKED).tree)


def test_what_is_held_back_is_named_by_its_path() -> None:
    tree = partners("mesa", private=["partners.mesa.role"])
    tree["partners"][0] |= {"role": "Teaches.", "remark": "She is difficult."}
    assert set(published(tree, ASKED).held) == {
        Held("partners.mesa.role", "private"),
        Held("partners.mesa.remark", "not-asked"),
    }


def test_what_one_reviewer_said_is_not_sent_to_another() -> None:
    tree: dict[str, Any] = {"comments": [{"id": "c1", "comment": "Add buses."}]}
    assert "comments" in published(tree, ASKED).tree
    assert "comments" not in outward(tree, ASKED)
