"""Word files that other programs wrote: every word is read, or said not to be."""

import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from review_helper import collected, copied, drafted, small_plan, with_parts, without_paragraph

from localplan.cli.app import run
from localplan.review.items import Item
from localplan.review.returned import read_returned
from localplan.review.wordplan import read_word_plan

NAMES = " ".join(
    f'xmlns:{prefix}="{address}"'
    for prefix, address in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
        "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
        "w16se": "http://schemas.microsoft.com/office/word/2015/wordml/symex",
    }.items()
)
STRICT = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "wordprocessingml/main",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "officeDocument/math",
}


def with_body(folder: Path, body: str, *, strict: bool = False) -> Path:
    """A Word file with this text, in the package that python-docx makes."""
    made = folder / "usual.docx"
    docx.Document().save(str(made))
    text = f"<w:document {NAMES}><w:body>{body}</w:body></w:document>"
    if strict:
        for usual, name in STRICT.items():
            text = text.replace(usual, f"http://purl.oclc.org/ooxml/{name}")
    path = folder / "old.docx"
    with zipfile.ZipFile(made) as source, zipfile.ZipFile(path, "w") as target:
        for name in source.namelist():
            kept = text.encode() if name == "word/document.xml" else source.read(name)
            target.writestr(name, kept)
    return path


def para(*runs: str, props: str = "") -> str:
    return f"<w:p>{f'<w:pPr>{props}</w:pPr>' if props else ''}{''.join(runs)}</w:p>"


def said(words: str, props: str = "") -> str:
    look = f"<w:rPr>{props}</w:rPr>" if props else ""
    return f'<w:r>{look}<w:t xml:space="preserve">{words}</w:t></w:r>'


def read(folder: Path, body: str, *, strict: bool = False) -> list[str]:
    """The text of each paragraph, as it reads with every change accepted."""
    return [each.text for each in read_returned(with_body(folder, body, strict=strict)).paras]


def cell(words: str, props: str = "") -> str:
    return f"<w:tc><w:tcPr>{props}</w:tcPr>{para(said(words))}</w:tc>"


HEADING = para(said("Partners"), props='<w:outlineLvl w:val="0"/>')
TABLE = "".join(
    f"<w:tr>{cell(left)}{cell(right)}</w:tr>"
    for left, right in (("Partner", "Role"), ("College", "Trains"))
)


def test_a_table_that_is_all_there_is_under_a_heading_stays_a_table(tmp_path: Path) -> None:
    body = f"{HEADING}<w:tbl>{TABLE}</w:tbl>{HEADING}"
    first = read_word_plan(with_body(tmp_path, body))[0]
    assert first.text.splitlines()[0] == "| Partner | Role |"
    assert first.text.splitlines()[2] == "| College | Trains |"


def test_a_line_with_a_level_of_its_own_is_a_heading(tmp_path: Path) -> None:
    body = HEADING + para(said("The college trains."))
    (piece,) = read_word_plan(with_body(tmp_path, body))
    assert (piece.heading, piece.text) == ("Partners", "The college trains.")


@pytest.mark.parametrize("line", ["(C) (315) 430-8073", "Write to plan@board.example"])
def test_a_bold_number_or_address_is_no_heading(tmp_path: Path, line: str) -> None:
    body = para(said("Contact", "<w:b/>")) + para(said(line, "<w:b/>")) + para(said("We answer."))
    assert [piece.heading for piece in read_word_plan(with_body(tmp_path, body))] == ["Contact"]


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (para(said("end of page"), '<w:r><w:br w:type="page"/></w:r>', said("Start")),
         "end of page Start"),
        (para(said("of "), '<w:r><w:br w:type="column"/></w:r>', said("the")), "of the"),
        (para('<w:r><w:sym w:font="Symbol" w:char="F061"/></w:r>'), "\u03b1"),
        (para(said("\uf062", '<w:rFonts w:ascii="Symbol"/>')), "β"),
        (para('<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>'), "☑"),
        (para("<w:r><mc:AlternateContent><mc:Choice Requires='w16se'>"
              "<w16se:symEx w16se:font='Segoe UI Emoji' w16se:char='1F600'/></mc:Choice>"
              "<mc:Fallback><w:t>:-)</w:t></mc:Fallback></mc:AlternateContent></w:r>"), "😀"),
        (para("<w:r><mc:AlternateContent><mc:Choice Requires='x'><w:t>one</w:t></mc:Choice>"
              "<mc:Fallback><w:t>two</w:t></mc:Fallback></mc:AlternateContent></w:r>"), "one"),
        (para("<w:r><w:ruby><w:rt>",  said("reading"), "</w:rt><w:rubyBase>", said("base"),
              "</w:rubyBase></w:ruby></w:r>"), "base (reading)"),
        (para('<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:ddList><w:result w:val="1"/>'
              '<w:listEntry w:val="No"/><w:listEntry w:val="Yes"/></w:ddList></w:ffData>'
              "</w:fldChar></w:r>"), "Yes"),
        (para(said("T"), props='<w:framePr w:dropCap="drop"/>') + para(said("he Board")),
         "The Board"),
        (para("<w:r><w:drawing><pic:pic/></w:drawing></w:r>"), "[picture]"),
        (para("<w:r><w:drawing><c:chart/></w:drawing></w:r>"), "[chart]"),
    ],
)  # fmt: skip
def test_what_word_can_hold_is_read_as_a_reader_sees_it(
    tmp_path: Path, body: str, text: str
) -> None:
    assert read(tmp_path, body) == [text]


