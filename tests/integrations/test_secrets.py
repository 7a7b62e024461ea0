"""Secrets at rest: what is stored cannot be read, moved or changed, and what is wrong is said without telling it."""

import base64
import os
import stat
import threading
from collections.abc import AsyncGenerator, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import psycopg
import pytest
from hypothesis import given
from hypothesis import strategies as st

from missiondesk.integrations.secrets.hiding import hidden, scrubbed
from missiondesk.integrations.secrets.keys import FILE, Keys, Side
from missiondesk.integrations.secrets.vault import Vault, forget_all
from missiondesk.kit.database import Database
from missiondesk.kit.errors import Invalid, Misconfigured
from missiondesk.kit.settings import Settings
from tests.support.postgres import Cloned, Postgres

CANARY = "canary-7f3c91d2e8"
URL = {"DATABASE_URL": "postgresql://nowhere"}


def key(seed: int) -> str:
    return base64.b64encode(bytes([seed]) * 32).decode()


def keys(**environ: str) -> Keys:
    return Keys.read(
        Settings.read({**URL, **{f"MISSIONDESK_{name.upper()}": value for name, value in environ.items()}})
    )


def embedded(home: Path) -> Keys:
    """The keys of an installation that nobody configured."""
    return Keys.read(Settings.read({"MISSIONDESK_HOME": str(home)}))


@pytest.fixture(scope="module")
def database(postgres: Postgres) -> Iterator[Cloned]:
    """One for all of them: nothing but `connection_secrets` is written."""
    with postgres.cloned() as clone:
        yield clone


@pytest.fixture(autouse=True)
def nothing_kept(database: Cloned) -> None:
    with psycopg.connect(database.url) as tx:
        tx.execute("delete from connection_secrets")


@pytest.fixture
async def opened(database: Cloned) -> AsyncGenerator[Database]:
    found = Database(database.url)
    yield found
    await found.close()


async def put(vault: Vault, value: str = CANARY, *, name: str = "TOKEN", side: Side = "read") -> None:
    async with vault.database.transaction() as tx:
        await vault.put(tx, "billing", side, name, value, by="ana")


def change(database: Cloned, statement: Any, *values: Any) -> None:
    with psycopg.connect(database.url) as connection:
        connection.execute(statement, values)


# --- in and out


async def test_a_secret_comes_back_only_for_its_connection_and_side(opened: Database) -> None:
    vault = Vault(opened, keys(secret_key=key(1)))
    await put(vault)
    await put(vault, "another-canary", side="write")
    assert await vault.values("billing", "read") == {"TOKEN": CANARY}
    assert await vault.values("billing", "write") == {"TOKEN": "another-canary"}
    assert await vault.values("shop", "read") == {}


async def test_people_are_told_that_there_is_one_and_who_set_it_never_its_value(opened: Database) -> None:
    vault = Vault(opened, keys(secret_key=key(1)))
    await put(vault)
    async with opened.transaction() as tx:
        kept = await vault.kept(tx, "billing")
    assert [(one.side, one.name, one.set_by) for one in kept] == [("read", "TOKEN", "ana")]
    assert CANARY not in repr(kept)


async def test_a_secret_set_again_replaces_the_first(opened: Database) -> None:
    vault = Vault(opened, keys(secret_key=key(1)))
    await put(vault)
    await put(vault, "the-new-one")
    assert await vault.values("billing", "read") == {"TOKEN": "the-new-one"}


async def test_one_secret_can_be_forgotten_or_all_of_a_connection(opened: Database) -> None:
    vault = Vault(opened, keys(secret_key=key(1)))
    await put(vault)
    await put(vault, name="OTHER")
    await put(vault, side="write")
    async with opened.transaction() as tx:
        await vault.forget(tx, "billing", "read", "TOKEN")
    assert await vault.values("billing", "read") == {"OTHER": CANARY}
    async with opened.transaction() as tx:
        await forget_all(tx, "billing")
        assert await vault.kept(tx, "billing") == []


@pytest.mark.parametrize("name", ["token", "1TOKEN", "TO KEN", "", "TOKEN\n"])
async def test_a_name_that_no_manifest_could_hold_is_refused(opened: Database, name: str) -> None:
    with pytest.raises(Invalid, match="capitals"):
        await put(Vault(opened, keys(secret_key=key(1))), name=name)


@pytest.mark.parametrize("value", ["", " x", "x\n", "a\x00b", "x" * 16_001])
async def test_a_value_that_was_surely_pasted_wrong_is_refused_and_not_repeated(opened: Database, value: str) -> None:
    with pytest.raises(Invalid) as refused:
        await put(Vault(opened, keys(secret_key=key(1))), value)
    assert value == "" or value.strip() not in str(refused.value).split()


# --- at rest


async def test_the_database_holds_nothing_of_the_value(opened: Database, database: Cloned) -> None:
    await put(Vault(opened, keys(secret_key=key(1))))
    with psycopg.connect(database.url) as connection:
        stored = connection.execute("select sealed from connection_secrets").fetchall()
    assert len(stored) == 1
    assert CANARY.encode() not in stored[0][0]


