"""Which answers of a plan an import has figures for, and what each would say then.

Industries are found by their NAICS code, occupations by their SOC code, groups of people and
measures of success by their codes in `standards/wioa.yaml`. Nothing is written here.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import cached_property

from localplan.evidence.areas import counties_in
from localplan.evidence.imports import Outcome
from localplan.knowledge.sources import Measure, Source
from localplan.plan.file.figures import Origin, TakenFigure, in_use
from localplan.plan.file.identifiers import new_id
from localplan.plan.proposals import Proposal
from localplan.plan.series import Area, Figure, Series, Subject, end_of
from localplan.plan.tree import get, records
from localplan.yamltext import Tree

_WIDER = frozenset({"nation", "state"})
"""Areas that are wider than a local one: their figures are evidence, and no answer about it."""
_CENT = Decimal("0.01")
_OF_AN_OCCUPATION = ("wage", "openings")
_CALLED = {"wage": "median hourly wage", "openings": "openings a year"}


@dataclass(frozen=True, slots=True)
class Offer:
    """One figure that an answer could take, with its source; a person decides."""

    proposal: Proposal
    """The answer that the figure itself goes into."""
    figure: TakenFigure
    home: str
    """The path of the record it is about; blank for a figure among the evidence alone."""
    title: str
    """What is measured, of what: `Employment, private, NAICS 62 Health care`."""
    before: TakenFigure | None
    """The figure of an earlier import that the answer says today."""
    beside: str = ""
    """Figures in the same unit that the record has already."""

    @property
    def moved(self) -> Decimal | None:
        """By how many percent the answer would change; None where it has no number to change."""
        old = _number(self.proposal.now)
        new = _number(self.proposal.wanted)
        if old is None or new is None or not old:
            return None
        return (new - old) / abs(old) * 100


@dataclass(frozen=True, slots=True)
class Offers:
    """What an import proposes for a plan, and what keeps it from proposing more."""

    offers: tuple[Offer, ...]
    held: int = 0
    """How many figures the plan has already, from the same files."""
    troubles: tuple[str, ...] = ()
    """What does not go together with the plan, one message each."""


@dataclass(frozen=True, slots=True)
class Taking:
    """What is written when offers are taken: answers by their path, and figures of the ledger."""

    answers: Mapping[str, str]
    figures: tuple[TakenFigure, ...]


def offers_of(outcome: Outcome, tree: Tree, ledger: Sequence[TakenFigure]) -> Offers:
    """Return what the figures of `outcome` propose for the answers in `tree`.

    `ledger` holds the figures that the plan took before. Of several periods the last one counts.
    """
    work = _Work(outcome, tree, ledger)
    by_path = {each.proposal.path: each for each in work.offers()}
    found = sorted(by_path.values(), key=lambda each: each.home)
    new = tuple(each for each in found if not each.proposal.settled or each.before is None)
    return Offers(new, len(found) - len(new), tuple(dict.fromkeys(work.troubles)))


def taking(taken: Sequence[Offer], tree: Tree, ledger: Sequence[TakenFigure]) -> Taking:
    """Return what is written when the offers `taken` are."""
    answers: dict[str, str] = {}
    figures: list[TakenFigure] = []
    records_of: dict[str, list[Offer]] = {}
    for offer in taken:
        records_of.setdefault(offer.figure.record, []).append(offer)
        answers.update(_of_the_record(offer))
        figures.append(offer.figure)
    for record, offered in records_of.items():
        for key, text in _evidence(record, offered, tree, ledger).items():
            answers[f"evidence.{record}.{key}"] = text
    return Taking(
        {path: text for path, text in answers.items() if (get(tree, path) or "") != text},
        tuple(figures),
    )


class _Work:
    """Goes through the figures of one import."""

    def __init__(self, outcome: Outcome, tree: Tree, ledger: Sequence[TakenFigure]) -> None:
        self.tree = tree
        self.ledger = ledger
        self.sources = {file.source.id: file.source for file in outcome.files if file.source}
        self.series = outcome.series
        self.used = in_use(ledger, tree)
        self.named = [path.rpartition(".")[2] for path in records(tree, "evidence")]
        self.made: dict[str, str] = {}
        self.fields: dict[str, dict[str, str]] = {}
        self.troubles: list[str] = []

    def offers(self) -> Iterator[Offer]:
        """Yield each figure that fits an answer of the plan."""
        for series in _latest(self.series):
            source = self.sources[series.source]
            if not self._is_ours(series.area):
                continue
            for figure in series.values:
                for home, fills in self._homes(source, series, figure):
                    yield from self._offer(source, series, figure, home, fills)

    @cached_property
    def counties(self) -> frozenset[str]:
        """The codes of the counties that the plan names."""
        places: list[str] = []
        for path in records(self.tree, "areas"):
            found = get(self.tree, f"{path}.jurisdictions")
            places += [str(each) for each in found] if isinstance(found, list) else []
        state = get(self.tree, "board.state")
        known, _ = counties_in(places, state if isinstance(state, str) else "")
        return frozenset(area.code for area in known)

    def _is_ours(self, area: Area) -> bool:
        if area.kind not in {"county", "sum"} or not self.counties:
            return True
        ours = frozenset(area.code.split("+")) <= self.counties
        if not ours:
            self.troubles.append(
                f"{area.name} is not among the counties that the plan names under areas, so "
                "nothing is proposed from it. Add it there under jurisdictions, or name another "
                "area."
            )
        return ours

    def _homes(self, source: Source, series: Series, figure: Figure) -> Iterator[tuple[str, str]]:
        """The records of the plan that a figure is about, and which answer it fills there."""
        subjects = {each.of: each for each in figure.about}
        fills = _rule(source, series.measure).fills
        if source.wide:
            group = source.wide.sizes.get(subjects[source.wide.of].code, "")
            yield from ((path, "size") for path in self._with("populations", "standard", group))
        elif fills and _is_total(source, subjects):
            # A ratio of all to all is 1 and says nothing.
            yield from [("", "evidence")] if series.unit != "ratio" else []
        elif fills and _is_proposed(source, subjects):
            yield from ((home, fills) for home in self._about(subjects, fills))

    def _about(self, subjects: Mapping[str, Subject], fills: str) -> list[str]:
        """The records with the codes of a figure; a blank one where it has none."""
        if "industry" in subjects:
            return self._with("sectors", "naics", subjects["industry"].code)
        if "occupation" in subjects:
            return self._occupations(subjects["occupation"].code)
        return self._metrics(subjects) if fills == "actual" else [""]

    def _with(self, home: str, key: str, code: str) -> list[str]:
        return [
            path for path in records(self.tree, home) if code and code in self._codes(path, key)
        ]

    def _codes(self, path: str, key: str) -> set[str]:
        held = get(self.tree, f"{path}.{key}")
        listed = held if isinstance(held, list) else [held or ""]
        said = ",".join(str(each) for each in listed).replace(";", ",").replace("\u2013", "-")
        return {each.strip() for each in said.split(",") if each.strip()}

    def _occupations(self, code: str) -> list[str]:
        return [
            path
            for sector in records(self.tree, "sectors")
            for path in records(self.tree, f"{sector}.occupations")
            if code in self._codes(path, "soc")
        ]

    def _metrics(self, subjects: Mapping[str, Subject]) -> list[str]:
        asked = [each for each in ("indicator", "program") if each in subjects]
        return [
            path
            for path in records(self.tree, "metrics")
            if asked and all(subjects[each].code in self._codes(path, each) for each in asked)
        ]

    def _offer(
        self, source: Source, series: Series, figure: Figure, home: str, fills: str
    ) -> Iterator[Offer]:
        taken = TakenFigure(_origin(source, series), series.measure, series.unit, figure, {})
        earlier = [each for each in self.ledger if each.key == taken.key]
        if trouble := _does_not_follow(taken, [each for each in earlier if self._is_used(each)]):
            self.troubles.append(trouble)
            return
        words_alone = figure.value is None or series.area.kind in _WIDER
        record = self._record(taken, home, fills, earlier)
        in_words = f"evidence.{record}.value"
        path = in_words
        if not words_alone and fills != "evidence":
            path = f"{home}.{self._field(fills, home, taken, earlier)}"
        wanted = said(figure) if path == in_words else _as_answer(series, figure, source, fills)
        now = get(self.tree, path)
        before = self.used.get(path)
        shared = before.answers[path] if before else ""
        yield Offer(
            Proposal(path, shared, wanted, now if isinstance(now, str) else "", wanted),
            replace(taken, answers={path: wanted}, record=record),
            home,
            _title(series.measure, figure.about),
            before,
            self._beside(home, series.unit) if fills == "measure" and now is None else "",
        )

    def _is_used(self, figure: TakenFigure) -> bool:
        return any(self.used.get(path) is figure for path in figure.answers)

    def _record(
        self, taken: TakenFigure, home: str, fills: str, earlier: Sequence[TakenFigure]
    ) -> str:
        """The evidence that the figure is told by: the same as before, else a new one."""
        shared = fills in _OF_AN_OCCUPATION and taken.figure.value is not None
        if taken.origin.area.kind in _WIDER:
            shared = False
        if shared:
            of_it = [
                each.record
                for path, each in self.used.items()
                if path in {f"{home}.{key}" for key in _OF_AN_OCCUPATION}
            ]
            soc = get(self.tree, f"{home}.soc")
            return of_it[0] if of_it else self._free(f"soc {soc}")
        in_words = fills == "evidence" or taken.figure.value is None
        in_words = in_words or taken.origin.area.kind in _WIDER
        for each in earlier:
            if (f"evidence.{each.record}.value" in each.answers) == in_words:
                return each.record
        area = taken.origin.area
        codes = " ".join(each.code for each in taken.figure.about)
        place = area.code or area.name
        return self._free(f"{taken.origin.source} {codes} {taken.measure} {place}")

    def _free(self, label: str) -> str:
        """An id for a record of evidence; the same for the same label."""
        if label not in self.made:
            self.made[label] = new_id(label, [*self.named, *self.made.values()])
        return self.made[label]

    def _field(
        self, fills: str, home: str, taken: TakenFigure, earlier: Sequence[TakenFigure]
    ) -> str:
        if fills == "actual":
            return "prior_actual"
        if fills != "measure":
            return fills
        begin = f"{home}.measures."
        known = [path for each in earlier for path in each.answers if path.startswith(begin)]
        if known:
            return known[-1].removeprefix(f"{home}.")
        there = [path.rpartition(".")[2] for path in records(self.tree, f"{home}.measures")]
        label = f"{taken.origin.source} {taken.measure}"
        made = self.fields.setdefault(home, {})
        # The area parts figures that differ in nothing else.
        key = f"{label} {taken.origin.area.code or taken.origin.area.name}"
        if key not in made:
            made[key] = new_id(label, [*there, *made.values()])
        return f"measures.{made[key]}.value"

    def _beside(self, home: str, unit: str) -> str:
        """The figures of a sector that somebody typed in the same unit."""
        typed = [
            path
            for path in records(self.tree, f"{home}.measures")
            if get(self.tree, f"{path}.unit") == unit and f"{path}.value" not in self.used
        ]
        told = [[get(self.tree, f"{path}.{key}") for key in ("measure", "value")] for path in typed]
        return "; ".join(f"{measure}: {value}" for measure, value in told)


def said(figure: Figure) -> str:
    """Return the figure as evidence says it; one that is kept back in words, never as 0."""
    if figure.value is None:
        mark = f" (mark {figure.mark})" if figure.mark else ""
        # What the file prints in its place is for who reads files, not plans.
        why = figure.note.partition("; the file prints")[0]
        return f"not published: {why or 'no reason is given'}{mark}"
    told = in_digits(figure.value)
    if figure.margin:
        margin = figure.margin
        told += (
            f" ± {in_digits(margin.value)}"
            if margin.value is not None
            else f" (no margin of error: {margin.note})"
        )
    return f"{told} ({figure.note})" if figure.note else told


def in_digits(value: Decimal, decimals: int = 4) -> str:
    """Return the number with separators, without zeros that say nothing."""
    told = f"{round(value, decimals):,f}"
    return told.rstrip("0").rstrip(".") if "." in told else told


def source_of(origin: Origin) -> str:
    """Return who published the figures, and in which table."""
    return f"{origin.agency}, {origin.name}"


def _is_total(source: Source, subjects: Mapping[str, Subject]) -> bool:
    """Whether a figure counts all industries or occupations together."""
    totals = [each for each in source.about if each.total]
    return bool(totals) and all(subjects[each.of].code == each.total for each in totals)


def _is_proposed(source: Source, subjects: Mapping[str, Subject]) -> bool:
    return all(subjects[each.of].code == each.only for each in source.about if each.only)


def _latest(series: Iterable[Series]) -> Iterable[Series]:
    """Of the series that differ in nothing but the period, the last one."""
    newest: dict[tuple[str, str, str, Area], Series] = {}
    for each in series:
        key = (each.source, each.measure, each.unit, each.area)
        other = newest.get(key, each)
        newest[key] = max(other, each, key=lambda one: end_of(one.period) or date.min)
    return newest.values()


def _rule(source: Source, measure: str) -> Measure:
    found = (each for each in source.measures if each.measure == measure)
    return next(found, Measure(measure=measure, unit=""))


def _origin(source: Source, series: Series) -> Origin:
    coming = source.next
    return Origin(
        source=source.id,
        name=source.name,
        agency=source.agency,
        license=series.license,
        address=_address(series),
        area=series.area,
        period=series.period,
        retrieved=series.retrieved,
        shelf_life=series.shelf_life,
        next_where=coming.where if coming else "",
        next_when=coming.when if coming else "",
        digests=series.digests,
    )


def _address(series: Series) -> str:
    """The address of the very file, where the source's address says which part stands for what."""
    year = re.search(r"\d{4}", series.period)
    quarter = re.search(r"Q([1-4])", series.period)
    parts = {
        "YEAR": year[0] if year else "",
        "QUARTER": quarter[1] if quarter else "",
        "STFIPS": series.area.code if series.area.kind == "state" else "all",
        "FIPS": series.area.code if series.area.kind == "county" else "",
    }
    address = series.address
    for name, part in parts.items():
        if re.search(rf"/{name}\b", address) and not part:
            return address[: address.index(f"/{name}") + 1]
        address = re.sub(rf"/{name}\b", f"/{part}", address)
    return address


