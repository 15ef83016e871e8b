"""The final plan and the packet, as the command line writes them."""

from datetime import date
from pathlib import Path

import pytest

from localplan.cli.app import run
from localplan.desk.desk import open_plan
from localplan.plan.checks.gate import obstacles
from localplan.resources import EXAMPLES

pytestmark = pytest.mark.slow
"""Whole packets; `test_packet` says the same of each document in less time."""

AS_OF = ["--as-of", "2027-03-20"]
TODAY = date(2027, 3, 20)


@pytest.fixture
def ready(tmp_path: Path) -> Path:
    """The complete example, every gap of which a person has let pass."""
    path = tmp_path / "answers.yaml"
    path.write_bytes((EXAMPLES / "complete.yaml").read_bytes())
    assert run(["set", str(path), "narratives.rapid_response", "We meet within two days."]) == 0
    plan = open_plan(path, today=TODAY)
    checkup = plan.checkup("submission")
    gaps = obstacles(checkup, plan.state, today=TODAY, folder=tmp_path)
    passed = "".join(f"  {gap.key}: {{reason: It follows.}}\n" for gap in gaps)
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("\naccepted:\n", f"\naccepted:\n{passed}", 1), encoding="utf-8")
    return path


@pytest.mark.parametrize("ending", ["docx", "html", "md"])
def test_a_final_plan_alone_has_the_format_its_name_says(ready: Path, ending: str) -> None:
    out = ready.with_name(f"plan.{ending}")
    assert run(["draft", str(ready), "--final", "-o", str(out), *AS_OF]) == 0
    assert out.is_file()


def test_a_packet_goes_into_a_folder_with_a_manifest(
    ready: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = ready.with_name("packet")
    assert run(["draft", str(ready), "--final", "-o", str(out), *AS_OF]) == 0
    assert (out / "00-manifest.docx").is_file()
    assert (out / "06-public-comment.docx").is_file()
    assert "No file rule of the State was seen." in capsys.readouterr().out


def test_a_folder_that_holds_something_is_not_written_into(ready: Path) -> None:
    assert run(["draft", str(ready), "--final", "-o", str(ready.parent), *AS_OF]) == 1


def test_the_boards_own_files_of_one_name_are_both_there(ready: Path) -> None:
    text = ready.read_text(encoding="utf-8")
    for folder in ("one", "two"):
        (ready.parent / folder).mkdir()
        (ready.parent / folder / "policy.txt").write_text(folder, encoding="utf-8")
        entry = f"id: own-{folder}, item: {folder}, standing: present, file: {folder}/policy.txt"
        text = text.replace("\nattachments:\n", f"\nattachments:\n  - {{{entry}}}\n", 1)
    ready.write_text(text, encoding="utf-8")
    out = ready.with_name("packet")
    assert run(["draft", str(ready), "--final", "-o", str(out), *AS_OF]) == 0
    written = {path.name: path.read_text() for path in (out / "attachments").glob("policy*")}
    assert sorted(written) == ["policy-2.txt", "policy.txt"]
    assert sorted(written.values()) == ["one", "two"]


@pytest.mark.parametrize("file", ["/etc/hostname", "../beside.txt", "link.txt"])
def test_a_file_from_outside_the_plans_folder_is_not_sent_along(
    ready: Path, capsys: pytest.CaptureFixture[str], file: str
) -> None:
    folder = ready.parent / "plan"
    folder.mkdir()
    (ready.parent / "beside.txt").write_text("Not for the State.", encoding="utf-8")
    (folder / "link.txt").symlink_to(ready.parent / "beside.txt")
    entry = f"id: own-map, item: Map, standing: present, file: {file}"
    text = ready.read_text(encoding="utf-8")
    moved = folder / ready.name
    moved.write_text(
        text.replace("\nattachments:\n", f"\nattachments:\n  - {{{entry}}}\n", 1), encoding="utf-8"
    )
    assert run(["draft", str(moved), "--final", "-o", str(folder / "packet"), *AS_OF]) == 3
    assert "Attachment Map" in capsys.readouterr().err
    assert not (folder / "packet").exists()


def test_a_carried_plan_is_refused_with_the_way_to_what_is_carried(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "next.yaml"
    run(["carry", str(EXAMPLES / "complete.yaml"), str(path), *AS_OF])
    assert run(["draft", str(path), "--final", "-o", str(tmp_path / "packet"), *AS_OF]) == 3
    assert f"See them with: localplan interview {path} --only carried" in capsys.readouterr().err
