"""A returned copy is compared with its own draft, whatever it lost on the way."""

import io
import re
import zipfile
from pathlib import Path

import pytest
from review_helper import AS_OF, SMALL, collected, copied, moved_to, replaced, with_parts

from localplan.cli.app import run
from localplan.review.returned import read_returned

PARTNERS = ("Mesa Adult School", "Delta College", "Bay Library", "Hill Services")


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A plan whose packets went out to four partners."""
    answers = tmp_path_factory.mktemp("plan") / "answers.yaml"
    more = "".join(
        f"  - {{id: {name.split()[0].lower()}, name: {name}, role: Lends rooms and staff.}}\n"
        for name in PARTNERS[2:]
    )
    answers.write_text(SMALL.replace("narratives:", more + "narratives:"), encoding="utf-8")
    assert run(["share", str(answers), "--all", *AS_OF]) == 0
    return answers


@pytest.fixture
def answers(plan: Path, tmp_path: Path) -> Path:
    return moved_to(tmp_path, plan)


def sent_to(answers: Path, partner: str) -> Path:
    return answers.parent / "answers packets" / "draft 1" / partner / f"Draft 1 for {partner}.docx"


def stripped(path: Path, *, as_before: bool = False) -> Path:
    """Return a copy without document properties; `as_before` also without the draft's bookmark."""
    made = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(made, "w") as new:
        for part in old.namelist():
            text = old.read(part)
            if part.startswith("docProps/"):
                continue
            if part.endswith((".rels", "[Content_Types].xml")):
                text = re.sub(rb'<(?:Relationship|Override)\b[^>]*"/?docProps/[^>]*/>', b"", text)
            if part == "word/document.xml" and as_before:
                text, count = re.subn(rb'<w:bookmarkStart [^>]*"_lpd_[^>]*/>', b"", text)
                assert count == 1
            new.writestr(part, text)
    target = path.with_name(f"stripped {as_before}.docx")
    target.write_bytes(made.getvalue())
    return target


@pytest.mark.parametrize("as_before", [False, True], ids=["marked", "sent before today"])
@pytest.mark.parametrize("partner", PARTNERS)
def test_an_untouched_copy_without_properties_finds_its_own_draft(
    answers: Path, partner: str, *, as_before: bool
) -> None:
    copy = stripped(sent_to(answers, partner), as_before=as_before)
    (report,) = collected(answers, copy).reports
    assert (report.found, report.recipient, report.problem) == (0, partner, "")
    assert report.guessed == as_before


def test_an_edit_in_a_copy_without_properties_comes_from_its_reader(answers: Path) -> None:
    sent = sent_to(answers, "Delta College")
    changed = copied(sent, replaced("Teaches the certificate courses", "Teaches every course"))
    (item,) = collected(answers, stripped(changed, as_before=True)).review.items
    assert (item.organization, item.path) == ("Delta College", "partners.delta.role")


def test_the_draft_is_named_in_the_file_where_no_list_of_bookmarks_shows_it(answers: Path) -> None:
    copy = stripped(sent_to(answers, "Bay Library"))
    (own,) = read_returned(copy).drafts
    assert (answers.parent / "drafts" / own / "draft.docx").is_file()


def identified(path: Path, identifier: str, name: str) -> Path:
    """Return a copy that another program gave an identifier of its own."""

    def change(text: str) -> str:
        return re.sub("<dc:identifier>.*?<", f"<dc:identifier>{identifier}<", text)

    parts = {
        "docProps/core.xml": change,
        "docProps/custom.xml": lambda text: text.replace("Local", "X"),
    }
    return with_parts(path, parts, name)


def test_an_identifier_of_another_program_does_not_hide_the_draft(answers: Path) -> None:
    copy = identified(sent_to(answers, "Delta College"), "MyIdentifier", "filed.docx")
    (report,) = collected(answers, copy).reports
    assert (report.found, report.recipient) == (0, "Delta College")


def test_a_foreign_file_is_not_called_a_copy_of_a_draft(answers: Path) -> None:
    copy = identified(sent_to(answers, "Delta College"), "MyIdentifier", "foreign.docx")
    body = "<w:p><w:r><w:t>Minutes of another board.</w:t></w:r></w:p><w:sectPr/></w:body>"
    foreign = copied(copy, lambda text: re.sub("<w:body>.*</w:body>", f"<w:body>{body}", text))
    (report,) = collected(answers, foreign).reports
    assert "does not look like a copy of a draft of this plan" in report.problem


def test_a_copy_of_a_draft_that_is_kept_nowhere_says_so(answers: Path) -> None:
    copy = stripped(sent_to(answers, "Delta College"))
    lost = copied(copy, lambda text: re.sub('"_lpd_[0-9a-f]+"', '"_lpd_00ff00ff00ff"', text))
    (report,) = collected(answers, lost).reports
    assert "a draft (00ff00ff00ff) that is not in drafts/" in report.problem
