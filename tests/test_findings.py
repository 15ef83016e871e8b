"""Each rule sees what it is for, and keeps silent where nothing is wrong."""

from datetime import date
from typing import Any

import pytest

from localplan.knowledge.standards import load_definition
from localplan.plan.checks.coverage import definition_reviews
from localplan.plan.checks.findings import Case, Finding, findings_of
from localplan.plan.checks.rules import RULES
from localplan.plan.checks.rules.definition import definition_findings
from localplan.plan.file.answers import load
from localplan.plan.model import Plan
from localplan.plan.reading import read_plan
from localplan.resources import EXAMPLES

TODAY = date(2026, 11, 21)
PERIOD = {"period_start": "2025-07-01", "period_end": "2029-06-30", "first_program_year": "2025"}
OPEN = {"opens": "2026-01-05", "closes": "2026-02-03"}


def found(tree: dict[str, Any], comment_days: int = 0) -> tuple[Finding, ...]:
    return findings_of(Case(Plan.model_validate(tree), TODAY, comment_days), RULES, ())


def names(tree: dict[str, Any], comment_days: int = 0) -> set[str]:
    return {finding.rule for finding in found(tree, comment_days)}


def one(part: str, **record: Any) -> dict[str, Any]:
    return {part: [{"id": "one", **record}]}


def period(**changes: Any) -> dict[str, Any]:
    return {"plan": {**PERIOD, "program_years": "4", **changes}}


def pathway(**record: Any) -> dict[str, Any]:
    return one("pathways", name="Nursing", **record)


def step(**record: Any) -> dict[str, Any]:
    return pathway(steps=[{"id": "s1", "course": "Aide", "credential": "Certificate", **record}])


def entry(**record: Any) -> dict[str, Any]:
    return pathway(entry_points=[{"id": "e1", "name": "Library", **record}])


def metric(**record: Any) -> dict[str, Any]:
    return one("metrics", **{"name": "Wages", "source": "State wage file", **record})


def level(**record: Any) -> dict[str, Any]:
    return {"levels": [{"id": "l1", "year": "2025", **record}]}


def sector(**record: Any) -> dict[str, Any]:
    return one("sectors", **{"name": "Health care", "standing": "existing", **record})


def figure(**record: Any) -> dict[str, Any]:
    return one(
        "evidence",
        **{"measure": "Jobs", "value": "900", "source": "BLS", "period": "2024", **record},
    )


def growth(value: str, measure: str = "Growth", standing: str = "existing") -> dict[str, Any]:
    rule = {"plan": {"sector_rule": [{"id": "r", "measure": "Growth", "minimum": "10"}]}}
    figures = [{"id": "m", "measure": measure, "value": value}]
    return {**rule, **sector(measures=figures, standing=standing)}


def due(day: str, kind: str = "four-year") -> dict[str, Any]:
    return period(kind=kind, dates={"submission_due": day})


def leaving(*after: str) -> dict[str, Any]:
    steps = [{"id": "s1", "course": "Aide"}, {"id": "s2", "course": "Nurse"}]
    ways = [{"id": f"e{place}", "step": step} for place, step in enumerate(after)]
    return pathway(steps=steps, exit_points=ways)


def leading_to(occupation: str) -> dict[str, Any]:
    jobs = [{"id": "aide", "title": "Nursing assistants", "soc": "31-1131"}]
    ways = [{"id": "e1", "occupation": occupation}]
    return {**sector(occupations=jobs), **pathway(sector="one", exit_points=ways)}


def votes(day: str) -> dict[str, Any]:
    return {"public_comment": OPEN, **one("approvals", body="The Board", planned=day)}


def operator(author: str) -> dict[str, Any]:
    contractor = one("providers", name="Valley Career Partners", role="one-stop-operator")
    return {**contractor, "plan": {"prepared_by": [author]}}


def spelled(first: str, second: str) -> dict[str, Any]:
    return {"partners": [{"id": "a", "name": first}, {"id": "b", "name": second}]}


def boards_of(name: str, *boards: str) -> dict[str, Any]:
    """A plan whose board is called `name`, with one area for each of `boards`."""
    areas = [{"id": f"a{place}", "board": board} for place, board in enumerate(boards)]
    return {"board": {"name": name}, "areas": areas}


def two_boards(second: str, said: str = "") -> dict[str, Any]:
    """Two areas with a board each, and a text about them."""
    return {
        "areas": [
            {"id": "a", "name": "Alder", "board": "Alder Board", "jurisdictions": ["Alder County"]},
            {"id": "j", "name": "Juniper", "board": "Juniper Board", "jurisdictions": [second]},
        ],
        "narratives": {"local_system": said},
    }  # fmt: skip


