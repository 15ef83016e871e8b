"""Read YAML the way people type it: every value is text, and trouble is said in plain words.

Reading goes by events with a small stack of our own, because that is the fastest way that also
sees duplicate keys, tags, aliases and absurd depth. Two rules differ from common YAML readers:
`k:` with nothing behind it is `""`, and the line break that ends a block (`|`) is not part of
its text.
"""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple, TypeAlias

import yaml

from localplan.yamltrouble import BACKSLASH, TOO_DEEP, YamlError, in_plain_words, quote_it

__all__ = [
    "Entry",
    "Node",
    "Tree",
    "Value",
    "YamlError",
    "lines",
    "normalized",
    "outline",
    "parse",
]

Value: TypeAlias = str | list["Value"] | dict[str, "Value"]
Tree: TypeAlias = dict[str, Value]

DEEPEST = 60

_Parser: Any = getattr(yaml, "CBaseLoader", None)
_ENDS = frozenset({yaml.MappingEndEvent, yaml.SequenceEndEvent})
_STARTS = frozenset({yaml.MappingStartEvent, yaml.SequenceStartEvent})
_CONTENT = _STARTS | {yaml.ScalarEvent}
_BLOCK_STYLES = frozenset("|>")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_UNUSUAL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")
_ODD_BREAK = re.compile("[\r\x85\u2028\u2029]")
_NAMED_LINE = re.compile(r"\s*(#|(- +)*[^\s:][^:]*:(\s|$))")
_CONFLICT = re.compile(r"^(?:<{7}|>{7}|\|{7})(?: |$)", re.MULTILINE)


class Entry(NamedTuple):
    """One named value of a group, or one item of a list (whose `key` is empty)."""

    key: str
    start: int
    end: int
    line: int
    value: "Node"


class Node(NamedTuple):
    """Where a value stands in the text, in characters; `style`: `|`, `>`, a quote, `[` or empty."""

    kind: type[str | list[Any] | dict[str, Any]]
    start: int
    end: int
    line: int
    column: int
    style: str
    entries: "list[Entry]"


