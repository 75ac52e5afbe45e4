"""Tables: open time added up beforehand, so that no question counts days.

On the clock on the wall, weekly hours repeat, and so the open time before any
reading is a number of weeks and a look into one of them.  Instants are readings
less an offset.  A table has a piece for each stretch of one offset between two
dates with exceptions, and one for each of these; within a piece, open time is
that of its pattern.  Everything is whole microseconds.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from relationkit.calendars._hours import DAY, Spans
from relationkit.calendars._zones import Stretch

__all__ = ["Pattern", "Table", "table_of"]

WEEK = 7 * DAY
MONDAY = 3 * DAY
"""How long before 1970-01-01, a Thursday, its week began."""


class Pattern:
    """Hours that repeat every week.

    Readings are microseconds since a Monday, 00:00.

    Attributes:
        starts: When it opens; the first is at 0, and of no length.
        lengths: For how long.
        before: The open time of the week before each.
        total: That of the whole week.
    """

    __slots__ = ("before", "lengths", "starts", "total")

    def __init__(self, days: Mapping[int, Spans]) -> None:
        self.starts, self.lengths, self.before = [0], [0], [0]
        self.total = 0
        for day, spans in sorted(days.items()):
            for start, end in spans:
                self._add(day * DAY + start, end - start)

    def _add(self, start: int, length: int) -> None:
        if start == self.starts[-1] + self.lengths[-1]:
            self.lengths[-1] += length
        else:
            self.starts.append(start)
            self.lengths.append(length)
            self.before.append(self.total)
        self.total += length

    def until(self, reading: int) -> int:
        """The open time before *reading*; less than none before the first week."""
        weeks, at = divmod(reading, WEEK)
        place = bisect_right(self.starts, at) - 1
        spent = at - self.starts[place]
        length = self.lengths[place]
        return weeks * self.total + self.before[place] + (min(length, spent))

    def first(self, spent: int) -> int:
        """The first reading before which there is as much open time as *spent*."""
        weeks, rest = divmod(spent - 1, self.total)
        place = bisect_left(self.before, rest + 1) - 1
        return weeks * WEEK + self.starts[place] + rest + 1 - self.before[place]

    def last(self, spent: int) -> int:
        """The last such reading."""
        weeks, rest = divmod(spent, self.total)
        place = bisect_right(self.before, rest) - 1
        return weeks * WEEK + self.starts[place] + rest - self.before[place]

    def closes(self, reading: int) -> int:
        """When the interval ends in which *reading* falls; itself if in none."""
        weeks, at = divmod(reading, WEEK)
        place = bisect_right(self.starts, at) - 1
        end = self.starts[place] + self.lengths[place]
        return weeks * WEEK + end if at < end else reading


class Table:
    """The open time of a calendar, between two instants.

    Instants are microseconds since 1970 in UTC.

    Attributes:
        start: From when on.
        end: Until when.
        total: The open time between.
    """

    __slots__ = (
        "_before",
        "_flat",
        "_more",
        "_patterns",
        "_shifts",
        "_starts",
        "end",
        "start",
        "total",
    )

    def __init__(
        self,
        stretches: Sequence[Stretch],
        end: int,
        weekly: Pattern,
        dates: Mapping[int, Pattern],
    ) -> None:
        self.start, self.end, self.total = stretches[0][0], end, 0
        self._starts: list[int] = []
        self._shifts: list[int] = []
        self._patterns: list[Pattern] = []
        self._before: list[int] = []
        self._more: list[int] = []
        self._flat: list[tuple[int, int, int, list[int], list[int], list[int]]] = []
        self._fill(_pieces(stretches, end, weekly, dates))

    def _fill(self, pieces: Iterable[tuple[int, int, int, Pattern]]) -> None:
        """Add up the open time before each piece, and how much more than by pattern."""
        for start, end, ahead, pattern in pieces:
            shift = ahead + MONDAY
            self._starts.append(start)
            self._shifts.append(shift)
            self._patterns.append(pattern)
            self._before.append(self.total)
            more = self.total
            if pattern.total:  # most dates with exceptions are closed
                more -= pattern.until(start + shift)
                self.total = more + pattern.until(end + shift)
            self._more.append(more)
            known = (pattern.starts, pattern.lengths, pattern.before)
            self._flat.append((more, shift, pattern.total, *known))

    def until(self, instant: int) -> int:
        """The open time from the start of the table to *instant*."""
        place = bisect_right(self._starts, instant) - 1
        # What Pattern.until(...) does, as calling it would take half as long again.
        more, shift, total, starts, lengths, before = self._flat[place]
        weeks, at = divmod(instant + shift, WEEK)
        within = bisect_right(starts, at) - 1
        spent, length = at - starts[within], lengths[within]
        if spent > length:  # noqa: PLR1730, as min(...) is slower
            spent = length
        return more + weeks * total + before[within] + spent

    def first(self, spent: int) -> int:
        """The first instant by which *spent* has passed, more than none."""
        place = bisect_left(self._before, spent) - 1
        reading = self._patterns[place].first(spent - self._more[place])
        return reading - self._shifts[place]

    def last(self, spent: int) -> int:
        """The last instant by which no more than *spent* has passed, of less than all.

        It is open then.
        """
        place = bisect_right(self._before, spent) - 1
        reading = self._patterns[place].last(spent - self._more[place])
        return reading - self._shifts[place]

    def closes(self, instant: int) -> int:
        """Until when the hours last that hold *instant*; itself if it is closed.

        They may go on in the next week, or in another piece.
        """
        place = bisect_right(self._starts, instant) - 1
        shift = self._shifts[place]
        end = self._starts[place + 1] if place + 1 < len(self._starts) else self.end
        return min(self._patterns[place].closes(instant + shift) - shift, end)

    def intervals(self, first: int, last: int) -> Iterator[tuple[int, int]]:
        """When it is open from *first* to *last*; hours that touch are one interval."""
        now = first
        while (spent := self.until(now)) < self.total:
            opens = now = self.last(spent)
            if opens >= last:
                return
            while now < last and (closes := self.closes(now)) > now:
                now = closes
            yield opens, min(now, last)


CLOSED = Pattern({})
FIRST = date(1970, 1, 1).toordinal()


def table_of(
    stretches: Sequence[Stretch],
    end: int,
    weekly: Mapping[int, Spans],
    dates: Mapping[date, Spans],
) -> Table:
    """The table of *weekly* hours, and of *dates* that have hours of their own."""
    patterns = {
        day.toordinal() - FIRST: Pattern({day.weekday(): hours}) if hours else CLOSED
        for day, hours in dates.items()
    }
    return Table(stretches, end, Pattern(weekly), patterns)


def _pieces(
    stretches: Sequence[Stretch],
    end: int,
    weekly: Pattern,
    dates: Mapping[int, Pattern],
) -> Iterator[tuple[int, int, int, Pattern]]:
    """From when to when local time is how far ahead, and which pattern holds.

    A date is cut by each change of its clocks, so that it may have two pieces.
    """
    days = sorted(dates)
    ends = [start for start, _ in stretches[1:]]
    for (start, ahead), stop in zip(stretches, (*ends, end), strict=True):
        now = start
        first = bisect_left(days, (start + ahead) // DAY)
        for place in range(first, len(days)):
            day = days[place]
            opens, closes = day * DAY - ahead, (day + 1) * DAY - ahead
            if opens >= stop:
                break
            if opens > now:
                yield now, opens, ahead, weekly
            yield max(opens, now), min(closes, stop), ahead, dates[day]
            now = min(closes, stop)
        if now < stop:
            yield now, stop, ahead, weekly
