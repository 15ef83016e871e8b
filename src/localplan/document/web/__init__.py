"""The document as one self-contained, accessible web page."""
