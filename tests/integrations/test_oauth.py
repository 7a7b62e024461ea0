"""Signing in by OAuth 2.1: with a real authorization server, and a real MCP server that trusts it alone."""

import asyncio
import base64
from collections.abc import AsyncGenerator, Generator, Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx2
import psycopg
import pytest

from missiondesk.cli.authorize import NobodyAgreed, let_agree
from missiondesk.integrations.mcp_client.oauth import Held
from missiondesk.integrations.secrets.vault import forget_all
from missiondesk.integrations.signing_in.authorizing import (
    auth_for,
    begin_authorization,
    client_document,
    connection_of,
    start_over,
)
from missiondesk.integrations.signing_in.renewing import NotSignedIn
from missiondesk.integrations.signing_in.rows import SignIn
from missiondesk.kit.errors import Invalid, Misconfigured, Refused
from tests.support.authority import MACHINE_SECRET, Authority, authority
from tests.support.postgres import Cloned, Postgres
from tests.support.signing_in import BACK, KEY, PROGRAM, SECRETS, Desk, connection, desk
from tests.support.world import until


@pytest.fixture(scope="module")
def database(postgres: Postgres) -> Iterator[Cloned]:
    """One for all of them: nothing but `connection_tokens` is written."""
    with postgres.cloned() as clone:
        yield clone


@pytest.fixture(autouse=True)
def nothing_kept(database: Cloned) -> None:
    with psycopg.connect(database.url) as tx:
        tx.execute("delete from connection_tokens")


@pytest.fixture
def one() -> Generator[Authority]:
    with authority() as found:
        yield found


@pytest.fixture
async def here(database: Cloned, one: Authority) -> AsyncGenerator[Desk]:
    async with desk(database, connection(one)) as found:
        yield found


@pytest.fixture
async def program(database: Cloned, one: Authority) -> AsyncGenerator[Desk]:
    """It signs in as the program itself."""
    async with desk(database, connection(one, PROGRAM)) as found:
        yield found


@pytest.fixture
async def elsewhere(database: Cloned, one: Authority) -> AsyncGenerator[Desk]:
    """Another process of the same installation."""
    async with desk(database, connection(one)) as found:
        yield found


def age(database: Cloned, what: str = "expires_at = now() - interval '1 second'") -> None:
    """The token's time is over, by the database's clock."""
    with psycopg.connect(database.url) as tx:
        tx.execute(f"update connection_tokens set {what}".encode())


def told(response: httpx2.Response) -> int:
    return response.status_code


async def refusal(desk: Desk) -> str:
    """The sentence with which a request does not leave."""
    with pytest.raises(httpx2.ConnectError) as error:
        await desk.asks()
    return str(error.value)


# --- an admin agrees


async def test_after_an_admin_agreed_the_server_can_be_asked(one: Authority, here: Desk) -> None:
    await here.signs_in(one)
    async with here.channel() as channel:
        listing = await channel.definitions()
        answer = await channel.call(
            "orders", "get_order", {"order_id": "o1"}, pin=listing.tools["get_order"].pin("orders", "orders")
        )
    assert answer.value["order_id"] == "o1"


async def test_what_is_asked_for_is_bound_to_this_server_and_to_who_began(one: Authority, here: Desk) -> None:
    url = await here.begins()
    asked = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
    assert url.startswith(f"{one.url}/authorize?")
    assert asked["resource"] == one.mcp_url
    assert (asked["code_challenge_method"], asked["scope"], asked["redirect_uri"]) == ("S256", "orders:read", BACK)
    await here.finishes(one.agree(url))
    assert one.asked[0]["resource"] == one.mcp_url
    assert one.registered[0]["redirect_uris"] == [BACK]


async def test_the_connections_own_scopes_are_asked_for_and_no_others(database: Cloned, one: Authority) -> None:
    file = connection(one, {"kind": "authorization_code", "scopes": ["orders:read", "people:read"]})
    async with desk(database, file) as here:
        assert "scope=orders%3Aread+people%3Aread" in await here.begins()
    assert one.registered[0]["scope"] == "orders:read people:read"


