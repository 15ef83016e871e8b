"""Several data files at once: each is read as a whole or refused, then those of a source joined."""

from collections.abc import Iterable, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from localplan.errors import LocalPlanError
from localplan.evidence.areas import Wanted
from localplan.evidence.files import DataFile, DataFileError, opened
from localplan.evidence.layout import Layout, as_named, recognized
from localplan.evidence.reading import (
    Found,
    Names,
    in_series,
    missing_parts,
    read_figures,
    read_names,
    said_areas,
)
from localplan.knowledge.sources import Source, load_source, load_sources
from localplan.plan.series import Series

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(slots=True)
class ImportedFile:
    """A file that was named, and what became of it."""

    path: Path
    data: DataFile | None = None
    layout: Layout | None = None
    found: Found | None = None
    """What it holds; None when it is refused."""
    trouble: str = ""
    """Why it is refused."""

    @property
    def source(self) -> Source | None:
        """Its source, where it is known."""
        return self.layout.source if self.layout else None

    @property
    def is_list(self) -> bool:
        """Whether it holds names or pairs of codes, and no figures."""
        return bool(self.source and (self.source.titles or self.source.links))


@dataclass(slots=True)
class Outcome:
    """All files of one import, in their order, and the series out of them."""

    files: list[ImportedFile]
    series: list[Series] = field(default_factory=list)


def read_files(
    paths: Sequence[Path],
    *,
    today: date,
    asked: Wanted | None = None,
    source: str = "",
    period: str = "",
) -> Outcome:
    """Return what the files at `paths` are and say; nothing is written.

    `asked` are the places whose figures are read; `source` is the id of a source, or a file of a
    person's own; `period` is the time where a file does not say it.

    Raises:
        SourceError: there is no such source, or its file cannot be used.
    """
    named = load_source(source) if source else None
    outcome = Outcome([ImportedFile(path) for path in paths])
    for file in outcome.files:
        with _refusing(file):
            _recognize(file, outcome.files, named)
    names = _names(outcome.files)
    for file in outcome.files:
        if file.layout and not file.is_list and not file.trouble:
            with _refusing(file):
                given = names.get(file.layout.source.id)
                file.found = read_figures(file.layout, asked, given, period)
    for group in _by_source(outcome.files):
        _refuse_where_missing(group, asked, names)
        with _refusing(*group):
            found = [file.found for file in group if file.found]
            outcome.series += in_series(found, asked, today) if found else ()
    return outcome


@contextmanager
def _refusing(*files: ImportedFile) -> "Iterator[None]":
    """Keep what is wrong with these files, so that the others are read."""
    try:
        yield
    except LocalPlanError as error:
        for file in files:
            file.trouble, file.found = str(error), None


def _recognize(file: ImportedFile, files: Sequence[ImportedFile], named: Source | None) -> None:
    data = file.data = opened(file.path)
    for other in files:
        if other is file:
            break
        if other.data and other.data.digest == data.digest:
            raise DataFileError(
                f"{data.name} is the same file as {other.data.name}, which was named before it. "
                "Name it once."
            )
    layout = as_named(data, named) if named else recognized(data, load_sources())
    if layout.source.refused:
        raise DataFileError(f"{data.name}: {layout.source.name}. {layout.source.refused}")
    file.layout = layout


def _names(files: Sequence[ImportedFile]) -> dict[str, Names]:
    """The names for the codes of each source, out of the lists that came with it."""
    lists: dict[str, Names] = {}
    for file in files:
        if file.layout and file.is_list and not file.trouble:
            with _refusing(file):
                file.found = read_names(file.layout)
                lists[file.layout.source.id] = file.found.names
    joined: dict[str, Names] = {}
    for source in [file.source for file in files if file.source]:
        for given in [lists[each] for each in source.titles_from if each in lists]:
            into = joined.setdefault(source.id, Names())
            into.titles.update(given.titles)
            into.homes.update(given.homes)
    return joined


def _by_source(files: Sequence[ImportedFile]) -> Iterable[list[ImportedFile]]:
    groups: dict[str, list[ImportedFile]] = {}
    for file in files:
        if file.found and not file.is_list:
            groups.setdefault(file.found.source.id, []).append(file)
    return groups.values()


def _refuse_where_missing(
    group: Sequence[ImportedFile], asked: Wanted | None, names: dict[str, Names]
) -> None:
    """A place that none of the files of one source is about refuses all of them."""
    found = [file.found for file in group if file.found]
    missing = missing_parts(found, asked) if asked else ()
    if not missing:
        return
    absent = "; ".join(area.name for area in missing)
    source = found[0].source
    lists = "" if source.id in names else " or ".join(source.titles_from)
    hint = f" Its codes have no names here: import {lists} with it." if lists else ""
    for file in group:
        if file.found:
            file.trouble = (
                f"{file.found.data.name} has no figures for {absent}. It is about: "
                f"{said_areas(file.found)}. Name one of them with --area.{hint}"
            )
            file.found = None
