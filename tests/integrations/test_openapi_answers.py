"""What the HTTP system answers, and what that means: a result, a no, or nothing certain. Nothing leaks on the way."""

from collections.abc import AsyncGenerator, Iterator, Mapping
from typing import Any

import pytest

from missiondesk.integrations.mcp_client import KEY, SafeTransport
from missiondesk.integrations.openapi import Description, NotUsable, describe
from missiondesk.integrations.openapi.answering import No, NoUsableAnswer, Result
from missiondesk.integrations.openapi.asking import Unsendable
from missiondesk.integrations.openapi.credentials import Secrets
from missiondesk.integrations.openapi.serving import System, Where, read_where
from missiondesk.kit.errors import Misconfigured
from tests.support.loopback import Loopback
from tests.support.orders_api import READ_KEY, WRITE_KEY, Remembering, Shop, document_of, orders_api


class Asked:
    """The API as our server sees it, without MCP between."""

    def __init__(self, description: Description, where: Where, key: str, transport: SafeTransport) -> None:
        secrets = Secrets(description.schemes, {"OPENAPI_SECRET_HTTPBEARER": key})
        self._system = System(description, where, secrets, transport)

    async def __call__(self, tool: str, meta: Mapping[str, Any] | None = None, **arguments: Any) -> Result | No:
        return await self._system.call(self._system.operations[tool], arguments, meta or {})


@pytest.fixture(scope="module")
def described() -> Description:
    return describe(document_of(orders_api(Shop())), "orders.json").description


@pytest.fixture
def shop() -> Shop:
    return Shop()


@pytest.fixture
def url(shop: Shop) -> Iterator[str]:
    with Loopback(Remembering(orders_api(shop), shop)) as serving:
        yield serving.url


@pytest.fixture
async def transport() -> AsyncGenerator[SafeTransport]:
    async with SafeTransport(["127.0.0.1"]) as transport:
        yield transport


@pytest.fixture
def ask(described: Description, url: str, transport: SafeTransport) -> Asked:
    return Asked(described, Where(url), READ_KEY, transport)


@pytest.fixture
def write(described: Description, url: str, transport: SafeTransport) -> Asked:
    return Asked(described, Where(url, key_header="Idempotency-Key"), WRITE_KEY, transport)


async def test_json_of_any_kind_is_a_result(ask: Asked) -> None:
    assert await ask("getHealth", kind="problem") == Result({"ok": True})


async def test_a_list_comes_under_result(ask: Asked, shop: Shop) -> None:
    answer = await ask("listOrders", customer_id="c_1", status=["paid", "sent"], limit=1)
    assert isinstance(answer, Result)
    assert [one["order_id"] for one in answer.value["result"]] == ["o_1"]
    assert shop.came[-1].target == "/orders?customer_id=c_1&status=paid&status=sent&limit=1"


async def test_no_content_is_an_empty_result(write: Asked) -> None:
    assert await write("deleteOrder", order_id="o_1") == Result({"result": None})


@pytest.mark.parametrize(
    ("tool", "arguments", "sentence"),
    [
        ("getOrder", {"order_id": "o_9"}, "http_404: Not Found. there is no o_9"),
        ("getHealth", {"kind": "429"}, "http_429: Too Many Requests. a 429"),
        ("deleteOrder", {"order_id": "o_1"}, "http_403: Forbidden. this key may only read"),
        ("listOrders", {"customer_id": "c_1", "limit": "many"}, "http_422: Unprocessable"),
        ("getHealth", {"kind": "echo"}, "http_404: Not Found. no key [secret] here"),
    ],
)
async def test_a_no_has_its_status_for_a_code_and_the_systems_words(
    ask: Asked, tool: str, arguments: dict[str, Any], sentence: str
) -> None:
    answer = await ask(tool, **arguments)
    assert isinstance(answer, No)
    assert answer.sentence.startswith(sentence)


@pytest.mark.parametrize(
    ("kind", "why"),
    [
        ("500", "It answered 500 Internal Server Error."),
        ("503", "It answered 503 Service Unavailable."),
        ("302", "It answered 302 Found."),
        ("304", "It answered 304 Not Modified."),
        ("redirect", "Redirects are never followed"),
        ("html", "with text/html; charset=utf-8, not JSON"),
        ("garbage", "what is no JSON"),
        ("nan", "what is no JSON"),
        ("deep", "what is no JSON"),
        ("boundless", "what nobody can keep"),
        ("half", "what nobody can keep"),
        ("latin", "what is no UTF-8"),
        ("cut", "The connection failed"),
        ("huge", "larger than 2,000,000 bytes"),
        ("large", "Its answer has 1,950,009 bytes; at most 1,800,000 are taken."),
    ],
)
async def test_whatever_says_nothing_certain_is_no_usable_answer(ask: Asked, shop: Shop, kind: str, why: str) -> None:
    with pytest.raises(NoUsableAnswer) as lost:
        await ask("getHealth", kind=kind)
    assert why in str(lost.value)
    assert len(shop.came) == 1


