"""The trace: everything seen, thought, asked, decided and done in a mission, in order, append-only, sealed."""

from missiondesk.trace.live import Live
from missiondesk.trace.observations import (
    Kind,
    Observation,
    observe,
    observed,
    observed_at_step,
    open_trace,
    reads_so_far,
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
    "observed",
    "observed_at_step",
    "open_trace",
    "reads_so_far",
    "tell_progress",
    "verify",
]