def _does_not_follow(taken: TakenFigure, earlier: Sequence[TakenFigure]) -> str:
    """Why a figure cannot take the place of those that the plan has of the same thing."""
    new = end_of(taken.origin.period)
    for each in earlier:
        held = end_of(each.origin.period)
        if new and held and new < held:
            return (
                f"{taken.origin.name}: the file is about {taken.origin.period}, and the plan has "
                f"{each.origin.period} already. Import a newer file."
            )
        if each.unit != taken.unit:
            return (
                f"{taken.origin.name}: {taken.measure} is in {taken.unit} here, and in {each.unit} "
                "in the plan. Import a file in the same unit."
            )
    return ""


def _as_answer(series: Series, figure: Figure, source: Source, fills: str) -> str:
    """The figure as a number field takes it."""
    value = figure.value or Decimal(0)
    if fills == "openings" and _rule(source, series.measure).whole_period:
        value = (value / _years(series.period)).quantize(Decimal(1), ROUND_HALF_UP)
    if fills == "wage":
        return format(value.quantize(_CENT, ROUND_HALF_UP), "f")
    return in_digits(value).replace(",", "")


def _years(period: str) -> int:
    """How many years a period such as 2020-2030 has."""
    years = [int(each) for each in re.findall(r"\d{4}", period)]
    return max(years[-1] - years[0], 1) if years else 1


