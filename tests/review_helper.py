"""Make drafts of a plan, and change their Word files the way reviewers do."""

import io
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

from localplan.cli.app import run
from localplan.plan.file.answers import load
from localplan.review.collect import Collected, collect
from localplan.review.items import Review, open_review
from localplan.review.ledger import open_ledger
from localplan.yamltext import Tree

EXAMPLES = Path(__file__).parents[1] / "examples"
TODAY = date(2027, 1, 12)
AS_OF = ("--as-of", "2027-01-12")
INSERTED = '<w:ins w:id="9001" w:author="Ana Ruiz" w:date="2027-01-15T09:00:00Z">{}</w:ins>'
DELETED = '<w:del w:id="9002" w:author="Ana Ruiz" w:date="2027-01-15T09:00:00Z">{}</w:del>'

SMALL = """\
localplan: 2
board:
  name: Test Valley Workforce Board
  mission: |
    People find good work here.
  public_contact: {name: Planning, email: plan@board.example}
  reply_to: {name: Comments, email: comments@board.example}
  equal_opportunity_tagline: An equal opportunity program.
plan:
  title: Local Workforce Plan
  first_program_year: 2025
  program_years: 4
partners:
  - id: mesa
    name: Mesa Adult School
    kind: adult-school
    programs: [adult-education]
    role: |
      Teaches reading and mathematics in the evening.
    responsibilities: |
      Reports skill gains each quarter.
    resources:
      - id: rooms
        kind: space
        what: Four classrooms
        amount: 38000
        source: School district
    outcomes: [Measurable skill gains]
    contact: {name: Dana Lee, email: dana@mesa.example}
  - id: delta
    name: Delta College
    kind: community-college
    role: |
      Teaches the certificate courses.
narratives:
  partnership_vision: |
    Everyone who wants a better job can see a route to it, and the partners keep that route open.

    The Board's own goals are these:

    - **People.** Three in four belong to a priority group.
    - **Wages.** More completers earn the family wage.

    Partners meet each *September*; see [the charter](https://board.example/charter).
  partnership_governance: |
    A joint committee decides by consensus and votes when consensus fails twice.
  sector_need: |
    Health care needs four hundred nursing assistants each year in the valley.

    | Sector | Openings |
    | --- | --- |
    | Health care | 400 |
    | Construction | 250 |
  supportive_services: |
    Partners pay for child care, buses and tools from one shared fund.
"""


def small_plan(folder: Path) -> Path:
    """Return the answers file of a small plan in `folder`."""
    path = folder / "answers.yaml"
    path.write_text(SMALL, encoding="utf-8")
    return path


def sharing_plan(folder: Path) -> Path:
    """The small plan, with its partners in a file that it shares with other plans."""
    plan = small_plan(folder)
    text = plan.read_text(encoding="utf-8")
    begin, end = text.index("partners:"), text.index("narratives:")
    (folder / "profile.yaml").write_text("localplan: 2\n" + text[begin:end], encoding="utf-8")
    uses = "uses: [{file: profile.yaml, parts: [partners]}]\n"
    plan.write_text(text[:begin] + uses + text[end:], encoding="utf-8")
    return plan


def drafted(answers: Path, name: str = "draft.docx") -> Path:
    """Return the Word draft of a plan."""
    target = answers.with_name(name)
    assert run(["draft", str(answers), "-o", str(target), *AS_OF]) == 0
    return target


def copied(source: Path, change: Callable[[str], str], name: str = "returned.docx") -> Path:
    """Return a copy of a Word file with its text part changed."""
    return with_parts(source, {"word/document.xml": change}, name)


def with_parts(source: Path, changes: dict[str, Callable[[str], str]], name: str) -> Path:
    """Return a copy of a Word file with some parts changed; a new part starts from nothing."""
    made = io.BytesIO()
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            data = old.read(part)
            if part in changes:
                data = changes[part](data.decode()).encode()
            new.writestr(part, data)
        for part in changes.keys() - set(old.namelist()):
            new.writestr(part, changes[part](""))
    target = source.with_name(name)
    target.write_bytes(made.getvalue())
    return target


