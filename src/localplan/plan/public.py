"""What may leave the board: answers without private ones, unknown keys and names of staff.

Everything that other readers get (drafts but the working one, packets, comparisons, templates from
outside) is made from the answers as they are returned here.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import PurePosixPath, PureWindowsPath
from typing import Literal, TypeAlias

from localplan.knowledge.asking import asked_anywhere
from localplan.knowledge.questions import Questionnaire, load_questionnaire
from localplan.knowledge.standards import load_law
from localplan.knowledge.states import state_ids
from localplan.knowledge.targets import Target, TargetError
from localplan.plan.keys import (
    BOARD_ONLY,
    KEYS,
    NAMED_BY,
    RESPONSIBLE,
    SAID,
    WORKING_ONLY,
    general_names,
)
from localplan.plan.tree import (
    get,
    id_of,
    is_blank,
    is_records,
    join,
    leaves,
    matches,
    names_of,
    position_of,
    records_in,
    steps,
    value_at,
)
from localplan.yamltext import Tree, Value

WITH_THE_BOARD = "on file with the Board"
"""What stands for a source that is private: the figure still has one."""

_PATTERN = re.compile(r"[*\[]")
_BOARD = "board"
_THE_BOARD = re.compile(r"\bthe board\b(?! of)", re.IGNORECASE)
_SHORTEST_NAME = 3
_FOLDERS = re.compile(
    r"(?<![\w/:.])(?:"
    r"file:/{2,3}(?:[^\s/]+/)+"
    r"|[A-Za-z]:\\(?:[^\\\n:*?\"<>|;,]+\\)*"
    r"|\\\\[^\\\s]+\\(?:[^\\\n;,]+\\)*"
    r"|/(?:home|Users|root|tmp|var|mnt|media|Volumes|private|opt|srv)/(?:[^\s/]+/)*)"
)
"""The folders before the name of a file on someone's computer, wherever an answer names one."""

_Names: TypeAlias = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Held:
    """One answer that other readers do not get."""

    path: str
    why: "Why"


Why: TypeAlias = Literal["private", "not-asked", "person", "no-record", "no-option"]
"""`not-asked`: no question has this key; `person`: it names somebody on the staff; `no-record`: it
points to a record that is not there; `no-option`: it is none of the choices."""


@dataclass(frozen=True, slots=True)
class Published:
    """The answers that other readers get, and what is held back of them."""

    tree: Tree
    held: tuple[Held, ...]
    """Contacts and partners' troubles, which never leave, are not told again."""


def private_paths(tree: Tree) -> tuple[str, ...]:
    """Return the path of each answer and record that stands under `private`.

    An entry may be a pattern, as in `partners.*.role`.
    """
    return tuple(join(names) for names in sorted(_gone(tree)))


def private_entries(tree: Tree) -> tuple[str, ...]:
    """Return what stands under `private`: patterns as they are, all else as the path it hides."""
    patterns = (entry for entry in _entries(tree) if _PATTERN.search(entry))
    return tuple(dict.fromkeys((*private_paths(tree), *patterns)))


def named_though_private(tree: Tree, questionnaire: Questionnaire) -> Iterator[tuple[str, str]]:
    """Yield each answer that readers get and that names a private record, with that name."""
    kept = shareable(tree)
    names = tuple(_names_of_records(tree) - _names_of_records(kept))
    if not names:
        return
    for path, value in leaves(published(tree, questionnaire).tree).items():
        texts = value if isinstance(value, list) else [value]
        said = "\n".join(text for text in texts if isinstance(text, str))
        yield from ((path, name) for name in names if _stands_in(name, said))


def _names_of_records(tree: Tree) -> set[str]:
    """What the records of the plan's lists are called; short names prove nothing."""
    found: set[str] = set()
    for home in tree:
        for _, record in records_in(tree, home):
            name = " ".join(_text(record, _proper_name_in(home)).split())
            found |= {name} if len(name) > _SHORTEST_NAME else set()
    return found


