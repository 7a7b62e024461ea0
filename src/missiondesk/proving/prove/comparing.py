"""The three books of all missions, compared; and how much may be left to people."""

from collections import defaultdict

from missiondesk.proving.prove.asked import Case, EffectClass
from missiondesk.proving.prove.books import read_mission, told_of_effects
from missiondesk.proving.prove.judging import Outside, Verdict, all_of, judged
from missiondesk.proving.prove.people import People
from missiondesk.proving.sandbox import Arrival, Payment

_WRONG = ("doubled", "lost", "unapproved", "trace_broken", "stuck")
_A_FEW = 3
_SHARE = {"keyed": 0.03, "queryable": 0.25, "neither": 0.25}  # of the effects may meet a network that is that bad
_STRANGE = 0.02  # of the missions


async def compared(people: People) -> tuple[Verdict, list[Case]]:
    """The sum of all missions, and those that are wrong, each with what happened in it."""
    paid: dict[str, list[Payment]] = defaultdict(list)
    for payment in people.book.payments():
        paid[payment.account_id].append(payment)
    called: dict[str, list[Arrival]] = defaultdict(list)
    for arrival in people.book.called():
        called[arrival.account_id].append(arrival)
    found: list[Verdict] = []
    wrong: list[Case] = []
    for story in people.stories.values():
        case_id = people.cases[story.number]
        async with people.parts.database.transaction() as tx:
            mission = await read_mission(tx, case_id)
        payments = [one for account in story.accounts for one in paid.pop(account, [])]
        calls = [one for account in story.accounts for one in called[account]]
        found.append(judged(mission, Outside(payments, [one.account_id for one in calls]), story))
        if told := {name: count for name in _WRONG if (count := getattr(found[-1], name))}:
            async with people.parts.database.transaction() as tx:
                lines = [
                    *await told_of_effects(tx, case_id),
                    *((one.at, f"a call came: {one.account_id}") for one in calls),
                ]
            wrong.append(Case(case_id, told, [f"{at:%H:%M:%S.%f} {what}" for at, what in sorted(lines)]))
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
