"""One name for a record: check, compare, share, the interview and the document call it the same."""

from pathlib import Path

import pytest

from localplan import Desk, open_plan
from localplan.desk.places import answer_at, place_of
from localplan.document import prose
from localplan.interview.words import said
from localplan.knowledge.questions import load_questionnaire
from localplan.plan.cycle.changes import changes
from localplan.plan.keys import NAMED_BY
from localplan.plan.names import (
    CHOICES,
    about,
    called,
    general,
    name_at,
    record_names,
)
from localplan.plan.tree import get, put
from localplan.review.sheets import asked
from localplan.yamltext import Tree, parse

PLAN = """\
localplan: 2
board: {name: Mesa Board, state: CA}
areas: [{id: mesa, name: Mesa Area}]
plan: {kind: four-year, first_program_year: 2025, program_years: 4}
partners:
  - {id: p, name: Delta College, kind: community-college, role: It teaches.,
     resources: [{id: r, what: Four classrooms, kind: space, source: State funds}]}
absent_programs: [{id: a, program: job-corps, reason: No center is near.}]
providers: [{id: v, name: Bright Trail, role: operator, benchmarks: Twenty places a year.}]
one_stops: [{id: o, name: Mesa Center, kind: comprehensive, address: 1 Main Street}]
populations: [{id: g, name: Older workers, standard: older-individuals, description: They wait.}]
sectors:
  - {id: s, name: Health care, standing: in-demand,
     occupations: [{id: oc, title: Nursing assistants, soc: 31-1131, skills: Charting}]}
supports: [{id: u, service: Bus passes, standard: transportation, funding: County funds}]
metrics:
  - {id: m, name: Family wages, unit: percent, source: Wage records, review: Each quarter}
  - {id: n, indicator: credential, program: title-i-adult, unit: percent, source: Reports}
actions: [{id: t, action: Open a second cohort, element: delivery, owner: p}]
evidence: [{id: e, measure: Jobs in health care, value: 900, source: BLS}]
approvals: [{id: b, body: Mesa County Supervisors, signer_title: Chair}]
attachments: [{id: h, item: Policy on supports, standing: missing, reason: It comes in May.}]
pathways:
  - id: w
    name: Patient care
    sector: s
    standing: operating
    entry_points: [{id: x, name: Evening start, who: Adults at work}]
    steps: [{id: y, course: Nurse aide, length: 6 weeks}]
    exit_points: [{id: z, name: Aide in a hospital, wage: 22}]
    instruction: [{id: i, strategy: iet, how: Two teachers in one room}]
"""

NAMED = {
    "partners.p.role": "Delta College",
    "partners.p.resources.r.source": "Four classrooms",
    "absent_programs.a.reason": "Job Corps",
    "providers.v.benchmarks": "Bright Trail",
    "one_stops.o.address": "Mesa Center",
    "populations.g.description": "Older workers",
    "sectors.s.standing": "Health care",
    "sectors.s.occupations.oc.skills": "Nursing assistants",
    "supports.u.funding": "Bus passes",
    "metrics.m.source": "Family wages",
    "metrics.n.source": "Credential attainment",
    "actions.t.owner": "Open a second cohort",
    "evidence.e.source": "Jobs in health care",
    "approvals.b.signer_title": "Mesa County Supervisors",
    "attachments.h.reason": "Policy on supports",
    "pathways.w.standing": "Patient care",
    "pathways.w.entry_points.x.who": "Evening start",
    "pathways.w.steps.y.length": "Nurse aide",
    "pathways.w.exit_points.z.wage": "Aide in a hospital",
    "pathways.w.instruction.i.how": "Integrated education and training (IET)",
}
"""One answer in a record of each kind, and what the record is called."""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    path = tmp_path_factory.mktemp("names") / "answers.yaml"
    path.write_text(PLAN, encoding="utf-8")
    return open_plan(path)


@pytest.fixture(scope="module")
def draft(desk: Desk) -> str:
    return " ".join(desk.draft(None).content.decode().split())


@pytest.mark.parametrize("path", NAMED)
def test_a_record_goes_by_one_name_wherever_it_is_spoken_of(
    desk: Desk, draft: str, path: str
) -> None:
    name = NAMED[path]
    record, _, key = path.rpartition(".")
    home = general(record).removesuffix(".*")
    assert called(desk.tree, record) == name
    assert name in place_of(desk.checkup("working"), path)
    assert name in answer_at(desk, path)
    (change,) = changes(desk.tree, put(desk.tree, path, "Otherwise")).answers
    assert f"{name}: {key.replace('_', ' ')}" in change.label
    items = {item.path: item for item in desk.progress.items()}
    if path in items:
        assert asked(desk.tree, items[path]).startswith(f"{name}: ")
    listed = get(desk.tree, record.rpartition(".")[0])
    assert name in said(desk.by_fills[home], listed, desk.tree)
    assert name.casefold() in draft.casefold()


def test_a_record_without_a_name_goes_by_the_words_of_its_id() -> None:
    tree = parse("partners: [{id: delta-college, role: It teaches.}, {role: It helps.}]\n", "x")
    assert called(tree, "partners.delta-college") == "Delta college"
    assert called(tree, "partners.#2") == "No. 2"
    assert name_at(tree, "partners.delta-college") == ""


def test_a_gap_names_the_record_that_lacks_the_answer(tmp_path: Path) -> None:
    file = tmp_path / "answers.yaml"
    file.write_text("actions: [{id: t, action: Open a second cohort.}]\n", encoding="utf-8")
    draft = open_plan(file).draft(None).content.decode()
    assert "Open a second cohort: " in draft
    assert "An action" not in draft


def test_groups_are_no_records_and_have_no_name() -> None:
    tree: Tree = {"board": {"name": "Mesa"}, "plan": {"regional_plan": {"title": "All of it"}}}
    assert about(tree, "plan.regional_plan.title") == "Regional plan: title"
    assert record_names(tree, "board.name") == ()


def test_a_long_name_is_cut_where_something_else_follows() -> None:
    tree: Tree = {"comments": [{"id": "c", "comment": "Say more. " * 50, "status": "open"}]}
    assert len(about(tree, "comments.c.status")) < 110
    assert about(tree, "comments.c.status").endswith(" …: status")


@pytest.mark.parametrize(
    ("path", "wide"),
    [
        ("partners.p.role", "partners.*.role"),
        ("pathways.w.steps.y.course", "pathways.*.steps.*.course"),
        ("plan.sector_rule.r.minimum", "plan.sector_rule.*.minimum"),
        ("board.public_contact.phone", "board.public_contact.phone"),
        ("narratives.sector_need", "narratives.sector_need"),
    ],
)
def test_a_path_in_general_has_a_star_for_each_record(path: str, wide: str) -> None:
    assert general(path) == wide


def test_a_record_is_named_by_what_its_question_lists_it_by() -> None:
    asked = load_questionnaire().by_fills()
    lists = {fills: each.label for fills, each in asked.items() if each.kind == "records"}
    assert {fills: NAMED_BY[fills][0] for fills in lists} == lists


def test_names_that_are_choices_read_as_the_questions_offer_them() -> None:
    asked = load_questionnaire().by_fills()
    for home, keys in NAMED_BY.items():
        for key in keys:
            question = asked.get(f"{home}.*.{key}")
            chosen = bool(question and question.options and question.kind == "choice")
            assert chosen == (f"{home}.*.{key}" in CHOICES)


def test_a_date_reads_as_a_day_and_anything_else_as_typed() -> None:
    assert prose.day_said("2026-07-01") == "July 1, 2026"
    assert prose.day_said("in the fall") == "in the fall"
