"""The shape of a plan's answers: every part, every field, and what each value must look like.

Each field is optional, because a plan is filled over months: whether an answer is *required* is
said by the questions in `prompts/`, never here. Text stays text; only values that are counted,
compared or formatted have a type. Keys nobody knows are kept (`extra="allow"`) and reported.
"""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, model_validator

from localplan.plan.values import (
    Choice,
    Count,
    Day,
    Dollars,
    Email,
    Identifier,
    IndustryCode,
    Markdown,
    Number,
    OccupationCode,
    ProgramYear,
    Text,
    WebAddress,
    YesNo,
    is_blank,
)
from localplan.plan.values import Reference as Ref


class Part(BaseModel):
    """One part of the answers file; unknown keys are kept, so that nothing typed is lost."""

    model_config = ConfigDict(extra="allow", frozen=True)

    @model_validator(mode="before")
    @classmethod
    def _blank_is_unanswered(cls, written: object) -> object:
        """A key with nothing behind it, as in a blank file, is no answer of any kind."""
        if not isinstance(written, dict):
            return written
        known = cls.model_fields
        return {
            key: value for key, value in written.items() if key not in known or not is_blank(value)
        }


class Record(Part):
    """A part that lives in a list and keeps its `id` through renaming and reordering."""

    id: Identifier = ""
    more: dict[str, Markdown] = {}
    """Answers to questions that data alone added to this kind of record."""


class Contact(Part):
    """Someone to reach. Private unless the key that holds it is `public_contact`."""

    name: Text = None
    title: Text = None
    email: Email = None
    phone: Text = None
    address: Text = None


class FamilyWage(Part):
    """What a household needs to live on in the area, with its evidence."""

    amount: Dollars = None
    household: Text = None
    evidence: Annotated[Text, Ref("evidence")] = None


class Board(Part):
    """The local workforce development board that owns the plan."""

    name: Text = None
    state: Text = None
    area_name: Text = None
    mission: Markdown = None
    director: Text = None
    chair: Text = None
    address: Text = None
    website: WebAddress = None
    public_contact: Contact | None = None
    contact: Contact | None = None
    reply_to: Contact | None = None
    equal_opportunity_tagline: Text = None
    family_wage: FamilyWage | None = None


class Area(Record):
    """One local workforce development area (WIOA sec. 106); a plan may join several."""

    name: Text = None
    board: Text = None
    chief_elected_officials: tuple[str, ...] = ()
    jurisdictions: tuple[str, ...] = ()
    fiscal_agent: Text = None
    grant_recipient: Text = None


class SectorRule(Record):
    """One of the board's own tests for calling a sector in demand."""

    measure: Text = None
    minimum: Number = None
    unit: Text = None


class RegionalPlan(Part):
    """The regional plan that this local plan points to (20 CFR 679.560(d))."""

    title: Text = None
    address: WebAddress = None
    file: Text = None
    sections: dict[str, str] = {}
    """Requirement id to the place in the regional plan that answers it."""


class PlanDates(Part):
    """The dates of this plan's own calendar."""

    submission_due: Day = None
    comment_opens: Day = None
    comment_closes: Day = None
    board_vote: Day = None
    officials_vote: Day = None


class PlanFacts(Part):
    """Which plan this is: kind, period, track, order, frameworks."""

    title: Text = None
    kind: Choice = None
    number: Text = None
    effective_date: Day = None
    track: Choice = None
    period_start: Day = None
    period_end: Day = None
    first_program_year: ProgramYear = None
    program_years: Count = None
    element_order: Choice = None
    frameworks: tuple[str, ...] = ()
    outline: Text = None
    sector_rule: tuple[SectorRule, ...] = ()
    regional_plan: RegionalPlan | None = None
    dates: PlanDates | None = None
    prepared_by: tuple[str, ...] = ()
    compiled_from: Text = None
    """Printed on each page when the answers were compiled from public sources, not by the board."""


