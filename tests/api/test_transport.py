"""The door out: what it sends, what it refuses to send, what it makes of an answer."""

import asyncio
import base64
import time
from importlib.util import find_spec
from pathlib import Path

import pytest
from pydantic import SecretStr

from mctop.api.call import IN_FLIGHT
from mctop.api.errors import (
    ApiError,
    BadAnswer,
    BadEndpoint,
    BadRequest,
    Forbidden,
    NotFound,
    NotSent,
    RateLimited,
    Refused,
    ServerFault,
    Unauthorized,
)
from mctop.api.login import Login
from mctop.api.response import Answer
from mctop.api.transport import Transport
from tests.api.conftest import LOGIN
from tests.api.faultserver import CERTIFICATE, FaultServer, as_json, plain, raw, silence
from tests.api.socksproxy import socks_proxy


async def test_a_request_carries_basic_auth_and_asks_for_json(server: FaultServer, transport: Transport) -> None:
    server.replies["/x"] = as_json({"ok": 1})
    assert await transport.send("GET", "/x") == Answer(200, b'{"ok": 1}')
    headers = server.seen[0].headers
    assert base64.b64decode(headers["authorization"].removeprefix("Basic ")) == b"ABCDEF:0123456789ABCDEF"
    assert headers["accept"] == "application/json"
    assert headers["accept-encoding"] == "gzip"
    assert "content-type" not in headers


async def test_a_body_goes_as_json_and_says_so(server: FaultServer, transport: Transport) -> None:
    await transport.send("POST", "/x", body={"name": "a\u00e9"})
    assert server.seen[0].json == {"name": "a\u00e9"}
    assert server.seen[0].headers["content-type"] == "application/json"


async def test_without_a_login_no_authorization_is_sent_and_the_base_path_stays(server: FaultServer) -> None:
    transport = Transport(f"{server.url}/services/T0/B0", None)
    await transport.send("POST", "", body={"text": "hello"})
    await transport.aclose()
    assert server.seen[0].target == "/services/T0/B0"
    assert "authorization" not in server.seen[0].headers


def test_it_tells_where_it_sends_and_whose_credential_it_uses(server: FaultServer, transport: Transport) -> None:
    assert (transport.host, transport.username) == (server.url.removeprefix("http://"), LOGIN.username)
    assert Transport(server.url, None).username == ""


async def test_g6_success_is_any_2xx(server: FaultServer, transport: Transport) -> None:
    for status in ("200 OK", "201 Created", "202 Accepted", "204 No Content", "299 Whatever"):
        server.replies["/x"] = plain(b"", status)
        assert (await transport.send("DELETE", "/x")).status == int(status[:3])


@pytest.mark.parametrize(
    ("status", "kind"),
    [(400, BadRequest), (401, Unauthorized), (403, Forbidden), (404, NotFound), (405, Refused), (409, Refused),
     (422, Refused), (429, RateLimited), (500, ServerFault), (503, ServerFault), (599, ServerFault), (305, BadAnswer),
     (700, BadAnswer)],
)  # fmt: skip
async def test_g5_every_status_may_come_from_everywhere(
    server: FaultServer, transport: Transport, status: int, kind: type[ApiError]
) -> None:
    server.replies["/x"] = as_json({"message": "Bad user"}, f"{status} X")
    with pytest.raises(ApiError) as caught:
        await transport.send("GET", "/x")
    assert type(caught.value) is kind
    assert (caught.value.status, caught.value.message) == (status, "Bad user")
    assert (caught.value.method, caught.value.path) == ("GET", "/x")


async def test_retry_after_comes_with_the_error(server: FaultServer, transport: Transport) -> None:
    date = "Date: Tue, 10 Jan 2023 15:20:00 GMT"
    for header, seconds in (("7", 7.0), ("0", 1.0), ("9999", 3600.0), ("Tue, 10 Jan 2023 15:20:42 GMT", 42.0)):
        server.replies["/x"] = plain(b"", "503 Busy", date, f"Retry-After: {header}")
        with pytest.raises(ServerFault) as caught:
            await transport.send("GET", "/x")
        assert caught.value.retry_after == seconds


