"""Write a document as a Word file.

The package is made by hand: the body is one string built through two escape helpers, the styles
come from a reference file, and every date is fixed, so that the same document gives the same bytes.
"""

from localplan.document.docx.writer import write_compared, write_docx, write_docx_for_pdf

__all__ = ["write_compared", "write_docx", "write_docx_for_pdf"]
