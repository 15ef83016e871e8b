"""Which parts of a plan concern one partner."""

from collections.abc import Iterator
from dataclasses import dataclass

from localplan.plan.names import called, name_of
from localplan.plan.tree import get, records_in
from localplan.review.regions import key_of
from localplan.yamltext import Tree, Value

_BY_PROGRAM = {
    "adult-education": ("adult_education",),
    "vr": ("vocational_rehabilitation",),
    "wagner-peyser": ("employment_service",),
    "ui": ("employment_service",),
    "perkins": ("education_coordination", "pathway_development", "credentials"),
    "tanf": ("supportive_services",),
    "csbg": ("supportive_services",),
    "hud": ("supportive_services",),
    "youthbuild": ("youth_services",),
    "title-i-youth": ("youth_services",),
    "title-i-adult": ("adult_services",),
    "title-i-dislocated": ("adult_services", "rapid_response"),
}
_EVERYONE = ("partnership_vision", "partnership_governance")
_POINTERS = ("lead", "provider", "responsible", "referral_partner", "owner", "operator")


@dataclass(frozen=True, slots=True)
class Concern:
    """What is about one partner: its records, by path, and the names they go by."""

    partner: str
    name: str
    paths: frozenset[str]
    """Records that the partner has a part in, such as `pathways.nursing`."""
    narratives: frozenset[str]
    names: frozenset[str]
    """Names of those records, as compared."""

    def touches(self, path: str) -> bool:
        """Return whether the answer at `path` is about the partner."""
        if path in self.narratives:
            return True
        return any(path == record or path.startswith(record + ".") for record in self.paths)

    def mentions(self, text: str) -> bool:
        """Return whether `text` names the partner."""
        return bool(self.name) and key_of(self.name) in key_of(text)


def concern_of(tree: Tree, partner: str) -> Concern:
    """Return what in the plan concerns the partner with this id."""
    record = get(tree, f"partners.{partner}")
    own: Tree = record if isinstance(record, dict) else {}
    name = called(tree, f"partners.{partner}")
    paths, names = {f"partners.{partner}"}, {key_of(name)}
    for part in ("pathways", "supports", "metrics", "one_stops"):
        for other, record in _touched(tree, part, partner):
            paths.add(other)
            names.add(key_of(name_of(part, record)))
    programs = own.get("programs")
    keys = [*_EVERYONE]
    for program in programs if isinstance(programs, list) else ():
        keys += _BY_PROGRAM.get(str(program), ())
    return Concern(
        partner,
        name,
        frozenset(paths),
        frozenset(f"narratives.{key}" for key in keys),
        frozenset(names - {""}),
    )


def _touched(tree: Tree, part: str, partner: str) -> Iterator[tuple[str, Tree]]:
    for path, record in records_in(tree, part):
        if _names(record, partner):
            yield path, record


def _names(value: Value, partner: str) -> bool:
    if isinstance(value, dict):
        if any(value.get(pointer) == partner for pointer in _POINTERS):
            return True
        listed = value.get("partners")
        if isinstance(listed, list) and partner in listed:
            return True
        return any(_names(each, partner) for each in value.values())
    return isinstance(value, list) and any(
        _names(each, partner) for each in value if isinstance(each, dict)
    )
