"""The submission packet, the gate before it, and the gaps that a person lets pass."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from outlines import TODAY, elements, opened
from validators import problems_of

from localplan.document.assemble import Drafting, assemble
from localplan.document.blocks import Document
from localplan.document.docx import write_docx
from localplan.document.markdown import to_markdown
from localplan.document.numbering import numbered
from localplan.document.packet import (
    PLAN_FILE,
    Submission,
    enclosed_files,
    manifest,
    packet,
    settled,
)
from localplan.knowledge.kinds import Stage
from localplan.knowledge.questions import load_questionnaire
from localplan.knowledge.states import State, load_state
from localplan.plan.checks.attachments import Enclosure, checklist
from localplan.plan.checks.checkup import Checkup, check_up
from localplan.plan.checks.gate import accepted_gaps, gate, obstacles
from localplan.plan.model import Plan

PA = load_state("pa")
FOURTEEN = (
    "All fourteen elements are there, and each young person chooses among them with a counselor."
)
NAMES = [
    "01-cover-letter", "02-local-plan", "03-attachment-checklist", "04-signatures-and-assurances",
    "05-performance-levels", "06-public-comment",
]  # fmt: skip


def checked(tree: dict[str, Any]) -> Checkup:
    return check_up(tree, load_questionnaire(), today=TODAY, stage="submission")


def lines(tree: dict[str, Any], state: State | None = None, folder: Path | None = None) -> str:
    found = gate(checked(tree), state, today=TODAY, folder=folder)
    return "\n".join(f"{each.path}: {each.message} [{each.key}]" for each in found)


def rows(tree: dict[str, Any], state: State | None = PA) -> dict[str, Enclosure]:
    plan = Plan.model_validate(tree)
    return {row.id: row for row in checklist(plan, tree, state)}


def attached(**entry: Any) -> dict[str, Any]:
    return {"attachments": [{"id": "pa-att-2", **entry}]}


def submission(tree: dict[str, Any], state: State | None = None) -> Submission:
    checkup = checked(tree)
    return Submission(checkup, state, accepted_gaps(checkup, state, today=TODAY), TODAY)


def part(name: str, tree: dict[str, Any], state: State | None = None) -> str:
    plan = Document("Local Workforce Plan", "Alph Board", ())
    return to_markdown(numbered(packet(plan, submission(tree, state))[name]))


def test_a_plan_with_a_missing_answer_is_refused_and_says_which() -> None:
    assert "board.name: Not answered" in lines({})


def test_a_named_gap_passes_with_a_reason() -> None:
    tree = {"accepted": {"missing-answer/board/name": {"reason": "Two boards merge", "by": "Ana"}}}
    assert "board.name: " not in lines(tree)
    gap = next(
        gap for gap in accepted_gaps(checked(tree), None, today=TODAY) if gap.path == "board.name"
    )
    assert (gap.reason, gap.by) == ("Two boards merge", "Ana")


def test_a_gap_accepted_without_a_reason_does_not_pass() -> None:
    tree: dict[str, Any] = {"accepted": {"missing-answer/board/name": {"by": "Ana"}}}
    assert "board.name: " in lines(tree)


def test_a_wrong_value_cannot_be_let_pass() -> None:
    tree = {"plan": {"program_years": "four"}}
    wrong = next(
        one for one in obstacles(checked(tree), None, today=TODAY)
        if one.path == "plan.program_years" and "Not answered" not in one.message
    )  # fmt: skip
    assert wrong.key == ""


def test_an_open_comment_period_refuses_until_it_has_closed() -> None:
    tree = {"public_comment": {"opens": "2026-11-01", "closes": "2026-11-30"}}
    assert "open until 2026-11-30" in lines(tree)
    later = gate(checked(tree), None, today=date(2026, 12, 1))
    assert not any("open until" in each.message for each in later)


def test_a_content_item_of_the_law_refuses_while_nothing_speaks_to_it() -> None:
    assert "requirement/AX-7" in lines({})
    answered = {"narratives": {"youth_framework": FOURTEEN}}
    assert "requirement/AX-7" not in lines(answered)
    short = lines({"narratives": {"youth_framework": "All fourteen elements are there."}})
    assert "(20 CFR 681.420(b)). The answer is very short. [requirement/AX-7]" in short
    passed = {"accepted": {"requirement/AX-7": {"reason": "It is in the youth policy."}}}
    assert "requirement/AX-7" not in lines(passed)


def test_an_item_whose_required_answer_is_missing_is_named_once() -> None:
    assert "missing-answer/narratives/adult_services" in lines({})
    assert "requirement/LP-7" not in lines({})


def test_what_is_needed_in_some_cases_only_or_stands_beside_the_plan_does_not_refuse() -> None:
    for name in ("AX-2", "AX-13", "LP-1-EXIST", "PR-2"):
        assert f"requirement/{name}" not in lines({})


def test_a_missing_attachment_of_the_state_refuses() -> None:
    assert "Attachment not there: Attachment 2" in lines({}, PA)


def test_an_attachment_that_is_there_is_present_with_its_file_name() -> None:
    row = rows(attached(standing="present", file="chart.pdf"))["pa-att-2"]
    assert (row.standing, row.file) == ("present", "chart.pdf")


def test_an_attachment_is_matched_by_the_name_the_state_gives_it_too() -> None:
    item = next(piece.item for piece in PA.attachments if piece.id == "pa-att-2")
    entry = {"id": "mine", "item": item, "standing": "present", "file": "chart.pdf"}
    found = rows({"attachments": [entry]})
    assert found["pa-att-2"].standing == "present"
    assert "mine" not in found


def test_an_attachment_that_does_not_apply_needs_a_reason() -> None:
    assert rows(attached(standing="not-applicable"))["pa-att-2"].standing == "missing"
    row = rows(attached(standing="not-applicable", reason="One county"))["pa-att-2"]
    assert (row.standing, row.reason) == ("not-applicable", "One county")


def test_what_the_packet_itself_holds_is_not_missing() -> None:
    found = rows({})
    assert found["pa-att-checklist"].file == "03-attachment-checklist"
    assert found["pa-att-1"].file == "05-performance-levels"


def test_a_form_that_the_state_supplies_is_not_taken_for_ours() -> None:
    found = rows({})
    assert found["pa-att-cover"].standing == "missing"
    assert found["pa-att-attestations"].standing == "missing"


@pytest.mark.parametrize(
    "item",
    [
        "Procurement policy with the signature of the chair",
        "Performance improvement policy",
        "Policy on comments from employers",
    ],
)
def test_a_word_in_its_name_does_not_put_a_missing_piece_into_the_packet(item: str) -> None:
    tree = {"attachments": [{"id": "own", "item": item, "standing": "missing"}]}
    assert rows(tree, None)["own"].standing == "missing"
    assert f"Attachment not there: {item}" in lines(tree)


@pytest.mark.parametrize("item", ["Signature pages", "Comments that disagree with the plan"])
def test_a_piece_of_the_board_that_the_packet_makes_is_in_it(item: str) -> None:
    tree = {"attachments": [{"id": "own", "item": item, "standing": "missing"}]}
    assert rows(tree, None)["own"].standing == "in-packet"


def test_the_regional_plan_stands_for_itself_alone() -> None:
    regional = {"title": "Regional plan", "address": "https://region.example/plan"}
    found = rows({"plan": {"kind": "modification", "regional_plan": regional}})
    assert found["pa-att-regional"].file == "https://region.example/plan"
    assert found["pa-att-modification-regional"].standing == "missing"


def test_an_attachment_that_the_plan_does_not_call_for_is_not_asked() -> None:
    assert "pa-att-modification" not in rows({"plan": {"kind": "four-year"}})
    assert "pa-att-modification" in rows({"plan": {"kind": "modification"}})


def test_what_the_board_adds_on_its_own_follows_the_list_of_the_state() -> None:
    found = list(rows({"attachments": [{"id": "map", "item": "Map", "standing": "missing"}]}))
    assert found[-1] == "map"


def test_a_file_that_is_named_must_be_there(tmp_path: Path) -> None:
    tree = attached(standing="present", file="chart.pdf")
    assert "there is no file chart.pdf" in lines(tree, PA, tmp_path)
    (tmp_path / "chart.pdf").write_bytes(b"%PDF")
    assert "there is no file chart.pdf" not in lines(tree, PA, tmp_path)


def test_the_packet_holds_its_documents_in_reading_order() -> None:
    assert list(packet(elements(), submission({}))) == NAMES
    assert packet(elements(), submission({}))[PLAN_FILE] is elements()


@pytest.mark.parametrize(
    ("received", "said"),
    [("none", "No comments were received."), ("3", "Three comments were received.")],
)
def test_the_public_comment_appendix_says_how_many_came(received: str, said: str) -> None:
    tree = {"public_comment": {"received": received}}
    assert said in part("06-public-comment", tree)


def test_comments_that_disagree_are_named_as_such() -> None:
    tree = {
        "public_comment": {"received": "1"},
        "comments": [{"id": "c", "comment": "Too few classes.", "disagrees": "yes"}],
    }
    said = part("06-public-comment", tree)
    assert "One comment disagrees with the plan and goes to the Governor" in said
    assert "Too few classes." in said


def test_no_comments_means_that_none_disagreed() -> None:
    tree = {"public_comment": {"received": "none"}}
    assert "No comment disagreed with the plan." in part("06-public-comment", tree)


def test_each_body_has_its_place_to_sign() -> None:
    tree = {"approvals": [{"id": "a", "body": "Alph Council", "signer": "K. Khan",
                           "signer_title": "Chair"}]}  # fmt: skip
    said = part("04-signatures-and-assurances", tree)
    assert said.index("Alph Council") < said.index("K. Khan, Chair")


def test_nothing_is_said_in_the_name_of_a_state_whose_signature_page_was_not_seen() -> None:
    for code in ("federal", "ga"):
        assert "asks for" not in part("04-signatures-and-assurances", {}, load_state(code))


def test_the_checklist_prints_every_line_with_its_standing() -> None:
    tree = attached(standing="not-applicable", reason="One county")
    said = part("03-attachment-checklist", tree, PA)
    for row in rows(tree).values():
        assert row.item.split(":")[0] in said
    assert "Does not apply" in said
    assert "One county" in said


def test_an_attachment_that_a_person_let_pass_is_missing_with_the_reason() -> None:
    tree = attached(standing="missing", reason="In signature")
    tree["accepted"] = {"attachment/pa-att-2": {"reason": "Follows in May"}}
    said = part("03-attachment-checklist", tree, PA)
    assert "| Missing | \N{EN DASH} | Follows in May |" in said


def test_the_manifest_lists_files_and_accepted_gaps() -> None:
    tree = {"accepted": {"missing-answer/board/name": {"reason": "Two boards merge"}}}
    plan = Document("Local Workforce Plan", "Alph Board", ())
    made = manifest(plan, submission(tree), {"02-local-plan.docx": "ab12"})
    said = to_markdown(numbered(made))
    assert "02-local-plan.docx" in said
    assert "ab12" in said
    assert "Two boards merge" in said


def test_reasons_of_accepted_contradictions_stay_out_of_the_packet() -> None:
    checkup = opened("ca").checkup("submission")
    accepted = [item for item in checkup.findings if item.accepted]
    assert accepted
    made = Submission(checkup, opened("ca").state, (), TODAY)
    said = "".join(
        to_markdown(numbered(document))
        for name, document in packet(elements("submission"), made).items()
        if name != PLAN_FILE
    )
    assert all(item.accepted not in said for item in accepted)


def test_private_answers_stay_out_of_the_packet() -> None:
    tree = {
        "public_comment": {"how": "By letter to the back office"},
        "private": ["public_comment.how"],
    }
    assert "back office" not in part("06-public-comment", tree)


def test_the_boards_own_files_go_with_the_packet() -> None:
    tree = attached(standing="present", file="chart.pdf")
    assert enclosed_files(submission(tree, PA)) == {"chart.pdf": "attachments/chart.pdf"}


def test_an_attachment_that_the_board_keeps_to_itself_stays_out_of_the_packet() -> None:
    tree = {
        **attached(standing="present", file="salaries.pdf", item="Salaries"),
        "private": ["attachments.pa-att-2"],
    }
    assert not enclosed_files(submission(tree, PA))
    assert "alaries" not in part("03-attachment-checklist", tree, PA)


def test_two_files_of_one_name_both_go_with_the_packet() -> None:
    tree = {
        "attachments": [
            {"id": "one", "item": "Bylaws", "standing": "present", "file": "one/Policy.pdf"},
            {"id": "two", "item": "Awards", "standing": "present", "file": "two/policy.pdf"},
        ]
    }
    assert enclosed_files(submission(tree)) == {
        "one/Policy.pdf": "attachments/Policy.pdf",
        "two/policy.pdf": "attachments/policy-2.pdf",
    }


def test_the_checklist_names_a_file_as_the_packet_holds_it() -> None:
    text = part("03-attachment-checklist", attached(standing="present", file="maps/chart.pdf"), PA)
    assert "attachments/chart.pdf" in text
    assert "maps/" not in text


def test_the_list_in_the_plan_agrees_with_the_checklist() -> None:
    tree: dict[str, Any] = {
        "attachments": [
            {"id": "s", "item": "Signature pages", "standing": "missing", "reason": "Votes follow"},
            {"id": "b", "item": "Bylaws", "standing": "present", "file": "own/bylaws.pdf"},
        ]
    }
    plan = settled(
        assemble(tree, load_questionnaire(), Drafting(TODAY, "submission")), submission(tree)
    )
    text = to_markdown(numbered(plan))
    assert "| Signature pages | In this packet |" in text
    assert "| Bylaws | Present (bylaws.pdf) |" in text
    assert "Votes follow" not in text


@pytest.mark.parametrize("stage", ["working", "public", "board"])
def test_names_of_files_are_for_those_who_keep_them(stage: Stage) -> None:
    tree: dict[str, Any] = {
        "attachments": [{"id": "b", "item": "Bylaws", "standing": "present", "file": "bylaws.pdf"}]
    }
    drafted = assemble(tree, load_questionnaire(), Drafting(TODAY, stage))
    assert ("bylaws.pdf" in to_markdown(numbered(drafted))) is (stage == "working")


def test_the_cover_letter_says_the_order_in_words_of_the_field() -> None:
    said = part("01-cover-letter", {}, PA)
    assert "The plan follows the State's order of sections, as of" in said
    assert PA.title not in said


def test_the_cover_letter_does_not_promise_what_a_person_let_pass() -> None:
    tree = {
        "attachments": [{"id": "own", "item": "Bylaws", "standing": "missing"}],
        "accepted": {"attachment/own": {"reason": "The State has them."}},
    }
    said = " ".join(part("01-cover-letter", tree).split())
    assert "1 item is not in the packet" in said or "One item is not in the packet" in said
    assert "still to come" not in said


def test_nobody_is_said_to_agree_while_a_comment_is_not_judged() -> None:
    tree = {"comments": [{"id": "c1", "comment": "No."}, {"id": "c2", "disagrees": "no"}]}
    assert "No comment disagreed" not in part("06-public-comment", tree)
    tree["comments"][0]["disagrees"] = "no"
    assert "No comment disagreed" in part("06-public-comment", tree)


def test_every_document_of_the_packet_is_sound_and_accessible() -> None:
    checkup = opened("ca").checkup("submission")
    made = Submission(checkup, opened("ca").state, (), TODAY)
    plan = elements("submission")
    documents = [*packet(plan, made).values(), manifest(plan, made, {"a.docx": "ab12"})]
    for document in documents:
        assert problems_of(write_docx(numbered(document))) == []


def test_the_manifest_names_whose_answer_is_missing_and_nobody_of_the_staff() -> None:
    gap = "missing-answer/approvals/city/date"
    tree = {
        "approvals": [{"id": "city", "body": "Mill Bend City Council"}],
        "status": {
            "approvals.city.date": {"state": "later", "owner": "Priya", "due": "2027-02-10"}
        },
        "accepted": {gap: {"reason": "The vote is on March 16", "by": "Ana"}},
    }
    plan = Document("Local Workforce Plan", "Alph Board", ())
    said = to_markdown(numbered(manifest(plan, submission(tree), {})))
    assert "Mill Bend City Council. Not answered: " in said
    assert "Priya" not in said
