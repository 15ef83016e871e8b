"""No mistake in a data file passes in silence: each is named with its line and what was meant."""

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator

from localplan.cli.app import run
from localplan.plan.checks.datafiles import look_at
from localplan.plan.checks.dataschemas import schemas, write_schemas
from localplan.plan.checks.statefile import check_state_file
from localplan.resources import PROMPTS, STANDARDS
from localplan.yamltext import parse

STATE = """\
id: nv
name: Nevada
title: Local plan in a Nevada order
as_of: "2026-11-21"
source: Nevada policy 1.2, page 3
submission: {files: [docx], rule: Word only., source: Nevada policy 1.2}
vocabulary: {one-stop center: JobConnect center}
sections:
  - number: "1"
    heading: People and jobs
    prompts:
      - id: nv-1-1
        heading: Skills
        targets: [narratives.skills_needed, "partners[programs=tanf].role"]
        when: {plan.kind: modification}
      - {id: nv-1-2, heading: Water, targets: [narratives.nv_water]}
questions:
  - {id: nv-water, fills: narratives.nv_water, kind: text, element: sector,
     ask: 'Which jobs depend on water?'}
"""
FRAMEWORK = """\
id: mine
name: My framework
criteria:
  - {id: mine-1, element: sector, says: One., actor: board, targets: [sectors]}
  - {id: mine-2, element: partnership, says: Two., actor: board, targets: [partners]}
  - {id: mine-3, element: design, says: Three., actor: board, targets: [pathways]}
  - {id: mine-4, element: delivery, says: Four., actor: board, targets: [narratives.instruction]}
  - {id: mine-5, element: supports, says: Five., actor: board, targets: [supports]}
  - {id: mine-6, element: measurement, says: Six., actor: board, targets: [metrics]}
"""
QUESTIONS = """\
section: sector
title: Sector
opens: Sectors.
questions:
  - id: sector-water
    fills: narratives.sector_water
    kind: text
    ask: Which jobs depend on water?
    when: {plan.track: existing}
"""
LAW = """\
title: A law
as_of: 2026-11-21
requirements:
  - id: R-1
    heading: Skills
    kind: content
    element: sector
    asks: Which skills?
    cites: {act: WIOA sec. 1}
    source: [CFR99]
    targets: [narratives.skills_needed]
    counts: {"partners.*.mou": [signed]}
    unless_found: [comment-period]
sources:
  CFR99: {title: A rule}
"""
DATA_FILES = sorted([*STANDARDS.rglob("*.yaml"), *PROMPTS.glob("*.yaml")])


