"""What a record is called, and what an answer is about: one name, wherever it is said.

A record goes by the answer that its list is read by (`plan/keys.NAMED_BY`), a choice by its label;
where nobody named it, by the words of its id.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from localplan.knowledge.lists import labels, load_lists
from localplan.plan.keys import NAMED_BY, general_names
from localplan.plan.tree import is_records, join, steps, value_at
from localplan.yamltext import Tree

if TYPE_CHECKING:
    from localplan.plan.model import Record

CHOICES: Mapping[str, str] = MappingProxyType(
    {
        "absent_programs.*.program": "one_stop_programs",
        "metrics.*.indicator": "indicators",
        "partners.*.resources.*.kind": "resource_kinds",
        "pathways.*.instruction.*.strategy": "delivery_strategies",
        "populations.*.standard": "population_standards",
        "supports.*.standard": "supportive_services",
    }
)
"""The names that are choices, each with the list of `standards/lists.yaml` that labels it."""

_OF_OTHER_LISTS = ("name", "title")
"""What names a record of a list that the program does not know."""

_LONGEST = 90
"""Letters of a name that stands before something else: a comment can be a page long."""


def called(tree: Tree, path: str) -> str:
    """Return what the record at `path` is called; the words of its id where nothing names it."""
    return name_at(tree, path) or words_of_id(steps(path)[-1])


def name_at(tree: Tree, path: str) -> str:
    """Return what the answers call the record at `path`; blank where they do not name one."""
    names = steps(path)
    if not is_records(value_at(tree, names[:-1])):
        return ""
    return name_of(join(general_names(names[:-1])), value_at(tree, names))


def name_of(place: str, record: object) -> str:
    """Return what a record of the list `place` is called; blank where nothing names it.

    `place` is the path of the list in general, such as `pathways.*.steps`; `record` holds the
    answers by their keys.
    """
    if not isinstance(record, Mapping):
        return ""
    for key in NAMED_BY.get(place, _OF_OTHER_LISTS):
        said = _on_one_line(record.get(key))
        if said:
            return _labelled(f"{place}.*.{key}", said, record)
    return ""


def named(place: str, record: "Record") -> str:
    """Return what a record of the model is called; `place` is the list, as in `name_of`."""
    return name_of(place, vars(record)) or words_of_id(record.id)


def typed_name(place: str, record: Tree) -> str:
    """Return the answer that names a record as it was typed, a choice by its code."""
    keys = NAMED_BY.get(place, _OF_OTHER_LISTS)
    return next(filter(None, (_on_one_line(record.get(key)) for key in keys)), "")


def names_a_record(path: str) -> bool:
    """Return whether the answer at `path` is one that a record goes by."""
    place, star, key = general(path).rpartition(".*.")
    return bool(star) and key in NAMED_BY.get(place, ())


def words_of_id(name: str) -> str:
    """Return an id as words: `delta-college` is Delta college, `#2` is No. 2."""
    words = name.replace("#", "No. ").replace("-", " ")
    return words[:1].upper() + words[1:]


def about(tree: Tree, path: str) -> str:
    """Return what the answer at `path` is about, in words, such as "Delta College: role".

    That is the names of its record and the one around that, then its own key.
    """
    names = steps(path)
    if names[0] == "passages":
        return f"Own words: {names[1].replace('-', ' ')}"
    records = record_names(tree, join(names[:-1]))
    if name := name_at(tree, path):
        return ", ".join([*records[-1:], name])
    if is_level(path):
        return f"{called(tree, join(names[:2]))}: levels"
    key = names[-1].replace("_", " ")
    group = _group_of(names)
    if not records and group:
        records = (group.replace("_", " ").capitalize(),)
    return f"{', '.join(records[-2:])}: {key}" if records else key[:1].upper() + key[1:]


def record_names(tree: Tree, path: str) -> tuple[str, ...]:
    """Return the names of the records on the way to `path`, its own last; unnamed ones left out."""
    names = steps(path)
    found = (name_at(tree, join(names[:depth])) for depth in range(2, len(names) + 1))
    return tuple(_shortened(name) for name in found if name)


def is_level(path: str) -> bool:
    """Return whether `path` is a level of performance or what is known of it."""
    return general(path).startswith("metrics.*.levels.")


def general(path: str) -> str:
    """Return the path with `*` for each record, as questions name it: `partners.*.role`."""
    return join(general_names(steps(path)))


def _labelled(place: str, said: str, record: Mapping[str, object]) -> str:
    """The label of a name that is a choice; an indicator of youth has a name of its own in law."""
    choices = CHOICES.get(place)
    if choices is None:
        return said
    if choices == "indicators" and record.get("program") == "title-i-youth":
        facts = {option.code: option.facts for option in load_lists()[choices]}
        said = facts.get(said, {}).get("youth_label", "") or said
    return labels(choices).get(said, said)


def _on_one_line(value: object) -> str:
    if value is None or isinstance(value, Mapping | list | tuple):
        return ""
    return " ".join(str(value).split())


def _shortened(name: str) -> str:
    if len(name) <= _LONGEST:
        return name
    return f"{name[:_LONGEST].rpartition(' ')[0]} …"


def _group_of(names: tuple[str, ...]) -> str:
    """The group that an answer stands in where its own key says too little."""
    inner = names[-2] if names[2:] else ""
    return names[0] if names[0] == "public_comment" and not inner else inner
