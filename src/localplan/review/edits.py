"""Compare a returned text with the draft as it was sent, region by region."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal, TypeAlias

from localplan.document.anchors import Anchor
from localplan.review.grids import CellChange, Grid, grids_of, of_region, table_changes
from localplan.review.regions import FRONT, Division, Region, key_of
from localplan.review.walk import GONE, Para, Piece, Tracked
from localplan.review.wording import blocks_of, markdown_of

Placement: TypeAlias = Literal["sure", "uncertain", "unplaced"]
_CONTENTS = ("toc", "contents")
_CAPTION = re.compile(r"^(table|figure) \d+\. ")
_Tables: TypeAlias = tuple[dict[int, Grid], dict[int, Grid]]


@dataclass(frozen=True, slots=True)
class Edit:
    """One change of wording: what stood there, what stands there now, and who did it."""

    anchor: Anchor
    old: str
    new: str
    section: str
    placement: Placement = "sure"
    what: Literal["text", "heading", "cell", "row", "table"] = "text"
    who: tuple[str, ...] = ()
    when: str = ""
    tracked: tuple[str, ...] = ()
    """The tracked changes in words, oldest first."""
    untracked: bool = False
    """True where part of the change was made without tracking."""
    row: tuple[str, ...] = ()
    """The cells of the row as they stood, for a change in a generated table."""


def edits(base: Division, copy: Division) -> Iterator[Edit]:
    """Yield every change between the draft as sent and the returned text, in reading order."""
    got = copy.by_name()
    sections = sections_of(base)
    doubtful = _doubtful(base, copy)
    told: set[str] = set()
    everything = {key_of(para.text) for para in copy.copy.paras}
    tables = grids_of(base), grids_of(copy)
    for region in base.regions:
        name = region.anchor.name
        mine = got.get(name)
        if mine is None and name in told:
            continue
        if mine is None:
            yield from _lost(region, base, sections[name], everything)
            continue
        for edit in _compared(region, base, mine, copy, tables, everything):
            sure = name not in doubtful and mine.tier != "text" and copy.copy.is_sound
            sure = sure and edit.anchor == region.anchor
            told.add(edit.anchor.name)
            yield _placed(edit, sections[name], sure=sure)
    yield from _margins(base, copy)


def sections_of(base: Division) -> dict[str, str]:
    """Return the heading that each region stands under."""
    found: dict[str, str] = {}
    heading = ""
    for region in base.regions:
        first = len(region.head) + 1
        for place, para in enumerate((*region.head, *region.paras), 1):
            if base.copy.style_of(para).startswith("heading"):
                heading = " ".join(para.text.split())
            if place == first:
                found[region.anchor.name] = heading
        found.setdefault(region.anchor.name, heading)
    return found


def _placed(edit: Edit, section: str, *, sure: bool) -> Edit:
    return Edit(
        edit.anchor, edit.old, edit.new, section, "sure" if sure else "uncertain", edit.what,
        edit.who, edit.when, edit.tracked, edit.untracked, edit.row,
    )  # fmt: skip


def _doubtful(base: Division, copy: Division) -> set[str]:
    """Regions that may hold the text of a neighbor whose anchor is gone."""
    present = {region.anchor.name for region in copy.regions}
    doubtful: set[str] = set()
    above = ""
    for region in base.regions:
        name = region.anchor.name
        if name in present:
            above = name
        elif any(key_of(para.text) for para in region.paras):
            doubtful.add(above)
    return doubtful


def _lost(region: Region, base: Division, section: str, everything: set[str]) -> Iterator[Edit]:
    """A region that is nowhere in the returned text: removed, or no longer to be recognized."""
    old = "\n\n".join(markdown_of(base.copy, region.paras))
    kept = [key_of(para.text) for para in region.paras if key_of(para.text)]
    if not kept or all(words in everything for words in kept):
        return
    yield Edit(region.anchor, old, "", section, placement="uncertain")


def _compared(
    region: Region,
    base: Division,
    mine: Region,
    copy: Division,
    tables: _Tables,
    everything: set[str],
) -> Iterator[Edit]:
    anchor = region.anchor
    if _unchanged(region, mine):
        return
    yield from _heading(region, mine, everything)
    if anchor.kind in {"answer", "cell"}:
        yield from _plain(anchor, region.paras, base, mine.paras, copy)
        return
    yield from _generated(anchor, _flowing(region, base), base, _flowing(mine, copy), copy)
    form = anchor.kind == "form"
    before, after = of_region(tables[0], region), of_region(tables[1], mine)
    for change in table_changes(before, after, form=form):
        yield _of_cell(anchor, change)


def _unchanged(region: Region, mine: Region) -> bool:
    """Whether both hold the very same tokens: true of most regions of most copies."""
    return region.head == mine.head and region.paras == mine.paras


def _heading(region: Region, mine: Region, everything: set[str]) -> Iterator[Edit]:
    """A heading that reads otherwise, or that stands nowhere any more."""
    old = " ".join(para.text for para in region.head)
    new = " ".join(para.text for para in mine.head)
    if region.head and key_of(old) != key_of(new) and (mine.head or key_of(old) not in everything):
        yield _with_authors(Edit(region.anchor, old, new, "", what="heading"), mine.head, old)


def _margins(base: Division, copy: Division) -> Iterator[Edit]:
    """What someone typed into a header or footer; page numbers there are counted anew."""
    ours = {_uncounted(line) for line in base.copy.margins}
    for line in dict.fromkeys(copy.copy.margins):
        if _uncounted(line) not in ours:
            yield Edit(FRONT, "", line, "Header or footer", placement="uncertain", untracked=True)


def _uncounted(line: str) -> str:
    return re.sub(r"\d+", "#", key_of(line))


def _plain(
    anchor: Anchor, old: Sequence[Para], base: Division, new: Sequence[Para], copy: Division
) -> Iterator[Edit]:
    if blocks_of(base.copy, old) == blocks_of(copy.copy, new):
        return
    before, after = markdown_of(base.copy, old), markdown_of(copy.copy, new)
    if [_bare(text) for text in before] == [_bare(text) for text in after]:
        return
    was = "\n\n".join(before)
    edit = Edit(anchor, was, "\n\n".join(after), "")
    if any(_is_tracked(para) for para in new):
        original = markdown_of(copy.copy, new, original=True)
        untracked = [_bare(text) for text in original] != [_bare(text) for text in before]
    else:
        untracked = True
    yield _with_authors(edit, new, was, untracked=untracked)


def _generated(
    anchor: Anchor, old: Sequence[Para], base: Division, new: Sequence[Para], copy: Division
) -> Iterator[Edit]:
    """A change of words in generated text; how it looks is the template's affair."""
    if _unnumbered(old) == _unnumbered(new):
        return
    yield from _plain(anchor, old, base, new, copy)