class OneStop(Record):
    """A one-stop center (20 CFR 678.300 to 678.320)."""

    name: Text = None
    kind: Choice = None
    area: Annotated[Text, Ref("areas")] = None
    address: Text = None
    operator: Annotated[Text, Ref("providers", "partners")] = None
    partners: Annotated[tuple[str, ...], Ref("partners", "providers")] = ()
    certified_on: Day = None


class Resource(Record):
    """Something a partner brings: staff, space, money or services."""

    kind: Choice = None
    what: Text = None
    amount: Dollars = None
    source: Text = None


class Partner(Record):
    """An organization that carries the pathways with the board."""

    name: Text = None
    kind: Choice = None
    area: Annotated[Text, Ref("areas")] = None
    programs: tuple[str, ...] = ()
    role: Markdown = None
    responsibilities: Markdown = None
    resources: tuple[Resource, ...] = ()
    outcomes: tuple[str, ...] = ()
    pain_points: Markdown = None
    mou: Choice = None
    mou_date: Day = None
    contact: Contact | None = None


class AbsentProgram(Record):
    """A required one-stop partner program not carried out in the area, and why (20 CFR 678.415)."""

    program: Text = None
    reason: Text = None


class Provider(Record):
    """A contractor chosen by procurement or designation; not a partner."""

    name: Text = None
    role: Choice = None
    area: Annotated[Text, Ref("areas")] = None
    selected_by: Text = None
    contract_start: Day = None
    contract_end: Day = None
    amount: Dollars = None
    benchmarks: Markdown = None
    contact: Contact | None = None


class Population(Record):
    """People the plan serves; everything else refers to these."""

    name: Text = None
    standard: Text = None
    """Code in `standards/wioa.yaml`: a barrier (A)-(N) or a priority group."""
    size: Number = None
    description: Markdown = None
    evidence: Annotated[Text, Ref("evidence")] = None


class Measure(Record):
    """One figure about a sector, with where it comes from."""

    measure: Text = None
    value: Number = None
    unit: Text = None
    evidence: Annotated[Text, Ref("evidence")] = None


class Occupation(Record):
    """A target occupation of a sector."""

    soc: OccupationCode = None
    title: Text = None
    openings: Number = None
    wage: Dollars = None
    """Median hourly wage, dollars."""
    skills: Text = None
    shortage: Text = None
    evidence: Annotated[Text, Ref("evidence")] = None


class Sector(Record):
    """An industry sector that the pathways serve."""

    name: Text = None
    naics: IndustryCode = None
    standing: Choice = None
    area: Annotated[Text, Ref("areas")] = None
    need: Markdown = None
    measures: tuple[Measure, ...] = ()
    employers: tuple[str, ...] = ()
    employer_engagement: Markdown = None
    occupations: tuple[Occupation, ...] = ()
    portability: Markdown = None


class EntryPoint(Record):
    """A place where people can join a pathway, and the on-ramp that gets them ready."""

    name: Text = None
    who: Annotated[tuple[str, ...], Ref("populations")] = ()
    starting_level: Text = None
    on_ramp: Text = None
    referral_partner: Annotated[Text, Ref("partners", "providers")] = None
    owner: Annotated[Text, Ref("partners", "providers", "board")] = None


class Step(Record):
    """One course or training on a pathway, and the credential it ends with."""

    course: Text = None
    credential: Text = None
    stackable: YesNo = None
    provider: Annotated[Text, Ref("partners", "providers")] = None
    length: Text = None
    articulation: Text = None


class ExitPoint(Record):
    """A place where people leave a pathway for work, and where it can lead next."""

    name: Text = None
    step: Text = None
    """Id of the step it follows, within the same pathway."""
    occupation: Text = None
    """Id of an occupation of the pathway's sector, or a title in words."""
    wage: Dollars = None
    """Typical hourly wage, dollars."""
    evidence: Annotated[Text, Ref("evidence")] = None
    leads_to: Text = None


