"""Two documents as one with tracked changes: accepted it is the new one, rejected the old one."""

import io
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from docx import Document as WordDocument
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sample_document import png, sample_document, words
from validators import audit_problems, problems_of, sdk_problems

from localplan.document.assemble import Drafting, assemble
from localplan.document.blocks import (
    Block,
    Callout,
    Cell,
    Column,
    Contents,
    Document,
    Figure,
    Heading,
    Inline,
    ListBlock,
    Paragraph,
    Run,
    Table,
)
from localplan.document.compared.redline import body_of, redline
from localplan.document.docx import write_compared, write_docx
from localplan.document.numbering import numbered
from localplan.knowledge.questions import load_questionnaire
from localplan.plan.file.answers import load
from localplan.plan.tree import get, leaves, put, remove
from localplan.review.bothways import Way, texts_of
from localplan.review.guard import open_package
from localplan.review.walk import paragraphs
from localplan.yamltext import Tree

EXAMPLE = Path(__file__).parents[1] / "examples" / "complete.yaml"


def document(*blocks: Block) -> Document:
    return numbered(Document("Plan", "Board", blocks, date="2026-11-21"))


def compared(old: Document, new: Document) -> bytes:
    body = redline(old, new)
    return write_compared(replace(new, blocks=body.blocks), body.marks, "Revised plan")


def texts(docx: bytes, folder: Path, way: Way = "accepted") -> list[str]:
    path = folder / "read.docx"
    path.write_bytes(docx)
    package = open_package(path)
    root = package.xml(package.main)
    assert root is not None
    return list(texts_of(paragraphs(root[0], {}), way))


def body_texts(plain: Document, folder: Path) -> list[str]:
    return texts(write_docx(replace(plain, blocks=body_of(plain))), folder)


def assert_both_ways(old: Document, new: Document, folder: Path) -> bytes:
    made = compared(old, new)
    assert texts(made, folder, "accepted") == body_texts(new, folder)
    assert texts(made, folder, "rejected") == body_texts(old, folder)
    return made


def test_the_same_document_has_no_changes() -> None:
    plan = sample_document()
    assert not redline(plan, plan).changed


def test_only_the_words_that_changed_are_marked() -> None:
    old = document(Paragraph(words("The Board meets four times a year with all partners.")))
    new = document(Paragraph(words("The Board meets six times a year with all partners.")))
    (block,) = redline(old, new).blocks
    assert isinstance(block, Paragraph)
    changed = [(run.change, run.text.strip()) for run in block.text if run.change]
    assert changed == [("del", "four"), ("ins", "six")]


def test_a_row_of_a_table_comes_or_goes_whole() -> None:
    old, new = (
        document(
            Table(
                (Column(words("Partner")), Column(words("Role"))),
                tuple((Cell(words(name)), Cell(words(role))) for name, role in rows),
                caption="Partners",
            )
        )
        for rows in (
            [("College", "Teaches the courses"), ("Agency", "Refers people")],
            [("College", "Teaches the courses"), ("Agency", "Refers more people")],
        )
    )
    table = redline(old, new).blocks[1]
    assert isinstance(table, Table)
    marks = [{run.change for cell in row for run in cell.text} for row in table.rows]
    assert marks == [{""}, {"del"}, {"ins"}]


def test_a_picture_that_changed_is_replaced_whole() -> None:
    old, new = (document(Figure("Map", "A map", png=png(size))) for size in (600, 500))
    assert redline(old, new).marks == ("del", "ins", "")


def test_numbers_that_moved_are_tracked_too(tmp_path: Path) -> None:
    chapter: list[Block] = [Heading(1, words("Sectors")), Paragraph(words("Health care leads."))]
    old = document(*chapter)
    new = document(Heading(1, words("Partnership")), Paragraph(words("We meet.")), *chapter)
    assert_both_ways(old, new, tmp_path)


def test_the_contents_of_a_comparison_name_the_chapters_of_the_new_plan() -> None:
    old, new = (
        document(*(Heading(1, words(name)) for name in names))
        for names in (["Sector needs", "Old matters"], ["Sector strategy", "Supports"])
    )
    whole = redline(old, new).behind((Contents(),))
    made = write_compared(replace(new, blocks=whole.blocks), whole.marks, "Revised plan")
    listed = [
        paragraph.text.replace("\u2002", " ")
        for paragraph in WordDocument(io.BytesIO(made)).paragraphs
        if paragraph.style and paragraph.style.name == "toc 1"
    ]
    assert listed == ["1 Sector strategy", "2 Supports"]


def test_every_kind_of_block_can_come_and_go(tmp_path: Path) -> None:
    whole = sample_document()
    empty = document(Heading(1, words("Nothing else")), Paragraph(words("here")))
    for old, new in ((whole, empty), (empty, whole)):
        made = assert_both_ways(old, new, tmp_path)
        assert audit_problems(made, tmp_path) == []
        assert sdk_problems(made, tmp_path) == []


