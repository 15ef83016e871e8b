"""Two people's edits come together by answer; what both changed is asked about, never dropped."""

from typing import cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from localplan.plan.file.merge import Conflict, decide, merge
from localplan.plan.tree import get, leaves, names_of, put, remove
from localplan.yamltext import Tree, Value

BASE: Tree = {
    "board": {"name": "Delta", "mission": "To serve."},
    "partners": [
        {"id": "college", "name": "College", "programs": ["vr"]},
        {"id": "district", "name": "District"},
        {"id": "library", "name": "Library"},
    ],
    "narratives": {"sector_need": "Nurses."},
    "status": {"board.name": {"state": "later", "owner": "Ana"}},
}


def ids(tree: Tree) -> list[str]:
    return list(names_of(cast(list[Value], tree["partners"])))


def test_edits_of_different_answers_come_together() -> None:
    mine = put(BASE, "board.name", "Sierra")
    theirs = put(put(BASE, "narratives.other", "More."), "partners.college.role", "Teaches")
    merged = merge(BASE, mine, theirs)
    assert merged.conflicts == ()
    assert merged.tree == put(theirs, "board.name", "Sierra")


def test_the_same_edit_on_both_sides_is_no_conflict() -> None:
    same = put(BASE, "board.name", "Sierra")
    assert merge(BASE, same, same).tree == same


def test_an_answer_that_both_changed_is_a_conflict_with_all_three() -> None:
    merged = merge(BASE, put(BASE, "board.name", "A"), put(BASE, "board.name", "B"))
    assert merged.conflicts == (Conflict("board.name", "Delta", "A", "B"),)
    assert merged.tree == BASE


def test_a_list_of_codes_is_one_answer() -> None:
    path = "partners.college.programs"
    merged = merge(BASE, put(BASE, path, ["vr", "x"]), put(BASE, path, ["vr", "y"]))
    assert [conflict.path for conflict in merged.conflicts] == [path]


def test_an_entry_about_an_answer_is_one_answer() -> None:
    path = "status.board.name"
    merged = merge(BASE, put(BASE, path, {"state": "confirmed"}), remove(BASE, path))
    assert [conflict.path for conflict in merged.conflicts] == [path]


def test_removing_what_the_other_changed_is_a_conflict() -> None:
    merged = merge(BASE, remove(BASE, "partners.college"), put(BASE, "partners.college.role", "x"))
    (conflict,) = merged.conflicts
    assert conflict.path == "partners.college"
    assert conflict.mine is None
    assert get(merged.tree, "partners.college.name") == "College"


def test_records_added_by_both_are_kept_beside_what_they_followed() -> None:
    partners = cast(list[Value], BASE["partners"])
    mine = put(BASE, "partners", [partners[0], {"id": "mine"}, *partners[1:]])
    theirs = put(BASE, "partners", [*partners, {"id": "theirs"}])
    assert ids(merge(BASE, mine, theirs).tree) == [
        "college", "mine", "district", "library", "theirs",
    ]  # fmt: skip


def test_the_order_of_the_side_that_moved_records_stays() -> None:
    partners = cast(list[Value], BASE["partners"])
    mine = put(BASE, "partners", partners[::-1])
    theirs = put(BASE, "partners.college.name", "New")
    for merged in (merge(BASE, mine, theirs), merge(BASE, theirs, mine)):
        assert ids(merged.tree) == ["library", "district", "college"]
        assert get(merged.tree, "partners.college.name") == "New"


def test_what_either_keeps_private_stays_private() -> None:
    base: Tree = {"private": ["board.contact", "notes"]}
    mine: Tree = {"private": ["board.contact", "narratives.a"]}
    theirs: Tree = {"private": ["notes", "narratives.b", "board.contact"]}
    for merged in (merge(base, mine, theirs), merge(base, theirs, mine)):
        assert merged.conflicts == ()
        assert set(merged.tree["private"]) == {"board.contact", "narratives.a", "narratives.b"}
    without = merge(None, mine, {})
    assert without.tree["private"] == mine["private"]
    assert without.conflicts == ()


