"""The plan's pictures: the map of a pathway, and wages along the pathways at a glance."""

from collections.abc import Sequence
from dataclasses import dataclass

from localplan.document import prose
from localplan.document.blocks import Figure
from localplan.document.maps import fonts
from localplan.document.maps.drawing import (
    BLUE,
    GREEN,
    GREY,
    OCHRE,
    PALE_BLUE,
    PALE_GREEN,
    Line,
    arrow,
    box,
    height_of,
    lines_of,
    path,
    picture,
    text,
)

_PAGE = 468.0
_TALLEST = 600.0
_LEFT, _MIDDLE, _RIGHT = (1.0, 128.0), (158.0, 160.0), (347.0, 119.5)
_SIZE = 9.5
_TOP = 24.0
_GAP = 9.0
_PAD = 9.0
"""Room above and below the words of a box, together."""
_PAINT_ENTRY = f'rx="3" fill="#FFFFFF" stroke="{OCHRE}" stroke-width="1.3" stroke-dasharray="5 3"'
_PAINT_STEP = f'rx="3" fill="{PALE_BLUE}" stroke="{BLUE}" stroke-width="1.3"'
_PAINT_EXIT = f'rx="12" fill="{PALE_GREEN}" stroke="{GREEN}" stroke-width="1.3"'


@dataclass(frozen=True, slots=True)
class MapBox:
    """One box of a pathway map: what it is called, and smaller lines under it."""

    title: str
    lines: tuple[str, ...] = ()
    after: int = -1
    """For an exit: the place of the step it follows, counted from 0; -1 for the last one."""


@dataclass(frozen=True, slots=True)
class PathwayMap:
    """What a pathway map shows, from left to right."""

    name: str
    entries: tuple[MapBox, ...]
    steps: tuple[MapBox, ...]
    exits: tuple[MapBox, ...]


@dataclass(frozen=True, slots=True)
class WageLadder:
    """The hourly wages at the exits of one pathway, lowest first, with the job at each end."""

    name: str
    wages: tuple[float, ...]


def pathway_figure(shown: PathwayMap, caption: str, label: str, table: str) -> Figure:
    """Return the map of a pathway; `table` says in words where the same facts stand."""
    svg, height = _draw_map(shown)
    width = 6.5 * min(1.0, _TALLEST / height)
    alt = f"Map of {shown.name}, from left to right: {_how_many(shown)}. {table}"
    return Figure(caption=caption, alt=alt, svg=svg, width=width, label=label)


def wages_figure(
    ladders: Sequence[WageLadder], family_wage: float, caption: str, alt: str
) -> Figure:
    """Return one line for each pathway, with a dot at the wage of each of its exits."""
    svg = _draw_wages(ladders, family_wage, caption)
    return Figure(caption=caption, alt=alt, svg=svg, label="figure-wages")


def _how_many(shown: PathwayMap) -> str:
    return prose.listing(
        [
            prose.counted(len(shown.entries), "entry point"),
            prose.counted(len(shown.steps), "step"),
            prose.counted(len(shown.exits), "exit"),
        ]
    )


def _draw_map(shown: PathwayMap) -> tuple[str, float]:
    parts = [
        text(Line(words, 10, heavy=True, color=BLUE), column[0], 12)
        for words, column, boxes in (
            ("Where people join", _LEFT, shown.entries),
            ("What they take and earn", _MIDDLE, shown.steps),
            ("Where it leads", _RIGHT, shown.exits),
        )
        if boxes
    ]
    rows, steps_end = _draw_steps(shown, parts)
    entries_end = _draw_entries(shown, parts, rows)
    height = max(steps_end, entries_end) - _GAP + 2
    return picture((_PAGE, height), f"Map of {shown.name}", parts), height


def _draw_steps(shown: PathwayMap, parts: list[str]) -> tuple[list[float], float]:
    """Draw the steps with their exits beside them; return the middle of each and the end."""
    last = len(shown.steps) - 1
    y = _TOP
    middles: list[float] = []
    below = 0.0
    for place, step in enumerate(shown.steps):
        lines = _inside(step, _MIDDLE[1])
        exits = [
            way for way in shown.exits if (way.after if 0 <= way.after <= last else last) == place
        ]
        stack = [_inside(way, _RIGHT[1]) for way in exits]
        high = height_of(lines) + _PAD
        room = max(high, sum(height_of(each) + _PAD + _GAP for each in stack) - _GAP)
        top = y + (room - high) / 2
        parts.append(box((_MIDDLE[0], top, _MIDDLE[1], high), _PAINT_STEP, lines))
        middle = top + high / 2
        if place:
            across = _MIDDLE[0] + _MIDDLE[1] / 2
            parts.append(arrow(f"M{across:.1f} {below:.1f}V{top - 1:.1f}"))
        _draw_exits(stack, y, middle, parts)
        middles.append(middle)
        below = top + high
        y += room + _GAP + 5
    if not shown.steps:
        y = _draw_exits([_inside(way, _RIGHT[1]) for way in shown.exits], y, 0, parts)
    return middles, y


