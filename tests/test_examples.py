"""The three examples: what people imitate is whole, honest and quick to read."""

from datetime import date

import pytest

from localplan.desk.desk import open_plan
from localplan.evidence.areas import wanted
from localplan.evidence.imports import read_files
from localplan.plan.checks.checkup import Checkup
from localplan.plan.file.answers import load
from localplan.plan.file.figures import in_use, read_ledger
from localplan.plan.progress import is_answered
from localplan.plan.tree import get
from localplan.resources import EXAMPLES

TODAY = date(2026, 11, 21)
NAMES = ("complete", "quick-start", "orange-county")
OF_THE_FILE = {"wrong-type", "wrong-choice", "unknown-key", "dangling-reference", "points-nowhere"}

every_example = pytest.mark.parametrize("name", NAMES)


def look_at(name: str) -> Checkup:
    return open_plan(EXAMPLES / f"{name}.yaml", today=TODAY).checkup()


def text_of(name: str) -> str:
    return (EXAMPLES / f"{name}.yaml").read_text(encoding="utf-8")


@every_example
def test_an_example_has_no_wrong_value_unknown_key_or_dangling_reference(name: str) -> None:
    assert [found for found in look_at(name).findings if found.rule in OF_THE_FILE] == []


@every_example
def test_an_example_keeps_its_lines_short_apart_from_tables(name: str) -> None:
    lines = [line for line in text_of(name).splitlines() if not line.lstrip().startswith("|")]
    wide = [line for line in lines if len(line) > 100 and "](" not in line and "://" not in line]
    assert wide == []


def test_the_complete_example_answers_every_required_question() -> None:
    assert look_at("complete").progress.complete


def test_the_complete_example_leaves_nothing_open_but_what_a_person_accepted() -> None:
    assert [found.path for found in look_at("complete").findings if not found.accepted] == []


def test_the_complete_example_answers_every_follow_up_that_applies() -> None:
    plan = open_plan(EXAMPLES / "complete.yaml", today=TODAY)
    assert [
        item.path
        for section in plan.progress.sections
        for item in section.items
        if item.path.startswith("narratives.") and not is_answered(get(plan.tree, item.path))
    ] == []


def test_every_figure_of_the_complete_example_is_marked_as_fictional() -> None:
    plan = look_at("complete").plan
    assert [one.id for one in plan.evidence if "fictional figure" not in (one.source or "")] == []


def test_the_quick_start_is_short_enough_for_twenty_minutes() -> None:
    assert len(text_of("quick-start").splitlines()) < 260


def test_the_orange_county_example_says_what_it_is_where_every_page_prints_it() -> None:
    told = look_at("orange-county").plan.plan.compiled_from
    assert told == "Compiled from public sources for testing, not the board's plan"


@pytest.mark.parametrize("rule", ["period-end", "sector-below-own-rule", "missing-answer"])
def test_the_orange_county_example_shows_what_a_check_finds(rule: str) -> None:
    assert rule in {found.rule for found in look_at("orange-county").findings}


def test_every_figure_of_the_orange_county_example_names_its_page_and_day() -> None:
    evidence = look_at("orange-county").plan.evidence
    assert [one.id for one in evidence if not (one.address and one.retrieved)] == []


def test_every_imported_figure_of_the_orange_county_example_is_what_its_file_says() -> None:
    files = EXAMPLES / "public-files"
    qcew = [files / "qcew-06059-2016.csv", files / "edd-long-term.csv"]
    oews = [files / name for name in ("oe.data", "oe.area", "oe.occupation")]
    read = [
        *read_files(qcew, today=TODAY, asked=wanted(["06059"])).series,
        *read_files(oews, today=TODAY, asked=wanted(["31080"])).series,
    ]
    published = {
        (each.source, each.measure, each.period, figure.about): figure.value
        for each in read
        for figure in each.values
    }
    taken = read_ledger(EXAMPLES / "orange-county.yaml")
    assert len(taken) == 20
    for each in taken:
        origin = each.origin
        key = (origin.source, each.measure, origin.period, each.figure.about)
        assert published[key] == each.figure.value
        assert origin.license
        assert origin.address.startswith("https://")


def test_every_imported_figure_of_the_orange_county_example_stands_in_an_answer() -> None:
    plan = EXAMPLES / "orange-county.yaml"
    taken = read_ledger(plan)
    used = in_use(taken, load(plan).tree).values()
    assert {each.id for each in used} == {each.id for each in taken}
