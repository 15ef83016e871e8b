"""The small language that names answers: targets and conditions."""

import pytest

from localplan.knowledge.targets import Condition, Each, Key, Target, TargetError, Where


def test_a_path_names_one_answer() -> None:
    target = Target.parse("partners.sierra-college.role")
    assert target.segments == (Key("partners"), Key("sierra-college"), Key("role"))
    assert target.is_path


def test_a_star_names_every_record() -> None:
    target = Target.parse("pathways.*.entry_points.*.owner")
    assert target.segments[1] == target.segments[3] == Each()
    assert not target.is_path


def test_a_selection_names_the_records_that_hold_a_code() -> None:
    target = Target.parse("partners[programs=vr].role")
    assert target.segments == (Key("partners"), Where("programs", "vr"), Key("role"))


def test_the_general_form_is_the_question_that_fills_it() -> None:
    assert Target.parse("partners[programs=vr].role").general == "partners.*.role"


def test_the_root_is_the_part_of_the_file() -> None:
    assert Target.parse("metrics[program=vr].levels").root == "metrics"


@pytest.mark.parametrize(
    "text", ["", ".", "a.", "a..b", "A.b", "a b", "partners[vr]", "partners[a=b", "a[=b]", "a]b"]
)
def test_what_is_not_a_target_is_refused_with_what_is_wrong(text: str) -> None:
    with pytest.raises(TargetError):
        Target.parse(text)


def test_a_condition_reads_one_value_or_several() -> None:
    condition = Condition.parse({"plan.track": "existing", "plan.kind": ["four-year", "other"]})
    assert [clause.values for clause in condition.clauses] == [
        ("existing",),
        ("four-year", "other"),
    ]


def test_a_condition_with_a_bad_target_is_refused() -> None:
    with pytest.raises(TargetError):
        Condition.parse({"Plan": "x"})
