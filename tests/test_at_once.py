"""Several people work on one plan at the same moment, and nobody's work is lost."""

import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from review_helper import AS_OF, SMALL, copied, drafted, replaced, small_plan, tree_of

from localplan.cli.app import run
from localplan.plan.file.answers import AnswersError, Change, load
from localplan.plan.file.saving import save
from localplan.plan.tree import get
from localplan.review.items import Item, Review, joined, open_review, save_review
from localplan.review.ledger import open_ledger
from localplan.review.shares import open_shares

pytestmark = pytest.mark.slow
"""Several processes each; `test_disk` says the same of the lock in less time."""

NOON = datetime(2027, 1, 12, 12, tzinfo=UTC)

WORKER = """
import sys
from pathlib import Path
from localplan.cli.app import run
{imports}
answers, me = Path(sys.argv[1]), int(sys.argv[2])
print("ready", flush=True)
sys.stdin.readline()
for turn in range({turns}):
    {act}
"""


def at_once(answers: Path, people: int, turns: int, act: str, imports: str = "") -> None:
    """Let people do the same thing `turns` times, each in a process, all from the same moment on.

    In `act` the number of the person is `me`, and that of the turn `turn`.
    """
    script = WORKER.format(turns=turns, act=act, imports=imports)
    workers = [
        subprocess.Popen(
            [sys.executable, "-c", script, str(answers), str(number)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )
        for number in range(people)
    ]  # fmt: skip
    for worker in workers:
        assert worker.stdout is not None
        assert worker.stdout.readline() == "ready\n"
    for worker in workers:
        assert worker.stdin is not None
        worker.stdin.write("go\n")
        worker.stdin.flush()
    for worker in workers:
        _, said = worker.communicate()
        assert worker.returncode == 0, said


def test_no_decision_is_lost_when_two_people_decide(tmp_path: Path) -> None:
    answers, count = small_plan(tmp_path), 40
    items = [Item("comment", "Ana Ruiz", f"Comment {number}") for number in range(count)]
    save_review(answers, joined(Review(), items))
    decide = '["resolve", str(answers), str(1 + me + 2 * turn), "--decline", "--reason", "No."]'
    at_once(answers, 2, count // 2, f"assert run({decide}) == 0")
    assert [item.number for item in open_review(answers).items if item.is_open] == []


def test_no_item_is_lost_when_three_people_collect(tmp_path: Path) -> None:
    answers = small_plan(tmp_path)
    draft = drafted(answers)
    for number in range(9):
        edit = replaced("A joint committee", f"Committee {number}")
        copied(draft, edit, f"copy{number}.docx")
    named = 'str(answers.with_name(f"copy{3 * turn + me}.docx"))'
    at_once(answers, 3, 3, f'assert run(["collect", str(answers), {named}]) == 0')
    review = open_review(answers)
    assert sorted(item.text.split()[1] for item in review.items) == [str(n) for n in range(9)]
    assert sorted(item.number for item in review.items) == list(range(1, 10))
    assert len(review.files) == 9


def test_no_draft_and_no_packet_is_lost_when_three_people_share(tmp_path: Path) -> None:
    answers = small_plan(tmp_path)
    act = """
    draft = Draft(f"d{me}-{turn}", 1, answers.name, "packet", "", "2027-01-12", "f")
    keep(open_ledger(answers), draft, ("draft.docx", b"word"), [("answers.yaml", b"a: b")])
    record_shares(answers, [Share(answers.name, "mesa", "Mesa", draft.id, 1, draft.date)])
    """
    imports = (
        "from localplan.review.ledger import Draft, keep, open_ledger\n"
        "from localplan.review.shares import Share, record_shares"
    )
    at_once(answers, 3, 15, act.strip(), imports)
    assert len(open_ledger(answers).drafts) == 45
    assert len(open_shares(answers)) == 45


def test_comments_that_several_people_add_are_all_taken(tmp_path: Path) -> None:
    answers = small_plan(tmp_path)
    added = '["comments", str(answers), "--add", f"Comment {me}-{turn}", "--person", "Ana"]'
    at_once(answers, 3, 10, f"assert run({added}) == 0")
    comments = tree_of(answers)["comments"]
    assert isinstance(comments, list)
    assert len(comments) == 30
    assert get(tree_of(answers), "public_comment.received") == "30"


HOLDER = """
import sys
from pathlib import Path
from localplan.plan.file import disk
with disk.changing(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.readline()
"""


@pytest.mark.parametrize("kept", ["answers", "review"])
def test_a_plan_that_another_program_does_not_let_go_is_said_and_not_written(
    tmp_path: Path, kept: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    answers = small_plan(tmp_path)
    save_review(answers, joined(Review(), [Item("comment", "Ana Ruiz", "Why?")]))
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(answers)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as other:  # fmt: skip
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        monkeypatch.setattr(time, "sleep", lambda _: None)
        if kept == "review":
            assert run(["resolve", str(answers), "1", "--later"]) == 1
            assert "being changed by another program" in capsys.readouterr().err
        else:
            with pytest.raises(AnswersError, match="being changed by another program"):
                save(load(answers), [Change("board.name", "Mine")], now=NOON)
        other.communicate("go on\n")
    assert answers.read_text(encoding="utf-8") == SMALL
    assert open_review(answers).item("1").decision is None


def test_a_second_plan_of_the_folder_waits_too_because_both_share_the_ledger(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = small_plan(tmp_path)
    second = tmp_path / "second.yaml"
    second.write_text(SMALL, encoding="utf-8")
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(answers)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as other:  # fmt: skip
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        monkeypatch.setattr(time, "sleep", lambda _: other.communicate("go on\n"))
        assert run(["draft", str(second), "-o", str(tmp_path / "d.docx"), *AS_OF]) == 0
    assert [draft.plan for draft in open_ledger(second).drafts] == ["second.yaml"]
