"""Read each account, propose the payments that are owed to them, and after it end."""

from missiondesk.workers import Ask, Conclude, HandOff, Move, Propose, Wanted, Workbench


async def next_move(desk: Workbench) -> Move:
    accounts = desk.input("account")
    if accounts is None:
        return Ask(desk.brief.head.inputs["account"].ask)
    if desk.last and desk.last.changed_something:
        return Conclude("resolved", "paid") if desk.last.done else HandOff("Paid in part, or not proved.")
    payments: list[Wanted] = []
    evidence: list[int] = []
    for account_id in accounts.split(" and "):
        found = await desk.read("ledger.get_account", account_id=account_id)
        if found.missing or found.value["account"]["status"] != "open":
            return HandOff(f"The account {account_id} is not open.")
        evidence.append(found.observation)
        payments.append(
            Wanted(
                desk.brief.head.constants["tool"], {"account_id": account_id, "amount": found.value["account"]["owed"]}
            )
        )
    return Propose(tuple(payments), f"We have paid {accounts}.", ("It is owed.",), tuple(evidence))
