"""A plan that lies open: whoever asks about it is told the same, and nothing is lost by saving."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from interview_helper import sit_through
from outlines import outlined

from localplan import Desk, open_plan
from localplan.cli.app import run
from localplan.desk.openplan import Conflicts, Refused, Saved
from localplan.plan.file.answers import Change, load
from localplan.resources import EXAMPLES, STANDARDS

TODAY = date(2026, 11, 21)
SMALL = "localplan: 2\nboard:\n  name: Mesa Board\n  mission: To serve.\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "answers.yaml"
    path.write_text(SMALL, encoding="utf-8")
    return path


def own_outline(folder: Path) -> str:
    """California's outline as a file of one's own, with a limit that the example exceeds."""
    text = (STANDARDS / "states" / "ca.yaml").read_text(encoding="utf-8")
    name = outlined(folder, text.replace("\nid: ca\n", "\nid: xx\n", 1)).name
    return f"\nplan:\n  outline: {name}\n"


def with_own_outline(folder: Path) -> Path:
    path = folder / "answers.yaml"
    text = (EXAMPLES / "complete.yaml").read_text(encoding="utf-8")
    assert "\nplan:\n" in text
    lines = [line for line in text.splitlines() if not line.startswith("  outline:")]
    path.write_text(
        "\n".join(lines).replace("\nplan:\n", own_outline(folder), 1) + "\n", encoding="utf-8"
    )
    return path


def with_shared(folder: Path) -> Path:
    (folder / "profile.yaml").write_text("board: {state: CA, mission: To serve.}\n", "utf-8")
    path = folder / "answers.yaml"
    path.write_text(f"{SMALL}uses:\n  - {{id: profile, file: profile.yaml}}\n", encoding="utf-8")
    return path


def in_trouble(folder: Path) -> Path:
    path = folder / "answers.yaml"
    path.write_text(
        f"{SMALL}plan: {{outline: nowhere.yaml, program_years: four}}\nunknown: kept\n",
        encoding="utf-8",
    )
    return path


@pytest.mark.parametrize("made", [with_own_outline, with_shared, in_trouble])
def test_interview_and_check_say_the_same_of_the_same_file(
    made: Callable[[Path], Path], tmp_path: Path
) -> None:
    path = made(tmp_path)
    asked = sit_through(path, []).session.plan
    checked = open_plan(path, today=asked.today)
    assert asked.checkup().findings == checked.checkup().findings
    assert asked.progress == checked.progress
    assert asked.questions == checked.questions


def test_a_plan_with_an_outline_that_cannot_be_used_says_so(tmp_path: Path) -> None:
    found = open_plan(in_trouble(tmp_path), today=TODAY).checkup().findings
    assert [each.rule for each in found][:1] == ["unusable-outline"]


def test_what_is_saved_is_what_the_plan_says_then(file: Path) -> None:
    desk = open_plan(file, today=TODAY)
    missing = len(desk.progress.missing)
    assert desk.change([Change("board.state", "CA")]) == Saved(("board.state",))
    assert desk.value("board.state") == "CA"
    assert len(desk.progress.missing) < missing


def test_another_outline_brings_its_questions(file: Path) -> None:
    desk = open_plan(file, today=TODAY)
    ours = desk.questions
    desk.change([Change("board.chair", "Ana")])
    assert desk.questions is ours
    desk.change([Change("plan.outline", "ca")])
    assert desk.state is not None
    assert len(desk.by_fills) > len(ours.by_fills())


def test_what_another_saved_meanwhile_is_kept_too(file: Path) -> None:
    mine, theirs = open_plan(file, today=TODAY), open_plan(file, today=TODAY)
    assert isinstance(theirs.change([Change("board.chair", "Bo")]), Saved)
    assert isinstance(mine.change([Change("board.director", "Ana")]), Saved)
    assert (mine.value("board.chair"), mine.value("board.director")) == ("Bo", "Ana")


def test_two_answers_to_one_question_are_returned_and_nothing_is_saved(file: Path) -> None:
    mine, theirs = open_plan(file, today=TODAY), open_plan(file, today=TODAY)
    theirs.change([Change("board.mission", "To teach.")])
    outcome = mine.change([Change("board.mission", "To train.")])
    assert isinstance(outcome, Conflicts)
    (conflict,) = outcome.conflicts
    assert (conflict.base, conflict.mine, conflict.theirs) == (
        "To serve.", "To train.", "To teach.",
    )  # fmt: skip
    assert load(file).tree["board"] == {"name": "Mesa Board", "mission": "To teach."}


def test_an_answer_that_is_no_longer_what_was_shown_is_a_conflict(file: Path) -> None:
    desk = open_plan(file, today=TODAY)
    seen = {"board.mission": desk.seen("board.mission")}
    desk.change([Change("board.mission", "To teach.")])
    outcome = desk.change([Change("board.mission", "To train.")], seen=seen)
    assert isinstance(outcome, Conflicts)
    assert outcome.conflicts[0].theirs == "To teach."
    now = {"board.mission": desk.seen("board.mission")}
    assert isinstance(desk.change([Change("board.mission", "To train.")], seen=now), Saved)


def test_a_file_that_cannot_be_saved_is_refused_in_words(file: Path) -> None:
    desk = open_plan(file, today=TODAY)
    file.chmod(0o400)
    outcome = desk.change([Change("board.chair", "Ana")])
    assert isinstance(outcome, Refused)
    assert "read-only" in outcome.why
    assert desk.value("board.chair") is None


def test_an_answer_that_a_shared_file_still_gives_is_said_to_stay(tmp_path: Path) -> None:
    desk = open_plan(with_shared(tmp_path), today=TODAY)
    desk.change([Change("board.mission", "To train.")])
    assert desk.change([Change("board.mission", None)]) == Saved(
        ("board.mission",), ("board.mission",)
    )
    assert desk.value("board.mission") == "To serve."


def test_the_gate_and_check_go_by_the_same_checkup(tmp_path: Path) -> None:
    path = with_own_outline(tmp_path)
    desk = open_plan(path, today=TODAY)
    complete = desk.checkup("submission").complete
    as_of = ["--as-of", TODAY.isoformat()]
    assert run(["check", str(path), "--stage", "submission", *as_of]) == (0 if complete else 3)
    said = run(["draft", str(path), "--final", "-o", str(tmp_path / "out"), *as_of])
    assert said == (3 if desk.obstacles() else 0)


def test_the_package_itself_opens_a_plan(file: Path) -> None:
    assert isinstance(open_plan(str(file)), Desk)
