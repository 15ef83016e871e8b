"""What keeps a plan from being submitted, and what a person has let pass with a reason."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from localplan.knowledge.states import State
from localplan.plan.checks.attachments import Enclosure, checklist, enclosed, is_address
from localplan.plan.checks.checkup import Checkup, unspoken_key
from localplan.plan.checks.rules.dates import comment_dates

ACCEPTABLE = frozenset({"missing-answer"})
"""The rules whose errors a person may accept; a wrong value has to be mended."""


@dataclass(frozen=True, slots=True)
class Obstacle:
    """One thing that keeps the plan from being submitted."""

    key: str
    """The key under `accepted`; blank for what cannot be accepted."""
    path: str
    """Where it is mended; blank for what runs through the whole plan."""
    message: str
    reason: str = ""
    """Why a person lets it pass; blank while nobody has said."""
    by: str = ""


def gate(
    checkup: Checkup, state: State | None, *, today: date, folder: Path | None = None
) -> tuple[Obstacle, ...]:
    """Return what refuses a final plan; nothing when the plan can be submitted.

    `checkup` is of the submission stage. With `folder`, the place of the answers file, the files
    that the attachments name must be there.
    """
    return tuple(
        obstacle
        for obstacle in obstacles(checkup, state, today=today, folder=folder)
        if not (obstacle.key and obstacle.reason)
    )


def accepted_gaps(
    checkup: Checkup, state: State | None, *, today: date, folder: Path | None = None
) -> tuple[Obstacle, ...]:
    """Return the gaps that a person has let pass with a reason, for the manifest."""
    return tuple(
        obstacle
        for obstacle in obstacles(checkup, state, today=today, folder=folder)
        if obstacle.key and obstacle.reason
    )


def obstacles(
    checkup: Checkup, state: State | None, *, today: date, folder: Path | None = None
) -> tuple[Obstacle, ...]:
    """Return everything between the plan and its submission, accepted or not."""
    found = (
        *_errors(checkup),
        *_unaddressed(checkup),
        *_unconfirmed(checkup),
        *_attachments(checkup, state, folder),
        *_comments(checkup, today),
    )
    return tuple(_with_reason(obstacle, checkup) for obstacle in found)


def _errors(checkup: Checkup) -> Iterator[Obstacle]:
    for finding in checkup.errors:
        key = finding.id if finding.rule in ACCEPTABLE else ""
        yield Obstacle(key, finding.path, finding.message)


def _unaddressed(checkup: Checkup) -> Iterator[Obstacle]:
    for row in checkup.unspoken:
        asked, why = row.requirement, row.coverage.reason
        yield Obstacle(
            unspoken_key(row), row.coverage.open[0],
            f"Nothing in the plan speaks to {asked.heading[0].lower()}{asked.heading[1:]} "
            f"({asked.citation})." + (f" {why}" if why else ""),
        )  # fmt: skip


def _unconfirmed(checkup: Checkup) -> Iterator[Obstacle]:
    """What was carried from an older plan and nobody has looked at since."""
    waiting = [item.path for item in checkup.progress.items() if item.required and item.carried]
    if waiting:
        count = len(waiting)
        many = "1 required answer is" if count == 1 else f"{count} required answers are"
        yield Obstacle("", "", f"{many} carried from the last plan and not confirmed yet.")


def _attachments(checkup: Checkup, state: State | None, folder: Path | None) -> Iterator[Obstacle]:
    for row in checklist(checkup.plan, checkup.tree, state):
        if row.standing == "missing":
            because = f" ({row.reason})" if row.reason else ""
            yield Obstacle(row.key, "attachments", f"Attachment not there: {row.item}{because}.")
        elif row.standing == "present" and folder and (why := _not_enclosed(folder, row)):
            yield Obstacle(row.key, "attachments", why)


def _not_enclosed(folder: Path, row: Enclosure) -> str:
    """Why the file of an attachment cannot go into the packet; blank where it can."""
    if is_address(row.file) or enclosed(folder, row.file) is not None:
        return ""
    if not (folder / row.file).is_file():
        return f"Attachment {row.item}: there is no file {row.file}."
    return (
        f"Attachment {row.item}: {row.file} lies outside the folder of the answers, so it is not "
        "sent along. Copy it beside the answers, and name it there."
    )


def _comments(checkup: Checkup, today: date) -> Iterator[Obstacle]:
    _, closes = comment_dates(checkup.plan)
    if closes and closes >= today:
        yield Obstacle(
            "comment-period/open", "public_comment.closes",
            f"The comment period is open until {closes.isoformat()}.",
        )  # fmt: skip


def _with_reason(obstacle: Obstacle, checkup: Checkup) -> Obstacle:
    said = checkup.plan.accepted.get(obstacle.key) if obstacle.key else None
    if said is None or not said.reason:
        return obstacle
    return Obstacle(obstacle.key, obstacle.path, obstacle.message, said.reason, said.by or "")