def _draw_exits(stack: Sequence[list[Line]], y: float, middle: float, parts: list[str]) -> float:
    start = _MIDDLE[0] + _MIDDLE[1]
    for lines in stack:
        high = height_of(lines) + _PAD
        parts.append(box((_RIGHT[0], y, _RIGHT[1], high), _PAINT_EXIT, lines))
        if middle:
            turn = start + 12
            parts.append(
                arrow(f"M{start:.1f} {middle:.1f}H{turn}V{y + high / 2:.1f}H{_RIGHT[0] - 1}")
            )
        y += high + _GAP
    return y


def _draw_entries(shown: PathwayMap, parts: list[str], middles: list[float]) -> float:
    y = _TOP
    spine = _LEFT[0] + _LEFT[1] + 12
    ends: list[float] = []
    for entry in shown.entries:
        lines = _inside(entry, _LEFT[1])
        high = height_of(lines) + _PAD
        parts.append(box((_LEFT[0], y, _LEFT[1], high), _PAINT_ENTRY, lines))
        ends.append(y + high / 2)
        y += high + _GAP
    if ends and middles:
        start = _LEFT[0] + _LEFT[1]
        parts.extend(path(f"M{start:.1f} {end:.1f}H{spine:.1f}") for end in ends)
        low, top = max(*ends, middles[0]), min(*ends, middles[0])
        parts.append(path(f"M{spine:.1f} {top:.1f}V{low:.1f}"))
        parts.append(arrow(f"M{spine:.1f} {middles[0]:.1f}H{_MIDDLE[0] - 1:.1f}"))
    return y


def _inside(shown: MapBox, width: float) -> list[Line]:
    lines = lines_of(shown.title, _SIZE, width - 16, heavy=True)
    for more in shown.lines:
        lines.extend(lines_of(more, _SIZE - 0.5, width - 16, most=2))
    return lines


def _draw_wages(ladders: Sequence[WageLadder], family_wage: float, title: str) -> str:
    left, right = 168.0, _PAGE - 40
    values = [wage for ladder in ladders for wage in ladder.wages]
    values += [family_wage] if family_wage else []
    low, high = min(values), max(values)
    span = (high - low) or 1.0

    def across(wage: float) -> float:
        return left + 22 + (wage - low) / span * (right - left - 22)

    y = 30.0 if family_wage else 8.0
    parts: list[str] = []
    for ladder in ladders:
        name = lines_of(ladder.name, _SIZE, left - 16, heavy=True)
        middle = y + max(height_of(name), 22) / 2
        at = middle - height_of(name) / 2
        for line in name:
            parts.append(text(line, 0.5, at + line.size * 1.02))
            at += line.height
        parts += _ladder(ladder, [across(wage) for wage in ladder.wages], middle)
        y += max(height_of(name), 22) + 8
    if family_wage:
        parts = [*_family_wage(family_wage, across(family_wage), y - 6), *parts]
    return picture((_PAGE, y), title, parts)


def _family_wage(wage: float, x: float, below: float) -> list[str]:
    label = Line(f"Family wage ${wage:,.2f}", 9, color=OCHRE)
    room = fonts.regular().width(label.text, label.size) / 2
    return [
        path(f"M{x:.1f} 18V{below:.1f}", OCHRE, ' stroke-dasharray="4 3"'),
        text(label, min(max(x, room), _PAGE - room), 12, "middle"),
    ]


def _ladder(ladder: WageLadder, places: Sequence[float], middle: float) -> list[str]:
    parts = [path(f"M{places[0]:.1f} {middle:.1f}H{places[-1]:.1f}", BLUE)]
    parts += [f'<circle cx="{x:.1f}" cy="{middle:.1f}" r="4.5" fill="{BLUE}"/>' for x in places]
    free = -99.0
    for x, wage in zip(places, ladder.wages, strict=True):
        label = Line(f"${wage:,.2f}", 9, color=GREY)
        half = fonts.regular().width(label.text, label.size) / 2
        if x - half > free + 4:
            parts.append(text(label, x, middle - 8, "middle", halo=True))
            free = x + half
    return parts
