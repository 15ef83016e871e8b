"""Every saved change can be undone, however quickly one follows another."""

import re
import zipfile
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from review_helper import AS_OF, EXAMPLES, copied, drafted, replaced, small_plan

from localplan.cli.app import run
from localplan.plan.file.answers import AnswersError, Change, load
from localplan.plan.file.history import Saying, sayings
from localplan.plan.file.journal import FILE, LIMIT, entries, noted, versions
from localplan.plan.file.saving import save, save_tree
from localplan.plan.tree import get, is_blank, leaves
from localplan.yamltext import Tree, Value

NOON = datetime(2027, 1, 12, 12, tzinfo=UTC)
NEED = "narratives.sector_need"


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    return small_plan(tmp_path)


def put(plan: Path, value: str, path: str = NEED) -> None:
    assert run(["set", str(plan), path, value]) == 0


def said(plan: Path, path: str = NEED) -> list[Value | None]:
    return [saying.value for saying in sayings(plan, path)]


def saying(plan: Path, value: Value | None, path: str = NEED) -> Saying:
    return next(each for each in sayings(plan, path) if each.value == value)


def restore(plan: Path, value: Value | None, path: str = NEED) -> None:
    known = saying(plan, value, path)
    assert run(["restore", str(plan), known.since if known.noted else known.name, path]) == 0


def journal_of(plan: Path) -> Path:
    return plan.parent / ".localplan" / plan.name / FILE


