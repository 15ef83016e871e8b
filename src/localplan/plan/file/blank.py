"""A blank answers file whose comments explain each part, for those who prefer an editor."""

import textwrap
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from localplan.knowledge.questions import Question, Questionnaire
from localplan.knowledge.targets import ANYTHING, NOTHING, Condition
from localplan.plan.file.cleaning import cleaned
from localplan.plan.file.formats import FORMAT
from localplan.plan.file.rewrite import rewritten
from localplan.plan.keys import ORDER
from localplan.plan.tree import plain, put
from localplan.yamltext import parse

SCHEMA = "answers.schema.json"
"""The file beside the answers by which editors complete and check them."""

NOTHING_GIVEN: Mapping[str, object] = MappingProxyType({})

_WIDTH = 96
_MANY_OPTIONS = 40
_FEW_OPTIONS = 9
_TITLES = {
    "board": "The board",
    "areas": "Local areas",
    "plan": "The plan",
    "one_stops": "One-stop centers",
    "partners": "Partners",
    "absent_programs": "Programs that nobody carries out here",
    "providers": "Contractors and service providers",
    "populations": "Populations",
    "sectors": "Sectors",
    "pathways": "Career pathways",
    "supports": "Supports",
    "metrics": "Measures",
    "actions": "Actions",
    "evidence": "Sources of figures",
    "approvals": "Votes and signatures",
    "public_comment": "Public comment period",
    "comments": "Comments received",
    "attachments": "Attachments",
    "narratives": "In the board's own words",
}
_HOW = """\
The answers of one local plan. Fill in what stands behind each colon; leave blank what you do
not know yet. Lines that begin with # are help and can be removed.
- Short answers stand behind the colon. Put text in 'single quotation marks' when it holds a
  colon or a #, or begins with a sign such as * & ! @ [ {.
- Long answers begin with | behind the colon and go on below, two spaces further in:
    name: |
      First paragraph.

      - a list item
- Use spaces to indent, never tabs. Dates look like 2025-07-01.
- Every partner, sector, pathway and so on has an id that you choose once, of small letters,
  digits and hyphens. Elsewhere in the file you name it by that id.
See what is missing with: localplan check FILE"""
_REST = """\
These parts are kept by the program. You can also write them by hand, by the path of an answer:
status:
  narratives.sector_need: {state: later, owner: Ana, due: 2025-03-01}
notes:
  partners.delta-college.role: A private note; it never leaves the board."""


@dataclass(slots=True)
class _Place:
    """A key of the file: the question that fills it, and the keys within."""

    question: Question | None = None
    inner: dict[str, "_Place"] = field(default_factory=dict)
    heading: str = ""


def blank_answers(
    questionnaire: Questionnaire,
    given: Mapping[str, object] = NOTHING_GIVEN,
    *,
    schema: str = SCHEMA,
) -> str:
    """A blank answers file with every question as a comment; `given` are answers by path."""
    root = _places(questionnaire)
    known = [key for key in ORDER if key in root.inner]
    keys = [*known, *(key for key in root.inner if key not in ORDER)]
    parts = [f"# yaml-language-server: $schema={schema}", _commented(_HOW.split("\n"), 0)]
    parts.append(f"\nlocalplan: {FORMAT}\n")
    for key in keys:
        title = _TITLES.get(key, key.replace("_", " ").capitalize())
        parts.append(f"# {'=' * 10} {title} {'=' * max(4, 60 - len(title))}")
        parts.append(_rendered(key, root.inner[key], 0) + "\n")
    text = "\n".join([*parts, _commented(_REST.split("\n"), 0)]) + "\n"
    tree = old = parse(text, "blank file")
    for path, value in given.items():
        tree = put(tree, path, cleaned(plain(value)))
    return rewritten(text, old, tree)


