"""What changed between two plans, as tables for the board, the State and the public.

The public reads labels for codes, names for ids, and days in words.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from localplan.document import prose
from localplan.document.blocks import Block, Cell, Column, Heading, PageBreak, Paragraph, Run, Table
from localplan.knowledge.questions import Question
from localplan.plan.cycle.changes import AnswerChange, Changes, words
from localplan.plan.cycle.revised import STAFF_ONLY, Row
from localplan.plan.names import called, is_level
from localplan.plan.tree import get
from localplan.yamltext import Tree, Value

_LONGEST = 160
_FEW = 10
_SAID = {"added": "New", "removed": "Gone", "changed": "Renamed"}
_TOLD_ELSEWHERE = (
    "narratives.", "metrics.", "evidence.", "approvals.", "public_comment.", "attachments.",
)  # fmt: skip


def change_report(
    title: str, found: Changes, requirements: Sequence[Row], sections: Sequence[Row]
) -> tuple[Block, ...]:
    """Return the change summary: who and what came and went, and what was revised where."""
    return (
        Paragraph((Run(title),), "title"),
        *_intro(found),
        PageBreak(),
        _heading("What was revised"),
        *_revised("Revised from the current plan, by section", ("Section", 1.2), sections),
        *_revised(
            "Revised from the current plan, by requirement (sections are of WIOA)",
            ("Requirement", 4.2),
            requirements,
        ),
        *_records(found),
        *_levels(found),
        *_facts(found),
    )


def _intro(found: Changes) -> Iterator[Block]:
    if not found.answers:
        yield Paragraph((Run("The two plans hold the same answers."),))
        return
    yield Paragraph(
        (
            Run(
                f"{_differing(found)}. "
                "The plan itself follows, with every change marked: taking in all changes gives "
                "the new plan, and turning them all down gives the old one."
            ),
        )
    )


def _differing(found: Changes) -> str:
    texts = len(found.narratives)
    levels = {each.path for each in found.levels}
    facts = sum(not is_level(each.path) for each in found.answers) - texts
    said = [_count(texts, "text")] if texts else []
    said += [_count(facts, "other answer" if texts else "answer")] if facts else []
    said += [f"the levels of {_count(len(levels), 'measure')}"] if levels else []
    told = prose.listing(said)
    return f"{told} {'differs' if told in {'1 text', '1 answer'} else 'differ'}"


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def _heading(text: str) -> Heading:
    return Heading(1, (Run(text),), numbered=False)


def _revised(caption: str, first: tuple[str, float], rows: Sequence[Row]) -> Iterator[Block]:
    """One row for each thing that was revised and one for all others; many are named below."""
    alike: dict[str, list[str]] = {}
    for row in rows:
        if row.revised:
            alike.setdefault(row.sentence, []).append(_what(row))
    told = [("; ".join(parts), "Yes", sentence) for sentence, parts in alike.items()]
    same = [row.heading for row in rows if not row.revised]
    names, many = "; ".join(same), len(same) > _FEW
    if same:
        told.append(("All others", "No", f"{len(same)}, named below." if many else f"{names}."))
    # Dense, because the State reads this as one page.
    yield _table(caption, (first, ("Revised", 0.65), ("What changed", 3.3)), told, dense=True)
    if many:
        yield Paragraph((Run(f"Not revised: {names}."),), "source")


def _what(row: Row) -> str:
    cite = row.citation.partition(";")[0].partition(" (")[0].removeprefix("WIOA ")
    return f"{row.heading} ({cite})" if cite else row.heading


def _records(found: Changes) -> Iterator[Block]:
    if found.records:
        yield _heading("Who and what came and went")
        yield _table(
            "Partners, sectors, entry points and others that changed",
            (("What", 1.0), ("Change", 0.7), ("Before", 1.6), ("Now", 1.6)),
            [(each.what, _SAID[each.how], each.old, each.new) for each in found.records],
        )


def _levels(found: Changes) -> Iterator[Block]:
    if not found.levels:
        return
    rows: list[tuple[str, str, str]] = []
    for measure, group in groupby(found.levels, key=lambda each: each.path):
        levels = sorted(group, key=lambda each: each.year)
        before = [(each.year, each.old) for each in levels if each.old]
        now = [(each.year, each.new) for each in levels if each.new]
        rows.append((levels[0].measure or measure, _by_year(before), _by_year(now)))
    yield _heading("Levels of performance")
    waiting = [row for row in rows if _is_open(row[2])]
    if waiting:
        count, years = _count(len(waiting), "measure"), waiting[0][2].partition(":")[0]
        told = f"Levels of {count} are still to be negotiated for {years}."
        yield Paragraph((Run(told),))
    rows = [row for row in rows if row not in waiting]
    if rows:
        yield _table("Levels that changed", (("Measure", 2.0), ("Before", 1.6), ("Now", 1.6)), rows)


def _is_open(now: str) -> bool:
    """True where no year has a level yet, as in every new cycle before the negotiations."""
    return now.endswith(": not negotiated") and now.count(":") == 1


def _by_year(levels: Sequence[tuple[str, str]]) -> str:
    """The levels with their years, those that are the same together."""
    said: list[str] = []
    for level, group in groupby(levels, key=lambda each: each[1]):
        years = [year for year, _ in group]
        span = f"{years[0]} to {years[-1]}" if years[1:] else years[0]
        said.append(f"{span}: {level}")
    return "; ".join(said)


def _facts(found: Changes) -> Iterator[Block]:
    """The other answers, without those that a record which came or went brings along."""
    told = tuple(f"{each.path}." for each in found.records if each.how != "changed")
    rest = [
        change
        for change in found.answers
        if not change.path.startswith((*told, *_TOLD_ELSEWHERE))
        and STAFF_ONLY not in change.path
    ]  # fmt: skip
    if rest:
        yield _heading("Other answers that changed")
        yield _table(
            "Other answers, before and now",
            (("Answer", 1.3), ("Before", 1.6), ("Now", 1.6)),
            [(change.label, _short(change, "old"), _short(change, "new")) for change in rest],
        )


def _short(change: AnswerChange, side: str) -> str:
    text = " ".join(words(change.old if side == "old" else change.new).split())
    if len(text) <= _LONGEST:
        return text
    return text[:_LONGEST].rpartition(" ")[0] + " …"


def _table(
    caption: str,
    columns: Sequence[tuple[str, float]],
    rows: Sequence[tuple[str, ...]],
    *,
    dense: bool = False,
) -> Table:
    return Table(
        columns=tuple(Column((Run(head),), share=share) for head, share in columns),
        rows=tuple(tuple(Cell((Run(text),)) for text in row) for row in rows),
        caption=caption,
        dense=dense,
    )


def in_words(found: Changes, old: Tree, new: Tree, asked: Mapping[str, Question]) -> Changes:
    """Return the changes with each answer in words; `asked` gives the question by path.

    An answer that names the same things by other ids says the same.
    """
    told = [_told(each, old, new, asked) for each in found.answers]
    return replace(found, answers=tuple(each for each in told if each.old != each.new))


def _told(
    change: AnswerChange, old: Tree, new: Tree, asked: Mapping[str, Question]
) -> AnswerChange:
    question = asked.get(change.path)
    if question is None:
        return change
    return replace(
        change, old=_words(question, change.old, old), new=_words(question, change.new, new)
    )


def _words(question: Question, value: Value | None, tree: Tree) -> str:
    if not isinstance(value, list):
        return _one(question, words(value), tree)
    told = [_one(question, words(each), tree) for each in value]
    return ("; " if any("," in each for each in told) else ", ").join(told)


def _one(question: Question, text: str, tree: Tree) -> str:
    if question.kind == "date":
        return prose.day_said(text)
    if "board" in question.sources and text == "board":
        return "the Board"
    for home in question.sources:
        if get(tree, f"{home}.{text}") is not None:
            return called(tree, f"{home}.{text}")
    labels = {option.code: option.label for option in question.options}
    return labels.get(text, text)
