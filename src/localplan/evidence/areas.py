"""Which place a person asks for, and which place a row of a file is about."""

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from localplan.errors import LocalPlanError
from localplan.knowledge.sources import AreaRule
from localplan.plan.series import Area
from localplan.resources import STANDARDS

NATION = Area("nation", "US", "United States")
_KNOWN_KINDS = ("state", "county")
_COUNTY = 5
_NO_COUNTY = re.compile(r"\d{2}99[5-9]")
_STATE_ROW = re.compile(r"\d{2}(?:000)?")
_STATE_TITLE = re.compile(r"(.+) \((\w\w)\)")
_IN_A_LINE = re.compile(
    r"((?:[A-Z][\w.'\u2019-]*[ ])+)(County|Parish|Borough|Census Area|Municipio|Planning Region)\b"
)
_JOINED = re.compile(r",\s*(?:and\s+)?|\s+and\s+")
_USUAL_ENDS = ("County", "Parish", "Borough", "Census Area", "Municipio", "Planning Region", "city")


class AreaError(LocalPlanError):
    """A place that cannot be told, and what to write instead."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """The places that a person asks for; several are one local area, and figures are added."""

    parts: tuple[Area, ...]

    @property
    def whole(self) -> Area:
        """The one place, or the sum of several."""
        if len(self.parts) == 1:
            return self.parts[0]
        codes = "+".join(part.code for part in self.parts)
        return Area("sum", codes, "; ".join(part.name for part in self.parts))

    def part_of(self, area: Area) -> int | None:
        """The number of the part that `area` is; None for any other place."""
        for number, part in enumerate(self.parts):
            if _same(part, area):
                return number
        return None


def wanted(asked: Iterable[str], state: str = "") -> Wanted:
    """Return the places that `asked` names: codes, or names of counties, States and other areas.

    `state` is the code of the State, such as CA, where the name of a county leaves it out.

    Raises:
        AreaError: a name fits several counties or none, or a code is no place.
    """
    parts = tuple(dict.fromkeys(_asked(text.strip(), state.upper()) for text in asked))
    return Wanted(parts)


def counties_in(places: Iterable[str], state: str) -> tuple[tuple[Area, ...], tuple[str, ...]]:
    """Return the counties that lines such as "the other cities of Orange County" name.

    The second group are the lines that name no county of `state`.
    """
    found: list[Area] = []
    left: list[str] = []
    for place in places:
        names = [f"{match[1].strip()} {match[2]}" for match in _IN_A_LINE.finditer(place)]
        fits = [area for name in names for area in _counties_called(name, state)]
        found += fits
        if not fits:
            left.append(place)
    return tuple(dict.fromkeys(found)), tuple(left)


def placed(rule: AreaRule, code: str, name: str) -> tuple[Area, frozenset[str]] | None:
    """Return the place with that code by `rule`, with the counties that its name lists.

    None for a code that the rule does not know.
    """
    for kind in rule.kinds:
        if found := re.fullmatch(kind.like, code):
            known = _filled(kind.code, found)
            title = known_areas().get(known, "") if kind.kind in _KNOWN_KINDS else ""
            title = title or name.strip()
            if kind.kind == "nation":
                return NATION, frozenset()
            counties = _listed(rule, name)
            if kind.kind == "county" and not known and len(counties) == 1:
                (known,) = counties
            return Area(kind.kind, known, _bare(title) or known), counties
    return None


@cache
def known_areas() -> Mapping[str, str]:
    """Return the names of States by two digits and of counties by five."""
    text = (STANDARDS / "areas.csv").read_text(encoding="utf-8")
    return {row["code"]: row["title"] for row in csv.DictReader(text.splitlines())}


def _same(part: Area, area: Area) -> bool:
    if part.code and area.code:
        return part.code == area.code and part.kind in {area.kind, "region"}
    return part.name.casefold() == area.name.casefold()


def _filled(code: str, found: re.Match[str]) -> str:
    return re.sub(r"\{(\d)\}", lambda number: found[int(number[1])], code)


def _bare(title: str) -> str:
    state = _STATE_TITLE.fullmatch(title)
    return state[1] if state and state[2].isupper() else title.removesuffix(" -- Statewide")


def _listed(rule: AreaRule, name: str) -> frozenset[str]:
    """The codes of the counties that the name of an area lists, where all are known."""
    found = re.search(rule.counties, name) if rule.counties else None
    if not found:
        return frozenset()
    codes: set[str] = set()
    for county in _JOINED.split(next(filter(None, found.groups()))):
        fits = _counties_called(f"{county} County", rule.state)
        if len(fits) != 1:
            return frozenset()
        codes.add(fits[0].code)
    return frozenset(codes)


def _asked(text: str, state: str) -> Area:
    titles = known_areas()
    if _NO_COUNTY.fullmatch(text):
        raise AreaError(
            f"{text} is no county: it stands for jobs whose county is not known. Name a county, "
            "such as 06059."
        )
    if text.upper() == NATION.code or text.casefold() == NATION.name.casefold():
        return NATION
    if _STATE_ROW.fullmatch(text) and text[:2] in titles:
        return Area("state", text[:2], _bare(titles[text[:2]]))
    if re.fullmatch(r"\d+", text):
        return _by_number(text)
    states = [code for code, title in _states() if text.casefold() in _names(title)]
    if states:
        return Area("state", states[0], _bare(titles[states[0]]))
    counties = _counties_called(text, state)
    if len(counties) > 1:
        raise AreaError(
            f'"{text}" is the name of {len(counties)} counties: {_some(counties)}. Add the State, '
            f"such as {counties[0].name}."
        )
    return counties[0] if counties else Area("region", "", text)


def _by_number(text: str) -> Area:
    if text in known_areas():
        return Area("county", text, known_areas()[text])
    if len(text) < _COUNTY:
        raise AreaError(
            f"{text} is the code of no State or county. Counties have five digits, such as 06059."
        )
    return Area("region", text, text)


def _states() -> Iterable[tuple[str, str]]:
    return ((code, title) for code, title in known_areas().items() if len(code) < _COUNTY)


def _names(title: str) -> set[str]:
    """Both ways to write a State: its name and its two letters."""
    found = _STATE_TITLE.fullmatch(title)
    return {found[1].casefold(), found[2].casefold()} if found else {title.casefold()}


def _counties_called(text: str, state: str) -> Sequence[Area]:
    """The counties that go by a name, with or without "County" and the State behind it."""
    name, _, behind = (part.strip() for part in text.partition(","))
    within = behind or state
    codes = {code for code, title in _states() if within.casefold() in _names(title)}
    if within and not codes:
        return []
    return [
        Area("county", code, title)
        for code, title in known_areas().items()
        if len(code) == _COUNTY
        and (not codes or code[:2] in codes)
        and _is_called(title.partition(",")[0], name)
    ]


def _is_called(title: str, name: str) -> bool:
    wished = name.casefold()
    return wished == title.casefold() or any(
        f"{wished} {end}".casefold() == title.casefold() for end in _USUAL_ENDS
    )


def _some(counties: Sequence[Area], most: int = 4) -> str:
    named = ", ".join(f"{area.name} ({area.code})" for area in counties[:most])
    return f"{named} and more" if len(counties) > most else named
