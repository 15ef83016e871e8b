"""What a person sees at a place and may do there: pages are values, acts are calls."""

from datetime import date
from pathlib import Path
from typing import get_args

import pytest

from localplan import Desk, open_plan
from localplan.interview import forms, screens
from localplan.interview.acts import act, insisting
from localplan.interview.contents import PlaceError
from localplan.interview.forms import (
    Accept,
    Act,
    Add,
    Answer,
    Begin,
    Choose,
    Clear,
    Compare,
    Confirm,
    Conflict,
    Contents,
    Drop,
    Duplicate,
    Field,
    Grid,
    Later,
    Line,
    LookedAt,
    Move,
    Next,
    NotApplicable,
    Note,
    Page,
    Pick,
    Records,
    Regional,
    Remove,
    SetCells,
    TakeBack,
    TakeOver,
    TakeText,
    Text,
    Tick,
    Trouble,
    Undo,
)
from localplan.interview.grids import pasted
from localplan.interview.pages import compared, page_at
from localplan.plan.file.answers import Change, load
from localplan.plan.progress import Item
from localplan.plan.tree import get, is_blank
from localplan.resources import EXAMPLES
from localplan.yamltext import Value

SCREENS = Path(screens.__file__).parent
TODAY = date(2026, 11, 21)
PLAN = """\
localplan: 2
board: {name: Mesa Board, mission: To serve., state: CA}
plan: {first_program_year: "2025", frameworks: [clasp]}
partners:
  - {id: mesa, name: Mesa School, role: Teaches.}
  - {id: delta, name: Delta College}
  - {id: oaks, name: Oaks Office, role: Advises.}
sectors:
  - {id: health, name: Health care}
metrics:
  - {id: adult, name: Adult credential, unit: percent}
  - {id: wage, name: Adult earnings, unit: dollars, levels: [{id: "2025", year: "2025"}]}
narratives: {success_definition: We count credentials.}
parked:
  - {id: old, heading: Vision, text: Our old vision.}
status:
  board.mission: {state: carried, reason: It names 2021.}
"""


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    path = tmp_path / "answers.yaml"
    path.write_text(PLAN, encoding="utf-8")
    return open_plan(path, today=TODAY, person="Ana")


def saved(desk: Desk, path: str) -> Value | None:
    return get(load(desk.path).tree, path)


def done(desk: Desk, place: str, wanted: Act) -> Next:
    outcome = act(desk, place, wanted)
    assert isinstance(outcome, Next), outcome
    return outcome


def test_a_page_says_what_is_asked_why_who_knows_and_what_stands_there(desk: Desk) -> None:
    page = page_at(desk, "narratives.success_definition")
    assert page.title == "Measurement"
    assert page.ask.endswith("?")
    assert page.why
    assert page.reviewer
    assert page.example
    assert page.knows == "executive director"
    assert page.asked.law
    assert page.field == Text("We count credentials.")


def test_an_answer_is_saved_and_leads_to_the_next_open_question(desk: Desk) -> None:
    assert done(desk, "board.director", Answer("Bo Diaz")).said == "saved"
    assert saved(desk, "board.director") == "Bo Diaz"
    onward = done(desk, "partners.delta.name", Answer("Delta College"))
    assert onward.place.startswith("partners.delta.")
    assert page_at(desk, onward.place).ask
    onward = done(desk, "partners.mesa.contact.email", Answer("a@mesa.example"))
    assert onward.place.startswith("partners.mesa")


def test_progress_counts_what_was_just_answered(desk: Desk) -> None:
    before, menu = page_at(desk, "partners.delta.role").stands, page_at(desk, "").stands
    done(desk, "partners.delta.role", Answer("Trains."))
    after = page_at(desk, "partners.delta.role").stands
    assert int(after.split()[0]) == int(before.split()[0]) + 1
    assert int(page_at(desk, "").stands.split()[0]) == int(menu.split()[0]) + 1


def test_a_wrong_value_is_kept_as_typed_and_the_trouble_shows_an_example(desk: Desk) -> None:
    outcome = act(desk, "plan.first_program_year", Answer("next"))
    assert isinstance(outcome, Trouble)
    assert outcome.typed == "next"
    assert "such as 2025" in outcome.says
    assert saved(desk, "plan.first_program_year") == "2025"


def test_what_is_not_in_the_list_is_no_answer_to_a_choice(desk: Desk) -> None:
    outcome = act(desk, "metrics.adult.scope", Answer("galaxy"))
    assert isinstance(outcome, Trouble)
    assert saved(desk, "metrics.adult.scope") is None


