"""The wheel carries every file of data that the program reads."""

import zipfile
from pathlib import Path

import pytest
from hatchling.builders.wheel import WheelBuilder

from localplan.resources import ROOT

FOLDERS = ("templates", "prompts", "standards", "examples")


@pytest.mark.slow
def test_the_wheel_carries_all_data_and_nothing_that_drafting_left_behind(tmp_path: Path) -> None:
    wheel = next(WheelBuilder(str(ROOT)).build(directory=str(tmp_path), versions=["standard"]))
    with zipfile.ZipFile(wheel) as archive:
        carried = {name for name in archive.namelist() if name.split("/")[1] in FOLDERS}
    expected = {
        f"localplan/{path.relative_to(ROOT).as_posix()}"
        for folder in FOLDERS
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and not {"drafts", "__pycache__", ".localplan"} & set(path.parts)
    }
    assert carried == expected
