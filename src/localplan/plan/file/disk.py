"""The one way to the disk for every file we keep: answers, reviews, ledgers, journals, backups.

A file is replaced whole or not at all, so that a crash or a full disk never harms what was there.
Whoever changes a kept file reads it and writes it inside `changing`, so that no one's work is lost
when two people work at once.
"""

import errno
import glob
import os
import stat
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import BinaryIO

from localplan.errors import LocalPlanError

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_PAUSE = 0.05
_ATTEMPTS = 40 if os.name == "nt" else 1
"""Windows refuses to replace a file for as long as a virus scanner or a sync program reads it."""
_PATIENCE = 600
"""How often a lock is tried for, half a minute in all.

Eight processes that saved a full plan forty times without a pause kept one of them waiting for five
and a half seconds; four seconds, as allowed before, let a save go on without the lock.
"""
_STALE_SECONDS = 60.0
_SIDE = ".localplan"
_LOCK = ".lock"
_TAKEN = frozenset({errno.EAGAIN, errno.EWOULDBLOCK, errno.EACCES, errno.EDEADLK})
"""What the system says of a lock that someone else holds; anything else: no locks here."""
_FULL = frozenset({errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)})
_FORBIDDEN = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})


class _Held(threading.local):
    """The folders whose lock this thread holds."""

    def __init__(self) -> None:
        self.folders: set[Path] = set()


_held = _Held()


class AnswersError(LocalPlanError):
    """The answers file cannot be read or written."""


class HeldError(AnswersError):
    """A file that another program holds open, or that may not be written where it is."""


class BusyError(AnswersError):
    """The plan is being changed by someone else, who does not come to an end."""


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


def replace(path: Path, content: bytes, *, like: Path | None = None) -> None:
    """Put `content` into the file at `path`, whole or not at all.

    A file that is there keeps its mode, owner and group as far as the system allows. A new one
    takes those of `like`, the plan it belongs to, or without a plan what new files get.

    Raises:
        AnswersError: the file or its folder cannot be written; what was there is untouched.
    """
    target = path.resolve()
    _refuse_read_only(path, target)
    temporary = target.with_name(f".{target.name}.{os.urandom(4).hex()}.tmp")
    try:
        _write(temporary, content, _model_of(target, like))
        _swap(temporary, target)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        kind = HeldError if error.errno in _FORBIDDEN else AnswersError
        raise kind(_why_not(path, error)) from error
    _settle(target.parent)


def append(path: Path, lines: bytes, *, like: Path) -> int:
    """Add whole lines to the end of the file at `path`, and return how long it was before.

    A last line that a crash cut off is closed first. The file is as open as the plan `like`.

    Raises:
        OSError: they cannot be added; the file is as it was.
    """
    with open(path, "ab+", buffering=0, opener=partial(os.open, mode=0o600)) as file:
        size = file.seek(0, os.SEEK_END)
        if size and _last_byte(file) != b"\n":
            lines = b"\n" + lines
        try:
            while lines:
                lines = lines[file.write(lines) :]
            os.fsync(file.fileno())
        except OSError:
            file.truncate(size)
            raise
    model = _status_of(like)
    if model is not None and path.stat().st_mode != model.st_mode:
        _make_like(path, model)
    return size


def _last_byte(file: BinaryIO) -> bytes:
    file.seek(-1, os.SEEK_END)
    return file.read(1)


@contextmanager
def changing(path: Path) -> Iterator[None]:
    """Hold back every other change to what is kept in the folder of `path` while the block runs.

    Read inside the block what you change: then nothing that others wrote is lost. Plans of one
    folder share their ledger, so one lock serves the folder; a block within a block goes on. The
    system frees the lock when the process ends, however it ends. Where locks do not work (some
    network drives) the block runs without one.

    Raises:
        BusyError: someone else holds the lock and does not let go.
    """
    folder = path.resolve().parent
    if folder in _held.folders:
        yield
        return
    lock = _lock_of(path)
    _held.folders.add(folder)
    try:
        yield
    finally:
        _held.folders.discard(folder)
        if lock is not None:
            lock.close()


def side_folder(path: Path) -> Path:
    """The hidden folder beside the answers file for backups and the journal; made if not there."""
    _side_of(path)
    return folder_for(path, *hidden(path).parts[-2:])


def hidden(path: Path) -> Path:
    """Where the hidden folder of the answers file is, or would be."""
    real = path.resolve()
    return real.parent / _SIDE / real.name


