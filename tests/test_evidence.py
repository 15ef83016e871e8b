"""Public data files: what each is, and its figures as the agency prints them."""

import json
from decimal import Decimal
from pathlib import Path

import pytest
from evidence_helper import DATA, figure, imported, refused, workbook
from hypothesis import given
from hypothesis import strategies as st

from localplan.evidence.cells import CellError, code, number
from localplan.evidence.cells import figure as read_cell
from localplan.evidence.reading import added
from localplan.knowledge.sources import SOURCES, Mark, load_sources
from localplan.plan.series import Area, Figure

READ = [
    ("qcew-06059-2016.csv", "qcew-quarterly", "2016 Q4"),
    ("qcew-2023-industry-10.csv", "qcew-annual", "2023"),
    ("qcew-39041-2020-resaved.csv", "qcew-annual", "2020"),
    ("qcew-39041-2020q1-resaved.csv", "qcew-quarterly", "2020 Q1"),
    ("oe.data", "oews-flat", "May 2025"),
    ("laucnty20.txt", "laus-county", "2020"),
    ("sm.data.2.Alaska", "ces", "January 2015"),
    ("edd-long-term.csv", "edd-long-term", "2020-2030"),
    ("edd-laus.csv", "edd-laus", "2018"),
    ("projections.json", "projections-central", "2024-2034"),
    ("ACSST1Y2024.S1701-Data.csv", "acs-table", "2024, 1-year estimates"),
    ("ACSST5Y2022.S1501-Data.csv", "acs-table", "2022, 5-year estimates"),
    ("ACSDP5Y2022.DP03-Data.csv", "acs-table", "2022, 5-year estimates"),
    ("acs5_2023_states.json", "acs-api", "2023, 5-year estimates"),
    ("acs1_2024_s1701.json", "acs-api", "2024, 1-year estimates"),
    ("acs5_2022_dp03.json", "acs-api-districts", "2022, 5-year estimates"),
    ("c2024_a_derived.csv", "ipeds-completions", "year ending June 30, 2024"),
    ("c2024_a_fixture.csv", "ipeds-completions", "year ending June 30, 2024"),
]
LISTS = [
    ("qcew-areas.csv", "qcew-areas"),
    ("oe.area", "oews-areas"),
    ("oe.occupation", "oews-occupations"),
    ("sm.area", "ces-areas"),
    ("sm.industry", "ces-industries"),
    ("sm.state", "ces-states"),
    ("hd2024.csv", "ipeds-directory"),
]
REFUSED = [
    ("qcew-06999-2016.csv", "about no county"),
    ("oe.footnote", "explains footnotes"),
    ("oe.datatype", "explains codes"),
    ("sm.series", "lists series"),
    ("sm.supersector", "explains codes"),
    ("sm.data_type", "explains codes"),
    ("sm.footnote", "explains footnotes"),
    ("ACSST5Y2023.S1701-Column-Metadata.csv", "-Data.csv"),
    ("ACSST5Y2023.S1701-Table-Notes.txt", "-Data.csv"),
    ("eta9169_blank.csv", "items of the form, not results"),
    ("ca_negotiated.csv", "layout of no source that is known"),
    ("nrs_table4a.csv", "layout of no source that is known"),
    ("README.md", "layout of no source that is known"),
]


