"""Give records without an id one, so that every answer has a path that lasts."""

import re
import unicodedata
from collections.abc import Sequence

from localplan.plan.names import typed_name
from localplan.plan.tree import id_of, is_blank, is_records, join
from localplan.yamltext import Tree, Value

_LONGEST = 41


def with_ids(tree: Tree) -> Tree:
    """The tree with an id in every record that lacked one; the same tree when none did."""
    changed = {key: _completed(value, (key,)) for key, value in tree.items()}
    return tree if all(changed[key] is tree[key] for key in tree) else changed


def new_id(label: str, taken: Sequence[str]) -> str:
    """An id made from the label's words, different from those that are taken.

    Example: `new_id("Sierra College", [])` is `sierra-college`.
    """
    words = slug(label)
    stem = words[:_LONGEST].rstrip("-")
    if len(words) > _LONGEST and "-" in stem:
        stem = stem[: stem.rindex("-")]
    stem = stem or "item"
    made, number = stem, 1
    while made in taken:
        number += 1
        made = f"{stem[: _LONGEST - len(str(number)) - 1].rstrip('-')}-{number}"
    return made


def slug(label: str) -> str:
    """The words of the label in small letters and digits, with hyphens between."""
    ascii_only = unicodedata.normalize("NFKD", label).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", ascii_only.lower().replace("'", "")).strip("-")


def waiting_in(tree: Tree, key: str) -> list[Value]:
    """The records that the program keeps under `key`; text that a person put there is one."""
    found = tree.get(key)
    if isinstance(found, list) or is_blank(found):
        return list(found or ())
    return [{"id": "text", "text": found or ""}]


def _completed(value: Value, place: tuple[str, ...]) -> Value:
    if isinstance(value, dict):
        group = {name: _completed(inner, (*place, name)) for name, inner in value.items()}
        return value if all(group[name] is value[name] for name in value) else group
    if not isinstance(value, list) or not is_records(value):
        return value
    taken = [id_of(item) for item in value if id_of(item)]
    items: list[Value] = []
    for item in value:
        done = _completed(item, (*place, "*"))
        if isinstance(done, dict) and not id_of(done):
            made = new_id(_label_of(done, place), taken)
            taken.append(made)
            done = {"id": made, **{name: inner for name, inner in done.items() if name != "id"}}
        items.append(done)
    return value if all(a is b for a, b in zip(items, value, strict=True)) else items


def _label_of(record: Tree, place: tuple[str, ...]) -> str:
    """What names the record, or the list it stands in where that holds no letter or figure."""
    told = typed_name(join(place), record)
    return told if re.search("[A-Za-z0-9]", told) else place[-1].removesuffix("s")
