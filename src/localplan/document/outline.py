"""The plan in a State's own order: its prompts, with the answers that the board gave beneath."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import groupby

from localplan.document import prose
from localplan.document.blocks import (
    Block,
    Boundary,
    Callout,
    Cell,
    Document,
    Gap,
    Heading,
    Inline,
    PageBreak,
    Paragraph,
    Run,
    Table,
    mapped,
    text_of,
)
from localplan.document.glossary import GLOSSARY
from localplan.document.outlineindex import (
    Found,
    Index,
    asked_by,
    cut,
    index_of,
    repeats,
    rows_of,
)
from localplan.document.pieces import FRONT, Piece, pieces_of
from localplan.document.render import tidy
from localplan.knowledge.standards import load_law
from localplan.knowledge.states import OutlineSection, Prompt, State
from localplan.knowledge.targets import Target
from localplan.plan.checks.coverage import covered
from localplan.plan.checks.limits import Length, lengths_of
from localplan.plan.public import shareable
from localplan.plan.tree import get, holds, leaves
from localplan.yamltext import Tree

_SHORT = re.compile(r"\(([A-Z][A-Za-z&-]*)\)$")
_OUTLINE_WORDS = {"this chapter": "this part"}
"""What a sentence of the six-element plan says of its place, as it reads in a State's order."""
_LONGEST = 200
"""Longer answers are printed as regions of their own, which are left alone as a whole."""
_KEPT_AT_END = ("sources", "glossary", "other-answers", "set-aside")
_OURS = "Not a heading of the State: this tool places these answers here"
_CONTENTS = "headings.contents"
_FURTHER = "further-answers"
"""The label of the last chapter."""


def outline_document(drafted: Document, state: State, tree: Tree) -> Document:
    """Return the plan that `drafted` holds in the order of `state`, ready to number and write.

    `drafted` is the plan as `assemble` gives it, before it is numbered. Every answer it prints
    comes out once, under the first prompt that asks for it; later prompts point there, and answers
    that no prompt asks for stand in a last chapter.
    """
    work = _Outline(drafted, state, tree)
    blocks = tuple(work.blocks())
    return replace(drafted, title=f"{drafted.title} ({state.name})", blocks=tidy(_leveled(blocks)))


