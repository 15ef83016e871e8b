"""An older answers file becomes one of this version, and every word in it can be found again."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from localplan.cli.app import run
from localplan.knowledge.questions import load_questionnaire
from localplan.knowledge.renewals import Renewal, load_renewals
from localplan.plan.file.answers import load
from localplan.plan.file.formats import FORMAT
from localplan.plan.file.upgrade import Outcome, renewed, upgraded
from localplan.plan.reading import read_plan
from localplan.plan.tree import get, leaves, put
from localplan.yamltext import Tree, Value, parse

OLDER = sorted((Path(__file__).parent / "data").glob("format-*/*.yaml"))
CASES = Path(__file__).parent / "data" / "format-1" / "hearings.yaml"


def tree_of(path: Path) -> Tree:
    return parse(path.read_text(encoding="utf-8"), path.name)


def words(tree: Tree) -> list[str]:
    marks = {"localplan", "private"}
    told = {path: value for path, value in leaves(tree).items() if path not in marks}
    return re.findall(r"\w+", " ".join(str(value) for value in told.values()))


@pytest.mark.parametrize("path", OLDER, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_every_word_of_an_older_file_is_kept(path: Path) -> None:
    old = tree_of(path)
    kept = set(words(upgraded(old, FORMAT).tree))
    assert [word for word in words(old) if word not in kept] == []


@pytest.mark.parametrize("path", OLDER, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_an_upgraded_file_has_no_key_that_nothing_asks_for(path: Path) -> None:
    before = {problem.path for problem in read_plan(tree_of(path)).problems}
    after = {problem.path for problem in read_plan(load(path).tree).problems}
    assert after <= before


@pytest.mark.parametrize("path", OLDER, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_upgrading_again_changes_nothing(path: Path) -> None:
    once = upgraded(tree_of(path), FORMAT).tree
    assert upgraded(once, FORMAT).tree == once


def test_a_renamed_answer_takes_along_what_was_said_about_it() -> None:
    tree = upgraded(tree_of(CASES), 2).tree
    path = "supports.child-care.needs_assessment"
    assert get(tree, path) == "At the first meeting"
    assert get(tree, f"status.{path}") == {"state": "confirmed", "by": "Ana", "on": "2025-01-10"}
    assert get(tree, f"notes.{path}") == "Ask the county again"
    assert get(tree, "private") == [path]


def test_what_a_person_let_stand_about_a_renamed_answer_still_stands() -> None:
    old = "missing-answer/supports/child-care/assessed"
    said: Value = {"reason": "Asked in May."}
    tree = upgraded({**tree_of(CASES), "accepted": {old: said, "other/supports": said}}, 2).tree
    new = old.replace("assessed", "needs_assessment")
    assert tree["accepted"] == {new: said, "other/supports": said}


def test_the_time_of_a_hearing_leaves_the_place() -> None:
    tree = upgraded(tree_of(CASES), 2).tree
    told = {
        name: (get(tree, f"public_comment.hearings.{name}.where"),
               get(tree, f"public_comment.hearings.{name}.time"))
        for name in ("library", "online", "plain")
    }  # fmt: skip
    assert told == {
        "library": ("Mesa Public Library, with interpretation", "5:30 p.m."),
        "online": ("Online", "6 pm"),
        "plain": ("The fairgrounds", None),
    }


def test_what_a_rule_cannot_divide_is_left_to_a_person() -> None:
    result = upgraded(tree_of(CASES), 2)
    place = "public_comment.hearings.twice.where"
    assert get(result.tree, place) == "City Hall, 9 a.m. and 5 p.m."
    asked = [each.path for each in result.outcomes if each.fate == "needs-you"]
    assert asked == [place]


def test_a_retired_answer_is_parked_where_it_can_be_found() -> None:
    tree = upgraded(tree_of(CASES), 2).tree
    assert get(tree, "public_comment.hearings.library.attended") is None
    parked = read_plan(tree).plan.parked
    assert [(piece.place, piece.text) for piece in parked] == [
        ("public_comment.hearings.library.attended", "14"),
        ("public_comment.hearings.twice.attended", "0"),
    ]


def test_what_is_retired_or_renamed_is_no_longer_asked() -> None:
    asked = load_questionnaire().by_fills()
    for renewal in load_renewals():
        if renewal.how != "split":
            assert not [path for path in renewal.sources if path in asked]
        assert all(path in asked for path in renewal.to)


def merging(*sources: str) -> tuple[Renewal, ...]:
    return (Renewal(2, "merged", sources, ("board.mission",), "", "One question asks both."),)


def test_merged_answers_that_agree_become_one() -> None:
    tree: Tree = {"board": {"aim": "Serve", "goal": "Serve"}}
    outcomes: list[Outcome] = []
    assert renewed(tree, 2, outcomes, merging("board.aim", "board.goal")) == {
        "board": {"mission": "Serve"}
    }


def test_merged_answers_that_differ_need_a_person() -> None:
    tree: Tree = {"board": {"aim": "Serve", "goal": "Lead"}}
    outcomes: list[Outcome] = []
    merged = renewed(tree, 2, outcomes, merging("board.aim", "board.goal"))
    assert get(merged, "board.mission") == "Serve"
    assert [each.fate for each in outcomes] == ["moved", "needs-you"]
    assert "Lead" in words(merged)


_WORDS = st.text(st.sampled_from("ab 5:30pm., 6"), max_size=20)
_HEARINGS = st.lists(
    st.fixed_dictionaries(
        {"id": st.sampled_from(["a", "b", "c"])},
        optional={"where": _WORDS, "time": _WORDS, "attended": _WORDS, "date": _WORDS},
    ),
    max_size=4,
    unique_by=lambda hearing: hearing["id"],
)
_SUPPORTS = st.lists(
    st.fixed_dictionaries(
        {"id": st.sampled_from(["x", "y"])},
        optional={"assessed": _WORDS, "needs_assessment": _WORDS},
    ),
    max_size=2,
    unique_by=lambda support: support["id"],
)


@settings(max_examples=150, deadline=None)
@given(hearings=_HEARINGS, supports=_SUPPORTS)
def test_every_migration_keeps_every_word_that_a_person_typed(
    hearings: list[object], supports: list[object]
) -> None:
    old = put(put({"localplan": "1"}, "supports", supports), "public_comment.hearings", hearings)
    kept = words(upgraded(old, FORMAT).tree)
    for word in words(old):
        assert word in kept


@pytest.fixture
def older(tmp_path: Path) -> Path:
    path = tmp_path / "plan.yaml"
    path.write_bytes(CASES.read_bytes())
    return path


def test_reading_commands_upgrade_in_memory_only(older: Path) -> None:
    before = older.read_bytes()
    run(["check", str(older)])
    assert older.read_bytes() == before
    assert get(load(older).tree, "supports.child-care.needs_assessment") == "At the first meeting"


def test_upgrade_writes_the_new_format_and_keeps_comments(older: Path) -> None:
    assert run(["upgrade", str(older), "--as-of", "2026-11-22"]) == 0
    text = older.read_text(encoding="utf-8")
    assert f"localplan: {FORMAT}" in text
    assert text.startswith("# An answers file as version 1")
    assert parse(text, "upgraded") == upgraded(tree_of(CASES), FORMAT).tree


def test_a_dry_run_changes_nothing_and_tells_all(
    older: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = older.read_bytes()
    assert run(["upgrade", str(older), "--dry-run"]) == 0
    told = capsys.readouterr().out
    assert "Moved (3)" in told
    assert "Needs you (1)" in told
    assert "No longer asked, parked (2)" in told
    assert older.read_bytes() == before


def test_an_upgrade_can_be_undone(older: Path) -> None:
    before = older.read_bytes()
    assert run(["upgrade", str(older), "--as-of", "2026-11-22"]) == 0
    assert run(["upgrade", str(older), "--undo", "--as-of", "2026-11-22"]) == 0
    assert older.read_bytes() == before


def test_an_upgrade_that_was_undone_can_be_made_again(older: Path) -> None:
    for options in ([], ["--undo"], [], ["--undo"], []):
        assert run(["upgrade", str(older), *options, "--as-of", "2026-11-22"]) == 0
    assert f"localplan: {FORMAT}" in older.read_text(encoding="utf-8")


def test_undo_without_an_upgrade_says_so(older: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["upgrade", str(older), "--undo"]) == 1
    assert "was not upgraded" in capsys.readouterr().err


def test_a_file_from_a_newer_version_is_refused_with_the_way_out(
    older: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    older.write_text(f"localplan: {FORMAT + 1}\n", encoding="utf-8")
    assert run(["check", str(older)]) == 1
    assert "Install the newer version" in capsys.readouterr().err


def test_a_format_before_the_first_is_brought_up_to_date_too(older: Path) -> None:
    older.write_text(older.read_text().replace("localplan: 1", "localplan: 0"))
    assert run(["upgrade", str(older)]) == 0
    assert get(load(older).tree, "supports.child-care.needs_assessment") == "At the first meeting"


@pytest.mark.parametrize("number", ["", "localplan: one", "localplan:"])
def test_a_file_that_does_not_say_its_format_is_upgraded_as_the_oldest(
    older: Path, number: str, capsys: pytest.CaptureFixture[str]
) -> None:
    older.write_text(older.read_text().replace("localplan: 1", number))
    before = older.read_bytes()
    assert run(["upgrade", str(older), "--dry-run"]) == 0
    assert older.read_bytes() == before
    assert "does not say its format" in capsys.readouterr().out
    assert run(["upgrade", str(older)]) == 0
    tree = load(older).tree
    assert tree["localplan"] == str(FORMAT)
    assert get(tree, "supports.child-care.needs_assessment") == "At the first meeting"
    assert "# to be asked again each term" in older.read_text()
    assert run(["upgrade", str(older), "--undo"]) == 0
    assert older.read_bytes() == before


def test_an_upgrade_is_undone_once(older: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["upgrade", str(older)]) == 0
    assert run(["upgrade", str(older), "--undo"]) == 0
    assert run(["upgrade", str(older), "--undo"]) == 1
    assert "already" in capsys.readouterr().err
