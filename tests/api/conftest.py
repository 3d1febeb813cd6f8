"""A server that misbehaves, and a client that talks to it."""

from collections.abc import AsyncIterator

import pytest
from pydantic import SecretStr

from mctop.api.client import Client
from mctop.api.legacy import LegacyClient
from mctop.api.login import Login
from mctop.api.transport import Transport
from tests.api.faultserver import FaultServer

LOGIN = Login("ABCDEF", SecretStr("0123456789ABCDEF"))


@pytest.fixture
async def server() -> AsyncIterator[FaultServer]:
    async with FaultServer() as running:
        yield running


@pytest.fixture
async def transport(server: FaultServer) -> AsyncIterator[Transport]:
    opened = Transport(server.url, LOGIN, deadline=2.0)
    yield opened
    await opened.aclose()


@pytest.fixture
async def hasty(server: FaultServer) -> AsyncIterator[Transport]:
    """A transport that gives a request 0.2 s."""
    opened = Transport(server.url, LOGIN, deadline=0.2)
    yield opened
    await opened.aclose()


@pytest.fixture
def client(transport: Transport) -> Client:
    return Client(transport, 4)


@pytest.fixture
def legacy(transport: Transport) -> LegacyClient:
    return LegacyClient(transport, 1561)
