"""The drafts that returned copies are compared with, as the ledger keeps them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from localplan.document.anchors import Anchor
from localplan.plan.file import disk
from localplan.plan.file.uses import as_far_as_shared
from localplan.review.behind import Behind
from localplan.review.guard import ReturnedFileError
from localplan.review.ledger import Draft, Ledger, LedgerError
from localplan.review.placing import Wording
from localplan.review.regions import Division, divide
from localplan.review.returned import Returned, read_returned
from localplan.yamltext import Tree, parse

_KEPT = 2
_AT_LEAST = 0.2
"""The part of a draft's longer paragraphs that a copy of it holds, however much was edited."""


@dataclass(frozen=True)
class Base:
    """One draft as it was sent: its regions, its answers, and the questions asked in it."""

    draft: Draft
    anchors: Mapping[str, Anchor]
    division: Division
    asked: Mapping[str, str]
    """The path behind each question that was put as a comment, by its words."""
    folder: Path

    @property
    def called(self) -> str:
        """The draft's number and id, as items name it."""
        return f"{self.draft.number} ({self.draft.id})"

    @cached_property
    def tree(self) -> Tree:
        """The answers as they were, with those that the plan shares with others."""
        content = disk.read(self.folder / "answers.yaml").decode("utf-8", "replace")
        plans = self.folder.resolve().parent.parent
        return as_far_as_shared(parse(content, "answers.yaml"), plans)

    @cached_property
    def behind(self) -> Behind:
        """Finds the answers that a generated text was made from."""
        return Behind(self.tree)


class Bases:
    """Opens drafts of the ledger by id; only the last few stay in memory."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._open: dict[str, Base] = {}
        self._wordings: dict[str, Wording] = {}

    def for_copy(self, copy: Returned) -> Base:
        """Return the draft that `copy` is a copy of.

        Raises:
            ReturnedFileError: it is no copy of a draft in the ledger.
        """
        known = {draft.id: draft for draft in self._ledger.drafts}
        for name in copy.drafts:
            if name in known:
                return self._base(known[name], copy)
        if copy.drafts:
            raise ReturnedFileError(
                f"{copy.name} is a copy of a draft ({copy.drafts[0]}) that is not in "
                f"{self._ledger.folder.name}/ beside the answers.\n"
                "Is it a copy of another plan? If not, bring that folder back from your backup."
            )
        return self._likeliest(copy)

    def _likeliest(self, copy: Returned) -> Base:
        """The draft most like the copy, the newest of those alike."""
        mine = Wording.of(copy)
        best: tuple[float, Draft] | None = None
        for draft in reversed(self._ledger.drafts):
            if not (self._ledger.folder / draft.id / "draft.docx").is_file():
                continue
            theirs = self._wording(draft, copy)
            if theirs.kept_in(mine) < _AT_LEAST:
                continue
            found = theirs.likeness(mine)
            if best is None or found > best[0]:
                best = (found, draft)
        if best is None:
            raise ReturnedFileError(
                f"{copy.name} does not look like a copy of a draft of this plan. "
                "Nothing was taken from it; copy what you need by hand."
            )
        return self._base(best[1], copy)

    def _wording(self, draft: Draft, copy: Returned) -> Wording:
        if draft.id not in self._wordings:
            self._wordings[draft.id] = Wording.of(self._base(draft, copy).division.copy)
        return self._wordings[draft.id]

    def _base(self, draft: Draft, copy: Returned) -> Base:
        if draft.id in self._open:
            return self._open[draft.id]
        folder = self._ledger.folder / draft.id
        if not (folder / "draft.docx").is_file():
            raise ReturnedFileError(
                f"{copy.name} is a copy of draft {draft.number}, of which no Word file is kept in "
                f"{folder}. Bring that folder back from your backup."
            )
        base = _opened(draft, folder)
        while len(self._open) >= _KEPT:
            del self._open[next(iter(self._open))]
        self._open[draft.id] = base
        return base


def _opened(draft: Draft, folder: Path) -> Base:
    try:
        about = json.loads((folder / "anchors.json").read_text(encoding="utf-8"))
        anchors = {
            entry["name"]: Anchor(
                entry["name"], entry["path"], entry["kind"], tuple(entry.get("from", ()))
            )
            for entry in about["regions"]
        }
        asked = {str(key): str(value) for key, value in about.get("asked", {}).items()}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise LedgerError(
            f"{folder / 'anchors.json'} cannot be read. Bring that folder back from your backup."
        ) from error
    division = divide(read_returned(folder / "draft.docx"), anchors)
    return Base(draft, anchors, division, asked, folder)