async def test_a_registered_client_is_not_registered_again(database: Cloned, one: Authority) -> None:
    one.registered.append({"client_id": "known", "redirect_uris": [BACK]})
    async with desk(database, connection(one, {"kind": "authorization_code", "client_id": "known"})) as here:
        await here.signs_in(one)
        assert told(await here.asks()) == 200
    assert len(one.registered) == 1


async def test_a_code_of_another_sign_in_is_worth_nothing(one: Authority, here: Desk) -> None:
    stolen = one.agree(await here.begins())
    mine = one.agree(await here.begins())
    with pytest.raises(NotSignedIn, match="invalid_grant"):
        await here.finishes({**mine, "code": stolen["code"]})


async def test_an_answer_is_taken_once(one: Authority, here: Desk) -> None:
    answer = one.agree(await here.begins())
    await here.finishes(answer)
    with pytest.raises(Invalid, match="Begin again"):
        await here.finishes(answer)
    assert one.grants == ["authorization_code"]


async def test_an_answer_may_come_to_another_process(one: Authority, here: Desk, elsewhere: Desk) -> None:
    await elsewhere.finishes(one.agree(await here.begins()))
    assert told(await here.asks()) == 200


@pytest.mark.parametrize("wrong", [{"state": "orders.read.guessed"}, {"state": ""}, {"state": "ü"}])
async def test_an_answer_that_nobody_waits_for_is_refused(one: Authority, here: Desk, wrong: dict[str, str]) -> None:
    answer = one.agree(await here.begins())
    with pytest.raises(Invalid):
        await here.finishes({**answer, **wrong})
    assert one.grants == []


async def test_only_who_began_can_finish(one: Authority, here: Desk) -> None:
    answer = one.agree(await here.begins(by="ana"))
    with pytest.raises(Invalid):
        await here.finishes(answer, by="mallory")
    await here.finishes(answer, by="ana")


async def test_an_answer_after_ten_minutes_is_too_late(one: Authority, here: Desk) -> None:
    answer = one.agree(await here.begins())

    def earlier(held: Held, _: Any) -> Held:
        assert held.begun is not None
        ten = timedelta(minutes=10, seconds=1)
        return held.model_copy(update={"begun": held.begun.model_copy(update={"until": held.begun.until - ten})})

    await SignIn(here.vault, "orders", "read").change(earlier)
    with pytest.raises(Invalid, match="too late"):
        await here.finishes(answer)


async def test_an_answer_of_another_authorization_server_is_refused(one: Authority, here: Desk) -> None:
    answer = one.agree(await here.begins())
    with pytest.raises(NotSignedIn, match="another authorization server"):
        await here.finishes({**answer, "iss": "https://evil.example"})
    assert one.grants == []


async def test_a_no_is_said_as_it_came(one: Authority, here: Desk) -> None:
    state = one.agree(await here.begins())["state"]
    with pytest.raises(NotSignedIn, match=r"Orders: nobody agreed \(access_denied\)"):
        await here.finishes({"state": state, "error": "access_denied"})


def test_an_answer_says_which_connection_it_is_for() -> None:
    assert connection_of("orders.write.x") == ("orders", "write")
    with pytest.raises(Invalid):
        connection_of("orders")


async def test_a_server_without_pkce_is_refused(one: Authority, here: Desk) -> None:
    one.pkce = False
    with pytest.raises(NotSignedIn, match="PKCE"):
        await here.begins()


async def test_metadata_of_another_resource_is_refused(one: Authority, here: Desk) -> None:
    one.resource_says = "https://other.example/mcp"
    with pytest.raises(NotSignedIn, match=r"Orders: signing in cannot begin.*does not match"):
        await here.begins()
    assert one.visits == []


