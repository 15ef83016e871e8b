"""A person can add a State without code: write a file, have it checked, draft by it."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from localplan.cli.app import run
from localplan.document.assemble import Drafting, assemble
from localplan.document.markdown import to_markdown
from localplan.document.numbering import numbered
from localplan.document.outline import outline_document
from localplan.knowledge.asking import questionnaire_for
from localplan.knowledge.questions import QuestionsError, load_questionnaire
from localplan.knowledge.standards import StandardsError
from localplan.knowledge.states import load_state, read_state, state_ids
from localplan.plan.checks.limits import lengths_of
from localplan.plan.checks.statefile import check_state_file, said_of_unplaced, unplaced
from localplan.resources import STANDARDS

NEVADA = """\
id: nv
name: Nevada
title: Local plan in a Nevada order
as_of: "2026-11-21"
source: Nevada policy 1.2, page 3
checked: Compare the prompts with the policy in force.
vocabulary: {one-stop center: JobConnect center}
comment_days: 30
sections:
  - number: "1"
    heading: People and jobs
    prompts:
      - id: nv-1-1
        number: "1.1"
        heading: Skills
        prompt: Describe the skills that employers need.
        cite: "20 CFR 679.560(a)(2)"
        source: Nevada policy 1.2
        limit: {words: 20}
        targets: [narratives.skills_needed]
      - id: nv-1-2
        number: "1.2"
        heading: Water
        prompt: Describe jobs in water.
        source: Nevada policy 1.2
        targets: [narratives.nv_water]
questions:
  - {id: nv-water, fills: narratives.nv_water, kind: text, element: sector,
     ask: Which jobs depend on water?}
attachments:
  - {id: nv-att-1, item: Map of the area, source: Nevada policy 1.2}
signers:
  - {role: Chair, body: Local board}
