"""Drafts of whole plans, stage by stage."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from localplan.document.assemble import Drafting, assemble
from localplan.document.blocks import Block, Boundary, Figure, Gap, Heading, Paragraph, Table, words
from localplan.document.numbering import numbered
from localplan.document.outside import assemble_outside
from localplan.document.render import TemplateProblem
from localplan.knowledge.kinds import STAGES, Stage
from localplan.knowledge.questions import load_questionnaire
from localplan.resources import EXAMPLES
from localplan.yamltext import Tree, Value, parse

TODAY = date(2026, 11, 21)
SMALL = """
board: {name: Delta Workforce Board, state: CA, area_name: Delta}
plan: {kind: four-year, first_program_year: 2025, program_years: 4}
partners:
  - {id: mesa, name: Mesa Adult School, kind: adult-school, role: Teaches English.,
     pain_points: Too few teachers., contact: {name: Ana Secret}}
  - {id: delta, name: Delta College, kind: community-college, resources: [{id: r, what: Two labs}]}
sectors:
  - {id: health, name: Health care, naics: 62, standing: existing}
pathways:
  - id: nursing
    name: Nursing
    sector: health
    lead: delta
    standing: existing
    entry_points: [{id: e, name: Adult school}]
    steps: [{id: s, course: Nursing assistant, credential: CNA}]
    exit_points: [{id: x, step: s, occupation: Nursing assistant, wage: 19.80}]
    more: {builds_on: A class that ran for ten years.}
narratives:
  partnership_vision: |
    # Not a heading

    We share **one** vision.
  brand_new: Nobody asked for this.
