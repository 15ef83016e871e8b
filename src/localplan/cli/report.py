"""The checkup as a person reads it in the terminal."""

import shutil
import textwrap
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from localplan.cli.output import echo
from localplan.desk.places import accepting, place_of
from localplan.knowledge.lists import labels
from localplan.knowledge.questions import ELEMENTS
from localplan.plan.checks.checkup import Checkup, watch_key
from localplan.plan.checks.coverage import (
    Coverage,
    CriterionCoverage,
    RequirementCoverage,
    mark_path,
)
from localplan.plan.checks.findings import Finding
from localplan.plan.progress import Item, SectionProgress

WORDS = {
    "addressed": "addressed",
    "answered": "answered, to be read",
    "partial": "partly addressed",
    "missing": "missing",
    "not-applicable": "not applicable",
    "regional": "regional plan",
    "state-role": "State role",
}
SHOWN = 12
"""How many lines of a list are shown before the rest is only counted."""
_SLIPS = frozenset(
    {"unknown-key", "points-nowhere", "regional-place", "not-applicable-answered", "later-answered"}
)
"""Rules that see what a person mistyped and hardly ever means."""
NUMBERS_SHOWN = 30
"""How many numbers without evidence are shown; the rest is only counted, also with --all."""
OF_A_KIND = 2
"""How many findings of one rule are shown, so that no kind hides another."""


def report(checkup: Checkup, file: Path, *, everything: bool) -> None:
    """Print where the plan stands, what to look at, and the one thing to do next."""
    _progress(checkup)
    _missing(checkup, everything=everything)
    _requirements(checkup, everything=everything)
    _frameworks(checkup, file, everything=everything)
    _lengths(checkup, everything=everything)
    _findings(checkup, everything=everything)
    _notes(checkup)
    _watch(checkup, everything=everything)
    echo(f"\n{next_step(checkup, file)}")


def next_step(checkup: Checkup, file: Path) -> str:
    """Return the one line a person can act on."""
    missing = checkup.progress.missing
    if missing:
        worst = max(checkup.progress.sections, key=_open)
        are = "answer is" if len(missing) == 1 else "answers are"
        return (
            f"{len(missing)} required {are} missing, {_open(worst)} of them in "
            f"{worst.section.title}. Start with: localplan interview {file} "
            f"--element {worst.section.id}"
        )
    if checkup.errors:
        first = checkup.errors[0]
        return f"Every required answer is there. Put this right next: {first.path}: {first.message}"
    for row in checkup.unspoken:
        asked = row.requirement
        return (
            f'Every required answer is there, but none speaks to "{asked.heading}" '
            f"({asked.citation}). Answer it with: localplan interview {file} "
            f"--element {asked.element}"
        )
    if any(each.rule == "carried-answers" and not each.accepted for each in checkup.findings):
        return (
            "Every required answer is there. Confirm those of the last plan with: "
            f"localplan interview {file} --only carried"
        )
    return f"Every required answer is there. Draft the plan with: localplan draft {file}"


def _open(progress: SectionProgress) -> int:
    return progress.required - progress.answered


def _progress(checkup: Checkup) -> None:
    echo(checkup.plan.board.name or "This plan", bold=True)
    width = max(len(part.section.title) for part in checkup.progress.sections)
    echo(f"{'Section':{width}}  Required  Answered")
    for part in checkup.progress.sections:
        open_count = _open(part)
        note = f"{open_count} missing" if open_count else ("complete" if part.required else "")
        if part.later:
            note += f", {part.later} for later"
        counts = f"{part.required:8}  {part.answered:8}"
        echo(f"{part.section.title:{width}}  {counts}  {note}".rstrip())


def _missing(checkup: Checkup, *, everything: bool) -> None:
    missing = checkup.progress.missing
    if missing:
        _heading("Missing answers", f" ({len(missing)})")
        lines = [
            f"{place_of(checkup, item.path)}: {item.question.ask}" + _owner(item)
            for item in missing
        ]
        _shortened(lines, everything=everything)


def _owner(item: Item) -> str:
    told = [item.standing.get("owner", ""), item.standing.get("due", "")]
    return f" (later: {', '.join(each for each in told if each)})" if any(told) else ""


