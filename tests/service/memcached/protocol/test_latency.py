"""The time a server takes to answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pydantic import SecretStr

from mctop.api.certificates import trusting
from mctop.service.memcached.protocol.address import Access, Address
from mctop.service.memcached.protocol.latency import PINGS, LatencyProbe
from mctop.service.memcached.protocol.trouble import ServerTrouble, TroubleKind
from tests.api.faultserver import CERTIFICATE
from tests.service.memcached.fakeserver import fake_server
from tests.service.memcached.realserver import needs_memcached, real_server
from tests.service.memcached.recorder import recording

if TYPE_CHECKING:
    from pathlib import Path

    from pymemcache.client.base import Client

    from tests.service.memcached.realserver import RealServer


async def test_a_latency_is_the_median_of_pings_that_count_nothing_over_one_connection(
    memcached: RealServer, client: Client
) -> None:
    before = client.stats()
    async with recording(memcached.address) as recorder:
        pinger = LatencyProbe(recorder.address, Access())
        latencies = [await pinger.latency() for _ in range(3)]
        await pinger.close()
    assert all(1_000 < latency < 1_000_000_000 for latency in latencies)
    assert recorder.commands() == (b"version\r\n", *[b"mn\r\n"] * (1 + 3 * PINGS))
    assert len(recorder.connections) == 1
    after = client.stats()
    assert {name for name in after if name.startswith(b"cmd_") and after[name] != before[name]} == set()


@needs_memcached
async def test_tls_and_credentials_are_spoken_over_one_connection_too(tmp_path: Path) -> None:
    users = tmp_path / "users"
    users.write_text("alice:s3cret\n")
    tls = ("-Z", "-o", f"ssl_chain_cert={CERTIFICATE},ssl_key={CERTIFICATE}")
    access = Access(tls=trusting(CERTIFICATE), username="alice", password=SecretStr("s3cret"))
    with real_server(*tls, "-Y", str(users)) as server:
        pinger = LatencyProbe(Address("localhost", server.port), access)
        first_socket = await pinger.latency() and pinger._socket
        assert await pinger.latency() > 0
        assert pinger._socket is first_socket
        await pinger.close()
        with pytest.raises(ServerTrouble) as caught:
            await LatencyProbe(server.address, Access()).latency()
        assert caught.value.kind is TroubleKind.TLS_ONLY


async def test_a_server_that_comes_back_is_timed_again(memcached: RealServer) -> None:
    pinger = LatencyProbe(memcached.address, Access())
    await pinger.latency()
    memcached.kill()
    with pytest.raises(ServerTrouble) as caught:
        await pinger.latency()
    assert caught.value.kind is TroubleKind.UNREACHABLE
    memcached.start()
    assert await pinger.latency() > 0
    await pinger.close()


@pytest.mark.parametrize(
    ("answers", "otherwise", "kind"),
    [
        ({b"version": b"VERSION 1.4.25\r\n"}, None, None),
        ({b"version": b"VERSION 1.6.18\r\n"}, None, TroubleKind.CLOSED),
        ({b"version": b"CLIENT_ERROR unauthenticated\r\n"}, None, TroubleKind.AUTH_NEEDED),
        ({b"version": b"220 smtp.example.net\r\n"}, None, TroubleKind.NOT_MEMCACHED),
        ({b"version": b"VERSION " + b"1" * 300_000}, None, TroubleKind.NOT_MEMCACHED),
        ({}, None, TroubleKind.TLS_ONLY),
    ],
    ids=["old", "closes", "wants credentials", "mail", "endless", "silent"],
)
async def test_old_servers_are_timed_by_their_version_and_others_are_trouble(
    answers: dict[bytes, bytes], otherwise: bytes | None, kind: TroubleKind | None
) -> None:
    async with fake_server(answers, otherwise=otherwise) as address:
        pinger = LatencyProbe(address, Access())
        if kind is None:
            assert await pinger.latency() > 0
        else:
            with pytest.raises(ServerTrouble) as caught:
                await pinger.latency()
            assert caught.value.kind is kind
        await pinger.close()
