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
    """A date written like 2025-07-01."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Return the date that `value` says."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            self.fail(f'"{value}" is not a date. Write it like 2025-07-01.', param, ctx)


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
    """Say on the side that a sync program left copies of the plan in `file`, and what to do."""
    from localplan.plan.file.copies import conflict_copies  # noqa: PLC0415 (not for every verb)

    copies = conflict_copies(file)
    if not copies:
        return
    merged = file.with_name(f"{file.stem}-merged{file.suffix}")
    lie = "Another copy of this plan lies" if len(copies) == 1 else "Other copies of this plan lie"
    echo(
        f"{lie} beside it: {', '.join(shown(copy.name) for copy in copies)}. Sync programs leave "
        "one when two people save at once, and it may hold answers that are missing here.\n"
        f"Bring both together: localplan merge {quoted(file)} {quoted(copies[0])} "
        f"-o {quoted(merged)}",
        err=True,
    )