calendar: {submission: "2027-03-31"}
"""


@pytest.fixture
def nevada(tmp_path: Path) -> Path:
    path = tmp_path / "nv.yaml"
    path.write_text(NEVADA, encoding="utf-8")
    return path


def check_of(path: Path, old: str, new: str) -> tuple[str, ...]:
    path.write_text(NEVADA.replace(old, new), encoding="utf-8")
    return check_state_file(path)


def line_of(text: str) -> int:
    return next(
        number for number, line in enumerate(NEVADA.splitlines(), 1) if text in line
    )  # fmt: skip


def test_a_state_written_from_scratch_passes_the_check(nevada: Path) -> None:
    assert check_state_file(nevada) == ()


def test_its_questions_join_the_interview_and_its_prompts_the_draft(nevada: Path) -> None:
    state = load_state("nv.yaml", nevada.parent)
    questionnaire = questionnaire_for([], state)
    assert "narratives.nv_water" in questionnaire.by_fills()
    tree: dict[str, Any] = {
        "board": {"name": "Desert Board"},
        "narratives": {"skills_needed": "Reading, safety.", "nv_water": "Pump operators."},
    }
    drafted = assemble(tree, questionnaire, Drafting(date(2026, 11, 21)))
    text = to_markdown(numbered(outline_document(drafted, state, tree)))
    asked = text.index("Describe the skills that employers need.")
    water = text.index("Describe jobs in water.")
    assert asked < text.index("Reading, safety.") < water < text.index("Pump operators.")


def test_the_command_says_that_the_file_can_be_used(
    nevada: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["standards", "--check", str(nevada)]) == 0
    assert "can be used: 2 prompts" in capsys.readouterr().out


def test_the_command_ends_with_1_and_counts_what_to_put_right(
    nevada: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    nevada.write_text(NEVADA.replace("heading: People", "haeding: People"), encoding="utf-8")
    assert run(["standards", "--check", str(nevada)]) == 1
    assert "to put right in nv.yaml" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("        prompt: Describe the skills", "        promt: Describe the skills", '"promt"'),
        ("targets: [narratives.skills_needed]", "targets: [narratives.skils]", "no question fills"),
        ("targets: [narratives.skills_needed]", "targets: [Narratives]", "is not a key"),
        ("      - id: nv-1-2", "      - id: nv-1-1", "used twice"),
        ("limit: {words: 20}", "limit: {words: many}", "words"),
        ("        cite:", "        level: county\n        cite:", "level must be 'local'"),
        ("limit: {words: 20}", "limit: 20 words", "limit must hold keys and values"),
        ("comment_days: 30", "comment_days: thirty", "comment_days must be a whole number"),
        (
            "{id: nv-att-1, item: Map of the area, source: Nevada policy 1.2}",
            "Map",
            "entry 1 of attachments must hold",
        ),
        ("element: sector,", "element: sectors,", 'no element "sectors"'),
        ("kind: text,", "kind: essay,", "kind must be 'text'"),
        ("kind: text,", "kind: text, when: {plan.kindd: x},", 'no question fills "plan.kindd"'),
        ("item: Map of the area,", "item: Map, when: {Plan.kind: x},", "is not a key"),
        ("        cite:", "        when: {plan.kindd: x}\n        cite:", '"plan.kindd"'),
    ],
)
def test_a_mistake_is_named_with_its_line(nevada: Path, old: str, new: str, says: str) -> None:
    problems = check_of(nevada, old, new)
    assert problems
    assert any(says in problem for problem in problems)
    assert all(problem.startswith("nv.yaml, line ") for problem in problems)


def test_an_unknown_list_is_named_with_its_line(nevada: Path) -> None:
    problems = check_of(nevada, "element: sector,", "element: sector, lists: [rivers],")
    assert problems == (
        f'nv.yaml, line {line_of("id: nv-water")}: there is no list "rivers" in lists.yaml. '
        "Check its spelling.",
    )


def test_the_line_is_the_one_to_mend(nevada: Path) -> None:
    problems = check_of(nevada, "targets: [narratives.skills_needed]", "targets: [narratives.no]")
    line = line_of("targets: [narratives.skills_needed]")
    assert problems[0].startswith(f"nv.yaml, line {line}:")


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("id: nv\n", "id: Nevada State\n", "id: nv", "is no id"),
        ('as_of: "2026-11-21"', "as_of: last fall", "as_of", "is no date"),
        ("comment_days: 30", "comment_days: -1", "comment_days", "1 day or more"),
        ('submission: "2027-03-31"', 'submission: "03/31/2027"', "calendar", "is no date"),
        ("calendar: {submission", "calendar: {due", "calendar", '"due" is not known here'),
        ("id: nv-water", "id: sector-need", "id: nv-water", "belongs to another question"),
        ("narratives.nv_water]", "narratives.skills_needed]", "id: nv-water", "no prompt has"),
        ("id: nv-1-1", "id: NV 1.1", "id: nv-1-1", "is no id"),
        ("limit: {words: 20}", "limit: {words: -20}", "limit:", "a limit is 1 or more"),
        ("item: Map of the area", "item: Map, part: map", "id: nv-att-1", '"map" is no part'),
    ],
)
def test_what_cannot_be_meant_is_named_with_its_line(
    nevada: Path, old: str, new: str, line: str, said: str
) -> None:
    nevada.write_text(NEVADA.replace(old, new), encoding="utf-8")
    found = check_state_file(nevada)
    assert [each for each in found if f"line {line_of(line)}:" in each and said in each], found


@pytest.mark.parametrize(
    ("fills", "said"),
    [
        ("narratives.sector_need", "another question fills"),
        ("narratives.water", 'should begin with "narratives.nv_"'),
    ],
)
def test_an_extra_question_fills_an_answer_of_its_own(nevada: Path, fills: str, said: str) -> None:
    nevada.write_text(NEVADA.replace("narratives.nv_water", fills), encoding="utf-8")
    assert said in "".join(check_state_file(nevada))


def test_a_question_of_no_element_is_refused_wherever_the_file_is_used(nevada: Path) -> None:
    nevada.write_text(NEVADA.replace("element: sector,", "element: water,"), encoding="utf-8")
    with pytest.raises(QuestionsError, match="nv-water"):
        read_state(nevada)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("limit: {words: 20}", "limit: 20 words"),
        ("element: sector,", "element: water,"),
        ("item: Map of the area,", "item: Map, when: {Plan.kind: x},"),
        ("heading: Skills", "heading: Skills: and more"),
    ],
)
def test_a_plan_that_uses_a_wrong_state_file_says_how_to_see_what_to_mend(
    nevada: Path, old: str, new: str
) -> None:
    nevada.write_text(NEVADA.replace(old, new), encoding="utf-8")
    with pytest.raises(StandardsError, match="standards --check"):
        load_state("nv.yaml", nevada.parent)


def test_an_outline_in_another_encoding_is_refused_in_a_sentence(nevada: Path) -> None:
    nevada.write_bytes(NEVADA.replace("Describe jobs", "Describe\u2019 jobs").encode("cp1252"))
    with pytest.raises(StandardsError, match="UTF-8"):
        read_state(nevada)


def test_the_command_tells_what_cannot_be_meant(
    nevada: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    nevada.write_text(NEVADA.replace("element: sector,", "element: water,"), encoding="utf-8")
    assert run(["standards", "--check", str(nevada)]) == 1
    assert "1 to put right in nv.yaml, read as a State file." in capsys.readouterr().out


def test_a_file_in_another_encoding_is_one_message_and_no_crash(
    nevada: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    nevada.write_bytes(NEVADA.replace("Describe jobs", "Describe\u2019 jobs").encode("cp1252"))
    assert run(["standards", "--check", str(nevada)]) == 1
    assert "UTF-8" in capsys.readouterr().err


def test_a_limit_in_words_holds_for_a_whole_section(nevada: Path) -> None:
    text = NEVADA.replace(
        "heading: People and jobs", "heading: People and jobs\n    limit: {words: 3}"
    )
    nevada.write_text(text, encoding="utf-8")
    tree: dict[str, Any] = {"narratives": {"skills_needed": "Reading, safety and two more."}}
    (section, _) = lengths_of(read_state(nevada), tree)
    assert section.exceeds
    assert section.said == "Limit: 3 words. The answer has 5."


def test_no_state_is_said_to_set_a_comment_period_that_was_not_seen() -> None:
    for name in state_ids():
        state = load_state(name)
        assert name == "federal" or (not state.comment_days and "comment period" in state.checked)


def test_a_shipped_outline_leaves_no_doubt() -> None:
    for name in state_ids():
        assert check_state_file(STANDARDS / "states" / f"{name}.yaml") == ()


def test_a_missing_key_is_named(nevada: Path) -> None:
    problems = check_of(nevada, "name: Nevada\n", "")
    assert any('"name" is missing' in problem for problem in problems)


def test_a_file_that_is_not_there_is_said_plainly(tmp_path: Path) -> None:
    with pytest.raises(StandardsError, match="There is no file"):
        check_state_file(tmp_path / "zz.yaml")


def test_an_unknown_state_names_the_known_ones() -> None:
    with pytest.raises(StandardsError, match="federal"):
        load_state("zz")


def test_the_six_outlines_ship_and_pass_their_own_check() -> None:
    assert set(state_ids()) >= {"federal", "ca", "pa", "ga", "or", "il"}


@pytest.mark.parametrize("name", state_ids())
def test_an_outline_says_where_it_comes_from_and_what_to_check(name: str) -> None:
    state = load_state(name)
    assert state.as_of
    assert state.source
    assert state.checked


def test_a_draft_and_a_check_say_what_is_wrong_in_an_outline_of_ones_own(
    nevada: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = nevada.read_text(encoding="utf-8").replace(
        "narratives.skills_needed", "narratives.skils"
    )
    nevada.write_text(text, encoding="utf-8")
    said = "".join(check_state_file(nevada))
    assert 'no question fills "narratives.skils"' in said
    answers = nevada.with_name("answers.yaml")
    answers.write_text("board: {name: Alph Board}\n", encoding="utf-8")
    outline = ["--outline", nevada.name]
    assert run(["draft", str(answers), *outline, "-o", str(nevada.with_name("plan.md"))]) == 0
    assert said in capsys.readouterr().out
    run(["check", str(answers), *outline, "--json"])
    found = json.loads(capsys.readouterr().out)["findings"]
    assert any(each["rule"] == "outline-file" and said in each["message"] for each in found)


def test_an_outline_without_a_place_for_a_required_answer_says_which(
    nevada: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["standards", "--check", str(nevada)]) == 0
    said = capsys.readouterr().out
    assert "required answers stand under no prompt" in said
    assert "Continuous improvement" in said
    answers = nevada.with_name("answers.yaml")
    answers.write_text("board: {name: Alph Board}\nplan: {outline: nv.yaml}\n", encoding="utf-8")
    run(["check", str(answers), "--all"])
    assert "required answers stand under no prompt" in " ".join(capsys.readouterr().out.split())


@pytest.mark.parametrize("name", state_ids())
def test_a_shipped_outline_has_a_place_for_every_required_answer(name: str) -> None:
    assert said_of_unplaced(load_state(name), load_questionnaire().questions()) == ""


SHORT = """\
id: ut
name: Utah
title: Local plan in a Utah order
base: federal
as_of: "2026-11-21"
source: Utah policy 1
checked: Compare it.
sections:
  - number: "1"
    heading: Needs
    source: Utah policy 1, contents
    prompts:
      - {id: ut-1, number: "1.1", heading: Skills, targets: [narratives.skills_needed]}
      - {id: ut-2, number: "1.2", heading: Sectors, targets: [narratives.sector_need]}
      - {id: ut-3, heading: Region, level: regional, targets: [narratives.employer_needs]}
      - {id: ut-4, heading: Money, ours: true, targets: [narratives.fiscal_agent_duties]}
