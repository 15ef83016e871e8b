"""A plan that lies open: its file, its questions and where it stands, each worked out once.

Everything but the file is forgotten when something is saved, and worked out again when it is asked
for. Whoever shows a plan or changes it (the interview, a verb, a script) does it through here, so
that no two of them can disagree about the same file.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from localplan.errors import LocalPlanError
from localplan.knowledge.asking import questionnaire_for
from localplan.knowledge.kinds import Stage
from localplan.knowledge.questions import Question, Questionnaire, Section
from localplan.knowledge.standards import StandardsError
from localplan.knowledge.states import State, load_state
from localplan.plan.file.answers import AnswersFile, Change, load
from localplan.plan.file.figures import TakenFigure, read_ledger
from localplan.plan.file.merge import Conflict, Side
from localplan.plan.file.saving import SaveConflict, changed, save
from localplan.plan.file.uses import Combined, with_shared
from localplan.plan.names import general
from localplan.plan.standings import standings, texts
from localplan.plan.tree import get, plain, records
from localplan.yamltext import Tree, Value

if TYPE_CHECKING:
    from localplan.plan.checks.checkup import Checkup
    from localplan.plan.checks.findings import Finding
    from localplan.plan.model import Plan
    from localplan.plan.progress import Item, Progress, SectionProgress

ELEMENTS_OUTLINE = "elements"
"""The name of the order that is no State's: the six elements."""


@dataclass(frozen=True, slots=True)
class Saved:
    """The changes are safely on disk."""

    paths: tuple[str, ...]
    """What was changed."""
    staying: tuple[str, ...] = ()
    """Of these, answers that were removed here and that a shared file still gives."""


@dataclass(frozen=True, slots=True)
class Conflicts:
    """Nothing was saved: someone else changed the same answers meanwhile."""

    conflicts: tuple[Conflict, ...]


@dataclass(frozen=True, slots=True)
class Refused:
    """Nothing was saved, and why, in words for a person."""

    why: str


Outcome: TypeAlias = Saved | Conflicts | Refused


@dataclass(frozen=True, slots=True)
class Outline:
    """The order that the submitted plan follows."""

    state: State | None
    """None for the order of the elements, and where the outline cannot be used."""
    problem: str = ""
    """Why the outline that the plan itself names cannot be used; blank when it can."""
    file: Path | None = None
    """The file of one's own that it was read from; None for one that ships."""