notes: {board.name: keep this quiet}
status: {narratives.sector_need: {state: later, owner: mesa, due: 2027-01-15}}
"""


def drafted(
    text: str = SMALL, stage: Stage = "working", more: Tree | None = None
) -> tuple[Block, ...]:
    tree: Tree = parse(text, "answers.yaml")
    tree.update(more or {})
    return numbered(assemble(tree, load_questionnaire(), Drafting(TODAY, stage, 3))).blocks


def text(blocks: tuple[Block, ...]) -> str:
    return "\n".join(words(block) for block in blocks)


def of_kind(blocks: tuple[Block, ...], kind: type[Block]) -> Iterator[Block]:
    return (block for block in blocks if isinstance(block, kind))


def test_generated_sentences_introduce_and_count() -> None:
    said = text(drafted())
    assert "Two organizations carry the work in this plan with the Board" in said
    assert "one adult education provider and one community or technical college" in said
    assert "Delta College leads it." in said
    assert "There is one way in: adult school." in said
    assert "The one step is nursing assistant, which earns CNA." in said


def test_sentences_point_at_tables_by_number() -> None:
    blocks = drafted()
    table = next(
        block for block in blocks if isinstance(block, Table) and block.label == "table-partners"
    )
    assert f"{table.number} sets out what each partner brings" in text(blocks)


def test_a_heading_typed_in_an_answer_stays_text() -> None:
    blocks = drafted()
    headings = [words(block) for block in of_kind(blocks, Heading)]
    assert "Not a heading" not in headings
    assert "# Not a heading" in text(blocks)


def test_each_pathway_has_a_map() -> None:
    labels = [block.label for block in drafted() if isinstance(block, Figure)]
    assert "figure-nursing" in labels


def test_an_answer_begins_its_region_at_its_heading() -> None:
    blocks = drafted()
    place = blocks.index(Boundary("narratives.partnership_vision", "answer"))
    assert isinstance(blocks[place + 1], Heading)
    lead = blocks[blocks.index(Boundary("partners.mesa.role", "answer")) + 1]
    assert isinstance(lead, Paragraph)
    assert lead.look == "runin"


def test_one_partner_makes_up_a_plan_of_one() -> None:
    alone: Tree = {
        "board": {"name": "Delta Board"}, "partners": [{"id": "mesa", "name": "Mesa School"}],
    }  # fmt: skip
    made = assemble(alone, load_questionnaire(), Drafting(TODAY, "public"))
    assert "One partner makes up the plan of Delta Board" in text(numbered(made).blocks)


def test_a_name_stands_beside_the_question_that_was_given_to_it_alone() -> None:
    said: Tree = {"board.chair": {"state": "later", "owner": "Ana Ruiz"}}
    gaps = [block for block in drafted(more={"status": said}) if isinstance(block, Gap)]
    asked = {
        gap.what: gap.owner for gap in gaps if "Who chairs" in gap.what or "public ask" in gap.what
    }
    assert [owner for what, owner in asked.items() if "Who chairs" in what] == ["Ana Ruiz"]
    assert [owner for what, owner in asked.items() if "public ask" in what] != ["Ana Ruiz"]
    assert len(asked) > 1


def test_a_working_draft_shows_gaps_with_their_owner() -> None:
    gaps = [block for block in drafted() if isinstance(block, Gap)]
    owned = next(gap for gap in gaps if gap.path == "narratives.sector_need")
    assert (owned.owner, owned.due) == ("Mesa Adult School", "January 15, 2027")
    assert "Still to be written" in text(drafted())


def test_a_gap_of_many_records_asks_first_and_names_them_beneath() -> None:
    partners: Value = [{"id": f"p{number}", "name": f"Partner {number}"} for number in range(1, 6)]
    gaps = [
        gap for gap in of_kind(drafted(more={"partners": partners}), Gap)
        if isinstance(gap, Gap) and "Partner 1" in gap.why
    ]  # fmt: skip
    assert gaps
    assert all(not gap.what.startswith("Partner") for gap in gaps)
    assert "Missing for Partner 1, Partner 2, Partner 3, Partner 4 and Partner 5." in gaps[0].why


@pytest.mark.parametrize("stage", [stage for stage in STAGES if stage != "working"])
def test_other_stages_show_no_gaps_and_say_plainly_what_is_being_prepared(stage: Stage) -> None:
    blocks = drafted(stage=stage)
    assert not list(of_kind(blocks, Gap))
    assert "The Board is still preparing this part of the plan." in text(blocks)
    assert "Still to be written" not in text(blocks)


@pytest.mark.parametrize("stage", STAGES)
def test_notes_and_private_contacts_never_appear(stage: Stage) -> None:
    said = text(drafted(stage=stage))
    assert "keep this quiet" not in said
    assert "Ana Secret" not in said


@pytest.mark.parametrize("stage", STAGES)
def test_what_partners_struggle_with_is_never_printed(stage: Stage) -> None:
    assert "Too few teachers." not in text(drafted(stage=stage))


@pytest.mark.parametrize("stage", STAGES)
def test_private_answers_are_never_printed(stage: Stage) -> None:
    private: Tree = {"private": ["partners.mesa.role"]}
    assert "Teaches English." not in text(drafted(stage=stage, more=private))


def test_a_working_draft_counts_what_it_does_not_print() -> None:
    private: Tree = {"private": ["partners.mesa.role"]}
    said = text(drafted(more=private))
    assert "Three private answers are not printed" in said
    assert "private answer" not in text(drafted(stage="public", more=private))


def test_a_private_answer_is_not_asked_for_again() -> None:
    private: Tree = {"private": ["partners.mesa.role"]}
    gaps = [block.path for block in drafted(more=private) if isinstance(block, Gap)]
    assert "partners.mesa.role" not in gaps


def test_an_answer_no_chapter_knows_is_printed_at_the_end() -> None:
    said = text(drafted())
    assert "Nobody asked for this." in said
    assert "A class that ran for ten years." in said


def test_the_boards_own_words_replace_a_generated_passage() -> None:
    own: Tree = {"passages": {"partnership-overview": {"text": "We are *many*."}}}
    said = text(drafted(more=own))
    assert "We are many." in said
    assert "Two organizations carry the work in this plan" not in said


def test_what_does_not_apply_says_why() -> None:
    status: Tree = {
        "narratives.remote_access": {"state": "not-applicable", "reason": "All live near"}
    }
    assert "This does not apply here: All live near." in text(drafted(more={"status": status}))


RICH = """
board: {name: Delta Workforce Board, state: CA}
plan: {kind: four-year, first_program_year: 2025, program_years: 2}
areas: [{id: delta, name: Delta, jurisdictions: [City of Isleton, Delta County]}]
partners: [{id: college, name: Delta College, kind: community-college, role: Teaches.}]
absent_programs:
  - {id: jc, program: job-corps, reason: No center is near.}
  - {id: yb, program: youthbuild, reason: No grantee is near.}
populations:
  - {id: farm, name: Migrant and seasonal farmworkers, standard: farmworkers}
  - {id: adults, name: Adult learners}
sectors: [{id: health, name: Health care, standing: existing}]
pathways:
  - {id: care, name: Patient care, sector: health, track: existing,
     collaborative: "the Delta Health Group.", entry_points: [{id: e, who: [farm, adults]}]}
  - {id: office, name: Health office, sector: health}
