"""Change the text of an answers file so that it holds other answers and keeps every comment.

The text is cut into chunks, one for each named value or list item: the comment lines right above
it, its own lines, and deeper comments below it. Chunks that did not change are copied letter by
letter, moved ones move with their comments, a removed one takes its own comment along. A comment
that a blank line separates from what follows belongs to the place and stays.
"""

import re
from collections.abc import Iterator, Sequence
from operator import eq
from typing import NamedTuple

from localplan.errors import LocalPlanError
from localplan.plan.file import emit
from localplan.plan.tree import id_of
from localplan.yamltext import Entry, Node, Tree, Value, YamlError, outline, parse

_SECTION = re.compile(r"^[A-Za-z_]\w*(?=:)", re.MULTILINE)
"""The names at the left margin; only the sections that changed need be looked at closely."""


class RewriteError(LocalPlanError):
    """The answers cannot be written so that they read back as they were meant."""


def rewritten(text: str, old: Tree, new: Tree) -> str:
    """The text, which holds `old`, changed to hold `new`; everything else in it stays.

    Raises:
        RewriteError: no way of writing `new` reads back as `new`.
    """
    if old == new:
        return text
    for candidate in wordings(text, old, new):
        if reads_as(candidate, new):
            return candidate
    raise RewriteError(
        "The answers cannot be written to the file so that they read back the same. "
        "Nothing was changed. Look for a name of more than 1,000 characters."
    )


def wordings(text: str, old: Tree, new: Tree) -> Iterator[str]:
    """Ways of changing the text to hold `new`, the most careful first; none is read back yet."""
    text = text if text.endswith("\n") else text + "\n"
    yield _carefully(text, old, new)
    yield _by_section(text, old, new)
    yield emit.document(new)


def reads_as(text: str, tree: Tree) -> bool:
    """True when the text can be read and holds exactly `tree`."""
    try:
        return parse(text, "answers") == tree
    except YamlError:
        return False


class _Page(NamedTuple):
    """A stretch of the text; positions in the whole text stay valid with `offset`."""

    text: str
    offset: int

    def part(self, start: int, stop: int) -> str:
        return self.text[start - self.offset : stop - self.offset]

    def line_start(self, position: int) -> int:
        return self.text.rfind("\n", 0, position - self.offset) + 1 + self.offset

    def line_end(self, position: int) -> int:
        found = self.text.find("\n", position - self.offset)
        return (len(self.text) if found < 0 else found + 1) + self.offset


class _Chunk(NamedTuple):
    """Positions of one entry: what floats above, its own comment, its lines, deeper comments."""

    floating: str
    own: str
    begin: int
    content_end: int
    end: int


def _carefully(text: str, old: Tree, new: Tree) -> str:
    starts = [found.start() for found in _SECTION.finditer(text)]
    names = [text[start : text.index(":", start)] for start in starts]
    if names != list(old) or new.keys() - old.keys():
        return _throughout(text, old, new)
    pieces, start = [text[: starts[0]]], starts[0]
    stops = dict(zip(names, [*starts[1:], len(text)], strict=True))
    for group in _neighbors(names, new):
        section, start = text[start : stops[group[-1]]], stops[group[-1]]
        before = {name: old[name] for name in group}
        after = {name: new[name] for name in group if name in new}
        pieces.append(section if before == after else _throughout(section, before, after))
    return "".join(pieces)


def _neighbors(names: Sequence[str], new: Tree) -> list[list[str]]:
    """The sections one by one, each that goes with one that stays: its comments pass to there."""
    groups: list[list[str]] = []
    for name in names:
        if groups and (name not in new or not any(each in new for each in groups[-1])):
            groups[-1].append(name)
        else:
            groups.append([name])
    return groups


def _throughout(text: str, old: Tree, new: Tree) -> str:
    root = outline(text)
    if root.style == "[":
        return emit.document(new)
    return _group(_Page(text, 0), root, old, new, (0, len(text)))


def _by_section(text: str, old: Tree, new: Tree) -> str:
    stable = {key: value for key, value in new.items() if old.get(key) == value}
    changed = {key: value for key, value in new.items() if key not in stable}
    kept = _carefully(text, old, stable) if stable else ""
    return kept + emit.document(changed)


