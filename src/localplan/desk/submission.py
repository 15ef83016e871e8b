"""The gate of the submission stage, and the packet that is sent to the State."""

import shutil
from collections.abc import Mapping
from pathlib import Path

from localplan.desk.drafting import FORMATS, Order, draft_for, record, unnumbered
from localplan.desk.files import WriteError, make_folder, write_whole
from localplan.desk.places import accepting, place_of
from localplan.document.blocks import Document
from localplan.document.numbering import numbered
from localplan.document.packet import (
    MANIFEST_FILE,
    PLAN_FILE,
    Submission,
    enclosed_files,
    manifest,
    packet,
    settled,
)
from localplan.plan.checks.attachments import enclosed
from localplan.plan.checks.gate import Obstacle, accepted_gaps, gate
from localplan.review.ledger import digest

LISTED = 8
"""So many missing answers are listed one by one; more are only counted."""


def refused(order: Order) -> tuple[str, ...]:
    """Return what keeps the plan from being submitted, one line each; empty when nothing does.

    Many missing answers are counted; the check lists them.
    """
    folder = order.plan.path.parent
    open_now = gate(order.checkup, order.plan.state, today=order.today, folder=folder)
    missing = [each for each in open_now if each.key.startswith("missing-answer/")]
    counted = missing if len(missing) > LISTED else []
    lines = [_refusal(order, each) for each in open_now if each not in counted]
    if counted:
        lines.insert(0, f"{len(counted)} required answers are missing.")
    passing = next((each.key for each in open_now if each.key), "")
    if passing:
        lines.append(
            "What is missing for a good reason may pass. Write the name in brackets and the reason "
            "at the end of the answers file (where its first line is there already, below it):\n"
            + accepting(passing, "why it is missing")
        )
    return tuple(lines)


def _refusal(order: Order, obstacle: Obstacle) -> str:
    if not obstacle.path:
        file = order.plan.path
        return f"{obstacle.message} See them with: localplan interview {file} --only carried"
    place = place_of(order.checkup, obstacle.path)
    key = f" [{obstacle.key or obstacle.path}]"
    return f"{place}: {obstacle.message}{key}".removeprefix(": ")


def write_packet(order: Order, folder: Path) -> tuple[Path, ...]:
    """Write the packet into `folder`, which must be new or empty, and return its files.

    Raises:
        WriteError: the folder holds something already.
    """
    if folder.is_dir() and any(folder.iterdir()):
        raise WriteError(f"{folder} holds files already. Name a new folder with -o.")
    submission = _submission(order)
    draft = draft_for(order)
    plan = settled(unnumbered(order, draft.number, draft.id), submission)
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
    folder = order.plan.path.parent
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
    for name, place in enclosed_files(submission).items():
        source = enclosed(order.plan.path.parent, name)
        if source is not None:
            target = folder / place
            make_folder(target.parent)
            shutil.copyfile(source, target)
            copied[place] = target
    return copied
