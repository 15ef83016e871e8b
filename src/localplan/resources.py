"""Find the folders of data that ship with the program."""

from pathlib import Path

_PACKAGE = Path(__file__).parent
_CHECKOUT = _PACKAGE.parents[1]

ROOT = _PACKAGE if (_PACKAGE / "templates").is_dir() else _CHECKOUT
"""Holds the folders of data: the package once built, else the checkout."""

PROMPTS = ROOT / "prompts"
STANDARDS = ROOT / "standards"
TEMPLATES = ROOT / "templates"
EXAMPLES = ROOT / "examples"
