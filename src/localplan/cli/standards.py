"""`localplan standards`: what law, frameworks and States ask; a check of your own State file."""

from pathlib import Path

import click

from localplan.cli.common import examples
from localplan.cli.output import echo
from localplan.errors import LocalPlanError
from localplan.knowledge.lists import labels
from localplan.knowledge.questions import load_questionnaire
from localplan.knowledge.standards import Requirement, framework_ids, load_framework, load_law
from localplan.knowledge.states import State, load_state, state_ids
from localplan.plan.checks.datafiles import CALLED, look_at
from localplan.plan.checks.datanames import said_of_answers
from localplan.plan.checks.dataschemas import write_schemas
from localplan.plan.checks.meant import meant
from localplan.plan.checks.statefile import check_state_file, remarks_on

CHECK_FAILED = 1


class NoStandardError(LocalPlanError):
    """A name that is no standard."""


@click.command(
    "standards",
    epilog=examples(
        "localplan standards",
        "localplan standards wioa",
        "localplan standards ca",
        "localplan standards my-state.yaml",
        "localplan standards --check my-state.yaml",
        "localplan standards --targets training",
    ),
)
@click.argument("name", required=False, metavar="[ID]")
@click.option(
    "--check", "file", type=click.Path(path_type=Path), metavar="FILE",
    help="Check a State, framework, file of questions or of law; docs/data-files.md shows each.",
)  # fmt: skip
@click.option(
    "--targets", "word", is_flag=False, flag_value="", metavar="[WORD]",
    help="List the answers that a data file can name, or those with WORD in them.",
)  # fmt: skip
@click.option(
    "--schemas", "folder", type=click.Path(path_type=Path, file_okay=False), metavar="DIR",
    help="Write the JSON Schema of each kind of data file, for editors.",
)  # fmt: skip
def command(name: str | None, *, file: Path | None, word: str | None, folder: Path | None) -> int:
    """List the standards a plan is held against, or show what one of them asks.

    ID is one of those listed, or FILE.yaml with a State outline of your own. --check ends with 0
    when the file can be used, and with 1 when something in it must be put right.
    """
    if file:
        return _check(file)
    if word is not None:
        return _targets(word)
    if folder:
        for path in write_schemas(folder):
            echo(f"Written: {path}")
    elif not name:
        _list()
    elif name == "wioa":
        _law()
    elif name in framework_ids():
        _framework(name)
    elif name in state_ids() or name.endswith((".yaml", ".yml")):
        _state(load_state(name))
    else:
        raise NoStandardError(
            f'There is no standard "{name}". {_meant(name)}See them with: localplan standards'
        )
    return 0


def _meant(name: str) -> str:
    """Which standard somebody wrote by its name, or misspelled."""
    states = {code.lower(): said for code, said in labels("states").items()}
    outlines = {code: states.get(code, "") for code in state_ids()}
    hint = meant(name, {"wioa": "", **labels("frameworks"), **outlines})
    return f"{hint} " if hint else ""


def _check(file: Path) -> int:
    looked = look_at(file)
    problems = check_state_file(file) if looked.kind == "State" else looked.problems
    for problem in problems:
        echo(problem)
    if problems:
        echo(f"{len(problems)} to put right in {file.name}, read as {CALLED[looked.kind]}.")
        return CHECK_FAILED
    if looked.kind == "State":
        _usable_state(file)
    else:
        echo(f"{file.name} can be used: {CALLED[looked.kind]}.")
    return 0


def _usable_state(file: Path) -> None:
    outline = load_state(str(file.resolve()))
    prompts = sum(1 for _ in outline.prompts())
    echo(f"{file.name} can be used: {prompts} prompts. Try: localplan draft answers.yaml "
               f"--outline {file}")  # fmt: skip
    everywhere = [each for each in load_questionnaire().questions() if not each.when.clauses]
    remarks = remarks_on(file, everywhere)
    if remarks:
        echo("\nWorth a look; the file can be used as it is:")
    for remark in remarks:
        echo(remark)


def _targets(word: str) -> int:
    found = tuple(said_of_answers(word))
    for name, element, said in found:
        echo(f"{name:46} {element:14} {said}")
    if not found:
        echo(f'No answer has "{word}" in its name or question. See all: localplan standards '
             "--targets")  # fmt: skip
        return CHECK_FAILED
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
        old = f", old edition {state.edition}" if state.is_old else ""
        echo(f"  {name:22} {state.name}: {state.title} (as of {state.as_of}{old})")


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
    echo(state.seen)
    for section in state.sections:
        seen = " (only headings were seen)" if section.heading_only else ""
        limit = _limit(section.words, section.pages)
        echo(f"\n{f'{section.number} {section.heading}'.strip()}{limit}{seen}")
        for prompt in section.prompts:
            regional = " (regional)" if prompt.level == "regional" else ""
            regional += " (a place of ours, not the State's)" if prompt.ours else ""
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