class OpenPlan:
    """The plan in one answers file, as one person sees it on one day."""

    def __init__(
        self, file: AnswersFile, *, today: date, outline: str = "", person: str = ""
    ) -> None:
        self._file = file
        self._named = outline
        self.today = today
        """The day on which the plan is looked at."""
        self.person = person
        """Who sits at the desk; blank where nobody is known."""
        self.pages: Mapping[str, float] | None = None
        """Pages that were counted, by the places the State limits; None: they are estimated."""

    @property
    def file(self) -> AnswersFile:
        """The answers file as it was last read or saved, without what other files share with it."""
        return self._file

    @property
    def path(self) -> Path:
        """Where the answers file is."""
        return self._file.path

    @cached_property
    def combined(self) -> Combined:
        """The answers together with those that other files share with the plan.

        Raises:
            LocalPlanError: a shared file cannot be read.
        """
        return with_shared(self._file.tree, self.path.parent)

    @property
    def tree(self) -> Tree:
        """All answers of the plan, shared ones too, as nested keys; every value is text."""
        return self.combined.tree

    @cached_property
    def outline(self) -> Outline:
        """The outline that the caller named, else the plan's own.

        Raises:
            LocalPlanError: the outline that the caller named cannot be used.
        """
        if self._named:
            return self._outline(self._named)
        own = texts(self.tree.get("plan")).get("outline", "").strip()
        try:
            return self._outline(own)
        except StandardsError as error:
            return Outline(None, str(error))

    def _outline(self, name: str) -> Outline:
        if name in {"", ELEMENTS_OUTLINE}:
            return Outline(None)
        own = self.path.parent / name if name.endswith((".yaml", ".yml")) else None
        return Outline(load_state(name, self.path.parent), file=own)

    @property
    def state(self) -> State | None:
        """The State outline that the plan goes by; None for the order of the elements."""
        return self.outline.state

    @cached_property
    def questions(self) -> Questionnaire:
        """What the plan is asked: our questions, and those of its frameworks and its State."""
        named = get(self.tree, "plan.frameworks")
        chosen = named if isinstance(named, list) else []
        return questionnaire_for([name for name in chosen if isinstance(name, str)], self.state)

    @cached_property
    def by_fills(self) -> Mapping[str, Question]:
        """Every question by the path it fills, with `*` for the id of a record."""
        return self.questions.by_fills()

    @cached_property
    def plan(self) -> "Plan":
        """The answers as the model reads them; what does not fit is left out."""
        return self.checkup().plan

    @cached_property
    def progress(self) -> "Progress":
        """What is asked, answered and missing, for a working draft."""
        from localplan.plan.progress import assess  # noqa: PLC0415 (heavy)

        return assess(self.questions, self.tree)

    @cached_property
    def figures(self) -> tuple[TakenFigure, ...]:
        """The figures that the plan took from public files, of every period.

        Raises:
            LocalPlanError: the ledger beside the plan cannot be read.
        """
        return read_ledger(self.path)

    @cached_property
    def _checkups(self) -> "dict[Stage, Checkup]":
        return {}

    def checkup(self, stage: Stage = "working") -> "Checkup":
        """Everything there is to say about the plan today, for readers of `stage`."""
        if stage not in self._checkups:
            self._checkups[stage] = self._checked(stage)
        return self._checkups[stage]

    def _checked(self, stage: Stage) -> "Checkup":
        from localplan.plan.checks.checkup import check_up  # noqa: PLC0415 (heavy)
        from localplan.plan.checks.findings import with_acceptance  # noqa: PLC0415 (heavy)

        checkup = check_up(
            self.tree,
            self.questions,
            today=self.today,
            stage=stage,
            comment_days=self.state.comment_days if self.state else 0,
            state=self.state,
            measured=self.pages,
            figures=self._readable_figures,
        )
        beside = [*self._of_outline(checkup), *self._of_ledger()]
        found = [with_acceptance(each, checkup.plan) for each in beside]
        return replace(checkup, findings=(*found, *checkup.findings)) if found else checkup

    @property
    def _readable_figures(self) -> tuple[TakenFigure, ...]:
        """The figures of the ledger; none where it cannot be read, which a finding says."""
        try:
            return self.figures
        except LocalPlanError:
            return ()

    def _of_ledger(self) -> "Sequence[Finding]":
        """Why the ledger beside the plan cannot be read."""
        from localplan.plan.checks.findings import Finding  # noqa: PLC0415 (heavy)

        try:
            self.figures  # noqa: B018 (whether it can be read)
        except LocalPlanError as error:
            return [Finding("unusable-ledger", "error", "evidence", str(error))]
        return []

    def _of_outline(self, checkup: "Checkup") -> "Sequence[Finding]":
        """What is wrong with the outline, or with the file it was read from."""
        from localplan.plan.checks.findings import Finding  # noqa: PLC0415 (heavy)

        if self.outline.problem:
            return [Finding("unusable-outline", "error", "plan.outline", self.outline.problem)]
        if self.outline.file is None or self.state is None:
            return []
        from localplan.plan.checks.statefile import file_findings  # noqa: PLC0415 (few have one)

        asked = {item.question.id: item.question for item in checkup.progress.items()}
        return list(file_findings(self.outline.file, self.state, asked.values()))

    def value(self, path: str) -> Value | None:
        """The answer at `path`: text, a list, or the keys beneath; None where there is none."""
        return get(self.tree, path)

    def text(self, path: str) -> str:
        """The answer at `path` as one text; a list gives one line for each part."""
        found = self.value(path)
        if isinstance(found, list):
            return "\n".join(part for part in found if isinstance(part, str))
        return found if isinstance(found, str) else ""

    def records(self, path: str) -> tuple[str, ...]:
        """The paths of the records in the list at `path`."""
        return records(self.tree, path)

    @cached_property
    def _parts(self) -> "dict[str, SectionProgress]":
        """Where single sections and lists stand."""
        return {}

    def _part(self, section: Section, name: str) -> "SectionProgress":
        from localplan.plan.progress import assess  # noqa: PLC0415 (heavy)

        if name not in self._parts:
            self._parts[name] = assess(Questionnaire((section,)), self.tree).sections[0]
        return self._parts[name]

    def section_progress(self, name: str) -> "SectionProgress":
        """Where one section stands; much quicker than the whole plan."""
        return self._part(self.questions.section(name), f"section {name}")

    def steps_of(self, name: str) -> "tuple[Item, ...]":
        """The questions of a section as they are walked: a list of records is one step."""
        own = {question.id for question in self.questions.section(name).questions}
        items = self.section_progress(name).items
        return tuple(item for item in items if item.question.id in own)

    def items_within(self, question: Question, path: str) -> "tuple[Item, ...]":
        """Every item at or below `path`, which `question` or its fields ask for."""
        top = self._top(question)
        items = self._part(Section(top.section, "", "", {}, (), (top,)), top.id).items
        inside = f"{path}."
        return tuple(item for item in items if item.path == path or item.path.startswith(inside))

    def fields_of(self, question: Question, record: str) -> "tuple[Item, ...]":
        """What is asked about the record at the path `record` of a `records` question."""
        own = {each.id for each in question.fields}
        within = self.items_within(question, record)
        return tuple(
            item
            for item in within
            if item.question.id in own and item.path.startswith(f"{record}.")
        )

    def question_at(self, path: str) -> Question | None:
        """The question that the answer at `path` answers, whether it is asked now or not."""
        return self.by_fills.get(general(path))

    def item_at(self, path: str) -> "Item | None":
        """The question at `path` as it stands now; None when it is not asked."""
        question = self.question_at(path)
        within = self.items_within(question, path) if question else ()
        return next((item for item in within if item.path == path), None)

    def open_within(self, item: "Item") -> int:
        """How many required answers at or below `item` are missing."""
        within = self.items_within(item.question, item.path)
        return sum(each.required and not each.settled for each in within)

    def _top(self, question: Question) -> Question:
        """The question of a section that holds `question`, which may be a field of its records."""
        for section in self.questions.sections:
            for top in section.questions:
                if _holds(top, question):
                    return top
        return question

    def standing(self, path: str) -> Mapping[str, str]:
        """What was said about exactly the answer at `path`: state, owner, due, reason."""
        return standings(self.tree).get(path, {})

    def origin(self, path: str) -> str:
        """The names of the shared files that answers at or below `path` come from."""
        origins = self.combined.origins
        if path in origins or not origins:
            return origins.get(path, "")
        below = (name for each, name in origins.items() if each.startswith(f"{path}."))
        return ", ".join(dict.fromkeys(below))

    def outline_problem(self, name: str) -> str:
        """Why the outline `name` cannot be used for this plan; blank when it can."""
        try:
            self._outline(name)
        except StandardsError as error:
            return str(error)
        return ""

    def seen(self, path: str) -> str:
        """A digest of the answer at `path` as it stands, to be handed back with a change."""
        return _digest(self.value(path))

    def after(self, change: Change) -> Tree:
        """All answers as they would stand with `change`, which is not saved."""
        return changed(self.tree, change)

    def change(
        self,
        changes: Iterable[Change],
        *,
        keep: Mapping[str, Side] | None = None,
        seen: Mapping[str, str] | None = None,
    ) -> Outcome:
        """Save `changes`, together with what others saved meanwhile.

        `keep` says by path which side stays where both changed the same answer. `seen` holds by
        path the digest of the answer that the person was shown; where another stands there now,
        nothing is saved and the conflict shows both.
        """
        made = tuple(changes)
        stale = tuple(self._stale(made, seen or {}))
        if stale:
            return Conflicts(stale)
        own = self._file.tree
        kept = [self.combined.override(c, own) for c in made] if self.combined.shared else made
        try:
            now = datetime.now().astimezone()
            self._put(save(self._file, kept, now=now, keep=keep or {}, by=self.person))
        except SaveConflict as conflict:
            return Conflicts(conflict.conflicts)
        except LocalPlanError as error:
            return Refused(str(error))
        gone = [each.path for each in made if each.value is None]
        return Saved(
            tuple(each.path for each in made), tuple(path for path in gone if self.origin(path))
        )

    def _stale(self, changes: Sequence[Change], seen: Mapping[str, str]) -> Iterable[Conflict]:
        """The answers that are no longer what the person was shown."""
        for change in changes:
            stands = self.value(change.path)
            wanted = None if change.value is None else plain(change.value)
            shown = seen.get(change.path, _digest(stands))
            if shown != _digest(stands) and wanted != stands:
                yield Conflict(change.path, None, wanted, stands)

    def reread(self) -> None:
        """Take in what others saved meanwhile.

        Raises:
            LocalPlanError: the file cannot be read.
        """
        self._put(load(self.path))

    def _put(self, file: AnswersFile) -> None:
        before = self._chosen()
        self._file = file
        self.forget("combined")
        same = self._chosen() == before
        self.forget(*(_WORKED_OUT - (_FOLLOW_THE_CHOICE if same else set())))

    def _chosen(self) -> tuple[Value | None, Value | None]:
        """The answers that decide what is asked."""
        return self.value("plan.outline"), self.value("plan.frameworks")

    def forget(self, *names: str) -> None:
        """Work everything out again when it is asked for; with `names`, only these."""
        for name in set(names or _WORKED_OUT) & self.__dict__.keys():
            del self.__dict__[name]


_WORKED_OUT = frozenset(
    name for name, value in vars(OpenPlan).items() if isinstance(value, cached_property)
)
_FOLLOW_THE_CHOICE = frozenset({"outline", "questions", "by_fills"})
"""What stays as it is until another State or framework is chosen."""


def _holds(top: Question, question: Question) -> bool:
    return top.id == question.id or any(_holds(each, question) for each in top.fields)


def _digest(value: object) -> str:
    return blake2b(repr(value).encode(), digest_size=8).hexdigest()
