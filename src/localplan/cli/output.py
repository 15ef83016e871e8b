"""What the verbs print: the one place that writes to the terminal."""

import re

import click

_ACTING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
"""Letters that a terminal acts on, or that make a line read otherwise than it is."""


def visible(text: str) -> str:
    """Return `text` with each letter that a terminal would act on shown as its code.

    Inside the quotation marks of JSON the code means the same letter.
    """
    return _ACTING.sub(lambda found: f"\\u{ord(found.group()):04x}", text)


def echo(text: str = "", *, err: bool = False, nl: bool = True, bold: bool = False) -> None:
    """Print `text`, whatever names of files, plans and people it holds."""
    shown = visible(text)
    click.echo(click.style(shown, bold=True) if bold else shown, err=err, nl=nl)
