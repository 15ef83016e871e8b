"""The answers file is read, saved, backed up and merged; nothing typed is ever lost."""

import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from localplan.errors import LocalPlanError
from localplan.plan.file.answers import AnswersError, Change, load
from localplan.plan.file.backups import KEPT, backups
from localplan.plan.file.formats import FORMAT
from localplan.plan.file.saving import SaveConflict, create, save, save_tree
from localplan.plan.tree import get, leaves
from localplan.yamltext import YamlError

NOON = datetime(2026, 1, 5, 12, 0, tzinfo=UTC)
TEXT = """\
localplan: 2
board:
  name: Delta   # legal name
partners:
  - id: college
    name: College
  - name: Sierra College
narratives:
  sector_need: |
    Nurses.
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return create(tmp_path / "answers.yaml", TEXT).path


def refused(path: Path) -> str:
    before = path.read_bytes() if path.is_file() else b""
    with pytest.raises((AnswersError, YamlError)) as caught:
        load(path)
    assert (path.read_bytes() if path.is_file() else b"") == before
    return str(caught.value)


@contextmanager
def as_an_ordinary_user() -> Iterator[None]:
    """Root may write anywhere, so the test steps down for a moment."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def test_a_saved_answer_is_read_back(path: Path) -> None:
    saved = save(load(path), [Change("board.name", "Sierra")], now=NOON)
    assert get(saved.tree, "board.name") == "Sierra"
    assert load(path) == saved


def test_only_the_changed_answer_differs_in_the_file(path: Path) -> None:
    file = save(load(path), [], now=NOON)
    with_ids = file.path.read_text()
    save(file, [Change("narratives.sector_need", "Nurses.\n\nAnd aides.")], now=NOON)
    assert path.read_text() == with_ids.replace("    Nurses.\n", "    Nurses.\n\n    And aides.\n")


def test_a_missing_id_is_proposed_and_written_at_the_next_save(path: Path) -> None:
    file = load(path)
    assert get(file.tree, "partners.sierra-college.name") == "Sierra College"
    assert path.read_text() == TEXT
    save(file, [Change("partners.sierra-college.role", "Teaches")], now=NOON)
    assert "  - id: sierra-college\n    name: Sierra College\n    role: Teaches\n" in (
        path.read_text()
    )


def test_nothing_takes_an_answer_away(path: Path) -> None:
    saved = save(load(path), [Change("partners.college", None)], now=NOON)
    assert get(load(path).tree, "partners.college") is None
    assert get(saved.tree, "partners.sierra-college") is not None


def test_numbers_lists_and_pasted_breaks_are_saved_as_text(path: Path) -> None:
    changes = [
        Change("plan.program_years", 4),
        Change("plan.frameworks", ("aqcp", "wioa-hea")),
        Change("narratives.sector_need", "a\r\nb\u2028c\x0bd\x07\ud800"),
    ]
    tree = save(load(path), changes, now=NOON).tree
    assert get(tree, "plan.program_years") == "4"
    assert get(tree, "plan.frameworks") == ["aqcp", "wioa-hea"]
    assert get(tree, "narratives.sector_need") == "a\nb\nc\nd"
    assert load(path).tree == tree


def test_saving_what_is_there_already_writes_nothing(path: Path) -> None:
    file = save(load(path), [Change("board.name", "Sierra")], now=NOON)
    written = path.stat().st_mtime_ns
    assert save(file, [Change("board.name", "Sierra")], now=NOON) == file
    assert path.stat().st_mtime_ns == written


def test_windows_line_breaks_and_the_byte_order_mark_stay(path: Path) -> None:
    path.write_bytes(b"\xef\xbb\xbf" + TEXT.replace("\n", "\r\n").encode())
    save(load(path), [Change("board.name", "Sierra")], now=NOON)
    content = path.read_bytes()
    assert content.startswith(b"\xef\xbb\xbflocalplan: 2\r\n")
    assert content.count(b"\r\n") == content.count(b"\n")
    assert get(load(path).tree, "board.name") == "Sierra"


def test_a_link_to_the_file_stays_a_link(path: Path) -> None:
    link = path.with_name("link.yaml")
    link.symlink_to(path)
    save(load(link), [Change("board.name", "Sierra")], now=NOON)
    assert link.is_symlink()
    assert get(load(path).tree, "board.name") == "Sierra"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b"\n \n", "is empty"),
        (b"- a\n", "begins with a list"),
        (b"board: \xe9\n", "line 1: the file is not in UTF-8"),
        ("board: é\n".encode("utf-16"), "not in UTF-8"),
        (b"PK\x03\x04\x00\xff\xfe", "not a text file"),
        (b"a: 1\na: 2\n", "used twice"),
        (b"localplan: 99\n", "newer version"),
    ],
)
def test_a_file_of_another_kind_is_refused_and_not_touched(
    tmp_path: Path, content: bytes, said: str
) -> None:
    path = tmp_path / "answers.yaml"
    path.write_bytes(content)
    assert said in refused(path)


