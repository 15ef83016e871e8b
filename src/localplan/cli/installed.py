"""What is installed here: what a bug report needs, and nothing of any plan."""

import platform
import re
import sys
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import localplan
from localplan import cache

DISTRIBUTION = "wioa-localplan"
_STRANGER = "localplan"
"""Another author's package on PyPI, whose modules have the same name as ours."""
_MISSING = "missing"


def installed() -> Iterator[str]:
    """Return the lines: place, Python, system, cache folder, and the version of each package."""
    yield f"  at        {Path(localplan.__file__).parent}"
    yield f"  Python    {platform.python_version()} ({sys.executable})"
    yield f"  system    {platform.platform()}"
    yield f"  cache     {cache.folder() or 'off'}"
    yield "  with      " + ", ".join(f"{name} {_version(name)}" for name in _needed())
    if _version(_STRANGER) != _MISSING:
        found = f'"{_STRANGER}" {_version(_STRANGER)}'
        yield f"The package {found} of another author is installed in the same place."
        yield f"They overwrite each other: uninstall both, then install {DISTRIBUTION} with pipx."


def _needed() -> list[str]:
    try:
        wanted = metadata.requires(DISTRIBUTION) or []
    except metadata.PackageNotFoundError:
        return []
    return [re.split(r"[^\w.-]", line, maxsplit=1)[0] for line in wanted if "extra ==" not in line]


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return _MISSING
