"""Prompts, model, standards and templates agree: each test names the side that was forgotten."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from typing import Any

import pytest
from pydantic import BaseModel

from localplan.document.assemble import Drafting, assemble
from localplan.document.markdown import to_markdown
from localplan.document.numbering import numbered
from localplan.document.proof.appendices import with_proof
from localplan.knowledge.asking import questionnaire_for
from localplan.knowledge.lists import labels
from localplan.knowledge.questions import Question, load_questionnaire
from localplan.knowledge.standards import (
    framework_ids,
    load_definition,
    load_law,
)
from localplan.knowledge.states import load_state, state_ids
from localplan.knowledge.targets import Target
from localplan.plan.checks.checkup import check_up
from localplan.plan.checks.structure import reference_of
from localplan.plan.file.answers import load
from localplan.plan.model import Plan
from localplan.plan.model.parts import parts_in
from localplan.plan.progress import assess, is_answered
from localplan.plan.tree import get
from localplan.resources import EXAMPLES, STANDARDS
from localplan.yamltext import parse

NOT_ASKED = {
    "localplan", "status", "private", "accepted", "notes", "passages", "narratives",
    "history", "parked", "uses", "plan.compiled_from", "plan.regional_plan.sections",
}  # fmt: skip
"""Parts that the program keeps itself, or that a screen of its own fills."""

NAMED_BY_ID = re.compile(r"\.(step|occupation)$")
"""Answers that hold an id; the documents print the name behind it."""

NEVER_PRINTED = re.compile(r"\.(contact|pain_points)(\.|$)|^board\.contact")
"""Answers that the documents must not show: private contacts and a partner's own troubles."""


@cache
def seeds() -> dict[str, Any]:
    path = STANDARDS / "seeds.yaml"
    return parse(path.read_text(encoding="utf-8"), path.name)


@cache
def everything_asked() -> tuple[Question, ...]:
    """Every question, with those of all frameworks and all States."""
    questions = list(questionnaire_for(framework_ids(), None).questions())
    for name in state_ids():
        questions += load_state(name).questions
    return tuple(questions)


@pytest.mark.parametrize("kind", ["components", "guiding_questions", "steps", "ideas"])
def test_everything_the_two_source_documents_ask_is_asked_somewhere(kind: str) -> None:
    asked = {seed for question in load_questionnaire().questions() for seed in question.seeds}
    missing = {entry["id"] for entry in seeds()[kind]} - asked
    assert not missing, f"{_listed(sorted(missing))}: no question of prompts/ names it under seeds"


def test_every_question_names_parts_of_the_source_documents_that_exist() -> None:
    known = {entry["id"] for kind in seeds().values() if isinstance(kind, list) for entry in kind}
    for question in load_questionnaire().questions():
        assert set(question.seeds) <= known, question.id


def test_what_is_required_rests_on_the_law_or_on_a_source_document() -> None:
    """Each required question keeps a plan from being complete, so it needs a ground."""
    law = {target.text for row in load_law().requirements for target in row.targets}
    groundless = [
        question.fills
        for question in load_questionnaire().questions()
        if question.is_narrative
        and question.required
        and question.fills not in law
        and not question.seeds
    ]
    assert not groundless, (
        f"{_listed(groundless)}: required, yet no requirement of wioa.yaml has it under targets "
        "and it names no seeds; tie it to one, or take out `required`"
    )


def test_every_question_has_its_own_id_and_its_own_answer() -> None:
    questions = list(load_questionnaire().questions())
    assert len({question.id for question in questions}) == len(questions)
    assert len({question.fills for question in questions}) == len(questions)


def test_every_question_says_what_to_answer() -> None:
    for question in everything_asked():
        assert question.ask.strip(), question.id
        assert len(question.ask.split()) <= 24, question.id
        if question.is_narrative:
            assert question.help, question.id
            assert question.why, question.id
            assert question.example, question.id
            assert question.heading, question.id


