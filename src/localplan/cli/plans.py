"""Open a plan the way every verb needs it: the file, its State outline and its questions."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from localplan.knowledge.asking import questionnaire_for
from localplan.knowledge.kinds import Stage
from localplan.knowledge.questions import Questionnaire
from localplan.knowledge.standards import StandardsError
from localplan.knowledge.states import State, load_state
from localplan.plan.file.answers import AnswersFile, load
from localplan.plan.standings import texts
from localplan.plan.tree import get

if TYPE_CHECKING:
    from localplan.plan.checks.checkup import Checkup

ELEMENTS_OUTLINE = "elements"


@dataclass(frozen=True, slots=True)
class OpenPlan:
    """An answers file, the State outline it goes by and the questions it is asked."""

    file: AnswersFile
    state: State | None
    questionnaire: Questionnaire
    outline_problem: str = ""
    """Why the outline that the plan itself names cannot be used; blank when it can."""
    outline_file: Path | None = None
    """The file of one's own that the outline was read from; None for one that ships."""

    def check_up(
        self,
        today: date,
        stage: Stage = "working",
        measured: Mapping[str, float] | None = None,
    ) -> "Checkup":
        """Return the checkup of the plan as it stands on `today`, for readers of `stage`.

        `measured` gives the pages that `measured_pages` counted; without it they are estimated.
        """
        from localplan.plan.checks.checkup import check_up  # noqa: PLC0415 (heavy)
        from localplan.plan.checks.findings import Finding, with_acceptance  # noqa: PLC0415 (heavy)

        days = self.state.comment_days if self.state else 0
        checkup = check_up(
            self.file.tree,
            self.questionnaire,
            today=today,
            stage=stage,
            comment_days=days,
            state=self.state,
            measured=measured,
        )
        found: list[Finding] = []
        if self.outline_problem:
            found = [Finding("unusable-outline", "error", "plan.outline", self.outline_problem)]
        elif self.outline_file and self.state:
            from localplan.plan.checks.statefile import file_findings  # noqa: PLC0415 (few have one)

            asked = {item.question.id: item.question for item in checkup.progress.items()}
            found = list(file_findings(self.outline_file, self.state, asked.values()))
        marked = tuple(with_acceptance(finding, checkup.plan) for finding in found)
        return replace(checkup, findings=(*marked, *checkup.findings)) if marked else checkup


def open_plan(path: Path, outline: str = "") -> OpenPlan:
    """Return the plan in the answers file at `path`.

    `outline` names a State or a file; without it the plan's own `plan.outline` counts. When that
    one cannot be used, the plan goes without, and its checkup says so.

    Raises:
        LocalPlanError: the file, or the outline that the caller names, cannot be read.
    """
    file = joined(load(path))
    if outline:
        state, problem = _outline(outline, file), ""
    else:
        state, problem = _own_outline(file)
        outline = texts(file.tree.get("plan")).get("outline", "").strip()
    own = file.path.parent / outline if state and outline.endswith((".yaml", ".yml")) else None
    return OpenPlan(file, state, _asked(file, state), problem, own)


def questionnaire_of(file: AnswersFile) -> Questionnaire:
    """Return the questions that the plan in `file` is asked.

    Raises:
        LocalPlanError: a shared file that the plan names cannot be read.
    """
    file = joined(file)
    return _asked(file, _own_outline(file)[0])


def joined(file: AnswersFile) -> AnswersFile:
    """Return the file with the answers that it shares with other plans, to be read, never saved.

    Raises:
        LocalPlanError: a shared file cannot be read.
    """
    if not file.tree.get("uses"):
        return file
    from localplan.plan.file.uses import with_shared  # noqa: PLC0415 (few plans share answers)

    return replace(file, tree=with_shared(file.tree, file.path.parent).tree)


def kept_inside(plan: OpenPlan) -> Iterator[str]:
    """Yield a line for each thing that a file for other readers leaves out, and should be known of.

    First what stands under `private` and hides nothing.
    """
    from localplan.plan.public import hiding_nothing, published  # noqa: PLC0415 (few verbs need it)

    tree = plan.file.tree
    for entry in hiding_nothing(tree):
        yield f'"{entry}" under private hides nothing: nothing in {plan.file.path.name} goes by it.'
    held = published(tree, plan.questionnaire).held
    private = sum(each.why == "private" for each in held)
    if private:
        yield (
            "1 private answer is left out."
            if private == 1
            else (f"{private} private answers are left out.")
        )
    for why, words in _LEFT_OUT.items():
        paths = [each.path for each in held if each.why == why]
        if paths:
            more = len(paths) - _LISTED
            tail = f" and {more} more" if more > 0 else ""
            yield f"{words}: {', '.join(paths[:_LISTED])}{tail}"


_LISTED = 3
"""So many answers are named; more are only counted."""
_LEFT_OUT = {
    "not-asked": "Left out, because nothing asks for it",
    "person": (
        "All or part is left out, because it names no partner, contractor or board of the plan"
    ),
}


def _outline(name: str, file: AnswersFile) -> State | None:
    """The State outline of that name; nothing for the order of the elements."""
    if not name or name == ELEMENTS_OUTLINE:
        return None
    return load_state(name, file.path.parent)


def _own_outline(file: AnswersFile) -> tuple[State | None, str]:
    """The outline that the plan itself names, or why that one cannot be used."""
    try:
        return _outline(texts(file.tree.get("plan")).get("outline", "").strip(), file), ""
    except StandardsError as error:
        return None, str(error)


def _asked(file: AnswersFile, state: State | None) -> Questionnaire:
    names = get(file.tree, "plan.frameworks")
    chosen = names if isinstance(names, list) else []
    return questionnaire_for([name for name in chosen if isinstance(name, str)], state)
