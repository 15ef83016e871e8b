"""What is wrong with a text that cannot be read, in words for people who never heard of YAML."""

import re

import yaml

from localplan.errors import LocalPlanError

BACKSLASH = "a backslash stands in double quotation marks. Use single quotation marks instead."

TOO_DEEP = "groups stand inside groups too deep. Put this part further out."
_PLAIN_WORDS = (
    (("nesting depth",), TOO_DEEP),  # first: libyaml 0.2.6 speaks of the flow level here too
    (
        ("sequence entries",),
        "a dash stands behind the colon. Begin each item of a list on a line of its own, "
        "or put the text in quotation marks.",
    ),
    (
        (
            "alphabetic or numeric",
            "scanning an alias",
            "scanning an anchor",
            "scanning a tag",
            "tag h",
        ),
        'text that begins with "*", "&" or "!" must stand in quotation marks.',
    ),
    (
        ("unknown escape", "hexdecimal", "hexadecimal"),
        BACKSLASH,
    ),
    (
        ("mapping values are not allowed",),
        "there is a second colon in the line, or the line begins too far to the right. "
        "Put text that holds a colon in quotation marks.",
    ),
    (
        ("directive", "YAML document", "document start"),
        'a line that begins with "%" or three dots cannot stand here. Remove it.',
    ),
    (("expected ':'",), "the line has no colon after its name, or a quotation mark is not closed."),
    (
        ("comment or line break", "indentation indicator", "chomping"),
        'text must begin in the line below "|" or ">".',
    ),
    (
        ("flow", "',' or", "expected node content", "the node content"),
        "a bracket is opened and never closed, or a comma is missing. "
        "Put text that begins with a bracket in quotation marks.",
    ),
    (
        ("quoted scalar", "unexpected end of stream"),
        "a quotation mark is opened here and never closed.",
    ),
    (
        (
            "expected key",
            "but found",
            "'-' indicator",
            "<block end>",
            "invalid leading UTF-8",
            "document end",
        ),
        "the line does not line up with the lines above it, or a quotation mark is left over. "
        "Give lines that belong together the same number of spaces.",
    ),
)
_SECOND_COLON = (
    "there is a second colon in the text. Put text that holds a colon in quotation marks."
)
_CANNOT_READ = "this line cannot be read. Look at its spaces, colons and quotation marks."


class YamlError(LocalPlanError):
    """The text cannot be read; `line` (from 1) is where, 0 when the whole file is meant."""

    def __init__(self, name: str, line: int, message: str) -> None:
        super().__init__(f"{name}, line {line}: {message}" if line else f"{name} {message}")
        self.line = line


def in_plain_words(error: yaml.MarkedYAMLError, name: str, text: str) -> YamlError:
    """The trouble that the reader met in `text`, with its line and what to do about it."""
    said = f"{error.context or ''} {error.problem or ''}"
    mark = error.problem_mark or error.context_mark
    if mark is None:
        return YamlError(name, 0, _CANNOT_READ)
    if "end of stream" in said and error.context_mark is not None:
        mark = error.context_mark
    line = mark.line + 1
    there = text.split("\n")[mark.line : line] or [""]
    if "tab" in said.split() or "\t" in there[0][: mark.column + 1].rstrip(" ")[-1:]:
        return YamlError(name, line, "a tab stands where spaces must. Use spaces to indent.")
    if "cannot start any token" in said:
        return YamlError(name, line, quote_it(there[0][mark.column : mark.column + 1]))
    before = re.split(r"[\[{,]", there[0][: mark.column])[-1]
    if there[0][mark.column : mark.column + 1] == ":" and ":" in before:
        return YamlError(name, line, _SECOND_COLON)
    for signs, message in _PLAIN_WORDS:
        if any(sign in said for sign in signs):
            return YamlError(name, line, message)
    return YamlError(name, line, _CANNOT_READ)


def quote_it(mark: str) -> str:
    """What to do with text that begins with a sign that means something else."""
    return f'text that begins with "{mark}" must stand in quotation marks.'
