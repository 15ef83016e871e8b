"""Figures that have grown old or were altered, and numbers in texts that nothing carries."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Literal, TypeAlias, get_args

from localplan.plan.checks.findings import Finding
from localplan.plan.file.figures import TakenFigure, in_use
from localplan.plan.progress import Progress
from localplan.plan.series import end_of, months_after
from localplan.plan.tree import get, records
from localplan.yamltext import Tree

Sort: TypeAlias = Literal["percent", "money", "count"]
_SORTS: tuple[Sort, ...] = get_args(Sort)

_NAMED = 2
"""How many figures of one import are named before the rest is counted."""
_AROUND = 36
"""Characters of the sentence that are quoted on each side of a number."""
_SENTENCE = 300
"""Characters before a number in which its sentence begins."""
_SENTENCE_END = re.compile(r"[.;!?]\s|\n\s*\n")
_DIGITS = re.compile(r"\d+")
_COUNTS_FROM = 100
_FIRST_YEAR, _LAST_YEAR = 1900, 2099
_NEAR = Decimal("0.05")
"""How far a rounded number may be from the figure behind it: "about 18,000" for 18,450."""
_NUMBERS = {"number", "percent", "dollars", "count"}
_AGREED = {"providers.*.benchmarks"}
"""Texts whose numbers are agreed upon, not found out."""
_LIMIT = re.compile(
    r"(?i)\b(?:limit(?:ed|s)?|up to|(?:no|not) more than|at most|caps?|capped|ceiling|maximum|"
    r"goals?|targets?|threshold|if|unless|changes? above|falls? below)\b"
)
"""A number behind one of these in its sentence is a rule of the board, and no finding.

Tried on the complete example: of fourteen numbers listed without it, ten were limits of accounts
and payments, goals of contracts or conditions, which rest on a decision of the board and on no
source.
"""
_ROUGH = re.compile(r"\b(?:more than|over|about|around|nearly|almost|at least|some|roughly)\s\$?$")
_NOT_SAID = re.compile(
    r"\]\([^)\s]*\)"  # where a link leads
    r"|https?://\S+|www\.\S+|\S+@\S+\.\S+"
    r"|`[^`]*`"
)
_SIGNS_OF_ADDRESSES = ("](", "://", "www.", "@", "`")
_WORDS_BEFORE_A_NAME = (
    r"C\.?F\.?R\.?|U\.?S\.?C\.?|[Ss]ecs?\.|[Ss]ections?|§+|[Pp]arts?|[Tt]itles?|[Cc]hapters?|"
    r"[Pp]ub(?:lic|\.) L(?:aw|\.)|[Ff]orms?|ETA|TEGL|TEN|WSD|WSIN|AB|SB|H\.R\.|E\.?O\.?|[Oo]rder|"
    r"[Dd]irectives?|[Gg]uidance|[Bb]ulletin|[Rr]esolution|[Oo]rdinance|[Pp]olicy|NAICS|SOC|CIP|"
    r"FIPS|ZIP|[Ss]uite|[Rr]oom|[Bb]uilding|[Hh]ighway|[Ii]nterstate|[Rr]oute|Hwy\.?|Local|Lodge|"
    r"[Mm]easure|[Pp]roposition|[Gg]rades?|[Ll]evels?|[Pp]age|[Tt]able|[Ff]igure|[Aa]ppendix|"
    r"[Aa]ttachment|[Nn]o\.|[Nn]umber|#|[Ee]xt\.|[Dd]ial|[Cc]all|ISO|OSHA|Section|Rule|Act of|"
    r"[Pp]rogram [Yy]ears?|PY|[Ff]iscal [Yy]ears?|FY|[Cc]lass of|[Aa]greement|[Cc]ontract"
)
_NAMES = re.compile(
    rf"(?<![A-Za-z])(?:{_WORDS_BEFORE_A_NAME})\s*[-#]?\s*\d[\w.()/-]*"
    r"(?:(?:,| and| or| to|,? and)\s+\d[\w.()/-]*(?![\w%]|\s*percent))*"
    r"|\b\d+\s+(?:CFR|U\.?S\.?C\.?)\s*(?:§+|[Pp]arts?)?\s*\d[\w.()-]*"
    r"|\b\d{2}-\d{4}(?:\.\d{2})?\b|\b\d{2}\.\d{4}\b"  # SOC and CIP
    r"|\(?\b\d{3}\)?[ .-]\d{3}[ .-]\d{4}\b|\b\d{3}-\d{4}\b"  # phones
    r"|\b(?:211|311|411|511|711|811|911|988|2-1-1|9-1-1|9-8-8)\b"
    r"|\b\d{4}-\d{2}-\d{2}\b|\b\d{1,2}/\d{1,2}/\d{2,4}\b"
    r"|\b(?:19|20)\d{2}\s*(?:-|\u2013|/|to)\s*(?:(?:19|20)?\d{2})\b(?!,)"  # spans of years
    r"|\b[A-Z]{1,5}-?\d[\w-]*\b"  # codes such as I-9, WIOA-22
    r"|\b\d[\d,]*\s+(?:[NSEW]\.?\s+)?(?:[A-Z]\w+\s+){1,3}"
    r"(?:Street|St|Avenue|Ave|Road|Rd|Boulevard|Blvd|Drive|Dr|Lane|Way|Highway|Parkway|Place)\b\.?"
    r"|\b[A-Z]{2} \d{5}(?:-\d{4})?\b"
    r"|(?<=[a-z,] )[A-Z][a-z]+ \d{3}\b"  # a course, such as Health 101
    r"(?=[.,](?!\d)|[;:)]|\s+(?:for|and|or|at|in|is|to|with|on)\b)"
)
"""Numbers that name something and count nothing: law, codes, dates, phones, addresses, grades."""
_BESIDE = 60
"""Characters on each side of digits in which a name with them stands.

