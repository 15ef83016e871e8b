"""House rules that no linter knows."""

from pathlib import Path

import pytest

import localplan

PACKAGE = Path(localplan.__file__).parent
LONGEST = 600
"""Lines of a module; a longer one has more than one job."""


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=str)
def test_a_module_stays_short_and_says_its_job_first(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= LONGEST
    assert not text or text.startswith(('"""', 'r"""'))