@pytest.mark.parametrize(
    ("place", "wanted"),
    [
        ("board.mission", Answer("To train.", "old")),
        ("board.mission", Clear("old")),
        ("board.mission", Confirm("old")),
        ("narratives.success_definition", TakeText("old", "old")),
        ("partners.mesa", Remove("old")),
        ("metrics.*.levels.*.level", SetCells({"metrics.adult.levels.2025.level": "71"}, "old")),
    ],
)
def test_an_act_on_what_was_changed_since_it_was_shown_is_a_conflict(
    desk: Desk, place: str, wanted: Act
) -> None:
    before = desk.path.read_bytes()
    outcome = act(desk, place, wanted)
    assert isinstance(outcome, Conflict)
    assert outcome.seen == page_at(desk, place).seen
    assert desk.path.read_bytes() == before


def test_of_two_who_saw_the_same_answer_the_second_decides_knowing_both(desk: Desk) -> None:
    other = open_plan(desk.path, today=TODAY)
    seen = page_at(desk, "board.name").seen
    done(other, "board.name", Answer("Delta Board", seen))
    outcome = act(desk, "board.name", Answer("Oaks Board", seen))
    assert isinstance(outcome, Conflict)
    assert (outcome.mine, outcome.theirs, outcome.base) == (
        "Oaks Board", "Delta Board", "Mesa Board",
    )  # fmt: skip
    assert compared(desk, outcome).field == Compare("Oaks Board", "Delta Board")
    done(desk, "board.name", Answer("Oaks Board", outcome.seen))
    assert saved(desk, "board.name") == "Oaks Board"


def test_text_keeps_paragraphs_as_they_are_meant(desk: Desk) -> None:
    done(desk, "narratives.success_definition", Answer("First.\nSecond."))
    assert saved(desk, "narratives.success_definition") == "First.\n\nSecond."


def test_a_carried_answer_is_confirmed_or_changed(desk: Desk) -> None:
    page = page_at(desk, "board.mission")
    assert Confirm in page.acts
    assert any("It names 2021." in note for note in page.notes)
    done(desk, "board.mission", Confirm(page.seen))
    assert get(load(desk.path).tree, "status.board.mission") == {
        "state": "confirmed", "by": "Ana", "on": "2026-11-21",
    }  # fmt: skip


def test_marks_are_set_and_taken_back(desk: Desk) -> None:
    done(desk, "board.director", Later("", "July 1, 2027"))
    told = desk.standing("board.director")
    assert (told["state"], told["due"]) == ("later", "2027-07-01")
    assert isinstance(act(desk, "board.director", Later("Bo", "soon")), Trouble)
    done(desk, "board.director", NotApplicable("It is vacant."))
    assert page_at(desk, "board.director").notes == ("Not applicable: It is vacant.",)
    done(desk, "board.director", Regional("Chapter 3"))
    done(desk, "board.director", TakeBack())
    assert not desk.standing("board.director")
    assert TakeBack not in page_at(desk, "board.director").acts


def test_what_is_answered_cannot_be_not_applicable_and_the_trouble_says_what_to_do(
    desk: Desk,
) -> None:
    outcome = act(desk, "partners", NotApplicable("None."))
    assert isinstance(outcome, Trouble)
    assert outcome.says == "3 entries stand in this list. Remove what does not apply first, " + (
        "then say why."
    )
    assert outcome.typed == "None."


def test_a_note_and_a_beginning_stay_beside_the_answer(desk: Desk) -> None:
    done(desk, "board.director", Note("Ask Bo."))
    done(desk, "board.director", Begin("Bo D"))
    page = page_at(desk, "board.director")
    assert (page.note, page.begun, page.field) == ("Ask Bo.", "Bo D", Line("", "line"))
    done(desk, "board.director", Drop())
    assert not page_at(desk, "board.director").begun


def test_text_of_the_last_plan_goes_under_a_question_as_carried(desk: Desk) -> None:
    done(desk, "narratives.success_definition", TakeText("old"))
    assert str(saved(desk, "narratives.success_definition")).endswith("Our old vision.")
    assert Confirm in page_at(desk, "narratives.success_definition").acts
    assert TakeText not in page_at(desk, "narratives.success_definition").acts


def test_records_are_added_moved_copied_and_removed(desk: Desk) -> None:
    added = done(desk, "partners", Add("Sierra Union"))
    assert added.place == "partners.sierra-union"
    done(desk, added.place, Move(-3))
    done(desk, added.place, Duplicate())
    names = [row.label for row in rows(desk, "partners")]
    assert names[:2] == ["Sierra Union", "Sierra Union (copy)"]
    assert done(desk, added.place, Remove()).place == "partners"
    assert len(rows(desk, "partners")) == len(names) - 1


