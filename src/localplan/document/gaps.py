"""What a reader sees where an answer is missing: a box in a working draft, a plain sentence elsewhere."""

from collections.abc import Iterable, Mapping, Sequence

from localplan.document import prose
from localplan.document.blocks import Block, Gap, Paragraph, Run
from localplan.document.facts.names import Names
from localplan.knowledge.questions import Stage
from localplan.plan.model import Plan, Standing
from localplan.plan.progress import Item, Progress

_PREPARING = "The Board is still preparing this part of the plan."


class Gaps:
    """The missing answers of one document, and which of them it has shown."""

    def __init__(self, plan: Plan, progress: Progress, names: Names, stage: Stage) -> None:
        self.shown: set[str] = set()
        self._plan = plan
        self._names = names
        self._working = stage == "working"
        self._missing = {item.path: item for item in progress.missing}
        self._items = {item.path: item for item in progress.items()}
        self._titles = {part.section.id: part.section.title for part in progress.sections}

    def says_nothing(self, path: str) -> bool:
        """Return whether what stands at `path` is a placeholder, so that nothing should be printed."""
        item = self._items.get(path)
        return item is not None and item.state != "answered"

    def said_of(self, path: str) -> str:
        """Return the sentence for an answer that does not apply, or stands in the regional plan."""
        item = self._items.get(path)
        standing = self._plan.status.get(path)
        if item is None or standing is None:
            return ""
        if item.state == "not-applicable" and standing.reason:
            return f"This does not apply here: {prose.stopped(standing.reason)}"
        if item.state == "regional":
            title = self._plan.plan.regional_plan.title if self._plan.plan.regional_plan else None
            place = f", {standing.reason}" if standing.reason else ""
            return f"The regional plan answers this: {title or 'see the regional plan'}{place}."
        return ""

    def standin(self, path: str) -> Block | None:
        """Return what stands in place of one missing answer; None where nothing is asked for."""
        item = self._missing.get(path)
        if item is None:
            return None
        self.shown.add(path)
        return self._box(item) if self._working else Paragraph((Run(_PREPARING),))

    def at(self, places: Sequence[str]) -> tuple[Gap, ...]:
        """Return boxes for what is missing at or under `places`, one for each record; none outside a working draft."""
        found = [
            item
            for path, item in self._missing.items()
            if path not in self.shown and any(_under(path, place) for place in places)
        ]
        self.shown.update(item.path for item in found)
        return tuple(self._boxes(found)) if self._working else ()

    def listed(self) -> list[dict[str, object]]:
        """Return everything missing, section by section, with who owns it."""
        rows: list[dict[str, object]] = []
        for item in self._missing.values():
            standing = self._plan.status.get(item.path) or Standing()
            rows.append(
                {
                    "section": self._titles.get(item.question.section, ""),
                    "what": self._what([item]),
                    "owner": self._names.of(standing.owner) or item.question.knows,
                    "due": prose.day(standing.due),
                }
            )
        return rows

    def _boxes(self, items: Iterable[Item]) -> Iterable[Gap]:
        by_record: dict[str, list[Item]] = {}
        for item in items:
            by_record.setdefault(_record_of(item), []).append(item)
        for together in by_record.values():
            yield self._box(together[0], together)

    def _box(self, item: Item, together: Sequence[Item] = ()) -> Gap:
        standing = self._plan.status.get(item.path) or Standing()
        return Gap(
            what=self._what(together or [item]),
            why=item.question.why.strip().split("\n")[0] if len(together) < 2 else "",  # noqa: PLR2004
            owner=self._names.of(standing.owner) or item.question.knows,
            due=prose.day(standing.due),
            path=item.path,
        )

    def _what(self, items: Sequence[Item]) -> str:
        asks = " ".join(item.question.ask.strip() for item in items)
        record = _record_of(items[0])
        if not record:
            return asks
        root, _, rest = record.partition(".")
        return f"{_record_name(self._plan, self._names, root, rest.split('.')[0])}: {asks}"


def _under(path: str, place: str) -> bool:
    return path == place or path.startswith(place + ".")


def _record_of(item: Item) -> str:
    """The path of the outermost record that the question is asked about; blank for none."""
    if not item.question.per_record:
        return ""
    depth = item.question.fills.split(".").index("*") + 1
    return ".".join(item.path.split(".")[:depth])


def _record_name(plan: Plan, names: Names, root: str, key: str) -> str:
    known = names.records.get(key)
    if known:
        return known
    records: Mapping[str, str] = {
        "metrics": "A measure",
        "evidence": "A figure",
        "actions": "An action",
    }
    return records.get(root, "An entry without a name")
