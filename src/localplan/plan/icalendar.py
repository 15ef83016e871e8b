"""A calendar as an .ics file (RFC 5545) that Outlook, Google and others can open."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from hashlib import blake2b

from localplan.plan.calendar import Step

_LONGEST = 75
"""Octets in a line, RFC 5545 section 3.1."""


def icalendar_of(steps: Iterable[Step], *, name: str, today: date) -> str:
    """Return `steps` as all-day events of a calendar called `name`, made on `today`."""
    lines = [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//localplan//local plan calendar//EN",
        "CALSCALE:GREGORIAN", "METHOD:PUBLISH", f"X-WR-CALNAME:{_escaped(name)}",
    ]  # fmt: skip
    for step in steps:
        lines += _event(step, name, today)
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line))


def _event(step: Step, name: str, today: date) -> list[str]:
    digest = blake2b(f"{name}/{step.key}".encode(), digest_size=8).hexdigest()
    says = " ".join(part for part in (f"{step.behind}: {step.rule}", step.caution) if part)
    return [
        "BEGIN:VEVENT",
        f"UID:{digest}@localplan",
        f"DTSTAMP:{today:%Y%m%d}T000000Z",
        f"DTSTART;VALUE=DATE:{step.day:%Y%m%d}",
        f"DTEND;VALUE=DATE:{step.day + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{_escaped(step.what)}",
        f"DESCRIPTION:{_escaped(says)}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def _escaped(text: str) -> str:
    for sign in ("\\", ";", ","):
        text = text.replace(sign, f"\\{sign}")
    return "\\n".join(text.splitlines())


def _folded(line: str) -> Iterator[str]:
    """The line in parts of at most 75 octets, never cut inside a letter."""
    part, room = "", _LONGEST
    for letter in line:
        size = len(letter.encode())
        if size > room:
            yield part
            part, room = " ", _LONGEST - 1
        part += letter
        room -= size
    yield part
