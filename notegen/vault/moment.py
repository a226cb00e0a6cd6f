"""Dates in the formats of Moment.js, which Obsidian uses for daily notes. Month and day names are English."""

from __future__ import annotations

import datetime as dt
import re

_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_DAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"]
_TOKEN = re.compile(r"\[([^\[\]]*)\]|YYYY|YY|MMMM|MMM|MM|M|dddd|ddd|Do|DD|D|WW|W|ww|w|GGGG|gggg|Q")


def format_date(date: dt.date, fmt: str) -> str:
    """Return `date` in the Moment format `fmt`.

    Known: YYYY YY Q M MM MMM MMMM D DD Do ddd dddd, ISO weeks W WW GGGG, locale weeks w ww gggg (English: a week
    begins on Sunday, the first one holds 1 January) and [literal text]. All else stays as it is, "/" too.
    """
    values = _values(date)
    return _TOKEN.sub(lambda match: match[1] if match[1] is not None else values[match[0]], fmt)


def _values(date: dt.date) -> dict[str, str]:
    iso_year, iso_week, _ = date.isocalendar()
    locale_year, locale_week = _locale_week(date)
    month, day = _MONTHS[date.month - 1], _DAYS[date.isoweekday() % 7]
    return {
        "YYYY": f"{date.year:04}",
        "YY": f"{date.year % 100:02}",
        "Q": str((date.month + 2) // 3),
        "M": str(date.month),
        "MM": f"{date.month:02}",
        "MMM": month[:3],
        "MMMM": month,
        "D": str(date.day),
        "DD": f"{date.day:02}",
        "Do": f"{date.day}{_ordinal_suffix(date.day)}",
        "ddd": day[:3],
        "dddd": day,
        "W": str(iso_week),
        "WW": f"{iso_week:02}",
        "GGGG": f"{iso_year:04}",
        "w": str(locale_week),
        "ww": f"{locale_week:02}",
        "gggg": f"{locale_year:04}",
    }


def _locale_week(date: dt.date) -> tuple[int, int]:
    """The week belongs to the year of its Saturday."""
    saturday = date.toordinal() + 6 - date.isoweekday() % 7
    year = date.year + (saturday > dt.date(date.year, 12, 31).toordinal())
    days_of_year = saturday - dt.date(date.year, 1, 1).toordinal() if year == date.year else 0
    return year, days_of_year // 7 + 1


def _ordinal_suffix(day: int) -> str:
    return "th" if day in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
