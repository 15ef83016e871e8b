"""Read a returned Word file: which draft it is, its text, and what people wrote beside it."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from lxml import etree

from localplan.document.anchors import DRAFT as DRAFT_MARK
from localplan.review.guard import Package, ReturnedFileError, open_package
from localplan.review.walk import GONE, Mark, Para, Piece, Token, paragraphs, whole

FORMAT = 1
"""The newest kind of draft that this version reads back."""
DRAFT, FINGERPRINT = "LocalPlanDraft", "LocalPlanFingerprint"
RECIPIENT, FORMAT_PROPERTY = "LocalPlanRecipient", "LocalPlanFormat"
_DRAFT_ID = re.compile(r"[0-9a-f]{12}")
_PARAGRAPH = re.compile(rb"<(?:\w+:)?p[ />]")
_MOST_PARAGRAPHS = 100_000
"""About two thousand pages."""
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_W14_ID = "{http://schemas.microsoft.com/office/word/2010/wordml}paraId"
_W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"
_PARTS = ("comments", "styles", "numbering", "footnotes", "endnotes")
_BODY_TEXT = 10
"""The level of a paragraph that is no heading, counted from 1."""
_DEEPEST_STYLE = 20
_DC = "{http://purl.org/dc/elements/1.1/}"
_CP = "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}"


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment in the margin; `parent` is the id of the comment that it replies to."""

    id: str
    who: str
    when: str
    text: str
    done: bool = False
    parent: str = ""


@dataclass(frozen=True, slots=True)
class Returned:
    """What a Word file holds, before anything is compared."""

    name: str
    drafts: tuple[str, ...]
    """The drafts that it says it is a copy of, the surest first."""
    recipient: str
    saved_by: str
    paras: tuple[Para, ...]
    remarks: tuple[Remark, ...]
    ordered: frozenset[tuple[str, int]]
    """List and level of every numbered (not bulleted) list."""
    styles: Mapping[str, str]
    """Name of each style in small letters, by id."""
    levels: Mapping[str, int]
    """Level in the outline of each style that is a heading, by id, also by what it is based on."""
    margins: tuple[str, ...] = ()
    """The lines of all headers and footers."""
    damaged: tuple[str, ...] = ()
    """What could be read only in pieces: text, comments, styles."""

    @property
    def is_sound(self) -> bool:
        """True where the text and what it looks like were read whole."""
        return not {*self.damaged} - {"comments"}

    def style_of(self, para: Para) -> str:
        """Return the name of the paragraph's style, small and without spaces."""
        return self.styles.get(para.style, para.style.lower())


def read_returned(path: Path) -> Returned:
    """Return what the Word file at `path` holds.

    Raises:
        ReturnedFileError: it is no Word file, is unsafe, or was made by a newer version.
    """
    package = open_package(path)
    if len(_PARAGRAPH.findall(package.part(package.main))) > _MOST_PARAGRAPHS:
        raise ReturnedFileError(
            f"{path.name} was not opened, because it holds far more paragraphs than a plan. "
            "Ask the sender for a copy saved by Word."
        )
    root = package.xml(package.main)
    body = root.find(_W + "body") if root is not None else None
    if body is None:
        raise ReturnedFileError(f"{path.name} holds no text. Ask the sender for a new copy.")
    properties = _custom(package)
    newer = properties.get(FORMAT_PROPERTY, "1")
    if whole(newer) > FORMAT:
        raise ReturnedFileError(
            f"{path.name} is a draft made by a newer version of localplan. "
            "Install the newer version to read it."
        )
    identifier, saved_by = _core(package)
    paras = tuple(paragraphs(body, _links(package), _notes(package)))
    return Returned(
        name=path.name,
        drafts=_drafts(properties.get(DRAFT, ""), paras, identifier),
        recipient=properties.get(RECIPIENT, ""),
        saved_by=saved_by,
        paras=paras,
        remarks=_remarks(package),
        ordered=_ordered(package),
        styles=_styles(package),
        levels=_levels(package),
        margins=_margins(package),
        damaged=tuple(dict.fromkeys(_called(part) for part in sorted(package.damaged))),
    )


