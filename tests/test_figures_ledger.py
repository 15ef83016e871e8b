"""The ledger of figures beside a plan: what it keeps, and where it goes and never goes."""

import json
import shutil
import stat
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from localplan.cli.app import run
from localplan.errors import LocalPlanError
from localplan.plan.file.figures import (
    Origin,
    TakenFigure,
    in_use,
    joined,
    ledger_of,
    note_figures,
    read_ledger,
)
from localplan.plan.file.history import kept_states, snapshots
from localplan.plan.file.journal import entries
from localplan.plan.series import Area, Figure, Subject, end_of, months_after
from localplan.resources import EXAMPLES
from localplan.yamltext import parse

NOW = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)
AS_OF = ("--as-of", "2026-12-01")
ORIGIN = Origin(
    source="qcew-annual",
    name="Quarterly Census",
    agency="Bureau of Labor Statistics",
    license="public domain",
    address="https://data.example/2023.csv",
    area=Area("county", "06059", "Orange County, California"),
    period="2023",
    retrieved=date(2026, 12, 1),
    shelf_life=18,
    next_where="https://data.example",
    next_when="in June",
    digests=("ab12",),
)
HEALTH = (Subject("industry", "62", "Health care"),)
JOBS = TakenFigure(
    ORIGIN,
    "employment",
    "jobs",
    Figure(Decimal(18450), HEALTH, margin=Figure(Decimal(200))),
    {"sectors.health.measures.jobs.value": "18450"},
    "ev-jobs",
)
KEPT_BACK = TakenFigure(
    ORIGIN,
    "total wages",
    "dollars",
    Figure(None, HEALTH, mark="N", note="not disclosed"),
    {"evidence.ev-wages.value": "not published: not disclosed (mark N)"},
    "ev-wages",
)


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    """A plan with a ledger of two figures, one of them kept back."""
    path = tmp_path / "answers.yaml"
    shutil.copy(EXAMPLES / "quick-start.yaml", path)
    note_figures(path, (JOBS, KEPT_BACK), now=NOW)
    return path


def test_a_figure_is_read_back_with_everything_that_was_said_of_it(plan: Path) -> None:
    assert read_ledger(plan) == (JOBS, KEPT_BACK)


def test_a_mark_is_kept_as_a_mark_and_not_as_a_number(plan: Path) -> None:
    text = ledger_of(plan).read_text(encoding="utf-8")
    assert "mark: N" in text
    assert "value: 0" not in text


@given(
    some.lists(
        some.tuples(
            some.sampled_from(["2022", "2023", "2024"]),
            some.sampled_from(["employment", "total wages"]),
            some.one_of(some.none(), some.decimals(0, 10**9, places=2)),
        ),
        max_size=6,
    ),
    some.integers(0, 6),
)
def test_two_ledgers_bring_together_the_same_whoever_is_first(
    told: list[tuple[str, str, Decimal | None]], cut: int
) -> None:
    figures = [
        TakenFigure(replace(ORIGIN, period=period), measure, "jobs", Figure(value, HEALTH), {})
        for period, measure, value in told
    ]
    first, second = figures[:cut], figures[cut:]
    one, other = joined(first, second), joined(second, first)
    assert {each.id for each in one} == {each.id for each in other}
    assert {each.id for each in one} == {each.id for each in figures}


def test_a_ledger_is_as_open_to_others_as_its_plan(tmp_path: Path) -> None:
    path = tmp_path / "answers.yaml"
    shutil.copy(EXAMPLES / "quick-start.yaml", path)
    path.chmod(0o640)
    note_figures(path, (JOBS,), now=NOW)
    assert stat.S_IMODE(ledger_of(path).stat().st_mode) == 0o640


def test_a_change_of_the_ledger_is_in_a_journal(plan: Path) -> None:
    later = TakenFigure(ORIGIN, "establishments", "establishments", Figure(Decimal(9)), {})
    note_figures(plan, (later,), now=NOW)
    noted = [entry.path for entry in entries(ledger_of(plan))]
    assert any(path.startswith(f"figures.{later.id}") for path in noted)


def test_comments_and_keys_that_a_person_wrote_into_the_ledger_stay(plan: Path) -> None:
    path = ledger_of(plan)
    path.write_text(
        path.read_text(encoding="utf-8") + "# asked Ana about this\nremark: ours\n", "utf-8"
    )
    note_figures(plan, (TakenFigure(ORIGIN, "pay", "dollars", Figure(Decimal(1)), {}),), now=NOW)
    text = path.read_text(encoding="utf-8")
    assert "# asked Ana about this" in text
    assert "remark: ours" in text


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("18450", "many", "is no number"),
        ("import: qcew-annual-06059-2023", "import: other", "not listed under imports"),
        ("retrieved: 2026-12-01", "retrieved: soon", "must be a day"),
        ("kind: county", "kind: galaxy", "no kind of area"),
    ],
)
def test_a_ledger_that_was_spoiled_by_hand_says_which_entry(
    plan: Path, old: str, new: str, said: str
) -> None:
    path = ledger_of(plan)
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    with pytest.raises(LocalPlanError, match=said):
        read_ledger(plan)


