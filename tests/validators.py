"""The public validators of Word files, and our own: what is wrong with this file?"""

import json
import shutil
import subprocess
from functools import cache
from pathlib import Path

from word_accessibility import lint
from word_invariants import invariants

_ROOT = Path(__file__).parents[1]
_SDK = _ROOT / ".cache" / "npm" / "node_modules" / ".bin" / "ooxml-validator"


def problems_of(docx: bytes) -> list[str]:
    """What our invariants and the accessibility lint find; quick enough for every file."""
    return [*invariants(docx), *lint(docx)]


def audit_problems(docx: bytes, folder: Path) -> list[str]:
    """What openxml-audit finds."""
    from openxml_audit import OpenXmlValidator  # noqa: PLC0415 (a second to load)

    path = folder / "audited.docx"
    path.write_bytes(docx)
    return [str(error) for error in OpenXmlValidator().validate(str(path)).errors]


@cache
def has_sdk() -> bool:
    """True where node and the Open XML SDK validator are installed (`make test` installs it)."""
    return _SDK.exists() and shutil.which("node") is not None


def sdk_problems(docx: bytes, folder: Path) -> list[str]:
    """What the Open XML SDK finds; nothing where it is not installed."""
    if not has_sdk():
        return []
    path = folder / "validated.docx"
    path.write_bytes(docx)
    done = subprocess.run([str(_SDK), str(path)], capture_output=True, text=True, check=False)
    report = json.loads(done.stdout)
    return [str(error) for error in report["errors"]]
