"""The closed vocabularies of the data files: kinds of questions, stages of a plan, who acts."""

from typing import Literal, TypeAlias, get_args

Kind: TypeAlias = Literal[
    "text", "line", "lines", "yes-no", "number", "percent", "dollars", "count", "date",
    "program-year", "naics", "soc", "email", "web", "choice", "choices", "pick", "picks", "records",
]  # fmt: skip
"""How a question is answered."""

Stage: TypeAlias = Literal["working", "public", "board", "submission"]
"""Which readers a plan is ready for."""
STAGES: tuple[Stage, ...] = get_args(Stage)

Needs: TypeAlias = Literal["all", "any"]
"""How many targets must hold for a requirement to be addressed; some of `all` is partial."""

Actor: TypeAlias = Literal["board", "partner", "state", "shared"]
"""Who acts in a framework's criterion."""

Level: TypeAlias = Literal["local", "regional"]
"""Which plan a State's prompt belongs to."""

Certainty: TypeAlias = Literal["", "verified", "secondary", "mixed", "memory"]
"""How sure a fact is: read at its source, at somebody else's, some of each, or from memory."""

How: TypeAlias = Literal["renamed", "split", "merged", "retired"]
"""What happened to a question between two formats of the answers file."""

AreaKind: TypeAlias = Literal[
    "nation", "state", "county", "metro", "nonmetro", "region", "place", "tract", "school-district",
    "institution", "unknown", "sum",
]  # fmt: skip
"""What kind of place figures are about; `sum` is several of them, `unknown` is none."""
