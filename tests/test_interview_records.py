"""Lists of records: add, open, order, duplicate, remove, nest, and pick from elsewhere."""

from pathlib import Path

import pytest
from interview_helper import (
    DONE,
    DOWN,
    END,
    ENTER,
    ESC,
    HOME,
    NOT_APPLICABLE,
    TAB,
    UP,
    answers,
    find,
    sit_through,
)

from localplan.interview.forms import Contents
from localplan.interview.pages import page_at
from localplan.plan.file.backups import backups
from localplan.plan.tree import records

pytestmark = pytest.mark.slow
"""Each sits through a whole session; `test_acts` says the same of pages and acts in less time."""

TWO_PARTNERS = """partners:
  - id: mesa-adult-school
    name: Mesa Adult School
    role: Teaches reading.
  - id: delta-college
    name: Delta College
"""
PARTNERS = find("partners")
ARRANGE = [*PARTNERS, ENTER, DOWN, DOWN, ENTER]
"""From the menu to what can be done with the first partner, which has gaps."""
ENOUGH = [TAB, UP, UP, UP, ENTER]
"""From a field to the list again: the third entry from the end of the menu."""


def test_a_record_gets_an_id_from_its_name(tmp_path: Path) -> None:
    sat = sit_through(answers(tmp_path), [*PARTNERS, ENTER, "Sierra College", ENTER])
    assert sat["partners.sierra-college.name"] == "Sierra College"


def test_an_id_that_is_taken_is_not_used_twice(tmp_path: Path) -> None:
    path = answers(tmp_path, TWO_PARTNERS)
    sat = sit_through(path, [*PARTNERS, *_to_add(2), ENTER, "Delta College", ENTER])
    assert records(sat.session.tree, "partners")[-1] == "partners.delta-college-2"


def test_an_id_stays_when_the_name_changes(tmp_path: Path) -> None:
    path = answers(tmp_path, TWO_PARTNERS)
    name = ["\x15", "Mesa School for Adults", ENTER]
    sat = sit_through(path, [*PARTNERS, ENTER, DOWN, DOWN, DOWN, ENTER, *name])
    assert sat["partners.mesa-adult-school.name"] == "Mesa School for Adults"


def test_fields_are_asked_one_after_the_other(tmp_path: Path) -> None:
    keys = [*PARTNERS, ENTER, "Sierra College", ENTER, "Community", ENTER]
    sat = sit_through(answers(tmp_path), keys)
    assert sat["partners.sierra-college.kind"] == "community-college"


def test_going_back_within_a_record_keeps_its_answers(tmp_path: Path) -> None:
    keys = [*PARTNERS, ENTER, "Sierra College", ENTER, "Community", ENTER]
    back = [ESC, ESC, " District", ENTER]
    sat = sit_through(answers(tmp_path), [*keys, *back])
    assert sat["partners.sierra-college.name"] == "Sierra College District"
    assert sat["partners.sierra-college.kind"] == "community-college"


def test_a_record_can_be_left_with_gaps(tmp_path: Path) -> None:
    keys = [*PARTNERS, ENTER, "Sierra College", ENTER, *ENOUGH]
    sat = sit_through(answers(tmp_path), [*keys, UP, ENTER, ENTER, "Community", ENTER])
    assert sat["partners.sierra-college.kind"] == "community-college"


def test_records_move_up_and_down(tmp_path: Path) -> None:
    path = answers(tmp_path, TWO_PARTNERS)
    sat = sit_through(path, [*ARRANGE, ENTER])
    assert records(sat.session.tree, "partners") == (
        "partners.delta-college",
        "partners.mesa-adult-school",
    )
    assert sat["partners.mesa-adult-school.role"] == "Teaches reading."


def test_a_duplicate_has_its_own_id(tmp_path: Path) -> None:
    path = answers(tmp_path, TWO_PARTNERS)
    sat = sit_through(path, [*ARRANGE, DOWN, ENTER])
    assert sat["partners.mesa-adult-school-copy.role"] == "Teaches reading."
    assert sat["partners.mesa-adult-school-copy.name"] == "Mesa Adult School (copy)"


def test_a_record_is_removed_only_when_confirmed(tmp_path: Path) -> None:
    path = answers(tmp_path, TWO_PARTNERS)
    remove = [*ARRANGE, DOWN, DOWN, ENTER]
    assert sit_through(path, [*remove, ENTER])["partners.mesa-adult-school"] is not None
    assert sit_through(path, [*remove, DOWN, ENTER])["partners.mesa-adult-school"] is None


