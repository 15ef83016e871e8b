"""Open a plan the way every verb needs it: the file, its State outline and its questions."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from localplan.knowledge.asking import questionnaire_for
from localplan.knowledge.questions import Questionnaire, Stage
from localplan.knowledge.standards import StandardsError
from localplan.knowledge.states import State, load_state
from localplan.plan.checks.checkup import Checkup, check_up
from localplan.plan.file.answers import AnswersFile, load
from localplan.plan.standings import texts
from localplan.plan.tree import get

ELEMENTS_OUTLINE = "elements"


@dataclass(frozen=True, slots=True)
class OpenPlan:
    """An answers file, the State outline it goes by and the questions it is asked."""

    file: AnswersFile
    state: State | None
    questionnaire: Questionnaire

    def check_up(
        self,
        today: date,
        stage: Stage = "working",
        measured: Mapping[str, float] | None = None,
    ) -> Checkup:
        """Return the checkup of the plan as it stands on `today`, for readers of `stage`.

        `measured` gives the pages that `measured_pages` counted; without it they are estimated.
        """
        days = self.state.comment_days if self.state else 0
        return check_up(
            self.file.tree,
            self.questionnaire,
            today=today,
            stage=stage,
            comment_days=days,
            state=self.state,
            measured=measured,
        )


def open_plan(path: Path, outline: str = "") -> OpenPlan:
    """Return the plan in the answers file at `path`.

    `outline` names a State or a file; without it the plan's own `plan.outline` counts.

    Raises:
        LocalPlanError: the file, or the outline it names, cannot be read.
    """
    file = joined(load(path))
    state = _state(file, outline)
    return OpenPlan(file, state, _asked(file, state))


def questionnaire_of(file: AnswersFile) -> Questionnaire:
    """Return the questions that the plan in `file` is asked.

    Raises:
        LocalPlanError: the State outline or a shared file that the plan names cannot be read.
    """
    file = joined(file)
    return _asked(file, _state(file, ""))


def joined(file: AnswersFile) -> AnswersFile:
    """Return the file with the answers that it shares with other plans, to be read, never saved.

    Raises:
        LocalPlanError: a shared file cannot be read.
    """
    if not file.tree.get("uses"):
        return file
    from localplan.plan.file.uses import with_shared  # noqa: PLC0415 (few plans share answers)

    return replace(file, tree=with_shared(file.tree, file.path.parent).tree)


def _state(file: AnswersFile, outline: str) -> State | None:
    chosen = outline or texts(file.tree.get("plan")).get("outline", "")
    if not chosen or chosen == ELEMENTS_OUTLINE:
        return None
    try:
        return load_state(chosen, file.path.parent)
    except StandardsError as error:
        if outline:
            raise
        raise StandardsError(f"{file.path}, plan.outline: {error}") from error


def _asked(file: AnswersFile, state: State | None) -> Questionnaire:
    names = get(file.tree, "plan.frameworks")
    chosen = names if isinstance(names, list) else []
    return questionnaire_for([name for name in chosen if isinstance(name, str)], state)
