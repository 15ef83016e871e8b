"""Find the answers that a generated sentence, row or cell was made from."""

import re
from collections.abc import Iterable, Sequence

from localplan.plan.tree import KEYED_BY_PATH, get, leaves, steps
from localplan.review.regions import key_of
from localplan.yamltext import Tree

_MOST = 8
_SHORTEST = 4
_NAMES = ("name", "title", "course", "service", "indicator", "action", "item", "body", "measure")
_CODE = re.compile(r"[a-z0-9-]+")
_NO_ANSWERS = KEYED_BY_PATH | {"private", "parked", "history", "uses", "comments", "localplan"}


class Behind:
    """The answers of one draft, to be found by their words."""

    def __init__(self, tree: Tree) -> None:
        self._tree = tree
        self._words = {
            path: key_of(value)
            for path, value in leaves(tree).items()
            if isinstance(value, str) and steps(path)[0] not in _NO_ANSWERS
        }

    def of(self, text: str, row: Sequence[str] = (), known: Iterable[str] = ()) -> tuple[str, ...]:
        """Return the paths of the answers behind `text`, the likeliest first.

        `row` holds the other cells of its row; `known` the paths that the draft says it used.
        """
        words = key_of(text)
        records = self._records(row)
        exact = [path for path, value in self._words.items() if value == words and words]
        inside = [
            path
            for path, value in self._words.items()
            if len(value) >= _SHORTEST
            and value != words
            and value in words
            and not self._is_code(path)
        ]
        near = [path for path in (*exact, *inside) if self._within(path, records)]
        found = near or [*exact, *(path for path in inside if not records)]
        if not found:
            found = [*records]
        usable = [path for path in known if "*" not in path]
        named = [path for path in usable if "." in path]
        if named:
            found = [path for path in found if self._within(path, named)]
        return tuple(dict.fromkeys((*named, *found[:_MOST], *usable)))[:_MOST]

    def sole(self, text: str, row: Sequence[str] = ()) -> str:
        """Return the one answer that says exactly `text` in this row; blank when unclear."""
        words = key_of(text)
        records = self._records(row)
        found = [path for path, value in self._words.items() if words and value == words]
        near = [path for path in found if self._within(path, records)]
        chosen = near or found
        return chosen[0] if len(chosen) == 1 else ""

    def _records(self, row: Sequence[str]) -> tuple[str, ...]:
        """The records that the row is about: one that is named in one of its cells."""
        heads = [cell.partition("\n")[0] for cell in row]
        cells = {key_of(cell) for cell in (*row, *heads) if cell.strip()}
        found = [
            path.rpartition(".")[0]
            for path, value in self._words.items()
            if value in cells and path.rpartition(".")[2] in _NAMES and path.count(".") > 1
        ]
        return tuple(dict.fromkeys(found))

    def _is_code(self, path: str) -> bool:
        """True for a code or a bare number, which any text may hold by chance."""
        value = get(self._tree, path)
        return isinstance(value, str) and _CODE.fullmatch(value.strip()) is not None

    @staticmethod
    def _within(path: str, records: Sequence[str]) -> bool:
        return any(path.startswith(record + ".") for record in records)

    def text(self, path: str) -> str:
        """Return the answer at `path` as it was in this draft."""
        value = get(self._tree, path)
        if isinstance(value, list):
            return "\n".join(str(each) for each in value)
        return value.rstrip("\n") if isinstance(value, str) else ""
