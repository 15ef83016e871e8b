"""Bring two people's edits of the same answers together, answer by answer.

Records are matched by id. A list of texts is one answer. Where both sides changed the same answer
to different things the merged tree holds what was there before, and a `Conflict` shows all three.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from localplan.plan.tree import KEYED_BY_PATH, is_blank, is_records, join, names_of, put, remove
from localplan.yamltext import Tree, Value

Side = Literal["base", "mine", "theirs"]
Copy = Literal["mine", "theirs"]


_LOOKED_AT = frozenset({"confirmed", "changed"})
_PRIVATE = ("private",)
"""What never leaves the board: a choice between two lists would make the paths of one public."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """An answer that both changed; None means that it was not there or was removed."""

    path: str
    base: Value | None
    mine: Value | None
    theirs: Value | None

    def version(self, side: Side) -> Value | None:
        """The answer as that side has it."""
        return {"base": self.base, "mine": self.mine, "theirs": self.theirs}[side]

    def side_kept(self, wanted: Copy) -> Side:
        """The side that a rule for all conflicts keeps.

        The other one where `wanted` has nothing and no base shows that it was removed there.
        """
        other: Copy = "theirs" if wanted == "mine" else "mine"
        lacks = is_blank(self.version(wanted)) and is_blank(self.base)
        return other if lacks else wanted


@dataclass(frozen=True, slots=True)
class Merged:
    """Both sides' edits in one tree, and what a person must still decide."""

    tree: Tree
    conflicts: tuple[Conflict, ...]


def merge(base: Tree | None, mine: Tree, theirs: Tree) -> Merged:
    """Both edits of `base` in one; without a base every difference is a conflict."""
    conflicts: list[Conflict] = []
    work = _Work(conflicts, base is None)
    tree = work.groups({} if base is None else base, mine, theirs, ())
    return Merged(tree, tuple(conflicts))


def decide(merged: Merged, path: str, value: Value | None) -> Merged:
    """The merge with the conflict at `path` settled as `value`; None removes the answer."""
    tree = remove(merged.tree, path) if value is None else put(merged.tree, path, value)
    return Merged(tree, tuple(each for each in merged.conflicts if each.path != path))


@dataclass(frozen=True, slots=True)
class _Work:
    conflicts: list[Conflict]
    ask_all: bool

    def groups(self, base: Tree, mine: Tree, theirs: Tree, names: tuple[str, ...]) -> Tree:
        merged: Tree = {}
        for key in _ordered(list(base), list(mine), list(theirs)):
            here = (*names, key)
            value = self.values(base.get(key), mine.get(key), theirs.get(key), here)
            if value is not None:
                merged[key] = value
        return merged

    def values(
        self,
        base: Value | None,
        mine: Value | None,
        theirs: Value | None,
        names: tuple[str, ...],
    ) -> Value | None:
        if mine == theirs:
            return mine
        if not self.ask_all and base in (mine, theirs):
            return theirs if base == mine else mine
        if names == _PRIVATE and _are_texts(mine) and _are_texts(theirs):
            return _union(base if _are_texts(base) else None, mine or [], theirs or [])
        if names[0] == "status" and (signed := _signed(mine, theirs)):
            return signed
        entry = len(names[1:]) == 1 and names[0] in KEYED_BY_PATH
        if isinstance(mine, dict) and isinstance(theirs, dict) and not entry:
            return self.groups(base if isinstance(base, dict) else {}, mine, theirs, names)
        if _are_records(mine, theirs) and isinstance(mine, list) and isinstance(theirs, list):
            return self.records(base if isinstance(base, list) else [], mine, theirs, names)
        self.conflicts.append(Conflict(join(names), base, mine, theirs))
        return base

    def records(
        self,
        base: list[Value],
        mine: list[Value],
        theirs: list[Value],
        names: tuple[str, ...],
    ) -> list[Value]:
        sides = [dict(zip(names_of(side), side, strict=True)) for side in (base, mine, theirs)]
        old, ours, others = sides
        merged: list[Value] = []
        for name in _ordered(list(old), list(ours), list(others)):
            here = (*names, name)
            value = self.values(old.get(name), ours.get(name), others.get(name), here)
            if value is not None:
                merged.append(value)
        return merged


def _are_texts(value: Value | None) -> bool:
    return value is None or (
        isinstance(value, list) and all(isinstance(each, str) for each in value)
    )


def _union(base: Value | None, mine: Value, theirs: Value) -> list[Value]:
    """What either side keeps private, without what one side made public on purpose."""
    old, ours, others = ([str(each) for each in side or ()] for side in (base, mine, theirs))
    gone = {each for each in old if each not in ours or each not in others}
    return [each for each in _ordered(old, ours, others) if each not in gone]


def _signed(mine: Value | None, theirs: Value | None) -> Value | None:
    """The mark that stays where both looked at the same answer: the change, then the later look."""
    if not isinstance(mine, dict) or not isinstance(theirs, dict):
        return None
    if not {str(mine.get("state")), str(theirs.get("state"))} <= _LOOKED_AT:
        return None
    return max(mine, theirs, key=_of_a_look)


def _of_a_look(mark: Tree) -> tuple[bool, str, str]:
    return mark["state"] == "changed", str(mark.get("on", "")), str(sorted(mark.items(), key=str))


def _are_records(mine: Value | None, theirs: Value | None) -> bool:
    return (is_records(mine) or mine == []) and (is_records(theirs) or theirs == [])


def _ordered(base: Sequence[str], mine: Sequence[str], theirs: Sequence[str]) -> list[str]:
    """All names, in the order of the side that moved some; additions follow their neighbor."""
    if list(base) == list(mine) == list(theirs):
        return list(base)
    common = [name for name in base if name in set(mine) & set(theirs)]
    kept = set(common)
    orders = [[name for name in side if name in kept] for side in (mine, theirs)]
    moved = sorted(order for order in orders if order != common)
    spine = moved[0] if moved else common
    one_sided = [name for name in base if name not in kept]
    first, second = sorted([list(mine), list(theirs)])
    result = list(spine)
    for side in (first, second, [*one_sided]):
        _insert(result, side)
    return result


def _insert(result: list[str], side: Sequence[str]) -> None:
    present = set(result)
    after = 0
    for name in side:
        if name in present:
            after = result.index(name) + 1
            continue
        result.insert(after, name)
        present.add(name)
        after += 1