supports: [{id: bus, service: Bus passes, populations: [farm, adults], provider: college}]
metrics:
  - {id: own, name: People who finish, levels: [
       {id: a, year: 2025, level: 70, status: board-set, date: 2025-06-24},
       {id: b, year: 2026, level: 72, status: board-set, date: 2026-06-23}]}
  - {id: second, name: People who stay, levels: [
       {id: a, year: 2025, level: 60, status: board-set, date: 2025-06-24},
       {id: b, year: 2026, level: 62, status: board-set, date: 2026-06-23},
       {id: c, year: 2027, status: not-negotiated, reason: Nobody was asked yet.}]}
evidence:
  - {id: wage, measure: Family wage, value: 29.80, unit: dollars an hour}
  - {id: few, measure: Tribal members at work, value: N, unit: people}
public_comment: {opens: 2027-01-11, closes: 2027-02-09}
comments: [{id: c1, comment: Evening classes are missing.}]
narratives: {plan_development: Partners wrote it.}
"""


def cells(blocks: tuple[Block, ...], label: str) -> list[list[str]]:
    table = next(one for one in blocks if isinstance(one, Table) and one.label == label)
    return [["".join(run.text for run in cell.text) for cell in row] for row in table.rows]


@pytest.mark.parametrize(
    ("plan", "said"),
    [
        ("{kind: four-year}", "Levels for Program Year 2025"),
        ("{kind: modification, effective_date: 2026-07-01}", "Levels for Program Year 2026"),
        ("{kind: modification, effective_date: 2028-07-01}", "Levels for Program Year 2026"),
    ],
)
def test_a_modification_shows_at_a_glance_the_levels_of_the_years_it_is_for(
    plan: str, said: str
) -> None:
    levels = (
        "{id: a, year: 2025, level: 60, status: negotiated},"
        "{id: b, year: 2026, level: 62, status: negotiated},"
        "{id: c, year: 2028, status: not-negotiated}"
    )
    metric = f"{{id: m, program: title-i-adult, indicator: employment-q2, levels: [{levels}]}}"
    blocks = drafted(f"plan: {plan}\nmetrics: [{metric}]\n")
    table = next(
        one for one in blocks if isinstance(one, Table) and one.label == "table-glance-levels"
    )
    assert table.caption == said


def test_groups_of_people_keep_a_capital_only_where_a_cell_begins() -> None:
    blocks = drafted(RICH)
    people = "igrant and seasonal farmworkers, and adult learners"
    assert cells(blocks, "table-entries-care")[0][1] == f"M{people}"
    assert cells(blocks, "table-supports")[0][0] == f"Bus passes\nFor m{people}"


def test_a_group_of_the_law_does_not_repeat_the_name_above_it() -> None:
    assert cells(drafted(RICH), "table-populations")[0][0] == (
        "Migrant and seasonal farmworkers\nBarrier (J)"
    )


def test_short_names_stand_out_above_what_describes_them() -> None:
    table = next(
        one for one in drafted(RICH) if isinstance(one, Table) and one.label == "table-populations"
    )
    assert [row[0].text[0].bold for row in table.rows] == [True, True]
    assert not table.rows[0][0].text[1].bold


def test_programs_without_a_partner_are_listed_with_their_reason() -> None:
    said = text(drafted(RICH))
    assert "Two required programs have no partner here:" in said
    assert "Job Corps. No center is near." in said


def test_pathways_and_sectors_are_called_what_they_are() -> None:
    said = text(drafted(RICH))
    assert "The Patient care pathway serves the health care sector." in said
    assert "Two pathways serve the sector: Patient care and Health office." in said
    assert "The Board joins a collaborative that already runs: the Delta Health Group." in said
    assert "for the City of Isleton and Delta County" in said


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("Foothill Regional Plan", "goes together with the Foothill Regional Plan."),
        ("The Regional Plan", "goes together with The Regional Plan."),
        ("Growing Together", "goes together with the regional plan, Growing Together."),
        ("", "goes together with the regional plan."),
    ],
)
def test_the_regional_plan_is_named_once(title: str, said: str) -> None:
    regional: Tree = {"regional_plan": {"title": title, "file": "regional.pdf"}}
    assert said in text(drafted(RICH, more={"plan": {"kind": "four-year", **regional}}))


def test_a_note_says_when_levels_were_set_and_which_measure_lacks_one() -> None:
    said = text(drafted(RICH))
    assert (
        "Levels without a remark were set by the Board on June 24, 2025 and June 23, 2026. "
        "People who stay: Nobody was asked yet. Levels for PY 2027 are not yet negotiated."
    ) in said


def test_figures_are_printed_with_their_unit_unless_they_were_suppressed() -> None:
    said = text(drafted(RICH))
    assert "Family wage: $29.80 an hour" in said
    assert "Tribal members at work: suppressed" in said
    assert "suppressed people" not in said


def test_when_and_where_to_comment_stands_before_how_the_plan_was_made() -> None:
    said = text(drafted(RICH))
    assert said.index("from January 11, 2027 to") < said.index("Partners wrote it.")
    assert said.index("Partners wrote it.") < said.index("Comments received")


def test_a_draft_for_the_state_does_not_claim_that_it_was_sent() -> None:
    assert "For submission to the State, version of" in text(drafted(RICH, "submission"))


def test_no_heading_and_no_table_is_empty() -> None:
    for stage in STAGES:
        blocks = [
            block for block in drafted("board: {name: B}", stage) if not isinstance(block, Boundary)
        ]
        for block, after in zip(blocks, [*blocks[1:], None], strict=True):
            if isinstance(block, Heading):
                assert after is not None
                assert not isinstance(after, Heading) or after.level > block.level
            if isinstance(block, Table):
                assert block.rows


def test_the_chosen_order_of_elements_is_the_order_of_chapters() -> None:
    plan: Tree = {"kind": "four-year", "element_order": "crosswalk"}
    labels = [block.label for block in drafted(more={"plan": plan}) if isinstance(block, Heading)]
    chapters = [label for label in labels if label.startswith("chapter-")][:3]
    assert chapters == ["chapter-sector", "chapter-design", "chapter-partnership"]


def test_a_record_without_an_id_is_still_printed() -> None:
    said = text(drafted("partners: [{name: Mesa School, role: Teaches evenings.}]"))
    assert "Teaches evenings." in said


def test_the_same_answers_give_the_same_document() -> None:
    assert drafted() == drafted()


@pytest.mark.parametrize("example", ["complete", "quick-start", "orange-county"])
@pytest.mark.parametrize("stage", STAGES)
def test_every_example_drafts_at_every_stage(example: str, stage: Stage) -> None:
    blocks = drafted((EXAMPLES / f"{example}.yaml").read_text(encoding="utf-8"), stage)
    said = text(blocks)
    assert "Executive summary" in said
    assert not [word for word in ("None", "[]", "{'", "webat", "..") if f" {word}" in said]


def test_a_template_from_elsewhere_drafts_within_limits(tmp_path: Path) -> None:
    template = tmp_path / "own.j2"
    template.write_text("# {{ board.name }}\n\n{{ counted(partners|length, 'partner') }}\n")
    document = assemble_outside(
        parse(SMALL, "a"), load_questionnaire(), Drafting(TODAY, template=template), seconds=60
    )
    assert "two partners" in text(document.blocks)


@pytest.mark.parametrize("stage", ["working", "public"])
def test_a_template_from_elsewhere_reads_what_the_public_may_read(
    tmp_path: Path, stage: Stage
) -> None:
    template = tmp_path / "own.j2"
    paths = ["partners.mesa.role", "partners.mesa.pain_points", "partners.mesa.contact.name",
             "notes.x", "board.contact.name", "partners.mesa.remark"]  # fmt: skip
    template.write_text("".join(f"{{{{ answer('{path}') }}}}\n" for path in paths))
    contact: Tree = {"name": "Hushed"}
    tree: Tree = {
        "board": {"name": "Valley Board", "contact": contact},
        "partners": [
            {"id": "mesa", "role": "Teaches.", "pain_points": "Hushed", "contact": contact,
             "remark": "Hushed"}
        ],
        "notes": {"x": "Hushed"},
    }  # fmt: skip
    said = text(
        assemble(tree, load_questionnaire(), Drafting(TODAY, stage, template=template)).blocks
    )
    assert "Teaches." in said
    assert "Hushed" not in said


def test_a_template_that_never_ends_is_stopped(tmp_path: Path) -> None:
    template = tmp_path / "own.j2"
    endless = (
        "{% for a in range(99999) %}{% for b in range(99999) %}{{ a }}{% endfor %}{% endfor %}"
    )
    template.write_text(endless)
    with pytest.raises(TemplateProblem, match=r"own\.j2"):
        assemble_outside(
            parse(SMALL, "a"), load_questionnaire(), Drafting(TODAY, template=template), seconds=3
        )


def test_levels_of_performance_and_the_action_plan_are_two_sentences() -> None:
    levels: Tree = {
        "metrics": [
            {"id": "m", "indicator": "employment-q2", "program": "title-i-adult", "scope": "area",
             "levels": [{"id": "l", "year": "2025", "level": "71.5", "status": "negotiated"}]}
        ],
        "actions": [{"id": "a", "element": "delivery", "action": "Open a center"}],
    }  # fmt: skip
    said = text(drafted(stage="public", more=levels))
    assert "answers for one indicator of performance. The action plan lists one action" in said


def test_a_sentence_about_a_figure_that_is_not_drawn_is_left_out() -> None:
    said = text(drafted("""