def _drafts(named: str, paras: Iterable[Para], identifier: str) -> tuple[str, ...]:
    """Our property first, then the hidden bookmarks; other programs write identifiers too."""
    marked = [
        token.name.removeprefix(DRAFT_MARK)
        for para in paras
        for token in para.tokens
        if isinstance(token, Mark) and token.name.startswith(DRAFT_MARK)
    ]
    ours = [identifier] if _DRAFT_ID.fullmatch(identifier) else []
    return tuple(dict.fromkeys(name for name in (named, *marked, *ours) if name))


def _called(part: str) -> str:
    """What people call a part of a Word file."""
    stem = part.rpartition("/")[2].lower()
    return next((said for said in _PARTS if said in stem), "text")


def _custom(package: Package) -> dict[str, str]:
    root = package.xml("docProps/custom.xml")
    found: dict[str, str] = {}
    for entry in root if root is not None else ():
        found[str(entry.get("name"))] = "".join(str(text) for text in entry.itertext()).strip()
    return found


def _core(package: Package) -> tuple[str, str]:
    root = package.xml("docProps/core.xml")
    if root is None:
        return "", ""
    identifier = (root.findtext(_DC + "identifier") or "").strip()
    return identifier, (root.findtext(_CP + "lastModifiedBy") or "").strip()


def _margins(package: Package) -> tuple[str, ...]:
    lines: list[str] = []
    for kind in ("/header", "/footer"):
        for part in package.all_related(kind):
            root = package.xml(part)
            if root is not None:
                lines += [para.text.strip() for para in paragraphs(root, {})]
    return tuple(line for line in lines if line)


def _links(package: Package) -> dict[str, str]:
    return {
        str(relation.get("Id")): str(relation.get("Target"))
        for relation in package.relations()
        if relation.get("TargetMode") == "External"
        and str(relation.get("Type")).endswith("/hyperlink")
    }


def _notes(package: Package) -> dict[str, list[Token]]:
    """What each footnote and endnote says, by the kind and number that refers to it."""
    found: dict[str, list[Token]] = {}
    for kind in ("footnote", "endnote"):
        part = package.related(f"/{kind}s")
        root = package.xml(part) if part else None
        for note in root if root is not None else ():
            if note.get(_W + "type") in {None, "normal"}:
                found[f"{kind} {note.get(_W + 'id')}"] = _on_one_line(paragraphs(note, {}))
    return found


def _on_one_line(paras: Sequence[Para]) -> list[Token]:
    """Paragraphs run together, without blanks at either end; nothing where they say nothing."""
    tokens: list[Token] = []
    for para in paras:
        tokens += [Piece(" "), *para.tokens] if tokens else para.tokens
    said = [at for at, each in enumerate(tokens) if isinstance(each, Piece) and each.text.strip()]
    if not said:
        return []
    first, last = said[0], said[-1]
    kept = [each for at, each in enumerate(tokens) if isinstance(each, Mark) or first <= at <= last]
    return _trimmed(kept)


def _trimmed(tokens: list[Token]) -> list[Token]:
    pieces = [at for at, each in enumerate(tokens) if isinstance(each, Piece)]
    first, last = cast("Piece", tokens[pieces[0]]), cast("Piece", tokens[pieces[-1]])
    tokens[pieces[0]] = first._replace(text=first.text.lstrip())
    last = cast("Piece", tokens[pieces[-1]])
    tokens[pieces[-1]] = last._replace(text=last.text.rstrip())
    return tokens


