"""Shared answers while someone answers: shown with their file, and overridden in the plan alone."""

from pathlib import Path

import pytest
from interview_helper import DONE, DOWN, ENTER, HOME, Sat, answers, find, sit_through

from localplan.plan.file.answers import load
from localplan.plan.file.uses import with_shared
from localplan.plan.tree import get, id_of, records

PROFILE = """\
board: {name: Delta Board, mission: To serve all who look for work in the delta and its hills.}
partners:
  - {id: college, name: Delta College, role: Teaches}
  - {id: edd, name: Job Service}
"""
USES = "uses:\n  - {id: profile, file: profile.yaml}\n"


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    (tmp_path / "profile.yaml").write_text(PROFILE, encoding="utf-8")
    return answers(tmp_path, USES)


def joined(sat: Sat, path: str) -> object:
    return get(with_shared(load(sat.path).tree, sat.path.parent).tree, path)


def test_a_shared_answer_is_shown_with_the_file_it_comes_from(plan: Path) -> None:
    sat = sit_through(plan, find("board.mission"))
    assert "To serve all who look for work" in sat.shown
    assert "This comes from profile.yaml" in sat.shown


def test_keeping_a_shared_answer_writes_nothing(plan: Path) -> None:
    before = plan.read_bytes()
    sit_through(plan, [*find("board.mission"), ENTER])
    assert plan.read_bytes() == before


def test_changing_a_shared_answer_overrides_it_in_the_plan_alone(plan: Path) -> None:
    profile = (plan.parent / "profile.yaml").read_bytes()
    sat = sit_through(plan, [*find("board.mission"), DOWN, ENTER, " And more.", DONE])
    assert str(sat["board.mission"]).endswith("the delta and its hills. And more.")
    assert sat["board.name"] is None
    assert (plan.parent / "profile.yaml").read_bytes() == profile


def test_a_record_added_to_shared_ones_is_the_only_one_in_the_plan(plan: Path) -> None:
    sat = sit_through(plan, [*find("partners"), DOWN * 2, ENTER, "Trades Council", ENTER])
    assert isinstance(sat["partners"], list)
    assert [id_of(partner) for partner in sat["partners"]] == ["trades-council"]
    assert joined(sat, "partners.college.name") == "Delta College"


def test_the_session_counts_shared_answers_as_answered(plan: Path) -> None:
    sat = sit_through(plan, [])
    state = {item.path: item.state for item in sat.session.plan.progress.items()}
    assert state["board.mission"] == "answered"
    assert state["partners.college.role"] == "answered"


def test_an_answer_that_only_the_shared_file_holds_cannot_be_removed_here(plan: Path) -> None:
    sat = sit_through(plan, [*find("board.name"), "\x7f" * 20, ENTER])
    assert joined(sat, "board.name") == "Delta Board"
    assert "can be removed only there" in sat.shown


def test_moving_a_shared_record_says_where_its_order_comes_from(plan: Path) -> None:
    arrange = [*find("partners"), ENTER, HOME, DOWN, DOWN, ENTER]
    sat = sit_through(plan, [*arrange, ENTER])
    assert "The order comes from profile.yaml" in " ".join(sat.shown.split())
    assert records(sat.session.tree, "partners")[0] == "partners.college"
