"""What a bug report says of an installation, and of no plan."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from localplan import __version__
from localplan.cli.app import run


@pytest.mark.parametrize("asked", [["--version", "--verbose"], ["--verbose", "--version"]])
def test_a_bug_report_holds_versions_and_places(
    asked: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(asked) == 0
    said = capsys.readouterr().out
    assert said.startswith(f"localplan {__version__}\n")
    for word in ("Python    3.", "system", "cache", "python-docx 1.", "pydantic 2."):
        assert word in said


def test_the_version_alone_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--version"]) == 0
    assert capsys.readouterr().out == f"localplan {__version__}\n"


def test_another_authors_package_of_the_same_name_is_told(tmp_path: Path) -> None:
    about = tmp_path / "localplan-0.0.2.dist-info" / "METADATA"
    about.parent.mkdir()
    about.write_text("Metadata-Version: 2.1\nName: localplan\nVersion: 0.0.2\n", encoding="utf-8")
    paths = os.pathsep.join([str(tmp_path), *sys.path])
    done = subprocess.run(
        [sys.executable, "-m", "localplan", "--version", "--verbose"],
        env={**os.environ, "PYTHONPATH": paths},
        capture_output=True,
        text=True,
        check=True,
    )
    assert 'The package "localplan" 0.0.2 of another author is installed' in done.stdout
