"""The one family of errors that a person can put right, and how a name is shown to people."""

import re

_UNSHOWN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)


def shown(name: str) -> str:
    """Return the name of a file or a person as one line that is safe to print and to keep.

    What steers a terminal, turns the direction of reading or is no character at all becomes a
    replacement mark.
    """
    return name if name.isprintable() else _UNSHOWN.sub("\ufffd", name)


class LocalPlanError(Exception):
    """Something a person can put right: says what, where and what to do next, in two lines.

    The command line prints the message and ends with `exit_code`: 1 something to put right,
    3 the plan is incomplete.
    """

    exit_code = 1
