"""Days: how many dates have hours, without counting them one by one."""

from bisect import bisect_left
from collections.abc import Mapping
from datetime import date
from itertools import accumulate

from relationkit.calendars._hours import Spans
from relationkit.calendars._zones import skipped

__all__ = ["DayCount"]


class DayCount:
    """The dates with hours of one calendar."""

    def __init__(
        self, zone: str, weekly: Mapping[int, Spans], dates: Mapping[date, Spans]
    ) -> None:
        self._zone, self._weekly, self._dates = zone, weekly, dates
        self._excepted = sorted(dates)
        self._more = [0, *accumulate(map(self._change, self._excepted))]

    def until(self, day: date) -> int:
        """How many there are before *day*, from the first date there is."""
        weeks, rest = divmod(day.toordinal() - 1, 7)
        usual = weeks * len(self._weekly) + sum(one < rest for one in self._weekly)
        return (
            usual
            + self._more[bisect_left(self._excepted, day)]
            - sum(one < day and self._has_hours(one) for one in skipped(self._zone))
        )

    def _change(self, day: date) -> int:
        return bool(self._dates[day]) - (day.weekday() in self._weekly)

    def _has_hours(self, day: date) -> bool:
        return bool(self._dates.get(day, self._weekly.get(day.weekday())))
