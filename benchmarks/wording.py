"""Plausible sentences about workforce services, the same for the same seed."""

from random import Random

_WHO = (
    "The Board", "The adult school", "The college", "The one-stop operator", "The navigator",
    "The county library", "The sector partnership", "Each partner", "The youth provider",
    "The planning committee", "The rehabilitation office", "The housing agency",
)  # fmt: skip
_DOES = (
    "reviews", "pays for", "schedules", "publishes", "co-enrolls people in", "refers people to",
    "keeps a shared record of", "agrees each spring on", "staffs", "reports quarterly on",
    "tests with employers", "compares with the year before",
)  # fmt: skip
_WHAT = (
    "the bridge course in applied mathematics", "the evening cohort for working parents",
    "work experience with local manufacturers", "transportation help for rural participants",
    "stackable certificates in patient care", "the common intake and its consent form",
    "apprenticeship readiness training", "openings that pay above the family wage",
    "advising for people who left school", "child care during class hours",
    "credit for prior learning", "services at the affiliate centers",
)  # fmt: skip
_WHY = (
    "so that nobody has to tell the same story twice", "before each program year begins",
    "because employers asked for shorter training", "when the labor market data change",
    "and shares what it learns with the partners", "under the memorandum of understanding",
    "until a person has kept the job for a year", "with the State's guidance in hand",
    "in the four towns that have no center", "as the regional plan describes",
)  # fmt: skip
_HEADS = ("Service", "Where it is offered", "Who pays", "People a year", "Result last year")
_LINK = "[the published review](https://example.org/review-{})"


def sentence(random: Random) -> str:
    """Return one sentence of about eighteen words."""
    start = f"{random.choice(_WHO)} {random.choice(_DOES)} {random.choice(_WHAT)}"
    return f"{start}, {random.choice(_WHY)}." if random.random() < 0.7 else f"{start}."  # noqa: PLR2004


def phrase(random: Random) -> str:
    """Return a short phrase for a cell or a list."""
    return random.choice(_WHAT)


def paragraph(random: Random, words: int) -> str:
    """Return a paragraph of at least `words`; a quarter of them hold bold, italic or a link."""
    said: list[str] = []
    while sum(len(one.split()) for one in said) < words:
        said.append(sentence(random))
    marked = random.randrange(12)
    if marked == 0:
        said[0] = f"**{said[0]}**"
    elif marked == 1:
        said[-1] = f"*{said[-1]}*"
    elif marked == 2:  # noqa: PLR2004
        said.append(f"See {_LINK.format(random.randrange(1000))}.")
    return " ".join(said)


def bullets(random: Random, count: int) -> str:
    """Return a list of `count` items."""
    return "\n".join(f"- {sentence(random)}" for _ in range(count))


def table(random: Random, rows: int) -> str:
    """Return a Markdown table of five columns."""
    lines = [f"| {' | '.join(_HEADS)} |", f"|{'---|' * len(_HEADS)}"]
    for _ in range(rows):
        cells = [phrase(random), "Both areas", "WIOA title I", str(random.randrange(900)), "Met"]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def answer(random: Random, words: int, *, with_table: bool) -> str:
    """Return a long answer of about `words`: paragraphs, often a list, sometimes a table."""
    parts = [table(random, 8)] if with_table else []
    if random.random() < 0.4:  # noqa: PLR2004
        parts.append(bullets(random, 4))
    while sum(len(part.split()) for part in parts) < words:
        parts.insert(0, paragraph(random, min(words, 70)))
    text = "\n\n".join(parts)
    return _wrapped(text) if random.random() < 0.3 and not with_table else text  # noqa: PLR2004


def _wrapped(text: str) -> str:
    """The text with lines broken as an editor breaks them; a list stays as it is."""
    return "\n\n".join(
        part if part.startswith("- ") else _broken(part) for part in text.split("\n\n")
    )


def _broken(part: str) -> str:
    lines = [""]
    for word in part.split(" "):
        if len(lines[-1]) + len(word) > 90:  # noqa: PLR2004
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return "\n".join(lines)