def _unnumbered(paras: Sequence[Para]) -> list[str]:
    """The words as compared; a program that opens the file may count its tables anew."""
    said = (_CAPTION.sub(r"\1 ", key_of(para.text)) for para in paras)
    return [words for words in said if words]


def _with_authors(
    edit: Edit, paras: Sequence[Para], old: str, *, untracked: bool | None = None
) -> Edit:
    stretches = list(_stretches(paras))
    who = tuple(dict.fromkeys(change.who for change, _ in stretches if change.who))
    when = max((change.when for change, _ in stretches), default="")
    if untracked is None:
        original = "".join(
            token.text
            for para in paras
            for token in para.tokens
            if isinstance(token, Piece) and token.tracked.state not in GONE["ins"]
        )
        untracked = key_of(original) != key_of(old)
    return Edit(
        edit.anchor, edit.old, edit.new, edit.section, edit.placement, edit.what, who, when,
        tuple(_in_words(change, text) for change, text in stretches), untracked, edit.row,
    )  # fmt: skip


def _of_cell(anchor: Anchor, change: CellChange) -> Edit:
    if change.anchor is not None:
        edit = Edit(change.anchor, change.old, change.new, "")
    else:
        edit = Edit(anchor, change.old, change.new, "", what=change.what, row=change.row)
    return _with_authors(edit, change.paras, change.old)


def _stretches(paras: Iterable[Para]) -> Iterator[tuple[Tracked, str]]:
    """Each stretch of tracked text with what happened to it."""
    for para in paras:
        pieces = [token for token in para.tokens if isinstance(token, Piece)]
        for change, group in groupby(pieces, key=lambda piece: piece.tracked):
            text = "".join(piece.text for piece in group)
            if change.state and text.strip():
                yield change, text
        if para.end.state and not any(piece.tracked.state for piece in pieces):
            yield para.end, ""


def _in_words(change: Tracked, text: str) -> str:
    moved = {
        "ins": "moved here",
        "del": "moved away",
        "gone": "moved away, where another put it in",
    }
    done = {"ins": "inserted", "del": "deleted", "gone": "deleted, where another put it in"}
    verb = (moved if change.moved else done)[change.state or "ins"]
    shown = f'"{" ".join(text.split())}"' if text.strip() else "a paragraph end"
    by = f" by {change.who}" if change.who else ""
    on = f" on {change.when[:10]}" if change.when else ""
    return f"{verb}{by}{on}: {shown}"


def _is_tracked(para: Para) -> bool:
    return bool(para.end.state) or any(
        isinstance(token, Piece) and token.tracked.state for token in para.tokens
    )


def _bare(text: str) -> str:
    return " ".join(text.replace("\u00a0", " ").split())


def _flowing(region: Region, division: Division) -> list[Para]:
    """The paragraphs outside tables, without the table of contents."""
    return [
        para
        for para in region.paras
        if not para.place and not division.copy.style_of(para).startswith(_CONTENTS)
    ]
