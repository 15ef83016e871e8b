"""Any document at all becomes a sound Word file, web page and Markdown."""

import re
from pathlib import Path  # noqa: TC003 (read by hypothesis)

import pytest
from helpers_docx import words_of, written
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from lxml import etree, html
from markdown_it import MarkdownIt
from sample_document import SVG, png
from validators import audit_problems, sdk_problems

from localplan.document.blocks import (
    Block,
    Boundary,
    Callout,
    Cell,
    Column,
    Contents,
    Document,
    Figure,
    Gap,
    Heading,
    ListBlock,
    PageBreak,
    Paragraph,
    Run,
    Table,
)
from localplan.document.html import to_html
from localplan.document.markdown import to_markdown
from localplan.document.markup import parse
from localplan.document.numbering import numbered

PICTURE = png(30, 20)
_ODD = st.sampled_from(["<b>", "&amp;", "]]>", "{{ x }}", "# x", "- x", "\x00\x0b", "\U0001f600"])
_WORDS = st.one_of(_ODD, st.text(min_size=1, max_size=30).filter(str.strip), st.just("Plan"))
_LINKS = st.sampled_from(["", "", "https://a.example/?b=1&c=\"<>'", "mailto:a@b.example", "#here"])
_RUNS = st.lists(
    st.builds(Run, _WORDS, st.booleans(), st.booleans(), _LINKS), min_size=1, max_size=3
).map(tuple)
_VISIBLE = _RUNS.map(lambda runs: (*runs, Run("end")))
_LOOKS = st.sampled_from(
    ["body", "lead", "runin", "source", "note", "status", "title", "subtitle", "cover", "prompt"]
)
_PATHS = st.sampled_from(["a.b", "c.d.e", "narratives.x", "a b & <c>"])
_PARAGRAPHS = st.builds(Paragraph, _VISIBLE, _LOOKS)
_LEAVES: st.SearchStrategy[Block] = st.one_of(
    _PARAGRAPHS,
    st.builds(Boundary, _PATHS, st.sampled_from(["answer", "passage", "table", "form"])),
    st.builds(Gap, _WORDS, _WORDS, _WORDS, _WORDS),
    st.just(PageBreak()),
    st.builds(Figure, _WORDS, _WORDS, st.sampled_from(["", SVG]), st.sampled_from([b"", PICTURE])),
)


def _holding(inner: st.SearchStrategy[Block]) -> st.SearchStrategy[Block]:
    some = st.lists(inner, max_size=3).map(tuple)
    items = st.lists(st.lists(inner, min_size=1, max_size=2).map(tuple), min_size=1, max_size=3)
    return st.one_of(
        st.builds(Callout, st.sampled_from(["", "Please note"]), some),
        st.builds(ListBlock, items.map(tuple), st.booleans(), st.integers(0, 9)),
        _tables(some),
    )


def _tables(inside: st.SearchStrategy[tuple[Block, ...]]) -> st.SearchStrategy[Block]:
    cells = st.builds(Cell, _RUNS, st.sampled_from(["", "a.b", "x.y"]), inside)
    rows = st.lists(st.lists(cells, max_size=3).map(tuple), max_size=3).map(tuple)
    shares = st.sampled_from([1.0, 1.0, 2.5])
    columns = st.lists(
        st.builds(Column, _RUNS, st.sampled_from(["left", "right", "center"]), shares),
        min_size=1,
        max_size=3,
    ).map(tuple)
    caption = st.one_of(st.just(""), _WORDS)
    return st.builds(
        Table, columns, rows, caption, source=caption, label=st.just("here"), wide=st.booleans()
    )


_BLOCKS = st.recursive(_LEAVES, _holding, max_leaves=12)
_FLOWS = st.lists(
    st.one_of(_BLOCKS, st.builds(Heading, st.just(1), _VISIBLE), st.just(Contents())), max_size=8
)
_DOCUMENTS = st.builds(
    Document,
    title=st.just("Local plan"),
    board=_WORDS,
    blocks=_FLOWS.map(tuple),
    status=_WORDS,
    footer=_WORDS,
    watermark=st.sampled_from(["", "DRAFT"]),
    date=st.just("2026-11-21"),
).map(numbered)
_SLOW = settings(
    max_examples=40,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@_SLOW
@given(_DOCUMENTS)
def test_any_document_gives_a_sound_word_file(document: Document) -> None:
    written(document)


@pytest.mark.slow
@settings(_SLOW, max_examples=20)
@given(_DOCUMENTS)
def test_any_document_passes_the_public_validators(
    tmp_path_factory: pytest.TempPathFactory, document: Document
) -> None:
    folder: Path = tmp_path_factory.mktemp("fuzz")
    made = written(document)
    assert audit_problems(made, folder) == []
    assert sdk_problems(made, folder) == []


@_SLOW
@given(_DOCUMENTS)
def test_any_document_gives_a_web_page_with_no_element_of_the_typists(document: Document) -> None:
    page = to_html(document)
    assert "<script" not in page
    names = [
        str(element.get("id")) for element in html.fromstring(page).iter() if element.get("id")
    ]
    assert len(set(names)) == len(names)


@_SLOW
@given(st.one_of(_WORDS, st.text(alphabet="a1*_#-+.|<>&;[]()`~=!\\ \n\t", max_size=40)))
def test_typed_text_reads_back_from_markdown_as_the_same_text(typed: str) -> None:
    document = Document("", "", (Paragraph((Run(typed),)),))
    tokens = MarkdownIt("commonmark").enable("table").parse(to_markdown(document))
    kinds = {token.type for token in tokens}
    assert kinds <= {"paragraph_open", "inline", "paragraph_close"}
    said = "".join(
        " " if child.type in {"softbreak", "hardbreak"} else child.content
        for token in tokens
        for child in token.children or ()
    )
    assert _folded(said) == _folded(typed)


@_SLOW
@given(st.text(max_size=300))
def test_a_typed_answer_reads_back_from_word_as_what_was_parsed(typed: str) -> None:
    blocks = parse(typed)
    said = "".join(
        run.text for block in blocks if isinstance(block, Paragraph) for run in block.text
    )
    if blocks and all(isinstance(block, Paragraph) for block in blocks):
        body = etree.fromstring(
            _main(written(Document("Plan", "Board", blocks, date="2026-11-21")))
        )
        assert _folded(words_of(body)) == _folded(said)


def _main(docx: bytes) -> bytes:
    from helpers_docx import part_of  # noqa: PLC0415

    return part_of(docx, "word/document.xml")


def _folded(text: str) -> str:
    text = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]", "", text)
    return "".join(text.split())
