"""What accepting an item would put into the answers, and what stands there now."""

import json
import textwrap
from collections.abc import Mapping

from localplan.document import markup
from localplan.document.blocks import Paragraph
from localplan.document.markdown import written
from localplan.errors import LocalPlanError
from localplan.knowledge.lists import load_lists
from localplan.knowledge.questions import Question
from localplan.plan.names import general
from localplan.plan.proposals import Proposal
from localplan.plan.reading import read_plan
from localplan.plan.tree import get, put, steps
from localplan.review.items import Item
from localplan.review.regions import key_of
from localplan.review.weave import woven
from localplan.yamltext import Tree, Value

_WIDTH, _NARROW = 98, 40
_NO_ANSWER = frozenset({"", "tables", "figures", "headings", "cover", "forms"})


class NotDecidedError(LocalPlanError):
    """An item that cannot be decided this way; says what to do instead."""


def proposal_of(item: Item, tree: Tree) -> Proposal | None:
    """Return what `item` proposes for one answer; None where it names no answer to change."""
    path = target_of(item)
    if item.kind == "comment" or not path or item.values:
        return None
    now = plain_text(get(tree, path))
    shared, wanted = item.base, item.text
    if path.startswith("passages."):
        held = get(tree, path)
        own = plain_text(held.get("text")) if isinstance(held, dict) else ""
        return Proposal(path, shared, wanted, own or shared, wanted if not own else None)
    if item.kind == "contribution" and not shared and ".contact." in path:
        # A sheet never prints the contact it asks for, so nothing was left out of sight.
        return Proposal(path, now, wanted, now, wanted)
    return Proposal(path, shared, wanted, now, woven(shared, now, wanted))


def target_of(item: Item) -> str:
    """Return the path that accepting the item would write; blank where there is none."""
    if item.what in {"heading", "row", "table"}:
        return ""
    root = steps(item.path)[0] if item.path else ""
    return "" if root in _NO_ANSWER else item.path


def plain_text(value: Value | None) -> str:
    """Return an answer as comparable Markdown: wrapped lines joined, one line for each entry."""
    if isinstance(value, list):
        return "\n\n".join(str(entry) for entry in value)
    if not isinstance(value, str):
        return ""
    return "\n\n".join(written(block, escape="minimal") for block in markup.parse(value))


def as_answer(text: str, old: Value | None) -> str:
    """Return `text` as it goes into the file; pieces that did not change stay as typed."""
    source = old if isinstance(old, str) else ""
    known: dict[str, str] = {}
    width = 0
    for chunk in source.strip("\n").split("\n\n"):
        blocks = markup.parse(chunk)
        if len(blocks) != 1:
            continue
        known[written(blocks[0], escape="minimal")] = chunk.strip("\n")
        if isinstance(blocks[0], Paragraph) and "\n" in chunk:
            width = max(width, *(len(line) for line in chunk.split("\n")))
    pieces = [known.get(piece) or _wrapped(piece, width) for piece in text.split("\n\n")]
    made = "\n\n".join(pieces)
    if markup.parse(made) != markup.parse(text):
        made = text
    return made + "\n" if source.endswith("\n") and made else made


def fitting(tree: Tree, path: str, text: str, asked: Mapping[str, Question]) -> Value:
    """Return `text` as the kind of value that belongs at `path`: words, a code, or a list.

    `asked` holds the questions of the plan by the path they fill.

    Raises:
        NotDecidedError: nothing that can be made of it fits there.
    """
    old = get(tree, path)
    chosen = _chosen(asked.get(general(path)), path, text)
    if chosen is not None:
        return chosen
    lines = [line.strip().removeprefix("- ").strip() for line in text.split("\n") if line.strip()]
    candidates: list[Value] = [as_answer(text, old), [*lines], _code_of(text)]
    if isinstance(old, list):
        candidates = [[*lines], text]
    said = ""
    for candidate in candidates:
        problems = [
            problem
            for problem in read_plan(put(tree, path, candidate)).problems
            if problem.kind == "type"
            and (problem.path == path or problem.path.startswith(f"{path}."))
        ]
        if not problems:
            return candidate
        said = said or problems[0].message
    raise NotDecidedError(
        f"{path} was not changed. What fits here: {said}\nGive the value with --text-file."
    )


def _chosen(question: Question | None, path: str, text: str) -> Value | None:
    """The codes of what was chosen, where the answer at `path` is a choice; None elsewhere.

    Raises:
        NotDecidedError: the words are none of the choices.
    """
    if question is None or question.kind not in {"choice", "choices"}:
        return None
    codes = {key_of(option.label): option.code for option in question.options}
    codes |= {key_of(option.code): option.code for option in question.options}
    said = [line.strip("-* \t") for line in text.replace(";", "\n").split("\n") if line.strip()]
    found = [codes.get(key_of(line), line if question.other else "") for line in said]
    if not all(found):
        labels = ", ".join(option.label for option in question.options)
        raise NotDecidedError(
            f"{path} was not changed, because it is a choice between: {labels}.\n"
            "Give one of them with --text-file."
        )
    return [*found] if question.kind == "choices" else (found[0] if found else "")


def record_of(values: Mapping[str, str]) -> Tree:
    """Return the fields of a filled-in row as a record, labels turned into their codes."""
    return {name: _code_of(text) if name == "kind" else text for name, text in values.items()}


def packed(value: Value | None) -> str:
    """Return any value as one text, to be kept until a decision is undone."""
    if value is None or isinstance(value, str):
        return value or ""
    return "json:" + json.dumps(value, ensure_ascii=False)


def unpacked(text: str) -> Value:
    """Return the value that `packed` made a text of."""
    if not text.startswith("json:"):
        return text
    value: Value = json.loads(text.removeprefix("json:"))
    return value


def _wrapped(piece: str, width: int) -> str:
    if "\n" in piece or width < _NARROW:
        return piece
    lines = textwrap.fill(piece, min(width, _WIDTH), break_long_words=False, break_on_hyphens=False)
    return lines if markup.parse(lines) == markup.parse(piece) else piece


def _code_of(text: str) -> str:
    """The code whose label someone wrote out, such as `staff` for "Staff"."""
    said = text.strip().casefold()
    for name in ("resource_kinds", "partner_kinds", "mou_standings"):
        for option in load_lists().get(name, ()):
            if said in {option.label.casefold(), option.code.casefold()}:
                return option.code
    return text.strip()
