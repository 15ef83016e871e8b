"""Which questions a plan is asked: ours, and those of the frameworks and the State it chose."""

from collections.abc import Iterable, Mapping
from functools import cache

from localplan.knowledge.lists import labels
from localplan.knowledge.questions import Question, Questionnaire, load_questionnaire
from localplan.knowledge.standards import framework_ids, load_framework
from localplan.knowledge.states import State, load_state, state_ids


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


@cache
def asked_anywhere() -> Mapping[str, Question]:
    """Return what all frameworks and States ask, chosen or not, by the answer that it fills."""
    asked = questionnaire_for(framework_ids(), None).by_fills()
    for name in state_ids():
        for question in load_state(name).questions:
            asked.setdefault(question.fills, question)
    return asked