def _requirements(checkup: Checkup, *, everything: bool) -> None:
    counted = _counted(row.coverage for row in checkup.requirements)
    _heading("Federal requirements", f": {counted}")
    _say("Addressed means that an answer speaks to the item, not that it is judged adequate.")
    rows = [
        row
        for row in checkup.requirements
        if everything or row.coverage.status in {"missing", "partial"}
    ]
    lines = [_requirement(row) + (_where(row.coverage) if everything else "") for row in rows]
    _shortened(lines, everything=everything)


def _requirement(row: RequirementCoverage) -> str:
    asked, status = row.requirement, row.coverage.status
    cited = asked.cites.get("cfr") or asked.cites.get("act", "")
    case = f"Needed only in this case. {asked.only_if}" if asked.only_if else ""
    why = row.coverage.reason or (case if status in {"missing", "partial"} else "")
    return f"{WORDS[status]}: {asked.heading} ({cited})" + (f": {why}" if why else "")


def _frameworks(checkup: Checkup, file: Path, *, everything: bool) -> None:
    chosen = {row.framework.id: row.framework for row in checkup.frameworks}
    if chosen:
        _heading("Frameworks")
    for name, framework in chosen.items():
        rows = [row for row in checkup.frameworks if row.framework.id == name]
        counted = _counted(row.coverage for row in rows)
        _say(f"{framework.short}: {counted}", indent=2)
        if everything:
            for element in ELEMENTS:
                lines = [_criterion(row) for row in rows if row.criterion.element == element]
                if lines:
                    _say(labels("elements").get(element, element), indent=4)
                _list(lines, indent=6)
    _marking(checkup, file)


def _criterion(row: CriterionCoverage) -> str:
    """The criterion, where it is answered, and what to look for there."""
    where = _where(row.coverage)
    if row.coverage.status == "answered":
        sought = row.criterion.sought
        return f"{row.criterion.id}: {row.criterion.says} Answered in{where}; look for: {sought}"
    return f"{WORDS[row.coverage.status]}: {row.criterion.says}{where}"


def _marking(checkup: Checkup, file: Path) -> None:
    """How a person says that a text holds what a criterion asks."""
    answered = [row for row in checkup.frameworks if row.coverage.status == "answered"]
    if answered:
        _say(
            "Answered means that a text has to be read for it; --all says what to look for. "
            "Found it? Mark it, and your name and the day are kept: localplan set "
            f'{file} {mark_path(answered[0].criterion.id)} "where it stands"',
            indent=2,
        )


def _where(coverage: Coverage) -> str:
    """The answers that speak to it, and those still open."""
    told = f" [{said}]" if (said := _grouped(coverage.where)) else ""
    still = _grouped(coverage.open) if coverage.status in {"partial", "missing"} else ""
    return f"{told} Still open: {still}" if still else told


def _grouped(paths: Iterable[str]) -> str:
    """The paths; those of many records as one, with their number."""
    groups: dict[tuple[str, str, int], list[str]] = {}
    for path in paths:
        parts = path.split(".")
        groups.setdefault((parts[0], parts[-1], len(parts)), []).append(path)
    told = [
        found[0] if len(found) == 1 else f"{root} ({len(found)} answers: {last})"
        for (root, last, _), found in groups.items()
    ]
    return "; ".join(told)


def _lengths(checkup: Checkup, *, everything: bool) -> None:
    if checkup.lengths:
        _heading("Limits of the State")
        lines = [f"{length.title}: {length.said}" for length in checkup.lengths]
        _shortened(lines, everything=everything)


def _findings(checkup: Checkup, *, everything: bool) -> None:
    for title, findings in (
        ("To put right", [item for item in checkup.errors if item.rule != "missing-answer"]),
        ("To look at", _of(checkup.findings, accepted=False)),
        ("Accepted", _of(checkup.findings, accepted=True)),
    ):
        if findings:
            _heading(title, f" ({len(findings)})")
            shown = findings if everything else _some_of_each(findings)
            named = everything and title == "To look at"
            lines = [_line(checkup, each) + (_name(each) if named else "") for each in shown]
            _list(lines, total=len(findings))
            if title == "To look at":
                _letting_stand(shown)


