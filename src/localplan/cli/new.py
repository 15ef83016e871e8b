"""`localplan new`: start the answers file of a plan."""

import difflib
import json
from datetime import date
from pathlib import Path

import click

from localplan.cli.common import ProgramYear, answers_argument, examples
from localplan.cli.output import echo
from localplan.desk.files import make_folder, refuse_existing, write_whole
from localplan.knowledge.lists import labels
from localplan.knowledge.questions import Questionnaire, load_questionnaire
from localplan.knowledge.standards import StandardsError
from localplan.knowledge.states import load_state, state_ids
from localplan.plan.file.blank import blank_answers
from localplan.plan.file.saving import create
from localplan.plan.file.schema import json_schema

YEARS = 4
"""Program years of a local plan (WIOA sec. 108(a))."""


@click.command(
    "new",
    epilog=examples(
        "localplan new answers.yaml",
        'localplan new answers.yaml --board "Three Rivers Workforce Board" --state CA',
        "localplan new answers.yaml --state KY --outline kentucky.yaml",
        "localplan new answers.yaml --first-year 2025 --track existing",
    ),
)
@answers_argument
@click.option("--board", metavar="NAME", help="The board's name.")
@click.option("--state", metavar="XX", help="The State's two letters, such as CA.")
@click.option(
    "--outline", metavar="NAME|FILE",
    help="The outline that the submitted plan follows: see localplan standards, or a file.",
)  # fmt: skip
@click.option(
    "--first-year", type=ProgramYear(), metavar="YEAR",
    help="First program year, such as 2025 for July 1, 2025 to June 30, 2026.",
)  # fmt: skip
@click.option(
    "--kind", type=click.Choice(["four-year", "modification"]), help="Which kind of plan."
)
@click.option(
    "--track", type=click.Choice(["new", "existing"]),
    help="new: the board begins with career pathways. existing: it joins programs that run.",
)  # fmt: skip
def command(
    file: Path,
    *,
    board: str | None,
    state: str | None,
    outline: str | None,
    first_year: int | None,
    kind: str | None,
    track: str | None,
) -> int:
    """Start a new answers file, FILE.

    Its comments explain every part, for those who like to fill it in an editor; a schema beside it
    lets the editor complete and check what you type.
    """
    if file.suffix.lower() not in {".yaml", ".yml"}:
        raise click.UsageError(f'"{file.name}" should end in .yaml, such as answers.yaml.')
    refuse_existing(file)
    code = _state_code(state) if state else None
    outline = _outline(outline, code, file.parent)
    make_folder(file.parent)
    questionnaire = load_questionnaire()
    schema = file.with_suffix(".schema.json")
    given = {
        "board.name": board,
        "board.state": code,
        "plan.outline": outline,
        "plan.kind": kind,
        "plan.track": track,
        **_period(first_year, kind),
    }
    answers = {path: value for path, value in given.items() if value}
    create(file, blank_answers(questionnaire, answers, schema=schema.name))
    write_whole(schema, _schema(questionnaire))
    echo(f"Started: {file}")
    echo(f"Answer the questions with: localplan interview {file}")
    echo("Or open the file in an editor; its comments explain every part.")
    if code and not outline:
        echo(_without_outline(code, file))
    elif outline and outline in state_ids() and (chosen := load_state(outline)).is_old:
        echo(
            f"The outline of {chosen.name} is an old edition, {chosen.edition}. Compare it with "
            f"the State's present form before you rely on it: localplan standards {outline}"
        )
    return 0


def _outline(wanted: str | None, code: str | None, folder: Path) -> str | None:
    """The outline that was asked for, else the State's own where one ships.

    Raises:
        BadParameter: the one asked for is not there, or cannot be used.
    """
    if not wanted:
        return code.lower() if code and code.lower() in state_ids() else None
    try:
        load_state(wanted, folder)
    except StandardsError as error:
        raise click.BadParameter(str(error), param_hint="--outline") from error
    return wanted


def _without_outline(code: str, file: Path) -> str:
    name = labels("states")[code]
    return (
        f"No outline of {name} ships with the program, so the plan is written in the order of the "
        "six elements.\n"
        f"Nothing of what {name} asks beyond federal law is checked. For the order of the federal "
        f"rule: localplan set {file} plan.outline federal\n"
        f"How to write {name}'s own outline is in docs/data-files.md of the program's source; name "
        "its file in the same way."
    )


def _state_code(state: str) -> str:
    """The two letters of a State given by its letters or its name.

    Raises:
        BadParameter: there is no such State.
    """
    known = labels("states")
    wanted = state.strip().casefold()
    for code, name in known.items():
        if wanted in {code.casefold(), name.casefold()}:
            return code
    close = difflib.get_close_matches(state.strip().title(), known.values(), 1)
    hint = f" Did you mean {close[0]}?" if close else " Give its two letters, such as CA."
    raise click.BadParameter(f'"{state}" is no State.{hint}', param_hint="--state")


def _period(first_year: int | None, kind: str | None) -> dict[str, str]:
    """The period that follows from the first program year of a four-year plan."""
    if not first_year:
        return {}
    if kind == "modification":
        return {"plan.first_program_year": str(first_year)}
    return {
        "plan.first_program_year": str(first_year),
        "plan.program_years": str(YEARS),
        "plan.period_start": date(first_year, 7, 1).isoformat(),
        "plan.period_end": date(first_year + YEARS, 6, 30).isoformat(),
    }


def _schema(questionnaire: Questionnaire) -> bytes:
    return json.dumps(json_schema(questionnaire), indent=1, ensure_ascii=False).encode()
