"""Drafts with one answer taken away, and what a machine can see wrong in their sentences."""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache

from outlines import TODAY, opened

from localplan.document import markup, prose
from localplan.document.assemble import Drafting, assemble
from localplan.document.blocks import (
    Block,
    Boundary,
    Callout,
    Cell,
    Document,
    Figure,
    Gap,
    Heading,
    ListBlock,
    Paragraph,
    Table,
    text_of,
    words,
)
from localplan.document.numbering import numbered
from localplan.document.outline import outline_document
from localplan.knowledge.kinds import Stage
from localplan.knowledge.lists import load_lists
from localplan.plan.boards import own_records
from localplan.plan.reading import read_plan
from localplan.plan.tree import get, leaves, names_of, position_of, records, steps
from localplan.yamltext import Tree, Value

NEVER_PRINTED = {"localplan", "status", "notes", "private", "accepted"}
"""Top-level keys that hold no answers."""


def complete() -> Tree:
    """The answers of the complete example."""
    return opened("elements").file.tree


def pattern_of(tree: Tree, path: str) -> str:
    """The path with `*` where a record's id stands: `pathways.*.steps.*.course`."""
    names: list[str] = []
    held: Value | None = tree
    for name in steps(path):
        if isinstance(held, list):
            at = position_of(held, name)
            held = held[at] if at is not None else None
            names.append("*")
        else:
            held = held.get(name) if isinstance(held, dict) else None
            names.append(name)
    return ".".join(names)


def answers(tree: Tree) -> dict[str, str]:
    """Each answer's path with its pattern, without what holds no answers."""
    return {
        path: pattern_of(tree, path)
        for path in leaves(tree)
        if path.partition(".")[0] not in NEVER_PRINTED
    }


def record_paths(tree: Tree) -> Iterator[str]:
    """The path of each record, at any depth."""
    groups: list[tuple[str, Value]] = list(tree.items())
    while groups:
        at, held = groups.pop()
        if isinstance(held, dict):
            groups.extend((f"{at}.{name}", inner) for name, inner in held.items())
        elif isinstance(held, list) and any(isinstance(item, dict) for item in held):
            for name, item in zip(names_of(held), held, strict=True):
                yield f"{at}.{name}"
                groups.append((f"{at}.{name}", item))


def drafts(tree: Tree, stage: Stage, outline: str = "") -> Iterator[Document]:
    """The six-element draft of `tree`, and the one in a State's order where one is named."""
    plan = opened(outline or "elements")
    drafted = assemble(tree, plan.questions, Drafting(TODAY, stage))
    yield numbered(drafted)
    if outline:
        assert plan.state is not None
        yield numbered(outline_document(drafted, plan.state, tree))


# ── What is wrong in a text ──────────────────────────────────────────────────────────────────

_SIGNS = re.compile(
    r"  |: ?\.|\(\s*\)|\( | \)| [.,;:](?!\.\.)|,,|;;|, ?\.|; ?\.|\.\.(?!\.)|^[.,;:]"
)
_DANGLING = re.compile(
    r"\b(?:and|or|of|for|in|to|with|by|at|as|from|the|a|an|is|are|that|among them)[.:;]$"
)
_ENDS_WELL = re.compile(r"\b(?:answers for|paid for|comes from|is for|ways? in|lead in)\.$")
"""What the words above end rightly."""
_ENDS = re.compile(r"(?<=[.!?]) (?=\S)")
_SHORT_FORMS = re.compile(r"\b(?:[A-Z]|St|Dr|Mr|Ms|Mrs|No|Dept|Inc|sec|U\.S|e\.g|i\.e)\.$")
_BARE = frozenset(
    (
        *("is", "are", "was", "were", "has", "have", "will", "can", "and", "or", "but", "with"),
        *("leads", "lead", "serves", "serve", "carries", "carry", "shows", "show", "says", "say"),
        *("gives", "give", "lists", "names", "runs", "run", "begins", "begin", "follows", "follow"),
        *("pays", "earns", "covers", "chairs", "directs", "describes", "takes", "votes", "vote"),
        *("adds", "joins", "join", "concentrates", "stands", "counts", "offers"),
    )
)
"""Verbs and joints of our sentences; none of them can begin one."""
BEGINS_SMALL = ("e-mail", "iPad")
"""Words that begin a sentence with a small letter and are right."""


