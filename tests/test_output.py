"""What a verb prints is what it says: no letter in a name acts on the terminal."""

import json
from pathlib import Path

import pytest

from localplan.cli.app import run
from localplan.resources import EXAMPLES


def test_letters_that_a_terminal_acts_on_are_shown_as_their_code(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "plan\x1b]0;x\x07\u202ecod.yaml"
    path.write_text("board: {name: Valley Board}\n", encoding="utf-8")
    assert run(["check", str(path)]) == 3
    said = capsys.readouterr()
    assert "plan\\u001b]0;x\\u0007\\u202ecod.yaml" in said.out
    assert not set("\x1b\x07\u202e") & set(said.out + said.err)


@pytest.mark.parametrize(
    "arguments", [("check", "a\u202e.yaml"), ("draft", "EXAMPLE", "-o", "a\x1b.odd"), ("a\x9b",)]
)
def test_a_message_shows_such_letters_as_their_code_too(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]
) -> None:
    example = str(EXAMPLES / "quick-start.yaml")
    assert run([example if word == "EXAMPLE" else word for word in arguments]) in {1, 2}
    said = capsys.readouterr().err
    assert "\\u" in said
    assert not set("\x1b\x9b\u202e") & set(said)


def test_json_means_the_same_with_codes_in_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "plan.yaml"
    path.write_text("narratives: {our\u202estory: Long ago.}\n", encoding="utf-8")
    run(["check", str(path), "--json"])
    printed = capsys.readouterr().out
    assert "\u202e" not in printed
    assert any("our\u202estory" in each["path"] for each in json.loads(printed)["findings"])
