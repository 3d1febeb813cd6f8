"""What an independent client does to servers, counted by itself."""

from __future__ import annotations

import random
from collections import Counter
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from itertools import accumulate
from typing import TYPE_CHECKING

from pymemcache.client.base import Client

from mctop.api.models.stats import Counters

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.service.memcached.realserver import RealServer

ROOMY = ("-o", "worker_logbuf_size=8192,watcher_logbuf_size=8192")
"""Buffers that hold all that a test does, so that a busy machine loses no line."""
KEYS = [f"{family}:{number}" for number in range(60) for family in ("user", "post", "é")]
WEIGHTS = list(accumulate(1 / rank for rank in range(1, len(KEYS) + 1)))
OWN_TRAFFIC = {"bytes_read", "bytes_written", "time"}
"""Counters that asking for them changes."""


@dataclass
class Truth:
    """What was done: keys by what became of them, and the size of what each key holds."""

    hits: Counter[str] = field(default_factory=Counter)
    misses: Counter[str] = field(default_factory=Counter)
    stores: Counter[str] = field(default_factory=Counter)
    sizes: dict[str, int] = field(default_factory=dict)


@contextmanager
def connected(server: RealServer) -> Iterator[Client]:
    """pymemcache, connected to a server."""
    where = (server.address.host, server.port)
    with closing(Client(where, default_noreply=False, encoding="utf-8", allow_unicode_keys=True)) as client:
        yield client


def cache_aside(server: RealServer, truth: Truth, seed: int, many: int) -> None:
    """Get keys, the first ones most, and store some of those that are missing."""
    chance = random.Random(seed)
    with connected(server) as client:
        for key in chance.choices(KEYS, cum_weights=WEIGHTS, k=many):
            found = client.get(key) is not None
            (truth.hits if found else truth.misses)[key] += 1
            if not found and chance.random() < 0.7:
                truth.sizes[key] = chance.randint(1, 900)
                client.set(key, "x" * truth.sizes[key])
                truth.stores[key] += 1


def told(client: Client) -> dict[str, int]:
    """What a server says through pymemcache, of the counters that the API has by the same name."""
    said = {name.decode(): value for name, value in client.stats().items()}
    return {name: said[name] for name in Counters.model_fields if name in said and name not in OWN_TRAFFIC}