def test_a_folder_and_a_missing_file_are_named(tmp_path: Path) -> None:
    assert "is a folder" in refused(tmp_path)
    assert "localplan new" in refused(tmp_path / "nothing.yaml")


def test_a_new_file_never_takes_the_place_of_another(path: Path) -> None:
    with pytest.raises(AnswersError, match="exists already"):
        create(path, "localplan: 2\n")
    assert path.read_text() == TEXT


def test_the_format_of_this_version_is_read(tmp_path: Path) -> None:
    assert create(tmp_path / "a.yaml", f"localplan: {FORMAT}\n").tree["localplan"] == str(FORMAT)


def test_a_read_only_file_is_left_alone(path: Path) -> None:
    file = load(path)
    path.chmod(0o444)
    with pytest.raises(AnswersError, match="read-only"):
        save(file, [Change("board.name", "Sierra")], now=NOON)
    assert path.read_text() == TEXT


@pytest.mark.skipif(sys.platform == "win32", reason="folders are not made read-only on Windows")
def test_a_folder_that_may_not_be_written_is_said_and_the_file_stays() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = create(folder / "answers.yaml", TEXT).path
        file = save(load(path), [Change("board.name", "Before")], now=NOON)
        folder.chmod(0o555)
        path.chmod(0o666)
        time.strptime("2026", "%Y")  # loads what an ordinary user may not be able to load
        with as_an_ordinary_user(), pytest.raises(AnswersError, match="may not be written"):
            save(file, [Change("board.name", "Sierra")], now=NOON)
        assert get(load(path).tree, "board.name") == "Before"
        folder.chmod(0o755)


FULL_DISK = """
import resource, signal, sys
from datetime import datetime
from pathlib import Path
from localplan.plan.file.answers import Change, load
from localplan.plan.file.saving import save
file = load(Path(sys.argv[1]))
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
try:
    save(file, [Change("narratives.long", "word " * 10_000)], now=datetime(2026, 1, 5))
except Exception as error:
    print(type(error).__name__, error)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no file size limits on Windows")
def test_a_full_disk_is_said_and_the_old_file_stays_whole(path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", FULL_DISK, str(path)], capture_output=True, text=True, check=True
    )
    assert done.stdout.startswith("AnswersError The disk is full")
    assert path.read_text() == TEXT
    assert [file.name for file in path.parent.glob(".answers.yaml.*")] == []


SAVER = """
import sys
from datetime import datetime
from pathlib import Path
from localplan.plan.file.answers import Change, load
from localplan.plan.file.saving import save
file = load(Path(sys.argv[1]))
print("ready", flush=True)
for number in range(100_000):
    text = f"Answer {number}. " * 400
    file = save(file, [Change("narratives.sector_need", text)], now=datetime(2026, 1, 5))
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="kills with a signal")
def test_a_killed_save_leaves_the_old_or_the_new_answer_and_all_others(path: Path) -> None:
    chance = random.Random(3)  # noqa: S311 (a test)
    others = {
        name: value
        for name, value in leaves(save(load(path), [], now=NOON).tree).items()
        if name != "narratives.sector_need"
    }
    for _ in range(30):
        with subprocess.Popen(
            [sys.executable, "-c", SAVER, str(path)], stdout=subprocess.PIPE, text=True
        ) as saver:
            assert saver.stdout is not None
            assert saver.stdout.readline() == "ready\n"
            with pytest.raises(subprocess.TimeoutExpired):
                saver.wait(chance.uniform(0, 0.04))
            saver.kill()
        answers = leaves(load(path).tree)
        text = answers.pop("narratives.sector_need")
        assert isinstance(text, str)
        assert text == "Nurses." or len(set(text.rstrip(" .").split(". "))) == 1
        assert answers == others
    save(load(path), [Change("board.name", "Still works")], now=NOON)


def test_what_someone_else_saved_meanwhile_is_kept(path: Path) -> None:
    mine, theirs = load(path), load(path)
    save(theirs, [Change("board.name", "Theirs"), Change("partners.new.name", "New")], now=NOON)
    saved = save(mine, [Change("partners.college.role", "Mine")], now=NOON)
    assert saved == load(path)
    assert get(saved.tree, "board.name") == "Theirs"
    assert get(saved.tree, "partners.new.name") == "New"
    assert get(saved.tree, "partners.college.role") == "Mine"


def test_an_edit_made_by_hand_meanwhile_is_kept_with_its_comment(path: Path) -> None:
    mine = load(path)
    path.write_text(TEXT.replace("name: Delta   # legal name", "name: Sierra # by hand"))
    save(mine, [Change("partners.college.role", "Mine")], now=NOON)
    assert "  name: Sierra # by hand\n" in path.read_text()


def test_the_same_answer_changed_by_both_is_a_conflict_and_nothing_is_written(path: Path) -> None:
    mine, theirs = load(path), load(path)
    save(theirs, [Change("board.name", "Theirs")], now=NOON)
    before = path.read_bytes()
    with pytest.raises(SaveConflict, match=r"board\.name") as caught:
        save(mine, [Change("board.name", "Mine"), Change("plan.track", "new")], now=NOON)
    (conflict,) = caught.value.conflicts
    assert (conflict.path, conflict.base, conflict.mine, conflict.theirs) == (
        "board.name", "Delta", "Mine", "Theirs",
    )  # fmt: skip
    assert path.read_bytes() == before


