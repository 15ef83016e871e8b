"""Draft a workforce board's WIOA local plan from a guided questionnaire."""

__version__ = "0.1.0"
