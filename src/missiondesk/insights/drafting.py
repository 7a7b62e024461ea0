"""A suggested rule as text, and today's policy with it."""

import json
import tomllib

from missiondesk.decisions import Policy, adopted_policies
from missiondesk.kit.database import Transaction
from missiondesk.kit.money import Money
from missiondesk.missions import Parts


async def todays_text(tx: Transaction, parts: Parts) -> str:
    """What was adopted, comments and all; before anything was, what holds without it, as it would be written."""
    adopted = await adopted_policies(tx, most=1)
    return adopted[0].text if adopted else _written(await parts.policy.now(tx))


def drafted(
    today: str,
    tool: str,
    argument: str,
    *,
    limit: Money,
    per_day: Money,
    per_customer: Money,
    days: int,
    sourced: bool,
) -> tuple[str, str, str]:
    """(the rule's name, its text, the whole policy with it). `sourced`: only amounts that stand in a record."""
    name = _free(f"small-{tool.replace('.', '-')}-{limit.currency.lower()}", tomllib.loads(today).get("rule", {}))
    pool = name.replace("_", "-")
    when = [f"args.{argument} <= {_exact(limit)}", *([f"lineage.args.{argument} == record"] if sourced else [])]
    reserve = [f"{pool}/day {_exact(per_day)}", f"{pool}/customer/{days}d {_exact(per_customer)}"]
    counts = "" if argument == "amount" else f", amount = {json.dumps(argument)}"
    rule = (
        f"[rule.{name}]\n"
        f"action = {json.dumps(tool)}\n"
        f"when = {json.dumps(when)}\n"
        f"auto = {{ reserve = {json.dumps(reserve)}{counts} }}\n"
    )
    return name, rule, f"{today.rstrip()}\n\n{rule}"


def _free(name: str, taken: dict[str, object]) -> str:
    names = [name, *(f"{name}-{n}" for n in range(2, len(taken) + 3))]
    return next(one for one in names if one not in taken)


def _exact(money: Money) -> str:
    """`5.00 EUR`, as a policy has it; `1500 JPY`, where there are no hundredths."""
    whole = f"{money.minor} {money.currency}"
    hundredths = f"{money.minor // 100}.{money.minor % 100:02d}"
    return f"{hundredths} {money.currency}" if Money.read(hundredths, money.currency) == money else whole


def _written(policy: Policy) -> str:
    rules = [
        f"[rule.{name}]\naction = {json.dumps(list(rule.action))}\nsays = {json.dumps(rule.says)}\n"
        f'approve = {{ count = {rule.approve.count}, role = "{rule.approve.role}" }}\n'
        for name, rule in policy.rule.items()
        if rule.approve is not None
    ]
    return "\n".join(rules)