@pytest.mark.parametrize(("side", "name"), [("mine", "Mine"), ("theirs", "Theirs")])
def test_a_decided_conflict_is_saved_with_everything_else(path: Path, side: str, name: str) -> None:
    mine, theirs = load(path), load(path)
    save(theirs, [Change("board.name", "Theirs")], now=NOON)
    changes = [Change("board.name", "Mine"), Change("plan.track", "new")]
    keep = {"board.name": "mine" if side == "mine" else "theirs"}
    saved = save(mine, changes, now=NOON, keep=keep)  # type: ignore[arg-type] # a test
    assert get(saved.tree, "board.name") == name
    assert get(saved.tree, "plan.track") == "new"


def test_a_file_that_vanished_meanwhile_is_written_again(path: Path) -> None:
    file = load(path)
    path.unlink()
    save(file, [Change("board.name", "Sierra")], now=NOON)
    assert "name: Sierra   # legal name" in path.read_text()


def test_a_whole_edited_tree_can_be_saved(path: Path) -> None:
    file = load(path)
    tree = {key: value for key, value in file.tree.items() if key != "narratives"}
    assert "narratives" not in save_tree(file, tree, now=NOON).path.read_text()


def test_the_state_before_the_first_save_is_backed_up(path: Path) -> None:
    save(load(path), [Change("board.name", "Sierra")], now=NOON)
    (kept,) = backups(path)
    assert kept.read_text() == TEXT
    assert kept.name == "2026-01-05 12.00.00.yaml"


def test_backups_are_ten_minutes_apart_and_old_days_keep_their_last(path: Path) -> None:
    file = load(path)
    for day in range(3):
        for number in range(40):
            moment = NOON + timedelta(days=day, minutes=5 * number)
            file = save(file, [Change("board.name", f"{day}-{number}")], now=moment)
    names = [kept.name for kept in backups(path)]
    assert len(names) == KEPT + 2
    assert names[0] == "2026-01-07 15.10.00.yaml"
    assert names[-1] == "2026-01-05 15.10.00.yaml"


def test_reading_writes_nothing(path: Path) -> None:
    load(path)
    assert [file.name for file in path.parent.iterdir() if file.name != ".localplan"] == [
        "answers.yaml"
    ]


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(AnswersError, match="There is no folder"):
        create(tmp_path / "nowhere" / "answers.yaml", TEXT)


def test_what_a_killed_save_left_behind_is_swept_up_later(path: Path) -> None:
    left, fresh = path.with_name(".answers.yaml.old.tmp"), path.with_name(".answers.yaml.new.tmp")
    for file in (left, fresh):
        file.write_text("half an ans")
    os.utime(left, (0, 0))
    save(load(path), [Change("board.name", "Sierra")], now=NOON)
    assert not left.exists()
    assert fresh.exists()


def test_a_name_that_no_file_can_hold_is_refused_and_nothing_written(path: Path) -> None:
    with pytest.raises(LocalPlanError, match="1,000 characters"):
        save(load(path), [Change("narratives." + "k" * 2000, "x")], now=NOON)
    assert path.read_text() == TEXT


@pytest.mark.parametrize(
    ("typed", "path"),
    [
        ("partners:\n  - Delta College\n  - Job Service\n", "partners.union.name"),
        ("partners: Delta College and the Job Service\n", "partners.union.name"),
        ("board: {contact: 'Delta College, Job Service'}\n", "board.contact.name"),
        ("board: 'Delta College and Job Service'\nparked: Union Hall\n", "board.name"),
    ],
)
def test_text_where_single_answers_belong_is_parked_and_not_overwritten(
    tmp_path: Path, typed: str, path: str
) -> None:
    answers = tmp_path / "answers.yaml"
    answers.write_text(typed)
    saved = save(load(answers), [Change(path, "Union")], now=NOON)
    assert get(saved.tree, path) == "Union"
    assert all(word in saved.text for word in ("Delta College", "Job Service"))
    assert "Text that stood where single answers belong" in saved.text
    assert ("Union Hall" in saved.text) == ("Union Hall" in typed)


def test_a_save_waits_for_another_save_of_the_same_file(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = load(path)
    other = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(path)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert other.stdout is not None
    assert other.stdout.readline() == "held\n"
    # The first pause of our save lets the other one go on and end; without a pause it never does.
    monkeypatch.setattr(time, "sleep", lambda _: other.communicate("go on\n"))
    saved = save(file, [Change("board.name", "Mine")], now=NOON)
    other.kill()
    assert other.wait() == 0
    assert get(saved.tree, "board.mission") == "Theirs"


HOLDER = """
import sys
from pathlib import Path
from localplan.plan.file import disk
path = Path(sys.argv[1])
with disk.changing(path):
    print("held", flush=True)
    sys.stdin.readline()
    disk.replace(path, path.read_bytes().replace(b"partners:", b"  mission: Theirs\\npartners:"))
"""
