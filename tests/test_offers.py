"""`localplan import --plan`: what figures propose for a plan, and what is taken of them."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from evidence_helper import DATA, workbook

from localplan.cli.app import run
from localplan.plan.file.answers import load
from localplan.plan.file.figures import ledger_of, read_ledger
from localplan.plan.file.journal import entries
from localplan.plan.tree import get
from localplan.yamltext import Tree

QCEW = DATA / "qcew-06059-2016.csv"
EDD = DATA / "edd-long-term.csv"
OEWS = (DATA / "oe.data", DATA / "oe.area", DATA / "oe.occupation")
NURSE = "sectors.health.occupations.rn"
EMPLOYMENT = "sectors.health.measures.qcew-quarterly-employment-third-month"
AS_OF = ("--as-of", "2026-12-01")
PLAN = """localplan: 2
# kept: what the board is called
board: {name: Orange County Board, state: CA}
areas:
  - {id: oc, name: Orange County, jurisdictions: [Orange County]}
sectors:
  - id: health
    name: Health care
    naics: 62
    measures:
      - {id: typed, measure: Jobs, value: 170000, unit: jobs}
    occupations:
      - {id: rn, soc: 29-1141, title: Nurses, openings: 900, wage: 48.00, evidence: survey}
  - {id: sea, name: Seafood, naics: 3117}
evidence:
  - {id: survey, measure: Nurses, value: "900", source: Survey of the Board, retrieved: 2026-01-05}