ALL_REQUIRED = {
    "programs": [
        "adult-education", "wagner-peyser", "vr", "job-corps", "youthbuild", "native-american",
        "migrant-farmworker", "title-v-scsep", "perkins", "taa", "veterans", "csbg", "hud", "ui",
        "second-chance", "tanf", "title-i-adult", "title-i-dislocated", "title-i-youth",
    ]
}  # fmt: skip
SEEN_AND_UNSEEN: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "comments-after-due": (
        {"public_comment": OPEN, "plan": {"dates": {"submission_due": "2026-02-01"}}},
        {"public_comment": OPEN, "plan": {"dates": {"submission_due": "2026-03-01"}}},
    ),
    "comments-not-counted": (
        {"public_comment": {"received": "none"}, **one("comments", comment="More buses.")},
        {"public_comment": {"received": "1"}, **one("comments", comment="More buses.")},
    ),
    "comments-unmarked": (
        {"public_comment": {"received": "1"}, **one("comments", comment="More buses.")},
        {
            "public_comment": {"received": "1"},
            **one("comments", comment="More buses.", disagrees="no"),
        },
    ),
    "comment-outside-period": (
        {"public_comment": OPEN, **one("comments", date="2026-12-01")},
        {"public_comment": OPEN, **one("comments", date=OPEN["closes"])},
    ),
    "period-order": (period(period_end="2024-06-30"), period()),
    "period-start": (period(period_start="2025-08-01"), period()),
    "period-end": (period(period_end="2028-06-30"), period()),
    "program-years": (
        period(kind="four-year", program_years="3", period_end="2028-06-30"),
        period(kind="modification", program_years="3", period_end="2028-06-30"),
    ),
    "effective-date": (
        period(kind="modification", effective_date="2029-07-01"),
        period(kind="modification", effective_date="2027-07-01"),
    ),
    "due-date": (due("2027-03-31"), due("2027-03-31", "modification")),
    "title-of-past-years": (
        period(title="Local Plan 2021-2024"),
        period(title="Local Plan 2025-2028"),
    ),
    "comment-period": (
        {"public_comment": {"opens": "2026-01-05", "closes": "2026-01-19"}},
        {"public_comment": OPEN},
    ),
    "vote-before-comments-close": (votes("2026-01-20"), votes("2026-02-20")),
    "stale-evidence": (
        figure(retrieved="2024-01-01", shelf_life="12"),
        figure(retrieved="2026-06-01", shelf_life="12"),
    ),
    "partner-without-role": (
        one("partners", name="College"),
        one("partners", name="College", role="Teaches."),
    ),
    "partner-delivers-nothing": (
        one("partners", name="College", role="Teaches."),
        {**one("partners", name="College"), **pathway(lead="one")},
    ),
    "comments-still-open": (
        {"public_comment": {"received": "0", "opens": "2026-11-20", "closes": "2026-12-19"}},
        {"public_comment": {"received": "0", "opens": "2026-10-01", "closes": "2026-10-30"}},
    ),
    "required-program-not-listed": (
        one("partners", name="College", programs=["perkins"]),
        one("partners", name="Everyone", **ALL_REQUIRED),
    ),
    "operator-prepares-plan": (operator("Valley Career Partners"), operator("Priya Raman")),
    "place-of-two-boards": (two_boards("alder county"), two_boards("Juniper County")),
    "board-with-anothers-place": (
        two_boards("Juniper County", "Alder Board serves Alder County and Juniper County."),
        two_boards(
            "Juniper County",
            "Alder Board serves Alder County. Alder Board and Juniper Board serve Juniper County. "
            "Each spring Alder Board meets in Juniper County.",
        ),
    ),
    "board-without-area": (
        boards_of("A Board", "B Board"),
        boards_of("B Board", "B Board"),
    ),
    "one-name-two-spellings": (
        spelled("Alder River College", "Alder Rivver College"),
        spelled("Alder River College", "Gold Hollow College"),
    ),
    "sector-without-pathway": (sector(), {**sector(), **pathway(sector="one")}),
    "pathway-without-entry-point": (pathway(), entry(owner="board")),
    "pathway-without-exit-point": (pathway(), pathway(exit_points=[{"id": "x", "name": "Aide"}])),
    "population-without-support": (
        one("populations", name="English learners"),
        {**one("populations"), **one("supports", service="Child care", populations=["one"])},
    ),
    "support-without-provider": (
        one("supports", service="Child care"),
        one("supports", service="Child care", provider="board"),
    ),
    "step-without-provider": (step(), step(provider="college")),
    "entry-point-without-owner": (entry(), entry(owner="board")),
    "dangling-reference": (
        pathway(exit_points=[{"id": "x", "step": "s9"}]),
        {**step(), **pathway(steps=[{"id": "s1"}], exit_points=[{"id": "x", "step": "s1"}])},
    ),
    "board-does-nothing": (pathway(), pathway(board_role="The Board pays for the bridge class.")),
    "metric-without-source": (metric(source=""), metric()),
    "level-below-prior-actual": (
        metric(prior_actual="70", **level(level="65")),
        metric(prior_actual="70", **level(level="71")),
    ),
    "level-missing": (
        metric(**level(status="negotiated")),
        metric(**level(status="not-negotiated")),
    ),
    "negotiated-indicator-not-listed": (
        metric(program="title-i-adult", indicator="credential"),
        {},
    ),
    "demand-without-evidence": (
        sector(),
        {**figure(), **sector(measures=[{"id": "m", "measure": "Jobs", "evidence": "one"}])},
    ),
    "sector-below-own-rule": (growth("5"), growth("12")),
    "sector-passes-own-rule": (
        growth("12", standing="emerging"),
        growth("5", standing="emerging"),
    ),
    "sector-test-without-figure": (growth("12", "Jobs"), growth("12", " growth")),
    "last-step-without-exit": (leaving("s1"), leaving("s1", "s2")),
    "occupation-out-of-reach": (leading_to("Nurses"), leading_to("nursing assistants")),
    "figure-without-source": (figure(source=""), figure()),
    "parked-text": (one("parked", heading="Vision", text="We lead."), {}),
    "carried-answers": (
        {"status": {"board.name": {"state": "carried"}}},
        {"status": {"board.name": {"state": "confirmed"}}},
    ),
}


