"""The page about Python says what is so: its examples run."""

import re
from pathlib import Path

import pytest

from localplan.resources import ROOT

ANSWERS = """\
localplan: 2
board: {name: Three Rivers Workforce Board, state: CA}
partners:
  - {id: mesa, name: Mesa Adult School, role: Teaches reading and mathematics.}
"""


def test_the_examples_on_the_page_about_python_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("answers.yaml").write_text(ANSWERS, encoding="utf-8")
    page = (ROOT / "docs" / "python.md").read_text(encoding="utf-8")
    examples = re.findall(r"^```python\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    assert len(examples) > 3
    exec("\n".join(examples), {})  # noqa: S102 (our own page)
    assert "People find good work here." in Path("answers.yaml").read_text(encoding="utf-8")
    assert Path("plan.html").is_file()
    assert Path("proof.md").is_file()
