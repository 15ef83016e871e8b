"""Returned files are collected in any order and as often as one likes; bad files change nothing."""

import io
import random
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from review_helper import (
    AS_OF,
    EXAMPLES,
    collected,
    copied,
    drafted,
    moved_to,
    peak_of,
    replaced,
    small_plan,
    with_parts,
    without_anchors,
)

from localplan.cli.app import run
from localplan.plan.file import emit
from localplan.plan.file.answers import load
from localplan.review.behind import Behind
from localplan.review.items import open_review
from localplan.yamltext import parse


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    answers = small_plan(tmp_path_factory.mktemp("plan"))
    drafted(answers)
    return answers


@pytest.fixture
def answers(plan: Path, tmp_path: Path) -> Path:
    return moved_to(tmp_path, plan)


def edited(answers: Path, new: str, name: str) -> Path:
    draft = answers.with_name("draft.docx")
    return copied(draft, replaced("decides by consensus", f"decides by {new}"), name)


def test_the_same_file_collected_twice_adds_nothing(answers: Path) -> None:
    copy = edited(answers, "lot", "one.docx")
    first = collected(answers, copy)
    again = collected(answers, copy, review=first.review)
    assert again.review == first.review
    assert again.reports[0].seen


def test_a_row_is_known_by_the_name_above_what_describes_it() -> None:
    supports = """
supports:
  - {id: bus, service: Bus passes, funding: Title I}
  - {id: care, service: Child care, funding: Title I}
partners: [{id: mesa, name: Mesa, resources: [{id: a, kind: title}]}]
"""
    tree = parse(supports, "answers.yaml")
    row = ("Bus passes\nFor older workers", "A monthly pass.", "The Board\nPaid for by: Title I")
    assert Behind(tree).of(row[2], row) == ("supports.bus.funding",)
    assert "partners.mesa.resources.a.kind" not in Behind(tree).of(row[2])


def test_a_copy_without_changes_leaves_nothing_to_decide(
    answers: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["collect", str(answers), str(answers.with_name("draft.docx")), *AS_OF]) == 0
    assert capsys.readouterr().out.endswith("No item waits for a decision.\n")


def test_a_renamed_and_resaved_copy_is_joined_with_the_first(answers: Path) -> None:
    one = edited(answers, "lot", "one.docx")
    other = with_parts(one, {"docProps/app.xml": lambda text: text + " "}, "resaved.docx")
    found = collected(answers, one, other).review
    assert [item.files for item in found.items] == [("one.docx", "resaved.docx")]


def test_the_order_of_the_files_does_not_matter(answers: Path) -> None:
    files = [edited(answers, word, f"{word}.docx") for word in ("lot", "turn", "age")]
    forth = {item.id for item in collected(answers, *files).review.items}
    back = {item.id for item in collected(answers, *reversed(files)).review.items}
    assert forth == back
    assert len(forth) == 3


def test_a_copy_of_an_older_draft_is_compared_with_that_draft(answers: Path) -> None:
    copy = edited(answers, "lot", "late.docx")
    run(["set", str(answers), "narratives.partnership_governance", "Something new."])
    drafted(answers, "second.docx")
    (item,) = collected(answers, copy).review.items
    assert item.draft.startswith("1 (")
    assert item.base.startswith("A joint committee decides by consensus")


def test_the_review_reads_back_as_it_was_written(answers: Path) -> None:
    assert run(["collect", str(answers), str(edited(answers, "lot", "one.docx")), *AS_OF]) == 0
    first = answers.with_name("review.yaml").read_bytes()
    assert run(["collect", str(answers), str(answers.with_name("one.docx")), *AS_OF]) == 0
    assert answers.with_name("review.yaml").read_bytes() == first
    assert [item.path for item in open_review(answers).items] == [
        "narratives.partnership_governance"
    ]


def test_collecting_never_changes_the_answers(answers: Path) -> None:
    before = answers.read_bytes()
    run(["collect", str(answers), str(edited(answers, "lot", "one.docx")), *AS_OF])
    assert answers.read_bytes() == before