@pytest.mark.parametrize("rule", SEEN_AND_UNSEEN)
def test_a_rule_sees_what_it_is_for(rule: str) -> None:
    assert rule in names(SEEN_AND_UNSEEN[rule][0])


@pytest.mark.parametrize("rule", SEEN_AND_UNSEEN)
def test_a_rule_keeps_silent_where_nothing_is_wrong(rule: str) -> None:
    assert rule not in names(SEEN_AND_UNSEEN[rule][1])


@pytest.mark.parametrize("rule", SEEN_AND_UNSEEN)
def test_a_finding_names_the_place_and_says_what_to_do_in_a_sentence(rule: str) -> None:
    for finding in found(SEEN_AND_UNSEEN[rule][0]):
        assert finding.path
        assert finding.message.endswith(".")
        assert "compliant" not in finding.message


def test_every_rule_has_a_name_of_its_own_and_a_reason() -> None:
    assert len({rule.name for rule in RULES}) == len(RULES)
    assert all(rule.reason.endswith(".") for rule in RULES)


def test_every_rule_has_a_case_in_which_it_sees_something() -> None:
    cases = [Case(Plan.model_validate(seen), TODAY) for seen, _ in SEEN_AND_UNSEEN.values()]
    for rule in RULES:
        assert any(tuple(rule.find(case)) for case in cases), (
            f"{rule.name}: no case in SEEN_AND_UNSEEN in which it sees something"
        )


def test_an_element_in_which_the_board_does_nothing_is_seen() -> None:
    silent = {"narratives": {"instruction": "Colleges teach evening classes."}}
    acting = {"narratives": {"instruction": "The Board pays for evening classes."}}
    assert "board-does-nothing" in names(silent)
    assert "board-does-nothing" not in names(acting)


def test_a_board_that_goes_by_a_name_of_its_own_acts_by_that_name() -> None:
    text = {"narratives": {"instruction": "CareerForce Alder pays for evening classes."}}
    assert "board-does-nothing" in names(text)
    assert "board-does-nothing" not in names({**text, "board": {"name": "CareerForce Alder"}})
    short = {"narratives": {"instruction": "AVWDB pays for evening classes."}}
    board = {"board": {"name": "Alder Valley Workforce Development Board"}}
    assert "board-does-nothing" not in names({**short, **board})


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Eastside Adult School", "Westside Adult School"),
        ("Northeast Community College", "Northwest Community College"),
        ("Eastern Trades Council", "Western Trades Council"),
        ("Office of title II", "Office of title III"),
        ("Alder Men's Shelter", "Alder Women's Shelter"),
        ("Upper Valley Schools", "Lower Valley Schools"),
    ],
)
def test_names_that_tell_two_places_apart_are_two_organizations(first: str, second: str) -> None:
    assert "one-name-two-spellings" not in names(spelled(first, second))


