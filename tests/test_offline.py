"""The folder for boards without the internet."""

import importlib.util
import shutil
from pathlib import Path
from types import ModuleType

import pytest
from hatchling.builders.wheel import WheelBuilder

from localplan.resources import ROOT

LOCK = """\
# comment
always==1.0 \\
    --hash=sha256:aa \\
    --hash=sha256:bb
colorama==0.4.6 ; sys_platform == 'win32' \\
    --hash=sha256:cc
pexpect==4.9.0 ; sys_platform != 'win32' \\
    --hash=sha256:dd
older==1 ; python_full_version < '3.12' \\
    --hash=sha256:ee
"""


@pytest.fixture(scope="module")
def offline() -> ModuleType:
    place = importlib.util.spec_from_file_location("offline", ROOT / "scripts" / "offline.py")
    assert place is not None
    assert place.loader is not None
    module = importlib.util.module_from_spec(place)
    place.loader.exec_module(module)
    return module


@pytest.mark.parametrize(("version", "older"), [("3.11", True), ("3.12", False), ("3.13", False)])
def test_what_windows_needs_is_chosen_by_the_marks_of_the_lock(
    offline: ModuleType, version: str, older: bool
) -> None:
    wanted = offline.wanted_on(LOCK, offline.WINDOWS, version)
    assert "always==1.0 --hash=sha256:aa" in wanted
    assert "colorama==0.4.6 --hash=sha256:cc" in wanted
    assert "pexpect" not in wanted
    assert ("older" in wanted) == older


@pytest.mark.slow
def test_a_missing_wheel_is_named(offline: ModuleType, tmp_path: Path) -> None:
    own = next(WheelBuilder(str(ROOT)).build(directory=str(tmp_path), versions=["standard"]))
    wheels = tmp_path / "wheels"
    wheels.mkdir()
    shutil.copy(own, wheels)
    wanted = "click==8.5.1 --hash=sha256:" + "0" * 64 + "\n"
    with pytest.raises(offline.MissingWheelError, match="click==8\\.5\\.1"):
        offline.prove(wanted, wheels, ["--target", str(tmp_path / "there"), "--dry-run"])


def test_every_package_of_the_program_is_in_its_lock_with_a_hash() -> None:
    lock = (ROOT / "locks" / "run.txt").read_text(encoding="utf-8")
    development = (ROOT / "locks" / "dev.txt").read_text(encoding="utf-8")
    entries = [line for line in lock.splitlines() if line[:1].isalnum()]
    assert len(entries) > 10
    assert all(line.endswith("\\") and "==" in line for line in entries)
    assert set(entries) <= set(development.splitlines())
