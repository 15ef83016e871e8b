"""The next plan begins from the last: what is carried, what is cleared, what is asked again."""

import json
from datetime import date
from pathlib import Path
from typing import cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from localplan.cli.app import run
from localplan.cli.report import next_step
from localplan.document.assemble import Drafting, assemble
from localplan.document.markdown import to_markdown
from localplan.knowledge.kinds import Stage
from localplan.knowledge.questions import load_questionnaire
from localplan.plan.checks.checkup import check_up
from localplan.plan.checks.gate import gate
from localplan.plan.cycle.carriedtext import carried_text
from localplan.plan.cycle.carry import Carried, Kind, carry, confirmed
from localplan.plan.cycle.doubts import most_doubtful_first
from localplan.plan.file.answers import load
from localplan.plan.progress import assess
from localplan.plan.tree import get, is_blank, leaves, put
from localplan.yamltext import Tree, parse

TODAY = date(2028, 10, 1)
EXAMPLE = Path(__file__).parents[1] / "examples" / "complete.yaml"


@pytest.fixture(scope="module")
def example() -> Tree:
    return load(EXAMPLE).tree


def cycle(tree: Tree, kind: Kind = "four-year", today: date = TODAY) -> Carried:
    return carry(tree, load_questionnaire(), first_year=2029, kind=kind, today=today)


def small(text: str) -> Tree:
    return parse(text, "test")


def test_every_carried_answer_has_one_status_entry(example: Tree) -> None:
    carried = cycle(example)
    status = carried.tree["status"]
    assert isinstance(status, dict)
    for path in carried.report.carried:
        assert isinstance(entry := status[path], dict)
        assert entry["state"] == "carried"
    assert len(carried.report.carried) > 2000


def test_a_new_cycle_moves_the_years_and_the_calendar(example: Tree) -> None:
    tree = cycle(example).tree
    assert get(tree, "plan.period_start") == "2029-07-01"
    assert get(tree, "plan.period_end") == "2033-06-30"
    assert get(tree, "plan.first_program_year") == "2029"
    assert get(tree, "plan.dates.board_vote") == "2029-02-25"


def test_years_in_a_title_deserve_the_first_look_in_a_new_cycle() -> None:
    tree = small(
        "plan:\n  first_program_year: 2025\n  title: WIOA Local Plan 2025-2028\n"
        "  regional_plan: {title: Regional Plan}\n"
    )
    doubts = dict(cycle(tree).report.doubts)
    assert doubts["plan.title"] == "It names the years of the plan before."
    assert "plan.regional_plan.title" not in doubts
    kept = dict(cycle(tree, "modification", date(2027, 2, 1)).report.doubts)
    assert "plan.title" not in kept


def test_the_29th_of_february_moves_to_a_day_that_exists() -> None:
    tree = small("plan:\n  first_program_year: 2025\n  dates: {board_vote: 2028-02-29}\n")
    moved = carry(tree, load_questionnaire(), first_year=2026, today=TODAY)
    assert get(moved.tree, "plan.dates.board_vote") == "2029-02-28"


def test_levels_wait_for_negotiation_and_the_old_ones_become_history(example: Tree) -> None:
    tree = cycle(example).tree
    levels = get(tree, "metrics.sierra-adult-q2.levels")
    assert isinstance(levels, list)
    assert [(level["year"], level["status"]) for level in levels if isinstance(level, dict)] == [
        (str(year), "not-negotiated") for year in range(2029, 2033)
    ]
    assert get(tree, "metrics.sierra-adult-q2.history.py2026.level") == "67.0"


def test_a_modification_keeps_period_and_levels_and_gets_the_next_number(example: Tree) -> None:
    in_force = put(example, "plan.kind", "four-year")
    in_force = put(in_force, "plan.number", "")
    carried = cycle(in_force, "modification", date(2027, 2, 1))
    tree = carried.tree
    assert get(tree, "plan.kind") == "modification"
    assert get(tree, "plan.period_end") == get(example, "plan.period_end")
    assert get(tree, "plan.number") == "Modification 1"
    assert get(tree, "plan.effective_date") == "2027-07-01"
    assert get(tree, "metrics.sierra-adult-q2.levels.py2026.level") == "67.0"
    asked = {ask.path for ask in carried.report.to_answer}
    assert {
        f"narratives.modification_{factor}"
        for factor in ("economy", "financing", "structure", "strategies")
    } <= asked


