"""Answers are found, put and removed by their path, and targets name many at once."""

from hypothesis import given
from hypothesis import strategies as st

from localplan.knowledge.targets import Condition, Target
from localplan.plan.keys import ORDER, RECORD_LISTS
from localplan.plan.model import Plan
from localplan.plan.model.parts import record_lists_of
from localplan.plan.tree import (
    get,
    holds,
    is_blank,
    join,
    leaves,
    matches,
    plain,
    put,
    remove,
    steps,
)
from localplan.yamltext import Tree, Value

PLAN: Tree = {
    "plan": {"track": "existing", "v1.2": "odd"},
    "partners": [
        {"id": "college", "name": "College", "programs": ["vr", "perkins"]},
        {"name": "Without an id"},
        {"id": "college", "name": "Twice"},
    ],
    "pathways": [
        {
            "id": "nursing",
            "standing": "existing",
            "entry_points": [{"id": "high-school", "owner": "college"}, {"id": "shelter"}],
        },
        {"id": "energy", "standing": "planned"},
    ],
    "sectors": [],
    "narratives": {"sector_need": "Nurses.", "more": "~"},
    "status": {"partners.college.role": {"state": "later"}},
}


def found(target: str, here: str = "") -> list[str]:
    return [path for path, _ in matches(PLAN, Target.parse(target), here)]


def when(here: str = "", **lines: str | list[str]) -> bool:
    written = {target.replace("__", "."): value for target, value in lines.items()}
    return holds(Condition.parse(written), PLAN, here)


def test_an_answer_is_found_by_keys_and_record_ids() -> None:
    assert get(PLAN, "partners.college.name") == "College"
    assert get(PLAN, "partners.college.programs") == ["vr", "perkins"]
    assert get(PLAN, "partners.nobody.name") is None
    assert get(PLAN, "plan.track.deeper") is None


def test_a_record_without_an_id_of_its_own_is_found_by_its_position() -> None:
    assert get(PLAN, "partners.#2.name") == "Without an id"
    assert get(PLAN, "partners.#3.name") == "Twice"
    assert get(PLAN, "partners.#4.name") is None


def test_a_key_that_is_itself_a_path_is_one_step() -> None:
    assert get(PLAN, "status.partners.college.role") == {"state": "later"}
    assert steps("status.partners.college.role") == ("status", "partners.college.role")
    assert get(PLAN, 'status."partners.college.role".state') == "later"


def test_a_key_with_a_dot_stands_in_quotation_marks() -> None:
    assert get(PLAN, 'plan."v1.2"') == "odd"


def test_every_leaf_is_reached_by_its_path() -> None:
    assert leaves(PLAN) == {
        "plan.track": "existing",
        'plan."v1.2"': "odd",
        "partners.college.name": "College",
        "partners.college.programs": ["vr", "perkins"],
        "partners.#2.name": "Without an id",
        "partners.#3.name": "Twice",
        "pathways.nursing.standing": "existing",
        "pathways.nursing.entry_points.high-school.owner": "college",
        "pathways.energy.standing": "planned",
        "sectors": [],
        "narratives.sector_need": "Nurses.",
        "narratives.more": "~",
        "status.partners.college.role": {"state": "later"},
    }
    for path, value in leaves(PLAN).items():
        assert get(PLAN, path) == value
        assert put(PLAN, path, value) == PLAN


@given(st.lists(st.text(min_size=1), min_size=1, max_size=4))
def test_taking_a_path_apart_and_joining_it_gives_it_back(names: list[str]) -> None:
    assert steps(join(names)) == tuple(names)


def test_putting_shares_what_did_not_change() -> None:
    changed = put(PLAN, "plan.track", "new")
    assert get(changed, "plan.track") == "new"
    assert get(PLAN, "plan.track") == "existing"
    assert changed["partners"] is PLAN["partners"]


