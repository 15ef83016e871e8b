"""What changed between two plans: answers, records, levels, texts; by requirement and section."""

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from pydantic import TypeAdapter

from localplan.cli.app import run
from localplan.desk.cycledata import CarryData, CarryWordData, CompareData
from localplan.knowledge.questions import load_questionnaire
from localplan.knowledge.standards import load_law
from localplan.plan.cycle.changes import both_shown, changes
from localplan.plan.cycle.revised import by_requirement, by_section
from localplan.plan.file.answers import load
from localplan.plan.names import about
from localplan.plan.tree import get, put, remove
from localplan.resources import STANDARDS
from localplan.yamltext import Tree, parse

EXAMPLE = Path(__file__).parents[1] / "examples" / "complete.yaml"


@pytest.fixture(scope="module")
def example() -> Tree:
    return load(EXAMPLE).tree


def test_the_same_plan_has_no_changes(example: Tree) -> None:
    found = changes(example, example)
    assert (found.answers, found.records, found.levels, found.narratives) == ((), (), (), ())


def test_a_partner_that_left_and_one_that_joined_are_told_by_name(example: Tree) -> None:
    new = remove(example, "partners.edd")
    new = put(new, "partners.union", {"name": "Building Trades Council"})
    told = {(each.how, each.what, each.old, each.new) for each in changes(example, new).records}
    name = str(get(example, "partners.edd.name"))
    assert told == {
        ("removed", "Partner", name, ""),
        ("added", "Partner", "", "Building Trades Council"),
    }


def test_a_new_name_is_not_a_new_partner(example: Tree) -> None:
    new = put(example, "partners.edd.name", "State Job Service")
    assert [each.how for each in changes(example, new).records] == ["changed"]


def test_entry_points_come_and_go_within_their_pathway() -> None:
    old = parse("pathways:\n  - id: p\n    entry_points:\n      - {id: e, name: Bridge}\n", "old")
    found = changes(old, put(old, "pathways.p.entry_points.f", {"name": "High school"}))
    assert [(each.what, each.new) for each in found.records] == [("Entry point", "High school")]


def test_a_level_that_changed_is_told_with_its_status(example: Tree) -> None:
    new = put(example, "metrics.sierra-adult-q2.levels.py2028.level", "68")
    new = put(new, "metrics.sierra-adult-q2.levels.py2028.status", "negotiated")
    (level,) = changes(example, new).levels
    assert (level.year, level.old, level.new) == ("2028", "not negotiated", "68 (negotiated)")


def test_words_that_came_in_and_went_out_are_counted() -> None:
    old, new = {"a": "x"}, {"a": "x"}
    found = changes(
        {**old, "narratives": {"sector_need": "We need ten nurses"}},
        {**new, "narratives": {"sector_need": "We need twelve more nurses"}},
    )
    (text,) = found.narratives
    assert (text.words_in, text.words_out) == (2, 1)


def test_what_never_leaves_the_board_is_not_compared() -> None:
    old = parse("partners:\n  - {id: p, pain_points: Slow, contact: {name: Ana}}\n", "old")
    new = parse(
        "partners:\n  - {id: p, pain_points: Late, contact: {name: Bea}}\n"
        "board: {mission: New}\nprivate: [board.mission]\nnotes: {board.mission: Not yet}\n",
        "new",
    )
    assert changes(old, new).answers == ()


def test_a_label_names_the_record_and_the_answer(example: Tree) -> None:
    assert about(example, "narratives.sector_need") == "Sector need"
    assert about(example, "partners.edd.mou_date").endswith(": mou date")


def test_a_requirement_is_revised_when_an_answer_it_rests_on_is(example: Tree) -> None:
    new = put(example, "narratives.rapid_response", "We answer within two days.")
    found = changes(example, new)
    rows = {row.id: row for row in by_requirement(load_law().requirements, found, example, new)}
    assert rows["LP-8"].revised
    assert rows["LP-8"].sentence == "Revised: Rapid response."
    assert not rows["LP-9"].revised
    sections = {
        row.id for row in by_section(load_questionnaire(), found, example, new) if row.revised
    }
    assert sections == {"partnership"}


