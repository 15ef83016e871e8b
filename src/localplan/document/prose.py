"""Small pure functions that turn facts into words: lists, counts, dates, amounts."""

import re
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from decimal import Decimal

from localplan.plan.values import day_of

_WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_TEENS = (
    "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen",
    "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_OF = re.compile(
    r"(?:City|County|Town|Township|Village|Parish|Borough|State|Office|Department|Division|Bureau"
    r"|Board|Commission|Council) (?:of|for|on) "
)
_STOPS = (".", "!", "?", ":", ";")


def with_noun(name: str, noun: str) -> str:
    """Return a name with what it names: `Patient care pathway`, without saying that twice."""
    return name if noun in name.lower() else f"{name} {noun}"


def place(name: str) -> str:
    """Return a place or an office as it is said in a sentence: `the City of Mill Bend`."""
    return f"the {name}" if _OF.match(name) else name


def listing(items: Iterable[str], last: str = "and") -> str:
    """Return items as they are said: `A`, `A and B`, `A, B and C`.

    Where one of the last two holds an "and", a comma stands before the last one, and items that
    hold commas get semicolons, so that a reader sees where each begins.
    """
    said = [item for item in items if item]
    if len(said) < 2:  # noqa: PLR2004
        return "".join(said)
    if any(", " in item for item in said):
        return f"{'; '.join(said[:-1])}; {last} {said[-1]}"
    pause = "," if any(f" {last} " in item for item in said[-2:]) else ""
    return f"{', '.join(said[:-1])}{pause} {last} {said[-1]}"


def number_word(count: int) -> str:
    """Return a count as it is written in a sentence: words below ten, then figures."""
    return _WORDS[count] if 0 <= count < len(_WORDS) else f"{count:,}"


def counted(count: int, one: str, many: str = "") -> str:
    """Return a count with its noun: `no partners`, `one partner`, `14 partners`."""
    return f"{number_word(count)} {one if count == 1 else many or one + 's'}"


def sentence_start(text: str) -> str:
    """Return `text` as a sentence begins: a capital, and a number below 100 in words."""
    first, space, rest = text.partition(" ")
    if first.isdecimal() and len(first) < 3:  # noqa: PLR2004
        text = spelled(int(first)) + space + rest
    return text[:1].upper() + text[1:]


def spelled(count: int) -> str:
    """Return a count below 100 in words: `twenty-one`."""
    if count < len(_WORDS):
        return _WORDS[count]
    if count < 20:  # noqa: PLR2004
        return _TEENS[count - 10]
    tens, ones = divmod(count, 10)
    return _TENS[tens - 2] + (f"-{_WORDS[ones]}" if ones else "")


def in_sentence(text: str, common: Collection[str] | None = None) -> str:
    """Return a label as it is said within a sentence: `Adult education` becomes `adult education`.

    Words written with capitals inside, such as SNAP or LVN, keep them. With `common` words given
    (see `common_words`), only these lose their capital, so that English or Delta keep theirs.
    """
    first = re.split(r"[^A-Za-z]", text, maxsplit=1)[0]
    if not first or (len(first) > 1 and not first[1:].islower()):
        return text
    if common is not None and first.lower() not in common:
        return text
    return text[0].lower() + text[1:]


def as_worker(occupation: str) -> str:
    """Return the occupation as it is said behind "work as": `a nursing assistant`, `nurses`."""
    parts = re.split(r", | and | of | or |[(/]", occupation)
    if any(re.search(r"[^s]s\s*$", part) for part in parts):
        return occupation
    return f"{'an' if _begins_with_vowel(occupation) else 'a'} {occupation}"


def _begins_with_vowel(text: str) -> bool:
    """True for the sound: `an HVAC technician`, `a utility worker`."""
    first = re.split(r"[^A-Za-z]", text, maxsplit=1)[0]
    if len(first) > 1 and first.isupper():
        return first[0] in "AEFHILMNORSX"
    return bool(re.match(r"(?!uni|uti|use|eu|one)[aeiou]", first.lower()))


