"""Who a reviewer is, and which organization they speak for."""

from localplan.plan.names import called
from localplan.plan.tree import id_of, records_in
from localplan.review.regions import key_of
from localplan.yamltext import Tree

_NOBODY = frozenset(
    {"", "author", "unknown author", "user", "microsoft office user", "python-docx"}
)


class People:
    """The partners of a plan and their contacts."""

    def __init__(self, tree: Tree) -> None:
        self._names: dict[str, str] = {}
        self._keys: dict[str, str] = {}
        """Each organization by its name as compared."""
        self._by_person: dict[str, str] = {}
        for part in ("partners", "providers"):
            for path, record in records_in(tree, part):
                self._take(record, called(tree, path))

    def organization(self, who: str, recipient: str = "") -> str:
        """Return the organization of the person, or of whoever the file was sent to."""
        person = key_of(who)
        if person in self._by_person:
            return self._by_person[person]
        for words, name in self._keys.items():
            if words in person:
                return name
        return self._names.get(recipient, "")

    def person(self, who: str, recipient: str = "") -> str:
        """Return the person's name; the organization's where the file only says "Author"."""
        if who.strip().casefold() not in _NOBODY:
            return who.strip()
        return self._names.get(recipient, "") or "Not known"

    def _take(self, record: Tree, name: str) -> None:
        self._names[id_of(record)] = name
        if words := key_of(name):
            self._keys.setdefault(words, name)
        contact = record.get("contact")
        for key in ("name", "email"):
            value = contact.get(key) if isinstance(contact, dict) else None
            if isinstance(value, str) and value.strip():
                self._by_person[key_of(value)] = name