def test_removing_a_record_says_who_names_it(tmp_path: Path) -> None:
    path = answers(
        tmp_path,
        TWO_PARTNERS + "pathways:\n  - {id: nursing, name: Nursing, lead: mesa-adult-school}\n",
    )
    sat = sit_through(path, [*ARRANGE, DOWN, DOWN, ENTER])
    assert "One other answer names it" in sat.shown


def test_records_within_a_record_work_the_same_way(tmp_path: Path) -> None:
    path = answers(tmp_path, "pathways:\n  - {id: nursing, name: Nursing}\n")
    asked = find("pathways.*.entry_points")
    sat = sit_through(path, [*asked, ENTER, "Evening class", ENTER])
    assert sat["pathways.nursing.entry_points.evening-class.name"] == "Evening class"


def test_a_year_can_name_a_record(tmp_path: Path) -> None:
    path = answers(tmp_path, "metrics:\n  - {id: wages, name: Wages}\n")
    sat = sit_through(path, [*find("metrics.*.levels"), ENTER, "2025", ENTER])
    assert sat["metrics.wages.levels.2025.year"] == "2025"


def test_one_thing_is_picked_from_what_was_entered(tmp_path: Path) -> None:
    path = answers(tmp_path, TWO_PARTNERS + "pathways:\n  - {id: nursing, name: Nursing}\n")
    sat = sit_through(path, [*find("pathways.*.lead"), DOWN, DOWN, ENTER])
    assert sat["pathways.nursing.lead"] == "delta-college"


def test_an_optional_pick_with_nothing_to_pick_is_skipped_by_enter(tmp_path: Path) -> None:
    path = answers(tmp_path, "partners:\n  - {id: mesa, name: Mesa School}\n")
    sat = sit_through(path, [*find("partners.*.area"), ENTER, "?"])
    assert "How this works" in sat.shown


def test_several_are_picked_with_the_space_bar(tmp_path: Path) -> None:
    path = answers(tmp_path, TWO_PARTNERS + "pathways:\n  - {id: nursing, name: Nursing}\n")
    sat = sit_through(path, [*find("pathways.*.partners"), " ", DOWN, " ", ENTER])
    assert sat["pathways.nursing.partners"] == ["mesa-adult-school", "delta-college"]


def test_a_slip_of_the_finger_ticks_nothing(tmp_path: Path) -> None:
    path = answers(tmp_path, TWO_PARTNERS + "pathways:\n  - {id: nursing, name: Nursing}\n")
    sat = sit_through(path, [*find("pathways.*.partners"), " ", "a", "i", "\x7f", "\x7f", ENTER])
    assert sat["pathways.nursing.partners"] == ["mesa-adult-school"]


def test_a_new_partner_is_added_where_it_is_picked(tmp_path: Path) -> None:
    path = answers(tmp_path, TWO_PARTNERS + "pathways:\n  - {id: nursing, name: Nursing}\n")
    keys = [*find("pathways.*.lead"), *[DOWN] * 4, ENTER, "Hill Hospital", ENTER]
    sat = sit_through(path, keys)
    assert sat["partners.hill-hospital.name"] == "Hill Hospital"
    assert sat["pathways.nursing.lead"] == "hill-hospital"


def test_adding_while_picking_several_keeps_the_ticks(tmp_path: Path) -> None:
    path = answers(tmp_path, TWO_PARTNERS + "pathways:\n  - {id: nursing, name: Nursing}\n")
    keys = [
        *find("pathways.*.partners"),
        " ",
        DOWN,
        DOWN,
        " ",
        ENTER,
        "Hill Hospital",
        ENTER,
        ENTER,
    ]
    sat = sit_through(path, keys)
    assert sat["pathways.nursing.partners"] == ["mesa-adult-school", "hill-hospital"]


def test_an_exit_offers_the_steps_of_its_pathway(tmp_path: Path) -> None:
    path = answers(
        tmp_path,
        "pathways:\n  - id: nursing\n    name: Nursing\n"
        "    steps:\n      - {id: aide, course: Nurse aide}\n"
        "    exit_points:\n      - {id: work, name: Work}\n",
    )
    sat = sit_through(path, [*find("pathways.*.exit_points.*.step"), DOWN, ENTER])
    assert sat["pathways.nursing.exit_points.work.step"] == "aide"


def test_a_question_about_each_pathway_names_the_pathway(tmp_path: Path) -> None:
    path = answers(tmp_path, "pathways:\n  - {id: nursing, name: Practical Nursing}\n")
    sat = sit_through(path, [*find("pathways.*.supports")])
    assert "Practical Nursing" in sat.shown


def test_a_list_can_be_said_not_to_apply(tmp_path: Path) -> None:
    keys = [*find("absent_programs"), NOT_APPLICABLE, "All programs are here", ENTER]
    sat = sit_through(answers(tmp_path), keys)
    found = sat["status.absent_programs"]
    assert isinstance(found, dict)
    assert found["state"] == "not-applicable"


