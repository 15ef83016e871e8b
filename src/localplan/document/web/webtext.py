"""The one way that text gets into a web page."""

import html
import re

_REFUSED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]")


def escape(value: str) -> str:
    """Text that is only text, in an element or between double quotes."""
    return html.escape(_REFUSED.sub("", value), quote=True)
