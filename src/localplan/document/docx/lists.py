"""How lists are numbered in a Word file."""

BULLETS = 1
"""The numbering that every bulleted list shares; numbered lists follow from 2."""