def test_putting_makes_groups_and_records_on_the_way() -> None:
    assert put({}, "pathways.nursing.entry_points.school.owner", "x") == {
        "pathways": [{"id": "nursing", "entry_points": [{"id": "school", "owner": "x"}]}]
    }
    assert put({"board": ""}, "board.contact.name", "A") == {"board": {"contact": {"name": "A"}}}


def test_a_new_part_takes_its_place_in_the_order_of_the_file() -> None:
    tree = put({"board": {}, "sectors": [], "own": "x"}, "partners.a.name", "A")
    assert list(tree) == ["board", "own", "partners", "sectors"]


def test_removing_takes_a_record_or_a_key_away() -> None:
    assert leaves(remove(PLAN, "pathways.nursing")).keys() == (
        leaves(PLAN).keys()
        - {"pathways.nursing.standing", "pathways.nursing.entry_points.high-school.owner"}
    )
    assert get(remove(PLAN, "narratives.more"), "narratives") == {"sector_need": "Nurses."}
    assert remove(PLAN, "narratives.nothing") is PLAN


def test_numbers_and_yes_or_no_become_text() -> None:
    assert plain({"a": True, "b": 4, "c": None, "d": (1.5,)}) == {
        "a": "yes", "b": "4", "c": "", "d": ["1.5"],
    }  # fmt: skip


def test_nothing_empty_text_and_a_tilde_are_blank() -> None:
    blanks: list[Value | None] = [None, "", " ", "~", [], {}, [""], {"a": ""}]
    assert all(is_blank(value) for value in blanks)
    assert not is_blank("0")


def test_a_target_names_one_answer_in_every_record() -> None:
    assert found("partners.*.name") == [
        "partners.college.name", "partners.#2.name", "partners.#3.name",
    ]  # fmt: skip
    assert found("pathways.*.entry_points.*.owner") == [
        "pathways.nursing.entry_points.high-school.owner",
        "pathways.nursing.entry_points.shelter.owner",
    ]


def test_a_record_that_lacks_the_answer_is_named_with_nothing() -> None:
    assert matches(PLAN, Target.parse("partners[programs=vr].role")) == (
        ("partners.college.role", None),
    )
    assert matches(PLAN, Target.parse("narratives.x")) == (("narratives.x", None),)
    assert matches(PLAN, Target.parse("sectors.*.need")) == ()


def test_inside_a_record_a_target_speaks_of_that_record() -> None:
    assert found("pathways.*.standing", "pathways.energy") == ["pathways.energy.standing"]
    assert found("pathways.*.entry_points.*.owner", "pathways.nursing.entry_points.shelter") == [
        "pathways.nursing.entry_points.shelter.owner"
    ]


def test_a_condition_holds_when_every_line_does() -> None:
    assert when(plan__track="existing", partners="*")
    assert not when(plan__track="existing", sectors="*")
    assert when(plan__track=["new", "existing"])
    assert when(narratives__more="-", sectors="-")
    assert not when(narratives__sector_need="-")
    assert when()


def test_a_condition_in_a_record_asks_that_record() -> None:
    target = {"pathways.*.standing": "planned"}
    assert holds(Condition.parse(target), PLAN, "pathways.energy")
    assert not holds(Condition.parse(target), PLAN, "pathways.nursing")


def test_yes_in_a_condition_fits_every_way_of_typing_yes() -> None:
    condition = Condition.parse({"a.b": "yes"})
    assert holds(condition, {"a": {"b": "Yes"}})
    assert holds(condition, {"a": {"b": "true"}})
    assert not holds(condition, {"a": {"b": "no"}})


def test_putting_a_whole_record_keeps_the_id_it_is_named_by() -> None:
    once = put({}, "partners.college", {"name": "Delta College"})
    twice = put(once, "partners.college", {"name": "Alder College"})
    assert twice == {"partners": [{"id": "college", "name": "Alder College"}]}


def test_the_shape_of_the_file_is_that_of_the_model() -> None:
    assert tuple(Plan.model_fields) == ORDER
    assert set(record_lists_of(Plan)) == RECORD_LISTS
