"""Arguments, readers and writers that several verbs share."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar

import click

from localplan.cli.output import echo
from localplan.errors import shown

_Command = TypeVar("_Command", bound=Callable[..., Any])

INCOMPLETE = 3


class Day(click.ParamType[date]):
    """A date as people write it: 2025-07-01, 7/1/2025 or July 1, 2025."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Return the date that `value` says."""
        if isinstance(value, date):
            return value
        from localplan.plan.values import day_of  # noqa: PLC0415 (where a date is given)

        try:
            return day_of(str(value))
        except ValueError:
            self.fail(
                f'"{value}" is not a date. Write it like 2025-07-01 or July 1, 2025.', param, ctx
            )


class ProgramYear(click.ParamType[int]):
    """The year in which a program year begins, as people write it: 2025, PY2025 or 2025-26."""

    name = "year"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Return the year that `value` says."""
        if isinstance(value, int):
            return value
        from localplan.plan.values import program_year_of  # noqa: PLC0415 (where a year is given)

        try:
            return program_year_of(str(value))
        except ValueError as error:
            self.fail(f'"{value}" does not fit here. What fits: {error}.', param, ctx)


class _AnswersArgument(click.Argument):
    """The answers file; who forgets it sees a whole command."""

    def process_value(self, ctx: click.Context, value: Any) -> Any:
        """Return the file that `value` names."""
        try:
            return super().process_value(ctx, value)
        except click.MissingParameter:
            raise click.UsageError(
                f"Name the answers file, such as: {ctx.command_path} answers.yaml", ctx
            ) from None


def answers_argument(function: _Command) -> _Command:
    """Add the argument FILE: the answers file."""
    return click.argument("file", type=click.Path(path_type=Path), cls=_AnswersArgument)(function)


def as_of_option(function: _Command) -> _Command:
    """Add the option --as-of: the day on which the plan is looked at."""
    return click.option(
        "--as-of",
        "today",
        type=Day(),
        default=lambda: datetime.now().astimezone().date(),
        metavar="DATE",
        help="Work as if today were DATE, such as 2025-07-01.",
    )(function)


def quoted(path: Path) -> str:
    """Return the name of a file as it is typed in a command: in quotes where it holds a space."""
    return f'"{path}"' if " " in str(path) else str(path)


def examples(*lines: str) -> str:
    """Return an epilog that shows `lines` as examples, one below the other."""
    return "\b\nExamples:\n" + "\n".join(f"  {line}" for line in lines)


def mention_copies(file: Path) -> None:
    """Say on the side that copies of the plan lie beside `file`, or that it is one itself."""
    from localplan.plan.file.copies import conflict_copies, original_of  # noqa: PLC0415 (few verbs)

    original = original_of(file)
    if original is not None:
        echo(
            f"{shown(file.name)} looks like a copy of {shown(original.name)} beside it. "
            f"What you change here does not reach it.\n{_merging(original, file)}",
            err=True,
        )
        return
    copies = conflict_copies(file)
    if not copies:
        return
    lie = "Another copy of this plan lies" if len(copies) == 1 else "Other copies of this plan lie"
    echo(
        f"{lie} beside it: {', '.join(shown(copy.name) for copy in copies)}. Sync programs leave "
        "one when two people save at once, and it may hold answers that are missing here.\n"
        f"{_merging(file, copies[0])}",
        err=True,
    )


def _merging(plan: Path, copy: Path) -> str:
    merged = plan.with_name(f"{plan.stem}-merged{plan.suffix}")
    return f"Bring both together: localplan merge {quoted(plan)} {quoted(copy)} -o {quoted(merged)}"


def schema_option(schema: Path) -> Callable[[_Command], _Command]:
    """The option that prints the published JSON Schema of `--json` and stops."""

    def show(context: click.Context, _: click.Parameter, wanted: bool) -> None:  # noqa: FBT001 (click calls it)
        if wanted:
            echo(schema.read_text(encoding="utf-8").rstrip())
            context.exit()

    return click.option(
        "--schema", is_flag=True, is_eager=True, expose_value=False, callback=show,
        help="Print the JSON Schema of --json, and stop.",
    )  # fmt: skip
