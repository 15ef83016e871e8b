"""A plan names each of its boards, and gives every board its own areas, places and levels."""

import re
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from localplan.document.assemble import Drafting, assemble
from localplan.document.blocks import Block, Boundary, Document, Paragraph, Table, words
from localplan.document.numbering import numbered
from localplan.document.packet import Submission, packet
from localplan.document.schedule import calendar_document
from localplan.knowledge.kinds import Stage
from localplan.knowledge.questions import load_questionnaire
from localplan.plan.boards import own_records
from localplan.plan.calendar import calendar_of
from localplan.plan.checks.checkup import check_up
from localplan.plan.reading import read_plan
from localplan.review.notices import Occasion, notice_lines

TODAY = date(2026, 11, 21)
COUNTIES = ("Alder", "Birch", "Cedar", "Dogwood", "Elm", "Fir", "Gum", "Hazel")
BOARDS = (
    "Northern Workforce Development Board",
    "Southern Workforce Development Board",
    "Western Partnership for Jobs",
    "Eastern Workforce Board",
)
TITLE_I = ["title-i-adult", "title-i-dislocated", "title-i-youth"]


def area(name: str, board: str, *counties: str) -> dict[str, Any]:
    return {
        "id": name.lower(), "name": name, "board": board,
        "jurisdictions": [f"{county} County" for county in counties],
    }  # fmt: skip


@st.composite
def several_areas(draw: st.DrawFn) -> list[dict[str, Any]]:
    """One to four areas with a board and one or two counties each; two may share a board."""
    count = draw(st.integers(1, 4))
    boards = draw(st.lists(st.sampled_from(BOARDS), min_size=count, max_size=count))
    counties = iter(draw(st.permutations(COUNTIES)))
    return [
        area(f"Area{place}", board, *(next(counties) for _ in range(draw(st.integers(1, 2)))))
        for place, board in enumerate(boards)
    ]


def joint(**more: Any) -> dict[str, Any]:
    return {
        "board": {"name": BOARDS[0], "director": "Ana Ruiz", "chair": "Lee Park"},
        "areas": [area("North", BOARDS[0], "Alder"), area("South", BOARDS[1], "Birch")],
        "plan": {"kind": "four-year", "first_program_year": "2025", "program_years": "4"},
        **more,
    }


def drafted(tree: dict[str, Any], stage: Stage = "public") -> Document:
    return numbered(assemble(tree, load_questionnaire(), Drafting(TODAY, stage)))


def text(tree: dict[str, Any], stage: Stage = "public") -> str:
    return "\n".join(words(block) for block in drafted(tree, stage).blocks)


def passage(tree: dict[str, Any], name: str) -> str:
    """The sentences of one generated passage."""
    said: list[str] = []
    inside = False
    for block in drafted(tree).blocks:
        if isinstance(block, Boundary):
            inside = block.path == f"passages.{name}"
        elif inside and isinstance(block, Paragraph):
            said.append(words(block))
    return " ".join(said)


def cover(blocks: tuple[Block, ...]) -> list[str]:
    return [words(one) for one in blocks if isinstance(one, Paragraph) and one.look == "cover"]


def metric(name: str, **record: Any) -> dict[str, Any]:
    levels = [{"id": "l", "year": "2025", "level": "60", "status": "negotiated"}]
    plain = {"indicator": "employment-q2", "program": "title-i-adult", "scope": "area"}
    return {"id": name, "levels": levels, **plain, **record}


@settings(max_examples=25, deadline=None)
@given(areas=several_areas())
def test_every_board_is_named_with_exactly_its_own_places(areas: list[dict[str, Any]]) -> None:
    own: dict[str, set[str]] = {}
    for one in areas:
        own.setdefault(one["board"], set()).update(one["jurisdictions"])
    tree = joint(areas=areas, board={"name": areas[0]["board"]})
    everywhere = {place for places in own.values() for place in places}
    for told in (passage(tree, "about-board"), passage(tree, "summary-who")):
        sentences = re.split(r"(?<=\.) ", told)
        if sum(map(len, own.values())) <= 6:
            for board, places in own.items():
                of_board = [one for one in sentences if board in one]
                named = {place for one in of_board for place in everywhere if place in one}
                assert named == places
        assert not [one for one in sentences if sum(board in one for board in own) > 1]
    blocks = drafted(tree).blocks
    said = "\n".join(words(one) for one in blocks if isinstance(one, Paragraph))
    for sentence in re.split(r"(?<=\.)\s|\n", said):
        alone = [board for board in own if board in sentence]
        if len(alone) == 1:
            assert not [place for place in everywhere - own[alone[0]] if place in sentence]
    table = next(one for one in blocks if isinstance(one, Table)
                 and one.label == "table-areas")  # fmt: skip
    for row, one in zip(table.rows, areas, strict=True):
        cells = " | ".join(words(Table((), (row,))).splitlines())
        assert one["board"] in cells
        assert {place for place in everywhere if place in cells} == set(one["jurisdictions"])


