"""`localplan draft`: the plan as Word, web page, PDF or text."""

import sys
from datetime import date
from pathlib import Path

import click

from localplan.cli.common import (
    INCOMPLETE,
    answers_argument,
    as_of_option,
    examples,
    mention_copies,
)
from localplan.cli.output import echo
from localplan.desk.desk import Desk, open_plan
from localplan.desk.drafting import FORMATS
from localplan.desk.outward import kept_inside
from localplan.knowledge.kinds import STAGES, Stage

STANDARD_OUTPUT = "-"
OUTLINE_RULES = frozenset({"outline-file", "outline-unplaced"})
"""What a draft says at once of an outline of one's own."""


@click.command(
    "draft",
    epilog=examples(
        "localplan draft answers.yaml",
        "localplan draft answers.yaml -o plan.html",
        "localplan draft answers.yaml --outline ca --stage public -o public.docx",
        "localplan draft answers.yaml --final -o packet/",
        "localplan draft answers.yaml -o - | less",
    ),
)
@answers_argument
@click.option(
    "-o", "--output", "out", metavar="OUT", help="OUT.docx, .html, .md, .pdf, or - for text."
)
@click.option(
    "--outline", default="", metavar="XX",
    help="elements, a State such as ca, or a file: FILE.yaml (an outline), FILE.j2 (a template).",
)  # fmt: skip
@click.option(
    "--reference", type=click.Path(path_type=Path, exists=True, dir_okay=False), metavar="STYLES",
    help="A Word file whose styles, header and footer the draft takes.",
)  # fmt: skip
@click.option("--stage", type=click.Choice(STAGES), default=None, help="Which readers it is for.")
@click.option(
    "--final", is_flag=True, help="Write the plan for submission; refused while it is incomplete."
)
@as_of_option
def command(
    file: Path,
    *,
    out: str | None,
    outline: str,
    reference: Path | None,
    stage: Stage | None,
    final: bool,
    today: date,
) -> int:
    """Write the plan in FILE as a document. Without -o: a Word file beside FILE.

    A working draft shows everything, gaps and owners too. The other stages show what their readers
    should see.
    """
    plan = open_plan(file, today=today, outline="" if outline.endswith(".j2") else outline)
    mention_copies(file)
    chosen: Stage = "submission" if final else stage or "working"
    _say_what_was_left_out(reference)
    if final:
        return _final(plan, out, outline, reference)
    if out == STANDARD_OUTPUT:
        made = plan.draft(None, stage=chosen, outline=outline)
        sys.stdout.write(made.content.decode())
        return 0
    target = _target(file, out)
    written = plan.draft(target, stage=chosen, outline=outline, reference=reference)
    echo(f"Written: {target}")
    if written.kept:
        echo(f"What somebody else wrote in its place is kept: {written.kept}")
    for name in written.astray:
        echo(f"No text of this draft is called passages.{name}. See its spelling.")
    for finding in plan.checkup(chosen).findings:
        if finding.rule in OUTLINE_RULES and not finding.accepted:
            echo(finding.message)
    if chosen != "working":
        for line in kept_inside(plan):
            echo(line)
    missing = len(plan.checkup(chosen).progress.missing)
    if missing:
        are = "answer is" if missing == 1 else "answers are"
        readers = "" if chosen == "working" else f" --stage {chosen}"
        echo(f"{missing} required {are} missing. See: localplan check {file}{readers}")
    return 0


def _say_what_was_left_out(reference: Path | None) -> None:
    """What a board's own file would have brought along besides its look."""
    if reference is None:
        return
    from localplan.document.docx.reference import left_out  # noqa: PLC0415 (heavy, rarely used)

    found = left_out(reference)
    if found:
        echo(f"Left out of the look of {reference.name}: {'; '.join(found)}.")


def _final(plan: Desk, out: str | None, outline: str, reference: Path | None) -> int:
    """Write the packet, or to a file the plan alone; refused while something is missing."""
    reasons = plan.obstacles()
    if reasons:
        echo("The plan is not ready for submission:", err=True)
        for reason in reasons:
            echo(f"  {reason}", err=True)
        echo(f"See each: localplan check {plan.path} --stage submission --all", err=True)
        return INCOMPLETE
    if out and Path(out).suffix.lower() in FORMATS:
        plan.draft(Path(out), stage="submission", outline=outline, reference=reference)
        echo(f"Written: {out}")
        return 0
    folder = Path(out) if out else plan.path.with_name("packet")
    for path in plan.packet(folder, outline=outline, reference=reference):
        echo(f"Written: {path}")
    for line in kept_inside(plan):
        echo(line)
    rule = plan.state.submission.get("rule", "") if plan.state else ""
    if rule:
        echo(f"About the files: {rule}")
    return 0


def _target(file: Path, out: str | None) -> Path:
    """Where the draft goes; without a name, a Word file beside the answers or in the folder."""
    target = Path(out) if out else file.with_suffix(".docx")
    if target.is_dir() or (out is not None and out.endswith(("/", "\\"))):
        target = target / f"{file.stem}.docx"
    if target.suffix.lower() not in FORMATS:
        kinds = ", ".join(FORMATS)
        raise click.UsageError(f'"{target.name}" should end in one of {kinds}.')
    return target
