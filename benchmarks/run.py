"""Draft plans of known sizes beside pandoc, docxtpl and copier, and write RESULTS.md.

`make bench` runs all of it. `python benchmarks/run.py --rounds 3` is quicker; `--only drafts`
(or `memory`, `start`, `verbs`, `batch`) runs a part and leaves RESULTS.md alone.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from importlib.metadata import version
from pathlib import Path

import batch
import content
import peers
from measure import Command, Pair, Timing, calls, compared, fastest, median, processes

from localplan.resources import EXAMPLES, TEMPLATES

HERE = Path(__file__).parent
BIN = Path(sys.executable).parent
REFERENCE = TEMPLATES / "reference.docx"
CACHE = "LOCALPLAN_CACHE"
PLANS = 590
WORKERS = 2


@dataclass(frozen=True, slots=True)
class Row:
    """One figure beside its bar."""

    what: str
    ours: str
    peer: str
    figure: float
    bar: float
    unit: str = ""
    """Blank for a ratio."""


@dataclass(frozen=True, slots=True)
class Bench:
    """Where the bench works and how often it runs things."""

    folder: Path
    rounds: int
    pandoc: str | None


def drafts(bench: Bench) -> Iterator[Row]:
    """Whole processes beside pandoc, and warm in process beside docxtpl."""
    bars = (("typ", 0.9, 0.8), ("1x", 0.5, 0.8))
    for size, against_pandoc, against_docxtpl in bars:
        path = _answers(bench, size)
        document = batch.document(path)
        words, tables, pictures = peers.counts(document)
        about = f"{words:,} words, {tables} tables, {pictures} pictures"
        if bench.pandoc:
            text = peers.for_pandoc(document, path.parent)
            for name, pair in _beside_pandoc(bench, path, text).items():
                yield _row(f"{name}, as a process beside pandoc: {about}", pair, against_pandoc)
        other = peers.WithDocxtpl(document, REFERENCE)
        runs = calls({"ours": partial(batch.drafted, path), "peer": other.render}, bench.rounds)
        pair = compared(runs["ours"], runs["peer"])
        yield _row(f"a draft, warm in process beside docxtpl: {about}", pair, against_docxtpl)


def memory(bench: Bench) -> Iterator[Row]:
    """Ten times the content: time and memory."""
    small, large = _answers(bench, "1x"), _answers(bench, "10x")
    runs = processes(
        {"small": _draft(bench, small), "large": _draft(bench, large)}, max(bench.rounds // 3, 1)
    )
    one, ten = median(runs["small"]), median(runs["large"])
    yield Row(
        "ten times the content, as a process: time",
        _milliseconds(ten), _milliseconds(one), ten.wall / one.wall, 10,
    )  # fmt: skip
    yield Row(
        "ten times the content, as a process: memory",
        f"{ten.peak:.0f} MB", f"{one.peak:.0f} MB", ten.peak / one.peak, 3,
    )  # fmt: skip


def start(bench: Bench) -> Iterator[Row]:
    """How soon the command answers, beside copier's."""
    for option, bar in (("--version", 0.25), ("--help", 0.35)):
        runs = processes(
            {
                "ours": Command((str(BIN / "localplan"), option), bench.folder),
                "peer": Command((str(BIN / "copier"), option), bench.folder),
            },
            bench.rounds * 2,
        )
        yield _row(f"{option} beside copier", compared(runs["ours"], runs["peer"]), bar)


def verbs(bench: Bench) -> Iterator[Row]:
    """The verbs that people wait for most often, on the complete example."""
    shutil.copy(EXAMPLES / "complete.yaml", bench.folder / "complete.yaml")
    known = {
        "check": (("check", "complete.yaml"), 0.4),
        "carry": (("carry", "complete.yaml", "next.yaml", "--first-year", "2029"), 0.5),
        "compare": (("compare", "complete.yaml", "changed.yaml", "--json"), 0.5),
    }
    changed = (bench.folder / "complete.yaml").read_text(encoding="utf-8")
    changed = changed.replace("Marisol Etcheverry", "Noor Castellanos").replace("college", "school")
    (bench.folder / "changed.yaml").write_text(changed, encoding="utf-8")
    from localplan.cli.app import VERBS  # noqa: PLC0415 (a verb may not be there yet)

    commands = {
        name: Command((str(BIN / "localplan"), *words), bench.folder, partial(_gone, bench))
        for name, (words, _) in known.items()
        if name in VERBS
    }
    runs = processes(commands, bench.rounds)
    for name, found in runs.items():
        taken = fastest(found)
        bar = known[name][1]
        yield Row(
            f"{name} on the complete example", _milliseconds(taken), "", taken.cpu / 1000, bar, "s"
        )


def many(bench: Bench) -> Iterator[Row]:
    """Every board in the country once: distinct plans through the Python API."""
    home = bench.folder / "many"
    home.mkdir()
    paths = [home / f"plan{seed}.yaml" for seed in range(PLANS)]
    for seed, path in enumerate(paths):
        path.write_text(content.answers("typ", seed), encoding="utf-8")
    clock, processor = batch.seconds_for(paths, WORKERS)
    what = f"{PLANS} plans of 15,000 words in {WORKERS} processes"
    yield Row(what, f"{clock:.0f} s by the clock", "", processor, 10, "s")


PARTS: dict[str, Callable[[Bench], Iterator[Row]]] = {
    "drafts": drafts, "memory": memory, "start": start, "verbs": verbs, "batch": many,
}  # fmt: skip


