"""Every file that is kept is as open to others as the plan is, and no more."""

import os
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from review_helper import AS_OF, SMALL, copied, drafted, replaced, small_plan

from localplan.cli.app import run
from localplan.plan.file.answers import Change, load
from localplan.plan.file.saving import create, save

NOON = datetime(2027, 1, 12, 12, tzinfo=UTC)
STRANGER, GUEST = 65534, 12345

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no modes")


@pytest.fixture(autouse=True)
def usual_mask() -> Iterator[None]:
    before = os.umask(0o022)
    yield
    os.umask(before)


def mode(path: Path) -> str:
    return f"{path.stat().st_mode & 0o777:o}"


@pytest.mark.parametrize(
    ("own", "folders"), [(0o600, "700"), (0o640, "750"), (0o660, "770"), (0o644, "755")]
)
def test_whatever_is_kept_beside_a_plan_is_as_open_as_the_plan(
    tmp_path: Path, own: int, folders: str
) -> None:
    answers = small_plan(tmp_path)
    answers.chmod(own)
    word = drafted(answers)
    returned = copied(word, replaced("A joint committee", "One committee"))
    assert run(["share", str(answers), "--partner", "mesa", *AS_OF]) == 0
    assert run(["collect", str(answers), str(returned), *AS_OF]) == 0
    assert run(["resolve", str(answers), "1", "--accept"]) == 0
    assert run(["snapshot", str(answers), "first", *AS_OF]) == 0
    assert run(["restore", str(answers), "first", *AS_OF]) == 0
    assert run(["carry", str(answers), str(tmp_path / "next.yaml"), *AS_OF]) == 0
    written = {word, returned, *tmp_path.joinpath("answers packets").rglob("*")}
    kept = [path for path in tmp_path.rglob("*") if path not in written]
    kept.remove(tmp_path / "answers packets")
    files = {str(each.relative_to(tmp_path)): mode(each) for each in kept if each.is_file()}
    assert {"answers.yaml", "next.yaml", "review.yaml", "drafts/ledger.json"} <= files.keys()
    assert {name for name, is_ in files.items() if is_ != f"{own:o}"} == set()
    assert {mode(each) for each in kept if each.is_dir()} == {folders}


def test_a_new_plan_follows_the_mask_of_its_maker(tmp_path: Path) -> None:
    os.umask(0o077)
    assert mode(create(tmp_path / "answers.yaml", SMALL).path) == "600"


def test_a_folder_opens_for_a_second_plan_that_more_people_may_read(tmp_path: Path) -> None:
    secret, shared = small_plan(tmp_path), tmp_path / "shared.yaml"
    shared.write_text(SMALL, encoding="utf-8")
    secret.chmod(0o600)
    shared.chmod(0o660)
    for plan in (secret, shared):
        save(load(plan), [Change("board.name", "Delta")], now=NOON)
    assert mode(tmp_path / ".localplan") == "770"
    assert mode(tmp_path / ".localplan" / "answers.yaml") == "700"


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() != 0, reason="only root gives away")
def test_a_plan_that_root_saves_stays_with_its_owner(tmp_path: Path) -> None:
    answers = small_plan(tmp_path)
    os.chown(answers, STRANGER, GUEST)
    save(load(answers), [Change("board.name", "Delta")], now=NOON)
    kept = [answers, *tmp_path.joinpath(".localplan").rglob("*")]
    assert {(each.stat().st_uid, each.stat().st_gid) for each in kept} == {(STRANGER, GUEST)}


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() != 0, reason="only root steps down")
def test_a_group_that_cannot_be_kept_is_not_replaced_by_another_that_may_read() -> None:
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o777)
        answers = small_plan(Path(folder))
        answers.chmod(0o660)
        os.chown(answers, STRANGER, GUEST)
        file = load(answers)
        os.seteuid(STRANGER)
        try:
            save(file, [Change("board.name", "Delta")], now=NOON)
        finally:
            os.seteuid(0)
        assert mode(answers) == "600"


def test_backups_stay_out_of_git_after_a_full_disk_too(tmp_path: Path) -> None:
    answers = small_plan(tmp_path)
    ignored = tmp_path / ".localplan" / ".gitignore"
    (ignored.parent / answers.name).mkdir(parents=True)
    ignored.write_text("")
    save(load(answers), [Change("board.name", "Delta")], now=NOON)
    assert ignored.read_text() == "*\n"
