"""What an import found as plain data: the contract of `import --json`.

The shapes below are that contract; `standards/schemas/import.schema.json` says the same for other
programs, and a test holds the two together. Keys may be added, and none is taken away.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from localplan.errors import shown
from localplan.evidence.imports import ImportedFile, Outcome
from localplan.evidence.offers import Offer
from localplan.knowledge.kinds import AreaKind
from localplan.plan.series import Figure, Series
from localplan.resources import STANDARDS

SCHEMA = STANDARDS / "schemas" / "import.schema.json"
"""The JSON Schema of `import --json`, as other programs read it."""


@dataclass(frozen=True, slots=True)
class PlaceData:
    """A place; `code` is a FIPS or metropolitan code, blank where the file gives a name alone."""

    kind: AreaKind
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class FileData:
    """A file: `period_from` is file, name or person; `refused` says why it was not read."""

    file: str
    source: str | None
    sha256: str | None
    periods: list[str]
    period_from: str | None
    areas: list[PlaceData]
    rows: int
    refused: str | None


@dataclass(frozen=True, slots=True)
class SourceData:
    """Where figures are from; `retrieved` is the day of the import, `shelf_life` in months."""

    id: str
    name: str
    agency: str
    license: str
    address: str
    retrieved: str
    shelf_life: int


@dataclass(frozen=True, slots=True)
class SubjectData:
    """What else a figure is about, such as the occupation 29-1141."""

    of: str
    code: str
    title: str


@dataclass(frozen=True, slots=True)
class MarginData:
    """The margin of error; no value where a mark stands in its place."""

    value: int | float | None
    mark: str
    note: str


@dataclass(frozen=True, slots=True)
class FigureData:
    """One figure; where it is kept back, `value` is null, `suppressed` true and `mark` says how."""

    source: str
    measure: str
    area: PlaceData
    period: str
    unit: str
    about: list[SubjectData]
    value: int | float | None
    suppressed: bool
    mark: str
    note: str
    margin: MarginData | None


@dataclass(frozen=True, slots=True)
class ProposalData:
    """What a figure would change in the plan; `number` is what `--take` wants.

    `moved` is by how many percent; null where there is no number to compare with.
    """

    number: int
    path: str
    now: str
    wanted: str
    moved: float | None
    imported: bool
    """Whether what stands there now is a figure of an earlier import."""
    title: str
    source: str
    area: PlaceData
    period: str
    suppressed: bool


@dataclass(frozen=True, slots=True)
class ImportData:
    """Everything that one import found."""

    files: list[FileData]
    sources: list[SourceData]
    figures: list[FigureData]
    proposals: list[ProposalData]
    """Empty without a plan."""


def as_data(outcome: Outcome, offers: Sequence[Offer] = ()) -> dict[str, Any]:
    """Return what `import --json` prints, with the keys of `ImportData`."""
    return asdict(
        ImportData(
            files=[_file(file) for file in outcome.files],
            sources=_sources(outcome),
            figures=[
                _figure(series, figure) for series in outcome.series for figure in series.values
            ],
            proposals=[_proposal(number, offer) for number, offer in enumerate(offers, 1)],
        )
    )


def _file(file: ImportedFile) -> FileData:
    found = file.found
    return FileData(
        file=shown(file.path.name),
        source=file.source.id if file.source else None,
        sha256=file.data.digest if file.data else None,
        periods=found.periods if found else [],
        period_from=(found.period_from or "file") if found else None,
        areas=[PlaceData(area.kind, area.code, area.name) for area in found.areas] if found else [],
        rows=found.rows if found else 0,
        refused=file.trouble or None,
    )


def _sources(outcome: Outcome) -> list[SourceData]:
    known = {file.source.id: file.source for file in outcome.files if file.source}
    days = {series.source: series.retrieved.isoformat() for series in outcome.series}
    return [
        SourceData(
            source.id,
            source.name,
            source.agency,
            source.license,
            source.address,
            days[source.id],
            source.shelf_life,
        )
        for source in known.values()
        if source.id in days
    ]


def _figure(series: Series, figure: Figure) -> FigureData:
    area = series.area
    return FigureData(
        source=series.source,
        measure=series.measure,
        area=PlaceData(area.kind, area.code, area.name),
        period=series.period,
        unit=series.unit,
        about=[SubjectData(each.of, each.code, each.title) for each in figure.about],
        value=_plain_number(figure),
        suppressed=figure.suppressed,
        mark=figure.mark,
        note=figure.note,
        margin=_margin(figure.margin) if figure.margin else None,
    )


def _proposal(number: int, offer: Offer) -> ProposalData:
    origin = offer.figure.origin
    return ProposalData(
        number=number,
        path=offer.proposal.path,
        now=offer.proposal.now,
        wanted=offer.proposal.wanted,
        moved=round(float(offer.moved), 1) if offer.moved is not None else None,
        imported=offer.before is not None,
        title=offer.title,
        source=origin.source,
        area=PlaceData(origin.area.kind, origin.area.code, origin.area.name),
        period=origin.period,
        suppressed=offer.figure.figure.suppressed,
    )


def _margin(margin: Figure) -> MarginData:
    return MarginData(_plain_number(margin), margin.mark, margin.note)


def _plain_number(figure: Figure) -> int | float | None:
    value = figure.value
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)