def rows(desk: Desk, place: str) -> tuple[forms.Row, ...]:
    field = page_at(desk, place).field
    assert isinstance(field, Records | Contents)
    return field.rows


def test_the_name_of_a_record_that_is_not_there_yet_is_asked_like_any_question(
    desk: Desk,
) -> None:
    assert page_at(desk, "partners.new.name").title == "New partner"
    assert done(desk, "partners.new.name", Answer("Sierra")).place == "partners.sierra"
    assert isinstance(act(desk, "partners", Add("  ")), Trouble)


def test_what_a_list_usually_holds_can_be_taken_over(desk: Desk) -> None:
    field = page_at(desk, "metrics").field
    assert isinstance(field, Records)
    assert field.offering is not None
    assert done(desk, "metrics", TakeOver((0, 1))).said == "2 added"
    assert len(rows(desk, "metrics")) == 4


@pytest.mark.parametrize(
    ("place", "wanted", "about"),
    [
        ("board.name", Answer("Other"), "board.name"),
        ("board.name", Clear(), "board.name"),
        ("board.director", Later("Bo"), "board.director"),
        ("partners.mesa", Remove(), "partners"),
        ("partners.mesa", Move(2), "partners"),
        ("partners", Add("Sierra"), "partners"),
        ("partners.mesa.contact.email", Answer("a@mesa.example"), "partners.mesa.contact.email"),
        ("board.mission", Answer("To train."), "board.mission"),
    ],
)
def test_undo_takes_back_everything_that_the_last_save_changed(
    desk: Desk, place: str, wanted: Act, about: str
) -> None:
    assert Undo not in page_at(desk, about).acts
    before = load(desk.path).tree
    done(desk, place, wanted)
    assert load(desk.path).tree != before
    assert done(desk, about, Undo()).said == "taken back"
    assert load(desk.path).tree == before


def test_undo_gives_back_what_a_shared_file_says(tmp_path: Path) -> None:
    (tmp_path / "profile.yaml").write_text("board: {name: Mesa Board}\n", encoding="utf-8")
    path = tmp_path / "answers.yaml"
    path.write_text("localplan: 2\nuses:\n  - {id: profile, file: profile.yaml}\n", "utf-8")
    desk = open_plan(path, today=TODAY)
    done(desk, "board.name", Answer("Delta Board"))
    assert done(desk, "board.name", Undo()).said == "taken back"
    assert desk.value("board.name") == "Mesa Board"


def test_the_last_save_anywhere_can_be_undone_from_the_menu(desk: Desk) -> None:
    done(desk, "board.director", Answer("Bo"))
    done(desk, "board.chair", Answer("Ana"))
    done(desk, "", Undo())
    assert (desk.value("board.director"), desk.value("board.chair")) == ("Bo", None)


def test_what_was_changed_outside_since_cannot_be_undone(desk: Desk) -> None:
    done(desk, "board.name", Answer("Other"))
    text = desk.path.read_text(encoding="utf-8")
    desk.path.write_text(text.replace("Other", "Third"), encoding="utf-8")
    desk.reread()
    outcome = act(desk, "board.name", Undo())
    assert isinstance(outcome, Trouble)
    assert "localplan history" in outcome.says


def test_a_finding_is_accepted_with_a_reason(desk: Desk) -> None:
    warnings = [row for row in rows(desk, "findings") if Accept in page_at(desk, row.place).acts]
    first = warnings[0].place
    assert isinstance(act(desk, first, Accept(" ")), Trouble)
    assert done(desk, first, Accept("It is meant so.")).place == "findings"
    with pytest.raises(PlaceError):
        page_at(desk, first)


def test_a_change_in_the_law_is_marked_as_looked_at(desk: Desk) -> None:
    watched = [row.place for row in rows(desk, "findings") if "/watch/" in row.place]
    done(desk, watched[0], LookedAt())
    assert watched[0] not in [row.place for row in rows(desk, "findings")]


def test_a_section_that_was_read_is_confirmed_at_once(desk: Desk) -> None:
    assert [row.place for row in rows(desk, "carried")] == ["board.mission", "carried/board"]
    assert done(desk, "carried/board", Confirm()).place == "carried"
    assert not rows(desk, "carried")


def test_what_is_missing_leads_to_where_it_is_asked(desk: Desk) -> None:
    missing = rows(desk, "missing")
    assert page_at(desk, "missing").title == f"What is missing: {len(missing)}"
    assert page_at(desk, missing[0].place).ask == missing[0].label