@pytest.mark.parametrize(
    ("name", "boards", "expected"),
    [
        ("Three Rivers WDB", ["Three Rivers Workforce Development Board"], True),
        ("Three Rivers WDB", ["Three Rivers Workforce Development Board", "Delta Board"], True),
        ("Alder WDB", ["Alder Workforce Development Board", ""], False),
        ("the  B board", ["B Board"], False),
        ("Alder and Juniper Workforce Boards", ["Alder Workforce Board", "Juniper Workforce Board"],
         False),
        ("A Board", [""], False),
        ("A Board", [], False),
        ("", ["B Board"], False),
    ],
)  # fmt: skip
def test_the_board_of_the_plan_is_the_board_of_an_area_or_names_them_all(
    name: str, boards: list[str], *, expected: bool
) -> None:
    assert ("board-without-area" in names(boards_of(name, *boards))) is expected


def test_a_sector_that_is_still_being_planned_needs_no_pathway_yet() -> None:
    assert "sector-without-pathway" in names(sector())
    planned = one("sectors", name="Health care", standing="planning")
    assert "sector-without-pathway" not in names(planned)


@pytest.mark.parametrize(
    ("day", "kind", "expected"),
    [
        ("2025-03-31", "four-year", False),
        ("2026-02-28", "four-year", False),
        ("2024-03-31", "four-year", True),
        ("2025-03-31", "modification", True),
        ("2029-09-30", "modification", True),
        ("2027-03-31", "", False),
    ],
)
def test_the_day_a_plan_is_due_is_held_against_its_kind_and_period(
    day: str, kind: str, *, expected: bool
) -> None:
    assert ("due-date" in names(due(day, kind))) is expected


def test_a_regional_plan_may_have_begun_before_the_local_one_but_not_ended() -> None:
    def regional(title: str) -> dict[str, Any]:
        return period(regional_plan={"title": title})

    assert "title-of-past-years" in names(regional("Regional Plan 2021-2025"))
    assert "title-of-past-years" not in names(regional("Regional Plan 2024 to 2027"))
    assert "title-of-past-years" not in names(regional("Regional Plan"))


def test_an_exit_that_names_no_step_may_follow_the_last() -> None:
    assert "last-step-without-exit" not in names(leaving("s1", ""))


def test_a_sector_that_is_being_planned_needs_no_figure_for_each_test() -> None:
    planned = growth("12", "Jobs", standing="planning")
    assert "sector-test-without-figure" not in names(planned)


def test_an_author_is_seen_as_the_operator_behind_a_persons_name() -> None:
    assert "operator-prepares-plan" in names(operator("Ana Ruiz, Valley Career Partners"))
    assert "operator-prepares-plan" not in names(operator("Ana Ruiz, Valley Careers"))


def test_an_operator_among_the_authors_is_told_of_the_exception_with_firewalls() -> None:
    finding = next(
        item
        for item in found(operator("Valley Career Partners"))
        if item.rule == "operator-prepares-plan"
    )
    assert "generally may not prepare or submit" in finding.message
    assert "firewalls" in finding.message


def test_an_author_is_seen_as_the_operator_whom_a_center_names() -> None:
    tree: dict[str, Any] = {
        "partners": [{"id": "alder", "name": "Alder College"}],
        "one_stops": [{"id": "main", "operator": "alder"}],
        "plan": {"prepared_by": ["Alder College"]},
    }
    assert "operator-prepares-plan" in names(tree)
    tree["one_stops"] = [{"id": "main", "operator": "board"}]
    assert "operator-prepares-plan" not in names(tree)


def test_thirty_one_days_of_comment_are_over_the_limit_of_the_rule() -> None:
    tree = {"public_comment": {"opens": "2026-01-05", "closes": "2026-02-04"}}
    assert "comment-period" in names(tree)


@pytest.mark.parametrize(
    ("received", "expected"), [("none", True), ("1", True), ("2", False), ("unknown", False)]
)
def test_the_number_of_comments_is_held_against_the_comments(
    received: str, *, expected: bool
) -> None:
    tree = {"public_comment": {"received": received}, "comments": [{"id": "a"}, {"id": "b"}]}
    assert ("comments-not-counted" in names(tree)) is expected


