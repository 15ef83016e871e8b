"""What an odd or hostile returned file may do: be refused with a message, and nothing else."""

import os
import random
import re
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from review_helper import (
    AS_OF,
    INSERTED,
    collected,
    copied,
    drafted,
    moved_to,
    peak_of,
    replaced,
    run_of,
    small_plan,
    split_at,
    with_parts,
)

from localplan.cli.app import run
from localplan.plan.file.cleaning import legible
from localplan.review.items import (
    Decision,
    Item,
    Review,
    SeenFile,
    joined,
    open_review,
    save_review,
)
from localplan.review.weave import Stretch, differing, woven

TEXTS = (
    "path", "organization", "date", "draft", "section", "quote", "base", "what", "disagrees"
)  # fmt: skip
LISTS = ("behind", "changes", "replies", "files")


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    answers = small_plan(tmp_path_factory.mktemp("plan"))
    drafted(answers)
    return answers


@pytest.fixture
def answers(plan: Path, tmp_path: Path) -> Path:
    return moved_to(tmp_path, plan)


def edited(answers: Path, new: str, name: str = "returned.docx") -> Path:
    draft = answers.with_name("draft.docx")
    return copied(draft, replaced("decides by consensus", f"decides by {new}"), name)


def commented(answers: Path, *comments: str, name: str = "returned.docx") -> Path:
    """Return a copy with comments on one word of the text, each the XML of a `w:comment`."""
    numbers = range(len(comments))
    begin = "".join(f'<w:commentRangeStart w:id="{n}"/>' for n in numbers)
    end = "".join(
        f'<w:commentRangeEnd w:id="{n}"/><w:r><w:commentReference w:id="{n}"/></w:r>'
        for n in numbers
    )
    spans = begin + run_of("consensus") + end
    body = split_at("consensus", spans)
    namespace = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    part = f"<w:comments {namespace}>{''.join(comments)}</w:comments>"
    return with_parts(
        answers.with_name("draft.docx"),
        {"word/document.xml": body, "word/comments.xml": lambda _: part},
        name,
    )


def comment(number: int, text: str, author: str = "Ana Ruiz") -> str:
    paragraph = f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"
    return f'<w:comment w:id="{number}" w:author="{author}">{paragraph}</w:comment>'


def a_text(text: str) -> Review:
    """Return a review in which `text` stands wherever a text may stand."""
    values: dict[str, Any] = {"values": {"what": text}}
    values |= dict.fromkeys(TEXTS, text) | dict.fromkeys(LISTS, (text, "x"))
    decision = Decision("declined", text, "2027-01-12", text, text, text, text, standing=text)
    item = Item("edit", text, text, decision=decision, **values)
    seen = SeenFile(text, "digest", text, text, text, "2027-01-12")
    return Review(joined(Review(), [item]).items, (seen,))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
@given(st.text(st.characters(codec=None)))
def test_any_text_reads_back_from_the_review_as_it_was_written(tmp_path: Path, text: str) -> None:
    answers = tmp_path / "answers.yaml"
    save_review(answers, a_text(text))
    (item,) = open_review(answers).items
    kept = legible(text).rstrip("\n")
    assert (item.text, item.quote, item.who, item.decision and item.decision.reason) == (kept,) * 4
    assert item.values["what"] == legible(text)
    assert item.replies == (legible(text), "x")


def test_a_review_that_holds_a_control_character_already_is_read(answers: Path) -> None:
    run(["collect", str(answers), str(edited(answers, "lot")), *AS_OF])
    review = answers.with_name("review.yaml")
    change = replaced("who: ", 'who: "O\\u0092Hara\\u001b" #')
    review.write_text(change(review.read_text(encoding="utf-8")), encoding="utf-8")
    assert open_review(answers).items[0].who == "O\u2019Hara"
    assert run(["resolve", str(answers)]) == 0


def test_an_apostrophe_of_an_old_windows_program_arrives_as_an_apostrophe(answers: Path) -> None:
    (item,) = collected(answers, edited(answers, "the Board\u0092s vote")).review.items
    assert "the Board\u2019s vote" in item.text