def _proper_name_in(home: str) -> str:
    """The key of a record's proper name: what an action or a figure goes by proves nothing."""
    keys = NAMED_BY.get(home, ("name",))
    return keys[0] if keys[0] in {"name", "service"} else "name"


def _stands_in(name: str, text: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.IGNORECASE) is not None


def stands_under(path: str, paths: Iterable[str]) -> bool:
    """Return whether `path` is one of `paths` or lies within one of them."""
    return any(f"{path}.".startswith(f"{each}.") for each in paths)


def hiding_nothing(tree: Tree) -> tuple[str, ...]:
    """Return the entries of `private` that nothing in the answers goes by."""
    return tuple(entry for entry in _entries(tree) if not any(_hidden_by(tree, entry)))


def shareable(tree: Tree) -> Tree:
    """Return the answers without the ones that the board marked private.

    What points to a private record no longer does; a figure whose source is private says that the
    Board has it. A record whose name is private is private.
    """
    gone = _gone(tree)
    if not gone:
        return tree
    left = _without(tree, (), gone)
    return _unpointed(tree, left) if isinstance(left, dict) else {}


def published(tree: Tree, questionnaire: Questionnaire) -> Published:
    """Return the answers as documents for other readers may show them, and what is held back.

    `questionnaire` holds what this plan is asked; a key that no question fills is held back.
    """
    sieve = _Sieve(shareable(tree), questionnaire)
    kept = sieve.answers()
    private = [path for path in private_paths(tree) if not is_blank(get(tree, path))]
    return Published(kept, (*(Held(path, "private") for path in private), *sieve.held))


def outward(tree: Tree, questionnaire: Questionnaire) -> Tree:
    """Return the answers as packets for reviewers may show them: without others' comments."""
    kept = published(tree, questionnaire).tree
    return {key: value for key, value in kept.items() if KEYS[key].packets}


def without_folders(text: str) -> str:
    """Return `text` without the folders of someone's computer before a file's name."""
    return _FOLDERS.sub("", text)


def file_name(file: str) -> str:
    """Return the name of a file without the folders of someone's computer."""
    return PureWindowsPath(PurePosixPath(file).name).name


def _entries(tree: Tree) -> tuple[str, ...]:
    """The entries of `private`; a single text means the same as a list of one."""
    listed = tree.get("private")
    entries = listed if isinstance(listed, list) else [listed]
    return tuple(entry.strip() for entry in entries if isinstance(entry, str) and entry.strip())


def _gone(tree: Tree) -> frozenset[_Names]:
    return frozenset(names for entry in _entries(tree) for names in _hidden_by(tree, entry))


def _hidden_by(tree: Tree, entry: str) -> Iterator[_Names]:
    names = steps(entry)
    if value_at(tree, names) is not None:
        yield _as_reached(tree, names)
    elif _PATTERN.search(entry):
        try:
            target = Target.parse(entry)
        except TargetError:
            return
        for path, value in matches(tree, target):
            if value is not None:
                yield steps(path)


def _as_reached(tree: Tree, names: Sequence[str]) -> _Names:
    """The steps to a value with each record by its own name, however the entry counts it."""
    here: Value | None = tree
    found: list[str] = []
    for name in names:
        position = position_of(here, name) if isinstance(here, list) else None
        if isinstance(here, list) and position is not None:
            found.append(names_of(here)[position])
        else:
            found.append(name)
        here = value_at(here, [name]) if here is not None else None
    return tuple(found)


def _without(value: Value, names: _Names, gone: Collection[_Names]) -> Value | None:
    """What is left of `value` at `names` once everything in `gone` is taken out."""
    if names in gone:
        return None
    if isinstance(value, dict):
        kept = ((key, _without(inner, (*names, key), gone)) for key, inner in value.items())
        return {key: inner for key, inner in kept if inner is not None}
    if isinstance(value, list) and is_records(value):
        records = zip(names_of(value), value, strict=True)
        left = (
            _without(item, (*names, name), gone)
            for name, item in records
            if not _is_private(item, names, gone)
        )
        return [item for item in left if item is not None]
    return value


