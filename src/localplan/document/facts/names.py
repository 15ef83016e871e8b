"""What to call things: labels of codes, names of records, sources of figures."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from localplan.document import prose
from localplan.knowledge.lists import labels
from localplan.plan.model import Evidence, Plan
from localplan.plan.names import named, words_of_id

Facts: TypeAlias = dict[str, Any]
"""Plain data for a template: text, numbers, yes or no, lists and groups of these."""


_REFERRED_TO = (
    "partners", "providers", "populations", "sectors", "pathways", "metrics", "one_stops", "areas",
    "supports",
)  # fmt: skip
"""The lists whose records other answers name by their id."""


@dataclass(frozen=True, slots=True)
class Names:
    """Names of the plan's records by id, and its evidence by id."""

    records: Mapping[str, str]
    evidence: Mapping[str, Evidence]
    common: Collection[str] = frozenset()
    """Words that are no proper names and lose their capital within a sentence."""

    def of(self, reference: str | None) -> str:
        """Return the name of what `reference` points to; what cannot be found stays as typed."""
        if not reference:
            return ""
        return self.records.get(reference, reference)

    def all_of(self, references: Iterable[str]) -> list[str]:
        """Return the names of several references, each once."""
        return list(dict.fromkeys(filter(None, map(self.of, references))))

    def people(self, references: Iterable[str]) -> str:
        """Return groups of people as they are said: `Low-income adults and older workers`."""
        said = (prose.in_sentence(name, self.common) for name in self.all_of(references))
        return prose.sentence_start(prose.listing(said))

    def source(self, *references: str | None) -> str:
        """Return the sources behind figures as one line, each source once."""
        lines: dict[str, None] = {}
        for reference in references:
            found = self.evidence.get(reference or "")
            said = cited(found) if found is not None else reference
            if said:
                lines[said] = None
        return "; ".join(lines)


def names_of(plan: Plan, common: Collection[str] = frozenset()) -> Names:
    """Return the names in a plan; `common` words lose their capital within a sentence."""
    records: dict[str, str] = {"board": "the Board"}
    for place in _REFERRED_TO:
        for record in getattr(plan, place):
            name = named(place, record)
            records.setdefault(record.id, _short(name) if place == "areas" else name)
    return Names(records, {item.id: item for item in plan.evidence}, common)


def called(name: str | None, key: str) -> str:
    """Return what to call a record: its name, or the words of its id where it has none."""
    return name or words_of_id(key)


def _short(area: str) -> str:
    """The name of an area as people say it: without "Local Workforce Development Area"."""
    return re.sub(r"\s+(?:Local )?Workforce (?:Development|Investment) Area$", "", area)


def beneath(*lines: str) -> str:
    """Return the lines that are not blank, one beneath the other."""
    return "\n".join(line for line in lines if line)


def cited(item: Evidence) -> str:
    """Return who published a figure, for when, and when it was read."""
    read = f"retrieved {prose.day(item.retrieved)}" if item.retrieved else ""
    return ", ".join(part for part in (item.source or item.measure, item.period, read) if part)


def label(code: str | None, *lists: str) -> str:
    """Return the label of `code` in the first of `lists` that holds it; else the code as words."""
    if not code:
        return ""
    for name in lists:
        if code in labels(name):
            return labels(name)[code]
    return prose.words_of(code, {})


def answer(path: str, text: str | None) -> Facts | str:
    """Return a reference to a long answer, or blank when there is none."""
    return {"answer": path} if text else ""