@settings(max_examples=10, deadline=None)
@given(areas=several_areas())
def test_the_cover_names_every_board(areas: list[dict[str, Any]]) -> None:
    tree = joint(areas=areas, board={"name": areas[0]["board"]})
    boards = list(dict.fromkeys(one["board"] for one in areas))
    assert cover(drafted(tree).blocks)[: len(boards)] == boards


def test_header_and_title_data_name_both_boards_in_few_words() -> None:
    assert drafted(joint()).board == "Northern and Southern Workforce Development Boards"


def test_boards_of_different_kinds_are_named_in_full_in_the_header() -> None:
    areas = [area("North", BOARDS[0], "Alder"), area("West", BOARDS[2], "Cedar")]
    assert drafted(joint(areas=areas)).board == f"{BOARDS[0]} and {BOARDS[2]}"


def test_a_name_that_says_all_boards_stands_on_the_cover_by_itself() -> None:
    together = "Northern and Southern Workforce Development Boards"
    tree = joint(board={"name": together})
    assert cover(drafted(tree).blocks)[0] == together
    assert BOARDS[0] not in cover(drafted(tree).blocks)
    assert drafted(tree).board == together


def test_an_alliance_stands_on_the_cover_above_its_boards() -> None:
    tree = joint(board={"name": "Two Rivers Alliance"})
    assert cover(drafted(tree).blocks)[:3] == ["Two Rivers Alliance", BOARDS[0], BOARDS[1]]


def test_an_area_without_a_board_of_its_own_name_is_the_boards_own() -> None:
    areas = [area("North", "", "Alder"), area("South", BOARDS[1], "Birch")]
    said = passage(joint(areas=areas), "about-board")
    assert f"{BOARDS[0]} is the local workforce development board for Alder County." in said


def test_a_joint_plan_says_what_the_board_means() -> None:
    said = text(joint())
    assert said.count("joint plan of two local workforce development boards") == 2
    assert '"the Board" means them together' in said
    assert "Ana Ruiz directs the staff of Northern Workforce Development Board." in said


def test_officers_stay_with_their_board_where_the_only_area_has_another() -> None:
    officers = {"director": "Ann Director", "chair": "Ann Chair", "address": "1 Oak Street"}
    board = {"name": "A Board", **officers}
    said = passage(joint(board=board, areas=[area("North", "B Board", "Alder")]), "about-board")
    assert "Ann Director directs the staff of A Board. Ann Chair chairs that board." in said
    assert "A Board's office is at 1 Oak Street." in said


def test_the_chair_of_an_alliance_is_said_to_chair_the_alliance() -> None:
    said = passage(joint(board={"name": "Two Rivers Alliance", "chair": "Lee Park"}), "about-board")
    assert "Lee Park chairs Two Rivers Alliance." in said


def test_a_plan_with_one_area_reads_as_the_plan_of_one_board() -> None:
    said = text(joint(areas=[area("North", "", "Alder")]))
    assert f"{BOARDS[0]} is the local workforce development board for Alder County." in said
    assert f"{BOARDS[0]} serves Alder County. This plan says" in said
    assert "Ana Ruiz directs its staff. Lee Park chairs it." in said
    assert "joint" not in said


def test_the_calendar_of_a_joint_plan_names_both_boards() -> None:
    tree = joint()
    tree["plan"]["dates"] = {"submission_due": "2029-03-30"}
    plan = read_plan(tree).plan
    made = calendar_document(calendar_of(plan, None, today=TODAY), plan, None, today=TODAY)
    assert made.board == "Northern and Southern Workforce Development Boards"


def test_the_public_notice_of_a_joint_plan_speaks_for_both_boards() -> None:
    tree = joint()
    when = Occasion(tree, load_questionnaire(), "answers.yaml", 1, TODAY, None)
    assert "Northern and Southern Workforce Development Boards invite comments" in " ".join(
        notice_lines(tree, when)
    )


PARTNERS = [
    {"id": "college", "name": "Delta College", "kind": "community-college", "role": "Teaches."},
    {"id": "own", "name": "North title I programs", "kind": "workforce-board", "area": "north",
     "programs": TITLE_I, "role": "Enrolls people.", "outcomes": ["Jobs kept"]},
    {"id": "itself", "name": "southern workforce development board", "role": "Convenes."},
    {"id": "next", "name": "Eastern Workforce Board", "kind": "workforce-board",
     "programs": ["title-i-adult"], "role": "Shares one bus line."},
]  # fmt: skip


def test_a_board_and_its_title_i_programs_are_not_partners_of_the_board() -> None:
    assert own_records(read_plan(joint(partners=PARTNERS)).plan) == {"own", "itself"}


def test_the_board_is_not_counted_among_its_partners() -> None:
    said = text(joint(partners=PARTNERS))
    assert "Two organizations carry the work with the Board" in said
    assert "Two partners make up" in said


