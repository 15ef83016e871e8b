"""What is kept between runs: found again, never in the way."""

import os
from pathlib import Path

import pytest

from localplan import cache


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("LOCALPLAN_CACHE", str(tmp_path / "kept"))
    return tmp_path / "kept"


@pytest.mark.usefixtures("folder")
def test_what_was_kept_is_found_again_under_its_kind() -> None:
    cache.keep("picture", b"map", b"drawn")
    assert cache.read("picture", b"map") == b"drawn"
    assert cache.read("template", b"map") is None


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps rights in another way")
def test_only_its_owner_may_look_into_the_folder(folder: Path) -> None:
    cache.keep("picture", b"map", b"drawn")
    assert folder.stat().st_mode & 0o077 == 0


def test_a_folder_that_cannot_be_made_is_no_trouble(folder: Path) -> None:
    folder.write_text("a file stands here")
    cache.keep("picture", b"map", b"drawn")
    assert cache.read("picture", b"map") is None


def test_a_damaged_file_is_as_good_as_none(folder: Path) -> None:
    cache.keep("picture", b"map", b"drawn")
    (file,) = folder.iterdir()
    file.write_bytes(file.read_bytes()[:-1])
    assert cache.read("picture", b"map") is None


def test_an_empty_name_turns_it_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOCALPLAN_CACHE", "")
    cache.keep("picture", b"map", b"drawn")
    assert cache.read("picture", b"map") is None


def test_it_does_not_grow_without_end(folder: Path) -> None:
    for number in range(320):
        cache.keep("picture", str(number).encode(), b"drawn")
    assert len(list(folder.iterdir())) <= 300
    assert cache.read("picture", b"319") == b"drawn"


@pytest.mark.skipif(os.name == "nt", reason="these addresses are not absolute on Windows")
@pytest.mark.parametrize(
    ("system", "variables", "expected"),
    [
        ("linux", {"XDG_CACHE_HOME": "/somewhere"}, "/somewhere/localplan"),
        ("linux", {"XDG_CACHE_HOME": "not/absolute"}, None),
        ("win32", {"LOCALAPPDATA": "/users/ann/local"}, "/users/ann/local/localplan"),
        ("win32", {}, None),
        ("darwin", {"HOME": "/users/ann"}, "/users/ann/Library/Caches/localplan"),
    ],
)
def test_each_system_has_its_place_for_it(
    monkeypatch: pytest.MonkeyPatch, system: str, variables: dict[str, str], expected: str | None
) -> None:
    for name in ("LOCALPLAN_CACHE", "XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("sys.platform", system)
    found = cache.folder()
    assert (str(found) if found else None) == expected
