"""In a State's order, a prompt points only to what is answered, and a filter to its records."""

from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from outlines import TODAY, in_order_of, outlined

from localplan.document.assemble import Drafting, assemble
from localplan.document.blocks import Document, Heading, Table, words
from localplan.document.markdown import to_markdown
from localplan.document.numbering import numbered
from localplan.document.outline import outline_document
from localplan.knowledge.asking import questionnaire_for
from localplan.knowledge.kinds import Stage
from localplan.knowledge.states import read_state

STILL = "The Board is still preparing this part of the plan."
WORKING = "No answer stands under this prompt yet."
HEAD = """
id: xx
name: Xanadu
title: The order of this tool for Xanadu
as_of: "2026-11-21"
source: Xanadu policy 1
sections:
  - number: "1"
    heading: Partners
    prompts:
"""
MANY = [
    ("college", "Delta College", "perkins", "Teaches welding."),
    ("rehab", "Rehabilitation Office", "vr", "Places people with disabilities."),
    ("rehab-blind", "Services for the Blind", "vr", "Teaches Braille."),
    ("school", "Mesa Adult School", "adult-education", "Teaches English."),
    ("county", "County Human Services", "tanf", "Pays for child care."),
    ("library", "Mesa Library", "public-library", "Lends laptops."),
]
PARTNERS = [
    {"id": name, "name": called, "programs": [program], "role": role, "outcomes": [f"By {name}"]}
    for name, called, program, role in MANY
]


def prompts(*targets: str) -> str:
    """A State file with one prompt for each target."""
    lines = [
        f'      - {{id: xx-{at}, number: "1.{at}", heading: Prompt {at}, source: p, '
        f'targets: ["{target}"]}}\n'
        for at, target in enumerate(targets, 1)
    ]
    return HEAD + "".join(lines)


def made(folder: Path, outline: str, tree: dict[str, Any], stage: Stage = "public") -> Document:
    state = read_state(outlined(folder, outline))
    drafted = assemble(tree, questionnaire_for([], state), Drafting(TODAY, stage))
    return numbered(outline_document(drafted, state, tree))


def under(document: Document, prompt: int) -> str:
    """What stands under one prompt."""
    said = to_markdown(document)
    found = said.partition(f"# 1.{prompt} Prompt {prompt}\n")[2]
    return found.split("\n### 1.")[0].split("\n## Further answers")[0]


@pytest.mark.parametrize("stage", ["public", "working"])
def test_a_filter_without_a_record_says_that_nothing_is_answered(
    tmp_path: Path, stage: Stage
) -> None:
    outline = prompts("partners", "partners[programs=veterans].role")
    said = under(made(tmp_path, outline, {"partners": PARTNERS}, stage), 2)
    assert "is answered in" not in said
    assert (STILL if stage == "public" else WORKING) in said


@pytest.mark.parametrize("stage", ["public", "working"])
def test_a_nearly_empty_plan_points_nowhere(tmp_path: Path, stage: Stage) -> None:
    outline = prompts("partners", "partners[programs=vr].role", "narratives.sector_need",
                      "narratives.sector_need", "areas", "areas.*.fiscal_agent")  # fmt: skip
    document = made(tmp_path, outline, {"board": {"name": "Alph Board"}}, stage)
    said = to_markdown(document)
    assert "is answered in" not in said
    assert "See also" not in said
    assert (STILL if stage == "public" else WORKING) in under(document, 4)


@pytest.mark.parametrize("size", [len(PARTNERS), 4])
def test_a_filter_prints_its_records_alone(tmp_path: Path, size: int) -> None:
    outline = prompts("partners[programs=vr].role", "partners[programs=perkins].role", "partners")
    document = made(tmp_path, outline, {"partners": PARTNERS[:size]})
    assert "Places people with disabilities." in under(document, 1)
    assert "Teaches Braille." in under(document, 1)
    assert "welding" not in under(document, 1)
    assert "Teaches welding." in under(document, 2)
    assert "disabilities" not in under(document, 2)
    assert "Teaches English." in under(document, 3)
    assert "Braille" not in under(document, 3)


@pytest.mark.parametrize("size", [len(PARTNERS), 4])
def test_every_partner_is_printed_once_however_the_table_is_divided(
    tmp_path: Path, size: int
) -> None:
    outline = prompts("partners[programs=vr].role", "partners[programs=vr].outcomes", "partners")
    said = to_markdown(made(tmp_path, outline, {"partners": PARTNERS[:size]}))
    for name, _, _, role in MANY[:size]:
        assert said.count(role) == 1
        assert said.count(f"By {name} ") + said.count(f"By {name}\n") == 1