@pytest.mark.parametrize(("name", "source", "period"), READ)
def test_a_file_says_its_source_and_its_time(
    name: str, source: str, period: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (file,) = imported(capsys, DATA / name)["files"]
    assert (file["source"], file["periods"][0]) == (source, period)
    assert file["areas"]
    assert file["rows"] > 0


@pytest.mark.parametrize(("name", "source"), LISTS)
def test_a_list_of_names_holds_no_figures(
    name: str, source: str, capsys: pytest.CaptureFixture[str]
) -> None:
    printed = imported(capsys, DATA / name)
    assert printed["files"][0]["source"] == source
    assert printed["figures"] == []


@pytest.mark.parametrize(("name", "why"), REFUSED)
def test_what_holds_no_figures_is_refused_with_the_reason(
    name: str, why: str, capsys: pytest.CaptureFixture[str]
) -> None:
    message = refused(capsys, DATA / name)
    assert message.startswith(name)
    assert why in message


def test_every_excerpt_is_read_or_refused() -> None:
    named = {name for name, *_ in (*READ, *LISTS, *REFUSED)}
    named |= {"qcew-06003-2016.csv"}
    assert {path.name for path in DATA.iterdir()} == named


def test_every_source_is_named_as_its_file_and_quotes_the_headings_it_was_made_from() -> None:
    sources = load_sources()
    assert {f"{each.id}.yaml" for each in sources} == {path.name for path in SOURCES.iterdir()}
    assert all(seen.header and seen.address and seen.on for each in sources for seen in each.seen)


def test_the_name_of_a_file_does_not_decide_what_it_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    odd = tmp_path / "oe.data.xlsx"
    odd.write_bytes((DATA / "qcew-06059-2016.csv").read_bytes())
    assert imported(capsys, odd)["files"][0]["source"] == "qcew-quarterly"


def test_a_figure_that_is_not_disclosed_has_its_mark_and_no_value(
    capsys: pytest.CaptureFixture[str],
) -> None:
    printed = imported(capsys, DATA / "qcew-2023-industry-10.csv", "--area", "32011")
    jobs = figure(printed, "employment", "10", "0")
    assert (jobs["value"], jobs["suppressed"], jobs["mark"]) == (None, True, "N")
    assert "not disclosed" in jobs["note"]
    assert figure(printed, "establishments", "10", "0")["value"] == 53


def test_a_dash_in_the_disclosure_code_is_no_zero(capsys: pytest.CaptureFixture[str]) -> None:
    printed = imported(capsys, DATA / "qcew-06059-2016.csv")
    jobs = figure(printed, "employment, third month", "3117", "5")
    assert (jobs["value"], jobs["mark"]) == (None, "-")


@pytest.mark.parametrize(
    ("measure", "occupation", "footnote"),
    [
        ("employment", "11-9013", "8"),
        ("mean hourly wage", "11-9032", "4"),
    ],
)
def test_one_mark_with_several_footnotes_keeps_the_meaning_of_its_own(
    measure: str, occupation: str, footnote: str, capsys: pytest.CaptureFixture[str]
) -> None:
    printed = imported(capsys, DATA / "oe.data", DATA / "oe.area", DATA / "oe.occupation")
    found = figure(printed, measure, occupation)
    assert (found["value"], found["mark"]) == (None, "-")
    assert found["note"].startswith(f"footnote {footnote}:")


def test_lists_of_the_agency_give_names_to_codes(capsys: pytest.CaptureFixture[str]) -> None:
    printed = imported(capsys, DATA / "oe.data", DATA / "oe.area", DATA / "oe.occupation")
    nurses = figure(printed, "median annual wage", "29-1141")
    assert nurses["area"]["name"] == "Los Angeles-Long Beach-Anaheim, CA"
    assert nurses["about"][0]["title"] == "Registered Nurses"


def test_margins_of_error_stay_with_their_figures_and_keep_their_marks(
    capsys: pytest.CaptureFixture[str],
) -> None:
    printed = imported(capsys, DATA / "ACSST5Y2022.S1501-Data.csv", "--area", "06001405100")
    by_code = {each["about"][0]["code"]: each for each in printed["figures"]}
    people = by_code["S1501_C01_001"]
    assert (people["value"], people["margin"]["value"]) == (147, 86)
    assert by_code["S1501_C01_055"]["mark"] == "(X)"
    top = by_code["S1501_C03_064"]
    assert (top["value"], top["mark"], top["margin"]["mark"]) == (None, "250,000+", "***")


def test_numbers_that_stand_for_marks_in_the_api_are_no_figures(
    capsys: pytest.CaptureFixture[str],
) -> None:
    printed = imported(capsys, DATA / "acs1_2024_s1701.json", "--area", "AL")
    (kept_back,) = [
        each for each in printed["figures"] if each["about"][0]["code"] == "S1701_C01_017"
    ]
    assert (kept_back["value"], kept_back["mark"]) == (None, "-999999999")
    assert kept_back["margin"]["value"] is None


def test_a_wage_of_zero_that_means_not_published_is_no_wage(
    capsys: pytest.CaptureFixture[str],
) -> None:
    printed = imported(capsys, DATA / "edd-long-term.csv", "--area", "06059")
    wage = figure(printed, "median hourly wage", "11-1000")
    assert (wage["value"], wage["mark"]) == (None, "0.00")
    assert figure(printed, "exits in the whole period", "11-1000")["value"] == 7460


def test_an_area_that_is_named_after_one_county_is_that_county(
    capsys: pytest.CaptureFixture[str],
) -> None:
    printed = imported(capsys, DATA / "edd-long-term.csv", "--area", "Orange County, CA")
    areas = {each["area"]["name"] for each in printed["figures"]}
    assert areas == {"Anaheim-Santa Ana-Irvine MD (Orange County)"}


def test_an_area_goes_by_its_name_in_the_file(capsys: pytest.CaptureFixture[str]) -> None:
    name = "Anaheim-Santa Ana-Irvine MD (Orange County)"
    printed = imported(capsys, DATA / "edd-long-term.csv", "--area", name)
    assert {each["area"]["name"] for each in printed["figures"]} == {name}


def test_a_region_is_found_by_all_of_its_counties(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "regions.csv"
    text = (DATA / "edd-long-term.csv").read_text(encoding="utf-8")
    region = '"A Region (Alpine, Mono, and Inyo Counties)"'
    file.write_text(
        text.replace("Anaheim-Santa Ana-Irvine MD (Orange County)", region), encoding="utf-8"
    )
    counties = ["--area", "06003", "--area", "06051", "--area", "06027"]
    printed = imported(capsys, file, *counties)
    assert {each["area"]["name"] for each in printed["figures"]} == {region.strip('"')}
    assert "has no figures for" in refused(capsys, file, *counties[:4])


def test_a_place_that_a_file_has_twice_is_never_counted_twice(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "twice.csv"
    lines = (DATA / "edd-long-term.csv").read_text(encoding="utf-8").splitlines()
    row = lines[1].replace("Metropolitan Area,Anaheim-Santa Ana-Irvine MD (Orange County)",
                           "County,Orange County").replace(",1639300,", ",1639000,")  # fmt: skip
    file.write_text("\n".join([*lines[:2], row]), encoding="utf-8")
    total = figure(imported(capsys, file, "--area", "06059"), "employment, base year", "00-0000")
    assert (total["value"], total["area"]["name"]) == (1639000, "Orange County")


def test_text_of_fixed_width_with_five_lines_of_headings_is_read(
    capsys: pytest.CaptureFixture[str],
) -> None:
    printed = imported(capsys, DATA / "laucnty20.txt", "--area", "06059")
    assert figure(printed, "labor force")["value"] == 1566866
    missing = imported(capsys, DATA / "laucnty20.txt", "--area", "72151")
    assert figure(missing, "labor force")["mark"] == "N.A."


def test_thousands_of_jobs_are_jobs_and_a_preliminary_month_says_so(
    capsys: pytest.CaptureFixture[str],
) -> None:
    printed = imported(capsys, DATA / "sm.data.2.Alaska", DATA / "sm.industry")
    last = [each for each in printed["figures"] if each["period"] == "December 2015"]
    assert {each["mark"] for each in last} == {"p"}
    assert {each["note"] for each in last} == {"preliminary"}
    assert all(each["value"] > 300_000 for each in last)
    assert last[0]["about"][0]["title"] == "Total Nonfarm"


def test_the_nation_does_not_pass_for_a_state(capsys: pytest.CaptureFixture[str]) -> None:
    (file,) = imported(capsys, DATA / "projections.json")["files"]
    assert [area["kind"] for area in file["areas"]] == ["nation", "state", "state"]
    assert [area["code"] for area in file["areas"]] == ["US", "01", "06"]


def test_completions_of_a_county_are_those_of_its_institutions_without_the_totals(
    capsys: pytest.CaptureFixture[str],
) -> None:
    printed = imported(capsys, DATA / "c2024_a_fixture.csv", DATA / "hd2024.csv", "--area", "06059")
    programs = {each["about"][0]["code"] for each in printed["figures"]}
    assert "99" not in programs
    assert figure(printed, "awards", "05.0102", "3", "1")["value"] == 106
    assert {each["area"]["name"] for each in printed["figures"]} == {"Orange County, California"}


def test_completions_without_the_directory_say_what_is_missing(
    capsys: pytest.CaptureFixture[str],
) -> None:
    message = refused(capsys, DATA / "c2024_a_fixture.csv", "--area", "06059")
    assert "import ipeds-directory with it" in message


def test_counties_are_added_where_nothing_is_kept_back_and_rates_are_not(
    capsys: pytest.CaptureFixture[str],
) -> None:
    printed = imported(
        capsys, DATA / "qcew-06059-2016.csv", DATA / "qcew-06003-2016.csv",
        "--area", "06059", "--area", "06003",
    )  # fmt: skip
    both = [
        each for each in printed["figures"] if [one["code"] for one in each["about"]] == ["10", "0"]
    ]
    jobs = [each for each in both if each["measure"] == "employment, third month"]
    assert [each["area"]["kind"] for each in jobs] == ["sum"]
    parts = [
        figure(imported(capsys, DATA / f"qcew-{county}-2016.csv"), "employment, third month",
               "10", "0")["value"]
        for county in ("06059", "06003")
    ]  # fmt: skip
    assert jobs[0]["value"] == sum(parts)
    wages = [each for each in both if each["measure"] == "average weekly wage"]
    assert [each["area"]["code"] for each in wages] == ["06059", "06003"]


def test_a_sum_says_which_part_is_kept_back(capsys: pytest.CaptureFixture[str]) -> None:
    printed = imported(
        capsys, DATA / "qcew-06059-2016.csv", DATA / "qcew-06003-2016.csv",
        "--area", "06059", "--area", "06003",
    )  # fmt: skip
    jobs = figure(printed, "employment, third month", "10", "2")
    assert (jobs["value"], jobs["mark"]) == (None, "N")
    assert "Alpine County" in jobs["note"]


def test_the_margin_of_a_sum_is_the_root_of_the_squares() -> None:
    parts = [
        (Area("county", "1", "One"), Figure(Decimal(100), margin=Figure(Decimal(3)))),
        (Area("county", "2", "Two"), Figure(Decimal(200), margin=Figure(Decimal(4)))),
    ]
    total = added(parts)
    assert total.value == 300
    assert total.margin == Figure(Decimal(5))


def test_a_sum_with_a_part_that_has_no_line_is_unknown() -> None:
    part = (Area("county", "1", "One"), Figure(Decimal(100)))
    total = added([part], [Area("county", "2", "Two")])
    assert total.value is None
    assert "no line for Two" in total.note


def test_a_workbook_with_titles_and_footnotes_in_its_headings_is_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = workbook(
        tmp_path / "projections.xlsx",
        {
            "Occupational": [
                ["2023-2033 Occupational Employment Projections"],
                ["California"],
                ["Statewide"],
                ["SOC Level[1]", "SOC Code[2]", "Occupational Title[3]",
                 "Base Year Employment Estimate 2023[4][5]",
                 "Projected Year Employment Estimate 2033", "Numeric Change 2023-2033[6]",
                 "Percent-age Change 2023-2033", "Exits\n[7]", "Transfers\n[8]",
                 "Total Job Openings\n[9]", "Median Hourly Wages\n[10]",
                 "Median Annual Wages\n[10]"],
                [1, "00-0000", "Total, All Occupations", 19511500, 21230900, 1719400,
                 0.08812238936012096, 9292660, 13039390, 24051450, 28.03, 58296.52],
                [3, "11-1000", "Top Executives", 350400, 379000, 28600, 0.08162100456621005,
                 85060, 199710, 313370, 0, 0],
                ["End of worksheet."],
            ],
        },
    )  # fmt: skip
    printed = imported(capsys, file)
    assert printed["files"][0]["periods"] == ["2023-2033"]
    total = figure(printed, "change of employment in percent", "00-0000")
    assert total["value"] == pytest.approx(8.81, abs=0.01)
    assert figure(printed, "median hourly wage", "11-1000")["value"] is None


OEWS: list[str | float] = [
    "AREA", "AREA_TITLE", "AREA_TYPE", "PRIM_STATE", "NAICS", "NAICS_TITLE", "I_GROUP",
    "OWN_CODE", "OCC_CODE", "OCC_TITLE", "O_GROUP", "TOT_EMP", "EMP_PRSE", "JOBS_1000",
    "LOC_QUOTIENT", "PCT_TOTAL", "PCT_RPT", "H_MEAN", "A_MEAN", "MEAN_PRSE", "H_PCT10",
    "H_PCT25", "H_MEDIAN", "H_PCT75", "H_PCT90", "A_PCT10", "A_PCT25", "A_MEDIAN", "A_PCT75",
    "A_PCT90", "ANNUAL", "HOURLY",
]  # fmt: skip


def oews_row(occupation: str, jobs: str | float, wage: str | float) -> list[str | float]:
    start = [
        "31080", "Los Angeles-Long Beach-Anaheim, CA", "4", "CA", "000000", "Cross-industry",
        "cross-industry", "1235", occupation, "An occupation", "detailed",
    ]  # fmt: skip
    return [*start, jobs, 1.5, 70.5, 0.98, "", "", *([wage] * 2), 0.9, *([wage] * 10), "", ""]


def test_the_marks_of_a_wage_workbook_are_kept(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [OEWS, oews_row("29-1215", "**", "*"), oews_row("29-1216", 120, "#")]
    file = workbook(tmp_path / "MSA.xlsx", {"MSA_M2025_dl": rows})
    printed = imported(capsys, file)
    assert printed["files"][0]["periods"] == ["May 2025"]
    assert figure(printed, "employment", "29-1215")["mark"] == "**"
    assert figure(printed, "median annual wage", "29-1215")["mark"] == "*"
    top = figure(printed, "median annual wage", "29-1216")
    assert (top["value"], top["mark"]) == (None, "#")
    assert "at or above" in top["note"]


def test_an_occupation_code_that_excel_made_a_day_of_is_told_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [OEWS, oews_row("date:40848", 120, 50)]  # 2011-11-01, shown as Nov-11
    file = workbook(tmp_path / "MSA.xlsx", {"MSA_M2025_dl": rows})
    assert figure(imported(capsys, file), "employment", "11-2011")["value"] == 120


def test_an_answer_of_the_unemployment_api_is_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    # Made up, in the shape that the documentation of the API prints.
    month = {"year": "2024", "period": "M12", "periodName": "December", "value": "4.1",
             "footnotes": [{"code": "P", "text": "Preliminary."}]}  # fmt: skip
    answer = {
        "status": "REQUEST_SUCCEEDED",
        "Results": {"series": [{"seriesID": "LAUCN060590000000003", "data": [month]}]},
    }
    file = tmp_path / "answer.json"
    file.write_text(json.dumps(answer), encoding="utf-8")
    rate = figure(imported(capsys, file), "unemployment rate", "U")
    assert (rate["value"], rate["mark"], rate["period"]) == (4.1, "P", "December 2024")
    assert rate["area"]["name"] == "Orange County, California"


def test_a_sub_state_file_of_wyoming_takes_its_region_from_the_person(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "northeast.csv"
    file.write_text(
        "SOCa Code,Title,2016 Base,2026 Proj.,N,%,Exits,Transfers,Change,Total\n"
        "11-1021,General and Operations Managers,542,640,98,18.1,100,300,98,498\n"
        "11-1011,Chief Executives,N/D,N/D,N/D,N/D,N/D,N/D,N/D,N/D\n",
        encoding="utf-8",
    )
    assert "Say it with one --area" in refused(capsys, file)
    printed = imported(capsys, file, "--area", "Northeast Wyoming")
    assert figure(printed, "employment, base year", "11-1021")["value"] == 542
    kept_back = figure(printed, "employment, base year", "11-1011")
    assert (kept_back["value"], kept_back["mark"]) == (None, "N/D")
    assert kept_back["period"] == "2016-2026"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_encodings_of_other_programs_are_read(
    encoding: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (DATA / "edd-laus.csv").read_text(encoding="utf-8")
    file = tmp_path / "laus.csv"
    file.write_bytes(text.replace("Aliso Viejo", "Peñasco").encode(encoding))
    areas = [area["name"] for area in imported(capsys, file)["files"][0]["areas"]]
    assert "Peñasco city" in areas


def test_codes_that_lost_their_zeros_get_them_back() -> None:
    assert code("1.0101", "cip") == "01.0101"
    assert code("11.01", "cip") == "11.0100"
    assert code('="05"', "") == "05"
    assert code("29-1141.00", "soc") == "29-1141"
    assert code("291141", "soc") == "29-1141"


@pytest.mark.parametrize("spoiled", ["Nov-11", "11/1/2011", "1-Nov"])
def test_a_code_that_cannot_be_told_again_is_refused(spoiled: str) -> None:
    with pytest.raises(CellError, match="spreadsheet made a date"):
        code(spoiled, "soc")


@given(st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=-(10**12),
                   max_value=10**12))  # fmt: skip
def test_a_number_with_separators_is_the_same_number(value: Decimal) -> None:
    assert number(f"{value:,}", "jobs") == (value, "jobs")
    assert number(f" {value} ", "jobs") == (value, "jobs")


MARKS = tuple({mark.mark: mark for each in load_sources() for mark in each.marks}.values())


@given(st.sampled_from([mark for mark in MARKS if not mark.mark.startswith("/")]))
def test_a_mark_never_becomes_a_number(mark: Mark) -> None:
    read, _ = read_cell(f" {mark.mark} ", "jobs", [mark.model_copy(update={"columns": ""})],
                        "any", mark.footnote)  # fmt: skip
    assert read.value is None
    assert read.mark == mark.mark


@given(st.text(max_size=12))
def test_what_is_neither_number_nor_mark_is_never_a_figure(text: str) -> None:
    try:
        read, _ = read_cell(text, "jobs", [], "any")
    except CellError:
        return
    assert read.value is None or any(letter.isdigit() for letter in text)
