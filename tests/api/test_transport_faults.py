"""The door out, when the other side misbehaves: every failure is typed, bounded, and never sent twice by mistake."""

import asyncio
import contextlib
import json
import os
import socket
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mctop.api.call import IN_FLIGHT
from mctop.api.errors import (
    ApiError,
    ConnectionLost,
    OutcomeUnknown,
    ServerFault,
    TimedOut,
    TooLarge,
    Unreachable,
)
from mctop.api.transport import Transport
from tests.api.conftest import LOGIN
from tests.api.faults import FAULTS
from tests.api.faultserver import (
    CERTIFICATE,
    FaultServer,
    Reply,
    as_json,
    endless,
    plain,
    raw,
    then_close,
)


@pytest.mark.parametrize("fault", FAULTS)
async def test_each_fault_is_its_own_error_and_the_next_request_works(server: FaultServer, fault: str) -> None:
    server.replies["/x"], kind = FAULTS[fault]
    deadline = 0.3 if kind is TimedOut else 5.0
    transport = Transport(server.url, LOGIN, deadline=deadline)
    with pytest.raises(ApiError) as caught:
        await transport.send("GET", "/x")
    assert type(caught.value) is kind
    assert len(caught.value.message) <= 400
    assert [seen.path for seen in server.seen] == ["/x"]
    assert (await transport.send("GET", "/ok")).status == 200
    await transport.aclose()


BEFORE_THE_HEAD = ("silence", "a dripping head", "no HTTP", "a reset before the head", "a close before the head")


@pytest.mark.parametrize("fault", BEFORE_THE_HEAD)
async def test_a_change_without_an_answer_has_an_unknown_outcome_and_is_not_sent_again(
    server: FaultServer, hasty: Transport, fault: str
) -> None:
    server.replies["/x"], _ = FAULTS[fault]
    with pytest.raises(OutcomeUnknown):
        await hasty.send("POST", "/x")
    assert [seen.method for seen in server.seen] == ["POST"]


async def test_a_bomb_is_put_down_without_the_memory_it_wants(server: FaultServer, transport: Transport) -> None:
    server.replies["/x"] = FAULTS["a gzip bomb"][0]
    tracemalloc.start()
    with pytest.raises(TooLarge):
        await transport.send("GET", "/x")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 40 * 2**20


async def test_nobody_listening_is_unreachable() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    transport = Transport(f"http://127.0.0.1:{port}", LOGIN)
    with pytest.raises(Unreachable, match=rf"cannot connect to 127\.0\.0\.1:{port}"):
        await transport.send("POST", "/x")
    await transport.aclose()


