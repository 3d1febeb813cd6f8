"""Servers that refuse something: the service says which, what and why, and the rest goes on."""

from __future__ import annotations

from contextlib import AsyncExitStack
from typing import TYPE_CHECKING

import pytest

from mctop.api.errors import ApiError
from mctop.service.memcached.protocol import connection
from tests.api.faultserver import CERTIFICATE
from tests.service.memcached.doing import connected
from tests.service.memcached.fakeserver import fake_server
from tests.service.memcached.realserver import needs_memcached, real_server, sasl_only
from tests.service.memcached.standing import standing, until
from tests.told import told

if TYPE_CHECKING:
    from pathlib import Path

TLS = ("-Z", "-o", f"ssl_chain_cert={CERTIFICATE},ssl_key={CERTIFICATE}")
PROXY = {b"version": b"VERSION 0.5.0\r\n"}


@pytest.fixture(autouse=True)
def brisk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give up soon on servers that do not answer."""
    monkeypatch.setattr(connection, "ANSWER_SECONDS", 0.3)


@needs_memcached
async def test_servers_that_cannot_be_asked_are_each_named_with_the_reason_and_the_others_are_told_of(
    tmp_path: Path,
) -> None:
    users = tmp_path / "users"
    users.write_text("alice:s3cret\n")
    async with AsyncExitStack() as stack:
        flags = ((), ("-S",), TLS, ("-Y", str(users)))
        servers = [stack.enter_context(real_server(*each, environ=sasl_only(tmp_path))) for each in flags]
        proxy = await stack.enter_async_context(fake_server(PROXY))
        good, sasl, tls, guarded = (server.address for server in servers)
        async with standing(good, sasl, tls, guarded, proxy, by_itself=False) as service:
            await service.sample()
            grades = await service.grades()
            assert {name: grades[name].note for name in (sasl.text, tls.text, guarded.text, proxy.text)} == {
                sasl.text: "it does not speak the text protocol, only the binary one (-S for SASL, or -B binary)",
                tls.text: "it cuts off what is not TLS: try --tls",
                guarded.text: "it wants a username and password",
                proxy.text: "it closes on stats, as proxies do (twemproxy): name the memcached servers behind it",
            }
            assert good.text not in grades
            assert [each.server for each in (await service.client.stats()).servers] == [good.text]
            assert grades["popular_items"].note.startswith("not watched on 4 of 5: ")
        async with standing(guarded, by_itself=False, password="wrong") as service:
            await service.sample()
            words = "it does not accept the username and password"
            assert (await service.grades())[guarded.text].note == words
            with pytest.raises(ApiError) as caught:
                await service.client.stats()
            assert (caught.value.status, caught.value.message) == (503, f"{guarded.text}: {words}")
        async with standing(guarded, by_itself=False, password="s3cret") as service:
            assert told((await service.client.stats()).total.auth_cmds) >= 1


@needs_memcached
async def test_what_an_option_forbids_is_said_and_the_data_of_the_other_server_shows() -> None:
    with real_server("-B", "ascii") as free, real_server("-W", "-X", "-F") as strict, connected(free) as client:
        name = strict.address.text
        async with standing(free.address, strict.address) as service:
            members = service.members
            await until(lambda: all(one.capabilities for one in members))
            client.set("here", "1")
            await service.client.key_stats("here")
            await until(lambda: members[1].watcher.state.trouble and members[0].watcher.state.on)
            grades = await service.grades()
            words = "watch fetchers is refused: CLIENT_ERROR watch commands not allowed (-W forbids it)"
            partly = ("approximate", f"not watched on 1 of 2: {words}")
            for of in ("recent_logs", "popular_items", "most_mutated_keys"):
                assert (grades[of].grade, grades[of].note.partition("; ")[0]) == partly
            assert grades["prefix_stats"].note.startswith("no keys on 1 of 2: it lists no keys")
            counted = grades["prefix_stats.num_keys"]
            assert (counted.grade, counted.note[:21]) == ("approximate", "unknown on 1 of 2: it")
            with pytest.raises(ApiError) as caught:
                await service.client.flush()
            assert caught.value.status == 503
            assert caught.value.message == (
                f"1 of 2 servers flushed; {name}: flush_all is refused: "
                "CLIENT_ERROR flush_all not allowed (-F forbids it)"
            )
            assert client.get("here") is None
            await until(lambda: client.get("here") is None and members[0].watcher.log)
            logs = (await service.client.recent_logs()).servers
            assert [bool(log.lines) for log in logs] == [True, False]


@needs_memcached
async def test_where_no_server_may_be_watched_that_is_impossible() -> None:
    with real_server("-W") as server:
        async with standing(server.address) as service:
            await until(lambda: service.members[0].capabilities)
            await service.client.recent_logs()
            grades = await service.grades()
            for of in ("recent_logs", "popular_items", "most_mutated_keys"):
                assert grades[of].grade == "impossible"
                assert grades[of].note.startswith("not watched: watch fetchers is refused")
            assert (await service.client.stats()).servers