async def test_our_client_document_says_who_we_are() -> None:
    document = client_document("https://desk.example/api/oauth/client.json", "https://desk.example/callback")
    assert document["client_id"] == "https://desk.example/api/oauth/client.json"
    assert document["token_endpoint_auth_method"] == "none"


async def test_at_the_command_line_the_answer_comes_to_a_port_of_this_machine(one: Authority, here: Desk) -> None:
    pages: list[httpx2.Response] = []

    async def browse(url: str) -> None:
        back = one.agree(url)
        async with httpx2.AsyncClient(trust_env=False) as browser:
            for query in ({"state": "orders.read.guessed", "code": "x"}, back):
                pages.append(await browser.get(parse_qs(urlsplit(url).query)["redirect_uri"][0], params=query))

    browsing: list[asyncio.Task[None]] = []
    await let_agree(
        lambda back: here.begins(back=back),
        here.finishes,
        lambda url: browsing.append(asyncio.create_task(browse(url))),
        within=20,
    )
    await browsing[0]
    assert [page.status_code for page in pages] == [200, 200]
    assert told(await here.asks()) == 200


async def test_at_the_command_line_nobody_waits_for_ever(one: Authority, here: Desk) -> None:
    with pytest.raises(NobodyAgreed):
        await let_agree(lambda back: here.begins(back=back), here.finishes, lambda _: None, within=0.1)


# --- nobody waits for a person in a mission


async def test_without_a_sign_in_it_is_said_what_to_do_and_nothing_leaves(one: Authority, here: Desk) -> None:
    assert await refusal(here) == (
        "Orders: nobody has agreed yet that we may sign in there. "
        "An admin signs in by `missiondesk connections authorize orders`."
    )
    assert one.shown == []


async def test_a_call_ends_with_that_sentence(one: Authority, here: Desk) -> None:
    async with here.channel() as channel:
        answer = await channel.call("orders", "get_order", {"order_id": "o1"}, pin="x")
    assert answer.kind == "gone"
    assert "missiondesk connections authorize orders" in (answer.why or "")


# --- renewing


async def test_an_old_token_is_renewed_and_the_new_one_kept(database: Cloned, one: Authority, here: Desk) -> None:
    await here.signs_in(one)
    age(database)
    assert told(await here.asks()) == 200
    assert told(await here.asks()) == 200
    assert one.grants == ["authorization_code", "refresh_token"]
    assert one.asked[1]["resource"] == one.mcp_url


async def test_a_token_that_the_server_refuses_is_renewed_once(one: Authority, here: Desk) -> None:
    await here.signs_in(one)
    one.end_access()
    assert told(await here.asks()) == 200
    assert one.grants == ["authorization_code", "refresh_token"]


async def test_a_new_token_that_is_refused_too_is_not_renewed_again(one: Authority, here: Desk) -> None:
    await here.signs_in(one)
    one.trusts_nobody = True
    assert told(await here.asks()) == 401
    assert one.grants == ["authorization_code", "refresh_token"]


async def test_two_processes_at_once_renew_once(database: Cloned, one: Authority, here: Desk, elsewhere: Desk) -> None:
    await here.signs_in(one)
    for _ in range(3):
        age(database)
        async with asyncio.TaskGroup() as asking:
            asked = [asking.create_task(each.asks()) for each in (here, elsewhere) for _ in range(6)]
        assert {task.result().status_code for task in asked} == {200}
    assert one.grants == ["authorization_code", *["refresh_token"] * 3]
    assert one.spent == 0


async def test_others_wait_for_who_renews(database: Cloned, one: Authority, here: Desk, elsewhere: Desk) -> None:
    await here.signs_in(one)
    age(database)
    one.hold()
    first = asyncio.create_task(here.asks())
    await until(_grants(one), lambda them: len(them) == 2)
    second = asyncio.create_task(elsewhere.asks())
    await asyncio.wait({second}, timeout=0.4)
    assert not second.done()
    one.let_go()
    assert {told(await first), told(await second)} == {200}
    assert one.spent == 0