def _title(measure: str, about: Iterable[Subject]) -> str:
    """What is measured, of what."""
    named = [each.title or f"{each.of} {each.code}" for each in about if each.of != "variable"]
    return ", ".join([f"{measure[:1].upper()}{measure[1:]}", *named])


def _of_the_record(offer: Offer) -> dict[str, str]:
    """What the record of a sector, occupation, group or metric says with the figure."""
    path, figure = offer.proposal.path, offer.figure
    part, _, field = path.rpartition(".")
    origin = figure.origin
    answers: dict[str, str] = {}
    if path.startswith("evidence."):
        return answers
    if ".measures." in path:
        # The sector says itself which industry it is.
        others = [each for each in figure.figure.about if each.of != "industry"]
        title = _title(figure.measure, others)
        answers[f"{part}.measure"] = f"{title}, {origin.area.name}, {origin.period}"
    answers[path] = offer.proposal.wanted
    if ".measures." in path:
        answers[f"{part}.unit"] = _printed_unit(figure)
    if field == "prior_actual":
        answers[f"{part}.prior_year"] = (re.findall(r"\d{4}", origin.period) or [""])[0]
        answers[f"{part}.source"] = source_of(origin)
    else:
        answers[f"{part}.evidence"] = figure.record
    return answers


def _evidence(
    record: str, offered: Sequence[Offer], tree: Tree, ledger: Sequence[TakenFigure]
) -> dict[str, str]:
    """What the record of evidence says for one figure, or for the wage and openings of a job."""
    first = offered[0]
    field = first.proposal.path.rpartition(".")[2]
    if field not in _OF_AN_OCCUPATION:
        return _told(first.title, said(first.figure.figure), first.figure)
    fresh = {each.proposal.path.rpartition(".")[2]: each for each in offered}
    return _of_an_occupation(record, first.home, fresh, tree, ledger)


