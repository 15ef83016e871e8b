"""The plan while someone answers: what is asked, what stands there, and how changes are kept."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Literal, TypeAlias

from localplan.errors import shown
from localplan.interview.typed import problem_with
from localplan.knowledge.asking import questionnaire_for
from localplan.knowledge.questions import Question, Questionnaire, Section
from localplan.knowledge.standards import StandardsError
from localplan.knowledge.states import State, load_state
from localplan.plan.checks.checkup import Checkup, check_up
from localplan.plan.file.answers import AnswersFile, Change
from localplan.plan.file.backups import back_up
from localplan.plan.file.copies import conflict_copies
from localplan.plan.file.merge import Side
from localplan.plan.file.parking import begun_at
from localplan.plan.file.saving import changed, save
from localplan.plan.file.uses import Combined, with_shared
from localplan.plan.progress import Item, Progress, SectionProgress, assess
from localplan.plan.standings import standings, texts
from localplan.plan.tree import get, records
from localplan.yamltext import Tree, Value

Only: TypeAlias = Literal["", "missing", "carried", "all"]

_SETS_THE_QUESTIONS = ("plan.frameworks", "plan.outline")


class Leave(Exception):  # noqa: N818 (a person's wish, not an error)
    """The person wants to leave the interview."""


@dataclass(slots=True)
class Session:
    """One sitting: the file as last saved, who answers, and texts typed but not yet saved."""

    file: AnswersFile
    questionnaire: Questionnaire
    state: State | None
    today: date
    person: str = ""
    only: Only = ""
    drafts: dict[str, str] = field(default_factory=dict)
    """What stands in a field that is no answer yet, by path; `ask` keeps it when it is left."""
    note: str = ""
    """What just happened; the next screen says it once."""
    _fills: dict[str, Question] | None = None
    _known: dict[str, SectionProgress] = field(default_factory=dict)
    """Where sections and lists stand, until something is saved."""
    _joined: tuple[AnswersFile, Combined] | None = None
    """The file with the answers that it shares with other plans."""

    @property
    def by_fills(self) -> dict[str, Question]:
        """Every question by what it fills."""
        if self._fills is None:
            self._fills = self.questionnaire.by_fills()
        return self._fills

    @property
    def tree(self) -> Tree:
        """The answers as they stand, together with those shared with other plans."""
        return self._combined().tree

    def origin(self, path: str) -> str:
        """Return the names of the shared files that answers at or below `path` come from."""
        origins = self._combined().origins
        if path in origins or not origins:
            return origins.get(path, "")
        below = (name for each, name in origins.items() if each.startswith(f"{path}."))
        return ", ".join(dict.fromkeys(below))

    def value(self, path: str) -> Value | None:
        """Return the answer at `path`."""
        return get(self.tree, path)

    def text(self, path: str) -> str:
        """Return the answer at `path` as one text; a list gives one line for each part."""
        found = self.value(path)
        if isinstance(found, list):
            return "\n".join(part for part in found if isinstance(part, str))
        return found if isinstance(found, str) else ""

    def begun(self, path: str) -> str:
        """Return the text that somebody began for the answer at `path` and left; blank for none."""
        return self.drafts.get(path, "") or begun_at(self.tree, path)

    def record(self, changes: Iterable[Change], keep: Mapping[str, Side] | None = None) -> None:
        """Save `changes`; what is asked follows when the frameworks or the State change.

        Raises:
            SaveConflict: someone else changed the same answer meanwhile.
            LocalPlanError: the file cannot be written.
        """
        shared, own = self._combined(), self.file.tree
        made = [shared.override(change, own) if shared.shared else change for change in changes]
        now = datetime.now().astimezone()
        self.file = save(self.file, made, now=now, keep=keep or {}, by=self.person)
        self._known.clear()
        for change in made:
            self.drafts.pop(change.path, None)
        self.note = self._saying(made)
        if any(change.path in _SETS_THE_QUESTIONS for change in made):
            self.questionnaire, self.state = asked_of(replace(self.file, tree=self.tree))
            self._fills = None

    def keep_state(self) -> None:
        """Keep the file as it stands in a backup, before something is taken out of it."""
        with suppress(OSError):
            path, now = self.file.path, datetime.now().astimezone()
            back_up(path, path.read_bytes(), now, always=True)

    def _combined(self) -> Combined:
        if self._joined is None or self._joined[0] is not self.file:
            self._joined = (self.file, with_shared(self.file.tree, self.file.path.parent))
        return self._joined[1]

    def _saying(self, made: Iterable[Change]) -> str:
        """What to say once `made` are saved: a shared answer cannot be removed here."""
        for change in made:
            if change.value is None and (origin := self.origin(change.path)):
                return f"It comes from {origin} and can be removed only there"
        return "saved"

    def after(self, change: Change) -> Tree:
        """Return the answers as they would stand with `change`, without saving it."""
        return changed(self.tree, change)

    def said_once(self) -> str:
        """Return the note, and forget it."""
        said, self.note = self.note, ""
        return said

    def problem_with(self, question: Question, text: str) -> str:
        """Return what is wrong with `text` as an answer; nothing when all is well."""
        if question.fills == "plan.outline" and text.strip():
            return outline_problem(self.file, text.strip())
        return problem_with(question, text)

    def progress(self) -> Progress:
        """Return where the whole plan stands."""
        return assess(self.questionnaire, self.tree)

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

    def standing(self, path: str) -> Mapping[str, str]:
        """Return what was said about exactly the answer at `path`."""
        return standings(self.tree).get(path, {})

    def check_up(self) -> Checkup:
        """Return the checkup of the plan as it stands."""
        days = self.state.comment_days if self.state else 0
        return check_up(self.tree, self.questionnaire, today=self.today, comment_days=days)


def opened(file: AnswersFile, today: date, only: Only = "", person: str = "") -> Session:
    """Return a session on `file`.

    Raises:
        LocalPlanError: the State outline or a shared file that the plan names cannot be read.
    """
    joined = with_shared(file.tree, file.path.parent)
    questionnaire, state = asked_of(replace(file, tree=joined.tree))
    copies = ", ".join(shown(copy.name) for copy in conflict_copies(file.path))
    note = f"another copy lies beside it: {copies}" if copies else ""
    return Session(file, questionnaire, state, today, person=person, only=only, note=note)


def asked_of(file: AnswersFile) -> tuple[Questionnaire, State | None]:
    """Return the questions that the answers in `file` call for, and their State outline.

    An outline that cannot be used counts as none, so that the person can choose another.
    """
    state = None
    with suppress(StandardsError):
        state = _outline(texts(file.tree.get("plan")).get("outline", "").strip(), file)
    frameworks = get(file.tree, "plan.frameworks")
    names = [name for name in frameworks or () if isinstance(name, str)]
    return questionnaire_for(names, state), state


def outline_problem(file: AnswersFile, outline: str) -> str:
    """Return why the State outline cannot be used; nothing when it can."""
    try:
        _outline(outline, file)
    except StandardsError as error:
        return str(error)
    return ""


def _outline(name: str, file: AnswersFile) -> State | None:
    return None if name in {"", "elements"} else load_state(name, file.path.parent)


def _holds(top: Question, question: Question) -> bool:
    return top.id == question.id or any(_holds(each, question) for each in top.fields)