def checked(folder: Path, text: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    """How `standards --check` ends for a file with this text, and what it says."""
    path = folder / "mine.yaml"
    path.write_text(text, encoding="utf-8")
    code = run(["standards", "--check", str(path)])
    printed = capsys.readouterr()
    return code, printed.out + printed.err


def line_of(text: str, part: str) -> int:
    return next(number for number, line in enumerate(text.splitlines(), 1) if part in line)


@pytest.mark.parametrize("text", [STATE, FRAMEWORK, QUESTIONS, LAW])
def test_a_file_without_a_mistake_can_be_used(
    text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, said = checked(tmp_path, text, capsys)
    assert code == 0, said
    assert "mine.yaml can be used" in said


@pytest.mark.parametrize(
    ("text", "old", "new", "says"),
    [
        (STATE, "programs=tanf", "programs=tanff", 'Did you mean "tanf"?'),
        (STATE, "[programs=tanf]", "[program=tanf]", 'Did you mean "programs"?'),
        (STATE, "plan.kind: modification", "plan.kind: amendment", "four-year, modification"),
        (STATE, "plan.kind: mod", "plan.knd: mod", 'Did you mean "plan.kind"?'),
        (STATE, "skills_needed", "skils_needed", 'Did you mean "narratives.skills_needed"?'),
        (STATE, "{files:", "{filles:", 'Did you mean "files"?'),
        (STATE, "rule: Word", "serchable: maybe, rule: Word", 'Did you mean "searchable"?'),
        (STATE, "heading: People", "haeding: People", 'Did you mean "heading"?'),
        (STATE, "sections:", "sectoins:", 'Did you mean "sections"?'),
        (STATE, "element: sector", "watch: [no-such]", 'no watch note "no-such"'),
        (STATE, "element: sector", "seeds: [no-such]", 'no entry "no-such" in seeds.yaml'),
        (STATE, "kind: text", "kind: choice", "needs options"),
        (STATE, "kind: text", "kind: records", "needs fields"),
        (STATE, "kind: text", "kind: pick", "needs a list to pick from"),
        (STATE, "kind: text", "kind: picks, from: [partnerz]", 'Did you mean "partners"?'),
        (STATE, "kind: text", "kind: choice, options: stats", 'Did you mean "states"?'),
        (STATE, "name: Nevada", "name: Nevada\nbase: fedral", "to rest on"),
        (FRAMEWORK, "element: delivery", "element: delivry", 'Did you mean "delivery"?'),
        (FRAMEWORK, "[narratives.instruction]", "[narratives.instrution]", "Did you mean"),
        (FRAMEWORK, "id: mine-2, element", "id: mine-2, onlyif: x, element", '"onlyif"'),
        (FRAMEWORK, "id: mine-2", "id: mine-1", "is used twice"),
        (QUESTIONS, "plan.track: existing", "plan.track: exsting", 'Did you mean "existing"?'),
        (QUESTIONS, "plan.track: existing", "plan.trak: existing", 'Did you mean "plan.track"?'),
        (QUESTIONS, "narratives.sector_water", "partner.*.name", "holds no answer"),
        (QUESTIONS, "kind: text", "kind: text\n    watch: [no-such]", "no-such"),
        (QUESTIONS, "section: sector", "section: sectors", 'Did you mean "sector"?'),
        (LAW, "source: [CFR99]", "source: [CFR99X]", 'Did you mean "CFR99"?'),
        (LAW, "    counts:", "    wen: {plan.track: new}\n    counts:", 'Did you mean "when"?'),
        (LAW, "[comment-period]", "[coment-period]", 'Did you mean "comment-period"?'),
        (LAW, "mou\": [signed]", "mou\": [singed]", 'Did you mean "signed"?'),
        (LAW, "kind: content", "kind: contents", 'Did you mean "content"?'),
    ],
)  # fmt: skip
def test_a_mistake_is_named_with_its_line_and_what_was_meant(
    text: str, old: str, new: str, says: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert old in text
    code, said = checked(tmp_path, text.replace(old, new, 1), capsys)
    assert code == 1
    assert says.casefold() in said.casefold()
    assert "mine.yaml, line " in said


def test_a_field_of_a_selection_is_named_on_the_line_of_the_targets(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(STATE.replace("[programs=tanf]", "[program=tanf]"), encoding="utf-8")
    problem = check_state_file(path)
    assert problem == (
        f'mine.yaml, line {line_of(STATE, "targets")}: "program" is no field of partners. '
        'Did you mean "programs"?',
    )


def test_a_misspelled_key_that_must_be_there_is_told_once(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(STATE.replace("sections:", "sectoins:"), encoding="utf-8")
    assert look_at(path).problems == (
        f'mine.yaml, line {line_of(STATE, "sections:")}: "sectoins" is not a key of a State file; '
        'did you mean "sections"?',
    )


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("one-stop center: JobConnect", "onestop centre: JobConnect", "one-stop center"),
        ('targets: [narratives.skills_needed, "partners[programs=tanf].role"]', "cite: x",
         "no answer is named under targets"),
        ("", "", "narratives.sector_need"),
    ],
)  # fmt: skip
def test_what_may_be_meant_is_a_remark_and_the_file_can_be_used(
    old: str, new: str, says: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, said = checked(tmp_path, STATE.replace(old, new), capsys)
    assert code == 0
    assert says in said.partition("Worth a look")[2]


def test_an_answer_without_a_place_is_named_with_the_prompt_nearest_to_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    placed = STATE.replace("        when: {plan.kind: modification}\n", "")
    _, said = checked(tmp_path, placed, capsys)
    assert "narratives.employer_needs: " in said
    assert "(required, nearest prompt: Skills)" in said


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("# nothing yet\n", "is empty: it holds no key yet"),
        ("sections:\n  - {heading: Fiscal: and other}\n", "there is a second colon in the text"),
        ("localplan: 3\nboard: {name: A}\n", "localplan check"),
    ],
)
def test_a_file_of_another_kind_is_refused_in_words_that_fit(
    text: str, says: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, said = checked(tmp_path, text, capsys)
    assert code == 1
    assert says in said


def test_a_word_file_is_called_a_word_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "form.docx"
    path.write_bytes((Path(__file__).parents[1] / "templates" / "reference.docx").read_bytes())
    assert run(["standards", "--check", str(path)]) == 1
    assert "is a Word, Excel or zip file" in capsys.readouterr().err


@pytest.mark.parametrize("path", DATA_FILES, ids=lambda path: str(path.name))
def test_a_data_file_that_ships_has_no_mistake(path: Path) -> None:
    assert look_at(path).problems == ()


def test_the_targets_are_listed_with_their_questions(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["standards", "--targets", "child care"]) == 0
    said = capsys.readouterr().out
    assert "narratives.supportive_services" in said
    assert "supports" in said
    assert "transportation and child care?" in said


def test_a_word_that_no_target_has_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["standards", "--targets", "zebra"]) == 1
    assert 'No answer has "zebra"' in capsys.readouterr().out


@pytest.mark.parametrize(
    ("written", "meant"), [("Pennsylvania", "pa"), ("linked-lerning", "linked-learning")]
)
def test_a_standard_that_is_not_there_is_answered_with_the_one_that_was_meant(
    written: str, meant: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["standards", written]) == 1
    assert f'Write its id, "{meant}".' in capsys.readouterr().err


def test_an_outline_of_ones_own_is_printed_as_a_shipped_one_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(STATE, encoding="utf-8")
    assert run(["standards", str(path)]) == 0
    assert "1 People and jobs" in capsys.readouterr().out


def test_the_schemas_that_ship_are_up_to_date(request: pytest.FixtureRequest) -> None:
    folder = STANDARDS / "schemas"
    if request.config.getoption("--update-golden"):
        write_schemas(folder)
    for name, text in schemas().items():
        kept = (folder / name).read_text(encoding="utf-8")
        assert kept == text, f"{name} is out of date: make schemas, or pytest --update-golden"


def test_the_schemas_are_written_where_they_are_wanted(tmp_path: Path) -> None:
    assert run(["standards", "--schemas", str(tmp_path / "new")]) == 0
    assert {path.name for path in (tmp_path / "new").iterdir()} == set(schemas())


@pytest.mark.parametrize("path", DATA_FILES, ids=lambda path: str(path.name))
def test_an_editor_finds_nothing_wrong_in_a_data_file_that_ships(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    first = text.partition("\n")[0]
    assert first.startswith("# yaml-language-server: $schema=")
    schema = json.loads((path.parent / first.partition("=")[2]).read_text(encoding="utf-8"))
    assert _errors(schema, text) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("narratives.skills_needed", "narratives.skils_needed"),
        ("plan.kind: mod", "plan.knd: mod"),
        ("kind: text", "kind: essay"),
        ("element: sector", "element: sectors"),
        ("heading: People", "haeding: People"),
        ("name: Nevada", "name: Nevada\nbase: fedral"),
    ],
)
def test_an_editor_sees_a_mistake_in_a_state_file_by_its_schema(old: str, new: str) -> None:
    schema = json.loads(schemas()["state.schema.json"])
    assert _errors(schema, STATE) == []
    assert _errors(schema, STATE.replace(old, new, 1)) != []


def _errors(schema: dict[str, Any], text: str) -> list[str]:
    tree = parse(text, "text")
    return [error.message for error in Draft7Validator(schema).iter_errors(tree)]
