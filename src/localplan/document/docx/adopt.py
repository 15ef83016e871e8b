"""Make the styles of another Word file usable: our ids, and our style where one is missing."""

from lxml import etree

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ID, _VAL, _DEFAULT, _TYPE = _W + "styleId", _W + "val", _W + "default", _W + "type"
_POINTERS = ("basedOn", "next", "link")


def adopted_styles(theirs: bytes, ours: bytes) -> bytes:
    """Their styles under our ids, completed with ours; raises ValueError for unreadable XML."""
    root, own = _parsed(theirs), _parsed(ours)
    _take_over_ids(root, own)
    for numbered in list(root.iter(_W + "numPr")):
        _parent_of(numbered).remove(numbered)
    present = {style.get(_ID) for style in root.iter(_W + "style")}
    defaults = {style.get(_TYPE) for style in root.iter(_W + "style") if style.get(_DEFAULT)}
    for style in own.findall(_W + "style"):
        if style.get(_ID) in present:
            continue
        if style.get(_TYPE) in defaults:
            style.attrib.pop(_DEFAULT, "")
        root.append(style)
    _drop_loose_pointers(root)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _parsed(content: bytes) -> etree._Element:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    if b"<!DOCTYPE" in content:
        raise ValueError("a document type is not allowed")
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise ValueError("the styles cannot be read") from error
    if root.tag != _W + "styles":
        raise ValueError("not a styles part")
    return root


def _take_over_ids(root: etree._Element, own: etree._Element) -> None:
    """Give each of their styles that has the name of one of ours its id."""
    wanted = {_name_of(style): str(style.get(_ID)) for style in own.findall(_W + "style")}
    taken = {str(style.get(_ID)) for style in root.findall(_W + "style")}
    renamed: dict[str, str] = {}
    for style in root.findall(_W + "style"):
        old, new = str(style.get(_ID)), wanted.get(_name_of(style), "")
        if new and new != old and new not in taken:
            renamed[old] = new
            style.set(_ID, new)
    for pointer in _POINTERS:
        for element in root.iter(_W + pointer):
            value = str(element.get(_VAL))
            element.set(_VAL, renamed.get(value, value))


def _name_of(style: etree._Element) -> str:
    name = style.find(_W + "name")
    return str(name.get(_VAL, "")).lower() if name is not None else ""


def _drop_loose_pointers(root: etree._Element) -> None:
    present = {style.get(_ID) for style in root.iter(_W + "style")}
    for pointer in _POINTERS:
        for element in list(root.iter(_W + pointer)):
            if element.get(_VAL) not in present:
                _parent_of(element).remove(element)


def _parent_of(element: etree._Element) -> etree._Element:
    parent = element.getparent()
    if parent is None:
        raise ValueError("a style stands outside the styles")
    return parent
