"""Records that have another id now and are still the same by their name."""

from collections.abc import Iterable, Mapping

from localplan.plan.names import name_of
from localplan.plan.tree import id_of, records_in
from localplan.yamltext import Tree, Value


def with_ids_of(old: Tree, new: Tree, lists: Iterable[str]) -> Tree:
    """Return `old` with the ids that records of the same name have in `new`.

    Only where the old id is gone, the new one is new, and no other record has the name. What is
    private stays so under the new id.
    """
    for key in lists:
        ids = _other_ids(key, old, new)
        if ids:
            old = {**old, key: _renamed(old[key], ids)}
            for before, after in ids.items():
                old = _private_under(old, f"{key}.{before}", f"{key}.{after}")
    return old


def _other_ids(key: str, old: Tree, new: Tree) -> dict[str, str]:
    before, after = _names(old, key), _names(new, key)
    gone = {name: each for each, name in before.items() if each not in after}
    came = {name: each for each, name in after.items() if each not in before}
    known = [*before.values(), *after.values()]
    alike = gone.keys() & came.keys()
    return {gone[name]: came[name] for name in alike if known.count(name) == len(("old", "new"))}


def _renamed(records: Value, ids: Mapping[str, str]) -> Value:
    return [
        {**item, "id": ids[id_of(item)]} if isinstance(item, dict) and id_of(item) in ids else item
        for item in records
    ]


def _private_under(tree: Tree, old: str, new: str) -> Tree:
    private = tree.get("private")
    if not isinstance(private, list):
        return tree
    paths: list[Value] = [
        new + path[len(old) :]
        if isinstance(path, str) and f"{path}.".startswith(f"{old}.")
        else path
        for path in private
    ]
    return {**tree, "private": paths}


def _names(tree: Tree, key: str) -> dict[str, str]:
    """The name of each record by its id."""
    named = ((id_of(record), name_of(key, record)) for _, record in records_in(tree, key))
    return {each: name for each, name in named if each and name}
