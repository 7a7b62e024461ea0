"""The trace: everything seen, thought, asked, decided and done in a mission, in order, append-only, sealed."""

from missiondesk.trace.live import Live
from missiondesk.trace.observations import (
    Kind,
    Observation,
    observe,
    observe_read,
    observed,
    observed_at_step,
    open_trace,
)
from missiondesk.trace.progress import Progress, tell_progress
from missiondesk.trace.verifying import Verified, verify

__all__ = [
    "Kind",
    "Live",
    "Observation",
    "Progress",
    "Verified",
    "observe",
    "observe_read",
    "observed",
    "observed_at_step",
    "open_trace",
    "tell_progress",
    "verify",
]
