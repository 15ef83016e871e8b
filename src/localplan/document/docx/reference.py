"""The parts that a reference file lends to a draft: styles, fonts, theme and settings."""

import zipfile
from functools import cache
from pathlib import Path

from localplan.errors import LocalPlanError
from localplan.resources import TEMPLATES

SHIPPED = TEMPLATES / "reference.docx"
LENT = ("word/styles.xml", "word/settings.xml", "word/fontTable.xml", "word/theme/theme1.xml")
_LARGEST = 16_000_000
"""Bytes that one part of a reference file may unpack to."""


class ReferenceFileError(LocalPlanError):
    """The styles file cannot be used."""


def reference_parts(path: Path | None = None) -> dict[str, bytes]:
    """The lent parts by name: ours, or those of the board's file completed with ours."""
    if path is None or path == SHIPPED:
        return dict(_shipped())
    from localplan.document.docx.adopt import adopted_styles  # noqa: PLC0415 (loads lxml)

    theirs = _lent_by(path)
    ours = _shipped()
    try:
        styles = adopted_styles(theirs["word/styles.xml"], ours["word/styles.xml"])
    except ValueError as error:
        raise _unusable(path) from error
    theme = theirs.get("word/theme/theme1.xml", ours["word/theme/theme1.xml"])
    return {**ours, "word/styles.xml": styles, "word/theme/theme1.xml": theme}


@cache
def _shipped() -> dict[str, bytes]:
    return _lent_by(SHIPPED)


def _lent_by(path: Path) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(path) as package:
            names = set(package.namelist())
            kept = [name for name in LENT if name in names and not _has_relations(name, names)]
            if any(package.getinfo(name).file_size > _LARGEST for name in kept):
                raise _unusable(path)
            lent = {name: package.read(name) for name in kept}
    except (OSError, zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
        raise _unusable(path) from error
    if "word/styles.xml" not in lent:
        raise _unusable(path)
    return lent


def _has_relations(name: str, names: set[str]) -> bool:
    folder, _, file = name.rpartition("/")
    return f"{folder}/_rels/{file}.rels" in names


def _unusable(path: Path) -> ReferenceFileError:
    return ReferenceFileError(
        f"{path.name} cannot be used for its styles: it is not a readable Word document (.docx).\n"
        "Open it in Word, save it as .docx and try again, or leave out --reference."
    )
