"""Which pieces of a plan, and which rows of its tables, the prompts of an outline ask for."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import TypeAlias

from localplan.document.blocks import Block, Boundary, Table
from localplan.document.pieces import Piece
from localplan.knowledge.states import Prompt, State
from localplan.knowledge.targets import Key, Target, Where
from localplan.plan.progress import is_answered
from localplan.plan.tree import get, matches, steps
from localplan.yamltext import Tree

Index: TypeAlias = dict[str, list[tuple[int, tuple[str, ...]]]]
"""Places of pieces by the part of the answers they print, each with the steps of its path."""

WHOLE = (0,)
"""The rows of a piece that cannot be divided: it is printed as one."""
_REPEATING = frozenset({"glance", "summary", "missing"})


@dataclass(frozen=True, slots=True)
class Found:
    """What a prompt asks for in one piece."""

    place: int
    rows: tuple[int, ...]
    answered: bool
    """Whether the piece answers the prompt, so that another prompt may point to it."""


def index_of(pieces: Iterable[Piece], state: State, tree: Tree) -> Index:
    """Return where the prompts of `state` find the answers of `tree` among `pieces`."""
    targets = [target for prompt in state.prompts() for target in prompt.targets]
    answered = [target for target in targets if _is_answered(target, tree)]
    index: Index = {}
    for place, piece in enumerate(pieces):
        if repeats(piece):
            continue
        subjects = _subject(piece, answered) or _subject(piece, targets) or piece.paths
        for path in subjects:
            names = steps(path)
            index.setdefault(_key(names), []).append((place, names))
    return index


def asked_by(
    prompt: Prompt, index: Index, pieces: Sequence[Piece], tree: Tree
) -> tuple[Found, ...]:
    """Return what `prompt` asks for among `pieces`, target by target, in plan order.

    A target that chooses records, such as `partners[programs=vr].role`, asks for what is printed of
    these records alone. A generated piece is asked for only where `tree` answers the target.
    """
    found: dict[int, Found] = {}
    for target in prompt.targets:
        answered = _is_answered(target, tree)
        for place, rows in _places(target, index, pieces, tree):
            piece = pieces[place]
            if _is_generated(piece, tree):
                if answered:
                    found[place] = _both(found.get(place), Found(place, rows, answered=True))
            else:
                one = Found(place, rows, answered=_is_answer(piece))
                found[place] = _both(found.get(place), one)
    return tuple(found.values())


def rows_of(piece: Piece) -> tuple[int, ...]:
    """Return the rows that can be printed apart: those of a table that knows its records."""
    table = _table(piece)
    return tuple(range(len(table.rows))) if table else WHOLE


def cut(piece: Piece, rows: Sequence[int], label: str) -> Piece:
    """Return `piece` with only `rows` of its table, which then goes by `label` if one is given."""
    table = _table(piece)
    if table is None or (len(rows) == len(table.rows) and not label):
        return piece
    kept = replace(
        table,
        rows=tuple(table.rows[row] for row in rows),
        records=tuple(table.records[row] for row in rows),
        label=label or table.label,
    )
    return replace(piece, blocks=tuple(_cut(block, table, kept) for block in piece.blocks))


def repeats(piece: Piece) -> bool:
    """Return True for the cover and for generated text that only sums up what other pieces say."""
    first = piece.blocks[0]
    if isinstance(first, Boundary) and first.kind == "answer":
        return False
    return not piece.chapter or piece.chapter in _REPEATING


def _cut(block: Block, table: Table, kept: Table) -> Block:
    if block is table:
        return kept
    if isinstance(block, Boundary) and kept.label != table.label:
        return replace(block, path=f"tables.{kept.label}")
    return block


def _both(one: Found | None, other: Found) -> Found:
    if one is None:
        return other
    rows = tuple(sorted({*one.rows, *other.rows}))
    return Found(one.place, rows, one.answered or other.answered)


def _chosen(target: Target, tree: Tree) -> tuple[tuple[str, ...], ...] | None:
    """The records that the target chooses, as steps; None when it chooses none in particular."""
    last = max((n for n, one in enumerate(target.segments) if isinstance(one, Where)), default=-1)
    if last < 0:
        return None
    part = Target(target.text, target.segments[: last + 1])
    return tuple(steps(path) for path, _ in matches(tree, part))


def _places(
    target: Target, index: Index, pieces: Sequence[Piece], tree: Tree
) -> Iterator[tuple[int, tuple[int, ...]]]:
    """Each piece that holds what the target names, with the rows that do."""
    candidates = [
        (place, names)
        for place, names in index.get(_key(target.text.split(".")), ())
        if _meets(names, target)
    ]
    chosen = _chosen(target, tree)
    if chosen is None:
        yield from ((place, rows_of(pieces[place])) for place, _ in candidates)
        return
    asked = [(*record, *_behind(target)) for record in chosen]
    own = {place: _own_rows(pieces[place], names, chosen) for place, names in candidates}
    exact = {place: _exact_rows(pieces[place], names, asked) for place, names in candidates}
    told = any(_prints(pieces[place], names, target) for place, names in candidates)
    yield from ((place, rows) for place, rows in (exact if told else own).items() if rows)


def _own_rows(
    piece: Piece, names: Sequence[str], chosen: Sequence[tuple[str, ...]]
) -> tuple[int, ...]:
    """The rows that tell of one of the chosen records; all where the piece is about one of them."""
    if any(tuple(names[: len(record)]) == record for record in chosen):
        return rows_of(piece)
    table = _table(piece)
    records = table.records if table else ()
    return tuple(row for row, record in enumerate(records) if steps(record) in chosen)


def _exact_rows(
    piece: Piece, names: Sequence[str], asked: Sequence[tuple[str, ...]]
) -> tuple[int, ...]:
    """The rows that print one of the answers asked for; all where the piece is such an answer."""
    if tuple(names) in asked:
        return rows_of(piece)
    table = _table(piece)
    rows = table.rows if table else ()
    return tuple(
        at for at, row in enumerate(rows) if any(steps(cell.path) in asked for cell in row)
    )


def _behind(target: Target) -> tuple[str, ...]:
    """What the target names behind the records that it chooses: `role`."""
    last = max(n for n, one in enumerate(target.segments) if isinstance(one, Where))
    return tuple(one.name for one in target.segments[last + 1 :] if isinstance(one, Key))


def _prints(piece: Piece, names: Sequence[str], target: Target) -> bool:
    """Whether the piece is an answer of the kind that the target names, or holds such in cells."""
    behind = _behind(target)
    if not behind:
        return False
    table = _table(piece)
    rows = table.rows if table else ()
    paths = [steps(cell.path) for row in rows for cell in row if cell.path]
    return any(path[-len(behind) :] == behind for path in (tuple(names), *paths))


def _table(piece: Piece) -> Table | None:
    """The one table of a piece that knows the record of each row."""
    found = [block for block in piece.blocks if isinstance(block, Table)]
    return found[0] if len(found) == 1 and any(found[0].records) else None


def _is_answered(target: Target, tree: Tree) -> bool:
    return any(is_answered(value) for _, value in matches(tree, target))


def _is_generated(piece: Piece, tree: Tree) -> bool:
    """Whether the program wrote the piece from answers; it is no gap and holds no own words."""
    first = piece.blocks[0]
    if not isinstance(first, Boundary) or first.kind not in {"passage", "table", "figure", "form"}:
        return False
    return get(tree, f"{first.path}.text") is None


def _is_answer(piece: Piece) -> bool:
    first = piece.blocks[0]
    return isinstance(first, Boundary) and first.kind in {"answer", "passage"}


def _subject(piece: Piece, targets: Sequence[Target]) -> tuple[str, ...]:
    """What the piece is about: the first of its paths that some prompt asks for."""
    asked = (path for path in piece.paths if any(_meets(steps(path), one) for one in targets))
    return tuple(islice(asked, 1))


def _key(names: Sequence[str]) -> str:
    """The part of the answers: `narratives` are many, so each is a part of its own."""
    root = names[0].partition("[")[0]
    return ".".join(names[:2]) if root == "narratives" else root


def _meets(names: Sequence[str], target: Target) -> bool:
    """Whether a path lies under the target, or the target under the path."""
    for name, segment in zip(names, target.segments, strict=False):
        if isinstance(segment, Key) and name not in {segment.name, "*"}:
            return False
    return bool(names)
