"""Workbooks and other files for the tests of data files, and the verb that reads them."""

import json
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import pytest

from localplan.cli.app import run

DATA = Path(__file__).parent / "data" / "evidence"

_KINDS = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships'
    '+xml"/><Default Extension="xml" ContentType="application/xml"/></Types>'
)
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"


def workbook(path: Path, sheets: Mapping[str, Sequence[Sequence[str | float]]]) -> Path:
    """Write a workbook of texts and numbers; a cell `date:41000` is a day with that number."""
    return raw_workbook(path, {name: sheet_xml(rows) for name, rows in sheets.items()})


def raw_workbook(path: Path, sheets: Mapping[str, str]) -> Path:
    """Write a workbook whose sheets are given as XML."""
    listed = "".join(
        f'<sheet name="{name}" sheetId="{number}" r:id="r{number}"/>'
        for number, name in enumerate(sheets, 1)
    )
    related = "".join(
        f'<Relationship Id="r{number}" Type="{_REL}/worksheet" '
        f'Target="worksheets/sheet{number}.xml"/>'
        for number in range(1, len(sheets) + 1)
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _KINDS)
        archive.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{_RELS}"><Relationship Id="w" Type="{_REL}/officeDocument" '
            'Target="xl/workbook.xml"/></Relationships>',
        )
        archive.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{_MAIN}" xmlns:r="{_REL}"><sheets>{listed}</sheets></workbook>',
        )
        archive.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{_RELS}">{related}<Relationship Id="s" Type="{_REL}/styles" '
            'Target="styles.xml"/></Relationships>',
        )
        archive.writestr(
            "xl/styles.xml",
            f'<styleSheet xmlns="{_MAIN}"><cellXfs count="2"><xf numFmtId="0"/>'
            '<xf numFmtId="17"/></cellXfs></styleSheet>',
        )
        for number, xml in enumerate(sheets.values(), 1):
            archive.writestr(f"xl/worksheets/sheet{number}.xml", xml)
    return path


def sheet_xml(rows: Sequence[Sequence[str | float]]) -> str:
    """The XML of a sheet with these rows."""
    cells = "".join(
        f'<row r="{number}">{"".join(map(_cell, row))}</row>' for number, row in enumerate(rows, 1)
    )
    return f'<worksheet xmlns="{_MAIN}"><sheetData>{cells}</sheetData></worksheet>'


def _cell(value: str | float) -> str:
    if not isinstance(value, str):
        return f"<c><v>{value}</v></c>"
    if value.startswith("date:"):
        return f'<c s="1"><v>{value.removeprefix("date:")}</v></c>'
    return f'<c t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'


def imported(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> dict[str, Any]:
    """Return what `localplan import --json` prints; it must end with 0."""
    assert run(["import", *map(str, arguments), "--json"]) == 0, capsys.readouterr().err
    printed: dict[str, Any] = json.loads(capsys.readouterr().out)
    return printed


def refused(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> str:
    """Return the one message with which `localplan import` refuses a file."""
    assert run(["import", *map(str, arguments)]) == 1
    printed = capsys.readouterr()
    assert printed.out == ""
    return printed.err.strip()


def figure(printed: Mapping[str, Any], measure: str, *codes: str) -> dict[str, Any]:
    """Return the one figure of a measure about these codes."""
    (found,) = [
        each
        for each in printed["figures"]
        if each["measure"] == measure and [one["code"] for one in each["about"]] == list(codes)
    ]
    picked: dict[str, Any] = found
    return picked