async def test_a_system_that_is_not_there_is_no_usable_answer(
    described: Description, url: str, transport: SafeTransport
) -> None:
    with pytest.raises(NoUsableAnswer, match="The connection failed"):
        await Asked(described, Where("http://127.0.0.1:1"), READ_KEY, transport)("getHealth", kind="fine")


async def test_a_private_host_that_nobody_allowed_is_not_connected_to(
    described: Description, url: str, shop: Shop
) -> None:
    async with SafeTransport() as transport:
        with pytest.raises(NoUsableAnswer, match="such hosts are refused"):
            await Asked(described, Where(url), READ_KEY, transport)("getHealth", kind="fine")
    assert shop.came == []


async def test_a_write_is_made_once_for_each_key(write: Asked, shop: Shop) -> None:
    asked: dict[str, Any] = {"order_id": "o_1", "amount": 500, "reason": "broken", "idempotency_key": "k_1"}
    first, again = [await write("refundOrder", **asked) for _ in range(2)]
    assert again == first
    assert len(shop.refunds) == 1
    assert shop.came[-1].headers["authorization"] == f"Bearer {WRITE_KEY}"


async def test_our_key_travels_as_a_header_if_the_operator_says_so(write: Asked, shop: Shop) -> None:
    await write("setAddress", {KEY: "k_2"}, customer_id="c_1", address="Lane 1")
    assert shop.came[-1].headers["idempotency-key"] == "k_2"
    await write("setAddress", customer_id="c_1", address=None)
    assert "idempotency-key" not in shop.came[-1].headers
    assert shop.customers["c_1"].address is None


async def test_the_trace_goes_on_in_the_system(ask: Asked, shop: Shop) -> None:
    trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
    await ask("getHealth", {"traceparent": trace}, kind="fine")
    assert shop.came[-1].headers["traceparent"] == trace
    await ask("getHealth", {"traceparent": "anything\r\nelse"}, kind="fine")
    assert "traceparent" not in shop.came[-1].headers


async def test_a_cookie_of_the_system_is_forgotten(ask: Asked, shop: Shop) -> None:
    await ask("getHealth", kind="cookie")
    await ask("getHealth", kind="fine")
    assert "cookie" not in shop.came[-1].headers


async def test_a_tool_that_needs_no_credential_is_given_none(ask: Asked, shop: Shop) -> None:
    await ask("getHealth", kind="fine")
    assert "authorization" not in shop.came[-1].headers


async def test_without_a_credential_nothing_is_sent(
    described: Description, url: str, shop: Shop, transport: SafeTransport
) -> None:
    with pytest.raises(Unsendable, match="give OPENAPI_SECRET_HTTPBEARER a value"):
        await Asked(described, Where(url), "", transport)("getOrder", order_id="o_1")
    assert shop.came == []


def test_what_the_operator_fixed_is_read_from_the_environment() -> None:
    told = {"OPENAPI_URL": "https://api.example/v2/", "OPENAPI_ALLOW_PRIVATE": "a.internal, b:8080"}
    assert read_where(told) == Where("https://api.example/v2", ("a.internal", "b:8080"))


@pytest.mark.parametrize(
    ("environ", "says"),
    [
        ({}, "OPENAPI_URL is not set"),
        ({"OPENAPI_URL": "api.example"}, "no whole address"),
        ({"OPENAPI_URL": "https://me:pw@api.example"}, "must be scheme, host and path alone"),
        ({"OPENAPI_URL": "https://api.example/?key=1"}, "must be scheme, host and path alone"),
        ({"OPENAPI_URL": "https://api.example:port"}, "is no address"),
        ({"OPENAPI_URL": "https://api.example", "OPENAPI_KEY_HEADER": "no header"}, "must be the name of a header"),
    ],
)
def test_what_is_set_wrongly_is_one_sentence(environ: dict[str, str], says: str) -> None:
    with pytest.raises((Misconfigured, NotUsable), match=says):
        read_where(environ)