def _notes(checkup: Checkup) -> None:
    notes = [each for each in checkup.findings if each.severity == "note" and not each.accepted]
    if notes:
        _heading("Numbers in texts that no evidence carries", f" ({len(notes)})")
        lines = [f"{finding.message} [{finding.path}]" for finding in notes[:NUMBERS_SHOWN]]
        _list(lines)
        if len(notes) > NUMBERS_SHOWN:
            _say(f"and {len(notes) - NUMBERS_SHOWN} more (see all with --json)", indent=2)


def _name(finding: Finding) -> str:
    return f" (its name: {finding.id})"


def _letting_stand(shown: Iterable[Finding]) -> None:
    """How to let a warning stand, by one that may well be intended."""
    example = next((finding.id for finding in shown if finding.rule not in _SLIPS), "")
    if example:
        _say(
            "Is one intended? In the interview, choose Things to look at, then the line, then "
            "This is intended because ... Or write its name (--all shows each) and the reason at "
            "the end of the file; where its first line is there already, below it:",
            indent=2,
        )
        echo(accepting(example, "why it is as it should be"))


def _some_of_each(findings: Iterable[Finding]) -> list[Finding]:
    """A few findings of each rule."""
    seen: Counter[str] = Counter()
    shown = []
    for finding in findings:
        seen[finding.rule] += 1
        if seen[finding.rule] <= OF_A_KIND:
            shown.append(finding)
    return shown


def _of(findings: Iterable[Finding], *, accepted: bool) -> list[Finding]:
    return [
        finding
        for finding in findings
        if finding.severity == "warning" and bool(finding.accepted) is accepted
    ]


def _line(checkup: Checkup, finding: Finding) -> str:
    """The place in a person's words before the message, and as `set` wants it behind it."""
    place = _without_what_is_said(place_of(checkup, finding.path), finding.message)
    paths = f"{finding.path} and {finding.other}" if finding.other else finding.path
    accepted = f" Accepted: {finding.accepted}" if finding.accepted else ""
    return f"{place}: {finding.message}{accepted} [{paths}]".removeprefix(": ")


def _without_what_is_said(place: str, message: str) -> str:
    """The place without the names of records where the message begins with the first of them."""
    section, _, records = place.partition(", ")
    while records:
        if message.startswith(records):
            return section
        records = records.rpartition(", ")[0]
    return place


def _watch(checkup: Checkup, *, everything: bool) -> None:
    if checkup.watch:
        _heading("Recent changes in law to look at", f" ({len(checkup.watch)})")
        _shortened([f"{note.date} {note.topic}" for note in checkup.watch], everything=everything)
        _say(
            "Looked at one? In the interview, choose Things to look at, then the line, then Looked "
            "at. Or write it at the end of the file, in the same way:",
            indent=2,
        )
        echo(accepting(watch_key(checkup.watch[0]), "Looked at"))


def _shortened(lines: Sequence[str], *, everything: bool) -> None:
    _list(lines if everything else lines[:SHOWN], total=len(lines))


def _list(lines: Sequence[str], *, total: int = 0, indent: int = 2) -> None:
    for line in lines:
        _say(line, indent)
    if len(lines) < total:
        _say(f"and {total - len(lines)} more (see all with --all)", indent)


def _heading(title: str, rest: str = "") -> None:
    lines = _wrapped(title + rest)
    echo()
    echo(title, bold=True, nl=False)
    echo(lines.removeprefix(title))


def _say(text: str, indent: int = 0) -> None:
    echo(_wrapped(text, " " * indent))


def _wrapped(text: str, margin: str = "") -> str:
    """The text in lines as wide as the terminal; paths and addresses stay in one piece."""
    return textwrap.fill(
        text,
        shutil.get_terminal_size().columns,
        initial_indent=margin,
        subsequent_indent=margin,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _counted(coverages: Iterable[Coverage]) -> str:
    statuses = [coverage.status for coverage in coverages]
    counts = [
        f"{statuses.count(status)} {words}" for status, words in WORDS.items() if status in statuses
    ]
    return ", ".join(counts)
