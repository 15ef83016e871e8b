"""Write values as YAML that a person would have typed: plain where possible, `|` for long text."""

import re
from collections.abc import Iterable

from localplan.yamltext import Tree, Value

LONG = 90
"""Characters from which a text gets a block of its own below its name."""

_NARROW = 72
_PLAIN = re.compile(r"[^\W_](?:[^\x00-\x1f\x7f-\xa0\u2028\u2029\ufeff]| )*(?<! )")
_PLAIN_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_./()-]*(?: [A-Za-z0-9_./()-]+)*")
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]*")
_ODD = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff\r]")
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t"}


def document(tree: Tree) -> str:
    """The whole tree as a file without comments."""
    return "".join(entry(key, value, 0) for key, value in tree.items())


def entry(key: str, value: Value, column: int) -> str:
    """The lines of one named value."""
    return f"{' ' * column}{name(key)}:{after_colon(value, column)}"


def item(value: Value, column: int) -> str:
    """The lines of one item of a list whose dashes stand at `column`."""
    if isinstance(value, dict) and value:
        inner = "".join(entry(key, each, column + 2) for key, each in value.items())
        return f"{' ' * column}-{inner[column + 1 :]}"
    after = ' ""\n' if value == "" else after_colon(value, column)
    return f"{' ' * column}-{after}"


def name(key: str) -> str:
    """The key as it stands before its colon."""
    return key if _PLAIN_NAME.fullmatch(key) else _quoted(key)


def after_colon(value: Value, column: int, comment: str = "", *, block: bool = False) -> str:
    """What follows the colon (or dash) at `column`, to the end of the last line.

    `comment` stays behind the first line; `block` asks for `|` even when the text is short.
    """
    if isinstance(value, str):
        return _text(value, column, comment, block=block)
    if not value:
        return f" {'{}' if isinstance(value, dict) else '[]'}{comment}\n"
    if isinstance(value, dict):
        inner = [entry(key, each, column + 2) for key, each in value.items()]
        return f"{comment}\n{''.join(inner)}"
    if _fits_one_line(value, column):
        return f" [{', '.join(str(each) for each in value)}]{comment}\n"
    return f"{comment}\n{''.join(item(each, column + 2) for each in value)}"


def _fits_one_line(values: Iterable[Value], column: int) -> bool:
    texts = [each for each in values if isinstance(each, str) and _CODE.fullmatch(each)]
    wide = sum(len(text) + 2 for text in texts) + column
    return wide <= _NARROW and len(texts) == len(list(values))


def _text(text: str, column: int, comment: str, *, block: bool) -> str:
    if not text:
        return f"{comment}\n"
    long = "\n" in text or len(text) > LONG or block
    if long and not _ODD.search(text) and text.strip() and not text.endswith("\n"):
        return _literal(text, column, comment)
    return f" {_inline(text)}{comment}\n"


def _literal(text: str, column: int, comment: str) -> str:
    indent = " " * (column + 2)
    depth = "2" if text[0] in " \t\n" else ""
    body = "".join(f"{indent}{line}\n" if line else "\n" for line in text.split("\n"))
    return f" |{depth}{comment}\n{body}"


def _inline(text: str) -> str:
    safe = _PLAIN.fullmatch(text) and ": " not in text and " #" not in text
    return text if safe and not text.endswith(":") else _quoted(text)


def _quoted(text: str) -> str:
    if not _ODD.search(text) and not re.search(r"[\n\t\xa0]", text):
        return "'" + text.replace("'", "''") + "'"
    return '"' + "".join(_escaped(mark) for mark in text) + '"'


def _escaped(mark: str) -> str:
    if mark in _ESCAPES:
        return _ESCAPES[mark]
    return f"\\u{ord(mark):04x}" if _ODD.match(mark) else mark
