"""The plan in a State's order: its prompts, our answers beneath, nothing left out."""

from pathlib import Path
from typing import Any

import pytest
from outlines import TODAY, elements, in_order_of, opened, outlined
from validators import problems_of

from localplan.document.assemble import Drafting, assemble
from localplan.document.blocks import Boundary, Callout, Document, Gap, Heading, Paragraph, words
from localplan.document.docx import write_docx
from localplan.document.markdown import to_markdown
from localplan.document.numbering import numbered
from localplan.document.outline import outline_document
from localplan.knowledge.asking import questionnaire_for
from localplan.knowledge.kinds import Stage
from localplan.knowledge.states import State, load_state, read_state, state_ids
from localplan.plan.checks.checkup import check_up
from localplan.plan.checks.limits import lengths_of, limit_findings, words_in
from localplan.plan.progress import is_answered
from localplan.plan.tree import leaves

XX = """
id: xx
name: Xanadu
title: Local plan of Xanadu
as_of: "2026-11-21"
source: Xanadu policy 1
checked: Compare it.
vocabulary: {one-stop center: "Dome Center (DC)"}
sections:
  - number: "1"
    heading: Skills
    limit: {pages: 1}
    prompts:
      - {id: xx-a, number: "1.a", heading: Skills, prompt: Name the skills., source: p,
         limit: {words: 4}, targets: [narratives.skills_needed]}
      - {id: xx-b, number: "1.b", heading: Skills again, source: p,
         targets: [narratives.skills_needed]}
      - {id: xx-c, number: "1.c", heading: Centers, source: p, targets: [one_stops]}
      - {id: xx-d, number: "1.d", heading: Region, level: regional, source: p,
         targets: [narratives.sector_need, sectors, sectors.*.occupations]}
      - {id: xx-e, number: "1.e", heading: Changes, source: p, targets: [narratives.review],
         when: {plan.kind: modification}}
  - {number: "2", heading: Water, heading_only: true, prompts: []}
"""
TREE: dict[str, Any] = {
    "board": {"name": "Alph Board"},
    "plan": {"kind": "four-year"},
    "one_stops": [{"id": "a", "name": "One-Stop Center of the East", "kind": "comprehensive"},
                  {"id": "b", "name": "West Center", "kind": "affiliate"}],
    "narratives": {
        "skills_needed": "Reading, safety and the one-stop center desk.",
        "remote_access": "A bus.",
    },
}  # fmt: skip


@pytest.fixture
def xanadu(tmp_path: Path) -> State:
    return read_state(outlined(tmp_path, XX))


def made(state: State, tree: dict[str, Any], stage: Stage = "working") -> Document:
    drafted = assemble(tree, questionnaire_for([], state), Drafting(TODAY, stage))
    return numbered(outline_document(drafted, state, tree))


def text(document: Document) -> str:
    return to_markdown(document)


def headings(document: Document) -> list[str]:
    return [
        f"{block.number} {words(block)}".strip()
        for block in document.blocks
        if isinstance(block, Heading)
    ]


def test_prompts_stand_in_the_order_and_with_the_numbers_of_the_state(xanadu: State) -> None:
    listed = headings(made(xanadu, TREE))
    own = [line for line in listed if line[0].isdigit()]
    assert own == ["1 Skills", "1.a Skills", "1.b Skills again", "1.c Centers", "1.d Region",
                   "1.e Changes", "2 Water"]  # fmt: skip


def test_the_words_of_the_state_stand_above_the_answer(xanadu: State) -> None:
    said = text(made(xanadu, TREE))
    assert said.index("Name the skills.") < said.index("Reading, safety")


def test_an_answer_is_printed_once_and_later_prompts_point_to_it(xanadu: State) -> None:
    said = text(made(xanadu, TREE))
    assert said.count("Reading, safety") == 1
    assert "This is answered in section 1.a." in said


def test_a_prompt_that_shares_the_heading_of_its_section_can_be_pointed_to(tmp_path: Path) -> None:
    shared = XX.replace('id: xx-a, number: "1.a"', 'id: xx-a, number: "1"')
    said = text(made(read_state(outlined(tmp_path, shared)), TREE))
    assert "This is answered in section 1." in said


def test_an_answer_that_no_prompt_asks_for_is_printed_at_the_end(xanadu: State) -> None:
    said = text(made(xanadu, TREE))
    assert said.index("Further answers") < said.index("A bus.")


def test_a_summary_that_the_board_wrote_is_never_left_out(xanadu: State) -> None:
    tree = {**TREE, "narratives": {"executive_summary": "In short, the Board builds bridges."}}
    assert "the Board builds bridges" in text(made(xanadu, tree))


def test_a_prompt_without_an_answer_is_a_box_in_a_working_draft_only(xanadu: State) -> None:
    tree = {"board": {"name": "Alph Board"}}
    assert any(isinstance(block, Gap) for block in made(xanadu, tree).blocks)
    public = made(xanadu, tree, "public")
    assert not any(isinstance(block, Gap) for block in public.blocks)
    assert "The Board is still preparing this part of the plan." in text(public)


def test_a_prompt_that_does_not_apply_says_so(xanadu: State) -> None:
    said = text(made(xanadu, TREE))
    assert said.index("Changes") < said.index("This does not apply to this plan.")


def test_a_regional_prompt_names_the_place_in_the_regional_plan(xanadu: State) -> None:
    tree = {
        **TREE,
        "plan": {"regional_plan": {"title": "Kubla Plan", "sections": {"xx-d": "Part 2"}}},
    }
    assert "The regional plan answers this: Kubla Plan, Part 2." in text(made(xanadu, tree))