async def test_who_gives_up_waiting_loses_no_token(database: Cloned, one: Authority, here: Desk) -> None:
    await here.signs_in(one)
    age(database)
    one.hold()
    credential = await here.credential()
    asking = asyncio.create_task(here.asks(credential))
    await until(_grants(one), lambda them: len(them) == 2)
    asking.cancel()
    await asyncio.wait({asking})
    one.let_go()
    assert told(await here.asks(credential)) == 200
    assert one.spent == 0
    assert len(one.grants) == 2


async def test_a_lease_of_a_dead_process_ends(database: Cloned, one: Authority, here: Desk) -> None:
    await here.signs_in(one)
    age(database, "expires_at = now() - interval '1 second', renewing_until = now() - interval '1 millisecond'")
    assert told(await here.asks()) == 200


async def test_a_server_that_does_not_rotate_keeps_its_refresh_token(
    database: Cloned, one: Authority, here: Desk
) -> None:
    one.rotates = False
    await here.signs_in(one)
    for _ in range(2):
        age(database)
        assert told(await here.asks()) == 200
    assert one.asked[1]["refresh_token"] == one.asked[2]["refresh_token"]


async def test_a_token_that_is_still_good_is_used_while_its_server_is_away(
    database: Cloned, one: Authority, here: Desk
) -> None:
    await here.signs_in(one)
    age(database, "expires_at = now() + interval '10 seconds'")
    one.token_status = 503
    assert told(await here.asks()) == 200
    age(database)
    assert "answered 503" in await refusal(here)
    one.token_status = None
    assert told(await here.asks()) == 200


async def test_a_new_sign_in_wins_over_a_renewal_of_the_old_one(
    database: Cloned, one: Authority, here: Desk, elsewhere: Desk
) -> None:
    await here.signs_in(one)
    answer = one.agree(await here.begins())
    age(database)
    one.hold()
    renewing = asyncio.create_task(elsewhere.asks())
    await until(_grants(one), lambda them: len(them) == 2)
    finishing = asyncio.create_task(here.finishes(answer))
    await until(_grants(one), lambda them: len(them) == 3)
    one.let_go()
    await finishing
    assert told(await renewing) == 200
    assert told(await here.asks()) == 200


@pytest.mark.parametrize(
    "answer",
    ["<html>", "{}", '{"access_token": "canary\\r\\nx: y"}', '{"access_token": "canary", "token_type": "DPoP"}'],
)
async def test_an_answer_that_is_no_token_is_said_and_not_repeated(
    database: Cloned, one: Authority, here: Desk, answer: str
) -> None:
    await here.signs_in(one)
    age(database)
    one.token_answer = answer
    said = await refusal(here)
    assert "something that is no token" in said
    assert "canary" not in said
    one.token_answer = None
    assert told(await here.asks()) == 200


async def test_a_sign_in_is_sealed_anew_with_the_newest_key(database: Cloned, one: Authority, here: Desk) -> None:
    await here.signs_in(one)
    new = base64.b64encode(b"n" * 32).decode()
    async with desk(database, here.file, key=f"{new},{KEY}") as both, both.vault.database.transaction() as tx:
        assert await both.vault.reseal(tx) == 1
    async with desk(database, here.file, key=new) as there:
        assert told(await there.asks()) == 200
    assert "sealed with a key" in await refusal(here)


async def test_with_a_connections_secrets_its_sign_in_is_forgotten(one: Authority, here: Desk) -> None:
    await here.signs_in(one)
    async with here.vault.database.transaction() as tx:
        await forget_all(tx, "orders")
    assert "nobody has agreed yet" in await refusal(here)


async def test_what_is_held_does_not_show_itself(one: Authority, here: Desk) -> None:
    await here.signs_in(one)
    seen = await SignIn(here.vault, "orders", "read").read()
    assert [token for token in one.issued if token in f"{seen} {seen!r}"] == []
    assert set((await here.credential()).values) == set()
    credential = await here.credential()
    await here.asks(credential)
    assert set(credential.values) == set(one.issued)


