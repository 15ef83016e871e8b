"""How long answers are: beside the limits of a State, and too short to say anything."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from localplan.knowledge.questions import load_questionnaire
from localplan.knowledge.states import OutlineSection, Prompt, State
from localplan.knowledge.targets import Target, Where
from localplan.plan.checks.findings import Finding
from localplan.plan.progress import is_answered
from localplan.plan.tree import get, leaves, matches
from localplan.yamltext import Tree, Value

WORDS_A_PAGE = 450
"""Words that a page of text holds in our layout; for estimates only."""

FEWEST_WORDS = 12
"""Words below which a long text is very short.

Tried on the three examples: none of their long texts has fewer, and the shortest, a full answer,
has exactly twelve ("The Board trains nobody itself and holds no waiver to do so."); at fifteen that
one would be called short. Texts inside records are let be: one in four of the roles, descriptions
and pieces of evidence there says all it must in fewer.
"""


@dataclass(frozen=True, slots=True)
class Length:
    """How long what stands under one prompt or section is, and how long it may be."""

    place: str
    """Id of the prompt, or number (else heading) of the section."""
    title: str
    path: str
    """The first answer that counts toward it."""
    words: int
    pages: float
    measured: bool
    """True when the pages were counted on the finished document, False for an estimate."""
    most_words: int
    most_pages: int

    @property
    def exceeds(self) -> bool:
        """True when a limit is exceeded."""
        too_long = bool(self.most_words) and self.words > self.most_words
        return too_long or (bool(self.most_pages) and self.pages > self.most_pages)

    @property
    def allowed(self) -> str:
        """The limit in a sentence."""
        words = f"{self.most_words:,} words" if self.most_words else ""
        pages = _pages(self.most_pages) if self.most_pages else ""
        return f"Limit: {' and '.join(filter(None, (words, pages)))}."

    @property
    def said(self) -> str:
        """The limit, and how long the answer is, in two sentences."""
        if not self.most_pages:
            return f"{self.allowed} The answer has {self.words:,}."
        if self.measured:
            words = f"has {self.words:,} words and " if self.most_words else ""
            return f"{self.allowed} The answer {words}fills {_pages(self.pages)}."
        return (
            f"{self.allowed} The answer fills about {_pages(self.pages)}, an estimate from its "
            f"{self.words:,} words without tables and pictures."
        )


def lengths_of(
    state: State, tree: Tree, measured: Mapping[str, float] | None = None
) -> tuple[Length, ...]:
    """Return the length of every prompt and section of `state` that has a limit.

    `measured` gives pages counted on a finished document, by prompt id or section number; the rest
    is estimated from the words.
    """
    counted = measured or {}
    return tuple(
        length
        for section in state.sections
        for length in (*_of_section(section, tree, counted), *_of_prompts(section, tree, counted))
    )


def limit_findings(state: State, lengths: Iterable[Length]) -> Iterator[Finding]:
    """Yield a warning for each limit of `state` that `lengths` exceed."""
    for length in lengths:
        if length.exceeds:
            yield Finding(
                "over-limit", "warning", length.path,
                f'"{length.title}" is too long for {state.name}. {length.said} Shorten it, or move '
                "detail to an attachment.",
            )  # fmt: skip


def is_long_text(target: Target) -> bool:
    """Return whether `target` names texts in a person's own words, not records, codes or dates.

    A text of records that are chosen by a code speaks through that code too, and is none.
    """
    if any(isinstance(segment, Where) for segment in target.segments):
        return False
    return target.root == "narratives" or target.general in _long_texts()


def is_very_short(path: str, value: Value | None, tree: Tree) -> bool:
    """Return whether a long text outside the records says too little to answer anything.

    One that a person has accepted with a reason is long enough.
    """
    if not _has_few_words(path, value):
        return False
    return get(tree, f"accepted.{_very_short(path, words_in(value)).id}") is None


def short_findings(tree: Tree) -> Iterator[Finding]:
    """Yield a warning for each long text of `tree` that is very short, accepted or not."""
    for path, value in leaves(tree).items():
        if _has_few_words(path, value):
            yield _very_short(path, words_in(value))


def words_in(value: Value | None) -> int:
    """Return how many words an answer has; ids of records do not count."""
    if isinstance(value, str):
        return len(value.split())
    if isinstance(value, dict):
        return sum(words_in(inner) for key, inner in value.items() if key != "id")
    return sum(words_in(inner) for inner in value) if value else 0


@cache
def _long_texts() -> frozenset[str]:
    """What the long texts fill, as the questions write it."""
    asked = load_questionnaire().questions()
    return frozenset(question.fills for question in asked if question.kind == "text")


def _has_few_words(path: str, value: Value | None) -> bool:
    root, _, key = path.partition(".")
    in_no_record = "." not in key and (root == "narratives" or path in _long_texts())
    if not in_no_record or not isinstance(value, str):
        return False
    return words_in(value) < FEWEST_WORDS and is_answered(value)


def _very_short(path: str, count: int) -> Finding:
    words = "1 word" if count == 1 else f"{count} words"
    return Finding(
        "very-short", "warning", path,
        f"This text is very short: {words}. It is printed, but answers nothing that the law or a "
        "framework asks. Say more, or accept it with the reason why it is enough.",
    )  # fmt: skip


def _of_section(
    section: OutlineSection, tree: Tree, measured: Mapping[str, float]
) -> Iterator[Length]:
    if section.words or section.pages:
        targets = [target for prompt in section.prompts for target in prompt.targets]
        place = section.number or section.heading
        most = (section.words, section.pages)
        yield _length(place, section.heading, targets, tree, measured, most)


def _of_prompts(
    section: OutlineSection, tree: Tree, measured: Mapping[str, float]
) -> Iterator[Length]:
    for prompt in section.prompts:
        if prompt.words or prompt.pages:
            most = (prompt.words, prompt.pages)
            yield _length(prompt.id, _title(prompt), list(prompt.targets), tree, measured, most)


def _length(
    place: str,
    title: str,
    targets: list[Target],
    tree: Tree,
    measured: Mapping[str, float],
    most: tuple[int, int],
) -> Length:
    answers = _answers(targets, tree)
    words = sum(words_in(value) for value in answers.values())
    first = next(iter(answers), targets[0].text if targets else place)
    pages = measured.get(place, round(words / WORDS_A_PAGE, 1))
    return Length(place, title, first, words, pages, place in measured, *most)


def _answers(targets: list[Target], tree: Tree) -> dict[str, Value]:
    """Each answer once, though two targets may name it or a part of it."""
    found: dict[str, Value] = {}
    for target in targets:
        for path, value in matches(tree, target):
            inside = any(path.startswith(f"{other}.") for other in found)
            if value is not None and is_answered(value) and path not in found and not inside:
                found[path] = value
    return found


def _title(prompt: Prompt) -> str:
    return f"{prompt.number} {prompt.heading}".strip() or prompt.id


def _pages(count: float) -> str:
    return f"{count:g} page" if count == 1 else f"{count:g} pages"