def test_every_question_fills_something_in_the_model() -> None:
    fields = set(_fields(Plan, ""))
    for question in everything_asked():
        free = question.is_narrative or ".more." in question.fills
        assert free or question.fills in fields, (
            f"{question.id}: plan/model has no field {question.fills}; add it, or fill "
            "narratives.<key> or <list>.*.more.<key>"
        )


def test_every_field_of_the_model_is_asked() -> None:
    asked = {question.fills for question in load_questionnaire().questions()}
    parents = {fill[: match.start()] for fill in asked for match in re.finditer(r"\.", fill)}
    missing = {
        field
        for field in _fields(Plan, "")
        if field not in asked
        and field not in parents
        and not field.endswith((".id", ".more"))
        and field.split(".")[0] not in NOT_ASKED
        and field not in NOT_ASKED
    }
    assert not missing, f"{_listed(sorted(missing))}: in plan/model, and no question fills it"


def test_a_pick_offers_what_the_model_refers_to() -> None:
    homes = dict(_references(Plan, ""))
    for question in load_questionnaire().questions():
        if question.kind in {"pick", "picks"}:
            assert set(question.sources) == set(homes[question.fills]), question.id


def test_every_requirement_has_a_citation_a_source_and_answers_that_speak_to_it() -> None:
    for requirement in load_law().requirements:
        assert requirement.citation, requirement.id
        assert requirement.source, requirement.id
        assert requirement.targets, requirement.id
        for target in requirement.targets:
            assert _is_asked(target), (requirement.id, target.text)


def test_every_watch_note_says_where_it_was_seen_and_how_sure_it_is() -> None:
    law: Any = parse((STANDARDS / "wioa.yaml").read_text(encoding="utf-8"), "wioa.yaml")
    for note in law["watch"]:
        assert note["certainty"] in {"verified", "secondary", "mixed", "memory"}, note["id"]
        assert bool(note["source"]) is (note["certainty"] != "memory"), note["id"]
        assert set(note["source"]) <= set(law["sources"]), note["id"]


def test_every_watch_note_concerns_answers_that_are_asked() -> None:
    for note in load_law().watch:
        assert note.targets, note.id
        assert all(_is_asked(target) for target in note.targets), note.id


def test_no_two_terms_of_the_glossary_rest_on_the_same_sections() -> None:
    cited = [part for term in load_law().terms for part in term.cite.split("; ") if part]
    assert len(cited) == len(set(cited))


def test_every_part_of_the_pathway_definition_looks_at_answers_that_are_asked() -> None:
    parts = load_definition()
    assert [part.id for part in parts] == list("abcdefg")
    for part in parts:
        assert part.targets, part.id
        assert all(_is_asked(target) for target in part.targets), part.id


def test_every_framework_can_be_chosen_and_every_outline_too() -> None:
    for name, files in (("frameworks", framework_ids()), ("outlines", state_ids())):
        listed = set(labels(name))
        unlisted = sorted(set(files) - listed)
        assert not unlisted, f"{_listed(unlisted)}: no line under {name} in standards/lists.yaml"
        gone = sorted(listed - set(files))
        assert not gone, f"{_listed(gone)}: listed under {name} in lists.yaml without a file"


@pytest.mark.parametrize("name", framework_ids())
def test_a_framework_adds_at_most_one_question_to_an_element(name: str) -> None:
    without = {question.id for question in questionnaire_for([], None).questions()}
    for section in questionnaire_for([name], None).sections:
        added = [
            question.id
            for question in section.questions
            if question.id not in without or name in _asked_for_by(question)
        ]
        assert len(added) <= 1, (section.id, added)


@pytest.mark.parametrize("name", state_ids())
def test_every_prompt_of_a_state_has_a_source_and_answers(name: str) -> None:
    state = load_state(name)
    assert state.source
    assert state.as_of
    for prompt in state.prompts():
        assert prompt.source or state.source, prompt.id
        assert prompt.heading or prompt.prompt, prompt.id
        for target in prompt.targets:
            assert _is_asked(target), (prompt.id, target.text)


