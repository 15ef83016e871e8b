"""The board, its areas, and the organizations that carry the plan with it."""

from typing import Annotated

from localplan.plan.model.base import Contact, Part, Record
from localplan.plan.values import Choice, Day, Dollars, Markdown, Text, WebAddress
from localplan.plan.values import Reference as Ref


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


class OneStop(Record):
    """A one-stop center (20 CFR 678.300 to 678.310)."""

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
