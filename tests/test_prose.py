"""Words made of facts."""

from datetime import date
from decimal import Decimal

import pytest

from localplan.document import prose


@pytest.mark.parametrize(
    ("items", "said"),
    [
        ([], ""),
        (["A"], "A"),
        (["A", "B"], "A and B"),
        (["A", "B", "C"], "A, B and C"),
        (["", "A", "", "B"], "A and B"),
        (["health care", "construction and energy"], "health care, and construction and energy"),
        (["the Office of Work and Aid", "A", "B"], "the Office of Work and Aid, A and B"),
        (["Lodi, California", "Reno"], "Lodi, California; and Reno"),
    ],
)
def test_lists_read_as_they_are_said(items: list[str], said: str) -> None:
    assert prose.listing(items) == said


@pytest.mark.parametrize(
    ("count", "said"),
    [(0, "no partners"), (1, "one partner"), (9, "nine partners"), (14, "14 partners")],
)
def test_counts_agree_with_their_noun(count: int, said: str) -> None:
    assert prose.counted(count, "partner") == said


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("21 partners", "Twenty-one partners"),
        ("14 boards", "Fourteen boards"),
        ("a", "A"),
        ("", ""),
    ],
)
def test_a_sentence_never_starts_with_a_small_figure(text: str, start: str) -> None:
    assert prose.sentence_start(text) == start


@pytest.mark.parametrize(
    ("label", "said"),
    [
        ("Adult education", "adult education"),
        ("SNAP employment and training", "SNAP employment and training"),
        ("LVN", "LVN"),
        ("", ""),
    ],
)
def test_labels_lose_their_capital_within_a_sentence(label: str, said: str) -> None:
    assert prose.in_sentence(label) == said


def test_proper_names_keep_their_capital_within_a_sentence() -> None:
    common = prose.common_words(["The Board serves adults who learn English.", "delta-college"])
    assert prose.in_sentence("Adults on aid", common) == "adults on aid"
    assert prose.in_sentence("English learners", common) == "English learners"
    assert prose.in_sentence("Delta Transit passes", common) == "Delta Transit passes"


def test_a_name_says_what_it_names_once() -> None:
    assert prose.with_noun("Patient care", "pathway") == "Patient care pathway"
    assert prose.with_noun("Nursing pathway", "pathway") == "Nursing pathway"


def test_a_city_has_its_article_within_a_sentence() -> None:
    assert prose.place("City of Mill Bend") == "the City of Mill Bend"
    assert prose.place("Alder County") == "Alder County"
    assert prose.place("Office of Planning") == "the Office of Planning"
    assert prose.place("Department for Aging") == "the Department for Aging"


def test_dates_and_periods_are_written_out() -> None:
    assert prose.day(date(2025, 7, 1)) == "July 1, 2025"
    assert prose.span(date(2025, 7, 1), date(2029, 6, 30)) == "July 1, 2025 to June 30, 2029"
    assert prose.span(None, date(2029, 6, 30)) == "until June 30, 2029"
    assert prose.span(date(2025, 7, 1), None) == "from July 1, 2025"
    assert prose.span(None, None) == prose.day(None) == ""


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [
        ("71.5", "percent", "71.5%"),
        ("66.0", "%", "66.0%"),
        ("8200", "dollars", "$8,200"),
        ("24.5", "$", "$24.50"),
        ("1250", "", "1,250"),
        ("340", "people", "340 people"),
        ("1", "jobs", "1 job"),
    ],
)
def test_numbers_carry_their_unit(value: str, unit: str, said: str) -> None:
    assert prose.in_unit(Decimal(value), unit) == said


def test_a_missing_number_is_blank_and_never_zero() -> None:
    assert prose.in_unit(None, "percent") == prose.number(None) == prose.dollars(None) == ""


def test_wages_are_a_range_or_one_wage() -> None:
    low, high = Decimal("19.8"), Decimal("61.1")
    assert prose.wage_range([high, low]) == "$19.80 to $61.10 an hour"
    assert prose.wages_of(prose.wage_range([low])) == "a median wage of $19.80 an hour"
    assert prose.wage_range([]) == ""


def test_program_years_name_the_first_and_the_last() -> None:
    assert prose.program_years(2025, 4) == "Program Years 2025 to 2028"
    assert prose.program_years(2025, 1) == "Program Year 2025"
    assert prose.program_years(None, 4) == ""


def test_sentences_end_in_one_full_stop() -> None:
    assert prose.stopped("No center serves the area") == "No center serves the area."
    assert prose.stopped("No center serves the area.") == "No center serves the area."
    assert prose.plain_end("one adult.") == "one adult"


@pytest.mark.parametrize(
    ("occupation", "said"),
    [
        ("nursing assistant", "a nursing assistant"),
        ("RN", "an RN"),
        ("HVAC technician", "an HVAC technician"),
        ("electrician", "an electrician"),
        ("utility worker", "a utility worker"),
        ("registered nurses", "registered nurses"),
        ("laborers and freight, stock, and material movers, hand",) * 2,
        ("heating, air conditioning, and refrigeration mechanics",) * 2,
        ("sales representative", "a sales representative"),
    ],
)
def test_someone_works_as_one_of_them_or_as_many(occupation: str, said: str) -> None:
    assert prose.as_worker(occupation) == said
