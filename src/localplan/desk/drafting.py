"""Make a draft and record it: what `draft`, `demo` and the packet share."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from localplan.desk.files import held, write_whole
from localplan.desk.openplan import ELEMENTS_OUTLINE, OpenPlan
from localplan.document.anchors import regions_of
from localplan.document.assemble import Drafting, assemble, fingerprint
from localplan.document.blocks import Document
from localplan.document.numbering import numbered
from localplan.document.outline import outline_document
from localplan.document.proof.appendices import proof_document, with_proof
from localplan.knowledge.kinds import Stage
from localplan.plan.checks.checkup import Checkup
from localplan.review.ledger import Draft, Ledger, draft_of, home_of, keep, open_ledger


@dataclass(frozen=True, slots=True)
class Order:
    """What someone asked to be drafted."""

    plan: OpenPlan
    stage: Stage = "working"
    outline: str = ""
    """Blank or `elements`, a State, or a file of one's own."""
    reference: Path | None = None
    """A Word file whose look the draft takes."""

    @property
    def checkup(self) -> Checkup:
        """The checkup of the plan for the readers of this draft."""
        return self.plan.checkup(self.stage)

    @property
    def today(self) -> date:
        """The day of the draft."""
        return self.plan.today


@dataclass(frozen=True, slots=True)
class Written:
    """A draft, and the name under which an earlier file in its place is kept, if any."""

    content: bytes
    kept: Path | None = None
    astray: tuple[str, ...] = ()
    """Names under `passages` that stand for no text of this draft."""


def write_draft(order: Order, target: Path | None) -> Written:
    """Make the draft in the format that the name of `target` says; write and record it there.

    Without a target the draft is Markdown, and nothing is written. A file at `target` that someone
    changed since we wrote it is kept under a dated name.

    Raises:
        LocalPlanError: the template or outline has an error, or `target` cannot be written.
    """
    if target is None:
        return Written(_markdown(numbered(unnumbered(order, 0, "")), None))
    draft = draft_for(order)
    document = numbered(unnumbered(order, draft.number, draft.id))
    content = FORMATS[target.suffix.lower()](document, order.reference)
    ledger = open_ledger(order.plan.path)
    home_of(ledger, draft)
    kept = set_aside(target, content, ledger, order.today)
    write_whole(target, content)
    record(order, draft, document, target)
    return Written(content, kept, _astray(order, document))


def _astray(order: Order, document: Document) -> tuple[str, ...]:
    named = order.checkup.plan.passages
    printed = {region.path for region in regions_of(document)} if named else set()
    return tuple(name for name in named if f"passages.{name}" not in printed)


def unnumbered(order: Order, number: int, draft_id: str) -> Document:
    """Return the document that `order` asks for, with its proof, before headings are numbered."""
    plan = order.plan
    drafting = Drafting(today=order.today, stage=order.stage, number=number, draft_id=draft_id)
    if order.outline.endswith(".j2"):
        from localplan.document.outside import assemble_outside  # noqa: PLC0415 (heavy, rarely used)

        own = replace(drafting, template=Path(order.outline))
        return assemble_outside(plan.tree, plan.questions, own)
    return with_proof(_ordered(order, drafting), order.checkup)


def _ordered(order: Order, drafting: Drafting) -> Document:
    """The plan in the order that was asked for, without its proof."""
    plan = order.plan
    document = assemble(plan.tree, plan.questions, drafting, order.checkup)
    if plan.state and order.outline not in {"", ELEMENTS_OUTLINE}:
        document = outline_document(document, plan.state, plan.tree)
    return document


def write_proof(order: Order, target: Path) -> None:
    """Write the proof of coverage alone, in the format that the name of `target` says.

    Raises:
        LocalPlanError: `target` cannot be written.
    """
    document = _ordered(order, Drafting(today=order.today, stage=order.stage))
    proof = numbered(proof_document(document, order.checkup, today=order.today))
    write_whole(target, FORMATS[target.suffix.lower()](proof, order.reference))


def draft_for(order: Order) -> Draft:
    """Return the draft in the ledger that these answers make today, or the next one in the row."""
    answers = order.plan.path
    return draft_of(
        open_ledger(answers),
        answers,
        fingerprint(order.plan.tree),
        stage=order.stage,
        outline=order.outline,
        today=order.today,
    )


def record(order: Order, draft: Draft, document: Document, target: Path) -> None:
    """Keep what a later comparison with the draft at `target` needs."""
    content = target.read_bytes()
    ledger = open_ledger(order.plan.path)
    keep(ledger, draft, (target.name, content), _kept(order, document, draft, target, content))


def set_aside(target: Path, content: bytes, ledger: Ledger, today: date) -> Path | None:
    """Move a file at `target` that we did not write to a dated name, and return that name.

    Raises:
        WriteError: another program holds the file open, or it may not be moved.
    """
    if not target.is_file() or target.read_bytes() == content or ledger.wrote(target):
        return None
    kept = target.with_name(f"{target.stem} (kept {today.isoformat()}){target.suffix}")
    count = 2
    while kept.exists():
        kept = target.with_name(f"{target.stem} (kept {today.isoformat()} {count}){target.suffix}")
        count += 1
    try:
        target.replace(kept)
    except OSError as error:
        raise held(target) from error
    return kept


def _kept(
    order: Order, document: Document, draft: Draft, target: Path, content: bytes
) -> list[tuple[str, bytes]]:
    regions = [
        {"name": anchor.name, "path": anchor.path, "kind": anchor.kind, "from": anchor.built_from}
        for anchor in regions_of(document)
    ]
    about = {"draft": draft.id, "board": document.board, "regions": regions}
    kept = [
        ("answers.yaml", order.plan.file.text.encode()),
        ("anchors.json", json.dumps(about, indent=1).encode()),
    ]
    if target.suffix.lower() == ".docx":
        kept.append(("draft.docx", content))
    return kept


def pages_of(plan: OpenPlan) -> Mapping[str, float]:
    """Return the pages that the limited parts of the State's outline fill in the final plan.

    Empty where the State sets no such limit or LibreOffice is missing.
    """
    from localplan.document.pages import has_page_limits, measured_pages  # noqa: PLC0415 (rare)

    if plan.state is None or not has_page_limits(plan.state):
        return {}
    drafted = assemble(plan.tree, plan.questions, Drafting(plan.today, "submission"))
    return measured_pages(numbered(outline_document(drafted, plan.state, plan.tree)), plan.state)


def _docx(document: Document, reference: Path | None) -> bytes:
    from localplan.document.docx import write_docx  # noqa: PLC0415 (heavy)

    return write_docx(document, reference=reference)


def _html(document: Document, _: Path | None) -> bytes:
    from localplan.document.html import to_html  # noqa: PLC0415 (heavy)

    return to_html(document).encode()


def _markdown(document: Document, _: Path | None) -> bytes:
    from localplan.document.markdown import to_markdown  # noqa: PLC0415 (heavy)

    return to_markdown(document).encode()


def _pdf(document: Document, reference: Path | None) -> bytes:
    from localplan.document.pdf import to_pdf  # noqa: PLC0415 (heavy)

    return to_pdf(document, reference=reference)


FORMATS: Mapping[str, Callable[[Document, Path | None], bytes]] = {
    ".docx": _docx,
    ".html": _html,
    ".md": _markdown,
    ".pdf": _pdf,
}
"""Every format a draft can be written in, by the end of the file's name."""
