"""Time whole processes and functions, always in turn, so that a ratio holds on a busy machine."""

import gc
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ONCE = Path(__file__).with_name("once.py")


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


def fastest(runs: Sequence[Timing]) -> Timing:
    """Return the run that took the processor least: what a quiet machine would show."""
    return min(runs, key=lambda run: run.cpu)


def compared(ours: Sequence[Timing], peer: Sequence[Timing]) -> Pair:
    """Return two rows of runs beside each other."""
    ratios = [one.wall / other.wall for one, other in zip(ours, peer, strict=True)]
    return Pair(median(ours), median(peer), statistics.median(ratios))


def _one_run(command: Command) -> Timing:
    command.before()
    words = (sys.executable, "-I", "-S", str(ONCE), *command.words)
    said = subprocess.run(words, cwd=command.folder, capture_output=True, text=True, check=True)
    wall, cpu, peak, code = said.stdout.split()
    if code not in {"0", "3"}:  # 3: an incomplete plan was checked
        raise SystemExit(f"This failed: {' '.join(command.words)}")
    return Timing(float(wall) * 1000, float(cpu) * 1000, float(peak) / 1024)
