"""Things to look at: answers that do not agree, and changes in the law; accept or go there."""

from localplan.interview import standing
from localplan.interview.frame import Frame, shortened
from localplan.interview.keys import Entry, Gap, Key, Pressed
from localplan.interview.prompts import choose, write_line
from localplan.interview.screen import spare
from localplan.interview.screens.review import ask_one
from localplan.interview.screens.saving import keep
from localplan.interview.session import Session
from localplan.knowledge.standards import Watch
from localplan.plan.checks.checkup import Checkup, watch_key
from localplan.plan.checks.findings import Finding
from localplan.plan.progress import Item

_LINE = 76


def look_at_findings(session: Session) -> None:
    """List what should be looked at, until the person goes back."""
    at: object = None
    while True:
        checkup = session.plan.checkup()
        findings = _open(checkup)
        frame = _head(session, findings, checkup.watch)
        chosen = choose(frame, _entries(findings, checkup.watch), at=at, keys=(Key.BACK,))
        if isinstance(chosen, Finding):
            _look_at(session, chosen, checkup)
        elif isinstance(chosen, Watch):
            _look_at_change(session, chosen)
        else:
            return
        at = chosen


def _open(checkup: Checkup) -> tuple[Finding, ...]:
    return tuple(
        finding
        for finding in checkup.findings
        if not finding.accepted and finding.rule != "missing-answer"
    )


def _head(session: Session, findings: tuple[Finding, ...], watch: tuple[Watch, ...]) -> Frame:
    if not findings and not watch:
        return Frame(
            "Things to look at", ask="There is nothing to look at.", note=session.said_once()
        )
    told = f"{len(findings)} in the answers, {len(watch)} in the law"
    return Frame(
        "Things to look at", told, ask="Choose one to look at it.", note=session.said_once()
    )


def _entries(findings: tuple[Finding, ...], watch: tuple[Watch, ...]) -> list[Entry[object] | Gap]:
    entries: list[Entry[object] | Gap] = [Entry("back", "Back to the menu")]
    room = _LINE + spare()
    if findings:
        entries += [Gap(), Gap("In the answers")]
        entries += [Entry(finding, shortened(finding.message, room)) for finding in findings]
    if watch:
        entries += [Gap(), Gap("Changes in the law")]
        entries += [Entry(note, shortened(note.topic, room)) for note in watch]
    return entries


def _look_at(session: Session, finding: Finding, checkup: Checkup) -> None:
    item = _item_at(checkup, finding.path)
    frame = Frame(
        "Something to look at" if finding.severity == "warning" else "Something to put right",
        ask=finding.message,
        help="" if item else f"In the file: {finding.path}",
    )
    entries = [Entry("go", "Go to the answer")] if item else []
    if finding.severity == "warning":
        entries.append(Entry("accept", "This is intended because ..."))
    entries.append(Entry("back", "Leave it for now"))
    chosen = choose(frame, entries, keys=(Key.BACK,))
    if chosen == "go" and item:
        ask_one(session, item)
    elif chosen == "accept":
        _accept(session, finding)


def _accept(session: Session, finding: Finding) -> None:
    frame = Frame("This is intended", ask="Why is this as it should be?", help=finding.message)
    wanted = "A reason, such as: The college joins in 2026"
    reason = write_line(frame, "", lambda text: "" if text.strip() else wanted, (Key.BACK,))
    if not isinstance(reason, Pressed):
        keep(session, [standing.accepted(finding.id, reason.strip(), session)])


def _look_at_change(session: Session, note: Watch) -> None:
    frame = Frame(
        "A change in the law",
        note.date,
        ask=note.topic,
        body=tuple(part for part in (note.note, note.do and f"What to do: {note.do}") if part),
    )
    entries = [Entry("back", "Leave it for now"), Entry("done", "Looked at; nothing more to do")]
    if choose(frame, entries, keys=(Key.BACK,)) == "done":
        keep(session, [standing.accepted(watch_key(note), "Looked at", session)])


def _item_at(checkup: Checkup, path: str) -> Item | None:
    """The question to change for a finding: at its path, or the nearest one above it."""
    items = {item.path: item for item in checkup.progress.items()}
    while path:
        if path in items:
            return items[path]
        path = path.rpartition(".")[0]
    return None
