"""Packets say what each reader needs, and nothing that should stay inside the board."""

import getpass
import json
import socket
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from helpers_docx import W
from lxml import etree
from review_helper import AS_OF, EXAMPLES, copied, replaced, sharing_plan, small_plan, with_parts
from validators import problems_of

from localplan.cli.app import run
from localplan.plan.file.answers import Change, load
from localplan.plan.file.saving import save
from localplan.review.items import open_review
from localplan.review.returned import read_returned
from localplan.review.shares import open_shares

SECRETS = {
    "notes.narratives.partnership_vision": "HUSHHUSH-note",
    "board.contact.name": "HUSHHUSH-board-contact",
    "board.contact.email": "hushhush-board@example.org",
    "partners.alder-college.contact.phone": "HUSHHUSH-555",
    "partners.alder-college.pain_points": "HUSHHUSH-pain-point",
    "partners.mill-bend-adult.contact.email": "hushhush-adult@example.org",
    "partners.mill-bend-adult.pain_points": "HUSHHUSH-other-pain",
    "providers.valley-career-partners.contact.name": "HUSHHUSH-provider-contact",
    "narratives.success_definition": "HUSHHUSH-private-narrative.",
    "partners.alder-college.responsibilities": "HUSHHUSH-private-leaf.",
    "private": ["narratives.success_definition", "partners.alder-college.responsibilities"],
    "status.narratives.partnership_vision": {
        "state": "later", "owner": "HUSHHUSH-owner", "by": "HUSHHUSH-by", "due": "2027-02-02",
        "reason": "HUSHHUSH-status-reason",
    },
    "status.narratives.rapid_response": {
        "state": "carried", "by": "HUSHHUSH-carrier", "on": "2027-01-01",
    },
    "accepted.some-finding": {"reason": "HUSHHUSH-acceptance", "by": "HUSHHUSH-acceptor"},
    "attachments.att-secret.item": "Map of the area",
    "attachments.att-secret.file": "C:\\Users\\HUSHHUSH-account\\maps\\area.pdf",
    "attachments.att-other.item": "Policy",
    "attachments.att-other.file": "/home/HUSHHUSH-account/policy.docx",
    "parked.old-piece.text": "HUSHHUSH-parked",
    "parked.old-piece.heading": "HUSHHUSH-parked-heading",
    "history.old-answer.path": "narratives.partnership_vision",
    "history.old-answer.text": "HUSHHUSH-history",
    "comments.c-one.comment": "HUSHHUSH-comment-of-someone-else",
    "comments.c-one.person": "HUSHHUSH-commenter",
    "pathways.patient-care.definition.a.by": "HUSHHUSH-judge",
    "pathways.patient-care.definition.a.next_step": "HUSHHUSH-next-step",
}  # fmt: skip


@pytest.fixture(scope="module")
def secretive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("HUSHHUSH-folder")
    answers = folder / "answers.yaml"
    answers.write_bytes((EXAMPLES / "complete.yaml").read_bytes())
    now = datetime(2027, 1, 12, tzinfo=UTC)
    actions = load(answers).tree["actions"]
    assert isinstance(actions, list)
    assert isinstance(actions[0], dict)
    owner = Change(f"actions.{actions[0]['id']}.owner", "HUSHHUSH-action-owner")
    save(load(answers), [owner, *(Change(*each) for each in SECRETS.items())], now=now)
    narratives = load(answers).tree["narratives"]
    assert isinstance(narratives, dict)
    save(load(answers), [Change("narratives.rapid_response", None)], now=now)
    return answers


def packets(answers: Path, out: Path, *options: str) -> list[Path]:
    assert run(["share", str(answers), *options, "-o", str(out), *AS_OF]) == 0
    return sorted(path for path in out.rglob("*") if path.is_file())