@pytest.mark.parametrize(
    ("number", "called"),
    [("1", "Modification 1"), ("Modification 1", "Modification 1"), ("Amendment B", "Amendment B")],
)
def test_a_modification_is_called_by_its_number_once(number: str, called: str) -> None:
    tree = small(f"plan: {{kind: modification, number: {number}, effective_date: 2027-07-01}}\n")
    draft = to_markdown(assemble(tree, load_questionnaire(), Drafting(today=TODAY)))
    assert f"\n{called}, effective July 1, 2027" in draft


@pytest.mark.parametrize(
    ("number", "following"),
    [
        ("Modification 9", "Modification 10"),
        ("2027 Modification", "2027 Modification 2"),
        ("3", "4"),
        ("2027", "2027 Modification 1"),
        ("", "Modification 1"),
    ],
)
def test_a_modification_gets_the_number_that_follows(number: str, following: str) -> None:
    tree = small(f"plan: {{kind: modification, number: {number or '~'}}}\n")
    assert get(cycle(tree, "modification").tree, "plan.number") == following


def test_names_and_contacts_are_asked_again_and_kept_in_history(example: Tree) -> None:
    carried = cycle(example)
    assert get(carried.tree, "board.director") is None
    assert get(carried.tree, "partners.alder-college.contact") is None
    assert get(carried.tree, "history.board-director.text") == "Marisol Etcheverry"
    assert "board.director" in {ask.path for ask in carried.report.to_answer}


def test_the_mark_of_a_criterion_is_set_anew_in_the_next_plan_and_kept_in_history() -> None:
    mark = "{reason: 4.1 says it, by: Ana Ruiz, on: 2026-12-01}"
    carried = cycle(small(f"accepted:\n  criterion/aqcp-delivery-6: {mark}\n")).tree
    assert get(carried, "accepted") is None
    kept = "".join(str(text) for path, text in leaves(carried).items() if "history" in path)
    assert all(words in kept for words in ("aqcp-delivery-6", "4.1 says it", "Ana Ruiz"))


def test_finished_actions_drop_off_and_open_ones_stay() -> None:
    tree = small(
        "actions:\n"
        "  - {id: a, action: Sign the agreement, status: done}\n"
        "  - {id: b, action: Open the center, status: under-way}\n"
        "  - {id: c, action: Give it up, status: dropped}\n"
    )
    carried = cycle(tree)
    assert [path for path in leaves(carried.tree) if path.startswith("actions")] == [
        "actions.b.action",
        "actions.b.status",
    ]
    assert carried.report.dropped == ("Sign the agreement", "Give it up")


def test_evidence_past_its_shelf_life_is_marked_with_the_figures_that_rest_on_it() -> None:
    tree = small(
        "evidence:\n"
        "  - {id: old, value: 12, retrieved: 2026-01-10, shelf_life: 12}\n"
        "  - {id: fresh, value: 12, retrieved: 2028-01-10, shelf_life: 12}\n"
        "sectors:\n"
        "  - id: health\n"
        "    measures:\n"
        "      - {id: m, measure: Jobs, value: 12, evidence: old}\n"
        "      - {id: n, measure: Jobs, value: 12, evidence: fresh}\n"
    )
    doubts = dict(cycle(tree).report.doubts)
    assert {path for path in doubts if not path.startswith("plan.")} == {
        "evidence.old.value",
        "sectors.health.measures.m.value",
    }


def test_an_answer_that_speaks_of_past_years_deserves_a_look() -> None:
    text = "We will open a second training room at the college in the fall of 2026 for 40 people."
    doubts = dict(cycle(small(f"narratives: {{instruction: {text}}}\n")).report.doubts)
    assert doubts["narratives.instruction"] == "It speaks of 2026."


def test_comments_votes_and_files_of_the_old_packet_are_not_carried(example: Tree) -> None:
    tree = cycle(example).tree
    assert get(tree, "public_comment.opens") is None
    assert get(tree, "public_comment.how") == get(example, "public_comment.how")
    assert get(tree, "approvals.approve-alder.signer") is None
    assert get(tree, "approvals.approve-alder.body") == "Alder County Board of Supervisors"
    assert get(tree, "attachments.ca-att-mou.standing") == "missing"


