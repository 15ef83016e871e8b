"""Who was sent which draft, when, and by when they should reply: kept in `drafts/shares.json`."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from localplan.plan.file import disk
from localplan.review.items import Review
from localplan.review.ledger import FOLDER, LedgerError

_FILE = "shares.json"


@dataclass(frozen=True, slots=True)
class Share:
    """One packet that went out."""

    plan: str
    recipient: str
    """A partner's id, `public`, or `questions`."""
    name: str
    draft: str
    number: int
    sent: str
    due: str = ""
    file: str = ""
    full: bool = False
    """True for a partner's packet that held the whole plan."""


@dataclass(frozen=True, slots=True)
class Standing:
    """One packet and what came of it."""

    share: Share
    replied: str = ""
    """The day on which a copy of it was collected."""
    open_items: int = 0
    decided: int = 0
    overdue: bool = False


def open_shares(answers: Path) -> tuple[Share, ...]:
    """Return every packet of the plan that went out, oldest first.

    Raises:
        LedgerError: the record is there but cannot be read.
    """
    path = answers.resolve().parent / FOLDER / _FILE
    if not path.is_file():
        return ()
    try:
        entries = json.loads(path.read_text(encoding="utf-8"))["shares"]
        return tuple(Share(**entry) for entry in entries if entry["plan"] == answers.name)
    except (ValueError, KeyError, TypeError) as error:
        raise LedgerError(
            f"{path} cannot be read. Restore it from a backup, or move it away to start a new one."
        ) from error


def record_shares(answers: Path, new: Sequence[Share]) -> None:
    """Add packets to the record; the same packet made again takes the place of the first.

    Raises:
        LocalPlanError: the record cannot be written.
    """
    path = answers.resolve().parent / FOLDER / _FILE
    with disk.changing(answers):
        others: list[dict[str, object]] = []
        if path.is_file():
            open_shares(answers)
            others = json.loads(path.read_text(encoding="utf-8"))["shares"]
        entries = {(entry["plan"], entry["recipient"], entry["draft"]): entry for entry in others}
        for share in new:
            entries[share.plan, share.recipient, share.draft] = asdict(share)
        disk.folder_for(answers, FOLDER)
        content = json.dumps({"shares": list(entries.values())}, indent=1).encode()
        disk.replace(path, content, like=answers)


def last_to(shares: Sequence[Share], recipient: str, other_than: str) -> Share | None:
    """Return the packet that this recipient got before, if any."""
    before = [
        share for share in shares if share.recipient == recipient and share.draft != other_than
    ]
    return before[-1] if before else None


def standings(shares: Sequence[Share], review: Review, today: date) -> tuple[Standing, ...]:
    """Return where each packet stands: replied, open items, overdue."""
    found: list[Standing] = []
    for share in shares:
        replies = [seen.on for seen in review.files if seen.draft == share.draft]
        items = [item for item in review.items if f"({share.draft})" in item.draft]
        open_items = sum(item.is_open for item in items)
        late = bool(share.due) and share.due < today.isoformat() and not replies
        found.append(
            Standing(
                share,
                min(replies, default=""),
                open_items,
                len(items) - open_items,
                late and not _followed(share, shares),
            )
        )
    return tuple(found)


def _followed(share: Share, shares: Sequence[Share]) -> bool:
    """Whether the same recipient got a newer packet since."""
    later = [one for one in shares if one.recipient == share.recipient]
    return bool(later) and later[-1] != share
