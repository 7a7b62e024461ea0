"""Prove: kill what works, again and again, and compare three books afterwards."""

from missiondesk.proving.prove.asked import WRONG, Asked, Broken, EffectClass, Report
from missiondesk.proving.prove.herd import Order
from missiondesk.proving.prove.starting import put_to_the_proof
from missiondesk.proving.prove.worker import become, fitted

__all__ = ["WRONG", "Asked", "Broken", "EffectClass", "Order", "Report", "become", "fitted", "put_to_the_proof"]
