"""What a person types, for each kind of question: what is expected, and how it is kept."""

import re
from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError

from localplan.knowledge.kinds import Kind
from localplan.knowledge.questions import Question
from localplan.plan import values
from localplan.plan.progress import is_answered

_TYPES: dict[Kind, Any] = {
    "number": values.Number, "percent": values.Number, "dollars": values.Dollars,
    "count": values.Count, "date": values.Day, "program-year": values.ProgramYear,
    "naics": values.IndustryCode, "soc": values.OccupationCode, "email": values.Email,
    "web": values.WebAddress, "yes-no": values.YesNo,
}  # fmt: skip

_BARE_ADDRESS = re.compile(r"[\w-]+(\.[\w-]+)+(/\S*)?")
"""A web address as people write it, without https:// before it."""

_EXPECTED: dict[Kind, str] = {
    "percent": "A percent between 0 and 100, such as 71.5",
    "dollars": "An amount in dollars, such as 24.50 or 52,000",
    "count": "A whole number, such as 4",
    "number": "A number, such as 1,250 or 71.5",
    "date": "A date, such as 2025-07-01 or July 1, 2025",
    "program-year": "A year, such as 2025",
    "naics": "A NAICS code, such as 62",
    "soc": "A SOC code, such as 29-1141",
    "email": "An e-mail address, such as plans@board.example",
    "web": "A web address, such as https://www.board.example",
}


def expected(kind: Kind) -> str:
    """Return what a short answer of this kind looks like; nothing for plain words."""
    return _EXPECTED.get(kind, "")


def problem_with(question: Question, text: str) -> str:
    """Return what is wrong with `text` as an answer, with an example; nothing when all is well.

    No text at all is well: the question is then skipped.
    """
    text = text.strip()
    if not text:
        return ""
    if not is_answered(text, question):
        return "That is not an answer yet. Leave it blank, or put it off."
    return _misfit(question.kind, text)


def kept(question: Question, text: str) -> str | list[str]:
    """Return the answer as the file keeps it: trimmed, dates as 2025-07-01, lines as a list."""
    text = text.strip("\n") if question.kind == "text" else text.strip()
    match question.kind:
        case "lines":
            lines = (line.strip().removeprefix("- ").strip() for line in text.splitlines())
            return [line for line in lines if line]
        case "date" | "program-year":
            return str(_adapter(question.kind).validate_python(text)) if text else ""
        case "percent":
            return text.removesuffix("%").strip()
        case "web":
            return _whole_address(text)
        case _:
            return text


def _misfit(kind: Kind, text: str) -> str:
    if kind not in _TYPES:
        return ""
    try:
        whole = _whole_address(text) if kind == "web" else text
        read = _adapter(kind).validate_python(whole)
    except ValidationError as error:
        said = str(error.errors(include_url=False)[0]["msg"])
        said = said.removeprefix("Value error, ")
        # A count or a percent is read as a number, but more is expected of it.
        return _EXPECTED.get(kind, said) if said == _EXPECTED["number"] else said
    if kind == "percent" and not 0 <= read <= 100:  # noqa: PLR2004 (a percent)
        return _EXPECTED["percent"]
    return ""


def _whole_address(text: str) -> str:
    return f"https://{text}" if _BARE_ADDRESS.fullmatch(text) else text


@cache
def _adapter(kind: Kind) -> TypeAdapter[Any]:
    return TypeAdapter(_TYPES[kind])
