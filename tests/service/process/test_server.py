"""Connections that ask late, by halves, or in masses."""

from __future__ import annotations

import asyncio
import socket
import ssl
from base64 import b64encode
from contextlib import ExitStack, closing, suppress
from resource import RLIM_INFINITY
from typing import TYPE_CHECKING

import httpx
import pytest
from uvicorn.server import ServerState

from mctop.service.account import open_account
from mctop.service.base.served_at import Certificate
from mctop.service.http.guess_brake import AT_ONCE, EACH
from mctop.service.process import server as server_module
from mctop.service.process.application import create_app
from mctop.service.process.server import MOST_CONNECTIONS, BoundedConnection, ServerConfig
from tests.api.faultserver import CERTIFICATE
from tests.contract.server import PASSWORD, USERNAME, running_service
from tests.service.asking import V2
from tests.service.fakebackend import CACHE_ID, FakeBackend

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.contract.server import RunningService

LOGIN = b64encode(f"{USERNAME}:{PASSWORD}".encode())
HALF = (
    b"POST %b/introspection/prefixes HTTP/1.1\r\nHost: localhost\r\nAuthorization: Basic %b\r\nContent-Length: 10\r\n"
    % (
        V2.encode(),
        LOGIN,
    )
)
PARTS = (b"", b"GET", b"GET / HTTP/1.1\r\nHost: localhost\r\n", HALF, HALF + b"\r\n12345")
"""Beginnings of requests: of nothing, a line, headers, headers with a body to come, and half a body."""


GREETING = b"\x16\x03\x01\x02\x00\x01\x00"
"""The beginning of a TLS handshake."""


def trusting() -> ssl.SSLContext:
    """Trusts the certificate of the tests, and no other."""
    return ssl.create_default_context(cafile=CERTIFICATE)


@pytest.fixture
def secure() -> Iterator[RunningService]:
    with running_service(FakeBackend(), certificate=Certificate(CERTIFICATE, CERTIFICATE)) as service:
        yield service


@pytest.fixture
def service() -> Iterator[RunningService]:
    with running_service(FakeBackend()) as service:
        yield service


def begun(service: RunningService, part: bytes) -> socket.socket:
    """A connection with the beginning of a request."""
    url = httpx.URL(service.url)
    line = socket.create_connection((url.host, url.port or 80), timeout=30)
    line.sendall(part)
    return line


def has_ended(line: socket.socket) -> bool:
    """Wait for the end of a connection."""
    try:
        return line.recv(1) == b""
    except ConnectionError:
        return True


def asked_again(client: httpx.Client) -> int:
    """The status for a client whose connection may be closed while it asks, and which then opens another."""
    try:
        return client.get("/api/v1/login").status_code
    except httpx.NetworkError:
        return client.get("/api/v1/login").status_code


@pytest.mark.parametrize("part", PARTS)
def test_a_request_that_is_not_whole_in_time_costs_its_connection(
    service: RunningService, part: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server_module, "REQUEST_SECONDS", 0.2)
    with begun(service, part) as line:
        assert has_ended(line)


def test_half_a_second_request_on_a_kept_connection_is_no_exception(
    service: RunningService, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server_module, "REQUEST_SECONDS", 0.2)
    with begun(service, b"GET /nothing HTTP/1.1\r\nHost: localhost\r\n\r\n") as line:
        answer = line.recv(65_536)
        assert answer.startswith(b"HTTP/1.1 404")
        line.sendall(b"GET /nothing")
        while not answer.endswith(b"}"):
            answer += line.recv(65_536)
        assert has_ended(line)


def test_1200_half_requests_do_not_blind_it_to_whoever_asks(service: RunningService) -> None:
    login = (service.username, service.password)
    with ExitStack() as stack, httpx.Client(base_url=service.url, auth=login, timeout=30) as before:
        assert before.get("/api/v1/login").status_code == 200
        half = [stack.enter_context(begun(service, PARTS[number % len(PARTS)])) for number in range(400)]
        for _ in range(2):
            half += [stack.enter_context(begun(service, HALF)) for _ in range(400)]
            assert asked_again(before) == 200
            with httpx.Client(base_url=service.url, auth=login, timeout=30) as new:
                assert new.get("/api/v1/login").status_code == 200
        assert all(map(has_ended, half[: len(half) - MOST_CONNECTIONS]))


def test_1200_half_handshakes_do_not_blind_it_either(secure: RunningService) -> None:
    login = (secure.username, secure.password)
    url = secure.url.replace("127.0.0.1", "localhost")
    with ExitStack() as stack:
        half = [stack.enter_context(begun(secure, (b"", GREETING)[number % 2])) for number in range(1_200)]
        with httpx.Client(base_url=url, auth=login, verify=trusting(), timeout=30) as new:
            assert new.get("/api/v1/login").status_code == 200
        assert all(map(has_ended, half[: len(half) - MOST_CONNECTIONS]))


