"""What must hold in every Word file we write, beyond what the public validators look for."""

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping

from lxml import etree

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_BOOKMARK = re.compile(r"[A-Za-z_]\w{0,39}", re.ASCII)
_STORY = re.compile(r"word/(document|header[^/]*|footer[^/]*|comments)\.xml")
_STYLED = {"pStyle": "paragraph", "rStyle": "character", "tblStyle": "table"}


def invariants(docx: bytes) -> tuple[str, ...]:
    """Everything that is wrong with the file, in words; an empty tuple when it is sound."""
    try:
        with zipfile.ZipFile(io.BytesIO(docx)) as package:
            content = {name: package.read(name) for name in package.namelist()}
            twice = [name for name, n in Counter(package.namelist()).items() if n > 1]
    except zipfile.BadZipFile:
        return ("the package is not a zip file",)
    problems = [f"{name} is in the package twice" for name in twice]
    parsed: dict[str, etree._Element] = {}
    for name, data in content.items():
        if name.endswith((".xml", ".rels")):
            try:
                parsed[name] = parse_strictly(data)
            except etree.XMLSyntaxError as error:
                problems.append(f"{name} is not well-formed: {error}")
    problems += _package_problems(content, parsed)
    for name, root in parsed.items():
        if _STORY.fullmatch(name):
            found = _story_problems(root, parsed, name)
            problems += [f"{name}: {problem}" for problem in found]
    return tuple(problems)


