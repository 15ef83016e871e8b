"""The plan while someone answers: what is asked, what stands there, and how changes are kept."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from localplan.desk.openplan import OpenPlan
from localplan.knowledge.questions import Question, Questionnaire
from localplan.plan.file.parking import begun_at
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
        return self.plan.text(path)

    def begun(self, path: str) -> str:
        """Return the text that somebody began for the answer at `path` and left; blank for none."""
        return self.drafts.get(path, "") or begun_at(self.tree, path)

    def said_once(self) -> str:
        """Return the note, and forget it."""
        said, self.note = self.note, ""
        return said

    def records(self, path: str) -> tuple[str, ...]:
        """Return the paths of the records in the list at `path`."""
        return self.plan.records(path)
