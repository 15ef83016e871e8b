"""House rules that no linter knows."""

import ast
from pathlib import Path

import pytest

import localplan

PACKAGE = Path(localplan.__file__).parent
KNOWS_ALL = {"leftovers.py"}
"""Names what frameworks ask that the plan has left: their questions, and no plan's."""
LONGEST = 600
"""Lines of a module; a longer one has more than one job."""


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=str)
def test_a_module_stays_short_and_says_its_job_first(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= LONGEST
    assert not text or text.startswith(('"""', 'r"""'))


def test_only_the_desk_works_out_what_is_said_of_a_plan() -> None:
    """Two places that open or check a plan come to disagree about it."""
    apart = [
        f"{path.relative_to(PACKAGE)}: {name}"
        for path in sorted(PACKAGE.rglob("*.py"))
        if path.parts[len(PACKAGE.parts)] not in {"desk", "plan", "knowledge"}
        for name in called_in(path)
        if name in {"check_up", "questionnaire_for"} and path.name not in KNOWS_ALL
    ]
    assert apart == []


def called_in(path: Path) -> set[str]:
    """The names of the functions that the module at `path` calls."""
    nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    return {
        node.func.id
        for node in nodes
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