def test_compare_prints_one_json_object(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    new = tmp_path / "new.yaml"
    new.write_text(EXAMPLE.read_text(encoding="utf-8"), encoding="utf-8")
    assert run(["set", str(new), "board.mission", "Work for all"]) == 0
    capsys.readouterr()
    assert run(["compare", str(EXAMPLE), str(new), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [answer["path"] for answer in told["answers"]] == ["board.mission"]
    assert {"records", "levels", "narratives", "requirements", "sections"} <= told.keys()


def test_compare_writes_tables_as_markdown(tmp_path: Path) -> None:
    out = tmp_path / "changes.md"
    assert run(["compare", str(EXAMPLE), str(EXAMPLE), "-o", str(out)]) == 0
    text = out.read_text(encoding="utf-8")
    assert "The two plans hold the same answers." in text
    assert "Revised from the current plan, by section" in text


def test_the_answers_of_a_partner_that_left_are_told_as_the_partner(example: Tree) -> None:
    new = remove(example, "partners.edd")
    found = changes(example, new)
    rows = {row.id: row for row in by_requirement(load_law().requirements, found, example, new)}
    assert rows["LP-12"].sentence == f"Gone: {get(example, 'partners.edd.name')}."


def test_dates_and_votes_that_every_plan_has_anew_are_told_in_one_sentence(example: Tree) -> None:
    new = remove(remove(example, "approvals"), "public_comment")
    found = changes(example, new)
    rows = by_section(load_questionnaire(), found, example, new)
    (told,) = (row.sentence for row in rows if row.revised)
    assert told == "Dates, notices, votes and files: each plan has its own."


def test_an_answer_in_a_group_says_which_group() -> None:
    assert about({}, "board.public_contact.phone") == "Public contact: phone"
    assert about({}, "public_comment.opens") == "Public comment: opens"


def test_levels_that_a_new_cycle_must_negotiate_are_told_in_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    new = tmp_path / "new.yaml"
    assert run(["carry", str(EXAMPLE), str(new), "--first-year", "2029"]) == 0
    capsys.readouterr()
    assert run(["compare", str(EXAMPLE), str(new)]) == 0
    told = capsys.readouterr().out
    assert "# Changes from Modification 1 to the PY 2029 to 2032 plan" in told
    assert "are still to be negotiated for 2029 to 2032." in told
    assert "2029 to 2032: not negotiated" not in told


def test_two_versions_of_a_long_text_are_cut_to_where_they_part() -> None:
    text = "The Board meets with every partner. " * 40
    first, second = both_shown(f"{text}In May it votes.", f"{text}In June it rests.", 60)
    assert "In May it votes." in first
    assert "In June it rests." in second
    assert first.startswith("… ")
    assert both_shown("Same", "", 60) == ("Same", "(not there)")


def test_own_words_in_place_of_a_passage_are_compared() -> None:
    old = parse("passages: {about-plan: {text: One., built_from: a = 1}}\n", "old")
    new = parse("passages: {about-plan: {text: Two., built_from: a = 2}}\n", "new")
    (change,) = changes(old, new).answers
    assert change.path == "passages.about-plan"
    assert change.label == "Own words: about plan"


def test_levels_that_came_and_went_are_told_as_revised(example: Tree) -> None:
    new = put(example, "metrics.sierra-adult-q2.levels", [{"id": "a", "year": "2029"}])
    rows = by_section(load_questionnaire(), changes(example, new), example, new)
    (row,) = [row for row in rows if row.id == "measurement"]
    assert row.sentence == "Revised: levels of performance."


def test_compare_names_a_text_by_the_heading_that_the_plan_prints(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old, new = tmp_path / "old.yaml", tmp_path / "new.yaml"
    old.write_text("narratives: {partnership_vision: One.}\n", encoding="utf-8")
    new.write_text(
        "plan: {kind: modification, number: 2}\nnarratives: {partnership_vision: Two.}\n",
        encoding="utf-8",
    )
    assert run(["compare", str(old), str(new)]) == 0
    said = capsys.readouterr().out
    assert "Revised: A shared vision." in said
    assert "to Modification 2" in said


def test_the_tables_tell_codes_ids_and_days_in_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plan = (
        "plan: {{kind: {0}, effective_date: {1}}}\n"
        "partners:\n"
        "  - {{id: edd, name: Job Service, kind: {2}, programs: [{3}]}}\n"
        "  - {{id: dor, name: 'Rehabilitation, Foothill'}}\n"
        "pathways: [{{id: care, name: Care, lead: {4}, partners: [dor, edd]}}]\n"
    )
    old, new = tmp_path / "old.yaml", tmp_path / "new.yaml"
    old.write_text(plan.format("four-year", "", "other", "vr", "edd"), encoding="utf-8")
    answers = ("modification", "2027-07-01", "employment-service", "wagner-peyser", "board")
    new.write_text(plan.format(*answers).replace("[dor, edd]", "[dor]"), encoding="utf-8")
    assert run(["compare", str(old), str(new)]) == 0
    said = capsys.readouterr().out
    assert "| Kind | Four-year plan |" in said
    assert said.startswith("# Changes from old to ")
    assert "\n6 answers differ." in said
    assert "| Effective date |  | July 1, 2027 |" in said
    assert "| Care: lead | Job Service | the Board |" in said
    assert (
        "| Care: partners | Rehabilitation, Foothill; Job Service | Rehabilitation, Foothill |"
        in said
    )
    assert "wagner-peyser" not in said


def test_a_partner_with_another_id_is_still_the_same_partner() -> None:
    old = parse("partners: [{id: edd, name: Job Service, role: Refers}, {id: a, name: A}]\n", "old")
    new = parse("partners: [{id: a, name: A}, {id: job, name: Job Service, role: Hires}]\n", "new")
    found = changes(old, new)
    assert found.records == ()
    assert [change.path for change in found.answers] == ["partners.job.role"]


def test_what_was_private_of_a_partner_stays_private_under_another_id() -> None:
    old = parse(
        "partners: [{id: edd, name: Job Service, role: Secret}]\nprivate: [partners.edd.role]\n",
        "old",
    )
    new = parse("partners: [{id: job, name: Job Service, role: Hires}]\n", "new")
    assert changes(old, new).answers == ()


def test_two_records_of_the_same_name_are_not_taken_for_one() -> None:
    old = parse("partners: [{id: a, name: A}, {id: b, name: A}]\n", "old")
    new = parse("partners: [{id: c, name: A}]\n", "new")
    assert len(changes(old, new).records) == len(("a", "b", "c"))


def test_a_record_is_labeled_by_its_name(example: Tree) -> None:
    assert about(example, "partners.edd").startswith("Employment Development Department")


@pytest.mark.parametrize(
    ("verb", "shape"), [("compare", CompareData), ("carry", CarryData | CarryWordData)]
)
def test_the_published_schemas_are_those_of_what_is_printed(
    verb: str, shape: Any, pytestconfig: pytest.Config, capsys: pytest.CaptureFixture[str]
) -> None:
    head = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"localplan {verb} --json",
    }
    made = json.dumps({**head, **TypeAdapter(shape).json_schema(), **head}, indent=2) + "\n"
    path = STANDARDS / "schemas" / f"{verb}.schema.json"
    if pytestconfig.getoption("--update-golden"):
        path.write_text(made, encoding="utf-8")
    assert run([verb, "--schema"]) == 0
    assert capsys.readouterr().out == made


def test_what_is_printed_holds_to_the_published_schemas(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    new, word = tmp_path / "new.yaml", tmp_path / "old.docx"
    run(["draft", str(EXAMPLE), "-o", str(word)])
    shapes: dict[tuple[str, ...], Any] = {
        ("carry", str(EXAMPLE), str(new), "--first-year", "2029"): CarryData,
        ("compare", str(EXAMPLE), str(new)): CompareData,
        ("carry", str(word), str(tmp_path / "from-word.yaml")): CarryWordData,
    }
    capsys.readouterr()
    for verb, shape in shapes.items():
        assert run([*verb, "--json"]) == 0
        printed = capsys.readouterr().out
        schema = json.loads((STANDARDS / "schemas" / f"{verb[0]}.schema.json").read_text("utf-8"))
        Draft202012Validator(schema).validate(json.loads(printed))
        read = TypeAdapter(shape).validate_json(printed)
        assert json.loads(TypeAdapter(shape).dump_json(read, exclude_defaults=True)) == json.loads(
            printed
        )
