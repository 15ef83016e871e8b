"""A PDF where LibreOffice is there, and plain words where it is not."""

import shutil
import subprocess
from pathlib import Path

import pytest
from helpers_docx import body_of, document_of, words_of
from sample_document import sample_document
from word_invariants import outline

from localplan.document.anchors import regions_of
from localplan.document.blocks import Heading, Run
from localplan.document.docx import write_docx
from localplan.document.pdf import PdfError, libreoffice, to_pdf


def test_without_libreoffice_the_message_says_how_to_get_a_pdf(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    if libreoffice():
        pytest.skip("LibreOffice stands in its usual place")
    with pytest.raises(PdfError, match="Save As, PDF"):
        to_pdf(document_of(Heading(1, (Run("A"),))))


def test_a_libreoffice_that_fails_is_said_plainly(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    program = tmp_path / "soffice"
    program.write_text("#!/bin/sh\nexit 1\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(PdfError, match="could not make the PDF"):
        to_pdf(document_of(Heading(1, (Run("A"),))))


@pytest.mark.office
def test_libreoffice_makes_a_pdf_with_page_numbers_in_the_contents(tmp_path: Path) -> None:
    path = tmp_path / "plan.pdf"
    path.write_bytes(to_pdf(sample_document()))
    shown = subprocess.run(
        ["pdftotext", "-layout", str(path), "-"], capture_output=True, text=True, check=True
    ).stdout
    pages = shown.split("\f")
    there = next(n for n, page in enumerate(pages, 1) if n > 2 and "\n2 Performance" in page)
    entry = next(line for line in pages[1].split("\n") if line.startswith("2 Performance"))
    assert entry.rstrip().endswith(f".{there}")


@pytest.mark.office
def test_every_anchor_survives_a_save_in_libreoffice(tmp_path: Path) -> None:
    document = sample_document()
    (tmp_path / "in").mkdir()
    source = tmp_path / "in" / "plan.docx"
    source.write_bytes(write_docx(document))
    program = shutil.which("soffice") or "soffice"
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [program, profile, "--headless", "--convert-to", "docx", "--outdir", str(tmp_path)]
    subprocess.run([*command, str(source)], capture_output=True, check=True)
    saved = (tmp_path / "plan.docx").read_bytes()
    shown = outline(saved)
    assert [r.name for r in regions_of(document) if r.name not in shown] == []
    assert "We" in words_of(body_of(saved)) or "Fourteen" in words_of(body_of(saved))
