"""Make a PDF with LibreOffice, where it is installed."""

import shutil
import subprocess
import tempfile
from pathlib import Path

from localplan.document.blocks import Document
from localplan.document.docx import write_docx_for_pdf
from localplan.errors import LocalPlanError

_USUAL_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "C:/Program Files/LibreOffice/program/soffice.exe",
    "C:/Program Files (x86)/LibreOffice/program/soffice.exe",
)
_FILTER = (
    'pdf:writer_pdf_Export:{"PDFUACompliance":{"type":"boolean","value":"true"},'
    '"ExportBookmarks":{"type":"boolean","value":"true"}}'
)
_LONGEST = 180
"""Seconds after which LibreOffice is taken to hang."""


class PdfError(LocalPlanError):
    """A PDF cannot be made here."""


def libreoffice() -> str:
    """The LibreOffice program on this computer, or an empty text."""
    for name in ("soffice", "libreoffice"):
        if found := shutil.which(name):
            return found
    return next((place for place in _USUAL_PLACES if Path(place).is_file()), "")


def to_pdf(document: Document, *, reference: Path | None = None) -> bytes:
    """The document as an accessible PDF, with page numbers in the contents."""
    program = libreoffice()
    if not program:
        raise PdfError(
            "A PDF needs LibreOffice, which is not installed here.\n"
            "Draft a .docx instead, open it in Word, and choose File, Save As, PDF."
        )
    with tempfile.TemporaryDirectory(prefix="localplan-", ignore_cleanup_errors=True) as folder:
        source = Path(folder, "plan.docx")
        source.write_bytes(write_docx_for_pdf(document, reference=reference))
        return _converted(program, source)


def _converted(program: str, source: Path) -> bytes:
    folder = source.parent
    profile = Path(folder, "profile").as_uri()
    command = [program, f"-env:UserInstallation={profile}", "--headless", "--convert-to", _FILTER]
    command += ["--outdir", str(folder), str(source)]
    try:
        subprocess.run(command, capture_output=True, timeout=_LONGEST, check=True)  # noqa: S603 (our own arguments)
        return source.with_suffix(".pdf").read_bytes()
    except (OSError, subprocess.SubprocessError) as error:
        raise PdfError(
            "LibreOffice could not make the PDF.\n"
            "Draft a .docx instead, open it in Word, and choose File, Save As, PDF."
        ) from error