def zipped(parts: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return made.getvalue()


RELS = (
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    b'<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
    b'relationships/officeDocument" Target="word/document.xml"/></Relationships>'
)
W = b'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
BODY = b"<w:document " + W + b"><w:body>%s</w:body></w:document>"
ENTITIES = (
    b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>' + BODY
)


def package(document: bytes, **more: bytes) -> bytes:
    return zipped({"_rels/.rels": RELS, "word/document.xml": document, **more})


def _numbered(pattern: bytes, count: int) -> Iterator[bytes]:
    """Elements that do not pack well, so that no ratio gives them away."""
    chance = random.Random(1)  # noqa: S311 (filler)
    return (pattern % chance.getrandbits(64) for _ in range(count))


HOSTILE: dict[str, Callable[[], bytes]] = {
    "an empty file": lambda: b"",
    "an old Word file": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600,
    "a password": lambda: (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")
    ),
    "a PDF": lambda: b"%PDF-1.7 rest",
    "a picture": lambda: b"\x89PNG\r\n\x1a\n rest",
    "another zip": lambda: zipped({"notes.txt": b"hello"}),
    "a cut zip": lambda: package(BODY % b"<w:p/>")[:150],
    "a zip bomb": lambda: package(BODY % (b"<w:p/>" * 5_000_000)),
    "a bomb of one text": lambda: package(BODY % (b"<w:p><w:r><w:t>" + b"a" * 60_000_000)),
    "endless paragraphs": lambda: package(BODY % b"".join(_numbered(b'<w:p w:i="%x"/>', 300_000))),
    "an entity bomb": lambda: package(ENTITIES % b"<w:p/>"),
    "a document type": lambda: package(b'<!DOCTYPE x SYSTEM "http://example.org/x">' + BODY % b""),
    "a path outside": lambda: package(BODY % b"", **{"../../evil.xml": b"x"}),
    "broken XML": lambda: package(b"<w:document"),
    "depth": lambda: package(BODY % (b"<w:sdt>" * 60_000)),
    "another plan": lambda: package(BODY % b"<w:p><w:r><w:t>Something else.</w:t></w:r></w:p>"),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_or_broken_file_is_refused_with_a_message(
    answers: Path, kind: str, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = answers.with_name("bad.docx")
    bad.write_bytes(HOSTILE[kind]())
    before = sorted(path.name for path in answers.parent.rglob("*"))
    started = time.process_time()
    assert run(["collect", str(answers), str(bad), *AS_OF]) == 1
    assert time.process_time() - started < 10
    said = capsys.readouterr().err
    assert "bad.docx" in said
    assert "Traceback" not in said
    assert len(said.strip().split("\n")) <= 2
    assert sorted(path.name for path in answers.parent.rglob("*")) == before


def test_a_plan_of_another_board_is_refused(
    answers: Path, tmp_path_factory: pytest.TempPathFactory, capsys: pytest.CaptureFixture[str]
) -> None:
    other = small_plan(tmp_path_factory.mktemp("other"))
    other.write_text(other.read_text().replace("Test Valley", "Coast"), encoding="utf-8")
    assert run(["collect", str(answers), str(drafted(other)), *AS_OF]) == 1
    assert "another plan" in capsys.readouterr().err


def test_a_draft_of_a_newer_version_is_refused(
    answers: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    newer = with_parts(
        answers.with_name("draft.docx"),
        {
            "docProps/custom.xml": lambda text: text.replace(
                'name="LocalPlanFormat"><vt:lpwstr>1<', 'name="LocalPlanFormat"><vt:lpwstr>9<'
            )
        },
        "newer.docx",
    )
    assert run(["collect", str(answers), str(newer), *AS_OF]) == 1
    assert "newer version" in capsys.readouterr().err


def test_a_good_file_beside_a_bad_one_is_still_collected(answers: Path) -> None:
    bad = answers.with_name("bad.docx")
    bad.write_bytes(b"%PDF-1.7")
    good = edited(answers, "lot", "good.docx")
    assert run(["collect", str(answers), str(bad), str(good), *AS_OF]) == 1
    assert len(open_review(answers).items) == 1


def test_a_copy_without_its_properties_is_known_by_its_wording(answers: Path) -> None:
    bare = with_parts(
        edited(answers, "lot", "one.docx"),
        {
            "docProps/custom.xml": lambda text: text.replace("LocalPlan", "Other"),
            "docProps/core.xml": lambda text: text.replace("dc:identifier", "dc:subject"),
            "word/document.xml": without_anchors,
        },
        "bare.docx",
    )
    (item,) = collected(answers, bare).review.items
    assert item.path == "narratives.partnership_governance"


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="reads the kernel's count of memory")
@pytest.mark.parametrize("kind", ["zip bomb", "empty runs", "short runs"])
def test_memory_stays_bounded_on_a_file_that_is_all_elements(answers: Path, kind: str) -> None:
    made: dict[str, Callable[[], bytes]] = {
        "zip bomb": HOSTILE["a zip bomb"],
        "empty runs": lambda: package(
            BODY % (b"<w:p>" + b"".join(_numbered(b'<w:r w:i="%x"/>', 540_000)) + b"</w:p>")
        ),
        "short runs": lambda: package(
            BODY
            % (b"<w:p>" + b"".join(_numbered(b"<w:r><w:t>%x</w:t></w:r>", 130_000)) + b"</w:p>")
        ),
    }
    bad = answers.with_name("bad.docx")
    bad.write_bytes(made[kind]())
    assert peak_of("collect", answers, bad) < 300


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="reads the kernel's count of memory")
def test_fifty_copies_of_a_long_plan_are_collected_in_time_and_memory(tmp_path: Path) -> None:
    answers = sixty_pages(tmp_path)
    draft = drafted(answers)
    copies = [
        copied(draft, replaced("within two working days", f"within {n} days"), f"copy{n}.docx")
        for n in range(50)
    ]
    few = peak_of("collect", answers, *copies[:5])
    answers.with_name("review.yaml").unlink()
    before = _processor_time_of_children()
    many = peak_of("collect", answers, *copies)
    assert _processor_time_of_children() - before < 15
    assert many < few * 1.1
    assert len(open_review(answers).items) == 50


def _processor_time_of_children() -> float:
    import resource  # noqa: PLC0415 (not on Windows)

    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def sixty_pages(folder: Path) -> Path:
    """Return a plan that makes about sixty pages: the complete example with shorter lists."""
    tree = load(EXAMPLES / "complete.yaml").tree
    for part, most in (("pathways", 1), ("metrics", 18), ("sectors", 1), ("evidence", 12)):
        records = tree[part]
        assert isinstance(records, list)
        tree[part] = records[:most]
    plan = tree["plan"]
    assert isinstance(plan, dict)
    tree["plan"] = {key: value for key, value in plan.items() if key != "frameworks"}
    answers = folder / "answers.yaml"
    answers.write_text(emit.document(tree), encoding="utf-8")
    return answers
