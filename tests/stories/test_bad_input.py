"""Bad input gets a clear answer, and nothing is lost."""

import asyncio
import json

import httpx
import pytest

from missiondesk.cases import LONGEST
from missiondesk.surfaces.front import LARGEST_BODY
from tests.promises import promise
from tests.support.world import CHARGED_TWICE, Agent, Customer, World

pytestmark = pytest.mark.parametrize("world", ["procedure"], indirect=True)  # who thinks makes no difference here


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "it is empty"),
        (" \n\t ", "it is empty"),
        ("x" * (LONGEST + 1), "10,000 is the most"),
        ("x" * 100_000, "Please shorten it"),
        ("nul \x00 in it", "cannot be stored"),
    ],
    ids=["empty", "blank", "one too many", "100 kB", "NUL"],
)
async def test_a_message_nobody_could_use_is_refused_with_a_reason(mira: Customer, text: str, says: str) -> None:
    problem = await mira.post("/api/customer/cases", {"text": text}, status=422)
    assert says in problem["message"]
    assert (await mira.get("/api/customer/cases"))["items"] == []


async def test_a_body_of_megabytes_is_refused_before_it_is_read(mira: Customer) -> None:
    problem = await mira.post("/api/customer/cases", {"text": "x" * (LARGEST_BODY + 1)}, status=413)
    assert "At most" in problem["message"]


async def test_invisible_and_turning_characters_are_kept_and_shown(mira: Customer, ana: Agent) -> None:
    case = await mira.writes(f"{CHARGED_TWICE} \u202eevil\u200b\U000e0041")
    assert "⟨U+202E⟩evil⟨U+200B⟩⟨U+E0041⟩" in case["messages"][0]["text"]
    card = await ana.card()
    assert "⟨U+202E⟩" in card["messages"][0]["text"]


async def test_html_is_only_text(mira: Customer, ana: Agent) -> None:
    words = f"<script>alert(1)</script><img src=x onerror=alert(1)> {CHARGED_TWICE}"
    case = await mira.writes(words)
    assert case["messages"][0]["text"] == words
    assert (await ana.card())["title"] == "Refund €49.90 of payment pay_7702"


async def test_the_same_message_sent_again_is_the_same_case(mira: Customer, ana: Agent) -> None:
    first = await mira.post("/api/customer/cases", {"text": CHARGED_TWICE}, key="retry-1")
    again = await mira.post("/api/customer/cases", {"text": CHARGED_TWICE}, key="retry-1")
    assert again["id"] == first["id"]
    assert len((await mira.get("/api/customer/cases"))["items"]) == 1


async def test_another_customers_case_and_no_case_look_the_same(world: World, mira: Customer) -> None:
    case = await mira.writes("help please")
    jonas = await world.customer("jonas")
    foreign = await jonas.get(f"/api/customer/cases/{case['id']}", status=404)
    missing = await jonas.get("/api/customer/cases/case-0000000000000000", status=404)
    assert foreign == missing
    await jonas.post(f"/api/customer/cases/{case['id']}/messages", {"text": "let me in"}, status=404)
    await jonas.get(f"/api/customer/cases/{case['id']}/stream", status=404)


async def test_a_wrong_password_and_an_unknown_account_get_the_same_words(world: World) -> None:
    answers = [
        await world.api.post("/api/sessions", json={"email": email, "password": "wrong-password"})
        for email in ("ana@northwind.example", "nobody@northwind.example")
    ]
    assert [one.status_code for one in answers] == [401, 401]
    assert answers[0].json() == answers[1].json()


async def test_guessing_passwords_is_slowed_down(world: World) -> None:
    body = {"email": "ben@northwind.example", "password": "wrong-password"}
    statuses = [(await world.api.post("/api/sessions", json=body)).status_code for _ in range(12)]
    assert statuses == [401] * 10 + [429] * 2


@promise("decisions.carry-what-was-seen")
async def test_a_decision_on_another_digest_is_a_conflict_that_shows_the_card(
    world: World, mira: Customer, ana: Agent
) -> None:
    await mira.writes(CHARGED_TWICE)
    card = await ana.card()
    conflict = await ana.approves({**card, "digest": "0" * 64}, status=409)
    assert conflict["code"] == "changed"
    assert conflict["nothing_sent"]
    assert conflict["current"]["digest"] == card["digest"]
    assert world.calls("refund_payment") == 0


async def test_a_rejection_needs_a_reason(mira: Customer, ana: Agent) -> None:
    await mira.writes(CHARGED_TWICE)
    problem = await ana.rejects(await ana.card(), "  ", status=422)
    assert "needs a reason" in problem["message"]


@pytest.mark.parametrize("who", ["adele", "otto"])
async def test_admins_and_auditors_look_but_do_not_decide(world: World, mira: Customer, ana: Agent, who: str) -> None:
    await mira.writes(CHARGED_TWICE)
    card = await ana.card()
    other = await world.agent(who)
    assert (await other.get(f"/api/desk/proposals/{card['id']}"))["can"] == []
    problem = await other.approves(card, status=403)
    assert "does not decide" in problem["message"]