def _told(measure: str, value: str, figure: TakenFigure) -> dict[str, str]:
    origin = figure.origin
    return {
        "measure": measure,
        "value": value,
        "unit": "" if figure.figure.value is None else _printed_unit(figure),
        "area": origin.area.name,
        "period": origin.period,
        "source": source_of(origin),
        "address": origin.address,
        "retrieved": origin.retrieved.isoformat(),
    }


def _printed_unit(figure: TakenFigure) -> str:
    """The unit as a plan prints it: nobody says "1.04 ratio"."""
    return "" if figure.unit == "ratio" else figure.unit


def _of_an_occupation(
    record: str,
    home: str,
    fresh: Mapping[str, Offer],
    tree: Tree,
    ledger: Sequence[TakenFigure],
) -> dict[str, str]:
    """One record for all figures of an occupation, because an occupation names one."""
    used = in_use(ledger, tree)
    figures = {
        key: fresh[key].figure if key in fresh else used.get(f"{home}.{key}")
        for key in _OF_AN_OCCUPATION
    }
    known = {key: each for key, each in figures.items() if each}
    old = get(tree, f"{home}.evidence")
    typed = [
        key
        for key in _OF_AN_OCCUPATION
        if key not in known and get(tree, f"{home}.{key}") and old != record
    ]
    origins = [each.origin for each in known.values()]
    told = [_part(key, each) for key, each in known.items()]
    sources = [f"{source_of(each.origin)} ({_CALLED[key]})" for key, each in known.items()]
    for key in typed:
        source = get(tree, f"evidence.{old}.source") if old else None
        told.append(f"{_CALLED[key]}: {get(tree, f'{home}.{key}')}")
        sources.append(f"{source or 'no source is named'} ({_CALLED[key]})")
    name = get(tree, f"{home}.title") or get(tree, f"{home}.soc")
    return {
        "measure": str(name),
        "value": "; ".join(told),
        "unit": "",
        "area": "; ".join(dict.fromkeys(each.area.name for each in origins)),
        "period": "; ".join(dict.fromkeys(each.period for each in origins)),
        "source": "; ".join(dict.fromkeys(sources)),
        "address": origins[0].address,
        "retrieved": min(each.retrieved for each in origins).isoformat(),
    }


def _part(key: str, taken: TakenFigure) -> str:
    """A figure as published, and where it counts several years, for how many."""
    value = said(taken.figure)
    if key == "wage":
        return f"{_CALLED[key]}: ${value}"
    return f"{taken.measure}: {value}"


def _number(text: str) -> Decimal | None:
    try:
        return Decimal(text.replace(",", "").removeprefix("$"))
    except InvalidOperation:
        return None
