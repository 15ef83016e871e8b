"""Make typed or pasted text fit to be kept: plain line breaks, no invisible control characters."""

import re

from localplan.yamltext import Value

_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_REMOVED = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ufeff\ufffe\uffff\ud800-\udfff]")
_MEANT = {code: bytes([code]).decode("cp1252", "ignore") for code in range(0x80, 0xA0)}
"""What text pasted from an older Windows program means where it holds these control characters."""


def clean(text: str) -> tuple[str, bool]:
    """The text with plain line breaks and no control characters, and whether any were removed.

    Line breaks at the end go too: they are no part of an answer.
    """
    text = _BREAKS.sub("\n", text)
    kept = _REMOVED.sub("", text)
    return kept.rstrip("\n"), len(kept) != len(text)


def legible(text: str) -> str:
    """The text of another program, with the letters it meant and no control characters."""
    if text.isprintable():
        return text
    return _REMOVED.sub("", _BREAKS.sub("\n", text.translate(_MEANT)))


def cleaned(value: Value) -> Value:
    """The value with every text in it clean."""
    if isinstance(value, str):
        return clean(value)[0]
    if isinstance(value, list):
        return [cleaned(item) for item in value]
    return {clean(key)[0]: cleaned(inner) for key, inner in value.items()}