def test_what_does_not_apply_keeps_saying_so() -> None:
    tree = small(
        "board: {mission: Work}\n"
        "status:\n"
        "  narratives.remote_access: {state: not-applicable, reason: One center}\n"
        "  board.mission: {state: confirmed, by: Ana, on: 2026-01-01}\n"
        "  narratives.instruction: {state: later, owner: Ana}\n"
    )
    carried = cycle(tree)
    assert carried.report.settled == (("narratives.remote_access", "not applicable, One center"),)
    tree = carried.tree
    assert get(tree, "status.narratives.remote_access") == {
        "state": "not-applicable",
        "reason": "One center",
    }
    assert get(tree, "status.board.mission") == {"state": "carried"}
    assert get(tree, "status.narratives.instruction") is None


def test_the_most_doubtful_answers_come_first(example: Tree) -> None:
    items = most_doubtful_first(assess(load_questionnaire(), cycle(example).tree).items())
    doubtful = [bool(item.standing.get("reason")) for item in items]
    assert doubtful == sorted(doubtful, reverse=True)
    assert any(doubtful)
    assert not all(doubtful)


def test_the_carried_file_keeps_the_comments_and_reads_back(example: Tree) -> None:
    file = load(EXAMPLE)
    carried = cycle(example)
    text = carried_text(file.text, file.as_written, carried.tree, "Carried from complete.yaml.")
    assert text.startswith("# Carried from complete.yaml.\n")
    assert "# ── One-stop centers" in text
    assert parse(text, "new") == carried.tree


@pytest.mark.parametrize("kind", ["four-year", "modification"])
def test_carrying_the_example_again_changes_nothing(example: Tree, kind: Kind) -> None:
    once = cycle(example, kind).tree
    assert cycle(once, kind).tree == once


_WORDS = st.text(st.characters(categories=["Lu", "Ll", "Nd"]), min_size=1, max_size=9)
_TEXT = st.one_of(
    _WORDS, st.just(""), st.sampled_from(["2025", "In 2026 we open. " * 5, "PY2027", "2028-02-29"])
)
_LEVEL = st.fixed_dictionaries(
    {"id": st.sampled_from(["py2025", "py2028", "py2029", "x"]), "year": _TEXT},
    optional={
        "level": _TEXT,
        "status": st.sampled_from(["negotiated", "not-negotiated", "baseline"]),
    },
)
_STATE = st.fixed_dictionaries(
    {"state": st.sampled_from(["carried", "confirmed", "later", "not-applicable", "changed"])},
    optional={"reason": _WORDS, "by": _WORDS},
)
_TREES = st.fixed_dictionaries(
    {},
    optional={
        "board": st.dictionaries(st.sampled_from(["name", "director", "contact"]), _TEXT),
        "plan": st.dictionaries(
            st.sampled_from(
                [
                    "kind",
                    "number",
                    "effective_date",
                    "first_program_year",
                    "program_years",
                    "period_start",
                ]
            ),
            st.one_of(_TEXT, st.sampled_from(["modification", "four-year", "3"])),
        ),
        "partners": st.lists(
            st.dictionaries(st.sampled_from(["id", "name", "contact", "mou_date"]), _TEXT)
        ),
        "metrics": st.lists(
            st.fixed_dictionaries(
                {"id": st.sampled_from(["m", "n"]), "levels": st.lists(_LEVEL, max_size=4)}
            ),
            max_size=2,
        ),
        "narratives": st.dictionaries(
            st.sampled_from(["sector_need", "modification_economy", "instruction"]), _TEXT
        ),
        "status": st.dictionaries(
            st.sampled_from(["board.name", "narratives.instruction", "nowhere.at.all"]), _STATE
        ),
        "actions": st.lists(
            st.fixed_dictionaries({"id": _WORDS, "status": st.sampled_from(["done", "under-way"])})
        ),
    },
)


@settings(max_examples=60, deadline=None)
@given(tree=_TREES, kind=st.sampled_from(["four-year", "modification"]))
def test_carrying_twice_is_carrying_once(tree: Tree, kind: Kind) -> None:
    once = cycle(tree, kind).tree
    assert cycle(once, kind).tree == once


