"""The proof says where each thing that is asked is answered, and links to it."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from outlines import TODAY, elements, in_order_of, opened
from validators import problems_of
from word_accessibility import lint

from localplan.document.assemble import Drafting, assemble
from localplan.document.blocks import (
    Boundary,
    Cell,
    Document,
    Heading,
    Paragraph,
    Run,
    Table,
    words,
)
from localplan.document.docx import write_docx
from localplan.document.facts.names import names_of
from localplan.document.markdown import to_markdown
from localplan.document.numbering import numbered
from localplan.document.pieces import Place, Places, labelled, links, pieces_of, places
from localplan.document.proof.appendices import proof_blocks, proof_document, with_proof
from localplan.document.proof.matrices import matrix_blocks
from localplan.knowledge.kinds import Stage
from localplan.knowledge.questions import ELEMENTS, load_questionnaire
from localplan.plan.checks.checkup import check_up
from localplan.plan.model import Plan

APPENDICES = (
    "Requirement crosswalk", "Framework crosswalk", "Pathway definition review",
    "Coverage matrices",
)  # fmt: skip
LONG = "Reading, safety and clear speech with customers come first in every trade of the region."
SMALL: dict[str, Any] = {
    "board": {"name": "Alph Board"},
    "plan": {"kind": "four-year", "frameworks": ["aqcp"]},
    "pathways": [{"id": "care", "name": "Care", "sector": "health",
                  "definition": {"a": {"standing": "not-yet", "reason": "No employer yet."}}}],
    "sectors": [{"id": "health", "name": "Health care"}],
    "populations": [{"id": "vets", "name": "Veterans"}],
    "narratives": {"skills_needed": LONG, "instruction": LONG},
}  # fmt: skip


def proved(stage: Stage = "working", tree: dict[str, Any] | None = None) -> Document:
    answers = tree or SMALL
    questionnaire = load_questionnaire()
    drafted = assemble(answers, questionnaire, Drafting(TODAY, stage))
    checkup = check_up(answers, questionnaire, today=TODAY, stage=stage)
    return numbered(with_proof(drafted, checkup))


def rows_of(document: Document, label: str) -> list[list[str]]:
    table = next(
        block for block in document.blocks if isinstance(block, Table) and block.label == label
    )
    return [[_said(cell) for cell in row] for row in table.rows]


def _said(cell: Cell) -> str:
    return "".join(run.text for run in cell.text) + " ".join(words(one) for one in cell.blocks)


def row_with(rows: list[list[str]], start: str) -> list[str]:
    return next(row for row in rows if row[0].startswith(start))


def test_the_four_appendices_follow_the_plan_in_order() -> None:
    titles = [
        words(block)
        for block in proved().blocks
        if isinstance(block, Heading) and block.number.startswith("Appendix")
    ]
    assert tuple(titles) == APPENDICES


def test_a_requirement_names_and_links_the_section_that_answers_it() -> None:
    document = proved()
    row = row_with(rows_of(document, "table-requirements-content"), "Knowledge and skills")
    heading = next(
        block
        for block in document.blocks
        if isinstance(block, Heading) and block.label == "narrative-skills-needed"
    )
    assert row[2] == heading.number


def test_every_link_of_the_proof_leads_to_a_heading() -> None:
    document = numbered(with_proof(elements(), opened("elements").checkup()))
    labels = {block.label for block in document.blocks if isinstance(block, Heading)}
    linked = [
        run
        for block in document.blocks
        if isinstance(block, Table) and "requirements" in block.label
        for row in block.rows
        for cell in row
        for run in cell.text
        if run.link.startswith("#")
    ]
    assert linked
    assert all(run.link[1:] in labels and run.text for run in linked)


def test_addressed_is_explained_above_each_crosswalk_and_nothing_is_called_compliant() -> None:
    said = to_markdown(proved())
    assert said.count("not that anyone has judged it adequate") == 3
    assert "compliant" not in said.lower()


def test_a_requirement_that_does_not_apply_says_why() -> None:
    rows = rows_of(proved(), "table-requirements-process")
    row = row_with(rows, "Two-year review")
    assert row[0].endswith("Does not apply because: It is asked of a modification only.")
    assert row[3] == "Does not apply"


def test_what_is_open_is_shown_in_a_working_draft_only() -> None:
    working = rows_of(proved(), "table-requirements-content")
    public = rows_of(proved("public"), "table-requirements-content")
    assert any(row[3] == "Not yet addressed" for row in working)
    assert {row[3] for row in public} <= {"Addressed", "Regional plan"} | {
        row[3] for row in public if row[3].startswith("Does not apply")
    }
    assert "still preparing" in to_markdown(proved("public"))


def test_what_staff_judge_is_shown_in_a_working_draft_only() -> None:
    working = rows_of(proved(), "table-review-care")
    judged, _, step = working[0][3].partition("\nNext: ")
    assert judged == "Not yet: No employer yet."
    assert step
    assert all(len(row) == 2 for row in rows_of(proved("public"), "table-review-care"))


def test_a_private_answer_stands_in_no_appendix_that_leaves_the_board() -> None:
    tree = {
        **SMALL,
        "partners": [{"id": "dor", "name": "Rehabilitation office", "programs": ["vr"],
                      "role": "Counsels quietly."}],
        "private": ["partners.dor.role", "pathways.care.definition.a.evidence"],
    }  # fmt: skip
    tree["pathways"] = [
        {**SMALL["pathways"][0], "definition": {"a": {"standing": "met", "evidence": "A secret."}}}
    ]
    stages: tuple[Stage, ...] = ("public", "working")
    public, working = (to_markdown(proved(stage, tree)) for stage in stages)
    assert "A secret." in working
    assert "A secret." not in public
    assert "Counsels quietly." not in public


def test_evidence_for_the_definition_is_shown_to_every_reader() -> None:
    checkup = opened("elements").checkup("public")
    rows = rows_of(numbered(with_proof(elements("public"), checkup)), "table-review-patient-care")
    assert rows[0][2].startswith("Skills list of the Valley Health Partnership")


def test_a_framework_groups_its_criteria_by_element() -> None:
    rows = rows_of(proved(), "table-crosswalk-aqcp")
    heads = [row[0] for row in rows if row[1].endswith((" criteria", " criterion"))]
    assert heads == ["Partnership", "Sector", "Design", "Delivery", "Supports", "Measurement"]


def test_a_criterion_that_rests_on_a_text_names_its_section_and_what_to_look_for() -> None:
    document = proved()
    row = row_with(
        rows_of(document, "table-crosswalk-aqcp"), "Teaching fits each participant's way"
    )
    number = next(
        block.number
        for block in document.blocks
        if isinstance(block, Heading) and block.label == "narrative-instruction"
    )
    assert (
        row[1] == f"Answered in {number}; look for: teaching that fits each one's way of learning"
    )


def test_who_marked_a_criterion_as_addressed_is_told_inside_the_board_only() -> None:
    mark = {"reason": "4.1", "by": "Ana Ruiz", "on": "2026-11-20"}
    tree = {**SMALL, "accepted": {"criterion/aqcp-delivery-6": mark}}
    stages: tuple[Stage, ...] = ("working", "public", "board", "submission")
    rows = {
        stage: row_with(
            rows_of(proved(stage, tree), "table-crosswalk-aqcp"),
            "Teaching fits each participant's way",
        )[1]
        for stage in stages
    }
    assert rows["working"].endswith(", marked by Ana Ruiz on November 20, 2026")
    assert all(rows[stage].startswith("Addressed in ") for stage in stages)
    assert all("Ana Ruiz" not in to_markdown(proved(stage, tree)) for stage in stages[1:])


def test_every_place_that_answers_is_listed() -> None:
    found = tuple(Place(f"s{n}", f"Title {n}", numbered=n > 2, order=n) for n in range(1, 9))
    shown = [run.link for run in links(found) if run.link]
    assert sorted(shown) == [f"#s{n}" for n in range(1, 9)]
    assert "more" not in "".join(run.text for run in links(found))


def test_every_chosen_framework_has_its_own_crosswalk() -> None:
    blocks = with_proof(elements(), opened("elements").checkup()).blocks
    labels = {block.label for block in blocks if isinstance(block, Table)}
    chosen = opened("elements").checkup().plan.plan.frameworks
    assert len(chosen) == 9
    assert {f"table-crosswalk-{name}" for name in chosen} <= labels


def test_the_proof_can_be_a_document_of_its_own_that_still_names_sections() -> None:
    checkup = opened("elements").checkup()
    alone = numbered(proof_document(elements(), checkup, today=TODAY))
    rows = rows_of(alone, "table-requirements-content")
    assert any(row[2][:1].isdigit() for row in rows)
    assert alone.status == "Working paper, November 21, 2026"
    assert problems_of(write_docx(alone)) == []


def test_the_proof_of_a_public_draft_shows_no_judgment_of_staff() -> None:
    checkup = opened("elements").checkup("public")
    alone = to_markdown(numbered(proof_document(elements("public"), checkup, today=TODAY)))
    assert "What staff judge" not in alone
    assert "Not yet addressed" not in alone


def test_every_answer_the_crosswalk_counts_has_a_place_in_the_plan() -> None:
    checkup = opened("elements").checkup()
    found = places(labelled(elements().blocks))
    for row in checkup.requirements:
        assert all(found.of(path) for path in row.coverage.where), row.requirement.id


def test_every_table_of_the_plan_is_known_by_the_answers_it_prints() -> None:
    for piece in pieces_of(elements().blocks):
        first = piece.blocks[0]
        if isinstance(first, Boundary) and first.kind == "table" and not piece.is_front:
            assert piece.paths, first.path


@pytest.mark.parametrize("stage", ["working", "public"])
def test_a_plan_with_its_proof_is_sound_and_accessible(stage: Stage) -> None:
    checkup = opened("elements").checkup(stage)
    assert problems_of(write_docx(numbered(with_proof(elements(stage), checkup)))) == []


def test_the_proof_of_a_state_order_names_the_sections_of_the_state() -> None:
    checkup = opened("ca").checkup()
    document = numbered(with_proof(in_order_of("ca"), checkup))
    row = row_with(rows_of(document, "table-requirements-content"), "Rapid response")
    assert "IV.C" in row[2]


def test_an_empty_plan_still_has_its_requirement_crosswalk() -> None:
    document = proved(tree={"board": {"name": "Alph Board"}})
    assert rows_of(document, "table-requirements-content")
    assert lint(write_docx(document)) == ()


def test_a_section_without_a_number_is_named_by_its_title() -> None:
    blocks = (
        Heading(1, (Run("About"),), label="about", numbered=False),
        Boundary("board.mission", "answer"),
        Paragraph((Run("We build."),)),
    )
    found = places(blocks).of("board.mission")
    assert found is not None
    assert links([found]) == (Run("About", link="#about"),)


def test_an_answer_is_looked_up_by_the_nearest_part_that_is_printed() -> None:
    blocks = (
        Heading(1, (Run("Design"),), label="design"),
        Boundary("tables.table-entries-care", "table"),
        Table((), ()),
    )
    found = places(blocks)
    assert found.of("pathways.care.entry_points.e1.owner") is not None
    assert found.of("sectors.health.need") is None
    assert Places({}).of("board") is None


def matrix(label: str, tree: dict[str, Any], stage: Stage = "working") -> list[list[str]]:
    plan = Plan.model_validate(tree)
    blocks = tuple(matrix_blocks(plan, names_of(plan), stage, ELEMENTS))
    document = Document("t", "b", blocks)
    return rows_of(document, f"table-matrix-{label}")


PEOPLE: dict[str, Any] = {
    "populations": [{"id": "vets", "name": "Veterans"}, {"id": "youth", "name": "Youth"}],
    "pathways": [{"id": "care", "name": "Care", "populations": ["vets"], "metrics": ["m"],
                  "entry_points": [{"id": "e", "name": "Library", "who": ["vets"]}]}],
    "supports": [{"id": "s", "service": "Child care", "populations": ["vets"]}],
    "metrics": [{"id": "m", "name": "Completion"}],
}  # fmt: skip


def test_people_stand_against_entry_points_supports_and_measures() -> None:
    rows = matrix("populations", PEOPLE)
    assert rows[0] == ["Veterans", "Library (Care)", "Child care", "Completion"]


def test_people_that_nothing_reaches_are_shown_in_a_working_draft_only() -> None:
    assert [row[0] for row in matrix("populations", PEOPLE)] == ["Veterans", "Youth"]
    assert [row[0] for row in matrix("populations", PEOPLE, "public")] == ["Veterans"]


def test_required_programs_stand_against_partners_roles_and_resources() -> None:
    tree: dict[str, Any] = {
        "partners": [{"id": "dor", "name": "Rehabilitation office", "programs": ["vr"],
                      "role": "Counsels people. It also trains staff.",
                      "resources": [{"id": "r", "what": "Two counselors"}]}],
        "absent_programs": [{"id": "jc", "program": "job-corps", "reason": "No center here."}],
    }  # fmt: skip
    rows = matrix("required-programs", tree)
    assert row_with(rows, "Vocational rehabilitation")[1:] == [
        "Rehabilitation office", "Counsels people.", "Two counselors",
    ]  # fmt: skip
    assert row_with(rows, "Job Corps")[1:3] == ["Not carried out here", "No center here."]


def test_partners_stand_against_the_six_elements() -> None:
    tree: dict[str, Any] = {
        "partners": [{"id": "college", "name": "College"}, {"id": "idle", "name": "Idle"}],
        "pathways": [{"id": "care", "name": "Care", "lead": "college",
                      "steps": [{"id": "s", "provider": "college"}]}],
    }  # fmt: skip
    row = matrix("elements", tree)[0]
    assert row[3:5] == ["Leads Care", "Teaches one step"]
    assert [line[0] for line in matrix("elements", tree, "public")] == ["College"]


def test_the_appendices_can_be_made_for_any_document() -> None:
    checkup = check_up(SMALL, load_questionnaire(), today=date(2026, 11, 21))
    blocks = proof_blocks(checkup, Places({}), "working")
    assert sum(isinstance(block, Heading) and block.level == 1 for block in blocks) == 4
    assert replace(elements(), blocks=blocks).blocks == blocks


def test_a_role_keeps_its_links_where_programs_are_set_side_by_side() -> None:
    role = "Counsels people ([source](https://a.example/1)). It also trains staff."
    plan = Plan.model_validate(
        {"partners": [{"id": "dor", "name": "Office", "programs": ["vr"], "role": role}]}
    )
    blocks = tuple(matrix_blocks(plan, names_of(plan), "public", ELEMENTS))
    table = next(block for block in blocks if isinstance(block, Table))
    said = table.rows[0][2].text
    assert "".join(run.text for run in said) == "Counsels people (source)."
    assert [run.link for run in said if run.link] == ["https://a.example/1"]


def test_nobody_is_said_to_carry_out_a_program_that_no_partner_names() -> None:
    tree: dict[str, Any] = {"partners": [{"id": "dor", "name": "Office", "programs": ["vr"]}]}
    assert [row[0] for row in matrix("required-programs", tree, "public")] == [
        "Vocational rehabilitation (title IV)"
    ]


def test_a_review_that_has_nothing_to_show_yet_has_no_appendix() -> None:
    bare: dict[str, Any] = {"board": {"name": "B"}, "pathways": [{"id": "g", "name": "Growing"}]}
    said = [block.label for block in proved("public", bare).blocks if isinstance(block, Heading)]
    assert "appendix-requirements" in said
    assert "appendix-definition" not in said


def test_a_public_review_says_which_parts_it_does_not_list_yet() -> None:
    table = next(
        block
        for block in proved("public").blocks
        if isinstance(block, Table) and block.label == "table-review-care"
    )
    shown = {_said(row[0])[:3] for row in table.rows}
    open_parts = [f"({letter})" for letter in "ABCDEFG" if f"({letter})" not in shown]
    assert open_parts
    assert table.source.startswith("The Board is still preparing parts (")
    assert all(part in table.source for part in open_parts)
