"""The whole service before real servers, on a socket, with the real clients of both versions of the API."""

from __future__ import annotations

import asyncio
import socket
import time
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pydantic import SecretStr

from mctop.api.client import Client
from mctop.api.legacy import LegacyClient
from mctop.api.login import Login
from mctop.api.transport import Transport
from mctop.service.account import open_account
from mctop.service.base.served_cache import MemcachedCache
from mctop.service.http.response_bodies import Shape
from mctop.service.memcached.gateway import Gateway
from mctop.service.process.application import Offer
from mctop.service.process.server import Server
from tests.contract.server import PASSWORD, USERNAME

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from mctop.api.models.cache import Grade
    from mctop.service.account import Account
    from mctop.service.memcached.monitored_server import MonitoredServer
    from mctop.service.memcached.protocol.address import Address

PATIENCE = 10.0
"""Seconds that anything may take."""


async def until(is_so: Callable[[], object]) -> None:
    """Wait until something is so."""
    end = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < end
        await asyncio.sleep(0.01)


@dataclass(frozen=True, slots=True)
class Standing:
    """A gateway that is served at a URL, its account, and who asks it."""

    url: str
    gateway: Gateway
    account: Account
    transport: Transport

    @property
    def client(self) -> Client:
        """A client of v2."""
        return Client(self.transport, MemcachedCache.CACHE_ID)

    @property
    def legacy(self) -> LegacyClient:
        """A client of v1."""
        return LegacyClient(self.transport, MemcachedCache.CACHE_ID)

    @property
    def members(self) -> tuple[MonitoredServer, ...]:
        """The servers."""
        return self.gateway.members

    async def sample(self) -> None:
        """Sample every server, whatever is wrong with it."""
        await asyncio.gather(*(one.sample() for one in self.members), return_exceptions=True)

    async def grades(self) -> dict[str, Grade]:
        """What is graded, by what it is of; of a server by its name."""
        return {one.server or one.of: one for one in (await self.client.info()).grades}


@asynccontextmanager
async def standing(*addresses: Address, by_itself: bool = True, password: str = "") -> AsyncIterator[Standing]:
    """Serve these servers while the block lasts; unless `by_itself`, they are only asked when the test does."""
    names = ",".join(address.text for address in addresses)
    gateway = Gateway.of(MemcachedCache(names, username="alice" if password else "", password=password))
    account = open_account(MemcachedCache.CACHE_ID, USERNAME, PASSWORD)
    offer = Offer(gateway.backend, Shape(stats_per_server=True), gateway.run if by_itself else None)
    listener = socket.create_server(("127.0.0.1", 0))
    server = Server(offer.application(account))
    task = asyncio.create_task(server.serve(sockets=[listener]))
    url = f"http://127.0.0.1:{listener.getsockname()[1]}"
    transport = Transport(url, Login(USERNAME, SecretStr(PASSWORD)))
    try:
        yield Standing(url, gateway, account, transport)
    finally:
        await transport.aclose()
        server.should_exit = True
        await task
        if not by_itself:
            await gateway.close()
        account.close()