def _remarks(package: Package) -> tuple[Remark, ...]:
    root = package.xml(package.related("/comments") or "word/comments.xml")
    if root is None:
        return ()
    found: dict[str, Remark] = {}
    by_para: dict[str, str] = {}
    for comment in root.iter(_W + "comment"):
        name = str(comment.get(_W + "id"))
        lines, last = _lines(comment)
        if last:
            by_para[last] = name
        found[name] = Remark(
            id=name,
            who=str(comment.get(_W + "author") or "").strip(),
            when=str(comment.get(_W + "date") or ""),
            text="\n".join(lines).strip(),
        )
    extended = package.xml(package.related("/commentsExtended") or "word/commentsExtended.xml")
    for entry in extended if extended is not None else ():
        name = by_para.get(str(entry.get(_W15 + "paraId") or ""), "")
        if not name:
            continue
        old = found[name]
        parent = by_para.get(str(entry.get(_W15 + "paraIdParent") or ""), "")
        done = entry.get(_W15 + "done") in {"1", "true"}
        found[name] = Remark(old.id, old.who, old.when, old.text, done, parent)
    return tuple(found.values())


def _lines(story: etree._Element) -> tuple[list[str], str]:
    """The lines of a comment or note, and the id of its last paragraph."""
    paras = paragraphs(story, {})
    elements = list(story.iter(_W + "p"))
    last = str(elements[-1].get(_W14_ID) or "") if elements else ""
    return [para.text for para in paras], last


def _ordered(package: Package) -> frozenset[tuple[str, int]]:
    root = package.xml(package.related("/numbering") or "word/numbering.xml")
    if root is None:
        return frozenset()
    levels: dict[str, set[int]] = {}
    for abstract in root.iter(_W + "abstractNum"):
        numbered = levels.setdefault(str(abstract.get(_W + "abstractNumId")), set())
        for level in abstract.iter(_W + "lvl"):
            form = level.find(_W + "numFmt")
            if form is not None and form.get(_W + "val") not in {"bullet", "none"}:
                numbered.add(whole(level.get(_W + "ilvl")))
    found: set[tuple[str, int]] = set()
    for number in root.iter(_W + "num"):
        abstract_id = number.find(_W + "abstractNumId")
        if abstract_id is not None:
            name = str(number.get(_W + "numId"))
            found |= {(name, depth) for depth in levels.get(str(abstract_id.get(_W + "val")), ())}
    return frozenset(found)


def _styles(package: Package) -> dict[str, str]:
    root = package.xml(package.related("/styles") or "word/styles.xml")
    found: dict[str, str] = {}
    for style in root.iter(_W + "style") if root is not None else ():
        name = style.find(_W + "name")
        if name is not None:
            words = re.sub(r"\s+", "", str(name.get(_W + "val"))).lower()
            found[str(style.get(_W + "styleId"))] = words
    return found


def _levels(package: Package) -> dict[str, int]:
    root = package.xml(package.related("/styles") or "word/styles.xml")
    own: dict[str, int] = {}
    based: dict[str, str] = {}
    for style in root.iter(_W + "style") if root is not None else ():
        name, above = str(style.get(_W + "styleId")), style.find(_W + "basedOn")
        outline = style.find(f"{_W}pPr/{_W}outlineLvl")
        if above is not None:
            based[name] = str(above.get(_W + "val"))
        level = whole(outline.get(_W + "val"), -1) if outline is not None else -1
        if level >= 0:
            own[name] = (level + 1) % _BODY_TEXT
    return {name: level for name in {*own, *based} if (level := _inherited(name, own, based))}


def _inherited(name: str, own: Mapping[str, int], based: Mapping[str, str]) -> int:
    for _ in range(_DEEPEST_STYLE):
        if name in own:
            return own[name]
        if name not in based:
            break
        name = based[name]
    return 0


def visible(para: Para) -> list[Piece]:
    """Return the text of a paragraph as it reads once every tracked change is accepted."""
    return [
        token
        for token in para.tokens
        if isinstance(token, Piece) and token.tracked.state not in GONE["del"]
    ]