async def test_a_name_that_does_not_exist_is_unreachable(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    transport = Transport("https://no-such-host.invalid", LOGIN, deadline=2.0)
    with pytest.raises(Unreachable, match=r"no-such-host\.invalid"):
        await transport.send("GET", "/x")
    await transport.aclose()


async def test_a_connection_that_never_completes_is_unreachable_within_the_deadline() -> None:
    with socket.socket() as full:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        host, port = full.getsockname()
        with socket.create_connection((host, port)):  # the backlog is full: a connect now waits for ever
            transport = Transport(f"https://127.0.0.1:{port}", LOGIN, deadline=0.2)
            with pytest.raises(Unreachable, match=r"no connection to .* within 0\.2 s"):
                await transport.send("POST", "/x")
            await transport.aclose()


async def test_a_connection_that_the_server_closed_while_idle_costs_a_get_nothing(
    server: FaultServer, transport: Transport
) -> None:
    await transport.send("GET", "/x")
    server.replies["/stale"] = _once(then_close(b""), as_json(1))
    assert (await transport.send("GET", "/stale")).body == b"1"
    assert len(server.seen) == 3
    assert server.connections == 2


async def test_a_get_is_sent_again_at_most_once(server: FaultServer, transport: Transport) -> None:
    await transport.send("GET", "/x")
    server.replies["/stale"] = then_close(b"")
    with pytest.raises(ConnectionLost):
        await transport.send("GET", "/stale")
    assert len(server.seen) == 3


async def test_idle_connections_closed_at_any_moment_fail_no_poll(server: FaultServer, transport: Transport) -> None:
    for turn in range(60):
        sending = asyncio.create_task(transport.send("GET", "/x"))
        for _ in range(turn % 5):
            await asyncio.sleep(0)
        if turn % 5 < 2:  # before the request can have left
            server.close_idle()
        assert (await sending).status == 200


async def test_a_status_is_never_a_reason_to_send_again(server: FaultServer, transport: Transport) -> None:
    await transport.send("GET", "/x")
    for status in ("408 Timeout", "429 Slow", "500 Oops", "503 Busy"):
        server.replies["/x"] = plain(b"", status)
        with pytest.raises(ApiError):
            await transport.send("GET", "/x")
    assert len(server.seen) == 5


async def test_a_body_after_204_harms_no_later_request(server: FaultServer, transport: Transport) -> None:
    server.replies["/x"] = raw(b"HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\nhello")
    assert (await transport.send("POST", "/x")).body == b""
    assert (await transport.send("POST", "/x")).body == b""
    assert (await transport.send("GET", "/ok")).status == 200


async def test_a_broken_tls_record_is_a_lost_connection() -> None:
    async def write(writer: asyncio.StreamWriter) -> None:
        os.write(writer.get_extra_info("socket").fileno(), b"\x17\x03\x03\x00\x20" + bytes(32))

    async with FaultServer(secure=True) as server:
        server.replies["/x"] = write
        transport = Transport(server.url, LOGIN, cacert=CERTIFICATE)
        with pytest.raises(ConnectionLost):
            await transport.send("GET", "/x")
        assert (await transport.send("GET", "/ok")).status == 200
        await transport.aclose()


PIECES = st.sampled_from(
    [b"HTTP/1.1 200 OK\r\n", b"HTTP/1.0 404\r\n", b"HTTP/1.1 999 \xff\r\n", b"Content-Length: 2\r\n", b"{}", b"\r\n",
     b"Transfer-Encoding: chunked\r\n", b"2\r\n{}\r\n", b"0\r\n\r\n", b"Content-Encoding: gzip\r\n", b"Date: \xff\r\n",
     b"Retry-After: x\r\n", b"HTTP/1.1 302 F\r\nLocation: http://[\r\n", b"HTTP/1.1 101 S\r\n", b"Upgrade: x\r\n",
     b"Connection: upgrade\r\n", b"HTTP/1.1 100 C\r\n\r\n", b"Set-Cookie: a=b; domain=\xff\r\n", b": \r\n", b"\x00"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=8).map(b"".join) | st.binary(max_size=60))
async def test_whatever_bytes_come_back_there_is_an_answer_or_an_api_error(data: bytes) -> None:
    async with FaultServer() as server:
        server.replies["/x"] = then_close(data)
        transport = Transport(server.url, LOGIN, deadline=2.0)
        for method in ("GET", "POST"):
            with contextlib.suppress(ApiError):
                assert (await transport.send(method, "/x")).ok
        await transport.aclose()
        assert len(server.seen) == 2


async def test_an_error_body_is_bounded_too(server: FaultServer, transport: Transport) -> None:
    server.replies["/x"] = endless(b"HTTP/1.1 500 Oops\r\n\r\n", b"x" * 65_536)
    with pytest.raises(TooLarge):
        await transport.send("GET", "/x")
    server.replies["/x"] = plain(b"x" * 10_000, "500 Oops")
    with pytest.raises(ServerFault) as caught:
        await transport.send("GET", "/x")
    assert caught.value.message == "x" * 300


def _once(first: Reply, then: Reply) -> Reply:
    replies = iter((first, then))

    async def write(writer: asyncio.StreamWriter) -> None:
        await next(replies)(writer)

    return write


@pytest.mark.parametrize("more", [plain(b'{"of": "x"}'), raw(b"garbage")], ids=["a second answer", "rubbish"])
async def test_what_follows_an_answer_is_not_taken_for_the_next(
    server: FaultServer, transport: Transport, more: Reply
) -> None:
    async def twice(writer: asyncio.StreamWriter) -> None:
        await as_json({"of": "x"})(writer)
        await more(writer)

    server.replies["/x"], server.replies["/y"] = twice, as_json({"of": "y"})
    for _ in range(IN_FLIGHT):
        assert json.loads((await transport.send("GET", "/x")).body) == {"of": "x"}
        assert json.loads((await transport.send("GET", "/y")).body) == {"of": "y"}