def test_what_the_boards_own_programs_do_stands_under_their_own_heading() -> None:
    blocks = drafted(joint(partners=PARTNERS)).blocks
    tables = {one.label: words(one) for one in blocks if isinstance(one, Table)}
    assert "Enrolls people." in tables["table-own-program-roles"]
    assert "Convenes." in tables["table-own-program-roles"]
    assert "Jobs kept" in tables["table-own-programs"]
    assert "title I" not in "".join(
        words for label, words in tables.items() if label.startswith("table-partner")
    )


def test_a_pathway_names_the_boards_own_programs_apart_from_its_partners() -> None:
    pathway = {
        "id": "care",
        "name": "Care",
        "lead": "college",
        "standing": "existing",
        "partners": ["own", "next"],
    }
    said = text(joint(partners=PARTNERS, pathways=[pathway]))
    assert "Delta College leads it with Eastern Workforce Board." in said
    assert "The Board takes part through North title I programs." in said


LEVELS = [
    metric("a", of="north"), metric("b", of="north", program="title-i-youth"),
    metric("c", of="south"),
    {**metric("d", indicator="employer-retention", program="", responsible="board"),
     "source": "State report"},
]  # fmt: skip


def test_levels_are_given_to_the_board_that_they_bind() -> None:
    said = passage(joint(metrics=LEVELS), "measurement-levels")
    assert "The two boards answer for three indicators of performance" in said
    assert f"{BOARDS[0]} answers for two of them in North." in said
    assert f"{BOARDS[1]} answers for one of them in South." in said


def test_a_statewide_indicator_is_the_states_and_not_counted() -> None:
    tree = joint(areas=[area("North", "", "Alder")], metrics=[LEVELS[0], LEVELS[3]])
    said = text(tree)
    assert said.count("The Board answers for one indicator of performance") == 2
    assert "The State, not the Board, answers for effectiveness in serving employers" in said


def test_the_custody_of_a_statewide_indicator_names_the_state() -> None:
    kept = next(one for one in drafted(joint(metrics=LEVELS)).blocks if isinstance(one, Table)
                and one.label == "table-custody")  # fmt: skip
    assert "The State" in words(kept)
    assert "The Board" not in words(kept)


def test_only_a_statewide_indicator_leaves_the_board_nothing_to_answer_for() -> None:
    said = text(joint(areas=[area("North", "", "Alder")], metrics=[LEVELS[3]]))
    assert "The Board answers" not in said
    assert "The State, not the Board, answers for effectiveness" in said


def test_a_provider_level_is_not_counted_among_those_of_the_board() -> None:
    contractor = {"id": "trail", "name": "Bright Trail"}
    tree = joint(
        areas=[area("North", "", "Alder")],
        providers=[contractor],
        metrics=[LEVELS[0], metric("p", of="trail", scope="provider")],
    )
    said = passage(tree, "measurement-levels")
    assert "The Board answers for one indicator of performance" in said
    assert "The tables hold levels of Bright Trail too." in said


def packet_of(tree: dict[str, Any]) -> dict[str, str]:
    """The words of each part of the packet, by file name."""
    checkup = check_up(tree, load_questionnaire(), today=TODAY, stage="submission")
    submission = Submission(checkup, None, (), TODAY)
    parts = packet(drafted(tree, "submission"), submission)
    return {name: "\n".join(words(block) for block in part.blocks) for name, part in parts.items()}


def test_every_board_of_a_joint_plan_has_a_line_to_sign() -> None:
    votes = [{"id": "v", "body": BOARDS[0], "signer": "Lee Park"}]
    parts = packet_of(joint(approvals=votes))
    letter, page = parts["01-cover-letter"], parts["04-signatures-and-assurances"]
    assert "Lee Park, Chair, Northern Workforce Development Board" in letter
    assert f"for {BOARDS[1]}" in letter
    assert page.count(f"\n{BOARDS[0]}\n") == 1
    assert page.count(f"\n{BOARDS[1]}\n") == 1


def test_the_letter_of_a_joint_plan_names_the_plan_in_a_whole_sentence() -> None:
    letter = packet_of(joint())["01-cover-letter"]
    assert "of their areas submit their joint plan, the Local Plan for Program Years" in letter


def test_the_levels_in_the_packet_say_what_the_state_answers_for() -> None:
    said = packet_of(joint(metrics=LEVELS))["05-performance-levels"]
    assert "The State, not the Board, answers for effectiveness in serving employers" in said


@pytest.mark.parametrize("stage", ["public", "board", "submission", "working"])
def test_no_sentence_of_a_joint_plan_calls_one_board_the_board_of_all(stage: Stage) -> None:
    blocks = drafted(joint(partners=PARTNERS, metrics=LEVELS), stage).blocks
    said = [words(block) for block in blocks if not isinstance(block, Table)]
    for sentence in re.split(r"(?<=\.)\s", "\n".join(said)):
        assert not ("Northern" in sentence and "Birch" in sentence)
        assert not (BOARDS[1] in sentence and "Alder" in sentence)