def _is_private(record: Value, names: _Names, gone: Collection[_Names]) -> bool:
    """True for a record whose id or whose name is private, also where two have one id."""
    own = (*names, id_of(record))
    return own in gone or (*own, NAMED_BY.get(join(general_names(names)), ("name",))[0]) in gone


def _unpointed(before: Tree, left: Tree) -> Tree:
    """The answers that are left, without what points to a record that is gone."""
    gone = {home: _ids(before.get(home)) - _ids(left.get(home)) for home in KEYS}
    measures = left.get("metrics")
    if isinstance(measures, list):
        # Without its owner, what one body is measured by would read as the whole area's.
        whose = _any_of(gone, ("areas", "providers", "pathways", "partners"))
        kept = [one for one in measures if _text(one, "of") not in whose]
        gone["metrics"] |= _ids(measures) - _ids(kept)
        left = {**left, "metrics": kept}
    there = {home: _ids(left.get(home)) for home in KEYS}
    lost = {
        fills: _any_of(gone, question.sources) - _any_of(there, question.sources)
        for fills, question in load_questionnaire().by_fills().items()
        if question.sources
    }
    for home, key, place in _POINTS_INSIDE:
        lost[place] = _inside(before, home, key) - _inside(left, home, key)
    made = _repointed(left, "", {place: ids for place, ids in lost.items() if ids})
    return made if isinstance(made, dict) else left


_POINTS_INSIDE = (
    ("sectors", "occupations", "pathways.*.exit_points.*.occupation"),
    ("pathways", "steps", "pathways.*.exit_points.*.step"),
)
"""Answers that point to a record inside another record."""


def _any_of(ids: Mapping[str, set[str]], homes: Iterable[str]) -> set[str]:
    return {one for home in homes for one in ids.get(home, ())}


def _ids(records: Value | None) -> set[str]:
    return {id_of(item) for item in records if id_of(item)} if isinstance(records, list) else set()


def _text(record: Value, key: str) -> str:
    found = record.get(key) if isinstance(record, dict) else None
    return found if isinstance(found, str) else ""


def _inside(tree: Tree, home: str, key: str) -> set[str]:
    """The ids of the records that stand in a list of each record."""
    return {one for _, each in records_in(tree, home) for one in _ids(each.get(key))}


def _repointed(value: Value, place: str, lost: Mapping[str, Collection[str]]) -> Value | None:
    if place in lost:
        if isinstance(value, list):
            return [item for item in value if not (isinstance(item, str) and item in lost[place])]
        if isinstance(value, str) and value in lost[place]:
            return WITH_THE_BOARD if place.endswith(".evidence") else None
        return value
    if isinstance(value, dict):
        before = f"{place}." if place else ""
        kept = ((key, _repointed(inner, before + key, lost)) for key, inner in value.items())
        return {key: inner for key, inner in kept if inner is not None}
    if isinstance(value, list) and is_records(value):
        items = (_repointed(item, f"{place}.*", lost) for item in value)
        return [item for item in items if item is not None]
    return value


