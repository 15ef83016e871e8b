"""All answers of one plan and cycle."""

from localplan.plan.model.base import Part
from localplan.plan.model.cycle import PlanFacts
from localplan.plan.model.keeping import Acceptance, Parked, Passage, Past, Standing, Use
from localplan.plan.model.organizations import (
    AbsentProgram,
    Area,
    Board,
    OneStop,
    Partner,
    Provider,
)
from localplan.plan.model.pathways import Pathway, Population, Sector, Support
from localplan.plan.model.process import Approval, Attachment, Comment, PublicComment
from localplan.plan.model.results import Action, Evidence, Metric
from localplan.plan.values import Count, Markdown, Text


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
