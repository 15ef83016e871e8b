"""What a template can put in by reference: answers, passages, tables, pictures, boxes and gaps."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any

from markupsafe import Markup

from localplan.document import markup, prose
from localplan.document.blocks import (
    Align,
    Block,
    Boundary,
    Callout,
    Cell,
    Column,
    Contents,
    Gap,
    Inline,
    ListBlock,
    PageBreak,
    Paragraph,
    Run,
    Table,
)
from localplan.document.blocks import Heading as HeadingBlock
from localplan.document.facts.pathways import pathway_map
from localplan.document.gaps import Gaps
from localplan.document.maps.figures import WageLadder, pathway_figure, wages_figure
from localplan.document.render import Slots
from localplan.knowledge.questions import Question, Questionnaire
from localplan.plan.model import Plan
from localplan.plan.tree import get
from localplan.yamltext import Tree

_SPEC = re.compile(r"(?P<key>\S+)(?: (?P<right>>))?(?: (?P<share>[\d.]+))?")
_FEW = 3
_SHORT = 34
_LONG = 75
_NAME = 80
"""Letters of the longest name that may stand out in a table."""
_PAUSES = frozenset(":;")
_BLANK = "\N{EN DASH}"


class Inserts:
    """The functions of one document, and the answers they have printed so far."""

    def __init__(
        self,
        plan: Plan,
        tree: Tree,
        questionnaire: Questionnaire,
        gaps: Gaps,
        common: Collection[str] = frozenset(),
    ) -> None:
        self.slots = Slots()
        self.printed: set[str] = set()
        self._plan = plan
        self._tree = tree
        self._questionnaire = questionnaire
        self._gaps = gaps
        self._common = common

    def functions(self) -> dict[str, Callable[..., Any]]:
        """Return what templates may call, by name."""
        return {
            "answer": self.answer, "narrative": self.narrative, "runin": self.runin,
            "more": self.more, "extras": self.extras, "passage": self.passage,
            "table": self.table, "bullets": self.bullets, "contents": self.contents,
            "pathway_map": self.pathway_map, "wages": self.wages, "guiding": self.guiding,
            "notice": self.notice, "line": self.line, "todo": self.todo,
            "pagebreak": self.pagebreak,
        }  # fmt: skip

    def answer(self, at: str | Mapping[str, str]) -> Markup:
        """A long answer, as it was written."""
        path = _path(at)
        blocks = self._blocks(path)
        return self.slots.hold((Boundary(path, "answer"), *blocks)) if blocks else Markup("")

    def runin(self, lead: str, at: str | Mapping[str, str]) -> Markup:
        """A long answer after a quiet lead-in; nothing when it is not answered."""
        path = _path(at)
        blocks = self._blocks(path)
        if not blocks:
            return Markup("")
        head = Paragraph((Run(str(lead)),), "runin")
        return self.slots.hold((Boundary(path, "answer"), head, *blocks))

    def narrative(self, key: str, heading: str, level: int = 2) -> Markup:
        """A narrative under its heading; where it is missing, what this stage shows instead."""
        path = f"narratives.{key}"
        head = HeadingBlock(level, (Run(heading),), label=f"narrative-{key.replace('_', '-')}")
        blocks = self._blocks(path)
        said = self._gaps.said_of(path)
        if not blocks and said:
            blocks = (Paragraph((Run(said),)),)
        if blocks:
            return self.slots.hold((Boundary(path, "answer"), head, *blocks))
        standin = self._gaps.standin(path)
        return self.slots.hold((head, standin)) if standin else Markup("")

    def more(self, section: str, level: int = 2) -> Markup:
        """The narratives of a chapter that the template does not know by name."""
        asked = self._questionnaire.section(section).questions
        return Markup("").join(
            self.narrative(
                question.fills.partition(".")[2],
                question.heading or _heading_of(question.ask),
                level,
            )
            for question in asked
            if question.is_narrative and question.fills not in self.printed | self._gaps.shown
        )

    def extras(self, record: str) -> Markup:
        """The answers of a record to questions that data alone added, each after its question."""
        more = get(self._tree, f"{record}.more")
        if not isinstance(more, dict):
            return Markup("")
        general = f"{record.partition('.')[0]}.*.more."
        asked = self._questionnaire.by_fills()
        return Markup("").join(
            self.runin(_lead(asked.get(general + key), key), f"{record}.more.{key}") for key in more
        )

    def passage(
        self, name: str, built_from: Sequence[str] = (), *, caller: Callable[[], str]
    ) -> Markup:
        """Generated paragraphs, or the Board's own words in their place."""
        begin = Boundary(f"passages.{name}", "passage", tuple(built_from))
        own = self._plan.passages.get(name)
        if own is not None and own.text:
            return self.slots.hold((begin, *markup.parse(own.text)))
        text = str(caller()).strip()
        if not text:
            return Markup("")
        return Markup(f"{self.slots.hold((begin,))}{text}\n\n")  # noqa: S704 (rendered by this template)

    def table(  # noqa: PLR0913, PLR0917 (templates name them)
        self,
        rows: Sequence[Mapping[str, Any]],
        caption: str,
        columns: Mapping[str, str],
        label: str = "",
        source: str = "",
        wide: bool = False,  # noqa: FBT001, FBT002
        dense: bool = False,  # noqa: FBT001, FBT002
    ) -> Markup:
        """A table of `rows`: each column's head and the key it prints.

        A column is written `key`, or `key >` to align right, or `key 2` for twice the width. Blank
        columns and rows are left out; where one column is left, its cells are a list instead.
        """
        keys = [_key(spec) for spec in columns.values()]
        rows = [row for row in rows if any(row.get(key) for key in keys)]
        shown = {
            head: spec for head, spec in columns.items() if any(row.get(_key(spec)) for row in rows)
        }
        if not shown:
            return Markup("")
        region = Boundary(f"tables.{label or caption}", "table")
        sources = f"Source: {prose.stopped(str(source))}" if source else ""
        if len(shown) == 1:
            cells = [self._cell(row.get(_key(*shown.values())), name=False) for row in rows]
            beneath = (Paragraph((Run(sources),), "source"),) if sources else ()
            head = Paragraph((Run(str(caption)),), "runin")
            return self.slots.hold((region, head, _listed_cells(cells), *beneath))
        names = _are_names([str(row.get(_key(next(iter(shown.values()))), "")) for row in rows])
        block = Table(
            columns=tuple(_column(head, spec) for head, spec in shown.items()),
            rows=tuple(
                tuple(
                    self._cell(row.get(_key(spec), ""), name=names and place == 0)
                    for place, spec in enumerate(shown.values())
                )
                for row in rows
            ),
            caption=str(caption),
            source=sources,
            label=label,
            wide=wide,
            dense=dense,
            records=tuple(str(row.get("path", "")) for row in rows),
        )
        return self.slots.hold((region, block))

    def bullets(self, items: Sequence[str]) -> Markup:
        """A bulleted list of short texts."""
        return (
            self.slots.hold((_bulleted([(Run(str(item)),) for item in items]),))
            if items
            else Markup("")
        )

    def pathway_map(
        self, pathway: Mapping[str, Any], caption: str, label: str, where: str
    ) -> Markup:
        """The map of a pathway, when there is something to draw."""
        shown = pathway_map(dict(pathway))
        if not (shown.steps or (shown.entries and shown.exits)):
            return Markup("")
        figure = pathway_figure(shown, str(caption), label, str(where))
        return self.slots.hold((Boundary(f"figures.{label}", "figure"), figure))

    def wages(
        self, pathways: Sequence[Mapping[str, Any]], family_wage: float, caption: str
    ) -> Markup:
        """Wages at the exits of each pathway, when there are enough to compare."""
        ladders = [
            WageLadder(str(pathway["name"]), tuple(pathway["wage_values"]))
            for pathway in pathways
            if pathway["wage_values"]
        ]
        if sum(len(ladder.wages) for ladder in ladders) < _FEW:
            return Markup("")
        alt = "A dot for each hourly wage, one line for each pathway. The table lists the wages."
        figure = wages_figure(ladders, family_wage, str(caption), alt)
        return self.slots.hold((Boundary("figures.wages", "figure"), figure))

    def guiding(self, section: str) -> Markup:
        """The guiding questions of a chapter in a quiet box."""
        asked = self._questionnaire.section(section).guiding_questions
        if not asked:
            return Markup("")
        listed = _bulleted([(Run(question.text),) for question in asked])
        return self.slots.hold((Callout("Questions this chapter answers", (listed,)),))

    def notice(self, title: str, text: str) -> Markup:
        """A box that no reader should miss."""
        return self.slots.hold((Callout(str(title), (Paragraph((Run(str(text)),)),), "caution"),))

    def line(self, look: str, text: str) -> Markup:
        """A paragraph in one of the document's looks, such as the title; nothing for no text."""
        words = str(text).strip()
        return self.slots.hold((Paragraph((Run(words),), look),)) if words else Markup("")  # type: ignore[arg-type]

    def todo(self, *places: str) -> Markup:
        """What is still missing at `places`, in a working draft; nothing in other stages."""
        boxes: tuple[Gap, ...] = self._gaps.at(places)
        return self.slots.hold(boxes) if boxes else Markup("")

    def pagebreak(self) -> Markup:
        """What follows begins a new page."""
        return self.slots.hold((PageBreak(),))

    def contents(self) -> Markup:
        """The table of contents under its heading."""
        head = HeadingBlock(1, (Run("Contents"),), label="contents", listed=False, numbered=False)
        return self.slots.hold((head, Contents()))

    def _blocks(self, path: str) -> tuple[Block, ...]:
        text = get(self._tree, path)
        if not isinstance(text, str) or not text.strip() or self._gaps.says_nothing(path):
            return ()
        self.printed.add(path)
        return markup.parse(text)

    def _cell(self, value: object, *, name: bool) -> Cell:
        """One cell; a `name` stands out from what is said beneath it."""
        if isinstance(value, Mapping):
            path = _path(value)
            blocks = self._blocks(path)
            match blocks:
                case (Paragraph(text=text),):
                    return Cell(text, path)
                case _:
                    return Cell((), path if blocks else "", blocks)
        if isinstance(value, (list, tuple)):
            return _listed_cell([str(item) for item in value], self._common)
        if name:
            first, line, more = str(value).partition("\n")
            return Cell((Run(first, bold=True), *((Run(line + more),) if more else ())))
        return Cell((Run(str(value or "") or _BLANK),))


