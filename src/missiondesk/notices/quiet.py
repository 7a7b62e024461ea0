"""Quiet hours: `22:00-07:00 Europe/Berlin`. What happens in them is told when they end."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_SHAPE = re.compile(r"([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d) (\S+)")


@dataclass(frozen=True, slots=True)
class Quiet:
    """From `begins` until before `ends`, by the clocks of `zone`; over midnight when it begins later than it ends."""

    begins: time
    ends: time
    zone: ZoneInfo

    @classmethod
    def read(cls, text: str) -> "Quiet":
        """Raises `ValueError` with what is wrong."""
        found = _SHAPE.fullmatch(text)
        if found is None:
            raise ValueError(f"{text!r} is no span of hours and a time zone, such as 22:00-07:00 Europe/Berlin")
        begins, ends = time(int(found[1]), int(found[2])), time(int(found[3]), int(found[4]))
        if begins == ends:
            raise ValueError("it begins and ends at the same time: leave it out, or take the route out")
        try:
            return cls(begins, ends, ZoneInfo(found[5]))
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            raise ValueError(f"there is no time zone {found[5]!r} on this machine, such as Europe/Berlin") from error

    def over(self, at: datetime) -> datetime:
        """When one may be told of what is due `at`: then, or when the quiet hours around it end."""
        local = at.astimezone(self.zone)
        clock, over_midnight = local.time(), self.begins > self.ends
        evening = over_midnight and clock >= self.begins
        inside = evening or clock < self.ends if over_midnight else self.begins <= clock < self.ends
        if not inside:
            return at
        day = local.date() + timedelta(days=1) if evening else local.date()
        return datetime.combine(day, self.ends, self.zone).astimezone(UTC)