def test_a_sentence_in_place_of_a_year_becomes_history_although_it_names_one() -> None:
    said = "In 2026 we open the second center."
    level: Tree = {"id": "py2025", "year": said, "status": "not-negotiated"}
    tree: Tree = {
        "plan": {"first_program_year": "2025", "program_years": "4"},
        "metrics": [{"id": "m", "levels": [level]}],
    }
    assert said in str(get(cycle(tree).tree, "metrics.m.history"))


@settings(max_examples=40, deadline=None)
@given(tree=_TREES, kind=st.sampled_from(["four-year", "modification"]))
def test_carrying_keeps_every_word(tree: Tree, kind: Kind) -> None:
    carried = cycle(tree, kind)
    kept = str(carried.tree) + str(carried.report.dropped) + str(carried.report.moved)
    for path, value in leaves(tree).items():
        dropped = path.startswith(("status", "actions")) or path.endswith(("status", "levels"))
        # A level that is nothing but a year not yet negotiated says no word of anybody's.
        dropped |= path.startswith("metrics") and str(value).strip().isdecimal()
        if isinstance(value, str) and not is_blank(value) and not dropped:
            assert value in kept


def test_a_final_draft_is_refused_while_carried_answers_are_unconfirmed(example: Tree) -> None:
    tree = cycle(example).tree
    checkup = check_up(tree, load_questionnaire(), today=TODAY, stage="submission")
    refused = [
        each for each in gate(checkup, None, today=TODAY) if "not confirmed yet" in each.message
    ]
    assert len(refused) == 1
    assert "required answers are carried" in refused[0].message


def test_a_check_says_how_many_answers_wait_to_be_confirmed(example: Tree) -> None:
    carried = cycle(example)
    found = check_up(carried.tree, load_questionnaire(), today=TODAY).findings
    (finding,) = [each for each in found if each.rule == "carried-answers"]
    assert f"{len(carried.report.carried):,} answers are carried" in finding.message


def test_a_check_sends_whoever_carried_a_whole_plan_to_what_is_carried(example: Tree) -> None:
    tree = cycle(example).tree
    for ask in cycle(example).report.to_answer:
        tree = put(
            tree, ask.path, ["Ana Ruiz"] if ask.path == "plan.prepared_by" else "a@b.example"
        )
    said = next_step(check_up(tree, load_questionnaire(), today=TODAY), Path("plan.yaml"))
    assert said.endswith("localplan interview plan.yaml --only carried")


def test_a_confirmed_plan_is_not_held_up_by_its_past(example: Tree) -> None:
    carried = cycle(example)
    tree = confirmed(carried.tree, carried.report.carried, by="Ana", on=TODAY)
    checkup = check_up(tree, load_questionnaire(), today=TODAY, stage="submission")
    assert not [
        each for each in gate(checkup, None, today=TODAY) if "not confirmed yet" in each.message
    ]
    assert get(tree, "status.board.name") == {
        "state": "confirmed", "by": "Ana", "on": "2028-10-01"
    }  # fmt: skip


def test_a_working_draft_shows_what_is_carried_and_other_stages_do_not(example: Tree) -> None:
    tree = cycle(example).tree
    for stage, shown in (("working", True), ("public", False)):
        drafting = Drafting(today=TODAY, stage=cast(Stage, stage))
        told = to_markdown(assemble(tree, load_questionnaire(), drafting))
        assert ("Carried from the last plan, not confirmed yet." in told) == shown


def test_setting_a_carried_answer_records_who_changed_or_confirmed_it_and_when(
    tmp_path: Path,
) -> None:
    path = tmp_path / "plan.yaml"
    path.write_text(
        "localplan: 2\nboard: {name: Delta Board, mission: Work}\n"
        "status: {board.name: {state: carried}, board.mission: {state: carried, reason: Old}}\n"
    )
    run(["set", str(path), "board.name", "Hill Board", "--as-of", "2027-02-01"])
    run(["set", str(path), "board.mission", "Work", "--as-of", "2027-02-01"])
    tree = load(path).tree
    for answer, state in (("board.name", "changed"), ("board.mission", "confirmed")):
        entry = get(tree, f"status.{answer}")
        assert isinstance(entry, dict)
        assert (entry["state"], entry["on"]) == (state, "2027-02-01")