def contents(path: Path) -> Iterator[tuple[str, bytes]]:
    """Every part of a file, and its own name."""
    yield "name", path.name.encode()
    if path.suffix != ".docx":
        yield path.name, path.read_bytes()
        return
    with zipfile.ZipFile(path) as package:
        for entry in package.infolist():
            yield entry.filename, package.read(entry) + entry.comment + entry.extra


@pytest.mark.parametrize(
    "options",
    [
        ("--partner", "alder-college"), ("--partner", "mill-bend-adult", "--full"),
        ("--public",), ("--questions",),
    ],
    ids=["partner", "full", "public", "questions"],
)  # fmt: skip
def test_no_secret_is_in_any_part_of_a_packet(
    secretive: Path, tmp_path: Path, options: tuple[str, ...]
) -> None:
    found = packets(secretive, tmp_path / "out", *options)
    assert any(path.suffix == ".docx" for path in found)
    account, host = getpass.getuser(), socket.gethostname()
    for path in found:
        for part, data in contents(path):
            text = data.decode("utf-8", "replace").lower()
            assert "hushhush" not in text, (
                path.name,
                part,
                text[text.index("hushhush") - 80 :][:160],
            )
            assert str(secretive.parent).lower() not in text, (path.name, part)
            if part.startswith("docProps"):
                assert account.lower() not in text
                assert host.lower() not in text


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    return small_plan(tmp_path)


def packet(answers: Path, *options: str) -> Path:
    found = packets(answers, answers.parent / "out", *options)
    return max((p for p in found if p.suffix == ".docx"), key=lambda p: p.stat().st_mtime_ns)


def words_of(path: Path) -> str:
    return "\n".join(para.text for para in read_returned(path).paras)


def test_a_partner_gets_its_own_parts_and_not_those_of_others(answers: Path) -> None:
    words = words_of(packet(answers, "--partner", "mesa", "--due", "2027-02-01"))
    assert "Teaches reading and mathematics in the evening." in words
    assert "Teaches the certificate courses." not in words
    assert "Your contribution sheet" in words
    assert "Sign-off" in words
    assert "by February 1, 2027 to Comments, comments@board.example" in words


def test_a_full_packet_holds_the_whole_plan(answers: Path) -> None:
    words = words_of(packet(answers, "--partner", "mesa", "--full"))
    assert "Teaches the certificate courses." in words
    assert "Health care needs four hundred nursing assistants" in words
    assert "Your contribution sheet" in words


def test_the_public_draft_says_how_to_comment(answers: Path) -> None:
    words = words_of(packet(answers, "--public"))
    assert "Send comments to Comments, comments@board.example." in words
    assert "in other formats" in words
    assert "An equal opportunity program." in words


def test_the_public_notice_stands_on_the_cover(answers: Path) -> None:
    words = words_of(packet(answers, "--public"))
    assert words.index("Send comments to") < words.index("Contents")
    body = etree.fromstring(zipfile.ZipFile(packet(answers, "--public")).read("word/document.xml"))
    broken = [
        one for one in body.iter(W + "p") if one.find(f"{W}pPr/{W}pageBreakBefore") is not None
    ]
    assert "Contents" in "".join(map(str, broken[0].itertext()))


