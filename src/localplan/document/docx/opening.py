"""Take a Word file apart, as far as our own reference file needs it."""

import io
import posixpath
import zipfile
from xml.parsers import expat

from localplan.document.docx.package import TYPES, Package, Part, Relation, ending_of


def taken_from(content: bytes) -> Package:
    """The parts of a Word file."""
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        held = {name: file.read(name) for name in file.namelist()}
    kinds = _kinds(held.pop(TYPES))
    relations: dict[str, dict[str, Relation]] = {}
    for name in [name for name in held if name.endswith(".rels")]:
        source = _source_of(name)
        relations[source] = _relations(source, held.pop(name))
    return Package({f"/{name}": _part(f"/{name}", held[name], kinds) for name in held}, relations)


def elements(content: bytes) -> list[tuple[str, dict[str, str]]]:
    """Every element of an XML file in its order: name and attributes, all without prefixes."""
    found: list[tuple[str, dict[str, str]]] = []

    def begin(name: str, attributes: dict[str, str]) -> None:
        bare = {key.rpartition(":")[2]: value for key, value in attributes.items()}
        found.append((name.rpartition(":")[2], bare))

    parser = expat.ParserCreate()
    parser.StartElementHandler = begin
    parser.Parse(content, True)  # noqa: FBT003 (whole at once)
    return found


def _kinds(content_types: bytes) -> dict[str, str]:
    """The content types by ending, such as `xml`, and by the name of a part."""
    return {
        facts.get("PartName") or facts["Extension"]: facts["ContentType"]
        for name, facts in elements(content_types)
        if name in {"Default", "Override"}
    }


def _part(name: str, content: bytes, kinds: dict[str, str]) -> Part:
    return Part(kinds.get(name) or kinds[ending_of(name)], content)


def _source_of(rels: str) -> str:
    """The part that `rels` is about: /word/document.xml for word/_rels/document.xml.rels."""
    folder, _, own = rels.removesuffix(".rels").rpartition("_rels/")
    return f"/{folder}{own}"


def _relations(source: str, content: bytes) -> dict[str, Relation]:
    found: dict[str, Relation] = {}
    for name, facts in elements(content):
        if name == "Relationship":
            outside = facts.get("TargetMode") == "External"
            near = posixpath.join(posixpath.dirname(source), facts["Target"])
            target = facts["Target"] if outside else posixpath.normpath(near)
            found[facts["Id"]] = Relation(facts["Type"], target, outside)
    return found
