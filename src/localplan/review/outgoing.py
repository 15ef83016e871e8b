"""Record a packet that goes out, so that its copies can be read when they come back."""

import json
from pathlib import Path

from localplan.document.anchors import regions_of
from localplan.document.assemble import fingerprint
from localplan.plan.file import disk
from localplan.plan.file.answers import load
from localplan.plan.file.uses import as_far_as_shared
from localplan.review.ledger import FOLDER, Draft, keep, open_ledger
from localplan.review.news import texts_of
from localplan.review.notices import Occasion
from localplan.review.packets import Packet
from localplan.review.shares import Share, record_shares
from localplan.yamltext import Tree

_TEXTS = "texts.json"


def next_number(answers: Path, tree: Tree) -> int:
    """Return the number of the draft that these answers make: a known one, or the next."""
    drafts = [draft for draft in open_ledger(answers).drafts if draft.plan == answers.name]
    mark = fingerprint(tree)
    same = [draft.number for draft in drafts if draft.fingerprint == mark]
    return max(same) if same else max((draft.number for draft in drafts), default=0) + 1


def record(answers: Path, packet: Packet, content: bytes, file: str, occasion: Occasion) -> None:
    """Keep the packet's Word file, its anchors and the answers as shared, and note who has it.

    Raises:
        LocalPlanError: the folder `drafts/` cannot be written.
    """
    document = packet.document
    draft = Draft(
        id=document.draft_id,
        number=occasion.number,
        plan=answers.name,
        stage=f"packet for {packet.recipient}",
        outline="",
        date=occasion.today.isoformat(),
        fingerprint=document.fingerprint,
    )
    regions = [
        {"name": each.name, "path": each.path, "kind": each.kind, "from": each.built_from}
        for each in regions_of(document)
    ]
    about = {
        "draft": draft.id, "board": document.board, "regions": regions, "asked": packet.asked
    }  # fmt: skip
    texts, _ = texts_of(document)
    kept = [
        ("answers.yaml", disk.read(answers)),
        ("anchors.json", json.dumps(about, indent=1).encode()),
        (_TEXTS, json.dumps(texts, indent=1, ensure_ascii=False).encode()),
        ("draft.docx", content),
    ]
    share = Share(
        plan=answers.name,
        recipient=packet.recipient,
        name=packet.name,
        draft=draft.id,
        number=draft.number,
        sent=draft.date,
        due=occasion.due.isoformat() if occasion.due else "",
        file=file,
        full=packet.full,
    )
    with disk.changing(answers):
        keep(open_ledger(answers), draft, (file, content), kept)
        record_shares(answers, [share])


def kept_answers(answers: Path, draft: str) -> Tree | None:
    """Return the answers as they were when an earlier packet was made; None when not kept."""
    plans = answers.resolve().parent
    path = plans / FOLDER / draft / "answers.yaml"
    return as_far_as_shared(load(path).tree, plans) if path.is_file() else None


def kept_texts(answers: Path, draft: str) -> dict[str, str]:
    """Return the words of each part of an earlier packet, by path."""
    path = answers.resolve().parent / FOLDER / draft / _TEXTS
    if not path.is_file():
        return {}
    texts = json.loads(path.read_text(encoding="utf-8"))
    return {str(key): str(value) for key, value in texts.items()}