def sentences(text: str) -> Iterator[str]:
    """The sentences of a paragraph."""
    held = ""
    for part in _ENDS.split(text):
        held = f"{held} {part}".strip()
        if not _SHORT_FORMS.search(held):
            yield held
            held = ""
    if held:
        yield held


@cache
def faults_in(text: str) -> tuple[str, ...]:
    """What no text may hold, whoever wrote it."""
    found = _SIGNS.search(text)
    return (
        (f"{found.group()!r} in {text[max(0, found.start() - 60) : found.end() + 30]!r}",)
        if found
        else ()
    )


@cache
def faults_of_sentences(text: str) -> tuple[str, ...]:
    """Sentences of ours that begin or end in nothing."""
    return tuple(
        repr(said)
        for said in sentences(text)
        if not _has_subject(said) or not said.endswith((".", "!", "?", ":", ")")) or _dangles(said)
    )


def _dangles(sentence: str) -> bool:
    return bool(_DANGLING.search(sentence)) and not _ENDS_WELL.search(sentence)


def _has_subject(sentence: str) -> bool:
    first = sentence.partition(" ")[0]
    if sentence.startswith(BEGINS_SMALL):
        return True
    return not first[:1].islower() and first.strip(",").lower() not in _BARE


def lines_of(block: Block) -> Iterator[str]:
    """Each text of a block that stands on its own."""
    match block:
        case Heading() | Paragraph():
            yield text_of(block.text)
        case ListBlock():
            yield from _lines(inner for item in block.items for inner in item)
        case Callout():
            yield block.title
            yield from _lines(block.blocks)
        case Table():
            yield from (block.caption, block.source)
            for cell in (cell for row in block.rows for cell in row):
                yield from text_of(cell.text).split("\n")
                yield from _lines(cell.blocks)
        case Figure():
            yield block.caption
            yield block.alt
        case Gap():
            yield from (block.what, *block.why.split("\n"))
        case _:
            return


