"""Find the answers that a generated sentence, row or cell was made from."""

import re
from collections.abc import Iterable, Sequence

from localplan.plan.keys import NOT_ANSWERS
from localplan.plan.names import names_a_record
from localplan.plan.tree import get, leaves, steps
from localplan.review.regions import key_of
from localplan.yamltext import Tree

_MOST = 8
_SHORTEST = 4
_CODE = re.compile(r"[a-z0-9-]+")
_NO_ANSWERS = NOT_ANSWERS | {"comments"}


class Behind:
    """The answers of one draft, to be found by their words."""

    def __init__(self, tree: Tree) -> None:
        self._tree = tree
        self._order: dict[str, int] = {}
        self._said: dict[str, list[str]] = {}
        """The paths of the answers that say the same, by their words."""
        self._begins: dict[str, set[str]] = {}
        """The words that a longer text may hold, by their first letters."""
        self._named: dict[str, list[tuple[int, str]]] = {}
        """The records that go by a name, each with its place in the answers."""
        for path, value in leaves(tree).items():
            if isinstance(value, str) and steps(path)[0] not in _NO_ANSWERS:
                self._take(path, value)

    def _take(self, path: str, value: str) -> None:
        words = key_of(value)
        self._order[path] = len(self._order)
        self._said.setdefault(words, []).append(path)
        if len(words) >= _SHORTEST:
            self._begins.setdefault(words[:_SHORTEST], set()).add(words)
        record = path.rpartition(".")[0]
        # A year names a level among its measure's only; every measure has one.
        if names_a_record(path) and not words.isdigit():
            self._named.setdefault(words, []).append((self._order[path], record))

    def of(self, text: str, row: Sequence[str] = (), known: Iterable[str] = ()) -> tuple[str, ...]:
        """Return the paths of the answers behind `text`, the likeliest first.

        `row` holds the other cells of its row; `known` the paths that the draft says it used.
        """
        words = key_of(text)
        records = self._records(row)
        exact = self._said.get(words, []) if words else []
        inside = self._inside(words)
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
        found = self._said.get(words, []) if words else []
        near = [path for path in found if self._within(path, records)]
        chosen = near or found
        return chosen[0] if len(chosen) == 1 else ""

    def _records(self, row: Sequence[str]) -> tuple[str, ...]:
        """The records that the row is about: one that is named in one of its cells."""
        heads = [cell.partition("\n")[0] for cell in row]
        cells = {key_of(cell) for cell in (*row, *heads) if cell.strip()}
        found = sorted(each for cell in cells for each in self._named.get(cell, ()))
        return tuple(dict.fromkeys(record for _, record in found))

    def _inside(self, words: str) -> list[str]:
        """The answers whose words stand within a longer text, codes and bare numbers left out."""
        found = {
            said
            for at in range(len(words) - _SHORTEST + 1)
            for said in self._begins.get(words[at : at + _SHORTEST], ())
            if said != words and words.startswith(said, at)
        }
        paths = [path for said in found for path in self._said[said] if not self._is_code(path)]
        return sorted(paths, key=self._order.__getitem__)

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
