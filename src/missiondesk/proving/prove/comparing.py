"""The three books of all missions, compared; and how much may be left to people."""

from collections import defaultdict

from missiondesk.proving.prove.asked import EffectClass
from missiondesk.proving.prove.books import read_mission
from missiondesk.proving.prove.judging import Outside, Verdict, all_of, judged
from missiondesk.proving.prove.people import People
from missiondesk.proving.sandbox import Payment

_WRONG = ("doubled", "lost", "unapproved", "trace_broken", "stuck")
_A_FEW = 3
_SHARE = {"keyed": 0.03, "queryable": 0.25, "neither": 0.25}  # of the effects may meet a network that is that bad
_STRANGE = 0.02  # of the missions


async def compared(people: People) -> tuple[Verdict, list[str]]:
    """The sum of all missions, and those that are wrong, each with what is wrong of it."""
    paid: dict[str, list[Payment]] = defaultdict(list)
    for payment in people.book.payments():
        paid[payment.account_id].append(payment)
    called: dict[str, list[str]] = defaultdict(list)
    for account in people.book.called():
        called[account].append(account)
    found: list[Verdict] = []
    wrong: list[str] = []
    for story in people.stories.values():
        async with people.parts.database.transaction() as tx:
            mission = await read_mission(tx, people.cases[story.number])
        payments = [one for account in story.accounts for one in paid.pop(account, [])]
        calls = [one for account in story.accounts for one in called[account]]
        found.append(judged(mission, Outside(payments, calls), story))
        if told := [f"{name} {count}" for name in _WRONG if (count := getattr(found[-1], name))]:
            states = ", ".join(f"{one.account} {one.state or 'not begun'}" for one in mission.grants)
            wrong.append(f"{people.cases[story.number]}: {', '.join(told)} ({states or 'nothing was granted'})")
    found.extend(Verdict(unapproved=len(strange)) for strange in paid.values())
    return all_of(found), wrong


def needless(found: Verdict, effect_class: EffectClass, missions: int, doubted: int) -> int:
    """What was left to people beyond what the schedule explains; who leaves everything to them proves nothing.

    `doubted`: grants whose payment was under way when somebody died. A key settles these.
    """
    explained = 0 if effect_class == "keyed" else doubted
    parked = found.parked - explained - _A_FEW - round(_SHARE[effect_class] * found.effects)
    strange = found.strange - _A_FEW - round(_STRANGE * missions)
    return max(parked, 0) + max(strange, 0) + found.hasty
