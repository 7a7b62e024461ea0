"""What waits in the queue when a person holds a case."""

from tests.support.world import Agent, Customer


async def test_a_customer_who_answers_a_person_waits_in_the_queue_until_that_person_answers_or_closes(
    mira: Customer, ana: Agent
) -> None:
    case = await mira.writes("Do you ever think about the sea?")
    await mira.post(f"/api/customer/cases/{case['id']}/person")
    desk = f"/api/desk/cases/{case['id']}"
    for last, words in (("messages", "I have a look."), ("close", "")):
        await ana.post(f"{desk}/messages", {"text": "Which order is it?"})
        assert await ana.queue() == []
        await mira.adds(case, "The one of May")
        await mira.adds(case, "Are you there?")
        [item] = await ana.queue()
        assert (item["kind"], item["case_id"], item["title"]) == ("handoff", case["id"], case["subject"])
        said = (await ana.case(case))["messages"]
        assert item["since"] == said[-2]["at"], "it waits since the first message without an answer"
        await ana.post(f"{desk}/{last}", {"text": words})
        assert await ana.queue() == []