async def test_equal_secrets_do_not_look_equal(opened: Database, database: Cloned) -> None:
    vault = Vault(opened, keys(secret_key=key(1)))
    await put(vault)
    await put(vault, name="OTHER")
    with psycopg.connect(database.url) as connection:
        stored = {row[0] for row in connection.execute("select sealed from connection_secrets")}
    assert len(stored) == 2


@pytest.mark.parametrize(
    "statement",
    [
        "update connection_secrets set connection_id = 'shop'",
        "update connection_secrets set side = 'write'",
        "update connection_secrets set name = 'OTHER'",
        "update connection_secrets set sealed = set_byte(sealed, length(sealed) - 1, get_byte(sealed, 20) # 1)",
        "update connection_secrets set sealed = substring(sealed, 1, 20)",
    ],
)
async def test_a_row_that_was_moved_or_changed_does_not_open(
    opened: Database, database: Cloned, statement: str
) -> None:
    vault = Vault(opened, keys(secret_key=key(1), write_key=key(1)))
    await put(vault)
    change(database, statement)
    places: list[tuple[str, Side]] = [("billing", "read"), ("billing", "write"), ("shop", "read")]
    told: list[str] = []
    for connection, side in places:
        try:
            assert await vault.values(connection, side) == {}
        except Misconfigured as wrong:
            told.append(str(wrong))
    assert len(told) == 1
    assert "set" in told[0]
    assert CANARY not in told[0]


async def test_a_wrong_key_is_said_in_one_sentence_without_the_key(opened: Database) -> None:
    await put(Vault(opened, keys(secret_key=key(1))))
    with pytest.raises(Misconfigured, match=r"The secret TOKEN of the connection 'billing' .* key that") as wrong:
        await Vault(opened, keys(secret_key=key(2))).values("billing", "read")
    assert key(2) not in str(wrong.value)


async def test_without_a_key_nothing_is_stored_and_it_says_how_to_make_one(opened: Database) -> None:
    with pytest.raises(Misconfigured, match=r"MISSIONDESK_SECRET_KEY.*openssl rand -base64 32"):
        await put(Vault(opened, keys()))
    assert await Vault(opened, keys()).values("billing", "read") == {}


@pytest.mark.parametrize("value", ["secret", key(1)[:-4], "ü" * 44, f"{key(1)},", f"{key(1)},short"])
def test_what_is_no_key_is_refused_at_the_start_and_not_repeated(value: str) -> None:
    with pytest.raises(Misconfigured, match="32 bytes in base64") as wrong:
        keys(secret_key=value)
    assert value not in str(wrong.value)


def test_a_key_given_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Misconfigured, match="both set"):
        keys(secret_key=key(1), secret_key_file=str(tmp_path / "key"))


def test_a_key_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(Misconfigured, match=r"MISSIONDESK_SECRET_KEY_FILE: .*mounted cannot be read: No such file"):
        keys(secret_key_file=str(tmp_path / "mounted"))


async def test_a_key_file_works_as_the_variable_does(opened: Database, tmp_path: Path) -> None:
    mounted = tmp_path / "mounted"
    mounted.write_text(key(1) + "\n")
    await put(Vault(opened, keys(secret_key=key(1))))
    assert await Vault(opened, keys(secret_key_file=str(mounted))).values("billing", "read") == {"TOKEN": CANARY}


# --- a key for writing


async def test_a_process_without_the_writing_key_opens_nothing_that_is_for_writing(opened: Database) -> None:
    everything = Vault(opened, keys(secret_key=key(1), write_key=key(2)))
    await put(everything, side="read")
    await put(everything, side="write")
    worker = Vault(opened, keys(secret_key=key(1)))
    assert await worker.values("billing", "read") == {"TOKEN": CANARY}
    with pytest.raises(Misconfigured, match="MISSIONDESK_WRITE_KEY"):
        await worker.values("billing", "write")


async def test_the_sides_have_different_keys_even_without_a_writing_key(opened: Database) -> None:
    one = keys(secret_key=key(1))
    sealed = one.seal("read", b"x", place=b"here")
    with pytest.raises(Misconfigured):
        one.open("write", sealed, place=b"here", what="It")


async def test_what_was_set_without_the_writing_key_does_not_pass_for_guarded(opened: Database) -> None:
    await put(Vault(opened, keys(secret_key=key(1))), side="write")
    executor = Vault(opened, keys(secret_key=key(1), write_key=key(2)))
    with pytest.raises(Misconfigured):
        await executor.values("billing", "write")
    async with opened.transaction() as tx:
        assert await executor.reseal(tx) == 1
    assert await executor.values("billing", "write") == {"TOKEN": CANARY}
    with pytest.raises(Misconfigured):
        await Vault(opened, keys(secret_key=key(1))).values("billing", "write")


