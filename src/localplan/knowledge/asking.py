"""Which questions a plan is asked: ours, and those of the frameworks and the State it chose."""

from collections.abc import Iterable

from localplan.knowledge.lists import labels
from localplan.knowledge.questions import Question, Questionnaire, load_questionnaire
from localplan.knowledge.standards import load_framework
from localplan.knowledge.states import State


def questionnaire_for(frameworks: Iterable[str], state: State | None) -> Questionnaire:
    """Return the questionnaire with what the chosen `frameworks` and `state` ask besides.

    A question that two of them share by its answer is asked once.
    """
    extra: dict[str, Question] = {}
    known = labels("frameworks")
    for name in frameworks:
        if name in known:
            for question in load_framework(name).questions:
                extra.setdefault(question.fills, question)
    for question in state.questions if state else ():
        extra.setdefault(question.fills, question)
    return load_questionnaire().joined_by(tuple(extra.values()))
