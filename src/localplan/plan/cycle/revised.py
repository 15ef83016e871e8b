"""Revised from the current plan, yes or no: by what the law asks, and by section."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from localplan.knowledge.questions import Questionnaire
from localplan.knowledge.standards import Requirement
from localplan.knowledge.targets import Target
from localplan.plan.cycle.changes import AnswerChange, Changes, RecordChange
from localplan.plan.names import is_level
from localplan.plan.tree import holds, matches
from localplan.yamltext import Tree

STAFF_ONLY = ".definition."
"""What staff judge about a pathway; it is no part of the plan."""
_OF_EACH_PLAN = ("approvals.", "public_comment.", "attachments.", "comments.", "plan.dates.")
"""What every plan and every modification goes through anew; told in one sentence."""
_NAMED = 3
_LONGEST = 48


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: what was asked, whether it was revised, and how."""

    id: str
    heading: str
    citation: str
    revised: bool
    sentence: str


def by_requirement(
    requirements: Iterable[Requirement], found: Changes, old: Tree, new: Tree
) -> tuple[Row, ...]:
    """Return a row for each requirement of the law that applies to the new plan."""
    index = _Index(found)
    return tuple(
        _row(each.id, each.heading, each.citation, index.within(_places(each.targets, old, new)))
        for each in requirements
        if holds(each.when, new)
    )


def by_section(
    questionnaire: Questionnaire, found: Changes, old: Tree, new: Tree
) -> tuple[Row, ...]:
    """Return a row for each section of the plan."""
    index = _Index(found)
    rows: list[Row] = []
    for section in questionnaire.sections:
        targets = [Target.parse(question.fills) for question in section.questions]
        hits = index.within(_places(targets, old, new))
        rows.append(_row(section.id, section.title, "", hits))
    return tuple(rows)


class _Index:
    """Changes by every beginning of their path."""

    def __init__(self, found: Changes) -> None:
        self._answers: dict[str, list[AnswerChange]] = {}
        self._records: dict[str, list[RecordChange]] = {}
        for answer in found.answers:
            if STAFF_ONLY in answer.path:
                continue
            for beginning in _beginnings(answer.path):
                self._answers.setdefault(beginning, []).append(answer)
        for record in found.records:
            for beginning in _beginnings(record.path):
                self._records.setdefault(beginning, []).append(record)
        self._came_or_went = {each.path: each for each in found.records if each.how != "changed"}

    def within(
        self, places: Iterable[str]
    ) -> tuple[tuple[AnswerChange, ...], tuple[RecordChange, ...]]:
        answers: dict[str, AnswerChange] = {}
        records: dict[str, RecordChange] = {}
        for place in places:
            records.update((each.path, each) for each in self._records.get(place, ()))
            for answer in self._answers.get(place, ()):
                answers[answer.path] = answer
                for beginning in _beginnings(answer.path):
                    if beginning in self._came_or_went:
                        records[beginning] = self._came_or_went[beginning]
        return tuple(answers.values()), tuple(records.values())


def _places(targets: Iterable[Target], old: Tree, new: Tree) -> Iterator[str]:
    seen: set[str] = set()
    for target in targets:
        for tree in (new, old):
            for path, _ in matches(tree, target):
                if path not in seen:
                    seen.add(path)
                    yield path


def _beginnings(path: str) -> Iterator[str]:
    yield path
    while "." in path:
        path = path.rpartition(".")[0]
        yield path


def _row(
    name: str,
    heading: str,
    citation: str,
    hits: tuple[tuple[AnswerChange, ...], tuple[RecordChange, ...]],
) -> Row:
    answers, records = hits
    if not answers and not records:
        return Row(name, heading, citation, revised=False, sentence="No change.")
    return Row(name, heading, citation, revised=True, sentence=_sentence(answers, records))


def _sentence(answers: tuple[AnswerChange, ...], records: tuple[RecordChange, ...]) -> str:
    """What changed, in words: who came and went first, then which texts and facts."""
    said: list[str] = []
    for how, verb in (("added", "New"), ("removed", "Gone"), ("changed", "Renamed")):
        names = [(each.new or each.old).rstrip(".") for each in records if each.how == how]
        said += [f"{verb}: {_listed(names)}."] if names else []
    told = {each.path for each in records}
    left = [each for each in answers if not _is_told(each.path, told)]
    rest = [each for each in left if not each.path.startswith(_OF_EACH_PLAN)]
    shown = _by_verb(rest)
    for verb, labels in shown.items():
        gathered = _gathered(labels)
        said += [f"{verb}: {_listed(gathered)}."] if gathered else []
    if len(rest) < len(left):
        said.append("Dates, notices, votes and files: each plan has its own.")
    return " ".join(said)


def _by_verb(changes: Iterable[AnswerChange]) -> dict[str, list[str]]:
    """What each change is about; levels that went for others that came are levels revised."""
    verbs = {"changed": "Revised", "added": "Added", "removed": "Taken out"}
    shown: dict[str, list[str]] = {verb: [] for verb in verbs.values()}
    levels: set[str] = set()
    for each in changes:
        if is_level(each.path):
            levels.add(verbs[each.how])
        else:
            shown[verbs[each.how]].append(each.label)
    if levels:
        shown[levels.pop() if len(levels) == 1 else "Revised"].append("levels of performance")
    return shown


def _gathered(labels: Iterable[str]) -> list[str]:
    """The labels, those about the same record as one: "Delta College: role and programs"."""
    about: dict[str, list[str]] = {}
    for label in dict.fromkeys(labels):
        record, _, key = label.rpartition(": ")
        about.setdefault(record or label, []).append(key if record else "")
    return [_about(record, keys) for record, keys in about.items()]


def _about(record: str, keys: list[str]) -> str:
    shown = record if len(record) <= _LONGEST else f"{record[:_LONGEST].rpartition(' ')[0]} …"
    if not all(keys):
        return shown
    return f"{shown}: {' and '.join(keys)}" if len(keys) <= len("12") else shown


def _is_told(path: str, told: set[str]) -> bool:
    return any(beginning in told for beginning in _beginnings(path))


def _listed(names: list[str]) -> str:
    if len(names) > _NAMED:
        return f"{', '.join(names[:_NAMED])} and {len(names) - _NAMED} more"
    return ", ".join(names)
