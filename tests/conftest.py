"""What every test can ask for: files that were agreed, and an option that agrees to new ones."""

from collections.abc import Callable
from pathlib import Path

import pytest

GOLDEN = Path(__file__).parent / "golden"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let a change that is meant be agreed to: `pytest --update-golden`."""
    parser.addoption(
        "--update-golden", action="store_true", help="Write the golden files as they are now."
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what takes long or a large disk unless its mark asks for it."""
    asked = [name for name in ("removal", "large") if name not in config.option.markexpr]
    left_out = [item for item in items if any(map(item.get_closest_marker, asked))]
    items[:] = [item for item in items if item not in left_out]
    config.hook.pytest_deselected(items=left_out)


@pytest.fixture
def agrees(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """A check that holds a text against the golden file of a name; a missing file fails."""

    def check(name: str, text: str) -> None:
        path = GOLDEN / name
        if request.config.getoption("--update-golden"):
            path.write_text(text, encoding="utf-8", newline="\n")
        assert path.is_file(), f"{path} is missing. To agree to it: pytest --update-golden"
        assert text.splitlines() == path.read_text(encoding="utf-8").splitlines()

    return check