def test_without_a_first_year_the_new_cycle_begins_when_the_old_one_ends(tmp_path: Path) -> None:
    old, new = tmp_path / "old.yaml", tmp_path / "new.yaml"
    old.write_text("plan: {first_program_year: 2025, program_years: 3}\n", encoding="utf-8")
    assert run(["carry", str(old), str(new)]) == 0
    assert get(load(new).tree, "plan.first_program_year") == "2028"


def test_own_words_in_place_of_a_passage_are_carried_too() -> None:
    tree = small("passages:\n  about-plan: {text: From 2025 to 2029., built_from: plan = 0a}\n")
    carried = cycle(tree)
    status = carried.tree["status"]
    assert isinstance(status, dict)
    assert "passages.about-plan" in status
    assert "passages.about-plan" in dict(carried.report.doubts)


def test_what_speaks_of_a_person_who_is_asked_again_deserves_a_look() -> None:
    tree = small(
        "board: {director: 'Ana Ruiz, Director', chair: Sam Lee}\n"
        "narratives:\n"
        "  staff_capacity: The director, Ana Ruiz, trains all new staff.\n"
        "  instruction: The college teaches.\n"
        "actions:\n"
        "  - {id: train, action: Train all, owner: Ana Ruiz, status: under-way}\n"
    )
    doubts = dict(cycle(tree).report.doubts)
    assert doubts["narratives.staff_capacity"] == "It names Ana Ruiz. People change."
    assert doubts["actions.train.owner"] == "It names Ana Ruiz. People change."
    assert "narratives.instruction" not in doubts


def test_an_open_action_that_was_due_before_the_new_plan_deserves_a_look() -> None:
    tree = small(
        "plan: {first_program_year: 2025}\n"
        "actions:\n"
        "  - {id: late, action: Late, due: 2027-05-01, status: under-way}\n"
        "  - {id: later, action: Later, due: 2029-09-01, status: not-started}\n"
    )
    doubts = dict(cycle(tree).report.doubts)
    assert "actions.late.due" in doubts
    assert "actions.later.due" not in doubts


def test_the_report_tells_what_is_asked_again_from_what_was_never_answered() -> None:
    tree = small("board: {name: Delta, director: Ana Ruiz}\n")
    report = cycle(tree).report
    again = {ask.path for ask in report.to_answer if ask.again}
    assert "board.director" in again
    assert "board.chair" not in again
    assert "board.chair" in {ask.path for ask in report.to_answer}


def test_carrying_an_older_file_says_what_became_of_its_answers(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old = Path(__file__).parent / "data" / "format-1" / "hearings.yaml"
    assert run(["carry", str(old), str(tmp_path / "a.yaml"), "--first-year", "2029"]) == 0
    said = capsys.readouterr().out
    assert "Because the questions changed" in said
    assert "supports.child-care.assessed → supports.child-care.needs_assessment" in said
    options = ["--first-year", "2029", "--json"]
    assert run(["carry", str(old), str(tmp_path / "b.yaml"), *options]) == 0
    told = json.loads(capsys.readouterr().out)
    assert {each["fate"] for each in told["renewed"]} == {"moved", "needs-you", "retired"}


def test_the_next_plan_is_no_word_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["carry", str(EXAMPLE), str(tmp_path / "next.docx")]) == 2
    assert "Call it next.yaml" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_modification_says_that_it_keeps_the_years_of_its_plan(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    new = tmp_path / "next.yaml"
    options = ["--kind", "modification", "--first-year", "2029"]
    assert run(["carry", str(EXAMPLE), str(new), *options]) == 0
    assert "keeps the years" in capsys.readouterr().err
    assert get(load(new).tree, "plan.first_program_year") == "2025"


def test_what_moved_is_told_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old = tmp_path / "old.yaml"
    old.write_text("board: {name: Delta}\n", encoding="utf-8")
    assert run(["carry", str(old), str(tmp_path / "new.yaml"), "--first-year", "2029"]) == 0
    assert capsys.readouterr().out.count("plan.period_start") == 1