def replaced(old: str, new: str) -> Callable[[str], str]:
    """Return a change that puts `new` where `old` stands, once."""

    def change(text: str) -> str:
        assert text.count(old) >= 1, f"{old!r} is not in the draft"
        at = text.rindex(old)
        return text[:at] + new + text[at + len(old) :]

    return change


def chained(*changes: Callable[[str], str]) -> Callable[[str], str]:
    """Return all changes, one after the other."""

    def change(text: str) -> str:
        for each in changes:
            text = each(text)
        return text

    return change


def run_of(text: str, *, deleted: bool = False) -> str:
    """Return a run of text."""
    tag = "delText" if deleted else "t"
    return f'<w:r><w:{tag} xml:space="preserve">{text}</w:{tag}></w:r>'


def split_at(words: str, middle: str) -> Callable[[str], str]:
    """Return a change that puts `middle` (runs) in place of some words inside a run."""

    def change(text: str) -> str:
        at = text.rindex(words)
        start = text.rindex("<w:r>", 0, at)
        end = text.index("</w:r>", at) + len("</w:r>")
        run = text[start:end]
        head, tail = run.split(words, 1)
        before = head + "</w:t></w:r>"
        after = run[: run.index(">", run.index("<w:t")) + 1] + tail
        return text[:start] + before + middle + after + text[end:]

    return change


def without_anchors(text: str) -> str:
    """Return a text part without bookmarks and content controls."""
    text = re.sub(r"<w:bookmark(?:Start|End)[^>]*/>", "", text)
    return re.sub(
        r"<w:sdt><w:sdtPr>.*?</w:sdtPr><w:sdtContent>(.*?)</w:sdtContent></w:sdt>", r"\1", text
    )


def paragraph_with(text: str, words: str) -> str:
    """Return the paragraph of a text part in which some words stand last."""
    at = text.rindex(words)
    start = max(text.rindex("<w:p>", 0, at), text.rfind("<w:p ", 0, at))
    return text[start : text.index("</w:p>", at) + len("</w:p>")]


def without_paragraph(words: str) -> Callable[[str], str]:
    """Return a change that takes out the paragraph with these words."""
    return lambda text: text.replace(paragraph_with(text, words), "")


def after_paragraph(words: str, more: str) -> Callable[[str], str]:
    """Return a change that puts `more` behind the paragraph with these words."""

    def change(text: str) -> str:
        paragraph = paragraph_with(text, words)
        return text.replace(paragraph, paragraph + more)

    return change


def collected(answers: Path, *files: Path, review: Review | None = None) -> Collected:
    """Return what collecting files gives; nothing is written."""
    before = review if review is not None else open_review(answers)
    return collect(before, open_ledger(answers), tree_of(answers), files, today=TODAY)


def tree_of(answers: Path) -> Tree:
    """Return the answers."""
    return load(answers).tree


def moved_to(folder: Path, answers: Path) -> Path:
    """Return the answers file in a copy of its folder."""
    shutil.copytree(answers.parent, folder, dirs_exist_ok=True)
    return folder / answers.name


def peak_of(verb: str, answers: Path, *files: Path) -> float:
    """Megabytes that a verb takes at its peak, in a process of its own.

    The kernel's own count is read, because `ru_maxrss` of a child begins with its parent's.
    """
    code = (
        "import pathlib, sys; from localplan.cli.app import run; run(sys.argv[1:]);"
        "lines = pathlib.Path('/proc/self/status').read_text().splitlines();"
        "print(next(line.split()[1] for line in lines if line.startswith('VmHWM')))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, verb, str(answers), *map(str, files), *AS_OF],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return float(done.stdout.strip().split("\n")[-1]) / 1024
