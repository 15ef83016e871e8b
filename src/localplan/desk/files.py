"""Write the files that people asked for, whole or not at all."""

from pathlib import Path

from localplan.errors import LocalPlanError
from localplan.plan.file import disk


class WriteError(LocalPlanError):
    """A file that cannot be written, and what to do about it."""


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
