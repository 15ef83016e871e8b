"""Write a document as a Word file.

The styles and all else that a body needs come from the reference file, part by part; python-docx
reads only what a board brings of its own. The body is one string built through two escape helpers,
and every date is fixed, so that the same document gives the same bytes.
"""

from localplan.document.docx.writer import write_compared, write_docx, write_docx_for_pdf

__all__ = ["write_compared", "write_docx", "write_docx_for_pdf"]