pathways: [{id: tech, name: Technician, entry_points: [{id: e, name: The employer academy}]}]
"""))  # fmt: skip
    assert "There is one way in: the employer academy." in said
    assert "shows the whole pathway" not in said


def test_a_table_of_one_column_is_a_list() -> None:
    blocks = drafted("""
approvals: [{id: a, body: The Board}, {id: b, body: The County}, {id: c}]
""")  # fmt: skip
    captions = [block.caption for block in of_kind(blocks, Table) if isinstance(block, Table)]
    assert "Votes and signatures" not in captions
    assert "Votes and signatures\nThe Board The County" in text(blocks)


NO_OPTIONS = """
partners: [{id: a, name: Mesa Office, programs: [vr, title-iv-vr]}]
sectors: [{id: s, name: Manufacturing, standing: booming}]
"""


def test_a_value_that_is_none_of_the_choices_is_shown_to_the_board_alone_and_counts_as_none() -> (
    None
):
    for stage in ("working", "public"):
        said = text(drafted(NO_OPTIONS, stage))
        assert "additional program" not in said
        assert "title iv vr" not in said
        assert "Manufacturing is a sector of this plan." in said
        assert ("title-iv-vr" in said) == ("booming" in said) == (stage == "working")


@pytest.mark.parametrize(
    "part",
    [
        "metrics: [{id: m, name: People who finish, unit: percent}]",
        "sectors: [{id: s, name: Health care, measures: [{id: m, measure: Jobs, unit: percent}]}]",
    ],
)
def test_a_unit_is_printed_before_there_is_a_figure(part: str) -> None:
    assert "In percent" in text(drafted(part, "public"))


def test_names_of_offices_have_their_article_and_cells_begin_with_a_capital() -> None:
    said = text(drafted("""
