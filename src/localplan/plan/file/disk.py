"""Read and write the bytes of a file so that a crash or a full disk never harms what was there."""

import errno
import os
import stat
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import BufferedWriter
from pathlib import Path

from localplan.errors import LocalPlanError

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_PATIENCE = 40
_PAUSE = 0.05
_ATTEMPTS = _PATIENCE if os.name == "nt" else 1
"""Windows refuses to replace a file for as long as a virus scanner or a sync program reads it."""
_STALE_SECONDS = 60.0
_FULL = frozenset({errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)})
_FORBIDDEN = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})


class AnswersError(LocalPlanError):
    """The answers file cannot be read or written."""


class HeldError(AnswersError):
    """A file that another program holds open, or that may not be written where it is."""


def read(path: Path) -> bytes:
    """The bytes of the answers file at `path`.

    Raises:
        AnswersError: it is a folder, is not there, or may not be read.
    """
    if path.is_dir():
        raise AnswersError(
            f"{path} is a folder. Name the answers file in it, such as {path / 'answers.yaml'}"
        )
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise AnswersError(
            f"There is no file {path}. Begin one with: localplan new {path}"
        ) from error
    except OSError as error:
        raise AnswersError(
            f"{path} cannot be opened ({error.strerror}). Close other programs that use it, "
            "or check that you may read it."
        ) from error


def replace(path: Path, content: bytes) -> None:
    """Put `content` into the file at `path`, whole or not at all.

    Raises:
        AnswersError: the file or its folder cannot be written; what was there is untouched.
    """
    target = path.resolve()
    _refuse_read_only(path, target)
    temporary: Path | None = None
    try:
        temporary = _written_beside(target, content)
        _swap(temporary, target)
    except OSError as error:
        if temporary is not None:
            temporary.unlink(missing_ok=True)
        kind = HeldError if error.errno in _FORBIDDEN else AnswersError
        raise kind(_why_not(path, error)) from error
    _settle(target.parent)


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold back other saves of the same file by this program while the block runs.

    The system frees the lock when the process ends, however it ends. Where locks do not work
    (some network drives) the block runs without one.
    """
    lock = _lock_of(path)
    try:
        yield
    finally:
        if lock is not None:
            lock.close()


def side_folder(path: Path) -> Path:
    """The hidden folder beside the answers file for backups, made when it is not there."""
    folder = path.resolve().parent / ".localplan" / path.name
    if not folder.is_dir():
        folder.mkdir(parents=True, exist_ok=True)
        (folder.parent / ".gitignore").write_text("*\n", encoding="utf-8")
    return folder


def _refuse_read_only(path: Path, target: Path) -> None:
    if not target.parent.is_dir():
        raise AnswersError(f"There is no folder {target.parent}. Make it first.")
    if target.exists() and not target.stat().st_mode & stat.S_IWUSR:
        raise AnswersError(
            f"{path} is read-only, so nothing was changed. "
            "Allow writing in the file's properties, or work on a copy."
        )


def _written_beside(target: Path, content: bytes) -> Path:
    import tempfile  # noqa: PLC0415 (reading verbs never write, and start faster without it)

    _sweep(target)
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".tmp", dir=target.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        _verify(temporary, content)
        if target.exists():
            temporary.chmod(stat.S_IMODE(target.stat().st_mode))
        else:
            temporary.chmod(0o644)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise
    return temporary


def _verify(written: Path, content: bytes) -> None:
    if written.read_bytes() != content:
        raise OSError(errno.EIO, "what was written does not read back the same")


def _sweep(target: Path) -> None:
    """Remove temporary files that a killed process left behind."""
    for left in target.parent.glob(f".{target.name}.*.tmp"):
        with suppress(OSError):
            if time.time() - left.stat().st_mtime > _STALE_SECONDS:
                left.unlink()


def _swap(temporary: Path, target: Path) -> None:
    for left in reversed(range(_ATTEMPTS)):
        try:
            temporary.replace(target)
        except PermissionError:
            if not left:
                raise
            time.sleep(_PAUSE)
        else:
            return


def _why_not(path: Path, error: OSError) -> str:
    if error.errno in _FULL:
        return f"The disk is full, so {path} was not changed. Free some space and save again."
    if error.errno in _FORBIDDEN:
        return (
            f"{path} was not changed. It is open in another program, or may not be written to.\n"
            "Close it there and try again, or work on a copy elsewhere."
        )
    return f"{path} was not changed ({error.strerror}). Try again, or work on a copy elsewhere."


def _settle(folder: Path) -> None:
    """Make the new name of the file last through a power failure, where the system can."""
    if sys.platform != "win32":
        with suppress(OSError):
            handle = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)


def _lock_of(path: Path) -> BufferedWriter | None:
    try:
        lock = (side_folder(path) / "lock").open("ab")
    except OSError:
        return None
    _wait_for(lock.fileno())
    return lock


def _wait_for(handle: int) -> None:
    for _ in range(_PATIENCE * 2):
        try:
            if sys.platform == "win32":
                msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
            else:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            time.sleep(_PAUSE)
        else:
            return
