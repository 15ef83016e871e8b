"""A document that holds every kind of block, as a plan would use them."""

import struct
import zlib

from localplan.document.blocks import (
    Boundary,
    Callout,
    Cell,
    Column,
    Contents,
    Document,
    Figure,
    Gap,
    Heading,
    Inline,
    ListBlock,
    PageBreak,
    Paragraph,
    Run,
    Table,
)
from localplan.document.numbering import numbered

PROSE = (
    "Fourteen organizations carry the pathways in this plan. Mesa Adult School teaches reading, "
    "mathematics and English alongside the first health care course, contributes two instructors "
    "and evening classrooms, and answers for measurable skill gains among its learners. "
)
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 200"><defs><marker id="arrow" '
    'markerWidth="6" markerHeight="6"/></defs><rect id="box" width="600" height="200" '
    'fill="#E9EEF5"/><text x="40" y="110" font-size="32" fill="#1F3864">Pathway map</text></svg>'
)


def words(text: str) -> Inline:
    """Some words as runs."""
    return (Run(text),)


def png(width: int = 600, height: int = 200) -> bytes:
    """A pale rectangle as a PNG."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(kind + content))
        return struct.pack(">I", len(content)) + kind + content + check

    rows = zlib.compress((b"\0" + b"\xe9\xee\xf5" * width) * height)
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def partner_table() -> Table:
    """A table with text, a number column, a cell that prints one answer and a cell with a list."""
    columns = (
        Column(words("Partner")),
        Column(words("What it brings")),
        Column(words("Instructors (FTE)"), "right"),
    )
    services = ListBlock(((Paragraph(words("Evening classrooms")),), (Paragraph(words("Books")),)))
    rows = (
        (
            Cell(words("Mesa Adult School"), path="partners.mesa.name"),
            Cell((), blocks=(Paragraph(words("Space and teaching:")), services)),
            Cell(words("2.0")),
        ),
        (
            Cell(words("Delta College")),
            Cell(words("Clinical instructors, a simulation laboratory and tutoring")),
            Cell(words("11.5")),
        ),
        (Cell(words("County library")), Cell(words("Rooms")), Cell(words("0.5"))),
    )
    return Table(
        columns,
        rows,
        caption="What partners bring",
        source="Source: memoranda of understanding, July 2025.",
        label="partners",
        description="One row for each partner",
    )


def wide_table() -> Table:
    """A table that needs a landscape page and more than one of them."""
    heads = ("Program", "Indicator", "2023", "2024", "2025", "2026", "Status", "Source")
    columns = tuple(Column(words(head), "right" if head.isdigit() else "left") for head in heads)
    row = ("Adult", "Employment, second quarter after exit", "64.0", "65.1", "66.0", "67.0")
    cells = tuple(Cell(words(text)) for text in (*row, "Negotiated", "State letter, May 2025"))
    return Table(columns, (cells,) * 24, caption="Levels of performance", label="levels", wide=True)


def cover() -> tuple[Paragraph, ...]:
    """The title page."""
    return (
        Paragraph(words("Mesa Verde Workforce Development Board"), "subtitle"),
        Paragraph(words("Local Workforce Plan"), "title"),
        Paragraph(words("Program Years 2025 to 2028 (July 1, 2025 to June 30, 2029)"), "subtitle"),
        Paragraph(words("California · Mesa Verde Local Area"), "cover"),
        Paragraph(words("Working draft 7, November 21, 2026"), "status"),
        Paragraph(words("Contact: Ana Ruiz, (555) 010-0199, plan@mesaverde.example"), "cover"),
        Paragraph(words("Equal opportunity employer/program."), "cover"),
    )


def chapter() -> tuple[object, ...]:
    """One chapter with narrative, lists, boxes and a gap."""
    steps = ListBlock(
        tuple(
            (Paragraph(words(text)),)
            for text in ("Agree on the shared goals.", "Name who answers for each.", "Review.")
        ),
        ordered=True,
    )
    nested = ListBlock(
        (
            (
                Paragraph(words("Adult learners who work")),
                ListBlock(((Paragraph(words("evening courses")),),)),
            ),
            (Paragraph(words("Young adults")), Paragraph(words("A second paragraph."))),
        )
    )
    return (
        PageBreak(),
        Heading(1, words("Partnership"), label="partnership"),
        Paragraph(words("Who carries the pathways, and how they decide together."), "lead"),
        Callout(
            "Guiding questions",
            (
                ListBlock(
                    tuple(
                        (Paragraph(words(text)),)
                        for text in (
                            "Which partners share the vision, and what do they call it?",
                            "Who leads, and how are decisions made and money shared?",
                        )
                    )
                ),
            ),
        ),
        Boundary("narratives.partnership_vision", "answer"),
        Heading(2, words("A shared vision")),
        Paragraph((Run(PROSE), Run("Together", bold=True), Run(" they "), Run("own", italic=True),
                   Run(" it. See "), Run("", link="#partners"), Run(" and "),
                   Run("the State's page", link="https://cwdb.ca.gov/plans?a=1&b=2"), Run("."))),
        Paragraph(words(PROSE * 3)),
        nested,
        steps,
        Boundary("narratives.staff_capacity", "answer"),
        Paragraph(words("Staff and time"), "runin"),
        Paragraph(words("Short values & <b>odd</b> ones, \u05e9\u05dc\u05d5\u05dd, \U0001f600.")),
        Paragraph(words("\u05e9\u05dc\u05d5\u05dd \u05e2\u05d5\u05dc\u05dd")),
        Boundary("narratives.shared_data", "answer"),
        Heading(2, words("Shared data")),
        Gap(
            "Say how partners identify pathways in shared data.",
            "Reviewers look for it in the measurement element.",
            "Ana Ruiz",
            "December 5, 2026",
            "narratives.shared_data",
        ),
        Boundary("partners", "table", ("partners.mesa.name",)),
        Heading(3, words("What each partner brings")),
        partner_table(),
        Callout("Please note", (Paragraph(words("The figures are fictional.")),), "notice"),
        Callout("Caution", (Paragraph(words("Three years, where the law asks four.")),), "caution"),
        Boundary("pathways.health", "figure"),
        Heading(3, words("The health care pathway")),
        Figure("Entry points, steps and exits", "Map of the pathway; Table 1 has the facts.", SVG,
               png(), 6.5, source="Source: Delta College catalog.", label="map"),
        Paragraph(words("Board minutes, June 2026"), "source"),
        Paragraph(words("A quiet remark."), "note"),
        Paragraph(words("What does your organization bring?"), "prompt"),
        Table(
            (Column(()), Column((), share=2.0)),
            ((Cell(words("Name")), Cell(words("Mesa Adult School"), path="partners.mesa.role")),
             (Cell(words("Role")), Cell(()))),
            head=False,
            description="Contribution sheet",
        ),
    )  # fmt: skip


def performance() -> tuple[object, ...]:
    """A chapter whose table lies on its side."""
    return (
        PageBreak(),
        Heading(1, words("Performance")),
        Paragraph(words("The Board and the State agreed on these levels.")),
        wide_table(),
        Heading(2, words("How the Board uses them")),
        Paragraph(words(PROSE)),
        Heading(3, words("Review")),
        Heading(4, words("Each quarter")),
        Paragraph(words(PROSE)),
    )


def sample_document() -> Document:
    """Every kind of block in every look, numbered."""
    front = (PageBreak(), Heading(1, words("Contents"), listed=False, numbered=False), Contents())
    summary = (
        PageBreak(),
        Heading(1, words("Executive summary"), numbered=False),
        Paragraph(words(PROSE)),
    )
    blocks = (*cover(), *front, *summary, *chapter(), *performance())
    return numbered(
        Document(
            title="Local Workforce Plan",
            board="Mesa Verde Workforce Development Board",
            blocks=blocks,  # type: ignore[arg-type]
            status="Working draft 7, November 21, 2026",
            footer="Fictional board, for testing",
            watermark="DRAFT",
            draft_id="draft-7-3f9a",
            fingerprint="3f9a-77b2",
            date="2026-11-21",
        )
    )
