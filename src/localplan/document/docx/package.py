"""A Word file as its parts, written as the same bytes for the same parts."""

import io
import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

from localplan.document.docx import xmltext

ROOT = "/"
"""Where the relations of the file itself start."""
TYPES = "[Content_Types].xml"
"""The file that names the content type of each part."""
_EPOCH = (1980, 1, 1, 0, 0, 0)
_LEVEL = 3
"""Deflate: a draft is 3 % larger than at 5, and its body is packed nearly twice as fast."""
_PACKED = frozenset({"png", "jpeg", "jpg"})
_FORMATS = "http://schemas.openxmlformats.org/package/2006/"
_DEFAULTS = {
    "rels": "application/vnd.openxmlformats-package.relationships+xml",
    "xml": "application/xml",
}


@dataclass(frozen=True, slots=True)
class Part:
    """One file within the file, such as the styles."""

    kind: str
    """Its content type."""
    content: bytes


@dataclass(frozen=True, slots=True)
class Relation:
    """What a part points at."""

    kind: str
    """An address that says what the relation means."""
    target: str
    """The name of a part, or an address outside of the file."""
    outside: bool = False


@dataclass(frozen=True, slots=True)
class Package:
    """The parts by their names, such as `/word/styles.xml`, and how they point at each other."""

    parts: dict[str, Part]
    relations: dict[str, dict[str, Relation]]
    """By the part that they start from, then by their id."""

    def copy(self) -> "Package":
        """The same parts and relations, to which others can be added."""
        related = {source: dict(targets) for source, targets in self.relations.items()}
        return Package(dict(self.parts), related)

    def relate(self, source: str, rid: str, relation: Relation) -> None:
        """Let the part `source` point at something under the id `rid`."""
        self.relations.setdefault(source, {})[rid] = relation

    def related(self, source: str, kind: str) -> str:
        """The name of the part that `source` points at as its `kind`, such as `numbering`."""
        found = self.relations[source].values()
        return next(relation.target for relation in found if relation.kind.endswith(f"/{kind}"))


def ending_of(name: str) -> str:
    """The end of the name of a part, by which its content type may be known."""
    return name.rpartition(".")[2].lower()


def saved(package: Package) -> bytes:
    """The file that holds every part which the file itself leads to, under fixed dates."""
    names = tuple(_reached(package, ROOT, set()))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        _add(file, TYPES, _content_types(package, names))
        _add(file, "_rels/.rels", _relations_part(package, ROOT))
        for name in names:
            _add(file, name[1:], package.parts[name].content)
            if package.relations.get(name):
                folder, _, own = name.rpartition("/")
                rels = f"{folder[1:]}/_rels/{own}.rels"
                _add(file, rels, _relations_part(package, name))
    return out.getvalue()


def _reached(package: Package, source: str, seen: set[str]) -> Iterator[str]:
    for relation in package.relations.get(source, {}).values():
        if not relation.outside and relation.target not in seen:
            seen.add(relation.target)
            yield relation.target
            yield from _reached(package, relation.target, seen)


def _relations_part(package: Package, source: str) -> bytes:
    folder = posixpath.dirname(source)
    made = "".join(
        _relation(rid, relation, folder) for rid, relation in package.relations[source].items()
    )
    return xmltext.part(f'<Relationships xmlns="{_FORMATS}relationships">{made}</Relationships>')


def _relation(rid: str, relation: Relation, folder: str) -> str:
    to = relation.target if relation.outside else posixpath.relpath(relation.target, folder)
    outside = ' TargetMode="External"' if relation.outside else ""
    return (
        f'<Relationship Id="{xmltext.attribute(rid)}" Type="{xmltext.attribute(relation.kind)}" '
        f'Target="{xmltext.attribute(to)}"{outside}/>'
    )


def _content_types(package: Package, names: tuple[str, ...]) -> bytes:
    defaults = dict(_DEFAULTS)
    special: list[str] = []
    for name in names:
        kind = package.parts[name].kind
        if defaults.setdefault(ending_of(name), kind) != kind:
            special.append(name)
    known = "".join(
        f'<Default Extension="{ending}" ContentType="{kind}"/>' for ending, kind in defaults.items()
    ) + "".join(
        f'<Override PartName="{xmltext.attribute(name)}" ContentType="{package.parts[name].kind}"/>'
        for name in special
    )
    return xmltext.part(f'<Types xmlns="{_FORMATS}content-types">{known}</Types>')


def _add(file: zipfile.ZipFile, name: str, content: bytes) -> None:
    packed = ending_of(name) in _PACKED
    method = zipfile.ZIP_STORED if packed else zipfile.ZIP_DEFLATED
    file.writestr(zipfile.ZipInfo(name, _EPOCH), content, method, None if packed else _LEVEL)