def test_every_text_that_we_ask_for_has_a_place_in_every_order() -> None:
    asked = [
        question.fills
        for question in questionnaire_for(framework_ids(), None).questions()
        if question.is_narrative
    ]
    everywhere = [*asked, "board.mission", "plan.dates", "attachments"]
    homeless: dict[str, list[str]] = {}
    for name in state_ids():
        placed = {target.text for prompt in load_state(name).prompts() for target in prompt.targets}
        for fills in everywhere:
            if fills not in placed:
                homeless.setdefault(fills, []).append(name)
    said = [f"{fills} has no prompt in {', '.join(names)}" for fills, names in homeless.items()]
    assert not said, f"{'; '.join(said)}. Write it under targets there, or `base: federal`"


def test_the_complete_example_answers_every_narrative_question_that_applies() -> None:
    tree = load(EXAMPLES / "complete.yaml").tree
    asked = questionnaire_for(framework_ids(), load_state("ca"))
    open_narratives = [
        item.path
        for item in assess(asked, tree).items()
        if item.question.is_narrative and not item.settled
    ]
    assert not open_narratives, (
        f"{_listed(open_narratives)}: no answer in examples/complete.yaml; write one there, and "
        "then: pytest --update-golden"
    )


def test_every_answer_of_the_complete_example_appears_in_its_working_draft() -> None:
    tree = load(EXAMPLES / "complete.yaml").tree
    asked = questionnaire_for(framework_ids(), load_state("ca"))
    today = date(2026, 11, 21)
    checkup = check_up(tree, asked, today=today)
    document = with_proof(assemble(tree, asked, Drafting(today)), checkup)
    printed = _words(to_markdown(numbered(document)))
    missing = [
        item.path
        for item in assess(asked, tree).items()
        if item.question.kind in {"text", "line"}
        and not NEVER_PRINTED.search(item.path)
        and not NAMED_BY_ID.search(item.path)
        and is_answered(get(tree, item.path))
        and _words(_shown(item.path, get(tree, item.path)))[:60] not in printed
    ]
    assert not missing


WITHOUT_A_QUESTION = {
    "plan.regional_plan.sections",  # which items stand there is said item by item, in the file
    "status[state=regional]",  # said of any answer, with a key of the interview
}


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names)


def _is_asked(target: Target) -> bool:
    if target.text in WITHOUT_A_QUESTION:
        return True
    asked = [question.fills for question in everything_asked()]
    return any(fill == target.general or fill.startswith(f"{target.general}.") for fill in asked)


def _asked_for_by(question: Question) -> set[str]:
    """The frameworks without which a question is not asked."""
    return {
        value
        for clause in question.when.clauses
        if clause.target.text == "plan.frameworks"
        for value in clause.values
    }


def _shown(path: str, value: object) -> str:
    """What readers see of an answer: of a file in a folder, its name; of dollars, the sign."""
    if path.endswith(".unit"):
        return str(value).removeprefix("dollars")
    return str(value).rpartition("/")[2] if path.endswith(".file") else str(value)


def _words(text: str) -> str:
    """Letters and digits only, so that markup and escapes do not count."""
    return re.sub(r"[^a-z0-9]+", "", text.casefold())


def _fields(part: type[BaseModel], path: str) -> Iterator[str]:
    for name, field in part.model_fields.items():
        here = f"{path}{name}"
        yield here
        star = "" if "tuple" not in str(field.annotation) else "*."
        for inner in parts_in(field.annotation):
            yield from _fields(inner, f"{here}.{star}")


def _references(part: type[BaseModel], path: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    for name, field in part.model_fields.items():
        reference = reference_of(field)
        if reference:
            yield f"{path}{name}", reference.homes
        star = "" if "tuple" not in str(field.annotation) else "*."
        for inner in parts_in(field.annotation):
            yield from _references(inner, f"{path}{name}.{star}")