@pytest.mark.parametrize("where", ["text", "author", "comment", "broken comment"])
def test_a_control_character_from_a_reviewer_leaves_the_review_readable(
    answers: Path, where: str
) -> None:
    made: dict[str, Callable[[], Path]] = {
        "text": lambda: edited(answers, "lo\u0092t"),
        "author": lambda: commented(answers, comment(0, "Why?", "Ana\u0085Ruiz")),
        "comment": lambda: commented(answers, comment(0, "Why\u009d?")),
        "broken comment": lambda: commented(answers, comment(0, "&#27;]0;pwn&#7;")),
    }
    assert run(["collect", str(answers), str(made[where]()), *AS_OF]) == 0
    (item,) = open_review(answers).items
    assert legible(f"{item.text}{item.who}") == f"{item.text}{item.who}"
    assert run(["resolve", str(answers), "1", "--decline", "--reason", "no\x1b"]) == 0
    assert open_review(answers).items[0].decision is not None


@pytest.mark.parametrize("name", ["esc\x1b]0;pwn\x07.docx", "c1\x92.docx", "lat\udce9.docx"])
@pytest.mark.skipif(os.name == "nt", reason="such names cannot be on Windows")
def test_a_file_name_never_steers_the_terminal_nor_breaks_the_review(
    answers: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    copy = edited(answers, "lot", name)
    assert run(["collect", str(answers), str(copy), *AS_OF]) == 0
    assert run(["collect", str(answers), str(copy), *AS_OF]) == 0
    copy.write_bytes(b"%PDF-1.7")
    assert run(["collect", str(answers), str(copy), *AS_OF]) == 1
    said = "".join(capsys.readouterr())
    assert "\ufffd" in said
    assert not set(said) & set(map(chr, [*range(10), *range(11, 32), *range(127, 160)]))
    assert open_review(answers).files[0].name.endswith(".docx")


@pytest.mark.skipif(os.name == "nt", reason="such names cannot be on Windows")
def test_a_plan_whose_name_is_not_text_is_drafted_and_reviewed(tmp_path: Path) -> None:
    named = small_plan(tmp_path).rename(tmp_path / "a\udce9.yaml")
    copy = copied(drafted(named), replaced("decides by consensus", "decides by lot"))
    assert run(["collect", str(named), str(copy), *AS_OF]) == 0
    assert len(open_review(named).items) == 1


def part(changes: dict[str, Callable[[str], str]]) -> Callable[[Path], Path]:
    return lambda draft: with_parts(draft, changes, "bad.docx")


NUMBERING = "word/numbering.xml"
ODD: dict[str, Callable[[Path], Path]] = {
    "styles full of NUL": part({"word/styles.xml": lambda _: "\x00" * 60}),
    "a list level that is no number": part(
        {NUMBERING: lambda text: text.replace('w:ilvl="0"', 'w:ilvl="abc"')}
    ),
    "an outline level that is no digit": part(
        {
            "word/styles.xml": lambda text: text.replace(
                "<w:pPr>", '<w:pPr><w:outlineLvl w:val="²"/>'
            )
        }
    ),
    "a depth that is no digit": part(
        {
            "word/document.xml": lambda text: text.replace(
                '<w:ilvl w:val="0"/>', '<w:ilvl w:val="²"/>'
            )
        }
    ),
    "a span without end": part(
        {
            "word/document.xml": lambda text: text.replace(
                "<w:tcPr>", f'<w:tcPr><w:gridSpan w:val="{"9" * 5000}"/>'
            )
        }
    ),
    "a format of its own": part(
        {"docProps/custom.xml": lambda text: text.replace("<vt:lpwstr>1<", "<vt:lpwstr>²<")}
    ),
}


@pytest.mark.parametrize("kind", ODD)
def test_an_odd_file_beside_a_good_one_is_no_crash_and_costs_nothing(
    answers: Path, kind: str, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = ODD[kind](answers.with_name("draft.docx"))
    good = edited(answers, "lot", "good.docx")
    done = run(["collect", str(answers), str(good), str(bad), *AS_OF])
    said = capsys.readouterr()
    assert done == (1 if said.err else 0)
    assert "something in it" not in said.err
    assert [item.path for item in open_review(answers).items] == [
        "narratives.partnership_governance"
    ]
    assert run(["carry", str(bad), str(answers.with_name("next.yaml")), *AS_OF]) in {0, 1}


def test_what_no_reader_was_prepared_for_costs_only_its_own_file(answers: Path) -> None:
    class Vanishing(type(Path())):  # type: ignore[misc]
        """A file that goes away between two looks, as on a network drive."""

        def read_bytes(self) -> bytes:
            raise FileNotFoundError(self.name)

    good = edited(answers, "lot", "good.docx")
    gone = Vanishing(edited(answers, "turn", "gone.docx"))
    done = collected(answers, good, gone)
    assert [bool(report.problem) for report in done.reports] == [False, True]
    assert len(done.review.items) == 1


@pytest.mark.skipif(os.name == "nt", reason="there are no such pipes on Windows")
def test_a_pipe_is_refused_and_not_waited_for(
    answers: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    os.mkfifo(answers.with_name("pipe.docx"))
    assert run(["collect", str(answers), str(answers.with_name("pipe.docx")), *AS_OF]) == 1
    assert "a device or a pipe" in capsys.readouterr().err


MAIN = "wordprocessingml.document.main+xml"


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("application/vnd.ms-word.document.macroEnabled.main+xml", "with macros (.docm)"),
        (
            f"application/vnd.openxmlformats-officedocument.{MAIN}".replace(
                "document.main", "template.main"
            ),
            "template (.dotx)",
        ),
    ],
)
def test_a_file_of_another_kind_under_the_name_of_a_word_document_is_refused(
    answers: Path, kind: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    change = replaced(f"application/vnd.openxmlformats-officedocument.{MAIN}", kind)
    renamed = with_parts(answers.with_name("draft.docx"), {"[Content_Types].xml": change}, "x.docx")
    assert run(["collect", str(answers), str(renamed), *AS_OF]) == 1
    assert said in capsys.readouterr().err


@pytest.mark.parametrize("encoding", ["utf-32", "utf-32-be", "utf-7", "cp037"])
def test_a_document_type_in_an_unusual_encoding_is_refused(
    answers: Path, encoding: str, capsys: pytest.CaptureFixture[str]
) -> None:
    said = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'
    bad = answers.with_name("bad.docx")
    with zipfile.ZipFile(answers.with_name("draft.docx")) as old, zipfile.ZipFile(bad, "w") as new:
        for name in old.namelist():
            odd = name == "word/document.xml"
            new.writestr(name, said.encode(encoding) if odd else old.read(name))
    assert run(["collect", str(answers), str(bad), *AS_OF]) == 1
    assert "encoded in a way that no Word file uses" in capsys.readouterr().err


def test_comments_that_answer_each_other_are_not_lost(answers: Path) -> None:
    copy = in_a_ring(commented(answers, comment(0, "First"), comment(1, "Second")))
    (item,) = collected(answers, copy).review.items
    assert (item.text, item.replies) == ("First", ("Ana Ruiz: Second",))


def in_a_ring(path: Path) -> Path:
    """Return a copy in which two comments each reply to the other."""
    names = (
        'xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml" '
        'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
    )
    marks = iter(("AA", "BB"))

    def marked(text: str) -> str:
        return re.sub("<w:p>", lambda _: f'<w:p {names} w14:paraId="{next(marks)}">', text)

    ring = "".join(
        f'<w15:commentEx w15:paraId="{one}" w15:paraIdParent="{other}"/>'
        for one, other in (("AA", "BB"), ("BB", "AA"))
    )
    threads = f"<w15:commentsEx {names}>{ring}</w15:commentsEx>"
    parts = {"word/comments.xml": marked, "word/commentsExtended.xml": lambda _: threads}
    return with_parts(path, parts, "ring.docx")


def test_a_comment_by_an_impossible_name_is_read_like_any_other(
    answers: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    odd = commented(answers, comment(0, "First", "&#27;]0;pwn&#7;"), comment(1, "Second"))
    assert run(["collect", str(answers), str(odd), *AS_OF]) == 0
    assert [item.text for item in open_review(answers).items] == ["First", "Second"]
    assert capsys.readouterr().err == ""


def test_a_comment_that_cannot_be_read_is_named_by_the_words_beside_it(
    answers: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = with_parts(
        commented(answers, comment(0, "First"), comment(1, "Second")),
        {"word/comments.xml": lambda text: text.replace(comment(1, "Second"), "<w:comment <")},
        "broken.docx",
    )
    assert run(["collect", str(answers), str(copy), *AS_OF]) == 0
    said = capsys.readouterr().err
    assert "Damaged, and read only in pieces: comments." in said
    assert '1 comment could not be read. Look in the file, beside: "consensus".' in said


@pytest.mark.slow
def test_thousands_of_comments_are_collected_and_listed_at_once(answers: Path) -> None:
    def calls(count: int) -> int:
        copy = commented(
            answers, *(comment(n, f"Why {n}?") for n in range(count)), name="many.docx"
        )
        return steps_of(lambda: collected(answers, copy))

    assert calls(2_000) < 3 * calls(1_000)


def steps_of(work: Callable[[], object]) -> int:
    """Return how many calls of Python functions some work takes: a measure that needs no clock."""
    count = 0

    def counted(_frame: object, event: str, _argument: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    sys.setprofile(counted)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.slow
def test_a_paragraph_of_a_million_words_is_listed_at_once() -> None:
    base = "A joint committee decides by consensus, and votes when consensus fails twice."
    new = base.replace("consensus,", "the vote of a joint " * 250_000)
    found: list[Stretch] = []
    assert steps_of(lambda: found.extend(differing(base, new))) < 1_000
    assert "".join(part.text for part in found if part.kind != "gone") == new
    assert "".join(part.text for part in found if part.kind != "new") == base


def test_few_words_changed_in_a_long_answer_are_the_only_ones_marked() -> None:
    old = "".join(f"Center {n} is open on {n} days of a month.\n" for n in range(500))
    new = old.replace("Center 7 is", "Center 7 was").replace("on 400 days", "on some days")
    marked = [part for part in differing(old, new) if part.kind != "same"]
    assert [(part.kind, part.text) for part in marked] == [
        ("gone", "is"), ("new", "was"), ("gone", "400"), ("new", "some"),
    ]  # fmt: skip
    mine = old.replace("Center 450 is open", "Center 450 is closed")
    assert woven(old, mine, new) == new.replace("Center 450 is open", "Center 450 is closed")


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="reads the kernel's count of memory")
@pytest.mark.parametrize("count", [170_000, 250_000])
def test_memory_stays_bounded_on_a_file_full_of_bookmarks(answers: Path, count: int) -> None:
    chance = random.Random(1)  # noqa: S311 (filler)
    marks = "".join(
        f'<w:bookmarkStart w:id="{n}" w:name="_lpq_{chance.getrandbits(64):x}"/>'
        f'<w:bookmarkEnd w:id="{n}"/>'
        for n in range(1000, count)
    )
    draft = answers.with_name("draft.docx")
    full = copied(draft, replaced("<w:body>", f"<w:body><w:p>{marks}</w:p>"), "full.docx")
    assert peak_of("collect", answers, full) < 300


def test_what_one_inserted_and_another_moved_away_is_in_neither_text(answers: Path) -> None:
    moved = f'<w:moveFrom w:id="9003" w:author="Bo Chan">{run_of("by lot ")}</w:moveFrom>'
    change = split_at("consensus", INSERTED.format(moved + run_of("wide ")) + run_of("consensus"))
    (item,) = collected(answers, copied(answers.with_name("draft.docx"), change)).review.items
    assert "decides by wide consensus" in item.text
    assert any("moved away" in said and "Bo Chan" in said for said in item.changes)


def test_remarks_between_the_elements_of_a_part_are_no_text(answers: Path) -> None:
    copy = with_parts(
        answers.with_name("draft.docx"),
        {
            "word/document.xml": replaced("consensus", "con<!-- kept by x -->sen<?x y?>sus"),
            "docProps/custom.xml": lambda text: text.replace("<property", "<?x y?><property", 1),
        },
        "remarked.docx",
    )
    (report,) = collected(answers, copy).reports
    assert (report.found, report.problem) == (0, "")


_ODD_PIECES = (
    "<w:br/>", "<w:vMerge/>", "<w:ins>", '<w:moveFrom w:id="1">', "<!-- x -->", "&#1;", "\x01",
)  # fmt: skip
_ODD_VALUES = ('""', '"abc"', '"-1"', '"²"', '"99999999999"', '"٣"', '"_lpq_x"')


def mutated(chance: random.Random) -> Callable[[str], str]:
    """Return a change that takes out, repeats and garbles tags and values here and there."""

    def change(text: str) -> str:
        for _ in range(chance.randint(1, 10)):
            tag = chance.choice([*re.finditer("<[^>]+>", text)])
            value = chance.choice([*re.finditer('"[^"]*"', text)])
            odd = chance.choice(_ODD_VALUES)
            text = chance.choice(
                (
                    text[: tag.start()] + text[tag.end() :],
                    text[: tag.end()] + tag[0] + text[tag.end() :],
                    text[: tag.start()] + chance.choice(_ODD_PIECES) + text[tag.start() :],
                    text[: value.start()] + odd + text[value.end() :],
                )
            )
        return text

    return change


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_a_garbled_file_is_read_or_refused_and_never_a_surprise(answers: Path, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 (filler)
    draft = answers.with_name("draft.docx")
    others = ("word/styles.xml", "word/numbering.xml", "docProps/custom.xml", "docProps/core.xml")
    for _ in range(5):
        parts = {"word/document.xml": mutated(chance), chance.choice(others): mutated(chance)}
        (report,) = collected(answers, with_parts(draft, parts, "odd.docx")).reports
        assert "something in it" not in report.problem