# --- rotation


async def test_an_old_key_opens_beside_the_new_one_and_can_be_thrown_away_after_resealing(opened: Database) -> None:
    await put(Vault(opened, keys(secret_key=key(1))))
    both = Vault(opened, keys(secret_key=f"{key(2)},{key(1)}"))
    assert await both.values("billing", "read") == {"TOKEN": CANARY}
    await put(both, "set-after-it", name="NEWER")
    new = Vault(opened, keys(secret_key=key(2)))
    with pytest.raises(Misconfigured, match="TOKEN"):
        await new.values("billing", "read")
    async with opened.transaction() as tx:
        assert await both.reseal(tx) == 2
    assert await new.values("billing", "read") == {"TOKEN": CANARY, "NEWER": "set-after-it"}
    with pytest.raises(Misconfigured):
        await Vault(opened, keys(secret_key=key(1))).values("billing", "read")


# --- the installation's own key


async def test_the_embedded_installation_makes_its_key_when_a_secret_is_first_set(
    opened: Database, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    vault = Vault(opened, embedded(home))
    assert await vault.values("billing", "read") == {}
    assert not home.exists()
    await put(vault)
    assert stat.S_IMODE((home / FILE).stat().st_mode) == 0o600
    assert os.listdir(home) == [FILE]
    assert await Vault(opened, embedded(home)).values("billing", "read") == {"TOKEN": CANARY}


async def test_a_key_that_others_can_read_is_refused(opened: Database, tmp_path: Path) -> None:
    vault = Vault(opened, embedded(tmp_path))
    await put(vault)
    (tmp_path / FILE).chmod(0o640)
    with pytest.raises(Misconfigured, match=r"read by others.*chmod 600"):
        await vault.values("billing", "read")


async def test_a_lost_key_is_not_replaced_by_reading(opened: Database, tmp_path: Path) -> None:
    vault = Vault(opened, embedded(tmp_path))
    await put(vault)
    (tmp_path / FILE).unlink()
    with pytest.raises(Misconfigured, match=r"secret\.key is gone: put it back"):
        await vault.values("billing", "read")
    assert not (tmp_path / FILE).exists()


def test_two_processes_that_make_the_key_at_once_have_the_same_one(tmp_path: Path) -> None:
    start = threading.Barrier(8)
    sealed: list[bytes] = []

    def go() -> None:
        start.wait(timeout=10)
        sealed.append(embedded(tmp_path).seal("read", b"x", place=b"here"))

    threads = [threading.Thread(target=go) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=10)
    opening = embedded(tmp_path)
    assert [opening.open("read", one, place=b"here", what="It") for one in sealed] == [b"x"] * 8


def test_a_database_of_ones_own_gets_no_key_file() -> None:
    assert keys().file is None


# --- what is shown


def test_no_key_and_no_password_is_in_what_an_object_says_of_itself() -> None:
    settings = Settings.read(
        {
            "DATABASE_URL": f"postgresql://us:{CANARY}@host/db",
            "MISSIONDESK_OWNER_URL": f"postgresql://us:{CANARY}@host/db",
            "MISSIONDESK_SECRET_KEY": key(1),
            "MISSIONDESK_WRITE_KEY": key(2),
        }
    )
    shown = repr(settings) + repr(Keys.read(settings)) + repr(replace(settings, port=1))
    assert [one for one in (CANARY, key(1), key(2), repr(bytes([1]) * 32)) if one in shown] == []


@pytest.mark.parametrize(
    "text",
    [
        'token sk/a+b=c d"e was refused',
        "GET /?key=sk%2Fa%2Bb%3Dc%20d%22e",
        "GET /?key=sk%2Fa%2Bb%3Dc+d%22e",
        '{"echo": "sk/a+b=c d\\"e"}',
    ],
)
def test_a_secret_is_hidden_however_it_is_spelt(text: str) -> None:
    cleaned = hidden(text, ['sk/a+b=c d"e'])
    assert "[secret]" in cleaned
    assert "sk" not in cleaned


def test_short_secrets_are_left_as_they_occur_by_chance() -> None:
    assert hidden("order 4471 of 44", ["44", ""]) == "order 4471 of 44"


def test_a_secret_within_another_one_leaves_no_rest() -> None:
    assert hidden("abcdef-and-more", ["abcdef", "abcdef-and-more"]) == "[secret]"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.just(CANARY) | st.just(f"Bearer {CANARY}!"),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4) | st.just(CANARY), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(JSON)
def test_no_secret_is_left_anywhere_in_a_result_and_the_rest_stays(value: Any) -> None:
    cleaned = scrubbed(value, [CANARY, "4"])
    assert CANARY not in repr(cleaned)
    if CANARY not in repr(value):
        assert cleaned == value


def test_a_secret_that_is_a_number_is_hidden_too() -> None:
    assert scrubbed({"pin": 12345678, "n": 12}, ["12345678"]) == {"pin": "[secret]", "n": 12}
