"""The two kinds of cache that can be served, simulated or memcached servers; the standard library alone."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class SimulatedCache:
    """A simulated cache."""

    CACHE_ID: ClassVar[int] = 1561
    scenario: str
    seed: int


@dataclass(frozen=True, slots=True)
class MemcachedCache:
    """Memcached servers, `HOST:PORT` with commas between.

    They are reached through TLS if `tls`, which trusts the certificates in the file `cacert` or else the system's, and
    with ASCII authentication if there is a `username`. `history` is the file that keeps their history, None for
    memory; whoever starts the service holds its lock. `watch_changes` is the owner's word that no client speaks the
    binary protocol, so that changes of keys can be watched without harm on every version.
    """

    CACHE_ID: ClassVar[int] = 1
    addresses: str
    tls: bool = False
    cacert: str | None = None
    username: str = ""
    password: str = field(default="", repr=False)
    history: str | None = None
    watch_changes: bool = False

    @property
    def label(self) -> str:
        """What the cache is called that these servers are."""
        first, *others = (address.strip() for address in self.addresses.split(","))
        return f"{first} + {len(others)}" if others else first
