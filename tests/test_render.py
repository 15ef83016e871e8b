"""Templates: typed text stays text, errors name their line, nothing is empty."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from localplan.document.blocks import Boundary, Heading, PageBreak, Paragraph, Run
from localplan.document.render import Slots, TemplateProblem, render, tidy


def rendered(folder: Path, text: str, **view: object) -> list[object]:
    template = folder / "test.j2"
    template.write_text(text, encoding="utf-8")
    return list(render(template, view, {}, Slots()))


def words(block: object) -> str:
    assert isinstance(block, (Heading, Paragraph))
    return "".join(run.text for run in block.text)


@pytest.mark.parametrize(
    "typed",
    [
        "# 5",
        "- a",
        "1. b",
        "a | b",
        "{{ x }}",
        "<b>",
        "&amp;",
        "[x](http://y)",
        "*a* _b_",
        "\\",
        "`c`",
    ],
)
def test_what_is_typed_never_becomes_structure(tmp_path: Path, typed: str) -> None:
    assert [words(block) for block in rendered(tmp_path, "{{ x }}\n", x=typed)] == [typed]


@settings(max_examples=100, deadline=None)
@given(typed=st.text(max_size=60))
def test_any_typed_text_stays_one_paragraph(
    typed: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    blocks = rendered(tmp_path_factory.mktemp("t"), "Before {{ x }} after\n", x=typed)
    assert len(blocks) == 1
    assert words(blocks[0]).startswith("Before")
    assert words(blocks[0]).endswith("after")


def test_an_undefined_name_is_reported_with_file_and_line(tmp_path: Path) -> None:
    with pytest.raises(TemplateProblem, match=r"test\.j2, line 2: 'sector' is undefined"):
        rendered(tmp_path, "one\n{{ sector.name }}\n")


def test_a_mistake_in_the_language_is_reported_with_file_and_line(tmp_path: Path) -> None:
    with pytest.raises(TemplateProblem, match=r"test\.j2, line 2: "):
        rendered(tmp_path, "one\n{% if %}\n")


def test_a_missing_part_is_reported_by_name(tmp_path: Path) -> None:
    with pytest.raises(TemplateProblem, match=r"There is no template gone\.j2"):
        rendered(tmp_path, '{% include "gone.j2" %}\n')


@pytest.mark.parametrize(
    "attack", ["{{ ''.__class__.__mro__ }}", "{{ x.append(1) }}", "{{ x.__init__.__globals__ }}"]
)
def test_a_template_reaches_nothing_but_its_data(tmp_path: Path, attack: str) -> None:
    with pytest.raises(TemplateProblem):
        rendered(tmp_path, attack + "\n", x=[])


@pytest.mark.parametrize("name", ["answers.yaml", "sub/../answers.yaml", "link.j2", "dir/in.j2"])
@pytest.mark.parametrize("how", ['{{% include "{}" %}}', '{{% import "{}" as x %}}{{{{ x }}}}'])
def test_a_template_from_elsewhere_reads_only_templates_of_its_own_folder(
    tmp_path: Path, name: str, how: str
) -> None:
    own, other = tmp_path / "own", tmp_path / "other"
    for folder in (own / "sub", other):
        folder.mkdir(parents=True)
    (own / "answers.yaml").write_text("a secret")
    (other / "in.j2").write_text("a secret")
    (own / "link.j2").symlink_to(other / "in.j2")
    (own / "dir").symlink_to(other)
    with pytest.raises(TemplateProblem, match="There is no template"):
        rendered(own, how.format(name))


def test_a_template_from_elsewhere_includes_its_neighbors(tmp_path: Path) -> None:
    (tmp_path / "parts").mkdir()
    (tmp_path / "parts" / "one.j2").write_text("From a part.")
    assert words(rendered(tmp_path, '{% include "parts/one.j2" %}\n')[0]) == "From a part."


def test_a_heading_takes_its_label_and_number_from_the_template(tmp_path: Path) -> None:
    blocks = rendered(tmp_path, "# Summary {: - #summary}\n\ntext\n")
    assert blocks[1] == Heading(1, (Run("Summary"),), label="summary", numbered=False)


def test_a_heading_with_nothing_under_it_is_left_out() -> None:
    text = Paragraph((Run("text"),))
    empty, full = Heading(2, (Run("Empty"),)), Heading(2, (Run("Full"),))
    parent = Heading(1, (Run("Chapter"),))
    kept = [
        block
        for block in tidy([parent, empty, full, text, parent, empty])
        if isinstance(block, Heading)
    ]
    assert kept == [parent, full]


def test_every_heading_begins_a_region_so_that_no_answer_runs_on() -> None:
    answer = Boundary("narratives.x", "answer")
    text = Paragraph((Run("text"),))
    blocks = tidy([answer, text, Heading(2, (Run("Next"),), label="next"), text])
    assert blocks[2] == Boundary("headings.next", "heading")


def test_pages_are_never_blank() -> None:
    text = Paragraph((Run("text"),))
    assert tidy([PageBreak(), text, PageBreak(), PageBreak(), text, PageBreak()]) == (
        text, PageBreak(), text,
    )  # fmt: skip
