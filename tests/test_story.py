"""One plan from its first line to the next cycle, as a person at a board goes through it."""

import json
from datetime import date
from pathlib import Path

import pytest
from review_helper import copied, replaced, tree_of

from localplan import open_plan
from localplan.cli.app import run
from localplan.plan.checks.gate import obstacles
from localplan.plan.tree import get
from localplan.review.items import open_review

AS_OF = ("--as-of", "2026-12-01")
TODAY = date(2026, 12, 1)
ROLE = "Teaches the certificate courses at two campuses."


class Board:
    """A person at the board: types a line, and sees what the program says."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self.file = folder / "answers.yaml"
        self._capsys = capsys

    def types(self, verb: str, *words: str, ends: int = 0) -> str:
        """What the program says to a command; it has to end as was said."""
        self._capsys.readouterr()
        ended = run([verb, *words])
        said = self._capsys.readouterr()
        assert ended == ends, said.err
        return said.out + said.err

    def lets_every_gap_pass(self) -> int:
        """Write under `accepted` why each gap may stay, as the refusal asks; return how many."""
        plan = open_plan(self.file, today=TODAY)
        found = obstacles(
            plan.checkup("submission"), plan.state, today=plan.today, folder=self.folder
        )
        passed = "".join(f"  {gap.key}: {{reason: It follows in May.}}\n" for gap in found)
        with self.file.open("a", encoding="utf-8") as file:
            file.write(f"accepted:\n{passed}")
        return len(found)


def test_a_plan_goes_from_its_first_line_to_the_next_cycle(  # noqa: PLR0915 (one story)
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    board = Board(tmp_path, capsys)
    file = str(board.file)

    # A new plan is a file, and the program says how to go on.
    said = board.types(
        "new", file, "--board", "Mesa Workforce Board", "--state", "CA", "--first-year", "2025"
    )
    assert "localplan interview" in said

    # What is set is said back, and refused where nothing asks for it.
    assert "Saved: partners.delta.name" in board.types(
        "set", file, "partners.delta.name", "Delta College"
    )
    board.types("set", file, "partners.delta.role", ROLE)
    board.types("set", file, "narratives.rapid_response", "We meet each employer within two days.")
    assert "Nothing is asked under" in board.types("set", file, "partners.delta.rol", "x", ends=1)

    # The partner gets a packet of its own, with its name on the file.
    board.types("share", file, "--partner", "Delta College", "--due", "2026-12-15", *AS_OF)
    (packet,) = (tmp_path / "answers packets").rglob("*.docx")
    assert packet.name == "Draft 1 for Delta College.docx"
    assert "no reply yet" in board.types("share", file, "--status", *AS_OF)

    # The partner corrects its part in Word, and nothing is lost on the way back.
    returned = copied(packet, replaced("two campuses", "three campuses"), "returned.docx")
    assert "1 item" in board.types("collect", file, str(returned), *AS_OF)
    assert get(tree_of(board.file), "partners.delta.role") == ROLE
    (item,) = open_review(board.file).items
    assert "Delta College: role" in board.types("resolve", file, item.id, *AS_OF)
    assert "replied" in board.types("share", file, "--status", *AS_OF)

    # Only a decision changes the answer, and the review says who made it.
    board.types("resolve", file, item.id, "--accept", "--by", "Priya", *AS_OF)
    role = str(get(tree_of(board.file), "partners.delta.role"))
    assert role.strip() == ROLE.replace("two", "three")
    assert "No item waits for a decision." in board.types("resolve", file, *AS_OF)

    # A final plan is refused until somebody says of each gap why it may stay.
    refused = board.types("draft", file, "--final", "-o", str(tmp_path / "plan.md"), *AS_OF, ends=3)
    assert "required answers are missing" in refused
    assert board.lets_every_gap_pass() > 0
    final = tmp_path / "plan.md"
    assert f"Written: {final}" in board.types("draft", file, "--final", "-o", str(final), *AS_OF)
    plan = final.read_text(encoding="utf-8")
    assert "three campuses" in plan
    assert "Priya" not in plan

    # The next plan begins from this one, and asks a person to look at what was carried.
    after = str(tmp_path / "plan-2029.yaml")
    said = board.types("carry", file, after, "--first-year", "2029", *AS_OF)
    assert "each waits for a person to confirm it" in said
    assert "three campuses" in str(get(tree_of(Path(after)), "partners.delta.role"))
    board.types("set", after, "partners.delta.role", "Teaches the certificate courses online.")

    # Readers of both see what changed, under the names they know.
    told = json.loads(board.types("compare", file, after, "--json"))
    (revised,) = (each for each in told["answers"] if each["path"] == "partners.delta.role")
    assert revised["label"] == "Delta College: role"
    assert revised["how"] == "changed"
    assert "Delta College: role" in board.types("compare", file, after, "-o", "-")