def test_a_public_notice_without_days_is_remarked_on(
    answers: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    packet(answers, "--public")
    assert "The notice does not say when comments are open." in capsys.readouterr().err
    run(["set", str(answers), "public_comment.opens", "2027-01-11"])
    run(["set", str(answers), "public_comment.closes", "2027-02-09"])
    capsys.readouterr()
    assert "from January 11, 2027 to February 9, 2027" in words_of(packet(answers, "--public"))
    assert not capsys.readouterr().err


def test_a_question_on_a_form_stays_with_the_place_for_its_answer(answers: Path) -> None:
    body = etree.fromstring(
        zipfile.ZipFile(packet(answers, "--questions")).read("word/document.xml")
    )
    notes = [
        one for one in body.iter(W + "p")
        if one.find(f"{W}pPr/{W}pStyle[@{W}val='Note']") is not None
    ]  # fmt: skip
    assert all(one.find(f"{W}pPr/{W}keepNext") is not None for one in notes[:-1])
    assert "learners; Number of learners" in "".join(
        str(part) for one in notes for part in one.itertext()
    )


def test_questions_to_a_partner_are_comments_in_its_margin(answers: Path) -> None:
    copy = read_returned(packet(answers, "--partner", "delta"))
    assert any("Delta College" in remark.text for remark in copy.remarks)


@pytest.mark.parametrize(
    "options",
    [("--partner", "delta"), ("--partner", "mesa", "--full"), ("--public",), ("--questions",)],
)
def test_every_packet_is_a_sound_and_accessible_word_file(
    answers: Path, options: tuple[str, ...]
) -> None:
    assert problems_of(packet(answers, *options).read_bytes()) == []


def test_the_same_answers_give_the_same_packet(answers: Path) -> None:
    first = packet(answers, "--partner", "mesa").read_bytes()
    assert packet(answers, "--partner", "mesa").read_bytes() == first
    assert len(open_shares(answers)) == 1


def test_a_second_packet_says_what_changed_since_the_first(answers: Path) -> None:
    packet(answers, "--partner", "mesa")
    run(["set", str(answers), "partners.mesa.role", "Teaches English at noon."])
    words = words_of(packet(answers, "--partner", "mesa"))
    assert "Since draft 1, which you have, these parts changed:" in words


def test_a_packet_of_shared_answers_is_compared_with_the_one_before(tmp_path: Path) -> None:
    plan = sharing_plan(tmp_path)
    packet(plan, "--partner", "mesa")
    words = words_of(packet(plan, "--partner", "mesa", "--full"))
    assert "Nothing here changed since draft 1." in words


def filled(path: Path, *changes: tuple[str, str]) -> Path:
    """A packet with words typed into the empty cells beside some labels."""

    def fill(text: str) -> str:
        for label, typed in changes:
            at = text.rindex(label)
            place = text.index("</w:p></w:tc>", text.index("</w:tc>", at) + 1)
            run_xml = f"<w:r><w:t>{typed}</w:t></w:r>"
            text = text[:place] + run_xml + text[place:]
        return text

    return copied(path, fill, "filled.docx")


def test_a_filled_sheet_and_sign_off_come_back_as_items(answers: Path) -> None:
    sent = packet(answers, "--partner", "delta")
    back = filled(sent, ("E-mail", "new@delta.example"), ("yes with changes, or no", "yes"))
    assert run(["collect", str(answers), str(back), *AS_OF]) == 0
    items = {item.kind: item for item in open_review(answers).items}
    assert items["contribution"].path == "partners.delta.contact.email"
    assert items["contribution"].text == "new@delta.example"
    assert items["contribution"].organization == "Delta College"
    assert items["sign-off"].path == "partners.delta"
    assert items["sign-off"].values == {"agrees": "yes"}


def test_a_new_row_of_the_sheet_becomes_one_record_when_accepted(answers: Path) -> None:
    sent = packet(answers, "--partner", "delta")

    def fill(text: str) -> str:
        row = text.rindex("<w:tr>", 0, text.rindex("Sign-off"))
        row = text.index("<w:tr>", text.rindex("Paid from"))
        for typed in ("Staff", "One advisor", "52000", "Perkins"):
            place = text.index("</w:p></w:tc>", row)
            text = text[:place] + f"<w:r><w:t>{typed}</w:t></w:r>" + text[place:]
            row = text.index("</w:tc>", place) + 1
        return text

    assert run(["collect", str(answers), str(copied(sent, fill)), *AS_OF]) == 0
    (item,) = open_review(answers).items
    assert item.values == {
        "kind": "Staff", "what": "One advisor", "amount": "52000", "source": "Perkins"
    }  # fmt: skip
    assert run(["resolve", str(answers), item.id, "--accept"]) == 0
    tree = load(answers).tree
    partners = tree["partners"]
    assert isinstance(partners, list)
    delta = partners[1]
    assert isinstance(delta, dict)
    assert delta["resources"] == [
        {"id": "shared-1", "kind": "staff", "what": "One advisor", "amount": "52000",
         "source": "Perkins"}
    ]  # fmt: skip


def test_the_question_form_brings_answers_back(answers: Path) -> None:
    form = packet(answers, "--questions")
    back = copied(form, replaced("Write your answer here.", "The committee decides."))
    assert run(["collect", str(answers), str(back), *AS_OF]) == 0
    (item,) = open_review(answers).items
    assert item.kind == "contribution"
    assert item.text == "The committee decides."
    assert item.base == ""


def test_a_choice_on_the_form_is_kept_as_its_code(
    answers: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    form = packet(answers, "--questions")

    def fill(typed: str) -> Path:
        def change(text: str) -> str:
            at = text.index("Write your answer here.", text.index("Is this a new four-year plan"))
            return text[:at] + typed + text[at + len("Write your answer here.") :]

        return copied(form, change, f"{typed}.docx")

    files = [str(fill("Modification")), str(fill("Something else"))]
    assert run(["collect", str(answers), *files, *AS_OF]) == 0
    good, bad = open_review(answers).items
    capsys.readouterr()
    assert run(["resolve", str(answers), bad.id, "--accept"]) == 1
    assert "a choice between" in capsys.readouterr().err
    assert run(["resolve", str(answers), good.id, "--accept"]) == 0
    plan = load(answers).tree["plan"]
    assert isinstance(plan, dict)
    assert plan["kind"] == "modification"


def test_questions_can_be_limited_to_their_owner(
    answers: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["share", str(answers), "--questions", "--owner", "Ana", *AS_OF]) == 1
    assert "No question is open for Ana" in capsys.readouterr().err


def test_a_reply_to_our_question_comes_back_as_an_answer(answers: Path) -> None:
    sent = packet(answers, "--partner", "delta")
    question = read_returned(sent).remarks[0]
    ns = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
    reply = (
        f'<w:comment w:id="77" w:author="Lee Chan" w:date="2027-01-20T08:00:00Z">'
        f'<w:p {ns} w14:paraId="20000002"><w:r><w:t>In the signed MOU.</w:t></w:r></w:p>'
        "</w:comment></w:comments>"
    )

    def answered(text: str) -> str:
        first = text.index("<w:p>")
        text = text[:first] + f'<w:p {ns} w14:paraId="20000001">' + text[first + 5 :]
        return text.replace("</w:comments>", reply)

    extended = (
        '<w15:commentsEx xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml">'
        '<w15:commentEx w15:paraId="20000002" w15:paraIdParent="20000001" w15:done="0"/>'
        "</w15:commentsEx>"
    )
    back = with_parts(
        sent,
        {"word/comments.xml": answered, "word/commentsExtended.xml": lambda _: extended},
        "replied.docx",
    )
    assert run(["collect", str(answers), str(back), *AS_OF]) == 0
    (item,) = open_review(answers).items
    assert (item.kind, item.who, item.text) == ("contribution", "Lee Chan", "In the signed MOU.")
    assert item.quote == question.text
    assert item.path.startswith("partners.delta.")


def test_status_says_who_replied_and_who_is_late(
    answers: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sent = packet(answers, "--partner", "mesa", "--due", "2027-02-01")
    packet(answers, "--partner", "delta", "--due", "2027-02-01")
    back = copied(sent, replaced("in the evening", "at noon"))
    run(["collect", str(answers), str(back), *AS_OF])
    capsys.readouterr()
    assert run(["share", str(answers), "--status", "--as-of", "2027-03-01"]) == 0
    said = capsys.readouterr().out
    assert (
        "Mesa Adult School  draft 1, sent January 12, 2027; due February 1, 2027; replied" in said
    )
    assert "Delta College      draft 1" in said
    assert "OVERDUE" in said
    assert "2 sent, 1 replied, 1 overdue." in said


def test_an_unknown_partner_is_named(answers: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["share", str(answers), "--partner", "nobody", *AS_OF]) == 1
    assert "Partners are: mesa, delta." in capsys.readouterr().err
    assert run(["share", str(answers), "--partner", "mese", *AS_OF]) == 1
    assert 'Did you mean "mesa"?' in capsys.readouterr().err


def test_a_partner_can_be_called_by_its_name(answers: Path) -> None:
    words = words_of(packet(answers, "--partner", "mesa adult school"))
    assert "The parts of the plan that concern Mesa Adult School" in words


def given(answers: Path, path: str, state: str, owner: str) -> None:
    """Give the question behind an answer to someone."""
    now = datetime(2027, 1, 12, tzinfo=UTC)
    save(load(answers), [Change(f"status.{path}", {"state": state, "owner": owner})], now=now)


def anchor_of(answers: Path, path: str) -> str:
    """The bookmark of an answer in the one packet that was kept."""
    (kept,) = answers.parent.glob("drafts/*/anchors.json")
    regions = json.loads(kept.read_text(encoding="utf-8"))["regions"]
    return next(str(region["name"]) for region in regions if region["path"] == path)


def test_a_question_given_to_a_partner_stands_at_the_answer_in_the_plan(answers: Path) -> None:
    given(answers, "narratives.supportive_services", "carried", "Delta College")
    sent = packet(answers, "--partner", "delta")
    (asked,) = [r for r in read_returned(sent).remarks if r.text.startswith("This comes from")]
    assert "one shared fund" in words_of(sent)
    with zipfile.ZipFile(sent) as package:
        text = package.read("word/document.xml").decode()
    start = text.index(f'w:name="{anchor_of(answers, "narratives.supportive_services")}"')
    end = text.index("one shared fund")
    assert f'<w:commentRangeStart w:id="{asked.id}"/>' in text[start - 200 : end]


def test_an_open_question_given_to_a_partner_has_a_place_for_its_answer(answers: Path) -> None:
    given(answers, "narratives.rapid_response", "later", "delta")
    sent = packet(answers, "--partner", "delta")
    assert "Your answer" in words_of(sent)
    assert "Your answer" not in words_of(packet(answers, "--partner", "mesa"))


def test_a_partner_is_not_asked_in_the_margin_what_its_sheet_asks(answers: Path) -> None:
    copy = read_returned(packet(answers, "--partner", "delta"))
    assert not any("call there" in remark.text for remark in copy.remarks)


def test_folders_of_someones_computer_are_left_out_of_any_answer(answers: Path) -> None:
    said = "See C:\\Users\\ana\\wages 2026.xlsx and /home/ana/plan.md."
    run(["set", str(answers), "narratives.partnership_governance", said])
    words = words_of(packet(answers, "--public"))
    assert "See wages 2026.xlsx and plan.md." in words


def test_a_part_of_the_plan_is_compared_with_the_same_part_of_a_full_packet(
    answers: Path,
) -> None:
    packet(answers, "--partner", "mesa", "--full")
    words = words_of(packet(answers, "--partner", "mesa"))
    assert "taken out" not in words
    assert "Nothing here changed since draft 1." in words


def test_a_cell_typed_over_with_its_anchor_is_still_that_answer(answers: Path) -> None:
    sent = packet(answers, "--partner", "mesa")
    name = anchor_of(answers, "sheet.partners.mesa.contact.title")

    def typed(text: str) -> str:
        at = text.index(f'w:name="{name}"')
        start, end = text.rindex("<w:tc>", 0, at), text.index("</w:tc>", at)
        cell = "<w:tc><w:tcPr/><w:p><w:r><w:t>Principal</w:t></w:r></w:p>"
        return text[:start] + cell + text[end:]

    run(["collect", str(answers), str(copied(sent, typed)), *AS_OF])
    (item,) = open_review(answers).items
    assert (item.kind, item.path) == ("contribution", "partners.mesa.contact.title")
    assert (item.text, item.placement) == ("Principal", "uncertain")
