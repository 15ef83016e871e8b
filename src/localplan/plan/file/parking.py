"""Text that waits to be put under a question: of an older plan, or begun and not finished."""

import re
from collections.abc import Iterable
from math import log

from localplan.knowledge.questions import Question
from localplan.plan.file.identifiers import new_id, waiting_in
from localplan.plan.model import Parked
from localplan.plan.tree import get, id_of, is_blank, names_of, put, remove
from localplan.yamltext import Tree, Value

_WORD = re.compile(r"[a-z]{4,}")
_COMMON = frozenset(
    {
        "area", "areas", "board", "boards", "does", "from", "have", "here", "into", "local", "more",
        "plan", "plans", "program", "programs", "that", "them", "then", "these", "they", "this",
        "what", "when", "where", "which", "will", "with", "work", "workforce", "your",
    }
)  # fmt: skip
_HEADING_COUNTS = 3
_SAME_HEADING = 10
_ABOUT_COUNTS = 0.5
"""What a word of the question's reason and example counts, beside one of the question itself."""


def parked_records(pieces: Iterable[tuple[str, str, str]]) -> list[Value]:
    """Return heading, place and text of each piece as records with ids of their own."""
    made: list[Value] = []
    taken: list[str] = []
    for heading, place, text in pieces:
        name = new_id(heading, taken)
        taken.append(name)
        record: Tree = {"id": name, "heading": heading}
        if place:
            record["place"] = place
        made.append({**record, "text": text})
    return made


def likely_pieces(question: Question, pieces: Iterable[Parked]) -> tuple[Parked, ...]:
    """Return all pieces, those that share most telling words with the question first."""
    waiting = tuple(pieces)
    texts = [_stems(f"{piece.heading} {piece.place} {piece.text}") for piece in waiting]
    weight = {
        word: log(1 + len(texts) / sum(word in text for text in texts))
        for word in set().union(*texts)
    }
    named = _stems(question.heading)
    asked = named | _stems(f"{question.ask} {question.help} {question.fills.replace('_', ' ')}")
    about = _stems(f"{question.why} {question.reviewer} {question.example}") - asked

    def likeness(position: int) -> float:
        title, body = _stems(str(waiting[position].heading or "")), texts[position]
        same = len(title & named) / len(title | named) if title and named else 0.0
        counted = _HEADING_COUNTS * sum(weight[word] for word in title & asked)
        inside = sum(weight[word] for word in body & asked)
        inside += _ABOUT_COUNTS * sum(weight[word] for word in body & about)
        return -(_SAME_HEADING * same + counted + inside / (1 + log(1 + len(body))))

    return tuple(waiting[position] for position in sorted(range(len(waiting)), key=likeness))


def placed(tree: Tree, piece: str, path: str) -> Tree:
    """Return the tree with the parked `piece` under the answer at `path`, as carried text.

    It goes below what the answer says already; a person confirms or changes it later.
    """
    record = get(tree, f"parked.{piece}")
    if not isinstance(record, dict):
        return tree
    text, heading = str(record.get("text", "")), str(record.get("heading", ""))
    before = get(tree, path)
    whole = text if is_blank(before) else f"{before}\n\n{text}"
    tree = put(remove(tree, f"parked.{piece}"), path, whole)
    reason = f"From the last plan, under {heading}." if heading else "From the last plan."
    return put(tree, f"status.{path}", {"state": "carried", "reason": reason})


def park(tree: Tree, path: str, heading: str) -> Tree:
    """Return the tree with the answer at `path` taken from its place and parked under `heading`."""
    value = get(tree, path)
    if is_blank(value):
        return remove(tree, path)
    waiting = waiting_in(tree, "parked")
    name = new_id(heading, [id_of(each) for each in waiting])
    text = value if isinstance(value, str) else "\n".join(str(each) for each in value or ())
    record: Value = {"id": name, "heading": heading, "place": path, "text": text}
    return put(remove(tree, path), "parked", [*waiting, record])


def begun(tree: Tree, path: str, heading: str, text: str) -> tuple[str, Tree]:
    """Return where `text` is parked, which somebody began as the answer at `path`, and as what."""
    there = begun_places(tree, path)
    taken = [id_of(each) for each in waiting_in(tree, "parked")]
    place = there[0] if there else f"parked.{new_id(f'begun {path}', taken)}"
    name = place.partition(".")[2]
    return place, {"id": name, "heading": heading, "place": path, "text": text}


def begun_at(tree: Tree, path: str) -> str:
    """Return the text that somebody began as the answer at `path`; blank for none."""
    return next((str(get(tree, f"{place}.text") or "") for place in begun_places(tree, path)), "")


def begun_places(tree: Tree, path: str) -> list[str]:
    """Return where text is parked that was begun as the answer at `path`."""
    found = tree.get("parked")
    pieces = found if isinstance(found, list) else []
    names = names_of(pieces)
    return [
        f"parked.{name}"
        for name, piece in zip(names, pieces, strict=True)
        if isinstance(piece, dict) and piece.get("place") == path
    ]


def _stems(text: str) -> set[str]:
    """The telling words, without the endings that a plural or a verb gives them."""
    return {
        re.sub(r"(ies|es|s|ing|ed)$", "", word)
        for word in _WORD.findall(text.lower())
        if word not in _COMMON
    }