To look for names all over the complete example took four times as long.
"""
_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_FIGURE = re.compile(
    rf"(?P<money>\$\s?)?(?P<number>{_NUMBER})"
    r"(?P<scale>\s(?:thousand|million|billion)\b)?"
    r"(?P<percent>\s?%|[\s-](?:percent|per cent|percentage points?)\b)?"
    r"(?P<dollars>\s(?:dollars|cents)\b)?"
    r"(?P<rate>\s(?:(?:in|out of)\s(?:every\s)?|per\s)\d[\d,]*\b(?!\s(?:days|weeks|months|years)))?"
)
_TIME = re.compile(r"[\s-](?:minutes?|hours?|days?|weeks?|months?|years?)\b")
_SHARED = re.compile(rf"({_NUMBER})(?=\s(?:to|and|or)\s\$?(?:{_NUMBER})\s?(?:percent|%))")
"""The first of two numbers that share one "percent"."""
_SMALL = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_IN_WORDS = re.compile(
    rf"\b(?:(?P<tens>{'|'.join(_TENS)})(?:[ -](?P<ones>{'|'.join(_SMALL[:9])}))?"
    rf"|(?P<small>{'|'.join(_SMALL)}))\s+percent\b",
    re.IGNORECASE,
)
_SCALES = {"thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}


@dataclass(frozen=True, slots=True)
class Said:
    """A number in a text, as it stands there."""

    text: str
    value: Decimal
    sort: Sort
    around: str
    """The words it stands in."""
    is_rough: bool
    """Whether the text says "about" or "more than"."""


def stale_figures(figures: Sequence[TakenFigure], tree: Tree, today: date) -> Iterator[Finding]:
    """Yield a warning for each import of which newer figures should be there by now."""
    old: dict[str, list[tuple[str, TakenFigure]]] = {}
    for path, figure in in_use(figures, tree).items():
        origin = figure.origin
        end = end_of(origin.period)
        if end and origin.shelf_life and months_after(end, origin.shelf_life) < today:
            old.setdefault(origin.id, []).append((path, figure))
    for group in old.values():
        path, first = group[0]
        origin = first.origin
        names = [*dict.fromkeys(figure.measure for _, figure in group)]
        more = len(names) - _NAMED
        told = ", ".join(names[:_NAMED]) + (f" and {more} more" if more > 0 else "")
        when = f" They come out {origin.next_when}." if origin.next_when else ""
        yield Finding(
            "stale-figures", "warning", path,
            f"{told[:1].upper()}{told[1:]} of {origin.area.name} ({origin.name}) are of "
            f"{origin.period}. Newer figures should be there since "
            f"{months_after(_end(origin.period), origin.shelf_life):%B %Y}.{when} "
            f"Look at {origin.next_where or origin.address}, and import them, or say why these "
            "stand.",
        )  # fmt: skip


def altered_figures(figures: Sequence[TakenFigure], tree: Tree) -> Iterator[Finding]:
    """Yield a warning for each answer that says another number than its evidence from a file."""
    used = in_use(figures, tree)
    newest = {
        path: figure
        for figure in sorted(figures, key=lambda each: _end(each.origin.period))
        for path in figure.answers
    }
    for path, figure in newest.items():
        value = get(tree, path)
        names_it = get(tree, f"{path.rpartition('.')[0]}.evidence") == figure.record
        if path in used or not value or not names_it:
            continue
        origin = figure.origin
        yield Finding(
            "figure-not-as-imported", "warning", path,
            f"This says {value}, and the evidence behind it says {figure.answers[path]} "
            f"({origin.name}, {origin.period}). Put the figure back, or name where the other one "
            "is from.",
            f"evidence.{figure.record}",
        )  # fmt: skip


def uncarried_numbers(
    progress: Progress, tree: Tree, figures: Sequence[TakenFigure]
) -> Iterator[Finding]:
    """Yield a note for each number in a long text that no evidence and no answer in figures has."""
    carried = _Carried(progress, tree, figures)
    for path, text in _texts(progress, tree):
        seen: set[str] = set()
        for number in numbers_in(text):
            if number.text in seen or carried.has(number):
                continue
            seen.add(number.text)
            yield Finding(
                "number-without-evidence", "note", path,
                f'"{number.text}" in "{number.around}" stands under no evidence. Add the figure '
                "with its source, or take the number out.",
                what=number.text,
            )  # fmt: skip


@lru_cache(maxsize=1024)
def numbers_in(text: str) -> tuple[Said, ...]:
    """Return the percents, amounts of money, rates and counts over 99 that `text` says.

    Dates, grades, citations, codes, phones, addresses and numbers of sections are none.
    """
    in_digits = _numbers_in(text) if _DIGITS.search(text) else ()
    return (*in_digits, *_percents_in_words(text))


def _numbers_in(text: str) -> Iterator[Said]:
    bare = text
    if any(sign in text for sign in _SIGNS_OF_ADDRESSES):
        bare = _NOT_SAID.sub(lambda found: " " * len(found[0]), text)
    bare = _without_names(bare)
    for found in _FIGURE.finditer(bare):
        if _is_part_of_a_word(bare, found.start(), found.end()):
            continue
        value = Decimal(found["number"].replace(",", ""))
        value *= _SCALES.get((found["scale"] or "").strip(), 1)
        sort = _sort(found, bare)
        if sort == "count" and not found["rate"] and not _counts(found, value):
            continue
        if _LIMIT.search(_sentence_before(bare, found.start())):
            continue
        words = _around(text, found)
        yield Said(" ".join(found[0].split()), value, sort, words, _is_rough(bare, found.start()))


def _percents_in_words(text: str) -> Iterator[Said]:
    """Percents that are written out, such as "sixty-two percent"."""
    for found in _IN_WORDS.finditer(text) if "percent" in text else ():
        if _LIMIT.search(_sentence_before(text, found.start())):
            continue
        small = (found["small"] or found["ones"] or "").lower()
        value = _SMALL.index(small) + 1 if small else 0
        if found["tens"]:
            value += 10 * (_TENS.index(found["tens"].lower()) + 2)
        words = _around(text, found)
        rough = _is_rough(text, found.start())
        yield Said(" ".join(found[0].split()), Decimal(value), "percent", words, rough)


def _around(text: str, found: re.Match[str]) -> str:
    """The words that a number stands in, without the lines of a table."""
    around = text[max(found.start() - _AROUND, 0) : found.end() + _AROUND]
    return " ".join(around.replace("|", " ").split())


def _sentence_before(text: str, begin: int) -> str:
    """What the sentence of a number says before it."""
    return _SENTENCE_END.split(text[max(begin - _SENTENCE, 0) : begin])[-1]


def _is_rough(text: str, begin: int) -> bool:
    return bool(_ROUGH.search(text[max(begin - _AROUND, 0) : begin]))


def _without_names(text: str) -> str:
    """The text with blanks in place of numbers that name something."""
    pieces: list[str] = []
    at = 0
    for begin, end in _beside_digits(text):
        pieces.append(text[at:begin])
        pieces.append(_NAMES.sub(lambda found: _blanked(found[0]), text[begin:end]))
        at = end
    return "".join([*pieces, text[at:]])


def _beside_digits(text: str) -> Iterator[tuple[int, int]]:
    """The parts of a text with digits in them, wide enough for names."""
    begin = end = 0
    for found in _DIGITS.finditer(text):
        if found.start() - _BESIDE > end:
            if end:
                yield begin, end
            begin = found.start() - _BESIDE
        end = found.end() + _BESIDE
    if end:
        yield begin, min(end, len(text))


def _blanked(name: str) -> str:
    """A name without its digits; an amount of money or a percent in it is left."""
    return name if re.search(r"[$%]", name) else " " * len(name)


def _is_part_of_a_word(text: str, begin: int, end: int) -> bool:
    before = text[begin - 1] if begin else " "
    after = text[end] if end < len(text) else " "
    return before.isalnum() or before in "/.#" or after.isalpha() or after == "/"


def _sort(found: re.Match[str], text: str) -> Sort:
    if found["money"] or found["dollars"]:
        return "money"
    if found["percent"] or _SHARED.match(text, found.start("number")):
        return "percent"
    return "count"


def _counts(found: re.Match[str], value: Decimal) -> bool:
    """Whether a bare number is a count over 99, and no year or length of time."""
    if value < _COUNTS_FROM or _TIME.match(found.string, found.end()):
        return False
    is_year = value == value.to_integral_value() and _FIRST_YEAR <= value <= _LAST_YEAR
    return not (is_year and "," not in found["number"] and not found["scale"])


def _texts(progress: Progress, tree: Tree) -> Iterator[tuple[str, str]]:
    """The long texts of the plan, by their paths; texts of its own in place of ours too."""
    for item in progress.items():
        asked = item.question
        value = get(tree, item.path) if asked.kind == "text" else None
        if isinstance(value, str) and asked.fills not in _AGREED:
            yield item.path, value
    passages = tree.get("passages")
    for name in passages if isinstance(passages, dict) else ():
        value = get(tree, f"passages.{name}.text")
        if isinstance(value, str):
            yield f"passages.{name}.text", value


class _Carried:
    """The numbers that evidence has, and answers that are numbers themselves."""

    def __init__(self, progress: Progress, tree: Tree, figures: Iterable[TakenFigure]) -> None:
        self.values: dict[Sort, set[Decimal]] = {sort: set() for sort in _SORTS}
        sums: dict[tuple[str, Sort], Decimal] = {}
        for path in records(tree, "evidence"):
            self._take_evidence(tree, path)
        for item in progress.items():
            if item.question.kind not in _NUMBERS:
                continue
            value = _decimal(get(tree, item.path))
            unit = get(tree, f"{item.path.rpartition('.')[0]}.unit") or ""
            if value is None:
                continue
            for sort in _sorts_of(item.question.kind, str(unit)):
                self.values[sort].add(value)
                same = (f"{item.question.fills} {unit}", sort)
                sums[same] = sums.get(same, Decimal(0)) + value
        for (_, sort), total in sums.items():
            # A text may add up what the records say, such as the openings of all sectors.
            self.values[sort].add(total)
        for figure in in_use(figures, tree).values():
            if figure.figure.value is not None:
                for sort in _sorts_of("number", figure.unit):
                    self.values[sort].add(figure.figure.value)
        self.in_order = {sort: sorted(values) for sort, values in self.values.items()}

    def _take_evidence(self, tree: Tree, path: str) -> None:
        unit = str(get(tree, f"{path}.unit") or "")
        for key in ("measure", "value", "period", "source"):
            text = str(get(tree, f"{path}.{key}") or "")
            for found in _FIGURE.finditer(text):
                value = Decimal(found["number"].replace(",", ""))
                value *= _SCALES.get((found["scale"] or "").strip(), 1)
                sort = _sort(found, text)
                sorts = (sort,) if sort != "count" else _sorts_of("number", unit)
                for each in sorts:
                    self.values[each].add(value)

    def has(self, number: Said) -> bool:
        """Whether the number is one of them, or one of them rounded."""
        if number.value in self.values[number.sort]:
            return True
        near = self._near(number)
        exponent = number.value.normalize().as_tuple().exponent
        places = -exponent if isinstance(exponent, int) else 0
        return any(number.is_rough or round(each, places) == number.value for each in near)

    def _near(self, number: Said) -> Sequence[Decimal]:
        values = self.in_order[number.sort]
        reach = _NEAR * number.value
        first = bisect_left(values, number.value - reach)
        return values[first : bisect_right(values, number.value + reach)]


def _sorts_of(kind: str, unit: str) -> tuple[Sort, ...]:
    """What a number of such a kind and unit may be called in a text; all where nothing says it."""
    unit = unit.casefold()
    if kind == "percent" or "percent" in unit or "%" in unit:
        return ("percent",)
    if kind == "dollars" or "dollar" in unit or "$" in unit:
        return ("money",)
    return ("count",) if unit or kind == "count" else _SORTS


def _decimal(value: object) -> Decimal | None:
    if not isinstance(value, str):
        return None
    try:
        return Decimal(re.sub(r"[$,%\s]", "", value))
    except InvalidOperation:
        return None


def _end(period: str) -> date:
    return end_of(period) or date.max