def test_only_headings_seen_is_said_in_a_working_draft_only(xanadu: State) -> None:
    said = "Only the State's headings were seen here"
    assert said in text(made(xanadu, TREE))
    assert said not in text(made(xanadu, TREE, "public"))


def test_a_heading_that_is_not_the_states_says_so_in_a_working_draft_only() -> None:
    assert "Not a heading of the State" in to_markdown(numbered(in_order_of("ca")))
    assert "Not a heading of the State" not in to_markdown(numbered(in_order_of("ca", "public")))


def test_a_prompt_does_not_point_at_the_section_that_it_stands_in() -> None:
    said = to_markdown(numbered(in_order_of("ca")))
    first = said.split("## II")[0]
    assert "See also section" not in first


def test_a_gap_under_a_heading_that_is_not_the_states_is_not_laid_at_its_door() -> None:
    def reasons(code: str) -> set[str]:
        blocks = made(load_state(code), {}).blocks
        return {block.why for block in blocks if isinstance(block, Gap)}

    assert "The State asks for it." in reasons("ga")
    assert "The State asks for it." not in reasons("il")


def test_what_to_check_is_said_in_a_working_draft_only(xanadu: State) -> None:
    def cautions(stage: Stage) -> list[Callout]:
        blocks = made(xanadu, TREE, stage).blocks
        return [block for block in blocks if isinstance(block, Callout) and block.kind == "caution"]

    assert len(cautions("working")) == 1
    assert cautions("public") == []


def test_the_words_of_the_state_replace_ours_but_never_those_of_the_board(xanadu: State) -> None:
    said = text(made(xanadu, TREE))
    assert "Dome Center (DC)" in said or "DCs" in said
    assert "the one-stop center desk" in said
    assert "One-Stop Center of the East" in said


def test_a_word_limit_is_counted_and_a_page_limit_is_called_an_estimate(xanadu: State) -> None:
    said = text(made(xanadu, TREE))
    assert "Limit: 4 words. The answer has 7." in said
    assert "an estimate from its" in said


def test_an_exceeded_limit_is_a_warning_at_the_answer(xanadu: State) -> None:
    found = list(limit_findings(xanadu, lengths_of(xanadu, TREE)))
    assert [(item.rule, item.path) for item in found] == [
        ("over-limit", "narratives.skills_needed")
    ]


def test_an_exceeded_limit_can_be_accepted_like_any_warning(xanadu: State) -> None:
    finding = next(iter(limit_findings(xanadu, lengths_of(xanadu, TREE))))
    tree = {**TREE, "accepted": {finding.id: {"reason": "The State agreed"}}}
    checkup = check_up(tree, questionnaire_for([], xanadu), today=TODAY, state=xanadu)
    found = next(item for item in checkup.findings if item.rule == "over-limit")
    assert found.accepted == "The State agreed"


def test_an_answer_within_its_limit_is_no_finding(xanadu: State) -> None:
    tree = {**TREE, "narratives": {"skills_needed": "Reading and safety."}}
    assert list(limit_findings(xanadu, lengths_of(xanadu, tree))) == []


def test_pages_counted_on_the_finished_document_are_not_called_an_estimate(xanadu: State) -> None:
    length = next(item for item in lengths_of(xanadu, TREE, {"1": 3.0}) if item.place == "1")
    assert length.exceeds
    assert length.said == "Limit: 1 page. The answer fills 3 pages."


def test_words_are_counted_without_the_ids_of_records() -> None:
    assert words_in([{"id": "a", "name": "Two words"}, "one"]) == 3


@pytest.mark.parametrize("code", state_ids())
def test_every_answer_of_the_six_element_plan_is_printed_in_every_order(code: str) -> None:
    def answered(document: Document) -> set[str]:
        return {
            block.path
            for block in document.blocks
            if isinstance(block, Boundary) and block.kind == "answer"
        }

    assert answered(elements()) - answered(in_order_of(code)) == set()


@pytest.mark.parametrize("code", state_ids())
def test_no_answer_is_printed_twice(code: str) -> None:
    paths = [
        block.path
        for block in in_order_of(code).blocks
        if isinstance(block, Boundary) and block.kind == "answer"
    ]
    assert len(paths) == len(set(paths))


@pytest.mark.parametrize("code", state_ids())
def test_every_narrative_answer_is_on_the_page(code: str) -> None:
    plan = opened(code)
    pages = " ".join(text(numbered(in_order_of(code))).replace("\\", "").split())
    for path, value in leaves(plan.tree).items():
        if path.startswith("narratives.") and isinstance(value, str) and is_answered(value):
            words = value.replace("*", "").replace("|", " ").split()[:6]
            start = " ".join(words).lstrip("-# ")
            assert start.split("[")[0][:30] in pages.replace("**", "").replace("*", ""), path


@pytest.mark.parametrize("code", state_ids())
def test_the_document_in_a_states_order_is_sound_and_accessible(code: str) -> None:
    assert problems_of(write_docx(numbered(in_order_of(code)))) == []


@pytest.mark.parametrize("stage", ["public", "board", "submission"])
def test_later_stages_print_nothing_that_is_only_for_the_board(stage: Stage) -> None:
    document = in_order_of("ca", stage)
    assert not any(isinstance(block, Gap) for block in document.blocks)
    notes = [block for block in document.blocks if isinstance(block, Paragraph)]
    assert not any("were seen here" in words(block) for block in notes)


def test_the_vocabulary_of_california_is_spoken() -> None:
    assert load_state("ca").vocabulary
    assert "AJCC" in text(numbered(in_order_of("ca")))


def test_the_words_of_a_state_stand_in_its_glossary() -> None:
    said = text(in_order_of("ca"))
    assert (
        "| America's Job Center of California (AJCC) | What California says for one-stop center. |"
        in said
    )