def _places(questionnaire: Questionnaire) -> _Place:
    root = _Place()
    for section in questionnaire.sections:
        for question in _all(section.questions):
            place = root
            for name in question.fills.split("."):
                place = place.inner.setdefault(name, _Place())
            place.question = place.question or question
            place.heading = place.heading or section.title
    return root


def _all(questions: Iterable[Question]) -> Iterable[Question]:
    for question in questions:
        yield question
        yield from _all(question.fields)


def _rendered(key: str, place: _Place, column: int) -> str:
    lines = _help(place.question, column)
    indent = " " * column
    if ANYTHING in place.inner:
        lines += _example(place, column)
        return "\n".join([*lines, f"{indent}{key}: []"])
    if not place.inner:
        return "\n".join([*lines, f"{indent}{key}:"])
    lines.append(f"{indent}{key}:")
    heading = ""
    for name, inner in place.inner.items():
        if key == "narratives" and inner.heading != heading:
            heading = inner.heading
            lines += ["", f"{indent}  # ---- {heading} ----"]
        if column or len(place.inner) > 1:
            lines.append("")
        lines.append(_rendered(name, inner, column + 2))
    return "\n".join(line for at, line in enumerate(lines) if line or at)


def _help(question: Question | None, column: int) -> list[str]:
    if question is None:
        return []
    said = question.ask + (" (required)" if question.required else "")
    lines = [said, *([question.help] if question.help else [])]
    if question.options and len(question.options) <= _MANY_OPTIONS:
        codes = "; ".join(f"{option.code} ({option.label})" for option in question.options)
        several = "Any of, as [a, b]" if question.kind == "choices" else "One of"
        lines.append(f"{several}: {codes}.")
    if question.when.clauses:
        lines.append(f"Only when {_condition(question.when)}.")
    return [_commented(lines, column)]


def _condition(condition: Condition) -> str:
    said = []
    for clause in condition.clauses:
        words = [
            {ANYTHING: "answered", NOTHING: "blank"}.get(value, value) for value in clause.values
        ]
        said.append(f"{clause.target.text} is {' or '.join(words)}")
    return " and ".join(said)


def _commented(lines: Iterable[str], column: int) -> str:
    made: list[str] = []
    for line in lines:
        depth = len(line) - len(line.lstrip())
        more = " " * (depth + (2 if line.lstrip().startswith("- ") else 0))
        start = " " * column + "# "
        wrapped = textwrap.wrap(
            line,
            _WIDTH - len(start),
            initial_indent="",
            subsequent_indent=more,
            break_long_words=False,
            break_on_hyphens=False,
        )
        made += [(start + part).rstrip() for part in wrapped or [""]]
    return "\n".join(made)


def _example(place: _Place, column: int) -> list[str]:
    """The fields of one record as comment lines, ready to be copied."""
    one = place.question.one if place.question and place.question.one else "entry"
    start = " " * column + "#"
    key = place.question.fills.rpartition(".")[2] if place.question else ""
    how = f"Remove the [] and copy this below {key}: for each {one}, without the # before it:"
    lines = [_commented([how], column)]
    body = [f"  - id: {one.lower().replace(' ', '-').replace('/', '-')}-1"]
    for name, inner in place.inner[ANYTHING].inner.items():
        body += _fields(name, inner, 4)
    return lines + [start + line for line in body]


def _fields(key: str, place: _Place, column: int) -> list[str]:
    indent = " " * column
    hint = f"   # {_hint(place.question)}" if place.question else ""
    if ANYTHING in place.inner:
        lines = [f"{indent}{key}:{hint}", f"{indent}  - id: first"]
        for name, inner in place.inner[ANYTHING].inner.items():
            lines += _fields(name, inner, column + 4)
        return lines
    lines = [f"{indent}{key}:{hint}"]
    for name, inner in place.inner.items():
        lines += _fields(name, inner, column + 2)
    return lines


def _hint(question: Question) -> str:
    if not question.options or len(question.options) > _FEW_OPTIONS:
        return question.ask
    return f"{question.ask} One of: {', '.join(option.code for option in question.options)}"
