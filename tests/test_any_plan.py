"""Any plan at all, whatever is typed into it, becomes a sound document that says no more."""

from collections.abc import Iterator, Mapping
from datetime import date
from random import Random
from typing import Any

import pytest
from helpers_docx import part_of, written
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from lxml import html
from pydantic import BaseModel, TypeAdapter, ValidationError

from localplan.document.assemble import Drafting, assemble
from localplan.document.blocks import Document
from localplan.document.html import to_html
from localplan.document.markdown import to_markdown
from localplan.document.numbering import numbered
from localplan.knowledge.asking import questionnaire_for
from localplan.knowledge.kinds import STAGES, Stage
from localplan.knowledge.questions import Question, load_questionnaire
from localplan.plan.checks.structure import reference_of
from localplan.plan.model import Plan, Record
from localplan.plan.model.parts import parts_in
from localplan.yamltext import Tree

TODAY = date(2026, 11, 21)
ODD = (
    "# not a heading", "- not an item", "{{ board }} {% if %}", "<script>alert(1)</script>",
    "a | b\n| - | - |\n| c | d |", "&amp; &#x41; ]]>", "\u202eright to left\u202c \u05d0\u05d1",
    "\U0001f469\u200d\U0001f33e", "[x](javascript:alert)", "**", "\\", "1. one\n2. two",
)  # fmt: skip
FIRST_THAT_FITS = (
    "2027-03-04", "12.25", "4", "2027", "yes", "a@b.example", "https://a.example", "62", "29-1141",
)  # fmt: skip
LONG = 100_000
_TEXTS = st.lists(
    st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=40).filter(str.strip)
    | st.sampled_from(ODD),
    min_size=1,
    max_size=6,
)
_ANY = settings(
    max_examples=12,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow],
)


@pytest.mark.slow
@_ANY
@given(seed=st.integers(0, 2**32), texts=_TEXTS, stage=st.sampled_from(STAGES))
def test_any_plan_gives_a_sound_word_file_and_web_page(
    seed: int, texts: list[str], stage: Stage
) -> None:
    tree = PlanOf(Random(seed), texts).tree()  # noqa: S311 (no secret)
    document = drafted(tree, stage)
    written(document)
    page = html.fromstring(to_html(document))
    assert not page.xpath("//script | //iframe | //*[@onclick]")


@pytest.mark.parametrize("unit", ["word ", "x", "<b>&amp;", "{{ x }} ", "\u05d0 \U0001f600 "])
def test_a_very_long_answer_comes_out_whole(unit: str) -> None:
    typed = (unit * LONG)[:LONG].strip()
    tree: Tree = {
        "localplan": "2",
        "board": {"name": "Delta Board"},
        "partners": [{"id": "a", "name": "Delta College", "role": typed}],
        "narratives": {"sector_need": typed},
    }
    document = drafted(tree, "working")
    told = letters("".join(str(piece) for piece in html.fromstring(to_html(document)).itertext()))
    assert told.count(letters(typed)) == 2
    assert part_of(written(document), "word/document.xml")
    assert to_markdown(document)


def drafted(tree: Tree, stage: Stage) -> Document:
    frameworks = tree.get("plan")
    chosen = frameworks.get("frameworks", []) if isinstance(frameworks, dict) else []
    asked = questionnaire_for([str(name) for name in chosen], None)
    return numbered(assemble(tree, asked, Drafting(TODAY, stage)))


def letters(text: str) -> str:
    return "".join(text.split())


class PlanOf:
    """Makes a plan with any parts present or missing, from chance and some texts."""

    def __init__(self, chance: Random, texts: list[str]) -> None:
        self._chance = chance
        self._texts = texts
        self._asked: Mapping[str, Question] = load_questionnaire().by_fills()

    def tree(self) -> Tree:
        """One plan, as it stands in a file."""
        tree: Tree = {"localplan": "2", **dict(self._fields(Plan, ""))}
        tree["narratives"] = {
            fills.partition(".")[2]: self._text()
            for fills in self._asked
            if fills.startswith("narratives.") and self._chance.random() < 0.3
        }
        return tree

    def _fields(self, part: type[BaseModel], at: str) -> Iterator[tuple[str, Any]]:
        for name, field in part.model_fields.items():
            path = f"{at}{name}"
            if path in KEPT_BY_THE_PROGRAM or name == "more" or self._chance.random() < 0.3:
                continue
            inner = next(iter(parts_in(field.annotation)), None)
            listed = str(field.annotation).startswith("tuple")
            if inner and listed:
                yield name, self._records(inner, f"{path}.*.", name)
            elif inner:
                yield name, dict(self._fields(inner, f"{path}."))
            elif name != "id" or not issubclass(part, Record):
                reference = reference_of(field)
                values = [self._value(part, path, name, reference) for _ in range(3)]
                yield name, values if listed else values[0]

    def _records(self, part: type[BaseModel], at: str, name: str) -> list[dict[str, Any]]:
        many = self._chance.randrange(4)
        return [{"id": f"{name}-{place}", **dict(self._fields(part, at))} for place in range(many)]

    def _value(self, part: type[BaseModel], path: str, name: str, reference: Any) -> str:
        if reference:
            home = str(self._chance.choice(reference.homes)).rpartition(".")[2]
            return f"{home}-{self._chance.randrange(3)}"
        question = self._asked.get(path)
        if question and question.options:
            return self._chance.choice(question.options).code
        return fitting(part, name, self._text())

    def _text(self) -> str:
        return self._chance.choice(self._texts)


KEPT_BY_THE_PROGRAM = {
    "localplan", "status", "private", "accepted", "notes", "passages", "narratives", "parked",
    "history", "uses", "plan.outline", "plan.regional_plan.sections",
}  # fmt: skip


def fitting(part: type[BaseModel], name: str, text: str) -> str:
    for value in (text, *FIRST_THAT_FITS):
        for shaped in (value, [value]):
            try:
                TypeAdapter(part).validate_python({name: shaped})
            except ValidationError:
                continue
            return value
    raise AssertionError(name)
