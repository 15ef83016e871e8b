"""The ledger of figures: what a plan took from public files, from where, and as it was published.

It is a file of its own beside the plan, so that answers stay short. Nothing is ever taken out: a
newer figure stands beside the older one, and which of them counts is told by what the answer says.
So copies of a ledger are brought together key by key, and an undone change needs no second undo.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import cast, get_args

from localplan.errors import LocalPlanError
from localplan.knowledge.kinds import AreaKind
from localplan.plan.file import disk
from localplan.plan.file.backups import back_up
from localplan.plan.file.emit import document
from localplan.plan.file.identifiers import slug
from localplan.plan.file.journal import noted
from localplan.plan.file.rewrite import rewritten
from localplan.plan.series import Area, Figure, Subject, end_of
from localplan.plan.tree import get
from localplan.yamltext import Tree, Value, parse

ENDING = ".figures.yaml"
"""What the name of a ledger has behind the name of its plan."""

_HEAD = """# Figures that the plan beside this file took from public files: where each is from, and
# how it was published. The program writes it: localplan import FILE --plan PLAN --take all. It
# stays with the board.

"""


class LedgerError(LocalPlanError):
    """A ledger that cannot be used as it stands."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where figures are from: one source, one area, one period."""

    source: str
    """The id of the source, such as `qcew-annual`."""
    name: str
    agency: str
    license: str
    address: str
    area: Area
    period: str
    retrieved: date
    shelf_life: int
    """Months after the end of the period, until newer figures should be there; 0 for never."""
    next_where: str = ""
    next_when: str = ""
    digests: tuple[str, ...] = ()
    """SHA-256 of each file that the figures are from."""

    @property
    def id(self) -> str:
        """A name that the same source, area and period always have."""
        return slug(f"{self.source} {self.area.code or self.area.name} {self.period}")


@dataclass(frozen=True, slots=True)
class TakenFigure:
    """A figure that was taken into answers, as the agency gives it."""

    origin: Origin
    measure: str
    unit: str
    figure: Figure
    answers: Mapping[str, str]
    """By the path of each answer it went into: what it says there."""
    record: str = ""
    """The id of the evidence that says where the answers are from."""

    @property
    def key(self) -> str:
        """A name that the same figure has in every period."""
        area = self.origin.area
        codes = " ".join(each.code for each in self.figure.about)
        return slug(f"{self.origin.source} {area.code or area.name} {codes} {self.measure}")

    @property
    def id(self) -> str:
        """A name that this figure of this period alone has."""
        return f"{self.key}-{slug(self.origin.period)}"


def ledger_of(plan: Path) -> Path:
    """Return where the ledger of the answers file at `plan` is, or would be."""
    real = plan.resolve()
    return real.with_name(f"{real.stem}{ENDING}")


def read_ledger(plan: Path) -> tuple[TakenFigure, ...]:
    """Return the figures in the ledger of the answers file at `plan`; none where there is none.

    Raises:
        LedgerError: an entry lacks what it needs; the message names it.
        YamlError: the text cannot be read; the message names the line.
    """
    path = ledger_of(plan)
    return _figures(_tree_of(path), path.name) if path.exists() else ()


def note_figures(
    plan: Path, figures: Iterable[TakenFigure], *, now: datetime, by: str = ""
) -> None:
    """Put `figures` into the ledger of the answers file at `plan`, beside what is there.

    Raises:
        LocalPlanError: the ledger cannot be read or written; it is as it was.
    """
    path = ledger_of(plan)
    with disk.changing(path):
        there = read_ledger(plan)
        content = disk.read(path) if path.exists() else b""
        text = content.decode("utf-8-sig") if content else ""
        old = parse(text, path.name) if content else {}
        new = _as_tree(joined(there, tuple(figures)), old)
        if new == old:
            return
        written = rewritten(text, old, new) if content else _HEAD + document(new)
        if content:
            back_up(path, content, now)
        with noted(path, old, new, now=now, by=by):
            disk.replace(path, written.encode(), like=plan)


def bring_along(plans: Sequence[Path], to: Path, *, now: datetime) -> None:
    """Put the figures of the ledgers of `plans` into the ledger of the answers file at `to`.

    Raises:
        LocalPlanError: a ledger cannot be read or written.
    """
    figures = [figure for plan in plans for figure in read_ledger(plan)]
    if figures:
        note_figures(to, figures, now=now)


def joined(first: Sequence[TakenFigure], second: Sequence[TakenFigure]) -> tuple[TakenFigure, ...]:
    """Return the figures of both; of one that both have, the one retrieved later.

    It names the answers of both.
    """
    kept = {each.id: each for each in first}
    for each in second:
        other = kept.get(each.id, each)
        newest = max(each, other, key=lambda one: one.origin.retrieved)
        kept[each.id] = replace(newest, answers={**other.answers, **each.answers})
    return tuple(kept.values())


def in_use(figures: Iterable[TakenFigure], tree: Tree) -> Mapping[str, TakenFigure]:
    """Return, by the path of an answer, the figure that it says today; the newest that fits."""
    used: dict[str, TakenFigure] = {}
    for figure in sorted(figures, key=lambda each: end_of(each.origin.period) or date.min):
        for path, said in figure.answers.items():
            if get(tree, path) == said:
                used[path] = figure
    return used