@dataclass(slots=True)
class _Outline:
    """One outline while it is put together, and where each piece has been printed."""

    drafted: Document
    state: State
    tree: Tree
    printed: dict[tuple[int, int], str] = field(default_factory=dict)
    """Place and row of a piece to the label of the prompt that prints it."""
    vocabulary: "_Vocabulary" = field(init=False)
    pieces: tuple[Piece, ...] = field(init=False)
    index: Index = field(init=False)
    shared: Tree = field(init=False)
    """The answers that may be printed."""
    lengths: dict[str, Length] = field(init=False)
    counted: frozenset[str] = field(init=False)
    """Labels of the prompts that have a number."""

    def __post_init__(self) -> None:
        self.counted = counted_labels(self.state)
        self.vocabulary = _Vocabulary(self.state.vocabulary, self.tree)
        self.pieces = pieces_of(self.drafted.blocks)
        self.shared = shareable(self.tree)
        self.index = index_of(self.pieces, self.state, self.shared)
        self.lengths = {length.place: length for length in lengths_of(self.state, self.tree)}

    @property
    def working(self) -> bool:
        return self.drafted.stage == "working"

    def blocks(self) -> Iterator[Block]:
        yield from _cover(self.drafted.blocks, self.state if self.working else None)
        if self.working:
            yield _caution(self.state)
        for position, section in enumerate(self.state.sections):
            if position:
                yield PageBreak()
            yield from self._section(section)
        yield from self._further()
        yield from self._end()

    def _section(self, section: OutlineSection) -> Iterator[Block]:
        label = section_label(section)
        yield Heading(
            1, (Run(section.heading),), number=section.number, label=label,
            numbered=bool(section.number),
        )  # fmt: skip
        if section.ours and self.working:
            yield _note(prose.stopped(_OURS))
        if section.heading_only and self.working:
            yield _note("Only the State's headings were seen here, not the text of its prompts.")
        if section.words or section.pages:
            yield from self._limit(section.number or section.heading)
        for prompt in section.prompts:
            yield from self._prompt(prompt, section)

    def _prompt(self, prompt: Prompt, section: OutlineSection) -> Iterator[Block]:
        applies = holds(prompt.when, self.tree, "")
        if not applies and not prompt.number and not prompt.prompt:
            return
        label = prompt_label(prompt, section)
        if label != section_label(section):
            heading = prompt.heading or f"Prompt {prompt.number}"
            yield Boundary(f"headings.{label}", "heading")
            yield Heading(
                2, (Run(heading),), number=prompt.number, label=label, numbered=bool(prompt.number)
            )
            if self.working and prompt.ours:
                yield _note(prose.stopped("; ".join(filter(None, (_OURS, prompt.source)))))
            elif (
                self.working and not prompt.number and prompt.source not in {"", self.state.source}
            ):
                yield _note(prose.stopped(prompt.source))
        if prompt.prompt:
            yield Paragraph((Run(prompt.prompt),), "prompt")
        if prompt.cite:
            yield _note(prompt.cite)
        yield from self._limit(prompt.id)
        if not applies:
            yield _plain("This does not apply to this plan.")
            return
        yield from self._answers(prompt, label, section_label(section))

    def _answers(self, prompt: Prompt, label: str, around: str) -> Iterator[Block]:
        asked = asked_by(prompt, self.index, self.pieces, self.shared)
        before = [
            self.printed[one.place, row]
            for one in asked
            for row in one.rows
            if one.answered and (one.place, row) in self.printed
        ]
        regional = self._regional(prompt)
        if regional:
            yield _plain(regional)
        body = tuple(self._bodies(self._fresh(asked, label)))
        yield from body
        elsewhere = dict.fromkeys(one for one in before if one != around or not body)
        if elsewhere:
            yield self._see(elsewhere, answered=bool(body))
        if not body and not before and not regional:
            yield from self._nothing(prompt)

    def _fresh(self, asked: Iterable[Found], label: str) -> list[Piece]:
        """What is asked for and was not printed before; it counts as printed under `label` now."""
        fresh = []
        for one in asked:
            rows = [row for row in one.rows if (one.place, row) not in self.printed]
            if rows:
                piece = self.pieces[one.place]
                parted = any(place == one.place for place, _ in self.printed)
                fresh.append(cut(piece, rows, f"{label}-{one.place}" if parted else ""))
            self.printed.update({(one.place, row): label for row in rows})
        return fresh

    def _bodies(self, found: Iterable[Piece]) -> Iterator[Block]:
        """The chosen pieces, each under the heading it has in the six-element plan."""
        under: Inline = ()
        for piece in found:
            if piece.under and piece.under != under:
                yield Heading(2, piece.under)
            under = piece.under
            yield from self._spoken(piece)

    def _spoken(self, piece: Piece) -> Iterator[Block]:
        boundary = piece.blocks[0] if piece.blocks else None
        own = isinstance(boundary, Boundary) and (
            boundary.kind == "answer" or self._is_own_passage(boundary)
        )
        for block in piece.blocks:
            if own and not isinstance(block, Heading):
                yield block
            else:
                yield self.vocabulary.spoken(block)

    def _is_own_passage(self, boundary: Boundary) -> bool:
        return get(self.tree, f"{boundary.path}.text") is not None

    def _see(self, labels: Iterable[str], *, answered: bool) -> Paragraph:
        runs = [Run("See also " if answered else "This is answered in ")]
        for position, label in enumerate(labels):
            said = "section " if label in self.counted else ""
            runs += [Run(f"{', ' if position else ''}{said}"), Run("", link=f"#{label}")]
        return Paragraph((*(run for run in runs if run.text or run.link), Run(".")))

    def _regional(self, prompt: Prompt) -> str:
        """Where the regional plan answers the prompt; blank when the board named no place."""
        sections = get(self.tree, "plan.regional_plan.sections")
        title = get(self.tree, "plan.regional_plan.title") or "the regional plan"
        if not isinstance(sections, dict):
            return ""
        asked = {target.text for target in prompt.targets}
        places = [
            str(sections[requirement.id])
            for requirement in load_law().requirements
            if requirement.id in sections
            and requirement.targets
            and asked & {target.text for target in requirement.targets}
        ]
        own = sections.get(prompt.id)
        named = dict.fromkeys([str(own)] if own else places if prompt.level == "regional" else [])
        return f"The regional plan answers this: {title}, {'; '.join(named)}." if named else ""

    def _nothing(self, prompt: Prompt) -> Iterator[Block]:
        found = covered(prompt.targets, "all", self.shared)
        if found.status == "not-applicable" and found.reason:
            yield _plain(f"This does not apply here: {prose.stopped(found.reason)}")
            return
        if not self.working:
            yield _plain("The Board is still preparing this part of the plan.")
            return
        where = " It belongs in the regional plan." if prompt.level == "regional" else ""
        paths = [target.text for target in prompt.targets]
        yield Gap(
            what=f"No answer stands under this prompt yet.{where}",
            why=_why(prompt),
            path=paths[0] if paths and Target.parse(paths[0]).is_path else "",
        )

    def _limit(self, place: str) -> Iterator[Block]:
        length = self.lengths.get(place)
        if length and self.working:
            yield _note(length.said)
        elif length:
            yield _note(length.allowed)

    def _further(self) -> Iterator[Block]:
        """The answers that no prompt asks for, so that nothing is left out in silence."""
        rest = [
            Found(place, rows_of(piece), answered=True)
            for place, piece in enumerate(self.pieces)
            if not repeats(piece) and piece.chapter not in _KEPT_AT_END and _holds_answers(piece)
        ]
        titles = {
            block.label: block.text
            for block in self.drafted.blocks
            if isinstance(block, Heading) and block.level == 1
        }
        body: list[Block] = []
        for chapter, pieces in groupby(self._fresh(rest, _FURTHER), lambda piece: piece.chapter):
            label = f"{_FURTHER}-{chapter}"
            body.append(Heading(2, titles.get(chapter, ()), label=label, numbered=False))
            body.extend(self._bodies(pieces))
        if body:
            yield PageBreak()
            yield Heading(1, (Run("Further answers"),), label=_FURTHER, numbered=False)
            yield _plain(
                "These answers stand under no prompt of the State. They are printed here so that "
                "nothing is left out."
                if self.working
                else "The plan says this beyond what the State asks."
            )
            yield from body

    def _end(self) -> Iterator[Block]:
        for chapter in _KEPT_AT_END:
            body = [
                block for piece in self.pieces if piece.chapter == chapter for block in piece.blocks
            ]
            if body:
                yield PageBreak()
                yield from map(self._glossed, body)

    def _glossed(self, block: Block) -> Block:
        if isinstance(block, Table) and block.label == GLOSSARY:
            return self.vocabulary.glossed(block, self.state.name)
        return block


