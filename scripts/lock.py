"""Write the lock files in `locks/` from pyproject.toml: every version, every file by its hash."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LOCKS = {
    "run": [],
    "dev": ["--group", "dev"],
    "bench": ["--group", "dev", "--group", "bench"],
    "office": ["--group", "dev", "--group", "office"],
}
"""Name of each lock with the groups of pyproject.toml that it holds beside the program's own."""

_COMMON = ["--universal", "--generate-hashes", "--no-annotate", "--no-header", "--quiet"]


def main() -> int:
    """Write all locks, for the oldest Python the program runs on and every system."""
    for name, groups in LOCKS.items():
        subprocess.run(
            [
                sys.executable, "-m", "uv", "pip", "compile", "pyproject.toml", *groups, *_COMMON,
                "--python-version", "3.11", "--upgrade", "--output-file", f"locks/{name}.txt",
            ],
            cwd=ROOT,
            check=True,
        )  # fmt: skip
    return 0


if __name__ == "__main__":
    sys.exit(main())