@pytest.mark.parametrize("place", ["nowhere", "board.nothing", "partners.nobody", "findings/no"])
def test_a_place_that_there_is_not_is_told(desk: Desk, place: str) -> None:
    with pytest.raises(PlaceError):
        page_at(desk, place)


def test_an_act_that_its_page_does_not_offer_is_refused_with_what_was_typed(desk: Desk) -> None:
    assert act(desk, "partners", Answer("Sierra")) == Trouble(
        "That cannot be done here now. Look at the page again.", "Sierra"
    )


LEVELS = "metrics.*.levels.*.level"
PASTED = "Measure\tPY 2025\t2026\nAdult earnings\t$7,250\tn/a\nAdult credential\t71.5%\tlots\n"


def grid(desk: Desk, place: str) -> Grid:
    field = page_at(desk, place).field
    assert isinstance(field, Grid)
    return field


def test_a_table_of_levels_has_a_row_a_measure_and_a_column_a_year(desk: Desk) -> None:
    found = grid(desk, LEVELS)
    assert [row.label for row in found.rows] == ["Adult credential", "Adult earnings"]
    assert [column.label for column in found.columns] == ["2025", "2026"]
    assert found.cells[1][0].path == "metrics.wage.levels.2025.level"
    field = page_at(desk, "metrics").field
    assert isinstance(field, Records)
    assert field.grid == LEVELS


def test_a_table_from_a_spreadsheet_is_proposed_cell_by_cell(desk: Desk) -> None:
    found = pasted(desk, grid(desk, LEVELS), PASTED)
    typed = [[(cell.typed, bool(cell.trouble)) for cell in line] for line in found.cells]
    assert typed == [[("71.5", False), ("lots", True)], [("7250", False), ("", False)]]


def test_without_headings_values_go_in_order_from_where_they_are_put(desk: Desk) -> None:
    found = pasted(desk, grid(desk, LEVELS), "70\r\n\r\n", (0, 1))
    assert [cell.typed for cell in found.cells[0]] == ["", "70"]
    dollars = pasted(desk, grid(desk, LEVELS), "$70").cells[0][0]
    assert (dollars.typed, dollars.trouble) == ("$70", "This row is in percent")


def test_good_cells_are_saved_a_bad_one_is_handed_back_and_one_undo_takes_all_back(
    desk: Desk,
) -> None:
    before = load(desk.path).tree
    found = pasted(desk, grid(desk, LEVELS), PASTED)
    values = {cell.path: cell.typed for line in found.cells for cell in line if cell.typed}
    outcome = done(desk, LEVELS, SetCells(values, page_at(desk, LEVELS).seen))
    assert outcome.said == "2 values saved"
    assert [(each.path, each.typed) for each in outcome.left] == [
        ("metrics.adult.levels.2026.level", "lots")
    ]
    assert saved(desk, "metrics.adult.levels") == [{"id": "2025", "year": "2025", "level": "71.5"}]
    assert saved(desk, "metrics.wage.levels.2025.level") == "7250"
    done(desk, LEVELS, Undo())
    assert load(desk.path).tree == before


def test_who_changes_the_same_cells_as_another_is_shown_all_of_them_before_theirs_go(
    desk: Desk,
) -> None:
    other = open_plan(desk.path, today=TODAY)
    seen = page_at(desk, "partners.*").seen
    done(other, "partners.*", SetCells({"partners.mesa.name": "A", "partners.oaks.name": "B"}))
    mine = SetCells({"partners.mesa.name": "C", "partners.oaks.name": "D"}, seen)
    outcome = act(desk, "partners.*", mine)
    assert isinstance(outcome, Conflict)
    field = compared(desk, outcome).field
    assert isinstance(field, Compare)
    assert field.theirs.startswith("A\n")
    assert field.theirs.endswith(": B")
    assert field.mine.endswith(": D")
    done(desk, "partners.*", insisting(mine, outcome))
    assert saved(desk, "partners.oaks.name") == "D"


def test_short_answers_about_all_records_stand_side_by_side(desk: Desk) -> None:
    found = grid(desk, "partners.*")
    assert [row.label for row in found.rows] == ["Mesa School", "Delta College", "Oaks Office"]
    assert found.columns[0].code == "name"
    assert found.cells[1][0].value == "Delta College"