async def test_the_skew_is_the_servers_clock_against_ours(server: FaultServer) -> None:
    transport = Transport(server.url, LOGIN, wall=lambda: 1_673_363_990.0)
    assert transport.now() == 1_673_363_990.0
    server.replies["/x"] = plain(b"", "200 OK", "Date: Tue, 10 Jan 2023 15:20:00 GMT")
    answer = await transport.send("GET", "/x")
    await transport.aclose()
    assert (answer.date, transport.skew, transport.now()) == (1_673_364_000.0, 10.0, 1_673_364_000.0)


async def test_a_redirect_is_not_followed_and_names_both_hosts_but_no_query(
    server: FaultServer, transport: Transport
) -> None:
    server.replies["/x"] = plain(b"", "302 Found", "Location: https://elsewhere.example/?token=canary")
    with pytest.raises(BadAnswer, match=r"127\.0\.0\.1:\d+ redirects to elsewhere\.example") as caught:
        await transport.send("GET", "/x")
    assert "canary" not in str(caught.value)
    assert len(server.seen) == 1


async def test_a_redirect_to_nowhere_is_a_bad_answer(server: FaultServer, transport: Transport) -> None:
    server.replies["/x"] = plain(b"", "302 Found", "Location: http://[")
    with pytest.raises(BadAnswer):
        await transport.send("GET", "/x")


async def test_read_only_lets_nothing_but_get_open_a_socket(server: FaultServer) -> None:
    transport = Transport(server.url, LOGIN, read_only=True)
    for method in ("POST", "PUT", "PATCH", "DELETE", "get", "OPTIONS"):
        with pytest.raises(NotSent, match="read-only"):
            await transport.send(method, "/x")
    assert server.connections == 0
    await transport.send("GET", "/x")
    await transport.aclose()
    assert [seen.method for seen in server.seen] == ["GET"]


async def test_a_url_that_is_too_long_is_not_sent(server: FaultServer, transport: Transport) -> None:
    with pytest.raises(NotSent, match="too long"):
        await transport.send("GET", "/x", query={"key": "k" * 1_000_000})
    assert server.connections == 0


async def test_at_most_four_requests_are_in_flight(server: FaultServer, transport: Transport) -> None:
    waiting, most, crowded = 0, 0, asyncio.Event()

    async def once_four_wait(writer: asyncio.StreamWriter) -> None:
        nonlocal waiting, most
        waiting += 1
        most = max(most, waiting)
        if waiting == IN_FLIGHT:
            crowded.set()
        await crowded.wait()
        await asyncio.sleep(0)  # a fifth would come in meanwhile
        waiting -= 1
        await plain()(writer)

    server.replies["/x"] = once_four_wait
    await asyncio.gather(*(transport.send("GET", "/x") for _ in range(10)))
    assert len(server.seen) == 10
    assert most == IN_FLIGHT


async def test_connections_are_kept_and_reused(server: FaultServer, transport: Transport) -> None:
    for _ in range(5):
        await transport.send("GET", "/x")
    assert server.connections == 1


async def test_a_connection_that_lived_long_enough_is_replaced(
    server: FaultServer, transport: Transport, monkeypatch: pytest.MonkeyPatch
) -> None:
    await transport.send("GET", "/x")
    monkeypatch.setattr("mctop.api.transport.LIFETIME", 0.0)
    await transport.send("GET", "/x")
    assert server.connections == 2


async def test_after_the_machine_slept_a_new_connection_is_made(server: FaultServer) -> None:
    clock = [1_000.0]
    transport = Transport(server.url, LOGIN, wall=lambda: time.monotonic() + clock[0])
    for asleep, connections in ((0.0, 1), (4.0, 1), (60.0, 2), (0.0, 2), (-60.0, 3)):
        clock[0] += asleep
        await transport.send("GET", "/x")
        assert server.connections == connections
    await transport.aclose()


async def test_a_change_goes_out_on_a_new_connection(server: FaultServer, transport: Transport) -> None:
    await transport.send("GET", "/x")
    await transport.send("POST", "/x")
    assert server.connections == 2


async def test_a_servers_cookies_are_not_sent_back(server: FaultServer, transport: Transport) -> None:
    server.replies["/x"] = plain(b"", "200 OK", "Set-Cookie: a=b; Path=/")
    await transport.send("GET", "/x")
    await transport.send("GET", "/x")
    assert "cookie" not in server.seen[1].headers


async def test_after_an_informational_answer_comes_the_real_one(server: FaultServer, transport: Transport) -> None:
    server.replies["/x"] = raw(
        b"HTTP/1.1 103 Early Hints\r\n\r\n" * 3 + b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"
    )
    assert (await transport.send("GET", "/x")).body == b"{}"


