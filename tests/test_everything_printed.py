"""No answer is left out in silence: every field of the model appears in a working draft."""

from collections.abc import Iterator
from datetime import date
from itertools import count
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from localplan.document.assemble import Drafting, assemble
from localplan.document.blocks import words
from localplan.document.markdown import to_markdown
from localplan.document.numbering import numbered
from localplan.document.outline import outline_document
from localplan.document.proof.appendices import with_proof
from localplan.knowledge.asking import questionnaire_for
from localplan.knowledge.kinds import STAGES, Stage
from localplan.knowledge.questions import load_questionnaire
from localplan.knowledge.states import load_state
from localplan.plan.checks.checkup import check_up
from localplan.plan.model import Part, Plan, Record
from localplan.plan.progress import assess
from localplan.plan.reading import read_plan

TODAY = date(2026, 11, 21)
PROGRAMS_OWN = {
    "localplan", "status", "private", "accepted", "notes", "passages", "narratives", "more",
    "parked", "history", "uses",
}  # fmt: skip
NOT_FOR_READERS = {
    "board.contact", "partners.contact", "partners.pain_points", "providers.contact",
    "plan.outline", "plan.element_order", "plan.regional_plan.file", "plan.regional_plan.sections",
    "comments.draft", "comments.quote", "comments.status", "evidence.value", "absent_programs.id",
}  # fmt: skip
"""Private contacts, settings, and marks of the review."""
SAID_IN_OTHER_WORDS = {
    "plan.kind", "plan.track", "pathways.track", "sectors.standing", "pathways.standing",
    "metrics.scope", "metrics.name", "metrics.indicator", "pathways.exit_points.step",
    "actions.step", "public_comment.received", "pathways.instruction.id", "supports.standard",
}  # fmt: skip


def test_every_field_of_the_model_appears_in_a_working_draft() -> None:
    marks: dict[str, str] = {}
    numbers = count(100)
    tree = dict(filled(Plan, "", numbers, marks))
    assert not read_plan(tree).problems
    today = date(2026, 11, 21)
    checkup = check_up(tree, load_questionnaire(), today=today)
    document = with_proof(assemble(tree, load_questionnaire(), Drafting(today)), checkup)
    said = "\n".join(words(block) for block in document.blocks).casefold()
    unsaid = [path for path, mark in marks.items() if mark.casefold() not in said]
    assert unsaid == []


def filled(
    part: type[Part], at: str, numbers: Iterator[int], marks: dict[str, str]
) -> Iterator[tuple[str, Any]]:
    for name, field in part.model_fields.items():
        path = f"{at}{name}"
        if (name in PROGRAMS_OWN and path != "metrics.history") or path in NOT_FOR_READERS:
            continue
        if name == "id" and issubclass(part, Record):
            yield name, f"id-{next(numbers)}"
            continue
        inner = next(parts_in(field.annotation), None)
        if inner is not None:
            group = dict(filled(inner, f"{path}.", numbers, marks))
            yield name, [group] if "tuple" in str(field.annotation) else group
            continue
        word = f"mark{next(numbers)}x"
        if str(field.annotation).startswith("tuple"):
            yield name, [word]
        else:
            word = fitting(part, name, word)
            yield name, word
        if word.startswith("mark") and path not in SAID_IN_OTHER_WORDS:
            marks[path] = word


def fitting(part: type[Part], name: str, word: str) -> str:
    """The first value that the field takes: a word where any text will do."""
    for value in (word, "2027-03-04", "12.25", "4", "2027", "yes", "a@b.example",
                  f"https://{word}.example", "62", "29-1141"):  # fmt: skip
        try:
            TypeAdapter(part).validate_python({name: value})
        except ValidationError:
            continue
        return value
    raise AssertionError(name)


def parts_in(annotation: object) -> Iterator[type[Part]]:
    if isinstance(annotation, type) and issubclass(annotation, Part):
        yield annotation
    for inner in getattr(annotation, "__args__", ()):
        yield from parts_in(inner)


def test_an_answer_to_a_framework_that_is_no_longer_chosen_keeps_its_heading() -> None:
    tree: dict[str, Any] = {"narratives": {"fw_linked_learning_high_school": "Four schools."}}
    drafted = assemble(tree, load_questionnaire(), Drafting(date(2026, 11, 21), "public"))
    text = to_markdown(numbered(drafted))
    assert "| The whole plan | High school preparation | Four schools. |" in text


@pytest.mark.parametrize("stage", STAGES)
def test_an_answer_that_nothing_asks_for_is_printed_in_working_drafts_only(stage: Stage) -> None:
    tree: dict[str, Any] = {"narratives": {"ours": "More."}}
    drafted = assemble(tree, load_questionnaire(), Drafting(date(2026, 11, 21), stage))
    row = "| The whole plan | Ours | More. |"
    assert (row in to_markdown(numbered(drafted))) == (stage == "working")


@pytest.mark.parametrize("stage", ["working", "public", "submission"])
@pytest.mark.parametrize("state", ["not-applicable", "regional"])
def test_whatever_is_said_instead_of_an_answer_reaches_the_reader_once(
    state: str, stage: Stage
) -> None:
    questionnaire = load_questionnaire()
    tree: dict[str, Any] = {"partners": [{"id": "mesa", "name": "Mesa Adult School"}]}
    asked = [item.path for item in assess(questionnaire, tree).items()]
    open_ones = [path for path in asked if "contact" not in path and "pain_points" not in path]
    status: dict[str, Any] = {
        path: {"state": state, "reason": f"Reason {n:03}."} for n, path in enumerate(open_ones)
    }
    told = assemble({**tree, "status": status}, questionnaire, Drafting(TODAY, stage))
    said = "\n".join(words(block) for block in told.blocks)
    counts = {path: said.count(entry["reason"]) for path, entry in status.items()}
    assert {path: count for path, count in counts.items() if count != 1} == {}


def test_why_a_list_does_not_apply_stands_in_a_state_s_order_too() -> None:
    tree: dict[str, Any] = {
        "status": {"one_stops": {"state": "not-applicable", "reason": "One tribe."}}
    }
    state = load_state("ca")
    questionnaire = questionnaire_for((), state)
    drafted = assemble(tree, questionnaire, Drafting(TODAY, "public"))
    told = outline_document(drafted, state, tree)
    assert "One tribe." in "\n".join(words(block) for block in told.blocks)