@pytest.fixture(scope="module")
def complete(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    path = tmp_path_factory.mktemp("plan") / "answers.yaml"
    path.write_text((EXAMPLES / "complete.yaml").read_text(encoding="utf-8"), encoding="utf-8")
    desk = open_plan(path, today=TODAY)
    desk.change(
        [
            Change("parked.old", {"id": "old", "heading": "Vision", "text": "Old."}),
            Change("status.board.name", {"state": "carried"}),
            Change("status.board.chair", {"state": "later"}),
        ]
    )
    done(desk, "board.director", Begin("Bo D"))
    return desk


@pytest.mark.slow
def test_every_kind_of_field_and_every_act_is_reached_at_some_place(
    complete: Desk, asked: list[tuple[Item, Page]]
) -> None:
    lists = ["", "find", "missing", "findings", "carried", "section/partnership", LEVELS]
    leading = [row.place for name in ("findings", "carried") for row in rows(complete, name)]
    records = [*complete.records("partners"), *complete.records("metrics")]
    places = [*lists, *leading, *records]
    found = [page for _, page in asked] + [page_at(complete, place) for place in places]
    found.append(compared(complete, Conflict("board.name", "A", "B", None, "")))
    assert {type(page.field) for page in found} == set(get_args(Field))
    assert {kind for page in found for kind in page.acts} == set(get_args(Act))


@pytest.fixture(scope="module")
def asked(complete: Desk) -> list[tuple[Item, Page]]:
    return [(item, page_at(complete, item.path)) for item in complete.progress.items()]


TYPED = [forms.Line, forms.Lines, Text]
CHOSEN = [forms.YesNo, Choose, Tick, Pick]


@pytest.mark.parametrize("kind", [*TYPED, *CHOSEN])
def test_every_question_can_be_answered_put_off_set_aside_and_noted(
    asked: list[tuple[Item, Page]], kind: type[Field]
) -> None:
    found = [(item, page) for item, page in asked if isinstance(page.field, kind)]
    assert found
    for item, page in found:
        assert {Answer, Later, Regional, Note} <= set(page.acts)
        assert (Clear in page.acts) == (item.state == "answered")
        assert (NotApplicable in page.acts) == (Clear not in page.acts)
        assert (Confirm in page.acts) == item.carried
        assert kind in CHOSEN or Begin in page.acts


def test_every_list_can_be_added_to_and_every_record_copied_and_removed(
    complete: Desk, asked: list[tuple[Item, Page]]
) -> None:
    for item, page in asked:
        if isinstance(page.field, Records):
            assert {Add, Later, Regional, Note} <= set(page.acts)
            for record in complete.records(item.path)[:2]:
                assert {Duplicate, Remove} <= set(page_at(complete, record).acts)


def test_the_terminal_offers_every_act() -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in SCREENS.glob("*.py"))
    missing = [each.__name__ for each in get_args(Act) if f"{each.__name__}(" not in text]
    # What was begun is kept by itself when a question is left.
    assert missing == ["Begin"]


TYPICAL = {
    "line": "Some words", "number": "7", "percent": "70%", "dollars": "$50,000", "count": "3",
    "date": "January 2, 2027", "program-year": "2028", "naics": "11", "soc": "11-1011",
    "email": "new@board.example", "web": "new.example",
}  # fmt: skip


def plausible(field: Field) -> list[Act]:
    """What a person could answer in the field."""
    match field:
        case Line(kind=kind, choices=choices):
            typed = choices[0].code if choices else TYPICAL[kind]
        case Text():
            typed = "A new text.\n\nWith two paragraphs."
        case forms.Lines():
            typed = "One\nTwo"
        case forms.YesNo(value):
            typed = "no" if value == "yes" else "yes"
        case Choose(choices) | Tick(choices) | Pick(choices):
            typed = choices[-1].code
        case Records():
            return [Add("2031")]
        case _:
            return []
    return [Answer(typed)]


def one_of_each(asked: list[tuple[Item, Page]]) -> dict[tuple[object, bool], Page]:
    """A page for each kind of question, answered and not."""
    return {
        (item.question.kind, item.state == "answered"): page
        for item, page in asked
        if not isinstance(page.field, Pick) or page.field.choices
    }


def said(desk: Desk) -> dict[str, Value]:
    return {key: value for key, value in load(desk.path).tree.items() if not is_blank(value)}


def test_every_kind_of_question_is_answered_or_marked_and_that_is_undone(
    complete: Desk, asked: list[tuple[Item, Page]]
) -> None:
    before = said(complete)
    for page in one_of_each(asked).values():
        mark: Act = Clear() if Clear in page.acts else Later("Bo", "2027-01-01")
        for wanted in [mark, *plausible(page.field)]:
            done(complete, page.path, wanted)
            assert said(complete) != before, (page.path, wanted)
            done(complete, page.path, Undo())
            assert said(complete) == before, (page.path, wanted)