class Strategy(Record):
    """A way of teaching that the pathway uses, and how."""

    strategy: Text = None
    """Code in `standards/wioa.yaml`, delivery strategies."""
    how: Markdown = None


class DefinitionJudgment(Part):
    """What staff judge about one part of the legal definition (WIOA sec. 3(7)(A)-(G))."""

    standing: Choice = None
    reason: Text = None
    evidence: Markdown = None
    next_step: Text = None
    by: Text = None
    on: Day = None


class Definition(Part):
    """The seven parts of the legal definition of a career pathway."""

    a: DefinitionJudgment | None = None
    b: DefinitionJudgment | None = None
    c: DefinitionJudgment | None = None
    d: DefinitionJudgment | None = None
    e: DefinitionJudgment | None = None
    f: DefinitionJudgment | None = None
    g: DefinitionJudgment | None = None


class Pathway(Record):
    """A career pathway: who enters where, what they take, where they come out."""

    name: Text = None
    sector: Annotated[Text, Ref("sectors")] = None
    standing: Choice = None
    track: Choice = None
    collaborative: Text = None
    lead: Annotated[Text, Ref("partners", "board")] = None
    board_role: Markdown = None
    partners: Annotated[tuple[str, ...], Ref("partners", "providers")] = ()
    governance: Markdown = None
    funding: Markdown = None
    areas: Annotated[tuple[str, ...], Ref("areas")] = ()
    populations: Annotated[tuple[str, ...], Ref("populations")] = ()
    entry_points: tuple[EntryPoint, ...] = ()
    steps: tuple[Step, ...] = ()
    exit_points: tuple[ExitPoint, ...] = ()
    instruction: tuple[Strategy, ...] = ()
    supports: Annotated[tuple[str, ...], Ref("supports")] = ()
    metrics: Annotated[tuple[str, ...], Ref("metrics")] = ()
    alternative_placement: Markdown = None
    definition: Definition | None = None


class Support(Record):
    """A service that helps people stay on a pathway."""

    service: Text = None
    standard: Text = None
    """Code in `standards/wioa.yaml`, supportive services."""
    populations: Annotated[tuple[str, ...], Ref("populations")] = ()
    provider: Annotated[Text, Ref("partners", "providers", "board")] = None
    assessed: Text = None
    funding: Text = None
    referral: Text = None
    description: Markdown = None


class Level(Record):
    """One year's level of a measure, with its status (WIOA sec. 116(c))."""

    year: ProgramYear = None
    level: Number = None
    status: Choice = None
    """negotiated, proposed, baseline (not yet scored), not-negotiated, state-reported, board-set or
    not-applicable."""
    date: Day = None
    reason: Text = None


class Metric(Record):
    """A measure of success: a primary indicator of performance, or one of the board's own."""

    name: Text = None
    indicator: Text = None
    """Code in `standards/wioa.yaml`, primary indicators; blank for the board's own measure."""
    program: Text = None
    scope: Choice = None
    """area, provider or pathway."""
    of: Annotated[Text, Ref("areas", "providers", "pathways", "partners")] = None
    unit: Text = None
    levels: tuple[Level, ...] = ()
    prior_actual: Number = None
    prior_year: ProgramYear = None
    history: tuple[Level, ...] = ()
    source: Text = None
    responsible: Annotated[Text, Ref("partners", "providers", "board")] = None
    review: Text = None
    equity: Text = None
    description: Markdown = None


class Action(Record):
    """Something the board will do, by when, and who does it."""

    step: Text = None
    """Id of a guidance step of the board's track, when the action carries one out."""
    element: Text = None
    action: Text = None
    owner: Text = None
    due: Day = None
    status: Choice = None
    """not-started, under-way, done or dropped."""


class Evidence(Record):
    """A figure with its source; any number in the plan may name one."""

    measure: Text = None
    value: Text = None
    """As published; a suppressed figure (`N`, `*`, `**`, `#`, `-1`) stays suppressed."""
    unit: Text = None
    area: Text = None
    period: Text = None
    source: Text = None
    address: WebAddress = None
    retrieved: Day = None
    shelf_life: Count = None
    """Months after `retrieved` until it should be looked at again."""