def _why(prompt: Prompt) -> str:
    if not prompt.targets:
        return "None of our questions answers it."
    if prompt.ours or not (prompt.number or prompt.prompt):
        return "The answers have no other place in this order."
    return "The State asks for it."


def _cover(blocks: Iterable[Block], state: State | None) -> Iterator[Block]:
    """Everything before the first chapter, the contents included; `state` is told to the staff."""
    for block in blocks:
        if isinstance(block, Boundary) and block.kind == "heading" and block.path != _CONTENTS:
            return
        yield block
        if state and isinstance(block, Paragraph) and block.look == "subtitle":
            yield Paragraph((Run(state.title),), "subtitle")


def _caution(state: State) -> Callout:
    checked = f" {state.checked}" if state.checked else ""
    source = prose.stopped(state.source)
    old = f" This is an old edition, {state.edition}." if state.is_old else ""
    as_of = prose.day_said(state.as_of)
    words = f"{state.title}, as of {as_of}.{old} Source: {source}{checked}"
    return Callout("Check this outline before use", (_plain(words.strip()),), "caution")


def _holds_answers(piece: Piece) -> bool:
    """False for gaps, and for a heading over nothing but the sentence that stands for an answer."""
    first = piece.blocks[0]
    stands_in = isinstance(first, Boundary) and first.kind == "heading"
    gaps = all(isinstance(block, Gap) for block in piece.blocks)
    return bool(piece.paths) and not stands_in and not gaps


def _leveled(blocks: Iterable[Block]) -> Iterator[Block]:
    """The headings of answers as quiet, unnumbered headings one level below the State's own."""
    kept = ("outline-", "prompt-", _FURTHER)
    above = 1
    for block in blocks:
        if not isinstance(block, Heading):
            yield block
        elif block.label in FRONT or block.label.startswith(kept):
            above = block.level
            yield block
        else:
            yield replace(block, level=above + 1, numbered=False, listed=False)


