"""Where a connection may go: no private place that an admin has not named, and never where an answer points."""

import asyncio
import ssl
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import httpx2
import pytest

from missiondesk.integrations.mcp_client import Allowed, Channel, NotAllowed, Redirected, SafeTransport
from tests.support.faulty import System
from tests.support.faulty_channel import channel_to, look
from tests.support.faulty_http import faulty_at

PRIVATE = [
    "0.0.0.0",
    "10.1.2.3",
    "100.64.0.1",
    "100.100.100.200",
    "127.0.0.1",
    "127.8.8.8",
    "169.254.169.254",
    "172.16.0.1",
    "192.0.2.1",
    "192.168.1.1",
    "198.18.0.1",
    "224.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::7f00:1",
    "::ffff:10.0.0.1",
    "::ffff:169.254.169.254",
    "64:ff9b::10.0.0.1",
    "64:ff9b::a9fe:a9fe",
    "64:ff9b:1::1",
    "2001:db8::1",
    "2002:7f00:1::1",
    "fc00::1",
    "fd00:ec2::254",
    "fe80::1%eth0",
    "ff02::1",
]
PUBLIC = ["93.184.216.34", "2606:4700:4700::1111", "64:ff9b::5db8:d822", "::ffff:93.184.216.34"]


@asynccontextmanager
async def client(
    *addresses: str, allow_private: Sequence[str] = (), verify: ssl.SSLContext | None = None
) -> AsyncGenerator[tuple[httpx2.AsyncClient, list[str]]]:
    """A client for which each name is at these addresses; the names that it asked for."""
    asked: list[str] = []

    async def resolve(host: str, port: int) -> Sequence[str]:
        asked.append(host)
        return addresses or (host,)

    transport = SafeTransport(allow_private, resolve=resolve, verify=verify)
    async with httpx2.AsyncClient(transport=transport, trust_env=False, timeout=2) as found:
        yield found, asked


@pytest.mark.parametrize("address", PRIVATE)
async def test_a_name_at_a_private_address_is_refused_with_what_to_do(address: str) -> None:
    async with client(address) as (http, _):
        with pytest.raises(NotAllowed) as told:
            await http.get("http://shop.example/mcp")
    assert f"shop.example is {address}, " in str(told.value)
    assert '"shop.example:80" to allow_private' in str(told.value)


@pytest.mark.parametrize("address", [address for address in PRIVATE if "%" not in address])
async def test_a_private_address_itself_is_refused(address: str) -> None:
    async with client() as (http, _):
        with pytest.raises(NotAllowed):
            await http.get(f"http://{f'[{address}]' if ':' in address else address}/mcp")


@pytest.mark.parametrize("written", ["http://2130706433/", "http://0x7f.1/", "http://127.1/", "http://LOCALHOST/"])
async def test_other_spellings_of_this_machine_are_refused(written: str) -> None:
    async with httpx2.AsyncClient(transport=SafeTransport(), trust_env=False, timeout=2) as http:
        with pytest.raises(httpx2.ConnectError):
            await http.get(written)


async def test_one_private_address_among_public_ones_is_enough() -> None:
    async with client(*PUBLIC, "10.0.0.1") as (http, _):
        with pytest.raises(NotAllowed):
            await http.get("http://shop.example/")


async def test_a_name_is_asked_for_once_and_the_checked_address_is_used() -> None:
    with faulty_at(System()) as here:
        answers = [["127.0.0.1"], ["10.0.0.1"]]

        async def resolve(_host: str, _port: int) -> Sequence[str]:
            return answers.pop(0)

        transport = SafeTransport([f"shop.example:{here.port}"], resolve=resolve)
        async with httpx2.AsyncClient(transport=transport, trust_env=False, timeout=2) as http:
            for _ in range(3):
                assert (await http.get(f"http://shop.example:{here.port}/")).status_code == 405
        assert answers == [["10.0.0.1"]]
        assert {head["host"] for head in here.heads} == {f"shop.example:{here.port}"}


async def test_what_is_allowed_is_a_host_or_a_host_with_its_port_and_nothing_like_it() -> None:
    allowed = Allowed(["erp.local", "10.0.0.7:8443", "[::1]:80", "fd00::7"])
    assert ("erp.local", 1) in allowed
    assert ("ERP.local", 1) in allowed
    assert ("10.0.0.7", 8443) in allowed
    assert ("::1", 80) in allowed
    assert ("fd00::7", 9) in allowed
    for place in [("x.erp.local", 1), ("10.0.0.7", 80), ("10.0.0.70", 8443), ("::1", 81), ("erp.local.", 1)]:
        assert place not in allowed
    for wrong in ["*.local", "http://erp.local", "10.0.0.0/8", "", "erp.local:https"]:
        with pytest.raises(ValueError, match="neither a host nor host:port"):
            Allowed([wrong])


async def test_proxies_of_the_environment_are_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "HTTPS_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    with faulty_at(System()) as here:
        async with channel_to(here) as channel:
            assert (await look(channel)).kind == "ok"


async def test_a_redirect_is_told_and_not_followed() -> None:
    with faulty_at(System(listing="redirect")) as here:
        async with channel_to(here) as channel:
            with pytest.raises(ConnectionError, match="redirects \\(307\\) to http://169.254.169.254/"):
                await channel.definitions()
        here.more_headers = {}
        async with client(allow_private=["127.0.0.1"]) as (http, _):
            with pytest.raises(Redirected):
                await http.post(here.url, json={"id": 1, "method": "tools/list"})


async def test_a_channel_to_a_private_address_says_what_to_do() -> None:
    with faulty_at(System()) as here:
        channel = Channel(url=here.url)
        with pytest.raises(ConnectionError) as told:
            await channel.definitions()
        answer = await look(channel)
        await channel.close()
    assert f'"127.0.0.1:{here.port}" to allow_private' in str(told.value)
    assert answer.kind == "gone"
    assert here.heads == []


async def test_tls_verifies_the_name_though_we_connect_to_an_address(tmp_path: Path) -> None:
    server, trusting = await _certificate(tmp_path, "shop.example")
    with faulty_at(System(), tls=server) as here:
        allowed = [f"shop.example:{here.port}", f"other.example:{here.port}"]
        async with client("127.0.0.1", allow_private=allowed, verify=trusting) as (http, asked):
            assert (await http.get(f"https://shop.example:{here.port}/")).status_code == 405
            with pytest.raises(httpx2.ConnectError, match="certificate"):
                await http.get(f"https://other.example:{here.port}/")
            assert asked == ["shop.example", "other.example"]


async def _certificate(folder: Path, name: str) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """What a server called `name` shows, and a trust in exactly that."""
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    making = await asyncio.create_subprocess_exec(
        *("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"),
        *("-keyout", str(key), "-out", str(certificate), "-days", "1", "-subj", f"/CN={name}"),
        *("-addext", f"subjectAltName=DNS:{name}"),
        stderr=asyncio.subprocess.DEVNULL,
    )
    assert await making.wait() == 0
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(certificate, key)
    return server, ssl.create_default_context(cafile=str(certificate))