board: {name: B, reply_to: {name: Office of Planning}}
areas: [{id: a, name: Alder, fiscal_agent: County of Alder,
         jurisdictions: [the other cities of Alder County, unincorporated areas]}]
populations: [{id: p, name: Adults}]
supports: [{id: s, service: Child care during class, populations: [p]},
           {id: t, service: Monthly bus pass, populations: [p]}]
"""))  # fmt: skip
    assert "Comments go to the Office of Planning." in said
    assert "The fiscal agent for Alder is the County of Alder." in said
    assert "The other cities of Alder County and unincorporated areas" in said
    assert "Child care during class and monthly bus pass" in said


def test_a_record_without_a_name_is_called_by_the_words_of_its_id() -> None:
    said = text(drafted("partners: [{id: delta-college, role: Teaches.}]", "public"))
    assert "Delta college" in said
    assert "delta-college" not in said


def test_a_box_names_five_records_and_counts_the_others() -> None:
    partners: list[Value] = [
        {"id": f"p{place}", "name": f"School {place}"} for place in range(1, 9)
    ]
    said = text(drafted(more={"partners": partners}))
    assert "Missing for School 1, School 2, School 3, School 4, School 5 and three more." in said


def test_a_comment_of_nobody_named_is_not_called_one_of_the_public() -> None:
    said = drafted("comments: [{id: c1, date: 2027-01-12, comment: No evening classes.}]")
    assert cells(said, "table-comments") == [["January 12, 2027", "No evening classes."]]


def test_a_plan_with_little_in_it_says_no_more_than_that() -> None:
    said = text(drafted("""
board: {name: Pine Board}
partners: [{id: a, name: Pine College}, {id: b, name: City of Pine}]
sectors: [{id: f, name: Farming}]
pathways: [{id: g, name: Growing}]
""", "public"))  # fmt: skip
    assert "This is the local plan of Pine Board. Two organizations carry the work" in said
    assert "Growing is the one career pathway of the plan." in said
    assert "Pine Board is a local workforce development board." in said
    assert "Pine College and the City of Pine take part." in said
    assert "The Board works in one sector: Farming." in said
    assert "Title I" not in said


def test_partners_carry_the_pathway_when_each_of_them_has_a_part_in_it() -> None:
    said = text(drafted("""
