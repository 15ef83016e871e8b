"""Write a document as a Word file.

python-docx opens the reference file and holds the styles, the other parts and what relates them.
The body is one string built through two escape helpers, and every date is fixed, so that the same
document gives the same bytes.
"""

from localplan.document.docx.writer import write_compared, write_docx, write_docx_for_pdf

__all__ = ["write_compared", "write_docx", "write_docx_for_pdf"]
