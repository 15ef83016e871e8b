"""Days on which offices rest: weekends and the holidays of the federal government."""

from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from holidays import HolidayBase

_SATURDAY = 5
_ONE = timedelta(days=1)
_KEPT_ON_ANOTHER_DAY = " (observed)"


def holiday_on(day: date) -> str:
    """Return the federal holiday that is kept on `day` (5 U.S.C. 6103), blank when none is.

    A holiday on a Saturday is kept on the Friday before, one on a Sunday on the Monday after.
    """
    return str(_federal().get(day, "")).removesuffix(_KEPT_ON_ANOTHER_DAY)


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
def _federal() -> "HolidayBase":
    """The holidays of the United States; each year is worked out when a day of it is looked up."""
    from holidays import country_holidays  # noqa: PLC0415 (slow to load)

    return country_holidays("US")
