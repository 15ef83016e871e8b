"""Keep what is slow to make and easy to make again from one run to the next.

It lies in the cache folder of the person's account, which may be cleared at any time. Where it
cannot be read or written, things are made again and nobody notices. `LOCALPLAN_CACHE` names
another folder; empty, it turns the cache off.
"""

import os
import sys
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path

from localplan.version import VERSION

_MOST = 300
"""Files that are kept; beyond these the ones written first go."""
_SEAL = 16


def read(kind: str, key: bytes) -> bytes | None:
    """Return what `keep` was given for `key`; None when it is not there any more."""
    path = _path(kind, key)
    if path is None:
        return None
    try:
        stored = path.read_bytes()
    except OSError:
        return None
    content = stored[_SEAL:]
    return content if stored[:_SEAL] == _sealed(content) else None


def keep(kind: str, key: bytes, content: bytes) -> None:
    """Keep `content` for `key` as long as there is room."""
    path = _path(kind, key)
    if path is None:
        return
    import tempfile  # noqa: PLC0415 (most runs only read)

    with suppress(OSError):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent)
        with os.fdopen(handle, "wb") as temporary:
            temporary.write(_sealed(content) + content)
        Path(name).replace(path)
        _make_room(path.parent)


def folder() -> Path | None:
    """Return the folder for it; None where there is no good place."""
    chosen = os.environ.get("LOCALPLAN_CACHE")
    if chosen is not None:
        return Path(chosen) if chosen else None
    own = Path(os.environ.get("HOME") or "unknown")
    if sys.platform == "win32":
        home = Path(os.environ.get("LOCALAPPDATA") or "unknown")
    elif sys.platform == "darwin":
        home = own / "Library" / "Caches"
    else:
        home = Path(os.environ.get("XDG_CACHE_HOME") or own / ".cache")
    return home / "localplan" if home.is_absolute() else None


def _sealed(content: bytes) -> bytes:
    """What stands before `content`, so that a damaged file is known as one."""
    return blake2b(content, digest_size=_SEAL).digest()


def _path(kind: str, key: bytes) -> Path | None:
    home = folder()
    name = blake2b(key, key=VERSION.encode(), digest_size=16).hexdigest()
    return home / f"{kind}-{name}" if home else None


def _make_room(home: Path) -> None:
    files = list(home.iterdir())
    if len(files) > _MOST:
        files.sort(key=lambda file: file.stat().st_mtime)
        for file in files[: len(files) - _MOST // 2]:
            file.unlink(missing_ok=True)