def _note(words: str) -> Paragraph:
    return Paragraph((Run(words),), "note")


def _plain(words: str) -> Paragraph:
    return Paragraph((Run(words),))


def section_label(section: OutlineSection) -> str:
    """Return the label of the section's heading."""
    return f"outline-{_slug(section.number or section.heading)}"


def prompt_label(prompt: Prompt, section: OutlineSection) -> str:
    """Return the label of the prompt's heading; that of its section may serve for both."""
    if (prompt.number, prompt.heading) == (section.number, section.heading):
        return section_label(section)
    return f"prompt-{prompt.id}".lower()


def counted_labels(state: State) -> frozenset[str]:
    """Return the labels of the prompts that are known by a number."""
    return frozenset(
        prompt_label(prompt, section)
        for section in state.sections
        for prompt in section.prompts
        if prompt.number
    )


def _slug(text: str) -> str:
    kept = "".join(letter if letter.isalnum() else "-" for letter in text.lower())
    return "-".join(part for part in kept.split("-") if part)


class _Vocabulary:
    """Replaces words in generated text; the first use is written out, later ones are short."""

    def __init__(self, words: Mapping[str, str], tree: Tree) -> None:
        self._own = words
        self._words = {**_OUTLINE_WORDS, **words}
        self._seen: set[str] = set()
        self._pattern = _any_of(self._words)
        self._kept = _any_of(_answers_with(self._pattern, tree))

    def spoken(self, block: Block) -> Block:
        """Return a generated block in the State's words; names that the board typed stay."""
        if self._pattern is None:
            return block
        if isinstance(block, Table):
            heads = tuple(replace(head, head=self._inline(head.head)) for head in block.columns)
            return replace(block, columns=heads, caption=self._text(block.caption))
        return mapped(block, self.spoken, self._inline)

    def glossed(self, table: Table, state: str) -> Table:
        """Return the glossary with the State's own words that were used, each with what it means.

        A word that only shortens another one needs no line of its own.
        """
        whole = [word for word in self._own.values() if word in self._seen]
        shorts = {found.group(1) for word in whole if (found := _SHORT.search(word))}
        rows = [
            (Cell((Run(word),)), Cell((Run(f"What {state} says for {key}."),)))
            for key, word in self._own.items()
            if word in whole and word not in shorts
        ]
        return replace(table, rows=tuple(sorted((*table.rows, *rows), key=_first_word)))

    def _inline(self, text: Inline) -> Inline:
        return tuple(replace(run, text=self._text(run.text)) for run in text)

    def _text(self, text: str) -> str:
        if self._kept is None:
            return self._replaced(text)
        return _between(self._kept, text, self._replaced)

    def _replaced(self, text: str) -> str:
        return self._pattern.sub(self._word, text) if self._pattern else text

    def _word(self, found: re.Match[str]) -> str:
        said = found.group(1)
        key = next(key for key in self._words if key.casefold() == said.casefold())
        whole, plural = self._words[key], found.group(2)
        short = _SHORT.search(whole)
        first = whole not in self._seen and not plural
        self._seen.add(whole)
        chosen = whole if first or not short else short.group(1)
        start = chosen[0].upper() if said[0].isupper() else chosen[0]
        return start + chosen[1:] + (plural or "")


def _first_word(row: tuple[Cell, ...]) -> str:
    return text_of(row[0].text).casefold()


def _any_of(words: Iterable[str]) -> re.Pattern[str] | None:
    listed = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    return re.compile(rf"\b({listed})(s?)\b", re.IGNORECASE) if listed else None


def _answers_with(pattern: re.Pattern[str] | None, tree: Tree) -> set[str]:
    """Short answers that hold one of the words, such as the name of a center."""
    if pattern is None:
        return set()
    found: set[str] = set()
    for value in leaves(tree).values():
        for text in [value] if isinstance(value, str) else value:
            if isinstance(text, str) and len(text) < _LONGEST and pattern.search(text):
                found.add(text.strip())
    return found


def _between(kept: re.Pattern[str], text: str, change: Callable[[str], str]) -> str:
    parts: list[str] = []
    at = 0
    for found in kept.finditer(text):
        parts += [change(text[at : found.start()]), found.group(0)]
        at = found.end()
    return "".join([*parts, change(text[at:])])
