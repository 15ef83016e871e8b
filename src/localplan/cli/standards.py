"""`localplan standards`: what law, frameworks and States ask; a check of your own State file."""

from pathlib import Path

import click

from localplan.cli.common import examples
from localplan.cli.output import echo
from localplan.errors import LocalPlanError
from localplan.knowledge.questions import load_questionnaire
from localplan.knowledge.standards import Requirement, framework_ids, load_framework, load_law
from localplan.knowledge.states import State, load_state, state_ids
from localplan.plan.checks.statefile import check_state_file, said_of_unplaced

CHECK_FAILED = 1


class NoStandardError(LocalPlanError):
    """A name that is no standard."""


@click.command(
    "standards",
    epilog=examples(
        "localplan standards",
        "localplan standards wioa",
        "localplan standards ca",
        "localplan standards --check my-state.yaml",
    ),
)
@click.argument("name", required=False, metavar="[ID]")
@click.option(
    "--check", "file", type=click.Path(path_type=Path), metavar="FILE",
    help="Check a State file of your own; see docs/data-files.md for its shape.",
)  # fmt: skip
def command(name: str | None, file: Path | None) -> int:
    """List the standards a plan is held against, or show what one of them asks."""
    if file:
        return _check(file)
    if not name:
        _list()
    elif name == "wioa":
        _law()
    elif name in framework_ids():
        _framework(name)
    elif name in state_ids():
        _state(load_state(name))
    else:
        raise NoStandardError(f'There is no standard "{name}". See them with: localplan standards')
    return 0


def _check(file: Path) -> int:
    problems = check_state_file(file)
    for problem in problems:
        echo(problem)
    if problems:
        echo(f"{len(problems)} to put right in {file.name}.")
        return CHECK_FAILED
    outline = load_state(str(file.resolve()))
    prompts = sum(1 for _ in outline.prompts())
    echo(f"{file.name} can be used: {prompts} prompts. Try: localplan draft answers.yaml "
               f"--outline {file}")  # fmt: skip
    everywhere = [each for each in load_questionnaire().questions() if not each.when.clauses]
    if left := said_of_unplaced(outline, everywhere):
        echo(left)
    return 0


def _list() -> None:
    law = load_law()
    echo(f"wioa  {law.title} (as of {law.as_of}): {len(law.requirements)} items")
    echo("\nFrameworks")
    for name in framework_ids():
        framework = load_framework(name)
        echo(f"  {name:22} {framework.name}: {len(framework.criteria)} criteria")
    echo("\nOutlines")
    for name in state_ids():
        state = load_state(name)
        echo(f"  {name:22} {state.name}: {state.title} (as of {state.as_of})")


def _law() -> None:
    law = load_law()
    echo(f"{law.title} (as of {law.as_of})\n")
    for requirement in law.requirements:
        _requirement(requirement)
    echo("\nRules that no answer can show")
    for rule in law.rules:
        echo(f"{rule.id}  {rule.heading}\n    {rule.says}\n    {rule.cite}")
    echo("\nRecent changes to look at")
    for note in law.watch:
        echo(f"{note.date}  {note.topic}\n    {note.note}\n    {note.do}")


def _requirement(requirement: Requirement) -> None:
    echo(f"{requirement.id}  {requirement.heading}")
    echo(f"    {requirement.asks}")
    if requirement.only_if:
        echo(f"    Needed only in this case. {requirement.only_if}")
    if requirement.note:
        echo(f"    {requirement.note}")
    echo(f"    {requirement.citation}")


def _framework(name: str) -> None:
    framework = load_framework(name)
    echo(f"{framework.name}\n{framework.document}")
    for line in (framework.edition, framework.superseded_by, framework.note):
        if line:
            echo(line)
    for criterion in framework.criteria:
        echo(f"\n{criterion.id} ({criterion.element}, {criterion.actor})")
        echo(f"    {criterion.says}")
        echo(f"    Look for: {criterion.sought}")


def _state(state: State) -> None:
    echo(f"{state.name}: {state.title} (as of {state.as_of})\n{state.source}")
    if state.checked:
        echo(f"Check before use: {state.checked}")
    for section in state.sections:
        seen = " (only headings were seen)" if section.heading_only else ""
        limit = _limit(section.words, section.pages)
        echo(f"\n{f'{section.number} {section.heading}'.strip()}{limit}{seen}")
        for prompt in section.prompts:
            regional = " (regional)" if prompt.level == "regional" else ""
            asked = prompt.heading or prompt.prompt
            limit = _limit(prompt.words, prompt.pages)
            echo(f"  {prompt.number:6}  {asked}{regional}{limit}")
    if state.attachments:
        echo("\nAttachments, each with its id")
    for piece in state.attachments:
        echo(f"  {piece.id:24} {piece.item}")
    _sending(state)


def _sending(state: State) -> None:
    """How the plan is sent: who signs, in which files, when."""
    if state.signers:
        echo("\nWho signs")
    for signer in state.signers:
        echo(f"  {signer.role}: {signer.body}".removesuffix(": "))
    if rule := state.submission.get("rule"):
        echo(f"\nFiles: {rule}")
    if state.comment_days:
        echo(f"Comment period: {state.comment_days} days")
    if due := state.calendar.get("submission"):
        echo(f"Due: {due}")


def _limit(words: int, pages: int) -> str:
    parts = (f"{words:,} words" if words else "", f"{pages} pages" if pages else "")
    told = " and ".join(part for part in parts if part)
    return f", at most {told}" if told else ""
