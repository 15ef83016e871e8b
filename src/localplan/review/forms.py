"""Read what people filled in: contribution sheets, question forms and sign-offs.

In a form the anchor of a cell or answer carries a mark before its path, so that the program knows
that a person was asked for it.
"""

import re
from collections.abc import Iterable, Iterator

from localplan.review.edits import Edit, Placement
from localplan.review.grids import NEW
from localplan.review.items import Item
from localplan.review.regions import key_of

SHEET, ASK, SIGN_OFF = "sheet.", "ask.", "signoff."
HINT = "Write your answer here."
_ROW = re.compile(rf"(.+\.{NEW}\d+)\.(\w+)")


def is_form(path: str) -> bool:
    """Return whether the text at this anchor is there for people to fill in."""
    return path.startswith((SHEET, ASK, SIGN_OFF))


def contributions(typed: Iterable[Edit], sender: str) -> Iterator[Item]:
    """Yield what was filled in: one item for an answer, a new row or a whole sign-off."""
    rows: dict[str, dict[str, str]] = {}
    signed: dict[str, dict[str, str]] = {}
    unsure: set[str] = set()
    """The rows and sign-offs in which a cell was known by its place alone."""
    for edit in typed:
        if edit.what not in {"text", "cell"}:
            continue
        path, text = edit.anchor.path, _typed(edit)
        who = " and ".join(edit.who) or sender
        if path.startswith(SIGN_OFF):
            partner, _, name = path.removeprefix(SIGN_OFF).rpartition(".")
            signed.setdefault(partner, {})[name] = text
            unsure |= {partner} if edit.placement != "sure" else set()
        elif row := _ROW.fullmatch(path.removeprefix(SHEET)):
            rows.setdefault(row[1], {})[row[2]] = text
            unsure |= {row[1]} if edit.placement != "sure" else set()
        elif key_of(text) != key_of(_shown(edit)):
            plain = path.removeprefix(SHEET).removeprefix(ASK)
            yield Item(
                kind="contribution", who=who, path=plain, text=text, base=_shown(edit),
                date=edit.when[:10], section=edit.section, placement=edit.placement,
                changes=edit.tracked,
            )  # fmt: skip
    for path, values in rows.items():
        filled = {name: text for name, text in values.items() if text}
        if filled:
            yield Item(
                kind="contribution", who=sender, path=path, text=said(filled), values=filled,
                placement=_placement(path in unsure),
            )  # fmt: skip
    for partner, values in signed.items():
        filled = {name: text for name, text in values.items() if text}
        if filled:
            who = filled.get("name", sender)
            yield Item(
                kind="sign-off", who=who, path=f"partners.{partner}", text=said(filled),
                values=filled, date=filled.get("date", ""), placement=_placement(partner in unsure),
            )  # fmt: skip


def _placement(unsure: bool) -> Placement:  # noqa: FBT001 (one question)
    return "uncertain" if unsure else "sure"


def said(values: dict[str, str]) -> str:
    """Return the fields of a row in one line."""
    return "; ".join(f"{name.replace('_', ' ')}: {text}" for name, text in values.items())


def _typed(edit: Edit) -> str:
    """What was typed, without the hint that stood there."""
    text = edit.new
    for hint in (HINT, f"*{HINT}*"):
        text = text.replace(hint, "")
    return text.strip()


def _shown(edit: Edit) -> str:
    return "" if key_of(edit.old).strip("*") == key_of(HINT) else edit.old
