"""Connections that ask late, by halves, or in masses."""

from __future__ import annotations

import socket
from base64 import b64encode
from contextlib import ExitStack
from typing import TYPE_CHECKING

import httpx
import pytest

from mctop.service.process import server as server_module
from mctop.service.process.server import MOST_CONNECTIONS
from tests.contract.server import PASSWORD, USERNAME, running_service
from tests.service.asking import V2
from tests.service.fakebackend import FakeBackend

if TYPE_CHECKING:
    from collections.abc import Iterator

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
            assert before.get("/api/v1/login").status_code == 200
            with httpx.Client(base_url=service.url, auth=login, timeout=30) as new:
                assert new.get("/api/v1/login").status_code == 200
        assert all(map(has_ended, half[: len(half) - MOST_CONNECTIONS]))
