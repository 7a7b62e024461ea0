"""Read the account, propose the one payment that is owed to it, and after it end."""

from missiondesk.workers import Ask, Conclude, HandOff, Move, Propose, Wanted, Workbench


async def next_move(desk: Workbench) -> Move:
    account_id = desk.input("account")
    if account_id is None:
        return Ask(desk.brief.head.inputs["account"].ask)
    if desk.last and desk.last.changed_something:
        return Conclude("resolved", "paid") if desk.last.done else HandOff("Paid, but not proved.")
    found = await desk.read("ledger.get_account", account_id=account_id)
    if found.missing or found.value["account"]["status"] != "open":
        return HandOff(f"The account {account_id} is not open.")
    wanted = Wanted(
        desk.brief.head.constants["tool"], {"account_id": account_id, "amount": found.value["account"]["owed"]}
    )
    return Propose((wanted,), f"We have paid account {account_id}.", ("It is owed.",), (found.observation,))
