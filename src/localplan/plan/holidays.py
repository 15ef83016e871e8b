"""Days on which offices rest: weekends and the holidays of the federal government."""

from datetime import date, timedelta
from functools import cache

_MONDAY, _THURSDAY, _FRIDAY, _SATURDAY, _SUNDAY = 0, 3, 4, 5, 6
_ONE = timedelta(days=1)
_WEEK = timedelta(days=7)


def holiday_on(day: date) -> str:
    """Return the federal holiday that is kept on `day` (5 U.S.C. 6103), blank when none is.

    A holiday on a Saturday is kept on the Friday before, one on a Sunday on the Monday after.
    """
    return _holidays(day.year).get(day, "")


def rest_on(day: date) -> str:
    """Return why offices are closed on `day`, such as "Saturday" or a holiday; blank when open."""
    return f"{day:%A}" if day.weekday() >= _SATURDAY else holiday_on(day)


def workday_until(day: date) -> date:
    """Return `day`, or the last working day before it."""
    while rest_on(day):
        day -= _ONE
    return day


def workday_from(day: date) -> date:
    """Return `day`, or the first working day after it."""
    while rest_on(day):
        day += _ONE
    return day


@cache
def _holidays(year: int) -> dict[date, str]:
    """The holidays of a year by the day on which they are kept."""
    fixed = (
        (1, 1, "New Year's Day"), (6, 19, "Juneteenth"), (7, 4, "Independence Day"),
        (11, 11, "Veterans Day"), (12, 25, "Christmas Day"),
    )  # fmt: skip
    kept = {_kept(date(year, month, day)): name for month, day, name in fixed}
    if date(year, 12, 31).weekday() == _FRIDAY:  # January 1 of the next year is a Saturday
        kept[date(year, 12, 31)] = "New Year's Day"
    return kept | {
        _nth(date(year, 1, 1), _MONDAY, 3): "Birthday of Martin Luther King, Jr.",
        _nth(date(year, 2, 1), _MONDAY, 3): "Washington's Birthday",
        _nth(date(year, 5, 25), _MONDAY, 1): "Memorial Day",
        _nth(date(year, 9, 1), _MONDAY, 1): "Labor Day",
        _nth(date(year, 10, 1), _MONDAY, 2): "Columbus Day",
        _nth(date(year, 11, 1), _THURSDAY, 4): "Thanksgiving Day",
    }


def _kept(day: date) -> date:
    match day.weekday():
        case 5:
            return day - _ONE
        case 6:
            return day + _ONE
        case _:
            return day


def _nth(start: date, weekday: int, count: int) -> date:
    """The `count`-th such weekday on or after `start`."""
    return start + timedelta(days=(weekday - start.weekday()) % 7) + (count - 1) * _WEEK