def revised(tree: Tree) -> Tree:
    """The example with a partner, a sector and three narratives changed."""
    new = remove(tree, "partners.edd")
    new = put(new, "partners.title-i-sierra.role", "Leads intake in both centers.")
    new = remove(new, "sectors.advanced-manufacturing")
    new = put(new, "sectors.logistics", {"name": "Logistics", "standing": "planning"})
    for key in ("sector_need", "instruction", "procurement"):
        text = str(get(tree, f"narratives.{key}"))
        new = put(new, f"narratives.{key}", text.replace("the Board", "our Board") + "\n\nMore.")
    return new


@pytest.mark.slow
def test_a_revised_example_reads_both_ways_and_is_valid(tmp_path: Path) -> None:
    tree = load(EXAMPLE).tree
    drafting = Drafting(today=date(2027, 2, 1), stage="public")
    old, new = (
        numbered(assemble(each, load_questionnaire(), drafting)) for each in (tree, revised(tree))
    )
    made = assert_both_ways(old, new, tmp_path)
    assert audit_problems(made, tmp_path) == []
    assert sdk_problems(made, tmp_path) == []


def test_a_pathway_that_left_leaves_no_link_to_its_figures(tmp_path: Path) -> None:
    tree = load(EXAMPLE).tree
    left = remove(remove(tree, "pathways.health-office"), "actions")
    drafting = Drafting(today=date(2027, 2, 1), stage="public")
    old, new = (numbered(assemble(each, load_questionnaire(), drafting)) for each in (tree, left))
    assert problems_of(assert_both_ways(old, new, tmp_path)) == []


_WORDS = ("the", "board", "college", "works", "with", "people", "and", "&", "<", "4", "12", "\n")
_PHRASE = st.lists(
    st.sampled_from(
        [
            "the",
            "board",
            "college",
            "works",
            "with",
            "people",
            "each",
            "year",
            "and",
            "&",
            "<",
            "4",
            "12",
            "\n",
        ]
    ),
    min_size=1,
    max_size=9,
).map(" ".join)


@st.composite
def _inlines(draw: st.DrawFn) -> Inline:
    return tuple(
        Run(text, bold=draw(st.booleans()), link=draw(st.sampled_from(["", "https://a.example"])))
        for text in draw(st.lists(_PHRASE, min_size=1, max_size=3))
    )


_PARAGRAPH = st.builds(Paragraph, _inlines(), st.sampled_from(["body", "runin", "source", "lead"]))
_LIST = st.recursive(
    st.builds(
        ListBlock,
        st.lists(st.tuples(_PARAGRAPH), min_size=1, max_size=3).map(tuple),
        st.booleans(),
    ),
    lambda inner: st.builds(
        ListBlock, st.lists(st.tuples(_PARAGRAPH, inner), min_size=1, max_size=2).map(tuple)
    ),
    max_leaves=3,
)
_CELL = st.one_of(
    st.builds(Cell, _inlines()),
    st.just(Cell(())),
    st.builds(lambda block: Cell((), blocks=(block,)), st.one_of(_PARAGRAPH, _LIST)),
)
_COLUMNS = (Column(words("Who")), Column(words("What")))
_TABLE = st.builds(
    Table,
    st.just(_COLUMNS),
    st.lists(st.tuples(_CELL, _CELL), min_size=1, max_size=4).map(tuple),
    caption=st.sampled_from(["", "Partners", "Partners and roles"]),
    source=st.sampled_from(["", "The Board"]),
    wide=st.booleans(),
)
_BLOCK = st.one_of(
    _PARAGRAPH,
    _LIST,
    _TABLE,
    st.builds(Heading, st.integers(2, 3), _inlines()),
    st.builds(Callout, _PHRASE, st.tuples(_PARAGRAPH)),
    st.just(Figure("Map", "A map", png=png(60, 20))),
)
_BLOCKS = st.lists(_BLOCK, max_size=7)


@pytest.mark.slow
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(before=_BLOCKS, after=_BLOCKS, shared=_BLOCKS)
def test_any_two_documents_read_both_ways(
    tmp_path_factory: pytest.TempPathFactory,
    before: list[Block],
    after: list[Block],
    shared: list[Block],
) -> None:
    folder = tmp_path_factory.mktemp("both")
    start = Heading(1, words("Plan"))
    old = document(start, *before, *shared, *after[:1])
    new = document(start, *after, *shared, *before[:2])
    assert_both_ways(old, new, folder)


_QUICK = EXAMPLE.with_name("quick-start.yaml")
_TYPED = st.text(
    st.one_of(st.characters(exclude_categories=["Cs", "Cc"]), st.sampled_from("\n |*#-1.[](){}")),
    max_size=80,
)


@pytest.mark.slow
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_any_two_plans_read_both_ways(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("plans")
    tree = load(_QUICK).tree
    paths = [path for path, value in leaves(tree).items() if isinstance(value, str)]
    drafts: list[Document] = []
    for _ in range(2):
        edited = tree
        for path in data.draw(st.lists(st.sampled_from(paths), max_size=5)):
            if path.startswith("localplan"):
                continue
            text = data.draw(st.one_of(st.none(), _TYPED))
            edited = remove(edited, path) if text is None else put(edited, path, text)
        drafting = Drafting(today=date(2027, 2, 1), stage="public")
        drafts.append(numbered(assemble(edited, load_questionnaire(), drafting)))
    assert_both_ways(drafts[0], drafts[1], folder)