"""


@pytest.fixture
def utah(tmp_path: Path) -> Path:
    path = tmp_path / "ut.yaml"
    path.write_text(SHORT, encoding="utf-8")
    return path


def targets_by_prompt(path: Path) -> dict[str, list[str]]:
    return {
        prompt.id: [target.text for target in prompt.targets]
        for prompt in read_state(path).prompts()
    }


def test_an_answer_that_a_short_file_does_not_name_stands_beside_its_neighbor_in_the_base(
    utah: Path,
) -> None:
    placed = targets_by_prompt(utah)
    assert {"sectors", "narratives.demand_and_supply"} <= set(placed["ut-2"])
    assert {"areas", "narratives.board_budget"} <= set(placed["ut-4"])


def test_answers_stand_beside_their_neighbor_in_the_order_of_the_base(utah: Path) -> None:
    utah.write_text(SHORT.replace("[narratives.sector_need]", "[sectors]"), encoding="utf-8")
    placed = targets_by_prompt(utah)
    before, after = ("narratives.sector_need", "narratives.demand_and_supply")
    named = placed["ut-2"]
    assert named.index(before) < named.index("sectors") < named.index(after)
    everywhere = [text for texts in placed.values() for text in texts]
    assert len(everywhere) == len(set(everywhere))


def test_nothing_falls_under_a_regional_prompt(utah: Path) -> None:
    assert targets_by_prompt(utah)["ut-3"] == ["narratives.employer_needs"]


def test_an_answer_far_from_all_that_is_named_stays_for_the_last_section(utah: Path) -> None:
    placed = {text for texts in targets_by_prompt(utah).values() for text in texts}
    assert "narratives.credentials" not in placed
    left = unplaced(read_state(utah), load_questionnaire().questions())
    assert "narratives.credentials" in {question.fills for question in left}


def test_a_question_that_an_outline_of_the_elements_does_not_name_stands_beside_its_neighbors(
    utah: Path,
) -> None:
    utah.write_text(SHORT.replace("base: federal", "base: elements"), encoding="utf-8")
    assert "narratives.existing_analysis" in targets_by_prompt(utah)["ut-2"]
    assert load_state("federal").base == "elements"


def test_a_source_of_a_section_holds_for_its_prompts_and_that_of_the_file_for_the_rest(
    utah: Path,
) -> None:
    sources = {prompt.id: prompt.source for prompt in read_state(utah).prompts()}
    assert sources["ut-1"] == "Utah policy 1, contents"
    assert not sources["ut-4"]
    signed = utah.with_name("signed.yaml")
    signed.write_text(f"{SHORT}signers:\n  - {{role: Chair}}\n", encoding="utf-8")
    assert [signer.source for signer in read_state(signed).signers] == ["Utah policy 1"]


def test_a_place_of_ours_is_never_printed_as_the_states(utah: Path) -> None:
    tree: dict[str, Any] = {"board": {"name": "Salt Board"}}
    state = read_state(utah)
    drafted = assemble(tree, questionnaire_for([], state), Drafting(date(2026, 11, 21)))
    text = to_markdown(numbered(outline_document(drafted, state, tree)))
    beneath = text.partition("Money")[2].lstrip("#\n ")
    assert "Not a heading of the State: this tool places these answers here." in text
    assert "The State asks for it" not in beneath.partition("## ")[0]


def test_a_section_of_ours_is_called_so_and_has_no_number_of_the_state(utah: Path) -> None:
    text = SHORT.replace(
        '  - number: "1"\n    heading: Needs', "  - heading: Needs\n    ours: true"
    )
    utah.write_text(text, encoding="utf-8")
    state = read_state(utah)
    drafted = assemble({}, questionnaire_for([], state), Drafting(date(2026, 11, 21)))
    printed = to_markdown(numbered(outline_document(drafted, state, {})))
    assert "Not a heading of the State" in printed.partition("# Needs")[2].partition("Skills")[0]
    utah.write_text(SHORT.replace("    heading: Needs", "    heading: Needs\n    ours: true"))
    (problem,) = check_state_file(utah)
    assert "a section of our own has no number of the State" in problem


@pytest.mark.parametrize("own", ["prompt: Say who pays.", 'number: "1.4"'])
def test_a_place_of_ours_has_no_words_and_no_number_of_the_state(own: str, utah: Path) -> None:
    utah.write_text(SHORT.replace("ours: true", f"ours: true, {own}"), encoding="utf-8")
    (problem,) = check_state_file(utah)
    assert "a place of our own has no words or number of the State" in problem
    assert f"line {SHORT.splitlines().index(SHORT.splitlines()[-1]) + 1}:" in problem


def test_a_base_that_is_no_outline_is_refused_with_the_known_ones(utah: Path) -> None:
    utah.write_text(SHORT.replace("base: federal", "base: fedral"), encoding="utf-8")
    with pytest.raises(StandardsError, match=r"choose from elements, .*federal"):
        read_state(utah)
    (problem,) = check_state_file(utah)
    assert "ut.yaml, line 4: " in problem


def test_an_outline_says_which_edition_was_seen_how_much_of_it_and_how_sure_that_is(
    utah: Path,
) -> None:
    text = SHORT.replace("as_of", "edition: 2021-2024\ncertainty: secondary\nas_of", 1)
    utah.write_text(text, encoding="utf-8")
    assert read_state(utah).seen == (
        "Edition: 2021-2024. Places with the State's words: 0; with its heading alone: 3; of "
        "ours: 1. Read in copies and plans of boards, not in the State's own document."
    )


def test_an_edition_is_years(utah: Path) -> None:
    utah.write_text(SHORT.replace("as_of", "edition: newest\nas_of", 1), encoding="utf-8")
    (problem,) = check_state_file(utah)
    assert '"newest" is no edition; write its years, such as 2020-2024' in problem


def test_an_old_edition_is_called_old_wherever_it_is_offered(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert load_state("or").is_old
    run(["standards"])
    assert "old edition 2016-2020" in capsys.readouterr().out
    run(["new", str(tmp_path / "answers.yaml"), "--state", "OR"])
    assert "The outline of Oregon is an old edition, 2016-2020." in capsys.readouterr().out
    state = load_state("or")
    drafted = assemble({}, questionnaire_for([], state), Drafting(date(2026, 11, 21)))
    assert "This is an old edition, 2016-2020." in to_markdown(
        numbered(outline_document(drafted, state, {}))
    )


def test_an_edition_of_the_present_cycle_is_not_called_old(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(["new", str(tmp_path / "answers.yaml"), "--state", "PA"])
    assert "old edition" not in capsys.readouterr().out


@pytest.mark.parametrize("name", sorted(set(state_ids()) - {"federal"}))
def test_an_outline_of_a_state_says_its_edition_and_how_sure_it_is(name: str) -> None:
    state = load_state(name)
    assert state.edition, f"{name}.yaml has no edition"
    assert state.certainty, f"{name}.yaml has no certainty"