# --- run out, revoked, changed


async def test_a_revoked_sign_in_is_said_once_asked_and_then_without_asking(
    database: Cloned, one: Authority, here: Desk
) -> None:
    await here.signs_in(one)
    one.revoke()
    assert "has run out or was revoked" in await refusal(here)
    asked = len(one.grants)
    assert "`missiondesk connections authorize orders`" in await refusal(here)
    assert len(one.grants) == asked
    await here.signs_in(one)
    assert told(await here.asks()) == 200


async def test_a_sign_in_without_renewal_ends_with_a_sentence(database: Cloned, one: Authority, here: Desk) -> None:
    one.refreshes = False
    await here.signs_in(one)
    age(database)
    assert "no means to renew it" in await refusal(here)


async def test_another_address_is_another_sign_in(database: Cloned, one: Authority, here: Desk) -> None:
    await here.signs_in(one)
    assert here.file.http is not None
    moved = here.file.http.model_copy(
        update={"url": one.mcp_url.replace("127.0.0.1", "localhost"), "allow_private": ["localhost"]}
    )
    async with desk(database, here.file.model_copy(update={"http": moved})) as there:
        assert "another one than when somebody agreed" in await refusal(there)
    assert [shown for shown in one.shown if shown] == []


async def test_a_wrong_key_is_said_and_nothing_leaves(database: Cloned, one: Authority, here: Desk) -> None:
    await here.signs_in(one)
    async with desk(database, here.file, key="b" * 43 + "=") as other:
        assert "OAuth of the connection 'orders' (read side) is sealed with a key" in await refusal(other)


async def test_more_rights_are_asked_for_by_name_at_the_next_sign_in(one: Authority, here: Desk) -> None:
    await here.signs_in(one)
    one.wants_scope = "orders:all"
    assert "more rights than we have (orders:all)" in await refusal(here)
    await here.signs_in(one)
    assert one.agreed[-1]["scope"] == "orders:read orders:all"
    assert told(await here.asks()) == 200


# --- as the program itself


async def test_the_program_signs_in_by_itself_and_again_when_its_token_is_old(
    database: Cloned, one: Authority, program: Desk
) -> None:
    assert told(await program.asks()) == 200
    assert told(await program.asks()) == 200
    assert one.grants == ["client_credentials"]
    age(database)
    assert told(await program.asks()) == 200
    assert one.grants == ["client_credentials"] * 2
    assert one.asked[0]["resource"] == one.mcp_url
    assert one.registered == []


async def test_many_at_once_sign_the_program_in_once(one: Authority, program: Desk) -> None:
    async with asyncio.TaskGroup() as asking:
        asked = [asking.create_task(program.asks()) for _ in range(6)]
    assert {task.result().status_code for task in asked} == {200}
    assert one.grants == ["client_credentials"]


async def test_the_program_takes_more_rights_when_the_server_wants_them(one: Authority, program: Desk) -> None:
    one.wants_scope = "orders:all"
    assert told(await program.asks()) == 200
    assert one.asked[-1]["scope"] == "orders:read orders:all"


async def test_a_wrong_client_secret_is_named_and_not_repeated(database: Cloned, one: Authority) -> None:
    file = connection(one, {**PROGRAM, "client_id": "somebody-else"})
    async with desk(database, file) as here:
        said = await refusal(here)
    assert "(invalid_client)" in said
    assert "`missiondesk connections secret orders ORDERS_SECRET`" in said
    assert MACHINE_SECRET not in said


async def test_a_client_secret_goes_to_no_other_authorization_server_than_the_first(
    database: Cloned, one: Authority, program: Desk
) -> None:
    assert told(await program.asks()) == 200
    with authority() as other:
        one.server_says = other.url
        one.end_access()
        said = await refusal(program)
        assert other.visits == []
    assert f"({other.url})" in said
    assert "Nothing was sent there" in said


