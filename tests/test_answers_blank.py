"""The blank file explains each part, and the schema lets editors complete and check it."""

import json
from typing import Any

from localplan.knowledge.questions import load_questionnaire
from localplan.plan.file.blank import SCHEMA, blank_answers
from localplan.plan.file.formats import FORMAT
from localplan.plan.file.identifiers import new_id, with_ids
from localplan.plan.file.rewrite import rewritten
from localplan.plan.file.schema import json_schema
from localplan.plan.reading import read_plan
from localplan.plan.tree import get, is_blank, put
from localplan.yamltext import parse

QUESTIONS = load_questionnaire()
BLANK = blank_answers(QUESTIONS)
SCHEMA_OF_FILE = json_schema(QUESTIONS)


def schema_at(path: str) -> dict[str, Any]:
    found: dict[str, Any] = SCHEMA_OF_FILE
    for name in path.split("."):
        found = found["items"] if name == "*" else found["properties"][name]
    return found


def test_the_blank_file_asks_everything_and_answers_nothing() -> None:
    tree = parse(BLANK, "blank")
    assert tree.pop("localplan") == str(FORMAT)
    assert is_blank(tree)
    assert not read_plan(tree).problems
    for question in QUESTIONS.questions():
        assert question.ask.split()[0] in BLANK
        if "*" not in question.fills:
            assert get(tree, question.fills) is not None


def test_the_blank_file_has_no_line_that_is_too_long_to_read() -> None:
    plain = [line for line in BLANK.splitlines() if "   # " not in line]
    assert max(len(line) for line in plain) <= 100


def test_editors_are_told_where_the_schema_is() -> None:
    assert BLANK.startswith(f"# yaml-language-server: $schema={SCHEMA}\n")


def test_answers_given_at_the_start_stand_in_the_file() -> None:
    text = blank_answers(QUESTIONS, {"board.name": "Delta: Board", "plan.first_program_year": 2025})
    tree = parse(text, "blank")
    assert get(tree, "board.name") == "Delta: Board"
    assert get(tree, "plan.first_program_year") == "2025"
    assert text.count("#") == BLANK.count("#")


def test_the_example_of_a_record_can_be_uncommented() -> None:
    lines = BLANK.splitlines()
    end = lines.index("partners: []")
    start = next(at for at in range(end, 0, -1) if lines[at].startswith("#  - id:"))
    record = "\n".join(["partners:", *(line.removeprefix("#") for line in lines[start:end])])
    partners = parse(record, "example")["partners"]
    assert isinstance(partners, list)
    (partner,) = partners
    assert isinstance(partner, dict)
    assert {"id", "name", "kind", "programs", "role", "resources"} <= partner.keys()


def test_answers_saved_into_the_blank_file_keep_all_help() -> None:
    tree = old = parse(BLANK, "blank")
    for path in ("partners.college.name", "narratives.sector_need", "plan.dates.board_vote"):
        tree = put(tree, path, "One.\n\nTwo.")
    text = rewritten(BLANK, old, tree)
    assert parse(text, "blank") == tree
    assert [line for line in text.splitlines() if line.lstrip().startswith("#")] == [
        line for line in BLANK.splitlines() if line.lstrip().startswith("#")
    ]


def test_the_schema_takes_a_number_where_text_is_meant() -> None:
    assert {"string", "number", "null"} <= set(schema_at("board.name")["type"])
    assert {"string", "number"} <= set(schema_at("sectors.*.naics")["type"])


def test_the_schema_offers_the_choices() -> None:
    assert {"four-year", "modification"} <= set(schema_at("plan.kind")["enum"])


def test_the_schema_knows_every_answer_that_is_asked_for() -> None:
    for question in QUESTIONS.questions():
        assert question.ask in schema_at(question.fills)["description"]
    assert json.dumps(SCHEMA_OF_FILE)


def test_an_id_is_made_from_the_name() -> None:
    assert new_id("Sierra College", []) == "sierra-college"
    assert new_id("Sierra College", ["sierra-college"]) == "sierra-college-2"
    assert new_id("Año \u05d0", []) == "ano"
    assert new_id("\u05d0", []) == "item"
    assert len(new_id("word " * 40, ["x"])) <= 41


def test_records_at_every_depth_get_an_id() -> None:
    tree = parse("pathways:\n- name: Nursing\n  steps:\n  - course: CNA\n  - course: CNA\n", "a")
    done = with_ids(tree)
    assert get(done, "pathways.nursing.steps.cna.course") == "CNA"
    assert get(done, "pathways.nursing.steps.cna-2.course") == "CNA"
    assert with_ids(done) is done