def test_a_text_overwritten_seconds_later_is_in_the_history_and_comes_back(
    plan: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put(plan, "A backup of this minute is there.", "board.mission")
    put(plan, "A")
    put(plan, "oops")
    capsys.readouterr()
    assert run(["history", str(plan), NEED]) == 0
    moment = re.search(
        r"^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\S*)  .*\n  A$", capsys.readouterr().out, re.MULTILINE
    )
    assert moment
    assert run(["restore", str(plan), moment[1], NEED]) == 0
    assert get(load(plan).tree, NEED) == "A"
    assert said(plan)[:3] == ["A", "oops", "A"]


def test_before_a_moment_names_what_the_answer_said_until_then(plan: Path) -> None:
    file = load(plan)
    for minute, text in enumerate(["First", "Second", "Third"]):
        moment = NOON + timedelta(minutes=minute)
        file = save(file, [Change(NEED, text)], now=moment)
    since = saying(plan, "Second").since
    assert run(["restore", str(plan), f"before {since}", NEED]) == 0
    assert get(load(plan).tree, NEED) == "First"


def test_saves_of_the_same_moment_are_all_known(plan: Path) -> None:
    file = load(plan)
    for number in range(30):
        file = save(file, [Change(NEED, f"Number {number}")], now=NOON)
    assert said(plan)[:30] == [f"Number {number}" for number in range(29, -1, -1)]


def test_two_saves_of_one_second_are_told_apart(plan: Path) -> None:
    file = load(plan)
    for number in range(3):
        moment = NOON + timedelta(milliseconds=number)
        file = save(file, [Change(NEED, f"Number {number}")], now=moment)
    known = [each.since for each in sayings(plan, NEED)[:3]]
    assert len(set(known)) == 3
    restore(plan, "Number 1")
    assert get(load(plan).tree, NEED) == "Number 1"


def test_a_clock_that_was_put_back_keeps_the_order(plan: Path) -> None:
    file = save(load(plan), [Change(NEED, "First")], now=NOON)
    save(file, [Change(NEED, "Second")], now=NOON - timedelta(hours=1))
    assert said(plan)[:2] == ["Second", "First"]


def test_who_saved_it_is_told(plan: Path) -> None:
    returned = copied(drafted(plan), replaced("four hundred", "five hundred"))
    assert run(["collect", str(plan), str(returned), *AS_OF]) == 0
    assert run(["resolve", str(plan), "1", "--accept", "--by", "Priya"]) == 0
    assert sayings(plan, NEED)[0].name == "by Priya"


def test_an_answer_that_was_not_there_before_can_be_taken_out_again(plan: Path) -> None:
    put(plan, "Retail too.", "narratives.sector_strategy")
    restore(plan, None, "narratives.sector_strategy")
    assert get(load(plan).tree, "narratives.sector_strategy") is None


def test_a_removed_record_comes_back_whole(plan: Path) -> None:
    before = get(load(plan).tree, "partners.mesa")
    save(load(plan), [Change("partners.mesa", None)], now=NOON)
    restore(plan, before, "partners.mesa")
    assert get(load(plan).tree, "partners.mesa") == before


def test_a_list_that_was_put_in_another_order_and_shortened_comes_back(plan: Path) -> None:
    before = get(load(plan).tree, "partners")
    assert isinstance(before, list)
    file = save(load(plan), [Change("partners", before[::-1])], now=NOON)
    save(file, [Change("partners.delta", None)], now=NOON)
    assert said(plan, "partners") == [before[:1], before[::-1], before]
    restore(plan, before, "partners")
    assert get(load(plan).tree, "partners") == before


def test_what_was_changed_outside_is_said_and_kept_apart(plan: Path) -> None:
    put(plan, "From the program.")
    text = plan.read_text(encoding="utf-8")
    plan.write_text(text.replace("From the program.", "From an editor."), encoding="utf-8")
    put(plan, "From the program again.")
    assert said(plan)[:3] == ["From the program again.", "From an editor.", "From the program."]
    assert "changed outside" in saying(plan, "From an editor.").name
    assert "changed outside" not in saying(plan, "From the program.").name
    restore(plan, "From an editor.")
    assert get(load(plan).tree, NEED) == "From an editor."


def test_a_line_that_a_crash_cut_off_costs_nothing_else(plan: Path) -> None:
    put(plan, "One.")
    put(plan, "Two.")
    journal = journal_of(plan)
    journal.write_bytes(journal.read_bytes()[:-9])
    put(plan, "Three.")
    put(plan, "Four.")
    assert {"One.", "Two.", "Three.", "Four."} <= set(said(plan))


def test_a_save_that_fails_is_not_noted(plan: Path) -> None:
    put(plan, "One.")
    file, before = load(plan), entries(plan)
    plan.chmod(0o444)
    with pytest.raises(AnswersError, match="read-only"):
        save(file, [Change(NEED, "Two.")], now=NOON)
    assert entries(plan) == before


def test_saving_one_answer_of_a_full_plan_adds_only_that_answer(tmp_path: Path) -> None:
    plan = tmp_path / "plan.yaml"
    plan.write_bytes((EXAMPLES / "complete.yaml").read_bytes())
    put(plan, "A short text.", "board.mission")
    assert [entry.path for entry in entries(plan)] == ["board.mission"]
    assert journal_of(plan).stat().st_size < 2_000


def test_a_long_journal_loses_its_older_half_only(plan: Path) -> None:
    file = load(plan)
    for number in range(12):
        file = save(file, [Change(NEED, f"{number} " + "word " * 100_000)], now=NOON)
    assert journal_of(plan).stat().st_size < LIMIT + 2_000_000
    numbers = [str(value).split()[0] for value in said(plan)]
    assert numbers[:4] == ["11", "10", "9", "8"]


def test_going_back_to_a_snapshot_is_noted_too(plan: Path) -> None:
    put(plan, "Before the vote.")
    assert run(["snapshot", str(plan), "vote", *AS_OF]) == 0
    put(plan, "After the vote.")
    assert run(["restore", str(plan), "vote", *AS_OF]) == 0
    restore(plan, "After the vote.")
    assert get(load(plan).tree, NEED) == "After the vote."


def test_history_says_from_when_on_every_answer_is_known(
    plan: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put(plan, "One.")
    capsys.readouterr()
    assert run(["history", str(plan)]) == 0
    assert "Every answer saved since 20" in capsys.readouterr().out


def test_what_was_overwritten_is_in_no_file_that_leaves_the_board(plan: Path) -> None:
    put(plan, "Zebras in the valley.")
    put(plan, "Nurses.")
    html = str(plan.with_name("plan.html"))
    assert run(["draft", str(plan), "-o", html, "--stage", "public", *AS_OF]) == 0
    assert run(["share", str(plan), "--public", *AS_OF]) == 0
    assert run(["snapshot", str(plan), "vote", *AS_OF]) == 0
    drafted(plan)
    hidden = plan.parent / ".localplan"
    files = [each for each in plan.parent.rglob("*") if each.is_file()]
    holding = {each for each in files if b"Zebras" in _content(each)}
    assert {each.relative_to(hidden).parts[0] for each in holding} == {plan.name}
    assert (hidden / ".gitignore").read_text() == "*\n"


def _content(path: Path) -> bytes:
    if not zipfile.is_zipfile(path):
        return path.read_bytes()
    with zipfile.ZipFile(path) as packed:
        return b"".join(packed.read(name) for name in packed.namelist())


texts = st.sampled_from(["", "Nurses.", "Welders.", "a\u2028b\nc"])
records = st.lists(
    st.fixed_dictionaries({"id": st.sampled_from("abcd"), "name": texts}, optional={"role": texts}),
    unique_by=lambda record: record["id"],
    max_size=4,
)
trees = st.fixed_dictionaries(
    {},
    optional={
        "board": st.fixed_dictionaries({}, optional={"name": texts, "mission": texts}),
        "partners": records,
        "plan": st.fixed_dictionaries({}, optional={"frameworks": st.lists(texts, max_size=2)}),
        "status": st.fixed_dictionaries({}, optional={"board.name": st.just({"state": "later"})}),
    },
)


@settings(max_examples=150, deadline=None)
@given(states=st.lists(trees, min_size=2, max_size=4))
def test_every_answer_of_every_state_is_known(
    tmp_path_factory: pytest.TempPathFactory, states: list[Tree]
) -> None:
    plan = tmp_path_factory.mktemp("plan") / "answers.yaml"
    for old, new in pairwise(states):
        with noted(plan, old, new, now=NOON, by="Ana"):
            pass
    paths = {path for tree in states for path in leaves(tree)} | {"partners", "board", "status"}
    for path in paths:
        told = [version.value for version in versions(entries(plan), path, states[-1])]
        wanted = _unfolded([get(tree, path) for tree in states])
        assert _unfolded(told[::-1]) == wanted or len(wanted) == 1, path


def _unfolded(values: list[Value | None]) -> list[Value | None]:
    """The values without repetition, and nothing for blank ones."""
    plain = [None if is_blank(value) else value for value in values]
    return [value for at, value in enumerate(plain) if not at or plain[at - 1] != value]


def test_a_whole_tree_that_is_saved_is_noted_path_by_path(plan: Path) -> None:
    file = load(plan)
    tree = {key: value for key, value in file.tree.items() if key != "narratives"}
    save_tree(file, tree, now=NOON)
    assert {entry.path for entry in entries(plan)} == {
        path for path in leaves(file.tree) if path.startswith("narratives")
    }