def _lines(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        yield from lines_of(block)


def is_filled(cell: Cell) -> bool:
    """True for a cell with something in it besides the sign for nothing."""
    return bool(cell.blocks) or text_of(cell.text).strip() not in {"", "\N{EN DASH}"}


@cache
def faults_of_block(block: Block) -> tuple[str, ...]:
    """What is wrong in a block by itself."""
    found = [fault for line in lines_of(block) for fault in faults_in(line)]
    if isinstance(block, Table) and block.head:
        if len(block.columns) < 2:
            found.append(f"one column: {block.caption}")
        if not all(any(map(is_filled, row)) for row in block.rows):
            found.append(f"a row without a filled cell: {block.caption}")
        if not any(is_filled(cell) for row in block.rows for cell in row[1:]):
            found.append(f"nothing beside the first column: {block.caption}")
    return tuple(found)


def faults(document: Document) -> list[str]:
    """Everything wrong that a machine sees in the text of a document."""
    found: list[str] = []
    region: Boundary | None = None
    for block in document.blocks:
        if isinstance(block, Boundary):
            region = block
            continue
        found += faults_of_block(block)
        if isinstance(block, Paragraph) and is_ours(region, block):
            found += faults_of_sentences(text_of(block.text))
    return found


def is_ours(region: Boundary | None, block: Paragraph) -> bool:
    """True for sentences that the program makes."""
    return block.look == "body" and (region is None or region.kind != "answer")


# ── What is counted ──────────────────────────────────────────────────────────────────────────

_NUMBERS = {prose.spelled(count): count for count in range(1, 100)}
_COUNT = rf"\b(?P<count>{'|'.join(sorted(_NUMBERS, key=len, reverse=True))}|\d+) "


def partners(tree: Tree) -> list[int]:
    """How many partners there are beside the boards' own programs."""
    kept = {name: tree[name] for name in ("board", "areas", "partners") if name in tree}
    return [len(records(tree, "partners")) - _own_programs(json.dumps(kept))]


@cache
def _own_programs(kept: str) -> int:
    return len(own_records(read_plan(json.loads(kept)).plan))


def own_indicators(tree: Tree) -> list[int]:
    """How many measures are the board's own."""
    return [sum(not get(tree, f"{one}.indicator") for one in records(tree, "metrics"))]


def indicators(tree: Tree) -> list[int]:
    """How many primary indicators have levels that bind a local board."""
    of_state = flagged("indicators", "statewide", "yes") | flagged(
        "metric_programs", "local_level", "no"
    )
    areas = {one.partition(".")[2] for one in records(tree, "areas")} | {None, ""}
    found = [get(tree, one) for one in records(tree, "metrics")]
    return [
        sum(
            bool(one.get("indicator"))
            and not {str(one.get("indicator")), str(one.get("program"))} & of_state
            and one.get("of") in areas
            for one in found
            if isinstance(one, dict)
        )
    ]


def flagged(name: str, fact: str, value: str) -> set[str]:
    """The codes of a list about which it says `value`."""
    return {option.code for option in load_lists()[name] if option.facts.get(fact) == value}


def taken(tree: Tree) -> list[int]:
    """How many actions were not dropped."""
    return [sum(get(tree, f"{one}.status") != "dropped" for one in records(tree, "actions"))]


def each(path: str) -> Callable[[Tree], list[int]]:
    """How many records a list holds; with `*` in its path, the sum over the records outside."""
    head, star, rest = path.partition(".*.")
    if not star:
        return lambda tree: [len(get(tree, path) or ())]
    return lambda tree: [sum(len(get(tree, f"{one}.{rest}") or ()) for one in records(tree, head))]


def one_by_one(head: str, rest: str) -> Callable[[Tree], list[int]]:
    """How many each record of a list holds, for those that hold any."""
    return lambda tree: [
        count for one in records(tree, head) if (count := len(get(tree, f"{one}.{rest}") or ()))
    ]


def credentials(tree: Tree) -> list[int]:
    """How many steps of all pathways end in a credential."""
    steps_in = (step for one in records(tree, "pathways") for step in records(tree, f"{one}.steps"))
    return [sum(bool(get(tree, f"{step}.credential")) for step in steps_in)]


def ways_of_teaching(tree: Tree) -> list[int]:
    """How many different ways of teaching the pathways use."""
    ways = (way for one in records(tree, "pathways") for way in records(tree, f"{one}.instruction"))
    return [len({get(tree, f"{way}.strategy") for way in ways} - {None, ""})]


COUNTS: Mapping[tuple[str, str], Callable[[Tree], list[int]]] = {
    ("glance", "partners?"): partners,
    ("glance", "one-stop centers?"): each("one_stops"),
    ("glance", "sectors?"): each("sectors"),
    ("glance", "career pathways?"): each("pathways"),
    ("glance", "supports?"): each("supports"),
    ("glance", "groups? of people"): each("populations"),
    ("summary-who", "organizations?"): partners,
    ("summary-pathways", "career pathways"): each("pathways"),
    ("summary-need", "sectors?"): each("sectors"),
    ("summary-need", "(?:target )?occupations?"): one_by_one("sectors", "occupations"),
    ("summary-people", "supports?"): each("supports"),
    ("summary-results", "indicators?"): indicators,
    ("summary-results", "measures? of its own"): own_indicators,
    ("summary-results", "actions?"): taken,
    ("about-frameworks", "frameworks?"): each("plan.frameworks"),
    ("partnership-overview", "organizations?"): partners,
    ("partnership-programs", "required programs?"): each("absent_programs"),
    ("partnership-centers", "one-stop centers?"): each("one_stops"),
    ("partnership-providers", "providers?"): each("providers"),
    ("sector-overview", "sectors?"): each("sectors"),
    ("sector-overview", "tests?"): each("plan.sector_rule"),
    ("design-overview", "pathways?"): each("pathways"),
    ("design-overview", "ways? in"): each("pathways.*.entry_points"),
    ("design-overview", "ways? out"): each("pathways.*.exit_points"),
    ("design-overview", "credentials?"): credentials,
    ("design-overview", "groups? of people"): each("populations"),
    ("delivery-overview", "ways? of teaching"): ways_of_teaching,
    ("supports-overview", "supports?"): each("supports"),
    ("measurement-levels", "indicators?"): indicators,
    ("measurement-own", "measures? of its own"): own_indicators,
    ("public-comment", "meetings?"): each("public_comment.hearings"),
    ("approval", "(?:body|bodies)"): each("approvals"),
    ("actions-overview", "actions?"): taken,
}
"""What a passage counts, and how many there are of it."""


def counts_in(tree: Tree) -> dict[tuple[str, str], Callable[[Tree], list[int]]]:
    """Everything that is counted in a draft of `tree`, its sectors and pathways included."""
    found = dict(COUNTS)
    for one in records(tree, "sectors"):
        found[f"sector-{one.partition('.')[2]}", "(?:target )?occupations?"] = each(
            f"{one}.occupations"
        )
    for one in records(tree, "pathways"):
        passage = f"pathway-{one.partition('.')[2]}"
        found[passage, "(?:ways? (?:lead )?in|entry points?|way in)"] = each(f"{one}.entry_points")
        found[passage, "steps?"] = each(f"{one}.steps")
    return found


def wrong_counts(document: Document, tree: Tree) -> list[str]:
    """Counts in the passages of a document that are not the number of records."""
    said = passages(document)
    wrong = []
    for (passage, noun), expected in counts_in(tree).items():
        printed = printed_counts(said.get(passage, ""), noun)
        if printed and printed != expected(tree):
            wrong.append(f"{passage}: {printed} {noun}, but there are {expected(tree)}")
    return wrong


def passages(document: Document) -> dict[str, str]:
    """The text of each passage by its name."""
    found: dict[str, str] = {}
    name = ""
    for block in document.blocks:
        if isinstance(block, Boundary):
            name = block.path.removeprefix("passages.") if block.kind == "passage" else ""
        elif name:
            found[name] = " ".join((found.get(name, ""), *lines_of(block)))
    return found


def printed_counts(text: str, noun: str) -> list[int]:
    """The numbers that stand before a noun, in words or figures."""
    return [
        _NUMBERS.get(found["count"].lower()) or int(found["count"])
        for found in re.finditer(rf"{_COUNT}{noun}\b", text, re.IGNORECASE)
    ]


# ── What an answer says in a document ────────────────────────────────────────────────────────


def said(document: Document) -> str:
    """All words of a document, in small letters."""
    return "\n".join(map(_said_by, document.blocks))


@cache
def _said_by(block: Block) -> str:
    return "\n".join(map(plain, lines_of(block)))


def plain(text: str) -> str:
    """A text in small letters with single spaces."""
    return " ".join(text.split()).casefold()


@cache
def printed_form(value: str) -> str:
    """An answer as a reader sees it: a date in words, a number with its thousands."""
    value = value.strip()
    try:
        return plain(prose.day(date.fromisoformat(value)))
    except ValueError:
        pass
    if re.fullmatch("(19|20)\\d\\d", value):
        return value
    try:
        return f"{Decimal(value):,}"
    except InvalidOperation:
        return plain(" ".join(words(block) for block in markup.parse(value)))


def forms(value: Value) -> list[str]:
    """Each text of an answer as it is printed."""
    if isinstance(value, str):
        return [printed_form(value)]
    return [printed_form(item) for item in value if isinstance(item, str)]


def stands_in(form: str, text: str) -> bool:
    """True where the words `form` stand in `text` by themselves."""
    if form not in text:
        return False
    return re.search(rf"(?<!\w)(?<!\d[.,]){re.escape(form)}(?!\w|[.,]\d)", text) is not None


def still_said(value: Value | None, left: Tree, text: str) -> list[str]:
    """What of a removed answer stands in `text`, and in no answer that is left."""
    found = [form for form in forms(value or "") if len(form) > 2 and stands_in(form, text)]
    others = answered(left) if found else ""
    return [form for form in found if not stands_in(form, others)]


def answered(tree: Tree) -> str:
    """Every answer as it is printed, with the names of choices and of records without a name."""
    said = [form for value in leaves(tree).values() for form in forms(value)]
    names = [plain(path.rpartition(".")[2].replace("-", " ")) for path in record_paths(tree)]
    return "\n".join((*said, *names, *map(plain, _labels().values())))


@cache
def _labels() -> dict[str, str]:
    asked = opened("elements").questions.questions()
    options = [option for question in asked for option in question.options]
    youth = {f"{one.code} youth": one.facts.get("youth_label", "") for one in options}
    return {option.code: option.label for option in options} | youth