partners: [{id: a, name: Pine College}, {id: b, name: Pine Adult School}]
pathways: [{id: g, name: Growing, lead: a, partners: [b]}]
""", "public"))  # fmt: skip
    assert "Two organizations carry the pathway in this plan with the Board." in said


def test_one_who_does_not_say_what_it_does_takes_part_too() -> None:
    said = text(
        drafted("partners: [{id: a, name: Pine College, role: Teaches.}, {id: b, name: B}]")
    )
    assert "B takes part too." in said


def test_programs_without_a_name_of_their_own_are_listed_and_not_counted() -> None:
    said = text(drafted("""
partners: [{id: a, name: Pine Office, programs: [vr, snap-et, other]}]
""", "public"))  # fmt: skip
    assert (
        "names who carries out one required one-stop partner program and one additional program."
        in said
    )
    assert "Other programs Pine Office" in said


@pytest.mark.parametrize(
    ("funding", "head"), [("", "Given by"), (", funding: TANF", "Given and paid for by")]
)
def test_a_support_is_paid_for_by_nobody_until_somebody_is_named(funding: str, head: str) -> None:
    one = "{id: s, service: Bus pass, provider: a, populations: [p]" + funding + "}"
    blocks = drafted(f"""
partners: [{{id: a, name: Pine College}}]
populations: [{{id: p, name: Adults}}]
supports: [{one}, {{id: t, service: Child care, provider: a}}]
""")
    table = next(block for block in of_kind(blocks, Table) if is_supports(block))
    assert isinstance(table, Table)
    assert [column.head[0].text for column in table.columns][-1] == head


def is_supports(block: Block) -> bool:
    return isinstance(block, Table) and block.label == "table-supports"


def test_the_only_center_is_called_what_it_is() -> None:
    said = text(drafted("one_stops: [{id: a, name: The Bus, kind: mobile}]", "public"))
    assert "People reach the system through one mobile site." in said


def test_an_action_that_is_done_is_not_announced_as_still_to_come() -> None:
    taken = """
actions: [{id: a, action: Open a center, status: done, due: 2026-01-15}, {id: b, action: Hire}]
"""
    assert "The action plan has two actions, of which one is done. " in text(drafted(taken))
    assert "The action plan has two actions. " in text(drafted(taken, "public"))


def test_partners_of_a_pathway_have_their_article() -> None:
    said = text(drafted("""
partners: [{id: a, name: City of Pine}, {id: b, name: Department of Rehabilitation}]
pathways: [{id: g, name: Growing, partners: [a, b]}]
""", "public"))  # fmt: skip
    assert "The City of Pine and the Department of Rehabilitation carry it." in said


def test_one_entry_of_evidence_is_not_counted_as_one_figure() -> None:
    said = text(drafted("""
evidence: [{id: e, measure: Openings and wage, value: 140 openings; $22.60, source: State table}]
""", "public"))  # fmt: skip
    assert "published figure" not in said
    assert "gives the figures of this plan as they were published." in said


def test_pathways_that_say_no_more_than_their_names_are_a_plain_list() -> None:
    said = text(drafted("""
partners: [{id: a, name: Pine College}]
pathways: [{id: g, name: Growing, lead: a}, {id: h, name: Health}]
""", "public"))  # fmt: skip
    assert "The plan has two career pathways:" in said
    assert "Growing, led by Pine College. Health." in said


def test_a_box_for_several_records_asks_about_each_of_them() -> None:
    partners: list[Value] = [{"id": f"p{place}", "name": f"School {place}"} for place in (1, 2)]
    said = text(drafted(more={"partners": partners}))
    assert "For both School 1 and School 2: What kind of organization is it?" in said


def test_a_box_for_several_things_says_their_names_within_its_sentence() -> None:
    supports: list[Value] = [
        {"id": "a", "service": "Child care"},
        {"id": "b", "service": "Transportation"},
        {"id": "c", "service": "English classes"},
    ]
    said = text(drafted(more={"supports": supports}))
    assert "For each of child care, transportation and English classes: " in said


def test_a_caption_promises_wages_only_where_a_pathway_has_some() -> None:
    bare = "pathways: [{id: care, name: Care, entry_points: [{id: e, name: Adult school}]}]"
    assert "what they pay" not in text(drafted(bare))
    assert "what they pay" in text(drafted())
