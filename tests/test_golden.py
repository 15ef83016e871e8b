"""The examples as documents, held against the text that was last agreed.

After a change that is meant: pytest --update-golden, and read what differs before it is kept.
"""

import re
from collections.abc import Callable

import pytest
from outlines import elements
from word_invariants import outline

from localplan.document.docx.writer import write_docx
from localplan.document.markdown import to_markdown
from localplan.document.numbering import numbered
from localplan.resources import ROOT

EXAMPLES = ("complete", "quick-start", "orange-county")


@pytest.mark.parametrize("example", EXAMPLES)
def test_the_text_of_an_example_is_as_agreed(
    example: str, agrees: Callable[[str, str], None]
) -> None:
    agrees(f"{example}.md", to_markdown(numbered(elements(example=example))))


@pytest.mark.parametrize("example", EXAMPLES)
def test_the_paragraphs_of_an_example_in_word_are_as_agreed(
    example: str, agrees: Callable[[str, str], None]
) -> None:
    agrees(f"{example}.docx.txt", outline(write_docx(numbered(elements(example=example)))))


def test_no_two_words_of_a_draft_run_together() -> None:
    known: set[str] = set()
    for name in ("examples", "templates", "prompts", "standards", "src"):
        for file in (ROOT / name).rglob("*"):
            if file.suffix in {".yaml", ".j2", ".py"}:
                known |= words_in(file.read_text(encoding="utf-8"))
    for example in EXAMPLES:
        drafted = to_markdown(numbered(elements(example=example)))
        assert words_in(drafted) - known == set()


def words_in(text: str) -> set[str]:
    return set(re.findall(r"[a-z]+", text.lower()))