def test_long_text_of_a_record_is_written_in_place(tmp_path: Path) -> None:
    path = answers(tmp_path, TWO_PARTNERS)
    sat = sit_through(path, [*find("partners.*.pain_points"), "Late data", DONE])
    assert sat["partners.mesa-adult-school.pain_points"] == "Late data"


def _to_add(count: int) -> list[str]:
    """From the first record with gaps to the entry that adds one."""
    return [DOWN] * count


def test_an_exit_may_name_its_work_in_words(tmp_path: Path) -> None:
    path = answers(
        tmp_path,
        "sectors:\n  - id: health\n    occupations:\n      - {id: aide, title: Nurse aide}\n"
        "pathways:\n  - id: nursing\n    sector: health\n"
        "    exit_points:\n      - {id: work, name: Work}\n",
    )
    asked = find("pathways.*.exit_points.*.occupation")
    path_to = "pathways.nursing.exit_points.work.occupation"
    assert sit_through(path, [*asked, DOWN, ENTER])[path_to] == "aide"
    assert sit_through(path, [*asked, DOWN, ENTER, "\x15Medic", ENTER])[path_to] == "Medic"
    assert sit_through(path, [*asked, DOWN, DOWN, DOWN, ENTER])[path_to] == "Medic"


def test_missing_fields_are_asked_from_the_records_page(tmp_path: Path) -> None:
    path = answers(tmp_path, TWO_PARTNERS)
    sat = sit_through(path, [*PARTNERS, ENTER, ENTER, "Adult", ENTER])
    assert sat["partners.mesa-adult-school.kind"] == "adult-school"


def test_adding_is_given_up_with_escape(tmp_path: Path) -> None:
    sat = sit_through(answers(tmp_path), [*PARTNERS, ENTER, ESC, ENTER])
    assert sat["partners"] is None


def test_leaving_for_the_menu_from_inside_a_record_keeps_it(tmp_path: Path) -> None:
    keys = [*PARTNERS, ENTER, "Sierra College", ENTER, TAB, UP, UP, ENTER, "?"]
    sat = sit_through(answers(tmp_path), keys)
    assert sat["partners.sierra-college.name"] == "Sierra College"
    assert "How this works" in sat.shown


def test_enter_through_an_optional_choice_chooses_nothing(tmp_path: Path) -> None:
    path = answers(tmp_path)
    asked = find("plan.element_order")
    assert sit_through(path, [*asked, ENTER])["plan.element_order"] is None
    assert sit_through(path, [*asked, DOWN, ENTER])["plan.element_order"] == "memo"


def test_several_records_are_added_one_after_the_other(tmp_path: Path) -> None:
    again = [ENTER, "Delta College", ENTER]
    keys = [*PARTNERS, ENTER, "Sierra College", ENTER, *ENOUGH, *again]
    sat = sit_through(answers(tmp_path), keys)
    assert sat["partners.delta-college.name"] == "Delta College"


def test_a_record_is_moved_by_several_places_at_once(tmp_path: Path) -> None:
    path = answers(tmp_path, TWO_PARTNERS + "  - {id: hill, name: Hill Hospital}\n")
    sat = sit_through(path, [*ARRANGE, ENTER, ENTER])
    assert records(sat.session.tree, "partners")[-1] == "partners.mesa-adult-school"
    assert "2 of 3 in the list" in sat.shown


def test_a_duplicate_is_told(tmp_path: Path) -> None:
    sat = sit_through(answers(tmp_path, TWO_PARTNERS), [*ARRANGE, DOWN, ENTER, "?"])
    assert "copied" in sat.shown


def test_what_was_put_off_is_asked_when_nothing_else_is_missing(tmp_path: Path) -> None:
    path = answers(
        tmp_path,
        "areas:\n  - {id: north, name: North, jurisdictions: [Salt County], "
        "chief_elected_officials: [Ana]}\n"
        "status:\n  areas.north.fiscal_agent: {state: later}\n",
    )
    sat = sit_through(path, [*find("areas"), UP, UP, ENTER, ENTER, "The county", ENTER])
    assert sat["areas.north.fiscal_agent"] == "The county"


def test_the_step_of_an_exit_is_one_of_the_steps_or_skipped(tmp_path: Path) -> None:
    path = answers(
        tmp_path,
        "pathways:\n  - id: nursing\n    name: Nursing\n"
        "    steps:\n      - {id: aide, course: Nurse aide}\n"
        "    exit_points:\n      - {id: work, name: Aide}\n",
    )
    asked = find("pathways.*.exit_points.*.step")
    assert sit_through(path, [*asked, ENTER])["pathways.nursing.exit_points.work.step"] is None
    sat = sit_through(path, [*asked, DOWN, ENTER])
    assert sat["pathways.nursing.exit_points.work.step"] == "aide"
    assert "Say it in words" not in sat.shown


