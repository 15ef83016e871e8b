"""The plan while someone answers: what is asked, what stands there, and how changes are kept."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, TypeAlias

from localplan.desk.openplan import OpenPlan, Outcome, Saved
from localplan.interview.typed import problem_with
from localplan.knowledge.questions import Question, Questionnaire, Section
from localplan.plan.file.answers import Change
from localplan.plan.file.backups import back_up
from localplan.plan.file.merge import Side
from localplan.plan.file.parking import begun_at
from localplan.plan.progress import Item, SectionProgress, assess
from localplan.plan.tree import records
from localplan.yamltext import Tree, Value

Only: TypeAlias = Literal["", "missing", "carried", "all"]


class Leave(Exception):  # noqa: N818 (a person's wish, not an error)
    """The person wants to leave the interview."""


@dataclass(slots=True)
class Session:
    """One sitting at a plan that lies open, and texts typed but not yet saved."""

    plan: OpenPlan
    only: Only = ""
    drafts: dict[str, str] = field(default_factory=dict)
    """What stands in a field that is no answer yet, by path; `ask` keeps it when it is left."""
    note: str = ""
    """What just happened; the next screen says it once."""
    _known: dict[str, SectionProgress] = field(default_factory=dict)
    """Where sections and lists stand, until something is saved."""

    @property
    def questionnaire(self) -> Questionnaire:
        """What the plan is asked."""
        return self.plan.questions

    @property
    def by_fills(self) -> Mapping[str, Question]:
        """Every question by what it fills."""
        return self.plan.by_fills

    @property
    def tree(self) -> Tree:
        """The answers as they stand, together with those shared with other plans."""
        return self.plan.tree

    def value(self, path: str) -> Value | None:
        """Return the answer at `path`."""
        return self.plan.value(path)

    def text(self, path: str) -> str:
        """Return the answer at `path` as one text; a list gives one line for each part."""
        found = self.value(path)
        if isinstance(found, list):
            return "\n".join(part for part in found if isinstance(part, str))
        return found if isinstance(found, str) else ""

    def begun(self, path: str) -> str:
        """Return the text that somebody began for the answer at `path` and left; blank for none."""
        return self.drafts.get(path, "") or begun_at(self.tree, path)

    def record(self, changes: Iterable[Change], keep: Mapping[str, Side] | None = None) -> Outcome:
        """Save `changes`, and say what came of it; what was typed is then no draft any more."""
        made = tuple(changes)
        outcome = self.plan.change(made, keep=keep)
        if isinstance(outcome, Saved):
            self._known.clear()
            for change in made:
                self.drafts.pop(change.path, None)
            self.note = self._saying(outcome)
        return outcome

    def _saying(self, saved: Saved) -> str:
        """What to say once something is saved: a shared answer cannot be removed here."""
        for path in saved.staying:
            return f"It comes from {self.plan.origin(path)} and can be removed only there"
        return "saved"

    def keep_state(self) -> None:
        """Keep the file as it stands in a backup, before something is taken out of it."""
        with suppress(OSError):
            path, now = self.plan.path, datetime.now().astimezone()
            back_up(path, path.read_bytes(), now, always=True)

    def said_once(self) -> str:
        """Return the note, and forget it."""
        said, self.note = self.note, ""
        return said

    def problem_with(self, question: Question, text: str) -> str:
        """Return what is wrong with `text` as an answer; nothing when all is well."""
        if question.fills == "plan.outline" and text.strip():
            return self.plan.outline_problem(text.strip())
        return problem_with(question, text)

    def section_progress(self, name: str) -> SectionProgress:
        """Return where one section stands; much quicker than the whole plan."""
        return self._standing_of(self.questionnaire.section(name), f"section {name}")

    def steps_of(self, name: str) -> tuple[Item, ...]:
        """Return the questions of a section as they are walked: records are one step."""
        section = self.questionnaire.section(name)
        own = {question.id for question in section.questions}
        items = self.section_progress(name).items
        return tuple(item for item in items if item.question.id in own)

    def fields_of(self, question: Question, record: str) -> tuple[Item, ...]:
        """Return what is asked about the record at the path `record` of a `records` question."""
        own = {each.id for each in question.fields}
        return tuple(
            item
            for item in self.items_within(question, record)
            if item.question.id in own and item.path.startswith(f"{record}.")
        )

    def items_within(self, question: Question, path: str) -> tuple[Item, ...]:
        """Return every item at or below `path`, which `question` or its fields ask for."""
        top = self._top(question)
        section = Section(top.section, "", "", {}, (), (top,))
        items = self._standing_of(section, top.id).items
        return tuple(
            item for item in items if item.path == path or item.path.startswith(f"{path}.")
        )

    def _standing_of(self, section: Section, name: str) -> SectionProgress:
        if name not in self._known:
            self._known[name] = assess(Questionnaire((section,)), self.tree).sections[0]
        return self._known[name]

    def _top(self, question: Question) -> Question:
        """The question of a section that holds `question`, which may be a field of its records."""
        for section in self.questionnaire.sections:
            for top in section.questions:
                if _holds(top, question):
                    return top
        return question

    def as_it_stands(self, item: Item) -> Item:
        """Return the item as it is by now, after something was saved."""
        within = self.items_within(item.question, item.path)
        return next((each for each in within if each.path == item.path), item)

    def open_within(self, item: Item) -> int:
        """Return how many required answers at or below `item` are missing."""
        return sum(
            each.required and not each.settled
            for each in self.items_within(item.question, item.path)
        )

    def records(self, path: str) -> tuple[str, ...]:
        """Return the paths of the records in the list at `path`."""
        return records(self.tree, path)


def _holds(top: Question, question: Question) -> bool:
    return top.id == question.id or any(_holds(each, question) for each in top.fields)