def common_words(texts: Iterable[str]) -> frozenset[str]:
    """Return the words that `texts` write with a small first letter: no proper names."""
    written = " ".join({word for text in texts if " " in text for word in text.split()})
    words = written.replace("/", " ").replace("-", " ").split()
    return frozenset(word.strip(".,;:()\"'") for word in words if word[:1].islower())


def stopped(text: str) -> str:
    """Return `text` as a sentence that ends in a full stop, without doubling one."""
    ended = text.rstrip()
    return ended if not ended or ended.endswith(_STOPS[:3]) else ended.rstrip(":;,") + "."


def plain_end(text: str) -> str:
    """Return `text` without a full stop at its end, for use inside a sentence."""
    return text.rstrip().rstrip(".")


def is_are(count: int) -> str:
    """Return the verb that agrees with a count."""
    return "is" if count == 1 else "are"


def verb(count: int, one: str, many: str) -> str:
    """Return the form of a verb that agrees with a count."""
    return one if count == 1 else many


def day(when: date | None) -> str:
    """Return a date as it is printed: `July 1, 2025`."""
    return f"{when:%B} {when.day}, {when.year}" if when else ""


def day_said(text: str) -> str:
    """Return the day that `text` writes, in words; the text itself where it is no day."""
    try:
        return day(day_of(text))
    except ValueError:
        return text


def span(first: date | None, last: date | None) -> str:
    """Return a period as it is printed: `July 1, 2025 to June 30, 2029`."""
    if first and last:
        return f"{day(first)} to {day(last)}"
    return f"from {day(first)}" if first else f"until {day(last)}" if last else ""


def modification_called(number: str) -> str:
    """Return what a modification is called: `1` is Modification 1, `Amendment 2` is as it says."""
    return number if re.search("[A-Za-z]{3}", number) else f"Modification {number}".strip()


def number(value: Decimal | int | None) -> str:
    """Return a number as typed, with thousands set apart: `1,250`, `71.5`."""
    return f"{value:,}" if value is not None else ""


def dollars(value: Decimal | None) -> str:
    """Return an amount: `$24.50` below a thousand, `$52,000` above when there are no cents."""
    if value is None:
        return ""
    whole = value == value.to_integral_value()
    return f"${value:,.0f}" if whole and abs(value) >= 1000 else f"${value:,.2f}"  # noqa: PLR2004


def yes_no(value: bool | None) -> str:  # noqa: FBT001 (it is the answer itself)
    """Return an answer of yes or no as it is printed; blank when there is none."""
    return "" if value is None else "Yes" if value else "No"


def in_unit(value: Decimal | None, unit: str) -> str:
    """Return a number with its unit: `71.5%`, `$8,200`, `340 people`."""
    if value is None:
        return ""
    match unit.strip().lower():
        case "percent" | "%" | "percentage":
            return f"{number(value)}%"
        case "dollars" | "$" | "usd" | "dollar":
            return dollars(value)
        case "" | "number" | "count":
            return number(value)
        case other:
            one = abs(value) == 1 and other.endswith("s") and not other.endswith("ss")
            return f"{number(value)} {unit.strip()[:-1] if one else unit.strip()}"


def wage_range(wages: Iterable[Decimal]) -> str:
    """Return hourly wages as a range: `$19.80 to $61.10 an hour`; blank for none."""
    known = sorted(wages)
    if not known:
        return ""
    low, high = dollars(known[0]), dollars(known[-1])
    return f"{low} an hour" if low == high else f"{low} to {high} an hour"


def wages_of(wages: str) -> str:
    """Return a range of wages with its noun: `median wages of $19.80 to $61.10 an hour`."""
    return f"median wages of {wages}" if " to " in wages else f"a median wage of {wages}"


def words_of(code: str, labels: Mapping[str, str]) -> str:
    """Return the label of a code; an unknown code is read as words."""
    return labels.get(code) or code.replace("-", " ").replace("_", " ")


def program_year(year: int | None) -> str:
    """Return a program year as it is printed in a table: `PY 2025`."""
    return f"PY {year}" if year else ""


def program_years(first: int | None, count: int | None) -> str:
    """Return the years a plan covers: `Program Years 2025 to 2028`."""
    if not first:
        return ""
    if not count or count == 1:
        return f"Program Year {first}"
    return f"Program Years {first} to {first + count - 1}"
