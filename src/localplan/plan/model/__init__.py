"""The shape of a plan's answers: every part, every field, and what each value must look like.

Each field is optional, because a plan is filled over months: whether an answer is *required* is
said by the questions in `prompts/`, never here. Text stays text; only values that are counted,
compared or formatted have a type. Keys nobody knows are kept (`extra="allow"`) and reported.
"""

from localplan.plan.model.base import Contact, Part, Record
from localplan.plan.model.cycle import PlanDates, PlanFacts, RegionalPlan, SectorRule
from localplan.plan.model.keeping import Acceptance, Parked, Passage, Past, Standing, Use
from localplan.plan.model.organizations import (
    AbsentProgram,
    Area,
    Board,
    FamilyWage,
    OneStop,
    Partner,
    Provider,
    Resource,
)
from localplan.plan.model.pathways import (
    Definition,
    DefinitionJudgment,
    EntryPoint,
    ExitPoint,
    Measure,
    Occupation,
    Pathway,
    Population,
    Sector,
    Step,
    Strategy,
    Support,
)
from localplan.plan.model.process import (
    Approval,
    Attachment,
    Comment,
    Hearing,
    Notice,
    PublicComment,
)
from localplan.plan.model.results import Action, Evidence, Level, Metric
from localplan.plan.model.whole import Plan

__all__ = [
    "AbsentProgram",
    "Acceptance",
    "Action",
    "Approval",
    "Area",
    "Attachment",
    "Board",
    "Comment",
    "Contact",
    "Definition",
    "DefinitionJudgment",
    "EntryPoint",
    "Evidence",
    "ExitPoint",
    "FamilyWage",
    "Hearing",
    "Level",
    "Measure",
    "Metric",
    "Notice",
    "Occupation",
    "OneStop",
    "Parked",
    "Part",
    "Partner",
    "Passage",
    "Past",
    "Pathway",
    "Plan",
    "PlanDates",
    "PlanFacts",
    "Population",
    "Provider",
    "PublicComment",
    "Record",
    "RegionalPlan",
    "Resource",
    "Sector",
    "SectorRule",
    "Standing",
    "Step",
    "Strategy",
    "Support",
    "Use",
]