async def test_an_admin_can_let_it_find_its_authorization_server_anew(
    database: Cloned, one: Authority, program: Desk
) -> None:
    assert told(await program.asks()) == 200
    await start_over(program.file, "read", program.vault)
    assert told(await program.asks()) == 200
    assert one.visits.count("/.well-known/oauth-authorization-server") == 2


async def test_nobody_needs_to_agree_for_a_program(program: Desk) -> None:
    with pytest.raises(Refused, match="nobody needs to agree"):
        await program.begins()


# --- where nothing may go


async def test_a_token_goes_to_no_other_host(one: Authority, here: Desk) -> None:
    await here.signs_in(one)
    with authority() as other, pytest.raises(httpx2.ConnectError, match="gets no credential"):
        await here.asks(url=other.mcp_url)


async def test_an_authorization_server_at_a_private_address_is_not_asked(database: Cloned, one: Authority) -> None:
    port = urlsplit(one.mcp_url).port
    file = connection(one, http={"url": one.mcp_url, "allow_private": [f"127.0.0.1:{port}"]})
    async with desk(database, file) as here:
        with pytest.raises(NotSignedIn, match="allow_private"):
            await here.begins()
    one.server_says = one.url.replace("http://127.0.0.1", "https://127.0.0.1")
    async with desk(database, file) as here:
        with pytest.raises(NotSignedIn, match="this machine"):
            await here.begins()
    assert one.visits == []


async def test_a_redirect_of_the_token_endpoint_is_not_followed(database: Cloned, one: Authority, here: Desk) -> None:
    await here.signs_in(one)
    age(database)
    one.token_redirects_to = "http://169.254.169.254/latest"
    assert "Redirects are never followed" in await refusal(here)


async def test_credentials_are_not_sent_in_the_open(database: Cloned, one: Authority) -> None:
    for auth in ({"kind": "bearer", "token": "$ORDERS_SECRET"}, PROGRAM):
        file = connection(one, auth, http={"url": "http://orders.example/mcp"})
        async with desk(database, file) as here:
            with pytest.raises(Misconfigured, match="not https"):
                await here.credential()


# --- sides


async def test_each_side_has_its_own_sign_in_where_the_connection_says_so(database: Cloned, one: Authority) -> None:
    async with desk(database, connection(one, write_auth=PROGRAM)) as here:
        await here.signs_in(one)
        assert told(await here.asks(await here.credential("write"))) == 200
    assert one.grants == ["authorization_code", "client_credentials"]


async def test_without_one_of_its_own_writing_uses_the_sign_in_for_reading(here: Desk, one: Authority) -> None:
    await here.signs_in(one)
    assert told(await here.asks(await here.credential("write"))) == 200
    assert one.grants == ["authorization_code"]


async def test_a_fixed_token_travels_in_the_header_that_the_system_wants(database: Cloned, one: Authority) -> None:
    async with desk(database, connection(one, {"kind": "bearer", "token": "$ORDERS_SECRET"})) as here:
        await here.asks()
    assert one.shown == [f"Bearer {MACHINE_SECRET}"]


async def test_a_fixed_token_with_a_line_break_is_refused_by_name(database: Cloned, one: Authority) -> None:
    file = connection(one, {"kind": "bearer", "token": "$ORDERS_SECRET"})
    with pytest.raises(Misconfigured, match=r"\$ORDERS_SECRET") as wrong:
        await auth_for(file, "read", None, {"ORDERS_SECRET": "canary\r\nx: y"}, patience=5)
    assert "canary" not in str(wrong.value)


async def test_oauth_needs_a_database(one: Authority) -> None:
    with pytest.raises(Misconfigured, match="needs the database"):
        await begin_authorization(connection(one), "read", None, SECRETS, BACK, by="ana", patience=5)


def _grants(one: Authority) -> Any:
    async def look() -> list[str]:
        return one.grants

    return look