def _group(page: _Page, node: Node, old: Tree, new: Tree, region: tuple[int, int]) -> str:
    chunks, tail = _chunks(page, node, region)
    gap = "\n" if any(chunk.floating.startswith("\n") for chunk in chunks[1:]) else ""
    added: dict[str | None, list[str]] = {None: []}
    last: str | None = None
    for key, value in new.items():
        if key in old:
            last = key
        else:
            added.setdefault(last, []).append(gap + emit.entry(key, value, node.column))
    pieces = added[None]
    for entry, chunk in zip(node.entries, chunks, strict=True):
        if entry.key in new:
            change = (old[entry.key], new[entry.key])
            body = _named(page, entry, chunk, change, node.column)
            pieces += [chunk.floating, chunk.own, body, *added.get(entry.key, ())]
        elif "#" in chunk.floating:
            pieces.append(chunk.floating)
    return "".join(pieces) + tail


def _list(
    page: _Page, node: Node, old: list[Value], new: list[Value], region: tuple[int, int]
) -> str:
    chunks, tail = _chunks(page, node, region)
    origins = _origins(old, new)
    floating = _floating_by_item(chunks, origins)
    gap = "\n" if any(chunk.floating.startswith("\n") for chunk in chunks[1:]) else ""
    out = [chunks[0].floating]
    for place, (value, origin) in enumerate(zip(new, origins, strict=True)):
        if origin is None:
            out.append((gap if place else "") + emit.item(value, node.column))
            continue
        chunk = chunks[origin]
        above = floating[origin] if origin else gap
        out.append(above if place else above.lstrip("\n"))
        out.append(chunk.own)
        out.append(_listed(page, node, origin, chunk, (old[origin], value)))
    return "".join(out) + floating[len(chunks)] + tail


def _floating_by_item(chunks: Sequence[_Chunk], origins: Sequence[int | None]) -> list[str]:
    """What floats above each item; comments above a removed item pass to the next that stays."""
    floating: list[str] = []
    staying = set(origins)
    passed = ""
    for position, chunk in enumerate(chunks):
        mine = chunk.floating if position else ""
        if position in staying:
            floating.append(passed + mine)
            passed = ""
        else:
            floating.append("")
            passed += mine if "#" in mine else ""
    return [*floating, passed]


def _named(
    page: _Page, entry: Entry, chunk: _Chunk, change: tuple[Value, Value], column: int
) -> str:
    old, new = change
    if old == new:
        return page.part(chunk.begin, chunk.end)
    if page.part(chunk.begin, entry.start).strip():
        return emit.entry(entry.key, new, column)
    colon = page.text.index(":", entry.end - page.offset) + page.offset + 1
    head = page.part(chunk.begin, colon)
    return head + _changed(page, entry.value, chunk, change, (colon, column))


def _listed(
    page: _Page, node: Node, position: int, chunk: _Chunk, change: tuple[Value, Value]
) -> str:
    old, new = change
    if old == new:
        return page.part(chunk.begin, chunk.end)
    value = node.entries[position].value
    dash = chunk.begin + node.column
    same_line = value.start < page.line_end(dash)
    if not (same_line and value.kind is dict and not value.style):
        if same_line and value.kind is list and not value.style:
            return emit.item(new, node.column)
        head = page.part(chunk.begin, dash + 1)
        if isinstance(new, dict) and (same_line or value.kind is not dict):
            return emit.item(new, node.column)
        return head + _changed(page, value, chunk, change, (dash + 1, node.column))
    if not isinstance(old, dict) or not isinstance(new, dict) or not new:
        return emit.item(new, node.column)
    lines = page.part(chunk.begin, chunk.end)
    masked = _Page(lines[: node.column] + " " + lines[node.column + 1 :], chunk.begin)
    return _dashed(_group(masked, value, old, new, (chunk.begin, chunk.end)), node.column)


def _dashed(lines: str, column: int) -> str:
    start = 0
    while lines[start : lines.index("\n", start)].lstrip()[:1] in {"", "#"}:
        start = lines.index("\n", start) + 1
    return f"{lines[: start + column]}-{lines[start + column + 1 :]}"


def _changed(
    page: _Page, node: Node, chunk: _Chunk, change: tuple[Value, Value], place: tuple[int, int]
) -> str:
    """What follows the colon or dash that ends at `place`, for a value that changed."""
    old, new = change
    after, column = place
    first_line_end = page.line_end(after)
    region = (first_line_end, chunk.end)
    if node.kind is not str and not node.style and node.start >= first_line_end:
        first = page.part(after, first_line_end)
        if isinstance(old, dict) and isinstance(new, dict) and new:
            return first + _group(page, node, old, new, region)
        if isinstance(old, list) and isinstance(new, list):
            lines = _list(page, node, old, new, region)
            return first + lines if new else f" []{first.rstrip()}\n{lines if '#' in lines else ''}"
    comment = _comment(page, node, after)
    deeper = page.part(chunk.content_end, chunk.end)
    block = node.style in {"|", ">"}
    written = emit.after_colon(new, column, comment, block=block)
    if written.startswith(" |"):
        # What stands deeper than a block would become part of its text.
        deeper = re.sub(r"^ +(?=#)", " " * column, deeper, flags=re.MULTILINE)
    return written + deeper