def folder_for(plan: Path, *names: str) -> Path:
    """The folder `names` beside the plan, made where it is not there.

    Whom the plan is open to, the folder is open to.

    Raises:
        OSError: it cannot be made.
    """
    folder = plan.resolve().parent
    model = _status_of(plan) or folder.stat()
    for name in names:
        folder = folder / name
        made = not folder.is_dir()
        if made:
            folder.mkdir(exist_ok=True)
        _open_up(folder, model, made=made)
    return folder


def _refuse_read_only(path: Path, target: Path) -> None:
    if not target.parent.is_dir():
        raise AnswersError(f"There is no folder {target.parent}. Make it first.")
    if target.exists() and not target.stat().st_mode & stat.S_IWUSR:
        raise AnswersError(
            f"{path} is read-only, so nothing was changed. "
            "Allow writing in the file's properties, or work on a copy."
        )


def _write(temporary: Path, content: bytes, model: os.stat_result | None) -> None:
    _sweep(temporary)
    mode = 0o666 if model is None else 0o600
    with open(temporary, "xb", opener=partial(os.open, mode=mode)) as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    _verify(temporary, content)
    if model is not None:
        _make_like(temporary, model)


def _model_of(target: Path, like: Path | None) -> os.stat_result | None:
    """The file whose mode, owner and group a new state of `target` takes, if there is one."""
    return _status_of(target) or (_status_of(like) if like else None)


def _status_of(path: Path) -> os.stat_result | None:
    try:
        return path.stat()
    except OSError:
        return None


def _make_like(path: Path, model: os.stat_result) -> None:
    """Give `path` the mode, owner and group of `model`; a group that is not kept gets no more."""
    mode = model.st_mode & 0o777 | stat.S_IRUSR | stat.S_IWUSR
    if not _gave(path, model):
        mode &= 0o707 | (mode & 0o007) << 3
    path.chmod(mode)


def _gave(path: Path, model: os.stat_result) -> bool:
    """Give the file the owner and the group of `model`; False when the group could not be kept."""
    now = path.stat()
    if sys.platform == "win32" or (now.st_uid, now.st_gid) == (model.st_uid, model.st_gid):
        return True
    for owner in (model.st_uid, -1):
        with suppress(OSError):
            os.chown(path, owner, model.st_gid)
            return True
    return False


def _open_up(folder: Path, model: os.stat_result, *, made: bool) -> None:
    """Open a folder to whom the file `model` is open; other plans may need it wider still."""
    allowed = model.st_mode & 0o666 | stat.S_IRUSR | stat.S_IWUSR
    needed = allowed | (allowed & 0o444) >> 2
    with suppress(OSError):
        if made:
            _gave(folder, model)
        now = stat.S_IMODE(folder.stat().st_mode)
        wanted = now & ~0o777 | needed if made else now | needed
        if wanted != now:
            folder.chmod(wanted)


def _verify(written: Path, content: bytes) -> None:
    if written.read_bytes() != content:
        raise OSError(errno.EIO, "what was written does not read back the same")


def _sweep(temporary: Path) -> None:
    """Remove temporary files of the same target that a killed process left behind."""
    stem = temporary.name.rsplit(".", 2)[0]
    for left in temporary.parent.glob(f"{glob.escape(stem)}.*.tmp"):
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


def _side_of(plan: Path) -> Path:
    """The hidden folder of all plans of a folder, kept out of version control."""
    folder = folder_for(plan, _SIDE)
    ignored = _status_of(folder / ".gitignore")
    if ignored is None or not ignored.st_size:
        with suppress(AnswersError):
            replace(folder / ".gitignore", b"*\n", like=plan)
    return folder


def _lock_of(path: Path) -> BinaryIO | None:
    try:
        lock = _opened_lock(_side_of(path) / _LOCK, path)
    except OSError:
        return None
    try:
        works = _waited_for(lock.fileno())
    except OSError:
        lock.close()
        return None
    if not works:
        lock.close()
        raise BusyError(
            f"{path} is being changed by another program that does not come to an end, so nothing "
            "was changed. Close it there, or try again later."
        )
    return lock


def _opened_lock(lock: Path, plan: Path) -> BinaryIO:
    """The lock file, made where it is not there; who may only read it can lock it all the same."""
    made = not lock.exists()
    try:
        file: BinaryIO = lock.open("ab")
    except PermissionError:
        return lock.open("rb")
    model = _status_of(plan)
    if made and model is not None:
        with suppress(OSError):
            _make_like(lock, model)
    return file


def _waited_for(handle: int) -> bool:
    """Take the lock; False when someone else holds it and does not let go.

    Raises:
        OSError: locks do not work here.
    """
    for _ in range(_PATIENCE):
        try:
            if sys.platform == "win32":
                msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
            else:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            if error.errno not in _TAKEN:
                raise
            time.sleep(_PAUSE)
        else:
            return True
    return False