def test_a_list_that_was_put_off_no_longer_is_once_something_stands_in_it(tmp_path: Path) -> None:
    path = answers(tmp_path, "status:\n  areas: {state: later, owner: Ana}\n")
    sat = sit_through(path, [*find("areas"), ENTER, "Delta Area", ENTER, *ENOUGH])
    assert sat["status.areas"] is None
    assert {item.later for item in sat.session.plan.progress.items()} == {False}


def test_the_head_of_a_list_counts_what_was_just_added(tmp_path: Path) -> None:
    keys = [*PARTNERS, ENTER, "Sierra College", ENTER, *ENOUGH]
    sat = sit_through(answers(tmp_path), keys, element="")
    told = sat.session.plan.section_progress("partnership")
    assert f"{told.answered} of {told.required} answered" in sat.shown


def test_the_pointer_stops_at_a_question_that_an_answer_brought_up(tmp_path: Path) -> None:
    path = answers(tmp_path, "pathways:\n  - id: nursing\n    definition: {a: {standing: met}}\n")
    record = [*find("pathways"), ENTER]
    sat = sit_through(path, record)
    fields = sat.session.plan.fields_of(sat.session.by_fills["pathways"], "pathways.nursing")
    at = [item.path for item in fields].index("pathways.nursing.definition.a.standing")
    up = [UP] * (len(fields) - 1 - at)
    keys = [*record, END, *up, ENTER, DOWN, ENTER, ENTER, "Two of three", ENTER]
    sat = sit_through(path, keys)
    assert sat["pathways.nursing.definition.a.standing"] == "partly"
    assert sat["pathways.nursing.definition.a.reason"] == "Two of three"


ONE_AREA = "areas:\n  - {id: delta, name: Delta Area}\n"


def test_with_one_local_area_nobody_is_asked_for_it(tmp_path: Path) -> None:
    keys = [*PARTNERS, ENTER, "Sierra College", ENTER, "Community", ENTER]
    assert "Which local area" not in sit_through(answers(tmp_path, ONE_AREA), keys).shown


def test_with_two_local_areas_each_partner_is_asked_for_its_own(tmp_path: Path) -> None:
    path = answers(tmp_path, ONE_AREA + "  - {id: hills, name: Hill Area}\n")
    keys = [*PARTNERS, ENTER, "Sierra College", ENTER, "Community", ENTER, DOWN, ENTER]
    assert sit_through(path, keys)["partners.sierra-college.area"] == "delta"


def test_nobody_is_asked_about_a_person_who_has_no_name(tmp_path: Path) -> None:
    path = answers(tmp_path, TWO_PARTNERS)
    asked = {item.path for item in sit_through(path, []).session.plan.progress.items()}
    assert "partners.delta-college.contact.phone" not in asked
    named = TWO_PARTNERS + "    contact: {name: Rosa Lindqvist}\n"
    session = sit_through(answers(tmp_path, named), []).session
    assert "partners.delta-college.contact.phone" in {i.path for i in session.plan.progress.items()}


def test_what_was_typed_and_left_is_shown_as_begun(tmp_path: Path) -> None:
    keys = [*find("partners.*.contact.name"), "Rosa", ESC, "\x00"]
    session = sit_through(answers(tmp_path, TWO_PARTNERS), keys).session
    field = page_at(session.plan, "partners.mesa-adult-school").field
    assert isinstance(field, Contents)
    listed = {row.place: row.mark for row in field.rows}
    assert listed["partners.mesa-adult-school.contact.name"] == "begun, not finished"


def test_a_record_that_is_removed_a_moment_after_it_came_is_kept_in_a_backup(
    tmp_path: Path,
) -> None:
    path = answers(tmp_path)
    add = [*PARTNERS, ENTER, "Sierra College", ENTER, *ENOUGH]
    remove = [UP, ENTER, HOME, DOWN, DOWN, ENTER, END, ENTER, DOWN, ENTER]
    sat = sit_through(path, [*add, *remove])
    assert sat["partners"] in (None, [])
    assert any("Sierra College" in kept.read_text("utf-8") for kept in backups(path))


def test_an_answer_that_is_cleared_is_kept_in_a_backup(tmp_path: Path) -> None:
    path = answers(tmp_path)
    typed = [*find("board.name"), "Delta Board", ENTER]
    clear = [*find("board.name"), TAB, *([DOWN] * 6), ENTER]
    assert sit_through(path, [*typed, *clear])["board.name"] is None
    assert any("Delta Board" in kept.read_text("utf-8") for kept in backups(path))