async def test_proxies_of_the_environment_are_never_asked_for_this_machine(
    server: FaultServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    transport = Transport(server.url, LOGIN)
    assert (await transport.send("GET", "/x")).status == 200
    await transport.aclose()


async def test_a_proxy_of_the_environment_gets_a_connect_without_our_login(
    server: FaultServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    for name in ("HTTPS_PROXY", "https_proxy"):
        monkeypatch.setenv(name, server.url)
    server.replies["api.example:443"] = plain(b"", "407 Proxy Authentication Required")
    transport = Transport("https://api.example", LOGIN)
    with pytest.raises(ApiError, match="407") as caught:
        await transport.send("POST", "/x")
    await transport.aclose()
    assert type(caught.value).__name__ == "Unreachable"
    assert [seen.method for seen in server.seen] == ["CONNECT"]
    assert "authorization" not in server.seen[0].headers


async def test_a_host_of_no_proxy_is_asked_directly(server: FaultServer, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (("HTTPS_PROXY", server.url), ("NO_PROXY", "no-such-host.invalid")):
        monkeypatch.setenv(name, value)
        monkeypatch.setenv(name.lower(), value)
    transport = Transport("https://no-such-host.invalid", LOGIN, deadline=1.0)
    with pytest.raises(ApiError):
        await transport.send("GET", "/x")
    await transport.aclose()
    assert server.connections == 0


def test_a_proxy_that_cannot_be_used_is_said_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "ftp://127.0.0.1")
    with pytest.raises(BadEndpoint, match="HOST:PORT"):
        Transport("https://api.example", LOGIN)


async def test_a_socks_proxy_looks_up_the_name_and_carries_tls(monkeypatch: pytest.MonkeyPatch) -> None:
    async with FaultServer(secure=True) as server, socks_proxy(int(server.url.rpartition(":")[2])) as (port, asked):
        monkeypatch.setenv("ALL_PROXY", f"socks5://me:s3cret@127.0.0.1:{port}")
        if find_spec("socksio") is None:
            with pytest.raises(BadEndpoint, match="the Python package socksio is missing"):
                Transport("https://api.example", LOGIN, cacert=CERTIFICATE)
            return
        learned: list[str] = []
        transport = Transport("https://api.example", LOGIN, cacert=CERTIFICATE, learn_secret=learned.append)
        with pytest.raises(ApiError, match="CERTIFICATE_VERIFY_FAILED"):  # which is not for this name
            await transport.send("GET", "/x")
        await transport.aclose()
        assert asked == [b"api.example"]
        assert learned == ["s3cret"]


async def test_https_believes_exactly_the_given_certificates() -> None:
    async with FaultServer(secure=True) as server:
        believing = Transport(server.url, LOGIN, cacert=CERTIFICATE)
        assert (await believing.send("GET", "/x")).status == 200
        await believing.aclose()
        doubting = Transport(server.url, LOGIN)
        with pytest.raises(ApiError, match="CERTIFICATE_VERIFY_FAILED") as caught:
            await doubting.send("POST", "/x")
        await doubting.aclose()
        assert type(caught.value).__name__ == "Unreachable"
        assert [seen.method for seen in server.seen] == ["GET"]


def test_a_certificate_file_that_cannot_be_read_is_said_at_once(tmp_path: Path) -> None:
    with pytest.raises(BadEndpoint, match="missing"):
        Transport("https://api.example", LOGIN, cacert=tmp_path / "missing.pem")


async def test_closing_takes_less_than_a_second_whatever_is_under_way(server: FaultServer) -> None:
    server.replies["/x"] = silence
    transport = Transport(server.url, LOGIN, deadline=30)
    waiting = [asyncio.create_task(transport.send("GET", "/x")) for _ in range(6)]
    await server.requests(IN_FLIGHT)
    async with asyncio.timeout(1):
        await transport.aclose()
    for task in waiting:
        task.cancel()
    await asyncio.gather(*waiting, return_exceptions=True)
    async with asyncio.timeout(1):
        await transport.aclose()


async def test_a_login_loses_the_newline_of_its_file(server: FaultServer) -> None:
    transport = Transport(server.url, Login(" user\n", SecretStr("secret\r\n")))
    await transport.send("GET", "/x")
    await transport.aclose()
    assert base64.b64decode(server.seen[0].headers["authorization"][6:]) == b"user:secret"
