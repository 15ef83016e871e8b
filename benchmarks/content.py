"""Answers files of a known size, the same at every run: what the benchmark drafts.

`python benchmarks/content.py 1x > answers.yaml` writes one to look at. The sizes are those of the
finished document: `typ` has about 15,000 words and 25 tables, `1x` about 44,000 words and 60
tables, `10x` ten times as much of everything.
"""

import sys
from dataclasses import dataclass
from random import Random
from typing import Any

import wording

from localplan.knowledge.questions import Questionnaire, load_questionnaire
from localplan.plan.file.emit import document
from localplan.plan.file.formats import FORMAT

PROGRAMS = (
    "title-i-adult", "title-i-dislocated", "title-i-youth", "adult-education", "wagner-peyser",
    "vr", "perkins", "veterans", "ui", "tanf", "csbg", "hud", "title-v-scsep", "taa",
)  # fmt: skip
INDICATORS = ("employment-q2", "employment-q4", "median-earnings", "credential", "skill-gains")
AREA = {
    "id": "valley", "name": "Valley", "fiscal_agent": "Valley County",
    "jurisdictions": ["Valley County", "City of Mill Bend"],
    "chief_elected_officials": ["Chair, Valley County Board of Supervisors"],
}  # fmt: skip
APPROVAL = {"id": "b", "body": "The Board", "planned": "2025-05-20", "signer": "Robin Chair"}
FRAMEWORKS = ("aqcp", "federal-toolkit", "wioa-hea")


@dataclass(frozen=True, slots=True)
class Size:
    """How much of everything one answers file holds."""

    frameworks: int
    narratives: int
    words: int
    """Words of each narrative."""
    tables: int
    """Narratives with a Markdown table; the records bring tables of their own."""
    partners: int
    sectors: int
    pathways: int
    supports: int
    metrics: int


SIZES = {
    "typ": Size(1, 40, 112, 0, 8, 1, 1, 6, 10),
    "1x": Size(3, 86, 308, 9, 14, 3, 4, 14, 30),
    "10x": Size(3, 86, 3800, 86, 140, 30, 40, 140, 300),
}


def answers(name: str, seed: int = 1) -> str:
    """Return the text of an answers file of the size `name`; another seed, another plan."""
    return document(tree(SIZES[name], Random(seed), seed))  # noqa: S311 (not for secrets)


