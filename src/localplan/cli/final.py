"""The gate of the submission stage, and the packet that is sent to the State."""

import shutil
from collections.abc import Mapping
from pathlib import Path

import click

from localplan.cli.common import INCOMPLETE, WriteError, write_whole
from localplan.cli.drafting import FORMATS, Order, draft_for, record, unnumbered, write_draft
from localplan.document.blocks import Document
from localplan.document.numbering import numbered
from localplan.document.packet import (
    MANIFEST_FILE,
    PLAN_FILE,
    Submission,
    enclosed_files,
    manifest,
    packet,
)
from localplan.plan.gate import accepted_gaps, gate
from localplan.review.ledger import digest

ENCLOSED = "attachments"


def write_final(order: Order, out: str | None) -> int:
    """Write the packet, or to a .docx the plan alone; refused while something is missing."""
    reasons = refused(order)
    if reasons:
        click.echo("The plan is not ready for submission:", err=True)
        for reason in reasons:
            click.echo(f"  {reason}", err=True)
        click.echo(f"See: localplan check {order.plan.file.path} --stage submission", err=True)
        return INCOMPLETE
    if out and out.lower().endswith(".docx"):
        write_draft(order, Path(out))
        click.echo(f"Written: {out}")
        return 0
    for path in write_packet(order, Path(out) if out else order.plan.file.path.with_name("packet")):
        click.echo(f"Written: {path}")
    return 0


def refused(order: Order) -> tuple[str, ...]:
    """Return what keeps the plan from being submitted, one line each; empty when nothing does."""
    folder = order.plan.file.path.parent
    return gate(order.checkup, order.plan.state, today=order.today, folder=folder)


def write_packet(order: Order, folder: Path) -> tuple[Path, ...]:
    """Write the packet into `folder`, which must be new or empty, and return its files.

    Raises:
        WriteError: the folder holds something already.
    """
    if folder.is_dir() and any(folder.iterdir()):
        raise WriteError(f"{folder} holds files already. Name a new folder with -o.")
    submission = _submission(order)
    draft = draft_for(order)
    plan = unnumbered(order, draft.number, draft.id)
    papers = {f"{name}.docx": paper for name, paper in packet(plan, submission).items()}
    written = _documents(order, folder, papers)
    record(order, draft, numbered(plan), folder / f"{PLAN_FILE}.docx")
    written |= _enclosures(order, folder, submission)
    last = folder / f"{MANIFEST_FILE}.docx"
    digests = {name: digest(path.read_bytes()) for name, path in written.items()}
    content = manifest(plan, submission, digests)
    write_whole(last, FORMATS[".docx"](numbered(content), order.reference))
    return (*written.values(), last)


def _submission(order: Order) -> Submission:
    folder = order.plan.file.path.parent
    gaps = accepted_gaps(order.checkup, order.plan.state, today=order.today, folder=folder)
    return Submission(order.checkup, order.plan.state, gaps, order.today)


def _documents(order: Order, folder: Path, papers: Mapping[str, Document]) -> dict[str, Path]:
    written = {}
    for name, paper in papers.items():
        write_whole(folder / name, FORMATS[".docx"](numbered(paper), order.reference))
        written[name] = folder / name
    return written


def _enclosures(order: Order, folder: Path, submission: Submission) -> dict[str, Path]:
    """Copy the board's own files; the gate has seen that they are there."""
    copied = {}
    for name in enclosed_files(submission):
        source = order.plan.file.path.parent / name
        if not source.is_file():
            continue
        target = folder / ENCLOSED / source.name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)
        copied[f"{ENCLOSED}/{source.name}"] = target
    return copied
