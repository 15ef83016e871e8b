"""The ledger of drafts: what was written when, from which answers, and who was sent it.

It lives in the folder `drafts/` beside the answers, as plain files that people may read and keep
in version control. A draft is known by its id. Drafts of the same answers on the same day for the
same readers have one number, in whatever order they stand.
"""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import date
from hashlib import blake2b, sha256
from pathlib import Path

from localplan.errors import LocalPlanError
from localplan.plan.file import disk
from localplan.version import VERSION

FOLDER = "drafts"
_LEDGER = "ledger.json"


class LedgerError(LocalPlanError):
    """The ledger of drafts cannot be read."""


@dataclass(frozen=True, slots=True)
class Draft:
    """One draft: its id, its number in the row of drafts, and what became of it."""

    id: str
    number: int
    plan: str
    """Name of the answers file."""
    stage: str
    outline: str
    date: str
    fingerprint: str
    files: tuple[tuple[str, str], ...] = ()
    """Name and SHA-256 of each file as it was written."""


@dataclass(frozen=True, slots=True)
class Ledger:
    """All drafts of the plans in one folder, oldest first."""

    folder: Path
    drafts: tuple[Draft, ...] = ()

    def wrote(self, path: Path) -> bool:
        """Return whether the file at `path` is one of ours and unchanged since."""
        written = digest(path.read_bytes())
        return any(written == known for draft in self.drafts for _, known in draft.files)


def open_ledger(answers: Path) -> Ledger:
    """Return the ledger that belongs to the answers file at `answers`.

    Raises:
        LedgerError: the ledger is there but cannot be read.
    """
    return _read(answers.resolve().parent / FOLDER)


def _read(folder: Path) -> Ledger:
    path = folder / _LEDGER
    if not path.is_file():
        return Ledger(folder)
    try:
        entries = json.loads(path.read_text(encoding="utf-8"))["drafts"]
        drafts = tuple(
            Draft(**{**entry, "files": tuple((name, seen) for name, seen in entry["files"])})
            for entry in entries
        )
    except (ValueError, KeyError, TypeError) as error:
        raise LedgerError(
            f"{path} cannot be read. Restore it from a backup, or move it away to start a new one."
        ) from error
    return Ledger(folder, drafts)


def draft_of(
    ledger: Ledger, answers: Path, fingerprint: str, *, stage: str, outline: str, today: date
) -> Draft:
    """Return the draft that these answers make today: a known one, or the next in the row.

    The same answers in another order are a draft of their own with the same number.
    """
    words = "\n".join((answers.name, fingerprint, stage, outline, today.isoformat(), VERSION))
    name = blake2b(words.encode("utf-8", "replace"), digest_size=6).hexdigest()
    for draft in ledger.drafts:
        if draft.id == name:
            return draft
    return Draft(
        id=name,
        number=_number(ledger, answers, (fingerprint, stage, today.isoformat())),
        plan=answers.name,
        stage=stage,
        outline=outline,
        date=today.isoformat(),
        fingerprint=fingerprint,
    )


def _number(ledger: Ledger, answers: Path, made: tuple[str, str, str]) -> int:
    """The number of what is the same draft in another order, else the next in the row."""
    own = [draft for draft in ledger.drafts if draft.plan == answers.name]
    same = [one.number for one in own if (one.fingerprint, one.stage, one.date) == made]
    return max(same) if same else max((draft.number for draft in own), default=0) + 1


def home_of(ledger: Ledger, draft: Draft) -> Path:
    """Return the folder of `draft` in the ledger, made where it is not there.

    Raises:
        LedgerError: the folder cannot be made.
    """
    try:
        return disk.folder_for(ledger.folder.parent / draft.plan, FOLDER, draft.id)
    except OSError as error:
        why = (error.strerror or "unknown reason").lower()
        raise LedgerError(
            f"{ledger.folder}, where drafts are kept, cannot be written to ({why}). "
            "Allow it, or work on a copy of the answers elsewhere."
        ) from error


def keep(
    ledger: Ledger, draft: Draft, file: tuple[str, bytes], kept: Iterable[tuple[str, bytes]]
) -> Ledger:
    """Record that `draft` was written as `file`, and keep beside it what a comparison needs.

    `kept` names pieces such as the answers as they were, the map of anchors and the Word file.
    A kept piece is never changed again: it is the base against which a returned copy is compared.

    Raises:
        LocalPlanError: the folder `drafts/` cannot be written.
    """
    plan = ledger.folder.parent / draft.plan
    with disk.changing(plan):
        home = home_of(ledger, draft)
        for name, content in kept:
            if not (home / name).exists():
                disk.replace(home / name, content, like=plan)
        renewed = _with(_read(ledger.folder), draft, file)
        entries = {"drafts": [asdict(entry) for entry in renewed.drafts]}
        disk.replace(ledger.folder / _LEDGER, json.dumps(entries, indent=1).encode(), like=plan)
    return renewed


def _with(ledger: Ledger, draft: Draft, file: tuple[str, bytes]) -> Ledger:
    """The ledger, as it stands on the disk, with `draft` written as `file`."""
    known = next((entry.files for entry in ledger.drafts if entry.id == draft.id), ())
    files = {**dict(known), **dict(draft.files), file[0]: digest(file[1])}
    recorded = replace(draft, files=tuple(files.items()))
    others = tuple(entry for entry in ledger.drafts if entry.id != draft.id)
    return Ledger(ledger.folder, tuple(sorted((*others, recorded), key=_in_order)))


def built_from(ledger: Ledger, called: str, path: str) -> tuple[str, ...]:
    """Return the answers that the generated text at `path` was made from; none if unknown.

    `called` is the draft as items name it: its number, and its id in parentheses.
    """
    named = called.rpartition("(")[2].rstrip(")")
    kept = ledger.folder / named / "anchors.json"
    if named not in {draft.id for draft in ledger.drafts} or not kept.is_file():
        return ()
    regions = json.loads(kept.read_text(encoding="utf-8"))["regions"]
    return next((tuple(each["from"]) for each in regions if each["path"] == path), ())


def _in_order(draft: Draft) -> tuple[str, int]:
    return (draft.plan, draft.number)


def digest(content: bytes) -> str:
    """Return the SHA-256 of `content` in hexadecimal."""
    return sha256(content).hexdigest()