def _comment(page: _Page, node: Node, after: int) -> str:
    """The comment behind the value's first line, with the spaces before it."""
    if node.style in {"|", ">"}:
        start = node.start
    elif node.kind is not str and not node.style:
        start = after
    else:
        start = max(node.end, after)
    rest = page.part(start, page.line_end(start)).lstrip("|>+-0123456789").rstrip()
    return rest if rest.lstrip().startswith("#") else ""


def _chunks(page: _Page, node: Node, region: tuple[int, int]) -> tuple[list[_Chunk], str]:
    start, stop = region
    chunks: list[_Chunk] = []
    deeper_end = start
    for entry in node.entries:
        begin = _line_of(page, node, entry, deeper_end)
        deeper, floating, own = _gap(page.part(deeper_end, begin), node.column, bool(chunks))
        if chunks:
            chunks[-1] = chunks[-1]._replace(end=deeper_end + len(deeper))
        content_end = max(_content_end(page, entry.value), page.line_end(begin))
        chunks.append(_Chunk(floating, own, begin, content_end, content_end))
        deeper_end = content_end
    deeper, floating, own = _gap(page.part(deeper_end, stop), node.column, inside=True)
    chunks[-1] = chunks[-1]._replace(end=deeper_end + len(deeper))
    return chunks, floating + own


def _line_of(page: _Page, node: Node, entry: Entry, after: int) -> int:
    if node.kind is dict:
        return page.line_start(entry.start)
    begin = after
    while page.part(begin, page.line_end(begin)).lstrip()[:1] in {"", "#", "\n"}:
        begin = page.line_end(begin)
    return begin


def _gap(text: str, column: int, inside: bool) -> tuple[str, str, str]:  # noqa: FBT001 (private)
    """The lines between two entries: deeper comments of the first, what floats, the next's own."""
    lines = text.splitlines(keepends=True)
    deep = 0
    for position, line in enumerate(lines if inside else [], 1):
        indent = len(line) - len(line.lstrip(" "))
        if line.strip() and indent <= column:
            break
        deep = position if line.strip() else deep
    first_own = len(lines)
    while first_own > deep and lines[first_own - 1].strip():
        first_own -= 1
    return "".join(lines[:deep]), "".join(lines[deep:first_own]), "".join(lines[first_own:])


def _content_end(page: _Page, node: Node) -> int:
    """The start of the line after the last line that the value fills."""
    if node.entries and not node.style:
        last = node.entries[-1]
        return max(_content_end(page, last.value), page.line_end(last.end))
    if node.style not in {"|", ">"}:
        return page.line_end(max(node.end - 1, node.start))
    at_end = node.end - page.offset >= len(page.text) and not page.text.endswith("\n")
    end = node.end if at_end else page.line_start(node.end)
    header = page.part(node.start, page.line_end(node.start)).partition("#")[0]
    if "+" in header:
        return end
    while page.part(end - 2, end) == "\n\n":
        end -= 1
    return end


def _origins(old: list[Value], new: list[Value]) -> list[int | None]:
    """For each new item, the position of the old item it was; None for an added one."""
    by_id = {id_of(item): position for position, item in reversed(list(enumerate(old)))}
    origins: list[int | None] = []
    for value in new:
        known = by_id.pop(id_of(value), None) if id_of(value) else None
        origins.append(known)
    known_ones = set(origins)
    free = {at: item for at, item in enumerate(old) if at not in known_ones}
    for same in (eq, _is_equal_but_id, _is_record):
        for place, value in enumerate(new):
            if origins[place] is None:
                ranked = sorted(free, key=lambda position: abs(position - place))
                found = next((at for at in ranked if same(free[at], value)), None)
                if found is not None:
                    origins[place] = found
                    del free[found]
    return origins


def _is_equal_but_id(old: Value, new: Value) -> bool:
    if not isinstance(old, dict) or not isinstance(new, dict) or id_of(old):
        return False
    return old == {key: value for key, value in new.items() if key != "id" or "id" in old}


def _is_record(old: Value, new: Value) -> bool:
    return isinstance(old, dict) and isinstance(new, dict) and not id_of(old) and not id_of(new)
