"""The door out, when requests are cancelled or expire: httpx 0.28.1 leaks their slots, and we must not."""

import asyncio
from collections.abc import AsyncIterator

import psutil
import pytest

from mctop.api.call import IN_FLIGHT
from mctop.api.errors import ApiError, Unreachable
from mctop.api.transport import Transport
from tests.api.conftest import LOGIN
from tests.api.faultserver import CERTIFICATE, FaultServer, silence


def sockets_to(server: FaultServer) -> int:
    """Count this process's sockets whose other end is the server."""
    found = psutil.Process().net_connections("tcp")
    return sum(bool(each.raddr) and each.raddr.port == server.port for each in found)


async def cancel_at_swept_points(transport: Transport, cancellations: int, points: int) -> None:
    """Start five requests, more than there are lanes, and cancel them one loop turn later than the round before."""
    for turn in range(cancellations // 5):
        tasks = [asyncio.create_task(transport.send("GET", "/x")) for _ in range(5)]
        for _ in range(turn % points):
            await asyncio.sleep(0)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def settled(server: FaultServer, at_most: int) -> int:
    """Let what is closing close: it takes turns of the loop, not time."""
    for _ in range(1_000):
        if sockets_to(server) <= at_most:
            break
        await asyncio.sleep(0)
    return sockets_to(server)


@pytest.fixture
async def secure() -> AsyncIterator[FaultServer]:
    async with FaultServer(secure=True) as running:
        yield running


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
async def test_after_1000_cancellations_a_get_works_and_no_socket_is_left(server: FaultServer, host: str) -> None:
    transport = Transport(f"http://{host}:{server.port}", LOGIN)
    await cancel_at_swept_points(transport, 1_000, 60)
    assert (await transport.send("GET", "/x")).status == 200
    assert await settled(server, IN_FLIGHT) <= IN_FLIGHT
    await transport.aclose()
    assert await settled(server, 0) == 0


async def test_cancelled_tls_handshakes_leave_no_socket(secure: FaultServer) -> None:
    transport = Transport(secure.url, LOGIN, cacert=CERTIFICATE)
    await cancel_at_swept_points(transport, 300, 30)
    assert (await transport.send("GET", "/x")).status == 200
    assert await settled(secure, IN_FLIGHT) <= IN_FLIGHT
    await transport.aclose()
    assert await settled(secure, 0) == 0


async def test_a_tls_handshake_that_expires_leaves_no_socket(server: FaultServer) -> None:
    # The server speaks no TLS and waits for a request that never comes: the handshake hangs.
    url = server.url.replace("http://", "https://")
    transport = Transport(url, LOGIN, deadline=0.05)
    for _ in range(6):
        with pytest.raises(Unreachable):
            await transport.send("GET", "/x")
    assert await settled(server, 0) == 0
    await transport.aclose()


async def test_after_expired_requests_on_every_lane_a_get_works(server: FaultServer, hasty: Transport) -> None:
    server.replies["/silent"] = silence
    for _ in range(3):
        results = await asyncio.gather(*(hasty.send("GET", "/silent") for _ in range(8)), return_exceptions=True)
        assert all(isinstance(result, ApiError) for result in results)
    assert (await hasty.send("GET", "/x")).status == 200
    assert await settled(server, IN_FLIGHT) <= IN_FLIGHT


async def test_a_cancelled_request_harms_no_other_in_flight(server: FaultServer, transport: Transport) -> None:
    let_go = asyncio.Event()

    async def held(writer: asyncio.StreamWriter) -> None:
        await let_go.wait()
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")

    server.replies["/held"] = held
    server.replies["/silent"] = silence
    kept = [asyncio.create_task(transport.send("GET", "/held")) for _ in range(2)]
    dropped = [asyncio.create_task(transport.send("GET", "/silent")) for _ in range(2)]
    await server.requests(4)
    for task in dropped:
        task.cancel()
    await asyncio.gather(*dropped, return_exceptions=True)
    let_go.set()
    assert [answer.body for answer in await asyncio.gather(*kept)] == [b"{}", b"{}"]
