"""`localplan import`: which area is taken, what is refused, and that nothing is written."""

import json
import os
import shutil
import sys
import zipfile
from dataclasses import asdict
from pathlib import Path

import pytest
from evidence_helper import DATA, figure, imported, raw_workbook, refused, sheet_xml, workbook
from pydantic import TypeAdapter

from localplan.cli.app import run
from localplan.evidence.areas import known_areas
from localplan.evidence.importdata import ImportData
from localplan.resources import EXAMPLES

ORANGE = DATA / "qcew-06059-2016.csv"
LAUS = DATA / "laucnty20.txt"
OWN_SOURCE = """
id: our-levels
name: Negotiated levels
agency: The State
license: a State publication
address: https://www.board.example/levels
seen:
  - {header: "Indicators, Adults", address: the letter of the State, on: "2026-12-01"}
header: [indicators, adults]
period: {write: "{1}", find: "never there (.*)"}
area: {code: ""}
about:
  - {of: indicator, column: indicators}
measures:
  - {column: adults, measure: "negotiated level, Adult", unit: as written}
  - {column: wagner-peyser, measure: "negotiated level, Wagner-Peyser", unit: as written}
marks:
  - {mark: N/A, means: no level}
"""


@pytest.fixture
def own_source(tmp_path: Path) -> Path:
    """A source file of one's own for a table that no source describes."""
    path = tmp_path / "our-levels.yaml"
    path.write_text(OWN_SOURCE, encoding="utf-8")
    return path


def test_import_prints_what_its_published_schema_says(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["import", "--schema"]) == 0
    schema = json.loads(capsys.readouterr().out)
    files = [DATA / "ACSST1Y2024.S1701-Data.csv", DATA / "oe.datatype", ORANGE]
    run(["import", *map(str, files), "--json", "--area", "CA"])
    printed = capsys.readouterr().out
    assert asdict(TypeAdapter(ImportData).validate_json(printed)) == json.loads(printed)
    made = TypeAdapter(ImportData).json_schema()
    assert schema["required"] == made["required"]
    assert schema["$defs"] == made["$defs"]


@pytest.mark.parametrize(
    "area", ["06059", "Orange County, CA", "Orange County, California", "orange, ca"]
)
def test_a_county_goes_by_its_code_or_its_name(
    area: str, capsys: pytest.CaptureFixture[str]
) -> None:
    printed = imported(capsys, LAUS, "--area", area)
    assert {each["area"]["code"] for each in printed["figures"]} == {"06059"}


def test_a_name_of_several_counties_is_asked_back(capsys: pytest.CaptureFixture[str]) -> None:
    message = refused(capsys, LAUS, "--area", "Orange County")
    assert "is the name of" in message
    assert "Add the State" in message


