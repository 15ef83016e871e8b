"""The rules that look across answers. Each is small, has a name, a reason and a test."""

from localplan.plan.checks.findings import Rule
from localplan.plan.checks.rules.dates import DATE_RULES
from localplan.plan.checks.rules.evidence import EVIDENCE_RULES
from localplan.plan.checks.rules.keeping import KEEPING_RULES
from localplan.plan.checks.rules.organizations import ORGANIZATION_RULES
from localplan.plan.checks.rules.pathways import PATHWAY_RULES

RULES: tuple[Rule, ...] = (
    *DATE_RULES, *ORGANIZATION_RULES, *PATHWAY_RULES, *EVIDENCE_RULES, *KEEPING_RULES,
)  # fmt: skip
"""All rules, in the order in which a planner would want to hear of them."""