def main() -> None:
    """Run the parts, print the table and keep it in RESULTS.md."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--only", choices=PARTS)
    chosen = parser.parse_args()
    pandoc = shutil.which("pandoc")
    if not pandoc:
        print("pandoc is not installed (Debian: apt-get install pandoc): its rows are left out.")
    rows: list[Row] = []
    for name in [chosen.only] if chosen.only else PARTS:
        with tempfile.TemporaryDirectory(prefix="bench-") as folder:
            os.environ[CACHE] = str(Path(folder) / "cache")
            for row in PARTS[name](Bench(Path(folder), chosen.rounds, pandoc)):
                print(_line(row), flush=True)
                rows.append(row)
    if not chosen.only:
        (HERE / "RESULTS.md").write_text(_results(rows, chosen.rounds, pandoc), encoding="utf-8")
        print("Written: benchmarks/RESULTS.md")


def _answers(bench: Bench, size: str) -> Path:
    folder = bench.folder / size
    folder.mkdir(exist_ok=True)
    path = folder / "answers.yaml"
    path.write_text(content.answers(size), encoding="utf-8")
    return path


def _draft(bench: Bench, path: Path) -> Command:
    words = (str(BIN / "localplan"), "draft", str(path), "-o", "plan.docx", "--as-of", "2025-03-01")
    return Command(words, path.parent, partial(_gone, bench))


def _gone(bench: Bench) -> None:
    """Take away what a run left, so that each run does the whole work."""
    for folder in bench.folder.glob("**/drafts"):
        shutil.rmtree(folder)
    (bench.folder / "next.yaml").unlink(missing_ok=True)


def _beside_pandoc(bench: Bench, answers: Path, text: Path) -> dict[str, Pair]:
    """A draft of answers that were drafted before, and the very first one on a computer."""
    pandoc = (
        "pandoc", "--from", "commonmark+pipe_tables", "--reference-doc", str(REFERENCE),
        text.name, "-o", "pandoc.docx",
    )  # fmt: skip
    later = _draft(bench, answers)
    first = replace(later, before=partial(_fresh, bench))
    runs = processes(
        {"a draft": later, "pandoc": Command(pandoc, text.parent), "the first draft": first},
        bench.rounds,
    )
    return {name: compared(runs[name], runs["pandoc"]) for name in ("a draft", "the first draft")}


def _fresh(bench: Bench) -> None:
    _gone(bench)
    shutil.rmtree(os.environ[CACHE], ignore_errors=True)


def _row(what: str, pair: Pair, bar: float) -> Row:
    return Row(what, _milliseconds(pair.ours), _milliseconds(pair.peer), pair.ratio, bar)


def _milliseconds(taken: Timing) -> str:
    memory = f", {taken.peak:.0f} MB" if taken.peak else ""
    return f"{taken.wall:,.0f} ms ({taken.cpu:,.0f} of the processor{memory})"


def _line(row: Row) -> str:
    met = "yes" if row.figure <= row.bar else f"no, {row.figure / row.bar:.1f} times the bar"
    figure, bar = f"{row.figure:.2f}{row.unit}", f"{row.bar:g}{row.unit}"
    return f"| {row.what} | {row.ours} | {row.peer} | {figure} | {bar} | {met} |"


def _results(rows: list[Row], rounds: int, pandoc: str | None) -> str:
    table = "\n".join(_line(row) for row in rows)
    return f"""# How fast it is

`make bench` measures this and writes this page. Medians of {rounds} rounds in which the programs
take turns; a ratio is the median of the ratios, pair by pair, so that it holds on a busy machine.
The answers are made up by `content.py`, the same at every run.

| what | ours | the other | ratio or seconds | bar | met |
|---|---|---|---|---|---|
{table}

* **As a process**: from the answers file on disk to the Word file on disk, every draft the first
  of its folder.
* **pandoc** gets the Markdown of the same document, the same pictures and the same
  `templates/reference.docx`, and reads it as `commonmark+pipe_tables`. It writes no anchors, and
  starts from the finished text.
* **docxtpl** gets the same words, tables and pictures as data in memory, and prints plain text.
  "Warm" is after two runs in the same process; ours reads the answers file each time.
* **The first draft** finds nothing kept from a draft before: it compiles the templates, takes the
  data files apart and draws every map as PNG. Later drafts find these in the cache.
* **Ten times the content**: the `10x` answers, ours beside ours at `1x`.
* **Seconds** are those of the processor in the fastest round, because other work on the machine
  slows the clock; for the plans in two processes they are those of each process.

Where the time goes: starting Python and importing the libraries takes about half of a draft as a
process, and more of a small plan; checking the plan about a tenth; text, tables and proof the rest.
A draft does more than its peers do: it checks the plan, proves in appendices where law and
frameworks are answered, anchors every answer and keeps the draft for a later comparison. A map
that is drawn for the first time costs as much as twenty thousand words, and each of the {PLANS}
different plans has two pictures of its own.

Versions: {_versions(pandoc)}. Commit: {_commit()}. {os.cpu_count()} processors.

To repeat it: `apt-get install pandoc`, then `make bench`. The peers from PyPI are in the dependency
group `bench`.
"""


def _versions(pandoc: str | None) -> str:
    names = ("localplan", "docxtpl", "python-docx", "jinja2", "pydantic", "lxml", "copier")
    found = [f"{name} {version(name)}" for name in names]
    if pandoc:
        found.append(_said(pandoc, "--version").split("\n")[0])
    return ", ".join([f"Python {sys.version.split()[0]}", *found])


def _commit() -> str:
    return _said("git", "-C", str(HERE), "rev-parse", "--short", "HEAD").strip() or "unknown"


def _said(*words: str) -> str:
    return subprocess.run(words, capture_output=True, text=True, check=False).stdout


if __name__ == "__main__":
    main()
