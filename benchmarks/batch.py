"""Many plans through the Python API, in two processes that live as long as there are plans."""

import gc
import resource
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from multiprocessing import get_context
from pathlib import Path

from localplan.desk.desk import open_plan
from localplan.desk.drafting import Order, unnumbered
from localplan.document.blocks import Document
from localplan.document.docx import write_docx
from localplan.document.numbering import numbered

TODAY = date(2025, 3, 1)
_BETWEEN_COLLECTIONS = 20


def document(path: Path) -> Document:
    """Return the working draft of the answers at `path`, not yet in any format."""
    return numbered(unnumbered(Order(open_plan(path, today=TODAY)), 1, "draft"))


def drafted(path: Path) -> bytes:
    """Return the Word file for the answers at `path`."""
    return write_docx(document(path))


def seconds_for(paths: Sequence[Path], workers: int) -> tuple[float, float]:
    """Return how long drafting all of `paths` takes, the start of the processes included.

    By the clock, and by what it takes each processor when every worker has one to itself.
    """
    start, used = time.perf_counter(), _used()
    shares = [paths[first::workers] for first in range(workers)]
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        made = sum(pool.map(_draft_all, shares))
    if made != len(paths):
        raise SystemExit("Some plans were not drafted.")
    return time.perf_counter() - start, (_used() - used) / workers


def _used() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _draft_all(paths: Sequence[Path]) -> int:
    gc.disable()
    for number, path in enumerate(paths, 1):
        path.with_suffix(".docx").write_bytes(drafted(path))
        if number % _BETWEEN_COLLECTIONS == 0:
            gc.collect()
    return len(paths)