def test_a_figure_that_its_publisher_suppressed_needs_no_source() -> None:
    assert "figure-without-source" not in names(figure(value="N", source=""))


@pytest.mark.parametrize(
    ("closes", "days", "expected"),
    [
        ("2026-02-03", 0, False),
        ("2026-02-03", 30, False),
        ("2026-01-23", 30, True),
        ("2026-02-20", 0, True),
        ("2026-01-01", 0, True),
    ],
)
def test_the_comment_period_is_held_against_the_state_and_the_law(
    closes: str, days: int, *, expected: bool
) -> None:
    tree = {"public_comment": {"opens": "2026-01-05", "closes": closes}}
    assert ("comment-period" in names(tree, days)) is expected


def test_a_warning_that_a_person_accepted_keeps_its_reason() -> None:
    tree = step()
    finding = next(item for item in found(tree) if item.rule == "step-without-provider")
    tree["accepted"] = {finding.id: {"reason": "The teacher is hired in May"}}
    again = next(item for item in found(tree) if item.id == finding.id)
    assert again.accepted == "The teacher is hired in May"


def test_an_error_cannot_be_accepted_away() -> None:
    tree = period(period_end="2028-06-30")
    finding = next(item for item in found(tree) if item.rule == "period-end")
    tree["accepted"] = {finding.id: {"reason": "It is printed so"}}
    assert next(item for item in found(tree) if item.id == finding.id).accepted == ""


def test_errors_come_before_warnings() -> None:
    tree = {**step(), **period(period_end="2028-06-30")}
    severities = [finding.severity for finding in found(tree)]
    assert severities == sorted(severities)


def test_no_finding_repeats_itself_on_the_complete_example() -> None:
    plan = read_plan(load(EXAMPLES / "complete.yaml").tree).plan
    ids = [finding.id for finding in findings_of(Case(plan, TODAY), RULES, ())]
    assert len(ids) == len(set(ids))


def of_definition(**judged: Any) -> list[Finding]:
    """What is found about part (A) of a pathway that answers nothing else."""
    tree = pathway(definition={"a": judged} if judged else {})
    reviews = [row for row in definition_reviews(load_definition(), tree) if row.part.id == "a"]
    return list(definition_findings(reviews, {"pathways.one": "Nursing"}))


def test_a_part_of_the_definition_that_staff_judge_open_is_a_finding_with_the_next_step() -> None:
    (gap,) = of_definition(standing="partly", next_step="Ask the clinics by May")
    assert (gap.rule, gap.path) == ("definition-gap", "pathways.one.definition.a.standing")
    assert "Nursing meets, but only in part, part (A)" in gap.message
    assert "Does the pathway match the skills that industries" in gap.message
    assert gap.message.endswith("Next: Ask the clinics by May")


def test_a_part_of_the_definition_that_nothing_speaks_to_is_a_finding() -> None:
    (gap,) = of_definition()
    assert "Does the pathway match the skills that industries" in gap.message
    assert "That is part (A) of the definition of a career pathway." in gap.message
    assert gap.other


def test_a_part_judged_met_without_anything_that_shows_it_is_a_contradiction() -> None:
    assert [gap.rule for gap in of_definition(standing="met")] == ["definition-not-shown"]


def test_a_part_that_is_met_with_evidence_or_does_not_apply_is_no_finding() -> None:
    assert of_definition(standing="met", evidence="Minutes of the clinics") == []
    assert of_definition(standing="not-applicable", reason="No such step") == []


def of_programs(**more: Any) -> list[Finding]:
    tree = {**one("partners", name="College", programs=["perkins"]), **more}
    return [each for each in found(tree) if each.rule == "required-program-not-listed"]


def test_absent_programs_are_one_finding_that_names_them_all() -> None:
    (seen,) = of_programs()
    assert "Job Corps; YouthBuild" in seen.message
    assert "required one-stop partner programs" in seen.message
    assert seen.other == "absent_programs"


def test_a_program_whose_absence_was_accepted_by_itself_stays_so() -> None:
    key = "required-program-not-listed/partners/absent_programs/job-corps"
    seen = of_programs(accepted={key: {"reason": "No center here"}})
    assert len(seen) == 2
    assert [each.accepted for each in seen if "Job Corps" in each.message] == ["No center here"]


def test_a_sector_whose_standing_is_blank_is_not_called_in_demand() -> None:
    assert "demand-without-evidence" not in names(one("sectors", name="Manufacturing"))