def tree(size: Size, random: Random, seed: int) -> dict[str, Any]:
    """Return the answers as a tree of texts."""
    return {
        "localplan": str(FORMAT),
        "board": _board(random, seed),
        "areas": [AREA],
        "plan": _plan(size),
        "one_stops": [_one_stop(number) for number in range(size.sectors)],
        "partners": [_partner(random, number) for number in range(size.partners)],
        "providers": [_provider(number) for number in range(size.sectors)],
        "populations": [_population(random, number) for number in range(size.supports // 2)],
        "sectors": [_sector(random, number) for number in range(size.sectors)],
        "pathways": [_pathway(random, number, size) for number in range(size.pathways)],
        "supports": [_support(random, number, size) for number in range(size.supports)],
        "metrics": [_metric(random, number, size) for number in range(size.metrics)],
        "actions": [_action(random, number) for number in range(size.supports)],
        "evidence": [_evidence(number) for number in range(size.sectors)],
        "approvals": [APPROVAL],
        "narratives": _narratives(random, size, load_questionnaire()),
    }  # fmt: skip


def _board(random: Random, seed: int) -> dict[str, Any]:
    return {
        "name": f"Workforce Board Number {seed}",
        "state": "CA",
        "area_name": "the three counties of the valley",
        "mission": wording.paragraph(random, 40),
        "director": "Alex Director",
        "chair": "Robin Chair",
        "public_contact": {"name": "Office of Planning", "email": "plan@board.example"},
        "website": "https://board.example",
        "family_wage": {"amount": "29.80", "household": "One adult and one child"},
    }


def _plan(size: Size) -> dict[str, Any]:
    return {
        "title": "Local Workforce Plan", "kind": "four-year", "track": "existing",
        "period_start": "2025-07-01", "period_end": "2029-06-30", "first_program_year": "2025",
        "program_years": "4", "element_order": "memo",
        "frameworks": list(FRAMEWORKS[: size.frameworks]),
        "prepared_by": ["Staff of the Board"],
    }  # fmt: skip


def _one_stop(number: int) -> dict[str, Any]:
    return {
        "id": f"center-{number}", "name": f"Job Center {number}", "kind": "comprehensive",
        "address": f"{number + 10} Main Street", "operator": "provider-0",
        "partners": ["partner-0", "partner-1"], "certified_on": "2025-01-15",
    }  # fmt: skip


def _provider(number: int) -> dict[str, Any]:
    return {
        "id": f"provider-{number}", "name": f"Contractor {number}", "role": "one-stop-operator",
        "selected_by": "Competitive procurement", "contract_start": "2024-07-01",
        "contract_end": "2027-06-30", "amount": "240000",
    }  # fmt: skip


def _partner(random: Random, number: int) -> dict[str, Any]:
    return {
        "id": f"partner-{number}",
        "name": f"Partner Organization {number}",
        "kind": "community-college",
        "programs": [PROGRAMS[number % len(PROGRAMS)]],
        "role": wording.sentence(random),
        "responsibilities": wording.paragraph(random, 25),
        "resources": [
            {
                "id": f"resource-{each}", "kind": "staff", "what": wording.phrase(random),
                "amount": str(random.randrange(20, 400) * 1000), "source": "WIOA title I",
            }
            for each in range(2)
        ],
        "outcomes": [wording.phrase(random), wording.phrase(random)],
        "mou": "signed",
    }  # fmt: skip


def _population(random: Random, number: int) -> dict[str, Any]:
    return {
        "id": f"people-{number}",
        "name": f"Group of people {number}",
        "size": str(random.randrange(200, 9000)),
        "description": wording.sentence(random),
    }


def _sector(random: Random, number: int) -> dict[str, Any]:
    return {
        "id": f"sector-{number}",
        "name": f"Industry sector {number}",
        "naics": "62",
        "standing": "existing",
        "need": wording.paragraph(random, 60),
        "measures": [
            {"id": f"m-{each}", "measure": wording.phrase(random), "value": str(each * 37 + 5),
             "evidence": f"source-{number}"}
            for each in range(3)
        ],
        "employers": [f"Employer {number}-{each}" for each in range(4)],
        "employer_engagement": wording.paragraph(random, 50),
        "occupations": [
            {
                "id": f"job-{each}", "soc": "29-2061", "title": f"Occupation {number}-{each}",
                "openings": str(random.randrange(20, 500)),
                "wage": f"{random.randrange(19, 60)}.50", "skills": wording.phrase(random),
            }
            for each in range(5)
        ],
        "portability": wording.sentence(random),
    }  # fmt: skip


def _pathway(random: Random, number: int, size: Size) -> dict[str, Any]:
    return {
        "id": f"pathway-{number}",
        "name": f"Career pathway {number}",
        "sector": f"sector-{number % size.sectors}",
        "standing": "existing",
        "track": "existing",
        "collaborative": "The regional consortium",
        "lead": "board",
        "board_role": wording.paragraph(random, 40),
        "partners": [f"partner-{(number + each) % size.partners}" for each in range(3)],
        "governance": wording.paragraph(random, 40),
        "funding": wording.sentence(random),
        "populations": ["people-0"],
        "entry_points": [_entry(random, each, size) for each in range(3)],
        "steps": [_step(random, each, size) for each in range(5)],
        "exit_points": [_exit(random, each) for each in range(3)],
        "instruction": [
            {"id": "contextual", "strategy": "contextualized", "how": wording.sentence(random)}
        ],
        "supports": [f"support-{(number + each) % size.supports}" for each in range(3)],
        "metrics": [f"metric-{number % size.metrics}"],
        "definition": {
            letter: {"standing": "met", "evidence": wording.sentence(random)}
            for letter in "abcdefg"
        },
    }


def _entry(random: Random, number: int, size: Size) -> dict[str, Any]:
    return {
        "id": f"entry-{number}", "name": f"Way in {number}", "who": ["people-0"],
        "starting_level": "Grade level six in mathematics", "on_ramp": wording.phrase(random),
        "referral_partner": f"partner-{number % size.partners}", "owner": "board",
    }  # fmt: skip


def _step(random: Random, number: int, size: Size) -> dict[str, Any]:
    return {
        "id": f"step-{number}", "course": f"Course {number}: {wording.phrase(random)}",
        "credential": f"Certificate {number}", "stackable": "yes",
        "provider": f"partner-{number % size.partners}", "length": "16 weeks",
    }  # fmt: skip


def _exit(random: Random, number: int) -> dict[str, Any]:
    return {
        "id": f"exit-{number}", "name": f"Way out {number}", "step": f"step-{number + 1}",
        "occupation": f"job-{number}", "wage": f"{random.randrange(19, 40)}.25",
    }  # fmt: skip


def _support(random: Random, number: int, size: Size) -> dict[str, Any]:
    return {
        "id": f"support-{number}", "service": f"Support service {number}",
        "populations": ["people-0"], "provider": f"partner-{number % size.partners}",
        "assessed": wording.phrase(random), "funding": "WIOA title I", "referral": "At intake",
    }  # fmt: skip


def _metric(random: Random, number: int, size: Size) -> dict[str, Any]:
    return {
        "id": f"metric-{number}", "name": f"Measure {number}",
        "indicator": INDICATORS[number % len(INDICATORS)],
        "program": PROGRAMS[number // len(INDICATORS) % 3], "scope": "area", "unit": "percent",
        "levels": [
            {"id": f"l-{year}", "year": str(year), "level": f"{random.randrange(40, 90)}.5",
             "status": "negotiated"}
            for year in (2025, 2026)
        ],
        "prior_actual": "61.2", "prior_year": "2024", "source": "State wage records",
        "responsible": f"partner-{number % size.partners}", "review": "Each quarter",
    }  # fmt: skip


def _action(random: Random, number: int) -> dict[str, Any]:
    return {
        "id": f"action-{number}", "element": "delivery", "action": wording.sentence(random),
        "owner": "The director", "due": "2026-06-30", "status": "under-way",
    }  # fmt: skip


def _evidence(number: int) -> dict[str, Any]:
    return {
        "id": f"source-{number}", "measure": f"Figure {number}", "value": str(number * 11 + 3),
        "unit": "percent", "area": "Valley", "period": "2024", "source": "State labor office",
        "address": "https://figures.example", "retrieved": "2025-02-03",
    }  # fmt: skip


def _narratives(random: Random, size: Size, asked: Questionnaire) -> dict[str, str]:
    """The required narratives first, then as many of the others as the size asks for."""
    found = [question for question in asked.questions() if question.is_narrative]
    required = [question for question in found if question.required]
    others = [question for question in found if not question.required]
    always = [question for question in others if _applies(question.when)]
    keys = [question.fills.partition(".")[2] for question in (*required, *always)]
    return {
        key: wording.answer(random, size.words, with_table=place < size.tables)
        for place, key in enumerate(keys[: size.narratives])
    }


def _applies(when: Any) -> bool:
    return not when.clauses


if __name__ == "__main__":
    sys.stdout.write(answers(sys.argv[1]))
