"""What does not fit the model is set aside and named; reading always ends."""

import pytest

from localplan.plan.reading import read_plan
from localplan.yamltext import Value


@pytest.mark.parametrize(
    ("key", "written"),
    [
        ("partners", ["just a text"]),
        ("partners", [["a list in a list"]]),
        ("sectors", [{"id": "health", "occupations": ["just a text", {"name": "Nurse"}]}]),
        ("partners", [{"id": "mesa", "outcomes": [{"name": "not a text"}]}]),
        ("pathways", "just a text"),
    ],
)
def test_a_text_where_a_record_belongs_becomes_one_problem(key: str, written: Value) -> None:
    reading = read_plan({key: written, "board": {"name": "Three Rivers"}})
    assert len([each for each in reading.problems if each.kind == "type"]) == 1
    assert reading.plan.board.name == "Three Rivers"


def test_the_records_beside_one_that_does_not_fit_are_read() -> None:
    reading = read_plan({"partners": ["just a text", {"id": "mesa", "name": "Mesa School"}]})
    assert [each.name for each in reading.plan.partners][-1] == "Mesa School"