def test_who_confirmed_an_answer_first_is_not_asked() -> None:
    def copy(name: str, *mark: str) -> Tree:
        state, by, on = mark
        return {
            "board": {"name": name},
            "status": {"board.name": {"state": state, "by": by, "on": on}},
        }

    base: Tree = {"board": {"name": "Old"}, "status": {"board.name": {"state": "carried"}}}
    ana = copy("Old", "confirmed", "ana", "2026-11-21")
    bob = copy("Old", "confirmed", "bob", "2026-11-22")
    eve = copy("New", "changed", "eve", "2026-11-20")
    for first, second, by, name in ((ana, bob, "bob", "Old"), (bob, eve, "eve", "New")):
        for merged in (merge(base, first, second), merge(base, second, first)):
            assert merged.conflicts == ()
            assert get(merged.tree, "board.name") == name
            entry = get(merged.tree, "status.board.name")
            assert isinstance(entry, dict)
            assert entry["by"] == by


def test_without_a_base_every_difference_is_asked() -> None:
    mine, theirs = put(BASE, "board.name", "A"), put(BASE, "narratives.more", "B")
    merged = merge(None, mine, theirs)
    assert {conflict.path for conflict in merged.conflicts} == {"board.name", "narratives.more"}


def test_a_decision_settles_its_conflict() -> None:
    merged = merge(BASE, put(BASE, "board.name", "A"), put(BASE, "board.name", "B"))
    settled = decide(merged, "board.name", "B")
    assert settled.conflicts == ()
    assert get(settled.tree, "board.name") == "B"
    assert get(decide(merged, "board.name", None).tree, "board.name") is None


texts = st.sampled_from(["", "a", "b", "c"])
records = st.lists(
    st.builds(
        lambda name, text, levels: {"id": name, "name": text, "levels": levels},
        st.sampled_from(["r1", "r2", "r3", "r4"]),
        texts,
        st.lists(
            st.builds(lambda name: {"id": name, "year": name}, st.sampled_from(["l1", "l2"])),
            max_size=2,
            unique_by=lambda record: str(record["id"]),
        ),
    ),
    max_size=4,
    unique_by=lambda record: str(record["id"]),
)
plans = st.fixed_dictionaries(
    {
        "board": st.dictionaries(st.sampled_from(["name", "state"]), texts),
        "partners": records,
        "metrics": records,
        "narratives": st.dictionaries(st.sampled_from(["one", "two"]), texts),
    }
).map(lambda plan: cast(Tree, plan))


@pytest.mark.slow
@settings(max_examples=300)
@given(plans, plans, plans)
def test_merging_in_either_order_gives_the_same(base: Tree, mine: Tree, theirs: Tree) -> None:
    one, other = merge(base, mine, theirs), merge(base, theirs, mine)
    assert one.tree == other.tree
    assert [
        Conflict(each.path, each.base, each.theirs, each.mine) for each in other.conflicts
    ] == list(one.conflicts)


@pytest.mark.slow
@settings(max_examples=300)
@given(plans, plans, plans)
def test_every_edit_is_in_the_merge_or_in_a_conflict(base: Tree, mine: Tree, theirs: Tree) -> None:
    merged = merge(base, mine, theirs)
    asked = [conflict.path for conflict in merged.conflicts]
    old, result = leaves(base), leaves(merged.tree)
    for side in (leaves(mine), leaves(theirs)):
        for path, value in side.items():
            changed = old.get(path) != value
            if changed and not any(f"{path}.".startswith(f"{each}.") for each in asked):
                assert result.get(path) == value or value in ([], {})


@settings(max_examples=300)
@given(plans, plans)
def test_edits_of_one_side_alone_are_taken_whole(base: Tree, mine: Tree) -> None:
    assert merge(base, mine, base) == merge(base, base, mine)
    assert merge(base, mine, base).tree == mine
    assert merge(base, mine, base).conflicts == ()


@given(
    plans,
    st.dictionaries(st.sampled_from(["board.name", "board.x", "narratives.a"]), texts),
    st.dictionaries(st.sampled_from(["board.state", "partners.r9.name", "narratives.b"]), texts),
)
def test_edits_of_different_answers_equal_doing_both(
    base: Tree, ours: dict[str, str], others: dict[str, str]
) -> None:
    mine, theirs, both = base, base, base
    for path, text in ours.items():
        mine, both = put(mine, path, text), put(both, path, text)
    for path, text in others.items():
        theirs, both = put(theirs, path, text), put(both, path, text)
    assert merge(base, mine, theirs).tree == both
    assert merge(base, mine, theirs).conflicts == ()
