"""Arguments, readers and writers that several verbs share."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar

import click

from localplan.cli.output import echo
from localplan.errors import LocalPlanError, shown
from localplan.plan.file import disk

_Command = TypeVar("_Command", bound=Callable[..., Any])

INCOMPLETE = 3


class WriteError(LocalPlanError):
    """A file that cannot be written, and what to do about it."""


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


def accepting(name: str, reason: str) -> str:
    """Return the lines of an answers file that let the finding called `name` stand."""
    return f"    accepted:\n      {name}:\n        reason: {reason}"


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


def refuse_existing(path: Path) -> None:
    """Refuse to touch a file that is already there.

    Raises:
        WriteError: `path` exists.
    """
    if path.exists():
        raise WriteError(f"{path} is already there. Choose another name, or move it away first.")


def write_whole(path: Path, content: bytes, *, like: Path | None = None) -> None:
    """Write `content` to `path` all at once or not at all, making its folder where needed.

    A new file is as open to others as the plan `like`; without one the system decides.

    Raises:
        LocalPlanError: the folder or file cannot be written, or another program holds it open.
    """
    if path.is_dir():
        raise WriteError(f"{path} is a folder. Name a file in it with -o.")
    make_folder(path.parent)
    try:
        disk.replace(path, content, like=like)
    except disk.HeldError as error:
        raise held(path) from error


def held(path: Path) -> WriteError:
    """Return what to say of a file to be written that another program does not let go."""
    return WriteError(
        f"{path} is open in another program, or may not be written to. "
        "Nothing was written.\nClose it there, or choose another name with -o."
    )


def make_folder(folder: Path) -> None:
    """Make `folder` and those above it where they are not there.

    Raises:
        WriteError: it cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        why = (error.strerror or "unknown reason").lower()
        raise WriteError(
            f"The folder {folder} cannot be made ({why}). Choose another place."
        ) from error