class Approval(Record):
    """One body's vote or signature."""

    body: Text = None
    planned: Day = None
    date: Day = None
    signer: Text = None
    signer_title: Text = None
    delegated: Text = None


class Notice(Record):
    """Where the draft was announced."""

    where: Text = None
    date: Day = None


class Hearing(Record):
    """A meeting at which the public could speak."""

    where: Text = None
    date: Day = None
    attended: Count = None


class PublicComment(Part):
    """The public comment period (WIOA sec. 108(d), 20 CFR 679.550(b))."""

    opens: Day = None
    closes: Day = None
    how: Markdown = None
    notices: tuple[Notice, ...] = ()
    hearings: tuple[Hearing, ...] = ()
    received: Text = None
    """A number, `none` or `unknown`."""


class Comment(Record):
    """One public or partner comment, and what became of it."""

    number: Count = None
    element: Text = None
    section: Text = None
    organization: Text = None
    person: Text = None
    date: Day = None
    draft: Text = None
    quote: Text = None
    comment: Markdown = None
    disagrees: YesNo = None
    response: Markdown = None
    change: Text = None
    status: Text = None


class Attachment(Record):
    """A file that goes with the plan."""

    item: Text = None
    file: Text = None
    standing: Choice = None
    """present, missing or not-applicable."""
    reason: Text = None


class Passage(Part):
    """The board's own words in place of a generated passage."""

    text: Markdown = None
    built_from: Text = None
    """Fingerprint of the facts when the words were written; a change of facts flags the passage."""


class Standing(Part):
    """Where one answer stands."""

    state: Choice = None
    """carried, confirmed, changed, later, not-applicable or regional."""
    by: Text = None
    on: Day = None
    reason: Text = None
    owner: Text = None
    due: Day = None


class Acceptance(Part):
    """A finding that a person looked at and lets stand."""

    reason: Text = None
    by: Text = None
    on: Day = None


class Parked(Record):
    """A piece of an older plan that waits for a person to put it under a question."""

    heading: Text = None
    place: Text = None
    """Where it stood: the chapter of the old document, or the path of the old answer."""
    text: Markdown = None


class Past(Record):
    """What the plan before said, where it could not be carried into this one."""

    path: Text = None
    text: Markdown = None
    why: Text = None
    on: Day = None


class Use(Record):
    """A file of answers that several plans share; it is only read."""

    file: Text = None
    parts: tuple[str, ...] = ()
    """Top-level keys taken from it; blank means board, areas, one_stops and partners."""


class Plan(Part):
    """All answers of one plan and cycle."""

    localplan: Count = None
    board: Board = Board()
    areas: tuple[Area, ...] = ()
    plan: PlanFacts = PlanFacts()
    one_stops: tuple[OneStop, ...] = ()
    partners: tuple[Partner, ...] = ()
    absent_programs: tuple[AbsentProgram, ...] = ()
    providers: tuple[Provider, ...] = ()
    populations: tuple[Population, ...] = ()
    sectors: tuple[Sector, ...] = ()
    pathways: tuple[Pathway, ...] = ()
    supports: tuple[Support, ...] = ()
    metrics: tuple[Metric, ...] = ()
    actions: tuple[Action, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    approvals: tuple[Approval, ...] = ()
    public_comment: PublicComment = PublicComment()
    comments: tuple[Comment, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    narratives: dict[str, Markdown] = {}
    passages: dict[str, Passage] = {}
    status: dict[str, Standing] = {}
    private: tuple[str, ...] = ()
    accepted: dict[str, Acceptance] = {}
    notes: dict[str, Text] = {}
    parked: tuple[Parked, ...] = ()
    history: tuple[Past, ...] = ()
    uses: tuple[Use, ...] = ()