@pytest.mark.parametrize("part", [b"", GREETING, b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"])
def test_a_handshake_that_fails_or_is_not_whole_in_time_costs_its_connection_and_is_answered_nothing_in_clear(
    secure: RunningService, part: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server_module, "REQUEST_SECONDS", 0.2)
    with begun(secure, part) as line:
        received = bytearray()
        with suppress(ConnectionError):
            while piece := line.recv(65_536):
                received += piece
        assert b"HTTP" not in received


def test_a_request_that_comes_with_the_end_of_the_handshake_is_answered_by_tls(secure: RunningService) -> None:
    incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
    client = trusting().wrap_bio(incoming, outgoing, server_hostname="localhost")
    with begun(secure, b"") as line:
        while True:
            try:
                client.do_handshake()
            except ssl.SSLWantReadError:
                line.sendall(outgoing.read())
                incoming.write(line.recv(65_536))
            else:
                break
        client.write(b"GET /nothing HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        line.sendall(outgoing.read())  # both in one piece
        answer = b""
        while b"Not Found" not in answer:
            incoming.write(line.recv(65_536))
            with suppress(ssl.SSLWantReadError):
                answer += client.read()
        assert answer.startswith(b"HTTP/1.1 404")


def test_whoever_guesses_cannot_say_to_be_somebody_else_each_time(service: RunningService) -> None:
    url = f"{service.url}/api/v1/login"
    with httpx.Client(timeout=30) as client:
        answers = [
            client.get(url, auth=(service.username, f"{number}"), headers={"X-Forwarded-For": f"192.0.2.{number}"})
            for number in range(AT_ONCE + 1)
        ]
    assert [answer.status_code for answer in answers] == [401] * AT_ONCE + [429]
    assert 1 <= int(answers[-1].headers["Retry-After"]) <= EACH


def unread(service: RunningService, answers: int) -> socket.socket:
    """A connection that asks for long answers and takes none."""
    line = socket.socket()
    line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1_024)
    line.settimeout(30)
    url = httpx.URL(service.url)
    line.connect((url.host, url.port or 80))
    line.sendall(b"GET /openapi.json HTTP/1.1\r\nHost: localhost\r\n\r\n" * answers)
    return line


def test_clients_that_take_no_answer_keep_nobody_out(service: RunningService) -> None:
    login = (service.username, service.password)
    with ExitStack() as stack:
        for _ in range(MOST_CONNECTIONS + 10):
            stack.enter_context(unread(service, 5))
        with httpx.Client(base_url=service.url, auth=login, timeout=30) as new:
            assert new.get("/api/v1/login").status_code == 200


class SlowTransport(asyncio.Transport):
    """A transport whose client has `left` bytes to take."""

    def __init__(self) -> None:
        super().__init__()
        self.left, self.aborted = 100_000, False

    def get_write_buffer_size(self) -> int:
        """Bytes that the client has not taken."""
        return self.left

    def close(self) -> None:
        """End when everything is taken, which is never."""

    def abort(self) -> None:
        """End."""
        self.aborted = True


class Timers(asyncio.SelectorEventLoop):
    """A loop whose timers go off when a test says so."""

    def __init__(self) -> None:
        super().__init__()
        self.waiting: list[asyncio.TimerHandle] = []

    def call_later(
        self, delay: float, callback: Callable[..., object], *args: object, **_: object
    ) -> asyncio.TimerHandle:
        """Note a timer."""
        self.waiting.append(asyncio.TimerHandle(delay, callback, args, self))
        return self.waiting[-1]

    def go_off(self) -> None:
        """Let every timer that was not cancelled go off."""
        handles, self.waiting = self.waiting, []
        for handle in handles:
            if not handle.cancelled():
                handle._run()


def connected(transport: SlowTransport, loop: Timers) -> BoundedConnection:
    """A connection over a transport."""
    app = create_app(FakeBackend(), open_account(CACHE_ID, USERNAME, PASSWORD))
    connection = BoundedConnection(ServerConfig(app), ServerState(), {}, loop)
    connection.connection_made(transport)
    return connection


def test_a_client_that_takes_nothing_of_an_answer_in_time_loses_its_connection() -> None:
    transport = SlowTransport()
    with closing(Timers()) as loop:
        connection = connected(transport, loop)
        connection._expect_no_more()
        connection.pause_writing()
        for _ in range(3):
            transport.left -= 1
            loop.go_off()
            assert not transport.aborted
        connection.resume_writing()
        loop.go_off()
        connection.pause_writing()
        loop.go_off()
        assert transport.aborted


def test_a_service_that_ends_does_not_wait_for_clients_that_take_no_answer() -> None:
    transport = SlowTransport()
    with closing(Timers()) as loop:
        connection = connected(transport, loop)
        connection.pause_writing()
        connection.shutdown()
        assert transport.aborted


@pytest.mark.parametrize(("descriptors", "most"), [(128, 32), (1_024, 256), (1_048_576, 256), (RLIM_INFINITY, 256)])
def test_there_are_never_more_connections_than_descriptors(
    monkeypatch: pytest.MonkeyPatch, descriptors: int, most: int
) -> None:
    monkeypatch.setattr("resource.getrlimit", lambda _: (descriptors, RLIM_INFINITY))
    with running_service(FakeBackend()) as service, ExitStack() as stack:
        half = [stack.enter_context(begun(service, HALF)) for _ in range(most + 50)]
        assert all(map(has_ended, half[:50]))
