"""Time whole processes and functions, always in turn, so that a ratio holds on a busy machine."""

import gc
import os
import statistics
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Timing:
    """What several runs of one thing took; medians, times in milliseconds."""

    wall: float
    cpu: float
    peak: float
    """The most memory a run held, in megabytes; 0 where it was not measured."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two things that took turns, and the median of their ratios, pair by pair."""

    ours: Timing
    peer: Timing
    ratio: float


@dataclass(frozen=True, slots=True)
class Command:
    """A program to run, and the folder in which it runs."""

    words: Sequence[str]
    folder: Path
    before: Callable[[], object] = gc.collect
    """Done before each run, outside of the time."""


def processes(commands: Mapping[str, Command], rounds: int) -> dict[str, list[Timing]]:
    """Run every command once in turn, `rounds` times after one round that is not counted."""
    runs: dict[str, list[Timing]] = {name: [] for name in commands}
    for number in range(rounds + 1):
        for name, command in commands.items():
            timing = _one_run(command)
            if number:
                runs[name].append(timing)
    return runs


def calls(functions: Mapping[str, Callable[[], object]], rounds: int) -> dict[str, list[Timing]]:
    """Call every function once in turn, `rounds` times after two rounds that warm them up."""
    runs: dict[str, list[Timing]] = {name: [] for name in functions}
    for number in range(rounds + 2):
        for name, function in functions.items():
            gc.collect()
            wall, cpu = time.perf_counter(), time.process_time()
            function()
            wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
            if number > 1:
                runs[name].append(Timing(wall * 1000, cpu * 1000, 0))
    return runs


def median(runs: Sequence[Timing]) -> Timing:
    """Return the medians of several runs."""
    return Timing(
        statistics.median(run.wall for run in runs),
        statistics.median(run.cpu for run in runs),
        statistics.median(run.peak for run in runs),
    )


def compared(ours: Sequence[Timing], peer: Sequence[Timing]) -> Pair:
    """Return two rows of runs beside each other."""
    ratios = [one.wall / other.wall for one, other in zip(ours, peer, strict=True)]
    return Pair(median(ours), median(peer), statistics.median(ratios))


def _one_run(command: Command) -> Timing:
    command.before()
    start = time.perf_counter()
    process = subprocess.Popen(
        command.words, cwd=command.folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    _, status, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in {0, 3}:  # 3: an incomplete plan was checked
        raise SystemExit(f"This failed: {' '.join(command.words)}")
    cpu = used.ru_utime + used.ru_stime
    return Timing(wall * 1000, cpu * 1000, used.ru_maxrss / 1024)