def test_the_counties_of_a_plan_are_those_that_its_areas_name(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plan = tmp_path / "answers.yaml"
    shutil.copy(EXAMPLES / "orange-county.yaml", plan)
    before = plan.read_bytes()
    assert run(["import", str(LAUS), "--plan", str(plan)]) == 0
    said = capsys.readouterr().out
    assert "Counties of the plan: Orange County, California." in said
    assert "No county is named by: City of Anaheim; City of Santa Ana." in said
    assert plan.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["answers.yaml"]


def test_a_plan_of_a_made_up_place_is_told_to_name_an_area(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plan = tmp_path / "answers.yaml"
    shutil.copy(EXAMPLES / "quick-start.yaml", plan)
    assert "names no county" in refused(capsys, LAUS, "--plan", plan)


def test_a_file_about_many_areas_asks_which_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["import", str(LAUS)]) == 0
    assert "Name a place to see its figures" in capsys.readouterr().out


def test_an_area_that_is_not_in_the_file_is_refused_with_those_that_are(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["import", str(ORANGE), "--area", "06037"]) == 1
    assert "has no figures for Los Angeles County" in capsys.readouterr().err


def test_a_code_for_jobs_of_unknown_county_is_no_area(capsys: pytest.CaptureFixture[str]) -> None:
    assert "06999 is no county" in refused(capsys, ORANGE, "--area", "06999")


def test_the_same_file_named_twice_is_read_once_and_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    again = tmp_path / "again.csv"
    shutil.copy(ORANGE, again)
    assert run(["import", str(ORANGE), str(again)]) == 1
    printed = capsys.readouterr()
    assert "again.csv is the same file as qcew-06059-2016.csv" in printed.err
    assert printed.out.count("Quarterly Census") == 1


def test_of_five_files_each_is_read_or_refused_by_itself(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    odd = tmp_path / "odd.csv"
    odd.write_text("a,b\n1,2\n", encoding="utf-8")
    files = [LAUS, odd, ORANGE, DATA / "oe.datatype", DATA / "projections.json"]
    assert run(["import", *map(str, files)]) == 1
    printed = capsys.readouterr()
    assert len(printed.err.splitlines()) == 2
    assert "laus-county" in printed.out
    assert "projections-central" in printed.out


def test_a_table_of_ones_own_is_read_by_a_source_file_of_ones_own(
    own_source: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    printed = imported(
        capsys, DATA / "ca_negotiated.csv", "--as", own_source, "--area", "CA",
        "--period", "PY 2022",
    )  # fmt: skip
    earnings = figure(printed, "negotiated level, Adult", "Median Earnings 2nd Quarter After Exit")
    assert (earnings["value"], earnings["unit"], earnings["period"]) == (7000, "dollars", "PY 2022")
    skills = figure(printed, "negotiated level, Adult", "Measurable Skill Gains")
    assert (skills["value"], skills["unit"]) == (55, "percent")
    none = figure(printed, "negotiated level, Wagner-Peyser", "Credential Attainment")
    assert (none["value"], none["mark"]) == (None, "N/A")


def test_a_file_that_does_not_say_its_time_asks_for_it(
    own_source: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    message = refused(capsys, DATA / "ca_negotiated.csv", "--as", own_source, "--area", "CA")
    assert "Say it with --period" in message


def test_a_renamed_census_table_asks_for_its_years(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    renamed = tmp_path / "poverty.csv"
    shutil.copy(DATA / "ACSST1Y2024.S1701-Data.csv", renamed)
    assert "--period" in refused(capsys, renamed)
    (file,) = imported(capsys, renamed, "--period", "2024")["files"]
    assert (file["periods"], file["period_from"]) == (["2024"], "person")


def test_an_unknown_key_of_a_source_file_is_refused_with_its_line(
    own_source: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = own_source.read_text(encoding="utf-8").replace("about:", "abuot:")
    own_source.write_text(text, encoding="utf-8")
    message = refused(capsys, DATA / "ca_negotiated.csv", "--as", own_source)
    assert message == (
        'our-levels.yaml, line 12: "abuot" is not a key of a source\'s file; did you mean "about"?'
    )


def test_units_mixed_in_one_column_are_refused_with_the_cell(
    own_source: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = own_source.read_text(encoding="utf-8").replace("as written", "percent")
    own_source.write_text(text, encoding="utf-8")
    message = refused(
        capsys,
        DATA / "ca_negotiated.csv",
        "--as",
        own_source,
        "--area",
        "CA",
        "--period",
        "PY 2022",
    )
    assert 'row 4, "adults": "$7,000" is in dollars, but the column is in percent' in message


def test_a_source_that_does_not_fit_says_which_headings_it_has(
    capsys: pytest.CaptureFixture[str],
) -> None:
    message = refused(capsys, ORANGE, "--as", "qcew-annual")
    assert "does not look like qcew-annual" in message
    assert "annual_avg_emplvl" in message


def test_a_source_that_is_not_there_is_refused_with_those_that_are(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert "Known sources: acs-api" in refused(capsys, ORANGE, "--as", "lightcast")


@pytest.mark.slow
def test_a_file_with_more_areas_than_the_nation_has_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "areas.csv"
    rows = (f"Metropolitan Area,Area {number},2020,Annual,1,1,0,1\n" for number in range(120_001))
    head = "Area Type,Area Name,Year,Period,Labor Force,Employment,Unemployment,Unemployment Rate\n"
    file.write_text(head + "".join(rows), encoding="utf-8")
    assert "more than is read at once" in refused(capsys, file)


@pytest.mark.parametrize(
    ("cell", "why"),
    [
        ("=SUM(A1:A9)", "is a formula"),
        ("#REF!", "an error of the spreadsheet"),
        ("12 jobs", "neither a number nor a mark"),
    ],
)
def test_a_cell_that_is_no_figure_is_refused_with_its_place(
    cell: str, why: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "qcew.csv"
    text = (DATA / "qcew-39041-2020-resaved.csv").read_text(encoding="utf-8")
    file.write_text(text.replace(",5891,84743,", f",5891,{cell},", 1), encoding="utf-8")
    message = refused(capsys, file)
    assert message.startswith('qcew.csv, row 2, "annual_avg_emplvl"')
    assert why in message


def test_headings_without_rows_are_no_figures(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "next-year.csv"
    file.write_bytes(ORANGE.read_bytes().splitlines(keepends=True)[0])
    assert "may not have published that period yet" in refused(capsys, file)


def test_two_figures_for_the_same_thing_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "qcew.csv"
    lines = (DATA / "qcew-39041-2020-resaved.csv").read_text(encoding="utf-8").splitlines()
    lines.append(lines[1].replace(",84743,", ",84744,"))
    file.write_text("\n".join(lines), encoding="utf-8")
    assert "two figures for the same thing: employment" in refused(capsys, file)


def _bomb(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b" " * 30_000_000)


def _claims_two_gigabytes(path: Path) -> None:
    workbook(path, {"one": [["a"]]})
    content = path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        size = archive.getinfo("xl/worksheets/sheet1.xml").file_size
    start = content.rindex(b"PK\x01\x02")
    at = content.index(size.to_bytes(4, "little"), start + 20)
    path.write_bytes(content[:at] + (2_000_000_000).to_bytes(4, "little") + content[at + 4 :])


def _far_cell(path: Path) -> None:
    xml = sheet_xml([["a"]]).replace(
        "</sheetData>", '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    )
    raw_workbook(path, {"one": xml})


def _all_columns(path: Path) -> None:
    xml = sheet_xml([["a"]]).replace("<c ", '<c r="XFD1" ', 1)
    raw_workbook(path, {"one": xml})


def _one_text_in_all_cells(path: Path) -> None:
    row = '<row><c t="s"><v>0</v></c></row>'
    xml = sheet_xml([]).replace("<sheetData>", f"<sheetData>{row * 100_000}")
    raw_workbook(path, {"one": xml})
    text = "".join(f"{number:x}" for number in range(8_000))
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/sharedStrings.xml", f"<sst><si><t>{text * 2}</t></si></sst>")


def _wide_csv(path: Path) -> None:
    path.write_text(",".join("a" * 16_384) + "\n", encoding="utf-8")


def _endless_line(path: Path) -> None:
    path.write_text("a" * 5_000_000, encoding="utf-8")


def _open_quote(path: Path) -> None:
    path.write_text('a,b\n"' + "x,\n" * 100_000, encoding="utf-8")


def _deep_json(path: Path) -> None:
    path.write_text("[" * 100_000, encoding="utf-8")


def _web_page(path: Path) -> None:
    path.write_text("<!DOCTYPE html><title>Access denied</title>", encoding="utf-8")


def _zipped(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("data.csv", "a,b\n")


def _nothing(_: Path) -> None:
    """There is no such file."""


HOSTILE = [
    (_bomb, "unpacks to more"),
    (_claims_two_gigabytes, "unpacks to more"),
    (_far_cell, "more than 4,000 columns"),
    (_all_columns, "more than 4,000 columns"),
    (_one_text_in_all_cells, "unpacks to more"),
    (_wide_csv, "more than 4,000 columns"),
    (_endless_line, "a line of millions of letters"),
    (_open_quote, "a quotation mark may be open"),
    (_deep_json, "damaged or cut off"),
    (_web_page, "a web page"),
    (_zipped, "Unpack it"),
    (lambda path: path.write_bytes(b""), "is empty"),
    (lambda path: path.write_bytes(b"\0" * 9_000), "neither a text file nor a workbook"),
    (lambda path: path.write_bytes(b"PK\x03\x04cut"), "damaged or cut off"),
    (lambda path: path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), "old Excel file"),
    (lambda path: path.write_bytes(b"%PDF-1.7"), "a PDF file"),
    (lambda path: path.mkdir(), "is a folder"),
    (_nothing, "cannot be opened"),
]


@pytest.mark.parametrize("number", range(len(HOSTILE)))
def test_a_hostile_or_wrong_file_is_refused_with_one_message(
    number: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make, why = HOSTILE[number]
    path = tmp_path / "data.xlsx"
    make(path)
    message = refused(capsys, path)
    assert why in message
    assert "\n" not in message


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such pipes")
def test_a_pipe_is_not_waited_for(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pipe = tmp_path / "pipe.csv"
    os.mkfifo(pipe)
    assert "a device or a pipe" in refused(capsys, pipe)


def test_a_row_far_below_the_others_is_not_laid_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    row = '<row r="1048576"><c r="ZZ1048576"><v>1</v></c></row></sheetData>'
    path = tmp_path / "far.xlsx"
    raw_workbook(path, {"one": sheet_xml([["a"]]).replace("</sheetData>", row)})
    assert "unpacks to more" in refused(capsys, path)


def _grown(path: Path, size: int) -> Path:
    """A bulk file of counties and years, each with the rows of the excerpt."""
    head, *rows = (DATA / "qcew-39041-2020-resaved.csv").read_text(encoding="utf-8").splitlines()
    with path.open("w", encoding="utf-8") as file:
        file.write(f"{head}\n")
        counties = [each for each in known_areas() if len(each) == 5]
        written = number = 0
        while written < size:
            county = counties[number % len(counties)]
            year = f",{2020 - number // len(counties)},A"
            number += 1
            block = "".join(f"{county}{row[5:].replace(',2020,A', year)}\n" for row in rows)
            written += file.write(block)
    return path


@pytest.mark.parametrize("size", [4_000_000, pytest.param(500_000_000, marks=pytest.mark.large)])
@pytest.mark.skipif(sys.platform != "linux", reason="reads the kernel's count of memory")
def test_a_bulk_file_is_read_in_little_memory(size: int, tmp_path: Path) -> None:
    import subprocess  # noqa: PLC0415

    bulk = _grown(tmp_path / "bulk.csv", size)
    program = (
        "import re, sys; from localplan.cli.app import run; "
        "code = run(['import', sys.argv[1], '--area', '06005']); "
        # `ru_maxrss` of a child begins with its parent's.
        "peak = re.search(r'VmHWM:\\s+(\\d+)', open('/proc/self/status').read()); "
        "print(peak.group(1), file=sys.stderr); sys.exit(code)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(bulk)], capture_output=True, text=True, check=True
    )
    assert "Amador County, California" in done.stdout
    assert int(done.stderr) * 1024 <= 300_000_000
