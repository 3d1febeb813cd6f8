"""The gateway before memcached servers: their monitors, the history, and the backend over both."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Self

from pydantic import SecretStr

from mctop.api.certificates import trusting
from mctop.service.base.background import Supervisor
from mctop.service.memcached.backend import MemcachedBackend
from mctop.service.memcached.history.history import MemcachedHistory
from mctop.service.memcached.monitored_server import MonitoredServer
from mctop.service.memcached.prefix_census import PrefixCensuses
from mctop.service.memcached.protocol.address import Access, parse_addresses
from mctop.service.memcached.stream.introspection import Introspection

if TYPE_CHECKING:
    from mctop.service.account import Account
    from mctop.service.base.served_cache import MemcachedCache


@dataclass(frozen=True, slots=True)
class Gateway:
    """The servers, each with what is asked of it, and the backend over them."""

    members: tuple[MonitoredServer, ...]
    history: MemcachedHistory
    introspection: Introspection
    backend: MemcachedBackend
    counting: Supervisor

    @classmethod
    def of(cls, servers: MemcachedCache, *, managed: bool = False) -> Self:
        """Stand before these servers; nothing is asked of them yet. Raise ValueError with words.

        Where it is `managed`, the credentials that are let in can be changed.
        """
        tls = trusting(Path(servers.cacert) if servers.cacert else None) if servers.tls else None
        password = SecretStr(servers.password) if servers.username else None
        access = Access(tls, servers.username, password, text_only=servers.watch_changes)
        addresses = parse_addresses(servers.addresses)
        names = tuple(address.text for address in addresses)
        history = MemcachedHistory(Path(servers.history) if servers.history else None, names)
        members = tuple(MonitoredServer(address, access, history) for address in addresses)
        introspection = Introspection(tuple(member.watcher for member in members))
        counting = Supervisor("counting keys")
        backend = MemcachedBackend(servers.label, members, history, introspection, counting, managed=managed)
        return cls(members, history, introspection, backend, counting)

    async def run(self, account: Account) -> None:
        """Ask the servers at their pace until cancelled; the account says which prefixes are watched."""
        censuses = PrefixCensuses(self.members, self.introspection, self.history, account.prefixes)
        try:
            async with asyncio.TaskGroup() as group:
                for member in self.members:
                    group.create_task(member.run())
                group.create_task(self.counting.run(censuses.run))
        finally:
            await self.close()

    async def close(self) -> None:
        """Write what is kept, and close every connection; nothing may be asked any more."""
        self.history.close()
        await asyncio.gather(*(member.close() for member in self.members))