def parse_strictly(data: bytes) -> etree._Element:
    """XML without entities, network or repair."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=False)
    return etree.fromstring(data, parser)


def outline(docx: bytes) -> str:
    """One line for each paragraph of the body: its style, its anchor, its text."""
    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        root = parse_strictly(package.read("word/document.xml"))
    lines: list[str] = []
    for paragraph in root.iter(_W + "p"):
        style = paragraph.find(f"{_W}pPr/{_W}pStyle")
        name = str(style.get(_W + "val")) if style is not None else "Normal"
        marks = [str(mark.get(_W + "name")) for mark in paragraph.iter(_W + "bookmarkStart")]
        anchors = " ".join(mark for mark in marks if mark.startswith("_lp"))
        lines.append(f"{name} | {anchors} | {_shown(paragraph)}")
    return "\n".join(lines) + "\n"


def _shown(paragraph: etree._Element) -> str:
    shown = {_W + "br": " / ", _W + "tab": " > ", _WP + "docPr": ""}
    pieces: list[str] = []
    for element in paragraph.iter():
        if element.tag == _W + "t":
            pieces.append(element.text or "")
        elif element.tag == _WP + "docPr":
            pieces.append(f"[{element.get('descr')}]")
        elif element.tag in shown and element.getparent().tag == _W + "r":  # type: ignore[union-attr]
            pieces.append(shown[str(element.tag)])
    return "".join(pieces)


def _package_problems(
    content: Mapping[str, bytes], parsed: Mapping[str, etree._Element]
) -> Iterator[str]:
    for needed in ("[Content_Types].xml", "word/document.xml", "word/styles.xml"):
        if needed not in content:
            yield f"{needed} is missing"
    for name, root in parsed.items():
        if not name.endswith(".rels"):
            continue
        folder = name.partition("_rels/")[0]
        ids = [relation.get("Id") for relation in root]
        yield from (f"{name}: relation {rid} twice" for rid, n in Counter(ids).items() if n > 1)
        for relation in root:
            target = str(relation.get("Target"))
            if relation.get("TargetMode") != "External" and folder + target not in content:
                yield f"{name}: {target} is not in the package"


def _story_problems(
    root: etree._Element, parsed: Mapping[str, etree._Element], name: str
) -> Iterator[str]:
    yield from _id_problems(root)
    yield from _bookmark_problems(root)
    yield from _field_problems(root)
    yield from _table_problems(root)
    yield from _style_problems(root, parsed.get("word/styles.xml"))
    yield from _number_problems(root, parsed.get("word/numbering.xml"))
    folder, _, file = name.rpartition("/")
    relations = parsed.get(f"{folder}/_rels/{file}.rels")
    known = {r.get("Id") for r in relations} if relations is not None else set()
    for element in root.iter():
        for attribute, value in element.attrib.items():
            if str(attribute).startswith(_R) and value not in known:
                yield f"relation {value!r} is not declared"


def _id_problems(root: etree._Element) -> Iterator[str]:
    kinds = {
        "content control": [e.get(_W + "val") for e in root.iterfind(f".//{_W}sdtPr/{_W}id")],
        "bookmark": [e.get(_W + "id") for e in root.iter(_W + "bookmarkStart")],
        "drawing": [e.get("id") for e in root.iter(_WP + "docPr")],
    }
    for kind, ids in kinds.items():
        yield from (f"{kind} id {value} twice" for value, n in Counter(ids).items() if n > 1)


def _bookmark_problems(root: etree._Element) -> Iterator[str]:
    names = [str(e.get(_W + "name")) for e in root.iter(_W + "bookmarkStart")]
    yield from (f"bookmark {name} twice" for name, n in Counter(names).items() if n > 1)
    yield from (f"bookmark name {name!r}" for name in names if not _BOOKMARK.fullmatch(name))
    starts = [e.get(_W + "id") for e in root.iter(_W + "bookmarkStart")]
    ends = [e.get(_W + "id") for e in root.iter(_W + "bookmarkEnd")]
    if sorted(map(str, starts)) != sorted(map(str, ends)):
        yield "bookmarks do not close"
    targets = {e.get(_W + "anchor") for e in root.iter(_W + "hyperlink")} - {None}
    yield from (
        f"link to missing bookmark {name}" for name in sorted(targets - set(names), key=str)
    )


def _field_problems(root: etree._Element) -> Iterator[str]:
    open_fields: list[str] = []
    for mark in root.iter(_W + "fldChar"):
        kind = str(mark.get(_W + "fldCharType"))
        if kind == "begin":
            open_fields.append("begin")
        elif not open_fields or (kind == "separate" and open_fields[-1] != "begin"):
            yield f"field {kind} without a beginning"
        elif kind == "separate":
            open_fields[-1] = "separate"
        else:
            open_fields.pop()
    if open_fields:
        yield "a field does not end"


def _table_problems(root: etree._Element) -> Iterator[str]:
    for table in root.iter(_W + "tbl"):
        widths = [int(str(c.get(_W + "w"))) for c in table.iterfind(f"{_W}tblGrid/{_W}gridCol")]
        whole = table.find(f"{_W}tblPr/{_W}tblW")
        if whole is not None and int(str(whole.get(_W + "w"))) != sum(widths):
            yield "a table's columns do not add up to its width"
        if not table.findall(_W + "tr"):
            yield "a table without rows"
        for row in table.iterfind(_W + "tr"):
            if sum(_span(cell) for cell in row.iterfind(_W + "tc")) != len(widths):
                yield "a row does not fill its table's grid"
    for cell in root.iter(_W + "tc"):
        if len(cell) == 0 or cell[-1].tag != _W + "p":
            yield "a cell does not end with a paragraph"


def _span(cell: etree._Element) -> int:
    span = cell.find(f"{_W}tcPr/{_W}gridSpan")
    return int(str(span.get(_W + "val"))) if span is not None else 1


def _style_problems(root: etree._Element, styles: etree._Element | None) -> Iterator[str]:
    defined = set()
    if styles is not None:
        defined = {(s.get(_W + "type"), s.get(_W + "styleId")) for s in styles.iter(_W + "style")}
    for tag, kind in _STYLED.items():
        used = {element.get(_W + "val") for element in root.iter(_W + tag)}
        for style in sorted(map(str, used)):
            if (kind, style) not in defined:
                yield f"{kind} style {style} is not defined"


def _number_problems(root: etree._Element, numbering: etree._Element | None) -> Iterator[str]:
    known = set()
    if numbering is not None:
        known = {num.get(_W + "numId") for num in numbering.iter(_W + "num")}
    used = {e.get(_W + "val") for e in root.iter(_W + "numId")}
    yield from (
        f"list numbering {value} is not defined" for value in sorted(map(str, used - known))
    )