FORMULAS = [
    ("<m:f><m:num>{a}</m:num><m:den>{b}</m:den></m:f>", "placed/enrolled"),
    ("<m:sSup><m:e>{a}</m:e><m:sup>{b}</m:sup></m:sSup>", "placed^enrolled"),
    ("<m:f><m:num>{a}<m:r><m:t>+1</m:t></m:r></m:num><m:den>{b}</m:den></m:f>",
     "(placed+1)/enrolled"),
    ("<m:rad><m:deg/><m:e>{a}</m:e></m:rad>", "√placed"),
    ("<m:d><m:e>{a}</m:e></m:d>", "(placed)"),
    ('<m:nary><m:naryPr><m:chr m:val="∑"/></m:naryPr><m:sub>{b}</m:sub><m:sup/><m:e>{a}</m:e>'
     "</m:nary>", "∑_enrolled placed"),
]  # fmt: skip


@pytest.mark.parametrize(("formula", "text"), FORMULAS)
@pytest.mark.parametrize("strict", [False, True])
def test_a_formula_keeps_its_sense(
    tmp_path: Path, formula: str, text: str, *, strict: bool
) -> None:
    a, b = ("<m:r><m:t>placed</m:t></m:r>", "<m:r><m:t>enrolled</m:t></m:r>")
    body = para(f"<m:oMath>{formula.format(a=a, b=b)}</m:oMath>")
    assert read(tmp_path, body, strict=strict) == [text]


def test_words_in_a_cell_that_continues_a_merged_one_are_kept(tmp_path: Path) -> None:
    rows = (cell("Above", '<w:vMerge w:val="restart"/>'), cell("Beneath", "<w:vMerge/>"))
    body = "<w:tbl>" + "".join(f"<w:tr>{each}</w:tr>" for each in rows) + "</w:tbl>"
    assert "Beneath" in read(tmp_path, body)


def test_what_carry_cannot_read_is_counted_and_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    chart = para("<w:r><w:drawing><c:chart/></w:drawing></w:r>")
    picture = para("<w:r><w:drawing><pic:pic/></w:drawing></w:r>")
    old = with_body(tmp_path, HEADING + chart + picture * 2 + "<w:altChunk/>")
    assert run(["carry", str(old), str(tmp_path / "a.yaml")]) == 0
    told = capsys.readouterr().out
    assert (
        "One chart, two pictures and one embedded file stood in it and could not be read." in told
    )
    assert run(["carry", str(old), str(tmp_path / "b.yaml"), "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert report["unread"] == {"chart": 1, "picture": 2, "embedded file": 1}


def test_a_template_with_macros_is_named_as_such_by_carry(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old = tmp_path / "old.dotm"
    old.write_bytes(with_body(tmp_path, HEADING).read_bytes())
    assert run(["carry", str(old), str(tmp_path / "a.yaml")]) == 1
    assert "is no Word document that can be read" in capsys.readouterr().err


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    return small_plan(tmp_path)


@pytest.fixture
def items(plan: Path) -> Callable[..., tuple[Item, ...]]:
    draft = drafted(plan)

    def taken(change: Callable[[str], str]) -> tuple[Item, ...]:
        return collected(plan, copied(draft, change)).review.items

    return taken


WORDS = "People find good work here."


def _at_the_words(more: str) -> Callable[[str], str]:
    def change(text: str) -> str:
        assert WORDS in text
        before, _, after = text.partition(WORDS)
        return f"{before}{WORDS}</w:t></w:r>{more}<w:r><w:t>{after}"

    return change


def test_a_picture_pasted_by_a_reviewer_is_an_item(
    items: Callable[..., tuple[Item, ...]],
) -> None:
    picture = (
        '<w:r><w:drawing><pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/'
        'picture"/></w:drawing></w:r>'
    )
    (item,) = items(_at_the_words(picture))
    assert item.path == "board.mission"
    assert item.text == f"{WORDS}[picture]"


def test_what_one_reviewer_put_in_and_another_took_out_is_no_untracked_change(
    items: Callable[..., tuple[Item, ...]],
) -> None:
    ins, gone = ('<w:ins w:id="{}" w:author="Ana">', '<w:del w:id="93" w:author="Bo">')
    kept = f'{ins.format(91)}<w:r><w:t xml:space="preserve"> Now.</w:t></w:r></w:ins>'
    lost = f"{ins.format(92)}{gone}<w:r><w:delText> Later.</w:delText></w:r></w:del></w:ins>"
    (item,) = items(_at_the_words(kept + lost))
    assert item.text == f"{WORDS} Now."
    assert "changed without tracking" not in item.changes


def test_what_is_typed_into_a_header_is_an_item(plan: Path) -> None:
    draft = drafted(plan)
    headers = [n for n in zipfile.ZipFile(draft).namelist() if n.startswith("word/header")]

    def typed(text: str) -> str:
        return text.replace("</w:p></w:hdr>", f"{said('Please add our seal')}</w:p></w:hdr>")

    copy = with_parts(draft, dict.fromkeys(headers, typed), "returned.docx")
    found = collected(plan, copy).review.items
    assert found
    assert all("Please add our seal" in item.text for item in found)
    assert {item.section for item in found} == {"Header or footer"}


def test_a_heading_that_was_removed_without_tracking_is_an_item(
    items: Callable[..., tuple[Item, ...]],
) -> None:
    found = items(without_paragraph("What the Board is here to do"))
    assert [(item.what, item.base, item.text) for item in found] == [
        ("heading", "What the Board is here to do", "")
    ]
