"""Drafts edited by LibreOffice, at random, come back with every edit under the right answer."""

import json
import random
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from review_helper import EXAMPLES, TODAY, drafted

from localplan.document import markup
from localplan.document.blocks import Block, ListBlock, Paragraph, Table
from localplan.plan.file.answers import load
from localplan.review.bases import Base, Bases
from localplan.review.collect import collect
from localplan.review.items import Item, Review
from localplan.review.ledger import open_ledger
from localplan.review.regions import Region, key_of
from localplan.review.returned import read_returned

pytestmark = [
    pytest.mark.office,
    pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed"),
]
SEEDS = (20261, 20262, 20263)
PYTHON = "/usr/bin/python3"
SCRIPT = Path(__file__).with_name("edit_in_office.py")


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("plan") / "answers.yaml"
    path.write_bytes((EXAMPLES / "complete.yaml").read_bytes())
    drafted(path)
    return path


@pytest.fixture(scope="module")
def base(answers: Path) -> Base:
    return Bases(open_ledger(answers)).for_copy(read_returned(answers.with_name("draft.docx")))


def edited(folder: Path, jobs: Sequence[dict[str, Any]]) -> None:
    """Let LibreOffice carry out the jobs."""
    (folder / "jobs.json").write_text(json.dumps(jobs))
    port = str(20000 + random.SystemRandom().randrange(20000))
    office = subprocess.Popen(
        [
            "soffice", "--headless", "--norestore",
            f"--accept=socket,host=127.0.0.1,port={port};urp;",
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        ],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        subprocess.run(
            [PYTHON, str(SCRIPT), port, str(folder / "jobs.json")], check=True, timeout=900
        )
    finally:
        office.terminate()
        office.wait(30)


def targets(base: Base) -> list[dict[str, Any]]:
    """Every answer with its bookmark and lines; in tables the cells whose words stand once."""
    words = Counter(para.text for para in base.division.copy.paras)
    found = []
    for region in base.division.regions:
        if region.anchor.kind not in {"answer", "cell"}:
            continue
        is_cell = region.anchor.kind == "cell"
        cells = [] if is_cell else [p.text for p in region.paras if p.place and words[p.text] == 1]
        if any(para.place for para in region.paras) and not is_cell and not cells:
            continue
        found.append(
            {
                "name": region.anchor.name, "path": region.anchor.path, "cell": is_cell,
                "mark": region.anchor.name.replace("_lpq_", "_lpa_"), "cells": cells,
                "lines": [para.text for para in region.paras if para.text.strip()],
            }
        )  # fmt: skip
    return found


def read_back(answers: Path, file: Path) -> tuple[Item, ...]:
    done = collect(Review(), open_ledger(answers), load(answers).tree, [file], today=TODAY)
    assert not done.reports[0].problem
    return done.review.items


def lines_of(blocks: Sequence[Block]) -> Iterator[str]:
    for block in blocks:
        match block:
            case Paragraph():
                yield from "".join(run.text for run in block.text).split("\n")
            case ListBlock():
                for item in block.items:
                    yield from lines_of(item)
            case Table():
                rows = [tuple(column.head for column in block.columns)]
                rows += [tuple(cell.text for cell in row) for row in block.rows]
                yield from ("".join(run.text for run in text) for row in rows for text in row)
            case _:
                raise AssertionError(block)


def compared(lines: Sequence[str]) -> list[str]:
    return [words for words in (key_of(line) for line in lines) if words]


def said_in(region: Region) -> list[str]:
    return compared([para.text for para in region.paras])


def test_a_copy_saved_again_without_an_edit_brings_nothing(
    answers: Path, base: Base, tmp_path: Path
) -> None:
    target = tmp_path / "resaved.docx"
    job = {
        "source": str(answers.with_name("draft.docx")), "target": str(target), "seed": 1,
        "tracked": False, "share": 0.0, "answers": targets(base),
    }  # fmt: skip
    edited(tmp_path, [job])
    assert read_back(answers, target) == ()


def test_a_thousand_random_edits_come_back_under_the_right_answer(
    answers: Path, base: Base, tmp_path: Path, record_property: Any
) -> None:
    found = targets(base)
    jobs = [
        {
            "source": str(answers.with_name("draft.docx")),
            "target": str(tmp_path / f"seed{seed}-{'tracked' if tracked else 'plain'}.docx"),
            "seed": seed, "tracked": tracked, "share": 0.9, "answers": found,
        }
        for seed in SEEDS
        for tracked in (True, False)
    ]  # fmt: skip
    edited(tmp_path, jobs)
    count = comments = 0
    for job in jobs:
        target = Path(str(job["target"]))
        expected = json.loads(Path(f"{target}.json").read_text())
        items = read_back(answers, target)
        count += sum(len(each["kinds"]) for each in expected.values())
        comments += _check(base, expected, items, target.name)
    record_property("seeds", SEEDS)
    record_property("edits", count)
    print(f"seeds {SEEDS}: {count} edits, {comments} comments, all in place")  # noqa: T201
    assert count >= 1000


def _check(base: Base, expected: Any, items: Sequence[Item], name: str) -> int:
    """Hold every edit and comment of one file against what came back; the number of comments."""
    regions = base.division.by_name()
    edits = [item for item in items if item.kind == "edit"]
    for anchor, each in expected.items():
        mine = [item for item in edits if item.path == each["path"]]
        if compared(each["lines"]) == said_in(regions[anchor]):
            continue
        texts = [compared(list(lines_of(markup.parse(item.text)))) for item in mine]
        # An answer whose only line was cleared leaves nothing to hold its anchor.
        assert compared(each["lines"]) in texts, (name, each, texts)
    touched = {each["path"] for each in expected.values()}
    assert [item for item in edits if item.path not in touched] == []
    assert all(item.placement != "unplaced" for item in items)
    wanted = {
        (note["comment"], note["quote"], each["path"])
        for each in expected.values()
        for note in each["comments"]
        if "comment" in note
    }
    got = {(item.text, item.quote, item.path) for item in items if item.kind == "comment"}
    assert wanted == got, (name, wanted ^ got)
    return len(wanted)
