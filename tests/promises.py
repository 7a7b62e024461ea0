"""What we promise, one sentence each, and the decorator that ties a test to one.

`house/` fails on a promise that no test carries. A known gap is the field `gap`, not a skipped test.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

import pytest

Test = TypeVar("Test", bound=Callable[..., object])


@dataclass(frozen=True, slots=True)
class Promise:
    """`invariant`: its number in the design. `gap`: what is not yet proved, if something is not."""

    says: str
    invariant: int
    gap: str = ""


PROMISES: dict[str, Promise] = {
    # 1. Reads are free, writes wait
    "gate.no-path-to-a-write": Promise("A worker cannot call a write tool; it can only propose to.", invariant=1),
    "gate.unreviewed-is-not-there": Promise("A tool nobody reviewed, or changed since, does not exist.", invariant=1),
    "gate.change-takes-the-tool-away": Promise(
        "A tool with one byte changed is gone before the next call, and what waits to use it is taken back.",
        invariant=1,
    ),
    "effects.nothing-without-a-grant": Promise("Nothing changes outside without an unused grant.", invariant=1),
    "effects.freeze-stops-them": Promise("While something is frozen, none of its effects is sent.", invariant=1),
    # 2. What you approve is what runs
    "decisions.what-you-approve-is-what-runs": Promise(
        "With one byte changed after the approval, nothing is sent.", invariant=2
    ),
    "decisions.carry-what-was-seen": Promise(
        "A decision about another state of the proposal than the one shown is refused.", invariant=2
    ),
    "decisions.an-edit-voids-approvals": Promise(
        "An edit makes a new proposal; what was answered to the old one counts for nothing.", invariant=2
    ),
    "decisions.an-editor-is-an-author": Promise(
        "Whoever edited a proposal last is never the only one to approve it.", invariant=2
    ),
    # 3. Exactly once, or a person is asked
    "effects.exactly-once": Promise("An approved action happens once, whoever dies on the way.", invariant=3),
    "effects.unknown-waits-for-a-person": Promise(
        "An effect of unknown outcome waits in the queue, and the customer is not told that it is done.", invariant=3
    ),
    "insights.tests-never-run": Promise(
        "A test proposal has no path to a grant by any door, and is revealed with the answer to it.", invariant=1
    ),
    "effects.done-is-read-back": Promise(
        "What a system says that it did is read back in it; what is not found there is nowhere called done.",
        invariant=3,
    ),
    # 4. Evidence has an age
    "effects.stale-evidence-stops": Promise(
        "When a fact that it rests on has changed, nothing is sent and the proposal is back in the queue.", invariant=4
    ),
    "effects.required-holds-before-sending": Promise(
        "What the manifest requires is read just before sending, and when it does not hold, nothing is sent.",
        invariant=4,
    ),
    # 5. One customer, one world
    "gate.one-customer-one-world": Promise("A worker sees no record of another customer.", invariant=5),
    "gate.foreign-looks-like-missing": Promise(
        "Someone else's record and no record at all look the same to the customer.", invariant=5
    ),
    # 6. Every value has an origin
    "decisions.every-value-has-an-origin": Promise("Each argument of an action says where it came from.", invariant=6),
    "decisions.destinations-come-from-records": Promise(
        "Where something goes to comes from a record of the customer, or the change is not even proposed.", invariant=6
    ),
    # 7. The trace is complete and cannot be quietly changed
    "trace.append-only": Promise("The database refuses to change or delete an observation.", invariant=7),
    "trace.tampering-shows": Promise("An observation changed, removed or moved fails the verification.", invariant=7),
    "trace.no-secret": Promise("A credential that a system repeats to us stands in no observation.", invariant=7),
    "trace.fact-and-observation-together": Promise("A fact is stored with its observation or not at all.", invariant=7),
    # 8. Waiting costs nothing
    "missions.waiting-holds-nothing": Promise(
        "A mission that waits is rows, and goes on after a restart.", invariant=8
    ),
    # 9. Any process may die at any instant
    "missions.another-process-takes-over": Promise(
        "When a process dies, another finishes its missions with nobody's help.", invariant=9
    ),
    "missions.older-owner-writes-nothing": Promise(
        "A process that lost a mission to a newer owner can write nothing to it.", invariant=9
    ),
    # 10. No answer is no
    "decisions.no-answer-is-no": Promise("Without a rule, an answer or a fact, no action is granted.", invariant=10),
    "decisions.one-person-is-one": Promise(
        "Two accounts of one person never count as two people, when it is approved and when it runs.", invariant=10
    ),
    "decisions.a-key-decides-nothing": Promise(
        "Through an API key nothing is decided, freed or configured, whoever owns it.", invariant=10
    ),
    "decisions.a-cap-is-a-cap": Promise(
        "What goes by itself never takes more of a pool than its cap, however many ask at once.", invariant=10
    ),
    "decisions.by-itself-only-as-a-rule-says": Promise(
        "What nobody approved runs only where a rule lets it, still does today, and what it takes is reserved.",
        invariant=10,
    ),
    "missions.failure-goes-to-a-person": Promise(
        "When a tool, a model or a rule fails, the case is kept and goes to a person.", invariant=10
    ),
    "changes.two-people": Promise(
        "What sets the boundary changes by two people's hands: the policy, reviewed tools, and who has which role.",
        invariant=10,
    ),
    # 11. No key, no network, still works
    "house.works-offline": Promise("The flagship mission needs no key and nothing beyond loopback.", invariant=11),
}


def promise(key: str) -> Callable[[Test], Test]:
    """This test tries to break the promise `key`. Raises `KeyError` for one that is not made."""
    if key not in PROMISES:
        raise KeyError(f"{key!r} is not promised in tests/promises.py")
    return pytest.mark.promise(key)