"""
OWN = """
id: our-levels
name: Levels of the year
agency: The State
license: a State publication
address: https://www.state.example/levels
seen:
  - {header: "Indicator, Program, Actual", address: https://www.state.example, on: "2026-12-01"}
header: [indicator, program, actual]
period: {write: "{1}", find: "never there (.*)"}
area: {code: ""}
about:
  - {of: indicator, column: indicator}
  - {of: program, column: program}
measures:
  - {column: actual, measure: actual level, unit: percent, fills: actual}
marks:
  - {mark: N, means: fewer than ten people}
"""


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    """A small plan of one county with a sector, an occupation and a survey of its own."""
    path = tmp_path / "answers.yaml"
    path.write_text(PLAN, encoding="utf-8")
    return path


def taken(plan: Path, *arguments: str | Path) -> Tree:
    """The answers after everything that the files propose was taken."""
    assert run(["import", *map(str, arguments), "--plan", str(plan), "--take", "all", *AS_OF]) == 0
    return load(plan).tree


def proposals(
    plan: Path, capsys: pytest.CaptureFixture[str], *arguments: str | Path
) -> Mapping[str, dict[str, Any]]:
    """What the files propose, by path."""
    capsys.readouterr()
    run(["import", *map(str, arguments), "--plan", str(plan), "--json", *AS_OF])
    found = json.loads(capsys.readouterr().out)["proposals"]
    return {each["path"]: each for each in found}


def next_year(path: Path, jobs: str = "190000", year: str = "2017") -> Path:
    """The file of the county a year later, with other jobs in health care."""
    text = QCEW.read_text(encoding="utf-8").replace('"2016"', f'"{year}"')
    path.write_text(text.replace("177603", jobs), encoding="utf-8")
    return path


def test_nothing_is_written_until_something_is_taken(
    plan: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["import", str(QCEW), "--plan", str(plan), *AS_OF]) == 0
    assert "Nothing was written" in capsys.readouterr().out
    assert plan.read_text(encoding="utf-8") == PLAN
    assert [each.name for each in plan.parent.iterdir()] == [plan.name]


def test_a_figure_stands_beside_what_the_plan_says_with_its_source_and_period(
    plan: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(["import", str(EDD), "--plan", str(plan), *AS_OF])
    said = capsys.readouterr().out
    assert f"{NURSE}.openings: 900 -> 1949 (+116.6 percent)" in said
    assert "California Employment Development Department" in said
    assert "2020-2030" in said


def test_an_industry_is_found_by_its_code_and_private_jobs_alone_are_proposed(
    plan: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = proposals(plan, capsys, QCEW)
    assert found[f"{EMPLOYMENT}.value"]["wanted"] == "177603"
    of_sectors = [each["title"] for path, each in found.items() if path.startswith("sectors.")]
    assert all("Private" in title for title in of_sectors)


def test_what_counts_all_industries_or_occupations_is_a_fact_about_the_area(
    plan: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = proposals(plan, capsys, QCEW, EDD)
    facts = [each for path, each in found.items() if path.startswith("evidence.")]
    titles = {each["title"]: each["wanted"] for each in facts}
    total = "Employment, third month, 10 Total, all industries, Total Covered"
    assert titles[total] == "1,589,304"
    assert titles["Openings in the whole period, Total, All Occupations"] == "2,233,120"


def test_a_sector_names_its_new_figure_and_the_evidence_behind_it(plan: Path) -> None:
    tree = taken(plan, QCEW)
    measure = get(tree, EMPLOYMENT)
    assert isinstance(measure, dict)
    record = get(tree, f"evidence.{measure['evidence']}")
    assert isinstance(record, dict)
    assert record["value"] == "177,603"
    assert record["period"] == "2016 Q4"
    assert record["address"] == "https://data.bls.gov/cew/data/api/2016/4/area/06059.csv"


def test_comments_and_what_somebody_typed_stay_when_figures_are_taken(plan: Path) -> None:
    tree = taken(plan, QCEW)
    assert "# kept: what the board is called" in plan.read_text(encoding="utf-8")
    assert get(tree, "sectors.health.measures.typed.value") == "170000"


def test_one_of_several_proposals_can_be_taken_alone(
    plan: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = proposals(plan, capsys, QCEW)
    number = found[f"{EMPLOYMENT}.value"]["number"]
    assert run(["import", str(QCEW), "--plan", str(plan), "--take", str(number), *AS_OF]) == 0
    tree = load(plan).tree
    assert get(tree, f"{EMPLOYMENT}.value") == "177603"
    assert get(tree, "sectors.health.measures.qcew-quarterly-average-weekly-wage") is None


def test_a_number_that_is_no_proposal_takes_nothing(plan: Path) -> None:
    assert run(["import", str(QCEW), "--plan", str(plan), "--take", "99", *AS_OF]) == 2
    assert plan.read_text(encoding="utf-8") == PLAN


def test_a_figure_that_is_kept_back_is_told_in_words_and_never_as_zero(plan: Path) -> None:
    tree = taken(plan, QCEW)
    told = get(tree, "evidence.qcew-quarterly-3117-5-location-quotient.value")
    assert told == "not published: not disclosed (mark N)"
    assert get(tree, "sectors.sea.measures.qcew-quarterly-location-quotient-of") is None
    (kept,) = [
        each.figure
        for each in read_ledger(plan)
        if each.record == "qcew-quarterly-3117-5-location-quotient"
    ]
    assert (kept.value, kept.mark) == (None, "N")


def test_ten_years_of_openings_become_those_of_one_year_and_say_so(plan: Path) -> None:
    tree = taken(plan, EDD)
    assert get(tree, f"{NURSE}.openings") == "1949"
    record = get(tree, f"evidence.{get(tree, f'{NURSE}.evidence')}")
    assert isinstance(record, dict)
    assert "openings in the whole period: 19,490" in record["value"]


def test_a_wage_and_openings_of_two_sources_name_both(plan: Path) -> None:
    taken(plan, EDD)
    tree = taken(plan, *OEWS, "--area", "31080")
    assert get(tree, f"{NURSE}.wage") == "65.18"
    record = get(tree, f"evidence.{get(tree, f'{NURSE}.evidence')}")
    assert isinstance(record, dict)
    assert "Bureau of Labor Statistics" in str(record["source"])
    assert "California Employment Development Department" in str(record["source"])


def test_a_wage_that_is_taken_leaves_typed_openings_with_their_own_source(plan: Path) -> None:
    tree = taken(plan, *OEWS, "--area", "31080")
    record = get(tree, f"evidence.{get(tree, f'{NURSE}.evidence')}")
    assert isinstance(record, dict)
    assert "Survey of the Board (openings a year)" in str(record["source"])


def test_a_figure_of_a_whole_state_is_evidence_and_no_answer_about_the_area(
    plan: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = proposals(plan, capsys, DATA / "projections.json", "--area", "CA")
    assert found
    assert all(path.startswith("evidence.") for path in found)


def test_what_was_taken_is_in_the_journal_and_can_be_taken_back(plan: Path) -> None:
    taken(plan, EDD)
    noted = {entry.path: (entry.old, entry.new) for entry in entries(plan)}
    assert noted[f"{NURSE}.openings"] == ("900", "1949")
    assert run(["restore", str(plan), "before-import", f"{NURSE}.openings"]) == 0
    assert get(load(plan).tree, f"{NURSE}.openings") == "900"


def test_all_that_was_taken_can_be_taken_back_at_once(
    plan: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    taken(plan, QCEW)
    said = capsys.readouterr().out
    assert f"localplan restore {plan} before-import" in said
    assert run(["restore", str(plan), "before-import", *AS_OF]) == 0
    assert plan.read_text(encoding="utf-8") == PLAN


def test_the_figures_of_next_year_take_the_place_of_this_years(
    plan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    taken(plan, QCEW)
    later = next_year(tmp_path / "later.csv")
    found = proposals(plan, capsys, later)
    assert found[f"{EMPLOYMENT}.value"]["now"] == "177603"
    assert found[f"{EMPLOYMENT}.value"]["moved"] == 7.0
    assert found[f"{EMPLOYMENT}.value"]["imported"]
    tree = taken(plan, later)
    assert get(tree, f"{EMPLOYMENT}.value") == "190000"
    measure = get(tree, f"{EMPLOYMENT}.measure")
    assert isinstance(measure, str)
    assert measure.endswith("2017 Q4")
    assert {each.origin.period for each in read_ledger(plan)} == {"2016 Q4", "2017 Q4"}


def test_what_moved_by_more_than_a_set_share_is_named_again(
    plan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    taken(plan, QCEW)
    later = next_year(tmp_path / "later.csv")
    capsys.readouterr()
    run(["import", str(later), "--plan", str(plan), "--moved", "5", *AS_OF])
    assert "More than 5 percent up or down" in capsys.readouterr().out
    run(["import", str(later), "--plan", str(plan), *AS_OF])
    assert "More than 10 percent" not in capsys.readouterr().out


def test_a_file_that_was_taken_already_is_not_taken_again(
    plan: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    taken(plan, QCEW)
    before = plan.read_bytes(), ledger_of(plan).read_bytes()
    assert run(["import", str(QCEW), "--plan", str(plan), "--take", "all", *AS_OF]) == 1
    assert "has these figures already" in capsys.readouterr().err
    assert (plan.read_bytes(), ledger_of(plan).read_bytes()) == before


def test_figures_older_than_those_of_the_plan_are_refused(
    plan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    taken(plan, QCEW)
    older = next_year(tmp_path / "older.csv", year="2015")
    before = plan.read_bytes()
    assert run(["import", str(older), "--plan", str(plan), "--take", "all", *AS_OF]) == 1
    said = capsys.readouterr().err
    assert "2015 Q4, and the plan has 2016 Q4 already" in said
    assert plan.read_bytes() == before


def test_a_county_that_is_not_in_the_plan_proposes_nothing(
    plan: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["import", str(DATA / "qcew-06003-2016.csv"), "--plan", str(plan)]
    assert run([*arguments, "--area", "06003", "--take", "all", *AS_OF]) == 1
    assert "is not among the counties" in capsys.readouterr().err
    assert plan.read_text(encoding="utf-8") == PLAN


def test_of_several_files_none_is_taken_where_one_is_refused(
    plan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = tmp_path / "broken.csv"
    broken.write_text("what,is\nthis,now\n", encoding="utf-8")
    files = [str(QCEW), str(broken)]
    assert run(["import", *files, "--plan", str(plan), "--take", "all", *AS_OF]) == 1
    assert "Nothing was taken" in capsys.readouterr().err
    assert plan.read_text(encoding="utf-8") == PLAN


def test_a_change_of_somebody_else_is_not_overwritten(
    plan: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    taken(plan, EDD)
    run(["set", str(plan), f"{NURSE}.openings", "1200"])
    found = proposals(plan, capsys, EDD)
    assert found[f"{NURSE}.openings"]["now"] == "1200"
    assert not found[f"{NURSE}.openings"]["imported"]


def test_a_level_that_was_reached_goes_to_the_measure_of_its_indicator_and_program(
    plan: Path, tmp_path: Path
) -> None:
    metrics = "metrics:\n  - {id: emp, indicator: employment-q2, program: adult}\n"
    plan.write_text(PLAN + metrics, encoding="utf-8")
    own = tmp_path / "our-levels.yaml"
    own.write_text(OWN, encoding="utf-8")
    table = tmp_path / "levels.csv"
    rows = ["Indicator,Program,Actual", "employment-q2,adult,71.4", "employment-q2,youth,66.0"]
    table.write_text("\n".join(rows), encoding="utf-8")
    options = ("--as", own, "--period", "2025", "--area", "06059")
    tree = taken(plan, table, *options)
    assert get(tree, "metrics.emp.prior_actual") == "71.4"
    assert get(tree, "metrics.emp.prior_year") == "2025"
    assert get(tree, "metrics.emp.source") == "The State, Levels of the year"


def test_people_below_the_poverty_line_are_proposed_with_their_margin(
    plan: Path, tmp_path: Path
) -> None:
    people = "populations:\n  - {id: poor, name: Poor, standard: low-income}\n"
    plan.write_text(PLAN + people, encoding="utf-8")
    label = "Below poverty level!!Population for whom poverty status is determined"
    table = workbook(
        tmp_path / "ACSST1Y2024.S1701-Data.xlsx",
        {
            "Data": [
                ["GEO_ID", "NAME", "S1701_C02_001E", "S1701_C02_001M"],
                ["Geography", "Name", f"Estimate!!{label}", f"Margin of Error!!{label}"],
                ["0500000US06059", "Orange County, California", "301000", "9000"],
            ]
        },
    )
    tree = taken(plan, table, "--period", "2024")
    assert get(tree, "populations.poor.size") == "301000"
    record = get(tree, f"evidence.{get(tree, 'populations.poor.evidence')}.value")
    assert record == "301,000 ± 9,000"


def test_a_figure_that_is_kept_back_next_year_leaves_the_one_of_this_year(
    plan: Path, tmp_path: Path
) -> None:
    taken(plan, QCEW)
    later = tmp_path / "later.csv"
    lines = next_year(later).read_text(encoding="utf-8").splitlines()
    kept_back = [
        line.replace('"2017","4",""', '"2017","4","N"') if '"5","62"' in line else line
        for line in lines
    ]
    later.write_text("\n".join(kept_back), encoding="utf-8")
    tree = taken(plan, later)
    assert get(tree, f"{EMPLOYMENT}.value") == "177603"
    record = get(tree, f"{EMPLOYMENT}.evidence")
    assert get(tree, f"evidence.{record}.period") == "2016 Q4"
    words = [
        get(tree, f"evidence.{each.record}.value")
        for each in read_ledger(plan)
        if each.measure == "employment, third month" and each.origin.period == "2017 Q4"
    ]
    assert "not published: not disclosed (mark N)" in words


def test_a_figure_in_another_unit_does_not_take_the_place_of_one_in_the_plan(
    plan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plan.write_text(f"{PLAN}metrics:\n  - {{id: emp, indicator: q2, program: adult}}\n", "utf-8")
    own = tmp_path / "our-levels.yaml"
    own.write_text(OWN, encoding="utf-8")
    table = tmp_path / "levels.csv"
    table.write_text("Indicator,Program,Actual\nq2,adult,71.4\n", encoding="utf-8")
    options = ("--as", own, "--area", "06059", "--period")
    taken(plan, table, *options, "2025")
    own.write_text(OWN.replace("unit: percent", "unit: people"), encoding="utf-8")
    other = tmp_path / "other.yaml"
    own.rename(other)
    arguments = ["import", table, "--plan", plan, "--as", other, "--area", "06059"]
    assert run([*map(str, arguments), "--period", "2026", "--take", "all", *AS_OF]) == 1
    assert "in people here, and in percent in the plan" in capsys.readouterr().err


def test_an_unemployment_rate_becomes_evidence_about_the_county(plan: Path) -> None:
    tree = taken(plan, DATA / "laucnty20.txt")
    records = get(tree, "evidence")
    assert isinstance(records, list)
    (rate,) = [
        each
        for each in records
        if isinstance(each, dict) and each.get("measure") == "Unemployment rate"
    ]
    assert (rate["value"], rate["unit"], rate["period"]) == ("8.9", "percent", "2020")
