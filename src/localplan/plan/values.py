"""The kinds of value an answer can be, each refusing a wrong one in plain words with an example."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

SUPPRESSED = frozenset({"N", "*", "**", "#", "-1", "(D)", "(S)"})
"""Marks that statistical agencies print instead of a figure; never a number, never 0."""

_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,40}")
_CHOICE = re.compile(r"[a-z0-9][a-z0-9-]{0,60}")
_NAICS = re.compile(r"\d{2}(-\d{2})?|\d{3,6}")
_SOC = re.compile(r"\d{2}-\d{4}(\.\d{2})?")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_ISO = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})")
_US = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})")
_MONTH_FIRST = re.compile(r"([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})")
_DAY_FIRST = re.compile(r"(\d{1,2})(?:st|nd|rd|th)? ([a-z]{3,9})\.?,? (\d{4})")
_PROGRAM_YEAR = re.compile(r"(?:PY *)?(20\d\d)(?: *[-/\N{EN DASH}] *((?:20)?\d\d))?")
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
_A_DAY = "such as 2025-07-01 or July 1, 2025"


@dataclass(frozen=True, slots=True)
class Reference:
    """Marks a field that holds the id of a record in one of `homes`; `board` means the board."""

    homes: tuple[str, ...]

    def __init__(self, *homes: str) -> None:
        object.__setattr__(self, "homes", homes)


def is_blank(value: object) -> bool:
    """True for what YAML gives when nothing was typed: no value, empty text or `~`."""
    return value is None or (isinstance(value, str) and value.strip() in {"", "~"})


def _expect(pattern: re.Pattern[str], expected: str) -> Callable[[str], str]:
    def parse(text: str) -> str:
        if not pattern.fullmatch(text):
            raise ValueError(expected)
        return text

    return parse


@dataclass(frozen=True, slots=True)
class _Read:
    """What reads a value for pydantic, which then has nothing left to find out about the field."""

    read: Callable[[object], object]

    def __get_pydantic_core_schema__(
        self, source: object, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(self.read)


def _optional(parse: Callable[[str], Any]) -> _Read:
    def read(value: object) -> object:
        if is_blank(value):
            return None
        if not isinstance(value, str):
            if isinstance(value, (dict, list, tuple)):
                raise ValueError("One value is expected here, not a list or a group")  # noqa: TRY004 (pydantic wants ValueError)
            return value if not isinstance(value, (int, float)) else parse(str(value))
        return parse(value.strip())

    return _Read(read)


def _number(text: str) -> Decimal:
    if text in SUPPRESSED:
        raise ValueError(
            f'"{text}" marks a suppressed figure; leave the number blank and say so in the evidence'
        )
    try:
        number = Decimal(text.replace(",", "").removesuffix("%").strip())
    except InvalidOperation:
        raise ValueError("A number, such as 1,250 or 71.5") from None
    if not number.is_finite():
        raise ValueError("A number, such as 1,250 or 71.5")
    return number


def _dollars(text: str) -> Decimal:
    try:
        return _number(text.removeprefix("$"))
    except ValueError:
        raise ValueError("An amount in dollars, such as 24.50 or $52,000") from None


def _count(text: str) -> int:
    number = _number(text)
    if number < 0 or number != number.to_integral_value():
        raise ValueError("A whole number, such as 4")
    return int(number)


def day_of(text: str) -> date:
    """Return the day that `text` writes, such as 2025-07-01, 7/1/2025 or July 1, 2025.

    Raises:
        ValueError: it is none; the message says what is expected.
    """
    text = text.strip()
    if iso := _ISO.fullmatch(text):
        year, month, day = iso.groups()
    elif us := _US.fullmatch(text):
        month, day, year = us.groups()
    else:
        year, month, day = _in_words(text)
    try:
        return date(_full(year), int(month), int(day))
    except ValueError:
        raise ValueError(f"A date that exists, {_A_DAY}") from None


def _full(year: str) -> int:
    """The year, also where it was written with its last two digits."""
    return 2000 + int(year) if len(year) == 2 else int(year)  # noqa: PLR2004


def _in_words(text: str) -> tuple[str, str, str]:
    """The year, month and day of "March 24, 2025" or "24 Mar. 2025"."""
    plain = " ".join(text.casefold().split())
    if found := _MONTH_FIRST.fullmatch(plain):
        name, day, year = found.groups()
    elif found := _DAY_FIRST.fullmatch(plain):
        day, name, year = found.groups()
    else:
        raise ValueError(f"A date, {_A_DAY}")
    for number, month in enumerate(_MONTHS, 1):
        if month.startswith(name):
            return year, str(number), day
    raise ValueError(f"A date, {_A_DAY}")


def program_year_of(text: str) -> int:
    """Return the year in which the program year begins that `text` writes as 2025 or 2025-26.

    Raises:
        ValueError: it is none; the message says what is expected.
    """
    found = _PROGRAM_YEAR.fullmatch(text.strip().upper())
    year, end = found.groups() if found else ("", None)
    if not year or (end and int(end) % 100 != (int(year) + 1) % 100):
        raise ValueError("A program year, such as 2025 (July 1, 2025 to June 30, 2026)")
    return int(year)


def yes_or_no(text: str) -> bool:
    """Return True for yes and False for no.

    Raises:
        ValueError: it is neither.
    """
    known = {"yes": True, "y": True, "true": True, "no": False, "n": False, "false": False}
    if text.lower() not in known:
        raise ValueError("yes or no")
    return known[text.lower()]


def _web(text: str) -> str:
    if not re.fullmatch(r"https?://\S+", text):
        raise ValueError("A web address, such as https://www.board.example")
    return text


Identifier = Annotated[
    str,
    _Read(
        lambda value: (
            ""
            if is_blank(value)
            else _expect(_ID, "An id of small letters, digits and hyphens, such as delta-college")(
                str(value)
            )
        )
    ),
]
Text = Annotated[str | None, _optional(str)]
Markdown = Annotated[str | None, _optional(str)]
Choice = Annotated[
    str | None, _optional(_expect(_CHOICE, "One of the choices, in small letters with hyphens"))
]
Number = Annotated[Decimal | None, _optional(_number)]
Dollars = Annotated[Decimal | None, _optional(_dollars)]
Count = Annotated[int | None, _optional(_count)]
Day = Annotated[date | None, _optional(day_of)]
ProgramYear = Annotated[int | None, _optional(program_year_of)]
YesNo = Annotated[bool | None, _optional(yes_or_no)]
Email = Annotated[
    str | None, _optional(_expect(_EMAIL, "An e-mail address, such as plans@board.example"))
]
WebAddress = Annotated[str | None, _optional(_web)]
IndustryCode = Annotated[
    str | None, _optional(_expect(_NAICS, "A NAICS code of two to six digits, such as 62 or 31-33"))
]
OccupationCode = Annotated[str | None, _optional(_expect(_SOC, "A SOC code, such as 29-1141"))]
