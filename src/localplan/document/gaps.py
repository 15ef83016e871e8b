"""What stands where an answer is missing: a box in a working draft, else a plain sentence."""

from collections.abc import Iterable, Sequence

from localplan.document import prose
from localplan.document.blocks import Block, Gap, Paragraph, Run
from localplan.document.facts.names import Names
from localplan.knowledge.kinds import Stage
from localplan.plan.model import Plan, Standing
from localplan.plan.names import called
from localplan.plan.progress import Item, Progress
from localplan.yamltext import Tree

_UNASSIGNED = "not assigned yet"
_FEW = 3
"""Names that a question is asked about before itself; more stand beneath it."""
_MANY = 5
"""Names that a box lists; with eight, a box of a real plan hid what it asks."""
_THINGS = frozenset({"metrics", "populations", "sectors", "supports"})
"""Lists of things that are said in common words; organizations and places keep their capitals."""
_PREPARING = "The Board is still preparing this part of the plan."


class Gaps:
    """The missing answers of one document, and which of them it has shown."""

    def __init__(
        self, plan: Plan, tree: Tree, progress: Progress, names: Names, stage: Stage
    ) -> None:
        self.shown: set[str] = set()
        self._plan = plan
        self._tree = tree
        self._names = names
        self._working = stage == "working"
        self._missing = {item.path: item for item in progress.missing}
        self._items = {item.path: item for item in progress.items()}
        self._titles = {part.section.id: part.section.title for part in progress.sections}

    def says_nothing(self, path: str) -> bool:
        """Return whether `path` holds a placeholder, so that nothing should be printed."""
        item = self._items.get(path)
        return item is not None and item.state != "answered"

    def said_of(self, path: str) -> str:
        """Return the sentence for an answer that does not apply, or stands in the regional plan.

        It counts as printed from then on.
        """
        item = self._items.get(path)
        standing = self._plan.status.get(path)
        said = self._sentence(item, standing) if item and standing else ""
        if said:
            self.shown.add(path)
        return said

    def unsaid(self) -> list[tuple[Item, str]]:
        """Return what does not apply or stands elsewhere and was not printed yet, each with why."""
        found = [self._items[path] for path in self._plan.status if path in self._items]
        left = [item for item in found if item.path not in self.shown]
        return [(item, said) for item in left if (said := self.said_of(item.path))]

    def _sentence(self, item: Item, standing: Standing) -> str:
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
        """Return boxes for what is missing at or under `places`; none outside a working draft."""
        found = [
            item
            for path, item in self._missing.items()
            if path not in self.shown and any(_under(path, place) for place in places)
        ]
        self.shown.update(item.path for item in found)
        return tuple(self._boxes(found)) if self._working else ()

    def listed(self) -> list[dict[str, object]]:
        """Return everything missing, section by section, with who owns it and how many answers."""
        sections: dict[str, list[Item]] = {}
        for item in self._missing.values():
            sections.setdefault(item.question.section, []).append(item)
        return [
            {
                "section": self._titles.get(section, ""),
                "what": self._what(groups[0], groups),
                "owner": prose.sentence_start(box.owner.removeprefix(f"{_UNASSIGNED}; ")),
                "due": box.due,
                "answers": sum(len(group) for group in groups),
            }
            for section, items in sections.items()
            for groups in self._together(items)
            for box in (self._box(groups[0][0], groups),)
        ]

    def _boxes(self, items: Iterable[Item]) -> Iterable[Gap]:
        """One box for each question; records that lack the same answers share one."""
        for groups in self._together(items):
            yield self._box(groups[0][0], groups)

    def _together(self, items: Iterable[Item]) -> Iterable[list[list[Item]]]:
        by_record: dict[tuple[str, ...], list[Item]] = {}
        for item in items:
            # A name beside a question is said of that question alone.
            place = (_record_of(item) or _family_of(item), *self._owners([item]))
            by_record.setdefault(place, []).append(item)
        alike: dict[tuple[str, ...], list[list[Item]]] = {}
        for together in by_record.values():
            asked = tuple(item.question.id for item in together)
            alike.setdefault((asked[0], *asked, *self._owners(together)), []).append(together)
        return alike.values()

    def _owners(self, items: Sequence[Item]) -> tuple[str, ...]:
        return tuple(
            f"{standing.owner} {standing.due}"
            for item in items
            if (standing := self._plan.status.get(item.path)) is not None
        )

    def _box(self, item: Item, groups: Sequence[Sequence[Item]] = ()) -> Gap:
        together = groups[0] if groups else [item]
        standing = self._plan.status.get(item.path) or Standing()
        why = item.question.why.strip().split("\n")[0] if len(together) < 2 else ""  # noqa: PLR2004
        names = self._named(together, groups)
        many = len(names) > _FEW
        return Gap(
            what=_asked(together) if many else self._what(together, groups),
            why="\n".join(filter(None, (_missing_for(names) if many else "", why))),
            owner=self._owner(item, standing),
            due=prose.day(standing.due),
            path=item.path,
        )

    def _owner(self, item: Item, standing: Standing) -> str:
        if standing.owner:
            return self._names.of(standing.owner)
        usual = item.question.knows
        return f"{_UNASSIGNED}; usually {usual}" if usual else _UNASSIGNED

    def _what(self, items: Sequence[Item], groups: Sequence[Sequence[Item]] = ()) -> str:
        names = self._named(items, groups)
        if not names:
            return _asked(items)
        if len(names) == 1:
            return f"{names[0]}: {_asked(items)}"
        each = "both" if len(names) == 2 else "each of"  # noqa: PLR2004 (two are both)
        things = _record_of(items[0]).partition(".")[0] in _THINGS
        if things:
            names = [prose.in_sentence(name, self._names.common) for name in names]
        return f"For {each} {prose.listing(names)}: {_asked(items)}"

    def _named(self, items: Sequence[Item], groups: Sequence[Sequence[Item]]) -> list[str]:
        """What the records are called that lack these answers."""
        records = [_record_of(group[0]) for group in groups or [items]]
        return list(
            dict.fromkeys(
                prose.plain_end(called(self._tree, record)) for record in records if record
            )
        )


def _missing_for(names: Sequence[str]) -> str:
    """Which records lack an answer; the last only counted where their names would fill the box."""
    more = len(names) - _MANY
    shown = (*names[:_MANY], f"{prose.number_word(more)} more") if more > 1 else names
    return f"Missing for {prose.listing(shown)}."


def _asked(items: Sequence[Item]) -> str:
    return " ".join(dict.fromkeys(item.question.ask.strip() for item in items))


def _under(path: str, place: str) -> bool:
    return path == place or path.startswith(place + ".")


def _family_of(item: Item) -> str:
    """What a question about the plan itself is asked together with: short ones share a box."""
    alone = item.question.is_narrative or item.question.kind in {"records", "text"}
    return item.path if alone else item.path.partition(".")[0]


def _record_of(item: Item) -> str:
    """The path of the outermost record that the question is asked about; blank for none."""
    if not item.question.per_record:
        return ""
    depth = item.question.fills.split(".").index("*") + 1
    return ".".join(item.path.split(".")[:depth])
