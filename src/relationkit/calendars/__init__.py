"""Calendars: when business is open, and how much open time lies between instants.

An instant is open if the clock on the wall, where the calendar is, then shows a
time within the hours of its date.  That one sentence settles the nights on which
clocks change: an hour that is skipped never is, one that is repeated counts
twice, and a date that a place skipped has no hours.

Answers are exact to the microsecond, and take as long for ten years as for a
day.
"""

from relationkit.calendars._algebra import CalendarMismatchError
from relationkit.calendars._calendar import BusinessCalendar
from relationkit.calendars._hours import (
    DateException,
    Hours,
    Interval,
    Weekday,
    shifts,
    time_of_day,
)
from relationkit.calendars._instants import NoOpenTimeError, OutOfRangeError
from relationkit.calendars._making import always, weekdays

__all__ = [
    "BusinessCalendar",
    "CalendarMismatchError",
    "DateException",
    "Hours",
    "Interval",
    "NoOpenTimeError",
    "OutOfRangeError",
    "Weekday",
    "always",
    "shifts",
    "time_of_day",
    "weekdays",
]