def normalized(text: str) -> str:
    r"""The text with every line break as `\n` and without a byte-order mark.

    A break that only some programs see as one (a lone CR, NEL, LS, PS) keeps the indentation of
    its line, so that what follows it stays where a person sees it.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    if "\n" not in text:
        text = text.replace("\r", "\n")
    if not _ODD_BREAK.search(text):
        return text
    return "\n".join(_without_odd_breaks(line) for line in text.split("\n"))


def parse(text: str, name: str, *, ours: bool = False) -> Tree:
    """The tree of dictionaries, lists and texts in `text`; `name` is the file, for messages.

    In a file of `ours`, which the program alone writes, control characters behind a backslash stay.
    """
    ready = _checked(text, name)
    try:
        return _built(_events(ready), name, ready, ours=ours)
    except yaml.MarkedYAMLError as error:
        raise in_plain_words(error, name, ready) from error
    except yaml.YAMLError as error:
        raise YamlError(name, 0, "cannot be read as text. Save it again as UTF-8.") from error


def outline(text: str) -> Node:
    """Where every value stands in a text that `parse` accepts and `normalized` leaves as it is."""
    events = _events(text)
    for event in events:
        if type(event) in _CONTENT:
            return _node_of(event, events)
    raise ValueError("an outline needs a text that holds something")


def lines(text: str) -> dict[str, int]:
    """The line of each answer by its path: keys and record ids joined by dots."""
    found: dict[str, int] = {}
    ready = normalized(text)
    _locate(outline(ready), parse(ready, "text"), "", found)
    return found


def _checked(text: str, name: str) -> str:
    text = text.removeprefix("\ufeff")
    if _UNUSUAL.search(text):
        text = _usual(text, name)
    if mark := _CONFLICT.search(text):
        line = _line_of(text, mark.start())
        raise YamlError(
            name,
            line,
            "two versions of the file were joined and left unfinished. "
            "Keep one of the two passages and remove the marked lines.",
        )
    return text


def _usual(text: str, name: str) -> str:
    if "\x00" in text:
        raise YamlError(name, 0, "is not a text file. Open the answers file itself (.yaml).")
    if bad := _CONTROL.search(text):
        line = _line_of(text, bad.start())
        raise YamlError(
            name, line, "there is a control character that cannot be seen. Type the line again."
        )
    return normalized(text)


def _without_odd_breaks(line: str) -> str:
    if not _ODD_BREAK.search(line):
        return line
    if _NAMED_LINE.match(line):
        return _ODD_BREAK.sub(" ", line)
    indent = line[: len(line) - len(line.lstrip(" "))]
    return _ODD_BREAK.sub("\n" + indent, line)


def _line_of(text: str, index: int) -> int:
    return len(re.split("\r\n|[\r\n]", text[:index]))


def _events(text: str) -> Iterator[Any]:
    if _Parser is None:
        return iter(yaml.parse(text, Loader=yaml.BaseLoader))
    return iter(_Parser(text).get_event, None)


def _built(events: Iterator[Any], name: str, text: str, *, ours: bool) -> Tree:
    root: Any = None
    stack: list[tuple[Any, str | None]] = []
    inside: Any = None
    key: str | None = None
    for event in events:
        kind = type(event)
        if kind is yaml.ScalarEvent:
            value: Any = _text_of(event, name, ours=ours)
        elif kind in _ENDS:
            inside, key = stack.pop()
            continue
        elif kind in _STARTS:
            value = _container_for(event, name, len(stack))
        else:
            _refuse_extras(event, name, root)
            continue
        if type(inside) is dict:
            if key is None:
                key = _name_of(event, inside, name, text)
                continue
            inside[key] = value
            key = None
        elif inside is not None:
            inside.append(value)
        else:
            root = value
        if kind is not yaml.ScalarEvent:
            stack.append((inside, key))
            inside, key = value, None
    return _as_tree(root, name)


def _text_of(event: Any, name: str, *, ours: bool) -> str:
    if event.anchor is not None or event.tag is not None:
        raise _marked(event, name)
    value: str = event.value
    if event.style == '"':
        if not ours and _CONTROL.search(value):
            raise YamlError(name, event.start_mark.line + 1, BACKSLASH)
        return _ODD_BREAK.sub("\n", value)
    return value[:-1] if event.style in _BLOCK_STYLES and value.endswith("\n") else value


def _container_for(event: Any, name: str, depth: int) -> Value:
    if event.anchor is not None or event.tag is not None:
        raise _marked(event, name)
    if depth >= DEEPEST:
        raise YamlError(name, event.start_mark.line + 1, TOO_DEEP)
    return {} if type(event) is yaml.MappingStartEvent else []


def _name_of(event: Any, inside: Tree, name: str, text: str) -> str:
    line = event.start_mark.line + 1
    if type(event) is not yaml.ScalarEvent:
        raise YamlError(
            name,
            line,
            "a list or a group stands where a name is expected. "
            'Put text that begins with "{" or "[" in quotation marks.',
        )
    key: str = event.value
    if not key:
        raise YamlError(name, line, "there is a colon with no name before it.")
    if key in inside:
        first = _first_use(key, line, text)
        before = f" (first in line {first})" if first != line else ""
        raise YamlError(name, line, f'"{key}" is used twice{before}. Join the two, or rename one.')
    return key


def _refuse_extras(event: Any, name: str, root: object) -> None:
    line = event.start_mark.line + 1
    if type(event) is yaml.AliasEvent:
        raise YamlError(name, line, quote_it("*"))
    if type(event) is yaml.DocumentStartEvent and root is not None:
        raise YamlError(
            name, line, "a line of three dashes begins a second plan. Keep one plan in one file."
        )


def _as_tree(root: object, name: str) -> Tree:
    if root is None:
        raise YamlError(name, 0, "is empty: it holds no answers.")
    if isinstance(root, list):
        raise YamlError(
            name, 0, "begins with a list. It must begin with a name and a colon, such as `board:`."
        )
    if not isinstance(root, dict):
        raise YamlError(name, 0, "holds only text. It needs names and values, such as `board:`.")
    return root


def _marked(event: Any, name: str) -> YamlError:
    return YamlError(name, event.start_mark.line + 1, quote_it("!" if event.tag else "&"))


def _first_use(key: str, second: int, text: str) -> int:
    try:
        nodes = [outline(text)]
    except (yaml.YAMLError, RecursionError):
        return second
    while nodes:
        node = nodes.pop()
        uses = [entry.line for entry in node.entries if entry.key == key]
        if second in uses:
            return uses[0]
        nodes.extend(entry.value for entry in node.entries)
    return second


def _node_of(event: Any, events: Iterator[Any]) -> Node:
    start: Any = event.start_mark
    if type(event) is yaml.ScalarEvent:
        style = event.style or ""
        stop: Any = event.end_mark
        return Node(str, start.index, stop.index, start.line + 1, start.column, style, [])
    named = type(event) is yaml.MappingStartEvent
    entries: list[Entry] = []
    end = start.index
    inner: Any
    for inner in events:
        mark: Any = inner.start_mark
        close: Any = inner.end_mark
        if type(inner) in _ENDS:
            end = close.index
            break
        value = _node_of(next(events) if named else inner, events)
        key = inner.value if named else ""
        entries.append(Entry(key, mark.index, close.index, mark.line + 1, value))
    style = "[" if event.flow_style else ""
    return Node(
        dict if named else list, start.index, end, start.line + 1, start.column, style, entries
    )


def _locate(node: Node, value: Value, path: str, found: dict[str, int]) -> None:
    for position, entry in enumerate(node.entries):
        inner: Value
        if isinstance(value, dict):
            name, inner = entry.key, value[entry.key]
        elif isinstance(value, list) and isinstance(value[position], dict):
            inner = value[position]
            given = inner.get("id", "") if isinstance(inner, dict) else ""
            name = given if isinstance(given, str) and given else f"#{position + 1}"
        else:
            return
        here = f"{path}.{name}" if path else name
        found.setdefault(here, entry.line)
        _locate(entry.value, inner, here, found)