async def test_a_customers_session_opens_no_door_of_the_desk(world: World, mira: Customer, ana: Agent) -> None:
    await mira.get("/api/desk/proposals", status=401)
    await ana.get("/api/customer/cases", status=401)


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"sec-fetch-site": "same-site"}, 403),
        ({"origin": "https://evil.example"}, 403),
        ({"sec-fetch-site": "same-origin"}, 201),
    ],
)
async def test_a_browser_changes_nothing_for_another_site(world: World, headers: dict[str, str], status: int) -> None:
    mira = world.people["customer"][0]
    async with httpx.AsyncClient(base_url=world.api.base_url) as browser:
        body = {"email": mira["email"], "password": mira["password"], "portal": "northwind"}
        assert (await browser.post("/api/sessions", json=body)).status_code == 201
        answer = await browser.post("/api/customer/cases", json={"text": CHARGED_TWICE}, headers=headers)
        assert answer.status_code == status


async def test_unknown_fields_and_broken_json_say_where(world: World, ana: Agent) -> None:
    problem = await ana.post("/api/desk/proposals/proposal-x/decisions", {"kind": "approve", "digits": "x"}, 422)
    assert problem["message"].startswith("/digest")
    headers = {**ana.headers, "content-type": "application/json"}
    answer = await world.api.post("/api/sessions", content=b"{", headers=headers)
    assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json")


async def test_every_answer_carries_the_security_headers(world: World) -> None:
    for path in ("/api/customer/portals/northwind", "/api/nothing", "/desk/"):
        headers = (await world.api.get(path)).headers
        assert "default-src 'none'" in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("wrong", ["\x00", "\ud800"], ids=["NUL", "half a character"])
async def test_words_that_cannot_be_stored_are_refused_wherever_they_are_typed(
    world: World, mira: Customer, ana: Agent, wrong: str
) -> None:
    who = {"email": "ana@northwind.example", "password": "ana-clears-the-queue"}
    decision = {"kind": "reject", "digest": "0" * 64, "reason": wrong}
    for headers, path, body in (
        ({}, "/api/sessions", {**who, "email": f"ana{wrong}@northwind.example"}),
        ({}, "/api/sessions", {**who, "password": wrong * 12}),
        (mira.headers, "/api/customer/cases", {"text": wrong}),
        (ana.headers, "/api/desk/proposals/proposal-x/decisions", decision),
        (ana.headers, "/api/desk/effects/grant-x/answers", {"answer": "happened", "note": wrong}),
        (ana.headers, "/api/desk/cases/case-x/messages", {"text": wrong}),
    ):
        sent = {**headers, "content-type": "application/json"}
        answer = await world.api.post(path, content=json.dumps(body), headers=sent)
        assert answer.status_code == 422, path
        assert "cannot be stored" in answer.json()["message"]


async def test_what_cannot_be_an_id_is_not_found(mira: Customer, ana: Agent) -> None:
    for wrong in ("%00", "case-%00", "%F0%9F%98%80", "A" * 101):
        assert await mira.get(f"/api/customer/cases/{wrong}", 404) == await mira.get("/api/customer/cases/case-0", 404)
        await mira.get(f"/api/customer/cases/{wrong}/stream", 404)
        await mira.post(f"/api/customer/cases/{wrong}/messages", {"text": "hello"}, 404)
        for path in ("proposals/{}", "cases/{}", "missions/{}/observations", "stream?mission={}"):
            assert (await ana.get(f"/api/desk/{path.format(wrong)}", 404))["code"] == "not_found"
        await ana.post(f"/api/desk/effects/{wrong}/answers", {"answer": "happened"}, 404)


async def test_a_stream_of_a_mission_that_is_not_there_is_not_found(ana: Agent) -> None:
    assert (await ana.get("/api/desk/stream?mission=nope", 404))["message"] == "There is no such mission."


async def test_the_same_message_sent_at_once_is_one_case(mira: Customer) -> None:
    sent = [mira.post("/api/customer/cases", {"text": CHARGED_TWICE}, key="at-once") for _ in range(6)]
    assert len({case["id"] for case in await asyncio.gather(*sent)}) == 1
    assert len((await mira.get("/api/customer/cases"))["items"]) == 1


async def test_a_key_that_was_used_for_another_message_is_refused(mira: Customer) -> None:
    first = await mira.post("/api/customer/cases", {"text": "Where is my order?"}, key="once")
    other = await mira.post("/api/customer/cases", {"text": "And where is the other one?"})
    problem = await mira.post("/api/customer/cases", {"text": "Something else"}, 409, key="once")
    assert problem["code"] == "key_used"
    for case, text in ((first, "Something else"), (other, "Where is my order?")):
        await mira.post(f"/api/customer/cases/{case['id']}/messages", {"text": text}, 409, key="once")
    for case in (first, other):
        said = (await mira.get(f"/api/customer/cases/{case['id']}"))["messages"]
        assert [one["author"] for one in said].count("customer") == 1


async def test_signing_out_of_something_unknown_is_refused(world: World) -> None:
    assert (await world.api.delete("/api/sessions?kind=a%0D%0Ab")).status_code == 422
