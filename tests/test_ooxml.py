"""Broken Word files are found out, each for its own fault."""

import io
import zipfile
from collections.abc import Callable

import pytest
from sample_document import sample_document
from word_accessibility import contrast, lint
from word_invariants import invariants

from localplan.document.docx import write_docx


def _broken(part: str, old: str, new: str) -> bytes:
    """A sound file after one replacement in one part."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(write_docx(sample_document()))) as source,
        zipfile.ZipFile(out, "w") as target,
    ):
        for name in source.namelist():
            content = source.read(name).decode() if name == part else source.read(name)
            if isinstance(content, str):
                assert old in content
                content = content.replace(old, new, 1)
            target.writestr(name, content)
    return out.getvalue()


def _found(check: Callable[[bytes], tuple[str, ...]], part: str, old: str, new: str) -> str:
    return "; ".join(check(_broken(f"{part}.xml", old, new)))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("</w:body>", "", "not well-formed"),
        ('<w:id w:val="100002"/>', '<w:id w:val="100001"/>', "content control id 100001 twice"),
        ('w:bookmarkStart w:id="2"', 'w:bookmarkStart w:id="1"', "bookmark id 1 twice"),
        ('w:name="_Toc000000002"', 'w:name="_Toc000000001"', "bookmark _Toc000000001 twice"),
        ('w:name="_Toc000000001"', 'w:name="has space"', "bookmark name 'has space'"),
        ('w:name="_Toc000000001"', 'w:name="other"', "link to missing bookmark _Toc000000001"),
        ('<w:bookmarkEnd w:id="2"/>', "", "bookmarks do not close"),
        ('<w:fldChar w:fldCharType="end"/>', "", "a field does not end"),
        ('<w:fldChar w:fldCharType="begin"/>', "", "without a beginning"),
        ('<w:gridCol w:w="9360"/>', '<w:gridCol w:w="9000"/>', "do not add up"),
        ('<w:gridCol w:w="9360"/>', '<w:gridCol w:w="9360"/><w:gridCol w:w="0"/>', "does not fill"),
        ("</w:p></w:tc>", "</w:p><w:tbl/></w:tc>", "does not end with a paragraph"),
        ('w:pStyle w:val="Lead"', 'w:pStyle w:val="Lede"', "style Lede is not defined"),
        ('w:numId w:val="2"', 'w:numId w:val="77"', "list numbering 77 is not defined"),
        ('r:id="rIdL1"', 'r:id="rIdL9"', "relation 'rIdL9' is not declared"),
    ],
)
def test_a_broken_body_is_found_out(old: str, new: str, said: str) -> None:
    assert said in _found(invariants, "word/document", old, new)


def test_a_part_that_is_missing_or_no_package_at_all_is_found_out() -> None:
    found = "; ".join(invariants(_broken("word/_rels/document.xml.rels", "styles.xml", "gone.xml")))
    assert "gone.xml is not in the package" in found
    assert invariants(b"PK no") == ("the package is not a zip file",)


@pytest.mark.parametrize(
    ("part", "old", "new", "said"),
    [
        ("docProps/core", "<dc:title>Local Workforce Plan", "<dc:title>", "no title"),
        ("docProps/core", "<dc:language>en-US", "<dc:language>", "no language"),
        ("word/styles", '<w:lang w:val="en-US"', '<w:nolang w:val="en-US"', "name no language"),
        ("word/document", 'descr="Map of the pathway', 'title="Map', "no alternative text"),
        ("word/document", "<w:tblHeader/>", "", "no head row"),
        ("word/document", 'w:val="Heading2"', 'w:val="Heading3"', "skips from level 1"),
        ("word/document", '<w:t xml:space="preserve">Executive summary</w:t>', "", ""),
        ("word/styles", '<w:color w:val="1F3864"/>', '<w:color w:val="AAAAAA"/>', "has contrast"),
    ],
)
def test_what_keeps_somebody_from_reading_is_found_out(
    part: str, old: str, new: str, said: str
) -> None:
    assert said in _found(lint, part, old, new)


def test_blank_paragraphs_and_empty_headings_are_found_out() -> None:
    body = '<w:p><w:r/></w:p><w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr></w:p></w:body>'
    blank = _found(lint, "word/document", "<w:body>", "<w:body><w:p/>")
    assert "a blank paragraph stands for space" in blank
    broken = _found(lint, "word/document", "</w:body>", body)
    assert "a heading is empty" in broken


def test_contrast_is_measured_as_wcag_says() -> None:
    assert contrast("000000", "FFFFFF") == pytest.approx(21)
    assert contrast("777777", "FFFFFF") == pytest.approx(4.48, abs=0.01)
