"""A sentence says only what an answer says: without the answer, the draft says nothing of it.

One answer of each kind is taken away here; `make test-removal` takes away every one, at every
stage, in two orders.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from random import Random

import pytest
from removal import (
    answers,
    complete,
    counts_in,
    drafts,
    faults,
    forms,
    passages,
    pattern_of,
    printed_counts,
    record_paths,
    said,
    stands_in,
    still_said,
    wrong_counts,
)

from localplan.document.blocks import Document
from localplan.knowledge.kinds import STAGES, Stage
from localplan.knowledge.questions import load_questionnaire
from localplan.plan.tree import get, join, put, remove, steps
from localplan.yamltext import Tree

PRINTS_NOTHING: Mapping[str, str] = {
    "board.contact.*": "private",
    "partners.*.contact.*": "private",
    "partners.*.pain_points": "private",
    "providers.*.contact.*": "private",
    "plan.element_order": "the order of the chapters is its only trace",
    "plan.outline": "it chooses a document, and no document says so",
    "plan.dates.comment_opens": "public_comment.opens says it",
    "plan.dates.comment_closes": "public_comment.closes says it",
    "pathways.*.definition.*": "printed by the review of the legal definition, behind the plan",
    "actions.*.step": "printed for staff, in working drafts",
    "actions.*.status": "printed for staff, in working drafts",
    "evidence.*.shelf_life": "it tells staff when to look again",
    "attachments.*.file": "names of files are printed in working drafts",
    "comments": "an empty list",
}
"""Answers of the complete example that print nothing in a public draft, each with the reason."""
NOTHING_ALONE: Mapping[str, str] = {
    "partners.*.kind": "said in the singular",
    "metrics.*.scope": "what the measure is about is printed by its name",
    "metrics.*.levels.*.year": "it heads a column of levels",
    "metrics.*.history.*.year": "it heads a column of results",
    "metrics.*.prior_year": "it stands beneath the result",
    "pathways.*.standing": "said in a sentence",
    "pathways.*.track": "said in a sentence",
    "pathways.*.exit_points.*.occupation": "printed by its title",
    "actions.*.owner": "printed as the body that a person works for",
}
"""Answers that print nothing, or other words, when they stand alone in their record."""
SAID_BY_OTHERS = {
    "actions.*.owner": "two partners whose names stand side by side elsewhere",
}
REFERENCES = {"pick", "picks"}
PATTERNS = sorted(set(answers(complete()).values()))
QUICK = frozenset({"attachments", "approvals", "absent_programs", "public_comment"})
"""Parts of the plan with few kinds of answers: enough to see a fault while one works."""
ROOTS = sorted({path.partition(".")[0] for path in answers(complete())})
LISTS = [root for root in ROOTS if f"{root}.*" in "\n".join(PATTERNS)]


def marked(roots: list[str]) -> list[object]:
    """The parts of the plan, those with many kinds of answers marked as slow."""
    return [root if root in QUICK else pytest.param(root, marks=pytest.mark.slow) for root in roots]


def test_the_complete_example_has_no_fault_and_every_count_is_right() -> None:
    for stage in STAGES:
        for document in drafts(complete(), stage, "ca"):
            assert faults(document) == []
            assert wrong_counts(document, complete()) == []


def test_every_count_that_is_checked_is_printed() -> None:
    told = passages(base())
    assert [
        counted
        for counted in counts_in(complete())
        if not printed_counts(told.get(counted[0], ""), counted[1])
    ] == []


@pytest.mark.parametrize("root", marked(ROOTS))
def test_an_answer_that_is_taken_away_leaves_no_trace(root: str) -> None:
    for pattern in of_root(root):
        path, *more = paths_of()[pattern]
        left = remove(complete(), path)
        (document,) = drafts(left, "public")
        assert (path, wrong_with(document, left, pattern, [path])) == (path, [])
        if not more:
            assert (path, document.blocks == base().blocks) == (path, is_silent(pattern))


@pytest.mark.parametrize("root", marked(ROOTS))
def test_a_question_that_nobody_answered_leaves_no_trace(root: str) -> None:
    for pattern in of_root(root):
        paths, left = paths_of()[pattern], complete()
        if len(paths) == 1:
            continue  # taken away above
        for path in paths:
            left = remove(left, path)
        (document,) = drafts(left, "public")
        assert (pattern, wrong_with(document, left, pattern, paths)) == (pattern, [])
        assert (pattern, document.blocks == base().blocks) == (pattern, is_silent(pattern))


@pytest.mark.parametrize("root", marked(LISTS))
def test_an_answer_that_stands_alone_in_its_record_is_printed(root: str) -> None:
    for pattern in of_root(root):
        if "*" not in pattern or is_listed(pattern, {**PRINTS_NOTHING, **NOTHING_ALONE}):
            continue
        path = paths_of()[pattern][0]
        (document,) = drafts(alone(path), "public")
        assert (path, faults(document)) == (path, [])
        if question_kind(pattern) not in REFERENCES:
            assert (path, unprinted(path, document)) == (path, [])


@pytest.mark.slow
def test_a_record_that_is_taken_away_is_no_longer_counted() -> None:
    first = {pattern_of(complete(), path): path for path in record_paths(complete())}
    for path in first.values():
        left = remove(complete(), path)
        (document,) = drafts(left, "public")
        assert (path, faults(document), wrong_counts(document, left)) == (path, [], [])


@pytest.mark.parametrize("seed", range(24))
def test_a_plan_with_few_answers_has_whole_sentences_and_full_tables(seed: int) -> None:
    left = sparse(Random(seed))  # noqa: S311 (no secret)
    (document,) = drafts(left, "public")
    assert faults(document) == []
    assert wrong_counts(document, left) == []


@pytest.mark.removal
@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("root", marked(ROOTS))
def test_any_answer_that_is_taken_away_leaves_no_trace(root: str, stage: Stage) -> None:
    wrong = {
        f"{path} ({'CA' if place else 'elements'})": found
        for path, pattern in answers(complete()).items()
        if path.partition(".")[0] == root
        for left in (remove(complete(), path),)
        for place, document in enumerate(drafts(left, stage, "ca"))
        if (found := wrong_with(document, left, pattern, [path]))
    }
    assert wrong == {}


@cache
def base() -> Document:
    """The public draft of the complete example."""
    (document,) = drafts(complete(), "public")
    return document


@cache
def paths_of() -> Mapping[str, list[str]]:
    """Every path of the complete example by its pattern."""
    found: dict[str, list[str]] = {}
    for path, pattern in answers(complete()).items():
        found.setdefault(pattern, []).append(path)
    return found


def is_silent(pattern: str) -> bool:
    """True for an answer that rightly prints nothing in a public draft."""
    return is_listed(pattern, PRINTS_NOTHING)


def of_root(root: str) -> Iterator[str]:
    return (pattern for pattern in PATTERNS if pattern.partition(".")[0] == root)


def wrong_with(document: Document, left: Tree, pattern: str, paths: list[str]) -> list[str]:
    """Everything wrong in a draft of the answers that are left."""
    found = [*faults(document), *wrong_counts(document, left)]
    if pattern in SAID_BY_OTHERS or is_choice(pattern):
        return found
    text = said(document)
    for path in paths:
        found += still_said(get(complete(), path), left, text)
    return found


def is_choice(pattern: str) -> bool:
    """True for an answer that is printed in other words, which other tests look for."""
    question = QUESTIONS.get(pattern)
    return question is not None and bool(question.options or question.kind in REFERENCES)


def question_kind(pattern: str) -> str:
    question = QUESTIONS.get(pattern)
    return question.kind if question else ""


def is_listed(pattern: str, listed: Mapping[str, str]) -> bool:
    return any(
        pattern == entry or (entry.endswith(".*") and pattern.startswith(entry[:-1]))
        for entry in listed
    )


QUESTIONS = load_questionnaire().by_fills()


def alone(path: str) -> Tree:
    """The complete example with nothing but this answer in its record."""
    names, kinds = steps(path), pattern_of(complete(), path).split(".")
    at = len(kinds) - kinds[::-1].index("*")
    record = get(complete(), join(names[:at]))
    assert isinstance(record, dict)
    kept = {name: value for name, value in record.items() if name in {"id", names[at]}}
    return put(complete(), join(names[:at]), kept)


def unprinted(path: str, document: Document) -> list[str]:
    """What an answer says, or the label of its choice, where the document does not print it."""
    value = get(complete(), path)
    question = QUESTIONS.get(pattern_of(complete(), path))
    labels = {option.code: option.label for option in question.options} if question else {}
    typed = value if isinstance(value, list) else [value or ""]
    shown = [form for one in typed for form in forms(labels.get(str(one), one))]
    return [form for form in shown if not stands_in(form, said(document))]


def sparse(chance: Random) -> Tree:
    """The complete example with few of its kinds of answers, and few of its records."""
    share, left = chance.choice([0.1, 0.3, 0.6, 0.9]), complete()
    dropped = {pattern for pattern in PATTERNS if chance.random() > share}
    for path, pattern in answers(complete()).items():
        if pattern in dropped:
            left = remove(left, path)
    for path in list(record_paths(left)):
        if chance.random() > chance.choice([0.3, 0.8, 1]):
            left = remove(left, path)
    return left