class _Sieve:
    """Lets through what other readers may see, and notes what it holds back."""

    def __init__(self, tree: Tree, questionnaire: Questionnaire) -> None:
        self.held: list[Held] = []
        self._tree = tree
        self._places = _Places(questionnaire)
        self._bodies = _bodies(tree)

    def answers(self) -> Tree:
        """Return what may be read outside the board."""
        kept: Tree = {}
        for root, value in self._tree.items():
            key = KEYS.get(root)
            if key is None:
                self._hold(value, (root,), "not-asked")
            elif key.leaves:
                found = self._under(root, value)
                if found is not None:
                    kept[root] = found
        return kept

    def _under(self, root: str, value: Value) -> Value | None:
        if root == "localplan":
            return value
        if root == "status":
            return _said(value)
        if root == "passages":
            return _own_words(value)
        if root == "actions":
            value = _still_meant(value)
        return self._open(value, (root,), root)

    def _open(self, value: Value, names: _Names, place: str) -> Value | None:
        if isinstance(value, dict) and self._places.holds_more(place):
            return self._group(value, names, place)
        if isinstance(value, list) and is_records(value) and self._places.holds_more(f"{place}.*"):
            records = zip(names_of(value), value, strict=True)
            items = (self._open(item, (*names, name), f"{place}.*") for name, item in records)
            return [item for item in items if item is not None]
        if not self._fits(value, place):
            self._hold(value, names, "not-asked")
            return None
        if place in RESPONSIBLE:
            return self._each(value, names, self._body)
        if place in self._places.references:
            known = self._places.known(place, self._tree)
            return self._each(value, names, self._among(known, "no-record"))
        if place in self._places.options:
            return self._each(value, names, self._among(self._places.options[place], "no-option"))
        return _stripped(value, place)

    def _each(
        self, value: Value, names: _Names, let: Callable[[str, _Names], str | None]
    ) -> Value | None:
        """The answer, or of a list the ones that are let through."""
        if isinstance(value, str):
            return let(value, names) if value.strip() else value
        if isinstance(value, list):
            found = (let(item, names) for item in value if isinstance(item, str))
            return [item for item in found if item is not None]
        return value

    def _among(
        self, known: Collection[str], why: Literal["no-record", "no-option"]
    ) -> Callable[[str, _Names], str | None]:
        def let(said: str, names: _Names) -> str | None:
            if said.strip() in known:
                return said
            self.held.append(Held(join(names), why))
            return None

        return let

    def _group(self, group: Tree, names: _Names, place: str) -> Tree:
        kept: Tree = {}
        for key, inner in group.items():
            here = f"{place}.{key}"
            if key in BOARD_ONLY or here in WORKING_ONLY:
                continue
            if key == "id":
                kept[key] = inner if isinstance(inner, str) else ""
            elif here == _REGIONAL:
                kept[key] = self._regional(inner, (*names, key))
            elif not self._places.asks(here):
                self._hold(inner, (*names, key), "not-asked")
            else:
                found = self._open(inner, (*names, key), here)
                if found is not None:
                    kept[key] = found
        return kept

    def _fits(self, value: Value, place: str) -> bool:
        """True for one answer where one answer is asked for: a text, or a list of texts."""
        if self._places.holds_more(place) or self._places.holds_more(f"{place}.*"):
            return is_blank(value)
        return isinstance(value, str) or (
            isinstance(value, list) and all(isinstance(item, str) for item in value)
        )

    def _regional(self, value: Value, names: _Names) -> Value:
        """Where the regional plan answers what the law and the States ask."""
        kept: Tree = {}
        own = "." in str(get(self._tree, "plan.outline") or "")
        for key, inner in value.items() if isinstance(value, dict) else ():
            asked = own or key in _items_of_the_law() or key.partition("-")[0] in state_ids()
            if asked and isinstance(inner, str):
                kept[key] = inner
            else:
                self._hold(inner, (*names, key), "not-asked")
        return kept

    def _body(self, owner: str, names: _Names) -> str | None:
        """The bodies that an answer about who is responsible names; None for a person alone."""
        said = " ".join(owner.split())
        if not said or said in self._bodies.ids or said.casefold() == _BOARD:
            return owner
        found = _named_in(said, self._bodies.names)
        if found.casefold() != said.casefold():
            self.held.append(Held(join(names), "person"))
        return found or None

    def _hold(self, value: Value, names: _Names, why: Why) -> None:
        if not is_blank(value):
            self.held.append(Held(join(names), why))