def test_a_filter_points_to_where_its_records_stand(tmp_path: Path) -> None:
    outline = prompts("partners[programs=perkins].role", "partners", "partners[programs=vr].role")
    document = made(tmp_path, outline, {"partners": PARTNERS})
    assert under(document, 3).strip() == "This is answered in section 1.2."


def test_a_record_without_the_answer_asked_for_is_not_pointed_to(tmp_path: Path) -> None:
    silent = [{**PARTNERS[1], "role": ""}, *PARTNERS[2:], PARTNERS[0]]
    tree = {"partners": [one for one in silent if one["id"] != "rehab-blind"]}
    document = made(tmp_path, prompts("partners", "partners[programs=vr].role"), tree)
    assert "is answered in" not in under(document, 2)
    assert STILL in under(document, 2)


def test_parts_of_one_table_have_labels_of_their_own(tmp_path: Path) -> None:
    outline = prompts("partners[programs=vr].role", "partners")
    document = made(tmp_path, outline, {"partners": PARTNERS})
    labels = [one.label for one in document.blocks if isinstance(one, Table)]
    assert len(labels) == len(set(labels))


def test_a_generated_sentence_is_no_answer_to_what_it_does_not_hold(tmp_path: Path) -> None:
    tree = {"areas": [{"id": "a", "name": "Alph", "jurisdictions": ["Alph County"]}]}
    document = made(tmp_path, prompts("areas.*.fiscal_agent", "areas"), tree)
    assert "Alph County" not in under(document, 1)
    assert STILL in under(document, 1)
    assert "Alph County" in under(document, 2)


def test_who_the_boards_are_stands_in_the_first_part_that_asks_for_what_is_answered(
    tmp_path: Path,
) -> None:
    """Though another prompt asks for the mission first, which nobody wrote."""
    tree = {
        "board": {"name": "Alph Board"},
        "areas": [{"id": "a", "name": "Alph", "jurisdictions": ["Alph County"]}],
    }
    document = made(tmp_path, prompts("board.mission", "areas"), tree)
    said = "Alph Board is the local workforce development board for Alph County."
    assert said in under(document, 2)


def test_what_does_not_apply_is_an_answer_that_can_be_pointed_to(tmp_path: Path) -> None:
    tree = {"status": {"narratives.sector_need": {"state": "not-applicable", "reason": "No data"}}}
    outline = prompts("narratives.sector_need", "narratives.sector_need")
    document = made(tmp_path, outline, tree)
    assert "This does not apply here: No data." in under(document, 1)
    assert "This is answered in section 1.1." in under(document, 2)


def test_further_answers_say_which_element_each_belongs_to(tmp_path: Path) -> None:
    tree = {"narratives": {"sector_board": "We convene.", "design_board": "We pay."}}
    document = made(tmp_path, prompts("partners"), tree)
    heads = [words(one) for one in document.blocks if isinstance(one, Heading)]
    own = "The Board's own part"
    assert [above for above, head in pairwise(heads) if head == own] == ["Sector", "Design"]


@pytest.mark.parametrize("stage", ["public", "board", "submission"])
def test_the_tool_does_not_speak_to_the_readers_of_a_plan(tmp_path: Path, stage: Stage) -> None:
    tree = {"narratives": {"sector_board": "We convene."}, "plan": {"title": "Plan"}}
    said = to_markdown(made(tmp_path, prompts("partners"), tree, stage))
    assert "this tool" not in said
    assert "nothing is left out" not in said


def test_staff_see_on_the_cover_which_order_it_is(tmp_path: Path) -> None:
    tree = {"plan": {"title": "Plan", "first_program_year": "2025", "program_years": "4"}}
    said = to_markdown(made(tmp_path, prompts("partners"), tree, "working"))
    assert "The order of this tool for Xanadu" in said


@pytest.mark.parametrize("code", ["ca", "federal", "ga", "il", "or", "pa"])
@pytest.mark.parametrize("example", ["quick-start", "orange-county"])
def test_no_shipped_order_points_at_a_part_that_is_still_prepared(code: str, example: str) -> None:
    document = numbered(in_order_of(code, "public", example))
    bodies: dict[str, list[str]] = {}
    label = ""
    for block in document.blocks:
        if isinstance(block, Heading) and block.label.startswith(("prompt-", "outline-")):
            label = block.label
        elif not isinstance(block, Heading) and getattr(block, "look", "body") == "body":
            bodies.setdefault(label, []).append(words(block))
    pointed = {
        run.link[1:]
        for block in document.blocks
        for run in getattr(block, "text", ())
        if getattr(run, "link", "").startswith(("#prompt-", "#outline-"))
    }
    for target in pointed:
        assert any(words not in {"", STILL} for words in bodies.get(target, [])), target
