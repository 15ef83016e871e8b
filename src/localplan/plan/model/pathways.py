"""People, sectors, pathways and supports: the heart of the plan."""

from typing import Annotated

from localplan.plan.model.base import Part, Record
from localplan.plan.values import (
    Choice,
    Day,
    Dollars,
    IndustryCode,
    Markdown,
    Number,
    OccupationCode,
    Text,
    YesNo,
)
from localplan.plan.values import Reference as Ref


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
    needs_assessment: Text = None
    funding: Text = None
    referral: Text = None
    description: Markdown = None
