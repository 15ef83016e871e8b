"""The law, the definition and the frameworks are data that is read and checked."""

from pathlib import Path

import pytest

from localplan.knowledge.standards import (
    StandardsError,
    framework_ids,
    load_definition,
    load_framework,
    load_law,
)

LAW = """
title: A law
as_of: 2026-11-21
requirements:
  - id: R-1
    heading: Skills
    kind: content
    element: sector
    asks: Which skills?
    cites: {act: "WIOA sec. 1", cfr: "20 CFR 1"}
    source: [A, B]
    targets: [narratives.skills_needed]
"""


def law_file(folder: Path, text: str) -> Path:
    path = folder / "law.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_requirement_added_to_a_file_is_asked_of_the_plan_without_any_code(
    tmp_path: Path,
) -> None:
    row = load_law(law_file(tmp_path, LAW)).requirements[0]
    assert row.citation == "WIOA sec. 1; 20 CFR 1"
    assert row.source == "A, B"
    assert [target.text for target in row.targets] == ["narratives.skills_needed"]


def test_a_requirement_without_a_heading_is_refused_with_its_place(tmp_path: Path) -> None:
    broken = LAW.replace("    heading: Skills\n", "")
    with pytest.raises(StandardsError, match=r"law\.yaml: requirements\.0\.heading"):
        load_law(law_file(tmp_path, broken))


def test_every_content_item_of_the_rule_is_there() -> None:
    content = [row.id for row in load_law().requirements if row.id.startswith("LP-")]
    assert len(content) >= 42


def test_every_kind_of_requirement_is_known() -> None:
    kinds = {"content", "conditional", "option", "duty", "attachment", "process"}
    assert {row.kind for row in load_law().requirements} <= kinds


def test_every_watch_note_has_a_date_a_note_and_a_thing_to_do() -> None:
    assert all(note.date and note.note and note.do for note in load_law().watch)


def test_the_definition_of_a_pathway_has_seven_parts_in_order() -> None:
    assert [part.id for part in load_definition()] == list("abcdefg")
    assert all(part.next_step and part.cite for part in load_definition())


def test_evidence_for_the_definition_comes_from_the_pathway_itself_or_a_narrative() -> None:
    roots = {target.root for part in load_definition() for target in part.targets}
    assert roots <= {"pathways", "narratives"}


def test_a_framework_that_does_not_exist_is_refused_and_the_known_ones_are_named() -> None:
    with pytest.raises(StandardsError, match="Known frameworks: aqcp"):
        load_framework("unknown")


def test_a_framework_added_as_a_file_is_there_without_any_code(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text(
        "id: mine\nname: My framework\ncriteria:\n"
        "  - {id: mine-1, element: sector, says: Something., actor: board,\n"
        "     targets: [sectors]}\n",
        encoding="utf-8",
    )
    assert framework_ids(tmp_path) == ("mine",)
    assert load_framework("mine", tmp_path).short == "My framework"
