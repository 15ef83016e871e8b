"""What `check` says of figures: which have grown old, and which numbers nothing carries."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from evidence_helper import DATA

from localplan.cli.app import run
from localplan.plan.checks.figures import numbers_in
from localplan.resources import EXAMPLES
from localplan.yamltext import parse

PLAN = """localplan: 2
board: {name: Orange County Board, state: CA}
areas:
  - {id: oc, name: Orange County, jurisdictions: [Orange County]}
sectors:
  - {id: health, name: Health care, naics: 62}
evidence:
  - {id: rate, measure: Unemployment, value: "6.8", unit: percent, source: The State}
  - {id: jobs, measure: Jobs, value: "18,450", unit: jobs, source: The State}
narratives:
  workforce_analysis: |
    TEXT
"""


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    """A plan with two figures and one text."""
    path = tmp_path / "answers.yaml"
    path.write_text(PLAN, encoding="utf-8")
    return path


def findings(
    path: Path, capsys: pytest.CaptureFixture[str], rule: str, today: str = "2026-12-01"
) -> list[dict[str, Any]]:
    """The findings of one rule in the plan at `path`."""
    capsys.readouterr()
    run(["check", str(path), "--json", "--as-of", today])
    found = json.loads(capsys.readouterr().out)["findings"]
    return [each for each in found if each["rule"] == rule]


def said(text: str) -> list[str]:
    return [each.text for each in numbers_in(text)]


def uncarried(plan: Path, capsys: pytest.CaptureFixture[str], text: str) -> Sequence[str]:
    plan.write_text(PLAN.replace("TEXT", text), encoding="utf-8")
    return [
        each["message"].split('"')[1] for each in findings(plan, capsys, "number-without-evidence")
    ]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("In 2024, 6.8 percent of people were out of work.", "6.8 percent"),
        ("About 71% found work.", "71%"),
        ("A nurse earns $58.75 an hour.", "$58.75"),
        ("The grant brings $1.2 million.", "$1.2 million"),
        ("There are 41,200 adults below the line.", "41,200"),
        ("We served 312 people in 2025.", "312"),
        ("It comes to 4.2 out of 5 points.", "4.2 out of 5"),
        ("Then sixty-two percent stay.", "sixty-two percent"),
        ("Eighty percent finish.", "Eighty percent"),
        ("| Health care | 18,450 | jobs |", "18,450"),
        ("[118,000 people](https://a.example/2200) work here.", "118,000"),
    ],
)
def test_percents_money_rates_and_counts_over_99_are_numbers_of_a_text(
    text: str, number: str
) -> None:
    assert number in said(text)


@pytest.mark.parametrize(
    "text",
    [
        "From July 1, 2025 to June 30, 2029, and again on 2026-11-21 or 6/30/2027.",
        "Program years 2025 to 2028, PY 2026, FY 2027 and 2025-26.",
        "See 20 CFR 679.560(b)(1), 29 U.S.C. 3123, WIOA sec. 108(b)(21) and section 188.",
        "Title 29, part 361; Public Law 113-128; TEGL 10-19; form ETA-9169; SB 1402.",
        "Occupations 29-1141 and 31-9092, NAICS 621 and 6211, CIP 51.3901.",
        "Call (530) 555-0142, 555-0100, 211 or dial 711.",
        "At 1200 North Main Street, Suite 300, CA 95202, beside Highway 101.",
        "It has 12 staff in 8 centers for grades 9 to 12.",
        "See https://a.example/2024/1234567 or [the page](https://a.example/98765).",
        "An account is limited to $7,500 in two years, and $12,000 for nursing.",
        "If fewer than 85 percent agree, the board looks again.",
        "Students take Health 101 for credit, and Nursing 210.",
        "The course takes 600 hours and is published 120 days ahead.",
    ],
)
def test_dates_citations_codes_phones_addresses_and_limits_are_no_numbers_of_a_text(
    text: str,
) -> None:
    assert said(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Unemployment stands at 6.8 percent.",
        "Health care has 18,450 jobs.",
        "Health care has about 18,000 jobs.",
        "Health care has more than 18,000 jobs.",
    ],
)
def test_a_number_that_evidence_has_exact_or_rounded_is_no_finding(
    plan: Path, capsys: pytest.CaptureFixture[str], text: str
) -> None:
    assert uncarried(plan, capsys, text) == []


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Unemployment stands at 7.9 percent.", "7.9 percent"),
        ("Health care has 21,000 jobs.", "21,000"),
        ("Of all jobs 18,450 percent are here.", "18,450 percent"),
        ("It costs $6.8 a day.", "$6.8"),
    ],
)
def test_a_number_that_evidence_does_not_have_in_that_sense_is_a_note(
    plan: Path, capsys: pytest.CaptureFixture[str], text: str, number: str
) -> None:
    assert uncarried(plan, capsys, text) == [number]


def test_a_note_keeps_no_plan_from_being_complete_and_can_be_accepted(
    plan: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "Unemployment stands at 7.9 percent."
    plan.write_text(PLAN.replace("TEXT", text), encoding="utf-8")
    (note,) = findings(plan, capsys, "number-without-evidence")
    assert note["severity"] == "note"
    with plan.open("a", encoding="utf-8") as file:
        file.write(f"accepted:\n  {note['id']}: {{reason: The board counted}}\n")
    (accepted,) = findings(plan, capsys, "number-without-evidence")
    assert accepted["accepted"] == "The board counted"


def test_at_most_thirty_numbers_are_shown_and_the_rest_is_counted(
    plan: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = " ".join(f"Then {number} came." for number in range(612, 652))
    plan.write_text(PLAN.replace("TEXT", text), encoding="utf-8")
    run(["check", str(plan), "--all", "--as-of", "2026-12-01"])
    shown = " ".join(capsys.readouterr().out.split())
    assert shown.count("stands under no") == 30
    assert "and 10 more" in shown


def test_every_number_of_the_complete_example_would_be_seen_without_its_evidence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tree = parse((EXAMPLES / "complete.yaml").read_text(encoding="utf-8"), "complete")
    path = tmp_path / "bare.yaml"
    path.write_text(json.dumps({**tree, "evidence": []}), encoding="utf-8")
    found = findings(path, capsys, "number-without-evidence")
    listed = {each["message"].split('"')[1] for each in found}
    assert {"118,000", "6.8 percent", "32 percent", "55.8 percent"} <= listed
    assert not {"$7,500", "85 percent", "$500", "2026"} & listed


@pytest.mark.parametrize("example", ["complete", "orange-county", "quick-start"])
def test_every_number_in_the_texts_of_an_example_is_carried(
    example: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert findings(EXAMPLES / f"{example}.yaml", capsys, "number-without-evidence") == []


def test_an_old_figure_is_named_with_the_newer_one_that_is_due_and_where_it_is(
    plan: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = str(DATA / "qcew-06059-2016.csv")
    run(["import", file, "--plan", str(plan), "--take", "all", "--as-of", "2026-12-01"])
    (stale,) = findings(plan, capsys, "stale-figures")
    assert "are of 2016 Q4" in stale["message"]
    assert "since December 2017" in stale["message"]
    assert "https://www.bls.gov/cew/downloadable-data-files.htm" in stale["message"]


def test_a_figure_within_its_shelf_life_is_not_named(
    plan: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = str(DATA / "qcew-06059-2016.csv")
    run(["import", file, "--plan", str(plan), "--take", "all", "--as-of", "2017-08-01"])
    assert findings(plan, capsys, "stale-figures", "2017-12-31") == []
    assert len(findings(plan, capsys, "stale-figures", "2018-01-01")) == 1


def test_a_figure_that_was_replaced_by_hand_is_no_longer_called_old(
    plan: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = str(DATA / "qcew-06059-2016.csv")
    run(["import", file, "--plan", str(plan), "--take", "2", "--as-of", "2026-12-01"])
    (stale,) = findings(plan, capsys, "stale-figures")
    run(["set", str(plan), stale["path"], "180000"])
    assert findings(plan, capsys, "stale-figures") == []


def test_an_answer_that_says_another_number_than_its_imported_evidence_is_named(
    plan: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = str(DATA / "qcew-06059-2016.csv")
    run(["import", file, "--plan", str(plan), "--take", "all", "--as-of", "2026-12-01"])
    assert findings(plan, capsys, "figure-not-as-imported") == []
    path = "sectors.health.measures.qcew-quarterly-average-weekly-wage"
    run(["set", str(plan), f"{path}.value", "1400"])
    (altered,) = findings(plan, capsys, "figure-not-as-imported")
    assert "This says 1400, and the evidence behind it says 1040" in altered["message"]
    run(["set", str(plan), f"{path}.evidence", "jobs"])
    assert findings(plan, capsys, "figure-not-as-imported") == []


def test_a_ledger_that_cannot_be_read_is_a_finding_and_stops_no_work(
    plan: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ledger = plan.with_name("answers.figures.yaml")
    ledger.write_text("<<<<<<< mine\nfigures: {}\n=======\n", encoding="utf-8")
    (found,) = findings(plan, capsys, "unusable-ledger")
    assert found["severity"] == "error"
    assert "answers.figures.yaml" in found["message"]
    assert run(["draft", str(plan), "-o", str(plan.with_suffix(".md"))]) == 0
