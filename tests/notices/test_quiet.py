"""Quiet hours, by the clocks where the people are."""

from datetime import datetime

import pytest

from missiondesk.notices.quiet import Quiet

NIGHT, LUNCH = "22:00-07:00 Europe/Berlin", "12:00-13:30 UTC"


@pytest.mark.parametrize(
    ("hours", "at", "told_at"),
    [
        (NIGHT, "2026-01-10T20:59:59+00:00", "2026-01-10T20:59:59+00:00"),
        (NIGHT, "2026-01-10T21:00:00+00:00", "2026-01-11T06:00:00+00:00"),
        (NIGHT, "2026-01-11T03:00:00+00:00", "2026-01-11T06:00:00+00:00"),
        (NIGHT, "2026-01-11T06:00:00+00:00", "2026-01-11T06:00:00+00:00"),
        (NIGHT, "2026-03-28T22:00:00+00:00", "2026-03-29T05:00:00+00:00"),  # the clocks go forward that night
        (NIGHT, "2026-10-24T22:00:00+00:00", "2026-10-25T06:00:00+00:00"),  # and back
        (LUNCH, "2026-01-10T12:30:00+00:00", "2026-01-10T13:30:00+00:00"),
        (LUNCH, "2026-01-10T11:59:00+00:00", "2026-01-10T11:59:00+00:00"),
        (LUNCH, "2026-01-10T14:00:00+01:00", "2026-01-10T13:30:00+00:00"),
    ],
)
def test_what_happens_in_quiet_hours_is_told_when_they_end(hours: str, at: str, told_at: str) -> None:
    assert Quiet.read(hours).over(datetime.fromisoformat(at)) == datetime.fromisoformat(told_at)