def test_only_a_figure_that_the_answer_says_is_in_use() -> None:
    text = "sectors: [{id: health, measures: [{id: jobs, value: 18450}]}]"
    path = "sectors.health.measures.jobs.value"
    assert in_use((JOBS, KEPT_BACK), parse(text, "answers")) == {path: JOBS}
    changed = text.replace("18450", "19000")
    assert in_use((JOBS, KEPT_BACK), parse(changed, "answers")) == {}


def test_a_snapshot_takes_the_ledger_along_and_lists_one_state(plan: Path) -> None:
    assert run(["snapshot", str(plan), "before the vote", *AS_OF]) == 0
    (kept,) = snapshots(plan)
    assert read_ledger(kept.path) == (JOBS, KEPT_BACK)


def test_restoring_a_state_brings_its_figures_back(plan: Path) -> None:
    run(["snapshot", str(plan), "full", *AS_OF])
    ledger_of(plan).unlink()
    assert run(["restore", str(plan), "full", *AS_OF]) == 0
    assert read_ledger(plan) == (JOBS, KEPT_BACK)
    assert [each.kind for each in kept_states(plan) if each.name.endswith("figures")] == []


def test_a_carried_plan_has_the_figures_of_the_old_one(plan: Path, tmp_path: Path) -> None:
    new = tmp_path / "next.yaml"
    assert run(["carry", str(plan), str(new), "--first-year", "2029", *AS_OF]) == 0
    assert read_ledger(new) == (JOBS, KEPT_BACK)


def test_merged_copies_have_the_figures_of_both(plan: Path, tmp_path: Path) -> None:
    other = tmp_path / "theirs.yaml"
    shutil.copy(plan, other)
    more = TakenFigure(ORIGIN, "establishments", "establishments", Figure(Decimal(9)), {})
    note_figures(other, (more,), now=NOW)
    out = tmp_path / "out.yaml"
    assert run(["merge", str(plan), str(other), "-o", str(out)]) == 0
    assert {each.measure for each in read_ledger(out)} == {
        "employment",
        "total wages",
        "establishments",
    }


def test_a_spoiled_ledger_keeps_carry_and_merge_from_writing_half(
    plan: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out.yaml"
    other = tmp_path / "theirs.yaml"
    shutil.copy(plan, other)
    ledger_of(plan).write_text("figures: {one: {import: none}}\n", encoding="utf-8")
    assert run(["merge", str(plan), str(other), "-o", str(out)]) == 1
    assert run(["carry", str(plan), str(out), *AS_OF]) == 1
    assert not out.exists()


@pytest.mark.parametrize(
    ("period", "end"),
    [
        ("2023", date(2023, 12, 31)),
        ("2016 Q1", date(2016, 3, 31)),
        ("May 2025", date(2025, 5, 31)),
        ("annual average, 2023", date(2023, 12, 31)),
        ("2023, 5-year estimates", date(2023, 12, 31)),
        ("2020-2030", date(2020, 12, 31)),
        ("the winter", None),
    ],
)
def test_a_period_ends_with_its_last_day_and_a_projection_with_its_first_year(
    period: str, end: date | None
) -> None:
    assert end_of(period) == end


def test_months_later_is_the_last_day_of_a_month() -> None:
    assert months_after(date(2023, 12, 31), 18) == date(2025, 6, 30)
    assert months_after(date(2023, 12, 31), 2) == date(2024, 2, 29)


SHARES = {
    "public": ("share", "PLAN", "--public", "-o", "OUT"),
    "partner": ("share", "PLAN", "--partner", "breakwater-college", "--full", "-o", "OUT"),
    "questions": ("share", "PLAN", "--questions", "-o", "OUT"),
    "draft": ("draft", "PLAN", "--stage", "working", "-o", "OUT/plan.html"),
    "proof": ("check", "PLAN", "--proof", "OUT/proof.html"),
}


@pytest.mark.parametrize("verb", SHARES.values(), ids=SHARES)
def test_nothing_of_the_ledger_is_in_a_file_that_leaves(
    plan: Path, tmp_path: Path, verb: tuple[str, ...]
) -> None:
    secret = TakenFigure(
        replace(ORIGIN, name="hush7x", address="https://hush8x.example"),
        "hush9x",
        "jobs",
        Figure(Decimal(7654321), HEALTH, mark="h", note="hush6x"),
        {"board.name": json.dumps("hush5x")},
        "hush4x",
    )
    note_figures(plan, (secret,), now=NOW)
    out = tmp_path / "out"
    out.mkdir()
    names = {"PLAN": str(plan)}
    arguments = [names.get(word, word.replace("OUT", str(out))) for word in verb]
    assert run([*arguments, *AS_OF]) in {0, 3}
    written = [each for each in out.rglob("*") if each.is_file()]
    assert written
    assert [each.name for each in written if each.name.endswith(".figures.yaml")] == []
    for each in written:
        content = _content(each)
        assert "hush" not in content
        assert "7654321" not in content


def _content(path: Path) -> str:
    if path.suffix == ".docx":
        with zipfile.ZipFile(path) as package:
            parts = [package.read(name).decode("utf-8", "replace") for name in package.namelist()]
        return "\n".join(parts)
    return path.read_text(encoding="utf-8", errors="replace")