def _tree_of(path: Path) -> Tree:
    return parse(disk.read(path).decode("utf-8-sig", "replace"), path.name)


def _as_tree(figures: Sequence[TakenFigure], old: Tree) -> Tree:
    """The ledger as nested keys; keys that nobody knows stay as they are."""
    imports: Tree = {}
    taken: Tree = {}
    for each in figures:
        imports[each.origin.id] = _of_origin(each.origin)
        taken[each.id] = _of_figure(each)
    return {**old, "imports": imports, "figures": taken}


def _of_origin(origin: Origin) -> Tree:
    written: Tree = {
        "source": origin.source,
        "name": origin.name,
        "agency": origin.agency,
        "license": origin.license,
        "address": origin.address,
        "area": {"kind": origin.area.kind, "code": origin.area.code, "name": origin.area.name},
        "period": origin.period,
        "retrieved": origin.retrieved.isoformat(),
        "shelf_life": str(origin.shelf_life),
        "next_where": origin.next_where,
        "next_when": origin.next_when,
        "digests": [*origin.digests],
    }
    return {key: value for key, value in written.items() if value}


def _of_figure(taken: TakenFigure) -> Tree:
    figure = taken.figure
    about: Tree = {
        each.of: {"code": each.code, **({"title": each.title} if each.title else {})}
        for each in figure.about
    }
    written: Tree = {
        "import": taken.origin.id,
        "measure": taken.measure,
        "unit": taken.unit,
        "about": about,
        **_of_value(figure),
        "margin": _of_value(figure.margin) if figure.margin else {},
        "evidence": taken.record,
        "answers": dict(taken.answers),
    }
    return {key: value for key, value in written.items() if value}


def _of_value(figure: Figure) -> Tree:
    """The number, or what stands in its place; never a 0 for what is kept back."""
    value = "" if figure.value is None else format(figure.value, "f")
    written = {"value": value, "mark": figure.mark, "note": figure.note}
    return {key: each for key, each in written.items() if each}


def _figures(tree: Tree, name: str) -> tuple[TakenFigure, ...]:
    imports = {
        key: _origin(each, f"{name}, imports.{key}")
        for key, each in _groups(tree.get("imports")).items()
    }
    return tuple(
        _figure(each, imports, f"{name}, figures.{key}")
        for key, each in _groups(tree.get("figures")).items()
    )


def _groups(value: Value | None) -> dict[str, Tree]:
    held = value if isinstance(value, dict) else {}
    return {key: each for key, each in held.items() if isinstance(each, dict)}


def _texts(value: Value | None) -> dict[str, str]:
    held = value if isinstance(value, dict) else {}
    return {key: each for key, each in held.items() if isinstance(each, str)}


def _origin(tree: Tree, place: str) -> Origin:
    said, area = _texts(tree), _texts(tree.get("area"))
    kind = area.get("kind", "region")
    if kind not in get_args(AreaKind):
        raise LedgerError(
            f'{place}: "{kind}" is no kind of area. Put back the file, or import again.'
        )
    digests = tree.get("digests")
    try:
        retrieved = date.fromisoformat(said.get("retrieved", ""))
        shelf_life = int(said.get("shelf_life", "0"))
    except ValueError as error:
        raise LedgerError(
            f"{place}: retrieved must be a day such as 2026-12-01, and shelf_life a number of "
            "months. Put back the file, or import again."
        ) from error
    return Origin(
        source=said.get("source", ""),
        name=said.get("name", ""),
        agency=said.get("agency", ""),
        license=said.get("license", ""),
        address=said.get("address", ""),
        area=Area(cast("AreaKind", kind), area.get("code", ""), area.get("name", "")),
        period=said.get("period", ""),
        retrieved=retrieved,
        shelf_life=shelf_life,
        next_where=said.get("next_where", ""),
        next_when=said.get("next_when", ""),
        digests=tuple(str(each) for each in digests) if isinstance(digests, list) else (),
    )


def _figure(tree: Tree, imports: Mapping[str, Origin], place: str) -> TakenFigure:
    said = _texts(tree)
    origin = imports.get(said.get("import", ""))
    if origin is None:
        raise LedgerError(
            f"{place}: its import is not listed under imports. Put back the file, or import again."
        )
    about = tuple(
        Subject(of, _texts(each).get("code", ""), _texts(each).get("title", ""))
        for of, each in _groups(tree.get("about")).items()
    )
    margin = tree.get("margin")
    value = _value(tree, place)
    return TakenFigure(
        origin=origin,
        measure=said.get("measure", ""),
        unit=said.get("unit", ""),
        figure=replace(
            value,
            about=about,
            margin=_value(margin, place) if isinstance(margin, dict) else None,
        ),
        answers=_texts(tree.get("answers")),
        record=said.get("evidence", ""),
    )


def _value(tree: Tree, place: str) -> Figure:
    said = _texts(tree)
    try:
        value = Decimal(said["value"]) if "value" in said else None
    except InvalidOperation as error:
        raise LedgerError(
            f'{place}: "{said["value"]}" is no number. Put back the file, or import again.'
        ) from error
    return Figure(value, mark=said.get("mark", ""), note=said.get("note", ""))