class _Places:
    """Where questions ask for an answer: those of this plan, and of every framework and State."""

    def __init__(self, questionnaire: Questionnaire) -> None:
        self._fills = frozenset(questionnaire.by_fills())
        asked = questionnaire.by_fills()
        self.references = {
            place: question.sources
            for place, question in asked.items()
            if question.sources and place != _OWNER_OF_MEASURE
        }
        self.options = {
            place: frozenset(option.code for option in question.options)
            for place, question in asked.items()
            if question.kind in {"choice", "choices"} and question.options and not question.other
        }
        self._groups = frozenset(
            fill[:end] for fill in self._fills for end, letter in enumerate(fill) if letter == "."
        )

    def asks(self, place: str) -> bool:
        """Whether some question fills `place`, or something beneath it."""
        return place in self._fills or self.holds_more(place) or place in asked_anywhere()

    def known(self, place: str, tree: Tree) -> frozenset[str]:
        """The ids of the records that the answer at `place` may name."""
        homes = self.references[place]
        ids = {one for home in homes for one in _ids(tree.get(home))}
        return frozenset(ids | ({_BOARD} if _BOARD in homes else set()))

    def holds_more(self, place: str) -> bool:
        """Whether questions fill what stands beneath `place`."""
        return place in self._groups or place.endswith(".more")


_REGIONAL = "plan.regional_plan.sections"
_OWNER_OF_MEASURE = "metrics.*.of"
"""Without its owner, what one body is measured by would read as the whole area's: it stays."""


@cache
def _items_of_the_law() -> frozenset[str]:
    return frozenset(requirement.id for requirement in load_law().requirements)


def _said(value: Value) -> Tree:
    """Why an answer does not apply or stands elsewhere: readers see that sentence."""
    return {
        path: {key: entry[key] for key in ("state", "reason") if key in entry}
        for path, entry in (value.items() if isinstance(value, dict) else ())
        if isinstance(entry, dict) and entry.get("state") in SAID
    }


def _own_words(value: Value) -> Tree:
    return {
        name: {"text": without_folders(text)}
        for name, passage in (value.items() if isinstance(value, dict) else ())
        if isinstance(passage, dict) and isinstance(text := passage.get("text"), str)
    }


def _still_meant(actions: Value) -> Value:
    """The actions that the board did not drop."""
    if not isinstance(actions, list):
        return actions
    return [
        each for each in actions if not (isinstance(each, dict) and each.get("status") == "dropped")
    ]


def _stripped(value: Value, place: str) -> Value:
    if isinstance(value, list):
        return [_stripped(item, place) for item in value]
    if not isinstance(value, str):
        return value
    return file_name(value) if place.endswith(".file") else without_folders(value)


@dataclass(frozen=True, slots=True)
class _Bodies:
    ids: frozenset[str]
    names: tuple[str, ...]


_BODIES = ("partners", "providers")
_BODY_KEYS = {
    "partners": ("name",),
    "providers": ("name",),
    "one_stops": ("name",),
    "areas": ("board", "fiscal_agent", "grant_recipient"),
    "approvals": ("body",),
}
"""The answers that name an organization, a center or a body that votes."""


def _bodies(tree: Tree) -> _Bodies:
    """The organizations and boards that the plan knows."""
    ids = frozenset(one for home in _BODIES for one in _ids(tree.get(home)))
    board = tree.get("board")
    names = [_text(board, "name") if board is not None else ""]
    for home, keys in _BODY_KEYS.items():
        for _, record in records_in(tree, home):
            names += [_text(record, key) for key in keys]
    told = (" ".join(name.split()) for name in names)
    return _Bodies(ids, tuple(name for name in dict.fromkeys(told) if len(name) >= _SHORTEST_NAME))


def _named_in(text: str, names: Iterable[str]) -> str:
    """The bodies that `text` names, in its order: `the college and the Board`."""
    spans = [found.span() for found in _THE_BOARD.finditer(text)]
    for name in names:
        whole = rf"(?<!\w){re.escape(name)}(?!\w)"
        spans += [found.span() for found in re.finditer(whole, text, re.IGNORECASE)]
    widest = sorted(spans, key=lambda span: (span[0], -span[1]))
    told: list[str] = []
    end = 0
    for begin, stop in widest:
        if begin >= end:
            told.append(text[begin:stop])
            end = stop
    return " and ".join([", ".join(told[:-1]), told[-1]]) if told[1:] else "".join(told)