def _path(at: str | Mapping[str, str]) -> str:
    return str(at.get("answer", "")) if isinstance(at, Mapping) else str(at)


def _lead(question: Question | None, key: str) -> str:
    if question is None:
        return prose.sentence_start(key.replace("_", " "))
    return question.heading or question.ask.strip()


def _heading_of(ask: str) -> str:
    return ask.strip().rstrip("?.")


def _are_names(heads: Sequence[str]) -> bool:
    """True where a first column holds short names, some with a line beneath that describes them."""
    return any("\n" in head for head in heads) and all(
        0 < len(head.partition("\n")[0]) <= _NAME for head in heads
    )


def _key(spec: str) -> str:
    return spec.split(" ", 1)[0]


def _column(head: str, spec: str) -> Column:
    found = _SPEC.fullmatch(spec)
    align: Align = "right" if found and found["right"] else "left"
    share = float(found["share"]) if found and found["share"] else 1.0
    return Column((Run(str(head)),), align, share)


def _listed_cell(items: Sequence[str], common: Collection[str]) -> Cell:
    """Several short texts in one cell, which begins with a capital as cells do."""
    if not items:
        return Cell((Run(_BLANK),))
    first = _opening(items[0], common)
    if len(items) == 1 or (len(items) <= _FEW and all(len(item) < _SHORT for item in items)):
        return Cell((Run(prose.listing((first, *map(prose.place, items[1:])))),))
    if all(len(item) < _LONG and not _PAUSES.intersection(item) for item in items):
        return Cell((Run("; ".join((first, *items[1:]))),))
    return Cell((), "", (_bulleted([(Run(_opening(item, common)),) for item in items]),))


def _opening(item: str, common: Collection[str]) -> str:
    """A text with the capital that a cell begins with, unless its first word is a name."""
    return item[:1].upper() + item[1:] if item.split(" ", 1)[0] in common else item


def _listed_cells(cells: Iterable[Cell]) -> ListBlock:
    """The cells of a table's only column as a list."""
    return ListBlock(tuple(cell.blocks or (Paragraph(cell.text),) for cell in cells))


def _bulleted(items: Iterable[Inline]) -> ListBlock:
    return ListBlock(tuple((Paragraph(item),) for item in items))
